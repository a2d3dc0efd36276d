"""Step 7, on request: which option is nowhere worse than another."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.exhibits.preference.judged import judged, scores_from
from workbook.exhibits.preference.support import nobody_placed, nothing_judged
from workbook.exhibits.wording import distinct, option_names
from workbook.figures import Category, Grid, Labels, category_grid


def dominance(case: Case) -> Exhibit:
    """Show which option is at least as good as which, per criterion or for all weights."""
    _ = case.translate
    title = _("Which option is nowhere worse than another")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "dominance", title)
    if not found.table.placed.any():
        return nobody_placed(case, "dominance", title)
    compared = judge.dominance(found.table, found.leading.order)
    names, options = distinct(option_names(case)), found.options
    at = {option: i for i, option in enumerate(compared.options)}
    looks = {
        "criteria": Category("#0072B2", "✓✓"),
        "weights": Category("#9CC3DE", "✓"),
        "none": Category("#F5F5F5", ""),
        "self": Category("#FFFFFF", "", dotted=True),
    }
    words = {
        "criteria": _("on every criterion"),
        "weights": _("with all weights of the order"),
        "none": "–",
        "self": "–",
    }

    def look(option: str, other: str) -> str:
        i, j = at[option], at[other]
        if i == j:
            return "self"
        if compared.per_criterion[i, j]:
            return "criteria"
        return "weights" if compared.any_weights[i, j] else "none"

    cells = [[look(o, other) for other in options] for o in options]
    pairs = [(o, other) for o in options for other in options if at[o] != at[other]]
    sentence = _(
        "In {k} of the {all} pairs one option is at least as good as the other with all weights "
        "that fit the order of importance and every worth of ±; in {c} of these on every criterion."
    ).format(
        k=sum(look(*pair) in ("criteria", "weights") for pair in pairs),
        all=len(pairs) // 2,
        c=sum(look(*pair) == "criteria" for pair in pairs),
    )
    sentence += " " + _("In the other pairs it depends on what weighs most.")
    rows = [
        {_("Option"): names[o], **{names[other]: words[look(o, other)] for other in options}}
        for o in options
    ]
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_("Row against column: at least as good, and somewhere better."),
        legend=[
            (looks[k].colour, f"{looks[k].symbol} {words[k]}") for k in ("criteria", "weights")
        ],
    )
    return Exhibit(
        name="dominance",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{names[o]} – {names[other]}: {words[look(o, other)]}" for o, other in pairs
        ),
        table=pd.DataFrame(rows),
        provenance=scores_from(
            case,
            found.round,
            _("On a criterion: share of + at least, and share of − at most, that of the other."),
        ),
        mark=mark(case),
        draw=partial(
            category_grid,
            Grid([names[o] for o in options], [names[o] for o in options], cells),
            labels=labels,
            categories=looks,
        ),
    )
