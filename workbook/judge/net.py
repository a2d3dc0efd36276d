"""The weighted net score, with what is unknown as bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbook.judge.score_table import ScoreTable
from workbook.judge.standing import Standing
from workbook.judge.weights import weight_array


@dataclass(frozen=True, eq=False)
class NetScores(Standing):
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

    low: NDArray[np.float64]
    high: NDArray[np.float64]


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
    weight = weight_array(weights, table.criteria)
    if not 0 <= p <= 1:
        raise ValueError("p must lie between 0 and 1")
    counts = table.counts().astype(float)
    minus, plusminus, plus, _dont_know = np.moveaxis(counts, -1, 0)
    n = minus + plusminus + plus
    # With nobody present every place is still open: as if one person had not answered.
    everyone = max(table.n, 1)
    good = plus + p * plusminus
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(n > 0, 2 * good / n - 1, np.nan)
    low = 2 * good / everyone - 1
    high = 2 * (good + everyone - n) / everyone - 1
    return NetScores(table.options, value @ weight, low @ weight, high @ weight)
