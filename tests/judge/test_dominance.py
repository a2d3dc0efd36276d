"""Dominance: criterion by criterion, and whatever the weights within an order."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.judge import Order, ScoreTable, dominance, net_scores

cell = st.tuples(*[st.integers(0, 4)] * 3, st.integers(0, 1))


def tallies(rows, criteria="abcdefgh"):
    rows = np.array([[(*c, 0)[:4] for c in row] for row in rows], dtype=np.int64)
    options = tuple(f"o{i}" for i in range(len(rows)))
    return ScoreTable(options, tuple(criteria[: rows.shape[1]]), tallies=rows)


def order_of(criteria, pairs):
    above = np.zeros((len(criteria), len(criteria)), dtype=bool)
    for one, other in pairs:
        above[criteria.index(one), criteria.index(other)] = True
    for via in range(len(criteria)):
        above |= above[:, [via]] & above[[via]]
    return Order(tuple(criteria), above)


@st.composite
def cases(draw, least=1):
    """A table and an order of its criteria, with groups or without."""
    o, c = draw(st.integers(least, 4)), draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(cell, min_size=c, max_size=c), min_size=o, max_size=o))
    criteria = "abcd"[:c]
    pairs = list(combinations(draw(st.permutations(criteria)), 2))
    order = order_of(criteria, draw(st.sets(st.sampled_from(pairs))) if pairs else ())
    return tallies(rows), order


def found(matrix, options="ABC"):
    return {options[i] + options[j] for i, j in np.argwhere(matrix)}


# A(1, 0), B(0, 1), C(.6, .6) as shares of + among ten people.
SMAA = [[(0, 0, 10), (10, 0, 0)], [(10, 0, 0), (0, 0, 10)], [(4, 0, 6), (4, 0, 6)]]


def test_three_options_that_are_each_first_for_some_weights():
    """Lahdelma & Salminen (2001) have this case: each has a rank acceptability above 0."""
    without = dominance(tallies(SMAA), Order.none("ab"))
    assert found(without.per_criterion) == found(without.any_weights) == set()
    assert without.best() == ()


def test_an_order_makes_more_comparable():
    """With a above b the vertices are (1, 0) and (½, ½): A 1 and .5, B 0 and .5, C .6 and .6."""
    ordered = dominance(tallies(SMAA), Order.from_groups("ab", "ab"))
    assert found(ordered.per_criterion) == set()
    assert found(ordered.any_weights) == {"AB", "CB"}
    assert ordered.best() == ()


def test_per_criterion_by_hand():
    """B has as many + and fewer −; C has more + but also more −; D is B in another company."""
    rows = [[(4, 0, 4)], [(2, 2, 4)], [(3, 0, 5)], [(1, 1, 2)]]
    both = dominance(tallies(rows), Order.none("a"))
    assert found(both.per_criterion, "ABCD") == {"BA", "CA", "DA"}
    # B is worth 4 + 2p, C 5, of 8: C more for p < ½, B more above.
    assert found(both.any_weights, "ABCD") == {"BA", "CA", "DA"}
    assert both.best() == ()


def test_the_place_of_plusminus_matters_only_where_it_can_turn():
    """All ± against half − and half +: p of everyone against a half of them."""
    table = tallies([[(0, 2, 0)], [(1, 0, 1)], [(0, 1, 1)]])
    both = dominance(table, Order.none("a"))
    assert found(both.any_weights) == found(both.per_criterion) == {"CA", "CB"}
    assert both.best() == ("o2",)


def test_better_on_the_weighty_makes_up_for_the_light_only_with_an_order():
    """One − more on b, one + more on a: 1·w_a − 1·w_b, never below 0 if w_a ≥ w_b."""
    table = tallies([[(0, 3, 1), (1, 3, 0)], [(0, 4, 0), (0, 4, 0)]])
    assert found(dominance(table, Order.none("ab")).any_weights) == set()
    # But a + is worth 1 − p and a − costs p: with p near 1 the − costs more.
    assert found(dominance(table, Order.from_groups("ab", "ab")).any_weights) == set()
    table = tallies([[(0, 3, 1), (0, 4, 0)], [(0, 4, 0), (0, 3, 1)]])
    assert found(dominance(table, Order.from_groups("ab", "ab")).any_weights) == {"AB"}
    assert dominance(table, Order.from_groups("ab", "ab")).best() == ("o0",)
    assert dominance(table, Order.from_groups("ab", ["ab"])).best() == ()


@given(cases())
def test_in_a_strict_order_it_is_enough_to_add_up_from_the_top(case):
    """Kirkwood & Sarin (1985), Operations Research 33: every partial sum at least the other's."""
    table, order = case
    strict = Order.from_groups(order.criteria, next(order.extensions()))
    by_weight = np.argsort(strict.above.sum(axis=0))
    any_weights = dominance(table, strict).any_weights
    for i, j in np.argwhere(np.outer(table.placed, table.placed)):
        sums = []
        for p in (0, 1):
            share = [net_scores(table, np.eye(len(strict.criteria))[c], p).value for c in by_weight]
            sums += list(np.cumsum([x[i] - x[j] for x in share]))
        assert any_weights[i, j] == (min(sums) >= -1e-9 and max(sums) > 1e-9)


@settings(max_examples=60)
@given(cases(least=2), st.integers(0, 999))
def test_no_weights_and_no_place_ever_contradict_it(case, seed):
    table, order = case
    rng = np.random.default_rng(seed)
    any_weights = dominance(table, order).any_weights
    for weights in order.draw(25, rng):
        value = net_scores(table, weights, rng.random()).value
        for i, j in np.argwhere(any_weights):
            assert value[i] >= value[j] - 1e-9


