"""The scores as one long table in an Excel file, for analysis in Excel, R or SPSS."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter

from workbook.case import Case
from workbook.case.tables import (
    Ballot,
    Criterion,
    Group,
    Option,
    Participant,
    Priority,
    Round,
    Score,
    Tally,
)
from workbook.locale import N_, translator
from workbook.report.sheets import add_sheet

# Names that SPSS and R take as they are: lower-case letters and _, at most 64.
_VARIABLES: dict[str, str] = {
    "round": N_("Id of the round"),
    "round_name": N_("Name of the round"),
    "participant": N_("Code of the participant"),
    "group": N_("Group of the participant"),
    "option": N_("Id of the option"),
    "option_name": N_("Name of the option"),
    "criterion": N_("Id of the criterion"),
    "criterion_name": N_("Name of the criterion"),
    "score": N_("Score as a number; empty where there is none. It is ordinal."),
    "answer": N_("What was answered, also where that is no score"),
    "rank": N_("Place of the criterion in this participant's order of importance"),
    "reason": N_("Reason given for the score"),
}
_COUNTS: dict[str, str] = {
    "round": N_("Id of the round"),
    "round_name": N_("Name of the round"),
    "option": N_("Id of the option"),
    "option_name": N_("Name of the option"),
    "criterion": N_("Id of the criterion"),
    "criterion_name": N_("Name of the criterion"),
    "minus": N_("Hands for poor."),
    "plusminus": N_("Hands for fair."),
    "plus": N_("Hands for good."),
    "dont_know": N_("Hands for don't know."),
}
_NUMBERS = {Score.MINUS: -1, Score.PLUSMINUS: 0, Score.PLUS: 1}


def score_lines(case: Case) -> list[dict[str, Any]]:
    """Give every answer on a ballot as one line; `_VARIABLES` names its columns."""
    options = {row.id: row.name for row in case.rows(Option)}
    criteria = {row.id: row.name for row in case.rows(Criterion)}
    groups = {row.id: row.group for row in case.rows(Participant)}
    rounds = {row.id: row.name for row in case.rows(Round)}
    ranks = {(row.round, row.who, row.criterion): row.rank for row in case.rows(Priority)}
    return [
        {
            "round": row.round,
            "round_name": rounds[row.round],
            "participant": row.participant,
            "group": groups[row.participant].value if groups[row.participant] else None,
            "option": row.option,
            "option_name": options[row.option],
            "criterion": row.criterion,
            "criterion_name": criteria[row.criterion],
            "score": _NUMBERS.get(row.score) if row.score else None,
            "answer": row.score.name.lower() if row.score else "not_scored",
            "rank": ranks.get((row.round, row.participant, row.criterion)),
            "reason": row.reason,
        }
        for row in case.rows(Ballot)
    ]


def count_lines(case: Case) -> list[dict[str, Any]]:
    """Give every cell of a show of hands as one line; `_COUNTS` names its columns."""
    options = {row.id: row.name for row in case.rows(Option)}
    criteria = {row.id: row.name for row in case.rows(Criterion)}
    rounds = {row.id: row.name for row in case.rows(Round)}
    return [
        {
            "round": row.round,
            "round_name": rounds[row.round],
            "option": row.option,
            "option_name": options[row.option],
            "criterion": row.criterion,
            "criterion_name": criteria[row.criterion],
            **{name: getattr(row, name) for name in ("minus", "plusminus", "plus", "dont_know")},
        }
        for row in case.rows(Tally)
    ]


def scores_book(case: Case) -> bytes:
    """Make the file: the long table, the counts of hands, and a codebook with labels.

    Every text is written as text, so that nothing a person typed is taken for a formula; every
    number as a number, so that a decimal comma or point makes no difference.
    """
    made = BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(made, settings) as book:
        add_sheet(book, "scores", list(_VARIABLES), score_lines(case))
        add_sheet(book, "hands", list(_COUNTS), count_lines(case))
        head = ["sheet", "variable", "label_en", "label_nl", "value", "value_en", "value_nl"]
        add_sheet(book, "codebook", head, _codebook())
    return made.getvalue()


def _codebook() -> list[dict[str, Any]]:
    nl = translator("nl")
    lines: list[dict[str, Any]] = []

    def add(sheet: str, variable: str, words: str, value: Any = None, told: str = "") -> None:
        line = {"sheet": sheet, "variable": variable, "label_en": words, "label_nl": nl(words)}
        if told:
            line |= {"value": value, "value_en": told, "value_nl": nl(told)}
        lines.append(line)

    for variable, words in _VARIABLES.items():
        values: list[tuple[Any, str]] = []
        if variable == "score":
            values = [(number, score.label) for score, number in _NUMBERS.items()]
        elif variable == "answer":
            values = [(score.name.lower(), score.label) for score in Score]
            values.append(("not_scored", N_("not scored")))
        elif variable == "group":
            values = [(group.value, group.label) for group in Group]
        add("scores", variable, words)
        for value, told in values:
            add("scores", variable, words, value, told)
    for variable, words in _COUNTS.items():
        add("hands", variable, words)
    return lines
