"""What is weighed: criteria and options, and what the case says about each."""

from __future__ import annotations

from collections.abc import Iterable

from workbook.case.tables.base import Flag, Items, Labelled, NotPublished, Row, column
from workbook.case.tables.scores import Score
from workbook.locale import N_, Message


class Cluster(Labelled):
    """The three clusters of criteria; each behaves differently."""

    VISION = "vision", N_("vision (knock-out)")
    PRECONDITION = "precondition", N_("precondition")
    DISTINGUISHING = "distinguishing", N_("distinguishing")


class Combine(Labelled):
    """How the members of a partnership together meet a criterion."""

    BEST = "best_counts", N_("the best member counts")
    WEAKEST = "weakest_shows", N_("the weakest member shows")
    PARTS = "parts_add_up", N_("members cover parts together")
    JUDGE = "judge_whole", N_("judge the partnership as a whole")


class Form(Labelled):
    """Form of a position."""

    INDEPENDENT = "independent", N_("independent position")
    ONE = "one_organisation", N_("within one organisation")
    PARTNERSHIP = "partnership", N_("partnership")


class Verdict(Labelled):
    """Does an option meet a criterion? Used to come from longlist to shortlist."""

    MEETS = "meets", N_("meets it")
    DOUBTFUL = "doubtful", N_("doubtful")
    FAILS = "fails", N_("falls short")
    UNKNOWN = "unknown", N_("unknown")


class Basis(Labelled):
    """How firmly a text supports a reading."""

    STATED = "stated", N_("stated in the text")
    IMPLIED = "implied", N_("implied by the text")
    SILENT = "silent", N_("the text is silent")


class Covers(Labelled):
    """Whether a party covers a part of a criterion."""

    NO = "no", N_("no")
    PARTLY = "partly", N_("partly")
    YES = "yes", N_("yes")
    UNKNOWN = "?", N_("don't know")


class Criterion(Row):
    """Something the position has to meet."""

    table = "criteria"
    title = N_("Criteria")
    about = N_("Criteria and preconditions: found in step 3, selected and clustered in step 5.")
    handbook_step = 3

    name: str = column(N_("Name"), N_("Short name, as shown on pictures."), required=True)
    aliases: Items = column(N_("Aliases"), N_("Other names for the same criterion."), default=())
    description: str | None = column(
        N_("Meaning"), N_("What the criterion asks, in a sentence or two.")
    )
    example: str | None = column(
        N_("Example"), N_("Id of the handbook's example criterion it resembles.")
    )
    found_by: Items | NotPublished = column(
        N_("Found by"),
        N_("Sources that mentioned it."),
        default=(),
        ref="sources",
    )
    cluster: Cluster | None = column(
        N_("Cluster"), N_("Vision, precondition or distinguishing."), step=5
    )
    selected: Flag | None = column(N_("Selected"), N_("Is it on the final list?"), step=5)
    reason: str | None = column(N_("Reason"), N_("Why it was kept or dropped."), step=5)
    support: str | None = column(N_("Support"), N_("Who supports that choice."), step=5)
    dissent: str | None = column(N_("Dissent"), N_("Who disagrees, and why."), step=5)
    minus: str | None = column(N_("− means"), N_("What poor (−) means here."), step=7)
    plusminus: str | None = column(N_("± means"), N_("What fair (±) means here."), step=7)
    plus: str | None = column(N_("+ means"), N_("What good (+) means here."), step=7)
    distinguishes: Flag | None = column(
        N_("Distinguishes"), N_("Does it tell the options of the shortlist apart?"), step=7
    )
    combine: Combine | None = column(
        N_("In a partnership"), N_("How partners together meet it."), step=7
    )
    parts: Items = column(
        N_("Parts"),
        N_("Its parts, if it has any, such as the links of a chain."),
        default=(),
        step=7,
    )


