"""What the browser gets of every form: plain data, in the reader's language, without a path."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbook.case import Case, open_case
from workbook.case.tables import Criterion, Meeting, Option
from workbook.case.template import new_region
from workbook.forms import steps
from workbook.forms.form import Form
from workbook.forms.rows import Rows
from workbook.forms.state import _WORDS, view_state
from workbook.forms.widget import FormView

FORMS = [
    ("facts", steps.facts),
    ("beginnings", steps.beginnings),
    ("deployment", steps.deployment),
    ("involvement", steps.involvement),
    ("screening", steps.screening),
    ("rounds", steps.rounds),
    ("scores", steps.scores),
    ("hands", steps.hands),
    ("priorities", steps.priorities),
    ("scan", steps.scan),
    ("commitments", steps.commitments),
    ("recommendations", steps.recommendations),
    ("scenario", steps.scenario),
    *[(f"decision-{n}", lambda case, n=n: steps.decision(case, n)) for n in range(1, 9)],
    *[
        (name, lambda case, name=name, columns=columns: steps.table(case, name, columns))
        for name, columns in {
            "parties": ["name", "kind", "municipal_roles"],
            "meetings": ["name", "date", "steps", "people", "present"],
            "sources": ["name", "method", "date", "n"],
            "criteria": ["name", "found_by", "cluster", "selected", "combine", "parts"],
            "options": ["name", "form", "members", "current", "shortlisted"],
            "collaborations": ["party", "work"],
            "participants": ["group"],
            "coverage": ["party", "criterion", "part", "level"],
            "links": ["party", "other", "link"],
            "arguments": ["claim", "kind", "stance", "option", "criterion"],
        }.items()
    ],
]


@pytest.fixture(params=["voorbeeldregio", "west-brabant", "twente"])
def region(request: pytest.FixtureRequest, data: Path) -> str:
    if request.param == "twente":
        new_region("twente", data, "nl")
    return request.param


@pytest.fixture(params=["nl", "en"])
def case(request: pytest.FixtureRequest, region: str, data: Path) -> Case:
    return open_case(region, lang=request.param, root=data)


def views(monkeypatch: pytest.MonkeyPatch, case: Case) -> list[FormView]:
    shown: list[FormView] = []
    monkeypatch.setattr(steps, "display", shown.append)
    for _name, function in FORMS:
        function(case)
    return shown


def texts(value: object) -> Iterator[str]:
    """Walk every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part)


def test_every_form_is_plain_data(monkeypatch: pytest.MonkeyPatch, case: Case) -> None:
    found = views(monkeypatch, case)
    assert len(found) == len(FORMS) + 1  # step 2 has two
    for view in found:
        state = view_state(view.form)
        again = json.loads(json.dumps(state))
        assert again["lang"] == case.lang
        assert again["title"] and again["about"]
        assert {"clean"} == {again["status"]["kind"]}
        assert again["changes"] == 0 and again["undo"] is False and again["offer"] == ""
        names = [column["name"] for column in again["columns"]]
        for line in again["lines"]:
            assert list(line["cells"]) == names
            assert not (line["faults"] or line["changed"] or line["fresh"] or line["elsewhere"])
        if again["layout"] == "matrix":
            assert {line["key"] for line in again["lines"]} <= set(again["headings"])


def test_no_form_shares_its_name_with_another(
    monkeypatch: pytest.MonkeyPatch, example: Case
) -> None:
    """The earlier of two with one name would go."""
    names = [view.form.sheet.name for view in views(monkeypatch, example)]
    assert len(set(names)) == len(names)


def test_every_word_is_translated(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    english = set(_WORDS.values())
    forms = {
        lang: [
            view_state(view.form)
            for view in views(monkeypatch, open_case("voorbeeldregio", lang=lang, root=data))
        ]
        for lang in ("nl", "en")
    }
    for dutch, other in zip(forms["nl"], forms["en"], strict=True):
        assert set(dutch["words"]) == set(other["words"]) == set(_WORDS)
        assert english.isdisjoint(dutch["words"].values())
        assert other["words"] == _WORDS
        for part in ("words", "status", "actions", "about", "note"):
            assert english.isdisjoint(texts(dutch[part])), part
        assert dutch["about"] != other["about"]
        for mine, theirs in zip(dutch["columns"], other["columns"], strict=True):
            if mine["help"] and other["layout"] != "matrix":
                assert mine["help"] != theirs["help"]
        for mine, theirs in zip(dutch["selectors"], other["selectors"], strict=True):
            if theirs["choices"] and theirs["choices"][0][0] == "":
                assert mine["choices"][0][1] != theirs["choices"][0][1]


def test_no_path_of_the_machine_is_told(
    monkeypatch: pytest.MonkeyPatch, case: Case, tmp_path: Path
) -> None:
    for view in views(monkeypatch, case):
        told = json.dumps([view.get_state(), view.readable()], default=str)
        assert str(tmp_path) not in told
        assert str(Path.home()) not in told or Path.home() == Path("/")
        assert len(view.place) == len(view.case_place) == 16


def test_a_line_tells_what_is_changed_new_removed_and_wrong(example: Case) -> None:
    form = Form(example, Rows(Criterion, ("name", "cluster")))
    first, second = list(form.draft.lines)[:2]
    form.edit(first, "cluster", "sky")
    form.remove(second)
    if form.asking:
        told = view_state(form)["asking"]
        assert told["key"] == second and "With “" in told["text"]
        form.remove(second, sure=True)
    key = form.add(after=first)
    form.edit(key, "name", "New")
    state = view_state(form)
    lines = {line["key"]: line for line in state["lines"]}
    assert [line["key"] for line in state["lines"]][:3] == [first, key, second]
    assert lines[first]["changed"] == ["cluster"]
    assert lines[first]["faults"]["cluster"].startswith("“sky” can't be used here")
    assert lines[second]["removed"] is True and lines[first]["removed"] is False
    assert lines[key]["fresh"] is True
    assert state["changes"] == 3
    assert state["status"]["kind"] == "unsaved"


def test_a_source_that_is_none_of_the_usual_is_offered_too(example: Case) -> None:
    form = Form(example, Rows(Option, ("name",)))
    form.choose("source", "m7: tafel 2")
    state = view_state(form)["source"]
    assert state["value"] == "m7: tafel 2"
    assert state["choices"][0] == ["m7: tafel 2", "m7: tafel 2"]
    assert ["m7", example.get(Meeting, "m7").name] in state["choices"]


def test_what_another_window_did_is_told_in_words(example: Case) -> None:
    form = Form(example, Rows(Criterion, ("name", "cluster")))
    first, second = list(form.draft.lines)[:2]
    form.edit(first, "cluster", "precondition")
    other = open_case("voorbeeldregio", lang="en", root=example.folder.parent)
    rows = [
        row.model_copy(update={"cluster": "distinguishing"}) if row.id in (first, second) else row
        for row in other.rows(Criterion)
    ]
    other.write({Criterion: rows})
    assert form.look()
    lines = {line["key"]: line for line in view_state(form)["lines"]}
    assert lines[first]["elsewhere"] == {
        "cluster": {"text": "Another window made it: distinguishing", "open": True}
    }
    assert lines[second]["elsewhere"] == {
        "cluster": {
            "text": "Changed in another window; it was: vision (knock-out)",
            "open": False,
        }
    }
    assert view_state(form)["noted"] is True
    form.seen()
    assert view_state(form)["noted"] is False
