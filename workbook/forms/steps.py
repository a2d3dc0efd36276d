"""The forms of each step: which columns, in which words. What they do is in `Form`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from IPython.display import display

from workbook import handbook
from workbook.case import Case
from workbook.case.tables import (
    BY_NAME,
    Cluster,
    Commitment,
    Criterion,
    Decision,
    Involvement,
    Option,
    Party,
    Round,
    ScanAnswer,
    Screening,
)
from workbook.case.tables.document import CaseInfo, Deployment, Kind, Recommendation, Scenario
from workbook.forms.board import Board
from workbook.forms.console import console as session_console
from workbook.forms.cross import Cross
from workbook.forms.fields import Choice, named, steps
from workbook.forms.front import FrontDoor, Prepare
from workbook.forms.page import PageButton
from workbook.forms.passages import Facts, Passages
from workbook.forms.priorities import Priorities
from workbook.forms.rows import Rows
from workbook.forms.scores import Hands, Scores
from workbook.forms.sheet import Sheet
from workbook.forms.what_if import WhatIf
from workbook.forms.widget import form_view
from workbook.locale import N_


def _show(case: Case, sheet: Sheet) -> None:
    display(form_view(case, sheet))


def table(
    case: Case,
    of: str,
    columns: Sequence[str],
    more: Sequence[str] = (),
    *,
    where: Mapping[str, str] | None = None,
    free: bool = True,
) -> None:
    """Show the form of one table.

    Parameters
    ----------
    case : Case
    of : str
        Name of the table, such as ``"parties"``.
    columns, more : sequence of str
        Columns shown at once, and those on request.
    where : mapping, optional
        Only rows with these texts; new rows get them.
    free : bool
        Rows may be added, removed and moved here.
    """
    _show(case, Rows(BY_NAME[of], columns, more, where=where, free=free))


def front_door(case: Case, prepare: Prepare) -> None:
    """Show which regions there are, and a field to make another one."""
    display(FrontDoor(case, prepare))


def board(case: Case) -> None:
    """Show the steps with what is open, links to their notebooks and what comes next."""
    display(Board(case))


def handout(case: Case, render: Callable[[Case], str]) -> None:
    """Show a button that opens the handout for a session, to print.

    Parameters
    ----------
    case : Case
    render : callable
        ``case -> str``: a whole HTML page, made from the case at that moment.
    """
    words = case.translate("Open the handout to print: what each option and each sign means")
    display(PageButton(case, render, words))


def facilitation(case: Case, render: Callable[[Case], str]) -> None:
    """Show a button that opens the page for the facilitator; its parameters are of `handout`."""
    words = case.translate(
        "Open the page for the facilitator: time plan, care, words at the reveal"
    )
    display(PageButton(case, render, words))


def report(case: Case, render: Callable[[Case], str]) -> None:
    """Show a button that opens the report as it is now; its parameters are of `handout`."""
    display(PageButton(case, render, case.translate("Open the report as it is now")))


def report_files(case: Case, render: Callable[[Case], str]) -> None:
    """Show a button for the report in Word and as PDF; its parameters are of `handout`."""
    display(PageButton(case, render, case.translate("Make the report in Word and as PDF")))


def facts(case: Case) -> None:
    """Show the form with the name of the region and the project, its language and period."""
    _show(case, Facts())


def beginnings(case: Case) -> None:
    """Show the form of the start: where it comes from, how it went, whether it is time."""
    sheet = Passages(
        CaseInfo,
        ("origin", "readiness", "process", "retention"),
        title=N_("How it started"),
        about=N_("One statement a row: where it comes from, whether it is time, how it goes."),
    )
    _show(case, sheet)


def deployment(case: Case) -> None:
    """Show the forms of step 2: the kinds of deployment, and the statements on it."""
    kinds = Passages(
        CaseInfo,
        ("deployment.kinds",),
        passage=Kind,
        title=N_("What they are deployed for"),
        about=N_("Each kind of deployment, and which one is the primary one."),
    )
    names = [name for name in Deployment.model_fields if name != "kinds"]
    words = Passages(
        CaseInfo,
        [f"deployment.{name}" for name in names],
        title=N_("The deployment in words"),
        about=N_("One statement a row. The core is one sentence."),
    )
    _show(case, words)
    _show(case, kinds)


def involvement(case: Case) -> None:
    """Show the form of who joins which step, party by party."""
    sheet = Cross(
        Involvement,
        {"step": steps},
        ("intended", "took_part", "level", "way"),
        chosen={"party": (N_("Party"), _parties)},
        about=N_("Choose a party; say per step whether it joins, at which level and in what way."),
    )
    _show(case, sheet)


def _parties(case: Case) -> list[Choice]:
    return named(case, Party)


def screening(case: Case) -> None:
    """Show the form of step 6: whether each option meets each criterion on the vision."""
    sheet = Cross(
        Screening,
        {"option": _options, "criterion": _vision},
        ("verdict", "argument"),
        title=N_("From longlist to shortlist"),
        about=N_("Per option and criterion on the vision: does it meet it, and why?"),
    )
    _show(case, sheet)


def _options(case: Case) -> list[Choice]:
    return [(row.id, row.short or row.name) for row in case.rows(Option)]


def _vision(case: Case) -> list[Choice]:
    return [
        (row.id, row.name)
        for row in case.rows(Criterion)
        if row.cluster is Cluster.VISION and row.selected
    ]


def rounds(case: Case) -> None:
    """Show the form of the rounds of scoring."""
    sheet = Rows(
        Round,
        ("name", "how", "names", "state"),
        ("meeting",),
        defaults={"how": "ballots", "names": "open", "state": "setup"},
        about=N_("A round of scoring, by ballots or by show of hands. Revealed ones are shown."),
    )
    _show(case, sheet)


def console(case: Case) -> None:
    """Show the console of the working session."""
    display(session_console(case))


def scores(case: Case) -> None:
    """Show the score form of one participant at a time."""
    _show(case, Scores())


def hands(case: Case) -> None:
    """Show the form that counts hands per cell."""
    _show(case, Hands())


def priorities(case: Case) -> None:
    """Show the form of the order of importance, of the room or of one person."""
    _show(case, Priorities())


def decision(case: Case, step: int) -> None:
    """Show the form of what was decided in a step."""
    columns = ["subject", "choice", "reason", "body", "status", "confirmed_by"]
    if step == 7:
        columns.insert(2, "option")
    sheet = Rows(
        Decision,
        (*columns, "support", "dissent", "date"),
        where={"step": str(step)},
        defaults={"status": "proposed"},
        layout="cards",
        title=N_("What we decided"),
        about=N_(
            "What, why, by which body; whether it is confirmed; who supports it, who doesn't."
        ),
    )
    _show(case, sheet)


def scan(case: Case) -> None:
    """Show the organisation scan of annex 1, one organisation at a time."""
    sheet = Cross(
        ScanAnswer,
        {"item": _questions},
        ("present", "desired", "questions"),
        chosen={"organisation": (N_("Organisation"), _parties)},
        about=N_(
            "Choose an organisation. Per question: what is there, what is desired, what to ask."
        ),
    )
    _show(case, sheet)


def _questions(case: Case) -> list[Choice]:
    asked = handbook.scan()
    questions = [(q.id, f"{q.id[1:].lstrip('0')}. {q.in_(case.lang)}") for q in asked.questions]
    return [*questions, *((h.id, h.name.in_(case.lang)) for h in asked.holders)]


def commitments(case: Case) -> None:
    """Show the form of what a party commits to."""
    sheet = Cross(
        Commitment,
        {"criterion": _to_commit},
        ("pledge", "statement", "date"),
        chosen={"party": (N_("Party"), _parties)},
        about=N_("Choose a party; say per vision criterion and precondition what it pledges."),
    )
    _show(case, sheet)


def _to_commit(case: Case) -> list[Choice]:
    return [
        (row.id, row.name)
        for row in case.rows(Criterion)
        if row.selected and row.cluster in (Cluster.VISION, Cluster.PRECONDITION)
    ]


def recommendations(case: Case) -> None:
    """Show the form of what to do next."""
    sheet = Passages(
        Scenario,
        ("recommendations",),
        passage=Recommendation,
        title=N_("Recommendations"),
        about=N_("What to do next, with who and when, and which arguments it answers."),
    )
    _show(case, sheet)


def scenario(case: Case) -> None:
    """Show the form of the chapters of step 8 that only people can write."""
    sheet = Passages(
        Scenario,
        [name for name in Scenario.model_fields if name != "recommendations"],
        title=N_("The scenario in words"),
        about=N_("One statement a row, under the chapter it belongs to."),
    )
    _show(case, sheet)


def what_if(case: Case) -> None:
    """Show what the scores would support with another order, worth of ± or without a group."""
    form = WhatIf(case)
    for view in (form, form.picture.words, form.picture.body):
        display(view)
