"""The report as a page: for everybody, on a phone, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.barriers import barriers
from tests.pages import squeezed, texts
from workbook.case import open_case
from workbook.report import compose, render_html

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(
    scope="module",
    params=[("voorbeeldregio", "nl"), ("west-brabant", "en")],
    ids=lambda p: p[0],
)
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    region, lang = request.param
    path = tmp_path_factory.mktemp("report") / "report.html"
    case = open_case(region, lang=lang, root=ROOT / "data")
    path.write_text(render_html(compose(case)), "utf-8")
    return path


@pytest.fixture
def report(written: Path, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(written.as_uri())
    yield page
    page.close()


def test_a_machine_finds_no_barrier_in_it(report: Page) -> None:
    assert barriers(report, "wcag2a", "wcag2aa", "wcag21a", "wcag21aa") == []


def test_it_fits_a_narrow_screen(report: Page) -> None:
    report.set_viewport_size({"width": 320, "height": 640})
    assert report.evaluate("document.documentElement.scrollWidth") <= 320


def test_on_paper_the_mark_stands_on_every_page(report: Page) -> None:
    mark = report.locator(".everywhere").inner_text()
    pages = texts(report.pdf(format="A4", prefer_css_page_size=True))
    assert len(pages) > 10
    assert all(squeezed(mark) in page for page in pages)


def test_every_number_leads_to_its_place(report: Page) -> None:
    links = report.locator("a.ref[href^='#ref-']")
    assert links.count() > 150
    first = links.first
    target = first.get_attribute("href")
    first.click()
    row = report.locator(f"tr{target}")
    assert row.is_visible()
    assert row.locator("td").nth(1).inner_text().endswith((".csv", ".yaml"))
