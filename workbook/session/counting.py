"""How many have scored and how their ballots came; never what is in them."""

from __future__ import annotations

import sqlite3
from collections import Counter

from workbook.session.ballot import Cell, Count, Way


def came_by(db: sqlite3.Connection, round: str) -> dict[str, Way]:
    """Say who has a ballot with a score in it, and how it came."""
    found = db.execute(
        "SELECT participant, way FROM ballot WHERE round = ? AND participant IN "
        "(SELECT participant FROM score WHERE round = ? AND score IS NOT NULL)",
        (round, round),
    )
    return {person: Way(way) for person, way in found}


def count(db: sqlite3.Connection, round: str, cells: frozenset[Cell]) -> Count:
    """Count the ballots of a round; of an anonymous one that was revealed, as they were then.

    Parameters
    ----------
    db : sqlite3.Connection
    round : str
    cells : frozenset of (option, criterion)
        What the round asks.
    """
    found = db.execute("SELECT counted FROM round WHERE id = ?", (round,)).fetchone()
    if found and found[0]:
        invited, begun, complete, *ways = map(int, found[0].split())
        return Count(invited, begun, complete, dict(zip(Way, ways, strict=True)))
    scored: Counter[str] = Counter()
    for person, option, criterion in db.execute(
        "SELECT participant, option, criterion FROM score WHERE round = ? AND score IS NOT NULL",
        (round,),
    ):
        scored[person] += (option, criterion) in cells
    ways = Counter(came_by(db, round).values())
    holders = {p for (p,) in db.execute("SELECT participant FROM code WHERE holds")}
    return Count(
        len(holders | scored.keys()),
        len(scored),
        sum(n == len(cells) for n in scored.values()),
        {way: ways[way] for way in Way},
    )


def keep_count(db: sqlite3.Connection, round: str, kept: Count) -> None:
    """Keep a count, for when the ballots are gone."""
    numbers = [kept.invited, kept.begun, kept.complete, *(kept.ways[way] for way in Way)]
    db.execute("UPDATE round SET counted = ? WHERE id = ?", (" ".join(map(str, numbers)), round))
