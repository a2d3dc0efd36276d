"""The widget: what the browser sends changes the form, and every message is answered."""

from __future__ import annotations

import csv
from typing import Any

import pytest

from workbook.case import Case, CaseError, open_case
from workbook.case.tables import Criterion, Party
from workbook.forms.cross import Cross
from workbook.forms.form import Form
from workbook.forms.passages import Facts
from workbook.forms.rows import Rows
from workbook.forms.scores import Scores
from workbook.forms.widget import FormView, form_view

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def view(example: Case) -> FormView:
    return form_view(example, Rows(Criterion, ("name", "cluster")))


def send(view: FormView, do: Any, number: int = 1, page: str = "v", **given: Any) -> None:
    """Send a message the way that the browser's comes in."""
    message = {"do": do, "with": given, "view": page, "number": number}
    view._handle_custom_msg(message, [])


def cell(view: FormView, key: str, column: str) -> str:
    return next(x["cells"][column] for x in view.state["lines"] if x["key"] == key)


def test_an_edit_changes_the_form_and_is_answered_with_its_number(view: FormView) -> None:
    send(view, "edit", 3, key="visie-rol", column="name", text="Vrije rol")
    assert view.answered == {"v": 3}
    assert cell(view, "visie-rol", "name") == "Vrije rol"
    assert view.state["status"] == {"kind": "unsaved", "text": "Not saved yet (1 changed)."}
    assert view.form.case.get(Criterion, "visie-rol").name == "Eigen, vrije rol"


def test_two_views_are_answered_apart(view: FormView) -> None:
    send(view, "edit", 3, "v", key="visie-rol", column="name", text="A")
    send(view, "edit", 9, "w", key="visie-rol", column="name", text="B")
    send(view, "seen", 4, "v")
    assert view.answered == {"v": 4, "w": 9}
    assert cell(view, "visie-rol", "name") == "B"


