"""Step 7, for export and research: indices of agreement per cell."""

from __future__ import annotations

from math import isnan

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.exhibits.preference.judged import judged, scores_from
from workbook.exhibits.preference.support import nothing_judged
from workbook.exhibits.wording import criterion_names, distinct, number, option_names


def indices(case: Case) -> Exhibit:
    """List indices of agreement per cell, for export and research."""
    _ = case.translate
    title = _("Indices of agreement, for research")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "indices", title)
    names, criteria = distinct(option_names(case)), distinct(criterion_names(case))

    def told(value: float) -> str:
        return "–" if isnan(value) else number(case, value, 3)

    rows = []
    for cell in judge.summarise(found.table).values():
        counts = (cell.minus, cell.plusminus, cell.plus)
        rows.append(
            {
                _("Option"): names[cell.option],
                _("Criterion"): criteria[cell.criterion],
                **dict(zip("−±+", counts, strict=True)),
                "?": cell.dont_know,
                _("Van der Eijk's A"): told(judge.van_der_eijk_agreement(counts)),
                _("Tastle and Wierman's Cns"): told(judge.tastle_wierman_consensus(counts)),
            }
        )
    sentence = _(
        "Two indices can put the same two cells in a different order, so the pictures show counts "
        "and splits, not these."
    )
    leading = found.leading
    if leading.concordance is not None and leading.p is not None:
        sentence += " " + _(
            "The orders of importance of {n} people agree with Kendall's W = {w} (p = {p})."
        ).format(
            n=leading.people,
            w=told(leading.concordance),
            p=number(case, leading.p, 4, signed=False),
        )
    return Exhibit(
        name="indices",
        title=title,
        sentence=sentence,
        alt="\n".join(" · ".join(str(v) for v in row.values()) for row in rows),
        table=pd.DataFrame(rows),
        provenance=scores_from(
            case, found.round, _("A runs from −1 to 1, Cns from 0 to 1; a dash: no answers.")
        ),
        mark=mark(case),
    )
