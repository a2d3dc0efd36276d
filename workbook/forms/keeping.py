"""Unsaved lines on disk, so that they survive a kernel restart and a browser crash.

They are kept in the user's own state folder, not in the case: a case folder may be shared, full or
read-only, and what isn't saved may hold somebody's scores.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from workbook.case.folder import write_atomically
from workbook.case.state_folder import code, state_folder


def drafts_folder() -> Path:
    """Give the folder of drafts."""
    return state_folder() / "drafts"


@dataclass(frozen=True)
class Kept:
    """A draft as it lies on disk."""

    path: Path
    when: datetime
    context: Mapping[str, str]
    draft: Mapping[str, Any]


class Keeper:
    """Keeps the draft of one form on one case.

    Each process has a file of its own, so that two windows don't write over one another. A file
    whose process is gone is offered back.

    Parameters
    ----------
    folder : Path
        The case folder.
    form : str
        Name of the form.
    context : mapping
        What was chosen above it.
    """

    def __init__(self, folder: Path, form: str, context: Mapping[str, str]) -> None:
        self._context = dict(context)
        place = json.dumps(sorted(context.items()))
        self._stem = f"{code(f'{folder.resolve()} {form}')}-{code(place)}"
        self._mine = drafts_folder() / f"{self._stem}-{os.getpid()}.json"

    def keep(self, draft: Mapping[str, Any]) -> None:
        """Write the draft; raises OSError if it can't be."""
        folder = drafts_folder()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        kept = {
            "when": datetime.now().isoformat(timespec="seconds"),
            "process": psutil.Process().create_time(),
            "context": self._context,
            "draft": draft,
        }
        if not self._mine.exists():  # readable by nobody else from its first byte on
            self._mine.touch(mode=0o600)
        write_atomically(self._mine, json.dumps(kept, ensure_ascii=False).encode())

    def drop(self) -> None:
        """Remove this process's draft: it was saved or given up."""
        with suppress(OSError):
            self._mine.unlink(missing_ok=True)

    def own(self) -> Kept | None:
        """Give the draft that this process left, as when a cell is run again."""
        return _read(self._mine)

    def left_behind(self) -> list[Kept]:
        """Give the drafts of processes that are gone, the latest first."""
        return _left(f"{self._stem}-*.json")

    def waits(self) -> bool:
        """Whether there is a draft to go on with: of this process, or left by one that is gone."""
        return self._mine.exists() or bool(self.left_behind())

    def forget(self, kept: Kept) -> None:
        """Remove a draft that was taken back or isn't wanted."""
        with suppress(OSError):
            kept.path.unlink(missing_ok=True)


def waiting_context(folder: Path, form: str) -> Mapping[str, str]:
    """Give what was chosen above a form when its latest unsaved draft was left behind."""
    left = _left(f"{code(f'{folder.resolve()} {form}')}-*.json")
    return left[0].context if left else {}


def _left(pattern: str) -> list[Kept]:
    paths = [path for path in drafts_folder().glob(pattern) if not _alive(path)]
    found = [kept for path in paths if (kept := _read(path)) is not None]
    return sorted(found, key=lambda kept: kept.when, reverse=True)


def _read(path: Path) -> Kept | None:
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Kept(path, datetime.fromisoformat(kept["when"]), kept["context"], kept["draft"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _alive(path: Path) -> bool:
    """Whether the process that wrote a draft still runs; a number may be another's by now."""
    try:
        born = json.loads(path.read_text("utf-8"))["process"]
        process = psutil.Process(int(path.stem.rsplit("-", 1)[1]))
        return abs(process.create_time() - born) < 1
    except (OSError, ValueError, KeyError, TypeError, psutil.Error):
        return False
