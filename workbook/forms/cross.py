"""A form with one line for every combination that there could be, filled in or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

from workbook.case import Case
from workbook.case.naming import new_id
from workbook.case.reading import parse_row
from workbook.case.tables import Row, to_text
from workbook.forms.columns import Columns
from workbook.forms.draft import Draft, Line
from workbook.forms.fields import Choice, field, texts, words
from workbook.forms.sheet import Context, Selector, Stored

Candidates = Callable[[Case], list[Choice]]


class Cross(Columns):
    """The rows of one table by what they are about, such as option × criterion.

    Parameters
    ----------
    model : type of Row
        The table.
    along : mapping of column to callable
        What the lines run over: ids with their words.
    columns : sequence of str
        What is filled in per line.
    chosen : mapping of column to (label, callable), optional
        What is chosen above the form, such as the organisation; label is a msgid.
    """

    def __init__(
        self,
        model: type[Row],
        along: Mapping[str, Candidates],
        columns: Sequence[str],
        *,
        chosen: Mapping[str, tuple[str, Candidates]] | None = None,
        more: Sequence[str] = (),
        title: str = "",
        about: str = "",
    ) -> None:
        super().__init__(model, columns, more, title, about)
        self.along = dict(along)
        self.chosen = dict(chosen or {})
        self.name = f"{model.table}-by-{'-'.join(along)}"

    def selectors(self, case: Case) -> list[Selector]:
        """List what is chosen above the form."""
        return [
            Selector(name, case.translate(label), tuple(candidates(case)))
            for name, (label, candidates) in self.chosen.items()
        ]

    def headings(self, case: Case, context: Context) -> dict[str, tuple[str, ...]]:
        """Give the names of what each line is about."""
        combinations = self._combinations(case)
        return {key: combinations[key.split("#")[0]] for key in self._rows_by_key(case, context)}

    def lines(self, case: Case, context: Context) -> list[Line]:
        """Give a line per combination; one that has several rows has as many lines."""
        wanted = (*self.columns, *self.more)
        return [
            Line(
                key,
                {name: "" if row is None else to_text(getattr(row, name)) for name in wanted},
            )
            for key, row in self._rows_by_key(case, context).items()
        ]

    def _combinations(self, case: Case) -> dict[str, tuple[str, ...]]:
        candidates = [choices(case) for choices in self.along.values()]
        return {
            "|".join(value for value, _label in combination): tuple(
                label for _value, label in combination
            )
            for combination in product(*candidates)
        }

    def _rows_by_key(self, case: Case, context: Context) -> dict[str, Row | None]:
        found: dict[str, list[Row]] = {key: [] for key in self._combinations(case)}
        if all(context.get(name) for name in self.chosen):
            for row in case.rows(self.model):
                here = all(to_text(getattr(row, name)) == context[name] for name in self.chosen)
                key = "|".join(to_text(getattr(row, name)) for name in self.along)
                if here and key in found:
                    found[key].append(row)
        keyed: dict[str, Row | None] = {}
        for key, rows in found.items():
            for number, row in enumerate(rows or [None]):
                keyed[f"{key}#{number + 1}" if number else key] = row
        return keyed

    def plain(self, case: Case) -> tuple[list[str], list[list[str]]]:
        """Give every stored row of every choice above the form."""
        return self.table(case, lambda _row: True)

    def table(self, case: Case, shown: Callable[[Any], bool]) -> tuple[list[str], list[list[str]]]:
        """Give the stored rows that may be shown, in words."""
        fields = [
            field(case, self.model, name) for name in (*self.chosen, *self.along, *self.columns)
        ]
        candidates = {name: given for name, (_label, given) in self.chosen.items()} | self.along
        names = {name: dict(given(case)) for name, given in candidates.items()}
        rows = []
        for row in filter(shown, case.rows(self.model)):
            cells = texts(row)
            rows.append(
                [
                    names.get(f.name, {}).get(cells[f.name]) or words(f, cells[f.name]) or "–"
                    for f in fields
                ]
            )
        return [f.label for f in fields], rows

    def store(self, case: Case, context: Context, draft: Draft, source: str) -> Stored:
        """Turn the lines into the whole table; combinations left empty make no row."""
        stored = Stored()
        by_key = self._rows_by_key(case, context)
        taken = {row.id for row in case.rows(self.model)}
        made: dict[str, Row] = {}
        fresh: list[Row] = []
        gone: set[str] = set()
        for line in draft.kept:
            old = by_key.get(line.key)
            given = any(line.cells.get(name, "").strip() for name in self.columns)
            if old is None and not given:
                continue
            cells = texts(old) if old is not None else dict(context)
            cells |= dict(zip(self.along, line.key.split("#")[0].split("|"), strict=True))
            cells |= line.cells
            cells["source"] = cells.get("source", "").strip() or source
            if old is None:
                cells["id"] = new_id(self.model, cells, taken)
                taken.add(cells["id"])
            row, problems = parse_row(self.model, cells, f"{self.model.table}.csv", 0)
            if problems and old is not None and not given:
                gone.add(old.id)  # emptied, and the table has no empty rows
                continue
            stored.blame(line.key, problems, case.lang, (*self.columns, *self.more))
            stored.lines_of[cells["id"]] = line.key
            if row is not None and old is not None:
                made[old.id] = row
            elif row is not None:
                fresh.append(row)
        kept = [made.get(row.id, row) for row in case.rows(self.model) if row.id not in gone]
        stored.tables[self.model] = (*kept, *fresh)
        return stored
