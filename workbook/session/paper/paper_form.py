"""The form on paper: one for everybody, to print, to fill in with a pen and to type in later."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from workbook import handbook
from workbook.case.tables import Names, Score
from workbook.locale import translator
from workbook.session.asked import Asked, AskedCriterion
from workbook.session.promise import promise

_IN_ONE_TABLE = 3
"""Criteria that fit beside each other; more get a table each."""


@dataclass(frozen=True)
class Answer:
    """One answer that can be ticked."""

    symbol: str
    word: str
    meaning: str


@dataclass(frozen=True)
class Question:
    """A criterion with what each answer means there; ``own`` says which words are the case's."""

    name: str
    description: str
    meanings: tuple[str, ...]
    own: tuple[bool, ...]


def paper_html(asked: Asked, lang: str, names: Names | None = None) -> str:
    """Give the form on paper as one HTML page that needs nothing else.

    Parameters
    ----------
    asked : Asked
    lang : {"nl", "en"}
        Of the workbook's own words.
    names : Names, optional
        What is promised about names; None while it isn't settled.
    """
    _ = translator(lang)
    folder = files("workbook.session.paper")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((folder / "paper_form.html.j2").read_text("utf-8"))
    levels = {level.value: level for level in handbook.scale()}
    answers = [
        Answer(levels[s].symbol, levels[s].name.in_(lang), levels[s].meaning.in_(lang))
        for s in Score
    ]
    return template.render(
        _=_,
        lang=lang,
        style=(folder / "paper_form.css").read_text("utf-8"),
        loose=_css_text(_("Participant:") + " ____________"),
        asked=asked,
        promise=promise(names, lang, after_named=asked.after_named),
        answers=answers,
        questions=[_question(criterion, answers) for criterion in asked.criteria],
        in_one_table=len(asked.criteria) <= _IN_ONE_TABLE,
    )


def _question(criterion: AskedCriterion, answers: list[Answer]) -> Question:
    own = (criterion.minus, criterion.plusminus, criterion.plus, "")
    meanings = tuple(text or answer.meaning for text, answer in zip(own, answers, strict=True))
    return Question(criterion.name, criterion.description, meanings, tuple(map(bool, own)))


def _css_text(text: str) -> str:
    """Give a text as it can stand between double quotes in a style sheet."""
    return "".join(
        sign if sign.isalnum() or sign in " :_" else f"\\{ord(sign):x} " for sign in text
    )
