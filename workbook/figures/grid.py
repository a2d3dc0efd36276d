"""A table of categories: each cell has a colour and a symbol or word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.patches import Rectangle

from workbook.figures.canvas import PAPER, Labels, bare, fit, ink_on, page, style, wrap


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
    codes = np.array([[keys.index(cell) for cell in row] for row in data.cells], dtype=float)
    codes = codes.reshape(len(data.rows), len(data.columns))
    rows, columns = codes.shape
    row_chars = 34 if columns > 4 else 62
    tall, wide = 480 / max(rows, 1), (1250 - 8.5 * row_chars) / max(columns, 1)
    column_size, column_chars = fit(data.columns, wide * 0.95, 14)
    # Words that would have to be broken stand at an angle instead.
    slanted = column_size < 10
    if slanted:
        column_size, column_chars = 11, 24
    size = float(np.clip(min(tall * 0.42, wide * 0.2), 8, 22))
    ax = ax if ax is not None else page(labels, max(720, 260 + 24 * rows))
    with style():
        sns.heatmap(
            codes,
            cmap=ListedColormap([category.colour for category in categories.values()]),
            vmin=-0.5,
            vmax=len(keys) - 0.5,
            cbar=False,
            linewidths=2,
            linecolor=PAPER,
            ax=ax,
            xticklabels=[wrap(name, column_chars, 4) for name in data.columns],
            yticklabels=[wrap(name, row_chars, 2 if tall > 34 else 1) for name in data.rows],
        )
        for i, row in enumerate(data.cells):
            for j, key in enumerate(row):
                look = categories[key]
                ax.text(
                    j + 0.5, i + 0.5, look.symbol, size=size, weight="bold", ha="center",
                    va="center", color=ink_on(look.colour),
                )  # fmt: skip
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
        ax.xaxis.tick_top()
        ax.set_xticklabels(
            ax.get_xticklabels(),
            rotation=50 if slanted else 0,
            ha="left" if slanted else "center",
            rotation_mode="anchor" if slanted else "default",
            size=column_size,
            va="bottom",
        )
        ax.set_yticklabels(
            ax.get_yticklabels(), rotation=0, size=float(np.clip(tall * 0.42, 8, 14))
        )
        ax.set_xlabel(labels.x)
        ax.set_ylabel(labels.y)
        bare(ax)
    return ax
