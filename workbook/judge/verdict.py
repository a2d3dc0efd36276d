"""How firmly the scores support a first place: clear, leaning or undecided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from workbook.judge.acceptability import acceptability
from workbook.judge.cells import summarise
from workbook.judge.critical import critical_changes
from workbook.judge.leave_out import leave_one_out, one_group_one_vote
from workbook.judge.net import net_scores
from workbook.judge.priorities import Priorities
from workbook.judge.score_table import ScoreTable
from workbook.judge.standing import TIE
from workbook.judge.voting import borda, schulze

Level = Literal["clear", "leaning", "undecided", "not applicable"]

FEW = 5
"""With fewer people no outcome is called more than undecided."""


@dataclass(frozen=True)
class Condition:
    """One thing that was asked, and the answer.

    Attributes
    ----------
    name : str
        Stable name, see `verdict`.
    clear, leaning : bool or None
        Whether it holds as asked for that level; None if it isn't asked there, or can't be.
    value : float or None
        The number it was judged by.
    """

    name: str
    clear: bool | None
    leaning: bool | None
    value: float | None = None


@dataclass(frozen=True)
class Verdict:
    """What may be said of the computed support.

    Attributes
    ----------
    level : {"clear", "leaning", "undecided", "not applicable"}
        Not applicable to bounds, which are no voices.
    first : str or None
        The option that is first alone on the weighted net score; the room sees it as first only
        if the level is clear or leaning.
    k : int
        Fewest changed scores that end its first place; 0 without a sole first.
    people : int
    acceptability : float
        Share of the weightings within the order, and places of ±, in which it is first.
    conditions : tuple of Condition
    """

    level: Level
    first: str | None
    k: int
    people: int
    acceptability: float
    conditions: tuple[Condition, ...]

    @property
    def winner(self) -> str | None:
        """The option that may be shown as first; None while undecided."""
        return self.first if self.level in ("clear", "leaning") else None

    def failed(self, level: Literal["clear", "leaning"]) -> tuple[str, ...]:
        """Give the names of the conditions that stand in the way of a level."""
        return tuple(c.name for c in self.conditions if getattr(c, level) is False)


def verdict(
    table: ScoreTable, priorities: Priorities, *, draws: int = 10_000, seed: int = 7
) -> Verdict:
    """Judge how firm the first place is.

    With f the sole first on the weighted net score (centroid weights, ± halfway) and N people:

    - *clear*: N ≥ 5; k > N/2; f sole first under Borda and under Schulze, whichever participant is
      left out, and with one vote per group; acceptability ≥ .90; no thin cell in an option with a
      place; an order that is shared.
    - *leaning*: N ≥ 5; k ≥ N/3; f first, perhaps jointly, under Borda or Schulze; sole first
      whichever participant is left out; acceptability ≥ .50.
    - From tallies never clear; leaning if N ≥ 5, k ≥ N/3 and acceptability ≥ .90.
    - An option without a place whose upper bound reaches f forbids both.
    - Everything else is *undecided*.

    Acceptability is over the weights within the order and the place of ± only. The thresholds were
    chosen by simulation: of purely random rooms of 9 people, 7 options and 5 criteria fewer than 2
    in 100 are called clear. With two or three options, or five people, chance makes clear more
    often; docs/methods.md gives the shares.

    Parameters
    ----------
    table : ScoreTable
        Bounds give "not applicable".
    priorities : Priorities
        What was said about the importance of the criteria.
    draws, seed : int
        For the acceptability.

    Notes
    -----
    Names of conditions: ``sole_first``, ``rival``, ``people``, ``changes``, ``borda``,
    ``schulze``, ``voting`` (either of the two), ``participants``, ``groups``, ``acceptability``,
    ``thin``, ``order``, ``unplaced``, ``persons`` (scores by person).
    """
    if table.bounds is not None:
        return Verdict("not applicable", None, 0, 0, 0.0, ())
    if priorities.criteria != table.criteria:
        raise ValueError("priorities must be of the table's criteria")
    leading, people = priorities.leading(), table.n
    weights = leading.order.weights()
    net = net_scores(table, weights)
    first = net.sole_first()
    if first is None:
        return Verdict("undecided", None, 0, people, 0.0, (Condition("sole_first", False, False),))
    critical = critical_changes(table, weights)
    if critical.k is None:
        return Verdict("undecided", first, 0, people, 0.0, (Condition("rival", False, False),))
    k = critical.k
    accepted = acceptability(table, leading.order, draws=draws, seed=seed).first(first)
    best = net.value[table.options.index(first)]
    reach = bool((np.isnan(net.value) & (net.high >= best - TIE)).any())
    by_person = table.scores is not None
    conditions = [
        Condition("people", people >= FEW, people >= FEW, people),
        Condition("changes", 2 * k > people, 3 * k >= people, k),
        Condition(
            "acceptability", accepted >= 0.9, accepted >= (0.5 if by_person else 0.9), accepted
        ),
        Condition("unplaced", not reach, not reach),
        Condition("order", leading.shared, None),
        Condition("thin", not _thin(table), None),
        Condition("persons", by_person, None),
    ]
    if by_person:
        by_borda, by_schulze = borda(table, weights), schulze(table, weights)
        either = first in by_borda.first() or first in by_schulze.first()
        left_out = leave_one_out(table, priorities)
        stands = left_out.broken_by == 0
        groups = one_group_one_vote(table, weights)
        conditions += [
            Condition("borda", by_borda.sole_first() == first, None),
            Condition("schulze", by_schulze.sole_first() == first, None),
            Condition("voting", None, either),
            Condition("participants", stands, stands, left_out.broken_by),
            Condition("groups", None if groups is None else groups.sole_first() == first, None),
        ]
    level: Level = "undecided"
    if all(condition.clear is not False for condition in conditions):
        level = "clear"
    elif all(condition.leaning is not False for condition in conditions):
        level = "leaning"
    return Verdict(level, first, k, people, accepted, tuple(conditions))


def _thin(table: ScoreTable) -> bool:
    placed = dict(zip(table.options, table.placed, strict=True))
    return any(cell.thin and placed[cell.option] for cell in summarise(table).values())
