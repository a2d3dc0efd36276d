"""The two documents of a case: who and what it is about, and how it ends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from workbook.case.tables.base import Day, Flag, Labelled, NotPublished, Slug
from workbook.locale import N_


class Provenance(Labelled):
    """What kind of case this is; it is marked wherever the case shows."""

    PUBLISHED = "published", N_("read from a published text")
    FICTIONAL = "fictional", N_("fictional")
    OWN = "own", N_("the region's own case")


class DeployedFor(Labelled):
    """What experts by experience are deployed for."""

    CASEWORK = "casework", N_("casework")
    POLICY = "policy", N_("policy")
    AWARENESS = "awareness", N_("awareness")
    INFORMATION = "information", N_("information and education")
    KNOWLEDGE = "knowledge_sharing", N_("sharing knowledge")
    PREVENTION = "prevention", N_("prevention")
    PEERS = "peer_contact", N_("peer contact")
    OTHER = "other", N_("other")


def topic(title: str, help: str, default: Any) -> Any:
    """Name a field of a document once, for the open points, the report and the codebook."""
    return Field(default, title=title, description=help)


def _none_is_empty(value: object) -> object:
    return () if value is None else value


class Part(BaseModel):
    """A part of a document; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_no_fields(cls, value: Any) -> Any:
        return {} if value is None else value


class Passage(Part):
    """One traceable statement."""

    id: Slug
    text: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]


Passages = Annotated[tuple[Passage, ...], BeforeValidator(_none_is_empty)]


class Kind(Passage):
    """One kind of deployment and whether it is the primary one."""

    kind: DeployedFor
    primary: Flag = False


class Period(Part):
    """From when to when the process ran."""

    start: Day | NotPublished | None = topic(N_("Start"), N_("First day of the process."), None)
    end: Day | NotPublished | None = topic(N_("End"), N_("Last day of the process."), None)
    text: str | None = topic(
        N_("Period"), N_("The period in words, where days are not known."), None
    )


class Deployment(Part):
    """Step 2: how the experts by experience are deployed."""

    core: Passage | None = topic(N_("The core"), N_("The deployment in one sentence."), None)
    goals: Passages = topic(N_("Goals"), N_("What the project wants to achieve."), ())
    audience: Passages = topic(
        N_("Audience"), N_("For whom the experts by experience are there."), ()
    )
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(_none_is_empty)] = topic(
        N_("What they are deployed for"),
        N_("Kinds of deployment, and which is the primary one."),
        (),
    )
    role: Passages = topic(
        N_("Role"), N_("What they do, and how that relates to the work of professionals."), ()
    )
    team: Passages = topic(N_("Team"), N_("How the team is made up and guided."), ())
    employer: Passages = topic(N_("Employer"), N_("Who employs them, and how."), ())
    inflow: Passages = topic(N_("Inflow"), N_("How cases or requests come in."), ())
    matching: Passages = topic(
        N_("Matching"), N_("How an expert by experience and a client are brought together."), ()
    )
    financing: Passages = topic(N_("Financing"), N_("Where the money comes from."), ())
    other_activities: Passages = topic(
        N_("Other activities"), N_("What they do beside their primary deployment."), ()
    )
    experiences: Passages = topic(N_("Experiences so far"), N_("How it has gone until now."), ())


class Settings(Part):
    """Choices for the working session and the judgement."""

    names: str | None = topic(
        N_("Names"), N_("Whether scores are discussed by name or anonymously."), None
    )
    way_of_scoring: str | None = topic(
        N_("Way of scoring"), N_("By ballots or by show of hands."), None
    )
    minus_below: float = topic(
        N_("− below"),
        N_(
            "Of a criterion with parts: below which covered share a set of parties gets −, from 0 "
            "to 1, such as 0.33. A third if nothing is filled in."
        ),
        1 / 3,
    )
    plus_from: Annotated[float, Field(validate_default=True)] = topic(
        N_("+ from"),
        N_(
            "From which covered share it gets +, from 0 to 1 and not below the share for −. Two "
            "thirds if nothing is filled in."
        ),
        2 / 3,
    )

    @field_validator("minus_below", "plus_from", mode="before")
    @classmethod
    def _share(cls, value: Any, info: ValidationInfo) -> float:
        if value is None or value == "":
            value = cls.model_fields[str(info.field_name)].default
        try:
            # 0,33 is how it is written here, and ⅓ has no end in decimals.
            above, slash, below = str(value).replace(",", ".").partition("/")
            share = float(above) / float(below) if slash else float(above)
        except (ValueError, ZeroDivisionError):
            share = -1.0
        if not 0 <= share <= 1:
            raise PydanticCustomError("share", "not a share from 0 to 1")
        # A threshold for − that is wrong itself is one error, not two.
        if info.field_name == "plus_from" and info.data.get("minus_below", 0) > share:
            raise PydanticCustomError("share_order", "below minus_below")
        return share


class CaseInfo(Part):
    """``case.yaml``: the region, its project and how the experts are deployed.

    Its fields are the topics of steps 0 and 2; every statement is a `Passage` with its own id
    and source.
    """

    region: Annotated[str, Field(min_length=1)] = topic(
        N_("Region"), N_("Name of the region as people know it."), ...
    )
    project: str | None = topic(N_("Project"), N_("Name of the project."), None)
    language: Literal["nl", "en"] = topic(
        N_("Language"), N_("Language the case is written in, nl or en."), "nl"
    )
    provenance: Provenance = topic(
        N_("Provenance"),
        N_("own, published or fictional; it is marked wherever the case shows."),
        ...,
    )
    published_as: str | None = topic(
        N_("Published as"), N_("For a published case: the text it was read from."), None
    )
    period: Period = Period()
    origin: Passages = topic(
        N_("Origin"), N_("Where the project comes from and who asked for this."), ()
    )
    process: Passages = topic(N_("Process"), N_("How the eight steps were taken."), ())
    readiness: Passages = topic(
        N_("Is it time yet?"),
        N_("Is there enough experience to think about a permanent place?"),
        (),
    )
    deployment: Deployment = Deployment()
    session: Settings = Settings()
    retention: Passages = topic(
        N_("Retention"), N_("How long the data are kept, and who removes them."), ()
    )


class Recommendation(Passage):
    """Something to do, with who and when, and which argument it answers."""

    who: str | None = None
    when: str | None = None
    answers: Annotated[tuple[str, ...], BeforeValidator(_none_is_empty)] = ()


class Scenario(Part):
    """``scenario.yaml``: step 8, what only people can write."""

    summary: Passages = topic(N_("Summary"), N_("The preferred scenario in a few sentences."), ())
    considerations: Passages = topic(N_("Considerations"), N_("What weighed most."), ())
    recommendations: Annotated[tuple[Recommendation, ...], BeforeValidator(_none_is_empty)] = topic(
        N_("Recommendations"),
        N_("What to do next, with who and when, and which arguments it answers."),
        (),
    )
    governance: Passages = topic(N_("Governance"), N_("Who steers and who decides after this."), ())
    conversations: Passages = topic(
        N_("Open conversations"), N_("What still has to be talked through."), ()
    )
    expectations: Passages = topic(
        N_("Expectation management"), N_("What is and isn't possible, and how that is told."), ()
    )
    registration_privacy: Passages = topic(
        N_("Registration and privacy"), N_("How the project registers and protects data."), ()
    )
    follow_up: Passages = topic(N_("Follow-up"), N_("The first steps after this."), ())
