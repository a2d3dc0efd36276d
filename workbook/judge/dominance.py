"""Which options are at least as good as another, criterion by criterion or for all weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.judge.orders import Order
from workbook.judge.score_table import ScoreTable
from workbook.judge.standing import TIE


@dataclass(frozen=True, eq=False)
class Dominance:
    """Which option is at least as good as which, and somewhere better.

    Attributes
    ----------
    options : tuple of str
    per_criterion : (O, O) bool array
        Row dominates column: on every criterion its share of + is at least, and its share of −
        at most, that of the other; on one of them strictly.
    any_weights : (O, O) bool array
        Row's net score is at least the column's for all weights that respect the order and every
        place of ±, and somewhere higher.
    """

    options: tuple[str, ...]
    per_criterion: NDArray[np.bool_]
    any_weights: NDArray[np.bool_]

    def best(self) -> tuple[str, ...]:
        """Give the options that dominate all others whatever the weights; mostly there is none."""
        others = len(self.options) - 1
        return tuple(
            option
            for option, wins in zip(self.options, self.any_weights.sum(axis=1), strict=True)
            if others > 0 and wins == others
        )


def dominance(table: ScoreTable, order: Order) -> Dominance:
    """Compare every two options that have a place.

    The net score is linear in the weights and in the place p of ±, so it is enough to look at
    the vertices: equal weights on each upper set of the order, with p = 0 and p = 1. That is
    exact. An option with an empty cell neither dominates nor is dominated.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies.
    order : Order
        The order of importance.
    """
    if order.criteria != table.criteria:
        raise ValueError("order must be of the table's criteria")
    placed = table.placed
    counts = table.counts()[placed].astype(float)
    n = counts[..., :3].sum(axis=-1)
    minus, plusminus, plus = (counts[..., k] / n for k in range(3))

    better = plus[:, None] - plus[None]
    worse = minus[:, None] - minus[None]
    at_least = ((better >= -TIE) & (worse <= TIE)).all(axis=-1)
    somewhere = ((better > TIE) | (worse < -TIE)).any(axis=-1)

    sets = order.upper_sets().astype(float)
    sets /= sets.sum(axis=1, keepdims=True)
    # Net scores at the vertices, (vertices, options).
    value = np.concatenate([sets @ plus.T, sets @ (plus + plusminus).T])
    low = np.empty((len(n), len(n)))
    for i, row in enumerate(value.T):  # row by row: all pairs at once would take too much memory
        low[i] = (row[:, None] - value).min(axis=0)
    high = -low.T
    return Dominance(
        table.options,
        _whole(at_least & somewhere, placed),
        _whole((low >= -TIE) & (high > TIE), placed),
    )


def _whole(part: NDArray[np.bool_], placed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    whole = np.zeros((len(placed), len(placed)), dtype=bool)
    whole[np.ix_(placed, placed)] = part
    return whole
