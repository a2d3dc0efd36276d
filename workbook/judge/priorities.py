"""The order of importance that leads: the plenary's, or what individual orders share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from workbook.judge.agreement import concordance_p, kendalls_w, midranks
from workbook.judge.orders import Order

Ranks = Mapping[str, int | None]
"""Rank per criterion, 1 most important; equal is a tie, None or absent is not ranked."""


@dataclass(frozen=True, eq=False)
class LeadingOrder:
    """The order that leads.

    Attributes
    ----------
    order : Order
    whose : {"plenary", "joint", "person", "none"}
        The room's own; what several people's orders share; one person's; no order at all.
    shared : bool
        Whether it may be called the order of those present. A plenary order is; a joint one if
        its agreement is more than chance (p ≤ .05); one person's isn't.
    people : int
        Individual orders that it was made from.
    concordance, p : float or None
        Kendall's W of the individual orders and its permutation p; None for fewer than two. W
        is also None where every one of them ties everything.
    """

    order: Order
    whose: Literal["plenary", "joint", "person", "none"]
    shared: bool
    people: int = 0
    concordance: float | None = None
    p: float | None = None


@dataclass(frozen=True)
class Priorities:
    """What was said about the importance of the criteria.

    Parameters
    ----------
    criteria : tuple of str
        Ids in case order.
    plenary : mapping of criterion to rank, optional
        The order that the room came to.
    individual : mapping of person to (mapping of criterion to rank)
        Orders of individuals.

    Raises
    ------
    ValueError
        If an order names something that is not a criterion, or holds no finite number.
    """

    criteria: tuple[str, ...]
    plenary: Ranks | None = None
    individual: Mapping[str, Ranks] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Whose order it is stays out of the message: a round may be anonymous.
        individual = [("individual", ranks) for ranks in self.individual.values()]
        for name, ranks in [("plenary", self.plenary or {}), *individual]:
            if stray := set(ranks) - set(self.criteria):
                raise ValueError(f"{name} names {', '.join(sorted(stray))}, not a criterion")
            if not np.isfinite([rank for rank in ranks.values() if rank is not None]).all():
                raise ValueError(f"{name} must hold finite ranks")

    def without_person(self, person: str) -> Priorities:
        """Leave one person's order out."""
        kept = {who: ranks for who, ranks in self.individual.items() if who != person}
        return Priorities(self.criteria, self.plenary, kept)

    def without_criterion(self, criterion: str) -> Priorities:
        """Leave one criterion out of every order."""

        def cut(ranks: Ranks) -> Ranks:
            return {c: rank for c, rank in ranks.items() if c != criterion}

        return Priorities(
            tuple(c for c in self.criteria if c != criterion),
            None if self.plenary is None else cut(self.plenary),
            {who: cut(ranks) for who, ranks in self.individual.items()},
        )

    @property
    def _orders(self) -> dict[str, Ranks]:
        """The individual orders that say anything."""
        return {
            who: ranks
            for who, ranks in self.individual.items()
            if any(rank is not None for rank in ranks.values())
        }

    @property
    def has_plenary(self) -> bool:
        """Whether the room came to an order."""
        return any(rank is not None for rank in (self.plenary or {}).values())

    def order(self) -> Order:
        """Give the order that leads, without asking how far it is shared."""
        if self.has_plenary:
            return Order.from_ranks(self.criteria, self.plenary or {})
        people = list(self._orders.values())
        if not people:
            return Order.none(self.criteria)
        if len(people) == 1:
            return Order.from_ranks(self.criteria, people[0])
        return joint_order(self.criteria, np.stack([self._midranks(ranks) for ranks in people]))

    def leading(self) -> LeadingOrder:
        """Give the order that leads, whose it is, and how far individual orders agree."""
        people = list(self._orders.values())
        w = p = None
        if len(people) > 1 and len(self.criteria) > 1:
            ranks = np.stack([self._midranks(ranks) for ranks in people])
            w, p = kendalls_w(ranks), concordance_p(ranks)
            w = None if np.isnan(w) else w
        if self.has_plenary:
            return LeadingOrder(self.order(), "plenary", True, len(people), w, p)
        if not people:
            return LeadingOrder(self.order(), "none", False)
        if len(people) == 1:
            return LeadingOrder(self.order(), "person", False, 1)
        shared = p is None or p <= 0.05
        return LeadingOrder(self.order(), "joint", shared, len(people), w, p)

    def _midranks(self, ranks: Ranks) -> NDArray[np.float64]:
        last = max((rank for rank in ranks.values() if rank is not None), default=0) + 1
        given = [ranks.get(c) for c in self.criteria]
        return midranks([last if rank is None else rank for rank in given])


def joint_order(criteria: tuple[str, ...], ranks: NDArray[np.float64]) -> Order:
    """Give the order that individual orders share, whoever of them is left out.

    One criterion stands above another only if its mean midrank is better in every set that
    leaves one person out. So no single person decides on any pair.

    Parameters
    ----------
    criteria : tuple of str
    ranks : (people, C) array
        Midranks, 1 most important; at least two people.
    """
    if len(ranks) < 2:
        raise ValueError("ranks must hold the orders of at least two people")
    if ranks.shape != (len(ranks), len(criteria)) or not np.isfinite(ranks).all():
        raise ValueError("ranks must be one finite number per person and criterion")
    left_out = ranks.sum(axis=0) - ranks
    above = (left_out[:, :, None] < left_out[:, None, :] - 1e-9).all(axis=0)
    return Order(criteria, above)
