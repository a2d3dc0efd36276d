"""How often each option takes each place when what was not settled is varied."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbook.judge.orders import Order
from workbook.judge.score_table import DONT_KNOW, MINUS, PLUS, PLUSMINUS, ScoreTable
from workbook.judge.standing import TIE

SOURCES = ("order", "place", "voices", "dont_know")
"""What can be varied: weights within the order, the place of ±, voices, and don't knows."""

_CELLS = 1 << 18
"""Numbers held at once per array: draws are taken in chunks, so memory doesn't grow with them."""


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Share of the weightings examined in which each option takes each place.

    Attributes
    ----------
    options : tuple of str
        The options with a place; one with an empty cell has none.
    share : (O, O) float array
        Options down, places across. Equal values share their places equally; rows and columns
        sum to 1. A share of what was examined, never a probability.
    central : (O, C) float array
        Mean of the weights with which an option is first (shared firsts count for their part);
        NaN for one that never is.
    error : (O, O) float array
        Monte Carlo standard error of ``share``: √(s(1 − s)/draws).
    draws : int
    sources : tuple of str
        What was varied.
    """

    options: tuple[str, ...]
    share: NDArray[np.float64]
    central: NDArray[np.float64]
    error: NDArray[np.float64]
    draws: int
    sources: tuple[str, ...]

    def first(self, option: str) -> float:
        """Give the share in which an option comes first; 0 for one without a place."""
        return float(self.share[self.options.index(option), 0]) if option in self.options else 0.0


def acceptability(
    table: ScoreTable,
    order: Order,
    *,
    sources: Collection[str] = ("order", "place"),
    draws: int = 10_000,
    seed: int = 7,
) -> Acceptability:
    """Examine many weightings and count the places that the options take.

    Varied, each if asked for: the weights, evenly over all that respect the order (otherwise the
    centroid); the place p of ±, evenly between − and + (otherwise ½); the voices, Dirichlet(1, …,
    1) weights on participants, as if voices counted unequally (otherwise equal); the don't knows,
    each evenly between − and + (otherwise left out of the cell).

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies; from tallies voices can't be varied.
    order : Order
        The order of importance.
    sources : collection of str
        Of `SOURCES`.
    draws, seed : int
        How many weightings, and the seed that makes them the same each time.

    References
    ----------
    R. Lahdelma & P. Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for
    group decision making, Operations Research 49. R. Lahdelma, K. Miettinen & P. Salminen (2003),
    Ordinal criteria in stochastic multicriteria acceptability analysis, EJOR 147.
    """
    if stray := set(sources) - set(SOURCES):
        raise ValueError(f"sources names {', '.join(sorted(map(str, stray)))}")
    if order.criteria != table.criteria:
        raise ValueError("order must be of the table's criteria")
    if "voices" in sources and table.scores is None:
        raise ValueError("sources names voices, but only ballots have persons")
    if draws < 1:
        raise ValueError("draws must be at least 1")
    options = tuple(o for o, ok in zip(table.options, table.placed, strict=True) if ok)
    rng = np.random.default_rng(seed)
    o, c = len(options), len(table.criteria)
    taken, central = np.zeros((o, o)), np.zeros((o, c))
    if options:
        values = _Values(table.select(options=options), sources)
        centroid = order.weights()
        for start in range(0, draws, values.at_once):
            size = min(values.at_once, draws - start)
            if "order" in sources:
                weights = order.draw(size, rng)
            else:
                weights = np.broadcast_to(centroid, (size, c))
            place = rng.random(size) if "place" in sources else np.full(size, 0.5)
            share, first = _places(values.draw(weights, place, rng))
            taken += share
            central += first.T @ weights
    share = taken / draws
    with np.errstate(invalid="ignore"):
        central = central / taken[:, :1] if o else central
    error = np.sqrt(np.maximum(share * (1 - share), 0) / draws)
    return Acceptability(
        options, share, central, error, draws, tuple(s for s in SOURCES if s in sources)
    )


class _Values:
    """The value of every option, drawn by draw, from the cells of those with a place."""

    def __init__(self, table: ScoreTable, sources: Collection[str]) -> None:
        self.voices = "voices" in sources
        if self.voices:
            assert table.scores is not None
            given = np.moveaxis(table.scores[table.present], 0, -1)
            levels = [given == MINUS, given == PLUSMINUS, given == PLUS, given >= DONT_KNOW]
        else:
            # As if one person gave all the answers.
            levels = list(np.moveaxis(table.counts(), -1, 0)[..., None])
        minus, middle, good, unknown = (level.astype(float) for level in levels)
        over = minus + middle + good
        self.open: list[list[int]] = []
        if "dont_know" in sources:
            over += unknown
            at = np.argwhere(unknown)
            self.open = np.repeat(at, unknown[tuple(at.T)].astype(int), axis=0).tolist()
        # ±, + and all that counts: (3, O, C, people).
        self.answers = np.stack([middle, good, over])
        *cells, people = self.answers.shape
        self.at_once = max(_CELLS // (np.prod(cells) + people), 256)
        # Written over in every chunk: making room for it again would cost more than filling it.
        self.held = np.empty((*cells, self.at_once))
        self.filled = np.empty(self.at_once)

    def draw(
        self, weights: NDArray[np.float64], place: NDArray[np.float64], rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """Give values, (draws, O), each between 0 (all −) and 1 (all +)."""
        if not self.voices and not self.open:
            middle, good, over = self.answers[..., 0]
            return weights @ (good / over).T + place[:, None] * (weights @ (middle / over).T)
        size, people = len(weights), self.answers.shape[-1]
        voice = np.ones((people, size))
        if self.voices:
            rng.standard_exponential(out=voice)
        held, filled = self.held[..., :size], self.filled[:size]
        value, good, over = np.matmul(self.answers, voice, out=held)
        value *= place
        value += good
        for option, criterion, person in self.open:
            rng.random(out=filled)
            filled *= voice[person]
            value[option, criterion] += filled
        value /= over
        return np.einsum("ocn,cn->no", value, np.ascontiguousarray(weights.T))


def _places(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Count the places taken: summed over draws (O, O), and the part of each first (draws, O)."""
    draws, o = values.shape
    order = np.argsort(-values, axis=1)
    ranked = np.take_along_axis(values, order, axis=1)
    level = ranked[:, :-1] - ranked[:, 1:] <= TIE
    tied = level.any(axis=1)
    sole = order[~tied]
    taken = np.bincount((sole * o + np.arange(o)).ravel(), minlength=o * o).astype(float)
    first = np.zeros((draws, o))
    first[np.flatnonzero(~tied), sole[:, 0]] = 1.0
    if tied.any():
        # Where values are equal their options share the places they take together.
        begins = np.hstack([np.ones((int(tied.sum()), 1), dtype=bool), ~level[tied]])
        block = begins.cumsum(axis=1)
        same = block[:, :, None] == block[:, None, :]
        part = same / same.sum(axis=2, keepdims=True)
        whose = order[tied]
        for rank in range(o):
            target = whose[:, rank, None] * o + np.arange(o)
            taken += np.bincount(target.ravel(), weights=part[:, rank].ravel(), minlength=o * o)
        np.put_along_axis(spread := np.zeros((len(whose), o)), whose, part[:, 0], axis=1)
        first[tied] = spread
    return taken.reshape(o, o), first
