"""Step 7: the order of importance and the weights that follow from it."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.case.asked import scored_criteria
from workbook.case.tables import Criterion, Priority
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.scores import (
    leading_weights,
    plenary_rows,
    priorities_of,
)
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
    said = priorities_of(case)
    leading = said.leading()
    weights, names = leading_weights(case), distinct(criterion_names(case))
    plenary = {c: rank for c, rank in (said.plenary or {}).items() if rank is not None}
    people = [ranks for ranks in said.individual.values() if any(ranks.values())]
    in_top = {c.id: sum((ranks.get(c.id) or 9) <= 2 for ranks in people) for c in criteria}
    order, room = sorted(weights, key=lambda c: -round(weights[c], 9)), plenary_rows(case)
    sentence = _told(case, leading, plenary, order, names)
    beside = leading.whose in ("joint", "person") and not leading.shared
    texts, rows = {}, []
    for c in order:
        words = [percent(case, weights[c])]
        if leading.whose == "plenary":
            place = _("place {rank}").format(rank=plenary[c]) if c in plenary else _("not ranked")
            words.append(place)
        if beside:
            words.append(_("equal: {share}").format(share=percent(case, 1 / len(order))))
        if people:
            words.append(_("first or second for {k} of {n}").format(k=in_top[c], n=len(people)))
        texts[names[c]] = " · ".join(words)
        rows.append(
            {
                _("Criterion"): names[c],
                _("Place"): plenary.get(c, "–"),
                _("Weight"): number(case, weights[c], 3, signed=False),
                **(
                    {_("Equal weight"): number(case, 1 / len(order), 3, signed=False)}
                    if beside
                    else {}
                ),
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
        draw=partial(share_bars, data, labels=labels, texts=texts),
        # An order that people gave one by one is worked out from many rows.
        origins=[room.get(c) for c in order] if leading.whose == "plenary" else (),
    )


def _told(
    case: Case,
    leading: judge.LeadingOrder,
    plenary: dict[str, int],
    order: list[str],
    names: dict[str, str],
) -> str:
    """Say which order leads, whose it is, and whether it may be called shared."""
    _ = case.translate
    if leading.whose == "none":
        return _("The room has no order of importance yet, so every criterion weighs the same.")
    groups = leading.order.groups
    told = None
    if groups is not None:
        ranked = [group for group in groups if leading.whose != "plenary" or group[0] in plenary]
        told = "; ".join(
            f"{plenary.get(group[0], place)}. " + listed(case, [names[c] for c in group])
            for place, group in enumerate(ranked, start=1)
        )
    if leading.whose == "plenary":
        sentence = _("The room's order: {order}.").format(order=told)
        if any(len(group) > 1 and group[0] in plenary for group in groups or ()):
            sentence += " " + _("Criteria in one place were not put above one another.")
        if unranked := [names[c] for c in order if c not in plenary]:
            sentence += " " + _("Not ranked: {names}.").format(names=listed(case, unranked))
        return sentence
    beside = _("Equal weights stand beside it.")
    if leading.whose == "person":
        return _("Only one person gave an order, which is not the room's: {order}.").format(
            order=told
        ) + (" " + beside)
    sentence = _("The room has no order of its own yet; {n} people gave theirs.").format(
        n=leading.people
    )
    if told is not None:
        sentence += " " + _("Whoever is left out, together: {order}.").format(order=told)
    else:
        pairs = [
            _("{above} above {below}").format(above=names[above], below=names[below])
            for above, below in leading.order.steps()
        ]
        sentence += " " + _("Whoever is left out, they put {pairs}.").format(
            pairs=listed(case, pairs)
        )
    if not leading.shared:
        chance = _("They agree no more than chance would, so it is no shared order.")
        sentence += f" {chance} {beside}"
    return sentence
