"""Cases that a report must survive, made from the fictional region."""

from __future__ import annotations

from workbook.case import Case
from workbook.case.tables import (
    TABLES,
    Argument,
    Ballot,
    Cluster,
    Collaboration,
    Commitment,
    Coverage,
    Criterion,
    Decision,
    Form,
    Link,
    Option,
    Priority,
    Reading,
    Round,
    ScanAnswer,
    Screening,
    Tally,
)
from workbook.case.tables.document import Scenario

NASTY = (
    "<b>x</b> {{ 7*7 }} {% raw %} & $a^2$ \\textbf{y} #set text(red) *z* _w_ `c` @ref <label> "
    "=SUM(A1) // ] [ } 🫶 مرحبا שלום"
)
LONG = "Slecht " * 500 + "x" * 1500


def nasty(case: Case) -> Case:
    """Put text that means something elsewhere in every kind of block."""
    options = list(case.rows(Option))
    options[0] = options[0].model_copy(update={"why": NASTY, "reason": NASTY, "name": NASTY})
    criteria = list(case.rows(Criterion))
    criteria[0] = criteria[0].model_copy(update={"description": NASTY, "reason": LONG})
    arguments = list(case.rows(Argument))
    arguments[0] = arguments[0].model_copy(update={"claim": NASTY})
    arguments[-1] = arguments[-1].model_copy(update={"claim": LONG})
    decisions = list(case.rows(Decision))
    decisions[-1] = decisions[-1].model_copy(update={"subject": NASTY, "reason": NASTY})
    case.write({Option: options, Criterion: criteria, Argument: arguments, Decision: decisions})
    scenario = case.scenario
    first = scenario.summary[0].model_copy(update={"text": NASTY})
    case.write({}, [scenario.model_copy(update={"summary": (first, *scenario.summary[1:])})])
    return case


def large(case: Case) -> Case:
    """30 options that are scored on 15 criteria."""
    option, criterion = case.rows(Option)[0], case.rows(Criterion)[0]
    criteria = [
        criterion.model_copy(
            update={
                "id": f"c{place}",
                "name": f"Criterium nummer {place} met een naam",
                "cluster": Cluster.DISTINGUISHING,
                "selected": True,
            }
        )
        for place in range(15)
    ]
    options = [
        option.model_copy(
            update={
                "id": f"o{place}",
                "name": f"Positie nummer {place}, een tamelijk lange naam",
                "short": f"Positie {place}",
                "form": list(Form)[place % 3],
                "members": (),
                "shortlisted": True,
                "current": place == 0,
            }
        )
        for place in range(30)
    ]
    ballot = case.rows(Ballot)[0]
    scores = [type(ballot.score)(value) for value in ("-1", "0", "1")]
    ballots = [
        ballot.model_copy(
            update={
                "id": f"b{o}-{c}-{person}",
                "option": f"o{o}",
                "criterion": f"c{c}",
                "participant": person,
                "score": scores[(o * 7 + c * 3 + number) % 3],
            }
        )
        for o in range(30)
        for c in range(15)
        for number, person in enumerate(("p01", "p02", "p03"))
    ]
    away = (Argument, Commitment, Coverage, Link, Priority, Reading, Screening, Tally, Decision)
    scenario = case.scenario.model_copy(update={"recommendations": ()})
    case.write(
        {
            **{model: [] for model in away},
            Option: options,
            Criterion: criteria,
            Ballot: ballots,
        },
        [scenario],
    )
    return case


def first_half(case: Case) -> Case:
    """Only steps 1 to 4: criteria and a longlist, nothing chosen."""
    later = {Argument, Ballot, Collaboration, Commitment, Coverage, Link, Priority, Reading}
    later |= {Round, ScanAnswer, Screening, Tally}
    none = {"selected": None, "cluster": None, "reason": None}
    case.write(
        {
            **{model: [] for model in TABLES if model in later},
            Decision: [row for row in case.rows(Decision) if row.step <= 4],
            Criterion: [row.model_copy(update=none) for row in case.rows(Criterion)],
            Option: [
                row.model_copy(update={"shortlisted": None, "reason": None})
                for row in case.rows(Option)
            ],
        },
        [Scenario()],
    )
    return case
