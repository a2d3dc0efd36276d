"""Step 7: which cells deserve the room's time first."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Priority
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.heatmap import cell_text, counts_text, heat_legend
from workbook.exhibits.preference.scores import (
    counting_table,
    leading_weights,
    no_scores,
    scores_file,
)
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    from_files,
    listed,
    number,
    option_names,
    percent,
)
from workbook.figures import Labels, leaning_counts


def discussion_order(case: Case, *, most: int = 8, told: bool = False) -> Exhibit:
    """Show which cells deserve the room's time first.

    Parameters
    ----------
    case : Case
    most : int
        How many cells the picture holds.
    told : bool
        Tell afterwards where answers differed, instead of what to begin with.
    """
    _ = case.translate
    title = _("Where answers differ most") if told else _("What to discuss first")
    counting = counting_table(case)
    if counting is None:
        return missing(case, "discussion_order", title, no_scores(case))
    of, table = counting
    weights = leading_weights(case)
    cells = judge.discussion_order(table, list(weights.values()))
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))

    def name(cell: judge.CellSummary) -> str:
        return f"{onames[cell.option]} · {cnames[cell.criterion]}"

    split = [cell for cell in cells if cell.split]
    if split and told:
        sentence = _("The room is split on: {cells}.").format(
            cells=listed(case, [f"{name(cell)} ({counts_text(cell)})" for cell in split])
        )
    elif split:
        sentence = _("Start with {first}: there the room is split, {counts}.").format(
            first=name(split[0]), counts=counts_text(split[0])
        )
    elif not any(cell.n for cell in cells):
        sentence = _("Nobody gave an answer on the scale, so there is nothing to compare.")
    elif all(max(cell.minus, cell.plusminus, cell.plus) == cell.n for cell in cells):
        sentence = _("In every cell all answers are the same.")
    else:
        sentence = _("No cell is split; {first} is where answers differ most.").format(
            first=name(cells[0])
        )
    if not told:
        sentence += " " + _("The order chooses what to talk about and proves nothing.")
    if chance := judge.split_by_chance(table.n):
        sentence += " " + _(
            "If {n} people answered at random, {share} of the cells would be flagged as split."
        ).format(n=table.n, share=percent(case, chance))
    first = cells[:most]
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "The first {k} of {all} cells. To the left −, across the middle ±, to the right +."
        ).format(k=len(first), all=len(cells)),
        legend=heat_legend(case),
        words={"flag": _("split")},
    )
    data = {name(c): (c.minus, c.plusminus, c.plus, c.dont_know) for c in first}
    flagged = [name(c) for c in first if c.split]
    rows = [
        {
            _("Place"): place,
            _("Option"): onames[cell.option],
            _("Criterion"): cnames[cell.criterion],
            "−": cell.minus,
            "±": cell.plusminus,
            "+": cell.plus,
            "?": cell.dont_know,
            _("Split"): _("yes") if cell.split else "",
            _("Weight"): number(case, weights[cell.criterion], signed=False),
        }
        for place, cell in enumerate(cells, start=1)
    ]
    return Exhibit(
        name="discussion_order",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{place}. {name(cell)}: {cell_text(case, cell)}"
            for place, cell in enumerate(first, start=1)
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            scores_file(of),
            Priority,
            round=of.id,
            rule=_(
                "Order: split cells, then cells without answers, then weight × (1 − A)/2 with van "
                "der Eijk's A, then the share of don't know."
            ),
        ),
        mark=mark(case),
        draw=partial(leaning_counts, data, labels=labels, flagged=flagged),
    )
