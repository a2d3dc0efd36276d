"""Weights of a strict order of importance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray


def rank_order_centroid(n: int) -> NDArray[np.float64]:
    """Give w_i = (1/n) Σ_{k=i..n} 1/k, the mean of all weights that respect a strict order.

    References
    ----------
    F. H. Barron (1992); W. Edwards & F. H. Barron (1994).
    """
    reciprocals = 1 / np.arange(1, _at_least_one(n) + 1)
    return reciprocals[::-1].cumsum()[::-1] / n


def rank_sum(n: int) -> NDArray[np.float64]:
    """Give w_i = 2(n + 1 − i) / (n(n + 1))."""
    places = np.arange(1, _at_least_one(n) + 1)
    return 2 * (n + 1 - places) / (n * (n + 1))


def rank_reciprocal(n: int) -> NDArray[np.float64]:
    """Give w_i = (1/i) / Σ_k 1/k."""
    reciprocals = 1 / np.arange(1, _at_least_one(n) + 1)
    return reciprocals / reciprocals.sum()


def equal(n: int) -> NDArray[np.float64]:
    """Give w_i = 1/n."""
    return np.full(_at_least_one(n), 1 / n)


def _at_least_one(n: int) -> int:
    if n < 1:
        raise ValueError("n must be at least 1")
    return n


def weight_array(weights: ArrayLike, criteria: Sequence[str]) -> NDArray[np.float64]:
    """Give the weights as an array.

    Raises
    ------
    ValueError
        If they aren't one finite number of 0 or more per criterion, with a sum of 1.
    """
    weight = np.asarray(weights, dtype=float)
    if weight.shape != (len(criteria),) or not np.isfinite(weight).all():
        raise ValueError("weights must be one finite number per criterion")
    if (weight < 0).any() or (len(weight) and abs(weight.sum() - 1) > 1e-6):
        raise ValueError("weights must be 0 or more and sum to 1")
    return weight
