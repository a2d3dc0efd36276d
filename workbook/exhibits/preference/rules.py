"""Step 7, on request: the same scores by other rules."""

from __future__ import annotations

from functools import partial
from math import isnan

import numpy as np
import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.exhibits.preference.judged import Judged, judged, scores_from
from workbook.exhibits.preference.support import decides, nobody_placed, nothing_judged
from workbook.exhibits.wording import (
    distinct,
    listed,
    number,
    option_names,
)
from workbook.figures import Category, Grid, Labels, category_grid


def _standings(case: Case, found: Judged) -> dict[str, tuple[judge.Standing, int, bool]]:
    """Give each rule's outcome by name, with its values' digits and whether they are signed."""
    _ = case.translate
    table, weights = found.table, found.leading.order.weights()
    kept = judge.lexicographic(table, found.leading.order)
    step_by_step = np.where(
        table.placed, [float(option in kept) for option in table.options], np.nan
    )
    rules: dict[str, tuple[judge.Standing, int, bool]] = {
        _("weighted net score"): (found.net, 2, True),
        _("most often + (handbook)"): (judge.plus_most_often(table), 0, False),
        _("meets best, unweighted (handbook)"): (judge.meets_best(table), 2, True),
        _("criterion by criterion"): (judge.Standing(table.options, step_by_step), 0, False),
        _("majority judgment"): (judge.majority_judgment(table, weights), 0, False),
    }
    if table.scores is not None:
        rules[_("by person: Borda")] = (judge.borda(table, weights), 0, True)
        rules[_("by person: Schulze")] = (judge.schulze(table, weights), 0, True)
    return rules


def rules(case: Case) -> Exhibit:
    """Show the same scores by several rules, the handbook's own among them."""
    _ = case.translate
    title = _("The same scores by other rules")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "rules", title)
    if not found.table.placed.any():
        return nobody_placed(case, "rules", title)
    names = distinct(option_names(case))
    standings = _standings(case, found)
    firsts = {rule: standing.first() for rule, (standing, _digits, _signed) in standings.items()}
    sentence = _agreement(case, found, firsts, names)
    compared = judge.dominance(found.table, found.leading.order)
    if found.verdict.winner in compared.best():  # while undecided there is none to name
        sentence += " " + _("Whatever the weights within the order, nothing scores higher.")
    room = decides(case)
    sentence += " " + room

    def value(rule: str, option: str) -> str:
        standing, digits, signed = standings[rule]
        of = standing.value[standing.options.index(option)]
        return "–" if isnan(of) else number(case, of, digits, signed=signed)

    def colour(rule: str, option: str) -> str:
        # No computed first anywhere while undecided: then nothing is picked out.
        if found.verdict.winner is None or option not in firsts[rule]:
            return "#F5F5F5"
        return "#0072B2" if len(firsts[rule]) == 1 else "#9CC3DE"

    cells = [[f"{colour(rule, o)} {value(rule, o)}" for rule in standings] for o in found.options]
    looks = {
        key: Category(*key.split(" ", 1), dotted=key.endswith("–")) for row in cells for key in row
    }
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Each rule has a scale of its own; higher is better. A dash: no place, because of a "
            "cell without answers."
        ),
        legend=[]
        if found.verdict.winner is None
        else [("#0072B2", _("first")), ("#9CC3DE", _("shared first"))],
    )
    rows = [
        {
            _("Option"): names[o],
            **{rule: value(rule, o) for rule in standings},
        }
        for o in found.options
    ]
    grid = Grid([names[o] for o in found.options], list(standings), cells)
    return Exhibit(
        name="rules",
        title=title,
        sentence=sentence,
        room=room,
        alt="\n".join(
            f"{row[_('Option')]}: " + ", ".join(f"{rule} {row[rule]}" for rule in standings)
            for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=scores_from(
            case, found.round, _("Each rule is explained, with its source, in docs/methods.md.")
        ),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=looks),
    )


def _agreement(
    case: Case, found: Judged, firsts: dict[str, tuple[str, ...]], names: dict[str, str]
) -> str:
    """Say how far the rules agree; no option is named unless there is a firm first."""
    _ = case.translate
    winner = found.verdict.winner
    if winner is None:
        if len(set(firsts.values())) == 1:
            return _(
                "{n} rules agree on what comes first, but that proves little: they share the same "
                "scores, and the first is not firm."
            ).format(n=len(firsts))
        return _("{n} rules put {k} different outcomes first.").format(
            n=len(firsts), k=len(set(firsts.values()))
        )
    alone = [rule for rule, first in firsts.items() if first == (winner,)]
    if len(alone) == len(firsts):
        return _("All {n} rules put {option} first.").format(n=len(firsts), option=names[winner])
    others = [
        _("{rule}: {options}").format(rule=rule, options=listed(case, [names[o] for o in first]))
        for rule, first in firsts.items()
        if first != (winner,)
    ]
    return _("{k} of {n} rules put {option} first alone. Otherwise: {others}.").format(
        k=len(alone), n=len(firsts), option=names[winner], others="; ".join(others)
    )
