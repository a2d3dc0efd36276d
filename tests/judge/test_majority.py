"""Majority judgment: the grade that a majority gives at least, and what breaks ties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbook.judge import (
    DONT_KNOW,
    NOT_SCORED,
    ScoreTable,
    majority_grades,
    majority_judgment,
)

MINUS, PLUSMINUS, PLUS = 0, 1, 2
"""Positions of the grades on our scale."""


def judged(shares):
    return majority_grades(tuple(f"o{i}" for i in range(len(shares))), shares)


def places(found):
    """1 for the highest value; equal ones share it."""
    return [1 + sum(other > value for other in found.value) for value in found.value]


def tallies(rows):
    counts = np.array(rows, dtype=np.int64)
    options = tuple(f"o{i}" for i in range(len(counts)))
    return ScoreTable(options, tuple("abcdefgh"[: counts.shape[1]]), tallies=counts)


# --- published elections


def test_condorcets_winner_need_not_win():
    """100 voters: C has the majority grade good, though B beats A 65:35 and C 66:34.

    Poor, fair, good, excellent: Wikipedia, Condorcet winner criterion, majority judgment.
    """
    found = majority_grades("ABC", [(34, 31, 0, 35), (0, 69, 0, 31), (35, 0, 31, 34)])
    assert found.grade.tolist() == [1, 1, 2]
    assert found.sole_first() == "C"
    # Fair for both others: A has 35 above against 34 below, B 31 above and nobody below.
    assert found.above == pytest.approx([0.35, 0.31, 0.34])
    assert found.below == pytest.approx([0.34, 0, 0.35])
    assert found.ranking() == list("CAB")


# 737 voters on ten candidates, in shares from "to reject" to "outstanding": Balinski & Laraki
# (2016), p. 14, with the majority score mj in Fabre (2021), Tie-breaking the highest median,
# Social Choice and Welfare 56, table 6. mj is the grade (fair is 0) plus the share above it if
# that is the larger, otherwise minus the share below it.
FRANCE_2012 = {
    "Hollande": ((14.24, 14.25, 14.79, 11.67, 16.42, 16.15, 12.48), 1.450),
    "Bayrou": ((8.69, 11.94, 20.08, 25.24, 21.71, 9.77, 2.58), 0.593),
    "Sarkozy": ((31.75, 7.87, 11.13, 10.99, 16.28, 12.35, 9.63), 0.493),
    "Mélenchon": ((25.37, 15.06, 17.10, 14.65, 12.90, 9.50, 5.43), 0.425),
    "Dupont-Aignan": ((33.92, 25.51, 20.22, 11.26, 5.97, 2.58, 0.54), -0.594),
    "Joly": ((38.53, 24.69, 14.65, 11.80, 6.51, 2.99, 0.81), -1.385),
    "Poutou": ((45.73, 28.09, 12.48, 7.73, 4.48, 1.36, 0.14), -1.457),
    "Le Pen": ((47.63, 6.24, 13.98, 9.36, 9.50, 7.33, 5.97), -1.476),
    "Arthaud": ((49.93, 25.24, 13.16, 6.51, 3.80, 1.36, 0.00), -1.499),
    "Cheminade": ((51.97, 26.87, 11.67, 5.83, 2.44, 0.81, 0.41), -1.520),
}
# 1,000 voters on eleven, from "to reject" to "very good": the same, table 7.
FRANCE_2017 = {
    "Mélenchon": ((15.5, 11.0, 9.1, 28.8, 22.2, 13.3), 0.644),
    "Macron": ((19.8, 11.1, 11.0, 25.7, 22.8, 9.6), 0.581),
    "Hamon": ((21.1, 15.3, 17.0, 29.4, 11.7, 5.5), 0.466),
    "Dupont-Aignan": ((24.4, 20.4, 17.9, 23.9, 9.5, 3.9), -0.448),
    "Le Pen": ((34.1, 13.6, 6.7, 16.3, 14.0, 15.3), -0.477),
    "Poutou": ((25.7, 22.8, 17.6, 22.6, 8.5, 2.8), -0.485),
    "Fillon": ((33.5, 17.9, 10.6, 17.9, 11.9, 8.2), -0.514),
    "Lassalle": ((29.2, 27.2, 19.1, 19.6, 4.0, 0.9), -0.564),
    "Arthaud": ((29.2, 28.4, 16.3, 19.2, 5.5, 1.4), -0.576),
    "Asselineau": ((31.6, 29.4, 16.6, 17.9, 3.5, 1.0), -0.610),
    "Cheminade": ((32.3, 30.9, 17.1, 16.9, 2.4, 0.4), -0.632),
}


@pytest.mark.parametrize("election", [FRANCE_2012, FRANCE_2017])
def test_two_presidential_elections(election):
    shares, expected = zip(*election.values(), strict=True)
    found = majority_grades(tuple(election), shares)
    fair = 2
    score = found.grade - fair + np.where(found.above > found.below, found.above, -found.below)
    assert score == pytest.approx(expected, abs=0.002)  # the shares are rounded
    assert found.ranking() == list(election)
    assert found.value.tolist() == list(range(len(election)))[::-1]


def test_the_largest_share_beside_the_middle_decides():
    """Fabre (2021), table 1, 100 voters on −1, 0 and 1: the largest share is D's 45 above."""
    found = majority_grades("ABCD", [(10, 60, 30), (1, 88, 11), (27, 33, 40), (43, 12, 45)])
    assert found.grade.tolist() == [PLUSMINUS] * 4
    assert found.above == pytest.approx([0.30, 0.11, 0.40, 0.45])
    assert found.below == pytest.approx([0.10, 0.01, 0.27, 0.43])
    assert found.ranking() == list("DCAB")


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        # The tests of the Java library of Mieux Voter: rank of each row, lowest grade first.
        ([(1, 1, 1), (1, 0, 2), (3, 0, 0), (2, 0, 1), (0, 3, 0)], [3, 1, 5, 4, 2]),
        # The same share above the grade; the second has fewer below.
        ([(4, 5, 2, 1, 3, 1, 2), (3, 6, 2, 1, 3, 1, 2)], [2, 1]),
        ([(2, 3, 0, 3), (2, 0, 4, 2), (2, 1, 3, 2)], [3, 1, 2]),
        # Shares, so that unequal numbers of voices are no trouble.
        ([(2, 2, 2), (1, 1, 1), (0, 1, 0), (0, 0, 1)], [3, 3, 2, 1]),
    ],
)
def test_the_ranks_of_another_library(shares, expected):
    assert places(judged(shares)) == expected


