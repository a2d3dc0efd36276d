"""The controls of what-if: the picture follows them, and nothing is saved."""

from __future__ import annotations

import pytest

from workbook.case import Case, open_case
from workbook.case.tables import Ballot, Criterion, Priority
from workbook.forms import steps
from workbook.forms.what_if import WhatIf


def words(form: WhatIf) -> str:
    return form.picture.words.value


def test_the_controls_start_at_how_it_stands(example: Case) -> None:
    form = WhatIf(example)
    ranks = {id: control.value for id, control in form.ranks.items()}
    assert ranks["nabij-beleid"] == 1
    assert ranks["onafhankelijk"] == ranks["korte-lijnen"] == 3
    assert (ranks["keten"], ranks["werkgebied"]) == (5, 0)
    assert form.place.value == 50
    assert "Nothing is changed" in words(form)


def test_the_sentence_and_picture_follow_each_control(example: Case) -> None:
    form = WhatIf(example)
    pictures = {form.picture.body.value}
    form.place.value = 80
    assert "± is worth 80%" in words(form)
    pictures.add(form.picture.body.value)
    form.without.value = "municipalities"
    assert "without municipalities" in words(form)
    pictures.add(form.picture.body.value)
    form.ranks["onafhankelijk"].value = 1
    form.ranks["nabij-beleid"].value = 3
    assert "the order is Onafhankelijke stem" in words(form)
    pictures.add(form.picture.body.value)
    assert len(pictures) == 4
    form.back.click()
    assert "Nothing is changed" in words(form)


def test_nothing_is_saved(example: Case) -> None:
    before = {m: example.version(m) for m in (Ballot, Priority)}
    form = WhatIf(example)
    form.ranks["keten"].value = 1
    form.place.value = 10
    again = open_case(example.folder.name, lang="en", root=example.folder.parent)
    assert {m: again.version(m) for m in before} == before


def test_the_controls_follow_the_criteria(example: Case) -> None:
    form = WhatIf(example)
    rows = [
        row.model_copy(update={"selected": False}) if row.id == "keten" else row
        for row in example.rows(Criterion)
    ]
    form.ranks["keten"].value = 1
    example.write({Criterion: rows})
    assert "keten" not in form.ranks
    assert len(form.ranks) == 5
    assert "Nothing is changed" in words(form)


def test_without_scores_or_criteria_it_stands_there_quietly(empty: Case) -> None:
    form = WhatIf(empty)
    assert form.ranks == {}
    form.place.value = 70
    assert "no revealed scores yet" in words(form)


def test_readers_without_a_kernel_get_words(example: Case) -> None:
    bundle = WhatIf(example).readable()
    assert "Nothing is kept." in bundle["text/plain"]
    assert "VBox" not in bundle["text/plain"]


def test_controls_sentence_and_picture_are_displayed(
    example: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    displayed: list = []
    monkeypatch.setattr(steps, "display", displayed.append)
    steps.what_if(example)
    controls, sentence, picture = displayed
    assert isinstance(controls, WhatIf)
    assert "Nothing is changed" in sentence._repr_mimebundle_()["text/plain"]
    assert "image/png" in picture._repr_mimebundle_()
