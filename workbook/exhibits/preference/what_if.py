"""Step 7: what the scores would support with another order, another worth of ±, or fewer people."""

from __future__ import annotations

from collections.abc import Mapping

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Group
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.exhibits.preference.judged import (
    SMALL_GROUP,
    Judged,
    judge_table,
    judged,
    outcome,
    verdict_sentence,
)
from workbook.exhibits.preference.support import nothing_judged, support_of
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    listed,
    option_names,
    percent,
    shown,
)


def groups_to_leave_out(case: Case) -> list[str]:
    """Give the groups that may be left out of the round that counts, when there are at least two.

    In an anonymous round only if every group is large enough: what a small one said could be
    worked out from the difference.
    """
    found = judged(case)
    groups = {} if found is None else judge.present_groups(found.table)
    if found is None or len(groups) < 2:
        return []
    if found.anonymous and any(len(people) < SMALL_GROUP for people in groups.values()):
        return []
    return list(groups)


def what_if(
    case: Case,
    *,
    ranks: Mapping[str, int | None] | None = None,
    place: float = 0.5,
    without: str | None = None,
) -> Exhibit:
    """Show what the scores would support if something were different.

    Parameters
    ----------
    case : Case
    ranks : mapping of criterion to rank, optional
        Another order of importance; None keeps the order that leads.
    place : float
        Place of ± between − (0) and + (1).
    without : str, optional
        A group that is left out.
    """
    _ = case.translate
    title = _("What if?")
    found = judged(case)
    if found is None:
        return nothing_judged(case, "what_if", title)
    priorities = found.priorities
    if ranks is not None:
        priorities = judge.Priorities(priorities.criteria, dict(ranks), priorities.individual)
    table = found.table
    if without is not None:
        gone = set(judge.present_groups(table)[without])
        for person in gone:
            priorities = priorities.without_person(person)
        table = table.select(participants=[p for p in table.participants if p not in gone])
    changed = judge_table(found.round, table, priorities)
    net = judge.net_scores(table, changed.leading.order.weights(), place)
    differences = _differences(case, found, changed, place, without)
    told = [_("Nothing is changed: this is how it stands."), verdict_sentence(case, changed)]
    if differences:
        told[0] = _("What if: {differences}.").format(differences="; ".join(differences))
        told += _outcome(case, found, changed, net)
    return support_of(
        case,
        "what_if",
        title,
        changed,
        net,
        " ".join(told),
        before=found.net if differences else None,
        place=place,
        badge=" · ".join(part for part in (mark(case), _("WHAT IF")) if part),
    )


def _differences(
    case: Case, found: Judged, changed: Judged, place: float, without: str | None
) -> list[str]:
    _ = case.translate
    told = []
    if not (found.leading.order.above == changed.leading.order.above).all():
        names = criterion_names(case)
        groups = changed.leading.order.groups or ()
        if len(groups) == 1:
            told.append(_("all criteria weigh the same"))
        else:
            told.append(
                _("the order is {order}").format(
                    order=" > ".join(listed(case, [names[c] for c in group]) for group in groups)
                )
            )
    if abs(place - 0.5) > judge.TIE:
        told.append(
            _("± is worth {share} of the way from − to +").format(share=percent(case, place))
        )
    if without is not None:
        told.append(_("without {group}").format(group=shown(case, Group(without))))
    return told


def _outcome(case: Case, found: Judged, changed: Judged, net: judge.NetScores) -> list[str]:
    """Say what would be supported, and whether that differs from how it stands."""
    _ = case.translate
    told = []
    names = distinct(option_names(case))
    winner = changed.verdict.winner
    if winner is not None and net.first() != (winner,):
        told.append(
            _("With ± worth this much, highest is {options}.").format(
                options=listed(case, [names[o] for o in net.first()])
            )
        )
    before, after = found.verdict, changed.verdict
    if (before.level, before.winner) == (after.level, after.winner):
        told.append(_("As it stands it is the same."))
    else:
        told.append(_("As it stands it is: {outcome}.").format(outcome=outcome(case, found)))
    return told
