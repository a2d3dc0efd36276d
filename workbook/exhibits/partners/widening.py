"""In words: what a wider position covers more than the current one, and what that costs."""

from __future__ import annotations

from workbook.case import Case
from workbook.case.tables import Option
from workbook.case.tables.document import Provenance
from workbook.exhibits.partners.covering import RANK, Covering
from workbook.exhibits.partners.member_scores import MemberScores
from workbook.exhibits.wording import distinct, listed, option_names, party_names


def _gained(case: Case, chain: Covering, before: Option, after: Option) -> list[str]:
    """Name the parts that a wider position covers better, with what covers them now."""
    _ = case.translate
    now = {"no": _("now not"), "?": _("now not known"), "partly": _("now partly")}
    gained = []
    for part in chain.parts:
        old, new = (chain.best(option.members, part) for option in (before, after))
        if new in ("partly", "yes") and RANK.index(new) > RANK.index(old):
            words = (
                f"{part} ({now[old]})" if new == "yes" else _("{part} in part").format(part=part)
            )
            gained.append(words)
    return gained


def _shows(case: Case, scores: MemberScores, before: Option, after: Option) -> str:
    """Say, for each criterion on which the weakest member shows, what widening does to it."""
    _ = case.translate
    names, parties = distinct(option_names(case)), party_names(case)
    said = ""
    for criterion in scores.weakest_criteria:
        old, new = (scores.own(option.id, criterion.id) for option in (before, after))
        if old.levels is None or new.levels is None:
            continue
        if old.levels == new.levels and old.levels[0] < 1:
            words = (
                _("On “{criterion}” the text reads {b}, and {old} is read as {a} already: that "
                  "weaker side was there before.")
                if scores.read
                else _("On “{criterion}” it is {b}, and {old} is {a} already: that weaker side "
                       "was there before.")
            )  # fmt: skip
        else:
            words = _("On “{criterion}” it is {b}; {old} is {a}.")
        said += " " + words.format(
            criterion=criterion.name, old=names[before.id], a=old.text, b=new.text
        )
        # A newcomer that is better by itself didn't bring the weaker side along.
        for member in after.members:
            alone = scores.own(scores.alone.get(member, ""), criterion.id)
            if member not in before.members and alone.levels and alone.levels[0] > old.levels[1]:
                said += " " + _("By itself {party} is {level}.").format(
                    party=parties[member], level=alone.text
                )
    return said


def widening(case: Case, chain: Covering, scores: MemberScores | None) -> str:
    """Say what each wider position adds to the current one, and what that costs."""
    _ = case.translate
    names, parties = distinct(option_names(case)), party_names(case)
    current = next((row for row in chain.options if row.current), None)
    if current is None:
        return ""
    said = []
    for option in chain.options:
        if not {*current.members} < {*option.members}:
            continue
        added = [m for m in dict.fromkeys(option.members) if m not in current.members]
        gained = _gained(case, chain, current, option)
        before, after = chain.combine(current.members), chain.combine(option.members)
        extra = str(after.organisations - before.organisations)
        if any(chain.stands_for[member] > 1 for member in added):
            extra = _("at most {n}").format(n=extra)
        text = _(
            "{wider} adds {added} to {current} and so covers more: {parts}; organisations: "
            "{extra} more, links to make: {links}."
        ).format(
            wider=names[option.id],
            added=listed(case, [parties[m] for m in added]),
            current=names[current.id],
            parts=listed(case, gained) or _("no part"),
            extra=extra,
            links=after.missing_links,
        )
        said.append(text + (_shows(case, scores, current, option) if scores else ""))
    return " ".join(said)


def whole(case: Case, chain: Covering) -> str:
    """Say which positions cover every part, where there is no wider one to compare."""
    _ = case.translate
    names = distinct(option_names(case))
    full = [
        names[row.id]
        for row in chain.options
        if all(chain.best(row.members, part) == "yes" for part in chain.parts)
    ]
    if not full:
        return _("No position covers every part of “{criterion}”.").format(
            criterion=chain.criterion.name
        )
    return _("Every part of “{criterion}” is covered by: {names}.").format(
        criterion=chain.criterion.name, names=", ".join(full)
    )


def known(case: Case, chain: Covering) -> str:
    """Say which answers on coverage there are, and where from."""
    _ = case.translate
    parties = party_names(case)
    used = [m for m in parties if any(m in row.members for row in chain.options)]
    unknown = {
        part: [parties[m] for m in used if chain.levels.get((m, part), "?") == "?"]
        for part in chain.parts
    }
    silent = [
        _("{part} by {parties}").format(part=part, parties=listed(case, who))
        for part, who in unknown.items()
        if who
    ]
    everything = len(used) * len(chain.parts)
    known = everything - sum(map(len, unknown.values()))
    if case.info.provenance is Provenance.PUBLISHED:
        said = _(
            "From the text come {k} of {all} answers on who covers what, and which links there "
            "are; the counting is done here."
        ).format(k=known, all=everything)
        return said + (
            " " + _("The text doesn't say: {what}.").format(what="; ".join(silent))
            if silent
            else ""
        )
    return _("Not known: {what}.").format(what="; ".join(silent)) if silent else ""
