"""The report: the structure of annex 2, written from the case, honest about what isn't there."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from workbook.case import Case
from workbook.case.tables import Argument, Option
from workbook.report import compose, render_html

CHAPTERS = [
    *("summary", "project", "process", "criteria", "shortlist", "matrix", "considerations"),
    *("outcome", "pros-cons", "positioning", "recommendations", "agreements", "commitment"),
    *("further", "dissent", "signatures"),
]
APPENDICES = ["scan", "participation", "numbers", "sources", "method", "trail", "files"]


class Page(HTMLParser):
    """Collects what the tests ask about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.images: list[dict] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found[key] for key in ("href", "src") if key in found]
        self.images += [found] if tag == "img" else []

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_chapters_stand_in_order(example: Case) -> None:
    sections = compose(example).sections
    assert [section.id for section in sections] == CHAPTERS + APPENDICES
    assert [section.number for section in sections] == [
        *(str(number) for number in range(1, 17)),
        *"ABCDEFG",
    ]


def test_the_page_needs_nothing_from_outside(example: Case) -> None:
    html = render_html(compose(example))
    page = Page(html)
    assert all(link.startswith(("#", "data:image/png;base64,")) for link in page.links)
    assert "script" not in page.tags
    assert not re.search(r"url\(|@import", html)
    assert all(link[1:] in page.ids for link in page.links if link.startswith("#"))
    assert len(page.ids) == len(set(page.ids))


def test_every_picture_has_its_counts_as_alternative_text(example: Case) -> None:
    page = Page(render_html(compose(example)))
    assert len(page.images) >= 12
    assert all(image["alt"].strip() for image in page.images)
    assert any("−5 ±1 +5 ?1 split" in image["alt"] for image in page.images)


def test_it_says_what_was_decided_beside_what_the_scores_support(example: Case) -> None:
    words = Page(render_html(compose(example))).words
    assert "The scores of 12 people lean towards Regio+welzijn+opvang" in words
    assert "Decided: Een eigen stichting" in words
    assert "The room chose otherwise than the scores" in words


def test_dissent_is_kept(example: Case) -> None:
    words = Page(render_html(compose(example))).words
    against = [row for row in example.rows(Argument) if row.dissent]
    assert against
    assert all(row.claim in words for row in against)


def test_the_published_case_says_what_is_not_published(published: Case) -> None:
    words = Page(render_html(compose(published))).words
    assert "No score was made up" in words
    assert "The participants' scores were not published." in words
    assert "In 876 of the 1,024 readings" in words
    matrix = words.split("The matrix, and where people disagreed")[2]
    assert "The participants' scores were not published" in matrix[:120]
    assert "Signatures" not in words  # a text that others published isn't ours to have signed
    assert "In other readings another is first alone" in words
    assert len(published.scenario.recommendations) == 8
    assert all(item.text in words for item in published.scenario.recommendations)


def test_an_empty_case_has_no_preference_and_no_word_of_another_region(
    empty: Case, published: Case, example: Case
) -> None:
    report = compose(empty)
    words = Page(render_html(report)).words
    assert "There is no preference yet" in words
    assert words.count("Nothing is recorded here yet.") >= 8
    for other in (published, example):
        assert other.info.region not in words
        assert other.info.project not in words
        for option in other.rows(Option):
            assert option.name not in words


def test_what_people_typed_is_shown_as_typed(example: Case) -> None:
    nasty = "<b>x</b> {{ 7*7 }} {% raw %} & $a$ 😀 مرحبا"
    rows = list(example.rows(Option))
    rows[0] = rows[0].model_copy(update={"why": nasty, "reason": nasty})
    example.write({Option: rows})
    html = render_html(compose(example))
    assert "<b>x</b>" not in html
    assert nasty in Page(html).words


def test_the_language_of_each_part_is_marked(example: Case) -> None:
    html = render_html(compose(example))
    assert '<html lang="en">' in html
    assert '<span lang="nl">' in html
