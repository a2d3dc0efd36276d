"""Weights of a strict order: published values, and what weights must be."""

from itertools import permutations

import numpy as np
import pytest

from workbook.judge import equal, rank_order_centroid, rank_reciprocal, rank_sum
from workbook.judge.weights import weight_array

SCHEMES = (rank_order_centroid, rank_sum, rank_reciprocal, equal)


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        # Barron (1992); Edwards & Barron (1994): w_i = (1/n) Σ_{k=i..n} 1/k; their table, also in
        # Roberts & Goodwin (2002), Journal of Multi-Criteria Decision Analysis 11.
        (rank_order_centroid, [1]),
        (rank_order_centroid, [0.75, 0.25]),
        (rank_order_centroid, [0.6111, 0.2778, 0.1111]),
        (rank_order_centroid, [0.5208, 0.2708, 0.1458, 0.0625]),
        (rank_order_centroid, [0.4567, 0.2567, 0.1567, 0.09, 0.04]),
        (rank_order_centroid, [0.4083, 0.2417, 0.1583, 0.1028, 0.0611, 0.0278]),
        (rank_order_centroid, [0.3704, 0.2276, 0.1561, 0.1085, 0.0728, 0.0442, 0.0204]),
        (rank_order_centroid, [0.3397, 0.2147, 0.1522, 0.1106, 0.0793, 0.0543, 0.0335, 0.0156]),
        # Stillwell, Seaver & Edwards (1981): 2(n + 1 − i)/(n(n + 1)).
        (rank_sum, [0.3333, 0.2667, 0.2, 0.1333, 0.0667]),
        (rank_sum, [0.4, 0.3, 0.2, 0.1]),
        (rank_sum, [0.5, 0.3333, 0.1667]),
        # The same: (1/i)/Σ 1/k.
        (rank_reciprocal, [0.438, 0.219, 0.146, 0.1095, 0.0876]),
        (rank_reciprocal, [0.48, 0.24, 0.16, 0.12]),
        (rank_reciprocal, [0.5455, 0.2727, 0.1818]),
        (equal, [0.25] * 4),
    ],
)
def test_published_weights(scheme, expected):
    assert scheme(len(expected)) == pytest.approx(expected, abs=5.1e-5)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_sums_to_one_and_never_rises(scheme):
    for n in range(1, 30):
        weights = scheme(n)
        assert weights.shape == (n,)
        assert weights.sum() == pytest.approx(1)
        assert (np.diff(weights) <= 1e-15).all() and (weights > 0).all()


def test_rank_sum_is_the_flattest_that_is_not_equal():
    """The centroid and the reciprocals give more to the first place (Barron & Barrett 1996)."""
    for n in range(3, 12):
        centroid, summed, reciprocal, even = (scheme(n)[0] for scheme in SCHEMES)
        assert min(centroid, reciprocal) > summed > even


def test_the_centroid_is_the_mean_of_the_corners():
    """The weights of a strict order lie between (1, 0, …), (½, ½, 0, …), … (1/n, …, 1/n)."""
    for n in range(1, 9):
        corners = [np.repeat([1 / k, 0], [k, n - k]) for k in range(1, n + 1)]
        assert rank_order_centroid(n) == pytest.approx(np.mean(corners, axis=0))


def test_the_mean_over_every_strict_order_is_equal():
    for scheme in SCHEMES:
        places = list(permutations(scheme(5)))
        assert np.mean(places, axis=0) == pytest.approx(equal(5))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("n", [0, -1])
def test_no_criteria_has_no_weights(scheme, n):
    with pytest.raises(ValueError, match="n must be"):
        scheme(n)


@pytest.mark.parametrize("bad", [[1.0], [0.5, np.nan], [np.inf, 0], [[0.5, 0.5]], []])
def test_weights_must_fit(bad):
    with pytest.raises(ValueError, match="weights must be one finite number per criterion"):
        weight_array(bad, ("a", "b"))


@pytest.mark.parametrize("bad", [[1.5, -0.5], [0.5, 0.4], [0, 0], [1, 1]])
def test_weights_must_be_shares(bad):
    with pytest.raises(ValueError, match="weights must be 0 or more and sum to 1"):
        weight_array(bad, ("a", "b"))


def test_weights_may_be_0_and_need_not_sum_to_1_to_the_last_digit():
    assert weight_array([0, 1], ("a", "b")).tolist() == [0, 1]
    assert weight_array([1 / 3 + 1e-9] * 3, "abc").shape == (3,)
    assert weight_array([], ()).shape == (0,)
