"""What a body decided; for step 7 beside what the scores support."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.tables import Decision, Reading, Status
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.judged import judged, support_sentence
from workbook.exhibits.preference.scores import last_round
from workbook.exhibits.wording import distinct, from_files, option_names, shown
from workbook.figures import Card, Labels, cards


def _main_decision(case: Case, step: int) -> Decision | None:
    """Give the last decision of a step; one that names an option goes before one that doesn't."""
    made = [row for row in case.rows(Decision) if row.step == step]
    naming = [row for row in made if row.option]
    return (naming or made or [None])[-1]


def decided_sentence(case: Case, step: int = 7) -> str:
    """Say what was decided in a step, by whom, and whether it was confirmed."""
    _ = case.translate
    last = _main_decision(case, step)
    if last is None:
        return _("Nothing was decided yet.")
    sentence = _("Decided: {choice}.").format(choice=last.choice.rstrip("."))
    told = [last.body] if last.body else []
    if last.status is Status.CONFIRMED and last.confirmed_by:
        told.append(_("confirmed by {body}").format(body=last.confirmed_by))
    elif last.status is Status.CONFIRMED:
        told.append(_("confirmed"))
    else:
        told.append(_("not yet confirmed"))
    return f"{sentence} ({', '.join(told)})"


def decided(case: Case, step: int = 7) -> Exhibit:
    """Show what was decided; for step 7 beside what the scores support."""
    _ = case.translate
    title = _("What was decided in step {step}").format(step=step)
    if step == 7:
        title = _("What the scores support and what was decided")
    made = [row for row in case.rows(Decision) if row.step == step]
    rows = [
        {
            _("Subject"): row.subject,
            _("Choice"): row.choice,
            _("Why"): shown(case, row.reason),
            _("Body"): shown(case, row.body),
            _("Status"): shown(case, row.status),
            _("Confirmed by"): shown(case, row.confirmed_by),
            _("Support"): shown(case, row.support),
            _("Dissent"): shown(case, row.dissent),
            _("Date"): shown(case, row.date),
        }
        for row in made
    ]
    table = pd.DataFrame(rows)
    name = f"decided_{step}"
    sentence = decided_sentence(case, step)
    if step != 7:
        return Exhibit(
            name=name,
            title=title,
            sentence=sentence,
            alt="\n".join(f"{row.subject}: {row.choice}" for row in made),
            table=table,
            provenance=from_files(case, Decision),
            mark=mark(case),
            missing=not made,
            origins=made,
        )
    computed = support_sentence(case)
    sentence = computed + " " + sentence
    names = distinct(option_names(case))
    found = judged(case)
    first = found.verdict.winner if found else None
    last = _main_decision(case, step)
    chosen = last.option if last else None
    if chosen and first and chosen != first:
        sentence += " " + _(
            "The room chose otherwise than the scores; its reasons stand beside it."
        )
    elif chosen and first:
        sentence += " " + _("Both point to the same option.")
    if not made and last_round(case) is None and not case.rows(Reading):
        return missing(case, name, title, sentence)
    left = Card(
        _("What the scores support"),
        names[first] if first else _("no firm first"),
        [computed, _("Arithmetic on the scores.")],
        "#9DB7C9",
    )
    if last_round(case) is None:
        left = Card(
            _("What the scores support"),
            _("not published")
            if case.info.provenance is Provenance.PUBLISHED
            else _("no scores yet"),
            [computed],
            "#9DB7C9",
        )
    small = [] if last is None else [last.choice]
    if last is not None:
        small += [
            f"{shown(case, last.body)}, {shown(case, last.status)}",
            _("Why") + ": " + shown(case, last.reason),
            _("Dissent") + ": " + shown(case, last.dissent),
        ]
    right = Card(
        _("What was decided"),
        names[chosen] if chosen else (_("nothing yet") if last is None else last.choice),
        small if chosen else small[1:],
        "#0072B2",
    )
    labels = Labels(title=title, mark=mark(case))
    return Exhibit(
        name=name,
        title=title,
        sentence=sentence,
        alt=f"{left.heading}: {left.large}. {right.heading}: {right.large}.",
        table=table,
        provenance=from_files(case, Decision),
        mark=mark(case),
        draw=partial(cards, [left, right], labels=labels),
        origins=made,
    )
