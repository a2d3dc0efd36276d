"""How far people agree: on one cell, and on an order."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def _distribution(counts: ArrayLike, least: int) -> NDArray[np.float64]:
    given = np.asarray(counts, dtype=float)
    if given.ndim != 1 or len(given) < least or not np.isfinite(given).all() or (given < 0).any():
        words = {2: "two", 3: "three"}[least]
        raise ValueError(f"counts must be at least {words} finite numbers of 0 or more")
    return given


def tastle_wierman_consensus(counts: ArrayLike) -> float:
    """Compute the consensus of Tastle and Wierman for counts on an ordinal scale.

    Cns = 1 + Σ p_i · log2(1 − |x_i − μ|/d), with x the category numbers, μ their mean and d their
    range. It is 1 when all agree on one category and 0 when half stand at each end. It treats the
    steps of the scale as equal: for export and research, not for the room.

    Parameters
    ----------
    counts : (K,) array_like
        Number of answers per category, in order; K ≥ 2.

    Returns
    -------
    float
        NaN if there are no answers.

    References
    ----------
    W. J. Tastle & M. J. Wierman (2007), Consensus and dissention: a measure of ordinal
    dispersion, International Journal of Approximate Reasoning 45.
    """
    given = _distribution(counts, 2)
    if given.sum() == 0:
        return float("nan")
    share = given / given.sum()
    at = np.arange(len(share))
    distance = np.abs(at - share @ at) / (len(share) - 1)
    taken = share > 0
    return float(1 + share[taken] @ np.log2(1 - distance[taken]))


def van_der_eijk_agreement(counts: ArrayLike) -> float:
    """Compute van der Eijk's A for counts on an ordinal scale.

    The distribution is peeled into layers that each have the same count in every category they
    touch. A layer with S of K categories that holds U triples in line with one peak and V that
    are against it has A = U_share · (1 − (S − 1)/(K − 1)), and layers are weighted by their size.
    A is 1 when all agree on one category, 0 for an even spread, −1 when half stand at each end.

    Parameters
    ----------
    counts : (K,) array_like
        Number of answers per category, in order; K ≥ 3.

    Returns
    -------
    float
        NaN if there are no answers.

    References
    ----------
    C. van der Eijk (2001), Measuring agreement in ordered rating scales, Quality & Quantity 35.
    """
    left = _distribution(counts, 3).copy()
    total = left.sum()
    if total == 0:
        return float("nan")
    agreement = 0.0
    while left.any():
        present = left > 0
        size = left[present].min()
        agreement += size * present.sum() / total * _layer_agreement(present)
        left[present] -= size
    return float(agreement)


def _layer_agreement(present: NDArray[np.bool_]) -> float:
    k, s = len(present), int(present.sum())
    if s == k:
        return 0.0
    along = against = 0
    for i in range(k):
        for j in range(i + 1, k):
            for m in range(j + 1, k):
                pattern = (bool(present[i]), bool(present[j]), bool(present[m]))
                along += pattern in ((True, True, False), (False, True, True))
                against += pattern == (True, False, True)
    if s == 1:
        unimodality = 1.0
    elif along + against == 0:
        unimodality = 0.0
    else:
        unimodality = ((k - 2) * along - (k - 1) * against) / ((k - 2) * (along + against))
    return unimodality * (1 - (s - 1) / (k - 1))


def _ranks(ranks: ArrayLike) -> NDArray[np.float64]:
    given = np.asarray(ranks, dtype=float)
    if given.ndim != 2 or min(given.shape) < 2 or not np.isfinite(given).all():
        raise ValueError("ranks must be finite: at least two judges by at least two items")
    return np.stack([midranks(row) for row in given])


def midranks(values: ArrayLike) -> NDArray[np.float64]:
    """Rank from low to high, 1 for the lowest; equal values share the mean of their places."""
    given = np.asarray(values, dtype=float)
    below = (given[:, None] > given).sum(axis=1)
    same = (given[:, None] == given).sum(axis=1)
    return below + (same + 1) / 2


def kendalls_w(ranks: ArrayLike) -> float:
    """Compute Kendall's coefficient of concordance, corrected for ties.

    W = 12·S / (m²(n³ − n) − m·ΣT), with m judges, n items, S the sum of squared deviations of the
    items' rank sums from their mean, and T = Σ(t³ − t) over the ties of each judge. 1 when all
    judges give the same order, near 0 when their orders have nothing in common.

    Parameters
    ----------
    ranks : (judges, items) array_like
        Any numbers that order the items of each judge; equal numbers are a tie.

    Returns
    -------
    float
        NaN if every judge ties everything.

    References
    ----------
    M. G. Kendall & B. Babington Smith (1939), The problem of m rankings, Annals of Mathematical
    Statistics 10.
    """
    given = _ranks(ranks)
    room = _most_spread(given)
    return float(_spread(given) / room) if room > 0 else float("nan")


def _spread(ranks: NDArray[np.float64]) -> NDArray[np.float64]:
    """S: squared deviations of rank sums, over the last two axes (judges, items)."""
    sums = ranks.sum(axis=-2)
    return ((sums - sums.mean(axis=-1, keepdims=True)) ** 2).sum(axis=-1)


def _most_spread(ranks: NDArray[np.float64]) -> float:
    m, n = ranks.shape
    ties = 0
    for row in ranks:
        _values, times = np.unique(row, return_counts=True)
        ties += int((times**3 - times).sum())
    return (m * m * (n**3 - n) - m * ties) / 12


def concordance_p(ranks: ArrayLike, *, draws: int = 4_999, seed: int = 7) -> float:
    """Give how often chance alone agrees at least as much: a permutation p for Kendall's W.

    Each judge's ranks are shuffled; p = (1 + times W is reached)/(1 + draws), so never 0.

    Parameters
    ----------
    ranks : (judges, items) array_like
        As for `kendalls_w`.
    draws, seed : int
        How many shuffles, and the seed that makes them the same each time.

    References
    ----------
    B. Phipson & G. K. Smyth (2010), Permutation p-values should never be zero, Statistical
    Applications in Genetics and Molecular Biology 9.
    """
    if draws < 1:
        raise ValueError("draws must be at least 1")
    given = _ranks(ranks)
    if _most_spread(given) <= 0:
        return 1.0
    rng = np.random.default_rng(seed)
    mixed = rng.permuted(np.broadcast_to(given, (draws, *given.shape)), axis=2)
    reached = int((_spread(mixed) >= _spread(given) - 1e-9).sum())
    return (1 + reached) / (1 + draws)
