"""Excel forms to send or hand out, one per participant, and the form on paper beside them."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbook.case import UserError
from workbook.case.folder import write_atomically
from workbook.case.tables import How, Names, Score, State
from workbook.locale import N_, Message, translator
from workbook.session.asked import Asked, asked_in
from workbook.session.ballot import LONGEST_REASON, Cell
from workbook.session.paper import hidden
from workbook.session.paper.layout import (
    CHOICES,
    HEAD_ROW,
    Kind,
    Placed,
    Style,
    layout,
    sheet_name,
    tidy,
    title,
)
from workbook.session.paper.paper_form import paper_html
from workbook.session.promise import settled
from workbook.session.session import Session

_FIRST_COLUMN = 34
_INK, _FAINT, _LINE = "#1A1A1A", "#595959", "#8A9097"

_LOOKS: dict[Style, dict[str, object]] = {
    Style.TITLE: {"bold": True, "font_size": 14, "valign": "vcenter"},
    Style.PLAIN: {"bold": True},
    Style.HEAD: {"bold": True, "bg_color": "#E3EAF0", "border": 1, "valign": "vcenter"},
    Style.LABEL: {"bold": True, "bg_color": "#F4F6F8", "border": 1, "valign": "vcenter"},
    Style.SMALL: {"font_size": 9, "font_color": _FAINT, "border": 1, "indent": 1},
    Style.TEXT: {"border": 1, "font_size": 9},
    Style.BAND: {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#00528A",
        "border": 1,
        "valign": "vcenter",
    },
    Style.BEFORE: {"font_color": _FAINT, "border": 1, "align": "center"},
    Style.SCORE: {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"},
    Style.REASON: {"font_size": 9},
    Style.PLACE: {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter"},
}
_OPEN = {"locked": False, "bg_color": "#FFF9DB", "border": 1}
"""Where people write: yellow, and the only cells that take anything."""


def write_forms(session: Session, round: str, folder: Path, lang: str) -> list[Path]:
    """Write an Excel form for every participant, and a form to print.

    Parameters
    ----------
    session : Session
    round : str
    folder : Path
        Made if it isn't there. A form can hold what somebody scored before: nobody else on this
        machine can read the files.
    lang : {"nl", "en"}

    Returns
    -------
    list of Path
        The Excel forms in the order of the participants, then ``paper.html``.

    Raises
    ------
    UserError
        If the round isn't there, is a show of hands or was revealed, or if there is nothing or
        nobody to score.
    """
    asked = _asked(session, round, lang)
    names = settled(session.box, session.round(round))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    region = session.case.region
    earlier = session.earlier(round)
    paths = []
    for person in session.people():
        path = folder / f"{region}-{round}-{person.id}.xlsx"
        before = earlier.get(person.id)
        made = form_bytes(asked, region, round, person.id, lang, before, names=names)
        write_atomically(path, made, 0o600)
        paths.append(path)
    path = folder / "paper.html"
    write_atomically(path, paper_html(asked, lang, names).encode("utf-8"), 0o600)
    return [*paths, path]


def form_bytes(
    asked: Asked,
    region: str,
    round: str,
    participant: str,
    lang: str,
    earlier: Mapping[Cell, Score] | None = None,
    *,
    names: Names | None = None,
) -> bytes:
    """Give the Excel form of one participant; see `workbook.session.paper.layout.layout`."""
    placed = layout(asked, participant, lang, earlier, names)
    name = sheet_name(lang)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title(asked, lang)})
    book.set_custom_property("Language", lang)
    sheet = book.add_worksheet(name)
    _fill(book, sheet, asked, placed, lang)
    _set_page(sheet, asked, placed, participant, lang)
    promised = names.value if names else hidden.UNSETTLED
    cells = hidden.mapped(placed)
    facts = hidden.Hidden(region, round, asked.round, participant, name, promised, cells)
    unseen = book.add_worksheet(hidden.SHEET)
    for number, row in enumerate(hidden.as_rows(facts)):
        for column, text in enumerate(row):
            if text:
                unseen.write_string(number, column, text)
    unseen.protect()
    unseen.very_hidden()
    book.close()
    return out.getvalue()


def _asked(session: Session, round: str, lang: str) -> Asked:
    row = session.round(round)
    if row.how is not How.BALLOTS:
        raise UserError(Message(N_("“{name}” is scored by show of hands"), name=row.name), lang)
    if row.state is State.REVEALED:
        raise UserError(Message(N_("“{name}” was revealed already"), name=row.name), lang)
    asked = session.box.asked(round) or asked_in(session.case, row)
    if not asked.cells:
        raise UserError(
            Message(
                N_("There is nothing to score yet: choose criteria in step 5, options in step 6.")
            ),
            lang,
        )
    if not session.people():
        raise UserError(
            Message(N_("There are no participants yet; add them in notebook 07.")), lang
        )
    return asked


def _fill(
    book: xlsxwriter.Workbook, sheet: Worksheet, asked: Asked, placed: Sequence[Placed], lang: str
) -> None:
    looks = {style: book.add_format(_look(style)) for style in Style}
    width = _width(asked, placed)
    sheet.set_column(0, 0, _FIRST_COLUMN)
    sheet.set_column(1, len(asked.criteria), width)
    heights: dict[int, float] = {}
    for cell in placed:
        _put(sheet, cell, looks[cell.style])
        heights[cell.row] = max(heights.get(cell.row, 0), _height(cell, width))
    for row, height in heights.items():
        sheet.set_row(row, height)
    _add_choices(sheet, asked, placed, lang)


def _look(style: Style) -> dict[str, object]:
    look = {"font_name": "Arial", "font_size": 10, "font_color": _INK, "border_color": _LINE}
    look |= {"valign": "top", "text_wrap": style not in (Style.TITLE, Style.PLAIN)}
    look |= _LOOKS[style]
    if style in (Style.SCORE, Style.REASON, Style.PLACE):
        look |= _OPEN
    if style in (Style.SCORE, Style.REASON):
        look["num_format"] = "@"  # else a typed + or - is the start of a formula
    return look


def _put(sheet: Worksheet, cell: Placed, look: Format) -> None:
    if cell.until is not None and cell.until > cell.column:
        sheet.merge_range(cell.row, cell.column, cell.row, cell.until, "", look)
    if cell.text:
        sheet.write_string(cell.row, cell.column, cell.text, look)
    else:
        sheet.write_blank(cell.row, cell.column, None, look)


def _add_choices(sheet: Worksheet, asked: Asked, placed: Sequence[Placed], lang: str) -> None:
    _ = translator(lang)
    options = {option.id: option.name for option in asked.options}
    criteria = {criterion.id: criterion.name for criterion in asked.criteria}
    places = [str(place) for place in range(1, len(asked.criteria) + 1)]
    for cell in placed:
        if cell.kind in (Kind.TEXT, Kind.PARTICIPANT):
            continue
        # Told by a screen reader too, that doesn't say what stands above and beside a cell.
        rule: dict[str, object] = {
            "input_title": _cut(criteria[cell.criterion], 32),
            "input_message": _cut(
                options.get(cell.option, _("Your order: 1 is most important")), 255
            ),
            "error_title": _("Please check this"),
        }
        if cell.kind is Kind.SCORE:
            rule |= {"validate": "list", "source": list(CHOICES.values())}
            rule["error_message"] = _("Choose -, +/-, + or ?, or leave the cell empty.")
        elif cell.kind is Kind.PLACE:
            rule |= {"validate": "list", "source": places}
            rule["error_message"] = _("Choose a whole number from the list, or leave it empty.")
        else:
            rule |= {"validate": "length", "criteria": "<=", "value": LONGEST_REASON}
            rule["error_message"] = _("Write at most {n} characters.").format(n=LONGEST_REASON)
        sheet.data_validation(cell.row, cell.column, cell.row, cell.column, rule)


def _set_page(
    sheet: Worksheet, asked: Asked, placed: Sequence[Placed], participant: str, lang: str
) -> None:
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.print_area(0, 0, placed[-1].row, len(asked.criteria))
    foot = title(asked, lang).replace("&", "&&")
    sheet.set_footer(f"&L&8{_cut(foot, 180)}&C&8{participant}&R&8&P / &N")
    # Wider columns and higher rows change no answer.
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _width(asked: Asked, placed: Sequence[Placed]) -> int:
    """Give the width of a column: more for long texts, less where there are many columns."""
    longest = max((len(p.text) for p in placed if p.column and p.until is None), default=0)
    return min(max(16, longest // 5), 30 if len(asked.criteria) <= 5 else 21)


def _height(cell: Placed, width: int) -> float:
    """Estimate the height that a text takes: a file says it, no program works it out by itself."""
    if cell.style is Style.TITLE:
        return 24
    room: float = _FIRST_COLUMN if cell.column == 0 else width
    if cell.until is not None:
        room = (_FIRST_COLUMN if cell.column == 0 else 0) + width * (
            cell.until - max(cell.column, 1) + 1
        )
    small = _LOOKS[cell.style].get("font_size") == 9
    signs = int(room * (1.18 if small else 1.0))
    lines = sum(max(1, len(textwrap.wrap(part, signs))) for part in cell.text.split("\n"))
    least = {Style.SCORE: 26, Style.PLACE: 26, Style.REASON: 40, Style.HEAD: 30, Style.BAND: 20}
    return min(409, max(least.get(cell.style, 15), lines * (12 if small else 13.5) + 4))


def _cut(text: str, longest: int) -> str:
    text = tidy(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
