"""Rooms to try the methods on: written out, drawn at random, or made to deserve a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbook.judge import DONT_KNOW, NOT_SCORED, Order, Priorities, ScoreTable, verdict

SIGNS = {"-": -1, "0": 0, "+": 1, "?": DONT_KNOW, ".": NOT_SCORED}
LETTERS = "abcdefghijklmno"


def ballots(*people: str, groups: str = "") -> ScoreTable:
    """Make a table of a string per person: ``"+0 -?"`` scores two options on two criteria.

    − 0 + are the three levels, ? is don't know, a dot not scored. ``groups`` has a letter per
    person, a space for nobody's group. Options are x, y, z, …; people p1, p2, …
    """
    scores = np.array([[[SIGNS[s] for s in o] for o in who.split()] for who in people], np.int8)
    names = tuple(f"p{i + 1}" for i in range(len(people)))
    found = {who: group for who, group in zip(names, groups, strict=False) if group != " "}
    options = tuple("xyzuvw"[: scores.shape[1]])
    return ScoreTable(options, criteria(scores.shape[2]), names, scores=scores, groups=found)


def tallies(*rows: Sequence[tuple[int, ...]]) -> ScoreTable:
    """Make a table of counts (−, ±, +) or (−, ±, +, don't know): options down."""
    whole = [[(*cell, 0)[:4] for cell in row] for row in rows]
    array = np.array(whole, dtype=np.int64)
    return ScoreTable(tuple("xyzuvw"[: len(rows)]), criteria(len(rows[0])), tallies=array)


def as_tallies(table: ScoreTable) -> ScoreTable:
    """Forget who gave which score."""
    return ScoreTable(table.options, table.criteria, tallies=table.counts())


def criteria(n: int) -> tuple[str, ...]:
    """Name n criteria."""
    return tuple(LETTERS[:n])


def strict(n: int) -> Order:
    """Give the order a above b above c, …"""
    return Order.from_groups(criteria(n), [(c,) for c in criteria(n)])


def plenary(n: int) -> Priorities:
    """Give the plenary's order a above b above c, …"""
    return Priorities(criteria(n), plenary={c: place for place, c in enumerate(criteria(n), 1)})


@st.composite
def ballot_tables(
    draw: st.DrawFn,
    *,
    people: tuple[int, int] = (1, 6),
    options: tuple[int, int] = (1, 4),
    criteria: tuple[int, int] = (1, 3),
    states: Sequence[int] = (-1, 0, 1, -1, 0, 1, DONT_KNOW, NOT_SCORED),
) -> ScoreTable:
    """Draw a table of ballots, with groups."""
    shape = [draw(st.integers(*size)) for size in (people, options, criteria)]
    cells = shape[0] * shape[1] * shape[2]
    scores = draw(st.lists(st.sampled_from(states), min_size=cells, max_size=cells))
    names = tuple(f"p{i + 1}" for i in range(shape[0]))
    groups = draw(st.lists(st.sampled_from("xyz "), min_size=shape[0], max_size=shape[0]))
    return ScoreTable(
        tuple("xyzuvw"[: shape[1]]),
        tuple(LETTERS[: shape[2]]),
        names,
        scores=np.array(scores, dtype=np.int8).reshape(shape),
        groups={who: group for who, group in zip(names, groups, strict=True) if group != " "},
    )


@st.composite
def orders(draw: st.DrawFn, n: int) -> Order:
    """Draw a strict partial order: of groups, or what two strict orders share."""
    if draw(st.booleans()):
        ranks = draw(st.lists(st.integers(1, n), min_size=n, max_size=n))
        return Order.from_ranks(criteria(n), dict(zip(criteria(n), ranks, strict=True)))
    one, other = (np.array(draw(st.permutations(range(n)))) for _ in range(2))
    return Order(criteria(n), (one[:, None] < one) & (other[:, None] < other))


PEOPLE = tuple(f"p{i}" for i in range(1, 10))
OPTIONS = tuple(f"o{i}" for i in range(1, 8))
CRITERIA = criteria(5)
GROUPS = dict(zip(PEOPLE, "xxxyyyzzz", strict=True))

KINDS = ("noise", "two equal options", "a favourite")
KINDS_NL = ("ruis", "twee gelijke posities", "een favoriet")
LEVELS = ("clear", "leaning", "undecided")
ROOMS = 500
CUT = 0.43
"""A unit normal falls below −.43, between the two, and above .43 about as often."""
AHEAD = 1.5
SHAPE = (len(PEOPLE), len(OPTIONS), len(CRITERIA))


def levels(kind: str, rng: np.random.Generator) -> NDArray[np.int8]:
    """Draw the scores of one room, (participants, options, criteria)."""
    if kind == "noise":
        return rng.integers(-1, 2, SHAPE).astype(np.int8)
    leaders = {"two equal options": 2, "a favourite": 1}[kind]
    felt = rng.standard_normal(SHAPE)
    felt[:, :leaders] += AHEAD
    return (felt > CUT).astype(np.int8) - (felt < -CUT).astype(np.int8)


def simulate(kind: str, rooms: int = ROOMS, seed: int = 2025) -> Counter[str]:
    """Count the verdicts over rooms of one kind.

    Nine people in three groups score seven options on five criteria, of which the plenary made a
    strict order.
    """
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    drawn = (
        ScoreTable(OPTIONS, CRITERIA, PEOPLE, scores=levels(kind, rng), groups=GROUPS)
        for _ in range(rooms)
    )
    return Counter(verdict(table, plenary(len(CRITERIA))).level for table in drawn)


def table_row(kind: str, counts: Mapping[str, int], lang: str) -> str:
    """Write the row of the methods page: kind of room, rooms, and the share of each verdict."""
    rooms = sum(counts.values())
    shares = [f"{100 * counts.get(level, 0) / rooms:.1f}%" for level in LEVELS]
    if lang == "nl":
        kind, shares = KINDS_NL[KINDS.index(kind)], [s.replace(".", ",") for s in shares]
    return f"| {' | '.join([kind, str(rooms), *shares])} |"


if __name__ == "__main__":
    found = {kind: simulate(kind) for kind in KINDS}
    for lang in ("en", "nl"):
        print("\n".join(table_row(kind, counts, lang) for kind, counts in found.items()), "\n")
