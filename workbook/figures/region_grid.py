"""Regions side by side: what is compared by regions, in blocks, with a count behind each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from workbook.figures.canvas import (
    DPI,
    FAINT,
    HEIGHT,
    INK,
    MARK,
    SLANTED,
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

_PIXELS = 0.68 * DPI / 72
"""Width of a bold character for each point of its size."""
_COUNTS = 118
"""Pixels for the counts behind the rows."""
_HEADING = 1.15
"""Height of a block's heading, in rows."""


@dataclass(frozen=True)
class RegionCell:
    """The key of a cell's look, and its text: from long to short, the longest that fits shows.

    Without a text it shows the symbol of its look.
    """

    look: str
    texts: Sequence[str] = ()


@dataclass(frozen=True)
class Block:
    """Rows that belong together: a heading, their names, a cell per region, a count per row."""

    heading: str
    rows: Sequence[str]
    cells: Sequence[Sequence[RegionCell]]
    counts: Sequence[str]
    counted: str = ""


@dataclass(frozen=True)
class RegionGrid:
    """The regions, whether each bears a mark that must be seen, and the blocks below them."""

    columns: Sequence[str]
    marked: Sequence[bool]
    blocks: Sequence[Block]


def region_grid(
    data: RegionGrid,
    *,
    labels: Labels,
    categories: Mapping[str, Category],
    ax: Axes | None = None,
) -> Axes:
    """Draw what is compared by regions.

    Parameters
    ----------
    data : RegionGrid
        The names and cells.
    labels : Labels
        The words around it.
    categories : mapping of key to Category
        How each look is drawn.
    ax : Axes, optional
        Where to draw; a projector page is made without it.
    """
    _check(data, categories)
    columns = len(data.columns)
    lines = sum(len(block.rows) + _HEADING for block in data.blocks)
    row_chars = 34 if columns > 6 else 42
    wide = (1235 - 7.6 * row_chars - _COUNTS) / max(columns, 1)
    around = 205 + 24 * (len(labels.legend) > 5) + max(head_room(data.columns, wide, 10), 40)
    height = int(max(HEIGHT, around + 21 * lines))
    tall = min((height - around) / max(lines, 1), 64)
    ax = ax if ax is not None else page(labels, height)
    with style():
        counts = _COUNTS / wide
        ax.set_xlim(0, columns + counts)
        # A few rows aren't stretched over the whole page.
        ax.set_ylim(max(lines, (height - around) / 64, 1), 0)
        name_columns(ax, data.columns, wide, 15, 10)
        for name, marked in zip(ax.get_xticklabels(), data.marked, strict=True):
            if marked:
                name.set_color(MARK)
        starts = accumulate((len(b.rows) + _HEADING for b in data.blocks), initial=0.0)
        places: list[float] = []
        names: list[str] = []
        size = float(np.clip(tall * 0.4, 8, 14))
        for block, top in zip(data.blocks, starts, strict=False):
            _block(ax, block, top + _HEADING, wide, tall, categories)
            ax.text(
                columns + counts * 0.06, top + 0.72, block.counted, size=min(size, 12),
                color=FAINT, va="center",
            )  # fmt: skip
            places += [top + 0.72, *(top + _HEADING + 0.5 + i for i in range(len(block.rows)))]
            names += [block.heading, *(_name(row, row_chars, tall) for row in block.rows)]
        ax.set_yticks(places, names, size=size)
        ticks = ax.get_yticklabels()
        for at in accumulate((len(b.rows) + 1 for b in data.blocks[:-1]), initial=0):
            ticks[at].set_weight("bold")
        ax.set_xlabel(labels.x)
        bare(ax)
    return ax


def column_room(columns: int) -> int:
    """Give how many characters of a region's name there is room for above its column."""
    return SLANTED if columns > 6 else 60


def _check(data: RegionGrid, categories: Mapping[str, Category]) -> None:
    if len(data.marked) != len(data.columns):
        raise ValueError("marked must say one thing per column")
    for block in data.blocks:
        if [len(row) for row in block.cells] != [len(data.columns)] * len(block.rows):
            raise ValueError("cells must hold one cell per row and column")
        if len(block.counts) != len(block.rows):
            raise ValueError("counts must hold one text per row")
        looks = {cell.look for row in block.cells for cell in row}
        if stray := looks - set(categories):
            raise ValueError(f"cells look {', '.join(sorted(stray))}, not among the categories")


def _name(name: str, chars: int, tall: float) -> str:
    return wrap(name, chars, 2 if tall > 34 else 1)


def _block(
    ax: Axes,
    block: Block,
    top: float,
    wide: float,
    tall: float,
    categories: Mapping[str, Category],
) -> None:
    columns = len(block.cells[0]) if block.cells else 0
    for i, row in enumerate(block.cells):
        for j, cell in enumerate(row):
            look = categories[cell.look]
            ax.add_patch(Rectangle((j, top + i), 1, 1, fc=look.colour, ec="#FFFFFF", lw=2))
            if look.dotted:
                ax.add_patch(
                    Rectangle(
                        (j + 0.05, top + i + 0.08), 0.9, 0.84, fill=False, ec="#8A8A8A", ls=":",
                        lw=1.1,
                    )
                )  # fmt: skip
            text, size = _fitting(cell.texts or (look.symbol,), wide, tall)
            if text:
                within(ax, j + 0.5, top + i + 0.5, text, size, ink_on(look.colour))
        ax.text(
            columns + _COUNTS / wide * 0.06, top + i + 0.5, block.counts[i], va="center",
            size=float(np.clip(tall * 0.4, 8, 14)), color=INK,
        )  # fmt: skip


def _fitting(texts: Sequence[str], wide: float, tall: float) -> tuple[str, float]:
    """Choose the longest text that fits a cell at a readable size; the last one always shows."""
    size = float(np.clip(tall * 0.38, 7, 14))
    lines = max(int(tall / (size * DPI / 72 * 1.25)), 1)
    for text in texts[:-1]:
        for smaller in (size, size * 0.85):
            chars = int((wide - 8) / (smaller * _PIXELS))
            if chars < max((len(word) for word in text.split()), default=0):
                continue
            broken = wrap(text, max(chars, 1), 99)
            if broken.count("\n") < lines and smaller >= 9:
                return broken, smaller
    last = texts[-1]
    return last, float(np.clip((wide - 4) / max(len(last), 1) / _PIXELS, 6, size))
