"""From a case to its report, in the structure of the handbook's annex 2."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from workbook import exhibits, handbook
from workbook.case import Case
from workbook.case.tables import (
    Argument,
    ArgumentKind,
    Cluster,
    Criterion,
    Decision,
    Form,
    Meeting,
    Option,
    Party,
    Reading,
    Source,
)
from workbook.case.tables.document import Passage, Provenance
from workbook.exhibits import Exhibit
from workbook.exhibits.deployment import topic_words
from workbook.exhibits.exhibit import mark
from workbook.exhibits.texts import chapter_words
from workbook.exhibits.wording import (
    criterion_names,
    option_names,
    party_names,
    shown,
    told_source,
)
from workbook.report.model import Block, Paragraph, Report, Section, Shown, Statements, Table


def compose(case: Case) -> Report:
    """Build the report of a case. What isn't there yet is said, never made up."""
    _ = case.translate
    info = case.info
    project = info.project or _("(the project has no name yet)")
    makers = (
        ("summary", _("In short"), _summary),
        ("project", _("The project"), _project),
        ("process", _("The process"), _process),
        ("deployment", _("The deployment"), _deployment),
        ("criteria", _("Criteria in three clusters"), _criteria),
        ("shortlist", _("From longlist to shortlist"), _shortlist),
        ("matrix", _("The matrix, and where people disagreed"), _matrix),
        ("considerations", _("Considerations per form of position"), _considerations),
        ("outcome", _("What the scores support and what was decided"), _outcome),
        ("pros-cons", _("Advantages and disadvantages"), _pros_cons),
        ("recommendations", _("Recommendations"), _recommendations),
        ("positioning", _("What positioning means, and what it doesn't"), _positioning),
        ("agreements", _("Preconditions and commitments"), _agreements),
        ("further", _("Governance, conversations, expectations, privacy"), _further),
        ("participation", _("Who took part"), _participation),
        ("scan", _("Organisation scan"), _scan),
        ("sources", _("Sources"), _sources),
    )
    sections = [Section(id, title, [b for b in make(case) if b]) for id, title, make in makers]
    sections.append(Section("method", _("How each number was computed"), _method(case, sections)))
    return Report(
        title=_("Preferred scenario: {project}").format(project=project),
        subtitle=info.region,
        lang=case.lang,
        case_lang=info.language,
        mark=mark(case),
        lead=_lead(case),
        sections=sections,
        missing=_("The text publishes nothing on this.")
        if info.provenance is Provenance.PUBLISHED
        else _("Nothing is recorded here yet."),
    )


def _lead(case: Case) -> list[str]:
    _ = case.translate
    lead = []
    if case.info.provenance is Provenance.FICTIONAL:
        lead.append(_("Everything in this report is made up; it shows how the workbook works."))
    elif case.info.provenance is Provenance.PUBLISHED:
        lead.append(
            _("This report was made by reading a published text: {text}.").format(
                text=case.info.published_as or "–"
            )
        )
        lead.append(
            _("Where the text publishes nothing, this report says so. No score was made up.")
        )
    if not any(row.step == 7 for row in case.rows(Decision)):
        lead.append(_("There is no preference yet: step 7 has not been decided."))
    return lead


def _statements(case: Case, label: str, passages: Iterable[Passage]) -> Statements | None:
    items = [(passage.text, told_source(case, passage.source)) for passage in passages]
    return Statements(label, items) if items else None


def _shown(exhibit: Exhibit, *, with_table: bool = False) -> Shown | None:
    return None if exhibit.missing else Shown(exhibit, with_table)


def _summary(case: Case) -> list[Block | None]:
    _ = case.translate
    return [
        _statements(case, _("Summary"), case.scenario.summary),
        Paragraph(exhibits.support_sentence(case)),
        Paragraph(exhibits.decided_sentence(case)),
    ]


def _project(case: Case) -> list[Block | None]:
    _ = case.translate
    info = case.info
    return [
        _statements(case, _("Origin and commission"), info.origin),
        _statements(case, _("Goals"), info.deployment.goals),
        _statements(case, _("Is it time?"), info.readiness),
    ]


