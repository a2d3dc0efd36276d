"""Every column has an input with words in both languages, and reads what people type."""

from __future__ import annotations

import pytest

from workbook.case import Case, open_case
from workbook.case.tables import (
    TABLES,
    Criterion,
    Decision,
    Involvement,
    Level,
    Meeting,
    Option,
    Party,
    Row,
    Source,
    kinds,
    to_text,
)
from workbook.forms.fields import Field, field, named, sources, steps, stored, texts, words

KINDS = {"text", "long", "choice", "choices", "number"}
COLUMNS = [(model, name) for model in TABLES for name in model.columns() if name != "id"]


@pytest.fixture
def dutch(example: Case) -> Case:
    return open_case("voorbeeldregio", lang="nl", root=example.folder.parent)


@pytest.mark.parametrize(("model", "name"), COLUMNS)
def test_every_column_has_an_input(example: Case, model: type[Row], name: str) -> None:
    found = field(example, model, name)
    kind = kinds(model)[name]
    assert found.name == name
    assert found.kind in KINDS
    assert found.label and found.help
    assert bool(found.choices) or found.kind not in ("choice", "choices")
    expected = {
        "flag": "choice",
        "choice": "choice",
        "reference": "choice",
        "integer": "number",
        "date": "text",
    }.get(kind.name)
    if expected and name != "step":
        assert found.kind == expected
    assert found.required == (kind.required and name != "source")


@pytest.mark.parametrize(("model", "name"), COLUMNS)
def test_words_are_in_the_readers_language(
    example: Case, dutch: Case, model: type[Row], name: str
) -> None:
    english, nl = field(example, model, name), field(dutch, model, name)
    assert [value for value, _label in english.choices] == [value for value, _label in nl.choices]
    assert english.help != nl.help
    kind = kinds(model)[name]
    if kind.choices:
        for value, label in nl.choices:
            member = next((m for m in kind.choices if m.value == value), None)
            source = member.label if member else value
            assert label == dutch.translate(source)
        assert nl.choices != english.choices
    if kind.name == "flag":
        assert dict(nl.choices)["yes"] == "ja" and dict(english.choices)["no"] == "no"
    if kind.not_published:
        assert dict(nl.choices)["not published"] == "niet gepubliceerd"
    hint = dutch.translate("Separate them by ;")
    assert nl.help.endswith(hint) == (kind.name == "items" and nl.kind == "text")


def test_references_are_told_by_name_and_stored_by_id(example: Case) -> None:
    found = field(example, Decision, "option")
    assert found.choices == tuple((row.id, row.name) for row in example.rows(Option))
    assert field(example, Meeting, "present").kind == "choices"
    assert dict(field(example, Meeting, "steps").choices)["1"].startswith("1. ")
    assert [value for value, _label in steps(example)] == list("12345678")
    assert field(example, Criterion, "example").choices[0][0] != ""


def test_names_are_one_line_and_sentences_are_not(example: Case) -> None:
    assert field(example, Party, "name").kind == "text"
    assert field(example, Party, "note").kind == "long"
    assert field(example, Meeting, "date").kind == "text"
    assert field(example, Meeting, "people").kind == "number"


def test_sources_are_what_a_row_may_come_from(example: Case, empty: Case) -> None:
    found = sources(example)
    assert found[0] == ("fictional", "fictional")
    assert found[-1] == ("not recorded", "not recorded")
    assert set(named(example, Source)) | set(named(example, Meeting)) == set(found[1:-1])
    assert sources(empty) == [("not recorded", "not recorded")]


def test_a_row_as_texts_is_what_its_file_holds(example: Case) -> None:
    row = example.rows(Option)[0]
    assert texts(row) == {name: to_text(getattr(row, name)) for name in Option.columns()}
    assert texts(row)["members"] == "ervaringsteam" and texts(row)["current"] == "no"


@pytest.mark.parametrize("name", ["level", "way", "took_part", "step"])
def test_a_choice_may_be_typed_by_its_words_in_either_case(
    example: Case, dutch: Case, name: str
) -> None:
    for case in (example, dutch):
        found = field(case, Involvement, name)
        assert len(found.choices) > 1
        for value, label in found.choices:
            for typed in (label, label.upper(), f" {label.lower()} ", value, value.upper()):
                assert stored(found, typed) == value
    assert stored(field(dutch, Involvement, "level"), "BESTUUR") == Level.BOARD


def test_several_choices_may_be_typed_too(example: Case) -> None:
    found = field(example, Meeting, "present")
    names = dict(found.choices)
    ids = ["opvang", "welzijn", "regiobureau"]
    assert all("," not in names[id] for id in ids)
    assert stored(found, ", ".join(names[id] for id in ids)) == ";".join(ids)
    assert stored(found, f"{names['opvang'].upper()};welzijn; ;") == "opvang;welzijn"
    assert stored(found, "opvang;somebody new") == "opvang;somebody new"
    assert stored(found, "") == ""


def test_what_is_no_choice_is_left_to_be_seen(example: Case) -> None:
    found = field(example, Decision, "status")
    assert stored(found, " perhaps ") == "perhaps"
    assert stored(field(example, Party, "name"), " Yes ") == " Yes "


def test_words_that_two_share_choose_neither() -> None:
    """The person sees that it is refused, instead of the last one being taken."""
    found = Field("source", "", "", "choice", (("a", "Talk"), ("b", "talk"), ("c", "Book")))
    assert [stored(found, text) for text in ("Talk", "A", "b", "book")] == ["Talk", "a", "b", "c"]


def test_words_of_what_is_stored(dutch: Case) -> None:
    level = field(dutch, Involvement, "level")
    assert words(level, "board") == "bestuur"
    assert words(level, "elsewhere") == "elsewhere"
    names = dict(field(dutch, Meeting, "present").choices)
    found = words(field(dutch, Meeting, "present"), "opvang;welzijn")
    assert found == f"{names['opvang']}, {names['welzijn']}"
    assert words(field(dutch, Party, "note"), "a;b") == "a;b"
    for name in ("date", "people"):
        assert words(field(dutch, Meeting, name), "not published") == "niet gepubliceerd"
        assert words(field(dutch, Meeting, name), "12") == "12"
    assert words(field(dutch, Criterion, "found_by"), "not published") == "niet gepubliceerd"
    source = field(dutch, Party, "source")
    assert words(source, "m1: blz. 2") == "m1: blz. 2"
