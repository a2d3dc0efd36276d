"""The scores of a round as arrays: by person, as tallies, or as bounds read from a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

MINUS, PLUSMINUS, PLUS, DONT_KNOW, NOT_SCORED = -1, 0, 1, 2, 3
"""The five states of one score. Only the first three are on the scale, which is ordinal."""
STATES = (MINUS, PLUSMINUS, PLUS, DONT_KNOW, NOT_SCORED)

Cell = tuple[str, str]


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """Scores of options on criteria.

    Exactly one of `scores`, `tallies` and `bounds` is given; `kind` says which.

    Parameters
    ----------
    options, criteria : tuple of str
        Ids in case order; O and C of them.
    participants : tuple of str
        Ids of those with a ballot; P of them, empty unless scores are by person.
    scores : (P, O, C) int8 array, optional
        One of the five states per participant, option and criterion.
    tallies : (O, C, 4) int array, optional
        Counts of −, ±, + and don't know per cell.
    bounds : (O, C, 2) float array, optional
        Lowest and highest score a text allows; NaN where it is silent.

    Raises
    ------
    ValueError
        If a shape doesn't fit or a value is not one of the states.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    participants: tuple[str, ...] = ()
    scores: NDArray[np.int8] | None = None
    tallies: NDArray[np.int64] | None = None
    bounds: NDArray[np.float64] | None = None
    groups: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (len(self.options), len(self.criteria))
        given = [x for x in (self.scores, self.tallies, self.bounds) if x is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of scores, tallies and bounds")
        if self.scores is not None:
            if self.scores.shape != (len(self.participants), *shape):
                raise ValueError(f"scores has shape {self.scores.shape}")
            if not np.isin(self.scores, STATES).all():
                raise ValueError("scores holds a value that is not one of the five states")
        if self.tallies is not None and (
            self.tallies.shape != (*shape, 4)
            or not np.issubdtype(self.tallies.dtype, np.integer)
            or (self.tallies < 0).any()
        ):
            raise ValueError("tallies must be (O, C, 4) counts of 0 or more")
        if self.bounds is not None:
            if self.bounds.shape != (*shape, 2):
                raise ValueError(f"bounds has shape {self.bounds.shape}")
            low, high = self.bounds[..., 0], self.bounds[..., 1]
            if (np.isnan(low) != np.isnan(high)).any() or (low > high).any():
                raise ValueError("bounds must be low ≤ high, or both open")
            if not np.isin(self.bounds[~np.isnan(self.bounds)], STATES[:3]).all():
                raise ValueError("bounds holds a value that is not −1, 0 or 1")

    @property
    def kind(self) -> Literal["ballots", "tallies", "bounds"]:
        """How the scores were given."""
        if self.scores is not None:
            return "ballots"
        return "tallies" if self.tallies is not None else "bounds"

    @classmethod
    def from_ballots(
        cls,
        options: Iterable[str],
        criteria: Iterable[str],
        ballots: Iterable[tuple[str, str, str, int]],
        participants: Iterable[str] = (),
        groups: Mapping[str, str] | None = None,
    ) -> ScoreTable:
        """Build from (participant, option, criterion, state) records.

        What isn't in the records is not scored. Participants without any record are kept if
        they are named in ``participants``.
        """
        options, criteria = tuple(options), tuple(criteria)
        records = [r for r in ballots if r[1] in options and r[2] in criteria]
        people = tuple(dict.fromkeys([*participants, *(r[0] for r in records)]))
        shape = (len(people), len(options), len(criteria))
        scores = np.full(shape, NOT_SCORED, dtype=np.int8)
        at_p, at_o, at_c = (
            {x: i for i, x in enumerate(ids)} for ids in (people, options, criteria)
        )
        for participant, option, criterion, state in records:
            if state not in STATES:
                raise ValueError(f"ballots holds {state!r}, which is not one of the five states")
            scores[at_p[participant], at_o[option], at_c[criterion]] = state
        return cls(options, criteria, people, scores=scores, groups=dict(groups or {}))

    @classmethod
    def from_tallies(
        cls,
        options: Iterable[str],
        criteria: Iterable[str],
        tallies: Mapping[Cell, tuple[int, int, int, int]],
    ) -> ScoreTable:
        """Build from counts (−, ±, +, don't know) per (option, criterion)."""
        options, criteria = tuple(options), tuple(criteria)
        counts = [[tallies.get((o, c), (0, 0, 0, 0)) for c in criteria] for o in options]
        if any(len(cell) != 4 or any(k != int(k) for k in cell) for row in counts for cell in row):
            raise ValueError(
                "tallies must hold four whole numbers per cell: −, ±, + and don't know"
            )
        array = np.array(counts, dtype=np.int64).reshape(len(options), len(criteria), 4)
        return cls(options, criteria, tallies=array)

    @classmethod
    def from_bounds(
        cls,
        options: Iterable[str],
        criteria: Iterable[str],
        bounds: Mapping[Cell, tuple[int, int]],
    ) -> ScoreTable:
        """Build from (low, high) per (option, criterion); an absent cell is open."""
        options, criteria = tuple(options), tuple(criteria)
        unknown = (np.nan, np.nan)
        array = np.array(
            [[bounds.get((o, c), unknown) for c in criteria] for o in options], dtype=float
        ).reshape(len(options), len(criteria), 2)
        return cls(options, criteria, bounds=array)

    def counts(self) -> NDArray[np.int64]:
        """Count the answers per cell.

        Returns
        -------
        (O, C, 4) int array
            Numbers of −, ±, + and don't know. A score that wasn't given counts as don't know
            only where there was a ballot at all; see `not_scored`.

        Raises
        ------
        ValueError
            For bounds: a reading of a text is not a voice and can't be counted.
        """
        if self.bounds is not None:
            raise ValueError("bounds are not voices: they can't be counted")
        if self.tallies is not None:
            return self.tallies
        assert self.scores is not None
        given = self.scores[self.present]
        states = (MINUS, PLUSMINUS, PLUS, DONT_KNOW)
        counts = np.stack([(given == state).sum(axis=0) for state in states], axis=-1)
        counts[..., 3] += self.not_scored()
        return counts

    @property
    def present(self) -> NDArray[np.bool_]:
        """Which participants gave any answer on the scale or a don't know, (P,)."""
        assert self.scores is not None
        return (self.scores != NOT_SCORED).any(axis=(1, 2))

    def not_scored(self) -> NDArray[np.int64]:
        """Count, per cell, the present participants who left it open, (O, C)."""
        if self.scores is None:
            return np.zeros((len(self.options), len(self.criteria)), dtype=np.int64)
        return (self.scores[self.present] == NOT_SCORED).sum(axis=0)

    @property
    def n(self) -> int:
        """N: participants with any answer; for tallies the largest number of hands in a cell."""
        if self.bounds is not None:
            return 0
        if self.scores is not None:
            return int(self.present.sum())
        counts = self.counts()
        return int(counts.sum(axis=-1).max()) if counts.size else 0

    @property
    def placed(self) -> NDArray[np.bool_]:
        """Which options get a place: those with an answer in every cell, (O,)."""
        return (self.counts()[..., :3].sum(axis=-1) > 0).all(axis=1)

    def select(
        self,
        *,
        participants: Iterable[str] | None = None,
        options: Iterable[str] | None = None,
        criteria: Iterable[str] | None = None,
    ) -> ScoreTable:
        """Keep only these participants, options or criteria, in the table's own order.

        Raises
        ------
        ValueError
            If one isn't in the table, or participants are asked of scores without persons.
        """

        def kept(name: str, asked: Iterable[str] | None, there: tuple[str, ...]) -> list[int]:
            wanted = set(there if asked is None else asked)
            if stray := wanted - set(there):
                raise ValueError(f"{name} names {', '.join(sorted(stray))}, not in the table")
            return [i for i, id in enumerate(there) if id in wanted]

        if participants is not None and self.scores is None:
            raise ValueError("participants can only be chosen from ballots")
        people = kept("participants", participants, self.participants)
        rows = kept("options", options, self.options)
        columns = kept("criteria", criteria, self.criteria)
        cells = np.ix_(rows, columns)
        return ScoreTable(
            tuple(self.options[i] for i in rows),
            tuple(self.criteria[j] for j in columns),
            tuple(self.participants[i] for i in people),
            None if self.scores is None else self.scores[np.ix_(people, rows, columns)],
            None if self.tallies is None else self.tallies[cells],
            None if self.bounds is None else self.bounds[cells],
            self.groups,
        )
