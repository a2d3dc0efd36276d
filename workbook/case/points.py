"""What is still open in a case, step by step. Open points never block anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from workbook.case.case import Case
from workbook.case.checking import passages
from workbook.case.tables import (
    NOT_PUBLISHED,
    NOT_RECORDED,
    TABLES,
    Argument,
    ArgumentKind,
    Ballot,
    Cluster,
    Commitment,
    Criterion,
    Decision,
    How,
    Involvement,
    Meeting,
    Option,
    Participant,
    Party,
    PartyKind,
    Pledge,
    Priority,
    Reading,
    Round,
    Row,
    ScanAnswer,
    Screening,
    Source,
    State,
    Status,
    Tally,
)
from workbook.case.tables.document import Deployment, Provenance, Scenario
from workbook.locale import N_, Message

STEPS = tuple(range(10))

Named = tuple[Message, Message]
"""A sentence that names people, and one that doesn't."""
LONG = 28
"""Characters of a name that a picture has room for."""


class Gap(Message):
    """An open point where a trail breaks: a choice, a statement or an answer without its ground."""


@dataclass(frozen=True)
class Point:
    """One thing that is still open in a step.

    ``brief`` says the same without naming people, for what is shown in front of a room.
    """

    step: int
    what: Message
    brief: Message | None = None

    @property
    def gap(self) -> bool:
        """Whether a trail breaks here."""
        return isinstance(self.what, Gap)

    def render(self, lang: str) -> str:
        """Give the point as a sentence."""
        return self.what.render(lang)

    def render_brief(self, lang: str) -> str:
        """Give the point without names of people."""
        return (self.brief or self.what).render(lang)


def open_points(case: Case) -> list[Point]:
    """List what is still open, in step order."""
    found: list[Point] = []
    for step, check in enumerate(_CHECKS):
        for what in check(case):
            found.append(Point(step, *what) if isinstance(what, tuple) else Point(step, what))
        found += [Point(step, what) for what in _untraced(case, step)]
    return found


def started(case: Case, step: int) -> bool:
    """Whether anything at all was filled in for a step."""
    if any(row.step == step for row in case.rows(Decision)):
        return True
    if step == 0:
        return bool(case.info.project or case.info.readiness)
    if step == 2:
        return any(True for _ in passages(case.info.deployment))
    if step == 5:
        return any(row.selected is not None for row in case.rows(Criterion))
    if step == 6:
        return bool(case.rows(Screening)) or any(
            row.shortlisted is not None for row in case.rows(Option)
        )
    if step == 8 and any(True for _ in passages(case.scenario)):
        return True
    tables = [model for model in TABLES if model.handbook_step == step]
    if step == 7:
        tables = [Round, Ballot, Tally, Reading, Priority]
    return any(case.rows(model) for model in tables)


def names(items: Iterable[str], most: int = 6) -> str:
    """Join names for a sentence, with … after the first few."""
    found = list(items)
    return ", ".join(found[:most]) + (", …" if len(found) > most else "")


def _start(case: Case) -> Iterator[Message]:
    if not case.info.project:
        yield Message(N_("the project has no name yet (case.yaml, project)"))
    if not case.info.readiness:
        yield Message(N_("not answered: is it time yet? (case.yaml, readiness)"))


def _involve(case: Case) -> Iterator[Message]:
    parties = {row.id: row for row in case.rows(Party)}
    if not parties:
        yield Message(N_("no parties yet (parties.csv)"))
        return
    part = {
        (row.step, parties[row.party].kind)
        for row in case.rows(Involvement)
        if row.took_part is True or (row.intended is True and row.took_part is not False)
    }
    for kind, words in (
        (PartyKind.EXPERTS, N_("no experts by experience in step {steps}")),
        (PartyKind.MUNICIPALITY, N_("no municipality in step {steps}")),
    ):
        absent = [str(step) for step in range(1, 9) if (step, kind) not in part]
        if absent:
            yield Message(words, steps=names(absent, 8))
    municipalities = [row for row in parties.values() if row.kind is PartyKind.MUNICIPALITY]
    if municipalities and not any(row.municipal_roles for row in municipalities):
        yield Message(N_("no municipality has a role yet: director, commissioner, funder"))
    if not case.rows(Meeting):
        yield Message(N_("no meetings yet (meetings.csv)"))


def _describe(case: Case) -> Iterator[Message]:
    deployment: Deployment = case.info.deployment
    if deployment.core is None:
        yield Message(N_("the core is not yet in one sentence (case.yaml, deployment, core)"))
    for topic, field in Deployment.model_fields.items():
        if topic != "core" and not getattr(deployment, topic):
            yield Message(N_("not described yet: {topic}"), topic=Message(str(field.title)))


