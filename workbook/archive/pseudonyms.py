"""What an archive leaves out so that nobody is named in it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbook.case import Case
from workbook.case.tables import TABLES, Meeting, Participant, Row, kinds

Tables = dict[type[Row], list[Row]]

_CODE = re.compile(r"p[0-9]+")


def pseudonymous(case: Case) -> Tables:
    """Give the tables of a case without who was where, and with codes for people.

    Left out is which parties sat at each meeting. Codes of participants that could be names are
    replaced by ``p01``, ``p02`` and so on, everywhere alike, in the order of the table: every
    number stays as it was.
    """
    tables: Tables = {model: list(case.rows(model)) for model in TABLES}
    tables[Meeting] = [row.model_copy(update={"present": ()}) for row in tables[Meeting]]
    people = [row for row in tables[Participant] if not getattr(row, "only_in", None)]
    if all(_CODE.fullmatch(row.id) for row in people):
        return tables
    taken = {row.id for row in tables[Participant]} - {row.id for row in people}
    free = (f"p{number:02d}" for number in range(1, 10_000) if f"p{number:02d}" not in taken)
    codes = {row.id: next(free) for row in people}
    for model, rows in tables.items():
        columns = [
            name
            for name, kind in kinds(model).items()
            if kind.ref == Participant.table or (model is Participant and name == "id")
        ]
        if columns:
            tables[model] = [_renamed(row, columns, codes) for row in rows]
    # Ids of ballots and orders were often made from the code of who gave them.
    for model, rows in tables.items():
        if model is not Participant and _of_people(model):
            tables[model] = [
                row.model_copy(update={"id": f"{model.table[0]}{place}"})
                for place, row in enumerate(rows, start=1)
            ]
    return tables


def _of_people(model: type[Row]) -> bool:
    return any(kind.ref == Participant.table for kind in kinds(model).values())


def _renamed(row: Row, columns: Iterable[str], codes: dict[str, str]) -> Row:
    changed = {name: codes.get(getattr(row, name), getattr(row, name)) for name in columns}
    return row.model_copy(update=changed)
