"""Who covers which part of a criterion, who may take part, and at what cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from workbook.case import Case
from workbook.case.asked import scored_options
from workbook.case.tables import (
    Coverage,
    Covers,
    Criterion,
    Link,
    Option,
    Party,
    PartyKind,
    Screening,
)
from workbook.exhibits.exhibit import Exhibit, missing
from workbook.exhibits.options import proposals
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    listed,
    number,
    option_names,
    party_names,
    shown,
)
from workbook.figures import Category
from workbook.judge.gains import Gains, gains
from workbook.judge.partnerships import (
    Combination,
    combinations,
    combine,
    coverage_level,
)

RANK = ["no", "?", "partly", "yes"]
"""Extents of coverage from least to most, as the best member is chosen."""
_COLOURS = {"yes": "#0072B2", "partly": "#9CC3DE", "no": "#D55E00"}


@dataclass(frozen=True)
class Covering:
    """A criterion with parts as the judgement takes it.

    Attributes
    ----------
    case : Case
    criterion : Criterion
        The criterion with parts.
    levels : dict of (party, part) to level
    """

    case: Case
    criterion: Criterion
    levels: dict[tuple[str, str], str]

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts, such as the links of a chain."""
        return self.criterion.parts

    @cached_property
    def stands_for(self) -> dict[str, int]:
        """How many organisations each party stands for."""
        return {row.id: row.stands_for or 1 for row in self.case.rows(Party)}

    @cached_property
    def knocked_out(self) -> dict[str, tuple[str, str]]:
        """Parties that fall short of the vision: the option made of that party alone, and why."""
        names = criterion_names(self.case)
        alone = {row.id: row.members[0] for row in self.case.rows(Option) if len(row.members) == 1}
        return {
            alone[found.option]: (
                found.option,
                listed(self.case, [names[c] for c in found.knocked_out_by]),
            )
            for found in proposals(self.case)
            if found.drop and found.option in alone
        }

    @cached_property
    def recorded(self) -> tuple[str, ...]:
        """Parties with a record of what they cover, in file order."""
        known = {party for party, _part in self.levels}
        return tuple(row.id for row in self.case.rows(Party) if row.id in known)

    @property
    def candidates(self) -> tuple[str, ...]:
        """Parties that may take part in a combination."""
        return tuple(party for party in self.recorded if party not in self.knocked_out)

    @property
    def options(self) -> list[Option]:
        """Options to score that are made of parties."""
        return [row for row in scored_options(self.case) if row.members]

    @cached_property
    def _common(self) -> dict:
        links = self.case.rows(Link)
        experts = {row.id for row in self.case.rows(Party) if row.kind is PartyKind.EXPERTS}
        missing = [(row.party, row.other) for row in links if row.link is False]
        return {
            "stands_for": self.stands_for,
            "links": [frozenset((row.party, row.other)) for row in links if row.link],
            # Whoever holds the position works with the experts by experience.
            "beside": [
                (a, b)
                for pair in missing
                for a, b in (pair, pair[::-1])
                if b in experts and a not in experts
            ],
        }

    def combine(self, members: Iterable[str]) -> Combination:
        """Work out what one set of parties covers and costs."""
        return combine(dict.fromkeys(members), self.parts, self.levels, **self._common)

    def combinations(self) -> list[Combination]:
        """Work out every set of up to four candidates."""
        return combinations(self.candidates, self.parts, self.levels, **self._common)

    def gains(self, members: Iterable[str]) -> Gains:
        """Work out what goes without each member, and what each other candidate adds."""
        members = dict.fromkeys(members)
        return gains(members, self.candidates, self.parts, self.levels, **self._common)

    def best(self, members: Iterable[str], part: str) -> str:
        """Give how far the best member covers a part."""
        return max((self.levels.get((m, part), "?") for m in members), key=RANK.index)

    def level(self, found: Combination) -> tuple[int, int]:
        """Put what a set covers on the scale: for sure, and if what is unknown is covered."""
        session = self.case.info.session
        low, high = (
            coverage_level(share, session.minus_below, session.plus_from)
            for share in (found.covered, found.if_known)
        )
        return low, high

    def organisations(self, found: Combination) -> str:
        """Write the number of organisations; what a party stands for is an upper bound."""
        several = any(self.stands_for[member] > 1 for member in found.members)
        return ("≤" if several else "") + str(found.organisations)

    def in_parts(self, share: float) -> str:
        """Write a covered share as a number of parts."""
        parts = round(share * len(self.parts), 1)
        return number(self.case, parts, 0 if parts == int(parts) else 1, signed=False)

    def left_out(self) -> str:
        """Say which parties can't come in through a partner, and why."""
        _ = self.case.translate
        if not self.case.rows(Screening):
            return _("No verdicts on the vision are recorded, so nobody is left out for that.")
        names = party_names(self.case)
        out = [
            f"{names[party]} ({self.knocked_out[party][1]})"
            for party in self.recorded
            if party in self.knocked_out
        ]
        if not out:
            return ""
        return _(
            "Left out, because a party that falls short of the vision can't come in through a "
            "partner: {names}."
        ).format(names=listed(self.case, out))

    def remark(self, option: Option) -> str:
        """Say which members of an option fall short of the vision on their own."""
        _ = self.case.translate
        names, options = party_names(self.case), distinct(option_names(self.case))
        return " ".join(
            _("{party} falls short of {criteria} on its own ({option}).").format(
                party=names[member],
                criteria=self.knocked_out[member][1],
                option=options[self.knocked_out[member][0]],
            )
            for member in option.members
            if member in self.knocked_out and len(option.members) > 1
        )


def covering(case: Case) -> Covering | None:
    """Give the first criterion with parts of which it is recorded who covers them, if any."""
    rows = case.rows(Coverage)
    for criterion in case.rows(Criterion):
        levels = {
            (row.party, row.part): row.level.value
            for row in rows
            if row.criterion == criterion.id and row.part in criterion.parts
        }
        if criterion.parts and levels and criterion.selected is not False:
            return Covering(case, criterion, levels)
    return None


def no_coverage(case: Case, name: str, title: str) -> Exhibit:
    """Say that it isn't recorded who covers which part."""
    _ = case.translate
    return missing(
        case,
        name,
        title,
        _("No criterion has parts with a record of who covers them (coverage.csv)."),
    )


def coverage_looks(case: Case) -> dict[str, Category]:
    """Give how each extent of coverage looks."""
    return {
        level: Category(colour, shown(case, Covers(level))) for level, colour in _COLOURS.items()
    } | {"?": Category("#FFFFFF", "?", dotted=True)}


def coverage_legend(case: Case) -> list[tuple[str, str]]:
    """Give the key to the colours of coverage."""
    _ = case.translate
    words = {"yes": _("covered"), "partly": _("partly covered"), "no": _("not covered")}
    return [(_COLOURS[level], text) for level, text in words.items()] + [
        ("#FFFFFF", _("not known"))
    ]
