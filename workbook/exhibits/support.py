"""Step 7: what the scores support, and how that holds up."""

from __future__ import annotations

from math import isnan

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Criterion, Option, Priority, Reading, Round
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.reading import reading_headline
from workbook.exhibits.scores import (
    counting_table,
    last_round,
    leading_weights,
    no_scores,
    priority_groups,
    scores_file,
)
from workbook.exhibits.wording import distinct, from_files, listed, number, option_names, percent
from workbook.figures import Labels, intervals, share_bars

FEW = 5
"""With fewer people than this no cell can be called split, and no outcome says much."""


def _scores(case: Case) -> tuple[Round, judge.ScoreTable, judge.NetScores] | None:
    counting = counting_table(case)
    if counting is None:
        return None
    of, table = counting
    return of, table, judge.net_scores(table, list(leading_weights(case).values()))


def supported(case: Case) -> tuple[str, ...]:
    """Give the option that scores highest, or those that share the first place; empty if none."""
    found = _scores(case)
    return () if found is None else found[2].first()


def support_sentence(case: Case) -> str:
    """Say what the scores support, in one sentence."""
    _ = case.translate
    if case.rows(Reading) and last_round(case) is None:
        return reading_headline(case)
    found = _scores(case)
    if found is None:
        return no_scores(case)
    _of, table, net = found
    first = net.first()
    names = distinct(option_names(case))
    value = dict(zip(net.options, net.value.tolist(), strict=True))
    if not first:
        return _("Every option has a cell without answers, so none gets a place.")
    if len(first) > 1:
        return _("The scores put {names} first together, with {value}.").format(
            names=listed(case, [names[o] for o in first]), value=number(case, value[first[0]])
        )
    rest = [o for o in net.ranking() if o != first[0] and not isnan(value[o])]
    sentence = _(
        "The scores of {n} people support {option} most, with a weighted net score of {value}."
    ).format(n=table.n, option=names[first[0]], value=number(case, value[first[0]]))
    if rest:
        sentence += " " + _("Next comes {option} with {value}.").format(
            option=names[rest[0]], value=number(case, value[rest[0]])
        )
    if table.n < FEW:
        sentence += " " + _("With so few people it says little.")
    return sentence


def support(case: Case) -> Exhibit:
    """Show the weighted net score of each option with what is unknown as a range."""
    _ = case.translate
    title = _("What the scores support")
    found = _scores(case)
    if found is None:
        sentence = support_sentence(case)
        if case.rows(Reading):
            sentence = no_scores(case) + " " + _("See what the readings of the text allow.")
        return missing(case, "support", title, sentence)
    of, _table, net = found
    names = distinct(option_names(case))
    first = net.first()
    # Sorting argues: without one clear first the case's own order stays.
    order = net.ranking() if len(first) == 1 else list(net.options)
    at = {option: i for i, option in enumerate(net.options)}
    data = {
        names[o]: (float(net.low[at[o]]), float(net.value[at[o]]), float(net.high[at[o]]))
        for o in order
    }
    unplaced = [names[o] for o in order if isnan(net.value[at[o]])]
    sentence = support_sentence(case)
    if unplaced:
        sentence += " " + _("No place for {names}: there is a cell without answers.").format(
            names=listed(case, unplaced)
        )
    if len(first) == 1:
        best = at[first[0]]
        reach = [o for o in order if o != first[0] and net.high[at[o]] >= net.low[best]]
        if reach and (net.high > net.low).any():
            sentence += " " + _(
                "What people didn't know could still change this for {names}."
            ).format(names=listed(case, [names[o] for o in reach]))
    sentence += " " + _("This is arithmetic on the scores; the room decides.")
    texts = {name: number(case, value) for name, (_low, value, _high) in data.items()}
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Dot: weighted net score, + minus − with ± halfway. "
            "Band: every don't know as − and as +."
        ),
        words={"left": _("everyone −"), "middle": "0", "right": _("everyone +")},
    )
    low, high = _("Lowest"), _("Highest")
    rows = [
        {
            _("Option"): name,
            _("Net score"): number(case, value) if not isnan(value) else "–",
            low: number(case, lo),
            high: number(case, hi),
        }
        for name, (lo, value, hi) in data.items()
    ]
    return Exhibit(
        name="support",
        title=title,
        sentence=sentence,
        alt="\n".join(
            _("{option}: {value}, between {low} and {high}").format(
                option=row[_("Option")], value=row[_("Net score")], low=row[low], high=row[high]
            )
            for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=_scores_from(case, of),
        mark=mark(case),
        draw=lambda: intervals(data, labels=labels, texts=texts),
    )


def _scores_from(case: Case, of: Round) -> tuple[str, ...]:
    _ = case.translate
    return from_files(
        case,
        scores_file(of),
        Priority,
        Criterion,
        Option,
        round=of.id,
        rule=_(
            "Net score: (number of + − number of −) / answers, ± counts as 0; weighted by the "
            "order of importance."
        ),
    )


def robustness(case: Case) -> Exhibit:
    """Show in what share of the weightings examined each option comes first."""
    _ = case.translate
    title = _("How often each option comes first")
    counting = counting_table(case)
    if counting is None:
        return missing(case, "robustness", title, no_scores(case))
    of, table = counting
    groups, whose = priority_groups(case)
    found = judge.first_places(table, groups)
    if not found.options:
        return missing(
            case,
            "robustness",
            title,
            _("Every option has a cell without answers, so none gets a place."),
        )
    names = distinct(option_names(case))
    share = dict(zip(found.options, found.share.tolist(), strict=True))
    best = max(share.values())
    top = [option for option in found.options if share[option] == best]
    order = (
        sorted(found.options, key=lambda o: -share[o])
        if len(top) == 1 and len(supported(case)) == 1
        else list(found.options)
    )
    sentence = _(
        "We examined {draws} weightings that respect the room's order, each with its own place of "
        "± between − and +. {option} comes first in {share} of them."
    ).format(
        draws=number(case, found.draws, 0, signed=False),
        option=names[top[0]],
        share=percent(case, best),
    )
    if whose == "none":
        sentence += " " + _("There is no shared order, so all weights were allowed.")
    sentence += " " + _("This is a share of what was examined, not a probability.")
    texts = {names[o]: percent(case, share[o]) for o in order}
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Varied: the weights within the order, and the place of ±. Not varied: what people "
            "didn't know, and who was there. A share of what was examined, not a probability."
        ),
    )
    data = {names[o]: share[o] for o in order}
    return Exhibit(
        name="robustness",
        title=title,
        sentence=sentence,
        alt="\n".join(f"{name}: {text}" for name, text in texts.items()),
        table=pd.DataFrame({_("Option"): list(texts), _("First in"): list(texts.values())}),
        provenance=(
            *_scores_from(case, of)[:1],
            _("Ties share the first place equally; seeded, so the same each time."),
        ),
        mark=mark(case),
        draw=lambda: share_bars(data, labels=labels, texts=texts),
    )
