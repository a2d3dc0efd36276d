"""Step 7: the order of importance and the weights that follow from it."""

from __future__ import annotations

import pandas as pd

from workbook.case import Case
from workbook.case.tables import Criterion, Priority
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.scores import PLENARY, leading_weights, priority_groups, scored_criteria
from workbook.exhibits.wording import criterion_names, distinct, from_files, listed, number, percent
from workbook.figures import Labels, share_bars


def priorities(case: Case) -> Exhibit:
    """Show the order of importance that leads and the weights that follow from it."""
    _ = case.translate
    title = _("Order of importance")
    criteria = scored_criteria(case)
    if not criteria:
        return missing(
            case, "priorities", title, _("There are no distinguishing criteria to order yet.")
        )
    groups, whose = priority_groups(case)
    weights = leading_weights(case)
    names = distinct(criterion_names(case))
    ranked = [row for row in case.rows(Priority) if row.rank is not None]
    plenary = {row.criterion: row.rank for row in ranked if row.who == PLENARY}
    people = sorted({row.who for row in ranked if row.who != PLENARY})
    in_top = {
        c.id: sum(
            1 for row in ranked if row.who in people and row.criterion == c.id and row.rank <= 2
        )
        for c in criteria
    }
    order = [c for group in groups for c in group]
    if whose == "none":
        sentence = _("The room has no order of importance yet, so every criterion weighs the same.")
    else:
        tied = [group for group in groups if len(group) > 1 and group[0] in plenary]
        sentence = _("The room's order: {order}.").format(
            order="; ".join(
                f"{plenary[group[0]]}. " + listed(case, [names[c] for c in group])
                for group in groups
                if group[0] in plenary
            )
        )
        if tied:
            sentence += " " + _("Criteria in one place were not put above one another.")
        unranked = [names[c] for c in order if c not in plenary]
        if unranked:
            sentence += " " + _("Not ranked: {names}.").format(names=listed(case, unranked))
    texts, rows = {}, []
    for c in order:
        words = [percent(case, weights[c])]
        words.append(_("place {rank}").format(rank=plenary[c]) if c in plenary else _("not ranked"))
        if people:
            words.append(_("first or second for {k} of {n}").format(k=in_top[c], n=len(people)))
        texts[names[c]] = " · ".join(words)
        rows.append(
            {
                _("Criterion"): names[c],
                _("Place"): plenary.get(c, "–"),
                _("Weight"): number(case, weights[c], 3, signed=False),
                **({_("First or second for"): in_top[c]} if people else {}),
            }
        )
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Percentages are computed from the order; what is not ranked counts as one last group."
        ),
    )
    data = {names[c]: weights[c] for c in order}
    return Exhibit(
        name="priorities",
        title=title,
        sentence=sentence,
        alt="\n".join(f"{name}: {text}" for name, text in texts.items()),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            Priority,
            Criterion,
            rule=_("Weights: rank-order centroid; a tie shares the weight of its places."),
        ),
        mark=mark(case),
        draw=lambda: share_bars(data, labels=labels, texts=texts),
    )
