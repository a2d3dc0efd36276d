"""The console: how many, never what; and the same after a restart, whatever the stage."""

from __future__ import annotations

import asyncio
import hashlib
from importlib import import_module

import pytest

from workbook.case import open_case
from workbook.case.tables import Ballot, Names, Participant, Round, Score, State
from workbook.exhibits import score_heatmap
from workbook.forms.console import Console, console
from workbook.session.ballot import Change, Stage
from workbook.session.box import box_path
from workbook.session.session import Session


@pytest.fixture
def desk(example):
    """A console with a new round that isn't open yet."""
    made = Console(example)
    made.second.click()
    yield made
    made.close()


def score(desk, how_many, value=Score.PLUS):
    """Score everything for the first participants, as the ballot page does."""
    box = Session(desk._case).box
    for person, code in list(box.admission.codes().items())[:how_many]:
        cells = box.asked(desk.round.value).cells
        change = Change(desk.round.value, code, f"{person}-{value}", dict.fromkeys(cells, value))
        box.save(change)
    box.close()
    desk.refresh()


def words(desk):
    return [button.description for button in desk.buttons.children]


def digest(case):
    return hashlib.sha256((case.folder / "ballots.csv").read_bytes()).hexdigest()


def again(desk):
    """Make a console as a new kernel does."""
    return Console(open_case(desk._case.region, "en", desk._case.folder.parent))


def test_nothing_is_made_on_this_machine_before_a_session_is_set_up(example):
    made = Console(example)
    assert not box_path(example.folder).exists()
    assert "revealed" in made.stands.value
    assert words(made) == ["Add another round"]
    made.close()


def test_a_new_round_is_chosen_and_waits_to_be_opened(desk, example):
    assert desk.round.value == "r3"
    assert example.get(Round, "r3").state is State.SETUP
    assert words(desk) == ["Open the round"]


def test_the_count_rises_and_says_nothing_of_what(desk):
    desk.opening.click()
    assert "0 of 12 have scored" in desk.stands.value
    score(desk, 1)
    assert "1 of 12 have scored" in desk.stands.value
    score(desk, 7, Score.MINUS)
    assert "7 of 12 have scored" in desk.stands.value
    assert "7 complete" in desk.stands.value and "7 on the ballot page" in desk.stands.value
    assert words(desk) == ["Close the round"]


def test_closing_leaves_the_case_alone_and_revealing_writes_it(desk, example):
    before, shown = digest(example), score_heatmap(example).alt
    desk.opening.click()
    score(desk, 3)
    desk.closing.click()
    assert digest(example) == before and score_heatmap(example).alt == shown
    desk.revealing.click()
    assert words(desk) == ["Yes, reveal to everybody", "Not yet"]
    assert digest(example) == before
    desk.no.click()
    assert words(desk) == ["Reveal", "Open it again"]
    desk.revealing.click()
    desk.yes.click()
    assert digest(example) != before
    mine = [row for row in example.rows(Ballot) if row.round == "r3" and row.score]
    assert {row.participant for row in mine} == {"p01", "p02", "p03"}
    assert {row.score for row in mine} == {Score.PLUS}
    assert "3 people scored" in score_heatmap(example).sentence
    assert "Revealed" in desk.answer.value


@pytest.mark.parametrize("stage", ["setup", "open", "closed", "revealing", "revealed"])
def test_after_a_restart_it_shows_the_same(desk, stage):
    if stage != "setup":
        desk.opening.click()
        score(desk, 2)
    if stage in ("closed", "revealing", "revealed"):
        desk.closing.click()
    if stage == "revealing":  # the kernel died in the middle of the reveal
        desk.session.box.begin_reveal("r3", {})
    if stage == "revealed":
        desk.revealing.click()
        desk.yes.click()
    later = again(desk)
    later.round.value = "r3"
    expected = {
        "setup": ["Open the round"],
        "open": ["Close the round"],
        "closed": ["Reveal", "Open it again"],
        "revealing": ["Add another round"],
        "revealed": ["Add another round"],
    }[stage]
    assert words(later) == expected
    if stage == "revealing":  # finished at the next opening
        assert later._case.get(Round, "r3").state is State.REVEALED
        assert any(row.round == "r3" for row in later._case.rows(Ballot))
    later.close()


def test_who_comes_later_is_counted_and_who_leaves_keeps_what_was_saved(desk, example):
    desk.opening.click()
    score(desk, 2)
    people = example.rows(Participant)
    late = people[0].model_copy(update={"id": "p13"})
    example.write({Participant: [*people, late]})
    desk.session.follow_people()
    desk.refresh()
    assert "2 of 13 have scored" in desk.stands.value
    code = desk.session.box.admission.codes()["p13"]
    assert desk.session.box.admission.is_ours(code)
    left = [row for row in example.rows(Participant) if row.id != "p13"]
    example.write({Participant: left})
    desk.session.follow_people()
    assert desk.session.box.admission.is_ours(code) is None
    desk.refresh()
    assert "2 of 12 have scored" in desk.stands.value


def test_what_can_not_be_done_is_said_and_changes_nothing(desk, example):
    rows = example.rows(Round)
    none = [row.model_copy(update={"names": None}) if row.id == "r3" else row for row in rows]
    example.write({Round: none})
    desk.opening.click()
    assert 'role="alert"' in desk.answer.value
    assert "first choose whether scores are by name or anonymous" in desk.answer.value
    assert desk.session.box.stage("r3") is Stage.SETUP
    assert example.get(Round, "r3").state is State.SETUP


def test_an_anonymous_round_has_ids_of_its_own_and_no_one_is_missing(desk, example):
    rows = example.rows(Round)
    quiet = [
        row.model_copy(update={"names": Names.ANONYMOUS}) if row.id == "r3" else row for row in rows
    ]
    example.write({Round: quiet})
    desk.opening.click()
    score(desk, 12)
    desk.closing.click()
    desk.revealing.click()
    desk.yes.click()
    who = {row.participant for row in example.rows(Ballot) if row.round == "r3"}
    assert len(who) == 12 and not who & {row.id for row in example.rows(Participant)[:12]}
    assert "12 of 12 have scored" in desk.stands.value
    assert "24" not in score_heatmap(example).alt
    # In a later round these ids are nobody.
    assert len(desk.session.people()) == 12


def test_kept_output_shows_stored_rounds_only(desk):
    desk.opening.click()
    score(desk, 5)
    text = desk.readable()["text/plain"]
    assert text.splitlines()[0] == "Working session"
    assert "Round 3 | by name | open | –" in text
    assert "5" not in text


def test_it_looks_by_itself_in_a_kernel(example, monkeypatch):
    # The function hides the module of the same name.
    monkeypatch.setattr(import_module("workbook.forms.console"), "_EVERY", 0.01)

    async def room():
        made = Console(example)
        made.second.click()
        made.opening.click()
        box = Session(example).box
        cells = box.asked("r3").cells
        box.save(
            Change("r3", box.admission.codes()["p05"], "x", dict.fromkeys(cells, Score.PLUSMINUS))
        )
        for _ in range(200):
            await asyncio.sleep(0.02)
            if "1 of 12" in made.stands.value:
                break
        seen = made.stands.value
        made.close()
        return seen

    assert "1 of 12 have scored" in asyncio.run(room())


def test_a_cell_that_is_run_again_has_one_console(example):
    first = console(example)
    second = console(example)
    assert first is not second and first.comm is None
    second.close()
