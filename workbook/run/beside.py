"""Where results are made: beside their place, by one run at a time."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

_TRIES = 50


@contextmanager
def turn(folder: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Have a folder of results to ourselves.

    Parameters
    ----------
    folder : Path
    waiting : callable
        Called if somebody else has it; then their end is waited for.
    """
    lock = _lock(folder)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire(poll_interval=0.2)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside the results, on the same disk; it is gone afterwards.

    Only for who has the `turn`.
    """
    _sweep(folder)
    fresh = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    fresh.chmod(0o755)
    try:
        yield fresh
    finally:
        for _again in range(_TRIES):  # a kernel that is being ended may still write a picture
            shutil.rmtree(fresh, ignore_errors=True)
            if not fresh.exists():
                break
            time.sleep(0.02)


def sweep(folder: Path) -> None:
    """Take away what a killed run left beside the results, unless another one is going on."""
    if not folder.parent.is_dir():
        return
    with suppress(Timeout, OSError), _lock(folder).acquire(timeout=0):
        _sweep(folder)


def _sweep(folder: Path) -> None:
    for left in folder.parent.glob(f"{_prefix(folder)}*"):
        shutil.rmtree(left, ignore_errors=True)


def _prefix(folder: Path) -> str:
    return f".{folder.name}.new-"


def _lock(folder: Path) -> BaseFileLock:
    return FileLock(folder.parent / f".{folder.name}.lock")
