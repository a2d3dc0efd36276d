"""Which of the decisions of a step is the one that counts."""

from __future__ import annotations

from workbook.case import Case
from workbook.case.tables import Decision, Status


def decisions_of(case: Case, step: int) -> list[Decision]:
    """Give the decisions of a step, in the order of the case."""
    return [row for row in case.rows(Decision) if row.step == step]


def main_decision(case: Case, step: int) -> Decision | None:
    """Give the last decision of a step.

    One that names an option goes before one that doesn't, and one that was confirmed before a
    proposal: what is still open doesn't undo what was settled.
    """
    made = decisions_of(case, step)
    naming = [row for row in made if row.option] or made
    confirmed = [row for row in naming if row.status is Status.CONFIRMED]
    return (confirmed or naming or [None])[-1]
