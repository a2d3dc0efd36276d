"""Step 7: what it would take to end the first place: scores, people, the order, the place of ±."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Group
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.judged import (
    SMALL_GROUP,
    Judged,
    judged,
    scores_from,
    scores_given,
    verdict_sentence,
)
from workbook.exhibits.preference.support import decides, nothing_judged
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    listed,
    number,
    option_names,
    percent,
    shown,
)
from workbook.figures import Card, Labels, cards

_SYMBOL = {judge.MINUS: "−", judge.PLUSMINUS: "±", judge.PLUS: "+"}


def endings(case: Case) -> Exhibit:
    """Show what it would take to end the first place."""
    _ = case.translate
    title = _("What it takes to end the first place")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "endings", title)
    first = found.verdict.winner
    if first is None:
        return missing(case, "endings", title, verdict_sentence(case, found))
    names = distinct(option_names(case))
    weights = found.leading.order.weights()
    critical = judge.critical_changes(found.table, weights)
    orders = judge.winning_orders(found.table, found.leading.order)
    without = judge.leave_one_out(found.table, found.priorities)
    sentence = (
        _("{option} is first.").format(option=names[first]) + " " + _scores(case, found, critical)
    )
    if without.participants:
        sentence += " " + _left_out(case, without)
    room = decides(case)
    sentence += " " + room
    parts = [
        Card(
            _("Other scores"),
            _("{k} of {all}").format(
                k=critical.k, all=number(case, scores_given(found.table), 0, signed=False)
            ),
            _score_lines(case, critical, names),
            "#0072B2",
        ),
        Card(
            _("Another order"),
            _swaps(case, orders),
            _order_lines(case, orders, first),
            "#0072B2",
        ),
        Card(
            _("Other people"),
            _people(case, without),
            _people_lines(case, found, without, weights, first),
            "#0072B2",
        ),
        Card(
            _("Another ±"),
            _stretch(case, found, first),
            _place_lines(case, found, names),
            "#0072B2",
        ),
    ]
    rows = [
        {_("What"): card.heading, _("Found"): line}
        for card in parts
        for line in (card.large, *card.small)
    ]
    labels = Labels(title=title, mark=mark(case))
    return Exhibit(
        name="endings",
        title=title,
        sentence=sentence,
        room=room,
        alt="\n".join(f"{card.heading}: {card.large}. " + " ".join(card.small) for card in parts),
        table=pd.DataFrame(rows),
        provenance=scores_from(
            case,
            found.round,
            _("A draw ends a first place. Weighted net score, rank-order centroid, ± halfway."),
        ),
        mark=mark(case),
        draw=partial(cards, parts, labels=labels),
    )


def _scores(case: Case, found: Judged, critical: judge.CriticalChanges) -> str:
    _ = case.translate
    return _("If {k} of the {all} scores given were different, that could end.").format(
        k=critical.k, all=number(case, scores_given(found.table), 0, signed=False)
    )


def _score_lines(case: Case, critical: judge.CriticalChanges, names: dict[str, str]) -> list[str]:
    _ = case.translate
    criteria = criterion_names(case)
    example = [
        _("{times} × {option}, {criterion}: {before} becomes {after}").format(
            times=change.times,
            option=names[change.option],
            criterion=criteria[change.criterion],
            before=_SYMBOL[change.before],
            after=_SYMBOL[change.after],
        )
        for change in critical.example
    ]
    lines = [
        _("For instance, to draw level with {rival}:").format(rival=names[critical.rival or ""])
    ]
    if critical.overtaken is not None:
        example.append(_("To be overtaken: {k}.").format(k=critical.overtaken))
    return [*lines, *example]


def _swaps(case: Case, orders: judge.WinningOrders) -> str:
    _ = case.translate
    if orders.exact and orders.wins.get(orders.first or "") == 1:
        return _("no order does it")
    if orders.swaps is None:
        if not orders.looked:  # too many orders fit the room's to look around
            return _("not known")
        return _("more than {k} swaps").format(k=orders.looked)
    if orders.swaps == 0:
        return _("no swap needed")
    return _("1 swap") if orders.swaps == 1 else _("{k} swaps").format(k=orders.swaps)


def _order_lines(case: Case, orders: judge.WinningOrders, first: str) -> list[str]:
    _ = case.translate
    criteria = criterion_names(case)
    lines = []
    if orders.swaps == 0:
        lines.append(_("The order leaves room: filled in one way, this is not first alone."))
    elif orders.wins[first] < 1 and orders.looked:
        lines.append(_("of neighbours in the order of importance."))
    of = number(case, orders.examined, 0, signed=False)
    lines.append(
        (
            _("First alone in {share} of all {n} strict orders.")
            if orders.exact
            else _("First alone in {share} of {n} strict orders drawn (error {error}).")
        ).format(share=percent(case, orders.wins[first]), n=of, error=percent(case, orders.error))
    )

    def told(pairs: tuple[tuple[str, str], ...]) -> list[str]:
        return [
            _("{above} above {below}").format(above=criteria[above], below=criteria[below])
            for above, below in pairs[:2]
        ]

    if not orders.exact:
        return lines  # what holds in a sample may hold by chance
    if pairs := told(orders.only_if[first]):
        lines.append(_("Only if {pairs}.").format(pairs=listed(case, pairs)))
    if pairs := told(orders.whenever[first]):
        either = _("{one} or {other}").format(one=pairs[0], other=pairs[-1])
        lines.append(_("Always if {pairs}.").format(pairs=either if len(pairs) > 1 else pairs[0]))
    return lines


def _left_out(case: Case, without: judge.LeaveOneOut) -> str:
    _ = case.translate
    if without.broken_by == 0:
        return _("It stays first whichever person is left out.")
    return _("Without one person it changes in {k} of {n} cases.").format(
        k=without.broken_by, n=len(without.participants)
    )


def _people(case: Case, without: judge.LeaveOneOut) -> str:
    _ = case.translate
    if not without.participants:
        return _("not known")
    return _("in {k} of {n} cases").format(k=without.broken_by, n=len(without.participants))


def _people_lines(
    case: Case, found: Judged, without: judge.LeaveOneOut, weights: NDArray[np.float64], first: str
) -> list[str]:
    _ = case.translate
    if not without.participants:
        return [_("A show of hands doesn't say who scored what.")]
    lines = [_("one person less changes what is first.")]
    if without.groups:
        lost = [case_.what for case_ in without.groups if not case_.holds(first)]
        sizes = {group: len(people) for group, people in judge.present_groups(found.table).items()}
        named = not found.anonymous or all(sizes[g] >= SMALL_GROUP for g in sizes)
        if not lost:
            lines.append(_("Whichever group is left out, it stays first."))
        elif named:
            lines.append(
                _("Not first without: {groups}.").format(
                    groups=listed(case, [shown(case, Group(group)) for group in lost])
                )
            )
        else:
            lines.append(
                _("Without one group it changes in {k} of {n} cases.").format(
                    k=len(lost), n=len(without.groups)
                )
            )
    by_group = judge.one_group_one_vote(found.table, weights)
    if by_group is None:
        lines.append(_("Fewer than two groups, so not counted by group."))
    elif by_group.sole_first() == first:
        lines.append(_("One vote per group: the same first."))
    else:
        lines.append(_("One vote per group: another first, or a shared one."))
    lost_criteria = [case_.what for case_ in without.criteria if case_.first != (first,)]
    criteria = criterion_names(case)
    if lost_criteria:
        lines.append(
            _("Not first alone without the criterion {names}.").format(
                names=listed(case, [criteria[c] for c in lost_criteria])
            )
        )
    else:
        lines.append(_("Whichever criterion is left out, it stays first."))
    return lines


def _stretch(case: Case, found: Judged, first: str) -> str:
    _ = case.translate
    stretches = [
        s
        for s in judge.first_by_place(found.table, found.leading.order.weights())
        if s.first == (first,)
    ]
    if len(stretches) == 1 and (stretches[0].low, stretches[0].high) == (0.0, 1.0):
        return _("makes no difference")
    return listed(
        case,
        [
            _("first from {low} to {high}").format(
                low=percent(case, s.low), high=percent(case, s.high)
            )
            for s in stretches
        ],
    )


def _place_lines(case: Case, found: Judged, names: dict[str, str]) -> list[str]:
    _ = case.translate
    stretches = judge.first_by_place(found.table, found.leading.order.weights())
    lines = [_("0% is as bad as −, 100% as good as +; usual is 50%.")]
    if len(stretches) > 1:
        lines += [
            _("{low} to {high}: {options}").format(
                low=percent(case, s.low),
                high=percent(case, s.high),
                options=listed(case, [names[o] for o in s.first]),
            )
            for s in stretches
        ]
    return lines