def _process(case: Case) -> list[Block | None]:
    _ = case.translate
    period = case.info.period
    told = period.text or " – ".join(shown(case, day) for day in (period.start, period.end) if day)
    parties = party_names(case)
    meetings = pd.DataFrame(
        [
            {
                _("Meeting"): row.name,
                _("Date"): shown(case, row.date),
                _("Steps"): ", ".join(row.steps) or "–",
                _("Present"): ", ".join(parties[p] for p in row.present) or "–",
            }
            for row in case.rows(Meeting)
        ]
    )
    return [
        Paragraph(_("Period: {period}.").format(period=told.rstrip("."))) if told else None,
        _statements(case, _("How it went"), case.info.process),
        None if meetings.empty else Table(_("Meetings"), meetings),
    ]


def _deployment(case: Case) -> list[Block | None]:
    _ = case.translate
    deployment = case.info.deployment
    core = [deployment.core] if deployment.core else []
    return [
        _statements(case, _("The core in one sentence"), core),
        *(
            _statements(case, words, getattr(deployment, topic))
            for topic, words in topic_words(case).items()
            if topic not in ("goals", "core")
        ),
        _shown(exhibits.implications(case), with_table=True),
    ]


def _criteria(case: Case) -> list[Block | None]:
    _ = case.translate
    blocks: list[Block | None] = [
        _shown(exhibits.criteria_sources(case)),
        _shown(exhibits.criteria_funnel(case)),
    ]
    for cluster in handbook.clusters():
        rows = [
            row
            for row in case.rows(Criterion)
            if row.selected and row.cluster is Cluster(cluster.id)
        ]
        if not rows:
            continue
        frame = pd.DataFrame(
            [
                {
                    _("Criterion"): row.name,
                    _("Also called"): shown(case, row.aliases),
                    _("Meaning"): shown(case, row.description),
                    _("Why"): shown(case, row.reason),
                    _("Source"): told_source(case, row.source),
                }
                for row in rows
            ]
        )
        blocks.append(Paragraph(cluster.effect.in_(case.lang)))
        blocks.append(Table(cluster.name.in_(case.lang), frame))
    dropped = [row for row in case.rows(Criterion) if row.selected is False]
    if dropped:
        frame = pd.DataFrame(
            [{_("Criterion"): row.name, _("Why"): shown(case, row.reason)} for row in dropped]
        )
        blocks.append(Table(_("Dropped criteria"), frame))
    blocks.append(_decisions(case, 5))
    return blocks


def _decisions(case: Case, step: int) -> Block | None:
    return _shown(exhibits.decided(case, step=step), with_table=True)


def _shortlist(case: Case) -> list[Block | None]:
    _ = case.translate
    dropped = [row for row in case.rows(Argument) if row.kind is ArgumentKind.DROPPED]
    return [
        _shown(exhibits.options_by_form(case), with_table=True),
        _shown(exhibits.screening(case)),
        _shown(exhibits.options_funnel(case), with_table=True),
        Statements(
            _("Reasons to drop"), [(row.claim, told_source(case, row.source)) for row in dropped]
        )
        if dropped
        else None,
        _decisions(case, 6),
    ]


def _matrix(case: Case) -> list[Block | None]:
    heatmap = exhibits.score_heatmap(case)
    return [
        Paragraph(heatmap.sentence) if heatmap.missing else Shown(heatmap, with_table=True),
        _shown(exhibits.discussion_order(case)),
        _shown(exhibits.priorities(case), with_table=True),
        _shown(exhibits.reading(case), with_table=True) if case.rows(Reading) else None,
    ]


def _considerations(case: Case) -> list[Block | None]:
    _ = case.translate
    options = {row.id: row for row in case.rows(Option)}
    blocks: list[Block | None] = [_shown(exhibits.considerations(case))]
    words = option_names(case) | criterion_names(case)
    for form in (*Form, None):
        rows = [
            row
            for row in case.rows(Argument)
            if row.kind is ArgumentKind.CONSIDERATION
            and (row.form or (options[row.option].form if row.option else None)) is form
        ]
        if not rows:
            continue
        items = []
        for row in rows:
            about = [words[x] for x in (row.option, row.criterion) if x]
            stance = shown(case, row.stance)
            lead = f"[{stance}{' · ' + ' · '.join(about) if about else ''}] "
            tail = " " + _("(goes against what was decided)") if row.dissent else ""
            items.append((lead + row.claim + tail, told_source(case, row.source)))
        blocks.append(Statements(shown(case, form) if form else _("About no form"), items))
    return blocks


