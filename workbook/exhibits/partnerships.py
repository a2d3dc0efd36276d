"""Step 7: what members cover together that none covers alone, and what that costs."""

from __future__ import annotations

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Coverage, Covers, Criterion, Link, Option, Party, PartyKind
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.scores import scored_options
from workbook.exhibits.wording import (
    distinct,
    from_files,
    option_names,
    party_names,
    percent,
    shown,
)
from workbook.figures import Category, Grid, Labels, category_grid


def partnerships(case: Case) -> Exhibit:
    """Show, for a criterion with parts, which option covers which part and at what cost."""
    _ = case.translate
    title = _("What each position covers")
    whole = next(
        (
            row
            for row in case.rows(Criterion)
            if row.parts and any(c.criterion == row.id for c in case.rows(Coverage))
        ),
        None,
    )
    options = [row for row in scored_options(case) if row.members]
    if whole is None or not options:
        return missing(
            case,
            "partnerships",
            title,
            _("No criterion has parts with a record of who covers them (coverage.csv)."),
        )
    levels = {
        (row.party, row.part): row.level.value
        for row in case.rows(Coverage)
        if row.criterion == whole.id
    }
    stands_for = {row.id: row.stands_for or 1 for row in case.rows(Party)}
    links = [frozenset((row.party, row.other)) for row in case.rows(Link) if row.link]
    experts = {row.id for row in case.rows(Party) if row.kind is PartyKind.EXPERTS}
    unlinked = [{row.party, row.other} for row in case.rows(Link) if row.link is False]

    def to_make(option: Option) -> int:
        """Links between members that aren't there, and those with the experts that are missing."""
        with_experts = sum(
            bool(pair & experts) and bool((pair - experts) & set(option.members))
            for pair in unlinked
        )
        return found[option.id].missing_links + with_experts

    def organisations(option: Option) -> str:
        several = any(stands_for[member] > 1 for member in option.members)
        return ("≤" if several else "") + str(found[option.id].organisations)

    names, parties = distinct(option_names(case)), party_names(case)
    found: dict[str, judge.Combination] = {
        row.id: judge.combine(row.members, whole.parts, levels, stands_for=stands_for, links=links)
        for row in options
    }
    best = {
        (row.id, part): max(
            (levels.get((member, part), "?") for member in row.members),
            key=["no", "?", "partly", "yes"].index,
        )
        for row in options
        for part in whole.parts
    }
    sentence = ""
    current = next((row for row in options if row.current), None)
    wider = [
        row
        for row in options
        if current and row is not current and set(current.members) < set(row.members)
    ]
    for row in wider[:1]:
        gained = [
            part
            for part in whole.parts
            if best[row.id, part] == "yes" and best[current.id, part] != "yes"  # type: ignore[union-attr]
        ]
        before, after = found[current.id], found[row.id]  # type: ignore[union-attr]
        sentence = _(
            "Widening {current} to {wider} adds {parts}. It takes at most {extra} more "
            "organisations. Links that are not there yet, between members and with the experts by "
            "experience: {links}."
        ).format(
            current=names[current.id],  # type: ignore[union-attr]
            wider=names[row.id],
            parts=", ".join(gained) or _("no part"),
            extra=after.organisations - before.organisations,
            links=to_make(row),
        )
    if not sentence:
        top = max(found.values(), key=lambda c: c.covered)
        most = [names[o] for o, c in found.items() if c.covered == top.covered]
        sentence = _("Most of “{criterion}” is covered by {names}: {share}.").format(
            criterion=whole.name, names=", ".join(most), share=percent(case, top.covered)
        )
    sentence += " " + _(
        "More members never cover less, so coverage alone ranks nothing: weigh it against the cost."
    )
    looks = {
        "yes": Category("#0072B2", shown(case, Covers.YES)),
        "partly": Category("#9CC3DE", shown(case, Covers.PARTLY)),
        "no": Category("#D55E00", shown(case, Covers.NO)),
        "?": Category("#FFFFFF", "?", dotted=True),
    }
    size, work = _("organisations"), _("links to make")
    cells = []
    for row in options:
        costs = (organisations(row), str(to_make(row)))
        looks |= {f"cost {text}": Category("#F5F5F5", text) for text in costs}
        cells.append(
            [*(best[row.id, part] for part in whole.parts), *(f"cost {text}" for text in costs)]
        )
    grid = Grid([names[row.id] for row in options], [*whole.parts, size, work], cells)
    labels = Labels(
        title=_("Covered: {criterion}").format(criterion=whole.name),
        mark=mark(case),
        legend=[
            (looks[key].colour, word)
            for key, word in (
                ("yes", _("covered")),
                ("partly", _("partly covered")),
                ("no", _("not covered")),
                ("?", _("not known")),
            )
        ],
        note=_("Per part the best member counts. A party may stand for several organisations."),
    )
    rows = [
        {
            _("Option"): names[row.id],
            _("Members"): ", ".join(parties[m] for m in row.members),
            **{part: shown(case, Covers(best[row.id, part])) for part in whole.parts},
            _("Covered"): percent(case, found[row.id].covered),
            _("If what is unknown is covered"): percent(case, found[row.id].if_known),
            _("Organisations"): organisations(row),
            _("Links to make"): to_make(row),
        }
        for row in options
    ]
    return Exhibit(
        name="partnerships",
        title=labels.title,
        sentence=sentence,
        alt="\n".join(
            f"{row[_('Option')]}: "
            + ", ".join(f"{part} {row[part]}" for part in whole.parts)
            + f"; {row[_('Covered')]}; {size}, {work}: "
            + f"{row[_('Organisations')]} · {row[_('Links to make')]}"
            for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            Coverage,
            Link,
            Party,
            Option,
            rule=_("Covered: mean over the parts of the best member, no 0, partly ½, yes 1."),
        ),
        mark=mark(case),
        draw=lambda: category_grid(grid, labels=labels, categories=looks),
    )
