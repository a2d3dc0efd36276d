"""A table of categories: each cell has a colour and a symbol or word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Rectangle

from workbook.figures.canvas import (
    HEIGHT,
    PAPER,
    Labels,
    bare,
    head_room,
    ink_on,
    name_columns,
    page,
    still,
    style,
    within,
    wrap,
)


@dataclass(frozen=True)
class Category:
    """How one value of a cell looks: colour, symbol, and a dotted edge for what is open."""

    colour: str
    symbol: str
    dotted: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows by columns; each cell names a category."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[str]]


def category_grid(
    data: Grid,
    *,
    labels: Labels,
    categories: Mapping[str, Category],
    ax: Axes | None = None,
) -> Axes:
    """Draw a table of categories.

    Parameters
    ----------
    data : Grid
        The names and, per cell, the key of its category.
    labels : Labels
        The words around it.
    categories : mapping of key to Category
        How each looks.
    ax : Axes, optional
        Where to draw; a projector page is made without it.
    """
    keys = list(categories)
    rows, columns = len(data.rows), len(data.columns)
    if [len(row) for row in data.cells] != [columns] * rows:
        raise ValueError("cells must hold one cell per row and column")
    if stray := {cell for row in data.cells for cell in row} - set(keys):
        raise ValueError(f"cells names {', '.join(sorted(stray))}, not among the categories")
    codes = np.array([[keys.index(cell) for cell in row] for row in data.cells], dtype=float)
    codes = codes.reshape(rows, columns)
    row_chars = 34 if columns > 4 else 62
    wide = (1250 - 8.5 * row_chars) / max(columns, 1)
    around = 240 + head_room(data.columns, wide, 10)
    height = max(HEIGHT, around + 24 * rows)
    tall = (height - around) / max(rows, 1)
    two_lines = tall > 34
    longest = max((len(look.symbol) for look in categories.values()), default=1) or 1
    size = float(np.clip(min(tall * 0.42, wide * 0.2, wide / longest), 7, 22))
    ax = ax if ax is not None else page(labels, height)
    with style():
        if not codes.size:
            ax.axis("off")
            return ax
        with still(ax.figure):
            sns.heatmap(
                codes,
                cmap=ListedColormap([category.colour for category in categories.values()]),
                vmin=-0.5,
                vmax=len(keys) - 0.5,
                cbar=False,
                linewidths=2,
                linecolor=PAPER,
                ax=ax,
                xticklabels=False,
                yticklabels=False,
            )
        for i, row in enumerate(data.cells):
            for j, key in enumerate(row):
                look = categories[key]
                within(ax, j + 0.5, i + 0.5, look.symbol, size, ink_on(look.colour))
                if look.dotted:
                    ax.add_patch(
                        Rectangle(
                            (j + 0.04, i + 0.06),
                            0.92,
                            0.88,
                            fill=False,
                            ec="#8A8A8A",
                            ls=":",
                            lw=1.2,
                        )
                    )
        name_columns(ax, data.columns, wide, 14, 10)
        ax.set_yticks(
            [place + 0.5 for place in range(rows)],
            [wrap(name, row_chars, 2 if two_lines else 1) for name in data.rows],
            size=float(np.clip(tall * (0.3 if two_lines else 0.42), 8, 14)),
        )
        ax.set_xlabel(labels.x)
        ax.set_ylabel(labels.y)
        bare(ax)
    return ax
