"""How far people agree: on one cell, and on an order."""

from fractions import Fraction
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.judge import (
    concordance_p,
    kendalls_w,
    midranks,
    tastle_wierman_consensus,
    van_der_eijk_agreement,
)

counts = st.tuples(*[st.integers(0, 12)] * 3)
longer = st.lists(st.integers(0, 12), min_size=3, max_size=7)

# What shares put off centre look like: the example of the R package agrmt, in its documentation
# of agreement(), polarization() and consensus().
AGRMT = (30, 40, 210, 130, 530, 50, 10)
# Van der Eijk (2001), Measuring agreement in ordered rating scales, Quality & Quantity 35: where
# Dutch voters put two parties from left to right, in per cent; also in the vignette of agrmt.
PVDA = (2.4, 2.8, 3.2, 6.2, 13.5, 30.4, 41.6)
D66 = (1.6, 2.6, 8.2, 21, 29.3, 27, 10.3)


@pytest.mark.parametrize(
    ("given_", "expected", "precision"),
    [
        (AGRMT, 0.6113333, 1e-7),
        # Polarization in agrmt is (1 − A)/2 = .1943333 for the same counts.
        (AGRMT, 1 - 2 * 0.1943333, 2e-7),
        (PVDA, 0.61, 0.005),
        (D66, 0.48, 0.005),
        # Documentation of agrmt; by hand ¾·(−2/3)·(1/3) + ¼·1 = 1/12.
        ((2, 0, 1, 1), 0.08, 0.005),
        # By van der Eijk's definition: half at each end, two neighbours, all on one, even.
        ((4, 0, 4), -1, 1e-12),
        ((0, 4, 4), 0.5, 1e-12),
        ((0, 7, 0), 1, 1e-12),
        ((7, 0, 0), 1, 1e-12),
        ((3, 3, 3), 0, 1e-12),
        ((5, 0, 0, 0, 0, 0, 5), -1, 1e-12),
        ((2, 2, 2, 2, 2), 0, 1e-12),
    ],
)
def test_published_agreement(given_, expected, precision):
    assert van_der_eijk_agreement(given_) == pytest.approx(expected, abs=precision)


def test_agreement_by_hand():
    """(1, 2, 5): one of each (A 0, weight 3/8), ± and + once more (½, 2/8), three + (1, 3/8)."""
    assert van_der_eijk_agreement((1, 2, 5)) == pytest.approx(0.5 * 2 / 8 + 3 / 8)


@given(counts.filter(any), st.integers(1, 5))
def test_agreement_is_bounded_symmetric_and_free_of_size(cell, times):
    agreement = van_der_eijk_agreement(cell)
    assert -1 - 1e-9 <= agreement <= 1 + 1e-9
    assert van_der_eijk_agreement(cell[::-1]) == pytest.approx(agreement)
    assert van_der_eijk_agreement([times * k for k in cell]) == pytest.approx(agreement)


@given(longer.filter(any))
def test_agreement_layer_by_layer(cell):
    """The layers and triples of van der Eijk (2001), in exact fractions."""
    k, left, total, expected = len(cell), list(cell), sum(cell), Fraction(0)
    while any(left):
        size = min(x for x in left if x)
        there = [x > 0 for x in left]
        s = sum(there)
        triples = ["".join("1" if there[i] else "0" for i in t) for t in combinations(range(k), 3)]
        along = sum(t in ("110", "011") for t in triples)
        against = triples.count("101")
        if s == 1:
            one_peak = Fraction(1)
        elif along + against == 0:
            one_peak = Fraction(0)
        else:
            one_peak = Fraction((k - 2) * along - (k - 1) * against, (k - 2) * (along + against))
        expected += Fraction(size * s, total) * one_peak * (1 - Fraction(s - 1, k - 1))
        left = [x - size if x else 0 for x in left]
    assert van_der_eijk_agreement(cell) == pytest.approx(float(expected))


