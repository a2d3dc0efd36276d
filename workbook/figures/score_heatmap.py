"""The workbook's face: options by criteria, symbol and counts in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, ListedColormap, to_hex
from matplotlib.patches import FancyBboxPatch, Rectangle

from workbook.figures.canvas import (
    HEIGHT,
    INK,
    MIDDLE,
    MINUS,
    PAPER,
    PLUS,
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

_ramp = LinearSegmentedColormap.from_list("scale", [MINUS, MIDDLE, PLUS], N=5)
COLOURS = [to_hex(_ramp(step)) for step in range(5)]
"""−, between − and ±, ±, between ± and +, +."""
OPEN_CELL = "#FFFFFF"
_BADGE = {"boxstyle": "round,pad=0.12", "fc": PAPER, "ec": "#555555", "lw": 1}
_SYMBOL = {-1: "−", 0: "±", 1: "+"}


@dataclass(frozen=True)
class HeatCell:
    """What one cell shows.

    ``median`` holds the lower and upper median; None for a split cell or one without answers.
    """

    minus: int
    plusminus: int
    plus: int
    dont_know: int
    median: tuple[int, int] | None
    split: bool = False
    thin: bool = False

    @property
    def symbol(self) -> str:
        """The median as a symbol, both where it falls between two levels."""
        if self.split:
            return "− | +"
        if self.median is None:
            return "·"
        low, high = self.median
        return _SYMBOL[low] if low == high else f"{_SYMBOL[low]}/{_SYMBOL[high]}"

    @property
    def counts(self) -> str:
        """The counts as text."""
        return f"−{self.minus} ±{self.plusminus} +{self.plus}"


@dataclass(frozen=True)
class HeatMatrix:
    """The matrix: names of rows (options) and columns (criteria), and a cell for each pair."""

    rows: Sequence[str]
    columns: Sequence[str]
    cells: Sequence[Sequence[HeatCell]]


class _Painter:
    """Normalises the matrix once, then draws it on given axes."""

    def __init__(self, data: HeatMatrix, labels: Labels) -> None:
        self.data, self.labels = data, labels
        self.shape = (len(data.rows), len(data.columns))
        if [len(row) for row in data.cells] != [self.shape[1]] * self.shape[0]:
            raise ValueError("cells must hold one cell per row and column")
        self.levels = np.full(self.shape, np.nan)
        for i, row in enumerate(data.cells):
            for j, cell in enumerate(row):
                if cell.median is not None:
                    self.levels[i, j] = sum(cell.median) / 2
        rows, columns = max(self.shape[0], 1), max(self.shape[1], 1)
        self.wide = 980 / columns
        around = 250 + head_room(data.columns, self.wide, 8)
        self.height = max(HEIGHT, around + 46 * rows)
        self.tall = (self.height - around) / rows
        self.row_size = float(np.clip(self.tall * 0.2, 9, 16))
        lines = int(np.clip(self.tall / (self.row_size * 1.8), 2, 4))
        self.rows = [wrap(name, 26, lines) for name in data.rows]
        self.big = float(np.clip(min(self.tall * 0.34, self.wide * 0.26), 11, 34))
        self.small = float(np.clip(min(self.tall * 0.165, self.wide * 0.088), 7, 15))

    def draw(self, ax: Axes) -> None:
        with still(ax.figure):
            sns.heatmap(
                self.levels,
                mask=np.isnan(self.levels),
                cmap=ListedColormap(COLOURS),
                vmin=-1.25,
                vmax=1.25,
                cbar=False,
                linewidths=3,
                linecolor=PAPER,
                ax=ax,
                xticklabels=False,
                yticklabels=False,
            )
        for i, row in enumerate(self.data.cells):
            for j, cell in enumerate(row):
                self._cell(ax, i, j, cell)
        name_columns(ax, self.data.columns, self.wide, 15, 8)
        places = [place + 0.5 for place in range(len(self.rows))]
        ax.set_yticks(places, self.rows, size=self.row_size)
        ax.set_xlabel("")
        ax.set_ylabel("")
        bare(ax)

    def _cell(self, ax: Axes, i: int, j: int, cell: HeatCell) -> None:
        if cell.split:
            self._split(ax, i, j)
            colour = INK
        elif cell.median is None:
            ax.add_patch(
                Rectangle(
                    (j + 0.02, i + 0.03), 0.96, 0.94, fc=OPEN_CELL, ec="#9A9A9A", ls=":", lw=1.5
                )
            )
            colour = INK
        else:
            colour = ink_on(COLOURS[round((sum(cell.median) / 2 + 1) * 2)])
        if not cell.split:
            middle = 0.5
            if cell.dont_know and self.wide < 200:
                middle = 0.42 if self.wide > 90 else 0.34
            within(ax, j + middle, i + 0.4, cell.symbol, self.big, colour)
        badge = _BADGE | {"ec": "none"} if cell.split else None
        within(ax, j + 0.5, i + 0.8, cell.counts, self.small, colour, weight="normal", bbox=badge)
        if cell.thin and not cell.split:
            ax.add_patch(
                Rectangle(
                    (j + 0.05, i + 0.08), 0.9, 0.84, fill=False, ec=colour, ls=(0, (4, 3)), lw=1.6
                )
            )
        if cell.dont_know:
            x, y, ha = (0.5, 0.5, "center") if cell.split else (0.94, 0.2, "right")
            within(ax, j + x, i + y, f"? {cell.dont_know}", self.small, INK, ha=ha, bbox=_BADGE)

    def _split(self, ax: Axes, i: int, j: int) -> None:
        ends = ((0.02, 0.13, MINUS, "−"), (0.5, 0.87, PLUS, "+"))
        for start, middle, colour, symbol in ends:
            ax.add_patch(Rectangle((j + start, i + 0.03), 0.48, 0.94, fc=colour, ec="none"))
            within(ax, j + middle, i + 0.45, symbol, self.big * 0.8, PAPER)
        word = self.labels.words.get("split", "split")
        within(ax, j + 0.5, i + 0.2, word, self.small, INK, bbox=_BADGE | {"ec": INK})
        ax.add_patch(
            FancyBboxPatch(
                (j + 0.02, i + 0.03), 0.96, 0.94, boxstyle="square,pad=0", fill=False, ec=INK, lw=2
            )
        )


def score_heatmap(data: HeatMatrix, *, labels: Labels, ax: Axes | None = None) -> Axes:
    """Draw the matrix of scores.

    Colour and symbol show the median; where it falls between two levels both stand there; a cell
    in which people disagree shows both ends and no median; counts always stand below it.

    Parameters
    ----------
    data : HeatMatrix
        Rows and columns in the order to draw them.
    labels : Labels
        ``words["split"]`` is the word in a split cell.
    ax : Axes, optional
        Where to draw; a projector page is made without it.
    """
    painter = _Painter(data, labels)
    ax = ax if ax is not None else page(labels, painter.height)
    with style():
        if 0 in painter.shape:
            ax.axis("off")
        else:
            painter.draw(ax)
    return ax
