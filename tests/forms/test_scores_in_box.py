"""Typing forms in while a round is in the ballot box: they go in, and nobody sees them again."""

from __future__ import annotations

import pytest

from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import Ballot, Names, Priority, Score
from workbook.forms.form import Form
from workbook.forms.priorities import Priorities
from workbook.forms.scores import Scores
from workbook.forms.state import view_state
from workbook.session.ballot import Change, Way
from workbook.session.session import Session


@pytest.fixture
def session(example):
    """A session with a third round, open."""
    made = Session(example)
    made.open(made.add_round("Third", Names.OPEN))
    yield made
    made.close()


@pytest.fixture
def form(session):
    made = Form(session.case, Scores())
    made.choose("round", "r3")
    made.choose("participant", "p03")
    return made


def own(session, participant="p03"):
    return session.box.ballot("r3", session.box.admission.codes()[participant])


def cells(case):
    return [(o.id, c.id) for o in scored_options(case) for c in scored_criteria(case)]


def test_what_is_saved_goes_to_the_box_and_not_to_the_case(form, session, example):
    before = (example.folder / "ballots.csv").read_bytes()
    first, second = cells(example)[:2]
    form.edit(*first, "+")
    form.edit(*second, "?")
    assert form.save(), form.status
    assert (example.folder / "ballots.csv").read_bytes() == before
    assert own(session).scores == {first: Score.PLUS, second: Score.DONT_KNOW}
    assert own(session).way is Way.HAND


def test_after_saving_nothing_of_it_is_on_the_screen(form, example):
    first = cells(example)[0]
    form.edit(*first, "-")
    form.save()
    assert not any(text for line in form.draft.kept for text in line.cells.values())
    assert "p03 has a ballot there, typed in by hand" in str(view_state(form))
    form.choose("participant", "p04")
    form.choose("participant", "p03")
    assert not any(text for line in form.draft.kept for text in line.cells.values())


def test_an_empty_cell_changes_nothing_and_a_typed_one_counts_last(form, session, example):
    first, second = cells(example)[:2]
    code = session.box.admission.codes()["p03"]
    session.box.save(Change("r3", code, "a", {first: Score.PLUS, second: Score.PLUS}))
    form.edit(*first, "-")
    assert form.save()
    assert own(session).scores == {first: Score.MINUS, second: Score.PLUS}
    assert session.box.count("r3").ways[Way.HAND] == 1


def test_a_closed_round_takes_nothing_and_says_so(form, session, example):
    session.close_round("r3")
    first = cells(example)[0]
    form.edit(*first, "-")
    assert not form.save()
    assert "this round is closed: nothing more is taken" in form.status[1]
    assert form.draft.lines[first[0]][first[1]] == "-"  # what was typed stays there
    assert own(session).version == 0


def test_the_reveal_is_left_to_the_console(form, example):
    assert form.sheet.actions(example, form.context) == []


def test_after_the_reveal_the_case_holds_it_and_the_form_shows_it(form, session, example):
    first = cells(example)[0]
    form.edit(*first, "0")
    form.save()
    session.close_round("r3")
    session.reveal("r3")
    row = next(r for r in example.rows(Ballot) if r.round == "r3" and r.score is not None)
    assert (row.participant, row.option, row.criterion, row.score) == (
        "p03",
        *first,
        Score.PLUSMINUS,
    )
    assert form.sheet.stored_cells(example, form.context)[first] == "0"


@pytest.fixture
def order(session):
    made = Form(session.case, Priorities())
    made.choose("round", "r3")
    made.choose("who", "p03")
    return made


def test_a_person_s_own_order_goes_to_the_box_too(order, session, example):
    before = (example.folder / "priorities.csv").read_bytes()
    order.edit("keten", "rank", "1")
    order.edit("korte-lijnen", "rank", "1")
    assert order.save(), order.status
    assert (example.folder / "priorities.csv").read_bytes() == before
    assert own(session).order == {"keten": 1, "korte-lijnen": 1}
    assert not any(line.cells["rank"] for line in order.draft.kept)
    order.edit("keten", "rank", "2")  # an empty place changes nothing
    assert order.save()
    assert own(session).order == {"keten": 2, "korte-lijnen": 1}
    session.close_round("r3")
    session.reveal("r3")
    found = {
        p.criterion: p.rank for p in example.rows(Priority) if (p.round, p.who) == ("r3", "p03")
    }
    assert found == {"keten": 2, "korte-lijnen": 1}


def test_a_place_that_is_none_is_a_fault_and_nothing_goes_in(order, session):
    order.edit("keten", "rank", "first")
    assert not order.save()
    assert own(session).order == {}
    order.edit("keten", "rank", "1")
    session.close_round("r3")
    assert not order.save()
    assert "this round is closed: nothing more is taken" in order.status[1]


def test_the_room_s_order_is_the_room_s_at_any_time(order, session, example):
    order.choose("who", "plenary")
    order.edit("keten", "rank", "1")
    assert order.save(), order.status
    assert [(p.who, p.criterion) for p in example.rows(Priority) if p.round == "r3"] == [
        ("plenary", "keten")
    ]
    session.close_round("r3")
    session.reveal("r3")
    assert ("plenary", "keten") in {
        (p.who, p.criterion) for p in example.rows(Priority) if p.round == "r3"
    }


def test_a_round_in_the_box_of_another_computer_takes_nothing_and_shows_nothing(
    session, example, tmp_path, monkeypatch
):
    monkeypatch.setenv("WERKBOEK_STATE", str(tmp_path / "another computer"))
    before = (example.folder / "ballots.csv").read_bytes()
    form = Form(example, Scores())
    form.choose("round", "r3")
    form.choose("participant", "p03")
    form.edit(*cells(example)[0], "+")
    assert not form.save()
    assert "ballot box of another computer" in str(view_state(form))
    assert form.sheet.actions(example, form.context) == [], "no reveal from here"
    order = Form(example, Priorities())
    order.choose("round", "r3")
    order.choose("who", "p03")
    order.edit("keten", "rank", "1")
    assert not order.save()
    assert "ballot box of another computer" in str(view_state(order))
    assert (example.folder / "ballots.csv").read_bytes() == before
    assert not any(row.round == "r3" for row in example.rows(Priority))
