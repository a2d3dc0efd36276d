"""Where each statement of a report comes from: file, row and source, by number."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.case import Case
from workbook.case.checking import passages
from workbook.case.tables import Meeting, Row, Source
from workbook.case.tables.document import Passage
from workbook.exhibits.wording import told_source


@dataclass(frozen=True)
class Origin:
    """One entry of the trail.

    ``anchor`` is that of the source in the list of sources; empty if it isn't in there.
    """

    number: int
    file: str
    row: str
    source: str
    anchor: str


class Trail:
    """Numbers what a report cites, in the order in which it is first cited."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._files = {
            id(passage): file
            for file, document in (("case.yaml", case.info), ("scenario.yaml", case.scenario))
            for passage in passages(document)
        }
        self._sources = {row.id for row in case.rows(Source)}
        self._meetings = {row.id for row in case.rows(Meeting)}
        self._origins: dict[tuple[str, str], Origin] = {}

    def ref(self, item: Row | Passage | None) -> tuple[int, ...]:
        """Give the number of a row or a statement; nothing for None."""
        if item is None:
            return ()
        file = f"{item.table}.csv" if isinstance(item, Row) else self._files[id(item)]
        if (file, item.id) not in self._origins:
            number = len(self._origins) + 1
            source = told_source(self._case, item.source)
            self._origins[file, item.id] = Origin(
                number, file, item.id, source, self._anchor(item.source)
            )
        return (self._origins[file, item.id].number,)

    def _anchor(self, source: str) -> str:
        head = source.partition(":")[0].strip()
        if head in self._sources:
            return f"source-{head}"
        return f"meeting-{head}" if head in self._meetings else ""

    def origins(self) -> list[Origin]:
        """Give all that was cited."""
        return list(self._origins.values())
