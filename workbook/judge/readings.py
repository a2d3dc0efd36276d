"""A matrix read from a text: in how many of the allowed readings an option comes first.

Bounds are not voices. There is no count, no split and no verdict here; only what follows in every
filling of the cells that the text leaves unsettled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from workbook.judge.net import TIE
from workbook.judge.score_table import ScoreTable


@dataclass(frozen=True, eq=False)
class Fillings:
    """Outcome of every allowed filling for one set of weights and one place of ±.

    Attributes
    ----------
    options : tuple of str
        Options without a silent cell; the others have only an interval.
    total : int
        Number of fillings.
    sole_first, joint_first : (O,) int array
        In how many an option is first alone, and first together with another.
    low, high : dict
        Lowest and highest weighted value (0 to 1) per option, all options; silence as − and +.
    """

    options: tuple[str, ...]
    total: int
    sole_first: NDArray[np.int64]
    joint_first: NDArray[np.int64]
    low: dict[str, float]
    high: dict[str, float]

    def count(self, option: str) -> int:
        """Give in how many fillings this option is sole first."""
        return int(self.sole_first[self.options.index(option)])

    def can_reach(self, option: str, other: str) -> bool:
        """Say whether ``option`` could equal ``other`` even at its best reading.

        Compared at the best reading of the one and the worst of the other.
        """
        return self.high[option] >= self.low[other] - TIE


def _place(score: NDArray[np.float64], p: float) -> NDArray[np.float64]:
    return np.select([score < 0, score == 0, score > 0], [0.0, p, 1.0])


def fillings(table: ScoreTable, weights: Sequence[float], p: float = 0.5) -> Fillings:
    """Go through every filling of the unsettled cells of the options without a silent cell.

    Parameters
    ----------
    table : ScoreTable
        Bounds.
    weights : (C,) sequence of float
        Weights that sum to 1.
    p : float
        Place of ± between − (0) and + (1).

    Raises
    ------
    ValueError
        If the table holds no bounds, or more than a million fillings would be needed.
    """
    if table.bounds is None:
        raise ValueError("fillings needs bounds")
    weight = np.asarray(weights, dtype=float)
    known = ~np.isnan(table.bounds[..., 0]).any(axis=1)
    options = tuple(o for o, ok in zip(table.options, known, strict=True) if ok)

    # Each option's value takes few distinct values; count how often each occurs and combine.
    spectra: list[dict[float, int]] = []
    for row in table.bounds[known]:
        choices = [np.arange(low, high + 1) for low, high in row]
        spectrum: dict[float, int] = {}
        for filling in product(*choices):
            value = round(float(_place(np.array(filling), p) @ weight), 9)
            spectrum[value] = spectrum.get(value, 0) + 1
        spectra.append(spectrum)
    sizes = [sum(spectrum.values()) for spectrum in spectra]
    total = int(np.prod(sizes, dtype=float)) if sizes else 0

    sole, joint = np.zeros(len(options), dtype=np.int64), np.zeros(len(options), dtype=np.int64)
    for i, spectrum in enumerate(spectra):
        for value, ways in spectrum.items():
            below, not_above = ways, ways
            for j, other in enumerate(spectra):
                if j == i:
                    continue
                below *= sum(k for v, k in other.items() if v < value - TIE)
                not_above *= sum(k for v, k in other.items() if v <= value + TIE)
            sole[i] += below
            joint[i] += not_above - below

    low = np.where(np.isnan(table.bounds[..., 0]), -1, table.bounds[..., 0])
    high = np.where(np.isnan(table.bounds[..., 1]), 1, table.bounds[..., 1])
    return Fillings(
        options,
        total,
        sole,
        joint,
        dict(zip(table.options, (_place(low, p) @ weight).tolist(), strict=True)),
        dict(zip(table.options, (_place(high, p) @ weight).tolist(), strict=True)),
    )
