"""Orders of importance: partial orders, their strict orders, weights and draws."""

import time
from itertools import combinations, pairwise, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.judge import (
    Order,
    equal,
    order_groups,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)
from workbook.judge.orders import MOST

SCHEMES = (rank_order_centroid, rank_sum, rank_reciprocal, equal)


def order_of(criteria, pairs):
    """The order in which the first of each pair stands above the second, and what follows."""
    above = np.zeros((len(criteria), len(criteria)), dtype=bool)
    for one, other in pairs:
        above[criteria.index(one), criteria.index(other)] = True
    for via in range(len(criteria)):
        above |= above[:, [via]] & above[[via]]
    return Order(tuple(criteria), above)


@st.composite
def orders(draw, largest=6):
    """Any strict partial order: with groups or without."""
    n = draw(st.integers(1, largest))
    criteria = tuple("abcdefgh"[:n])
    turned = draw(st.permutations(criteria))
    pairs = list(combinations(turned, 2))
    return order_of(criteria, draw(st.sets(st.sampled_from(pairs))) if pairs else ())


@st.composite
def partitions(draw, largest=6):
    """Criteria and an order of groups over them."""
    n = draw(st.integers(1, largest))
    criteria = tuple("abcdefgh"[:n])
    ranks = draw(st.lists(st.integers(0, n - 1), min_size=n, max_size=n))
    groups = tuple(
        tuple(c for c, rank in zip(criteria, ranks, strict=True) if rank == level)
        for level in sorted(set(ranks))
    )
    return criteria, groups


def strict_orders(order):
    """Every strict order that respects it, by trying all."""
    at = {c: i for i, c in enumerate(order.criteria)}
    return {
        one
        for one in permutations(order.criteria)
        if not any(order.above[at[low], at[high]] for high, low in combinations(one, 2))
    }


# a above c, b above c and d: a and d are not compared, and there are no groups.
N_SHAPED = order_of("abcd", ["ac", "bc", "bd"])


def test_an_order_without_groups_by_hand():
    """a > c, b > c, b > d: five strict orders, abcd, abdc, bacd, badc and bdac.

    b is first in three of five and second in two: (3·25 + 2·13)/5/48 of the centroid of four.
    """
    assert N_SHAPED.groups is None
    assert N_SHAPED.count == 5
    assert ["".join(one) for one in N_SHAPED.extensions()] == [
        "abcd", "abdc", "bacd", "badc", "bdac"
    ]  # fmt: skip
    assert N_SHAPED.places() == pytest.approx(
        np.array([[2, 2, 1, 0], [3, 2, 0, 0], [0, 0, 2, 3], [0, 1, 2, 2]]) / 5
    )
    assert N_SHAPED.weights()[1] == pytest.approx((3 * 25 + 2 * 13) / 5 / 48)
    assert {"".join(np.array(list("abcd"))[row]) for row in N_SHAPED.upper_sets()} == {
        "a", "b", "ab", "bd", "abc", "abd", "abcd"
    }  # fmt: skip


def test_west_brabant():
    """Inflow > broad deployment > cooperation, image and area not ranked (handbook, annex 2).

    By hand, n = 5: 137/300, 77/300, 47/300, and the mean of 27/300 and 12/300 for the last two.
    """
    criteria = ("broad", "inflow", "cooperation", "image", "area")
    ranks = {"inflow": 1, "broad": 2, "cooperation": 3}
    groups = (("inflow",), ("broad",), ("cooperation",), ("image", "area"))
    assert order_groups(criteria, ranks) == groups
    order = Order.from_ranks(criteria, ranks)
    assert order.groups == groups
    weights = dict(zip(criteria, order.weights(), strict=True))
    assert weights == pytest.approx(
        {"inflow": 137 / 300, "broad": 77 / 300, "cooperation": 47 / 300}
        | {"image": 19.5 / 300, "area": 19.5 / 300}
    )
    # As the text gives them.
    assert sorted(weights.values(), reverse=True) == pytest.approx(
        [0.4567, 0.2567, 0.1567, 0.065, 0.065], abs=5e-5
    )


