"""The weighted net score, with what is unknown as bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbook.judge.score_table import ScoreTable

TIE = 1e-9
"""Two scores nearer than this are the same: three levels tie all the time."""


@dataclass(frozen=True, eq=False)
class NetScores:
    """Weighted net score per option.

    Attributes
    ----------
    options : tuple of str
    value : (O,) float array
        Between −1 (everyone −) and 1 (everyone +); NaN where an option has a cell without any
        answer: it gets no place, nothing is filled in for it.
    low, high : (O,) float array
        With every don't know as − and as +.
    """

    options: tuple[str, ...]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def first(self) -> tuple[str, ...]:
        """Give the option with the highest value, or those that share it."""
        placed = ~np.isnan(self.value)
        if not placed.any():
            return ()
        best = self.value[placed].max()
        return tuple(
            option
            for option, value, ok in zip(self.options, self.value, placed, strict=True)
            if ok and best - value <= TIE
        )

    def ranking(self) -> list[str]:
        """Order the options by value; ties and options without a place keep case order."""
        keys = {
            option: (np.isnan(value), 0.0 if np.isnan(value) else -round(float(value), 9))
            for option, value in zip(self.options, self.value, strict=True)
        }
        return sorted(self.options, key=keys.__getitem__)


def net_scores(table: ScoreTable, weights: ArrayLike, p: float = 0.5) -> NetScores:
    """Compute the weighted net score of every option.

    A cell's value is v = (g + p·b)/n with g the number of +, b of ±, n of all answers on the
    scale, and p the place of ± between − (0) and + (1). Its net score is 2v − 1; an option's is
    the weighted mean over criteria. The bounds put every don't know, and every score not given,
    at − or at +, over everyone present.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies.
    weights : (C,) array_like
        Weights that sum to 1.
    p : float
        Place of ± between − and +; ½ unless varied.
    """
    weight = np.asarray(weights, dtype=float)
    if weight.shape != (len(table.criteria),) or not np.isfinite(weight).all():
        raise ValueError("weights must be one finite number per criterion")
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    counts = table.counts().astype(float)
    minus, plusminus, plus, unknown = np.moveaxis(counts, -1, 0)
    n = minus + plusminus + plus
    everyone = n + unknown
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(n > 0, 2 * (plus + p * plusminus) / n - 1, np.nan)
        low = np.where(everyone > 0, 2 * (plus + p * plusminus) / everyone - 1, -1.0)
        high = np.where(everyone > 0, 2 * (plus + p * plusminus + unknown) / everyone - 1, 1.0)
    return NetScores(table.options, value @ weight, low @ weight, high @ weight)
