"""Step 7: what members cover together that none covers alone, and what that costs."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.tables import Coverage, Covers, Link, Option, Party
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.exhibits.partners.covering import (
    Covering,
    coverage_legend,
    coverage_looks,
    covering,
    no_coverage,
)
from workbook.exhibits.partners.member_scores import (
    MemberScores,
    Told,
    difference,
    looks,
    member_scores,
    symbols,
)
from workbook.exhibits.partners.widening import known, whole, widening
from workbook.exhibits.wording import (
    distinct,
    from_files,
    option_names,
    party_names,
    percent,
    shown,
)
from workbook.figures import Category, Grid, Labels, category_grid
from workbook.judge.partnerships import Combination


def _sentence(case: Case, chain: Covering, scores: MemberScores | None) -> str:
    _ = case.translate
    names = distinct(option_names(case))
    remarks = [
        f"{names[row.id]}: {chain.remark(row)}" for row in chain.options if chain.remark(row)
    ]
    said = [
        widening(case, chain, scores) or whole(case, chain),
        _(
            "More members never cover less, so coverage alone ranks nothing: it stands beside what "
            "it costs."
        ),
        known(case, chain),
        *remarks,
    ]
    return " ".join(filter(None, said))


def _row(
    case: Case, chain: Covering, scores: MemberScores | None, option: Option, found: Combination
) -> dict[str, object]:
    """Make one line of the table."""
    _ = case.translate
    parties = party_names(case)
    level = Told(symbols(chain.level(found)), percent(case, found.covered), chain.level(found))
    row: dict[str, object] = {
        _("Option"): distinct(option_names(case))[option.id],
        _("Members"): ", ".join(parties[m] for m in option.members),
        **{p: shown(case, Covers(chain.best(option.members, p))) for p in chain.parts},
        _("Covered"): percent(case, found.covered),
        _("If what is unknown is covered"): percent(case, found.if_known),
        _("Worked out"): level.symbol,
    }
    if scores:
        own = scores.own(option.id, chain.criterion.id)
        row[_scored_by(case, scores)] = own.text
        row[_("Difference")] = difference(case, own, level, read=scores.read)
    row |= {
        _("Organisations"): chain.organisations(found),
        _("Links to make"): found.missing_links,
        _("Remark"): chain.remark(option),
    }
    return row


def _scored_by(case: Case, scores: MemberScores) -> str:
    _ = case.translate
    return _("the text") if scores.read else _("the room")


def partnerships(case: Case) -> Exhibit:
    """Show, for a criterion with parts, which option covers which part and at what cost."""
    _ = case.translate
    title = _("What each position covers")
    chain, scores = covering(case), member_scores(case)
    if chain is None or not chain.options:
        return no_coverage(case, "partnerships", title)
    names = distinct(option_names(case))
    found = {row.id: chain.combine(row.members) for row in chain.options}
    size, work, level = _("organisations"), _("links to make"), _("worked out")
    heads = [*chain.parts, *([_scored_by(case, scores)] if scores else []), level, size, work]
    categories, cells = coverage_looks(case) | looks(), []
    for row in chain.options:
        costs = (chain.organisations(found[row.id]), str(found[row.id].missing_links))
        categories |= {f"cost {text}": Category("#F5F5F5", text) for text in costs}
        own = [scores.own(row.id, chain.criterion.id).symbol] if scores else []
        cells.append(
            [
                *(chain.best(row.members, part) for part in chain.parts),
                *own,
                symbols(chain.level(found[row.id])),
                *(f"cost {text}" for text in costs),
            ]
        )
    grid = Grid([names[row.id] for row in chain.options], heads, cells)
    labels = Labels(
        title=_("Covered: {criterion}").format(criterion=chain.criterion.name),
        mark=mark(case),
        legend=coverage_legend(case),
        note=_(
            "Per part the best member counts; worked out: the covered share on the scale. ≤: a "
            "party may stand for several organisations."
        ),
    )
    rows = [_row(case, chain, scores, row, found[row.id]) for row in chain.options]
    return Exhibit(
        name="partnerships",
        title=labels.title,
        sentence=_sentence(case, chain, scores),
        alt="\n".join(
            f"{row[_('Option')]}: "
            + ", ".join(f"{part} {row[part]}" for part in chain.parts)
            + f"; {row[_('Covered')]}, {level} {row[_('Worked out')]}"
            + (f", {_scored_by(case, scores)} {row[_scored_by(case, scores)]}" if scores else "")
            + f"; {size}, {work}: {row[_('Organisations')]} · {row[_('Links to make')]}"
            for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            Coverage,
            Link,
            Party,
            Option,
            rule=_(
                "Covered: mean over the parts of the best member, no 0, partly ½, yes 1. On the "
                "scale: − below {low}, + from {high}. A link with a party that stands for several "
                "organisations counts once."
            ).format(
                low=percent(case, case.info.session.minus_below),
                high=percent(case, case.info.session.plus_from),
            ),
        ),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=categories),
    )
