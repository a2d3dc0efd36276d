"""From a case to its report, in the structure of the handbook's annex 2."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workbook.case import Case
from workbook.case.tables import Decision, Status
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import mark
from workbook.locale import N_
from workbook.report.chapters import agreeing, appendix, beginning, choosing, preferring, scenario
from workbook.report.draft import Draft
from workbook.report.model import Block, Report, Section, Shape, Table, file_anchor
from workbook.report.own_words import OwnWords

Chapter = Callable[[Draft], list[Block]]

_CHAPTERS: tuple[tuple[str, str, Chapter], ...] = (
    ("summary", N_("In short"), beginning.summary),
    ("project", N_("The project"), beginning.project),
    ("process", N_("The process"), beginning.process),
    ("criteria", N_("Criteria in three clusters"), choosing.criteria),
    ("shortlist", N_("From longlist to shortlist"), choosing.shortlist),
    ("matrix", N_("The matrix, and where people disagreed"), preferring.matrix),
    ("considerations", N_("Considerations per form of position"), preferring.considerations),
    ("outcome", N_("What the scores support and what was decided"), preferring.outcome),
    ("pros-cons", N_("Advantages and disadvantages"), scenario.pros_cons),
    ("positioning", N_("What positioning means, and what it doesn't"), scenario.positioning),
    ("recommendations", N_("Recommendations"), agreeing.recommendations),
    ("agreements", N_("Preconditions: working agreements"), agreeing.agreements),
    ("commitment", N_("Who binds itself to what"), agreeing.commitment),
    ("further", N_("Governance, conversations, expectations, privacy"), scenario.further),
    ("dissent", N_("Dissent"), scenario.dissent),
    ("signatures", N_("Signatures"), agreeing.signatures),
)
_APPENDICES: tuple[tuple[str, str, Chapter], ...] = (
    ("scan", N_("Organisation scan"), appendix.scan),
    ("participation", N_("Who took part"), appendix.participation),
    ("numbers", N_("The numbers behind the pictures"), appendix.numbers),
    ("sources", N_("Sources"), appendix.sources),
    ("method", N_("Method and its limits"), appendix.method),
    ("trail", N_("Where each statement comes from"), appendix.trail),
    ("files", N_("The files behind this report"), appendix.files),
)
_OPTIONAL = frozenset({"signatures", "numbers", "trail"})
"""Chapters that are left out where there is nothing in them; others then say so."""


def compose(case: Case) -> Report:
    """Build the report of a case. What isn't there yet is said, never made up."""
    _ = case.translate
    info = case.info
    draft = Draft(case)
    made = [
        (*part, chapters is _APPENDICES)
        for chapters in (_CHAPTERS, _APPENDICES)
        for part in chapters
    ]
    sections: list[Section] = []
    for id, title, write, appended in made:
        blocks = write(draft)
        if not blocks and id in _OPTIONAL:
            continue
        place = sum(section.number.isalpha() == appended for section in sections)
        number = chr(ord("A") + place) if appended else str(place + 1)
        sections.append(Section(id, number, _(title), _numbered(blocks, sections)))
    return Report(
        title=_("Preferred scenario: {project}").format(
            project=info.project or _("(the project has no name yet)")
        ),
        subtitle=info.region,
        lang=case.lang,
        case_lang=info.language,
        mark=mark(case),
        lead=_lead(case),
        sections=sections,
        missing=_("The text publishes nothing on this.")
        if info.provenance is Provenance.PUBLISHED
        else _("Nothing is recorded here yet."),
        parts=OwnWords(case),
        places={
            **{name: file_anchor(name) for name in appendix.case_files(case)},
            draft.method: "method",
        },
    )


def _numbered(blocks: list[Block], before: list[Section]) -> list[Block]:
    """Give the tables of a chapter their numbers, going on from those before it."""
    count = sum(
        isinstance(block, Table) and block.number > 0
        for section in before
        for block in section.blocks
    )
    numbered: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and block.shape is not Shape.RECORDS:
            count += 1
            block = replace(block, number=count)
        numbered.append(block)
    return numbered


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
    final = [row for row in case.rows(Decision) if row.step == 7]
    if not final:
        lead.append(_("There is no preference yet: step 7 has not been decided."))
    elif not any(row.status is Status.CONFIRMED for row in final):
        lead.append(_("This is a proposal: what was decided in step 7 is not confirmed yet."))
    return lead