def zigzag(n):
    """0 above 1, 2 above 1, 2 above 3, …"""
    names = tuple(f"c{i:02}" for i in range(n))
    return order_of(names, [(names[i], names[i + (-1) ** k]) for i in range(0, n, 2)
                            for k in (0, 1) if 0 <= i + (-1) ** k < n])  # fmt: skip


def subsets(n):
    """The subsets of n things; each stands above those it is contained in."""
    names = [frozenset(s) for k in range(n + 1) for s in combinations(range(n), k)]
    above = np.array([[one < other for other in names] for one in names])
    return Order(tuple("".join(map(str, sorted(s))) for s in names), above)


def two_rows(n):
    """Two chains of n, each of the first above its fellow in the second."""
    names = tuple(f"{row}{i}" for row in "ab" for i in range(n))
    down = [(f"{row}{i}", f"{row}{i + 1}") for row in "ab" for i in range(n - 1)]
    return order_of(names, [*down, *((f"a{i}", f"b{i}") for i in range(n))])


def test_published_numbers_of_strict_orders():
    # OEIS A000111: zigzag orders have as many as there are alternating permutations.
    assert [zigzag(n).count for n in range(1, 9)] == [1, 1, 2, 5, 16, 61, 272, 1385]
    # OEIS A046873: all orders that extend inclusion of the subsets of n things.
    assert [subsets(n).count for n in range(5)] == [1, 1, 2, 48, 1680384]
    # OEIS A000108, the Catalan numbers: two rows of n.
    assert [two_rows(n).count for n in range(1, 7)] == [1, 2, 5, 14, 42, 132]
    # n! without any order; 1 for a strict one.
    assert Order.none("abcdefghij").count == 3628800
    assert Order.from_groups("abcdef", "fedcba").count == 1
    assert Order.from_groups("abcdef", ["ab", "cd", "ef"]).count == 8


def test_published_numbers_of_upper_sets():
    # Here without the empty set, so one less. OEIS A000372, the Dedekind numbers.
    assert [len(subsets(n).upper_sets()) + 1 for n in range(5)] == [2, 3, 6, 20, 168]
    # OEIS A000045, the Fibonacci numbers: a zigzag of n.
    assert [len(zigzag(n).upper_sets()) + 1 for n in range(1, 9)] == [2, 3, 5, 8, 13, 21, 34, 55]
    # OEIS A000217: two rows of n hold as many as a triangle.
    assert [len(two_rows(n).upper_sets()) + 1 for n in range(1, 6)] == [3, 6, 10, 15, 21]
    assert len(Order.none("abcdefgh").upper_sets()) == 2**8 - 1
    assert len(Order.from_groups("abcdef", "fedcba").upper_sets()) == 6


@given(orders(5))
def test_every_strict_order_once_and_counted(order):
    found = list(order.extensions())
    assert len(found) == len(set(found)) == order.count
    assert set(found) == strict_orders(order)
    at = {c: i for i, c in enumerate(order.criteria)}
    assert found == sorted(found, key=lambda one: [at[c] for c in one])


@given(orders())
def test_the_upper_sets_are_all_that_are_closed(order):
    n = len(order.criteria)
    closed = {
        members
        for members in product((False, True), repeat=n)
        if any(members)
        and not any(members[j] and order.above[i, j] and not members[i]
                    for i in range(n) for j in range(n))
    }  # fmt: skip
    found = [tuple(map(bool, row)) for row in order.upper_sets()]
    assert len(found) == len(set(found))
    assert set(found) == closed


@given(orders(5))
def test_places_against_every_strict_order(order):
    found = list(order.extensions())
    expected = [
        [sum(one[place] == c for one in found) / len(found) for place in range(len(order.criteria))]
        for c in order.criteria
    ]
    places = order.places()
    assert places == pytest.approx(np.array(expected))
    assert places.sum(axis=0) == pytest.approx(np.ones(len(places)))
    assert places.sum(axis=1) == pytest.approx(np.ones(len(places)))


