"""How often an option comes first when what was not settled is varied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.judge.net import TIE
from workbook.judge.score_table import ScoreTable
from workbook.judge.weights import draw_weights


@dataclass(frozen=True, eq=False)
class FirstPlaces:
    """Share of the weightings examined in which each option comes first.

    Attributes
    ----------
    options : tuple of str
        The options with a place; others can't be first.
    share : (O,) float array
        Tied firsts share the place equally; sums to 1. It is a share of what was examined, never
        a probability.
    draws : int
        How many weightings were examined.
    """

    options: tuple[str, ...]
    share: NDArray[np.float64]
    draws: int


def first_places(
    table: ScoreTable,
    groups: Iterable[Iterable[str]],
    *,
    vary_p: bool = True,
    draws: int = 20_000,
    seed: int = 7,
) -> FirstPlaces:
    """Examine weights that respect the order and places of ± between − and +.

    Rank acceptability for the first place (Lahdelma & Salminen 2001), tie-aware.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies. Options with a cell without answers are left out.
    groups : iterable of iterable of str
        The order of importance.
    vary_p : bool
        Draw the place of ± evenly from [0, 1]; otherwise it is ½.
    draws, seed : int
        How many weightings, and the seed that makes them the same each time.
    """
    counts = table.counts().astype(float)
    n = counts[..., :3].sum(axis=-1)
    placed = (n > 0).all(axis=1)
    options = tuple(o for o, ok in zip(table.options, placed, strict=True) if ok)
    rng = np.random.default_rng(seed)
    weights = draw_weights(table.criteria, groups, draws, rng)
    if not options:
        return FirstPlaces((), np.zeros(0), draws)
    places = rng.random(draws) if vary_p else np.full(draws, 0.5)
    good = counts[placed, :, 2] / n[placed]
    middle = counts[placed, :, 1] / n[placed]
    values = weights @ good.T + places[:, None] * (weights @ middle.T)
    first = values.max(axis=1, keepdims=True) - values <= TIE
    share = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    return FirstPlaces(options, share, draws)
