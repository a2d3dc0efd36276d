"""A table of shares: the darker, the larger, with the number in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.patches import Rectangle

from workbook.figures.canvas import (
    HEIGHT,
    PAPER,
    PLUS,
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

_SHADES = LinearSegmentedColormap.from_list("shares", ["#FFFFFF", "#9CC3DE", PLUS])


@dataclass(frozen=True)
class ShareGrid:
    """Rows by columns of shares between 0 and 1, each with its text; None is left open."""

    rows: Sequence[str]
    columns: Sequence[str]
    shares: Sequence[Sequence[float | None]]
    texts: Sequence[Sequence[str]]


def share_grid(
    data: ShareGrid, *, labels: Labels, shaded: bool = True, ax: Axes | None = None
) -> Axes:
    """Draw a table of shares.

    Parameters
    ----------
    data : ShareGrid
        The names, shares and texts.
    labels : Labels
        The words around it.
    shaded : bool
        Whether larger shares stand out by their colour.
    ax : Axes, optional
        Where to draw; a projector page is made without it.
    """
    rows, columns = len(data.rows), len(data.columns)
    for part in (data.shares, data.texts):
        if [len(row) for row in part] != [columns] * rows:
            raise ValueError("shares and texts must hold one value per row and column")
    if any(s is not None and not 0 <= s <= 1 for row in data.shares for s in row):
        raise ValueError("shares must lie between 0 and 1")
    wide = (1250 - 8.5 * 34) / max(columns, 1)
    around = 240 + head_room(data.columns, wide, 10)
    height = max(HEIGHT, around + 26 * rows)
    tall = (height - around) / max(rows, 1)
    longest = max((len(text) for row in data.texts for text in row), default=1) or 1
    size = float(np.clip(min(tall * 0.3, wide / longest * 1.1), 7, 20))
    ax = ax if ax is not None else page(labels, height)
    with style():
        ax.set_xlim(0, max(columns, 1))
        ax.set_ylim(max(rows, 1), 0)
        for i in range(rows):
            for j in range(columns):
                share = data.shares[i][j]
                colour = PAPER if share is None or not shaded else to_hex(_SHADES(share))
                ax.add_patch(Rectangle((j, i), 1, 1, fc=colour, ec="#D5D9DD", lw=1.2))
                within(ax, j + 0.5, i + 0.5, data.texts[i][j], size, ink_on(colour))
        name_columns(ax, data.columns, wide, 14, 10)
        ax.set_yticks(
            [place + 0.5 for place in range(rows)],
            [wrap(name, 34, 2 if tall > 34 else 1) for name in data.rows],
            size=float(np.clip(tall * 0.3, 8, 15)),
        )
        ax.set_xlabel(labels.x)
        bare(ax)
    return ax
