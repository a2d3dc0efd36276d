"""Which orders of importance an option needs to come first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from workbook.judge.orders import Order
from workbook.judge.score_table import ScoreTable
from workbook.judge.standing import TIE
from workbook.judge.weights import rank_order_centroid

EXACT = 8
"""With up to this many criteria every strict order is gone through; above it they are sampled."""

_VISITED = 150_000
"""Strict orders looked at before the search for the nearest one is given up."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class WinningOrders:
    """How the first place depends on the order of importance.

    Attributes
    ----------
    examined : int
        Strict orders looked at.
    exact : bool
        Whether these are all of them; otherwise they are a sample, see ``error``.
    wins : dict of option to float
        Share of the orders in which it is first alone; options with a place only.
    error : float
        Largest standard error of those shares; 0 where exact.
    only_if : dict of option to tuple of (above, below)
        The option wins only in orders that put the one criterion above the other.
    whenever : dict of option to tuple of (above, below)
        It wins in every order that does. Both are empty for one that wins always or never, and
        in a sample say no more than that no exception was drawn.
    first : str or None
        The sole first under the room's order.
    swaps : int or None
        Fewest swaps of neighbours that lead from a strict order that respects the room's to one
        in which ``first`` is not first alone; 0 if one that respects it does so already. None if
        none was found within ``looked`` swaps (where ``exact``: there is none), or there is no
        sole first.
    looked : int
        Number of swaps up to which all orders were looked at; 0 also where those that respect
        the room's order are too many to look at.
    """

    examined: int
    exact: bool
    wins: dict[str, float]
    error: float
    only_if: dict[str, tuple[Pair, ...]]
    whenever: dict[str, tuple[Pair, ...]]
    first: str | None
    swaps: int | None
    looked: int


def winning_orders(
    table: ScoreTable, order: Order, *, draws: int = 20_000, seed: int = 7
) -> WinningOrders:
    """Go through the strict orders of the criteria, with rank-order centroid and ± halfway.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies. Options with an empty cell are left out.
    order : Order
        The room's order.
    draws, seed : int
        Sample size where there are more than eight criteria, and its seed.
    """
    if order.criteria != table.criteria:
        raise ValueError("order must be of the table's criteria")
    if draws < 1:
        raise ValueError("draws must be at least 1")
    placed = table.placed
    options = [o for o, ok in zip(table.options, placed, strict=True) if ok]
    counts = table.counts()[placed].astype(float)
    value = (counts[..., 2] + 0.5 * counts[..., 1]) / counts[..., :3].sum(axis=-1)
    n = len(table.criteria)
    exact = n <= EXACT
    if exact:
        orders = np.array(list(permutations(range(n))), dtype=np.int64)
    else:
        rng = np.random.default_rng(seed)
        orders = rng.permuted(np.tile(np.arange(n), (draws, 1)), axis=1)
    winner = _sole_first(orders, value)
    place = np.argsort(orders, axis=1)
    wins, only_if, whenever = {}, {}, {}
    for i, option in enumerate(options):
        won = winner == i
        wins[option] = float(won.mean())
        only_if[option], whenever[option] = _conditions(won, place, table.criteria)
    spread = max((share * (1 - share) for share in wins.values()), default=0.0)

    centroid = value @ order.weights()
    best = np.flatnonzero(centroid.max() - centroid <= TIE) if len(options) else np.zeros(0, int)
    first = int(best[0]) if len(best) == 1 else None
    swaps, looked = None, 0
    if first is not None and exact:
        x, y = np.nonzero(order.above)
        swaps, looked = _nearest(orders[(place[:, x] < place[:, y]).all(axis=1)], value, first)
    elif first is not None and order.count <= _VISITED:
        swaps, looked = _nearest(_positions(order.extensions(), order.criteria), value, first)
    return WinningOrders(
        len(orders),
        exact,
        wins,
        0.0 if exact else float(np.sqrt(spread / draws)),
        only_if,
        whenever,
        None if first is None else options[first],
        swaps,
        looked,
    )


def _sole_first(orders: NDArray[np.int64], value: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the position of the sole first under each order, −1 where there is none."""
    if not len(value):
        return np.full(len(orders), -1)
    weights = rank_order_centroid(orders.shape[1])
    total = np.zeros((len(orders), len(value)))
    for place, weight in enumerate(weights):
        total += weight * value.T[orders[:, place]]
    level = total.max(axis=1, keepdims=True) - total <= TIE
    return np.where(level.sum(axis=1) == 1, level.argmax(axis=1), -1)


def _conditions(
    won: NDArray[np.bool_], place: NDArray[np.int64], criteria: tuple[str, ...]
) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
    only_if, whenever = [], []
    if won.any() and not won.all():
        for i, j in combinations(range(len(criteria)), 2):
            above = place[:, i] < place[:, j]
            for x, y, holds in ((i, j, above), (j, i, ~above)):
                if not (won & ~holds).any():
                    only_if.append((criteria[x], criteria[y]))
                if not (holds & ~won).any():
                    whenever.append((criteria[x], criteria[y]))
    return tuple(only_if), tuple(whenever)


def _nearest(
    edge: NDArray[np.integer], value: NDArray[np.float64], first: int
) -> tuple[int | None, int]:
    """Search outward from the orders that respect the room's, one swap of neighbours at a time."""
    n = edge.shape[1]
    edge = edge.astype(np.int16)
    seen = np.sort(_keys(edge, n))
    swaps = 0
    while not (_sole_first(edge, value) != first).any():
        grown = [edge[:0]]
        for place in range(n - 1):
            swapped = edge.copy()
            swapped[:, [place, place + 1]] = swapped[:, [place + 1, place]]
            grown.append(swapped)
        edge = np.concatenate(grown)
        keys, at = np.unique(_keys(edge, n), return_index=True)
        new = ~np.isin(keys, seen)
        edge, seen = edge[at[new]], np.union1d(seen, keys)
        if not len(edge) or len(seen) > _VISITED:
            return None, swaps
        swaps += 1
    return swaps, swaps


def _positions(orders: Iterable[tuple[str, ...]], criteria: tuple[str, ...]) -> NDArray[np.int64]:
    at = {criterion: i for i, criterion in enumerate(criteria)}
    return np.array([[at[c] for c in one] for one in orders], dtype=np.int64)


def _keys(orders: NDArray[np.integer], n: int) -> NDArray[np.int64]:
    return orders @ (max(n, 2) ** np.arange(n, dtype=np.int64))