@given(orders(5), st.sampled_from(SCHEMES))
def test_weights_are_the_mean_over_every_strict_order(order, scheme):
    mean = np.mean(
        [[scheme(len(one))[one.index(c)] for c in order.criteria] for one in order.extensions()],
        axis=0,
    )
    weights = order.weights(scheme)
    assert weights == pytest.approx(mean)
    assert weights.sum() == pytest.approx(1)


@given(orders())
def test_what_stands_above_weighs_more(order):
    weights = order.weights()
    for i, j in np.argwhere(order.above):
        assert weights[i] > weights[j]


@given(partitions())
def test_groups_come_back_as_they_were(case):
    criteria, groups = case
    order = Order.from_groups(criteria, groups)
    assert order.groups == groups
    assert order.criteria == criteria


@given(partitions(5), st.sampled_from(SCHEMES))
def test_groups_share_the_places_they_take_up(case, scheme):
    criteria, groups = case
    left = list(scheme(len(criteria)))
    expected = {}
    for group in groups:
        taken, left = left[: len(group)], left[len(group) :]
        expected |= dict.fromkeys(group, np.mean(taken))
    weights = Order.from_groups(criteria, groups).weights(scheme)
    assert dict(zip(criteria, weights, strict=True)) == pytest.approx(expected)


@given(orders())
def test_an_order_has_groups_if_not_being_compared_is_shared(order):
    """Groups are there if a and b not compared, and b and c not, means a and c not either."""
    n = len(order.criteria)
    apart = ~(order.above | order.above.T)
    through = all(
        apart[a, c]
        for a in range(n) for b in range(n) for c in range(n) if apart[a, b] and apart[b, c]
    )  # fmt: skip
    assert (order.groups is not None) == through
    if order.groups is not None:
        assert (Order.from_groups(order.criteria, order.groups).above == order.above).all()


def test_ranks_may_have_ties_and_gaps():
    criteria = ("a", "b", "c", "d")
    assert order_groups(criteria, {"c": 7, "a": 2, "d": 7}) == (("a",), ("c", "d"), ("b",))
    assert order_groups(criteria, {}) == (criteria,)
    assert order_groups(criteria, {"a": None, "b": 1}) == (("b",), ("a", "c", "d"))
    assert order_groups((), {}) == ()
    assert Order.from_ranks(criteria, {"c": 7, "a": 2, "d": 7}).groups == (
        ("a",), ("c", "d"), ("b",)
    )  # fmt: skip
    assert Order.from_ranks(criteria, {}).groups == Order.none(criteria).groups == (criteria,)


def test_ranks_of_strangers_are_refused():
    with pytest.raises(ValueError, match="ranks names x"):
        order_groups(("a",), {"x": 1})
    with pytest.raises(ValueError, match="ranks names x"):
        Order.from_ranks(("a",), {"x": 1})


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_ranks_that_are_no_numbers_are_refused(bad):
    with pytest.raises(ValueError, match="ranks must be finite"):
        order_groups(("a", "b"), {"a": bad, "b": 1})


@given(orders(), st.data())
def test_leaving_one_out_keeps_the_others_among_each_other(order, data):
    left_out = data.draw(st.sampled_from(order.criteria))
    if len(order.criteria) == 1:
        with pytest.raises(ValueError, match="criteria must not be empty"):
            order.without(left_out)
        return
    rest = order.without(left_out)
    assert rest.criteria == tuple(c for c in order.criteria if c != left_out)
    kept = [i for i, c in enumerate(order.criteria) if c != left_out]
    assert (rest.above == order.above[np.ix_(kept, kept)]).all()
    shortened = {tuple(c for c in one if c != left_out) for one in order.extensions()}
    assert shortened == set(rest.extensions())


def test_leaving_a_stranger_out_is_refused():
    with pytest.raises(ValueError, match="criterion x"):
        N_SHAPED.without("x")


# --- draws


