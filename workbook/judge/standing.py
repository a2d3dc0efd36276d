"""A value per option and what follows from it: who is first, and in which order they stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TIE = 1e-9
"""Two values nearer than this are the same: three levels tie all the time."""


@dataclass(frozen=True, eq=False)
class Standing:
    """How the options stand under one rule.

    Attributes
    ----------
    options : tuple of str
    value : (O,) float array
        Higher is better; NaN for an option without a place.
    """

    options: tuple[str, ...]
    value: NDArray[np.float64]

    def first(self) -> tuple[str, ...]:
        """Give the option with the highest value, or those that share it."""
        placed = ~np.isnan(self.value)
        if not placed.any():
            return ()
        best = self.value[placed].max()
        return tuple(
            option
            for option, value, ok in zip(self.options, self.value, placed, strict=True)
            if ok and best - value <= TIE
        )

    def sole_first(self) -> str | None:
        """Give the one option that is first alone, if there is one."""
        first = self.first()
        return first[0] if len(first) == 1 else None

    def ranking(self) -> list[str]:
        """Order the options by value; ties and options without a place keep case order."""
        above = (self.value[:, None] - self.value > TIE).sum(axis=0)
        return [self.options[i] for i in np.lexsort((above, np.isnan(self.value)))]
