"""Orders of importance: a strict partial order, and every strict order that respects it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import factorial

import numpy as np
from numpy.typing import NDArray

from workbook.judge.weights import rank_order_centroid

Groups = tuple[tuple[str, ...], ...]

MOST = 200_000
"""Upper sets of an order that can still be gone through; 17 criteria without any order."""


def order_groups(criteria: Sequence[str], ranks: Mapping[str, int | None]) -> Groups:
    """Turn ranks into groups, most important first.

    The same rank is a tie, which means "not put above one another". Criteria without a rank form
    one last group.

    Raises
    ------
    ValueError
        If ``ranks`` names something that is not a criterion, or holds no finite number.
    """
    stray = set(ranks) - set(criteria)
    if stray:
        raise ValueError(f"ranks names {', '.join(sorted(stray))}, not among the criteria")
    given = sorted({rank for rank in ranks.values() if rank is not None})
    if not np.isfinite(given).all():
        raise ValueError("ranks must be finite numbers")
    groups = [tuple(c for c in criteria if ranks.get(c) == rank) for rank in given]
    rest = tuple(c for c in criteria if ranks.get(c) is None)
    return tuple(group for group in (*groups, rest) if group)


@dataclass(frozen=True, eq=False)
class Order:
    """Which criterion stands above which.

    It stands for the set of its linear extensions: all strict orders that respect it. Groups, as
    a room makes them, are the common case; the order that individuals share may have no groups.

    Parameters
    ----------
    criteria : tuple of str
        Ids in case order; C of them.
    above : (C, C) bool array
        ``above[i, j]``: i stands above j. Transitive, and nothing stands above itself.

    Raises
    ------
    ValueError
        If ``above`` is not a strict partial order of the criteria.
    """

    criteria: tuple[str, ...]
    above: NDArray[np.bool_]

    def __post_init__(self) -> None:
        if not self.criteria:
            raise ValueError("criteria must not be empty")
        if len(set(self.criteria)) < len(self.criteria):
            raise ValueError("criteria must not repeat one")
        if self.above.shape != (len(self.criteria), len(self.criteria)):
            raise ValueError(f"above has shape {self.above.shape}")
        steps = self.above.astype(int)
        if self.above.diagonal().any() or ((steps @ steps > 0) & ~self.above).any():
            raise ValueError("above must be transitive and put nothing above itself")

    @classmethod
    def from_groups(cls, criteria: Sequence[str], groups: Iterable[Iterable[str]]) -> Order:
        """Build from groups, most important first, that hold every criterion exactly once."""
        groups = tuple(tuple(group) for group in groups)
        if sorted(c for group in groups for c in group) != sorted(criteria):
            raise ValueError("groups must hold every criterion exactly once")
        place = {c: i for i, group in enumerate(groups) for c in group}
        at = np.array([place[c] for c in criteria], dtype=int)
        return cls(tuple(criteria), at[:, None] < at)

    @classmethod
    def from_ranks(cls, criteria: Sequence[str], ranks: Mapping[str, int | None]) -> Order:
        """Build from ranks: the same rank is a tie, without one is the last group."""
        return cls.from_groups(criteria, order_groups(criteria, ranks))

    @classmethod
    def none(cls, criteria: Sequence[str]) -> Order:
        """Build the order that puts nothing above anything."""
        return cls.from_groups(criteria, [criteria] if criteria else [])

    def without(self, criterion: str) -> Order:
        """Leave one criterion out; the others keep their places among each other."""
        if criterion not in self.criteria:
            raise ValueError(f"criterion {criterion} is not in the order")
        kept = [i for i, c in enumerate(self.criteria) if c != criterion]
        return Order(tuple(self.criteria[i] for i in kept), self.above[np.ix_(kept, kept)])

    @cached_property
    def groups(self) -> Groups | None:
        """The order as groups, most important first; None where it can't be written so."""
        higher = self.above.sum(axis=0)
        at = np.unique(higher, return_inverse=True)[1]
        if not np.array_equal(at[:, None] < at, self.above):
            return None
        return tuple(
            tuple(c for c, place in zip(self.criteria, at, strict=True) if place == group)
            for group in range(at.max() + 1)
        )

    def steps(self) -> list[tuple[str, str]]:
        """Give the pairs (above, below) from which the others follow."""
        between = self.above.astype(int) @ self.above.astype(int) > 0
        return [(self.criteria[i], self.criteria[j]) for i, j in np.argwhere(self.above & ~between)]

    @cached_property
    def _upper(self) -> dict[int, int]:
        """Per upper set, as a bit mask: in how many orders its members can have come first."""
        higher = [sum(1 << int(j) for j in np.flatnonzero(row)) for row in self.above.T]
        ways, layer = {0: 1}, {0: 1}
        for _place in self.criteria:
            grown: dict[int, int] = {}
            for members, count in layer.items():
                for i, needed in enumerate(higher):
                    if not members >> i & 1 and needed & members == needed:
                        grown[members | 1 << i] = grown.get(members | 1 << i, 0) + count
            if len(ways) + len(grown) > MOST:
                raise ValueError(f"order leaves more than {MOST} sets of criteria open")
            ways |= grown
            layer = grown
        return ways

    @cached_property
    def _rest(self) -> dict[int, int]:
        """Per upper set: in how many orders the others can follow."""
        full = (1 << len(self.criteria)) - 1
        rest = {full: 1}
        for members in sorted(self._upper, key=lambda m: -m.bit_count())[1:]:
            steps = (members | 1 << i for i in range(len(self.criteria)) if not members >> i & 1)
            rest[members] = sum(rest.get(grown, 0) for grown in steps)
        return rest

    @property
    def count(self) -> int:
        """Number of strict orders that respect this one."""
        if self.groups is not None:
            total = 1
            for group in self.groups:
                total *= factorial(len(group))
            return total
        return self._upper[(1 << len(self.criteria)) - 1]

    def extensions(self) -> Iterator[tuple[str, ...]]:
        """Give every strict order that respects this one, first those closest to case order."""

        def follow(taken: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
            if len(taken) == len(self.criteria):
                yield taken
                return
            for i in range(len(self.criteria)):
                if i not in taken and not set(np.flatnonzero(self.above[:, i])) - set(taken):
                    yield from follow((*taken, i))

        for taken in follow(()):
            yield tuple(self.criteria[i] for i in taken)

    def upper_sets(self) -> NDArray[np.bool_]:
        """Give every set that holds, with a criterion, all that stands above it.

        Equal weights on such a set, for each set, are the vertices of all weights that respect
        the order.

        Returns
        -------
        (U, C) bool array
            Without the empty set.
        """
        masks = np.array([members for members in self._upper if members], dtype=np.int64)
        return (masks[:, None] >> np.arange(len(self.criteria)) & 1).astype(bool)

    def places(self) -> NDArray[np.float64]:
        """Give in what share of its strict orders each criterion has each place.

        Returns
        -------
        (C, C) float array
            Criteria down, places across; rows and columns sum to 1.
        """
        n = len(self.criteria)
        share = np.zeros((n, n))
        if self.groups is not None:
            start = 0
            for group in self.groups:
                rows = [self.criteria.index(c) for c in group]
                share[rows, start : start + len(group)] = 1 / len(group)
                start += len(group)
            return share
        for members, ways in self._upper.items():
            for i in range(n):
                grown = members | 1 << i
                if grown != members and grown in self._upper:
                    share[i, members.bit_count()] += ways * self._rest[grown] / self.count
        return share

    def weights(
        self, scheme: Callable[[int], NDArray[np.float64]] = rank_order_centroid
    ) -> NDArray[np.float64]:
        """Give each criterion its weight: the mean over all strict orders that respect this one.

        Parameters
        ----------
        scheme : callable
            Weights of a strict order of n criteria.

        Returns
        -------
        (C,) float array
            In case order; they sum to 1.
        """
        return self.places() @ scheme(len(self.criteria))

    def draw(self, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
        """Draw weights evenly from all that respect the order; their mean is the centroid.

        Exponentials, normalised and sorted, are laid along a random strict order. They are drawn
        sorted at once: the i-th largest of n is Σ_{k=i..n} Z_k/k with Z_k exponential.

        Returns
        -------
        (draws, C) float array

        References
        ----------
        A. Rényi (1953), On the theory of order statistics, Acta Mathematica Hungarica 4.
        """
        if draws < 1:
            raise ValueError("draws must be at least 1")
        n = len(self.criteria)
        sizes = rng.standard_exponential((draws, n))
        sizes /= sizes.sum(axis=1, keepdims=True)
        if self.groups is None:
            ordered = sizes @ np.tril(np.ones((n, n)) / np.arange(1, n + 1)[:, None])
            drawn = np.empty_like(ordered)
            np.put_along_axis(drawn, self._draw_extensions(draws, rng), ordered, axis=1)
            return drawn
        if len(self.groups) == 1:
            return sizes  # not sorted: any order is as likely
        ordered = sizes @ np.tril(np.ones((n, n)) / np.arange(1, n + 1)[:, None])
        start = 0
        for group in self.groups:
            if len(group) > 1:
                part = ordered[:, start : start + len(group)]
                ordered[:, start : start + len(group)] = rng.permuted(part, axis=1)
            start += len(group)
        back = np.argsort([self.criteria.index(c) for group in self.groups for c in group])
        return ordered[:, back]

    def _draw_extensions(self, draws: int, rng: np.random.Generator) -> NDArray[np.int64]:
        """Draw strict orders evenly, (draws, C) positions, first place first."""
        n = len(self.criteria)
        masks = list(self._upper)
        at = {members: i for i, members in enumerate(masks)}
        following = np.zeros((len(masks), n), dtype=np.int64)
        chance = np.zeros((len(masks), n))
        for members, i in at.items():
            for j in range(n):
                grown = members | 1 << j
                if grown != members and grown in at:
                    following[i, j] = at[grown]
                    chance[i, j] = self._rest[grown] / self._rest[members]
        reached = chance.cumsum(axis=1)
        reached /= np.maximum(reached[:, -1:], 1e-300)  # so that the last one is exactly 1
        state = np.zeros(draws, dtype=np.int64)
        taken = np.empty((draws, n), dtype=np.int64)
        for place in range(n):
            pick = (reached[state] <= rng.random(draws)[:, None]).sum(axis=1)
            taken[:, place] = pick
            state = following[state, pick]
        return taken
