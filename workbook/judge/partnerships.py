"""Partnerships: what members cover together that none covers alone, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations


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
        Pairs of members without a known working link.
    """

    members: tuple[str, ...]
    covered: float
    if_known: float
    organisations: int
    missing_links: int


LEVEL = {"no": (0.0, 0.0), "partly": (0.5, 0.5), "yes": (1.0, 1.0), "?": (0.0, 1.0)}


def combine(
    members: Iterable[str],
    parts: Iterable[str],
    levels: Mapping[tuple[str, str], str],
    *,
    stands_for: Mapping[str, int] | None = None,
    links: Iterable[frozenset[str]] = (),
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

    Raises
    ------
    ValueError
        If there are no parts, or a level is unknown.
    """
    members, parts, linked = tuple(members), tuple(parts), set(links)
    if not parts:
        raise ValueError("parts must not be empty")
    if stray := {*levels.values()} - {*LEVEL}:
        raise ValueError(f"levels holds {', '.join(map(str, stray))}, which is not a level")
    sure, hoped = 0.0, 0.0
    for part in parts:
        bounds = [LEVEL[levels.get((member, part), "?")] for member in members]
        sure += max((low for low, _ in bounds), default=0.0)
        hoped += max((high for _, high in bounds), default=0.0)
    pairs = [frozenset(pair) for pair in combinations(members, 2)]
    return Combination(
        members,
        sure / len(parts),
        hoped / len(parts),
        sum((stands_for or {}).get(member, 1) for member in members),
        sum(pair not in linked for pair in pairs),
    )
