"""Step 7: what a partnership was scored, beside what follows from its members."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.asked import scored_criteria
from workbook.case.tables import Combine, Coverage, Criterion, Option, Reading
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.partners.covering import Covering, covering
from workbook.exhibits.partners.member_scores import (
    MemberScores,
    Told,
    difference,
    differs,
    looks,
    member_scores,
    symbols,
    told,
)
from workbook.exhibits.preference.scores import no_scores, scores_file
from workbook.exhibits.wording import (
    distinct,
    from_files,
    option_names,
    percent,
    shown,
)
from workbook.figures import Category, Grid, Labels, category_grid


@dataclass(frozen=True)
class _Row:
    option: str
    criterion: Criterion
    own: Told
    follows: Told
    difference: str


def _follows(
    scores: MemberScores, chain: Covering | None, option: Option, criterion: Criterion
) -> Told | None:
    """Give what follows from the members; None where the criterion has no rule for it."""
    if criterion.combine is Combine.PARTS:
        if chain is None or chain.criterion.id != criterion.id:
            return None
        found = chain.combine(option.members)
        levels = chain.level(found)
        return Told(symbols(levels), percent(scores.case, found.covered), levels)
    if not scores.by_person:
        return None
    if criterion.combine is Combine.WEAKEST:
        return told(scores.weakest(criterion.id, option.members))
    if criterion.combine is Combine.BEST:
        return told(scores.best(criterion.id, option.members))
    return None


def _rows(case: Case, scores: MemberScores) -> list[_Row]:
    names, chain = distinct(option_names(case)), covering(case)
    rows = []
    for option in case.rows(Option):
        if len(option.members) < 2 or option.id not in scores.table.options:
            continue
        for criterion in scored_criteria(case):
            follows = _follows(scores, chain, option, criterion)
            if follows is not None:
                own = scores.own(option.id, criterion.id)
                words = difference(case, own, follows, read=scores.read)
                rows.append(_Row(names[option.id], criterion, own, follows, words))
    return rows


def _sentence(case: Case, scores: MemberScores, rows: list[_Row]) -> str:
    _ = case.translate
    apart = [row for row in rows if differs(row.own, row.follows)]
    sentence = (
        _("These are readings of a text, not scores.")
        if scores.read
        else _("Where the room scored a partnership itself, that score leads.")
    )
    sentence += " " + (
        _("In {k} of {all} cells it is something else than follows from the members.")
        if apart
        else _("In none of the {all} cells is it something else than follows from the members.")
    ).format(k=len(apart), all=len(rows))
    for row in apart:
        sentence += " " + _("{option} on {criterion}: {own}, worked out {follows}.").format(
            option=row.option,
            criterion=row.criterion.name,
            own=row.own.text,
            follows=row.follows.text,
        )
    unknown = [row for row in rows if row.follows.levels is None]
    if unknown:
        sentence += " " + _(
            "In {k} cells nothing follows: too little is known of a member by itself."
        ).format(k=len(unknown))
    if not scores.by_person:
        sentence += " " + _(
            "A show of hands doesn't tell who gave which score, so a weakest or best member per "
            "person can't be worked out."
        )
    return sentence


def _rules(case: Case, scores: MemberScores, rows: list[_Row]) -> str:
    _ = case.translate
    rules = {
        Combine.WEAKEST: _("where the weakest shows, the lowest level of the members"),
        Combine.BEST: _("where the best counts, the highest level of the members"),
        Combine.PARTS: _("for parts, the covered share put on the scale"),
    }
    used = [
        words for rule, words in rules.items() if any(r.criterion.combine is rule for r in rows)
    ]
    said = _("Worked out: {rules}.").format(rules="; ".join(used))
    if scores.of is not None and scores.by_person:
        said += " " + _("Levels of members are taken person by person.")
    return said


def joint_scores(case: Case) -> Exhibit:
    """Show what each partnership got itself, beside what follows from its members."""
    _ = case.translate
    title = _("Partnerships: scored and worked out")
    scores = member_scores(case)
    if scores is None:
        return missing(case, "joint_scores", title, no_scores(case))
    if scores.read:
        title = _("Partnerships: read and worked out")
    rows = _rows(case, scores)
    if not rows:
        return missing(
            case,
            "joint_scores",
            title,
            _("No partnership was scored on a criterion that its members can be compared on."),
        )
    own = _("the text") if scores.read else _("the room")
    follows = _("worked out")
    data = [
        {
            _("Option"): row.option,
            _("Criterion"): row.criterion.name,
            _("In a partnership"): shown(case, row.criterion.combine),
            own: row.own.text,
            follows: row.follows.text,
            _("difference"): row.difference,
        }
        for row in rows
    ]
    categories = looks() | {
        f"said {row.difference}": Category("#F5F5F5", row.difference) for row in rows
    }
    grid = Grid(
        [f"{row.option} · {row.criterion.name}" for row in rows],
        [own, follows, _("difference")],
        [[row.own.symbol, row.follows.symbol, f"said {row.difference}"] for row in rows],
    )
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_("?: nothing follows. Two signs: between them. {rules}").format(
            rules=_rules(case, scores, rows)
        ),
    )
    return Exhibit(
        name="joint_scores",
        title=title,
        sentence=_sentence(case, scores, rows),
        alt="\n".join(
            f"{row.option} × {row.criterion.name}: {own} {row.own.text}; "
            f"{follows} {row.follows.text}; {row.difference}"
            for row in rows
        ),
        table=pd.DataFrame(data),
        provenance=from_files(
            case,
            Reading if scores.of is None else scores_file(scores.of),
            Coverage,
            Criterion,
            Option,
            round=scores.of.id if scores.of else None,
            rule=_rules(case, scores, rows),
        ),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=categories),
    )
