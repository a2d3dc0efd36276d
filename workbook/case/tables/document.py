"""The two documents of a case: who and what it is about, and how it ends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

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

    start: Day | NotPublished | None = None
    end: Day | NotPublished | None = None
    text: str | None = None


class Deployment(Part):
    """Step 2: how the experts by experience are deployed."""

    core: Passage | None = None
    goals: Passages = ()
    audience: Passages = ()
    kinds: Annotated[tuple[Kind, ...], BeforeValidator(_none_is_empty)] = ()
    role: Passages = ()
    team: Passages = ()
    employer: Passages = ()
    inflow: Passages = ()
    matching: Passages = ()
    financing: Passages = ()
    other_activities: Passages = ()
    experiences: Passages = ()


class Settings(Part):
    """Choices for the working session and the judgement."""

    names: str | None = None
    way_of_scoring: str | None = None


class CaseInfo(Part):
    """``case.yaml``: the region, its project and how the experts are deployed.

    Its fields are the topics of steps 0 and 2; every statement is a `Passage` with its own id
    and source.
    """

    region: Annotated[str, Field(min_length=1)]
    project: str | None = None
    language: Literal["nl", "en"] = "nl"
    provenance: Provenance
    published_as: str | None = None
    period: Period = Period()
    origin: Passages = ()
    process: Passages = ()
    readiness: Passages = ()
    deployment: Deployment = Deployment()
    session: Settings = Settings()
    retention: Passages = ()


class Recommendation(Passage):
    """Something to do, with who and when, and which argument it answers."""

    who: str | None = None
    when: str | None = None
    answers: Annotated[tuple[str, ...], BeforeValidator(_none_is_empty)] = ()


class Scenario(Part):
    """``scenario.yaml``: step 8, what only people can write."""

    summary: Passages = ()
    considerations: Passages = ()
    recommendations: Annotated[tuple[Recommendation, ...], BeforeValidator(_none_is_empty)] = ()
    governance: Passages = ()
    conversations: Passages = ()
    expectations: Passages = ()
    registration_privacy: Passages = ()
    follow_up: Passages = ()
