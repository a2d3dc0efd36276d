"""Who is first for which place of ± between − and +, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from numpy.typing import ArrayLike

from workbook.judge.score_table import ScoreTable
from workbook.judge.standing import TIE
from workbook.judge.weights import weight_array


@dataclass(frozen=True)
class Stretch:
    """From one place of ± to another, who is first."""

    low: float
    high: float
    first: tuple[str, ...]


def first_by_place(table: ScoreTable, weights: ArrayLike) -> list[Stretch]:
    """Give, exactly, which option is first for which place of ± between − (0) and + (1).

    Every option's value is a straight line in p; the first is the highest line. At a bound of two
    stretches the options on both sides share the first place.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies. Options with an empty cell are left out.
    weights : (C,) array
        Weights that sum to 1.
    """
    weight = weight_array(weights, table.criteria)
    placed = table.placed
    options = [o for o, ok in zip(table.options, placed, strict=True) if ok]
    counts = table.counts()[placed].astype(float)
    n = counts[..., :3].sum(axis=-1)
    base, slope = (counts[..., 2] / n) @ weight, (counts[..., 1] / n) @ weight
    crossings: list[float] = []
    for i in range(len(options)):
        for j in range(i):
            if abs(slope[i] - slope[j]) > TIE:
                crossing = (base[j] - base[i]) / (slope[i] - slope[j])
                if TIE < crossing < 1 - TIE:
                    crossings.append(float(crossing))
    # Lines that meet in one point cross there, but for rounding: one bound.
    bounds = [0.0]
    for crossing in sorted(crossings):
        if crossing - bounds[-1] > TIE:
            bounds.append(crossing)
    stretches: list[Stretch] = []
    for low, high in pairwise([*bounds, 1.0] if options else []):
        value = base + (low + high) / 2 * slope
        first = tuple(o for o, v in zip(options, value, strict=True) if value.max() - v <= TIE)
        if stretches and stretches[-1].first == first:
            low = stretches.pop().low
        stretches.append(Stretch(low, high, first))
    return stretches
