"""The scores of a round as the judgement takes them, and the order of importance that leads."""

from __future__ import annotations

from workbook import judge
from workbook.case import Case
from workbook.case.asked import PLENARY, scored_criteria, scored_options, scoring
from workbook.case.tables import (
    Ballot,
    How,
    Priority,
    Round,
    Score,
    State,
    Tally,
)
from workbook.case.tables.document import Provenance


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
        participants=[row.id for row in scoring(case, of)],
        groups={row.id: row.group.value for row in scoring(case, of) if row.group},
    )


def counting_table(case: Case, of: Round | None = None) -> tuple[Round, judge.ScoreTable] | None:
    """Give a round, by default the one that counts, with its table; None if there is nothing."""
    of = of or last_round(case)
    if of is None or not scored_criteria(case) or not scored_options(case):
        return None
    return of, score_table(case, of)


def scores_file(of: Round) -> type[Ballot] | type[Tally]:
    """Give the table that a round's scores are kept in."""
    return Tally if of.how is How.HANDS else Ballot


def plenary_rows(case: Case) -> dict[str, Priority]:
    """Give the row of each scored criterion in the last order that the room came to."""
    criteria = {row.id for row in scored_criteria(case)}
    told = [row for row in case.rows(Priority) if row.who == PLENARY and row.criterion in criteria]
    ranked = {row.round for row in told if row.rank}
    counting = [row for row in told if row.round in ranked]
    return {row.criterion: row for row in counting if row.round == counting[-1].round}


def priorities_of(case: Case) -> judge.Priorities:
    """Give what was said about the importance of the scored criteria.

    Of the plenary the last order counts, and of individuals those of the last revealed round that
    has any: before a round is revealed nobody's order has a say.
    """
    criteria = tuple(row.id for row in scored_criteria(case))
    ranked = [row for row in case.rows(Priority) if row.criterion in criteria]
    revealed = {row.id for row in case.rows(Round) if row.state is State.REVEALED}
    people = [row for row in ranked if row.who != PLENARY and row.rank and row.round in revealed]
    individual: dict[str, dict[str, int | None]] = {}
    for row in ranked:
        if people and row.who != PLENARY and row.round == people[-1].round:
            individual.setdefault(row.who, {})[row.criterion] = row.rank
    return judge.Priorities(
        criteria,
        {criterion: row.rank for criterion, row in plenary_rows(case).items()} or None,
        individual,
    )


def leading_order(case: Case) -> judge.LeadingOrder:
    """Give the order of importance that leads, whose it is, and whether it is shared."""
    return priorities_of(case).leading()


def leading_weights(case: Case) -> dict[str, float]:
    """Give the weight of each scored criterion under the order that leads."""
    order = priorities_of(case).order()
    return dict(zip(order.criteria, order.weights().tolist(), strict=True))
