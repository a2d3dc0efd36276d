"""Regions side by side: ``(cases) -> Exhibit``, with each region's mark beside its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from workbook.case import Case
from workbook.exhibits.compare.criteria import criteria, criteria_counts, own_criteria
from workbook.exhibits.compare.outcomes import outcomes
from workbook.exhibits.compare.priorities import priorities
from workbook.exhibits.compare.questions import questions, questions_for
from workbook.exhibits.compare.regions import regions, steps
from workbook.exhibits.exhibit import Exhibit

COMPARISON: tuple[Callable[[Sequence[Case]], Exhibit], ...] = (
    regions,
    steps,
    criteria_counts,
    partial(criteria, cluster="vision"),
    partial(criteria, cluster="precondition"),
    partial(criteria, cluster="distinguishing"),
    own_criteria,
    priorities,
    outcomes,
    questions,
    questions_for,
)
"""Everything that notebook 10 shows, in its order: pictures, tables and tests read this list."""

__all__ = [
    "COMPARISON",
    "criteria",
    "criteria_counts",
    "outcomes",
    "own_criteria",
    "priorities",
    "questions",
    "questions_for",
    "regions",
    "steps",
]
