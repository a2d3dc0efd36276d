"""Ids for new rows: sound, unique, and telling nothing about a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from workbook.case.naming import new_id
from workbook.case.tables import (
    TABLES,
    Argument,
    Ballot,
    Collaboration,
    Criterion,
    Decision,
    Involvement,
    Link,
    Meeting,
    Participant,
    Party,
    Priority,
    Round,
    ScanAnswer,
    Source,
)
from workbook.case.tables.base import Slug


@pytest.mark.parametrize(
    ("model", "cells", "id"),
    [
        (Party, {"name": "Gemeente ’s-Hertogenbosch"}, "gemeente-s-hertogenbosch"),
        (Criterion, {"name": "Één vaste plék"}, "een-vaste-plek"),
        (Decision, {"subject": "De shortlist", "choice": "ja"}, "de-shortlist"),
        (Argument, {"claim": "x" * 80}, "x" * 60),
        (Argument, {"claim": "a" * 59 + " bc"}, "a" * 59),
        (Collaboration, {"party": "politie", "work": "Gastlessen"}, "gastlessen"),
        (Collaboration, {"party": "politie", "work": ""}, "politie"),
        (Link, {"party": "veilig-thuis", "other": "a_b"}, "veilig-thuis-a_b"),
        (Involvement, {"step": "1", "party": "opvang", "way": ""}, "1-opvang"),
        (Priority, {"round": "r1", "who": "plenary", "criterion": "c"}, "r1-plenary-c"),
        (ScanAnswer, {"organisation": "opvang", "item": "q01"}, "opvang-q01"),
        (Party, {"name": "😀"}, "party-1"),
        (Criterion, {"name": "معيار"}, "criterion-1"),
        (Meeting, {}, "meeting-1"),
        (Ballot, {}, "ballot-1"),
        (Party, {"name": None}, "party-1"),
        (Meeting, {"name": "Plenary"}, "plenary"),
        (Source, {"name": "not_published"}, "not_published-2"),
        (Participant, {"group": "other", "name": "Plenary"}, "p01"),
        (Round, {"name": "Eerste ronde"}, "r1"),
    ],
)
def test_an_id_says_what_the_row_is_about(model, cells, id):
    assert new_id(model, cells, ()) == id


@pytest.mark.parametrize(
    ("model", "cells", "taken", "id"),
    [
        (Party, {"name": "Opvang"}, {"opvang"}, "opvang-2"),
        (Party, {"name": "Opvang"}, {"opvang", "opvang-2", "opvang-3"}, "opvang-4"),
        (Party, {"name": "😀"}, {"party-1"}, "party-2"),
        (Argument, {"claim": "x" * 60}, {"x" * 60}, "x" * 58 + "-2"),
        (Argument, {"claim": "x" * 57 + " yz"}, {"x" * 57 + "-yz"}, "x" * 57 + "-2"),
        (Participant, {}, {"p01", "p02"}, "p03"),
        (Participant, {}, {"p01", "p12", "plenary"}, "p13"),
        (Participant, {}, {"p99"}, "p100"),
        (Participant, {}, {"p1"}, "p02"),
        (Round, {}, {"r0", "r1", "r2"}, "r3"),
        (Round, {}, {"ronde-werksessie"}, "r1"),
        (Round, {}, {"r" + "9" * 40}, "r1"),
    ],
)
def test_an_id_that_is_taken_is_not_given_again(model, cells, taken, id):
    assert new_id(model, cells, taken) == id


WORDS = st.text() | st.sampled_from(["plenary", "not_published", "p01", "a" * 70, "-", "_"])


@given(st.data(), st.sampled_from(TABLES))
def test_any_words_give_ids_that_fit_and_differ(data, model):
    cells = data.draw(st.fixed_dictionaries(dict.fromkeys(model.columns(), WORDS)))
    taken = set(data.draw(st.lists(WORDS)))
    for _ in range(12):
        id = new_id(model, cells, taken)
        assert TypeAdapter(Slug).validate_python(id) == id
        assert id not in taken
        assert (model, id) != (Participant, "plenary")
        taken.add(id)
