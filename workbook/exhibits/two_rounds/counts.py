"""Step 7: two rounds in which nobody can be followed, side by side."""

from __future__ import annotations

from functools import partial

from workbook.case import Case
from workbook.case.tables import How
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.exhibits.preference.heatmap import heat_legend
from workbook.exhibits.preference.scores import score_table
from workbook.exhibits.two_rounds.pair import (
    Pair,
    by_name,
    counted,
    exhibit_of,
    nothing_shared,
    outcomes,
    round_matrix,
)
from workbook.figures import CountCell, Labels, round_counts
from workbook.judge import CellCounts, compare_counts


def counts_only(case: Case, pair: Pair, *, too_few: bool = False) -> Exhibit:
    """Show per cell only the counts of each of the two rounds, and say why."""
    _ = case.translate
    old, new = pair
    change = compare_counts(score_table(case, old), score_table(case, new))
    if not change.cells:
        return nothing_shared(case, pair, change)
    by_hands = [of.name for of in pair if of.how is How.HANDS]
    if by_hands:
        why = _("“{round}” was scored by show of hands.").format(round=by_hands[0])
    elif too_few:
        why = _("Too few people took part in both rounds to show what changed without names.")
    elif by_name(pair):
        why = _("Nobody took part in both rounds.")
    else:
        why = _("The forms carry no name that returns in the other round.")
    sentence = _(
        "{why} So nobody's scores can be followed from “{before}” to “{after}”: only the counts of "
        "each round are shown. Where answers lie closer together, other people may have answered; "
        "it may also be conformity."
    ).format(why=why, before=old.name, after=new.name)
    sentence += " " + outcomes(case, pair)

    def spread(cell: CellCounts) -> tuple[object, object]:
        scored = sum(cell.before[:3]), sum(cell.after[:3])
        return cell.t_before if scored[0] else "–", cell.t_after if scored[1] else "–"

    def row(cell: CellCounts) -> dict[str, object]:
        t = spread(cell)
        return {
            _("Before: −, ±, +, ?"): counted(cell.before),
            _("After: −, ±, +, ?"): counted(cell.after),
            _("T before"): t[0],
            _("T after"): t[1],
        }

    def told(cell: CellCounts) -> str:
        t = spread(cell)
        return _("first {before} (T {t}), then {after} (T {u})").format(
            before=counted(cell.before), t=t[0], after=counted(cell.after), u=t[1]
        )

    def drawn(cell: CellCounts) -> CountCell:
        return CountCell(cell.before, cell.after, "T {} → {}".format(*spread(cell)))

    matrix = round_matrix(case, change, drawn)
    labels = Labels(
        title=_("Counts in “{before}” and “{after}”").format(before=old.name, after=new.name),
        mark=mark(case),
        note=_(
            "Above the first of the two, below the second. T: the distances to the middle answer "
            "added up. Nobody is followed."
        ),
        legend=heat_legend(case),
    )
    return exhibit_of(
        case,
        pair,
        change,
        sentence=sentence,
        row=row,
        told=told,
        rule=_(
            "T: the distances to the middle answer added up, over all scores given in a round. Not "
            "scored counts as don't know."
        ),
        draw=partial(round_counts, matrix, labels=labels),
    )