@pytest.mark.parametrize(
    ("given_", "expected", "precision"),
    [
        (AGRMT, 0.7256876, 1e-7),
        # Tastle & Wierman (2007): 1 when all agree, 0 with half at each end.
        ((7, 0, 0), 1, 1e-12),
        ((0, 0, 0, 7, 0), 1, 1e-12),
        ((4, 0, 4), 0, 1e-12),
        ((6, 0, 0, 0, 6), 0, 1e-12),
        ((1, 1), 0, 1e-12),
        # By hand: two neighbours on three levels, 1 + log2(¾); on five, 1 + log2(7/8).
        ((0, 4, 4), 0.585, 0.0005),
        ((0, 3, 3, 0, 0), 1 + np.log2(7 / 8), 1e-12),
        # By hand: an even spread over three levels, 1 + 2/3·log2(½).
        ((3, 3, 3), 1 / 3, 1e-12),
    ],
)
def test_published_consensus(given_, expected, precision):
    assert tastle_wierman_consensus(given_) == pytest.approx(expected, abs=precision)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=7).filter(any), st.integers(1, 5))
def test_consensus_is_bounded_symmetric_and_free_of_size(cell, times):
    consensus = tastle_wierman_consensus(cell)
    assert -1e-9 <= consensus <= 1 + 1e-9
    assert tastle_wierman_consensus(cell[::-1]) == pytest.approx(consensus)
    assert tastle_wierman_consensus([times * k for k in cell]) == pytest.approx(consensus)
    assert (consensus == pytest.approx(1)) == (sum(k > 0 for k in cell) == 1)


@pytest.mark.parametrize("index", [van_der_eijk_agreement, tastle_wierman_consensus])
def test_no_answers_have_no_agreement(index):
    assert np.isnan(index((0, 0, 0)))


@pytest.mark.parametrize("index", [van_der_eijk_agreement, tastle_wierman_consensus])
@pytest.mark.parametrize("bad", [(1,), (1, -1, 3), (1, np.nan, 2), (np.inf, 1, 1), [[1, 2, 3]], []])
def test_bad_counts_are_refused(index, bad):
    with pytest.raises(ValueError, match="counts"):
        index(bad)


def test_agreement_needs_three_levels_and_consensus_two():
    with pytest.raises(ValueError, match="counts must be at least three"):
        van_der_eijk_agreement((1, 2))
    with pytest.raises(ValueError, match="counts must be at least two"):
        tastle_wierman_consensus((1,))


# --- ranks


def test_midranks_by_hand():
    """Two that tie for the second and third place share 2½; three at the end share 5."""
    assert midranks([7, 1, 9, 7, 9, 9]).tolist() == [2.5, 1, 5, 2.5, 5, 5]
    assert midranks([]).tolist() == []
    assert midranks([3, 3, 3]).tolist() == [2, 2, 2]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=9))
def test_midranks_keep_their_sum_and_follow_the_values(values):
    ranks = midranks(values)
    assert ranks.sum() == len(values) * (len(values) + 1) / 2
    for i, j in combinations(range(len(values)), 2):
        assert np.sign(ranks[i] - ranks[j]) == np.sign(values[i] - values[j])


# --- Kendall's W

