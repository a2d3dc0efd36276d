"""The weakest or best member, person by person and from bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.judge import ScoreTable
from workbook.judge.joint_scores import best, weakest

N, Z, P, D, OPEN = -1, 0, 1, 2, 3
state = st.sampled_from([N, Z, P, D, OPEN])


def ballots(**rows):
    """Make a table of one criterion from the scores per option, person by person."""
    people = len(next(iter(rows.values())))
    return ScoreTable.from_ballots(
        tuple(rows),
        ["image"],
        [(f"p{i}", o, "image", s) for o, scores in rows.items() for i, s in enumerate(scores)],
        participants=[f"p{i}" for i in range(people)],
    )


def test_minimum_and_maximum_per_person():
    table = ballots(a=[N, Z, P, P, Z], b=[P, P, P, N, Z])
    assert weakest(table, "image", ["a", "b"]).scores.tolist() == [N, Z, P, N, Z]
    assert best(table, "image", ["a", "b"]).scores.tolist() == [P, P, P, P, Z]
    low = weakest(table, "image", ["a", "b"])
    assert low.counts == (2, 2, 1, 0)
    assert (low.low, low.high, low.known) == (0, 0, True)


def test_the_middle_of_the_room_is_not_the_minimum_of_the_middles():
    """Both have ± in the middle, but each person sees one of them as −."""
    table = ballots(a=[N, N, Z, Z, P], b=[P, Z, Z, N, N])
    assert (weakest(table, "image", ["a"]).low, weakest(table, "image", ["b"]).low) == (0, 0)
    together = weakest(table, "image", ["a", "b"])
    assert (together.low, together.high) == (-1, -1)


def test_a_dont_know_stays_one_unless_another_member_settles_it():
    table = ballots(a=[D, D, D, OPEN, D], b=[N, Z, P, N, OPEN])
    assert weakest(table, "image", ["a", "b"]).scores.tolist() == [N, D, D, N, OPEN]
    assert best(table, "image", ["a", "b"]).scores.tolist() == [D, D, P, OPEN, OPEN]
    assert weakest(table, "image", ["a", "b"]).counts == (2, 0, 0, 3)


def test_unknown_answers_leave_the_level_open():
    table = ballots(a=[N, Z, D, D, P])
    found = weakest(table, "image", ["a"])
    assert found.counts == (1, 1, 1, 2)
    assert (found.low, found.high) == (-1, 1)
    assert not found.known
    nearly = weakest(ballots(a=[Z, Z, Z, Z, D]), "image", ["a"])
    assert (nearly.low, nearly.high, nearly.known) == (0, 0, True)


def test_the_ends_of_a_room_in_halves_are_known():
    found = weakest(ballots(a=[N, P]), "image", ["a"])
    assert (found.low, found.high, found.known) == (-1, 1, True)


def test_an_unknown_member_can_only_make_the_weakest_weaker():
    """Where a is ± for everybody, b can't lift the set to +, whatever is thought of b."""
    found = weakest(ballots(a=[Z, Z, Z], b=[D, D, D]), "image", ["a", "b"])
    assert found.scores.tolist() == [D, D, D]
    assert (found.low, found.high, found.known) == (-1, 0, True)


def test_a_member_without_scores_of_its_own_is_unknown_to_everyone():
    table = ballots(a=[N, Z, P])
    found = weakest(table, "image", ["a", None])
    assert found.scores.tolist() == [N, OPEN, OPEN]
    assert best(table, "image", [None, "a"]).scores.tolist() == [OPEN, OPEN, P]
    nothing = weakest(table, "image", [None])
    assert nothing.counts == (0, 0, 0, 3)
    assert (nothing.low, nothing.high, nothing.known) == (-1, 1, False)


def test_who_was_not_there_is_not_counted():
    table = ballots(a=[P, OPEN], b=[Z, OPEN])
    assert weakest(table, "image", ["a", "b"]).counts == (0, 1, 0, 0)


def test_nobody_scored():
    empty = ScoreTable.from_ballots(["a"], ["image"], [])
    found = weakest(empty, "image", ["a"])
    assert found.counts == (0, 0, 0, 0)
    assert not found.known


