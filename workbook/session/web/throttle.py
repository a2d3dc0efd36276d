"""Guessing codes is slowed, and nobody is shut out.

A room is behind one address, so a limit per address that refuses would shut out everybody in it.
Here only a wrong code waits, before it is told that it is wrong: the right one is never asked how
many others were tried. A code that can't be one, because its check sign doesn't fit, is a slip of
the finger and isn't counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FREE = 30
"""Wrong codes from one address before the next ones wait."""

PER_SECOND = 0.5
"""How fast that allowance comes back."""

LONGEST = 5.0
"""Seconds that a guess waits at most."""

CROWD = 100
"""Guesses from one address that may wait at the same time."""


@dataclass
class _Address:
    left: float
    seen: float
    waiting: int = 0


class Throttle:
    """Counts the wrong codes per address.

    Parameters
    ----------
    clock : callable
        Gives seconds that only go up.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._addresses: dict[str, _Address] = {}

    def wait(self, address: str) -> float | None:
        """Say how many seconds a code from here waits before it is looked at; None for too many."""
        found = self._at(address)
        if found.left >= 1:
            return 0.0
        if found.waiting >= CROWD:
            return None
        return min(LONGEST, 1 - found.left)

    def enter(self, address: str) -> None:
        """Note that a code from here has begun to wait."""
        self._at(address).waiting += 1

    def leave(self, address: str) -> None:
        """Note that it has waited."""
        self._at(address).waiting -= 1

    def wrong(self, address: str) -> None:
        """Note a wrong code."""
        found = self._at(address)
        found.left = max(found.left - 1, 1 - LONGEST)

    def _at(self, address: str) -> _Address:
        now = self._clock()
        if len(self._addresses) > 10_000:  # those that are whole again have nothing to remember
            self._addresses = {
                name: one
                for name, one in self._addresses.items()
                if one.waiting or one.left + (now - one.seen) * PER_SECOND < FREE
            }
        found = self._addresses.setdefault(address, _Address(FREE, now))
        found.left = min(FREE, found.left + (now - found.seen) * PER_SECOND)
        found.seen = now
        return found
