"""Statements side by side: what the scores support beside what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from workbook.figures.canvas import FAINT, INK, Labels, fit, page, style, wrap

_SIZES = (13.5, 12.5, 11.5, 10.5, 9.5)
"""Sizes for the small lines, largest first."""
_LINE = 0.046
"""Height of one small line in the largest size, as a share of the page."""
_GAP = 0.025
"""Space below a small line."""


@dataclass(frozen=True)
class Card:
    """A heading, a large line and smaller lines below it."""

    heading: str
    large: str
    small: Sequence[str]
    colour: str


def cards(data: Sequence[Card], *, labels: Labels, ax: Axes | None = None) -> Axes:
    """Draw cards side by side."""
    ax = ax if ax is not None else page(labels)
    with style():
        ax.set_xlim(0, max(len(data), 1))
        ax.set_ylim(0, 1)
        ax.axis("off")
        # The cards keep their size, however wide a word on them is.
        keep = {"va": "top", "in_layout": False}
        for x, card in enumerate(data):
            ax.add_patch(
                FancyBboxPatch(
                    (x + 0.03, 0.03),
                    0.94,
                    0.94,
                    boxstyle="round,pad=0,rounding_size=0.02",
                    mutation_aspect=0.5,
                    fc="#FAFAFA",
                    ec=card.colour,
                    lw=3,
                )
            )
            columns = max(int(98 / len(data)), 8)
            heading = wrap(card.heading, int(columns * 0.8), 1)
            ax.text(x + 0.07, 0.92, heading, size=16, color=FAINT, weight="bold", **keep)
            size, chars = fit([card.large], 920 / len(data), 22, 12)
            large = wrap(card.large, chars, 3)
            ax.text(x + 0.07, 0.84, large, size=size, color=INK, weight="bold", **keep)
            y = 0.84 - 0.075 * size / 22 * (large.count("\n") + 1) - 0.03
            size = _small_size(card.small, columns, y - 0.06)
            columns, line_height = int(columns * _SIZES[0] / size), _LINE * size / _SIZES[0]
            for place, line in enumerate(card.small):
                # Where even the smallest type doesn't fit, what is left is shared by the lines.
                room = int((y - 0.06) / line_height) - 2 * (len(card.small) - place - 1)
                text = wrap(line, columns, max(room, 1))
                ax.text(x + 0.07, y, text, size=size, color=INK, linespacing=1.3, **keep)
                y -= line_height * (text.count("\n") + 1) + _GAP
    return ax


def _small_size(lines: Sequence[str], columns: int, room: float) -> float:
    """Choose the largest type in which every line is shown whole, else the smallest."""
    for size in _SIZES:
        scale = size / _SIZES[0]
        count = sum(wrap(line, int(columns / scale), 99).count("\n") + 1 for line in lines)
        if count * _LINE * scale + len(lines) * _GAP <= room:
            return size
    return _SIZES[-1]
