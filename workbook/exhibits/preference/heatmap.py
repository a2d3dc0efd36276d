"""Step 7: the matrix of scores, the face of the workbook."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from workbook import handbook, judge
from workbook.case import Case
from workbook.case.tables import SYMBOLS, Criterion, Option, Round, Score
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.judged import judge_table
from workbook.exhibits.preference.scores import (
    last_round,
    leading_weights,
    no_scores,
    priorities_of,
    revealed_rounds,
    score_table,
    scores_file,
)
from workbook.exhibits.wording import criterion_names, distinct, from_files, listed, option_names
from workbook.figures import HeatCell, HeatMatrix, Labels
from workbook.figures import score_heatmap as draw_heatmap


def heat_legend(case: Case) -> list[tuple[str, str]]:
    """Give the key to the colours of the scale."""
    words = [
        (level.colour, f"{level.symbol} {level.name.in_(case.lang)}")
        for level in handbook.scale()
        if level.colour
    ]
    unknown = next(level for level in handbook.scale() if level.value == "?")
    return [*words, ("#FFFFFF", f"? {unknown.name.in_(case.lang)}")]


def counts_text(cell: judge.CellSummary) -> str:
    """Give the counts of a cell, don't knows too."""
    return f"−{cell.minus} ±{cell.plusminus} +{cell.plus} ?{cell.dont_know}"


def cell_text(case: Case, cell: judge.CellSummary) -> str:
    """Give the counts of a cell with what else must be said of it."""
    _ = case.translate
    text = counts_text(cell)
    if cell.not_scored:
        text += " " + _("(of which {n} not scored)").format(n=cell.not_scored)
    if cell.split:
        text += " " + _("split")
    elif cell.thin:
        text += " " + _("few scores")
    return text


def median_text(cell: judge.CellSummary) -> str:
    """Give the median as a symbol; both where it falls between two levels."""
    if cell.median is None:
        return "− | +" if cell.split else "·"
    low, high = (SYMBOLS[Score(str(level))] for level in cell.median)
    return low if low == high else f"{low}/{high}"


def score_heatmap(case: Case, *, round: str | None = None, order: str = "case") -> Exhibit:
    """Show the matrix of scores of one round.

    Parameters
    ----------
    case : Case
    round : str, optional
        Id of the round; the last revealed one by default.
    order : {"case", "support"}
        ``case`` is for the first reveal, so that the picture doesn't argue before the room has.
        ``support`` puts the weightiest criterion left and the most supported option on top; it
        keeps the case's order while there is no firm first.
    """
    _ = case.translate
    name = "score_heatmap" if order == "case" else "score_heatmap_by_support"
    title = _("Scores per option and criterion")
    of = (
        last_round(case)
        if round is None
        else next((row for row in revealed_rounds(case) if row.id == round), None)
    )
    if of is None:
        return missing(
            case,
            name,
            title,
            no_scores(case),
        )
    table = score_table(case, of)
    if not table.options or not table.criteria:
        return missing(
            case,
            name,
            title,
            _("There is no shortlist with distinguishing criteria yet, so nothing can be scored."),
        )
    options, criteria = list(table.options), list(table.criteria)
    sorted_by_support = False
    if order == "support":
        found = judge_table(of, table, priorities_of(case))
        if found.verdict.winner:
            sorted_by_support = True
            options = found.options
            weights = leading_weights(case)
            criteria = sorted(criteria, key=lambda c: -weights[c])
    return _heatmap(case, name, of, table, options, criteria, sorted_by_support, order)


def _heatmap(
    case: Case,
    name: str,
    of: Round,
    table: judge.ScoreTable,
    options: Sequence[str],
    criteria: Sequence[str],
    sorted_by_support: bool,
    order: str,
) -> Exhibit:
    _ = case.translate
    cells = judge.summarise(table)
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))
    split = [cells[o, c] for o in options for c in criteria if cells[o, c].split]
    unknown = sum(cell.dont_know for cell in cells.values())
    open_cells = sum(cell.not_scored for cell in cells.values())

    sentence = _("In “{round}” {n} people scored {options} options on {criteria} criteria.").format(
        round=of.name, n=table.n, options=len(options), criteria=len(criteria)
    )
    if split:
        where = listed(
            case,
            [
                _("{option} on {criterion}").format(
                    option=onames[cell.option], criterion=cnames[cell.criterion]
                )
                for cell in split[:3]
            ],
        )
        sentence += " " + (
            _("The room is split in {k} of {all} cells, among them {where}.")
            if len(split) > 3
            else _("The room is split in {k} of {all} cells: {where}.")
        ).format(k=len(split), all=len(cells), where=where)
    else:
        sentence += " " + _("In none of the {all} cells is the room split.").format(all=len(cells))
    if unknown - open_cells:
        sentence += " " + _("Don't know was answered {k} times.").format(k=unknown - open_cells)
    if open_cells:
        sentence += " " + _("Not scored: {k} times.").format(k=open_cells)
    note = _("Large: the middle answer; both signs where it falls between two. Small: the counts.")
    if order == "support":
        note = (
            _("Sorted: weightiest criterion left, most supported option on top.")
            if sorted_by_support
            else _("No firm first, so the case's own order is kept.")
        )
        sentence += " " + note
    if any(cell.thin for cell in cells.values()):
        note += " " + _("Dashed edge: scored by fewer than half.")

    rows = [
        {
            _("Option"): onames[o],
            _("Criterion"): cnames[c],
            _("Middle"): median_text(cells[o, c]),
            "−": cells[o, c].minus,
            "±": cells[o, c].plusminus,
            "+": cells[o, c].plus,
            "?": cells[o, c].dont_know,
            _("Of which not scored"): cells[o, c].not_scored,
            _("Split"): _("yes") if cells[o, c].split else "",
        }
        for o in options
        for c in criteria
    ]
    alt = "\n".join(
        f"{onames[o]} × {cnames[c]}: {cell_text(case, cells[o, c])}"
        for o in options
        for c in criteria
    )
    matrix = HeatMatrix(
        [onames[o] for o in options],
        [cnames[c] for c in criteria],
        [
            [
                HeatCell(
                    cells[o, c].minus,
                    cells[o, c].plusminus,
                    cells[o, c].plus,
                    cells[o, c].dont_know,
                    cells[o, c].median,
                    cells[o, c].split,
                    cells[o, c].thin,
                )
                for c in criteria
            ]
            for o in options
        ],
    )
    labels = Labels(
        title=_("Scores: {round}, {n} people").format(round=of.name, n=table.n),
        mark=mark(case),
        note=note,
        legend=heat_legend(case),
        words={"split": _("split")},
    )
    return Exhibit(
        name=name,
        title=labels.title,
        sentence=sentence,
        alt=alt,
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            scores_file(of),
            Option,
            Criterion,
            round=of.id,
            rule=_(
                "Split: at least a third of the answers stand at each end (the RAND/UCLA rule for "
                "small panels). Not scored counts as don't know."
            ),
        ),
        mark=mark(case),
        draw=partial(draw_heatmap, matrix, labels=labels),
    )
