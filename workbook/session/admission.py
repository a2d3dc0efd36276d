"""Who may come in: a code per participant, exchanged for a token that a browser can keep."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterable

from workbook.session.codes import new_code
from workbook.session.schema import transaction


class Admission:
    """The codes of a ballot box.

    Parameters
    ----------
    db : sqlite3.Connection
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def codes(self) -> dict[str, str]:
        """Give the code of every participant who has one."""
        found = self._db.execute("SELECT participant, code FROM code WHERE holds ORDER BY rowid")
        return dict(found.fetchall())

    def give(self, participants: Iterable[str]) -> dict[str, str]:
        """Give everybody a code who has none; gives the codes of all.

        Who was away gets the code back that they had, on the slip that they have.
        """
        with transaction(self._db):
            known = self.codes()
            for person in dict.fromkeys(participants):
                if person in known or self._take_back(person):
                    continue
                self._db.execute("INSERT INTO code VALUES (?, ?, 1)", (new_code(), person))
        return self.codes()

    def _take_back(self, participant: str) -> bool:
        found = self._db.execute(
            "UPDATE code SET holds = 1 WHERE rowid = "
            "(SELECT max(rowid) FROM code WHERE participant = ?)",
            (participant,),
        )
        return found.rowcount > 0

    def suspend(self, participant: str) -> None:
        """Let nobody in with a code while its participant is away; what was saved stays."""
        self._db.execute("UPDATE code SET holds = 0 WHERE participant = ?", (participant,))

    def withdraw(self, participant: str) -> None:
        """Make a code worthless for good: it was lost. What was saved stays."""
        with transaction(self._db):
            self._db.execute(
                "DELETE FROM visit WHERE code IN (SELECT code FROM code WHERE participant = ?)",
                (participant,),
            )
            # It is nobody's from here on, so that nobody gets it back.
            self._db.execute(
                "UPDATE code SET holds = 0, participant = '' WHERE participant = ?", (participant,)
            )

    def is_ours(self, code: str) -> bool | None:
        """Say whether a code holds; None for one that was withdrawn."""
        found = self._db.execute("SELECT holds FROM code WHERE code = ?", (code,)).fetchone()
        if found is None:
            return False
        return True if found[0] else None

    def enter(self, code: str) -> str | None:
        """Exchange a code for a token that a browser can keep; None if it isn't ours."""
        token = secrets.token_urlsafe(32)
        with transaction(self._db):
            if holder(self._db, code) is None:
                return None
            self._db.execute("INSERT INTO visit VALUES (?, ?)", (_digest(token), code))
        return token

    def visitor(self, token: str) -> str | None:
        """Give the code that a token was given for; None if there is none any more."""
        found = self._db.execute(
            "SELECT code FROM visit JOIN code USING (code) WHERE token = ? AND holds",
            (_digest(token),),
        ).fetchone()
        return found and found[0]

    def leave(self, token: str) -> None:
        """Forget a token."""
        self._db.execute("DELETE FROM visit WHERE token = ?", (_digest(token),))


def holder(db: sqlite3.Connection, code: str) -> str | None:
    """Give the participant whose code this is; None if it is nobody's or was withdrawn."""
    found = db.execute("SELECT participant FROM code WHERE code = ? AND holds", (code,)).fetchone()
    return found and found[0]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
