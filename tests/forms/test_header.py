"""The line at the top of every notebook."""

from __future__ import annotations

import importlib
import re
from html import unescape
from pathlib import Path

import pytest

from workbook import handbook
from workbook.case import Case, open_case
from workbook.forms.header import header
from workbook.forms.links import notebook_name

# The package has a function of this name, which hides the module.
module = importlib.import_module("workbook.forms.header")
STEPS = range(10)


@pytest.fixture(autouse=True)
def _unserved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WERKBOEK_SERVED", raising=False)


def bundle(monkeypatch: pytest.MonkeyPatch, case: Case, step: int) -> dict[str, str]:
    shown: list = []
    monkeypatch.setattr(module, "display", shown.append)
    header(case, step)
    (one,) = shown
    return one._repr_mimebundle_()


def links(html: str) -> list[tuple[str, str]]:
    return [(href, unescape(w)) for href, w in re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)<', html)]


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_previous_and_next(
    monkeypatch: pytest.MonkeyPatch, data: Path, lang: str, step: int
) -> None:
    case = open_case("west-brabant", lang=lang, root=data)
    found = links(bundle(monkeypatch, case, step)["text/html"])
    words = {n: f"{n}. {handbook.step(n).short.in_(lang)}" for n in STEPS}
    wanted = []
    if step > 0:
        wanted.append((notebook_name(0), {"nl": "⌂ Overzicht", "en": "⌂ Overview"}[lang]))
        wanted.append((notebook_name(step - 1), f"‹ {words[step - 1]}"))
    if step < 9:
        wanted.append((notebook_name(step + 1), f"{words[step + 1]} ›"))
    assert found == wanted
    assert all("/" not in href for href, _words in found)


def test_it_says_where_one_is_and_what_kind_of_case_it_is(
    monkeypatch: pytest.MonkeyPatch, example: Case, empty: Case
) -> None:
    found = bundle(monkeypatch, example, 4)
    short = handbook.step(4).short.in_("en")
    assert found["text/plain"] == f"Voorbeeldregio · 4. {short}"
    assert "<strong>Voorbeeldregio</strong>" in found["text/html"]
    assert "<span>FICTIONAL EXAMPLE</span>" in found["text/html"]
    assert found["text/html"].startswith('<nav lang="en" ')
    assert found["text/html"].endswith("</nav>")
    assert "FICTIONAL" not in bundle(monkeypatch, empty, 4)["text/html"]


def test_a_name_is_escaped(monkeypatch: pytest.MonkeyPatch, example: Case) -> None:
    example.write({}, [example.info.model_copy(update={"region": "<i>A & B</i>"})])
    html = bundle(monkeypatch, example, 0)["text/html"]
    assert "<i>" not in html
    assert "<strong>&lt;i&gt;A &amp; B&lt;/i&gt;</strong>" in html


def test_a_step_that_isnt_there_is_refused(example: Case) -> None:
    with pytest.raises(KeyError, match="no step 10"):
        header(example, 10)
