"""Step 7: what changed between two rounds of scoring, cell by cell."""

from __future__ import annotations

from functools import partial

from workbook.case import Case
from workbook.case.tables import How
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.judged import SMALL_GROUP
from workbook.exhibits.preference.scores import score_table
from workbook.exhibits.two_rounds.counts import counts_only
from workbook.exhibits.two_rounds.pair import (
    SIGNS,
    TITLE,
    Pair,
    by_name,
    chosen_pair,
    counted,
    exhibit_of,
    nothing_shared,
    outcomes,
    round_matrix,
)
from workbook.figures import Category, Labels, MoveCell, round_moves
from workbook.judge import CellChange, RoundChange, compare_rounds
from workbook.locale import N_

COLOURS = {"converged": "#00735C", "diverged": "#C06A9B", "neither": "#C4CACF", "same": "#FFFFFF"}
_SYMBOLS = {"converged": "→ ←", "diverged": "← →", "neither": "≈", "same": "="}
_WORDS = {
    "converged": N_("came closer"),
    "diverged": N_("moved apart"),
    "neither": N_("changed, about as far apart"),
    "same": N_("no score changed"),
}


def rounds(case: Case, *, before: str | None = None, after: str | None = None) -> Exhibit:
    """Show per cell how people moved between two rounds.

    Parameters
    ----------
    case : Case
    before, after : str, optional
        Ids of the rounds; the last two revealed ones by ballots by default.

    Raises
    ------
    ValueError
        If there is no such round, or both are the same.
    """
    pair = chosen_pair(case, before, after)
    if isinstance(pair, str):
        return missing(case, "rounds", case.translate(TITLE), pair)
    if any(of.how is How.HANDS for of in pair):
        return counts_only(case, pair)
    change = compare_rounds(*(score_table(case, of) for of in pair))
    too_few = not by_name(pair) and 0 < len(change.people) < SMALL_GROUP
    if not change.people or too_few:
        return counts_only(case, pair, too_few=too_few)
    if not change.cells:
        return nothing_shared(case, pair, change)
    return _moves(case, pair, change)


def _moves(case: Case, pair: Pair, change: RoundChange) -> Exhibit:
    _ = case.translate
    total, cells = change.total, change.cells.values()
    sentence = _(
        "{n} people took part both in “{before}” and in “{after}”. Of the {all} scores that they "
        "gave both times, {k} changed. Views came closer in {c} of the {cells} cells and moved "
        "apart in {d}."
    ).format(
        n=len(change.people),
        before=pair[0].name,
        after=pair[1].name,
        all=total.n_both,
        k=total.changed,
        c=len(change.moved("converged")),
        cells=len(cells),
        d=len(change.moved("diverged")),
    )
    if total.from_dont_know + total.to_dont_know:
        sentence += " " + _(
            "Don't know is counted apart: from don't know to a score {a}×, from a score to don't "
            "know {b}×."
        ).format(a=total.from_dont_know, b=total.to_dont_know)
        if empty := sum(cell.from_open + cell.to_open for cell in cells):
            sentence += " " + _("In {k} of these the cell was left empty.").format(k=empty)
    sentence += " " + outcomes(case, pair)
    conformity = _("Coming closer may also be conformity.")

    def row(cell: CellChange) -> dict[str, object]:
        t = (cell.t_before, cell.t_after) if cell.n_both else ("–", "–")
        return {
            _("Views"): _(_WORDS[_look(cell)]),
            _("Score both times"): cell.n_both,
            _("Changed"): cell.changed,
            _("From ? to a score"): cell.from_dont_know,
            _("From a score to ?"): cell.to_dont_know,
            _("T before"): t[0],
            _("T after"): t[1],
            _("From what to what"): _moved(cell) or "–",
            _("Same answer both times"): counted(cell.counts.diagonal().tolist()),
        }

    def told(cell: CellChange) -> str:
        t = f"T {cell.t_before} → {cell.t_after}" if cell.n_both else "T –"
        same = _("same answer: {counts}").format(counts=counted(cell.counts.diagonal().tolist()))
        parts = (f"{_(_WORDS[_look(cell)])} ({t})", _moved(cell), same)
        return "; ".join(part for part in parts if part)

    looks = {key: Category(COLOURS[key], _SYMBOLS[key]) for key in COLOURS}
    matrix = round_matrix(case, change, lambda cell: MoveCell(_look(cell), _small(cell)))
    labels = Labels(
        title=_("From “{before}” to “{after}”").format(before=pair[0].name, after=pair[1].name),
        mark=mark(case),
        note=_("▲ higher, ▼ lower. ?→ from don't know to a score, →? the other way.")
        + " "
        + conformity,
        legend=[(COLOURS[key], f"{_SYMBOLS[key]}  {_(_WORDS[key])}") for key in COLOURS],
    )
    return exhibit_of(
        case,
        pair,
        change,
        sentence=f"{sentence} {conformity}",
        row=row,
        told=told,
        rule=_(
            "T: the distances to the middle answer added up, over the people with a score both "
            "times. Closer: T falls by 2 or more; apart: T rises by 2 or more. Not scored counts "
            "as don't know."
        ),
        draw=partial(round_moves, matrix, labels=labels, looks=looks),
    )


def _look(cell: CellChange) -> str:
    return cell.movement if cell.changed else "same"


def _small(cell: CellChange) -> list[str]:
    """Write how many moved, in signs: up and down, and from and to don't know."""
    moved = [f"{sign}{n}" for sign, n in (("▲", cell.up), ("▼", cell.down)) if n]
    unknown = [
        f"{sign}{n}" for sign, n in (("?→", cell.from_dont_know), ("→?", cell.to_dont_know)) if n
    ]
    return ["  ".join(line) for line in (moved, unknown) if line]


def _moved(cell: CellChange) -> str:
    """Write who changed from what to what, don't know too, as text without zeros."""
    return ", ".join(
        f"{n}× {SIGNS[i]} → {SIGNS[j]}"
        for i, row in enumerate(cell.counts.tolist())
        for j, n in enumerate(row)
        if n and i != j
    )
