"""The generic table form: the rows of one table, added, changed, removed and put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from workbook.case import Case, UserError
from workbook.case.bin import removed
from workbook.case.naming import NAMING, new_id
from workbook.case.reading import parse_row
from workbook.case.tables import Row, to_text
from workbook.forms.columns import Columns
from workbook.forms.draft import Draft, Line
from workbook.forms.fields import texts
from workbook.forms.sheet import Context, Stored


class Rows(Columns):
    """The rows of one table.

    Parameters
    ----------
    model : type of Row
        The table.
    columns, more : sequence of str
        Columns shown at once, and those shown under a line on request; the source always is.
    where : mapping, optional
        Only rows with these texts, which new rows get too.
    defaults : mapping, optional
        Texts that new rows start with.
    layout : {"table", "cards"}
        One line per row, or one card with a field under another.
    free : bool
        Rows may be added, removed and moved.
    title : str, optional
        Msgid of a heading that replaces the table's own.
    about : str, optional
        Msgid of a sentence that replaces the table's own.
    """

    def __init__(
        self,
        model: type[Row],
        columns: Sequence[str],
        more: Sequence[str] = (),
        *,
        where: Mapping[str, str] | None = None,
        defaults: Mapping[str, str] | None = None,
        layout: str = "table",
        free: bool = True,
        title: str = "",
        about: str = "",
    ) -> None:
        super().__init__(model, columns, more, title, about)
        self.where = dict(where or {})
        self.defaults = dict(defaults or {})
        self.layout = layout
        self.free = free
        self.name = "-".join([model.table, *self.where.values(), *self.columns])

    def removes_rows_of(self) -> type[Row]:
        """Give the table: other tables may name its rows."""
        return self.model

    def headings(self, case: Case, context: Context) -> dict[str, tuple[str, ...]]:
        """Give the ids of rows that have no words of their own, such as participants."""
        del context
        if self.model.key or any(name in self.model.model_fields for name in NAMING):
            return {}
        return {row.id: (row.id,) for row in self._mine(case)}

    def lines(self, case: Case, context: Context) -> list[Line]:
        """Give one line per row."""
        del context
        wanted = (*self.columns, *self.more)
        return [
            Line(row.id, {name: to_text(getattr(row, name)) for name in wanted})
            for row in self._mine(case)
        ]

    def _mine(self, case: Case) -> list[Row]:
        return [
            row
            for row in case.rows(self.model)
            if all(to_text(getattr(row, name)) == text for name, text in self.where.items())
        ]

    def store(self, case: Case, context: Context, draft: Draft, source: str) -> Stored:
        """Turn the lines into the whole table; rows that aren't shown keep their place."""
        del context
        stored = Stored()
        rows = {row.id: row for row in case.rows(self.model)}
        taken = set(rows) | _binned(case, self.model)
        made: list[Row] = []
        for line in draft.kept:
            old = rows.get(line.key)
            if old is None and not _filled(line, self.defaults):
                continue
            cells = texts(old) if old is not None else {**self.defaults, **self.where}
            cells |= line.cells
            cells["source"] = cells.get("source", "").strip() or source
            if old is None:
                cells["id"] = new_id(self.model, cells, taken)
                taken.add(cells["id"])
            row, problems = parse_row(self.model, cells, f"{self.model.table}.csv", 0)
            stored.blame(line.key, problems, case.lang, (*self.columns, *self.more))
            stored.lines_of[cells["id"]] = line.key
            if row is not None:
                made.append(row)
        shown = {row.id for row in self._mine(case)}
        stored.tables[self.model] = tuple(in_place(case.rows(self.model), shown, made))
        return stored


def _filled(line: Line, defaults: Mapping[str, str]) -> bool:
    return any(text.strip() and text != defaults.get(name) for name, text in line.cells.items())


def _binned(case: Case, model: type[Row]) -> set[str]:
    """Give the ids of removed rows: given to another row, they could never be put back."""
    with suppress(UserError):
        return {
            cells["id"]
            for entry in removed(case)
            for cells in entry.tables.get(model.table, ())
            if "id" in cells
        }
    return set()


def in_place(all_rows: Sequence[Row], shown: set[str], made: Sequence[Row]) -> list[Row]:
    """Put the rows of a form back where they stood; more than there were go after the last."""
    waiting = list(made)
    result: list[Row] = []
    left = sum(row.id in shown for row in all_rows)
    for row in all_rows:
        if row.id not in shown:
            result.append(row)
            continue
        left -= 1
        if waiting:
            result.append(waiting.pop(0))
        if not left:
            result += waiting
            waiting = []
    return result + waiting
