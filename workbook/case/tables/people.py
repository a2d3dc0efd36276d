"""Who takes part: parties, their involvement, meetings, sources and participants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator

from workbook.case.tables.base import (
    Count,
    Day,
    Flag,
    Items,
    Labelled,
    NotPublished,
    Row,
    Whole,
    column,
    items,
)
from workbook.locale import N_, Message


class PartyKind(Labelled):
    """The broad group a party belongs to."""

    EXPERTS = "experts_by_experience", N_("experts by experience")
    CLIENTS = "clients", N_("clients")
    MUNICIPALITY = "municipality", N_("municipality")
    CARE = "care_and_support", N_("care and support")
    JUSTICE = "police_and_justice", N_("police and justice")
    HOUSING = "housing", N_("housing")
    PROJECT = "project", N_("project or programme")
    OTHER = "other", N_("other")


class MunicipalRole(Labelled):
    """What a municipality is to the project."""

    DIRECTOR = "director", N_("director of the field")
    COMMISSIONER = "commissioner", N_("commissioner")
    FUNDER = "funder", N_("funder")


class Level(Labelled):
    """At which level of its organisation a party joins in."""

    BOARD = "board", N_("board")
    MANAGEMENT = "management", N_("management")
    POLICY = "policy", N_("policy")
    PRACTICE = "practice", N_("practice")
    EXPERIENCE = "lived_experience", N_("lived experience")
    NOT_PUBLISHED = "not_published", N_("not published")


class Way(Labelled):
    """In what way a party joins in."""

    STANDING = "advisory_group", N_("standing advisory group")
    ONCE = "once", N_("meeting, once")
    INTERVIEW = "interview", N_("interview")
    SESSION = "working_session", N_("working session")
    WRITTEN = "written", N_("in writing")
    TEAM = "project_team", N_("project team")
    NOT_PUBLISHED = "not_published", N_("not published")


class Method(Labelled):
    """How information was gathered."""

    DESK = "desk_research", N_("desk research")
    DOCUMENTS = "document_analysis", N_("document analysis")
    LITERATURE = "literature", N_("literature study")
    INTERVIEW = "interview", N_("individual interview")
    GROUP = "group_interview", N_("group interview")
    BRAINSTORM = "brainstorm", N_("brainstorm")
    SESSION = "working_session", N_("working session")
    ADVISORY = "advisory_group", N_("advisory group")
    OTHER = "other", N_("other")


class Group(Labelled):
    """Broad groups of participants: broad, so that no one is recognised by theirs."""

    EXPERTS = "experts_by_experience", N_("experts by experience")
    MUNICIPALITY = "municipalities", N_("municipalities")
    CARE = "care_and_support", N_("care and support")
    JUSTICE = "police_and_justice", N_("police and justice")
    PROJECT = "project", N_("project")
    OTHER = "other", N_("other")


class Party(Row):
    """An organisation or group that has to do with the project."""

    table = "parties"
    title = N_("Parties")
    about = N_("Organisations and groups that have to do with the project.")
    handbook_step = 1

    name: str = column(N_("Name"), N_("Name as people in the region use it."), required=True)
    kind: PartyKind | None = column(N_("Kind"), N_("The broad group the party belongs to."))
    stands_for: Whole | None = column(
        N_("Stands for"),
        N_("How many organisations this row stands for, if more than one (upper bound)."),
        ge=1,
    )
    municipal_roles: Annotated[tuple[MunicipalRole, ...], BeforeValidator(items)] = column(
        N_("Municipal roles"),
        N_("For a municipality: director of the field, commissioner, funder."),
        default=(),
    )
    note: str | None = column(N_("Note"), N_("What else should be known about this party."))


class Involvement(Row):
    """Whether and how one party joins one step."""

    table = "involvement"
    title = N_("Involvement")
    about = N_("Which party joins which step, at which level of its organisation, in what way.")
    handbook_step = 1
    key = ("step", "party", "way")

    step: Whole = column(N_("Step"), N_("Step of the handbook, 1 to 8."), required=True, ge=1, le=8)
    party: str = column(N_("Party"), N_("The party that joins."), required=True, ref="parties")
    intended: Flag | NotPublished | None = column(
        N_("Intended"), N_("Is this party meant to join this step?")
    )
    took_part: Flag | NotPublished | None = column(
        N_("Took part"), N_("Did this party join this step in fact?")
    )
    level: Level | None = column(N_("Level"), N_("At which level of its organisation it joins."))
    way: Way | None = column(N_("Way"), N_("In what way it joins."))


class Meeting(Row):
    """A meeting that was held for one or more steps."""

    table = "meetings"
    title = N_("Meetings")
    about = N_("Meetings held: when, which body, for which steps, who was there.")
    handbook_step = 1

    name: str = column(N_("Name"), N_("What the meeting is called."), required=True)
    date: Day | NotPublished | None = column(N_("Date"), N_("Day of the meeting."))
    body: str | None = column(N_("Body"), N_("The body that met."))
    steps: Items = column(
        N_("Steps"), N_("Steps of the handbook the meeting was for, 1 to 8."), default=()
    )
    present: Items = column(
        N_("Present"), N_("Parties that were there."), default=(), ref="parties"
    )
    people: Count | NotPublished | None = column(N_("People"), N_("How many people were there."))
    note: str | None = column(N_("Note"), N_("What was discussed or settled."))

    @classmethod
    def faults(cls, rows: Iterable[Row]) -> Iterable[tuple[int, str, Message]]:
        """Find steps outside 1 to 8."""
        for index, row in enumerate(rows):
            for step in row.steps:  # type: ignore[attr-defined]
                if step not in tuple("12345678"):
                    yield index, "steps", Message(N_("“{value}” is not a step"), value=step)


class Source(Row):
    """Something or someone that was consulted."""

    table = "sources"
    title = N_("Sources")
    about = N_("Documents, conversations and sessions that the rows of this case come from.")
    handbook_step = 3

    name: str = column(N_("Name"), N_("Title or description of the source."), required=True)
    method: Method | None = column(N_("Method"), N_("How the information was gathered."))
    date: Day | NotPublished | None = column(N_("Date"), N_("Day it was published or held."))
    year: Whole | None = column(N_("Year"), N_("Year, where no day is known."), ge=1900, le=2100)
    n: Count | NotPublished | None = column(N_("Number"), N_("How many people were spoken to."))
    party: str | None = column(N_("Party"), N_("The party it comes from."), ref="parties")
    reference: str | None = column(N_("Reference"), N_("Full reference, or where it is kept."))


class Participant(Row):
    """A person who scores, by pseudonym."""

    table = "participants"
    title = N_("Participants")
    about = N_("People who score, by pseudonym and broad group; never by name.")
    handbook_step = 7

    group: Group | None = column(N_("Group"), N_("The broad group this person belongs to."))
    only_in: str | None = column(
        N_("Only in round"),
        N_(
            "An id that was made up when this anonymous round was revealed; it stands for one "
            "ballot and for nobody in another round."
        ),
        ref="rounds",
        later=True,
    )
