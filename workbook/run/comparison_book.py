"""The tables of a comparison as one Excel file."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
import xlsxwriter

from workbook.exhibits import Exhibit
from workbook.locale import Translate
from workbook.report.sheets import add_sheet


def comparison_book(exhibits: Sequence[Exhibit], translate: Translate) -> bytes:
    """Make the file: what each sheet is and where it comes from, then a sheet per table.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        What is shown; one without a table gets no sheet.
    translate : callable
        For the words of the first sheet.
    """
    _ = translate
    made = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    about: list[dict[str, Any]] = []
    sheets: list[tuple[str, Exhibit]] = []
    for exhibit in exhibits:
        name = "" if exhibit.table.empty else _name(exhibit, [taken for taken, _e in sheets])
        if name:
            sheets.append((name, exhibit))
        about.append(
            {
                _("Sheet"): name or "–",
                _("Title"): exhibit.title,
                _("What must be known"): exhibit.mark,
                _("In a sentence"): exhibit.sentence,
                _("Where it comes from"): "\n".join(exhibit.provenance),
            }
        )
    with xlsxwriter.Workbook(made, settings) as book:
        add_sheet(book, "about", list(about[0]) if about else [], about)
        for name, exhibit in sheets:
            lines = [
                {str(column): _plain(value) for column, value in line.items()}
                for line in exhibit.table.to_dict("records")
            ]
            add_sheet(book, name, [str(column) for column in exhibit.table], lines)
    return made.getvalue()


def _name(exhibit: Exhibit, taken: Sequence[str]) -> str:
    """Give a sheet its exhibit's name; Excel takes 31 characters and no two the same."""
    name = exhibit.name.removeprefix("compare_")[:31]
    return name if name not in taken else f"{name[:28]}_{len(taken)}"


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, np.integer) else value
