"""Two rounds of scores in one table: how people moved per cell, or the counts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from workbook.figures.canvas import (
    DPI,
    HEIGHT,
    INK,
    MIDDLE,
    MINUS,
    PLUS,
    UNKNOWN,
    Labels,
    bare,
    head_room,
    ink_on,
    name_columns,
    page,
    style,
    within,
    wrap,
)
from workbook.figures.grid import Category

Counts = tuple[int, int, int, int]
_EDGE, _BARS = "#B4B4B4", (MINUS, MIDDLE, PLUS, UNKNOWN)


@dataclass(frozen=True)
class MoveCell:
    """How the scores of one cell moved: the key of its look, and at most two lines below it."""

    look: str
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class CountCell:
    """The counts of −, ±, + and don't know of one cell in two rounds, and a line below them."""

    before: Counts
    after: Counts
    line: str = ""


@dataclass(frozen=True)
class RoundMatrix:
    """Names of rows (options) and columns (criteria), and a cell for each pair."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[MoveCell | CountCell]]


class _Frame:
    """The table around the cells: its names, and the pixels that a cell gets."""

    def __init__(self, data: RoundMatrix) -> None:
        self.data = data
        rows, columns = len(data.rows), len(data.columns)
        if [len(row) for row in data.cells] != [columns] * rows:
            raise ValueError("cells must hold one cell per row and column")
        self.empty = not (rows and columns)
        self.wide = 980 / max(columns, 1)
        around = 270 + head_room(data.columns, self.wide, 8)
        self.height = max(HEIGHT, around + 60 * rows)
        self.tall = (self.height - around) / max(rows, 1)

    def fit(self, texts: Sequence[str], largest: float) -> float:
        """Give a type size at which each of these texts fits in the width of a cell."""
        longest = max((len(text) for text in texts), default=1) or 1
        return float(np.clip(self.wide * 0.92 / (longest * 0.68 * DPI / 72), 6, largest))

    def open(self, ax: Axes) -> bool:
        """Put the names around the table; False where there is nothing to draw."""
        if self.empty:
            ax.axis("off")
            return False
        rows, columns = len(self.data.rows), len(self.data.columns)
        ax.set_xlim(0, columns)
        ax.set_ylim(rows, 0)
        name_columns(ax, self.data.columns, self.wide, 15, 8)
        size = float(np.clip(self.tall * 0.2, 9, 16))
        lines = int(np.clip(self.tall / (size * 1.8), 2, 4))
        ax.set_yticks(
            [place + 0.5 for place in range(rows)],
            [wrap(name, 26, lines) for name in self.data.rows],
            size=size,
        )
        bare(ax)
        return True


def round_moves(
    data: RoundMatrix,
    *,
    labels: Labels,
    looks: Mapping[str, Category],
    ax: Axes | None = None,
) -> Axes:
    """Draw per cell how scores moved: a colour with its sign, and small lines below it.

    Parameters
    ----------
    data : RoundMatrix
        Of `MoveCell`, in the order to draw them.
    labels : Labels
        The words around it.
    looks : mapping of key to Category
        How each kind of cell looks.
    ax : Axes, optional
        Where to draw; a projector page is made without it.
    """
    frame = _Frame(data)
    cells = [cell for row in data.cells for cell in row]
    if any(len(cell.lines) > 2 for cell in cells):
        raise ValueError("cells may have at most two lines")
    if stray := {cell.look for cell in cells} - set(looks):
        raise ValueError(f"cells names {', '.join(sorted(stray))}, not among the looks")
    ax = ax if ax is not None else page(labels, frame.height)
    big = frame.fit([look.symbol for look in looks.values()], min(frame.tall * 0.28, 30))
    small = frame.fit([line for cell in cells for line in cell.lines], min(frame.tall * 0.165, 16))
    with style():
        if not frame.open(ax):
            return ax
        for i, row in enumerate(data.cells):
            for j, cell in enumerate(row):
                look = looks[cell.look]
                ax.add_patch(
                    Rectangle((j + 0.02, i + 0.03), 0.96, 0.94, fc=look.colour, ec=_EDGE, lw=1)
                )
                ink, middle = ink_on(look.colour), (0.5, 0.32, 0.25)[len(cell.lines)]
                within(ax, j + 0.5, i + middle, look.symbol, big, ink)
                for line, text in enumerate(cell.lines):
                    at = i + (0.75 if len(cell.lines) == 1 else 0.58 + 0.24 * line)
                    within(ax, j + 0.5, at, text, small, ink, weight="normal")
    return ax


def round_counts(data: RoundMatrix, *, labels: Labels, ax: Axes | None = None) -> Axes:
    """Draw per cell two bars of counts: the first round above, the second below.

    A count that doesn't fit in its part of the bar is left out there.

    Parameters
    ----------
    data : RoundMatrix
        Of `CountCell`, in the order to draw them.
    labels : Labels
        The words around it.
    ax : Axes, optional
        Where to draw; a projector page is made without it.
    """
    frame = _Frame(data)
    cells = [cell for row in data.cells for cell in row]
    ax = ax if ax is not None else page(labels, frame.height)
    most = max((sum(counts) for cell in cells for counts in (cell.before, cell.after)), default=1)
    one = 0.92 / max(most, 1)
    size = float(np.clip(frame.tall * 0.15, 6, 14))
    small = frame.fit([cell.line for cell in cells], size)
    with style():
        if not frame.open(ax):
            return ax
        for i, row in enumerate(data.cells):
            for j, cell in enumerate(row):
                ax.add_patch(
                    Rectangle((j + 0.01, i + 0.02), 0.98, 0.96, fc="#FFFFFF", ec=_EDGE, lw=1)
                )
                for top, counts in ((i + 0.08, cell.before), (i + 0.4, cell.after)):
                    left = j + 0.04
                    for count, colour in zip(counts, _BARS, strict=True):
                        if not count:
                            continue
                        part = count * one
                        ax.add_patch(Rectangle((left, top), part, 0.28, fc=colour, ec=INK, lw=0.6))
                        fitting = part * frame.wide * 0.95 / len(str(count))
                        if fitting >= 7:
                            middle, large = left + part / 2, min(size, fitting)
                            within(ax, middle, top + 0.14, str(count), large, ink_on(colour))
                        left += part
                within(ax, j + 0.5, i + 0.84, cell.line, small, INK, weight="normal")
    return ax
