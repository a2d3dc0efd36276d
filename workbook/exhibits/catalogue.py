"""Which exhibits belong to which step: the report, the pictures and the tests read this list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from workbook.case import Case
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
from workbook.exhibits.preference.decided import decided
from workbook.exhibits.preference.discussion import discussion_order
from workbook.exhibits.preference.dominance import dominance
from workbook.exhibits.preference.endings import endings
from workbook.exhibits.preference.heatmap import score_heatmap
from workbook.exhibits.preference.indices import indices
from workbook.exhibits.preference.orders import orders
from workbook.exhibits.preference.priorities import priorities
from workbook.exhibits.preference.reading import reading, reading_outcome
from workbook.exhibits.preference.rules import rules
from workbook.exhibits.preference.support import firmness, support
from workbook.exhibits.scan import organisation_scan
from workbook.exhibits.start import board
from workbook.exhibits.texts import option_meanings
from workbook.exhibits.two_rounds.moves import rounds
from workbook.exhibits.two_rounds.reasons import round_reasons

SERIES: dict[int, tuple[Callable[[Case], Exhibit], ...]] = {
    0: (board,),
    1: (involvement,),
    2: (description, implications),
    3: (criteria_sources,),
    4: (options_by_form, collaborations),
    5: (criteria_funnel, partial(decided, step=5)),
    6: (screening, options_funnel, partial(decided, step=6)),
    7: (
        option_meanings,
        score_heatmap,
        discussion_order,
        rounds,
        round_reasons,
        priorities,
        support,
        firmness,
        robustness,
        endings,
        rules,
        dominance,
        places,
        orders,
        indices,
        partnerships,
        joint_scores,
        combinations,
        member_gains,
        reading,
        reading_outcome,
        partial(decided, step=7),
        partial(score_heatmap, order="support"),
    ),
    8: (considerations, pros_and_cons, commitments, recommendations, partial(decided, step=8)),
    9: (organisation_scan,),
}


def series(case: Case) -> list[tuple[int, Exhibit]]:
    """Make every exhibit of the series for a case, with the step it belongs to."""
    return [(step, make(case)) for step, makers in SERIES.items() for make in makers]
