"""The words and the HTML of the ballot page, from what is asked and what is filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

import jinja2

from workbook import handbook
from workbook.case.tables import Score
from workbook.locale import LANGUAGE_NAMES, translator
from workbook.session.asked import Asked
from workbook.session.ballot import Cell, Filled

AWAY = "https://www.knmi.nl/"
"""Where the button to leave quickly goes: the weather."""


@dataclass(frozen=True)
class Choice:
    """One answer that can be given."""

    value: str
    symbol: str
    word: str


@dataclass(frozen=True)
class Line:
    """One option on the page of a criterion.

    Attributes
    ----------
    given : str
        What is stored or was typed; empty for nothing.
    before, stored : Choice or None
        The answer in an earlier round; the one that another window saved.
    """

    id: str
    name: str
    members: tuple[str, ...]
    given: str
    reason: str
    before: Choice | None
    stored: Choice | None


@lru_cache
def _environment() -> jinja2.Environment:
    folder = files("workbook.session.web")
    loader = jinja2.FunctionLoader(lambda name: (folder / name).read_text("utf-8"))
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )


def page(name: str, lang: str, **values: Any) -> str:
    """Give a whole page; everything that people typed is escaped."""
    _ = translator(lang)
    shared = {"_": _, "lang": lang, "languages": LANGUAGE_NAMES, "away": AWAY}
    return _environment().get_template(f"{name}.html.j2").render(**shared, **values)


def choices(lang: str) -> list[Choice]:
    """Give the answers of the scale, and don't know."""
    return [
        Choice(level.value, level.symbol, level.name.in_(lang))
        for level in handbook.scale()
        if level.value in {score.value for score in Score}
    ]


def meanings(asked: Asked, place: int, lang: str) -> list[tuple[Choice, str, bool]]:
    """Give what −, ± and + mean on one criterion, and whether the region says so itself.

    Where it doesn't, the general meaning of the scale stands.
    """
    criterion = asked.criteria[place]
    own = {"-1": criterion.minus, "0": criterion.plusminus, "1": criterion.plus}
    general = {level.value: level.meaning.in_(lang) for level in handbook.scale()}
    return [
        (choice, own[choice.value] or general[choice.value], bool(own[choice.value]))
        for choice in choices(lang)
        if choice.value in own
    ]


def lines(
    asked: Asked,
    place: int,
    filled: Filled,
    earlier: Mapping[Cell, Score],
    lang: str,
    typed: tuple[Mapping[Cell, Score | None], Mapping[Cell, str]] | None = None,
) -> list[Line]:
    """Give the options on the page of one criterion.

    Parameters
    ----------
    asked : Asked
    place : int
        Of the criterion.
    filled : Filled
        What is stored.
    earlier : mapping
        The scores of an earlier round: shown beside the question, and given again by a button.
    lang : {"nl", "en"}
    typed : pair of mappings, optional
        Scores and reasons that were typed here and are not saved; they go before what is stored.
    """
    words = {choice.value: choice for choice in choices(lang)}
    criterion = asked.criteria[place].id
    found = []
    for option in asked.options:
        cell = (option.id, criterion)
        stored = filled.scores.get(cell)
        before = earlier.get(cell)
        given = stored
        reason = filled.reasons.get(cell, "")
        other = None
        if typed is not None:
            given = typed[0].get(cell, stored)
            reason = typed[1].get(cell, reason)
            if stored is not None and stored != given:
                other = words[stored.value]
        found.append(
            Line(
                option.id,
                option.name,
                option.members,
                given.value if given else "",
                reason,
                words[before.value] if before else None,
                other,
            )
        )
    return found


def missing(asked: Asked, filled: Filled) -> list[tuple[int, str, int]]:
    """Give the criteria with cells that are open: number, name, how many."""
    found = []
    for number, criterion in enumerate(asked.criteria, 1):
        left = sum((option.id, criterion.id) not in filled.scores for option in asked.options)
        if left:
            found.append((number, criterion.name, left))
    return found


def summary(
    asked: Asked, filled: Filled, lang: str
) -> list[tuple[int, str, list[tuple[str, Choice | None, str]]]]:
    """Give per criterion every option with its answer and its reason."""
    words = {choice.value: choice for choice in choices(lang)}
    return [
        (
            number,
            criterion.name,
            [
                (
                    option.name,
                    words[score.value]
                    if (score := filled.scores.get((option.id, criterion.id)))
                    else None,
                    filled.reasons.get((option.id, criterion.id), ""),
                )
                for option in asked.options
            ],
        )
        for number, criterion in enumerate(asked.criteria, 1)
    ]


def own_order(asked: Asked, filled: Filled) -> list[str]:
    """Give the order of importance in words, ties with =; criteria without a place are left out."""
    places = sorted(set(filled.order.values()))
    return [
        " = ".join(c.name for c in asked.criteria if filled.order.get(c.id) == place)
        for place in places
    ]


def receipt(round: str, filled: Filled) -> str:
    """Give six signs that stand for exactly what is stored."""
    content = [round, str(filled.version)]
    content += sorted(f"{o} {c} {score.value}" for (o, c), score in filled.scores.items())
    content += sorted(f"{c} {rank}" for c, rank in filled.order.items())
    return hashlib.sha256("\n".join(content).encode()).hexdigest()[:6].upper()


def at(saved: str) -> str:
    """Give the time of saving as a clock on the wall shows it."""
    return datetime.fromisoformat(saved).astimezone().strftime("%H:%M") if saved else ""
