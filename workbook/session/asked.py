"""What a ballot asks, as it stood when the round was opened.

The box keeps its own copy: a case that is edited or broken meanwhile doesn't change a form that
people are filling in.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from workbook.case import Case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import How, Names, Round, State


@dataclass(frozen=True)
class AskedOption:
    """An option to score."""

    id: str
    name: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedCriterion:
    """A criterion to score on, with what −, ± and + mean here."""

    id: str
    name: str
    description: str = ""
    minus: str = ""
    plusminus: str = ""
    plus: str = ""


@dataclass(frozen=True)
class Asked:
    """One round's questions.

    Attributes
    ----------
    round : str
        Name of the round.
    region, lang : str
        The region's own name, and the language of its words.
    fictional : bool
    after_named : bool
        It is anonymous, and the scores of an earlier round are known by name: whoever answers as
        they did then can be recognised.
    """

    round: str
    region: str
    lang: str
    fictional: bool
    options: tuple[AskedOption, ...]
    criteria: tuple[AskedCriterion, ...]
    after_named: bool = False

    @property
    def cells(self) -> frozenset[tuple[str, str]]:
        """Every option with every criterion, by id."""
        return frozenset((o.id, c.id) for o in self.options for c in self.criteria)

    def as_json(self) -> str:
        """Give it as a text that `from_json` reads."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Asked:
        """Read what `as_json` wrote."""
        parts = json.loads(text)
        options = tuple(
            AskedOption(o["id"], o["name"], tuple(o["members"])) for o in parts.pop("options")
        )
        criteria = tuple(AskedCriterion(**c) for c in parts.pop("criteria"))
        return cls(**parts, options=options, criteria=criteria)


def asked_in(case: Case, of: Round) -> Asked:
    """Read from a case what a round asks now."""
    from workbook.case.tables import Party

    parties = {row.id: row.name for row in case.rows(Party)}
    return Asked(
        of.name,
        case.info.region,
        case.info.language,
        case.fictional,
        tuple(
            AskedOption(row.id, row.name, tuple(parties.get(m, m) for m in row.members))
            for row in scored_options(case)
        ),
        tuple(
            AskedCriterion(
                row.id,
                row.name,
                row.description or "",
                row.minus or "",
                row.plusminus or "",
                row.plus or "",
            )
            for row in scored_criteria(case)
        ),
        of.names is Names.ANONYMOUS
        and any(
            row.how is How.BALLOTS and row.names is Names.OPEN and row.state is State.REVEALED
            for row in case.rows(Round)
            if row.id != of.id
        ),
    )
