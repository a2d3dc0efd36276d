"""What the room says: rounds, ballots, shows of hands and priorities."""

from __future__ import annotations

from workbook.case.tables.base import Flag, Labelled, Row, Whole, column
from workbook.locale import N_


class Score(Labelled):
    """The ordinal scale as stored; an empty cell is a fifth state, not scored."""

    MINUS = "-1", N_("poor")
    PLUSMINUS = "0", N_("fair")
    PLUS = "1", N_("good")
    DONT_KNOW = "?", N_("don't know")

    @classmethod
    def _missing_(cls, value: object) -> Score | None:
        if not isinstance(value, str):
            return None
        tidy = value.strip().replace("−", "-").replace("–", "-").replace(" ", "")
        return {
            "-": cls.MINUS,
            "-1": cls.MINUS,
            "±": cls.PLUSMINUS,
            "+/-": cls.PLUSMINUS,
            "-/+": cls.PLUSMINUS,
            "+-": cls.PLUSMINUS,
            "-+": cls.PLUSMINUS,
            "+": cls.PLUS,
            "+1": cls.PLUS,
        }.get(tidy)


SYMBOLS = {Score.MINUS: "−", Score.PLUSMINUS: "±", Score.PLUS: "+", Score.DONT_KNOW: "?"}


class How(Labelled):
    """How a round is scored."""

    BALLOTS = "ballots", N_("ballots")
    HANDS = "show_of_hands", N_("show of hands")


class Names(Labelled):
    """Whether scores are discussed by name."""

    OPEN = "open", N_("by name")
    ANONYMOUS = "anonymous", N_("anonymous")


class State(Labelled):
    """Where a round stands."""

    SETUP = "setup", N_("being set up")
    OPEN = "open", N_("open")
    CLOSED = "closed", N_("closed")
    REVEALED = "revealed", N_("revealed")


class Round(Row):
    """One round of scoring."""

    table = "rounds"
    title = N_("Rounds")
    about = N_("Rounds of scoring, in order.")
    handbook_step = 7

    name: str = column(N_("Name"), N_("Name of the round."), required=True)
    how: How = column(N_("How"), N_("By ballots or by show of hands."), required=True)
    names: Names | None = column(N_("Names"), N_("Open or anonymous."))
    state: State = column(N_("State"), N_("Where the round stands."), required=True)
    meeting: str | None = column(N_("Meeting"), N_("The session it belongs to."), ref="meetings")
    ballot_box: Flag | None = column(
        N_("In a ballot box"),
        N_(
            "Yes from the opening to the reveal of a working session: until then the ballots are "
            "in the ballot box of the computer that runs it."
        ),
        later=True,
    )


class Ballot(Row):
    """One score by one participant."""

    table = "ballots"
    title = N_("Ballots")
    about = N_("Scores: one row per round, participant, option and criterion.")
    handbook_step = 7
    key = ("round", "participant", "option", "criterion")

    round: str = column(N_("Round"), N_("The round."), required=True, ref="rounds")
    participant: str = column(
        N_("Participant"), N_("Who scores."), required=True, ref="participants"
    )
    option: str = column(N_("Option"), N_("What is scored."), required=True, ref="options")
    criterion: str = column(
        N_("Criterion"), N_("On which criterion."), required=True, ref="criteria"
    )
    score: Score | None = column(
        N_("Score"), N_("-1 poor, 0 fair, 1 good, ? don't know, empty for not scored.")
    )
    reason: str | None = column(
        N_("Reason"),
        N_("Why this person changed this score, in a later round. Invited, never required."),
        later=True,
    )


class Tally(Row):
    """One cell by show of hands."""

    table = "tallies"
    title = N_("Tallies")
    about = N_("Counts by show of hands: one row per round, option and criterion.")
    handbook_step = 7
    key = ("round", "option", "criterion")

    round: str = column(N_("Round"), N_("The round."), required=True, ref="rounds")
    option: str = column(N_("Option"), N_("What is scored."), required=True, ref="options")
    criterion: str = column(
        N_("Criterion"), N_("On which criterion."), required=True, ref="criteria"
    )
    minus: Whole = column(N_("−"), N_("Hands for poor."), default=0, ge=0)
    plusminus: Whole = column(N_("±"), N_("Hands for fair."), default=0, ge=0)
    plus: Whole = column(N_("+"), N_("Hands for good."), default=0, ge=0)
    dont_know: Whole = column(N_("?"), N_("Hands for don't know."), default=0, ge=0)


class Priority(Row):
    """The place of one criterion in someone's order of importance."""

    table = "priorities"
    title = N_("Priorities")
    about = N_("Order of importance of the distinguishing criteria; equal ranks are ties.")
    handbook_step = 7
    key = ("round", "who", "criterion")

    round: str = column(N_("Round"), N_("The round."), required=True, ref="rounds")
    who: str = column(
        N_("Who"),
        N_("A participant, or plenary for the order the room came to."),
        required=True,
        ref="participants",
        also=("plenary",),
    )
    criterion: str = column(N_("Criterion"), N_("The criterion."), required=True, ref="criteria")
    rank: Whole | None = column(
        N_("Rank"), N_("1 is most important; the same number is a tie; empty is not ranked."), ge=1
    )