def test_a_whole_session_goes_by_messages(view: FormView) -> None:
    case = view.form.case
    send(view, "add", 1, key="+7", after="visie-rol", cells={})
    send(view, "edit", 2, key="+7", column="name", text="Erbij")
    send(view, "edit", 3, key="+7", column="cluster", text="vision")
    send(view, "move", 4, key="+7", by=-1)
    send(view, "save", 5)
    assert view.state["status"]["kind"] == "saved"
    names = [row.name for row in case.rows(Criterion)]
    assert names[:2] == ["Beleid en bewustwording", "Erbij"]
    assert view.state["undo"] is True
    send(view, "undo", 6)
    assert "Erbij" not in [row.name for row in case.rows(Criterion)]
    with (case.folder / "criteria.csv").open(encoding="utf-8", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == [
            row.name for row in case.rows(Criterion)
        ]
    assert view.answered == {"v": 6}


@pytest.mark.parametrize(
    "name",
    ["__init__", "close", "_open", "_after_writing", "fail", "removed", "on_change", "", None, 3],
)
def test_what_may_not_be_asked_is_ignored(view: FormView, name: Any) -> None:
    send(view, "edit", 1, key="visie-rol", column="name", text="A")
    form, state = view.form, view.state
    send(view, name, 2)
    assert view.answered == {"v": 1}
    assert view.state == state
    assert view.form is form
    send(view, "save", 3)  # it still works
    assert view.answered == {"v": 3}
    assert form.case.get(Criterion, "visie-rol").name == "A"


def test_a_message_without_a_name_is_ignored(view: FormView) -> None:
    view._handle_custom_msg({}, [])
    view._handle_custom_msg({"view": "v", "number": 8}, [])
    assert view.answered == {}


def test_what_goes_wrong_inside_is_told_and_answered(
    view: FormView, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Form, **given: Any) -> None:
        raise ZeroDivisionError("secret/path")

    monkeypatch.setattr(Form, "save", broken)
    send(view, "edit", 1, key="visie-rol", column="name", text="Blijft staan")
    with pytest.raises(ZeroDivisionError):
        view._received(view, {"do": "save", "with": {}, "view": "v", "number": 2}, [])
    assert view.answered == {"v": 2}
    status = view.state["status"]
    assert status["kind"] == "failed"
    assert status["text"].startswith("Not done: the workbook went wrong (ZeroDivisionError).")
    assert "secret" not in status["text"]
    assert cell(view, "visie-rol", "name") == "Blijft staan"


@pytest.mark.parametrize(
    "given",
    [{"key": "visie-rol"}, {"key": "visie-rol", "column": "name", "text": "A", "evil": 1}],
)
def test_a_message_with_other_arguments_is_answered_too(
    view: FormView, given: dict[str, Any]
) -> None:
    with pytest.raises(TypeError):
        view._received(view, {"do": "edit", "with": given, "view": "v", "number": 5}, [])
    assert view.answered == {"v": 5}
    assert "TypeError" in view.state["status"]["text"]
    assert cell(view, "visie-rol", "name") == "Eigen, vrije rol"


def test_a_look_that_finds_nothing_draws_nothing(view: FormView) -> None:
    drawn = []
    view.observe(lambda change: drawn.append(change["new"]), "state")
    send(view, "look", 4)
    assert view.answered == {"v": 4}
    assert drawn == []
    other = open_case("voorbeeldregio", lang="en", root=view.form.case.folder.parent)
    rows = [
        row.model_copy(update={"name": "Elders"}) if row.id == "visie-rol" else row
        for row in other.rows(Criterion)
    ]
    other.write({Criterion: rows})
    send(view, "look", 5)
    assert drawn and cell(view, "visie-rol", "name") == "Elders"


def test_a_form_follows_what_another_form_saves(example: Case) -> None:
    names = form_view(example, Rows(Criterion, ("name",)))
    clusters = form_view(example, Rows(Criterion, ("name", "cluster")))
    send(names, "edit", key="visie-rol", column="name", text="Anders")
    send(names, "save")
    assert cell(clusters, "visie-rol", "name") == "Anders"


def test_the_output_reads_without_a_kernel(view: FormView) -> None:
    bundle = view._repr_mimebundle_()
    assert set(bundle) == {WIDGET, "text/html", "text/plain"}
    assert bundle[WIDGET]["model_id"] == view.model_id
    assert bundle["text/plain"].startswith("Criteria\nBeleid en bewustwording | vision (knock-out)")
    assert bundle["text/html"].startswith('<p lang="en"><strong>Criteria</strong></p><table>')
    assert "Eigen, vrije rol" in bundle["text/html"]


def test_an_empty_form_says_so(empty: Case) -> None:
    bundle = form_view(empty, Rows(Party, ("name",)))._repr_mimebundle_()
    assert bundle["text/plain"] == "Parties\nNothing filled in yet."
    assert "<p>Nothing filled in yet.</p>" in bundle["text/html"]


def test_what_people_typed_is_escaped(example: Case) -> None:
    rows = list(example.rows(Criterion))
    rows[0] = rows[0].model_copy(update={"name": "<img src=x onerror=alert(1)> & co"})
    example.write({Criterion: rows})
    html = form_view(example, Rows(Criterion, ("name",))).readable()["text/html"]
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; co" in html


def test_the_output_tells_no_scores_of_one_person_and_no_place(example: Case) -> None:
    view = form_view(example, Scores())
    told = str(view._repr_mimebundle_()) + view.place + view.case_place
    assert str(example.folder) not in told and "voorbeeldregio" not in told
    assert view.state["lines"] == []


def test_places_tell_forms_and_cases_apart(example: Case, published: Case) -> None:
    one, two = form_view(example, Facts()), form_view(example, Scores())
    other = form_view(published, Facts())
    assert one.case_place == two.case_place != other.case_place
    assert len({one.place, two.place, other.place}) == 3


def test_a_second_view_of_the_same_form_takes_the_place_of_the_first(example: Case) -> None:
    """The first follows the case no more, so it may not save any more either."""
    first = form_view(example, Rows(Criterion, ("name",)))
    send(first, "edit", key="visie-rol", column="name", text="Nog niet bewaard")
    second = form_view(example, Rows(Criterion, ("name",)))
    assert cell(second, "visie-rol", "name") == "Nog niet bewaard"
    assert first.comm is None and second.comm is not None
    before = first.state
    send(second, "save")
    assert example.get(Criterion, "visie-rol").name == "Nog niet bewaard"
    assert first.state == before
    assert len(example._observers) == 1


def test_other_forms_stay_open(example: Case, published: Case) -> None:
    first = form_view(example, Rows(Criterion, ("name",)))
    others = [
        form_view(example, Rows(Criterion, ("cluster",))),
        form_view(published, Rows(Criterion, ("name",))),
    ]
    assert first.comm is not None
    assert all(view.comm is not None for view in others)


def test_a_case_that_breaks_elsewhere_is_told_once(view: FormView) -> None:
    path = view.form.case.folder / "criteria.csv"
    whole = path.read_bytes()
    path.write_bytes(b"nonsense\n")
    send(view, "look", 1)
    assert view.state["status"]["kind"] == "failed"
    assert "criteria.csv" in view.state["status"]["text"]
    state = view.state
    send(view, "look", 2)
    assert view.state is state and view.answered == {"v": 2}
    with pytest.raises(CaseError):
        view.form.case.refresh()
    path.write_bytes(whole)
    send(view, "look", 3)
    send(view, "edit", 4, key="visie-rol", column="name", text="Weer")
    send(view, "save", 5)
    assert view.state["status"]["kind"] == "saved"


def test_crossed_forms_are_views_too(example: Case) -> None:
    sheet = Cross(Criterion, {"cluster": lambda case: [("vision", "Vision")]}, ("name",))
    view = form_view(example, sheet)
    assert len(view.state["lines"]) == sum(
        row.cluster == "vision" for row in example.rows(Criterion)
    )
