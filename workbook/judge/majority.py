"""Majority judgment: the grade that a majority gives at least. Shown; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbook.judge.score_table import ScoreTable
from workbook.judge.standing import TIE, Standing
from workbook.judge.weights import weight_array


@dataclass(frozen=True, eq=False)
class MajorityGrades(Standing):
    """Majority grade per option.

    Attributes
    ----------
    options : tuple of str
    value : (O,) float array
        The option's place, 0 for the last; equal only for equal shares; NaN for an option without
        a place.
    grade : (O,) int array
        Position of the majority grade on the scale, 0 the lowest; −1 without a place.
    above, below : (O,) float array
        Share of the voices above and below that grade.
    """

    grade: NDArray[np.int64]
    above: NDArray[np.float64]
    below: NDArray[np.float64]


def majority_grades(options: tuple[str, ...], shares: ArrayLike) -> MajorityGrades:
    """Rank options by the grades they got.

    The majority grade is the highest that more than half give at least (the lower median).
    Options with the same grade are told apart by leaving voices out from the middle outward, as
    many below as above, until the grades next to the gap differ, the lower one first. So with p
    the share above the grade and q the share below it, p > q counts for the option, more so the
    larger p; otherwise against it, more so the larger q (the majority gauge).

    Parameters
    ----------
    options : tuple of str
    shares : (O, K) array_like
        Share, or number, of the voices per grade, lowest first. A row of zeros gets no place.

    References
    ----------
    M. Balinski & R. Laraki (2011), Majority Judgment, MIT Press.
    """
    given = np.asarray(shares, dtype=float)
    if (
        given.ndim != 2
        or len(given) != len(options)
        or given.shape[1] < 2
        or not np.isfinite(given).all()
        or (given < 0).any()
    ):
        raise ValueError("shares must be at least two finite numbers of 0 or more per option")
    total = given.sum(axis=1)
    placed = total > 0
    share = given / np.where(placed, total, 1)[:, None]
    # More than half at or above: the lower median, so half and half gives the lower grade.
    at_least = share[:, ::-1].cumsum(axis=1)[:, ::-1]
    grade = np.where(placed, (at_least > 0.5 + TIE).sum(axis=1) - 1, -1)
    rows, grades = np.arange(len(options)), np.maximum(grade, 0)
    above = at_least[rows, grades] - share[rows, grades]
    below = 1 - at_least[rows, grades]
    value = np.full(len(options), np.nan)
    if placed.any():
        outward = _from_the_middle(share[placed].cumsum(axis=1))
        value[placed] = np.unique(outward, axis=0, return_inverse=True)[1].ravel()
    return MajorityGrades(options, value, grade, above, below)


def _from_the_middle(up_to: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give each option's grades from the middle outward, the lower one first each time."""
    # Nothing changes between the distances from the middle at which someone's grade does.
    ends = np.unique(np.append(np.abs(up_to[:, :-1] - 0.5), [0, 0.5]))
    wide = np.diff(ends) > TIE
    middles = ((ends[:-1] + ends[1:]) / 2)[wide]
    lower = (up_to[:, None] < 0.5 - middles[:, None]).sum(axis=-1)
    upper = (up_to[:, None, :-1] < 0.5 + middles[:, None]).sum(axis=-1)
    return np.stack([lower, upper], axis=-1).reshape(len(up_to), -1)


def majority_judgment(table: ScoreTable, weights: ArrayLike) -> MajorityGrades:
    """Rank the options by the answers on all criteria together, pooled by weight.

    Each criterion's answers count for its weight, however many answered. An option with an empty
    cell gets no place.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies.
    weights : (C,) array_like
        Weights that sum to 1.
    """
    weight = weight_array(weights, table.criteria)
    counts, placed = table.counts()[..., :3].astype(float), table.placed
    n = np.maximum(counts.sum(axis=-1, keepdims=True), 1)
    pooled = np.einsum("ock,c->ok", counts / n, weight)
    pooled[~placed] = 0
    return majority_grades(table.options, pooled)
