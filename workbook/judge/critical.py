"""How many scores would have to be different before the first place is gone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from workbook.judge.net import net_scores
from workbook.judge.score_table import MINUS, PLUS, PLUSMINUS, ScoreTable
from workbook.judge.standing import TIE
from workbook.judge.weights import weight_array


@dataclass(frozen=True)
class Change:
    """So many scores of one cell that become another.

    Attributes
    ----------
    option, criterion : str
    before, after : int
        Levels of −1, 0, 1.
    times : int
        How many scores; whose doesn't matter to the outcome, and isn't said.
    """

    option: str
    criterion: str
    before: int
    after: int
    times: int


@dataclass(frozen=True)
class CriticalChanges:
    """The fewest changed scores that end a sole first place.

    Attributes
    ----------
    first : str or None
        The option that is first alone; None if there is none.
    k : int or None
        Fewest changes after which it is no longer first alone: a draw ends it. 0 without a sole
        first; None if there is nothing to be overtaken by.
    rival : str or None
        The option that gets level with it in ``example``.
    overtaken : int or None
        Fewest changes after which another stands above it; None where no change does it.
    example : tuple of Change
        One set of ``k`` changes that does it.
    """

    first: str | None
    k: int | None
    rival: str | None = None
    overtaken: int | None = None
    example: tuple[Change, ...] = ()


def critical_changes(table: ScoreTable, weights: ArrayLike) -> CriticalChanges:
    """Find the fewest given scores whose change ends the sole first place, exactly.

    One change turns one given −, ± or + into another level; a don't know stays one. On the
    weighted net score (± halfway) changes add up: a + of the first that becomes − takes 2w/n off
    its lead, a ± that becomes + for its rival takes w/n, and so on. So per rival the largest
    gains are the fewest changes, and the rival that needs least gives k.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies.
    weights : (C,) array_like
        Weights that sum to 1.
    """
    weight = weight_array(weights, table.criteria)
    net = net_scores(table, weight)
    first = net.sole_first()
    if first is None:
        return CriticalChanges(None, 0)
    counts = table.counts()
    n = np.maximum(counts[..., :3].sum(axis=-1), 1)
    at = table.options.index(first)
    found: tuple[int, str, tuple[Change, ...]] | None = None
    overtaken: int | None = None
    for rival, option in enumerate(table.options):
        if rival == at or np.isnan(net.value[rival]):
            continue
        steps: list[tuple[float, Change]] = []
        for i, levels in ((at, (PLUS, PLUSMINUS)), (rival, (MINUS, PLUSMINUS))):
            after = MINUS if i == at else PLUS
            for j, criterion in enumerate(table.criteria):
                for level in levels:
                    gain = abs(after - level) * float(weight[j] / n[i, j])
                    times = int(counts[i, j, level + 1])
                    if gain > 0 and times:
                        one = Change(table.options[i], criterion, level, after, 1)
                        steps.extend([(gain, one)] * times)
        steps.sort(key=lambda step: -step[0])
        lead = float(net.value[at] - net.value[rival])
        closed = np.cumsum([gain for gain, _ in steps]) if steps else np.zeros(0)
        level_at = np.flatnonzero(closed >= lead - TIE)
        above_at = np.flatnonzero(closed > lead + TIE)
        if len(level_at) and (found is None or level_at[0] + 1 < found[0]):
            k = int(level_at[0]) + 1
            found = (k, option, _together([change for _, change in steps[:k]]))
        if len(above_at) and (overtaken is None or above_at[0] + 1 < overtaken):
            overtaken = int(above_at[0]) + 1
    if found is None:
        return CriticalChanges(first, None)
    return CriticalChanges(first, found[0], found[1], overtaken, found[2])


def _together(changes: list[Change]) -> tuple[Change, ...]:
    return tuple(
        Change(one.option, one.criterion, one.before, one.after, times)
        for one, times in Counter(changes).items()
    )
