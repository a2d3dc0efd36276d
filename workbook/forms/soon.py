"""Doing things after the current message has been answered, so that “saved” shows first."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

_BREATH = 0.01
"""Seconds between two calls, in which the kernel can take in what a person does meanwhile."""


class _Line:
    """Those who wait, and the loop that will call the first of them."""

    def __init__(self) -> None:
        self.waiting: deque[Soon] = deque()
        self.loop: asyncio.AbstractEventLoop | None = None

    def join(self, soon: Soon, loop: asyncio.AbstractEventLoop) -> None:
        if soon not in self.waiting:
            self.waiting.append(soon)
        if self.loop is not loop:
            self._later(loop)

    def _later(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        loop.call_later(_BREATH, self._next, loop)

    def _next(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = None
        if not self.waiting:
            return
        first = self.waiting.popleft()
        try:
            first.function()
        finally:  # one that fails doesn't keep the others from being drawn
            if self.waiting and self.loop is not loop:  # or a call has already planned it
                self._later(loop)


_line = _Line()


class Soon:
    """Calls a function once, soon, however often it was asked to meanwhile.

    In a running kernel the calls of all instances wait in one line, and between two of them the
    kernel answers what came in: drawing ten pictures doesn't hold up a person who types on.
    Without an event loop the call is made at once.

    Parameters
    ----------
    function : callable
        What is to be done; it takes nothing.
    """

    def __init__(self, function: Callable[[], None]) -> None:
        self.function = function

    def __call__(self) -> None:
        """Ask for the call."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.function()
        else:
            _line.join(self, loop)
