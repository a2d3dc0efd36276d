"""The ballot box: where ballots are between the opening of a round and its reveal.

Before the reveal a ballot comes out through its own code and in no other way: there is no function
that gives several, and none that takes a participant.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import psutil

from workbook.case import UserError
from workbook.case.state_folder import code as place_code
from workbook.case.state_folder import state_folder
from workbook.case.tables import Names, Score
from workbook.locale import N_, Message
from workbook.session.admission import Admission
from workbook.session.asked import Asked
from workbook.session.ballot import (
    Cell,
    Change,
    Count,
    Filled,
    Refused,
    Revealed,
    Saved,
    Stage,
    Way,
)
from workbook.session.counting import came_by, count, keep_count
from workbook.session.reading import opened_ballots, own_ballot, own_earlier
from workbook.session.revealing import clean, forget, give_places
from workbook.session.saving import save
from workbook.session.schema import BoxFailed, TooNew, connect, transaction


def box_path(folder: Path) -> Path:
    """Give the place of a case's ballot box: on this machine, whatever folder the case is in."""
    return state_folder() / "sessions" / f"{folder.name}-{place_code(str(folder.resolve()))}.sqlite"


class NotNow(UserError):
    """What was asked can't be done at the stage in which a round is."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class BallotBox:
    """The ballot box of one case.

    Parameters
    ----------
    path : Path
        See `box_path`.
    clock : callable
        Gives the time as a text.
    lang : {"nl", "en"}
        Language of what it refuses.

    Attributes
    ----------
    admission : Admission
        The codes.

    Raises
    ------
    UserError
        If a later version of the workbook made it, or the file can't be used.
    """

    def __init__(self, path: Path, *, clock: Callable[[], str] = _now, lang: str = "nl") -> None:
        self.path = path
        self._clock = clock
        self._lang = lang
        try:
            self._db = connect(path, lang)
        except TooNew as error:
            raise UserError(
                Message(N_("the ballot box was made by a later version of the workbook")), lang
            ) from error
        except (BoxFailed, sqlite3.Error, OSError) as error:
            why = error.__cause__ if isinstance(error, BoxFailed) else error
            raise UserError(
                Message(N_("the ballot box can't be used: {why} ({path})"), why=why, path=path),
                lang,
            ) from error
        self.admission = Admission(self._db)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def rounds(self) -> dict[str, Stage]:
        """Give the stage of every round in the box."""
        found = self._db.execute("SELECT id, stage FROM round ORDER BY rowid").fetchall()
        return {id: Stage(stage) for id, stage in found}

    def stage(self, round: str) -> Stage | None:
        """Give the stage of one round; None if the box doesn't hold it."""
        return self.rounds().get(round)

    def open_round(self) -> str | None:
        """Give the round that is open, if one is: there is one at a time."""
        return next((id for id, stage in self.rounds().items() if stage is Stage.OPEN), None)

    def names(self, round: str) -> Names | None:
        """Say whether scores of a round will be discussed by name."""
        found = self._db.execute("SELECT names FROM round WHERE id = ?", (round,)).fetchone()
        return Names(found[0]) if found and found[0] else None

    def set_up(self, round: str, names: Names | None) -> None:
        """Take a round in, or change whether it is anonymous.

        Raises
        ------
        NotNow
            If names would be shown after all, once the round was opened without; or if the choice
            would be taken back once it was opened.
        """
        with transaction(self._db):
            found = self._db.execute(
                "SELECT stage, names FROM round WHERE id = ?", (round,)
            ).fetchone()
            if found is None:
                self._db.execute(
                    "INSERT INTO round (id, stage, names) VALUES (?, ?, ?)",
                    (round, Stage.SETUP, names),
                )
                return
            stage, before = found
            if before == names:
                return
            if stage in (Stage.REVEALING, Stage.REVEALED):
                raise NotNow(Message(N_("this round was revealed already")), self._lang)
            if before == Names.ANONYMOUS and stage != Stage.SETUP:
                # Whoever read that may have scored on it, or be about to.
                raise NotNow(
                    Message(
                        N_(
                            "people were told that this round is anonymous: it can't be changed to "
                            "scores by name any more; add a new round"
                        )
                    ),
                    self._lang,
                )
            if names is None and stage != Stage.SETUP:
                raise NotNow(_CHOOSE_NAMES, self._lang)
            self._db.execute("UPDATE round SET names = ? WHERE id = ?", (names, round))
            if names == Names.ANONYMOUS:
                self._db.execute("DELETE FROM earlier WHERE round = ?", (round,))

    def open(
        self,
        round: str,
        asked: Asked,
        earlier: Mapping[str, Mapping[Cell, Score]] | None = None,
    ) -> None:
        """Open a round that was set up, or open a closed one again.

        Parameters
        ----------
        round : str
        asked : Asked
            What it asks from now on. What was scored before and isn't asked any more is kept.
        earlier : mapping of participant to scores, optional
            What each participant scored in the round before; comes out with their own code only.

        Raises
        ------
        NotNow
            If it wasn't set up, has been revealed, has no choice of names, or another is open.
        """
        with transaction(self._db):
            stage = self._need(round, Stage.SETUP, Stage.OPEN, Stage.CLOSED)
            other = self.open_round()
            if other not in (None, round):
                raise NotNow(
                    Message(N_("round {round} is still open; close it first"), round=other),
                    self._lang,
                )
            if self.names(round) is None:
                raise NotNow(_CHOOSE_NAMES, self._lang)
            self._db.execute(
                "UPDATE round SET stage = ?, asked = ? WHERE id = ?",
                (Stage.OPEN, asked.as_json(), round),
            )
            if stage is Stage.SETUP:
                self._db.executemany(
                    "INSERT INTO earlier VALUES (?, ?, ?, ?, ?)",
                    [
                        (round, person, *cell, score.value)
                        for person, scores in (earlier or {}).items()
                        for cell, score in scores.items()
                    ],
                )

    def end(self, round: str) -> None:
        """Close a round: what is saved counts, and nothing more is taken. Twice is once."""
        with transaction(self._db):
            if self._need(round, Stage.OPEN, Stage.CLOSED) is Stage.OPEN:
                self._db.execute("UPDATE round SET stage = ? WHERE id = ?", (Stage.CLOSED, round))

    def asked(self, round: str) -> Asked | None:
        """Give what a round asks; None before it was opened."""
        found = self._db.execute("SELECT asked FROM round WHERE id = ?", (round,)).fetchone()
        return _read_asked(found[0]) if found and found[0] else None

    def _need(self, round: str, *stages: Stage) -> Stage:
        stage = self.stage(round)
        if stage not in stages:
            raise NotNow(_NOT_NOW[stage], self._lang)
        return stage

    def ballot(self, round: str, code: str) -> Filled | None:
        """Give the ballot of the person with this code; None for a code that isn't ours."""
        return own_ballot(self._db, round, code)

    def earlier(self, round: str, code: str) -> dict[Cell, Score]:
        """Give what the person with this code scored in the round before this one."""
        return own_earlier(self._db, round, code)

    def save(self, change: Change) -> Saved | Refused:
        """Save one change; see `save_all`."""
        return self.save_all([change])[0]

    def save_all(self, changes: Sequence[Change]) -> list[Saved | Refused]:
        """Save changes in one commit. When this returns, what it calls saved is on the disk."""
        with transaction(self._db):
            now = self._clock()
            asked = {
                id: found
                for id in {change.round for change in changes}
                if (found := self.asked(id)) is not None
            }
            return [save(self._db, change, now, asked) for change in changes]

    def put(self, participant: str, change: Change) -> Saved | Refused:
        """Save what came on paper or in Excel; its code is looked up, and nothing is given back."""
        code = self.admission.give([participant])[participant]
        return self.save(
            Change(
                change.round,
                code,
                change.request,
                change.scores,
                change.reasons,
                change.order,
                change.base,
                change.way,
            )
        )

    def came_by(self, round: str) -> dict[str, Way]:
        """Say who has a ballot in this round and how it came; never what is in it."""
        return came_by(self._db, round)

    def count(self, round: str) -> Count:
        """Say how many have scored."""
        asked = self.asked(round)
        return count(self._db, round, asked.cells if asked else frozenset())

    def begin_reveal(self, round: str, groups: Mapping[str, str | None]) -> Revealed:
        """Give every ballot of a closed round, for writing to the case.

        From here on there is no way back, and the same is given each time, also after a crash,
        until `finish_reveal`.

        Parameters
        ----------
        round : str
        groups : mapping of participant to group
            For an anonymous round: which groups may be kept is worked out here.

        Raises
        ------
        NotNow
            If the round isn't closed, or was revealed for good.
        """
        with transaction(self._db):
            stage = self._need(round, Stage.CLOSED, Stage.REVEALING)
            names = self.names(round)
            assert names is not None, "a round without a choice of names is never opened"
            if stage is Stage.CLOSED:
                give_places(self._db, round, names, groups)
                self._db.execute(
                    "UPDATE round SET stage = ? WHERE id = ?", (Stage.REVEALING, round)
                )
            return Revealed(names, opened_ballots(self._db, round))

    def finish_reveal(self, round: str) -> None:
        """Say that the case holds the ballots. Of an anonymous round the box forgets them.

        Again after an interruption: what was left of that is then done.
        """
        anonymous = self.names(round) is Names.ANONYMOUS
        with transaction(self._db):
            if self._need(round, Stage.REVEALING, Stage.REVEALED) is Stage.REVEALING:
                if anonymous:
                    keep_count(self._db, round, self.count(round))
                    forget(self._db, round)
                self._db.execute(
                    "UPDATE round SET stage = ?, traces = ? WHERE id = ?",
                    (Stage.REVEALED, anonymous, round),
                )
        clean(self._db)

    def serve(self, address: str, process: int) -> None:
        """Note where the ballot page is, and which process serves it since when."""
        born = psutil.Process(process).create_time()
        self._db.execute(
            "INSERT OR REPLACE INTO served VALUES (1, ?, ?, ?)", (address, process, born)
        )

    def served(self) -> tuple[str, int, float] | None:
        """Give what `serve` noted last; the process may be gone."""
        return self._db.execute("SELECT address, process, born FROM served").fetchone()


_CHOOSE_NAMES = Message(N_("first choose whether scores are by name or anonymous"))
_NOT_NOW: dict[Stage | None, Message] = {
    None: Message(N_("this round isn't in the ballot box; open it first")),
    Stage.SETUP: Message(N_("this round wasn't opened yet")),
    Stage.OPEN: Message(N_("this round is still open; close it first")),
    Stage.CLOSED: Message(N_("this round is closed")),
    Stage.REVEALING: Message(N_("this round is being revealed")),
    Stage.REVEALED: Message(N_("this round was revealed already")),
}


@lru_cache(maxsize=8)
def _read_asked(text: str) -> Asked:
    return Asked.from_json(text)
