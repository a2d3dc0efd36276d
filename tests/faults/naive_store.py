"""A ballot box as it is often made: one JSON file, written over in place after every save.

It is here to be caught. Nothing in it is wrong as long as nothing goes wrong; but whoever kills
the process while it writes finds half a file. A save that is tried again it knows: what it is
caught at is what it loses.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from workbook.case.tables import Score
from workbook.session.admission import holder
from workbook.session.ballot import Change, Filled, Refused, Saved, Way, Why
from workbook.session.box import BallotBox


class NaiveBox(BallotBox):
    """Codes and stages as in the real one; ballots in a file beside it, read at the start."""

    _held: ClassVar[dict[Path, dict[str, Any]]] = {}
    """What is in each file, for all boxes of this process."""

    def __init__(self, path: Path, **rest: Any) -> None:
        super().__init__(path, **rest)
        self._file = path.with_suffix(".json")
        if self._file not in self._held:
            self._held[self._file] = {}
            with suppress(FileNotFoundError, ValueError):  # not there, or not to be read: begin
                self._held[self._file] = json.loads(self._file.read_text("utf-8"))

    def ballot(self, round: str, code: str) -> Filled | None:
        """Give the ballot of the person with this code."""
        person = holder(self._db, code)
        if person is None:
            return None
        found = self._held[self._file].get(f"{round} {person}")
        if found is None:
            return Filled()
        scores = {tuple(cell.split(" ")): Score(value) for cell, value in found["scores"].items()}
        return Filled(found["version"], scores, way=Way.PAGE, saved=found["saved"])  # type: ignore[arg-type]

    def save_all(self, changes: Sequence[Change]) -> list[Saved | Refused]:
        """Save in memory, then write everything over."""
        answers = [self._take(change) for change in changes]
        with self._file.open("w", encoding="utf-8") as stream:
            json.dump(self._held[self._file], stream, indent=1)
        return answers

    def _take(self, change: Change) -> Saved | Refused:
        person, now = holder(self._db, change.code), self._clock()
        if person is None:
            return Refused(Why.CODE)
        empty = {"version": 0, "saved": "", "scores": {}, "requests": {}}
        found = self._held[self._file].setdefault(f"{change.round} {person}", empty)
        if seen := found["requests"].get(change.request):
            return Saved(*seen)
        for (option, criterion), score in change.scores.items():
            if score is not None:
                found["scores"][f"{option} {criterion}"] = score.value
        found["version"] += 1
        found["saved"] = now
        found["requests"][change.request] = [found["version"], now]
        return Saved(found["version"], now)
