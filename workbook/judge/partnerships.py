"""Partnerships: what members cover together that none covers alone, and what it costs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np


@dataclass(frozen=True)
class Combination:
    """A set of parties and what it covers.

    Attributes
    ----------
    members : tuple of str
    covered : float
        Mean over the parts of the best member: no 0, partly ½, yes 1; what is unknown counts as
        no.
    if_known : float
        The same with what is unknown as yes.
    organisations : int
        Number of organisations, where a party may stand for several.
    missing_links : int
        Pairs of members without a known working link, and links with a party beside them that
        are known to be missing.
    """

    members: tuple[str, ...]
    covered: float
    if_known: float
    organisations: int
    missing_links: int


LEVEL = {"no": (0.0, 0.0), "partly": (0.5, 0.5), "yes": (1.0, 1.0), "?": (0.0, 1.0)}
MOST_SETS = 100_000
"""Sets of parties that can still be gone through."""


def _checked_parts(parts: Iterable[str], levels: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    parts = tuple(parts)
    if not parts:
        raise ValueError("parts must not be empty")
    if stray := {*levels.values()} - {*LEVEL}:
        raise ValueError(f"levels holds {', '.join(map(str, stray))}, which is not a level")
    return parts


def combine(
    members: Iterable[str],
    parts: Iterable[str],
    levels: Mapping[tuple[str, str], str],
    *,
    stands_for: Mapping[str, int] | None = None,
    links: Iterable[frozenset[str]] = (),
    beside: Iterable[tuple[str, str]] = (),
) -> Combination:
    """Work out what one set of parties covers and costs.

    Parameters
    ----------
    members, parts : iterable of str
        Parties and the parts of the criterion.
    levels : mapping of (party, part) to level
        ``no``, ``partly``, ``yes`` or ``?``; an absent pair is ``?``.
    stands_for : mapping of party to int, optional
        How many organisations a party stands for.
    links : iterable of frozenset of str
        Pairs with a working link.
    beside : iterable of (party, other)
        Links known to be missing with somebody whom every position works with, member or not. A
        pair counts where the party is a member and the other isn't; between members it is one of
        the pairs already.

    Raises
    ------
    ValueError
        If there are no parts, a level is unknown, or a member is named twice.
    """
    members, parts = tuple(members), _checked_parts(parts, levels)
    if len({*members}) < len(members):
        raise ValueError("members holds a party twice")
    return _combine(members, parts, levels, stands_for or {}, {*links}, {*beside})


def _combine(
    members: tuple[str, ...],
    parts: tuple[str, ...],
    levels: Mapping[tuple[str, str], str],
    stands_for: Mapping[str, int],
    links: set[frozenset[str]],
    beside: set[tuple[str, str]],
) -> Combination:
    sure, hoped = 0.0, 0.0
    for part in parts:
        bounds = [LEVEL[levels.get((member, part), "?")] for member in members]
        sure += max((low for low, _ in bounds), default=0.0)
        hoped += max((high for _, high in bounds), default=0.0)
    pairs = [frozenset(pair) for pair in itertools.combinations(members, 2)]
    missing = sum(pair not in links for pair in pairs)
    missing += sum(party in members and other not in members for party, other in beside)
    return Combination(
        members,
        sure / len(parts),
        hoped / len(parts),
        sum(stands_for.get(member, 1) for member in members),
        missing,
    )


def combinations(
    candidates: Iterable[str],
    parts: Iterable[str],
    levels: Mapping[tuple[str, str], str],
    *,
    most: int = 4,
    stands_for: Mapping[str, int] | None = None,
    links: Iterable[frozenset[str]] = (),
    beside: Iterable[tuple[str, str]] = (),
) -> list[Combination]:
    """Work out every set of 1 to ``most`` candidates.

    Parameters
    ----------
    candidates : iterable of str
        Parties that may take part, in case order.
    most : int
        Largest number of members.
    parts, levels, stands_for, links, beside
        As for `combine`.

    Returns
    -------
    list of Combination
        Small sets first, each size in the order of the candidates; nothing is ranked.

    Raises
    ------
    ValueError
        If a candidate is named twice, ``most`` is below 1, or there are more than 100 000 sets.
    """
    candidates, parts = tuple(candidates), _checked_parts(parts, levels)
    if len({*candidates}) < len(candidates):
        raise ValueError("candidates holds a party twice")
    if most < 1:
        raise ValueError("most must be 1 or more")
    if sum(comb(len(candidates), size) for size in range(1, most + 1)) > MOST_SETS:
        raise ValueError(f"candidates make more than {MOST_SETS} sets of up to {most}")
    common = (parts, levels, stands_for or {}, {*links}, {*beside})
    return [
        _combine(members, *common)
        for size in range(1, most + 1)
        for members in itertools.combinations(candidates, size)
    ]


def undominated(
    found: Sequence[Combination], shows: Sequence[Sequence[int]] | None = None
) -> list[Combination]:
    """Give the sets that no other set dominates (Pareto).

    One set dominates another that it equals or betters on everything and betters on something:
    more covered for sure, higher levels in ``shows``, fewer organisations, fewer links to make.
    Only what is sure is compared. What is unknown counts as not covered, and the level of a
    member nobody knows as the lowest: it never pushes out a level that is known.

    Parameters
    ----------
    found : sequence of Combination
    shows : sequence of (K,) sequence of int, optional
        Per set its lowest possible level on K criteria on which the weakest member shows.

    Returns
    -------
    list of Combination
        In the order given; sets that are equal on everything all stay.
    """
    shows = [()] * len(found) if shows is None else shows
    if len(shows) != len(found) or len({len(levels) for levels in shows}) > 1:
        raise ValueError("shows must hold the same number of levels for every set")
    if not found:
        return []
    values = np.array(
        [
            [one.covered, -one.organisations, -one.missing_links, *levels]
            for one, levels in zip(found, shows, strict=True)
        ],
        dtype=float,
    )
    # Thousands of sets share few outcomes, and equal ones stand or fall together.
    kinds, kind = np.unique(values, axis=0, return_inverse=True)
    kept = [not ((kinds >= own).all(axis=1) & (kinds > own).any(axis=1)).any() for own in kinds]
    return [one for one, of in zip(found, kind.ravel().tolist(), strict=True) if kept[of]]


def coverage_level(share: float, minus_below: float = 1 / 3, plus_from: float = 2 / 3) -> int:
    """Put a covered share on the scale: −1 below ``minus_below``, 1 from ``plus_from``, else 0.

    Raises
    ------
    ValueError
        If the share isn't between 0 and 1, or not 0 ≤ ``minus_below`` ≤ ``plus_from`` ≤ 1.
    """
    if not 0 <= share <= 1:
        raise ValueError("share must lie between 0 and 1")
    if not 0 <= minus_below <= plus_from <= 1:
        raise ValueError("minus_below and plus_from must be 0 ≤ minus_below ≤ plus_from ≤ 1")
    if share >= plus_from:
        return 1
    return -1 if share < minus_below else 0
