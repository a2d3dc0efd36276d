"""Step 7, on request: which orders of importance put which option first."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.exhibits.preference.judged import judged, scores_from
from workbook.exhibits.preference.support import nobody_placed, nothing_judged
from workbook.exhibits.wording import criterion_names, distinct, number, option_names, percent
from workbook.figures import Labels, share_bars


def orders(case: Case) -> Exhibit:
    """Show in what share of all strict orders of the criteria each option is first."""
    _ = case.translate
    title = _("First under which order of importance")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "orders", title)
    if not found.table.placed.any():
        return nobody_placed(case, "orders", title)
    ways = judge.winning_orders(found.table, found.leading.order)
    names, criteria = distinct(option_names(case)), criterion_names(case)
    options = [o for o in found.options if o in ways.wins]
    data = {names[o]: ways.wins[o] for o in options}
    shared = max(0.0, 1 - sum(ways.wins.values()))
    texts = {names[o]: percent(case, ways.wins[o]) for o in options}
    if shared > 1e-9:
        data[_("first place shared")] = shared
        texts[_("first place shared")] = percent(case, shared)
    sentence = (
        _("The criteria can be put in {n} strict orders.")
        if ways.exact
        else _("We drew {n} strict orders of the criteria.")
    ).format(n=number(case, ways.examined, 0, signed=False))
    winner = found.verdict.winner
    if winner is not None:
        sentence += " " + _("{option} is first alone in {share} of them.").format(
            option=names[winner], share=percent(case, ways.wins[winner])
        )
    else:
        sentence += " " + _("{k} options are first alone in some of them.").format(
            k=sum(share > 0 for share in ways.wins.values())
        )
    sentence += " " + _("Orders that nobody proposed count here too.")

    def told(pairs: tuple[tuple[str, str], ...]) -> str:
        if not ways.exact:
            return ""  # what holds in a sample may hold by chance
        return "; ".join(
            _("{above} above {below}").format(above=criteria[a], below=criteria[b])
            for a, b in pairs
        )

    rows = [
        {
            _("Option"): names[o],
            _("First alone in"): percent(case, ways.wins[o]),
            _("Only if"): told(ways.only_if[o]) or "–",
            _("Whenever"): told(ways.whenever[o]) or "–",
        }
        for o in options
    ]
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_("All orders count the same here, also those that nobody proposed. ± halfway."),
    )
    return Exhibit(
        name="orders",
        title=title,
        sentence=sentence,
        alt="\n".join(
            [
                *(f"{name}: {text}" for name, text in texts.items()),
                *(
                    _("{option}: only if {only}; whenever {whenever}").format(
                        option=row[_("Option")], only=row[_("Only if")], whenever=row[_("Whenever")]
                    )
                    for row in rows
                ),
            ]
        ),
        table=pd.DataFrame(rows),
        provenance=scores_from(
            case,
            found.round,
            _("Every strict order once, rank-order centroid, ± halfway.")
            if ways.exact
            else _(
                "Strict orders drawn at random, rank-order centroid, ± halfway; standard error at "
                "most {error} percentage points."
            ).format(error=number(case, 100 * ways.error, 1, signed=False)),
        ),
        mark=mark(case),
        draw=partial(share_bars, data, labels=labels, texts=texts),
    )
