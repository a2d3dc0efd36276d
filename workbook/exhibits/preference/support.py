"""Step 7: what the scores support, and how firmly."""

from __future__ import annotations

from functools import partial
from math import isnan

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Decision, Reading
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.decided import decided_sentence
from workbook.exhibits.preference.judged import (
    Judged,
    judged,
    level_word,
    scores_from,
    support_sentence,
    verdict_sentence,
)
from workbook.exhibits.preference.scores import no_scores
from workbook.exhibits.wording import distinct, listed, number, option_names, percent
from workbook.figures import Category, Grid, Labels, category_grid, intervals


def decides(case: Case) -> str:
    """Say that arithmetic is not the decision; where there is one, say it beside it."""
    _ = case.translate
    if any(row.step == 7 for row in case.rows(Decision)):
        return _("This is arithmetic on the scores.") + " " + decided_sentence(case)
    return _("This is arithmetic on the scores; the room decides.")


def nothing_judged(case: Case, name: str, title: str) -> Exhibit:
    """Make the exhibit of a judgement without scores to judge."""
    sentence = no_scores(case)
    if case.rows(Reading):
        sentence += " " + case.translate("See what the readings of the text allow.")
    return missing(case, name, title, sentence)


def nobody_placed(case: Case, name: str, title: str) -> Exhibit:
    """Make the exhibit of a judgement in which no option gets a place."""
    told = case.translate("Every option has a cell without answers, so none gets a place.")
    return missing(case, name, title, told)


def support(case: Case) -> Exhibit:
    """Show the weighted net score of each option with what is unknown as a range."""
    title = case.translate("What the scores support")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "support", title)
    return support_of(case, "support", title, found, found.net, support_sentence(case))


def support_of(
    case: Case,
    name: str,
    title: str,
    found: Judged,
    net: judge.NetScores,
    sentence: str,
    *,
    before: judge.NetScores | None = None,
    place: float = 0.5,
    badge: str | None = None,
) -> Exhibit:
    """Show net scores with their bounds, under whatever order and place of ± they have.

    Parameters
    ----------
    case, name, title, sentence
        As of the exhibit to make.
    found : Judged
        Whose verdict says whether options may be sorted.
    net : NetScores
        What is drawn.
    before : NetScores, optional
        Drawn beside it, as open dots.
    place : float
        Place of ± that ``net`` was worked out with.
    badge : str, optional
        What must be known before reading, if it is more than what kind of case it is.
    """
    _ = case.translate
    badge = mark(case) if badge is None else badge
    names = distinct(option_names(case))
    order = net.ranking() if found.verdict.winner else list(net.options)
    at = {option: i for i, option in enumerate(net.options)}
    data = {
        names[o]: (float(net.low[at[o]]), float(net.value[at[o]]), float(net.high[at[o]]))
        for o in order
    }
    unplaced = [names[o] for o in order if isnan(net.value[at[o]])]
    if unplaced:
        sentence += " " + _("No place for {names}: there is a cell without answers.").format(
            names=listed(case, unplaced)
        )
    if found.verdict.winner:
        best = at[found.verdict.winner]
        reach = [o for o in order if at[o] != best and net.high[at[o]] >= net.low[best]]
        if reach and (net.high > net.low).any():
            sentence += " " + _(
                "What people didn't know could still change this for {names}."
            ).format(names=listed(case, [names[o] for o in reach]))
    room = decides(case)
    sentence += " " + room
    texts = {name: number(case, value) for name, (_low, value, _high) in data.items()}
    beside = {} if before is None else _by_name(before, names)
    halfway = abs(place - 0.5) <= judge.TIE
    note = (
        _("Dot: weighted net score, + minus − with ± halfway.")
        if halfway
        else _("Dot: weighted net score, with ± worth {share} of the way from − to +.").format(
            share=percent(case, place)
        )
    )
    note += " " + _("Band: every don't know as − and as +.")
    if before is not None:
        note += " " + _("Open: how it stands.")
    if not found.verdict.winner:
        note += " " + _("No firm first, so the case's own order is kept.")
    labels = Labels(
        title=title,
        mark=badge,
        note=note,
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
        name=name,
        title=title,
        sentence=sentence,
        room=room,
        alt="\n".join(
            _("{option}: {value}, between {low} and {high}").format(
                option=row[_("Option")], value=row[_("Net score")], low=row[low], high=row[high]
            )
            for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=scores_from(
            case,
            found.round,
            _(
                "Net score: 2(number of + and p × number of ±) / answers − 1, with p the worth of "
                "± (½ unless said); weighted by the order of importance."
            ),
        ),
        mark=badge,
        draw=partial(intervals, data, labels=labels, texts=texts, before=beside),
    )


def _by_name(net: judge.NetScores, names: dict[str, str]) -> dict[str, float]:
    values = zip(net.options, net.value.tolist(), strict=True)
    return {names[option]: value for option, value in values if not isnan(value)}


def firmness(case: Case) -> Exhibit:
    """Show what was asked before a first place is called clear or leaning, and the answers."""
    _ = case.translate
    title = _("How firm is it?")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "firmness", title)
    verdict = found.verdict
    word = level_word(case, verdict.level)
    questions = _questions(case, found)
    looks = {
        "yes": Category("#0072B2", _("yes")),
        "no": Category("#D55E00", _("no")),
        "none": Category("#F5F5F5", "–"),
    }

    def look(answer: bool | None) -> str:
        return "none" if answer is None else "yes" if answer else "no"

    columns = [_("for leaning"), _("for clear")]
    grid = Grid(
        [questions[c.name] for c in verdict.conditions],
        columns,
        [[look(c.leaning), look(c.clear)] for c in verdict.conditions],
    )
    labels = Labels(
        title=_("How firm is it? {level}").format(level=word.capitalize()),
        mark=mark(case),
        note=_(
            "Every answer in a column must be yes. A dash is not asked there, or can't be asked. "
            "This judges the scores, not the options, and decides nothing."
        ),
    )
    sentence = verdict_sentence(case, found)
    if verdict.level == "leaning":
        lacks = [_lacking(case)[name] for name in verdict.failed("clear")]
        sentence += " " + _("For clear it lacks {conditions}.").format(
            conditions=listed(case, lacks)
        )
    if any(c.name == "groups" and c.clear is None for c in verdict.conditions):
        sentence += " " + _("There are fewer than two groups, so one vote per group wasn't asked.")
    rows = [
        {
            _("Question"): questions[c.name],
            _("Found"): _found(case, c),
            columns[0]: looks[look(c.leaning)].symbol,
            columns[1]: looks[look(c.clear)].symbol,
        }
        for c in verdict.conditions
    ]
    return Exhibit(
        name="firmness",
        title=labels.title,
        sentence=sentence,
        alt="\n".join(
            f"{row[_('Question')]}: {row[_('Found')]}; {columns[0]} {row[columns[0]]}, "
            f"{columns[1]} {row[columns[1]]}"
            for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=scores_from(
            case,
            found.round,
            _("Clear, leaning and undecided are defined in docs/methods.md."),
        ),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=looks),
    )


