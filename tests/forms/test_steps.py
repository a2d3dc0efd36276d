"""Every function of the notebooks shows something, for any region, in either language."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from workbook.case import Case, open_case
from workbook.case.tables import Criterion, Decision, Option, Party
from workbook.case.tables.document import Passage
from workbook.case.template import new_region
from workbook.forms import steps
from workbook.forms.board import Board
from workbook.forms.front import FrontDoor
from workbook.forms.page import PageButton
from workbook.forms.widget import FormView
from workbook.report import handout_html, report_files_html, report_html

Function = Callable[[Case], None]
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)> & “quotes”"

FUNCTIONS: dict[str, tuple[Function, type]] = {
    "front_door": (lambda case: steps.front_door(case, lambda *given: None), FrontDoor),
    "board": (steps.board, Board),
    "handout": (lambda case: steps.handout(case, handout_html), PageButton),
    "report": (lambda case: steps.report(case, report_html), PageButton),
    "report_files": (lambda case: steps.report_files(case, report_files_html), PageButton),
    **{
        function.__name__: (function, FormView)
        for function in (
            steps.facts,
            steps.beginnings,
            steps.deployment,
            steps.involvement,
            steps.screening,
            steps.rounds,
            steps.scores,
            steps.hands,
            steps.priorities,
            steps.scan,
            steps.commitments,
            steps.recommendations,
            steps.scenario,
        )
    },
    "decision": (lambda case: steps.decision(case, 7), FormView),
    "table": (lambda case: steps.table(case, "parties", ["name"], ["note"]), FormView),
    "some": (
        lambda case: steps.table(
            case, "criteria", ["name", "plus"], where={"selected": "yes"}, free=False
        ),
        FormView,
    ),
}


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    found: list[Any] = []
    monkeypatch.setattr(steps, "display", found.append)
    return found


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("region", ["voorbeeldregio", "west-brabant", "twente"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_it_shows_something_that_reads_without_a_kernel(
    shown: list[Any], data: Path, name: str, region: str, lang: str
) -> None:
    if region == "twente":
        new_region("twente", data, lang)
    function, kind = FUNCTIONS[name]
    function(open_case(region, lang=lang, root=data))
    assert len(shown) == (2 if name == "deployment" else 1)
    for view in shown:
        assert isinstance(view, kind)
        bundle = view._repr_mimebundle_()
        assert bundle["text/plain"].strip()
        assert Tags.of(bundle["text/html"]).text.strip()
        assert str(data) not in bundle["text/plain"] + bundle["text/html"]


def test_every_function_of_the_package_is_tried_here() -> None:
    from workbook import forms

    mine = {name for name in forms.__all__ if hasattr(steps, name)}
    assert mine - set(FUNCTIONS) == {
        "what_if",  # these are no forms, and have tests of their own
        "console",
        "facilitation",
    }
    assert len(mine) == 23


class Tags(HTMLParser):
    """The tags and attributes of a piece of HTML, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    @classmethod
    def of(cls, html: str) -> Tags:
        found = cls()
        found.feed(html)
        return found

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_people_typed_is_text_and_never_markup(
    shown: list[Any], example: Case, name: str
) -> None:
    nasty(example)
    FUNCTIONS[name][0](example)
    for view in shown:
        found = Tags.of(view._repr_mimebundle_()["text/html"])
        assert found.tags <= {
            *("p", "strong", "table", "thead", "tbody", "tr", "th", "td"),
            *("div", "style", "a"),
        }
        assert not [attribute for attribute in found.attributes if attribute.startswith("on")]


@pytest.mark.parametrize(
    "name", ["facts", "beginnings", "scenario", "recommendations", "deployment", "table", "some",
             "decision", "screening", "commitments", "involvement", "scan"]
)  # fmt: skip
def test_what_people_typed_is_there(shown: list[Any], example: Case, name: str) -> None:
    nasty(example)
    FUNCTIONS[name][0](example)
    assert NASTY in Tags.of(shown[0]._repr_mimebundle_()["text/html"]).text


def nasty(case: Case) -> None:
    """Put markup in everything that people can name."""

    def first(model: type, field: str, keep: Callable[[Any], bool] = lambda row: True) -> list:
        rows = list(case.rows(model))
        place = next(n for n, row in enumerate(rows) if keep(row))
        rows[place] = rows[place].model_copy(update={field: NASTY})
        return rows

    passage = Passage(id="x1", text=NASTY, source="fictional")
    info = case.info.model_copy(
        update={
            "region": NASTY,
            "origin": (passage,),
            "deployment": case.info.deployment.model_copy(
                update={"core": passage.model_copy(update={"id": "x2"})}
            ),
        }
    )
    recommendations = list(case.scenario.recommendations)
    recommendations[0] = recommendations[0].model_copy(update={"text": NASTY})
    scenario = case.scenario.model_copy(
        update={"summary": (passage,), "recommendations": tuple(recommendations)}
    )
    options = [row.model_copy(update={"short": None}) for row in first(Option, "name")]
    case.write(
        {
            Option: options,
            Criterion: first(Criterion, "name"),
            Decision: first(Decision, "choice", lambda row: row.step == 7),
            Party: first(Party, "name", lambda row: row.id == "opvang"),
        },
        [info, scenario],
    )
