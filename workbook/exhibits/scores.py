"""The scores of a round as the judgement takes them, and the order of importance that leads."""

from __future__ import annotations

from workbook import judge
from workbook.case import Case
from workbook.case.tables import (
    Ballot,
    Cluster,
    Criterion,
    How,
    Option,
    Participant,
    Priority,
    Round,
    Score,
    State,
    Tally,
)
from workbook.case.tables.document import Provenance

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


def revealed_rounds(case: Case) -> list[Round]:
    """Give the rounds whose scores may be seen and that hold any, in file order."""
    with_scores = {row.round for row in case.rows(Ballot)} | {row.round for row in case.rows(Tally)}
    return [
        row for row in case.rows(Round) if row.state is State.REVEALED and row.id in with_scores
    ]


def last_round(case: Case) -> Round | None:
    """Give the round that counts: the last revealed one, by ballots if there is any."""
    rounds = revealed_rounds(case)
    by_ballot = [row for row in rounds if row.how is How.BALLOTS]
    return (by_ballot or rounds or [None])[-1]


def no_scores(case: Case) -> str:
    """Say why there are no scores to show."""
    _ = case.translate
    if case.info.provenance is Provenance.PUBLISHED:
        return _("The participants' scores were not published, and none are made up here.")
    return _("There are no revealed scores yet. They belong in ballots.csv or tallies.csv.")


def score_table(case: Case, of: Round) -> judge.ScoreTable:
    """Build the score table of one round from the case."""
    options = [row.id for row in scored_options(case)]
    criteria = [row.id for row in scored_criteria(case)]
    if of.how is How.HANDS:
        return judge.ScoreTable.from_tallies(
            options,
            criteria,
            {
                (row.option, row.criterion): (row.minus, row.plusminus, row.plus, row.dont_know)
                for row in case.rows(Tally)
                if row.round == of.id
            },
        )
    states = {
        None: judge.NOT_SCORED,
        Score.DONT_KNOW: judge.DONT_KNOW,
        Score.MINUS: judge.MINUS,
        Score.PLUSMINUS: judge.PLUSMINUS,
        Score.PLUS: judge.PLUS,
    }
    return judge.ScoreTable.from_ballots(
        options,
        criteria,
        [
            (row.participant, row.option, row.criterion, states[row.score])
            for row in case.rows(Ballot)
            if row.round == of.id
        ],
        participants=[row.id for row in case.rows(Participant)],
        groups={row.id: row.group.value for row in case.rows(Participant) if row.group},
    )


def counting_table(case: Case) -> tuple[Round, judge.ScoreTable] | None:
    """Give the round that counts with its table; None while there is nothing to judge."""
    of = last_round(case)
    if of is None or not scored_criteria(case) or not scored_options(case):
        return None
    return of, score_table(case, of)


def scores_file(of: Round) -> type[Ballot] | type[Tally]:
    """Give the table that a round's scores are kept in."""
    return Tally if of.how is How.HANDS else Ballot


def priority_groups(case: Case) -> tuple[judge.Groups, str]:
    """Give the order of importance that leads, and whose it is.

    Returns
    -------
    groups : tuple of tuple of str
        Criteria, most important first; without any order one group.
    whose : {"plenary", "none"}
        An order of the room leads; the orders of individuals are shown, not merged.
    """
    criteria = [row.id for row in scored_criteria(case)]
    rows = [row for row in case.rows(Priority) if row.who == PLENARY and row.criterion in criteria]
    if not any(row.rank for row in rows):
        return (tuple(criteria),), "none"
    last = rows[-1].round
    ranks = {row.criterion: row.rank for row in rows if row.round == last}
    return judge.order_groups(criteria, ranks), "plenary"


def leading_weights(case: Case) -> dict[str, float]:
    """Give the weight of each scored criterion under the order that leads."""
    criteria = [row.id for row in scored_criteria(case)]
    groups, _ = priority_groups(case)
    weights = judge.order_weights(criteria, groups)
    return dict(zip(criteria, weights.tolist(), strict=True))
