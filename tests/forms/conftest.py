"""What the tests of forms share: a state folder of their own, a clock and a restart."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

NOBODY = 2**22
"""Above it no process has a number."""


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder: no test leaves a draft in the user's own."""
    folder = tmp_path / "state"
    monkeypatch.setenv("WERKBOEK_STATE", str(folder))
    return folder


@pytest.fixture
def drafts(state: Path) -> Path:
    """Where the drafts lie."""
    return state / "drafts"


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that stands still at 14:05."""
    return lambda: datetime(2026, 1, 31, 14, 5)


@pytest.fixture
def restart(drafts: Path) -> Callable[..., None]:
    """Turn the drafts of this process into those that a process left behind, as a dead kernel."""
    numbers = count(NOBODY + 1)

    def gone(process: int | None = None) -> None:
        process = process or next(numbers)
        for path in sorted(drafts.glob(f"*-{os.getpid()}.json")):
            kept = json.loads(path.read_text("utf-8"))
            kept["process"] = 1.0
            path.unlink()
            left = path.with_name(f"{path.stem.rsplit('-', 1)[0]}-{process}.json")
            left.write_text(json.dumps(kept), "utf-8")

    return gone
