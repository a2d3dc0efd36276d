"""Step 9: the organisation scan of annex 1."""

from __future__ import annotations

import dataclasses
from functools import partial

import pandas as pd

from workbook import handbook
from workbook.case import Case
from workbook.case.tables import ScanAnswer
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import distinct, from_files, party_names, shown, told_source
from workbook.figures import Category, Grid, Labels, category_grid


def organisation_scan(case: Case) -> Exhibit:
    """Show per question and organisation what was answered, desired and left open."""
    _ = case.translate
    lang = case.lang
    title = _("Organisation scan")
    answers = case.rows(ScanAnswer)
    if not answers:
        return missing(
            case,
            "organisation_scan",
            title,
            _("No completed scan was published.")
            if case.info.provenance is Provenance.PUBLISHED
            else _("No organisation has filled in the scan yet. It can be used from step 4 on."),
        )
    scan = handbook.scan()
    items = {q.id: f"{q.id[1:].lstrip('0')}. {q.short.in_(lang)}" for q in scan.questions}
    items |= {h.id: h.name.in_(lang) for h in scan.holders}
    names = distinct(party_names(case))
    organisations = list(dict.fromkeys(row.organisation for row in answers))
    given = {(row.organisation, row.item): row for row in answers}
    looks = {
        "both": Category("#0072B2", _("answered · wish")),
        "present": Category("#6FA8D0", _("answered")),
        "desired": Category("#F2C57C", _("wish")),
        "questions": Category("#F0F0F0", _("questions")),
        "open": Category("#FFFFFF", _("open"), dotted=True),
    }

    def look(organisation: str, item: str) -> str:
        row = given.get((organisation, item))
        if row is None:
            return "open"
        if row.present and row.desired:
            return "both"
        if row.present:
            return "present"
        if row.desired:
            return "desired"
        return "questions" if row.questions else "open"

    states = {(o, i): look(o, i) for o in organisations for i in items}
    open_ = sum(state == "open" for state in states.values())
    asked = sum(bool(row.questions) for row in answers)
    sentence = _(
        "{n} organisations filled in the scan; {open} of {all} cells are still open and {asked} "
        "answers raise a question."
    ).format(n=len(organisations), open=open_, all=len(states), asked=asked)
    grid = Grid(
        list(items.values()),
        [names[o] for o in organisations],
        [[states[o, item] for o in organisations] for item in items],
    )
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Answered says that something was filled in, not that it is there. Scan: {who}"
        ).format(who=scan.made_by.in_(lang)),
    )
    return Exhibit(
        name="organisation_scan",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{text}: "
            + ", ".join(f"{names[o]} {looks[states[o, item]].symbol}" for o in organisations)
            for item, text in items.items()
        ),
        table=pd.DataFrame(
            [
                {
                    _("Organisation"): names[row.organisation],
                    _("Question"): items[row.item],
                    _("What is there"): shown(case, row.present),
                    _("What is desired"): shown(case, row.desired),
                    _("Which questions"): shown(case, row.questions),
                    _("Source"): told_source(case, row.source),
                }
                for row in answers
            ]
        ),
        provenance=from_files(case, ScanAnswer),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=looks),
        origins=answers,
    )


def scan_answers(case: Case) -> Exhibit:
    """List the answers of the scan in the organisations' own words."""
    return dataclasses.replace(organisation_scan(case), name="scan_answers", draw=None)