# Siegel (1956), Nonparametric statistics, ch. 9: six applicants ranked by three executives.
SIEGEL = [(1, 6, 3, 2, 5, 4), (1, 5, 6, 4, 2, 3), (6, 3, 2, 5, 4, 1)]
# Ten items by three judges, with ties: example of NAG's routine G08DAF, after Siegel (1956).
NAG = [
    (1.0, 4.5, 2.0, 4.5, 3.0, 7.5, 6.0, 9.0, 7.5, 10.0),
    (2.5, 1.0, 2.5, 4.5, 4.5, 8.0, 9.0, 6.5, 10.0, 6.5),
    (2.0, 1.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0),
]
# Gravetter & Wallnau, Statistics for the behavioral sciences, the Friedman test: five people,
# four conditions, rank sums 6, 9.5, 15.5 and 19.
GRAVETTER = [(1, 2.5, 2.5, 4), (2, 1, 3, 4), (1, 2, 4, 3), (1, 2, 3, 4), (1, 2, 3, 4)]
# Hollander & Wolfe (1973), p. 140: seconds that 22 players took to round first base in three
# ways; the example of R's friedman.test.
ROUNDING = [
    (5.40, 5.50, 5.55), (5.85, 5.70, 5.75), (5.20, 5.60, 5.50), (5.55, 5.50, 5.40),
    (5.90, 5.85, 5.70), (5.45, 5.55, 5.60), (5.40, 5.40, 5.35), (5.45, 5.50, 5.35),
    (5.25, 5.15, 5.00), (5.85, 5.80, 5.70), (5.25, 5.20, 5.10), (5.65, 5.55, 5.45),
    (5.60, 5.35, 5.45), (5.05, 5.00, 4.95), (5.50, 5.50, 5.40), (5.45, 5.55, 5.50),
    (5.55, 5.55, 5.35), (5.45, 5.50, 5.55), (5.50, 5.45, 5.25), (5.65, 5.60, 5.40),
    (5.70, 5.65, 5.55), (6.30, 6.30, 6.25),
]  # fmt: skip


def test_siegel():
    """s = 25.5 of at most 157.5, so W = .162."""
    assert kendalls_w(SIEGEL) == pytest.approx(25.5 / 157.5)
    assert kendalls_w(SIEGEL) == pytest.approx(0.162, abs=0.0005)


def test_with_ties():
    """NAG gives W = .828 and a significance of .008 from χ² with 9 degrees of freedom."""
    assert kendalls_w(NAG) == pytest.approx(0.828, abs=0.0005)
    assert concordance_p(NAG) < 0.008  # χ² is too careful for three judges (Legendre 2005)


def test_gravetter():
    """Without correction χ² = 12.3 and W = 12.3/(5·3) = .82 = 102.5/125.

    The one tie takes 5·(2³ − 2)/12 = 2.5 from the denominator.
    """
    assert np.sum(GRAVETTER, axis=0).tolist() == [6, 9.5, 15.5, 19]
    assert kendalls_w(GRAVETTER) == pytest.approx(102.5 / 122.5)
    assert kendalls_w(GRAVETTER) * 122.5 / 125 == pytest.approx(0.82)


def test_rounding_first_base():
    """R's friedman.test gives χ² = 11.143 and p = .003805; W = χ²/(m(n − 1))."""
    assert kendalls_w(ROUNDING) == pytest.approx(11.143 / (22 * 2), abs=2e-5)
    assert concordance_p(ROUNDING, draws=20_000) == pytest.approx(0.0038, abs=0.0025)


@pytest.mark.parametrize(
    ("ranks", "chi_squared", "p"),
    [
        # Friedman (1937), JASA 32, and every later table of the exact distribution.
        ([(1, 2, 3)] * 3, 6.0, 0.028),
        ([(1, 2, 3), (1, 2, 3), (1, 3, 2)], 4.667, 0.194),
        ([(1, 2, 3)] * 4, 8.0, 0.0046),
        ([(1, 2, 3)] * 3 + [(2, 1, 3)], 6.5, 0.042),
        ([(1, 2, 3, 4)] * 2, 6.0, 0.042),
    ],
)
def test_the_exact_distribution(ranks, chi_squared, p):
    m, n = np.shape(ranks)
    assert m * (n - 1) * kendalls_w(ranks) == pytest.approx(chi_squared, abs=0.0005)
    # Five standard errors of 20 000 shuffles.
    error = 5 * np.sqrt(p * (1 - p) / 20_000)
    assert concordance_p(ranks, draws=20_000) == pytest.approx(p, abs=error + 0.0005)


def test_the_permutation_p_against_every_permutation():
    """Three judges who tie some of four items: all 24² ways to lay two beside the first."""
    ranks = [(1, 2.5, 2.5, 4), (1, 2, 3, 4), (2, 1, 3.5, 3.5)]

    def spread(judges):
        return np.var(np.sum(judges, axis=0))

    reached = [
        spread([ranks[0], one, other]) >= spread(ranks) - 1e-9
        for one, other in product(permutations(ranks[1]), permutations(ranks[2]))
    ]
    exact = np.mean(reached)
    assert concordance_p(ranks, draws=20_000) == pytest.approx(exact, abs=0.015)


