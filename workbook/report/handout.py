"""The handout: on paper, before people score, what the options, the criteria and the scale mean.

It holds no score and no support, and keeps the case's own order, so that it argues nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from babel.dates import format_date

from workbook import handbook
from workbook.case import Case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.folder import write_atomically
from workbook.case.tables import NOT_PUBLISHED, Meeting, Option, Round, Score, State
from workbook.case.tables.document import Provenance
from workbook.exhibits import option_meanings, scale_meanings
from workbook.exhibits.exhibit import mark
from workbook.exhibits.texts import shortlist_note
from workbook.exhibits.wording import (
    distinct,
    filled,
    in_the_middle,
    option_names,
    party_names,
    shown,
)
from workbook.figures.canvas import ink_on
from workbook.report.html import css_text, page_environment, sheet_style


@dataclass(frozen=True)
class Cell:
    """What stands in a table.

    Attributes
    ----------
    texts : sequence of str
        One text, or several names.
    own : bool
        The case's own words, in its own language; else words of the workbook.
    """

    texts: Sequence[str]
    own: bool = True


@dataclass(frozen=True)
class Line:
    """An option or a criterion; ``label`` is the name that pictures use."""

    name: str
    cells: Sequence[Cell]
    label: str = ""
    form: str = ""
    current: bool = False


@dataclass(frozen=True)
class Sign:
    """A level of the scale: never a colour alone, always its symbol and its word too."""

    symbol: str
    word: str
    meaning: str
    colour: str
    ink: str


def write_handout(case: Case, path: Path) -> None:
    """Write the handout of a case as one HTML file, whole or not at all."""
    write_atomically(path, handout_html(case).encode("utf-8"))


def handout_html(case: Case) -> str:
    """Give the handout of a case as one HTML page; everything from the case is escaped."""
    _ = case.translate
    folder = files("workbook.report")
    template = page_environment().from_string((folder / "handout.html.j2").read_text("utf-8"))
    criteria = _criteria(case)
    title, region, marked = _("Options, criteria and scale"), case.info.region, mark(case)
    # Every sheet says what it is, also when the second comes loose from the first.
    foot = [title, *([] if region.upper() in marked else [region]), marked]
    return template.render(
        _=_,
        style=sheet_style("handout.css"),
        foot=css_text(" · ".join(filter(None, foot))),
        lang=case.lang,
        case_lang=case.info.language,
        title=title,
        region=region,
        project=case.info.project,
        session=session(case),
        mark=marked,
        lead=lead(case),
        options=_options(case),
        no_options=option_meanings(case).sentence,
        note=shortlist_note(case),
        current=_current(case),
        position=handbook.position(),
        criteria=criteria,
        # Three columns that say the same in every cell would only push the rest off the page.
        signed=any(cell.own for line in criteria for cell in line.cells[1:]),
        unsigned=_unsigned(case),
        no_criteria=scale_meanings(case).sentence,
        signs=_signs(case),
        unknown=next(level for level in handbook.scale() if level.value == Score.DONT_KNOW),
    )


def session_meeting(case: Case) -> Meeting | None:
    """Give the meeting in which people score; None while none is known.

    That is the meeting of the first round that is still to be scored, or else of the last round.
    """
    rounds = case.rows(Round)
    ahead = [row for row in rounds if row.state in (State.SETUP, State.OPEN)]
    of = next(iter(ahead or rounds[-1:]), None)
    return next((row for row in case.rows(Meeting) if of and row.id == of.meeting), None)


def session(case: Case) -> tuple[str, str] | None:
    """Give the name and the day of the meeting in which people score; None while none is known."""
    _ = case.translate
    meeting = session_meeting(case)
    if meeting is None:
        return None
    day = ""
    if isinstance(meeting.date, date):
        day = format_date(meeting.date, "d MMMM y", locale=case.lang)
    elif meeting.date == NOT_PUBLISHED:
        day = _("date not published")
    return meeting.name, day


def lead(case: Case) -> str:
    """Say what kind of case a page is made from; nothing for a region's own."""
    _ = case.translate
    if case.info.provenance is Provenance.FICTIONAL:
        return _("Everything on this page is made up; it shows how the workbook works.")
    if case.info.provenance is Provenance.PUBLISHED:
        return _("Read from: {text}.").format(text=case.info.published_as or "–")
    return ""


def _current(case: Case) -> str:
    _ = case.translate
    if any(row.current for row in scored_options(case)):
        return _("The current position is marked “{words}”.").format(words=_("position now"))
    if any(row.current for row in case.rows(Option)):
        return _("The current position is not among these options.")
    return ""


def _cell(case: Case, value: Any) -> Cell:
    if value in (None, "", (), NOT_PUBLISHED):
        return Cell([filled(case, value)], own=False)
    return Cell(value if isinstance(value, tuple) else [value])


def _label(row: Option, label: str) -> str:
    """Give the name on pictures, where that tells something that the whole name doesn't."""
    return "" if label in (row.name, in_the_middle(row.name)) else label


def _options(case: Case) -> list[Line]:
    parties, labels = party_names(case), distinct(option_names(case))
    return [
        Line(
            row.name,
            [
                _cell(case, tuple(parties[member] for member in row.members)),
                _cell(case, row.responsibility),
                _cell(case, row.coordination),
                _cell(case, row.employment),
            ],
            label=_label(row, labels[row.id]),
            form=_form(case, row),
            current=row.current is True,
        )
        for row in scored_options(case)
    ]


def _form(case: Case, row: Option) -> str:
    _ = case.translate
    if row.form is None:
        return _("Form") + ": " + filled(case, None)
    return shown(case, row.form)


def _criteria(case: Case) -> list[Line]:
    return [
        Line(
            row.name,
            [_cell(case, v) for v in (row.description, row.minus, row.plusminus, row.plus)],
        )
        for row in scored_criteria(case)
    ]


def _unsigned(case: Case) -> str:
    _ = case.translate
    if case.info.provenance is Provenance.PUBLISHED:
        return _(
            "What −, ± and + mean for each criterion is not published; the meaning above holds."
        )
    return _(
        "What −, ± and + mean for each criterion is not filled in yet; the meaning above holds."
    )


def _signs(case: Case) -> list[Sign]:
    return [
        Sign(
            level.symbol,
            level.name.in_(case.lang),
            level.meaning.in_(case.lang),
            level.colour,
            ink_on(level.colour),
        )
        for level in handbook.scale()
        if level.colour
    ]
