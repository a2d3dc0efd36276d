"""The weightiest criterion decides; the next one only among those still level."""

from __future__ import annotations

from workbook.judge.cells import median_levels
from workbook.judge.orders import Order
from workbook.judge.score_table import ScoreTable


def lexicographic(table: ScoreTable, order: Order) -> tuple[str, ...]:
    """Give the options that are left when each criterion in turn keeps only its best.

    Criterion by criterion, most important first, the options with the highest lower median stay.
    Where the order leaves open which criterion comes first, every strict order is followed and
    the options left in any of them are given together.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies. An option with an empty cell takes no part.
    order : Order
        The order of importance.

    Returns
    -------
    tuple of str
        In case order.

    References
    ----------
    P. C. Fishburn (1974), Lexicographic orders, utilities and decision rules: a survey,
    Management Science 20.
    """
    if order.criteria != table.criteria:
        raise ValueError("order must be of the table's criteria")
    counts, placed = table.counts(), table.placed
    level = {
        (i, j): (median_levels(*(int(x) for x in counts[i, j, :3])) or (-1, -1))[0]
        for i in range(len(table.options))
        if placed[i]
        for j in range(len(table.criteria))
    }
    higher = [
        frozenset(i for i in range(len(table.criteria)) if order.above[i, j])
        for j in range(len(table.criteria))
    ]
    winners: set[int] = set()
    start = frozenset(i for i in range(len(table.options)) if placed[i])
    seen: set[tuple[frozenset[int], frozenset[int]]] = set()
    todo = [(frozenset[int](), start)]
    while todo:
        taken, left = state = todo.pop()
        if state in seen or left <= winners:
            continue  # what is left can only shrink, so nothing new can come of it
        seen.add(state)
        if len(taken) == len(table.criteria) or len(left) == 1:
            winners |= left
            continue
        following = []
        for j in set(range(len(table.criteria))) - taken:
            if higher[j] <= taken:
                best = max(level[i, j] for i in left)
                kept = frozenset(i for i in left if level[i, j] == best)
                following.append((taken | {j}, kept))
                if kept == left:  # it changes nothing now or later, so it may as well come now
                    following = following[-1:]
                    break
        todo += following
    return tuple(option for i, option in enumerate(table.options) if i in winners)
