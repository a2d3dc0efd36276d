"""Horizontal bars: stacked counts, shares, and counts that lean two ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from math import isfinite

import numpy as np
from matplotlib.axes import Axes

from workbook.figures.canvas import (
    ACCENT,
    FAINT,
    HEIGHT,
    INK,
    MIDDLE,
    MINUS,
    PLUS,
    Labels,
    bare,
    ink_on,
    page,
    style,
    within,
    wrap,
)


def _height(rows: Sized) -> int:
    """Pixels a page needs: one projector page, more for many rows."""
    return max(HEIGHT, 220 + 20 * len(rows))


def _rows(ax: Axes, names: Sequence[str], width: int = 34) -> float:
    """Put the names beside the bars, first on top. Returns the size of their type."""
    tall = (_height(names) - 220) / max(len(names), 1)
    lines = 2 if tall > 31 else 1
    size = float(np.clip(tall * (0.3 if lines == 2 else 0.4), 9, 16))
    ax.set_yticks(range(len(names)), [wrap(name, width, lines) for name in names], size=size)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xticks([])
    bare(ax)
    return size


def stacked_bars(
    data: Mapping[str, Mapping[str, int]],
    *,
    labels: Labels,
    colours: Mapping[str, str],
    name_chars: int = 34,
    ax: Axes | None = None,
) -> Axes:
    """Draw counts per row, stacked by category, each with its number.

    Parameters
    ----------
    data : mapping of row to (mapping of category to count)
        In the order to draw them.
    colours : mapping of category to colour
    name_chars : int
        Characters on a line of a row's name.
    """
    ax = ax if ax is not None else page(labels, _height(data))
    with style():
        size = _rows(ax, list(data), name_chars)
        top = max((sum(parts.values()) for parts in data.values()), default=0) or 1
        for y, parts in enumerate(data.values()):
            left = 0
            for category, count in parts.items():
                if not count:
                    continue
                colour = colours[category]
                ax.barh(y, count, left=left, height=0.72, color=colour, ec=INK, lw=0.6)
                within(ax, left + count / 2, y, str(count), size, ink_on(colour))
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
    if not all(isfinite(value) for value in data.values()):
        raise ValueError("data must hold finite values")
    ax = ax if ax is not None else page(labels, _height(data))
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
    ax = ax if ax is not None else page(labels, _height(data))
    with style():
        size = _rows(ax, list(data), 40)
        reach = max((max(a, g) + b / 2 for a, b, g, _ in data.values()), default=1) or 1
        beside: list[list[str]] = [[] for _ in data]
        for y, (a, b, g, k) in enumerate(data.values()):
            pieces = ((-b / 2 - a, a, MINUS, "−"), (-b / 2, b, MIDDLE, "±"), (b / 2, g, PLUS, "+"))
            for left, width, colour, symbol in pieces:
                if not width:
                    continue
                ax.barh(y, width, left=left, height=0.68, color=colour, ec=INK, lw=0.8)
                text = f"{symbol}{width}"
                if width * 340 / reach < len(text) * size:
                    beside[y].append(text)
                    continue
                within(ax, left + width / 2, y, text, size, ink_on(colour))
            if k:
                beside[y].append(f"? {k}")
        # Counts too wide for their bar stand beside it, so the flags move up.
        flag = 1.24 if all(len(texts) < 2 for texts in beside) else 1.6
        for y, name in enumerate(data):
            if beside[y]:
                ax.text(reach * 1.06, y, " ".join(beside[y]), va="center", size=size, color=INK)
            if name in flagged:
                ax.text(
                    reach * flag, y, labels.words["flag"], va="center", size=size, weight="bold",
                    bbox={"boxstyle": "round,pad=0.2", "fc": "#FFFFFF", "ec": INK, "lw": 1.2},
                )  # fmt: skip
        ax.axvline(0, color=FAINT, lw=1, zorder=0)
        ax.set_xlim(-reach * 1.05, reach * (flag + 0.26))
    return ax