def _outcome(case: Case) -> list[Block | None]:
    blocks = [
        _shown(exhibits.support(case), with_table=True),
        _shown(exhibits.firmness(case), with_table=True),
        _shown(exhibits.endings(case)),
        _shown(exhibits.robustness(case), with_table=True),
        _shown(exhibits.rules(case), with_table=True),
        _shown(exhibits.reading_outcome(case), with_table=True) if case.rows(Reading) else None,
        _shown(exhibits.partnerships(case), with_table=True),
        _shown(exhibits.decided(case, step=7), with_table=True),
    ]
    if not any(blocks):
        blocks.append(Paragraph(exhibits.support_sentence(case)))
    return blocks


def _pros_cons(case: Case) -> list[Block | None]:
    return [_shown(exhibits.pros_and_cons(case), with_table=True)]


def _recommendations(case: Case) -> list[Block | None]:
    return [_shown(exhibits.recommendations(case), with_table=True), _decisions(case, 8)]


def _positioning(case: Case) -> list[Block | None]:
    lang = case.lang
    position = handbook.position()
    return [
        Paragraph(position.meaning.in_(lang)),
        Paragraph(position.not_collaboration.in_(lang)),
        _shown(exhibits.collaborations(case), with_table=True),
    ]


def _agreements(case: Case) -> list[Block | None]:
    _ = case.translate
    rows = [
        (
            f"{row.name}: {row.description}" if row.description else row.name,
            told_source(case, row.source),
        )
        for row in case.rows(Criterion)
        if row.selected and row.cluster is Cluster.PRECONDITION
    ]
    return [
        Statements(_("Working agreements to make"), rows) if rows else None,
        _shown(exhibits.commitments(case), with_table=True),
    ]


def _further(case: Case) -> list[Block | None]:
    return [
        _statements(case, word, getattr(case.scenario, topic))
        for topic, word in chapter_words(case).items()
        if topic != "summary"
    ]


def _participation(case: Case) -> list[Block | None]:
    _ = case.translate
    frame = pd.DataFrame(
        [
            {
                _("Party"): row.name,
                _("Kind"): shown(case, row.kind),
                _("Municipal roles"): shown(case, row.municipal_roles),
            }
            for row in case.rows(Party)
        ]
    )
    return [
        _shown(exhibits.involvement(case)),
        None if frame.empty else Table(_("Parties"), frame),
    ]


def _scan(case: Case) -> list[Block | None]:
    return [_shown(exhibits.organisation_scan(case), with_table=True)]


def _sources(case: Case) -> list[Block | None]:
    _ = case.translate
    frame = pd.DataFrame(
        [
            {
                _("Id"): row.id,
                _("Name"): row.name,
                _("Method"): shown(case, row.method),
                _("Date"): shown(case, row.date or row.year),
                _("Number"): shown(case, row.n),
                _("Reference"): shown(case, row.reference),
            }
            for row in case.rows(Source)
        ]
    )
    return [None if frame.empty else Table(_("Sources"), frame)]


def _method(case: Case, sections: Iterable[Section]) -> list[Block]:
    _ = case.translate
    made = [
        block.exhibit
        for section in sections
        for block in section.blocks
        if isinstance(block, Shown) and block.exhibit.provenance
    ]
    rules = [(f"{exhibit.title}: {' '.join(exhibit.provenance)}", exhibit.name) for exhibit in made]
    scale = Paragraph(
        _(
            "The scale −, ± and + is ordinal. Counts always stand beside an index, and what "
            "the scores support is never shown as what the room decided."
        )
    )
    return [scale, Statements(_("Per picture or table"), rules)] if rules else [scale]
