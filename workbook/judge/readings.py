"""A matrix read from a text: in how many of the allowed readings an option comes first.

Bounds are not voices. There is no count, no split and no verdict here; only what follows in every
filling of the cells that the text leaves unsettled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from workbook.judge.score_table import ScoreTable
from workbook.judge.standing import TIE
from workbook.judge.weights import weight_array

MOST = 1_000_000
"""Fillings of one option that can still be gone through."""


@dataclass(frozen=True, eq=False)
class Fillings:
    """Outcome of every allowed filling for one set of weights and one place of ±.

    Attributes
    ----------
    options : tuple of str
        Options without a silent cell; the others have only an interval.
    total : int
        Number of fillings.
    sole_first, joint_first : (O,) array of int
        In how many an option is first alone, and first together with another.
    low, high : dict
        Lowest and highest weighted value (0 to 1) per option, all options; silence as − and +.
    """

    options: tuple[str, ...]
    total: int
    sole_first: NDArray[np.object_]
    joint_first: NDArray[np.object_]
    low: dict[str, float]
    high: dict[str, float]

    def count(self, option: str) -> int:
        """Give in how many fillings this option is sole first."""
        return int(self.sole_first[self.options.index(option)])

    def can_reach(self, option: str, other: str) -> bool:
        """Say whether ``option`` could equal ``other`` even at its best reading.

        Compared at the best reading of the one and the worst of the other.
        """
        return self.high[option] >= self.low[other] - TIE


def _place(score: NDArray[np.float64], p: float) -> NDArray[np.float64]:
    return np.select([score < 0, score == 0, score > 0], [0.0, p, 1.0])


def _spectrum(
    row: NDArray[np.float64], weight: NDArray[np.float64], p: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Give the values one option can take, and in how many ways."""
    if np.prod(row[:, 1] - row[:, 0] + 1) > MOST:
        raise ValueError(f"bounds leave an option more than {MOST} fillings")
    values = np.zeros(1)
    for (low, high), share in zip(row, weight, strict=True):
        values = np.add.outer(values, share * _place(np.arange(low, high + 1), p)).ravel()
    # Far finer than TIE, so that rounding never parts what is the same.
    return np.unique(values.round(12), return_counts=True)


def fillings(table: ScoreTable, weights: Sequence[float], p: float = 0.5) -> Fillings:
    """Go through every filling of the unsettled cells of the options without a silent cell.

    Parameters
    ----------
    table : ScoreTable
        Bounds.
    weights : (C,) sequence of float
        Weights that sum to 1.
    p : float
        Place of ± between − (0) and + (1).

    Raises
    ------
    ValueError
        If the table holds no bounds, the weights don't fit, or one option alone has more than a
        million fillings.
    """
    if table.bounds is None:
        raise ValueError("fillings needs bounds")
    weight = weight_array(weights, table.criteria)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    known = ~np.isnan(table.bounds[..., 0]).any(axis=1)
    options = tuple(o for o, ok in zip(table.options, known, strict=True) if ok)

    # Each option's value takes few distinct values; count how often each occurs and combine.
    spectra = [_spectrum(row, weight, p) for row in table.bounds[known]]
    total = prod(int(ways.sum()) for _values, ways in spectra) if spectra else 0

    # Numbers of Python's own: with many unsettled cells they outgrow 64 bits.
    sole, joint = np.zeros(len(options), dtype=object), np.zeros(len(options), dtype=object)
    for i, (values, ways) in enumerate(spectra):
        below, not_above = ways.astype(object), ways.astype(object)
        for j, (others, their_ways) in enumerate(spectra):
            if j == i:
                continue
            up_to = np.concatenate([[0], their_ways.cumsum()])
            below = below * up_to[np.searchsorted(others, values - TIE, "left")]
            not_above = not_above * up_to[np.searchsorted(others, values + TIE, "right")]
        sole[i] = int(below.sum())
        joint[i] = int((not_above - below).sum())

    low = np.where(np.isnan(table.bounds[..., 0]), -1, table.bounds[..., 0])
    high = np.where(np.isnan(table.bounds[..., 1]), 1, table.bounds[..., 1])
    return Fillings(
        options,
        total,
        sole,
        joint,
        dict(zip(table.options, (_place(low, p) @ weight).tolist(), strict=True)),
        dict(zip(table.options, (_place(high, p) @ weight).tolist(), strict=True)),
    )
