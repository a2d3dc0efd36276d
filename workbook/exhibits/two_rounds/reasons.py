"""Step 7: why people changed their scores, where they said so."""

from __future__ import annotations

from itertools import product

import pandas as pd

from workbook.case import Case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import SYMBOLS, Ballot
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.two_rounds.pair import by_name, chosen_pair, made_from
from workbook.exhibits.wording import criterion_names, distinct, option_names


def round_reasons(case: Case, *, before: str | None = None, after: str | None = None) -> Exhibit:
    """List why people changed their scores; by person only where both rounds are by name.

    Parameters
    ----------
    case : Case
    before, after : str, optional
        Ids of the rounds; the last two revealed ones by ballots by default.
    """
    _ = case.translate
    title = _("Why scores changed")
    pair = chosen_pair(case, before, after)
    if isinstance(pair, str):
        return missing(case, "round_reasons", title, pair)
    old, new = pair
    options, criteria = scored_options(case), scored_criteria(case)
    place = {
        (o.id, c.id): at for at, (o, c) in enumerate(product(options, criteria))
    }  # in which the cells stand on the picture
    given = [
        row
        for row in case.rows(Ballot)
        if row.round == new.id and row.reason and (row.option, row.criterion) in place
    ]
    if not given:
        told = _("Nobody gave a reason for a changed score in “{round}”.").format(round=new.name)
        return missing(case, "round_reasons", title, told)
    named = by_name(pair)
    # Without names no order of persons either: one that returns in every cell tells who is who.
    given.sort(key=lambda row: (place[row.option, row.criterion], "" if named else str(row.reason)))
    first = {
        (row.participant, row.option, row.criterion): row.score
        for row in case.rows(Ballot)
        if row.round == old.id
    }
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))
    rows, lines = [], []
    for row in given:
        cells = {_("Option"): onames[row.option], _("Criterion"): cnames[row.criterion]}
        line = " × ".join(cells.values())
        if named:
            was = first.get((row.participant, row.option, row.criterion))
            cells[_("Change")] = f"{SYMBOLS.get(was, '·')} → {SYMBOLS.get(row.score, '·')}"
            cells[_("Participant")] = row.participant
            line += f": {cells[_('Change')]} ({row.participant})"
        rows.append(cells | {_("Reason"): row.reason})
        lines.append(f"{line}: “{row.reason}”")
    sentence = _(
        "Reasons given in “{round}” for a changed score: {k}, about {cells} cells. A reason was "
        "invited, not required."
    ).format(round=new.name, k=len(given), cells=len({(r.option, r.criterion) for r in given}))
    if not named:
        sentence += " " + _(
            "The rounds are not by name, so reasons stand per cell, without person or score."
        )
    return Exhibit(
        name="round_reasons",
        title=title,
        sentence=sentence,
        alt="\n".join(lines),
        table=pd.DataFrame(rows),
        provenance=made_from(case, pair),
        mark=mark(case),
    )
