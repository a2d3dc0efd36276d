"""Pure functions from scores to judgements: no files, no widgets, no words."""

from workbook.judge.acceptability import SOURCES, Acceptability, acceptability
from workbook.judge.agreement import (
    concordance_p,
    kendalls_w,
    midranks,
    tastle_wierman_consensus,
    van_der_eijk_agreement,
)
from workbook.judge.by_place import Stretch, first_by_place
from workbook.judge.cells import (
    CellSummary,
    discussion_order,
    is_split,
    median_levels,
    split_by_chance,
    split_threshold,
    summarise,
)
from workbook.judge.critical import Change, CriticalChanges, critical_changes
from workbook.judge.dominance import Dominance, dominance
from workbook.judge.fulfilment import meets_best, plus_most_often
from workbook.judge.gains import Gain, Gains, gains
from workbook.judge.joint_scores import JointScore, best, weakest
from workbook.judge.leave_out import (
    LeaveOneOut,
    Without,
    leave_one_out,
    one_group_one_vote,
    present_groups,
)
from workbook.judge.lexicographic import lexicographic
from workbook.judge.majority import MajorityGrades, majority_grades, majority_judgment
from workbook.judge.net import NetScores, net_scores
from workbook.judge.orders import Groups, Order, order_groups
from workbook.judge.partnerships import (
    Combination,
    combinations,
    combine,
    coverage_level,
    undominated,
)
from workbook.judge.priorities import LeadingOrder, Priorities, joint_order
from workbook.judge.readings import Fillings, fillings
from workbook.judge.rounds import (
    CellChange,
    CellCounts,
    CountChange,
    Part,
    RoundChange,
    Transitions,
    compare_counts,
    compare_rounds,
    total_deviation,
)
from workbook.judge.score_table import (
    DONT_KNOW,
    MINUS,
    NOT_SCORED,
    PLUS,
    PLUSMINUS,
    ScoreTable,
)
from workbook.judge.screening import Proposal, propose
from workbook.judge.standing import TIE, Standing
from workbook.judge.verdict import FEW, Condition, Verdict, verdict
from workbook.judge.voting import borda, margins, preferences, schulze
from workbook.judge.weights import (
    equal,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)
from workbook.judge.winning_orders import WinningOrders, winning_orders

__all__ = [
    "DONT_KNOW",
    "FEW",
    "MINUS",
    "NOT_SCORED",
    "PLUS",
    "PLUSMINUS",
    "SOURCES",
    "TIE",
    "Acceptability",
    "CellChange",
    "CellCounts",
    "CellSummary",
    "Change",
    "Combination",
    "Condition",
    "CountChange",
    "CriticalChanges",
    "Dominance",
    "Fillings",
    "Gain",
    "Gains",
    "Groups",
    "JointScore",
    "LeadingOrder",
    "LeaveOneOut",
    "MajorityGrades",
    "NetScores",
    "Order",
    "Part",
    "Priorities",
    "Proposal",
    "RoundChange",
    "ScoreTable",
    "Standing",
    "Stretch",
    "Transitions",
    "Verdict",
    "WinningOrders",
    "Without",
    "acceptability",
    "best",
    "borda",
    "combinations",
    "combine",
    "compare_counts",
    "compare_rounds",
    "concordance_p",
    "coverage_level",
    "critical_changes",
    "discussion_order",
    "dominance",
    "equal",
    "fillings",
    "first_by_place",
    "gains",
    "is_split",
    "joint_order",
    "kendalls_w",
    "leave_one_out",
    "lexicographic",
    "majority_grades",
    "majority_judgment",
    "margins",
    "median_levels",
    "meets_best",
    "midranks",
    "net_scores",
    "one_group_one_vote",
    "order_groups",
    "plus_most_often",
    "preferences",
    "present_groups",
    "propose",
    "rank_order_centroid",
    "rank_reciprocal",
    "rank_sum",
    "schulze",
    "split_by_chance",
    "split_threshold",
    "summarise",
    "tastle_wierman_consensus",
    "total_deviation",
    "undominated",
    "van_der_eijk_agreement",
    "verdict",
    "weakest",
    "winning_orders",
]
