"""The button that opens a page to print."""

from __future__ import annotations

import pytest

from workbook.case import Case, UserError, open_case
from workbook.case.tables import Option
from workbook.forms.page import PageButton
from workbook.locale import Message
from workbook.report import handout_html


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    monkeypatch.setattr(PageButton, "send", lambda _self, content: found.append(content))
    return found


def test_it_gives_the_page(example: Case) -> None:
    found = PageButton(example, handout_html, "Print").answer()
    assert set(found) == {"html"}
    assert found["html"] == handout_html(example)
    assert "Eigen stichting" in found["html"]


def test_a_press_is_answered(example: Case, sent: list[dict[str, str]]) -> None:
    button = PageButton(example, lambda case: f"<p>{case.region}</p>", "Print")
    button._handle_custom_msg({}, [])
    assert sent == [{"html": "<p>voorbeeldregio</p>"}]


def test_the_page_is_of_that_moment(example: Case) -> None:
    button = PageButton(example, lambda case: case.rows(Option)[0].name, "Print")
    other = open_case("voorbeeldregio", lang="en", root=example.folder.parent)
    rows = list(other.rows(Option))
    other.write({Option: [rows[0].model_copy(update={"name": "Elders"}), *rows[1:]]})
    assert button.answer() == {"html": "Elders"}


def test_what_cant_be_made_is_told(example: Case, sent: list[dict[str, str]]) -> None:
    def broken(case: Case) -> str:
        raise UserError(Message("no paper"), "en")

    PageButton(example, broken, "Print")._handle_custom_msg({}, [])
    assert sent == [{"failed": "no paper"}]


def test_a_case_with_an_error_is_told(example: Case) -> None:
    button = PageButton(example, handout_html, "Print")
    (example.folder / "options.csv").write_text("id\n")
    found = button.answer()
    assert set(found) == {"failed"}
    assert "options.csv" in found["failed"] and "column" in found["failed"]


def test_without_a_kernel_its_words_are_there(example: Case) -> None:
    bundle = PageButton(example, handout_html, "Print <this>")._repr_mimebundle_()
    assert bundle["text/plain"] == "Print <this>"
    assert bundle["text/html"] == "<p>Print &lt;this&gt;</p>"
    assert "application/vnd.jupyter.widget-view+json" in bundle
