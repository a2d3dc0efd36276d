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
    INK,
    MIDDLE,
    MINUS,
    PAPER,
    PLUS,
    Labels,
    bare,
    fit,
    ink_on,
    page,
    style,
    wrap,
)

_ramp = LinearSegmentedColormap.from_list("scale", [MINUS, MIDDLE, PLUS])
COLOURS = [to_hex(_ramp(x)) for x in (0.0, 0.25, 0.5, 0.75, 1.0)]
"""−, between − and ±, ±, between ± and +, +."""
OPEN_CELL = "#FFFFFF"
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
        self.tall = 470 / max(self.shape[0], 1)
        self.wide = 980 / max(self.shape[1], 1)
        self.column_size, self.column_chars = fit(data.columns, self.wide * 0.96, 15)
        self.big = float(np.clip(min(self.tall * 0.34, self.wide * 0.26), 11, 34))
        self.small = float(np.clip(min(self.tall * 0.165, self.wide * 0.088), 8, 15))

    def draw(self, ax: Axes) -> None:
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
            xticklabels=[wrap(name, self.column_chars) for name in self.data.columns],
            yticklabels=[wrap(name, 26, 2) for name in self.data.rows],
        )
        for i, row in enumerate(self.data.cells):
            for j, cell in enumerate(row):
                self._cell(ax, i, j, cell)
        ax.xaxis.tick_top()
        ax.set_xticklabels(ax.get_xticklabels(), rotation=0, size=self.column_size, va="bottom")
        row_size = float(np.clip(self.tall * 0.2, 9, 16))
        ax.set_yticklabels(ax.get_yticklabels(), rotation=0, size=row_size)
        ax.set_xlabel("")
        ax.set_ylabel("")
        bare(ax)

    def _cell(self, ax: Axes, i: int, j: int, cell: HeatCell) -> None:
        if cell.split:
            self._split(ax, i, j)
            colour = PAPER
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
            middle = 0.42 if cell.dont_know else 0.5
            ax.text(
                j + middle, i + 0.4, cell.symbol, size=self.big, color=colour, weight="bold",
                ha="center", va="center",
            )  # fmt: skip
        ax.text(
            j + 0.5, i + 0.8, cell.counts, size=self.small, color=colour, ha="center", va="center",
            weight="bold" if cell.split else "normal",
        )  # fmt: skip
        if cell.thin and not cell.split:
            ax.add_patch(
                Rectangle(
                    (j + 0.05, i + 0.08), 0.9, 0.84, fill=False, ec=colour, ls=(0, (4, 3)), lw=1.6
                )
            )
        if cell.dont_know:
            x, y, ha = (0.5, 0.52, "center") if cell.split else (0.94, 0.2, "right")
            ax.text(
                j + x, i + y, f"? {cell.dont_know}", size=self.small, color=INK,
                ha=ha, va="center", weight="bold",
                bbox={"boxstyle": "round,pad=0.22", "fc": PAPER, "ec": "#555555", "lw": 1},
            )  # fmt: skip

    def _split(self, ax: Axes, i: int, j: int) -> None:
        ends = ((0.02, 0.13, MINUS, "−"), (0.5, 0.87, PLUS, "+"))
        for start, middle, colour, symbol in ends:
            ax.add_patch(Rectangle((j + start, i + 0.03), 0.48, 0.94, fc=colour, ec="none"))
            ax.text(
                j + middle, i + 0.45, symbol, size=self.big * 0.8, color=PAPER, weight="bold",
                ha="center", va="center",
            )  # fmt: skip
        ax.text(
            j + 0.5, i + 0.25, self.labels.words.get("split", "split"), size=self.small,
            color=INK, weight="bold", ha="center", va="center",
            bbox={"boxstyle": "round,pad=0.18", "fc": PAPER, "ec": INK, "lw": 1.2},
        )  # fmt: skip
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
    height = max(720, 250 + 34 * len(data.rows))
    ax = ax if ax is not None else page(labels, height)
    with style():
        painter.draw(ax)
    return ax
