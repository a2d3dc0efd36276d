"""What is scored, by whom, and whose order counts for the room."""

from __future__ import annotations

from workbook.case.case import Case
from workbook.case.tables import Cluster, Criterion, Option, Participant, Round

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


def invited(case: Case) -> list[Participant]:
    """Give who can be asked to score: everybody but the ids made up for an anonymous round."""
    return [row for row in case.rows(Participant) if row.only_in is None]


def scoring(case: Case, of: Round) -> list[Participant]:
    """Give whom the scores of a round are by.

    Of an anonymous round that was revealed these are its own ids: whoever was invited and didn't
    score can't be told from the others.
    """
    own = [row for row in case.rows(Participant) if row.only_in == of.id]
    return own or invited(case)
