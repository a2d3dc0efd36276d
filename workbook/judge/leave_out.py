"""Whether the first place holds without one person, one group or one criterion."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from workbook.judge.net import net_scores
from workbook.judge.priorities import Priorities
from workbook.judge.score_table import MINUS, PLUS, PLUSMINUS, ScoreTable
from workbook.judge.standing import Standing
from workbook.judge.weights import weight_array


@dataclass(frozen=True)
class Without:
    """What comes first when something is left out.

    Attributes
    ----------
    what : str
        Id of the participant, group or criterion.
    first : tuple of str
        Who is first then; several if they share it.
    emptied : bool
        A cell of an option that had a place lost its last answer: the test fails.
    """

    what: str
    first: tuple[str, ...]
    emptied: bool

    def holds(self, option: str | None) -> bool:
        """Say whether this option is first alone, with every cell still answered."""
        return not self.emptied and self.first == (option,)


@dataclass(frozen=True)
class LeaveOneOut:
    """The first place with each participant, group and criterion left out in turn.

    Attributes
    ----------
    first : str or None
        The sole first with everything in.
    participants, groups, criteria : tuple of Without
        Participants and groups are empty for tallies; groups also with fewer than two of them.
        Whose score it hangs on is not for the room in an anonymous session: count, name nobody.
    """

    first: str | None
    participants: tuple[Without, ...]
    groups: tuple[Without, ...]
    criteria: tuple[Without, ...]

    @cached_property
    def broken_by(self) -> int:
        """In how many of the cases that leave one participant out the first place is lost."""
        return sum(not case.holds(self.first) for case in self.participants)


def present_groups(table: ScoreTable) -> dict[str, tuple[str, ...]]:
    """Give the groups with anyone present, and who; people without a group are not in it."""
    found: dict[str, list[str]] = {}
    if table.scores is not None:
        for person, here in zip(table.participants, table.present, strict=True):
            if here and person in table.groups:
                found.setdefault(table.groups[person], []).append(person)
    return {group: tuple(people) for group, people in found.items()}


def _first(table: ScoreTable, priorities: Priorities) -> tuple[str, ...]:
    return net_scores(table, priorities.order().weights()).first()


def leave_one_out(table: ScoreTable, priorities: Priorities) -> LeaveOneOut:
    """Leave out each participant, each group and each criterion in turn.

    Weights are recomputed: an order of the plenary stays as it is; one made of individual orders
    is made again without the person, or the people, left out.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies.
    priorities : Priorities
        What was said about the importance of the criteria.
    """
    if priorities.criteria != table.criteria:
        raise ValueError("priorities must be of the table's criteria")
    whole = net_scores(table, priorities.order().weights())
    placed = table.placed

    def drop(people: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
        rest = table.select(participants=[p for p in table.participants if p not in people])
        order = priorities
        for person in people:
            order = order.without_person(person)
        return _first(rest, order), bool((placed & ~rest.placed).any())

    participants: tuple[Without, ...] = ()
    groups: tuple[Without, ...] = ()
    if table.scores is not None:
        here = [p for p, ok in zip(table.participants, table.present, strict=True) if ok]
        participants = tuple(Without(person, *drop((person,))) for person in here)
        there = present_groups(table)
        if len(there) > 1:
            groups = tuple(Without(group, *drop(people)) for group, people in there.items())
    criteria: tuple[Without, ...] = ()
    if len(table.criteria) > 1:
        criteria = tuple(
            Without(
                left_out,
                _first(
                    table.select(criteria=[c for c in table.criteria if c != left_out]),
                    priorities.without_criterion(left_out),
                ),
                False,
            )
            for left_out in table.criteria
        )
    return LeaveOneOut(whole.sole_first(), participants, groups, criteria)


def one_group_one_vote(table: ScoreTable, weights: ArrayLike) -> Standing | None:
    """Give the net score when every group counts the same, however many came.

    Per cell the mean over the groups of the mean within each; a group without an answer there is
    left out of that cell. People without a group form one together.

    Returns
    -------
    Standing or None
        None with fewer than two groups, or without persons: then it can't be asked.
    """
    weight = weight_array(weights, table.criteria)
    groups = present_groups(table)
    if table.scores is None or len(groups) < 2:
        return None
    label = np.array([table.groups.get(person, "") for person in table.participants])
    value = {MINUS: -1.0, PLUSMINUS: 0.0, PLUS: 1.0}
    total, votes = np.zeros(table.scores.shape[1:]), np.zeros(table.scores.shape[1:])
    for group in np.unique(label):
        scores = table.scores[label == group]
        n = (scores <= PLUS).sum(axis=0)
        summed = sum(level * (scores == state).sum(axis=0) for state, level in value.items())
        total += np.where(n > 0, summed / np.maximum(n, 1), 0.0)
        votes += n > 0
    with np.errstate(invalid="ignore"):
        cell = np.where(votes > 0, total / votes, np.nan)
    return Standing(table.options, cell @ weight)
