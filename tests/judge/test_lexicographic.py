"""Criterion by criterion: each keeps only its best."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbook.judge import DONT_KNOW, NOT_SCORED, Order, ScoreTable, lexicographic

cell = st.tuples(*[st.integers(0, 3)] * 3)


def tallies(rows, criteria="abcdefgh"):
    options = tuple(f"o{i}" for i in range(len(rows)))
    counts = np.array([[(*c, 0) for c in row] for row in rows], dtype=np.int64)
    return ScoreTable(options, tuple(criteria[: counts.shape[1]]), tallies=counts)


def agreed(*rows):
    """A table on which everyone gives the same: "+-o" per option."""
    one = {"-": (3, 0, 0), "o": (0, 3, 0), "+": (0, 0, 3), "?": (0, 0, 0)}
    return tallies([[one[sign] for sign in row] for row in rows])


@st.composite
def orders(draw, criteria):
    pairs = list(combinations(draw(st.permutations(criteria)), 2))
    above = np.zeros((len(criteria),) * 2, dtype=bool)
    for one, other in draw(st.sets(st.sampled_from(pairs))) if pairs else ():
        above[criteria.index(one), criteria.index(other)] = True
    for via in range(len(criteria)):
        above |= above[:, [via]] & above[[via]]
    return Order(tuple(criteria), above)


@st.composite
def cases(draw):
    o, c = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(cell, min_size=c, max_size=c), min_size=o, max_size=o))
    return tallies(rows), draw(orders("abcd"[:c]))


def lower_median(counts):
    minus, plusminus, plus = (int(x) for x in counts[:3])
    answers = sorted([-1] * minus + [0] * plusminus + [1] * plus)
    return answers[(len(answers) - 1) // 2]


def left_after(table, criteria):
    """Who is left when these criteria, in this order, each keep their best."""
    column = {c: j for j, c in enumerate(table.criteria)}
    counts = table.counts()
    left = [i for i in range(len(table.options)) if table.placed[i]]
    for c in criteria:
        level = {i: lower_median(counts[i, column[c]]) for i in left}
        left = [i for i in left if level[i] == max(level.values())]
    return {table.options[i] for i in left}


def test_the_weightiest_criterion_decides():
    """Only o1 is + on a; that it is − on the others doesn't matter (Fishburn 1974)."""
    table = agreed("o++", "+--", "o+-")
    assert lexicographic(table, Order.from_groups("abc", "abc")) == ("o1",)
    assert lexicographic(table, Order.from_groups("abc", "bca")) == ("o0",)
    assert lexicographic(table, Order.from_groups("abc", "bac")) == ("o0",)


def test_among_those_level_the_next_one_decides():
    table = agreed("+o-", "+oo", "+-+")
    assert lexicographic(table, Order.from_groups("abc", "abc")) == ("o1",)
    assert lexicographic(table, Order.from_groups("abc", "acb")) == ("o2",)
    # Still level at the end: both.
    assert lexicographic(agreed("+o", "+o", "o+"), Order.from_groups("ab", "ab")) == ("o0", "o1")


def test_where_the_order_leaves_it_open_every_way_is_followed():
    table = agreed("+o-", "+oo", "+-+")
    assert lexicographic(table, Order.from_groups("abc", ["a", "bc"])) == ("o1", "o2")
    assert lexicographic(table, Order.none("abc")) == ("o1", "o2")
    # Best on nothing, o0 is left along no way, though nothing is − for it.
    assert lexicographic(agreed("oo", "+-", "-+"), Order.none("ab")) == ("o1", "o2")


def test_the_lower_median_counts():
    """Half ± and half + is ±; more than half + is +."""
    assert lexicographic(tallies([[(0, 2, 2)], [(0, 4, 0)]]), Order.none("a")) == ("o0", "o1")
    assert lexicographic(tallies([[(0, 2, 3)], [(0, 4, 0)]]), Order.none("a")) == ("o0",)
    assert lexicographic(tallies([[(2, 0, 2)], [(0, 4, 0)]]), Order.none("a")) == ("o1",)


@settings(max_examples=150)
@given(cases())
def test_against_every_strict_order(case):
    table, order = case
    expected = set().union(*(left_after(table, one) for one in order.extensions()))
    assert lexicographic(table, order) == tuple(o for o in table.options if o in expected)


