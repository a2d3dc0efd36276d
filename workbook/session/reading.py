"""The two ways in which a ballot comes out of the box; there is no third.

Its owner reads it with their code. And all of a round are read together once its reveal has begun,
from which there is no way back.
"""

from __future__ import annotations

import sqlite3

from workbook.case.tables import Score
from workbook.session.admission import holder
from workbook.session.ballot import Cell, Filled, Opened, Stage, Way


def own_ballot(db: sqlite3.Connection, round: str, code: str) -> Filled | None:
    """Give the ballot of the person with this code; None for a code that isn't ours."""
    person = holder(db, code)
    return None if person is None else _stored(db, round, person)


def own_earlier(db: sqlite3.Connection, round: str, code: str) -> dict[Cell, Score]:
    """Give what the person with this code scored in the round before this one."""
    found = db.execute(
        "SELECT option, criterion, score FROM earlier JOIN code USING (participant) "
        "WHERE round = ? AND code = ? AND holds",
        (round, code),
    )
    return {(option, criterion): Score(score) for option, criterion, score in found}


def opened_ballots(db: sqlite3.Connection, round: str) -> tuple[Opened, ...]:
    """Give every ballot of a round that is being revealed; none of any other."""
    rows = db.execute(
        "SELECT participant, fresh, kept, way FROM ballot JOIN round ON round.id = ballot.round "
        "WHERE round = ? AND stage = ? AND place IS NOT NULL ORDER BY place",
        (round, Stage.REVEALING),
    ).fetchall()
    ballots = []
    for person, fresh, kept, way in rows:
        filled = _stored(db, round, person)
        ballots.append(Opened(fresh, kept, filled.scores, filled.reasons, filled.order, Way(way)))
    return tuple(ballots)


def _stored(db: sqlite3.Connection, round: str, participant: str) -> Filled:
    key = (round, participant)
    head = db.execute(
        "SELECT version, way, saved FROM ballot WHERE round = ? AND participant = ?", key
    ).fetchone()
    if head is None:
        return Filled()
    cells = db.execute(
        "SELECT option, criterion, score, reason FROM score WHERE round = ? AND participant = ?",
        key,
    ).fetchall()
    order = db.execute(
        "SELECT criterion, rank FROM rank WHERE round = ? AND participant = ?", key
    ).fetchall()
    return Filled(
        head[0],
        {(o, c): Score(score) for o, c, score, _reason in cells if score is not None},
        {(o, c): reason for o, c, _score, reason in cells if reason},
        dict(order),
        Way(head[1]),
        head[2],
    )
