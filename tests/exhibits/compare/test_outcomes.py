"""Outcomes and orders: what was computed and what was decided stay apart."""

from __future__ import annotations

from collections.abc import Sequence

from tests.exhibits.compare.generated import stage
from workbook.case import Case, Cases
from workbook.case.tables import Ballot, Criterion, Decision, Priority, Round, State
from workbook.exhibits import compare
from workbook.exhibits.compare.asking import enough, questions_of
from workbook.exhibits.compare.outcomes import outcome_of
from workbook.exhibits.compare.priorities import order_of
from workbook.exhibits.preference.judged import judged


def line(exhibit, region: str):
    return exhibit.table[exhibit.table["Region"] == region].iloc[0]


def test_the_example_decided_otherwise_than_its_scores(both: Sequence[Case]) -> None:
    shown = compare.outcomes(both)
    mine = line(shown, "Voorbeeldregio (fictional)")
    assert mine["The scores support"] == "Regio+welzijn+opvang"
    assert mine["Form that the scores support"] == "partnership"
    assert mine["How firmly"].startswith("leaning (k = ")
    assert (mine["Decided"], mine["Form decided on"]) == ("Eigen stichting", "independent position")
    assert "Decided otherwise than the scores: Voorbeeldregio (fictional)." in shown.sentence


def test_of_a_text_readings_are_counted_and_nothing_is_supported(both: Sequence[Case]) -> None:
    mine = line(compare.outcomes(both), "West-Brabant (from a text)")
    assert mine["The scores support"] == "–"
    assert mine["How firmly"].startswith("no verdict; of ")
    assert mine["Status"] == "confirmed"
    assert (
        outcome_of(both[1]).shares["partnership"] > outcome_of(both[1]).shares["one_organisation"]
    )


def test_a_region_without_a_firm_first_names_no_option(thirty: Cases) -> None:
    for place, case in enumerate(thirty):
        found = outcome_of(case)
        if stage(place) in ("tied",):
            assert judged(case) is None or found.row == "undecided"
            assert found.option == ""
        if found.look in ("clear", "leaning"):
            assert found.option and judged(case).verdict.winner


def test_a_decision_changes_nothing_about_support(both: Sequence[Case]) -> None:
    before = line(compare.outcomes(both), "West-Brabant (from a text)")
    case = both[1]
    rows = [row for row in case.rows(Decision) if row.step != 7]
    case.write({Decision: rows})
    after = line(compare.outcomes(both), "West-Brabant (from a text)")
    assert after["How firmly"] == before["How firmly"]
    assert after["Decided"] == "not published"


def test_scores_that_are_not_revealed_do_not_show(example: Case) -> None:
    rounds = [row.model_copy(update={"state": State.CLOSED}) for row in example.rows(Round)]
    example.write({Round: rounds})
    # A matrix that was read is left, which gets no verdict.
    assert (outcome_of(example).look, outcome_of(example).option) == ("read", "")
    table = compare.outcomes(Cases([example])).table
    assert table.iloc[0]["The scores support"] == "–"


def test_the_published_order_shows_with_what_was_not_ranked(both: Sequence[Case]) -> None:
    shown = compare.priorities(both)
    mine = shown.table[shown.table["Region"] == "West-Brabant (from a text)"]
    places = dict(zip(mine["In the region's words"], mine["Place"], strict=True))
    assert places == {
        "Instroom casuïstiek": "1",
        "Brede inzet": "2",
        "Samenwerking": "3",
        "Imago": "not ranked",
        "Werkgebied": "not ranked",
    }
    assert set(mine["Whose order"]) == {"the room's order, as published"}


def test_ties_are_told(both: Sequence[Case]) -> None:
    shown = compare.priorities(both)
    assert "Voorbeeldregio (fictional) 3=" in shown.alt
    texts = [text.get_text() for text in shown.figure.axes[0].texts]
    assert "3= · Korte lijnen" in texts


def test_an_order_of_individuals_is_not_the_room_s(thirty: Cases) -> None:
    place = next(p for p in range(30) if stage(p) == "individual")
    case = thirty[place]
    assert order_of(case).whose == "joint"
    shown = compare.priorities(thirty)
    mine = shown.table[shown.table["Region"] == case.info.region]
    assert mine["Whose order"].str.contains("not the room's").all()
    # No row is pointed at: it would point at a person.
    assert set(mine["Row"]) == {"–"}


def test_no_person_shows(thirty: Cases) -> None:
    people = {row.participant for case in thirty for row in case.rows(Ballot)}
    for make in compare.COMPARISON:
        shown = make(thirty)
        told = {str(value) for column in shown.table for value in shown.table[column]}
        assert not people & set(" ".join(told).split())


def test_a_region_gathers_its_own_first(thirty: Cases) -> None:
    for place, case in enumerate(thirty):
        about = {question.about for question in questions_of(thirty, place)}
        if not case.rows(Criterion):
            assert "criteria" not in about
    table = compare.questions(thirty).table
    mine = table[table["Region"] == "Gooi en Vechtstreek"]
    assert mine["Question to consider"].tolist() == [
        "own criteria first", "own preconditions first", "own longlist first", "own parties first",
    ]  # fmt: skip


def test_a_question_is_about_what_was_never_considered(both: Sequence[Case]) -> None:
    table = compare.questions(both).table
    subjects = table[table["Region"] == "Voorbeeldregio (fictional)"]["Subject"].tolist()
    assert "Support and commitment" in subjects
    # Dropped after it was considered, with a reason: no question.
    assert "Inflow of casework" not in subjects
    assert "Availability of experts by experience" not in subjects


def test_a_text_is_not_asked_anything(both: Sequence[Case]) -> None:
    assert questions_of(both, 1) == []


def test_how_often_is_often_enough() -> None:
    assert [enough([None] * n) for n in (0, 1, 2, 3, 6, 7, 29)] == [1, 1, 1, 2, 2, 3, 10]


def test_every_question_has_enough_regions_behind_it(thirty: Cases) -> None:
    table = compare.questions(thirty).table
    counts = [n for n in table["In how many other regions"] if n != "–"]
    assert counts and min(counts) >= 2


def test_places_follow_a_changed_rank(example: Case) -> None:
    rows = [
        row.model_copy(update={"rank": 6}) if (row.who, row.rank) == ("plenary", 1) else row
        for row in example.rows(Priority)
    ]
    example.write({Priority: rows})
    shown = compare.priorities(Cases([example]))
    assert "Dicht bij beleid: Voorbeeldregio (fictional) 6" in shown.alt.splitlines()
