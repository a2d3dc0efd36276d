"""Taking back the last save of a form, row by row, without touching what came after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook.case import Case
from workbook.case.tables import TABLES, Row
from workbook.case.tables.document import CaseInfo, Scenario

Document = CaseInfo | Scenario


@dataclass(frozen=True)
class Snapshot:
    """All that a case holds at one moment, or the part of it that has to be written."""

    tables: Mapping[type[Row], tuple[Row, ...]]
    documents: tuple[Document, ...]

    @classmethod
    def of(cls, case: Case) -> Snapshot:
        """Take it; rows don't change, so nothing is copied."""
        return cls({model: case.rows(model) for model in TABLES}, (case.info, case.scenario))

    def without(self, before: Snapshot, after: Snapshot) -> Snapshot | None:
        """Give what must be written to take back a save; None where that isn't safe any more."""
        tables: dict[type[Row], tuple[Row, ...]] = {}
        for model in TABLES:
            if before.tables[model] != after.tables[model]:
                rows = undone(before.tables[model], after.tables[model], self.tables[model])
                if rows is None:
                    return None
                tables[model] = rows
        documents = []
        for was, became, now in zip(before.documents, after.documents, self.documents, strict=True):
            if was != became:
                if now != became:
                    return None
                documents.append(was)
        return Snapshot(tables, tuple(documents))


def undone(
    before: Sequence[Row], after: Sequence[Row], now: Sequence[Row]
) -> tuple[Row, ...] | None:
    """Put the rows that a save changed back as they were.

    Parameters
    ----------
    before, after : sequence of Row
        The table before and after the save.
    now : sequence of Row
        The table as it is.

    Returns
    -------
    tuple of Row or None
        The table with the save taken back; None if a row that the save changed was changed again
        since, by another window or form.
    """
    was, became, current = ({row.id: row for row in rows} for rows in (before, after, now))
    touched = [id for id in {**was, **became} if was.get(id) != became.get(id)]
    if any(current.get(id) != became.get(id) for id in touched):
        return None
    result = {**current}
    for id in touched:
        if id in was:
            result[id] = was[id]
        else:
            del result[id]
    if list(became) == list(current):  # nothing else was added, so the old order can be had too
        order = [*was, *(id for id in result if id not in was)]
    else:
        order = list(result)
    return tuple(result[id] for id in order if id in result)
