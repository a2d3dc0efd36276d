"""What changed between two rounds: who moved where in each cell, and how far apart they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress, product
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbook.judge.score_table import DONT_KNOW, NOT_SCORED, ScoreTable

MOVED = 2
"""How much T must fall or rise before a cell counts as converged or diverged."""

Movement = Literal["converged", "diverged", "neither"]
Cell = tuple[str, str]
Counts = tuple[int, int, int, int]
Ids = tuple[str, ...]


def total_deviation(counts: ArrayLike) -> int:
    """Compute T = Σ|x − median| of the answers on the scale.

    With an even number of answers every median between the two in the middle gives the same sum:
    what one half gains by moving it, the other half loses. No other point gives less, so T is
    also the smallest number of steps after which all answers would be the same; 0 without answers.

    Parameters
    ----------
    counts : (3,) array_like
        Numbers of −, ± and +.
    """
    numbers = np.asarray(counts)
    if numbers.shape != (3,) or not np.issubdtype(numbers.dtype, np.integer) or (numbers < 0).any():
        raise ValueError("counts must be three whole numbers of 0 or more: −, ± and +")
    answers = np.repeat((-1, 0, 1), numbers)
    if not len(answers):
        return 0
    lower_median = answers[(len(answers) - 1) // 2]
    return int(np.abs(answers - lower_median).sum())


@dataclass(frozen=True, eq=False)
class Transitions:
    """How many answers went from what to what.

    Attributes
    ----------
    counts : (4, 4) int array
        From the row's answer to the column's, in the order −, ±, +, don't know. A score that
        wasn't given counts as don't know.
    """

    counts: NDArray[np.int64]

    @property
    def n_both(self) -> int:
        """Answers that are on the scale both times."""
        return int(self.counts[:3, :3].sum())

    @property
    def up(self) -> int:
        """Of those, how many are higher the second time."""
        return int(np.triu(self.counts[:3, :3], 1).sum())

    @property
    def down(self) -> int:
        """Of those, how many are lower the second time."""
        return int(np.tril(self.counts[:3, :3], -1).sum())

    @property
    def changed(self) -> int:
        """Of those, how many are different the second time; don't know is counted apart."""
        return self.up + self.down

    @property
    def to_dont_know(self) -> int:
        """Scores that became don't know."""
        return int(self.counts[:3, 3].sum())

    @property
    def from_dont_know(self) -> int:
        """Don't knows that became a score."""
        return int(self.counts[3, :3].sum())


@dataclass(frozen=True, eq=False)
class CellChange(Transitions):
    """One cell in two rounds, over the people present in both.

    Attributes
    ----------
    option, criterion : str
    to_open, from_open : int
        How many of those to, and from, don't know left the cell open.
    """

    option: str
    criterion: str
    to_open: int = 0
    from_open: int = 0

    @property
    def t_before(self) -> int:
        """T in the first round, over those with a score both times."""
        return total_deviation(self.counts[:3, :3].sum(axis=1))

    @property
    def t_after(self) -> int:
        """T in the second round, over those with a score both times."""
        return total_deviation(self.counts[:3, :3].sum(axis=0))

    @property
    def movement(self) -> Movement:
        """Converged if T falls by 2 or more, diverged if it rises by 2 or more."""
        if self.t_before - self.t_after >= MOVED:
            return "converged"
        return "diverged" if self.t_after - self.t_before >= MOVED else "neither"


@dataclass(frozen=True)
class Part:
    """Who and what a comparison is about, or leaves out; ids."""

    people: Ids = ()
    options: Ids = ()
    criteria: Ids = ()


@dataclass(frozen=True, eq=False)
class RoundChange:
    """Two rounds compared person by person.

    Attributes
    ----------
    people : tuple of str
        Those present in both rounds.
    cells : dict of (option, criterion) to CellChange
        The options and criteria of both rounds, in the order of the second.
    only_before, only_after : Part
        Who and what is in one round only.
    """

    people: Ids
    cells: dict[Cell, CellChange]
    only_before: Part
    only_after: Part

    @property
    def total(self) -> Transitions:
        """All cells together."""
        nothing = np.zeros((4, 4), dtype=np.int64)
        return Transitions(sum((cell.counts for cell in self.cells.values()), nothing))

    def moved(self, movement: Movement) -> list[CellChange]:
        """List the cells that converged, diverged or did neither."""
        return [cell for cell in self.cells.values() if cell.movement == movement]


@dataclass(frozen=True)
class CellCounts:
    """One cell in two rounds in which nobody can be followed.

    Attributes
    ----------
    option, criterion : str
    before, after : (int, int, int, int)
        Numbers of −, ±, + and don't know.
    """

    option: str
    criterion: str
    before: Counts
    after: Counts

    @property
    def t_before(self) -> int:
        """T over all scores of the first round."""
        return total_deviation(self.before[:3])

    @property
    def t_after(self) -> int:
        """T over all scores of the second round, which others may have given."""
        return total_deviation(self.after[:3])