def test_the_published_image():
    """Annex 2 of the handbook: Veilig Thuis and the shelter less neutral, social work more so.

    − or ± is left open for the first two, and read as + for the third; the wider partnership is
    less neutral through the first two, so nothing changes there.
    """
    table = ScoreTable.from_bounds(
        ["veilig thuis", "shelter", "social work", "silent"],
        ["image"],
        {("veilig thuis", "image"): (N, Z), ("shelter", "image"): (N, Z),
         ("social work", "image"): (P, P)},
    )  # fmt: skip
    now = weakest(table, "image", ["veilig thuis", "shelter"])
    wider = weakest(table, "image", ["veilig thuis", "shelter", "social work"])
    assert (now.low, now.high) == (wider.low, wider.high) == (-1, 0)
    assert now.counts is None
    assert now.scores is None
    top = best(table, "image", ["veilig thuis", "social work"])
    assert (top.low, top.high) == (1, 1)


def test_silence_leaves_open_what_another_member_does_not_settle():
    table = ScoreTable.from_bounds(
        ["poor", "fair", "good", "silent"], ["image"],
        {("poor", "image"): (N, N), ("fair", "image"): (Z, Z), ("good", "image"): (P, P)},
    )  # fmt: skip
    for members, expected in (
        (["poor", "silent"], (-1, -1)),
        (["fair", "silent"], (-1, 0)),
        (["good", None], (-1, 1)),
    ):
        found = weakest(table, "image", members)
        assert (found.low, found.high) == expected
    assert not weakest(table, "image", ["good", "silent"]).known
    assert weakest(table, "image", ["fair", "silent"]).known
    up = best(table, "image", ["good", "silent"])
    assert (up.low, up.high) == (1, 1)


@given(st.lists(st.tuples(state, state, state), min_size=1, max_size=12))
def test_another_member_never_shows_better(rows):
    table = ballots(a=[r[0] for r in rows], b=[r[1] for r in rows], c=[r[2] for r in rows])
    two = weakest(table, "image", ["a", "b"])
    three = weakest(table, "image", ["a", "b", "c"])
    assert three.high <= two.high
    assert sum(three.counts) == sum(two.counts) == table.n
    for person in range(len(rows)):
        if two.scores[person] <= P and three.scores[person] <= P:
            assert three.scores[person] <= two.scores[person]
        if two.scores[person] == N:
            assert three.scores[person] == N
    most = best(table, "image", ["a", "b", "c"])
    assert most.low >= best(table, "image", ["a", "b"]).low


@given(st.lists(st.tuples(state, state), min_size=1, max_size=9))
def test_the_unknown_can_only_fall_within_the_ends(rows):
    """Whatever the unknown answers turn out to be, the middle lies between low and high."""
    table = ballots(a=[r[0] for r in rows], b=[r[1] for r in rows])
    found = weakest(table, "image", ["a", "b"])
    for fill in (N, Z, P):
        filled = [[fill if s > P else s for s in pair] for pair in rows if pair != (OPEN, OPEN)]
        if not filled:
            continue
        lowest = sorted(min(pair) for pair in filled)
        assert found.low <= lowest[(len(lowest) - 1) // 2]
        assert lowest[len(lowest) // 2] <= found.high


@given(st.lists(st.tuples(state, state), min_size=1, max_size=9))
def test_best_is_weakest_turned_round(rows):
    turn = {N: P, Z: Z, P: N, D: D, OPEN: OPEN}
    table = ballots(a=[r[0] for r in rows], b=[r[1] for r in rows])
    mirror = ballots(a=[turn[r[0]] for r in rows], b=[turn[r[1]] for r in rows])
    low, high = weakest(table, "image", ["a", "b"]), best(mirror, "image", ["a", "b"])
    assert [turn[s] for s in low.scores.tolist()] == high.scores.tolist()
    assert (-low.high, -low.low) == (high.low, high.high)


def test_bad_input_is_refused_by_name():
    table = ballots(a=[P])
    for joint in (weakest, best):
        with pytest.raises(ValueError, match="members must not be empty"):
            joint(table, "image", [])
        with pytest.raises(ValueError, match="criterion area is not in the table"):
            joint(table, "area", ["a"])
        with pytest.raises(ValueError, match="members holds x, not in the table"):
            joint(table, "image", ["a", "x"])
        hands = ScoreTable.from_tallies(["a"], ["image"], {("a", "image"): (1, 2, 3, 0)})
        with pytest.raises(ValueError, match="table holds tallies"):
            joint(hands, "image", ["a"])


def test_what_is_given_is_not_changed():
    table = ballots(a=[P, N], b=[N, P])
    before = table.scores.copy()
    weakest(table, "image", ["a", "b"]).scores[:] = P
    weakest(table, "image", ["a"]).scores[:] = P
    assert np.array_equal(table.scores, before)
