"""One change in one ballot: what is taken, what is refused, and what a second try does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case.tables import Names, Score
from workbook.session.asked import AskedOption
from workbook.session.ballot import LAST_PLACE, LONGEST_REASON, Refused, Saved, Stage, Way, Why

from .conftest import change

CELL, OTHER = ("o1", "c1"), ("o2", "c2")


def own(box, who="a", round="r"):
    return box.ballot(round, box.admission.codes()[who])


def test_a_saved_score_comes_out_through_its_own_code_with_its_time_and_way(box):
    answer = box.save(change(box, "a", {CELL: Score.DONT_KNOW}, way=Way.EXCEL))
    assert isinstance(answer, Saved) and answer.version == 1 and answer.when.startswith("2026")
    found = own(box)
    assert (found.version, found.way, found.saved) == (1, Way.EXCEL, answer.when)
    assert found.scores == {CELL: Score.DONT_KNOW}
    assert own(box, "b").version == 0 and not own(box, "b").scores


def test_cells_that_are_not_named_stay_and_none_takes_away(box):
    box.save(
        change(
            box,
            "a",
            {CELL: Score.PLUS, OTHER: Score.MINUS},
            reasons={CELL: "because"},
            order={"c1": 1, "c2": 1},
        )
    )
    box.save(change(box, "a", {CELL: None}, order={"c2": None}))
    found = own(box)
    assert found.scores == {OTHER: Score.MINUS}
    assert found.reasons == {CELL: "because"}
    assert found.order == {"c1": 1}
    box.save(change(box, "a", reasons={CELL: "  \n"}))
    assert own(box).reasons == {} and own(box).version == 3


def test_the_same_request_is_one_change_and_gets_the_same_answer(box):
    sent = change(box, "a", {CELL: Score.PLUS}, base=0)
    first = box.save(sent)
    box.save(change(box, "a", {CELL: Score.MINUS}, base=1))
    assert box.save(sent) == first
    assert box.save_all([sent, sent]) == [first, first]
    assert own(box).scores == {CELL: Score.MINUS} and own(box).version == 2


def test_twice_in_one_commit_is_once(box):
    sent = change(box, "a", {CELL: Score.PLUS}, base=0)
    first, second = box.save_all([sent, sent])
    assert first == second and own(box).version == 1


def test_a_request_is_of_one_person_and_one_round_only(box, asked):
    box.save(change(box, "a", {CELL: Score.PLUS}, request="same"))
    box.save(change(box, "b", {CELL: Score.MINUS}, request="same"))
    assert own(box, "b").scores == {CELL: Score.MINUS}
    box.end("r")
    box.set_up("s", Names.OPEN)
    box.open("s", replace(asked, round="Second"))
    box.save(change(box, "a", {CELL: Score.PLUSMINUS}, round="s", request="same"))
    assert own(box, "a", "s").scores == {CELL: Score.PLUSMINUS}
    assert own(box, "a", "r").scores == {CELL: Score.PLUS}


def test_a_stale_page_is_refused_and_told_what_is_stored(box):
    box.save(change(box, "a", {CELL: Score.PLUS}, base=0))
    assert box.save(change(box, "a", {CELL: Score.MINUS}, base=0)) == Refused(Why.STALE, 1)
    assert box.save(change(box, "a", {CELL: Score.MINUS}, base=2)) == Refused(Why.STALE, 1)
    assert own(box).scores == {CELL: Score.PLUS}
    # A refusal isn't remembered: the same try with the right version goes through.
    sent = change(box, "a", {CELL: Score.MINUS}, base=0)
    box.save(sent)
    assert box.save(replace(sent, base=1)) == Saved(2, own(box).saved)


def test_two_tabs_in_one_commit_the_second_is_refused(box):
    answers = box.save_all(
        [
            change(box, "a", {CELL: Score.PLUS}, base=0),
            change(box, "a", {OTHER: Score.PLUS}, base=0),
            change(box, "b", {CELL: Score.MINUS}, base=0),
        ]
    )
    assert [type(answer) for answer in answers] == [Saved, Refused, Saved]
    assert own(box).scores == {CELL: Score.PLUS}


@pytest.mark.parametrize(
    "odd",
    [
        {"scores": {("o9", "c1"): Score.PLUS}},
        {"scores": {("c1", "o1"): Score.PLUS}},
        {"scores": {("o1", "c1"): "+"}},
        {"scores": {("o1", "c1"): 7}},
        {"reasons": {("o9", "c1"): "because"}},
        {"reasons": {CELL: "x" * (LONGEST_REASON + 1)}},
        {"order": {"c9": 1}},
        {"order": {"c1": 0}},
        {"order": {"c1": -1}},
        {"order": {"c1": LAST_PLACE + 1}},
    ],
)
def test_what_the_round_does_not_ask_is_refused_with_everything_beside_it(box, odd):
    scores = {CELL: Score.PLUS, **odd.pop("scores", {})}
    assert box.save(change(box, "a", scores, **odd)) == Refused(Why.UNKNOWN, 0)
    assert own(box).version == 0 and not own(box).scores


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "half \udfff of a sign"])
def test_a_text_that_no_file_can_hold_is_refused_and_harms_nobody_else(box, text):
    """Such a text would end the commit of others, or later the reveal of the whole round."""
    answers = box.save_all(
        [
            change(box, "b", {CELL: Score.PLUS}),
            change(box, "a", {CELL: Score.PLUS}, reasons={CELL: text}),
            change(box, "c", {CELL: Score.PLUS}),
        ]
    )
    assert [type(answer) for answer in answers] == [Saved, Refused, Saved]
    assert answers[1].why is Why.UNKNOWN and own(box).version == 0


def test_a_code_that_is_not_ours_or_was_withdrawn_is_refused(box):
    code = box.admission.codes()["a"]
    sent = change(box, "a", {CELL: Score.PLUS})
    box.admission.withdraw("a")
    assert box.save(sent) == Refused(Why.CODE)
    assert box.save(replace(sent, code="")) == Refused(Why.CODE)
    assert box.save(replace(sent, code="' OR holds --")) == Refused(Why.CODE)
    assert box.ballot("r", code) is None
    assert box.came_by("r") == {}


def test_a_round_that_is_not_there_or_not_open_is_refused(box):
    box.set_up("later", Names.OPEN)
    for round in ("later", "nowhere", ""):
        assert box.save(change(box, "a", {CELL: Score.PLUS}, round=round)) == Refused(Why.ROUND)


def test_after_closing_nothing_is_taken_but_a_second_try_hears_that_it_was_saved(box):
    sent = change(box, "a", {CELL: Score.PLUS})
    first = box.save(sent)
    box.end("r")
    assert box.save(sent) == first
    assert box.save(change(box, "a", {CELL: Score.MINUS})) == Refused(Why.CLOSED, 1)
    assert box.save(change(box, "b", {CELL: Score.MINUS})) == Refused(Why.CLOSED, 0)
    assert own(box).scores == {CELL: Score.PLUS}


def test_what_is_not_asked_any_more_is_kept_but_not_counted(box, asked):
    box.save(change(box, "a", dict.fromkeys(asked.cells, Score.PLUS)))
    box.save(change(box, "b", {("o2", "c1"): Score.PLUS}))
    box.end("r")
    box.open("r", replace(asked, options=(AskedOption("o1", "One"),)))
    assert own(box).scores.keys() == asked.cells
    assert box.save(change(box, "a", {("o2", "c1"): None})).why is Why.UNKNOWN
    assert (box.count("r").begun, box.count("r").complete) == (2, 1)
    assert box.stage("r") is Stage.OPEN


cells = st.sampled_from([("o1", "c1"), ("o1", "c2"), ("o2", "c1"), ("o2", "c2")])
texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
changes = st.fixed_dictionaries(
    {
        "scores": st.dictionaries(cells, st.none() | st.sampled_from(list(Score))),
        "reasons": st.dictionaries(cells, texts),
        "order": st.dictionaries(st.sampled_from(["c1", "c2"]), st.none() | st.integers(1, 99)),
    }
)


@settings(max_examples=60)
@given(sent=st.lists(changes, max_size=6), together=st.booleans())
def test_saves_in_a_row_give_what_a_dictionary_gives(box, sent, together):
    """One commit for all or one for each: the last of each cell counts."""
    model: dict[str, dict] = {"scores": {}, "reasons": {}, "order": {}}
    before = own(box)
    for name in model:
        model[name] = dict(getattr(before, name))
    made = [change(box, "a", **one) for one in sent]
    answers = box.save_all(made) if together else [box.save(one) for one in made]
    assert [answer.version for answer in answers] == [
        before.version + n for n in range(1, len(sent) + 1)
    ]
    for one in sent:
        model["scores"] |= one["scores"]
        model["reasons"] |= {cell: text.strip() for cell, text in one["reasons"].items()}
        model["order"] |= one["order"]
    found = own(box)
    for name, expected in model.items():
        assert dict(getattr(found, name)) == {
            key: value for key, value in expected.items() if value not in (None, "")
        }
