"""How a table is set on a page: as rows, turned, or as a list of records."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from workbook.report.model import Shape, Table

ACROSS = 112
"""Characters that fit across a page in the type of a table."""
_TO_WRITE = 22
"""Room of a column that people write in."""
_LINES = 30
"""Lines of a row that is still kept on one page."""
_CELL = 20
"""Characters of a line in a cell with running text; a longer word is broken."""


def shape(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Shape:
    """Choose how a table is set, so that nothing runs off the page.

    Parameters
    ----------
    head : sequence of str
        Headings of the columns.
    rows : sequence of sequence of str
        The cells.
    """
    columns = [[title, *(row[place] for row in rows)] for place, title in enumerate(head)]
    if _width(columns) <= ACROSS:
        return Shape.ROWS
    if rows and _width([list(head), *map(list, rows)]) <= ACROSS:
        return Shape.TURNED
    return Shape.RECORDS


def fits(table: Table) -> list[bool]:
    """Say of each row whether it may be kept on one page: a longer one has to be broken."""
    if table.shape is Shape.RECORDS:
        return [sum(map(len, row)) < ACROSS * _LINES // 2 for row in table.rows]
    room = widths(table)
    columns = [max(ACROSS * part // sum(room), 6) for part in room]
    return [
        max((len(cell) // across for cell, across in zip(row, columns, strict=True)), default=0)
        < _LINES
        for row in _lines(table)
    ]


def _lines(table: Table) -> list[Sequence[str]]:
    """Give the rows as they are set, without the head."""
    if table.shape is Shape.TURNED:
        return list(zip(table.head, *table.rows, strict=True))[1:]
    return list(table.rows)


def picture_width(png: bytes, across: float, high: float) -> float:
    """Give how wide a picture is set: as wide as may be, and never higher than ``high``.

    Parameters
    ----------
    png : bytes
    across, high : float
        Room on the page, in whatever unit the answer is wanted in.
    """
    width, height = struct.unpack(">II", png[16:24])
    return min(across, high * width / height)


def widths(table: Table) -> list[int]:
    """Give how much room each column of a table on the page wants beside the others."""
    lines = [list(table.head), *map(list, table.rows)]
    columns = lines if table.shape is Shape.TURNED else list(zip(*lines, strict=True))
    return [
        _TO_WRITE
        if table.tall and not any(cells[1:])
        else 4 + _need(cells) + min(24, sum(map(len, cells)) // (4 * len(cells)))
        for cells in columns
    ]


def _width(columns: Iterable[Sequence[str]]) -> int:
    return sum(2 + _need(cells) for cells in columns)


def _need(cells: Sequence[str]) -> int:
    longest_word = max((len(word) for cell in cells for word in cell.split()), default=0)
    longest = max(map(len, cells), default=0)
    return max(min(longest_word, _CELL), min(_CELL, longest // 2))