@settings(max_examples=40)
@given(orders(), st.integers(0, 1000))
def test_draws_sum_to_one_and_respect_the_order(order, seed):
    draws = order.draw(200, np.random.default_rng(seed))
    assert draws.shape == (200, len(order.criteria))
    assert draws.sum(axis=1) == pytest.approx(np.ones(200))
    assert (draws >= 0).all()
    for i, j in np.argwhere(order.above):
        assert (draws[:, i] >= draws[:, j]).all()


@settings(max_examples=30)
@given(partitions(), st.integers(0, 1000))
def test_draws_respect_groups(case, seed):
    criteria, groups = case
    draws = Order.from_groups(criteria, groups).draw(200, np.random.default_rng(seed))
    column = {c: j for j, c in enumerate(criteria)}
    for above, below in pairwise(groups):
        low = draws[:, [column[c] for c in above]].min(axis=1)
        high = draws[:, [column[c] for c in below]].max(axis=1)
        assert (low >= high).all()


DRAWN = [
    Order.from_groups("abcd", [("a",), ("b",), ("c",), ("d",)]),
    Order.from_groups("abcd", [("b", "d"), ("a",), ("c",)]),
    Order.none("abcd"),
    N_SHAPED,
    order_of("abcd", ["ab"]),
    zigzag(6),
]


@pytest.mark.parametrize("order", DRAWN)
def test_the_mean_of_the_draws_is_the_centroid(order):
    """The centroid is by definition the mean of all weights that respect the order (Barron)."""
    draws = order.draw(200_000, np.random.default_rng(3))
    assert draws.mean(axis=0) == pytest.approx(order.weights(), abs=2e-3)


@pytest.mark.parametrize("order", DRAWN)
def test_every_strict_order_is_drawn_as_often(order):
    draws = order.draw(50_000, np.random.default_rng(4))
    seen, times = np.unique(np.argsort(-draws, axis=1), axis=0, return_counts=True)
    expected = 50_000 / order.count
    assert {tuple(order.criteria[i] for i in one) for one in seen} == set(order.extensions())
    assert np.abs(times - expected).max() < 5 * np.sqrt(expected)


def test_the_draws_are_even_over_all_weights():
    """Even over the simplex: a weight is above x with chance (1 − x)^(n − 1)."""
    draws = Order.none("abc").draw(100_000, np.random.default_rng(5))
    for x in (0.1, 0.3, 0.5, 0.8):
        assert (draws > x).mean(axis=0) == pytest.approx([(1 - x) ** 2] * 3, abs=0.008)
    # With w₁ ≥ w₂ the first is even on [½, 1].
    first = Order.from_groups("ab", "ab").draw(100_000, np.random.default_rng(5))[:, 0]
    assert np.quantile(first, [0, 0.25, 0.5, 0.75, 1]) == pytest.approx(
        [0.5, 0.625, 0.75, 0.875, 1], abs=0.004
    )


