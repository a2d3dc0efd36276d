"""Which words in a sentence are the region's own: they have a language of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workbook.case import Case
from workbook.case.checking import passages
from workbook.case.tables import NOT_PUBLISHED, NOT_RECORDED, TABLES, Labelled, Row
from workbook.case.tables.base import Kind
from workbook.exhibits.wording import option_names

_WORD = re.compile(r"\w+")
_TURNS = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]")
_LETTERS = 3
"""A shorter text could be a word of any language."""


def turns(text: str) -> bool:
    """Say whether a text holds letters or signs that turn the order of what is around them."""
    return _TURNS.search(text) is not None


class OwnWords:
    """Finds what a case says inside what the workbook says.

    Sentences, titles and headings are made from both. A reader aloud has to know where one ends
    and the other begins, and so has a screen on which Arabic turns the order of what follows.
    """

    def __init__(self, case: Case) -> None:
        self.other = case.info.language != case.lang
        self._case = case
        self._by_word: dict[str, list[str]] | None = None

    def __call__(self, text: str) -> list[tuple[str, bool]]:
        """Split a text into parts, each with whether it is the region's own."""
        if not (self.other or turns(text)):
            return [(text, False)]
        parts: list[tuple[str, bool]] = []
        done = at = 0
        while word := _WORD.search(text, at):
            found = self._at(text, word)
            at = word.end() if found is None else word.start() + len(found)
            if found is not None:
                parts += [(text[done : word.start()], False), (found, True)]
                done = at
        parts.append((text[done:], False))
        return [(part, mine) for part, mine in parts if part] or [(text, False)]

    def _at(self, text: str, word: re.Match[str]) -> str | None:
        for phrase in self._phrases().get(word[0].lower(), ()):
            end = word.start() + len(phrase)
            there = text[word.start() : end]
            whole = end >= len(text) or not (text[end].isalnum() and phrase[-1].isalnum())
            if whole and there[:1].lower() + there[1:] == phrase[:1].lower() + phrase[1:]:
                return there
        return None

    def _phrases(self) -> dict[str, list[str]]:
        """Give what the case says by its first word, the longest first."""
        if self._by_word is None:
            found: dict[str, set[str]] = {}
            for said in _said(self._case):
                word = _WORD.search(said)
                if word and sum(map(str.isalpha, said)) >= _LETTERS:
                    phrase = said[word.start() :].rstrip(" .")
                    found.setdefault(word[0].lower(), set()).add(phrase)
            self._by_word = {
                word: sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
                for word, phrases in found.items()
            }
        return self._by_word


def _said(case: Case) -> Iterator[str]:
    info = case.info
    yield from filter(None, (info.region, info.project, info.published_as, info.period.text))
    for document in (info, case.scenario):
        for passage in passages(document):
            yield from _texts(passage.text, getattr(passage, "who", None))
            yield from _texts(getattr(passage, "when", None), *_place(passage.source))
    yield from option_names(case).values()
    for model in TABLES:
        named = [name for name in model.columns() if _is_text(model, name)]
        for row in case.rows(model):
            for name in named:
                value = getattr(row, name)
                yield from _texts(*(value if isinstance(value, tuple) else (value,)))
            yield from _texts(*_place(row.source))


def _is_text(model: type[Row], name: str) -> bool:
    return name not in ("id", "source") and Kind(model.model_fields[name]).ref is None


def _place(source: str) -> tuple[str, str]:
    head, _colon, place = source.partition(":")
    return head.strip(), place.strip()


def _texts(*values: object) -> Iterator[str]:
    for value in values:
        told = isinstance(value, str) and not isinstance(value, (Labelled, date))
        if told and value not in (NOT_PUBLISHED, NOT_RECORDED, "fictional"):
            yield str(value)