def _found(case: Case, condition: judge.Condition) -> str:
    if condition.value is None:
        return "–"
    if condition.name == "acceptability":
        return percent(case, condition.value)
    return number(case, condition.value, 0, signed=False)


def _questions(case: Case, found: Judged) -> dict[str, str]:
    """Put each condition of the verdict as a question."""
    _ = case.translate
    verdict = found.verdict
    by_person = found.table.scores is not None
    share = percent(case, verdict.acceptability)
    lost = next((c.value for c in verdict.conditions if c.name == "participants"), 0) or 0
    return {
        "sole_first": _("Is one option first alone?"),
        "rival": _("Is there another option to compare with?"),
        "people": _("At least {few} people? There are {n}.").format(
            few=judge.FEW, n=verdict.people
        ),
        "changes": _(
            "Enough scores to change before it ends (a third, half of {n})? It takes {k}."
        ).format(n=verdict.people, k=verdict.k),
        "acceptability": (
            _("First in enough weightings (50%, 90%)? In {share}.")
            if by_person
            else _("First in enough weightings (90%)? In {share}.")
        ).format(share=share),
        "unplaced": _("No unanswered option that could still come out highest?"),
        "order": _("An order of importance that the room shares?"),
        "thin": _("Every cell scored by at least half?"),
        "persons": _("Scored by person?"),
        "borda": _("First alone by pairs of options, counted by person (Borda)?"),
        "schulze": _("First alone by chains of pairs (Schulze)?"),
        "voting": _("First, perhaps shared, by one of those two?"),
        "participants": _(
            "The same without any one person? It changes in {k} of {n} cases."
        ).format(k=int(lost), n=verdict.people),
        "groups": _("The same with one vote per group?"),
    }


def _lacking(case: Case) -> dict[str, str]:
    """Name what stands between leaning and clear."""
    _ = case.translate
    return {
        "people": _("enough people"),
        "changes": _("a lead that takes more scores to undo than half the people"),
        "acceptability": _("a first place in 90% of the weightings"),
        "unplaced": _("answers in every cell"),
        "order": _("an order of importance that the room shares"),
        "thin": _("a score by at least half in every cell"),
        "persons": _("scores by person"),
        "borda": _("a sole first place by Borda's rule"),
        "schulze": _("a sole first place by Schulze's rule"),
        "participants": _("a first place that stands without any one person"),
        "groups": _("the same first with one vote per group"),
    }