class Option(Row):
    """A possible position for the experts by experience."""

    table = "options"
    title = N_("Options")
    about = N_("Possible positions: the longlist of step 4, the shortlist of step 6.")
    handbook_step = 4

    name: str = column(N_("Name"), N_("Full name."), required=True)
    short: str | None = column(
        N_("Short name"), N_("Name of at most 28 characters, for pictures."), max_length=28
    )
    form: Form | None = column(
        N_("Form"), N_("Independent, within one organisation, or a partnership.")
    )
    members: Items = column(
        N_("Members"), N_("Parties that form this position."), default=(), ref="parties"
    )
    current: Flag | None = column(N_("Current"), N_("Is this how it is positioned now?"))
    responsibility: str | None = column(
        N_("Responsibility"), N_("Who would hold the responsibility.")
    )
    coordination: str | None = column(N_("Coordination"), N_("Who would coordinate."))
    employment: str | None = column(N_("Employment"), N_("Who would be the employer."))
    pros: str | None = column(N_("Advantages"), N_("What speaks for it."))
    cons: str | None = column(N_("Disadvantages"), N_("What speaks against it."))
    why: str | None = column(N_("Why"), N_("Why it is on the longlist."))
    shortlisted: Flag | NotPublished | None = column(
        N_("Shortlisted"), N_("Is it on the shortlist?"), step=6
    )
    reason: str | None = column(N_("Reason"), N_("Why it is on the shortlist or not."), step=6)


class Collaboration(Row):
    """A partner in the work, which is something else than the position."""

    table = "collaborations"
    title = N_("Collaborations")
    about = N_("Partners in the daily work who don't need to be part of the position.")
    handbook_step = 4

    party: str = column(N_("Party"), N_("The partner."), required=True, ref="parties")
    work: str | None = column(N_("In what"), N_("What they do together."))


class Coverage(Row):
    """Whether a party covers a part of a criterion."""

    table = "coverage"
    title = N_("Coverage")
    about = N_("Which party covers which part of a criterion, as input for partnerships.")
    handbook_step = 7
    key = ("party", "criterion", "part")

    party: str = column(N_("Party"), N_("The party."), required=True, ref="parties")
    criterion: str = column(N_("Criterion"), N_("The criterion."), required=True, ref="criteria")
    part: str = column(N_("Part"), N_("One of the criterion's parts."), required=True)
    level: Covers = column(N_("Extent"), N_("No, partly, yes, or ? for don't know."), required=True)


class Link(Row):
    """Whether two parties work together already."""

    table = "links"
    title = N_("Links")
    about = N_("Pairs of parties: is there a working link already?")
    handbook_step = 7
    key = ("party", "other")

    party: str = column(N_("Party"), N_("One party."), required=True, ref="parties")
    other: str = column(N_("Other party"), N_("The other one."), required=True, ref="parties")
    link: Flag | None = column(N_("Link"), N_("Is there a working link?"))
    note: str | None = column(N_("Note"), N_("What the link is."))


class Reading(Row):
    """A cell of a matrix that is read from a text: bounds, not a score."""

    table = "readings"
    title = N_("Readings")
    about = N_("A matrix read from a text: per cell the lowest and highest score it allows.")
    handbook_step = 7
    key = ("option", "criterion")

    option: str = column(N_("Option"), N_("The option."), required=True, ref="options")
    criterion: str = column(N_("Criterion"), N_("The criterion."), required=True, ref="criteria")
    low: Score | None = column(N_("Low"), N_("Lowest score the text allows."))
    high: Score | None = column(N_("High"), N_("Highest score the text allows."))
    basis: Basis = column(N_("Basis"), N_("Stated, implied, or silent."), required=True)
    note: str | None = column(N_("Note"), N_("How the text was read."))

    @classmethod
    def faults(cls, rows: Iterable[Row]) -> Iterable[tuple[int, str, Message]]:
        """Find missing or crossed bounds; a silent text has none."""
        for index, row in enumerate(rows):
            low, high, basis = row.low, row.high, row.basis  # type: ignore[attr-defined]
            if basis is Basis.SILENT:
                if low is not None or high is not None:
                    yield index, "low", Message(N_("a silent text has no bounds"))
                continue
            if low is None or high is None:
                column_name = "low" if low is None else "high"
                yield index, column_name, Message(N_("a bound is missing"))
            elif Score.DONT_KNOW in (low, high):
                yield index, "low", Message(N_("a bound is −, ± or +"))
            elif int(low) > int(high):
                yield index, "low", Message(N_("the low bound is above the high one"))


class Screening(Row):
    """Whether an option of the longlist meets a criterion, with the argument."""

    table = "screening"
    title = N_("Screening")
    about = N_("From longlist to shortlist: a verdict per option and criterion, with why.")
    handbook_step = 6
    key = ("option", "criterion")

    option: str = column(N_("Option"), N_("The option."), required=True, ref="options")
    criterion: str = column(N_("Criterion"), N_("The criterion."), required=True, ref="criteria")
    verdict: Verdict = column(
        N_("Verdict"), N_("Does the option meet the criterion?"), required=True
    )
    argument: str | None = column(N_("Argument"), N_("Why."))
