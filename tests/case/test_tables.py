"""Every column can be explained to a person, and says what it expects."""

import pytest
from pydantic import ValidationError

from workbook.case.tables import (
    BY_NAME,
    NOT_PUBLISHED,
    SYMBOLS,
    TABLES,
    Ballot,
    Criterion,
    Involvement,
    Meeting,
    Option,
    Party,
    Pledge,
    Priority,
    Score,
    Source,
    kinds,
    to_text,
)
from workbook.locale import translator

COLUMNS = [(model, name) for model in TABLES for name in model.columns()]
IDS = [f"{model.table}.{name}" for model, name in COLUMNS]


def test_there_is_one_model_per_table():
    assert len(BY_NAME) == len(TABLES) == 20
    assert list(BY_NAME) == [model.table for model in TABLES]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_every_table_says_what_it_is(model):
    assert model.title
    assert model.about.endswith((".", "?"))
    assert model.handbook_step in range(1, 10)
    assert model.columns()[0] == "id"
    assert model.columns()[-1] == "source"
    assert set(model.key) <= set(model.columns())


@pytest.mark.parametrize(("model", "name"), COLUMNS, ids=IDS)
def test_every_column_has_a_title_and_help_and_says_what_it_expects(model, name):
    field = model.model_fields[name]
    assert field.title
    assert field.description.endswith((".", "?"))
    kind = kinds(model)[name]
    for lang in ("nl", "en"):
        expected = kind.expected().render(lang)
        assert expected
        assert "{" not in expected
    assert kind.expected().render("en").endswith("or nothing") is not kind.required


@pytest.mark.parametrize(("model", "name"), COLUMNS, ids=IDS)
def test_titles_help_and_labels_are_dutch_for_a_dutch_reader(model, name):
    dutch = translator("nl")
    help = model.model_fields[name].description
    assert dutch(help) != help
    for choice in kinds(model)[name].choices or ():
        assert dutch(choice.label)


@pytest.mark.parametrize(
    ("model", "name", "expected"),
    [
        (Party, "id", "lower-case letters, digits, - and _, at most 60"),
        (Party, "name", "text"),
        (Party, "note", "text, or nothing"),
        (Party, "stands_for", "a whole number, 1 or more, or nothing"),
        (
            Party,
            "municipal_roles",
            "one or more of director (director of the field), commissioner, funder, separated "
            "by ;, or nothing",
        ),
        (Involvement, "step", "a whole number from 1 to 8"),
        (Involvement, "party", "an id from parties.csv"),
        (Involvement, "intended", "yes or no, or not published, or nothing"),
        (Meeting, "date", "a date as 2026-01-31, or not published, or nothing"),
        (Source, "year", "a whole number from 1900 to 2100, or nothing"),
        (Source, "n", "a whole number, 0 or more, or not published, or nothing"),
        (Criterion, "aliases", "items separated by ;, or nothing"),
        (
            Criterion,
            "found_by",
            "ids from sources.csv, separated by ;, or not published, or nothing",
        ),
        (Option, "short", "text of at most 28 characters, or nothing"),
        (Ballot, "score", "one of -1 (poor), 0 (fair), 1 (good), ? (don't know), or nothing"),
        (Priority, "who", "an id from participants.csv, or plenary"),
    ],
)
def test_what_is_expected_is_said_in_full(model, name, expected):
    assert kinds(model)[name].expected().render("en") == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (("a", "b"), "a;b"),
        ((), ""),
        (3, "3"),
        (Score.MINUS, "-1"),
        (Pledge.GIVEN, "given"),
        (NOT_PUBLISHED, "not published"),
        ("NA", "NA"),
    ],
)
def test_values_as_they_stand_in_a_cell(value, text):
    assert to_text(value) == text


def test_every_score_has_a_symbol():
    assert [SYMBOLS[score] for score in Score] == ["−", "±", "+", "?"]


def test_rows_never_change_and_know_no_other_columns():
    row = Party(id="a", name="A", source="fictional")
    with pytest.raises(ValidationError, match="frozen"):
        row.name = "B"
    with pytest.raises(ValidationError, match="Extra inputs"):
        Party(id="a", name="A", source="fictional", colour="red")
    with pytest.raises(ValidationError, match="source"):
        Party(id="a", name="A", source="")


def test_the_step_that_fills_in_a_column_may_be_a_later_one():
    steps = {name: kind.step for name, kind in kinds(Criterion).items() if kind.step}
    assert steps["selected"] == 5
    assert steps["plus"] == 7
    assert "name" not in steps
