"""Doing something after the current message has been answered, so that “saved” shows first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Soon:
    """Calls a function once, soon, however often it was asked to meanwhile.

    In a running kernel the call waits for the event loop; without one it is made at once.
    """

    def __init__(self, function: Callable[[], None]) -> None:
        self._function = function
        self._waiting = False

    def __call__(self) -> None:
        """Ask for the call."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._function()
            return
        if not self._waiting:
            self._waiting = True
            loop.call_soon(self._call)

    def _call(self) -> None:
        self._waiting = False
        self._function()
