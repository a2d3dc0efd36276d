"""From a shortlist to a preference: step 7."""

from __future__ import annotations

from workbook import exhibits
from workbook.case.tables import Argument, ArgumentKind, Form, Option, Priority, Reading
from workbook.exhibits.wording import criterion_names, option_names, shown
from workbook.report.chapters.beginning import decisions
from workbook.report.draft import Draft
from workbook.report.model import Block, Claim, Claims, Paragraph


def matrix(draft: Draft) -> list[Block]:
    """Give the matrix of scores, where people disagreed, and the order of importance."""
    blocks = [
        *draft.exhibit(exhibits.score_heatmap, numbers=True, sentence=True),
        *draft.exhibit(exhibits.discussion_order, told=True),
        *draft.exhibit(exhibits.rounds),
        *draft.exhibit(exhibits.priorities, table=True),
    ]
    case = draft.case
    if any(row.rank is not None for row in case.rows(Priority)):
        told = case.translate(
            "People gave an order. The weights were worked out from it by the workbook; nobody "
            "chose these percentages."
        )
        blocks.append(Paragraph(told))
    if case.rows(Reading):
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
        items = _preferred(draft, kind)
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


def _preferred(draft: Draft, form: Form | None) -> list[Claim]:
    """Say first whether the preference went to this form of position."""
    case = draft.case
    _ = case.translate
    main = exhibits.main_decision(case, 7)
    if form is None or main is None or main.option is None:
        return []
    option = case.get(Option, main.option)
    if option.form is None:
        return []
    if option.form is form:
        told = Claim(option.name, draft.trail.ref(main), lead=_("The preference goes to this form"))
    else:
        told = Claim("", draft.trail.ref(main), tail=_("The preference does not go to this form."))
    return [told]


def outcome(draft: Draft) -> list[Block]:
    """Put what the scores support, and how firmly, beside what was decided and by whom."""
    case = draft.case
    _ = case.translate
    rule = _(
        "In the handbook the preference goes to the position that meets the criteria most often, "
        "or best. What follows is arithmetic; people decide."
    )
    blocks: list[Block] = [
        *draft.exhibit(exhibits.support, table=True),
        *draft.exhibit(exhibits.firmness, numbers=True),
        *draft.exhibit(exhibits.endings),
        *draft.exhibit(exhibits.robustness, numbers=True),
        *draft.exhibit(exhibits.rules, numbers=True),
    ]
    if case.rows(Reading):
        blocks += draft.exhibit(exhibits.reading_outcome, numbers=True)
    blocks += draft.exhibit(exhibits.partnerships, numbers=True)
    for table in ("coverage", "links"):  # what the partnerships are worked out from
        draft.numbers += draft.of_exhibit(exhibits.records(case, of=table))
    if not blocks:
        blocks.append(Paragraph(exhibits.support_sentence(case)))
    return [Paragraph(rule), *blocks, *_side_by_side(draft), *decisions(draft, 7)]


def _side_by_side(draft: Draft) -> list[Block]:
    """Put what the scores support beside what was decided."""
    case = draft.case
    _ = case.translate
    main = exhibits.main_decision(case, 7)
    if main is None:
        return []
    title = _("What the scores support and what was decided")
    line = {
        _("What the scores support"): exhibits.plain_support(case),
        _("What was decided"): main.choice,
    }
    compared = exhibits.compared_sentence(case)
    return [
        *draft.table(title, [line], [main]),
        *([Paragraph(compared)] if compared else []),
    ]
