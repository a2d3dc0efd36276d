"""``show``: a widget that follows the case and is readable without one."""

from __future__ import annotations

import base64

from workbook import exhibits
from workbook.case import Case
from workbook.case.tables import Ballot, Criterion, Option, Score, Tally
from workbook.forms import Shown

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
