"""From a shortlist to a preference: step 7."""

from __future__ import annotations

from workbook import exhibits
from workbook.case.tables import Argument, ArgumentKind, Form, Option, Reading
from workbook.exhibits.wording import criterion_names, option_names, shown
from workbook.report.chapters.beginning import decisions
from workbook.report.draft import Draft
from workbook.report.model import Block, Claim, Claims, Paragraph


def matrix(draft: Draft) -> list[Block]:
    """Give the matrix of scores, where people disagreed, and the order of importance."""
    blocks = [
        *draft.exhibit(exhibits.score_heatmap, numbers=True, sentence=True),
        *draft.exhibit(exhibits.discussion_order),
        *draft.exhibit(exhibits.rounds),
        *draft.exhibit(exhibits.priorities, table=True),
    ]
    if draft.case.rows(Reading):
        blocks += draft.exhibit(exhibits.reading, numbers=True)
    return blocks


def considerations(draft: Draft) -> list[Block]:
    """Give what was said for and against, by form of position."""
    case = draft.case
    _ = case.translate
    options = {row.id: row for row in case.rows(Option)}
    names = option_names(case) | criterion_names(case)

    def form(row: Argument) -> Form | None:
        return row.form or (options[row.option].form if row.option else None)

    said = [row for row in case.rows(Argument) if row.kind is ArgumentKind.CONSIDERATION]
    weighed = draft.claims(_("What weighed most"), case.scenario.considerations)
    blocks = [*weighed, *draft.exhibit(exhibits.considerations, picture=False)]
    for kind in (*Form, None):
        items = []
        for row in said:
            if form(row) is not kind:
                continue
            about = [names[id] for id in (row.option, row.criterion) if id]
            items.append(
                Claim(
                    row.claim,
                    draft.trail.ref(row),
                    lead=" · ".join([shown(case, row.stance), *about]),
                    tail=_("(goes against what was decided)") if row.dissent else "",
                )
            )
        if items:
            blocks.append(Claims(shown(case, kind) if kind else _("About no form"), items))
    return blocks


def outcome(draft: Draft) -> list[Block]:
    """Put what the scores support, and how firmly, beside what was decided and by whom."""
    case = draft.case
    blocks = [
        *draft.exhibit(exhibits.support, table=True),
        *draft.exhibit(exhibits.firmness, numbers=True),
        *draft.exhibit(exhibits.endings),
        *draft.exhibit(exhibits.robustness, numbers=True),
        *draft.exhibit(exhibits.rules, numbers=True),
    ]
    if case.rows(Reading):
        blocks += draft.exhibit(exhibits.reading_outcome, numbers=True)
    blocks += draft.exhibit(exhibits.partnerships, numbers=True)
    if not blocks:
        blocks.append(Paragraph(exhibits.support_sentence(case)))
    return blocks + decisions(draft, 7)
