"""A value per row with the range it could take."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, isnan

import numpy as np
from matplotlib.axes import Axes

from workbook.figures.canvas import (
    ACCENT,
    FAINT,
    HEIGHT,
    INK,
    PAPER,
    Labels,
    bare,
    page,
    style,
    wrap,
)


def intervals(
    data: Mapping[str, tuple[float, float, float]],
    *,
    labels: Labels,
    texts: Mapping[str, str],
    limits: tuple[float, float] = (-1.0, 1.0),
    before: Mapping[str, float] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw, per row, a value and the range around it.

    Parameters
    ----------
    data : mapping of row to (low, value, high)
        ``value`` may be NaN: then only the range is drawn.
    texts : mapping of row to str
        What stands above each value.
    labels : Labels
        ``words`` may hold ``left``, ``middle`` and ``right`` for the ends of the scale.
    limits : (float, float)
        Ends of the scale.
    before : mapping of row to value, optional
        A value to compare with, drawn as an open dot.
    """
    names = list(data)
    if not all(isfinite(low) and isfinite(high) for low, _value, high in data.values()):
        raise ValueError("data must hold a finite low and high for every row")
    height = max(HEIGHT, 240 + 36 * len(names))
    ax = ax if ax is not None else page(labels, height)
    with style():
        tall = (height - 240) / max(len(names), 1)
        size = float(np.clip(tall * 0.28, 9, 16))
        for y, (name, (low, value, high)) in enumerate(data.items()):
            ax.plot(
                [low, high], [y, y], color="#9DB7C9", lw=max(size * 0.55, 4), solid_capstyle="butt"
            )
            if before and name in before:
                was = before[name]
                ax.plot(was, y, "o", ms=max(size * 0.85, 8), mfc="none", mec=INK, mew=1.5, zorder=3)
            if isnan(value):
                ax.text(high, y, "  –", va="center", size=size)
                continue
            ax.plot(value, y, "o", ms=max(size * 0.85, 8), mfc=ACCENT, mec=PAPER, mew=1.5)
            ax.text(
                value, y - 0.3, texts[name], ha="center", va="bottom",
                size=max(size * 0.85, 10), weight="bold",
            )  # fmt: skip
        ax.set_yticks(range(len(names)), [wrap(name, 30, 2) for name in names], size=size)
        ax.set_ylim(len(names) - 0.4, -0.8)
        span = limits[1] - limits[0]
        ax.set_xlim(limits[0] - span * 0.03, limits[1] + span * 0.03)
        ticks = [limits[0], sum(limits) / 2, limits[1]]
        words = [labels.words.get(key, "") for key in ("left", "middle", "right")]
        ax.set_xticks(ticks, words, size=14)
        ax.axvline(ticks[1], color=FAINT, lw=1, zorder=0)
        ax.set_xlabel(labels.x, color=INK)
        bare(ax)
    return ax
