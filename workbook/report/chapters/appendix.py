"""The appendices: what the report was made from, and how."""

from __future__ import annotations

import hashlib

from workbook import exhibits
from workbook.case import Case
from workbook.case.contents import FILES
from workbook.case.points import open_points
from workbook.case.tables import Party, Source
from workbook.exhibits.preference.scores import last_round
from workbook.exhibits.wording import shown
from workbook.report.chapters.explaining import explanations
from workbook.report.draft import Draft
from workbook.report.model import Block, Claim, Claims, Paragraph, Shape, Table, file_anchor


def scan(draft: Draft) -> list[Block]:
    """Give the organisation scan of annex 1."""
    return draft.exhibit(exhibits.organisation_scan, table=True)


def participation(draft: Draft) -> list[Block]:
    """Show which parties joined which step."""
    case = draft.case
    _ = case.translate
    rows = case.rows(Party)
    lines = [
        {
            _("Party"): row.name,
            _("Kind"): shown(case, row.kind),
            _("Municipal roles"): shown(case, row.municipal_roles),
            _("Note"): shown(case, row.note),
        }
        for row in rows
    ]
    return [
        *draft.exhibit(exhibits.involvement, numbers=True),
        *draft.table(_("Parties"), lines, rows),
    ]


def numbers(draft: Draft) -> list[Block]:
    """Give the tables behind the pictures."""
    return list(draft.numbers)


def sources(draft: Draft) -> list[Block]:
    """List the sources that the statements point to."""
    case = draft.case
    _ = case.translate
    rows = case.rows(Source)
    lines = [
        {
            _("Name"): row.name,
            _("Method"): shown(case, row.method),
            _("Date"): shown(case, row.date or row.year),
            _("Number"): shown(case, row.n),
            _("Reference"): shown(case, row.reference),
        }
        for row in rows
    ]
    return draft.table(_("Sources"), lines, anchors=[f"source-{row.id}" for row in rows])


def method(draft: Draft) -> list[Block]:
    """Say how each number was made, and what it can't tell."""
    case = draft.case
    _ = case.translate
    limits = [
        _(
            "The scale −, ± and + is ordinal. Counts always stand beside an index, and what "
            "the scores support is never shown as what the room decided."
        ),
        *(
            [
                _(
                    "The scores are those of the people who took part. Who wasn't there, didn't "
                    "score; other people could have come to another outcome."
                )
            ]
            if last_round(case) is not None
            else []
        ),
        _(
            "A computed order follows from the scores, the order of importance and the rule. How "
            "far it holds when these change is shown beside it."
        ),
        _("The number of arguments weighs nothing, and neither does their order in this report."),
    ]
    rules = [
        Claim(" ".join(shown.provenance), lead=shown.title)
        for shown in draft.shown
        if shown.provenance
    ]
    points = [
        Claim(point.render_brief(case.lang), lead=_("Step {step}").format(step=point.step))
        for point in open_points(case)
    ]
    return [
        Claims(_("What these numbers can't tell"), [Claim(line) for line in limits]),
        *explanations(draft),
        *([Claims(_("Per picture or table"), rules)] if rules else []),
        *([Claims(_("What is still open"), points)] if points else []),
    ]


def trail(draft: Draft) -> list[Block]:
    """List, by number, the row and the source behind each statement."""
    _ = draft.case.translate
    origins = draft.trail.origins()
    if not origins:
        return []
    targets = {(line, 1): file_anchor(origin.file) for line, origin in enumerate(origins)}
    targets |= {(line, 3): origin.anchor for line, origin in enumerate(origins) if origin.anchor}
    return [
        Paragraph(_("A number between brackets in this report points to a line here.")),
        Table(
            _("Where each statement comes from"),
            ["", _("File"), _("Row"), _("Source")],
            [[f"[{o.number}]", o.file, o.row, o.source] for o in origins],
            shape=Shape.ROWS,
            anchors=[f"ref-{origin.number}" for origin in origins],
            targets=targets,
        ),
    ]


def case_files(case: Case) -> list[str]:
    """Give the names of the files that the case has."""
    return [name for name in FILES.values() if (case.folder / name).exists()]


def files(draft: Draft) -> list[Block]:
    """Name the files of the case as they were, so that anyone can see they are the same."""
    case = draft.case
    _ = case.translate
    lines, anchors = [], []
    for name in case_files(case):
        content = (case.folder / name).read_bytes()
        lines.append(
            {_("File"): name, _("SHA-256, first 16"): hashlib.sha256(content).hexdigest()[:16]}
        )
        anchors.append(file_anchor(name))
    return [
        Paragraph(_("The same characters mean the same file.")),
        *draft.table(_("Files of this case"), lines, anchors=anchors),
    ]
