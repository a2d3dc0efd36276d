"""What can be said of one cell: median, split, thin, and in which order to discuss."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

from numpy.typing import ArrayLike

from workbook.judge.agreement import van_der_eijk_agreement
from workbook.judge.score_table import ScoreTable
from workbook.judge.weights import weight_array


def split_threshold(n: int) -> int | None:
    """Give how many must stand at each extreme for a cell to be split.

    The classic rule of the RAND/UCLA appropriateness method (Fitch et al. 2001) for panels of 8
    and more, ⌊(n + 1)/3⌋: 3 of 8 to 10, 4 of 11 to 13, 5 of 14 to 16. Extended here to ⌈n/3⌉ for
    5 to 7; fewer than 5 voices are never called split.

    Returns
    -------
    int or None
        None where no split can be called.
    """
    if n >= 8:
        return (n + 1) // 3
    return -(-n // 3) if n >= 5 else None


def is_split(minus: int, plusminus: int, plus: int) -> bool:
    """Say whether enough people stand at both ends: min(−, +) ≥ t(n)."""
    threshold = split_threshold(minus + plusminus + plus)
    return threshold is not None and min(minus, plus) >= threshold


def split_by_chance(n: int) -> float:
    """Give the share of cells that would be split if ``n`` people answered at random.

    Each of −, ±, + equally likely; summed over all counts (multinomial). It says how little one
    flag proves: 30% for 12 people, between 10% and 44% from 5 to 16.
    """
    threshold = split_threshold(n)
    if threshold is None:
        return 0.0
    ways = sum(
        comb(n, minus) * comb(n - minus, plus)
        for minus in range(threshold, n + 1)
        for plus in range(threshold, n - minus + 1)
    )
    return ways / 3**n


def median_levels(minus: int, plusminus: int, plus: int) -> tuple[int, int] | None:
    """Give the lower and the upper median of the answers on the scale.

    Returns
    -------
    (int, int) or None
        Two levels of −1, 0, 1; different where the middle falls between them; None without
        answers.
    """
    n = minus + plusminus + plus
    if n == 0:
        return None

    def at(position: int) -> int:
        return -1 if position < minus else 0 if position < minus + plusminus else 1

    return at((n - 1) // 2), at(n // 2)


@dataclass(frozen=True)
class CellSummary:
    """One cell of the matrix.

    Attributes
    ----------
    minus, plusminus, plus, dont_know : int
        Counts; ``dont_know`` includes ``not_scored``.
    median : (int, int) or None
        Lower and upper median; None for a split cell or one without answers.
    split, thin : bool
        Disagreement by the small-panel rule; fewer answers than half of those present.
    """

    option: str
    criterion: str
    minus: int
    plusminus: int
    plus: int
    dont_know: int
    not_scored: int
    median: tuple[int, int] | None
    split: bool
    thin: bool

    @property
    def n(self) -> int:
        """Answers on the scale."""
        return self.minus + self.plusminus + self.plus


def summarise(table: ScoreTable) -> dict[tuple[str, str], CellSummary]:
    """Summarise every cell of a table of ballots or tallies, in case order."""
    counts, open_cells, people = table.counts(), table.not_scored(), table.n
    cells = {}
    for i, option in enumerate(table.options):
        for j, criterion in enumerate(table.criteria):
            minus, plusminus, plus, dont_know = (int(x) for x in counts[i, j])
            split = is_split(minus, plusminus, plus)
            cells[option, criterion] = CellSummary(
                option,
                criterion,
                minus,
                plusminus,
                plus,
                dont_know,
                int(open_cells[i, j]),
                None if split else median_levels(minus, plusminus, plus),
                split,
                minus + plusminus + plus < -(-people // 2),
            )
    return cells


def discussion_order(table: ScoreTable, weights: ArrayLike) -> list[CellSummary]:
    """Order the cells by what deserves the room's time first.

    Split cells first; then cells that nobody scored; then by weight × (1 − A)/2 with van der
    Eijk's A; then by the share of don't know. Ties keep the case's order. The flag chooses what
    to discuss and proves nothing: of purely random cells about a third would be flagged.

    Parameters
    ----------
    table : ScoreTable
        Ballots or tallies.
    weights : (C,) array_like
        Weight per criterion.
    """
    weight = dict(zip(table.criteria, weight_array(weights, table.criteria), strict=True))

    def key(cell: CellSummary) -> tuple[int, float, float]:
        if cell.n == 0:
            return 1, 0.0, 0.0
        spread = (1 - van_der_eijk_agreement((cell.minus, cell.plusminus, cell.plus))) / 2
        unknown = cell.dont_know / (cell.n + cell.dont_know)
        # Rounded, so that the noise of computing breaks no tie.
        return 0 if cell.split else 2, -round(weight[cell.criterion] * spread, 9), -unknown

    return sorted(summarise(table).values(), key=key)