def test_balinski_and_larakis_rule_by_leaving_out_voices():
    """Good, good, fair, poor against excellent, fair, fair, fair (Wikipedia, majority judgment).

    Both are fair; without one fair each, the first is good.
    """
    found = judged([(1, 1, 2, 0), (0, 3, 0, 1)])
    assert found.grade.tolist() == [1, 1]
    assert found.sole_first() == "o0"


# --- definition


def value_of(counts):
    """Balinski & Laraki's majority value: the lower median, without it the next, and so on."""
    left = [grade for grade, n in enumerate(counts) for _ in range(n)]
    return [left.pop((len(left) - 1) // 2) for _ in range(len(left))]


@st.composite
def grades_of_as_many(draw):
    """Grades of some options by the same number of people."""
    k, people = draw(st.integers(2, 5)), draw(st.integers(1, 9))
    one = st.lists(st.integers(0, k - 1), min_size=people, max_size=people)
    given_ = draw(st.lists(one, min_size=1, max_size=5))
    return [[row.count(grade) for grade in range(k)] for row in given_]


@settings(max_examples=200)
@given(grades_of_as_many())
def test_places_against_leaving_out_one_voice_at_a_time(shares):
    values = [value_of(row) for row in shares]
    expected = [1 + sum(other > value for other in values) for value in values]
    found = judged(shares)
    assert places(found) == expected
    assert found.grade.tolist() == [value[0] for value in values]


@given(grades_of_as_many())
def test_the_shares_above_and_below(shares):
    found = judged(shares)
    for row, grade, above, below in zip(shares, found.grade, found.above, found.below, strict=True):
        assert above == pytest.approx(sum(row[grade + 1 :]) / sum(row))
        assert below == pytest.approx(sum(row[:grade]) / sum(row))
        # More than half give it at least; not more than half give more.
        assert below < 0.5 and above <= 0.5 + 1e-9


@given(grades_of_as_many(), st.integers(1, 7), st.randoms(use_true_random=False))
def test_size_and_names_change_nothing(shares, times, random):
    found = judged(shares)
    more = judged([[times * n for n in row] for row in shares])
    assert (more.value == found.value).all() and (more.grade == found.grade).all()
    turn = random.sample(range(len(shares)), len(shares))
    assert (judged([shares[i] for i in turn]).value == found.value[turn]).all()


def test_a_tie_survives_the_noise_of_computing():
    tiny = 1e-15
    found = judged(
        [(1 / 3, 1 / 3, 1 / 3), (1 / 3 + tiny, 1 / 3, 1 / 3 - tiny), (0.1 + 0.2, 0.4, 0.3)]
    )
    assert found.value.tolist() == [0, 0, 1]
    # Half, to the last digit but one, is no majority.
    half = 1 / 1024
    found = judged([(0.5 + tiny, half, 0.5 - half), (0.5 - tiny, half, 0.5 - half)])
    assert found.grade.tolist() == [0, 0] and found.value.tolist() == [0, 0]


# --- on a table


def test_pooled_by_weight_by_hand():
    """a counts ¾, b ¼: − .75·.5, ± .75·.25 + .25·.5, + .75·.25 + .25·.5 of all voices."""
    table = tallies([[(2, 1, 1, 0), (0, 1, 1, 9)], [(1, 2, 1, 0), (1, 0, 0, 0)]])
    found = majority_judgment(table, [0.75, 0.25])
    assert found.grade.tolist() == [PLUSMINUS, PLUSMINUS]
    assert found.below == pytest.approx([0.375, 0.75 * 0.25 + 0.25])
    assert found.above == pytest.approx([0.75 * 0.25 + 0.25 * 0.5, 0.75 * 0.25])
    assert found.ranking() == ["o0", "o1"]


def test_a_criterion_counts_for_its_weight_however_many_answered():
    """One + on a against nine − on b, of equal weight: half and half, so −."""
    found = majority_judgment(tallies([[(0, 0, 1, 8), (9, 0, 0, 0)]]), [0.5, 0.5])
    assert found.grade.tolist() == [MINUS]
    assert (found.above[0], found.below[0]) == (0.5, 0)


def test_an_option_with_an_empty_cell_gets_no_place():
    found = majority_judgment(tallies([[(0, 0, 4, 0), (0, 0, 0, 4)], [(4, 0, 0, 0)] * 2]), [1, 0])
    assert np.isnan(found.value[0]) and found.value[1] == 0
    assert found.grade.tolist() == [-1, MINUS]
    assert found.first() == ("o1",)


@st.composite
def rooms(draw, states=(-1, 0, 1, DONT_KNOW)):
    o, c = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    people = draw(st.integers(1, 5))
    scores = draw(hnp.arrays(np.int8, (people, o, c), elements=st.sampled_from(states)))
    parts = draw(st.lists(st.integers(1, 9), min_size=c, max_size=c))
    return scores, np.array(parts) / sum(parts)


def ballots(scores):
    people, o, c = scores.shape
    return ScoreTable(
        tuple(f"o{i}" for i in range(o)),
        tuple(f"c{i}" for i in range(c)),
        tuple(f"p{i}" for i in range(people)),
        scores=np.asarray(scores, dtype=np.int8),
    )


@given(rooms(), st.data())
def test_below_another_on_everyones_every_criterion_is_never_sole_first(room, data):
    scores, weights = room
    lowered = data.draw(hnp.arrays(np.int8, scores[:, 0].shape, elements=st.integers(0, 2)))
    below = np.where(scores[:, 0] > 1, scores[:, 0], np.maximum(scores[:, 0] - lowered, -1))
    table = ballots(np.concatenate([scores, below[:, None]], axis=1))
    assert majority_judgment(table, weights).sole_first() != table.options[-1]


@given(rooms(), st.data())
def test_raising_one_given_score_never_lowers_that_option(room, data):
    scores, weights = room
    given_ = np.argwhere(scores < 1)
    if not len(given_):
        return
    i, o, c = data.draw(st.sampled_from([tuple(at) for at in given_]))
    raised = scores.copy()
    raised[i, o, c] += 1
    before, after = (majority_judgment(ballots(x), weights) for x in (scores, raised))
    if f"o{o}" in before.first():
        assert f"o{o}" in after.first()
    for j in np.flatnonzero(~np.isnan(before.value)):
        if before.value[o] >= before.value[j]:
            assert after.value[o] >= after.value[j]


@given(rooms(states=(-1, 0, 1, DONT_KNOW, NOT_SCORED)), st.randoms(use_true_random=False))
def test_the_order_of_criteria_and_options_changes_nothing(room, random):
    scores, weights = room
    turn = random.sample(range(scores.shape[1]), scores.shape[1])
    column = random.sample(range(len(weights)), len(weights))
    before = majority_judgment(ballots(scores), weights)
    after = majority_judgment(ballots(scores[:, turn][:, :, column]), weights[column])
    assert after.value == pytest.approx(before.value[turn], nan_ok=True)
    assert np.isfinite(after.above).all() and np.isfinite(after.below).all()


# --- what is little, and what is refused


def test_one_option_none_nobody_and_all_equal():
    assert majority_judgment(tallies([[(0, 3, 0, 0)]]), [1]).value.tolist() == [0]
    none = majority_judgment(ScoreTable.from_tallies((), ("a",), {}), [1])
    assert none.value.shape == (0,) and none.first() == ()
    unknown = majority_judgment(tallies([[(0, 0, 0, 3)]] * 2), [1])
    assert np.isnan(unknown.value).all() and unknown.first() == ()
    assert unknown.grade.tolist() == [-1, -1]
    level = majority_judgment(tallies([[(1, 2, 1, 0)]] * 3), [1])
    assert level.value.tolist() == [0, 0, 0]
    assert level.first() == ("o0", "o1", "o2")


@pytest.mark.parametrize(
    "shares",
    [
        [(1,), (1,)],
        [(1, 2)],
        [(1, 2), (1, 2), (1, 2)],
        [(1, -1), (1, 2)],
        [(1, np.nan), (1, 2)],
        [(np.inf, 1), (1, 2)],
        [1, 2, 3, 4],
        [],
        [[(1, 2)], [(1, 2)]],
    ],
)
def test_shares_that_do_not_fit_are_refused(shares):
    with pytest.raises(ValueError, match="shares must be"):
        majority_grades(("x", "y"), shares)


@pytest.mark.parametrize("weights", [[1], [0.5, np.nan], [], [1.5, -0.5], [0.5, 0.4]])
def test_weights_that_do_not_fit_are_refused(weights):
    with pytest.raises(ValueError, match="weights must be"):
        majority_judgment(tallies([[(1, 0, 0, 0)] * 2]), weights)


def test_bounds_are_refused():
    table = ScoreTable.from_bounds(("x",), ("a",), {("x", "a"): (0, 1)})
    with pytest.raises(ValueError, match="bounds are not voices"):
        majority_judgment(table, [1])
