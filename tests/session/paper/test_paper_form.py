"""The form on paper: everything that is asked, a box for every answer, nobody's name."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.barriers import barriers
from workbook.session.asked import Asked, AskedCriterion, AskedOption
from workbook.session.paper.paper_form import paper_html


def asked(options: int, criteria: int) -> Asked:
    return Asked(
        "First <round>",
        "Here",
        "nl",
        True,
        tuple(
            AskedOption(f"o{n}", f"Option <{n}>", ("x", "y") if n else ()) for n in range(options)
        ),
        tuple(
            AskedCriterion(f"c{n}", f"Criterion {n}", "What?", f"low {n}", f"mid {n}", "")
            for n in range(criteria)
        ),
    )


@pytest.mark.parametrize(("options", "criteria"), [(5, 6), (3, 2), (12, 8), (1, 1)])
def test_every_cell_has_a_box_for_every_answer(options: int, criteria: int) -> None:
    page = paper_html(asked(options, criteria), "en")
    assert page.count('class="box"') == options * criteria * 4 + criteria
    for n in range(criteria):
        assert f"Criterion {n}" in page and f"low {n}" in page and f"mid {n}" in page
    assert page.count("The position meets the criterion well.") == criteria


def test_everything_from_the_case_is_escaped_and_nothing_is_fetched() -> None:
    page = paper_html(asked(4, 5), "en")
    assert "Option &lt;1&gt;" in page and "<1>" not in page
    assert "First &lt;round&gt;" in page
    assert not re.search(r"(src=|href=|url\(|@import|<script)", page)
    assert "<title>Working session</title>" in page
    assert "FICTIONAL EXAMPLE" in page
    assert "never your name" in page


def test_it_speaks_the_readers_language() -> None:
    page = paper_html(asked(2, 5), "nl")
    assert '<html lang="nl">' in page
    assert "weet ik niet" in page and "Werksessie" in page


@pytest.mark.parametrize("criteria", [2, 6])
def test_it_is_accessible(browser: Browser, criteria: int) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    page.set_content(paper_html(asked(5, criteria), "en"))
    assert barriers(page) == []
    page.close()
