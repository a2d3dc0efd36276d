"""Saving one change in one ballot, inside a transaction that is open."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from workbook.case.tables import Score
from workbook.session.admission import holder
from workbook.session.asked import Asked
from workbook.session.ballot import (
    LAST_PLACE,
    LONGEST_REASON,
    Change,
    Refused,
    Saved,
    Stage,
    Why,
)


def save(
    db: sqlite3.Connection, change: Change, now: str, asked: Mapping[str, Asked]
) -> Saved | Refused:
    """Save a change, or say why not. Nothing is changed where it is refused.

    Parameters
    ----------
    db : sqlite3.Connection
        With a transaction open.
    change : Change
    now : str
        What is told as the time of saving.
    asked : mapping of round to Asked
        What each round asks; read once for many changes.
    """
    person = holder(db, change.code)
    if person is None:
        return Refused(Why.CODE)
    stage = db.execute("SELECT stage FROM round WHERE id = ?", (change.round,)).fetchone()
    if stage is None or stage[0] == Stage.SETUP:
        return Refused(Why.ROUND)
    key = (change.round, person)
    seen = db.execute(
        "SELECT version, saved FROM request WHERE round = ? AND participant = ? AND request = ?",
        (*key, change.request),
    ).fetchone()
    if seen:
        return Saved(*seen)
    head = db.execute(
        "SELECT version FROM ballot WHERE round = ? AND participant = ?", key
    ).fetchone()
    version = head[0] if head else 0
    if stage[0] != Stage.OPEN:
        return Refused(Why.CLOSED, version)
    if not _known(change, asked[change.round]):
        return Refused(Why.UNKNOWN, version)
    if change.base is not None and change.base != version:
        return Refused(Why.STALE, version)
    db.execute(
        "INSERT INTO ballot (round, participant, version, way, saved) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET version = excluded.version, way = excluded.way, "
        "saved = excluded.saved",
        (*key, version + 1, change.way, now),
    )
    _write(db, key, change)
    db.execute(
        "INSERT INTO request VALUES (?, ?, ?, ?, ?)", (*key, change.request, version + 1, now)
    )
    return Saved(version + 1, now)


def _known(change: Change, asked: Asked) -> bool:
    criteria = {criterion.id for criterion in asked.criteria}
    return (
        asked.cells.issuperset(change.scores)
        and asked.cells.issuperset(change.reasons)
        and criteria.issuperset(change.order)
        and all(score is None or isinstance(score, Score) for score in change.scores.values())
        and all(_can_be_kept(reason) for reason in change.reasons.values())
        and all(place is None or 1 <= place <= LAST_PLACE for place in change.order.values())
    )


def _can_be_kept(reason: str) -> bool:
    """Whether a text fits in the box, and in the table to which it goes at the reveal."""
    whole = not any("\ud800" <= sign <= "\udfff" for sign in reason)  # halves of a sign
    return len(reason) <= LONGEST_REASON and "\x00" not in reason and whole


def _write(db: sqlite3.Connection, key: tuple[str, str], change: Change) -> None:
    for (option, criterion), score in change.scores.items():
        db.execute(
            "INSERT INTO score (round, participant, option, criterion, score) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET score = excluded.score",
            (*key, option, criterion, None if score is None else score.value),
        )
    for (option, criterion), reason in change.reasons.items():
        db.execute(
            "INSERT INTO score (round, participant, option, criterion, reason) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET reason = excluded.reason",
            (*key, option, criterion, reason.strip() or None),
        )
    for criterion, place in change.order.items():
        db.execute(
            "DELETE FROM rank WHERE round = ? AND participant = ? AND criterion = ?",
            (*key, criterion),
        )
        if place is not None:
            db.execute("INSERT INTO rank VALUES (?, ?, ?, ?)", (*key, criterion, place))
