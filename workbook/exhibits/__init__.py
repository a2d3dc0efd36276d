"""One function per thing shown: ``(case) -> Exhibit``. Here judgement meets words."""

from workbook.exhibits import compare
from workbook.exhibits.catalogue import SERIES, series
from workbook.exhibits.criteria import criteria_funnel, criteria_sources
from workbook.exhibits.deployment import description, implications
from workbook.exhibits.exhibit import Exhibit
from workbook.exhibits.involvement import involvement
from workbook.exhibits.options import options_by_form, options_funnel, screening
from workbook.exhibits.outcome import (
    collaborations,
    commitments,
    considerations,
    pros_and_cons,
    recommendations,
)
from workbook.exhibits.partners.combinations import combinations
from workbook.exhibits.partners.joint_scores import joint_scores
from workbook.exhibits.partners.member_gains import member_gains
from workbook.exhibits.partners.partnerships import partnerships
from workbook.exhibits.preference.acceptability import places, robustness
from workbook.exhibits.preference.decided import compared_sentence, decided, decided_sentence
from workbook.exhibits.preference.decision import main_decision
from workbook.exhibits.preference.discussion import discussion_order
from workbook.exhibits.preference.dominance import dominance
from workbook.exhibits.preference.endings import endings
from workbook.exhibits.preference.heatmap import score_heatmap
from workbook.exhibits.preference.indices import indices
from workbook.exhibits.preference.judged import support_sentence
from workbook.exhibits.preference.orders import orders
from workbook.exhibits.preference.plain import plain_support
from workbook.exhibits.preference.priorities import priorities
from workbook.exhibits.preference.reading import reading, reading_outcome
from workbook.exhibits.preference.rules import rules
from workbook.exhibits.preference.support import firmness, support
from workbook.exhibits.preference.what_if import groups_to_leave_out, what_if
from workbook.exhibits.records import guidance, records, still_open
from workbook.exhibits.reference import reference
from workbook.exhibits.scan import organisation_scan, scan_answers
from workbook.exhibits.start import board
from workbook.exhibits.texts import (
    beginnings,
    chapters,
    definitions,
    examples,
    option_meanings,
    scale_meanings,
)
from workbook.exhibits.two_rounds.moves import rounds
from workbook.exhibits.two_rounds.reasons import round_reasons

__all__ = [
    "SERIES",
    "Exhibit",
    "beginnings",
    "board",
    "chapters",
    "collaborations",
    "combinations",
    "commitments",
    "compare",
    "compared_sentence",
    "considerations",
    "criteria_funnel",
    "criteria_sources",
    "decided",
    "decided_sentence",
    "definitions",
    "description",
    "discussion_order",
    "dominance",
    "endings",
    "examples",
    "firmness",
    "groups_to_leave_out",
    "guidance",
    "implications",
    "indices",
    "involvement",
    "joint_scores",
    "main_decision",
    "member_gains",
    "option_meanings",
    "options_by_form",
    "options_funnel",
    "orders",
    "organisation_scan",
    "partnerships",
    "places",
    "plain_support",
    "priorities",
    "pros_and_cons",
    "reading",
    "reading_outcome",
    "recommendations",
    "records",
    "reference",
    "robustness",
    "round_reasons",
    "rounds",
    "rules",
    "scale_meanings",
    "scan_answers",
    "score_heatmap",
    "screening",
    "series",
    "still_open",
    "support",
    "support_sentence",
    "what_if",
]
