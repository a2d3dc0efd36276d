"""Weights from an order of importance with ties and gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations, product
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

Groups = tuple[tuple[str, ...], ...]


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


def order_groups(criteria: Sequence[str], ranks: Mapping[str, int | None]) -> Groups:
    """Turn ranks into groups, most important first.

    The same rank is a tie, which means "not put above one another". Criteria without a rank form
    one last group.

    Raises
    ------
    ValueError
        If ``ranks`` names something that is not a criterion.
    """
    stray = set(ranks) - set(criteria)
    if stray:
        raise ValueError(f"ranks names {', '.join(sorted(stray))}, not among the criteria")
    given = sorted({rank for rank in ranks.values() if rank is not None})
    groups = [tuple(c for c in criteria if ranks.get(c) == rank) for rank in given]
    rest = tuple(c for c in criteria if ranks.get(c) is None)
    return tuple(group for group in (*groups, rest) if group)


def order_weights(
    criteria: Sequence[str],
    groups: Iterable[Iterable[str]],
    scheme: Callable[[int], NDArray[np.float64]] = rank_order_centroid,
) -> NDArray[np.float64]:
    """Give each criterion its weight under an order of groups.

    An order with ties stands for all strict orders that respect it; its weights are their mean.
    For groups that is the mean of the places a group takes up.

    Parameters
    ----------
    criteria : sequence of str
        All criteria, in case order.
    groups : iterable of iterable of str
        A partition of the criteria, most important first.
    scheme : callable
        Weights of a strict order of n criteria.

    Returns
    -------
    (C,) float array
        Weights in the order of ``criteria``; they sum to 1.

    Raises
    ------
    ValueError
        If the groups miss or repeat a criterion.
    """
    groups = _partition(criteria, groups)
    places = scheme(len(criteria))
    weight, start = {}, 0
    for group in groups:
        share = places[start : start + len(group)].mean()
        weight.update(dict.fromkeys(group, share))
        start += len(group)
    return np.array([weight[criterion] for criterion in criteria])


def _partition(criteria: Sequence[str], groups: Iterable[Iterable[str]]) -> Groups:
    groups = tuple(tuple(group) for group in groups)
    if not criteria:
        raise ValueError("criteria must not be empty")
    if sorted(criterion for group in groups for criterion in group) != sorted(criteria):
        raise ValueError("groups must hold every criterion exactly once")
    return tuple(group for group in groups if group)


def weight_array(weights: ArrayLike, criteria: Sequence[str]) -> NDArray[np.float64]:
    """Give the weights as an array.

    Raises
    ------
    ValueError
        If they aren't one finite number per criterion.
    """
    weight = np.asarray(weights, dtype=float)
    if weight.shape != (len(criteria),) or not np.isfinite(weight).all():
        raise ValueError("weights must be one finite number per criterion")
    return weight


def linear_extensions(groups: Iterable[Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Give every strict order that respects an order of groups."""
    for parts in product(*(permutations(group) for group in groups)):
        yield tuple(criterion for part in parts for criterion in part)


def count_extensions(groups: Iterable[Iterable[str]]) -> int:
    """Count the strict orders that respect an order of groups."""
    total = 1
    for group in groups:
        total *= factorial(len(tuple(group)))
    return total


def draw_weights(
    criteria: Sequence[str],
    groups: Iterable[Iterable[str]],
    draws: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Draw weights evenly from all that respect an order of groups.

    Exponentials, normalised and sorted, are laid along a random strict order; their mean is the
    centroid.

    Returns
    -------
    (draws, C) float array

    Raises
    ------
    ValueError
        If the groups miss or repeat a criterion, or there are no draws.
    """
    groups = _partition(criteria, groups)
    if draws < 1:
        raise ValueError("draws must be at least 1")
    sizes = rng.exponential(size=(draws, len(criteria)))
    sizes = -np.sort(-sizes, axis=1) / sizes.sum(axis=1, keepdims=True)
    column = {criterion: j for j, criterion in enumerate(criteria)}
    weights = np.empty_like(sizes)
    start = 0
    for group in groups:
        members = np.array([column[criterion] for criterion in group])
        mixed = rng.permuted(np.tile(members, (draws, 1)), axis=1)
        np.put_along_axis(weights, mixed, sizes[:, start : start + len(group)], axis=1)
        start += len(group)
    return weights
