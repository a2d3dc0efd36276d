"""Step 1: which party joins which step."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.tables import NOT_PUBLISHED, Involvement, Party, PartyKind
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import distinct, from_files, listed, party_names, shown, told_source
from workbook.figures import Category, Grid, Labels, category_grid

STEPS = tuple(range(1, 9))


def _state(rows: list[Involvement]) -> str:
    if any(row.took_part is True for row in rows):
        return "took_part"
    if any(row.intended is True and row.took_part is not False for row in rows):
        return "intended"
    if any(row.took_part is False for row in rows):
        return "absent"
    if any(NOT_PUBLISHED in (row.took_part, row.intended) for row in rows):
        return "unpublished"
    return "none"


def involvement(case: Case) -> Exhibit:
    """Show the parties by the steps they join."""
    _ = case.translate
    title = _("Who joins which step")
    records = case.rows(Involvement)
    if not records:
        return missing(case, "involvement", title, _("No party has been linked to a step yet."))
    names = distinct(party_names(case))
    kinds = {row.id: row.kind for row in case.rows(Party)}
    joined = [row.id for row in case.rows(Party) if any(r.party == row.id for r in records)]
    categories = {
        "took_part": Category("#0072B2", "✓"),
        "intended": Category("#9CC3DE", "○"),
        "absent": Category("#F0D9C7", "–"),
        "unpublished": Category("#FFFFFF", "?", dotted=True),
        "none": Category("#F5F5F5", ""),
    }
    published = case.info.provenance is Provenance.PUBLISHED
    words = {
        "took_part": _("took part"),
        "intended": _("intended"),
        "absent": _("did not take part"),
        "unpublished": _("not published"),
        "none": _("not in the text") if published else _("nothing recorded"),
    }
    states = {
        (party, step): _state([r for r in records if r.party == party and r.step == step])
        for party in joined
        for step in STEPS
    }

    def absent(kind: PartyKind) -> list[str]:
        mine = [party for party in joined if kinds[party] is kind]
        return [
            str(step)
            for step in STEPS
            if not any(states[party, step] in ("took_part", "intended") for party in mine)
        ]

    sentence = _("{n} parties join one or more of the eight steps.").format(n=len(joined))
    experts, municipal = absent(PartyKind.EXPERTS), absent(PartyKind.MUNICIPALITY)
    if experts:
        sentence += " " + _("Experts by experience are not recorded in step {steps}.").format(
            steps=listed(case, experts)
        )
    else:
        sentence += " " + _("Experts by experience join every step.")
    if municipal:
        sentence += " " + _("No municipality is recorded in step {steps}.").format(
            steps=listed(case, municipal)
        )
    grid = Grid(
        [names[party] for party in joined],
        [_("Step {n}").format(n=step) for step in STEPS],
        [[states[party, step] for step in STEPS] for party in joined],
    )
    present = set(states.values())
    labels = Labels(
        title=title,
        mark=mark(case),
        legend=[
            (look.colour, f"{look.symbol} {words[key]}".strip())
            for key, look in categories.items()
            if key in present
        ],
    )
    rows = [
        {
            _("Party"): names[row.party],
            _("Step"): row.step,
            _("Intended"): shown(case, row.intended),
            _("Took part"): shown(case, row.took_part),
            _("Level"): shown(case, row.level),
            _("Way"): shown(case, row.way),
            _("Source"): told_source(case, row.source),
        }
        for row in records
    ]
    return Exhibit(
        name="involvement",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{names[party]}: "
            + ", ".join(
                f"{step} {words[states[party, step]]}"
                for step in STEPS
                if states[party, step] != "none"
            )
            for party in joined
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(case, Involvement, Party),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=categories),
        origins=records,
    )