@given(cases())
def test_someone_is_left_if_anyone_has_a_place(case):
    table, order = case
    left = lexicographic(table, order)
    assert bool(left) == bool(table.placed.any())
    assert set(left) <= {o for o, ok in zip(table.options, table.placed, strict=True) if ok}


@given(cases())
def test_the_more_is_ordered_the_fewer_are_left(case):
    table, order = case
    strict = Order.from_groups(order.criteria, next(order.extensions()))
    assert set(lexicographic(table, strict)) <= set(lexicographic(table, order))
    assert set(lexicographic(table, order)) <= set(lexicographic(table, Order.none(order.criteria)))


@given(cases(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(case, random):
    table, order = case
    turn = random.sample(range(len(table.options)), len(table.options))
    column = random.sample(range(len(table.criteria)), len(table.criteria))
    names = tuple("wxyz"[j] for j in column)
    other = ScoreTable(
        tuple(f"q{i}" for i in turn), names, tallies=table.tallies[np.ix_(turn, column)]
    )
    after = lexicographic(other, Order(names, order.above[np.ix_(column, column)]))
    assert {f"o{name[1:]}" for name in after} == set(lexicographic(table, order))


@st.composite
def rooms(draw):
    o, c = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    states = st.sampled_from([-1, 0, 1, DONT_KNOW])
    return (
        draw(hnp.arrays(np.int8, (draw(st.integers(1, 5)), o, c), elements=states)),
        draw(orders("abc"[:c])),
    )


def ballots(scores):
    people, o, c = scores.shape
    names = (tuple(f"{x}{i}" for i in range(n)) for x, n in (("o", o), ("p", people)))
    options, participants = names
    return ScoreTable(options, tuple("abc"[:c]), participants, scores=scores.astype(np.int8))


@given(rooms(), st.data())
def test_below_another_on_everyones_every_criterion_is_never_left_alone(room, data):
    scores, order = room
    lowered = data.draw(hnp.arrays(np.int8, scores[:, 0].shape, elements=st.integers(0, 2)))
    below = np.where(scores[:, 0] > 1, scores[:, 0], np.maximum(scores[:, 0] - lowered, -1))
    table = ballots(np.concatenate([scores, below[:, None]], axis=1))
    assert lexicographic(table, order) != (table.options[-1],)


@given(rooms(), st.data())
def test_raising_one_given_score_never_throws_that_option_out(room, data):
    scores, order = room
    given_ = np.argwhere(scores < 1)
    if not len(given_):
        return
    i, o, c = data.draw(st.sampled_from([tuple(at) for at in given_]))
    raised = scores.copy()
    raised[i, o, c] += 1
    before, after = lexicographic(ballots(scores), order), lexicographic(ballots(raised), order)
    assert f"o{o}" not in before or f"o{o}" in after


def test_an_option_with_an_empty_cell_takes_no_part():
    assert lexicographic(agreed("+?", "o-", "-+"), Order.from_groups("ab", "ab")) == ("o1",)


def test_one_option_none_nobody_and_all_equal():
    order = Order.none("ab")
    assert lexicographic(agreed("-o"), order) == ("o0",)
    assert lexicographic(ScoreTable.from_tallies((), "ab", {}), order) == ()
    assert lexicographic(agreed("??", "+?"), order) == ()
    assert lexicographic(agreed("+o", "+o", "+o"), order) == ("o0", "o1", "o2")
    nobody = ScoreTable.from_ballots("xy", "ab", [("p", "x", "a", NOT_SCORED)])
    assert lexicographic(nobody, order) == ()


@pytest.mark.parametrize("criteria", ["b", "ab", "ba", "cab"])
def test_an_order_of_other_criteria_is_refused(criteria):
    with pytest.raises(ValueError, match="order must be of the table's criteria"):
        lexicographic(agreed("+o-"), Order.none(criteria))


def test_bounds_are_refused():
    table = ScoreTable.from_bounds(("x",), ("a",), {("x", "a"): (0, 1)})
    with pytest.raises(ValueError, match="bounds are not voices"):
        lexicographic(table, Order.none("a"))
