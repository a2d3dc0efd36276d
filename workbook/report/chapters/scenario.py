"""The preferred scenario itself: step 8, and what was said against it."""

from __future__ import annotations

from collections.abc import Iterable

from workbook import exhibits, handbook
from workbook.case.tables import (
    NOT_PUBLISHED,
    Argument,
    ArgumentKind,
    Criterion,
    Decision,
    Option,
)
from workbook.exhibits.texts import chapter_words
from workbook.exhibits.wording import criterion_names, filled, listed, option_names, shown
from workbook.report.draft import Draft
from workbook.report.model import Block, Claim, Claims, Paragraph


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
    """Say what a position is, what it would be here, and that working together is not it."""
    position = handbook.position()
    return [
        Paragraph(position.meaning.in_(draft.case.lang)),
        *_held_by(draft),
        Paragraph(position.not_collaboration.in_(draft.case.lang)),
        *draft.exhibit(exhibits.collaborations, table=True),
    ]


def _held_by(draft: Draft) -> list[Block]:
    """Put who would hold what in the position that was chosen beside how it is now."""
    case = draft.case
    _ = case.translate
    main = exhibits.main_decision(case, 7)
    chosen = main.option if main else None
    blocks: list[Block] = []
    if main is None:
        blocks.append(Paragraph(_("Step 7 has not been decided, so these are all that are left.")))
    elif chosen is None:
        told = _(
            "The decision points to no position of the longlist, so who would hold the "
            "responsibility, the coordination and the employment can't be read from it. It says:"
        )
        claim = Claim(main.choice, draft.trail.ref(main))
        blocks += [Paragraph(told), Claims(_("What was decided"), [claim])]
    rows = [
        row
        for row in case.rows(Option)
        if row.current or row.id == chosen or (main is None and row.shortlisted is True)
    ]
    rows.sort(key=lambda row: row.id != chosen)
    if not rows:
        return []
    lines = [
        {
            _("Option"): row.name,
            _("What it is"): listed(
                case,
                [
                    *([_("chosen")] if row.id == chosen else []),
                    *([_("how it is now")] if row.current else []),
                ],
            )
            or _("on the shortlist"),
            _("Responsibility"): filled(case, row.responsibility),
            _("Coordination"): filled(case, row.coordination),
            _("Employment"): filled(case, row.employment),
        }
        for row in rows
    ]
    title = _("Who holds the responsibility, the coordination and the employment")
    return [*blocks, *draft.table(title, lines, rows)]


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
