"""From rows to the bytes of a CSV file: UTF-8, commas, one row a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from workbook.case.tables import Row, to_text


def table_bytes(model: type[Row], rows: Iterable[Row]) -> bytes:
    """Write a table as the workbook itself writes it.

    Parameters
    ----------
    model : type of Row
        The table.
    rows : iterable of Row
        Its rows, in order.

    Returns
    -------
    bytes
        UTF-8 without a mark, separated by commas, lines ending in LF, so that it diffs well.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    columns = model.columns()
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_one_line_end(to_text(getattr(row, name))) for name in columns])
    return out.getvalue().encode("utf-8")


def _one_line_end(text: str) -> str:
    # Before Python 3.13 csv leaves a bare CR outside quotes, where it would end the row.
    return text.replace("\r\n", "\n").replace("\r", "\n")
