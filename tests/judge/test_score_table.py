"""The score table: three ways to give scores, five states, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbook.judge import DONT_KNOW, MINUS, NOT_SCORED, PLUS, PLUSMINUS, ScoreTable

OPTIONS, C = ("x", "y"), ("a", "b", "c")


def ballots(array):
    p, o, c = array.shape
    return ScoreTable(
        tuple(f"o{i}" for i in range(o)),
        tuple(f"c{i}" for i in range(c)),
        tuple(f"p{i}" for i in range(p)),
        scores=array,
    )


def test_ballots_by_hand():
    table = ScoreTable.from_ballots(
        OPTIONS,
        C,
        [
            ("p", "x", "a", PLUS),
            ("p", "x", "b", DONT_KNOW),
            ("q", "x", "a", MINUS),
            ("q", "y", "c", PLUSMINUS),
            ("r", "gone", "a", PLUS),
            ("r", "x", "gone", PLUS),
        ],
        participants=["p", "q", "silent"],
        groups={"p": "care"},
    )
    assert table.kind == "ballots"
    assert table.participants == ("p", "q", "silent")
    assert table.present.tolist() == [True, True, False]
    assert table.n == 2
    assert table.counts()[0].tolist() == [[1, 0, 1, 0], [0, 0, 0, 2], [0, 0, 0, 2]]
    assert table.not_scored()[0].tolist() == [0, 1, 2]
    assert table.groups == {"p": "care"}


def test_a_later_answer_replaces_an_earlier_one():
    table = ScoreTable.from_ballots(("x",), ("a",), [("p", "x", "a", MINUS), ("p", "x", "a", PLUS)])
    assert table.counts().tolist() == [[[0, 0, 1, 0]]]


def test_only_dont_know_is_present():
    table = ScoreTable.from_ballots(("x",), ("a",), [("p", "x", "a", DONT_KNOW)])
    assert table.n == 1
    assert table.counts().tolist() == [[[0, 0, 0, 1]]]


def test_tallies():
    table = ScoreTable.from_tallies(
        OPTIONS, C, {("x", "a"): (1, 2, 3, 4), ("y", "c"): (2, 0, 0, 0)}
    )
    assert table.kind == "tallies"
    assert table.n == 10
    assert table.counts()[0, 0].tolist() == [1, 2, 3, 4]
    assert table.counts()[1].tolist() == [[0] * 4, [0] * 4, [2, 0, 0, 0]]
    assert not table.not_scored().any()


def test_bounds_are_not_voices():
    table = ScoreTable.from_bounds(OPTIONS, C, {("x", "a"): (-1, 0)})
    assert table.kind == "bounds" and table.n == 0
    assert table.bounds[0, 0].tolist() == [-1, 0] and np.isnan(table.bounds[1]).all()
    with pytest.raises(ValueError, match="bounds are not voices"):
        table.counts()


@given(hnp.arrays(np.int8, hnp.array_shapes(min_dims=3, max_dims=3, max_side=4),
                  elements=st.integers(-1, 3)))  # fmt: skip
def test_counts_against_brute_force(array):
    table = ballots(array)
    here = [person for person in array if (person != NOT_SCORED).any()]
    assert table.n == len(here)
    for i in range(array.shape[1]):
        for j in range(array.shape[2]):
            given_ = [int(person[i, j]) for person in here]
            expected = [given_.count(-1), given_.count(0), given_.count(1)]
            assert table.counts()[i, j].tolist() == [*expected, len(here) - sum(expected)]
            assert table.not_scored()[i, j] == given_.count(3)


def test_nothing_at_all():
    for table in (
        ScoreTable.from_ballots((), (), []),
        ScoreTable.from_ballots((), C, []),
        ScoreTable.from_tallies((), C, {}),
        ScoreTable.from_tallies(OPTIONS, (), {}),
        ScoreTable.from_bounds((), (), {}),
    ):
        assert table.n == 0
    assert ScoreTable.from_tallies((), C, {}).counts().shape == (0, 3, 4)
    assert ScoreTable.from_ballots(OPTIONS, C, []).counts().sum() == 0


@pytest.mark.parametrize(
    ("given_", "name"),
    [
        ({}, "exactly one of scores, tallies and bounds"),
        (
            {"tallies": np.zeros((2, 3, 4), int), "bounds": np.zeros((2, 3, 2))},
            "exactly one of scores, tallies and bounds",
        ),
        ({"scores": np.zeros((1, 2, 3), np.int8)}, "scores has shape"),
        ({"scores": np.full((0, 3, 2), 3, np.int8)}, "scores has shape"),
        ({"tallies": np.zeros((2, 3, 3), int)}, "tallies"),
        ({"tallies": np.full((2, 3, 4), -1)}, "tallies"),
        ({"tallies": np.full((2, 3, 4), np.nan)}, "tallies"),
        ({"tallies": np.full((2, 3, 4), 0.5)}, "tallies"),
        ({"bounds": np.zeros((2, 2, 2))}, "bounds has shape"),
        ({"bounds": np.broadcast_to([1.0, -1.0], (2, 3, 2))}, "bounds must be low"),
        ({"bounds": np.broadcast_to([np.nan, 1.0], (2, 3, 2))}, "bounds must be low"),
        ({"bounds": np.broadcast_to([-2.0, 1.0], (2, 3, 2))}, "bounds holds a value"),
        ({"bounds": np.broadcast_to([0.0, 0.5], (2, 3, 2))}, "bounds holds a value"),
        ({"bounds": np.broadcast_to([0.0, np.inf], (2, 3, 2))}, "bounds holds a value"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(given_, name):
    with pytest.raises(ValueError, match=name):
        ScoreTable(OPTIONS, C, **given_)


@pytest.mark.parametrize("state", [-2, 4, 258, 0.5, float("nan"), None, "+"])
def test_an_unknown_state_is_refused(state):
    with pytest.raises(ValueError, match="ballots holds"):
        ScoreTable.from_ballots(OPTIONS, C, [("p", "x", "a", state)])


def test_an_unknown_state_in_an_array_is_refused():
    with pytest.raises(ValueError, match="scores holds"):
        ballots(np.full((1, 1, 1), 4, np.int8))
    with pytest.raises(ValueError, match="scores holds"):
        ballots(np.full((1, 1, 1), np.nan))


@pytest.mark.parametrize("counts", [(1, 2, 3), (1, 2, 3, 4, 5), (0.5, 0, 0, 0), (-1, 0, 0, 0)])
def test_tallies_are_four_whole_numbers(counts):
    with pytest.raises(ValueError, match="tallies"):
        ScoreTable.from_tallies(("x",), ("a",), {("x", "a"): counts})
