"""Step 8: considerations, advantages, commitments and recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.tables import (
    NOT_PUBLISHED,
    Argument,
    ArgumentKind,
    Collaboration,
    Commitment,
    Criterion,
    Form,
    Option,
    Party,
    Pledge,
    Stance,
)
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    filled,
    from_files,
    listed,
    option_names,
    party_names,
    shown,
    told_source,
)
from workbook.figures import Category, Grid, Labels, category_grid, stacked_bars

# Lighter than the scale's own orange: for and against must differ in grey too.
_STANCES = {"for": "#0072B2", "against": "#F2B27F"}


def argument_rows(case: Case, arguments: list[Argument]) -> pd.DataFrame:
    """Tabulate arguments for people."""
    _ = case.translate
    options, criteria = option_names(case), criterion_names(case)
    return pd.DataFrame(
        [
            {
                _("About"): (options.get(row.option) if row.option else None)
                or shown(case, row.form),
                _("Criterion"): criteria[row.criterion] if row.criterion else _("none"),
                _("For or against"): shown(case, row.stance),
                _("Claim"): row.claim,
                _("Kind"): shown(case, row.kind),
                _("Dissent"): _("yes") if row.dissent else "",
                _("Source"): told_source(case, row.source),
            }
            for row in arguments
        ]
    )


def _form(case: Case, row: Argument) -> Form | None:
    if row.form is not None or row.option is None:
        return row.form
    return case.get(Option, row.option).form


def considerations(case: Case) -> Exhibit:
    """Show what was said for and against each form of position."""
    _ = case.translate
    title = _("Arguments per form of position")
    arguments = [row for row in case.rows(Argument) if row.stance is not None]
    if not arguments:
        return missing(case, "considerations", title, _("No arguments are recorded yet."))
    stages: dict[str, list[Argument]] = {
        shown(case, form): [row for row in arguments if _form(case, row) is form] for form in Form
    }
    loose = [row for row in arguments if _form(case, row) is None]
    if loose:
        stages[_("about no form")] = loose
    data = {
        stage: {key: sum(row.stance == key for row in rows) for key in _STANCES}
        for stage, rows in stages.items()
    }
    dissent = [row for row in case.rows(Argument) if row.dissent]
    in_favour = sum(row.stance is Stance.FOR for row in arguments)
    sentence = _("{n} arguments are recorded, {pro} for and {con} against.").format(
        n=len(arguments), pro=in_favour, con=len(arguments) - in_favour
    )
    if dissent:
        sentence += " " + _("{k} go against what was decided, and are kept.").format(k=len(dissent))
    sentence += " " + _("Their number weighs nothing; what they say does.")
    labels = Labels(
        title=title,
        mark=mark(case),
        legend=[(_STANCES[s.value], shown(case, s)) for s in Stance],
        note=_("Numbers of arguments. Their number weighs nothing; what they say does."),
    )
    return Exhibit(
        name="considerations",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{stage}: "
            + ", ".join(f"{shown(case, Stance(key))} {count}" for key, count in parts.items())
            for stage, parts in data.items()
        ),
        table=argument_rows(case, arguments),
        provenance=from_files(case, Argument),
        mark=mark(case),
        draw=partial(stacked_bars, data, labels=labels, colours=_STANCES),
    )


def pros_and_cons(case: Case) -> Exhibit:
    """List the advantages and disadvantages of what was chosen, and what answers them."""
    _ = case.translate
    title = _("Advantages and disadvantages")
    kinds = (ArgumentKind.ADVANTAGE, ArgumentKind.DISADVANTAGE)
    rows = [row for row in case.rows(Argument) if row.kind in kinds]
    if not rows:
        return missing(
            case, "pros_and_cons", title, _("No advantages or disadvantages are recorded yet.")
        )
    good = [row for row in rows if row.kind is ArgumentKind.ADVANTAGE]
    bad = [row for row in rows if row.kind is ArgumentKind.DISADVANTAGE]
    answers = {ref: item for item in case.scenario.recommendations for ref in item.answers}
    unanswered = [row for row in bad if row.id not in answers]
    outside = [row for row in rows if row.criterion is None]
    sentence = _("{good} advantages and {bad} disadvantages are recorded.").format(
        good=len(good), bad=len(bad)
    )
    if outside:
        sentence += " " + _("{k} lie outside the criteria.").format(k=len(outside))
    if unanswered:
        sentence += " " + _("{k} disadvantages have no recommendation that answers them.").format(
            k=len(unanswered)
        )
    elif bad:
        sentence += " " + _("Every disadvantage has a recommendation that answers it.")
    table = argument_rows(case, rows)
    table[_("Answered by")] = [answers[row.id].text if row.id in answers else "–" for row in rows]
    return Exhibit(
        name="pros_and_cons",
        title=title,
        sentence=sentence,
        alt="\n".join(f"{shown(case, row.kind)}: {row.claim}" for row in rows),
        table=table,
        provenance=from_files(case, Argument),
        mark=mark(case),
        origins=rows,
    )


def commitments(case: Case) -> Exhibit:
    """Show which party commits to which vision criterion or precondition."""
    _ = case.translate
    title = _("Who commits to what")
    rows = case.rows(Commitment)
    if not rows:
        return missing(case, "commitments", title, _("No commitments are recorded yet."))
    pnames, cnames = distinct(party_names(case)), distinct(criterion_names(case))
    pledges = {(row.party, row.criterion): row.pledge for row in rows}
    parties = [row.id for row in case.rows(Party) if any(r.party == row.id for r in rows)]
    criteria = [row.id for row in case.rows(Criterion) if any(r.criterion == row.id for r in rows)]
    looks = {
        Pledge.GIVEN.value: Category("#0072B2", "✓"),
        Pledge.CONDITIONAL.value: Category("#9CC3DE", "(✓)"),
        Pledge.ASKED.value: Category("#F0F0F0", "…"),
        Pledge.DECLINED.value: Category("#D55E00", "✗"),
        NOT_PUBLISHED: Category("#FFFFFF", "?", dotted=True),
        "none": Category("#FFFFFF", "", dotted=True),
    }

    def look(party: str, criterion: str) -> str:
        if (party, criterion) not in pledges or pledges[party, criterion] is None:
            return "none"
        return str(pledges[party, criterion])

    counts = {key: sum(str(row.pledge) == key for row in rows) for key in looks}
    words = {**{p.value: shown(case, p) for p in Pledge}, NOT_PUBLISHED: _("not published")}
    sentence = _commitments_sentence(case, rows)
    grid = Grid(
        [pnames[p] for p in parties],
        [cnames[c] for c in criteria],
        [[look(p, c) for c in criteria] for p in parties],
    )
    labels = Labels(
        title=title,
        mark=mark(case),
        legend=[
            (looks[key].colour, f"{looks[key].symbol} {words[key]}") for key in words if counts[key]
        ],
    )
    return Exhibit(
        name="commitments",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{pnames[row.party]} × {cnames[row.criterion]}: {shown(case, row.pledge)}"
            for row in rows
        ),
        table=pd.DataFrame(
            [
                {
                    _("Party"): pnames[row.party],
                    _("Criterion"): cnames[row.criterion],
                    _("Pledge"): shown(case, row.pledge),
                    _("In its own words"): shown(case, row.statement),
                    _("Date"): shown(case, row.date),
                    _("Source"): told_source(case, row.source),
                }
                for row in rows
            ]
        ),
        provenance=from_files(case, Commitment),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=looks),
        origins=rows,
    )


def _commitments_sentence(case: Case, rows: Sequence[Commitment]) -> str:
    """Count the answers; what was only asked is no commitment yet."""
    _ = case.translate
    answers = {
        pledge: sum(row.pledge is pledge for row in rows)
        for pledge in (Pledge.GIVEN, Pledge.CONDITIONAL, Pledge.DECLINED)
    }
    said = [f"{shown(case, pledge)} {count}" for pledge, count in answers.items() if count]
    answered, waiting = sum(answers.values()), len(rows) - sum(answers.values())
    sentences = []
    if answered:
        sentences.append(
            _("{n} answers are recorded: {counts}.").format(n=answered, counts=listed(case, said))
        )
    if waiting and case.info.provenance is Provenance.PUBLISHED:
        sentences.append(
            _("{n} commitments were asked for; the answer is not published.").format(n=waiting)
        )
    elif waiting:
        sentences.append(
            _("{n} commitments were asked for; there is no answer yet.").format(n=waiting)
        )
    return " ".join(sentences)


def recommendations(case: Case) -> Exhibit:
    """List what is recommended, with who and when."""
    _ = case.translate
    title = _("Recommendations")
    rows = case.scenario.recommendations
    if not rows:
        return missing(
            case, "recommendations", title, _("No recommendations are written yet (scenario.yaml).")
        )
    against = {row.id: row.claim for row in case.rows(Argument) if row.stance is Stance.AGAINST}
    unowned = sum(not row.who for row in rows)
    sentence = _("{n} recommendations are written.").format(n=len(rows))
    if unowned:
        sentence += " " + _("For {k} it is not said who takes it up.").format(k=unowned)
    return Exhibit(
        name="recommendations",
        title=title,
        sentence=sentence,
        alt="\n".join(f"{place}. {row.text}" for place, row in enumerate(rows, start=1)),
        table=pd.DataFrame(
            [
                {
                    _("Recommendation"): row.text,
                    _("Who"): filled(case, row.who),
                    _("When"): filled(case, row.when),
                    _("Answers"): " ".join(against[ref] for ref in row.answers if ref in against)
                    or "–",
                    _("Source"): told_source(case, row.source),
                }
                for row in rows
            ]
        ),
        provenance=(_("Made from: {parts}.").format(parts="scenario.yaml"),),
        mark=mark(case),
        origins=rows,
    )


def collaborations(case: Case) -> Exhibit:
    """List the partners in the work, which is something else than the position."""
    _ = case.translate
    title = _("Partners in the work")
    rows = case.rows(Collaboration)
    names = party_names(case)
    apart = _("Working together is something else than the position.")
    if not rows:
        return missing(
            case,
            "collaborations",
            title,
            _("No partners in the work are recorded yet.") + " " + apart,
        )
    return Exhibit(
        name="collaborations",
        title=title,
        sentence=_("{n} partners in the work are recorded.").format(n=len(rows)) + " " + apart,
        alt="\n".join(f"{names[row.party]}: {shown(case, row.work)}" for row in rows),
        table=pd.DataFrame(
            [
                {
                    _("Party"): names[row.party],
                    _("In what"): shown(case, row.work),
                    _("Source"): told_source(case, row.source),
                }
                for row in rows
            ]
        ),
        provenance=from_files(case, Collaboration),
        mark=mark(case),
        origins=rows,
    )
