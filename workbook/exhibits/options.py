"""Steps 4 and 6: the longlist by form, the screening, and what is left."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.case.tables import (
    NOT_PUBLISHED,
    Cluster,
    Criterion,
    Form,
    Option,
    Party,
    Screening,
    Verdict,
)
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    from_files,
    listed,
    option_names,
    party_names,
    shown,
    told_source,
)
from workbook.figures import Category, Grid, Labels, category_grid, stacked_bars

_KEPT = {"yes": "#0072B2", "no": "#D9A97C", "unpublished": "#E4DCEB", "open": "#C9CED3"}


def _kept(option: Option) -> str:
    if option.shortlisted == NOT_PUBLISHED:
        return "unpublished"
    return {True: "yes", False: "no", None: "open"}[option.shortlisted]  # type: ignore[index]


def _kept_words(case: Case) -> dict[str, str]:
    _ = case.translate
    return {
        "yes": _("on the shortlist"),
        "no": _("fell off"),
        "unpublished": _("not published"),
        "open": _("not yet decided"),
    }


def options_by_form(case: Case) -> Exhibit:
    """Show the longlist by form of position."""
    _ = case.translate
    title = _("Positions by form")
    options = case.rows(Option)
    if not options:
        return missing(case, "options_by_form", title, _("There are no options yet."))
    names, parties = distinct(option_names(case)), party_names(case)
    forms = {form: [row for row in options if row.form is form] for form in Form}
    formless = [row for row in options if row.form is None]
    current = [names[row.id] for row in options if row.current]
    unpublished = any(row.shortlisted == NOT_PUBLISHED for row in options)
    words = (
        _("The longlist itself is not published; the text discusses {n} positions: {forms}.")
        if unpublished
        else _("The longlist has {n} options: {forms}.")
    )
    counted = [f"{shown(case, form)} {len(rows)}" for form, rows in forms.items() if rows]
    if formless:
        counted.append(_("no form yet") + f" {len(formless)}")
    sentence = words.format(n=len(options), forms=listed(case, counted))
    sentence += " " + (
        _("The position is now: {name}.").format(name=listed(case, current))
        if current
        else _("The current position is not among them yet.")
    )
    data = {shown(case, form): {"n": len(rows)} for form, rows in forms.items()}
    if formless:
        data[_("no form yet")] = {"n": len(formless)}
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Positioning is about responsibility, coordination and employment; it is not the same "
            "as working together."
        ),
    )
    rows = [
        {
            _("Option"): row.name,
            _("Form"): shown(case, row.form),
            _("Members"): ", ".join(parties[m] for m in row.members) or "–",
            _("Current"): shown(case, row.current),
            _("Responsibility"): shown(case, row.responsibility),
            _("Coordination"): shown(case, row.coordination),
            _("Employment"): shown(case, row.employment),
            _("Advantages"): shown(case, row.pros),
            _("Disadvantages"): shown(case, row.cons),
            _("Why"): shown(case, row.why),
        }
        for row in options
    ]
    return Exhibit(
        name="options_by_form",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{shown(case, form)}: {len(rows_)} ({', '.join(names[r.id] for r in rows_)})"
            for form, rows_ in forms.items()
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(case, Option, Party),
        mark=mark(case),
        draw=partial(stacked_bars, data, labels=labels, colours={"n": "#0072B2"}),
        origins=case.rows(Option),
    )


def proposals(case: Case) -> list[judge.Proposal]:
    """Work out what the verdicts suggest for each option of the longlist."""
    clusters = {
        row.id: row.cluster.value for row in case.rows(Criterion) if row.selected and row.cluster
    }
    verdicts = {(row.option, row.criterion): row.verdict.value for row in case.rows(Screening)}
    return judge.propose([row.id for row in case.rows(Option)], clusters, verdicts)


def screening(case: Case) -> Exhibit:
    """Show the verdict per option and criterion, and which knock-outs that suggests."""
    _ = case.translate
    title = _("Does each option meet the criteria?")
    rows = case.rows(Screening)
    if not rows:
        return missing(
            case,
            "screening",
            title,
            _("No verdicts are recorded (screening.csv).")
            if not case.rows(Option)
            else _(
                "The verdicts per option and criterion are not recorded (screening.csv is empty)."
            ),
        )
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))
    verdicts = {(row.option, row.criterion): row for row in rows}
    used = {row.criterion for row in rows}
    criteria = [
        row.id
        for cluster in (*Cluster, None)
        for row in case.rows(Criterion)
        if row.id in used and row.cluster is cluster
    ]
    options = [row.id for row in case.rows(Option)]
    categories = {
        Verdict.MEETS.value: Category("#0072B2", "+"),
        Verdict.DOUBTFUL.value: Category("#F0F0F0", "±"),
        Verdict.FAILS.value: Category("#D55E00", "−"),
        Verdict.UNKNOWN.value: Category("#FFFFFF", "?", dotted=True),
        "none": Category("#FFFFFF", "", dotted=True),
    }

    def look(option: str, criterion: str) -> str:
        row = verdicts.get((option, criterion))
        return row.verdict.value if row else "none"

    proposed = [p for p in proposals(case) if p.drop]
    sentence = _("{n} verdicts were given on {options} options.").format(
        n=len(rows), options=len({row.option for row in rows})
    )
    if proposed:
        sentence += " " + _("The vision criteria suggest dropping {names}.").format(
            names=listed(
                case,
                [
                    f"{onames[p.option]} ({listed(case, [cnames[c] for c in p.knocked_out_by])})"
                    for p in proposed
                ],
            )
        )
    else:
        sentence += " " + _("No option falls short of a vision criterion.")
    sentence += " " + _("The workbook proposes; the group decides.")
    grid = Grid(
        [onames[o] for o in options],
        [cnames[c] for c in criteria],
        [[look(o, c) for c in criteria] for o in options],
    )
    labels = Labels(
        title=title,
        mark=mark(case),
        legend=[
            (categories[v.value].colour, f"{categories[v.value].symbol} {shown(case, v)}")
            for v in Verdict
        ]
        + [("#FFFFFF", _("empty: not judged"))],
        note=_("Columns: vision criteria first, then preconditions, then distinguishing criteria."),
    )
    return Exhibit(
        name="screening",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{onames[o]}: "
            + ", ".join(
                f"{cnames[c]} {shown(case, verdicts[o, c].verdict)}"
                for c in criteria
                if (o, c) in verdicts
            )
            for o in options
            if any((o, c) in verdicts for c in criteria)
        ),
        table=pd.DataFrame(
            [
                {
                    _("Option"): onames[row.option],
                    _("Criterion"): cnames[row.criterion],
                    _("Verdict"): shown(case, row.verdict),
                    _("Why"): shown(case, row.argument),
                    _("Source"): told_source(case, row.source),
                }
                for row in rows
            ]
        ),
        provenance=from_files(
            case,
            Screening,
            Option,
            Criterion,
            rule=_(
                "A knock-out is proposed only where an option falls short of a vision criterion."
            ),
        ),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=categories),
        origins=rows,
    )


def options_funnel(case: Case) -> Exhibit:
    """Show how the longlist became the shortlist, and why options fell off."""
    _ = case.translate
    title = _("From longlist to shortlist")
    options = case.rows(Option)
    if not options:
        return missing(case, "options_funnel", title, _("There is no longlist yet."))
    words, names = _kept_words(case), distinct(option_names(case))
    kept = [row for row in options if row.shortlisted is True]
    dropped = [row for row in options if row.shortlisted is False]
    if any(row.shortlisted == NOT_PUBLISHED for row in options):
        sentence = _(
            "Which options were on the shortlist is not published; these {n} are the positions "
            "that the text discusses."
        ).format(n=len(options))
    else:
        sentence = _("Of {all} options {kept} are on the shortlist: {names}.").format(
            all=len(options),
            kept=len(kept),
            names=listed(case, [names[row.id] for row in kept]) or "–",
        )
    if options and all(row.shortlisted is None for row in options):
        sentence = _("None of the {n} options was put on the shortlist or dropped yet.").format(
            n=len(options)
        )
    if dropped:
        sentence += " " + _("Fell off: {names}.").format(
            names=listed(case, [names[row.id] for row in dropped])
        )
    stages = {shown(case, form): [row for row in options if row.form is form] for form in Form}
    data = {
        stage: {key: sum(_kept(row) == key for row in rows) for key in _KEPT}
        for stage, rows in stages.items()
    }
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_("These are the positions that the text discusses; the shortlist is not published.")
        if any(row.shortlisted == NOT_PUBLISHED for row in options)
        else "",
        legend=[
            (colour, words[key])
            for key, colour in _KEPT.items()
            if any(_kept(row) == key for row in options)
        ],
    )
    return Exhibit(
        name="options_funnel",
        title=title,
        sentence=sentence,
        alt="\n".join(f"{names[row.id]}: {words[_kept(row)]}" for row in options),
        table=pd.DataFrame(
            [
                {
                    _("Option"): row.name,
                    _("Form"): shown(case, row.form),
                    _("Shortlist"): words[_kept(row)],
                    _("Why"): shown(case, row.reason),
                }
                for row in options
            ]
        ),
        provenance=from_files(case, Option),
        mark=mark(case),
        draw=partial(stacked_bars, data, labels=labels, colours=_KEPT),
        origins=options,
    )
