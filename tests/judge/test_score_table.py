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


# --- who has a place


def test_a_place_needs_an_answer_in_every_cell():
    table = ScoreTable.from_ballots(
        ("x", "y", "z"),
        ("a", "b"),
        [
            ("p", "x", "a", PLUS),
            ("q", "x", "b", MINUS),
            ("p", "y", "a", PLUS),
            ("p", "y", "b", DONT_KNOW),
        ],
    )
    assert table.placed.tolist() == [True, False, False]
    tallied = ScoreTable.from_tallies(
        OPTIONS, ("a",), {("x", "a"): (0, 1, 0, 0), ("y", "a"): (0, 0, 0, 9)}
    )
    assert tallied.placed.tolist() == [True, False]


def test_places_where_there_is_little():
    assert ScoreTable.from_tallies((), C, {}).placed.shape == (0,)
    assert ScoreTable.from_tallies(OPTIONS, (), {}).placed.tolist() == [True, True]
    assert ScoreTable.from_ballots(OPTIONS, C, []).placed.tolist() == [False, False]
    with pytest.raises(ValueError, match="bounds are not voices"):
        _ = ScoreTable.from_bounds(OPTIONS, C, {}).placed


# --- choosing

arrays = hnp.arrays(
    np.int8,
    hnp.array_shapes(min_dims=3, max_dims=3, max_side=4),
    elements=st.sampled_from([MINUS, PLUSMINUS, PLUS, DONT_KNOW, NOT_SCORED]),
)


def test_choosing_keeps_the_tables_own_order():
    scores = np.array([[[-1, 0, 1], [0, 0, 0]], [[1, 1, 2], [3, 3, 3]]], dtype=np.int8)
    table = ScoreTable(OPTIONS, C, ("p", "q"), scores=scores, groups={"p": "care", "q": "law"})
    few = table.select(participants=["q", "p"], options=["y", "x"], criteria=iter(["c", "a"]))
    assert (few.participants, few.options, few.criteria) == (("p", "q"), OPTIONS, ("a", "c"))
    assert few.scores.tolist() == [[[-1, 1], [0, 0]], [[1, 2], [3, 3]]]
    one = table.select(participants={"q"}, options=("x",))
    assert one.scores.tolist() == [[[1, 1, 2]]]
    assert one.groups == {"p": "care", "q": "law"}
    # What was chosen from is as it was.
    assert table.scores.shape == (2, 2, 3)


@given(arrays, st.data())
def test_choosing_against_building_anew(array, data):
    table = ballots(array)
    people, options, criteria = (
        data.draw(st.sets(st.sampled_from(ids)))
        for ids in (table.participants, table.options, table.criteria)
    )
    found = table.select(participants=people, options=options, criteria=criteria)
    records = [
        (p, o, c, int(array[i, j, k]))
        for i, p in enumerate(table.participants) if p in people
        for j, o in enumerate(table.options)
        for k, c in enumerate(table.criteria)
    ]  # fmt: skip
    expected = ScoreTable.from_ballots(
        [o for o in table.options if o in options],
        [c for c in table.criteria if c in criteria],
        records,
        participants=[p for p in table.participants if p in people],
    )
    assert found.participants == expected.participants
    assert (found.options, found.criteria) == (expected.options, expected.criteria)
    assert (found.scores == expected.scores).all()
    assert found.n == expected.n


@given(arrays)
def test_choosing_everything_changes_nothing(array):
    table = ballots(array)
    for same in (table.select(), table.select(participants=table.participants)):
        assert same.participants == table.participants
        assert (same.scores == table.scores).all()
        assert same.kind == "ballots"


@given(arrays, st.data())
def test_fewer_people_never_give_an_option_a_place(array, data):
    table = ballots(array)
    rest = table.select(participants=data.draw(st.sets(st.sampled_from(table.participants))))
    assert not (rest.placed & ~table.placed).any()
    assert rest.n <= table.n


def test_choosing_from_tallies_and_bounds():
    cells = {("x", "a"): (1, 2, 3, 4), ("y", "c"): (2, 0, 0, 0)}
    tallied = ScoreTable.from_tallies(OPTIONS, C, cells).select(options=["y"], criteria=["c"])
    assert tallied.kind == "tallies" and tallied.n == 2
    assert tallied.tallies.tolist() == [[[2, 0, 0, 0]]]
    read = ScoreTable.from_bounds(OPTIONS, C, {("x", "a"): (-1, 0)}).select(criteria=["a"])
    assert read.kind == "bounds"
    assert read.bounds[0].tolist() == [[-1, 0]] and np.isnan(read.bounds[1]).all()


def test_choosing_nothing_leaves_an_empty_table():
    table = ScoreTable.from_ballots(OPTIONS, C, [("p", "x", "a", PLUS)])
    nobody = table.select(participants=[])
    assert nobody.n == 0 and nobody.scores.shape == (0, 2, 3)
    assert nobody.counts().sum() == 0 and not nobody.placed.any()
    assert table.select(options=[]).scores.shape == (1, 0, 3)
    assert table.select(criteria=[]).scores.shape == (1, 2, 0)


@pytest.mark.parametrize("what", ["participants", "options", "criteria"])
def test_choosing_a_stranger_is_refused_by_name(what):
    table = ScoreTable.from_ballots(OPTIONS, C, [("p", "x", "a", PLUS)])
    with pytest.raises(ValueError, match=f"{what} names gone"):
        table.select(**{what: ["gone"]})


def test_people_can_only_be_chosen_from_ballots():
    for table in (ScoreTable.from_tallies(OPTIONS, C, {}), ScoreTable.from_bounds(OPTIONS, C, {})):
        with pytest.raises(ValueError, match="participants can only be chosen from ballots"):
            table.select(participants=[])
