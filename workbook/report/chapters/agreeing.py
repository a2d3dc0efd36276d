"""What is asked of whom after this: recommendations, agreements, commitments, signatures."""

from __future__ import annotations

from workbook import exhibits, handbook
from workbook.case.tables import (
    NOT_PUBLISHED,
    Argument,
    Cluster,
    Commitment,
    Criterion,
    Party,
    Pledge,
    Stance,
)
from workbook.case.tables.document import Provenance
from workbook.exhibits.wording import (
    criterion_names,
    filled,
    listed,
    option_names,
    party_names,
    shown,
    unfilled,
)
from workbook.report.chapters.beginning import decisions
from workbook.report.draft import Draft
from workbook.report.model import Block, Claim, Claims, Paragraph, Shape, Table


def recommendations(draft: Draft) -> list[Block]:
    """Give what is to be done, by whom and when, and which objection it answers."""
    case = draft.case
    _ = case.translate
    against = {row.id: row for row in case.rows(Argument) if row.stance is Stance.AGAINST}
    rows = case.scenario.recommendations
    lines = [
        {
            _("Recommendation"): row.text,
            _("Who"): filled(case, row.who),
            _("When"): filled(case, row.when),
            _("Answers"): _objections(draft, [against[id] for id in row.answers if id in against]),
        }
        for row in rows
    ]
    return [
        *draft.exhibit(exhibits.recommendations),
        *draft.table(_("Recommendations"), lines, rows),
        *decisions(draft, 8),
    ]


def _objections(draft: Draft, arguments: list[Argument]) -> str:
    """Name objections shortly: what they are about, and their number in the trail."""
    case = draft.case
    names = criterion_names(case) | option_names(case)
    told = []
    for row in arguments:
        about = row.criterion or row.option
        words = names[about] if about else case.translate("outside the criteria")
        told.append(f"{words} [{draft.trail.ref(row)[0]}]")
    return ", ".join(told) or "–"


def agreements(draft: Draft) -> list[Block]:
    """Turn the preconditions into a list of agreements to make, open where nothing is known."""
    case = draft.case
    _ = case.translate
    rows = [
        row for row in case.rows(Criterion) if row.selected and row.cluster is Cluster.PRECONDITION
    ]
    published = case.info.provenance is Provenance.PUBLISHED
    blank = unfilled(case) if published else ""
    lines = [
        {
            _("To agree on"): row.name,
            _("What has to be arranged"): shown(case, row.description),
            _("What is known"): _known(draft, row),
            _("Who arranges it"): blank,
            _("Before when"): blank,
        }
        for row in rows
    ]
    cluster = next(found for found in handbook.clusters() if found.id == "precondition")
    if not lines:
        return []
    return [
        Paragraph(cluster.effect.in_(case.lang)),
        *draft.table(
            _("Working agreements to make"), lines, rows, force=Shape.ROWS, tall=not published
        ),
    ]


def _known(draft: Draft, criterion: Criterion) -> str:
    """Say what parties answered when they were asked for this precondition."""
    case = draft.case
    _ = case.translate
    names = party_names(case)
    said = [row for row in case.rows(Commitment) if row.criterion == criterion.id]
    told = []
    if given := sum(row.pledge is Pledge.GIVEN for row in said):
        told.append(_("Given by {n} parties.").format(n=given))
    for pledge in (Pledge.CONDITIONAL, Pledge.DECLINED):
        if who := [names[row.party] for row in said if row.pledge is pledge]:
            words = shown(case, pledge)
            told.append(f"{words[0].upper()}{words[1:]}: {listed(case, who)}.")
    if waiting := sum(row.pledge in (Pledge.ASKED, NOT_PUBLISHED, None) for row in said):
        published = case.info.provenance is Provenance.PUBLISHED
        asked = (
            _("Asked of {n} parties; the answer is not published.")
            if published
            else _("Asked of {n} parties; no answer yet.")
        )
        told.append(asked.format(n=waiting))
    return " ".join(told) or unfilled(case)


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
            tall=True,
            together=True,
        ),
    ]
