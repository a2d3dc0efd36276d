"""What comes of it: arguments, decisions, commitments and the organisation scan."""

from __future__ import annotations

from workbook.case.tables.base import Day, Flag, Labelled, NotPublished, Row, Whole, column
from workbook.case.tables.content import Form
from workbook.locale import N_


class Stance(Labelled):
    """Whether an argument speaks for or against."""

    FOR = "for", N_("for")
    AGAINST = "against", N_("against")


class ArgumentKind(Labelled):
    """What the argument is used for."""

    CONSIDERATION = "consideration", N_("consideration")
    DROPPED = "reason_to_drop", N_("reason to drop")
    ADVANTAGE = "advantage", N_("advantage")
    DISADVANTAGE = "disadvantage", N_("disadvantage")


class Status(Labelled):
    """Whether a decision is final."""

    PROPOSED = "proposed", N_("proposed")
    CONFIRMED = "confirmed", N_("confirmed")


class Pledge(Labelled):
    """What a party says about a commitment."""

    ASKED = "asked", N_("asked")
    GIVEN = "given", N_("given")
    CONDITIONAL = "conditional", N_("under conditions")
    DECLINED = "declined", N_("declined")


class Argument(Row):
    """Something that was said for or against."""

    table = "arguments"
    title = N_("Arguments")
    about = N_("What was said for or against a form, an option or a criterion; dissent is kept.")
    handbook_step = 7

    step: Whole | None = column(N_("Step"), N_("Step in which it was said, 1 to 8."), ge=1, le=8)
    kind: ArgumentKind | None = column(N_("Kind"), N_("What the argument is used for."))
    form: Form | None = column(N_("Form"), N_("The form of position it is about."))
    option: str | None = column(N_("Option"), N_("The option it is about."), ref="options")
    criterion: str | None = column(
        N_("Criterion"), N_("The criterion it is about; empty if none."), ref="criteria"
    )
    stance: Stance | None = column(N_("For or against"), N_("Does it speak for or against?"))
    claim: str = column(N_("Claim"), N_("The argument, in a sentence."), required=True)
    dissent: Flag | None = column(N_("Dissent"), N_("Does it go against what was decided?"))


class Decision(Row):
    """What a body decided in a step."""

    table = "decisions"
    title = N_("Decisions")
    about = N_("What was decided, why, by which body, and whether it was confirmed.")
    handbook_step = 7

    step: Whole = column(N_("Step"), N_("Step of the handbook, 1 to 8."), required=True, ge=1, le=8)
    subject: str = column(N_("Subject"), N_("What the decision is about."), required=True)
    choice: str = column(N_("Choice"), N_("What was decided."), required=True)
    option: str | None = column(N_("Option"), N_("The option chosen, for step 7."), ref="options")
    reason: str | None = column(N_("Reason"), N_("Why."))
    body: str | None = column(N_("Body"), N_("Which body decided."))
    status: Status | None = column(N_("Status"), N_("Proposed or confirmed."))
    confirmed_by: str | None = column(N_("Confirmed by"), N_("Which body confirmed it."))
    support: str | None = column(N_("Support"), N_("Who supports it."))
    dissent: str | None = column(N_("Dissent"), N_("Who disagrees, and why."))
    date: Day | NotPublished | None = column(N_("Date"), N_("Day of the decision."))


class Commitment(Row):
    """A party's pledge to a vision criterion or a precondition."""

    table = "commitments"
    title = N_("Commitments")
    about = N_("Which party commits to which vision criterion or precondition.")
    handbook_step = 8
    key = ("party", "criterion")

    party: str = column(N_("Party"), N_("The party."), required=True, ref="parties")
    criterion: str = column(
        N_("Criterion"), N_("The vision criterion or precondition."), required=True, ref="criteria"
    )
    pledge: Pledge | NotPublished | None = column(N_("Pledge"), N_("What the party says."))
    statement: str | None = column(N_("Statement"), N_("In the party's own words."))
    date: Day | NotPublished | None = column(N_("Date"), N_("Day of the pledge."))


class ScanAnswer(Row):
    """One line of the organisation scan for one organisation."""

    table = "scan"
    title = N_("Organisation scan")
    about = N_(
        "Annex 1: per organisation and question what is there, what is desired, what to ask."
    )
    handbook_step = 9
    key = ("organisation", "item")

    organisation: str = column(
        N_("Organisation"), N_("The organisation."), required=True, ref="parties"
    )
    item: str = column(
        N_("Question"),
        N_("Question q01 to q12, or a holder of knowledge."),
        required=True,
    )
    present: str | None = column(N_("What is there"), N_("What is there now."))
    desired: str | None = column(N_("What is desired"), N_("What would be desirable."))
    questions: str | None = column(N_("Which questions"), N_("What is still to be asked."))
