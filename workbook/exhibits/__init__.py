"""One function per thing shown: ``(case) -> Exhibit``. Here judgement meets words."""

from workbook.exhibits.catalogue import SERIES, series
from workbook.exhibits.criteria import criteria_funnel, criteria_sources
from workbook.exhibits.decided import decided, decided_sentence
from workbook.exhibits.deployment import description, implications
from workbook.exhibits.discussion import discussion_order
from workbook.exhibits.exhibit import Exhibit
from workbook.exhibits.heatmap import score_heatmap
from workbook.exhibits.involvement import involvement
from workbook.exhibits.options import options_by_form, options_funnel, screening
from workbook.exhibits.outcome import (
    collaborations,
    commitments,
    considerations,
    pros_and_cons,
    recommendations,
)
from workbook.exhibits.partnerships import partnerships
from workbook.exhibits.priorities import priorities
from workbook.exhibits.reading import reading, reading_outcome
from workbook.exhibits.records import guidance, records, still_open
from workbook.exhibits.reference import reference
from workbook.exhibits.scan import organisation_scan, scan_answers
from workbook.exhibits.start import board
from workbook.exhibits.support import robustness, support, support_sentence
from workbook.exhibits.texts import (
    beginnings,
    chapters,
    definitions,
    examples,
    option_meanings,
    scale_meanings,
)

__all__ = [
    "SERIES",
    "Exhibit",
    "beginnings",
    "board",
    "chapters",
    "collaborations",
    "commitments",
    "considerations",
    "criteria_funnel",
    "criteria_sources",
    "decided",
    "decided_sentence",
    "definitions",
    "description",
    "discussion_order",
    "examples",
    "guidance",
    "implications",
    "involvement",
    "option_meanings",
    "options_by_form",
    "options_funnel",
    "organisation_scan",
    "partnerships",
    "priorities",
    "pros_and_cons",
    "reading",
    "reading_outcome",
    "recommendations",
    "records",
    "reference",
    "robustness",
    "scale_meanings",
    "scan_answers",
    "score_heatmap",
    "screening",
    "series",
    "still_open",
    "support",
    "support_sentence",
]