@pytest.mark.parametrize("order", DRAWN)
def test_the_same_seed_gives_the_same_draws(order):
    one, again, other = (order.draw(20, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (one == again).all() and (one != other).any()


# --- names, and what is refused


@given(orders(), st.randoms(use_true_random=False))
def test_the_order_of_the_columns_changes_nothing_but_places(order, random):
    turn = random.sample(range(len(order.criteria)), len(order.criteria))
    other = Order(tuple(order.criteria[i] for i in turn), order.above[np.ix_(turn, turn)])
    assert other.count == order.count
    assert other.weights() == pytest.approx(order.weights()[turn])
    assert other.places() == pytest.approx(order.places()[turn])
    assert len(other.upper_sets()) == len(order.upper_sets())
    if order.groups is not None:
        assert [set(group) for group in other.groups] == [set(group) for group in order.groups]


@pytest.mark.parametrize(
    "groups", [(("a",),), (("a", "b"), ("b",)), (("a", "b", "c"),), (), (("a", "x"),)]
)
def test_an_order_that_misses_or_repeats_a_criterion_is_refused(groups):
    with pytest.raises(ValueError, match="groups must hold every criterion exactly once"):
        Order.from_groups(("a", "b"), groups)


def test_no_criteria_are_refused():
    for make in (
        lambda: Order.from_groups((), ()),
        lambda: Order.none(()),
        lambda: Order.from_ranks((), {}),
        lambda: Order((), np.zeros((0, 0), dtype=bool)),
    ):
        with pytest.raises(ValueError, match="criteria must not be empty"):
            make()


def test_a_criterion_twice_is_refused():
    with pytest.raises(ValueError, match="criteria must not repeat"):
        Order(("a", "a"), np.zeros((2, 2), dtype=bool))
    with pytest.raises(ValueError, match="criteria must not repeat"):
        Order.none(("a", "b", "a"))


@pytest.mark.parametrize(
    "pairs",
    [
        ["aa"],  # above itself
        ["ab", "ba"],  # round and round
        ["ab", "bc"],  # a isn't above c
        ["ab", "bc", "ca"],
    ],
)
def test_what_is_no_order_is_refused(pairs):
    above = np.zeros((3, 3), dtype=bool)
    for one, other in pairs:
        above["abc".index(one), "abc".index(other)] = True
    with pytest.raises(ValueError, match="above must be transitive"):
        Order(("a", "b", "c"), above)


@pytest.mark.parametrize("shape", [(2, 2), (3, 2), (3,), (3, 3, 1)])
def test_an_order_of_another_shape_is_refused(shape):
    with pytest.raises(ValueError, match="above has shape"):
        Order(("a", "b", "c"), np.zeros(shape, dtype=bool))


@pytest.mark.parametrize("draws", [0, -3])
@pytest.mark.parametrize("order", [Order.none("a"), N_SHAPED])
def test_no_draws_are_refused(order, draws):
    with pytest.raises(ValueError, match="draws"):
        order.draw(draws, np.random.default_rng(0))


def test_an_empty_group_is_no_group():
    order = Order.from_groups(("a", "b"), ((), ("a",), (), ("b",)))
    assert order.groups == (("a",), ("b",))
    assert order.weights().tolist() == [0.75, 0.25]
    alone = Order.from_groups(("a",), ((), ("a",)))
    assert alone.draw(2, np.random.default_rng(0)).tolist() == [[1], [1]]


def test_one_criterion():
    order = Order.none(("a",))
    assert order.count == 1 and list(order.extensions()) == [("a",)]
    assert order.upper_sets().tolist() == [[True]] and order.places().tolist() == [[1]]
    assert order.weights().tolist() == [1]


def test_fifteen_criteria_without_an_order():
    started = time.process_time()
    order = Order.none(tuple(f"c{i}" for i in range(15)))
    assert order.upper_sets().shape == (2**15 - 1, 15)
    assert order.count == 1_307_674_368_000
    assert order.weights() == pytest.approx([1 / 15] * 15)
    assert order.draw(10_000, np.random.default_rng(0)).shape == (10_000, 15)
    assert len(next(order.extensions())) == 15
    assert time.process_time() - started < 5


def test_fifteen_criteria_of_which_two_are_compared():
    started = time.process_time()
    names = tuple(f"c{i}" for i in range(15))
    order = order_of(names, [("c3", "c7")])
    assert order.groups is None
    assert order.count == 1_307_674_368_000 // 2
    assert order.places().sum(axis=0) == pytest.approx(np.ones(15))
    weights = order.weights()
    # Above one other: the mean of the larger of two among 15, here by what every pair shares.
    assert weights[3] + weights[7] == pytest.approx(2 / 15)
    assert weights[[0, 1, 14]] == pytest.approx([1 / 15] * 3)
    assert order.draw(10_000, np.random.default_rng(0)).mean(axis=0) == pytest.approx(
        weights, abs=0.004
    )
    assert time.process_time() - started < 8


def test_more_than_can_be_gone_through_is_refused_not_waited_for():
    """2¹⁸ sets are more than the limit; what needs no sets still answers."""
    order = Order.none(tuple(f"c{i:02}" for i in range(18)))
    assert order.weights() == pytest.approx([1 / 18] * 18)
    assert order.draw(3, np.random.default_rng(0)).shape == (3, 18)
    with pytest.raises(ValueError, match=f"order leaves more than {MOST} sets"):
        order.upper_sets()
