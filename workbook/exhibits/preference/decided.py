"""What a body decided; for step 7 beside what the scores support."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from workbook.case import Case
from workbook.case.tables import Decision, Reading, Status
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.decision import decisions_of, main_decision
from workbook.exhibits.preference.judged import judged, support_sentence
from workbook.exhibits.preference.scores import last_round
from workbook.exhibits.wording import distinct, filled, from_files, option_names, shown
from workbook.figures import Card, Labels, cards


def decided_sentence(case: Case, step: int = 7) -> str:
    """Say what was decided in a step, by whom, and whether it was confirmed.

    Of step 7 only the preference: what was decided on the way to it stands in the table.
    """
    made = decisions_of(case, step)
    if not made:
        return case.translate("Nothing was decided yet.")
    main = main_decision(case, step)
    told = [main] if step == 7 and main is not None else made
    return " ".join(_told(case, row) for row in told)


def _told(case: Case, row: Decision) -> str:
    _ = case.translate
    sentence = _("Decided: {choice}.").format(choice=row.choice.rstrip("."))
    told = [row.body] if row.body else []
    if row.status is Status.CONFIRMED and row.confirmed_by:
        told.append(_("confirmed by {body}").format(body=shown(case, row.confirmed_by)))
    elif row.status is Status.CONFIRMED:
        told.append(_("confirmed"))
    else:
        told.append(_("not yet confirmed"))
    return f"{sentence} ({', '.join(told)})"


def compared_sentence(case: Case) -> str:
    """Say whether the room chose as the scores do; nothing where one of them names no option."""
    _ = case.translate
    found, main = judged(case), main_decision(case, 7)
    first = found.verdict.winner if found else None
    chosen = main.option if main else None
    if not chosen or not first:
        return ""
    if chosen != first:
        return _("The room chose otherwise than the scores; its reasons stand beside it.")
    return _("Both point to the same option.")


def _known(case: Case, value: Any) -> str:
    """Give a value; what a published text leaves out is not published, and not just a dash."""
    published = case.info.provenance is Provenance.PUBLISHED
    return filled(case, value) if published else shown(case, value)


def decided(case: Case, step: int = 7) -> Exhibit:
    """Show what was decided; for step 7 beside what the scores support."""
    _ = case.translate
    title = _("What was decided in step {step}").format(step=step)
    if step == 7:
        title = _("What the scores support and what was decided")
    made = decisions_of(case, step)
    rows = [
        {
            _("Subject"): row.subject,
            _("Choice"): row.choice,
            _("Why"): _known(case, row.reason),
            _("Body"): _known(case, row.body),
            _("Status"): shown(case, row.status),
            _("Confirmed by"): _known(case, row.confirmed_by),
            _("Support"): _known(case, row.support),
            _("Dissent"): _known(case, row.dissent),
            _("Date"): _known(case, row.date),
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
    sentence = " ".join(filter(None, [computed, sentence, compared_sentence(case)]))
    names = distinct(option_names(case))
    found = judged(case)
    first = found.verdict.winner if found else None
    last = main_decision(case, step)
    chosen = last.option if last else None
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
