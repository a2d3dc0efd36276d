"""What regions could learn from one another, as questions to consider."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from workbook.case import Case, UserError
from workbook.case.tables import Commitment, Criterion, Involvement, Option
from workbook.exhibits.compare.asking import (
    ABOUT,
    OWN_FIRST,
    Question,
    questions_of,
    unready,
)
from workbook.exhibits.compare.named import (
    column_names,
    few_or_count,
    from_regions,
    kind,
    labels_for,
    listed_regions,
    mark_of,
    published,
    region_names,
    told_count,
)
from workbook.exhibits.compare.standing import legend
from workbook.exhibits.exhibit import Exhibit
from workbook.figures import (
    Block,
    Card,
    Category,
    RegionCell,
    RegionGrid,
    cards,
    region_grid,
)
from workbook.locale import N_, Message

_NO_ADVICE = N_("Questions, no advice: what many regions do need not fit yours.")
_COLOURS = {
    "criteria": "#33205E",
    "agreements": "#5E7F3A",
    "forms": "#0072B2",
    "parties": "#8F5B8C",
}


def questions(cases: Sequence[Case]) -> Exhibit:
    """Show how many questions each region could put to itself, and list them all."""
    first = cases[0]
    _ = first.translate
    name, title = "compare_questions", _("Questions to learn from one another")
    if len(cases) == 1:
        return _alone(cases, name, title)
    asked = [questions_of(cases, place) for place in range(len(cases))]
    looks = {
        "some": Category("#DCEAF4", ""),
        "none": Category("#F5F5F5", "0"),
        "own_first": Category("#FFF3C4", "…"),
        "text": Category("#E4DCEB", "?"),
    }
    words = {
        "some": _("number of questions"),
        "none": _("no question"),
        "own_first": _("own work first"),
        "text": _("a text can't be asked"),
    }

    def cell(place: int, about: str) -> RegionCell:
        if published(cases[place]):
            return RegionCell("text", (words["text"], "?"))
        if unready(cases[place])[about]:
            return RegionCell("own_first", (_(OWN_FIRST[about]), "…"))
        mine = [q for q in asked[place] if q.about == about]
        return RegionCell("some" if mine else "none", (str(len(mine)),))

    cells = [[cell(place, about) for place in range(len(cases))] for about in ABOUT]
    sums = [sum(q.about == about for mine in asked for q in mine) for about in ABOUT]
    heading = _("Questions about")
    grid = RegionGrid(
        column_names(cases),
        [bool(kind(case)) for case in cases],
        [Block(heading, [_(ABOUT[a]) for a in ABOUT], cells, [str(n) for n in sums], _("in all"))],
    )
    used = {cell.look for row in cells for cell in row}
    labels = labels_for(cases, title, note=_(_NO_ADVICE), legend=legend(looks, words, used))
    sentence = _("{n} questions in all, put to {regions}.").format(
        n=sum(sums),
        regions=told_count(cases, [c for c, mine in zip(cases, asked, strict=True) if mine]),
    )
    if len(cases) > 3:
        sentence += " " + _(
            "Each is about something that at least two other regions have, and a third of those "
            "that got so far."
        )
    names = region_names(cases)
    return Exhibit(
        name=name,
        title=title,
        sentence=f"{sentence} {_(_NO_ADVICE)}",
        alt="\n".join(
            f"{names[place]}: " + ", ".join(_counted(cases, place, asked[place]))
            for place in range(len(cases))
        ),
        table=pd.DataFrame(
            [line for place in range(len(cases)) for line in _lines(cases, place, asked[place])]
        ),
        provenance=_from(cases),
        mark=mark_of(cases),
        draw=partial(region_grid, grid, labels=labels, categories=looks),
    )


def questions_for(cases: Sequence[Case], region: str | None = None) -> Exhibit:
    """Spell out the questions of one region.

    Parameters
    ----------
    cases : sequence of Case
    region : str, optional
        Short name of the region at work; the one named first if nothing is given.
    """
    first = cases[0]
    _ = first.translate
    place = next(
        (at for at, case in enumerate(cases) if case.region == (region or first.region)), None
    )
    if place is None:
        words = N_("{region} is not among the regions that are compared")
        raise UserError(Message(words, region=region), first.lang)
    case = cases[place]
    name = "compare_questions_for"
    title = _("Questions for {region}").format(region=region_names(cases)[place])
    if len(cases) == 1:
        return _alone(cases, name, title)
    asked = questions_of(cases, place)
    counted = _counted(cases, place, asked)
    made = []
    for about, told in zip(ABOUT, counted, strict=True):
        mine = [q for q in asked if q.about == about]
        large = told.split(": ", 1)[1]
        small = [
            q.text
            + " "
            + _("Elsewhere: {regions}.").format(regions=few_or_count(cases, q.elsewhere))
            for q in mine[:3]
        ]
        if large == "0":
            small.append(_("No question came up."))
        if len(mine) > 3:
            small.append(_("and {n} more, in the table").format(n=len(mine) - 3))
        made.append(Card(_(ABOUT[about]), large, small, _COLOURS[about]))
    if published(case):
        sentence = _("{region} is known from a text, which can't be asked anything.").format(
            region=case.info.region
        )
    else:
        sentence = _("{n} questions for {region}: {counts}.").format(
            n=len(asked), region=case.info.region, counts=", ".join(counted)
        )
    labels = labels_for(cases, title, note=_(_NO_ADVICE))
    return Exhibit(
        name=name,
        title=title,
        sentence=f"{sentence} {_(_NO_ADVICE)}",
        alt="\n".join(
            [*counted, *(f"{q.text} ({listed_regions(cases, q.elsewhere)})" for q in asked)]
        ),
        table=pd.DataFrame(_lines(cases, place, asked)),
        provenance=_from(cases),
        mark=mark_of(cases),
        draw=partial(cards, made, labels=labels),
    )


def _alone(cases: Sequence[Case], name: str, title: str) -> Exhibit:
    _ = cases[0].translate
    return Exhibit(
        name=name,
        title=title,
        sentence=_("There is no other region to learn from here."),
        alt="",
        table=pd.DataFrame(),
        provenance=(),
        mark=mark_of(cases),
        missing=True,
    )


def _counted(cases: Sequence[Case], place: int, asked: Sequence[Question]) -> list[str]:
    """Say per subject how many questions there are, or why there are none."""
    case = cases[place]
    _ = case.translate
    waiting = unready(case)
    found = []
    for about, words in ABOUT.items():
        if published(case):
            told = _("not published")
        elif waiting[about]:
            told = _(OWN_FIRST[about])
        else:
            told = str(sum(q.about == about for q in asked))
        found.append(f"{_(words)}: {told}")
    return found


def _lines(cases: Sequence[Case], place: int, asked: Sequence[Question]) -> list[dict[str, object]]:
    """Give a line per question, and one per subject that has to wait."""
    case = cases[place]
    _ = case.translate
    region = region_names(cases)[place]
    waiting = unready(case)

    def line(about: str, subject: str, text: str, elsewhere: str, n: int | str) -> dict:
        return {
            _("Region"): region,
            _("About"): _(ABOUT[about]),
            _("Subject"): subject,
            _("Question to consider"): text,
            _("In how many other regions"): n,
            _("Which"): elsewhere,
        }

    if published(case):
        told = _("a text can't be asked")
        return [line(about, "–", told, "–", "–") for about in ABOUT]
    lines = [line(about, "–", _(OWN_FIRST[about]), "–", "–") for about in ABOUT if waiting[about]]
    lines += [
        line(q.about, q.subject, q.text, listed_regions(cases, q.elsewhere), len(q.elsewhere))
        for q in asked
    ]
    return lines


def _from(cases: Sequence[Case]) -> tuple[str, ...]:
    _ = cases[0].translate
    rule = _(
        "A question comes up where other regions kept a criterion, gave their word on a "
        "precondition, shortlisted a form or had a kind of party in a step, and this region has "
        "not considered it. A region that hasn't begun gathers its own first."
    )
    return from_regions(cases, Criterion, Commitment, Option, Involvement, rule=rule)
