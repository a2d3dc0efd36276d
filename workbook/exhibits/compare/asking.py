"""What a region could ask itself after looking at others; never what it should do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbook.case import Case
from workbook.case.tables import (
    Cluster,
    Commitment,
    Criterion,
    Form,
    Involvement,
    Option,
    Party,
    PartyKind,
    Pledge,
)
from workbook.exhibits.compare.criteria import kept_by
from workbook.exhibits.compare.matching import Compared, compared
from workbook.exhibits.compare.named import published
from workbook.exhibits.wording import listed, shown
from workbook.locale import N_

ABOUT = {
    "criteria": N_("criteria"),
    "agreements": N_("agreements"),
    "forms": N_("forms of position"),
    "parties": N_("parties"),
}
"""What questions are about."""

OWN_FIRST = {
    "criteria": N_("own criteria first"),
    "agreements": N_("own preconditions first"),
    "forms": N_("own longlist first"),
    "parties": N_("own parties first"),
}
"""Why there are no questions yet: the handbook asks openly first, examples come after."""

_ARRANGED = (Pledge.GIVEN, Pledge.CONDITIONAL)
_UNTOLD = (PartyKind.OTHER, PartyKind.PROJECT)


@dataclass(frozen=True)
class Question:
    """A question to consider: what about, which words, and in which other regions it arose."""

    about: str
    subject: str
    text: str
    elsewhere: tuple[Case, ...]


def enough(others: Sequence[Case]) -> int:
    """Give in how many of the other regions something must be before it is worth a question.

    A third of those that got so far, and at least two unless there are only one or two.
    """
    return max(2, -(-len(others) // 3)) if len(others) > 2 else 1


def unready(case: Case) -> dict[str, bool]:
    """Say for which subjects a region hasn't got to work itself yet."""
    kept = [row for row in case.rows(Criterion) if row.selected]
    return {
        "criteria": not case.rows(Criterion),
        "agreements": not any(row.cluster is Cluster.PRECONDITION for row in kept),
        "forms": not case.rows(Option),
        "parties": not case.rows(Party),
    }


def questions_of(cases: Sequence[Case], place: int) -> list[Question]:
    """Give the questions of one region, most often met first; none for a text."""
    case = cases[place]
    if published(case):
        return []
    found: list[Question] = []
    waiting, others = unready(case), _others(cases, place)
    asking = {
        "criteria": _criteria,
        "agreements": _agreements,
        "forms": _forms,
        "parties": _parties,
    }
    for about, ask in asking.items():
        if not waiting[about]:
            got_there = [other for other in others if not unready(other)[about]]
            mine = [q for q in ask(cases, place) if len(q.elsewhere) >= enough(got_there)]
            found += sorted(mine, key=lambda q: -len(q.elsewhere))
    return found


def _others(cases: Sequence[Case], place: int) -> list[Case]:
    return [case for at, case in enumerate(cases) if at != place]


def _criteria(cases: Sequence[Case], place: int) -> Iterator[Question]:
    """Ask about criteria that others kept and this region never considered."""
    _ = cases[place].translate
    for one in compared(cases):
        elsewhere = tuple(case for case in kept_by(cases, one) if case is not cases[place])
        if elsewhere and not one.rows[place]:
            text = _("Was “{name}” considered, and why is it not on your list?")
            yield Question("criteria", one.name, text.format(name=one.name), elsewhere)


def _agreements(cases: Sequence[Case], place: int) -> Iterator[Question]:
    """Ask about preconditions kept here that were pledged elsewhere and not yet here."""
    case = cases[place]
    _ = case.translate

    def pledged(at: int, one: Compared) -> bool:
        mine = {row.id for row in one.rows[at]}
        return any(
            row.criterion in mine and row.pledge in _ARRANGED for row in cases[at].rows(Commitment)
        )

    for one in compared(cases):
        here = [
            row for row in one.rows[place] if row.selected and row.cluster is Cluster.PRECONDITION
        ]
        if not here or pledged(place, one):
            continue
        elsewhere = tuple(
            other for at, other in enumerate(cases) if at != place and pledged(at, one)
        )
        if elsewhere:
            text = _("Who promises what about “{name}”? Elsewhere parties gave their word on it.")
            yield Question("agreements", here[0].name, text.format(name=here[0].name), elsewhere)


def _forms(cases: Sequence[Case], place: int) -> Iterator[Question]:
    """Ask about forms of position that are on a shortlist elsewhere and not here."""
    case = cases[place]
    _ = case.translate
    mine = case.rows(Option)
    decided = any(row.shortlisted is not None for row in mine)
    for form in Form:
        here = [row for row in mine if row.form is form]
        if any(row.shortlisted is True for row in here) or (here and not decided):
            continue
        elsewhere = tuple(
            other
            for other in _others(cases, place)
            if any(row.form is form and row.shortlisted is True for row in other.rows(Option))
        )
        if not elsewhere:
            continue
        words = (
            _("“{name}” is on your longlist and not on your shortlist: does the reason still hold?")
            if here
            else _("Did “{name}” come up as a form, and why is none on your longlist?")
        )
        name = shown(case, form)
        yield Question("forms", name, words.format(name=name), elsewhere)


def joined(case: Case) -> dict[PartyKind, set[int]]:
    """Give which steps each kind of party took part in."""
    return _steps(case, meant=False)


def _steps(case: Case, *, meant: bool) -> dict[PartyKind, set[int]]:
    kinds = {row.id: row.kind for row in case.rows(Party)}
    found: dict[PartyKind, set[int]] = {}
    for row in case.rows(Involvement):
        kind = kinds.get(row.party)
        if kind and (row.took_part is True or (meant and row.intended is True)):
            found.setdefault(kind, set()).add(row.step)
    return found


def _parties(cases: Sequence[Case], place: int) -> Iterator[Question]:
    """Ask per kind of party about the steps it joined elsewhere and is not meant to join here."""
    case = cases[place]
    _ = case.translate
    here = _steps(case, meant=True)
    elsewhere = [(other, joined(other)) for other in _others(cases, place)]
    involving = [other for other, steps in elsewhere if steps]
    for kind in PartyKind:
        if kind in _UNTOLD:
            continue
        by_step = {
            step: tuple(other for other, steps in elsewhere if step in steps.get(kind, set()))
            for step in range(1, 9)
            if step not in here.get(kind, set())
        }
        often = {step: who for step, who in by_step.items() if len(who) >= enough(involving)}
        if not often:
            continue
        text = _("Who of “{name}” could join step {steps}, or why nobody?")
        name = shown(case, kind)
        steps = listed(case, [str(step) for step in often])
        there = {id(other) for who in often.values() for other in who}
        who = tuple(other for other, _steps in elsewhere if id(other) in there)
        yield Question("parties", name, text.format(name=name, steps=steps), who)
