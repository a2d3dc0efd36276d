"""What these tests share: something to run, and a way to see whether a process lives."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from workbook.run.warm import Forked, available, client, launch, warm_up
from workbook.run.warm.names import ADDRESS
from workbook.run.warm.request import shaping

BARE = "tests.run.warm.bare_server"
needs_fork = pytest.mark.skipif(not available(), reason="processes can't be forked here")


@pytest.fixture(scope="session", autouse=True)
def one_server() -> None:
    """Have one server for all tests of a worker, as a run has one for all its notebooks."""
    warm_up()


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a server that no other test uses, and that imports nothing beforehand."""
    monkeypatch.delenv(ADDRESS, raising=False)
    monkeypatch.setattr(client, "_SERVER", BARE)
    warm_up()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[..., Forked]]:
    """Run lines of Python as ``python -m probe0`` in a warm process, which prints to ``out``."""
    started: list[Forked] = []

    def start(code: str, *arguments: str, **options) -> Forked:
        name = f"probe{len(started)}"
        (tmp_path / f"{name}.py").write_text(code, "utf-8")
        options.setdefault("cwd", tmp_path)
        with (tmp_path / "out").open("ab") as out:
            command = [sys.executable, "-m", name, *arguments]
            forked = launch(command, stdout=out.fileno(), stderr=out.fileno(), **options)
        assert forked is not None, f"nothing was forked; {shaping(os.environ)}"
        started.append(forked)
        return forked

    yield start
    for forked in started:
        forked.close()


@pytest.fixture
def said(tmp_path: Path) -> Callable[[], str]:
    """Give what was printed so far."""
    return lambda: (tmp_path / "out").read_text("utf-8")


def gone(pid: int, within: float = 5) -> bool:
    """Whether a process ends within so many seconds; one that waits to be reaped has."""
    return until(lambda: not _lives(pid), within)


def until(true: Callable[[], object], within: float = 30) -> bool:
    """Whether something becomes true within so many seconds."""
    end = time.monotonic() + within
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
