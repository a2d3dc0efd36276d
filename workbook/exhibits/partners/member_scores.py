"""Scores of partnerships, and what the scores of single parties say about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from workbook import judge
from workbook.case import Case
from workbook.case.asked import scored_criteria
from workbook.case.tables import SYMBOLS, Combine, Criterion, Option, Reading, Round, Score
from workbook.exhibits.preference.heatmap import counts_text
from workbook.exhibits.preference.reading import reading_table
from workbook.exhibits.preference.scores import counting_table
from workbook.figures import Category
from workbook.figures.score_heatmap import COLOURS
from workbook.judge.joint_scores import JointScore, best, weakest

Levels = tuple[int, int]


@dataclass(frozen=True)
class Told:
    """One level as it is shown: its symbol, the counts behind it, and its two ends.

    Attributes
    ----------
    symbol : str
    counts : str
        Empty where nobody was counted.
    levels : (int, int) or None
        Lowest and highest; None where nothing is known.
    """

    symbol: str
    counts: str
    levels: Levels | None

    @property
    def text(self) -> str:
        """The symbol with its counts."""
        return f"{self.symbol} ({self.counts})" if self.counts else self.symbol


def symbols(levels: Levels | None) -> str:
    """Write a level, or the two that it lies between."""
    if levels is None:
        return "?"
    low, high = (SYMBOLS[Score(str(level))] for level in levels)
    return low if low == high else f"{low} / {high}"


def looks() -> dict[str, Category]:
    """Give how each level looks, by its symbols."""
    ends = ((-1, -1), (-1, 0), (0, 0), (0, 1), (1, 1))
    found = {symbols(pair): colour for pair, colour in zip(ends, COLOURS, strict=True)}
    found |= {"− / +": "#E4DCEB", "− | +": "#E4DCEB"}
    return {text: Category(colour, text) for text, colour in found.items()} | {
        "?": Category("#FFFFFF", "?", dotted=True)
    }


def told(found: JointScore) -> Told:
    """Write the level that follows from members; a question mark where nothing does."""
    levels = (found.low, found.high) if found.known else None
    if found.counts is None:
        return Told(symbols(levels), "", levels)
    minus, middle, plus, unknown = found.counts
    return Told(symbols(levels), f"−{minus} ±{middle} +{plus} ?{unknown}", levels)


@dataclass(frozen=True)
class MemberScores:
    """Scores of the round that counts, or without one the bounds that a text allows.

    Attributes
    ----------
    case : Case
    table : ScoreTable
    of : Round or None
        None where the bounds were read from a text: then nobody scored.
    """

    case: Case
    table: judge.ScoreTable
    of: Round | None

    @property
    def read(self) -> bool:
        """Whether these are readings of a text, not scores."""
        return self.of is None

    @property
    def by_person(self) -> bool:
        """Whether a level can be worked out per person, or from bounds; not for hands."""
        return self.table.kind != "tallies"

    @cached_property
    def alone(self) -> dict[str, str]:
        """The option made of one party alone, per party; the first where there are more."""
        rows = [row for row in self.case.rows(Option) if row.id in self.table.options]
        return {row.members[0]: row.id for row in reversed(rows) if len(row.members) == 1}

    @property
    def weakest_criteria(self) -> list[Criterion]:
        """Scored criteria on which the weakest member shows, where that can be worked out."""
        rows = scored_criteria(self.case) if self.by_person else []
        return [row for row in rows if row.combine is Combine.WEAKEST]

    @cached_property
    def _cells(self) -> dict[tuple[str, str], judge.CellSummary]:
        return judge.summarise(self.table)

    def own(self, option: str, criterion: str) -> Told:
        """Give what an option got itself."""
        if option not in self.table.options or criterion not in self.table.criteria:
            return Told("?", "", None)
        if self.table.bounds is not None:
            at = self.table.options.index(option), self.table.criteria.index(criterion)
            low, high = self.table.bounds[at]
            levels = None if np.isnan(low) else (int(low), int(high))
            return Told(symbols(levels), "", levels)
        cell = self._cells[option, criterion]
        if cell.split:
            return Told("− | +", counts_text(cell), (-1, 1))
        return Told(symbols(cell.median), counts_text(cell), cell.median)

    @cached_property
    def _whole(self) -> dict[frozenset[str], str]:
        rows = [row for row in self.case.rows(Option) if row.id in self.table.options]
        return {frozenset(row.members): row.id for row in reversed(rows)}

    def itself(self, members: Iterable[str]) -> str | None:
        """Give the option that is made of exactly these parties, if it can have scores."""
        return self._whole.get(frozenset(members))

    def shown(self, criterion: str, members: Sequence[str]) -> Told:
        """Write what a set got itself, which leads; else how its weakest member shows."""
        own = self.own(self.itself(members) or "", criterion)
        return own if own.levels else told(self.weakest(criterion, members))

    def shows(self, criterion: str, members: Sequence[str]) -> JointScore:
        """Give what is sure of that same level: every don't know is left open."""
        option = self.itself(members)
        own = weakest(self.table, criterion, [option]) if option else None
        return own if own and own.known else self.weakest(criterion, members)

    def weakest(self, criterion: str, members: Sequence[str]) -> JointScore:
        """Let the weakest member show."""
        return weakest(self.table, criterion, [self.alone.get(member) for member in members])

    def best(self, criterion: str, members: Sequence[str]) -> JointScore:
        """Let the best member count."""
        return best(self.table, criterion, [self.alone.get(member) for member in members])


def member_scores(case: Case) -> MemberScores | None:
    """Give the scores that count; where there are none, what a text allows, if anything."""
    counting = counting_table(case)
    if counting is not None:
        return MemberScores(case, counting[1], counting[0])
    if case.rows(Reading) and scored_criteria(case):
        return MemberScores(case, reading_table(case), None)
    return None


def difference(case: Case, own: Told, follows: Told, *, read: bool) -> str:
    """Say how what an option got itself differs from what follows from its members."""
    _ = case.translate
    if own.levels is None or follows.levels is None:
        return _("not known")
    if own.levels[0] > follows.levels[1]:
        return _("read higher") if read else _("scored higher")
    if own.levels[1] < follows.levels[0]:
        return _("read lower") if read else _("scored lower")
    settled = {*own.levels, *follows.levels}
    return _("the same") if len(settled) == 1 else _("can match")


def differs(own: Told, follows: Told) -> bool:
    """Whether the two can't be the same, whatever is unknown."""
    if own.levels is None or follows.levels is None:
        return False
    return own.levels[0] > follows.levels[1] or own.levels[1] < follows.levels[0]
