"""The preferred scenario itself: step 8, and what was said against it."""

from __future__ import annotations

from collections.abc import Iterable

from workbook import exhibits, handbook
from workbook.case.tables import (
    NOT_PUBLISHED,
    Argument,
    ArgumentKind,
    Cluster,
    Commitment,
    Criterion,
    Decision,
    Party,
    Pledge,
)
from workbook.case.tables.document import Provenance
from workbook.exhibits.texts import chapter_words
from workbook.exhibits.wording import criterion_names, option_names, party_names, shown
from workbook.report.chapters.beginning import decisions
from workbook.report.draft import Draft
from workbook.report.model import Block, Claim, Claims, Paragraph, Table


def pros_cons(draft: Draft) -> list[Block]:
    """Give what speaks for and against the choice, tied to a criterion or not."""
    case = draft.case
    _ = case.translate
    options, criteria = option_names(case), criterion_names(case)
    kinds = {
        ArgumentKind.ADVANTAGE: _("Advantages"),
        ArgumentKind.DISADVANTAGE: _("Disadvantages"),
    }
    rows = [row for row in case.rows(Argument) if row.kind in kinds]
    several = len({row.option or row.form for row in rows}) > 1
    answers = {ref: item for item in case.scenario.recommendations for ref in item.answers}
    blocks = draft.exhibit(exhibits.pros_and_cons)
    for kind, label in kinds.items():
        items = []
        for row in (row for row in rows if row.kind is kind):
            about = options[row.option] if row.option else shown(case, row.form)
            lead = criteria[row.criterion] if row.criterion else _("outside the criteria")
            answer = answers.get(row.id)
            items.append(
                Claim(
                    row.claim,
                    (*draft.trail.ref(row), *draft.trail.ref(answer)),
                    lead=f"{about} · {lead}" if several else lead,
                    tail=_("Recommendation:")
                    if answer
                    else _("No recommendation answers this yet.")
                    if kind is ArgumentKind.DISADVANTAGE
                    else "",
                    answer=answer.text if answer else "",
                )
            )
        if items:
            blocks.append(Claims(label, items))
    return blocks


def positioning(draft: Draft) -> list[Block]:
    """Say what a position is and that working together is something else."""
    position = handbook.position()
    return [
        Paragraph(position.meaning.in_(draft.case.lang)),
        Paragraph(position.not_collaboration.in_(draft.case.lang)),
        *draft.exhibit(exhibits.collaborations, table=True),
    ]


def recommendations(draft: Draft) -> list[Block]:
    """Give what is to be done, by whom and when."""
    return [*draft.exhibit(exhibits.recommendations, table=True), *decisions(draft, 8)]


def agreements(draft: Draft) -> list[Block]:
    """Turn the preconditions into a list of agreements to make."""
    case = draft.case
    _ = case.translate
    rows = [
        row for row in case.rows(Criterion) if row.selected and row.cluster is Cluster.PRECONDITION
    ]
    items = [
        Claim(
            row.description or row.name,
            draft.trail.ref(row),
            lead=row.name if row.description else "",
        )
        for row in rows
    ]
    return [Claims(_("Working agreements to make"), items)] if items else []


def commitment(draft: Draft) -> list[Block]:
    """Show which party binds itself to what; where it did not simply agree, with its words."""
    case = draft.case
    _ = case.translate
    names, criteria = party_names(case), criterion_names(case)
    said = [
        row
        for row in case.rows(Commitment)
        if row.statement and row.pledge in (Pledge.CONDITIONAL, Pledge.DECLINED)
    ]
    items = [
        Claim(
            str(row.statement),
            draft.trail.ref(row),
            lead=" · ".join([names[row.party], criteria[row.criterion], shown(case, row.pledge)]),
        )
        for row in said
    ]
    return [
        *draft.exhibit(exhibits.commitments, numbers=True),
        *([Claims(_("Conditions and refusals"), items)] if items else []),
    ]


def further(draft: Draft) -> list[Block]:
    """Give the chapters that only people can write; how long data are kept is one of privacy."""
    case = draft.case
    blocks: list[Block] = []
    for topic, words in chapter_words(case).items():
        if topic in ("summary", "considerations"):
            continue
        blocks += draft.claims(words, getattr(case.scenario, topic))
        if topic == "registration_privacy":
            label = case.translate("How long the data of this process are kept")
            blocks += draft.claims(label, case.info.retention)
    return blocks


def dissent(draft: Draft) -> list[Block]:
    """Keep what goes against what was decided."""
    case = draft.case
    _ = case.translate
    against = [row for row in case.rows(Argument) if row.dissent]

    def told(label: str, rows: Iterable[Criterion | Decision], about: str) -> list[Block]:
        items = [
            Claim(row.dissent, draft.trail.ref(row), lead=getattr(row, about))
            for row in rows
            if row.dissent and row.dissent != NOT_PUBLISHED
        ]
        return [Claims(label, items)] if items else []

    return [
        *told(_("On the criteria"), case.rows(Criterion), "name"),
        *told(_("At the decisions"), case.rows(Decision), "subject"),
        *draft.claims(_("Arguments against what was decided"), against, "claim"),
    ]


def signatures(draft: Draft) -> list[Block]:
    """Leave room to sign; a text that others published isn't ours to have signed."""
    case = draft.case
    _ = case.translate
    if case.info.provenance is Provenance.PUBLISHED:
        return []
    asked = {row.party for row in case.rows(Commitment)}
    names = [row.name for row in case.rows(Party) if row.id in asked]
    if not names:
        return []
    head = [_("Party"), _("Name and position"), _("Date"), _("Signature")]
    return [
        Paragraph(
            _("Whoever signs binds their party to the commitments that are stated for it here.")
        ),
        Table(
            _("Signatures"),
            head,
            [[name, "", "", ""] for name in names],
            own=frozenset({0}),
            tall=True,
        ),
    ]
