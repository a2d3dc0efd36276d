"""What an exhibit is: one thing shown, with its words, its numbers and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd
from matplotlib.axes import Axes

from workbook.case import Case
from workbook.exhibits.drawn import rendered
from workbook.locale import N_

if TYPE_CHECKING:
    from matplotlib.figure import Figure

from workbook.case.tables import Row
from workbook.case.tables.document import Passage, Provenance

_MARKS = {
    Provenance.FICTIONAL: N_("FICTIONAL EXAMPLE"),
    Provenance.PUBLISHED: N_("READ FROM A PUBLISHED TEXT"),
    Provenance.OWN: "",
}


@dataclass(frozen=True, eq=False)
class Exhibit:
    """One thing shown to people.

    Attributes
    ----------
    name : str
        Stable name, also of its picture file.
    title : str
        What it shows.
    sentence : str
        What a facilitator reads aloud.
    alt : str
        The picture in words, with its counts; one line per thing counted.
    table : DataFrame
        The numbers behind it, with headings in the reader's language.
    provenance : sequence of str
        The files, rows and rules it was made from.
    mark : str
        What must be known before reading: fictional, or read from a text. Empty for a region's
        own case.
    draw : callable, optional
        Draws the picture; None where there is nothing to draw yet, or only a table to show. A
        `functools.partial` of a figure function and plain data, so that `drawn` can tell one
        picture from another without drawing it.
    missing : bool
        Nothing was filled in yet.
    origins : sequence of Row or Passage
        Which row or statement of the case each line of the table comes from; None for a line of
        which the case says nothing. Empty where a line is worked out from many.
    room : str
        The part of the sentence that speaks to people in a room; a report does without it.
    everywhere : bool
        Every region shows the same: it is of the published case.
    """

    name: str
    title: str
    sentence: str
    alt: str
    table: pd.DataFrame
    provenance: Sequence[str]
    mark: str = ""
    draw: Callable[[], Axes] | None = None
    missing: bool = False
    origins: Sequence[Row | Passage | None] = ()
    room: str = ""
    everywhere: bool = False

    @cached_property
    def figure(self) -> Figure | None:
        """The picture, drawn once."""
        return None if self.draw is None else self.draw().figure  # type: ignore[return-value]

    @cached_property
    def png(self) -> bytes | None:
        """The picture as PNG."""
        return self._rendered("png")

    def svg(self) -> bytes | None:
        """Give the picture as SVG."""
        return self._rendered("svg")

    def _rendered(self, format: str) -> bytes | None:
        if self.draw is None:
            return None
        return rendered(self.draw, lambda: self.figure, format, self.everywhere)

    def as_text(self) -> str:
        """Everything a reader of plain text needs; strict comparison of notebooks uses it."""
        lines = [self.title, self.mark, self.sentence, self.alt, *self.provenance]
        return "\n".join(line for line in lines if line)


def mark(case: Case) -> str:
    """Say what kind of case a picture is of, if that must be known before reading it."""
    words = _MARKS[case.info.provenance]
    if not words:
        return ""
    told = case.translate(words)
    # The published case is also shown in the notebooks of other regions: its name goes with it.
    if case.info.provenance is Provenance.PUBLISHED:
        told = f"{case.info.region.upper()} · {told}"
    return told


def missing(case: Case, name: str, title: str, sentence: str) -> Exhibit:
    """Make the exhibit of something that isn't filled in yet."""
    return Exhibit(
        name=name,
        title=title,
        sentence=sentence,
        alt="",
        table=pd.DataFrame(),
        provenance=(),
        mark=mark(case),
        missing=True,
    )
