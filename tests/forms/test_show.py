"""``show``: a widget that follows the case and is readable without one."""

from __future__ import annotations

import base64
import importlib
from contextlib import suppress

import pytest

from workbook import exhibits
from workbook.case import Case, Cases, open_case
from workbook.case.tables import Ballot, Criterion, Option, Party, Score, Source, Tally
from workbook.forms import Shown, show

WIDGET = "application/vnd.jupyter.widget-view+json"


def test_the_bundle_holds_words_picture_and_widget(example: Case) -> None:
    shown = Shown(exhibits.score_heatmap, example, {})
    words, body = shown.words._repr_mimebundle_(), shown.body._repr_mimebundle_()
    assert set(words) == {WIDGET, "text/html", "text/plain"}
    assert set(body) == {WIDGET, "image/png", "text/plain"}
    assert base64.b64decode(body["image/png"]).startswith(b"\x89PNG")
    assert "Bij het regiobureau × Onafhankelijke stem: −5 ±1 +5 ?1 split" in body["text/plain"]
    assert "FICTIONAL EXAMPLE" in words["text/plain"]


def test_it_redraws_after_a_save_and_stops_when_closed(example: Case) -> None:
    shown = Shown(exhibits.score_heatmap, example, {})
    before = shown.body.value
    rows = [row.model_copy(update={"score": Score.MINUS}) for row in example.rows(Ballot)]
    example.write({Ballot: rows})
    assert shown.body.value != before
    assert "−12 ±0 +0" in shown.body._repr_mimebundle_()["text/plain"]
    shown.close()
    after = shown.body.value
    example.write({Ballot: []})
    assert shown.body.value == after


def test_what_was_missing_appears(example: Case) -> None:
    rows = example.rows(Ballot)
    example.write({Ballot: [], Tally: []})
    shown = Shown(exhibits.support, example, {})
    assert "<img" not in shown.body.value
    example.write({Ballot: rows})
    assert "<img" in shown.body.value


def test_text_from_a_case_is_escaped(example: Case) -> None:
    options = list(example.rows(Option))
    nasty = "<script>alert(1)</script> $x_1$ **b**"
    options[0] = options[0].model_copy(update={"name": nasty, "short": None})
    criteria = [
        row.model_copy(update={"reason": nasty}) if row.selected else row
        for row in example.rows(Criterion)
    ]
    example.write({Option: options, Criterion: criteria})
    for make in (exhibits.score_heatmap, exhibits.criteria_funnel, exhibits.options_by_form):
        shown = Shown(make, example, {})
        for widget in (shown.words, shown.body):
            assert "<script>" not in widget.value
            assert "<script>" not in widget._repr_mimebundle_().get("text/html", "")


def test_a_table_only_exhibit_carries_html(example: Case) -> None:
    shown = Shown(exhibits.records, example, {"of": "parties"})
    bundle = shown.body._repr_mimebundle_()
    assert "<table>" in bundle["text/html"]
    assert "image/png" not in bundle


def counted(make, calls: list[str]):
    """The same exhibit function, which tells when it is called."""

    def made(case: Case, **options: object):
        calls.append(make.__name__)
        return make(case, **options)

    return made


def renamed(case: Case, model: type) -> dict:
    first, *rest = case.rows(model)
    return {model: [first.model_copy(update={"name": f"{first.name} (new)"}), *rest]}


def test_it_redraws_only_when_a_table_it_was_made_from_changes(example: Case) -> None:
    calls: list[str] = []
    shown = Shown(counted(exhibits.records, calls), example, {"of": "parties"})
    assert len(calls) == 1
    example.write(renamed(example, Source))
    example.write(renamed(example, Criterion))
    assert len(calls) == 1
    example.write({Party: example.rows(Party)})  # nothing in it differs
    assert len(calls) == 1
    example.write(renamed(example, Party))
    assert len(calls) == 2
    assert "(new)" in shown.body.value


def test_it_redraws_for_the_documents_too(example: Case) -> None:
    calls: list[str] = []
    shown = Shown(counted(exhibits.description, calls), example, {})
    kept = example.info.deployment
    goal = kept.goals[0].model_copy(update={"text": "Iets heel anders"})
    deployed = kept.model_copy(update={"goals": (goal,)})
    example.write({}, [example.info.model_copy(update={"deployment": deployed})])
    assert len(calls) == 2
    assert "Iets heel anders" in shown.words.value + shown.body.value
    example.write({}, [example.scenario.model_copy(update={"follow_up": ()})])
    assert len(calls) == 2


def test_it_follows_what_another_program_writes(example: Case) -> None:
    calls: list[str] = []
    shown = Shown(counted(exhibits.records, calls), example, {"of": "parties"})
    other = open_case("voorbeeldregio", lang="en", root=example.folder.parent)
    other.write(renamed(other, Source))
    assert example.refresh()
    assert len(calls) == 1
    other.write(renamed(other, Party))
    assert example.refresh()
    assert len(calls) == 2 and "(new)" in shown.body.value


def test_the_published_case_is_not_drawn_again(example: Case) -> None:
    calls: list[str] = []

    def reference(case: Case):
        calls.append("reference")
        return exhibits.records(case.reference(), of="parties")

    shown = Shown(reference, example, {})
    assert "Veilig Thuis" in shown.body.value
    for model in (Party, Criterion, Option, Source):
        example.write(renamed(example, model))
    example.write({Ballot: []})
    assert calls == ["reference"]


def test_one_that_cant_be_drawn_is_tried_again(example: Case) -> None:
    broken = [False]

    def fragile(case: Case):
        found = exhibits.records(case, of="parties")
        if broken[0]:
            raise ValueError("drawn badly")
        return found

    shown = Shown(fragile, example, {})
    broken[0] = True
    with suppress(ValueError):
        example.write(renamed(example, Party))
    assert "(new)" not in shown.body.value
    broken[0] = False
    example.write(renamed(example, Source))
    assert "(new)" in shown.body.value


def test_show_displays_the_words_and_then_the_picture(
    example: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    displayed: list = []
    monkeypatch.setattr(importlib.import_module("workbook.forms.show"), "display", displayed.append)
    show(exhibits.score_heatmap, example)
    words, body = displayed
    assert "<strong>" in words.value and "<img" in body.value


def test_several_regions_are_followed_too(example: Case, published: Case) -> None:
    cases = Cases([example, published])
    calls: list[str] = []

    def side_by_side(cases: Cases):
        calls.append("made")
        return exhibits.compare.criteria(cases, cluster="distinguishing")

    shown = Shown(side_by_side, cases, {})
    assert "FICTIONAL" in shown.words.value
    example.write(renamed(example, Party))
    assert calls == ["made"]
    published.write(renamed(published, Criterion))
    example.write(renamed(example, Criterion))
    assert calls == ["made"] * 3
    shown.close()
    published.write(renamed(published, Criterion))
    assert calls == ["made"] * 3