@settings(max_examples=60)
@given(cases(least=2))
def test_where_it_is_not_said_some_corner_shows_why(case):
    """Some weights of some strict order, equal on its first few criteria, put the other ahead."""
    table, order = case
    any_weights, placed = dominance(table, order).any_weights, table.placed
    corners = []
    for one in order.extensions():
        for k in range(1, len(one) + 1):
            weights = np.array([(c in one[:k]) / k for c in order.criteria])
            corners += [net_scores(table, weights, p).value for p in (0, 1)]
    for i, j in np.argwhere(np.outer(placed, placed)):
        lead = [value[i] - value[j] for value in corners]
        assert any_weights[i, j] == (min(lead) >= -1e-9 and max(lead) > 1e-9)


@settings(max_examples=20)
@given(cases(least=2))
def test_against_linear_programming(case):
    linprog = pytest.importorskip("scipy.optimize").linprog
    table, order = case
    any_weights = dominance(table, order).any_weights
    # w_j − w_i ≤ 0 where i stands above j; all at least 0; sum 1.
    rows = [np.eye(len(order.criteria))[j] - np.eye(len(order.criteria))[i]
            for i, j in np.argwhere(order.above)]  # fmt: skip
    limits = {"A_ub": rows, "b_ub": np.zeros(len(rows))} if rows else {}

    def least(per_criterion):
        result = linprog(per_criterion, A_eq=[np.ones(len(per_criterion))], b_eq=[1], **limits)
        return result.fun

    value = [
        np.stack([net_scores(table, w, p).value for w in np.eye(len(order.criteria))], axis=1)
        for p in (0, 1)
    ]
    for i, j in np.argwhere(np.outer(table.placed, table.placed)):
        low = min(least(v[i] - v[j]) for v in value)
        high = max(-least(v[j] - v[i]) for v in value)
        assert any_weights[i, j] == (low >= -1e-7 and high > 1e-7)


@given(cases())
def test_it_is_a_strict_partial_order_and_one_implies_the_other(case):
    both = dominance(*case)
    for matrix in (both.per_criterion, both.any_weights):
        assert not matrix.diagonal().any()
        assert not (matrix & matrix.T).any()
        through = (matrix.astype(int) @ matrix.astype(int)) > 0
        assert not (through & ~matrix).any()
    assert not (both.per_criterion & ~both.any_weights).any()
    assert len(both.best()) <= 1


@given(cases())
def test_the_more_is_ordered_the_more_is_dominated(case):
    table, order = case
    without, ordered = dominance(table, Order.none(order.criteria)), dominance(table, order)
    strict = dominance(table, Order.from_groups(order.criteria, next(order.extensions())))
    lost = without.any_weights & ~ordered.any_weights
    # What is left out of more weights can only turn a lead into being level.
    assert not (lost & ordered.any_weights.T).any()
    assert not (ordered.any_weights & strict.any_weights.T).any()
    assert (without.per_criterion == ordered.per_criterion).all()


@given(cases(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(case, random):
    table, order = case
    turn = random.sample(range(len(table.options)), len(table.options))
    column = random.sample(range(len(table.criteria)), len(table.criteria))
    names = tuple("wxyz"[j] for j in column)
    other = ScoreTable(
        tuple(f"q{i}" for i in turn), names, tallies=table.tallies[np.ix_(turn, column)]
    )
    before = dominance(table, order)
    after = dominance(other, Order(names, order.above[np.ix_(column, column)]))
    for name in ("per_criterion", "any_weights"):
        assert (getattr(after, name) == getattr(before, name)[np.ix_(turn, turn)]).all()


@given(cases())
def test_an_option_with_an_empty_cell_neither_dominates_nor_is_dominated(case):
    table, order = case
    both = dominance(table, order)
    for matrix in (both.per_criterion, both.any_weights):
        assert matrix.shape == (len(table.options),) * 2
        assert not matrix[~table.placed].any()
        assert not matrix[:, ~table.placed].any()


def test_the_best_dominates_all_others_also_those_without_a_place():
    """So with an option that has no place there is no best: nothing is known of it."""
    rows = [[(0, 0, 3)], [(3, 0, 0)]]
    assert dominance(tallies(rows), Order.none("a")).best() == ("o0",)
    assert dominance(tallies([*rows, [(0, 0, 0)]]), Order.none("a")).best() == ()


def test_one_option_none_and_all_equal():
    order = Order.none("a")
    alone = dominance(tallies([[(0, 0, 3)]]), order)
    assert alone.any_weights.tolist() == [[False]] and alone.best() == ()
    nothing = dominance(ScoreTable.from_tallies((), ("a",), {}), order)
    assert nothing.any_weights.shape == (0, 0) and nothing.best() == ()
    level = dominance(tallies([[(1, 1, 1)]] * 3), order)
    assert not level.any_weights.any() and not level.per_criterion.any()
    unknown = dominance(tallies([[(0, 0, 0, 5)]] * 2), order)
    assert not unknown.any_weights.any() and unknown.best() == ()


@pytest.mark.parametrize("criteria", ["b", "ab", "ba", "cab"])
def test_an_order_of_other_criteria_is_refused(criteria):
    table = tallies([[(1, 2, 3)] * 3], "abc")
    with pytest.raises(ValueError, match="order must be of the table's criteria"):
        dominance(table, Order.none(criteria))


def test_bounds_are_refused():
    table = ScoreTable.from_bounds(("x",), ("a",), {("x", "a"): (0, 1)})
    with pytest.raises(ValueError, match="bounds are not voices"):
        dominance(table, Order.none("a"))
