"""The handbook's own question: who meets the criteria most often, and who meets them best."""

from __future__ import annotations

import numpy as np

from workbook.judge.cells import summarise
from workbook.judge.net import net_scores
from workbook.judge.score_table import PLUS, ScoreTable
from workbook.judge.standing import Standing
from workbook.judge.weights import equal


def plus_most_often(table: ScoreTable) -> Standing:
    """Count on how many criteria an option is +: both middle answers are +, and no split.

    It is what a room reads off the heatmap. Criteria are not weighed. An option with an empty
    cell gets no place.
    """
    cells = summarise(table)
    value = np.array(
        [
            sum(cells[option, criterion].median == (PLUS, PLUS) for criterion in table.criteria)
            for option in table.options
        ],
        dtype=float,
    )
    return Standing(table.options, np.where(table.placed, value, np.nan))


def meets_best(table: ScoreTable) -> Standing:
    """Give the net score with all criteria weighing the same and ± halfway."""
    if not table.criteria:
        raise ValueError("table must have at least one criterion")
    return net_scores(table, equal(len(table.criteria)))