@dataclass(frozen=True)
class CountChange:
    """Two rounds side by side, without following anyone; attributes as in `RoundChange`."""

    cells: dict[Cell, CellCounts]
    only_before: Part
    only_after: Part


def compare_rounds(before: ScoreTable, after: ScoreTable) -> RoundChange:
    """Compare two rounds person by person.

    Only people present in both rounds count, on the options and criteria that were scored in
    both; the rest is listed. An option or criterion on which nobody gave any answer was not
    scored in that round.

    Parameters
    ----------
    before, after : ScoreTable
        Ballots.

    Raises
    ------
    ValueError
        For tallies and bounds, in which nobody can be followed; see `compare_counts`.
    """
    for name, table in (("before", before), ("after", after)):
        if table.kind != "ballots":
            raise ValueError(f"{name} needs ballots, not {table.kind}: nobody can be followed")
    both, only_before, only_after = _common(before, after)
    old, new = _answers(before, both), _answers(after, both)
    # Don't know is 2 and not scored 3, so this gives 0 to 3 for −, ±, + and don't know.
    was, became = (np.minimum(states, DONT_KNOW).astype(int) + 1 for states in (old, new))
    to_open = ((was < 3) & (new == NOT_SCORED)).sum(axis=0)
    from_open = ((old == NOT_SCORED) & (became < 3)).sum(axis=0)
    cells = {}
    for i, option in enumerate(both.options):
        for j, criterion in enumerate(both.criteria):
            counts = np.zeros((4, 4), dtype=np.int64)
            np.add.at(counts, (was[:, i, j], became[:, i, j]), 1)
            cells[option, criterion] = CellChange(
                counts, option, criterion, int(to_open[i, j]), int(from_open[i, j])
            )
    return RoundChange(both.people, cells, only_before, only_after)


def compare_counts(before: ScoreTable, after: ScoreTable) -> CountChange:
    """Put the counts of two rounds side by side, where nobody can be followed.

    Every answer of each round counts, also of people who took part only once. So T before and
    after are not over the same people, and nothing is called converged or diverged.

    Parameters
    ----------
    before, after : ScoreTable
        Ballots or tallies.

    Raises
    ------
    ValueError
        For bounds: a reading of a text is not a voice.
    """
    for name, table in (("before", before), ("after", after)):
        if table.kind == "bounds":
            raise ValueError(f"{name} needs ballots or tallies, not bounds")
    both, only_before, only_after = _common(before, after)

    def counts(table: ScoreTable) -> dict[Cell, Counts]:
        cells = product(table.options, table.criteria)
        return dict(zip(cells, map(tuple, table.counts().reshape(-1, 4).tolist()), strict=True))

    old, new = counts(before), counts(after)
    wanted = product(both.options, both.criteria)
    cells = {cell: CellCounts(*cell, old[cell], new[cell]) for cell in wanted}
    return CountChange(cells, replace(only_before, people=()), replace(only_after, people=()))


def _common(before: ScoreTable, after: ScoreTable) -> tuple[Part, Part, Part]:
    """Give what is in both rounds, and what is in one only."""
    old, new = _scored(before), _scored(after)
    both = tuple(tuple(id for id in b if id in a) for a, b in zip(old, new, strict=True))

    def rest(part: tuple[Ids, ...]) -> Part:
        pairs = zip(part, both, strict=True)
        return Part(*(tuple(id for id in ids if id not in common) for ids, common in pairs))

    return Part(*both), rest(old), rest(new)


def _scored(table: ScoreTable) -> tuple[Ids, Ids, Ids]:
    """Give who is present, and the options and criteria on which anyone gave an answer."""
    if table.scores is not None:
        given, present = (table.scores != NOT_SCORED).any(axis=0), table.present
    else:
        given, present = table.counts().any(axis=-1), np.zeros(0, dtype=bool)
    return (
        tuple(compress(table.participants, present)),
        tuple(compress(table.options, given.any(axis=1))),
        tuple(compress(table.criteria, given.any(axis=0))),
    )


def _answers(table: ScoreTable, of: Part) -> NDArray[np.int8]:
    """Give the states of these people, in this order of options and criteria."""
    assert table.scores is not None
    there = (table.participants, table.options, table.criteria)
    wanted = (of.people, of.options, of.criteria)
    places = [[a.index(id) for id in ids] for a, ids in zip(there, wanted, strict=True)]
    return table.scores[np.ix_(*(np.array(place, dtype=int) for place in places))]