panels = st.integers(2, 6).flatmap(
    lambda n: st.lists(st.tuples(*[st.integers(1, 4)] * n), min_size=2, max_size=6)
)


@given(panels)
def test_concordance_is_between_0_and_1_or_not_there(ranks):
    w = kendalls_w(ranks)
    if all(len(set(row)) == 1 for row in ranks):
        assert np.isnan(w)
    else:
        assert -1e-9 <= w <= 1 + 1e-9


@given(panels.filter(lambda ranks: any(len(set(row)) > 1 for row in ranks)), st.randoms())
def test_concordance_knows_no_names_and_no_scale(ranks, random):
    w = kendalls_w(ranks)
    column = random.sample(range(len(ranks[0])), len(ranks[0]))
    turned = [[row[j] for j in column] for row in random.sample(ranks, len(ranks))]
    assert kendalls_w(turned) == pytest.approx(w)
    assert kendalls_w([[10 * rank**3 for rank in row] for row in ranks]) == pytest.approx(w)
    assert kendalls_w([[-rank for rank in row] for row in ranks]) == pytest.approx(w)


@given(st.integers(2, 6), st.integers(2, 7), st.integers(0, 99))
def test_concordance_is_the_mean_of_spearmans_correlations(m, n, seed):
    """W = ((m − 1)·r̄ + 1)/m for ranks without ties (Kendall & Gibbons 1990)."""
    rng = np.random.default_rng(seed)
    ranks = rng.permuted(np.tile(np.arange(n), (m, 1)), axis=1)
    mean = np.mean([np.corrcoef(a, b)[0, 1] for a, b in combinations(ranks, 2)])
    assert kendalls_w(ranks) == pytest.approx(((m - 1) * mean + 1) / m)


def test_the_same_order_and_the_opposite():
    assert kendalls_w([(1, 2, 3, 4)] * 5) == pytest.approx(1)
    assert kendalls_w([(1, 2, 2, 4)] * 5) == pytest.approx(1)
    assert kendalls_w([(1, 2, 3), (3, 2, 1)]) == pytest.approx(0)


def test_who_ties_everything_has_no_concordance():
    assert np.isnan(kendalls_w([(2, 2, 2)] * 4))
    assert concordance_p([(2, 2, 2)] * 4) == 1


@settings(max_examples=25)
@given(panels, st.integers(1, 50))
def test_the_p_is_never_0_and_the_same_each_time(ranks, draws):
    p = concordance_p(ranks, draws=draws)
    assert 1 / (1 + draws) <= p <= 1
    assert concordance_p(ranks, draws=draws) == p


def test_chance_alone_is_called_shared_one_time_in_twenty():
    """200 panels of 6 people who order 5 criteria at random: p ≤ .05 for some 10 of them."""
    rng = np.random.default_rng(11)
    found = [
        concordance_p(rng.permuted(np.tile(np.arange(5), (6, 1)), axis=1), draws=499)
        for _ in range(200)
    ]
    assert 2 <= sum(p <= 0.05 for p in found) <= 20
    assert np.mean(found) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    "bad",
    [
        [(1, 2, 3)],
        [(1,), (1,)],
        [1, 2, 3],
        [],
        [(1, np.nan), (2, 1)],
        [(1, np.inf), (2, 1)],
        [[(1, 2), (2, 1)]],
    ],
)
@pytest.mark.parametrize("index", [kendalls_w, concordance_p])
def test_ranks_that_are_no_table_are_refused(index, bad):
    with pytest.raises(ValueError, match="ranks must be"):
        index(bad)


def test_no_shuffles_are_refused():
    with pytest.raises(ValueError, match="draws"):
        concordance_p(SIEGEL, draws=0)
