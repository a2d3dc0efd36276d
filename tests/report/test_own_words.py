"""The region's own words keep their language, wherever they stand in the report."""

from __future__ import annotations

from html.parser import HTMLParser
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn

from workbook.case import Case
from workbook.case.tables import Criterion, Decision, Option, Party
from workbook.report import compose, render_html
from workbook.report.own_words import OwnWords
from workbook.report.word import render_word

VOID = ("meta", "img", "br", "link")


class Read(HTMLParser):
    """Reads a page aloud: every piece of text with the language that it is in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.read: list[tuple[str, str]] = []
        self.inside: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag not in VOID:
            before = self._open[-1][1] if self._open else ""
            self._open.append((tag, dict(attrs).get("lang", before)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        # The name of a window can't change its language halfway.
        if self._open and self._open[-1][0] not in ("style", "title"):
            self.read.append((data, self._open[-1][1]))
            self.inside.append((data, self._open[-1][0]))


def typed(case: Case) -> list[str]:
    """Give what people typed that is in no doubt Dutch."""
    said = [row.choice.rstrip(".") for row in case.rows(Decision)]
    said += [row.name for model in (Option, Criterion, Party) for row in case.rows(model)]
    said += [row.short for row in case.rows(Option) if row.short]
    return [text for text in said if len(text) > 5]


@pytest.mark.parametrize("region", ["example", "published"])
def test_no_dutch_is_read_as_english(region: str, request: pytest.FixtureRequest) -> None:
    case = request.getfixturevalue(region)
    read = Read(render_html(compose(case))).read
    english = [text for text, lang in read if lang == "en"]
    for text in typed(case):
        # What goes on in another word is another word: "Veilig Thuis" in "Veilig Thuisteam".
        assert not [line for line in english if f" {text} " in f" {line} "]
    assert any("Decided" in line for line in english)


def test_in_word_a_sentence_changes_language_where_the_region_speaks(example: Case) -> None:
    document = docx.Document(BytesIO(render_word(compose(example))))
    choice = example.get(Decision, "b-stap7").choice.rstrip(".")
    runs = [run for p in document.paragraphs for run in p.runs if choice in run.text]
    assert runs
    for run in runs:
        assert run._r.find(f"{qn('w:rPr')}/{qn('w:lang')}").get(qn("w:val")) == "nl-NL"


def test_a_sentence_is_split_where_the_region_speaks(example: Case) -> None:
    split = OwnWords(example)
    name = example.rows(Option)[0].name
    assert split(f"Now: {name}. Then more.") == [
        ("Now: ", False),
        (name, True),
        (". Then more.", False),
    ]
    assert split("Nothing of the region.") == [("Nothing of the region.", False)]


def test_signs_that_turn_the_order_do_not_turn_what_follows(example: Case) -> None:
    rows = list(example.rows(Option))
    rows[0] = rows[0].model_copy(update={"name": "Plek \u202emkeer", "short": "Plek \u202emkeer"})
    example.write({Option: rows})
    turned = [
        (text, tag) for text, tag in Read(render_html(compose(example))).inside if "\u202e" in text
    ]
    assert len(turned) > 10
    assert {tag for _text, tag in turned} == {"bdi"}
