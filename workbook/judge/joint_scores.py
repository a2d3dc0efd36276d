"""What the scores of single parties say about a partnership of them, person by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.judge.score_table import DONT_KNOW, MINUS, NOT_SCORED, PLUS, ScoreTable


@dataclass(frozen=True, eq=False)
class JointScore:
    """The level that follows for a set of parties on one criterion.

    Attributes
    ----------
    low, high : int
        Lowest and highest level that what is known allows. For scores by person the lower median
        with every unknown score of a member as −, and the upper median with each as +.
    scores : (P,) int8 array, optional
        One of the five states per participant, in the order of the table; None for bounds.
    counts : (int, int, int, int), optional
        How many people: −, ±, + and unknown; None for bounds.
    """

    low: int
    high: int
    scores: NDArray[np.int8] | None = None
    counts: tuple[int, int, int, int] | None = None

    @property
    def known(self) -> bool:
        """Whether anything follows: not where all that is unknown leaves − to + open."""
        everyone = self.counts is not None and any(self.counts) and not self.counts[3]
        return (self.low, self.high) != (MINUS, PLUS) or everyone


def weakest(table: ScoreTable, criterion: str, members: Sequence[str | None]) -> JointScore:
    """Let the weakest member show: each person's minimum over the members.

    A person who doesn't know one member doesn't know the set, unless another member is − for
    that person already: then the set is −, whatever the unknown one is.

    Parameters
    ----------
    table : ScoreTable
        Ballots, or bounds read from a text: then the minimum of the bounds is taken, with
        silence as − to +.
    criterion : str
    members : sequence of str or None
        Per member the option that is made of that party alone; None where there is none, which
        is unknown to everyone.

    Raises
    ------
    ValueError
        For tallies (a minimum per person needs persons), without members, and for a criterion or
        an option that isn't in the table.
    """
    return _joint(table, criterion, members, MINUS)


def best(table: ScoreTable, criterion: str, members: Sequence[str | None]) -> JointScore:
    """Let the best member count: each person's maximum over the members.

    As `weakest`, turned round: what is unknown leaves the set unknown, unless another member is
    + already.
    """
    return _joint(table, criterion, members, PLUS)


def _joint(
    table: ScoreTable, criterion: str, members: Sequence[str | None], settles: int
) -> JointScore:
    if not members:
        raise ValueError("members must not be empty")
    if criterion not in table.criteria:
        raise ValueError(f"criterion {criterion} is not in the table")
    if stray := [o for o in members if o is not None and o not in table.options]:
        raise ValueError(f"members holds {', '.join(map(str, stray))}, not in the table")
    if table.tallies is not None:
        raise ValueError("table holds tallies: a level per person needs persons")
    at = [None if o is None else table.options.index(o) for o in members]
    column = table.criteria.index(criterion)
    if table.bounds is not None:
        cells = [np.full(2, np.nan) if i is None else table.bounds[i, column] for i in at]
        return _of_bounds(np.array(cells), settles)
    assert table.scores is not None
    people = len(table.participants)
    given = [
        np.full(people, NOT_SCORED, np.int8) if i is None else table.scores[:, i, column]
        for i in at
    ]
    return _of_people(np.array(given).reshape(len(at), people), table.present, settles)


def _of_bounds(cells: NDArray[np.float64], settles: int) -> JointScore:
    low = np.where(np.isnan(cells[:, 0]), MINUS, cells[:, 0])
    high = np.where(np.isnan(cells[:, 1]), PLUS, cells[:, 1])
    take = np.min if settles == MINUS else np.max
    return JointScore(int(take(low)), int(take(high)))


def _of_people(given: NDArray[np.int8], present: NDArray[np.bool_], settles: int) -> JointScore:
    take = np.min if settles == MINUS else np.max
    known = given <= PLUS
    low = take(np.where(known, given, MINUS), axis=0)
    high = take(np.where(known, given, PLUS), axis=0)
    unknown_as = np.where((given == NOT_SCORED).any(axis=0), NOT_SCORED, DONT_KNOW)
    settled = known.all(axis=0) | (given == settles).any(axis=0)
    scores = np.where(settled, low if settles == MINUS else high, unknown_as).astype(np.int8)
    there = scores[present]
    minus, middle, plus = (int((there == level).sum()) for level in (MINUS, 0, PLUS))
    n = len(there)
    return JointScore(
        int(np.sort(low[present])[(n - 1) // 2]) if n else MINUS,
        int(np.sort(high[present])[n // 2]) if n else PLUS,
        scores,
        (minus, middle, plus, n - minus - middle - plus),
    )
