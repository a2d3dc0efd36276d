"""Nothing is left behind: what a fork started in a session of its own, or a server that is killed.

On Linux; elsewhere a fork takes its group along, and that has to do.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Collection
from contextlib import suppress

import psutil

from workbook.run.warm.names import FORK
from workbook.session.stays import STAYS

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36


def adopt_strays() -> None:
    """Become the parent of whatever loses its own and descends from this process."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Be killed when the parent goes, however that goes."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def end_strays(mine: Collection[int]) -> None:
    """End the children of this process, and theirs, that it didn't fork itself.

    A daemon of a fork that lives on is left alone, as the debugger of a notebook is one; so is a
    process that says that it stays: people in the room are saving their answers there.

    Parameters
    ----------
    mine : collection of int
        Process ids of those that it did fork, and that live.
    """
    living = {str(pid) for pid in mine}
    for stray in psutil.Process().children():
        if stray.pid in mine:
            continue
        with suppress(psutil.Error):
            if stray.environ().get(FORK) in living:
                continue
            for process in (*stray.children(recursive=True), stray):
                with suppress(psutil.Error):
                    if STAYS not in process.environ():
                        process.kill()


def _prctl(option: int, value: int) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
