"""Horizontal bars: stacked counts, shares, and counts that lean two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from workbook.figures.canvas import (
    ACCENT,
    FAINT,
    INK,
    MIDDLE,
    MINUS,
    PLUS,
    Labels,
    bare,
    ink_on,
    page,
    style,
    wrap,
)


def _rows(ax: Axes, names: Sequence[str], width: int = 34) -> float:
    """Put the names beside the bars, first on top. Returns the size of their type."""
    tall = 500 / max(len(names), 1)
    size = float(np.clip(tall * 0.3, 9, 16))
    ax.set_yticks(range(len(names)), [wrap(name, width, 2) for name in names], size=size)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xticks([])
    bare(ax)
    return size


def stacked_bars(
    data: Mapping[str, Mapping[str, int]],
    *,
    labels: Labels,
    colours: Mapping[str, str],
    ax: Axes | None = None,
) -> Axes:
    """Draw counts per row, stacked by category, each with its number.

    Parameters
    ----------
    data : mapping of row to (mapping of category to count)
        In the order to draw them.
    colours : mapping of category to colour
    """
    ax = ax if ax is not None else page(labels)
    with style():
        size = _rows(ax, list(data))
        top = max((sum(parts.values()) for parts in data.values()), default=0) or 1
        for y, parts in enumerate(data.values()):
            left = 0
            for category, count in parts.items():
                if not count:
                    continue
                colour = colours[category]
                ax.barh(y, count, left=left, height=0.72, color=colour, ec=INK, lw=0.6)
                ax.text(
                    left + count / 2, y, str(count), ha="center", va="center", size=size,
                    color=ink_on(colour), weight="bold",
                )  # fmt: skip
                left += count
            if not left:
                ax.text(top * 0.01, y, "0", va="center", size=size, color=FAINT)
        ax.set_xlim(0, top * 1.04)
        ax.set_xlabel(labels.x)
    return ax


def share_bars(
    data: Mapping[str, float],
    *,
    labels: Labels,
    texts: Mapping[str, str],
    ax: Axes | None = None,
) -> Axes:
    """Draw one bar per row with its text at the end.

    Parameters
    ----------
    data : mapping of row to value
        Values of 0 or more; the longest bar fills the page.
    texts : mapping of row to str
        What stands beside each bar.
    """
    ax = ax if ax is not None else page(labels)
    with style():
        size = _rows(ax, list(data))
        top = max(data.values(), default=0) or 1
        for y, (name, value) in enumerate(data.items()):
            ax.barh(y, value, height=0.66, color=ACCENT)
            ax.text(value + top * 0.012, y, texts[name], va="center", size=max(size, 11))
        longest = max((len(text) for text in texts.values()), default=0)
        ax.set_xlim(0, top * (1.06 + 0.0165 * longest))
        ax.set_xlabel(labels.x)
    return ax


def leaning_counts(
    data: Mapping[str, tuple[int, int, int, int]],
    *,
    labels: Labels,
    flagged: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw counts that lean two ways: − to the left, + to the right, ± across the middle.

    Parameters
    ----------
    data : mapping of row to (−, ±, +, don't know)
        In the order to draw them.
    flagged : sequence of str
        Rows that get ``labels.words["flag"]`` beside them.
    """
    ax = ax if ax is not None else page(labels)
    with style():
        size = _rows(ax, list(data), 40)
        reach = max((max(a, g) + b / 2 for a, b, g, _ in data.values()), default=1) or 1
        for y, (name, (a, b, g, k)) in enumerate(data.items()):
            pieces = ((-b / 2 - a, a, MINUS, "−"), (-b / 2, b, MIDDLE, "±"), (b / 2, g, PLUS, "+"))
            for left, width, colour, symbol in pieces:
                if not width:
                    continue
                ax.barh(y, width, left=left, height=0.68, color=colour, ec=INK, lw=0.8)
                ax.text(
                    left + width / 2, y, f"{symbol}{width}", ha="center", va="center",
                    size=size, color=ink_on(colour), weight="bold",
                )  # fmt: skip
            if k:
                ax.text(reach * 1.06, y, f"? {k}", va="center", size=size, color=INK)
            if name in flagged:
                ax.text(
                    reach * 1.24, y, labels.words["flag"], va="center", size=size, weight="bold",
                    bbox={"boxstyle": "round,pad=0.2", "fc": "#FFFFFF", "ec": INK, "lw": 1.2},
                )  # fmt: skip
        ax.axvline(0, color=FAINT, lw=1, zorder=0)
        ax.set_xlim(-reach * 1.05, reach * 1.5)
    return ax
