"""The net score: by hand, its bounds, its order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.judge import NetScores, ScoreTable, net_scores

cell = st.tuples(*[st.integers(0, 6)] * 4)


def tallies(rows, names="abcdefgh"):
    options = tuple(f"o{i}" for i in range(len(rows)))
    criteria = tuple(names[: len(rows[0])])
    return ScoreTable.from_tallies(
        options,
        criteria,
        {(o, c): tuple(rows[i][j]) for i, o in enumerate(options) for j, c in enumerate(criteria)},
    )


@st.composite
def tables(draw):
    o, c = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    rows = draw(st.lists(st.lists(cell, min_size=c, max_size=c), min_size=o, max_size=o))
    parts = draw(st.lists(st.integers(1, 9), min_size=c, max_size=c))
    return rows, np.array(parts) / sum(parts), draw(st.floats(0, 1))


def test_by_hand():
    """Of 10 people: a 2−, 4±, 4+ gives v = (4 + 2)/10 and net .2; b 8+, 2 don't know gives 1.

    Weights ¾ and ¼: .75·.2 + .25·1 = .4. With the two as −, b is 2·8/10 − 1 = .6: .3 in all.
    """
    found = net_scores(tallies([[(2, 4, 4, 0), (0, 0, 8, 2)]]), [0.75, 0.25])
    assert found.value == pytest.approx([0.4])
    assert found.low == pytest.approx([0.3])
    assert found.high == pytest.approx([0.4])


@pytest.mark.parametrize(("p", "expected"), [(0, -0.2), (0.5, 0.2), (0.75, 0.4), (1, 0.6)])
def test_the_place_of_plusminus(p, expected):
    """(2−, 4±, 4+): 2·(4 + 4p)/10 − 1."""
    assert net_scores(tallies([[(2, 4, 4, 0)]]), [1], p).value == pytest.approx([expected])


def test_an_empty_cell_gives_no_place():
    found = net_scores(tallies([[(0, 0, 5, 0), (0, 0, 0, 5)], [(5, 0, 0, 0)] * 2]), [0.5, 0.5])
    assert np.isnan(found.value[0]) and found.value[1] == -1
    assert (found.low[0], found.high[0]) == (0, 1)
    assert found.first() == ("o1",)
    assert found.ranking() == ["o1", "o0"]


def test_scores_not_given_count_over_everyone_present():
    """Three present; one scored b: + of 1, two unknown: from 2/3 − 1 to 1."""
    table = ScoreTable.from_ballots(
        ("x",),
        ("a", "b"),
        [("p", "x", "b", 1), ("p", "x", "a", 1), ("q", "x", "a", 1), ("r", "x", "a", 1)],
    )
    found = net_scores(table, [0, 1])
    assert found.value == pytest.approx([1])
    assert found.low == pytest.approx([2 / 3 - 1])
    assert found.high == pytest.approx([1])


def test_hands_not_raised_count_over_everyone_present():
    """Four hands in one cell, one in the other: three are unknown there, from 2/4 − 1 to 1."""
    found = net_scores(tallies([[(0, 0, 4, 0), (0, 0, 1, 0)]]), [0, 1])
    assert found.low == pytest.approx([-0.5])
    assert found.high == pytest.approx([1])


def test_all_dont_know_and_nobody_leave_everything_open():
    for rows in ([[(0, 0, 0, 3)] * 2] * 2, [[(0, 0, 0, 0)] * 2] * 2):
        found = net_scores(tallies(rows), [0.5, 0.5])
        assert np.isnan(found.value).all()
        assert found.low.tolist() == [-1, -1] and found.high.tolist() == [1, 1]
        assert found.first() == ()
        assert found.ranking() == ["o0", "o1"]


def test_ties_share_the_first_place_and_keep_case_order():
    found = net_scores(tallies([[(1, 0, 0, 0)], [(0, 0, 2, 0)], [(0, 0, 5, 0)]]), [1])
    assert found.first() == ("o1", "o2")
    assert found.ranking() == ["o1", "o2", "o0"]


def test_a_tie_survives_the_noise_of_computing():
    """1/1024 lies halfway between two roundings to nine decimals."""
    value = np.array([1 / 1024 - 1e-15, 1 / 1024 + 1e-15, 1 / 1024, np.nan, 0.5])
    found = NetScores(tuple("abcde"), value, value, value)
    assert found.ranking() == ["e", "a", "b", "c", "d"]


def test_no_options_and_one_option():
    none = net_scores(ScoreTable.from_tallies((), ("a",), {}), [1])
    assert none.first() == () and none.ranking() == [] and none.value.shape == (0,)
    assert net_scores(tallies([[(0, 1, 0, 0)]]), [1]).value.tolist() == [0]


@given(tables())
def test_bounds_hold_the_value(case):
    rows, weights, p = case
    found = net_scores(tallies(rows), weights, p)
    placed = ~np.isnan(found.value)
    tiny = 1e-9
    assert ((-1 - tiny <= found.low) & (found.low <= found.high + tiny)).all()
    assert (found.high <= 1 + tiny).all()
    assert (found.low[placed] <= found.value[placed] + tiny).all()
    assert (found.value[placed] <= found.high[placed] + tiny).all()
    empty = [any(sum(c[:3]) == 0 for c in row) for row in rows]
    assert np.isnan(found.value).tolist() == empty
    assert np.isfinite(found.low).all() and np.isfinite(found.high).all()


@given(tables())
def test_first_heads_the_ranking(case):
    rows, weights, p = case
    found = net_scores(tallies(rows), weights, p)
    assert sorted(found.ranking()) == sorted(found.options)
    assert set(found.ranking()[: len(found.first())]) == set(found.first())


@given(tables(), st.data())
def test_raising_one_score_never_lowers_the_net(case, data):
    rows, weights, p = case
    i = data.draw(st.integers(0, len(rows) - 1))
    j = data.draw(st.integers(0, len(weights) - 1))
    old = list(rows[i][j])
    k = data.draw(st.integers(0, 1))
    if not old[k]:
        return
    raised = [list(map(list, row)) for row in rows]
    raised[i][j][k] -= 1
    raised[i][j][data.draw(st.integers(k + 1, 2))] += 1
    before = net_scores(tallies(rows), weights, p)
    after = net_scores(tallies(raised), weights, p)
    for name in ("value", "low", "high"):
        change = getattr(after, name) - getattr(before, name)
        assert np.isnan(change[i]) or change[i] >= -1e-9


@given(tables(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(case, random):
    rows, weights, p = case
    turn = random.sample(range(len(rows)), len(rows))
    column = random.sample(range(len(weights)), len(weights))
    before = net_scores(tallies(rows), weights, p)
    after = net_scores(
        tallies([[rows[i][j] for j in column] for i in turn], "qrstuvwx"), weights[column], p
    )
    for name in ("value", "low", "high"):
        assert getattr(after, name) == pytest.approx(getattr(before, name)[turn], nan_ok=True)
    assert {turn[int(o[1:])] for o in after.first()} == {int(o[1:]) for o in before.first()}


@pytest.mark.parametrize("weights", [[1], [0.5, np.nan], [np.inf, 0], [[0.5, 0.5]], []])
def test_weights_that_do_not_fit_are_refused(weights):
    with pytest.raises(ValueError, match="weights must be"):
        net_scores(tallies([[(1, 0, 0, 0)] * 2]), weights)


@pytest.mark.parametrize("p", [-0.1, 1.1, np.nan, np.inf])
def test_a_place_off_the_scale_is_refused(p):
    with pytest.raises(ValueError, match="p must lie"):
        net_scores(tallies([[(1, 0, 0, 0)]]), [1], p)


def test_bounds_have_no_net_score():
    with pytest.raises(ValueError, match="bounds are not voices"):
        net_scores(ScoreTable.from_bounds(("x",), ("a",), {("x", "a"): (0, 1)}), [1])
