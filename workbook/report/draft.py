"""What the chapters of a report are written with: blocks that carry their trail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from workbook.case import Case
from workbook.case.tables import Row
from workbook.case.tables.document import Passage
from workbook.exhibits import Exhibit
from workbook.locale import N_
from workbook.report.model import Block, Claim, Claims, Picture, Shape, Table
from workbook.report.setting import shape
from workbook.report.trail import Trail

_METHODS = re.compile(r"docs/methods(\.\w\w)?\.md")

# Columns that are left out where nobody filled in anything; of the others that must be seen.
_EXTRA = (
    *(N_("Also called"), N_("Answers"), N_("Dissent"), N_("Municipal roles"), N_("Note")),
    N_("Support"),
)


class Draft:
    """A report in the making: the case, the trail, and the tables that go to an appendix."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.trail = Trail(case)
        self.shown: list[Exhibit] = []
        self.numbers: list[Table] = []
        self._pictures = 0

    @property
    def method(self) -> str:
        """How the appendix on method is called where captions send a reader to it."""
        _ = self.case.translate
        return _("the appendix “{title}”").format(title=_("Method and its limits"))

    def claims(self, label: str, passages: Iterable[Passage | Row], field: str = "text") -> list:
        """Give statements, each with its place in the trail; nothing if there are none."""
        items = [Claim(getattr(item, field), self.trail.ref(item)) for item in passages]
        return [Claims(label, items)] if items else []

    def table(
        self,
        caption: str,
        lines: Sequence[dict[str, str]],
        origins: Sequence[Row | Passage | None] = (),
        *,
        force: Shape | None = None,
        **more: Any,
    ) -> list[Block]:
        """Give a table, or nothing if it has no lines; a column of sources gives way to refs."""
        _ = self.case.translate
        if not lines:
            return []
        head = [name for name in lines[0] if not (origins and name == _("Source"))]
        rows = [[line[name] for name in head] for line in lines]
        extra = {_(word) for word in _EXTRA}
        filled = [
            place
            for place, name in enumerate(head)
            if name not in extra or any(row[place] not in ("", "–") for row in rows)
        ]
        head = [head[place] for place in filled]
        rows = [[row[place] for place in filled] for row in rows]
        return [
            Table(
                caption,
                head,
                rows,
                shape=force or shape(head, rows),
                refs=[self.trail.ref(item) for item in origins],
                **more,
            )
        ]

    def exhibit(
        self,
        make: Callable[..., Exhibit],
        *,
        table: bool = False,
        numbers: bool = False,
        sentence: bool = False,
        picture: bool = True,
        **options: Any,
    ) -> list[Block]:
        """Give an exhibit, or nothing while it has nothing to show.

        Parameters
        ----------
        make : callable
            The exhibit's function.
        table : bool
            Its table follows it here.
        numbers : bool
            Its table goes to the appendix with the numbers.
        sentence : bool
            Where it has nothing to show its sentence says so.
        picture : bool
            Its picture says more than its sentence and the text around it.
        """
        shown = make(self.case, **options)
        if shown.room:  # words for who sits together, and no finding
            told = " ".join(shown.sentence.replace(shown.room, "").split())
            shown = replace(shown, sentence=told)
        # Who holds the report has no folder with documentation beside it.
        provenance = [_METHODS.sub(self.method, line) for line in shown.provenance]
        shown = replace(shown, provenance=provenance)
        if not picture:
            shown = replace(shown, draw=None)
        if shown.missing:
            return [Picture(shown)] if sentence else []
        self.shown.append(shown)
        if shown.draw is not None:
            self._pictures += 1
        blocks: list[Block] = [Picture(shown, self._pictures if shown.draw else 0)]
        if table:
            blocks += self.of_exhibit(shown)
        elif numbers:
            self.numbers += self.of_exhibit(shown)
        return blocks

    def of_exhibit(self, shown: Exhibit) -> list[Block]:
        """Give the table of an exhibit."""
        return self.table(shown.title, as_lines(shown), shown.origins)


def as_lines(shown: Exhibit) -> list[dict[str, str]]:
    """Give the lines of an exhibit's table, every cell as it is read."""
    return [
        {str(name): str(cell) for name, cell in line.items()}
        for line in shown.table.to_dict("records")
    ]
