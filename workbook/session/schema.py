"""The tables of a ballot box, and how its file is opened."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from workbook.case import UserError
from workbook.locale import N_, Message

_VERSION = 1
_PATIENCE = 20.0
"""Seconds to wait for who else is writing."""

_TABLES = """
CREATE TABLE round (
    id TEXT PRIMARY KEY, stage TEXT NOT NULL, names TEXT, asked TEXT, counted TEXT,
    traces INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE code (
    code TEXT PRIMARY KEY, participant TEXT NOT NULL, holds INTEGER NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX one_code ON code (participant) WHERE holds;
CREATE TABLE ballot (
    round TEXT NOT NULL REFERENCES round, participant TEXT NOT NULL, version INTEGER NOT NULL,
    way TEXT NOT NULL, saved TEXT NOT NULL, fresh TEXT, kept TEXT, place INTEGER,
    PRIMARY KEY (round, participant)
);
CREATE TABLE score (
    round TEXT NOT NULL, participant TEXT NOT NULL, option TEXT NOT NULL, criterion TEXT NOT NULL,
    score TEXT, reason TEXT,
    PRIMARY KEY (round, participant, option, criterion)
);
CREATE TABLE rank (
    round TEXT NOT NULL, participant TEXT NOT NULL, criterion TEXT NOT NULL, rank INTEGER NOT NULL,
    PRIMARY KEY (round, participant, criterion)
);
CREATE TABLE request (
    round TEXT NOT NULL, participant TEXT NOT NULL, request TEXT NOT NULL,
    version INTEGER NOT NULL, saved TEXT NOT NULL,
    PRIMARY KEY (round, participant, request)
);
CREATE TABLE earlier (
    round TEXT NOT NULL, participant TEXT NOT NULL, option TEXT NOT NULL, criterion TEXT NOT NULL,
    score TEXT NOT NULL,
    PRIMARY KEY (round, participant, option, criterion)
);
CREATE TABLE visit (token TEXT PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE served (only INTEGER PRIMARY KEY CHECK (only = 1), address TEXT, process INTEGER,
    born REAL);
"""


class BoxFailed(UserError):
    """The file of the box could not be read or written just now: it is locked, or the disk full."""


class _Connection(sqlite3.Connection):
    """A connection of which the faults are sentences for the person at the keyboard."""

    lang = "nl"

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        with self._told():
            return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        with self._told():
            return super().executemany(*arguments)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a mistake of ours
        except sqlite3.Error as error:
            raise BoxFailed(
                Message(
                    N_(
                        "the ballot box can't be used just now ({why}); what was saved is safe, "
                        "try again in a moment"
                    ),
                    why=error,
                ),
                self.lang,
            ) from error


class TooNew(Exception):
    """The file was made by a later version of the workbook."""


def connect(path: Path, lang: str = "nl") -> sqlite3.Connection:
    """Open a ballot box; make it if it isn't there.

    Parameters
    ----------
    path : Path
        On a disk of this machine: what SQLite relies on doesn't hold on a network folder.
    lang : {"nl", "en"}
        Language of what goes wrong later.

    Returns
    -------
    sqlite3.Connection
        In autocommit mode. A commit returns when the change is on the disk. What goes wrong in it
        is a `BoxFailed`.

    Raises
    ------
    TooNew
        If a later version made it.
    BoxFailed, sqlite3.Error
        If it is damaged.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Readable by nobody else from its first byte on; SQLite gives its other files the same mode.
    # Only a file that is new: closing one that SQLite has open elsewhere in this process would
    # drop its locks, and the next process to close it would take the log away under our feet.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    db = sqlite3.connect(
        path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False, factory=_Connection
    )
    db.lang = lang
    try:
        _prepare(db)
    except BaseException:
        db.close()
        raise
    return db


def _keep_a_log(db: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; for who else is switching SQLite itself doesn't wait."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode=WAL")
            return
        except BoxFailed as error:
            busy = getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > end:
                raise
        time.sleep(0.01)


def _prepare(db: sqlite3.Connection) -> None:
    _keep_a_log(db)
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA foreign_keys=ON")
    # What is taken out of an anonymous round must not stay readable in the file.
    db.execute("PRAGMA secure_delete=ON")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > _VERSION:
        raise TooNew
    if version == 0:
        with transaction(db):
            if db.execute("PRAGMA user_version").fetchone()[0] == 0:  # nobody was quicker
                for statement in _TABLES.split(";"):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version={_VERSION}")
    elif db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("database disk image is malformed")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write all that is done inside, or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite itself has taken it back where the disk was full
            db.execute("ROLLBACK")
        raise