def _inventory(case: Case) -> Iterator[Message]:
    criteria = case.rows(Criterion)
    if not criteria:
        yield Message(N_("no criteria yet (criteria.csv)"))
    sourceless = [row.name for row in criteria if not row.found_by]
    if sourceless:
        yield Gap(N_("no source for: {names}"), names=names(sourceless))
    if not case.rows(Source):
        yield Message(N_("no sources yet (sources.csv)"))


def _longlist(case: Case) -> Iterator[Message]:
    options = case.rows(Option)
    if not options:
        yield Message(N_("no options yet (options.csv)"))
        return
    if not any(row.current for row in options):
        yield Message(N_("the current position is not among the options"))
    unargued = [row.name for row in options if not row.why and not row.current]
    if unargued:
        yield Gap(N_("alternatives without a why: {names}"), names=names(unargued))
    long = [row.name for row in options if len(row.name) > LONG and not row.short]
    if long:
        yield Message(
            N_("names too long for a picture, give a short name: {names}"), names=names(long)
        )
    vague = [
        row.name
        for row in options
        if not (row.responsibility and row.coordination and row.employment)
    ]
    if vague:
        yield Message(
            N_("responsibility, coordination or employment is open for: {names}"),
            names=names(vague),
        )


def _select(case: Case) -> Iterator[Message]:
    criteria = case.rows(Criterion)
    if not criteria:
        yield Message(N_("there are no criteria to choose from yet"))
        return
    undecided = [row.name for row in criteria if row.selected is None]
    if undecided:
        yield Message(N_("not yet kept or dropped: {names}"), names=names(undecided))
    loose = [row.name for row in criteria if row.selected and row.cluster is None]
    if loose:
        yield Message(N_("kept without a cluster: {names}"), names=names(loose))
    unargued = [row.name for row in criteria if row.selected is not None and not row.reason]
    if unargued:
        yield Gap(N_("kept or dropped without a reason: {names}"), names=names(unargued))
    yield from _decision(case, 5)


def _shortlist(case: Case) -> Iterator[Message]:
    options = case.rows(Option)
    if not options:
        yield Message(N_("there is no longlist yet"))
        return
    undecided = [row.name for row in options if row.shortlisted is None]
    if undecided:
        yield Message(N_("not yet on or off the shortlist: {names}"), names=names(undecided))
    if any(row.shortlisted == NOT_PUBLISHED for row in options):
        yield Message(N_("which options were on the shortlist is not published"))
    argued = {row.option for row in case.rows(Argument) if row.kind is ArgumentKind.DROPPED}
    unargued = [
        row.name
        for row in options
        if row.shortlisted is False and not row.reason and row.id not in argued
    ]
    if unargued:
        yield Gap(N_("dropped without a reason: {names}"), names=names(unargued))
    vision = [c for c in case.rows(Criterion) if c.cluster is Cluster.VISION and c.selected]
    screened = {(row.option, row.criterion) for row in case.rows(Screening)}
    absent = [o for o in options for c in vision if (o.id, c.id) not in screened]
    if absent and case.info.provenance is Provenance.PUBLISHED and not screened:
        yield Message(N_("the verdicts on the longlist are not published"))
    elif absent:
        yield Message(N_("{n} cells of longlist × vision criteria have no verdict"), n=len(absent))
    yield from _decision(case, 6)


def _prefer(case: Case) -> Iterator[Message | Named]:
    scored = [c for c in case.rows(Criterion) if c.cluster is Cluster.DISTINGUISHING and c.selected]
    if not scored:
        yield Message(N_("there are no distinguishing criteria to score on yet"))
    unclear = [c.name for c in scored if not (c.minus and c.plusminus and c.plus)]
    if unclear:
        yield Message(N_("not said what −, ± and + mean for: {names}"), names=names(unclear))
    if not case.rows(Ballot) and not case.rows(Tally):
        if case.info.provenance is Provenance.PUBLISHED:
            yield Message(N_("the participants' scores are not published"))
        else:
            yield Message(N_("no scores yet (ballots.csv or tallies.csv)"))
    yield from _missing_scores(case)
    if not any(row.rank for row in case.rows(Priority)):
        yield Message(N_("no order of importance yet (priorities.csv)"))
    yield from _decision(case, 7)


def _missing_scores(case: Case) -> Iterator[Named]:
    groups = {row.id for row in case.rows(Participant)}
    for row in case.rows(Round):
        if row.how is not How.BALLOTS or row.state is not State.REVEALED:
            continue
        blanks: dict[str, int] = {}
        for ballot in case.rows(Ballot):
            if ballot.round == row.id and ballot.score is None and ballot.participant in groups:
                blanks[ballot.participant] = blanks.get(ballot.participant, 0) + 1
        if blanks:
            told = [f"{who} ({n})" for who, n in blanks.items()]
            yield (
                Message(
                    N_("{round}: not scored by {names}"), round=row.name, names=names(told, 12)
                ),
                Message(
                    N_("{round}: forms that are not complete: {n}"), round=row.name, n=len(told)
                ),
            )


