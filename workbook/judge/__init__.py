"""Pure functions from scores to judgements: no files, no widgets, no words."""

from workbook.judge.cells import (
    CellSummary,
    discussion_order,
    is_split,
    median_levels,
    split_by_chance,
    split_threshold,
    summarise,
    van_der_eijk_agreement,
)
from workbook.judge.net import TIE, NetScores, net_scores
from workbook.judge.partnerships import Combination, combine
from workbook.judge.readings import Fillings, fillings
from workbook.judge.robustness import FirstPlaces, first_places
from workbook.judge.score_table import (
    DONT_KNOW,
    MINUS,
    NOT_SCORED,
    PLUS,
    PLUSMINUS,
    ScoreTable,
)
from workbook.judge.screening import Proposal, propose
from workbook.judge.weights import (
    Groups,
    count_extensions,
    draw_weights,
    equal,
    linear_extensions,
    order_groups,
    order_weights,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)

__all__ = [
    "DONT_KNOW",
    "MINUS",
    "NOT_SCORED",
    "PLUS",
    "PLUSMINUS",
    "TIE",
    "CellSummary",
    "Combination",
    "Fillings",
    "FirstPlaces",
    "Groups",
    "NetScores",
    "Proposal",
    "ScoreTable",
    "combine",
    "count_extensions",
    "discussion_order",
    "draw_weights",
    "equal",
    "fillings",
    "first_places",
    "is_split",
    "linear_extensions",
    "median_levels",
    "net_scores",
    "order_groups",
    "order_weights",
    "propose",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "split_by_chance",
    "split_threshold",
    "summarise",
    "van_der_eijk_agreement",
]
