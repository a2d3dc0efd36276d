"""What is scored, and whose order counts for the room."""

from __future__ import annotations

from workbook.case.case import Case
from workbook.case.tables import Cluster, Criterion, Option

PLENARY = "plenary"


def scored_criteria(case: Case) -> list[Criterion]:
    """Give what is scored: the selected distinguishing criteria, in case order."""
    return [
        row
        for row in case.rows(Criterion)
        if row.cluster is Cluster.DISTINGUISHING and row.selected
    ]


def scored_options(case: Case) -> list[Option]:
    """Give what is scored: the shortlist; where it isn't published, every option."""
    chosen = [row for row in case.rows(Option) if row.shortlisted is True]
    return chosen or [row for row in case.rows(Option) if row.shortlisted is not False]
