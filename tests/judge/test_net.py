"""The net score: by hand, its bounds, its order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbook.judge import DONT_KNOW, NOT_SCORED, NetScores, ScoreTable, net_scores

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


@pytest.mark.parametrize("weights", [[1.5, -0.5], [0.5, 0.4], [2, 2], [0, 0]])
def test_weights_that_are_no_shares_are_refused(weights):
    with pytest.raises(ValueError, match="weights must be 0 or more and sum to 1"):
        net_scores(tallies([[(1, 0, 0, 0)] * 2]), weights)


def test_a_criterion_without_weight_counts_for_nothing_but_must_be_answered():
    found = net_scores(
        tallies([[(0, 0, 4, 0), (4, 0, 0, 0)], [(0, 4, 0, 0), (0, 0, 0, 4)]]), [1, 0]
    )
    assert found.value[0] == 1 and np.isnan(found.value[1])
    assert (found.low[1], found.high[1]) == (0, 0)


def test_without_criteria_all_are_equal():
    found = net_scores(ScoreTable.from_tallies(("x", "y"), (), {}), [])
    assert found.value.tolist() == [0, 0] and found.first() == ("x", "y")


# --- by person


@st.composite
def rooms(draw, states=(-1, 0, 1, DONT_KNOW, NOT_SCORED)):
    """Ballots of a few people, with weights."""
    o, c = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    people = draw(st.integers(1, 6))
    scores = draw(hnp.arrays(np.int8, (people, o, c), elements=st.sampled_from(states)))
    parts = draw(st.lists(st.integers(1, 9), min_size=c, max_size=c))
    return scores, np.array(parts) / sum(parts)


def ballots(scores):
    people, o, c = scores.shape
    return ScoreTable(
        tuple(f"o{i}" for i in range(o)),
        tuple("abcdefgh"[:c]),
        tuple(f"p{i}" for i in range(people)),
        scores=scores,
    )


@given(rooms(), st.floats(0, 1))
def test_ballots_and_their_tallies_score_the_same(room, p):
    scores, weights = room
    table = ballots(scores)
    counted = ScoreTable(table.options, table.criteria, tallies=table.counts())
    one, other = net_scores(table, weights, p), net_scores(counted, weights, p)
    for name in ("value", "low", "high"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), nan_ok=True)


@given(rooms(), st.floats(0, 1))
def test_the_bounds_are_reached_by_filling_in_what_is_unknown(room, p):
    scores, weights = room
    found = net_scores(ballots(scores), weights, p)
    present = scores[(scores != NOT_SCORED).any(axis=(1, 2))]
    if not len(present):
        return
    for level, bound in ((-1, found.low), (1, found.high)):
        filled = np.where(present > 1, np.int8(level), present)
        assert net_scores(ballots(filled), weights, p).value == pytest.approx(bound)


@given(rooms(states=(-1, 0, 1)))
def test_halfway_it_is_the_mean_of_everyones_weighted_score(room):
    scores, weights = room
    assert net_scores(ballots(scores), weights).value == pytest.approx(
        (scores @ weights).mean(axis=0)
    )


@given(rooms(), st.floats(0, 1), st.floats(0, 1))
def test_it_is_linear_in_the_place_of_plusminus(room, p, q):
    table, weights = ballots(room[0]), room[1]
    one, other, middle = (net_scores(table, weights, x).value for x in (p, q, (p + q) / 2))
    assert middle == pytest.approx((one + other) / 2, nan_ok=True)


@given(rooms(states=(-1, 0, 1, DONT_KNOW)), st.floats(0, 1), st.data())
def test_below_another_on_everyones_every_criterion_is_never_sole_first(room, p, data):
    """Who gives an option's better a don't know gives it one too, so the voices are the same."""
    scores, weights = room
    lowered = data.draw(
        hnp.arrays(np.int8, scores[:, 0].shape, elements=st.integers(0, 2)), label="by how much"
    )
    below = np.where(scores[:, 0] > 1, scores[:, 0], np.maximum(scores[:, 0] - lowered, -1))
    table = ballots(np.concatenate([scores, below[:, None].astype(np.int8)], axis=1))
    assert net_scores(table, weights, p).sole_first() != table.options[-1]


@given(rooms(states=(-1, 0, 1, DONT_KNOW)), st.floats(0, 1), st.data())
def test_a_person_who_raises_a_given_score_never_lowers_the_option(room, p, data):
    scores, weights = room
    given_ = np.argwhere(scores < 1)
    if not len(given_):
        return
    i, o, c = data.draw(st.sampled_from([tuple(at) for at in given_]))
    raised = scores.copy()
    raised[i, o, c] = data.draw(st.integers(int(scores[i, o, c]) + 1, 1))
    before, after = (net_scores(ballots(x), weights, p) for x in (scores, raised))
    if not np.isnan(before.value[o]):
        assert after.value[o] >= before.value[o] - 1e-9
        others = [j for j in range(scores.shape[1]) if j != o]
        assert after.value[others] == pytest.approx(before.value[others], nan_ok=True)
        # Who was first alone still is.
        assert before.sole_first() != f"o{o}" or after.sole_first() == f"o{o}"
