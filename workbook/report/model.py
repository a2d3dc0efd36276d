"""The report as data: sections of blocks, the same for every renderer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from workbook.exhibits import Exhibit


@dataclass(frozen=True)
class Paragraph:
    """Words of the workbook itself."""

    text: str


@dataclass(frozen=True)
class Statements:
    """Statements of the case, each with its source.

    ``label`` is a heading inside the section; ``items`` are (text, source).
    """

    label: str
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """A table with its caption."""

    caption: str
    frame: pd.DataFrame


@dataclass(frozen=True)
class Shown:
    """An exhibit: sentence, picture and, where asked for, its table."""

    exhibit: Exhibit
    with_table: bool = False


Block = Paragraph | Statements | Table | Shown


@dataclass(frozen=True)
class Section:
    """A chapter; one without blocks says that nothing is there yet."""

    id: str
    title: str
    blocks: Sequence[Block]


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
        What must be known before reading, if anything.
    """

    title: str
    subtitle: str
    lang: str
    case_lang: str
    mark: str
    lead: Sequence[str]
    sections: Sequence[Section]
    missing: str
