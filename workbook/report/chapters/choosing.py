"""From criteria and a longlist to a shortlist: steps 3 to 6."""

from __future__ import annotations

from workbook import exhibits, handbook
from workbook.case import Case
from workbook.case.tables import (
    NOT_PUBLISHED,
    Argument,
    ArgumentKind,
    Cluster,
    Criterion,
    Form,
    Option,
)
from workbook.exhibits.wording import listed, party_names, shown
from workbook.report.chapters.beginning import decisions
from workbook.report.draft import Draft
from workbook.report.model import Block, Paragraph, Shape


def criteria(draft: Draft) -> list[Block]:
    """Give the selected criteria by cluster, with what each cluster does; then what fell off."""
    case = draft.case
    _ = case.translate
    rows = case.rows(Criterion)
    blocks = [
        *draft.exhibit(exhibits.criteria_sources, picture=False),
        *draft.exhibit(exhibits.criteria_funnel),
    ]
    for cluster in handbook.clusters():
        mine = [row for row in rows if row.selected and row.cluster is Cluster(cluster.id)]
        lines = [
            {
                _("Criterion"): row.name,
                _("Meaning"): shown(case, row.description),
                _("Why"): shown(case, row.reason),
                **_beside(case, row),
                _("− means"): shown(case, row.minus),
                _("± means"): shown(case, row.plusminus),
                _("+ means"): shown(case, row.plus),
                _("Also called"): shown(case, row.aliases),
            }
            for row in mine
        ]
        if mine:
            blocks.append(Paragraph(cluster.effect.in_(case.lang)))
        blocks += draft.table(cluster.name.in_(case.lang), lines, mine, force=Shape.RECORDS)
    dropped = [row for row in rows if row.selected is False]
    lines = [
        {_("Criterion"): row.name, _("Why"): shown(case, row.reason), **_beside(case, row)}
        for row in dropped
    ]
    blocks += draft.table(_("Dropped criteria"), lines, dropped)
    undecided = [row for row in rows if row.selected is None]
    lines = [
        {_("Criterion"): row.name, _("Meaning"): shown(case, row.description)} for row in undecided
    ]
    blocks += draft.table(_("Criteria not chosen from yet"), lines, undecided)
    return blocks + decisions(draft, 5)


def _positions(draft: Draft) -> list[Block]:
    """Tell of each position on the longlist what speaks for and against it."""
    case = draft.case
    _ = case.translate
    rows, parties = case.rows(Option), party_names(case)

    def told(value: str | None) -> str:
        # Said once below the list, instead of three times per position.
        return "–" if value == NOT_PUBLISHED else shown(case, value)

    lines = [
        {
            _("Option"): row.name,
            _("Form"): shown(case, row.form),
            _("Members"): ", ".join(parties[member] for member in row.members) or "–",
            _("Current"): _("yes") if row.current else "–",
            _("Responsibility"): told(row.responsibility),
            _("Coordination"): told(row.coordination),
            _("Employment"): told(row.employment),
            _("Advantages"): shown(case, row.pros),
            _("Disadvantages"): shown(case, row.cons),
            _("Why on the longlist"): shown(case, row.why),
        }
        for row in rows
    ]
    blocks = draft.table(_("The positions, one by one"), lines, rows, force=Shape.RECORDS)
    if any(NOT_PUBLISHED in (r.responsibility, r.coordination, r.employment) for r in rows):
        silent = _(
            "Where nothing is said here about responsibility, coordination or employment, the "
            "text publishes nothing on it."
        )
        blocks.append(Paragraph(silent))
    return blocks


def _beside(case: Case, row: Criterion) -> dict[str, str]:
    """Give who stands behind the choice for or against a criterion, and who doesn't."""
    _ = case.translate
    return {
        _("Support"): shown(case, row.support),
        _("Dissent"): shown(case, row.dissent),
    }


def shortlist(draft: Draft) -> list[Block]:
    """Give the longlist, what is left of it, and why each option fell off."""
    case = draft.case
    _ = case.translate
    dropped = [row for row in case.rows(Argument) if row.kind is ArgumentKind.DROPPED]
    forms = listed(case, [shown(case, form) for form in Form])
    possible = _("Broadly there are three possibilities: {forms}.").format(forms=forms)
    blocks = [
        *draft.exhibit(exhibits.options_by_form, picture=False),
        *_positions(draft),
        *draft.exhibit(exhibits.screening, numbers=True),
        *draft.exhibit(exhibits.options_funnel, table=True),
        *draft.claims(_("Reasons to drop"), dropped, "claim"),
        *decisions(draft, 6),
    ]
    return [Paragraph(possible), *blocks] if blocks else []
