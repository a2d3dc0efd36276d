"""Weights: published values, ties as the mean over strict orders, and even draws."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.judge import (
    count_extensions,
    draw_weights,
    equal,
    linear_extensions,
    order_groups,
    order_weights,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
)
from workbook.judge.weights import weight_array

SCHEMES = (rank_order_centroid, rank_sum, rank_reciprocal, equal)


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


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        # Barron (1992); Edwards & Barron (1994): w_i = (1/n) Σ_{k=i..n} 1/k.
        (rank_order_centroid, [0.6111, 0.2778, 0.1111]),
        (rank_order_centroid, [0.5208, 0.2708, 0.1458, 0.0625]),
        # Stillwell, Seaver & Edwards (1981): 2(n + 1 − i)/(n(n + 1)), n = 5.
        (rank_sum, [0.3333, 0.2667, 0.2, 0.1333, 0.0667]),
        # The same: (1/i)/Σ 1/k, n = 5.
        (rank_reciprocal, [0.438, 0.219, 0.146, 0.1095, 0.0876]),
        (equal, [0.25] * 4),
    ],
)
def test_published_weights(scheme, expected):
    assert scheme(len(expected)) == pytest.approx(expected, abs=5.1e-5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_sums_to_one_and_never_rises(scheme):
    for n in range(1, 30):
        weights = scheme(n)
        assert weights.sum() == pytest.approx(1)
        assert (np.diff(weights) <= 1e-15).all() and (weights > 0).all()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_criteria_has_no_weights(scheme):
    with pytest.raises(ValueError, match="n must be"):
        scheme(0)


def test_west_brabant():
    """Inflow > broad deployment > cooperation, image and area not ranked (handbook, annex 2).

    By hand, n = 5: 137/300, 77/300, 47/300, and the mean of 27/300 and 12/300 for the last two.
    """
    criteria = ("broad", "inflow", "cooperation", "image", "area")
    groups = order_groups(criteria, {"inflow": 1, "broad": 2, "cooperation": 3})
    assert groups == (("inflow",), ("broad",), ("cooperation",), ("image", "area"))
    weights = dict(zip(criteria, order_weights(criteria, groups), strict=True))
    assert weights == pytest.approx(
        {"inflow": 137 / 300, "broad": 77 / 300, "cooperation": 47 / 300}
        | {"image": 19.5 / 300, "area": 19.5 / 300}
    )


def test_ranks_may_have_ties_and_gaps():
    criteria = ("a", "b", "c", "d")
    assert order_groups(criteria, {"c": 7, "a": 2, "d": 7}) == (("a",), ("c", "d"), ("b",))
    assert order_groups(criteria, {}) == (criteria,)
    assert order_groups(criteria, {"a": None, "b": 1}) == (("b",), ("a", "c", "d"))
    assert order_groups((), {}) == ()


def test_ranks_of_strangers_are_refused():
    with pytest.raises(ValueError, match="ranks names x"):
        order_groups(("a",), {"x": 1})


@given(partitions(5), st.sampled_from(SCHEMES))
def test_ties_are_the_mean_over_all_strict_orders(case, scheme):
    criteria, groups = case
    orders = list(linear_extensions(groups))
    mean = np.mean(
        [[scheme(len(criteria))[order.index(c)] for c in criteria] for order in orders], axis=0
    )
    assert order_weights(criteria, groups, scheme) == pytest.approx(mean)


@given(partitions(5))
def test_strict_orders_against_brute_force(case):
    criteria, groups = case
    level = {c: i for i, group in enumerate(groups) for c in group}
    brute = {
        order
        for order in permutations(criteria)
        if [level[c] for c in order] == sorted(level.values())
    }
    found = list(linear_extensions(groups))
    assert set(found) == brute
    assert len(found) == len(brute) == count_extensions(groups)


@settings(max_examples=30)
@given(partitions(), st.integers(0, 1000))
def test_draws_sum_to_one_and_respect_the_order(case, seed):
    criteria, groups = case
    draws = draw_weights(criteria, groups, 200, np.random.default_rng(seed))
    assert draws.shape == (200, len(criteria))
    assert draws.sum(axis=1) == pytest.approx(np.ones(200))
    assert (draws >= 0).all()
    column = {c: j for j, c in enumerate(criteria)}
    for above, below in pairwise(groups):
        low = draws[:, [column[c] for c in above]].min(axis=1)
        high = draws[:, [column[c] for c in below]].max(axis=1)
        assert (low >= high).all()


@pytest.mark.parametrize(
    "groups",
    [(("a",), ("b",), ("c",), ("d",)), (("b", "d"), ("a",), ("c",)), (("a", "b", "c", "d"),)],
)
def test_the_mean_of_the_draws_is_the_centroid(groups):
    """The centroid is by definition the mean of all weights that respect the order (Barron)."""
    criteria = ("a", "b", "c", "d")
    draws = draw_weights(criteria, groups, 200_000, np.random.default_rng(3))
    assert draws.mean(axis=0) == pytest.approx(order_weights(criteria, groups), abs=2e-3)


@given(partitions(), st.randoms(use_true_random=False))
def test_the_order_of_the_columns_changes_nothing_but_places(case, random):
    criteria, groups = case
    shuffled = random.sample(criteria, len(criteria))
    one = dict(zip(criteria, order_weights(criteria, groups), strict=True))
    other = dict(zip(shuffled, order_weights(shuffled, groups), strict=True))
    assert one == pytest.approx(other)


@pytest.mark.parametrize(
    "groups", [(("a",),), (("a", "b"), ("b",)), (("a", "b", "c"),), (), (("a", "x"),)]
)
def test_an_order_that_misses_or_repeats_a_criterion_is_refused(groups):
    with pytest.raises(ValueError, match="groups must hold every criterion exactly once"):
        order_weights(("a", "b"), groups)
    with pytest.raises(ValueError, match="groups must hold every criterion exactly once"):
        draw_weights(("a", "b"), groups, 10, np.random.default_rng(0))


def test_nothing_to_weigh_or_draw_is_refused():
    with pytest.raises(ValueError, match="criteria"):
        order_weights((), ())
    with pytest.raises(ValueError, match="criteria"):
        draw_weights((), (), 3, np.random.default_rng(0))
    with pytest.raises(ValueError, match="draws"):
        draw_weights(("a",), (("a",),), 0, np.random.default_rng(0))


def test_an_empty_group_is_no_group():
    assert order_weights(("a", "b"), ((), ("a",), (), ("b",))).tolist() == [0.75, 0.25]
    assert draw_weights(("a",), ((), ("a",)), 2, np.random.default_rng(0)).tolist() == [[1], [1]]


@pytest.mark.parametrize("bad", [[1.0], [0.5, np.nan], [np.inf, 0], [[0.5, 0.5]], []])
def test_weights_must_fit(bad):
    with pytest.raises(ValueError, match="weights must be one finite number per criterion"):
        weight_array(bad, ("a", "b"))
