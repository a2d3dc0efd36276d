"""Step 7: how often each option takes each place when what was not settled is varied."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.exhibits.preference.judged import Judged, judged, scores_from
from workbook.exhibits.preference.support import nobody_placed, nothing_judged
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    listed,
    number,
    option_names,
    percent,
)
from workbook.figures import Labels, ShareGrid, share_grid

DRAWS = 10_000


def _examined(found: Judged, sources: Collection[str]) -> judge.Acceptability:
    return judge.acceptability(found.table, found.leading.order, sources=sources, draws=DRAWS)


def _rule(case: Case) -> str:
    return case.translate(
        "Equal values share their places equally; {draws} weightings, seeded, so the same each "
        "time; standard error at most {error} percentage points."
    ).format(
        draws=number(case, DRAWS, 0, signed=False),
        error=number(case, 50 / DRAWS**0.5, 1, signed=False),
    )


def robustness(case: Case) -> Exhibit:
    """Show in what share of the weightings examined each option comes first, by what is varied."""
    _ = case.translate
    title = _("How often each option comes first")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "robustness", title)
    if not found.table.placed.any():
        return nobody_placed(case, "robustness", title)
    by_person = found.table.scores is not None
    both = _examined(found, ["order", "place"])
    together = [source for source in judge.SOURCES if source != "voices" or by_person]
    columns = {
        _("the weights"): _examined(found, ["order"]),
        _("what ± is worth"): _examined(found, ["place"]),
        _("weights and ±"): both,
        _("if voices counted unequally"): _examined(found, ["voices"]) if by_person else None,
        _("what people didn't know"): _examined(found, ["dont_know"]),
        _("everything together"): _examined(found, together),
    }
    names = distinct(option_names(case))
    options = [o for o in found.options if o in both.options]
    shares = [
        [None if a is None else a.first(option) for a in columns.values()] for option in options
    ]
    texts = [["–" if s is None else percent(case, s) for s in row] for row in shares]

    best = found.verdict.winner
    sentence = _(
        "We examined {draws} weightings that respect the order of importance, each with its own "
        "place of ± between − and +."
    ).format(draws=number(case, DRAWS, 0, signed=False))
    if best is not None:
        sentence += " " + _("{option} comes first in {share} of them.").format(
            option=names[best], share=percent(case, both.first(best))
        )
    else:
        sentence += " " + _("As there is no firm first, how often each comes first proves nothing.")
    if found.leading.whose == "none":
        sentence += " " + _("There is no shared order, so all weights were allowed.")
    sentence += " " + _("This is a share of what was examined, not a probability.")
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Per column what was varied, the rest as usual. Shares of the weightings examined, no "
            "probabilities. A dash: counts of hands have no persons."
        ),
    )
    rows = [
        {_("Option"): names[option], **dict(zip(columns, row, strict=True))}
        for option, row in zip(options, texts, strict=True)
    ]
    central = [
        _("Weights with which {option} comes first, on average: {weights}.").format(
            option=names[o], weights=_central_weights(case, found, both, o)
        )
        for o in options
        if both.first(o) > 0
    ]
    return Exhibit(
        name="robustness",
        title=title,
        sentence=sentence,
        alt="\n".join(
            [
                *(
                    f"{row[_('Option')]}: "
                    + ", ".join(f"{column} {row[column]}" for column in columns)
                    for row in rows
                ),
                *_by_place(case, found, names),
                *central,
            ]
        ),
        table=pd.DataFrame(rows),
        provenance=scores_from(case, found.round, _rule(case)),
        mark=mark(case),
        draw=partial(
            share_grid,
            ShareGrid([names[o] for o in options], list(columns), shares, texts),
            labels=labels,
            shaded=found.verdict.winner is not None,  # else the picture would argue
        ),
    )


def _central_weights(case: Case, found: Judged, accepted: judge.Acceptability, option: str) -> str:
    central = accepted.central[accepted.options.index(option)].tolist()
    names = criterion_names(case)
    return ", ".join(
        f"{names[c]} {percent(case, weight)}"
        for c, weight in zip(found.table.criteria, central, strict=True)
    )


def _by_place(case: Case, found: Judged, names: dict[str, str]) -> list[str]:
    """Say, exactly, who is first for which place of ±; not where that alone names a first."""
    _ = case.translate
    stretches = judge.first_by_place(found.table, found.leading.order.weights())
    if found.verdict.winner is None and len(stretches) < 2:
        return []
    return [
        _("± from {low} to {high}: {options} first").format(
            low=number(case, stretch.low, signed=False),
            high=number(case, stretch.high, signed=False),
            options=listed(case, [names[o] for o in stretch.first]),
        )
        for stretch in stretches
    ]


def places(case: Case) -> Exhibit:
    """Show in what share of the weightings examined each option takes each place."""
    _ = case.translate
    title = _("Which place each option takes")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "places", title)
    if not found.table.placed.any():
        return nobody_placed(case, "places", title)
    accepted = _examined(found, ["order", "place"])
    names = distinct(option_names(case))
    options = [o for o in found.options if o in accepted.options]
    shares = [accepted.share[accepted.options.index(o)].tolist() for o in options]
    texts = [[percent(case, share) for share in row] for row in shares]
    columns = [_("place {rank}").format(rank=place + 1) for place in range(len(options))]
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Varied: the weights within the order, and the place of ±. Not varied: what people "
            "didn't know, and who was there. A share of what was examined, not a probability."
        ),
    )
    rows = [
        {_("Option"): names[o], **dict(zip(columns, row, strict=True))}
        for o, row in zip(options, texts, strict=True)
    ]
    sentence = _(
        "Per option the share of {draws} weightings in which it takes each place. A narrow row "
        "means that its place hardly depends on the weights."
    ).format(draws=number(case, DRAWS, 0, signed=False))
    return Exhibit(
        name="places",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{row[_('Option')]}: " + ", ".join(f"{c} {row[c]}" for c in columns) for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=scores_from(case, found.round, _rule(case)),
        mark=mark(case),
        draw=partial(
            share_grid,
            ShareGrid([names[o] for o in options], columns, shares, texts),
            labels=labels,
            shaded=found.verdict.winner is not None,  # else the picture would argue
        ),
    )