def _decision(case: Case, step: int) -> Iterator[Message]:
    made = [row for row in case.rows(Decision) if row.step == step]
    if not made:
        yield Message(N_("no decision recorded yet (decisions.csv, step {step})"), step=step)
    for row in made:
        if row.status is not Status.CONFIRMED:
            yield Gap(N_("not yet confirmed: {subject}"), subject=row.subject)
        if not row.reason:
            yield Gap(N_("decided without a reason: {subject}"), subject=row.subject)


def _describe_scenario(case: Case) -> Iterator[Message]:
    for topic, field in Scenario.model_fields.items():
        if not getattr(case.scenario, topic):
            yield Message(N_("not written yet: {topic}"), topic=Message(str(field.title)))
    answered = {ref for item in case.scenario.recommendations for ref in item.answers}
    for row in case.rows(Argument):
        if row.kind is ArgumentKind.DISADVANTAGE and row.id not in answered:
            yield Gap(
                N_("a disadvantage without a recommendation: {claim}"), claim=_short(row.claim)
            )
    waiting = [
        row for row in case.rows(Commitment) if row.pledge in (None, Pledge.ASKED, NOT_PUBLISHED)
    ]
    if waiting:
        yield Message(N_("{n} commitments were asked and not yet answered"), n=len(waiting))
    elif not case.rows(Commitment):
        yield Message(N_("no commitments yet (commitments.csv)"))
    yield from _decision(case, 8)


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "…"


def _scan(case: Case) -> Iterator[Message]:
    answers = case.rows(ScanAnswer)
    if not answers and case.info.provenance is Provenance.PUBLISHED:
        yield Message(N_("no completed scan is published"))
    elif not answers:
        yield Message(N_("no organisation has filled in the scan yet (scan.csv)"))
    empty = [row for row in answers if not (row.present or row.desired or row.questions)]
    if empty:
        yield Message(N_("{n} questions of the scan have no answer yet"), n=len(empty))


def _untraced(case: Case, step: int) -> Iterator[Message]:
    known = {row.id for row in case.rows(Source)} | {row.id for row in case.rows(Meeting)}
    for file, stated in _stated(case, step):
        open_ = sum(source == NOT_RECORDED for _id, source in stated)
        if open_:
            yield Gap(N_("{file}: statements without a source: {n}"), file=file, n=open_)
        loose = [
            id for id, source in stated if source != NOT_RECORDED and not traced(source, known)
        ]
        if loose:
            yield Gap(
                N_("{file}: the source is not in sources.csv or meetings.csv: {names}"),
                file=file,
                names=names(loose),
            )


def _stated(case: Case, step: int) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give the ids and sources of a step's rows and statements, file by file."""
    for model in TABLES:
        mine = [row for row in case.rows(model) if _step_of(row) == step]
        if mine:
            yield f"{model.table}.csv", [(row.id, row.source) for row in mine]
    deployment = case.info.deployment
    documents = {
        0: ("case.yaml", case.info.model_copy(update={"deployment": Deployment()})),
        2: ("case.yaml", deployment),
        8: ("scenario.yaml", case.scenario),
    }
    if step in documents:
        file, document = documents[step]
        yield file, [(passage.id, passage.source) for passage in passages(document)]


def _step_of(row: Row) -> int:
    """Give the step that a row documents.

    What was said or decided belongs to the step it was said in. A row of involvement names the step
    that a party joins; it is filled in, and mended, in step 1.
    """
    said = row.step if isinstance(row, (Argument, Decision)) else None
    return said or row.handbook_step


def documented(case: Case, step: int) -> tuple[int, int]:
    """Count how many of a step's rows and statements have a source that can be followed.

    Returns
    -------
    traced, stated : int
    """
    known = {row.id for row in case.rows(Source)} | {row.id for row in case.rows(Meeting)}
    sources = [source for _file, stated in _stated(case, step) for _id, source in stated]
    return sum(traced(source, known) for source in sources), len(sources)


def traced(source: str, known: set[str]) -> bool:
    """Whether a row's source can be followed: fictional, or a known id before any colon."""
    return source == "fictional" or source.split(":", 1)[0].strip() in known


_CHECKS: tuple[Callable[[Case], Iterator[Message | Named]], ...] = (
    _start,
    _involve,
    _describe,
    _inventory,
    _longlist,
    _select,
    _shortlist,
    _prefer,
    _describe_scenario,
    _scan,
)
