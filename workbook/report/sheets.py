"""A table as a sheet of an Excel file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import xlsxwriter


def add_sheet(
    book: xlsxwriter.Workbook, name: str, head: Sequence[str], lines: Sequence[dict[str, Any]]
) -> None:
    """Add a sheet: every text as text, so that nothing a person typed is taken for a formula.

    Parameters
    ----------
    book : Workbook
        Made with ``strings_to_formulas`` and ``strings_to_urls`` off.
    name : str
        Of the sheet, at most 31 characters.
    head : sequence of str
        The columns.
    lines : sequence of dict
        A value per column; whole numbers are written as numbers, nothing where there is none.
    """
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(lines), 1), len(head) - 1)
    strong = book.add_format({"bold": True})
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, strong)
        longest = max((len(str(line.get(title) or "")) for line in lines), default=0)
        sheet.set_column(column, column, min(40, max(len(title) + 2, longest)))
    for place, line in enumerate(lines, start=1):
        for column, title in enumerate(head):
            value = line.get(title)
            if isinstance(value, int):
                sheet.write_number(place, column, value)
            elif value is not None:
                sheet.write_string(place, column, str(value))
