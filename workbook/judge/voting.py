"""Rules that let each participant's preferences count as one vote: Borda and Schulze."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from workbook.judge.score_table import PLUS, ScoreTable
from workbook.judge.standing import TIE, Standing
from workbook.judge.weights import weight_array


def preferences(table: ScoreTable, weights: ArrayLike) -> NDArray[np.int8]:
    """Give each participant's preference between every two options.

    Participant i prefers a to b by the sign of Σ_c w_c (x_ia − x_ib) over the criteria on which i
    scored both, with −, ±, + as −1, 0, 1. Where those criteria carry less than half of the weight
    i abstains.

    Parameters
    ----------
    table : ScoreTable
        Ballots.
    weights : (C,) array_like
        Weights that sum to 1.

    Returns
    -------
    (P, O, O) int8 array
        1 where the row's option is preferred to the column's, −1 the other way, 0 neither.

    Raises
    ------
    ValueError
        If the table holds no ballots: preferences need persons.
    """
    if table.scores is None:
        raise ValueError("table must hold ballots: tallies and bounds have no persons")
    weight = weight_array(weights, table.criteria)
    given = table.scores <= PLUS
    scored = np.where(given, table.scores, 0) * weight
    # Σ w (x_a − x_b) over what was scored for both = x_a · given_b − x_b · given_a.
    for_a = scored @ np.swapaxes(given, 1, 2).astype(float)
    difference = for_a - np.swapaxes(for_a, 1, 2)
    both = (given * weight) @ np.swapaxes(given, 1, 2)
    difference[(np.abs(difference) <= TIE) | (both < 0.5 - TIE)] = 0
    return np.sign(difference).astype(np.int8)


def margins(table: ScoreTable, weights: ArrayLike) -> NDArray[np.int64]:
    """Give how many more participants prefer one option to another than the other way, (O, O)."""
    return preferences(table, weights).astype(np.int64).sum(axis=0)


def _of_placed(table: ScoreTable, value: NDArray[np.float64]) -> Standing:
    whole = np.full(len(table.options), np.nan)
    whole[table.placed] = value
    return Standing(table.options, whole)


def borda(table: ScoreTable, weights: ArrayLike) -> Standing:
    """Rank the options by net wins: Σ over rivals of the margin.

    Borda's count for voters who may tie options or abstain on a pair. An option with an empty
    cell takes no part.

    References
    ----------
    J.-C. de Borda (1781); D. Black (1976), Partial justification of the Borda count, Public
    Choice 28.
    """
    placed = table.placed
    net = margins(table, weights)[np.ix_(placed, placed)]
    return _of_placed(table, net.sum(axis=1).astype(float))


def schulze(table: ScoreTable, weights: ArrayLike) -> Standing:
    """Rank the options by beat paths.

    The strength of a path is its smallest margin of victory; a beats b if the strongest path
    from a to b is stronger than that from b to a. An option's value is minus the number of
    options that beat it: those with 0 win. An option with an empty cell takes no part.

    References
    ----------
    M. Schulze (2011), A new monotonic, clone-independent, reversal symmetric, and
    Condorcet-consistent single-winner election method, Social Choice and Welfare 36.
    """
    placed = table.placed
    return _of_placed(table, _beaten_by(margins(table, weights)[np.ix_(placed, placed)]))


def _beaten_by(margin: NDArray[np.int64]) -> NDArray[np.float64]:
    strength = np.maximum(margin, 0)
    for via in range(len(strength)):
        strength = np.maximum(strength, np.minimum.outer(strength[:, via], strength[via]))
    np.fill_diagonal(strength, 0)
    return -(strength > strength.T).sum(axis=0).astype(float)
