"""What becomes of the ballots at a reveal: whose name they bear, and what the box forgets."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping

from workbook.case.tables import Names
from workbook.session.anonymous import kept_groups
from workbook.session.codes import SIGNS


def give_places(
    db: sqlite3.Connection, round: str, names: Names, groups: Mapping[str, str | None]
) -> None:
    """Note for every ballot under which id, in which group and in which order it comes out.

    Parameters
    ----------
    db : sqlite3.Connection
        With a transaction open.
    round : str
    names : Names
        By name: its own id, in the order of the ids. Anonymous: a new id, in random order.
    groups : mapping of participant to group
        See `kept_groups`.
    """
    people = [
        person
        for (person,) in db.execute(
            "SELECT participant FROM ballot WHERE round = ? AND (participant IN "
            "(SELECT participant FROM score WHERE round = ?) OR participant IN "
            "(SELECT participant FROM rank WHERE round = ?)) ORDER BY participant",
            (round, round, round),
        )
    ]
    fresh, kept = {person: person for person in people}, set[str]()
    if names is Names.ANONYMOUS:
        secrets.SystemRandom().shuffle(people)
        kept = kept_groups([groups.get(person) for person in people])
        fresh = dict(zip(people, _fresh_ids(len(people)), strict=True))
    for place, person in enumerate(people):
        group = groups.get(person)
        db.execute(
            "UPDATE ballot SET fresh = ?, kept = ?, place = ? WHERE round = ? AND participant = ?",
            (fresh[person], group if group in kept else None, place, round, person),
        )


def forget(db: sqlite3.Connection, round: str) -> None:
    """Take out all ballots of a round, inside a transaction that is open."""
    for table in ("score", "rank", "request", "earlier", "ballot"):
        db.execute(f"DELETE FROM {table} WHERE round = ?", (round,))


def clean(db: sqlite3.Connection) -> None:
    """Leave no trace in the file of what was taken out, where there may be one still."""
    if db.execute("SELECT 1 FROM round WHERE traces").fetchone() is None:
        return
    # Pages that other rounds use too keep pieces of it, and so does the log until it is cut.
    db.execute("PRAGMA temp_store=MEMORY")
    db.execute("VACUUM")
    busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if not busy:  # else the next time
        db.execute("UPDATE round SET traces = 0")


def _fresh_ids(count: int) -> list[str]:
    ids: set[str] = set()
    while len(ids) < count:
        ids.add("a-" + "".join(secrets.choice(SIGNS.lower()) for _ in range(8)))
    return list(ids)
