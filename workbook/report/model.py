"""The report as data: sections of blocks, the same for every renderer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from workbook.exhibits import Exhibit
from workbook.locale import N_, Translate


@dataclass(frozen=True)
class Paragraph:
    """Words of the workbook itself.

    ``refs`` are numbers in the trail; ``see`` is the anchor of what the numbers in it come from.
    """

    text: str
    refs: Sequence[int] = ()
    see: str = ""


@dataclass(frozen=True)
class Claim:
    """One statement of the case, in the region's words.

    ``lead`` and ``tail`` are the workbook's own words around it; ``answer`` is another statement
    of the case, which the tail announces.
    """

    text: str
    refs: Sequence[int] = ()
    lead: str = ""
    tail: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Claims:
    """Statements under one heading."""

    label: str
    items: Sequence[Claim]


class Shape(Enum):
    """How a table is set: too wide for a page, it is turned or becomes a list of records."""

    ROWS = "rows"
    TURNED = "turned"
    RECORDS = "records"


@dataclass(frozen=True)
class Table:
    """A table with its caption.

    Attributes
    ----------
    caption : str
        What it shows.
    head : sequence of str
        Headings of the columns.
    rows : sequence of sequence of str
        The cells.
    shape : Shape
        How it is set.
    refs : sequence of sequence of int
        Numbers in the trail, per row; empty where no row comes from one row of the case.
    anchors : sequence of str
        Anchor of each row, where others point to it.
    targets : mapping of (int, int) to str
        Cells that point to an anchor, by row and column.
    number : int
        Its number; 0 for a list of records, which is no table on the page.
    tall : bool
        Leave room to write in its lines.
    together : bool
        Keep it on one page where a page can hold it.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shape: Shape = Shape.ROWS
    refs: Sequence[Sequence[int]] = ()
    anchors: Sequence[str] = ()
    targets: Mapping[tuple[int, int], str] = field(default_factory=dict)
    number: int = 0
    tall: bool = False
    together: bool = False


@dataclass(frozen=True)
class Picture:
    """An exhibit: its sentence, and its picture with a number where it has one."""

    exhibit: Exhibit
    number: int = 0

    @property
    def caption(self) -> str:
        """The title as a sentence, and what must be known before reading."""
        title = self.exhibit.title
        ends = title.endswith(("?", "!", "."))
        return " ".join(
            [
                title if ends else f"{title}.",
                *([f"{self.exhibit.mark}."] if self.exhibit.mark else []),
            ]
        )

    @property
    def anchor(self) -> str:
        """Where others point to."""
        return f"fig-{self.exhibit.name.replace('_', '-')}"


Block = Paragraph | Claims | Table | Picture


@dataclass(frozen=True)
class Section:
    """A chapter or an appendix; one without blocks says that nothing is there yet."""

    id: str
    number: str
    title: str
    blocks: Sequence[Block]

    def heading(self, translate: Translate) -> str:
        """Give the number and the title; the number of an appendix is a letter."""
        before = translate(N_("Appendix")) + " " if self.number.isalpha() else ""
        return f"{before}{self.number}. {self.title}"


def _whole(text: str) -> Sequence[tuple[str, bool]]:
    return [(text, False)]


@dataclass(frozen=True)
class Report:
    """The whole report.

    Attributes
    ----------
    lang : str
        Language of the workbook's words.
    case_lang : str
        Language of the region's own text.
    mark : str
        What must be known before reading, if anything; it stands on every page.
    lead : sequence of str
        What kind of report this is, before everything else.
    missing : str
        What stands in a section without blocks.
    parts : callable
        Splits a text of the workbook at the region's own words, as (text, own).
    places : mapping of str to str
        What can be pointed to where it is named in a text, with its anchor: the files and the
        appendix on method.
    """

    title: str
    subtitle: str
    lang: str
    case_lang: str
    mark: str
    lead: Sequence[str]
    sections: Sequence[Section]
    missing: str
    parts: Callable[[str], Sequence[tuple[str, bool]]] = _whole
    places: Mapping[str, str] = field(default_factory=dict)

    def linked(self, text: str) -> list[tuple[str, str]]:
        """Split a text at what has a place here, as (text, anchor); empty for the rest."""
        if not self.places:
            return [(text, "")]
        known = "|".join(map(re.escape, sorted(self.places, key=len, reverse=True)))
        parts = re.split(rf"((?<!\w)(?:{known})(?!\w))", text)
        return [(part, self.places.get(part, "")) for part in parts if part]


def file_anchor(file: str) -> str:
    """Give the anchor of a file of the case."""
    return "file-" + file.replace(".", "-")
