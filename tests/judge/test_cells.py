"""One cell: median, split, thin, and what to discuss first."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.judge import (
    DONT_KNOW,
    NOT_SCORED,
    ScoreTable,
    discussion_order,
    is_split,
    median_levels,
    split_by_chance,
    split_threshold,
    summarise,
    van_der_eijk_agreement,
)

counts = st.tuples(*[st.integers(0, 12)] * 3)


@pytest.mark.parametrize(
    ("people", "threshold"),
    [
        # Fitch et al. (2001), The RAND/UCLA Appropriateness Method User's Manual, classic rule;
        # the same table in BMC Medical Informatics and Decision Making 12:93 (2012), table 7.
        ((8, 9, 10), 3),
        ((11, 12, 13), 4),
        ((14, 15, 16), 5),
        # Ours: a third, rounded up, for smaller groups; no split can be called below 5.
        ((5, 6), 2),
        ((7,), 3),
        ((0, 1, 2, 3, 4), None),
    ],
)
def test_how_many_at_each_end(people, threshold):
    assert [split_threshold(n) for n in people] == [threshold] * len(people)


@pytest.mark.parametrize(
    ("cell", "split"),
    [
        ((3, 4, 3), True),
        ((2, 5, 3), False),
        ((3, 5, 3), False),
        ((4, 3, 4), True),
        ((5, 6, 5), True),
        ((4, 6, 5), False),
        ((2, 1, 2), True),
        ((2, 0, 2), False),
        ((0, 0, 0), False),
    ],
)
def test_split(cell, split):
    assert is_split(*cell) is split


def test_the_threshold_never_falls_and_leaves_room_for_both_ends():
    thresholds = [split_threshold(n) for n in range(5, 60)]
    assert thresholds == sorted(thresholds)
    for n, threshold in enumerate(thresholds, start=5):
        assert 2 <= threshold <= n // 2
        # About a third, as the two extreme thirds of a scale.
        assert abs(threshold - n / 3) <= 2 / 3 + 1e-9


@given(counts)
def test_a_split_survives_that_one_leaves_the_middle_for_an_end(cell):
    minus, plusminus, plus = cell
    if is_split(*cell) and plusminus:
        assert is_split(minus + 1, plusminus - 1, plus)
        assert is_split(minus, plusminus - 1, plus + 1)


@given(counts)
def test_split_is_the_same_from_both_sides_and_never_without_both(cell):
    minus, plusminus, plus = cell
    assert is_split(*cell) == is_split(plus, plusminus, minus)
    if not minus or not plus:
        assert not is_split(*cell)


@given(counts)
def test_the_median_against_numpy(cell):
    answers = np.repeat([-1, 0, 1], cell)
    if not len(answers):
        assert median_levels(*cell) is None
        return
    assert median_levels(*cell) == (
        np.percentile(answers, 50, method="lower"),
        np.percentile(answers, 50, method="higher"),
    )
    assert np.mean(median_levels(*cell)) == np.median(answers)


def tallies(cells, criteria=("a", "b")):
    options = tuple(dict.fromkeys(o for o, _ in cells))
    return ScoreTable.from_tallies(options, criteria, cells)


def test_a_summary_by_hand():
    cells = summarise(
        tallies(
            {
                ("x", "a"): (3, 1, 4, 0),
                ("x", "b"): (0, 2, 2, 4),
                ("y", "a"): (0, 3, 0, 5),
                ("y", "b"): (0, 0, 0, 8),
            }
        )
    )
    assert list(cells) == [("x", "a"), ("x", "b"), ("y", "a"), ("y", "b")]
    assert [c.split for c in cells.values()] == [True, False, False, False]
    assert [c.median for c in cells.values()] == [None, (0, 1), (0, 0), None]
    # Half of 8 is 4: three answers are few, four are not.
    assert [c.thin for c in cells.values()] == [False, False, True, True]
    assert [c.n for c in cells.values()] == [8, 4, 3, 0]
    assert [c.dont_know for c in cells.values()] == [0, 4, 5, 8]


@pytest.mark.parametrize(
    ("n", "people", "thin"),
    [(4, 8, False), (3, 8, True), (5, 9, False), (4, 9, True), (0, 1, True), (1, 2, False)],
)
def test_thin_is_fewer_than_half_of_those_present_rounded_up(n, people, thin):
    cells = summarise(tallies({("x", "a"): (0, n, 0, people - n)}, ("a",)))
    assert cells["x", "a"].thin is thin


def test_hands_in_the_fullest_cell_are_those_present():
    """Six hands in one cell and two in the other: two of six are few."""
    cells = summarise(tallies({("x", "a"): (1, 2, 3, 0), ("x", "b"): (0, 0, 2, 0)}))
    assert [c.thin for c in cells.values()] == [False, True]


def test_nobody_present_makes_no_cell_thin():
    cells = summarise(ScoreTable.from_ballots(("x",), ("a",), [], participants=["p", "q"]))
    assert cells["x", "a"].thin is False and cells["x", "a"].median is None


@given(
    st.lists(
        st.lists(st.sampled_from([-1, 0, 1, DONT_KNOW, NOT_SCORED]), min_size=2, max_size=2),
        max_size=9,
    )
)
def test_a_summary_against_counting_by_hand(people):
    records = [
        (f"p{i}", "x", c, state)
        for i, answers in enumerate(people)
        for c, state in zip("ab", answers, strict=True)
    ]
    here = [answers for answers in people if set(answers) != {NOT_SCORED}]
    cells = summarise(ScoreTable.from_ballots(("x",), ("a", "b"), records))
    for j, c in enumerate("ab"):
        cell, given_ = cells["x", c], [answers[j] for answers in here]
        assert (cell.minus, cell.plusminus, cell.plus) == tuple(map(given_.count, (-1, 0, 1)))
        assert cell.not_scored == given_.count(NOT_SCORED)
        assert cell.dont_know == given_.count(DONT_KNOW) + given_.count(NOT_SCORED)
        assert cell.n == len(here) - cell.dont_know
        assert cell.thin == (2 * cell.n < len(here))
        assert (cell.median is None) == (cell.split or cell.n == 0)


def test_not_scored_counts_as_dont_know_and_is_told_apart():
    table = ScoreTable.from_ballots(
        ("x",), ("a", "b"), [("p", "x", "a", 1), ("q", "x", "b", 2), ("q", "x", "a", 1)]
    )
    cell = summarise(table)["x", "b"]
    assert (cell.dont_know, cell.not_scored, cell.n) == (2, 1, 0)


def test_split_first_then_empty_then_weight_times_spread_then_dont_know():
    table = tallies(
        {
            ("x", "a"): (0, 8, 0, 0),  # unanimous
            ("x", "b"): (0, 8, 0, 2),  # unanimous, with don't know
            ("y", "a"): (0, 4, 4, 0),  # spread ¼, light criterion
            ("y", "b"): (0, 4, 4, 0),  # spread ¼, heavy criterion
            ("z", "a"): (0, 0, 0, 8),  # empty
            ("z", "b"): (3, 2, 3, 0),  # split
            ("w", "a"): (3, 2, 3, 0),  # split, lighter
            ("w", "b"): (0, 0, 0, 0),  # empty
        }
    )
    order = [(c.option, c.criterion) for c in discussion_order(table, [0.25, 0.75])]
    assert order == [
        ("z", "b"),
        ("w", "a"),
        ("z", "a"),
        ("w", "b"),
        ("y", "b"),
        ("y", "a"),
        ("x", "b"),
        ("x", "a"),
    ]


def test_the_noise_of_computing_breaks_no_tie():
    """A = .6 for both, to the last digit but one; who has more don't knows comes first."""
    one, other = (0, 2, 3), (1, 2, 7)
    assert van_der_eijk_agreement(one) == pytest.approx(van_der_eijk_agreement(other), abs=1e-12)
    for dont_know in ((0, 4), (4, 0)):
        cells = {("x", "a"): (*one, dont_know[0]), ("y", "a"): (*other, dont_know[1])}
        assert discussion_order(tallies(cells, ("a",)), [1])[0].dont_know == 4


@given(st.lists(counts, min_size=6, max_size=6))
def test_every_cell_is_there_once_and_ties_keep_case_order(cells):
    table = ScoreTable.from_tallies(
        ("x", "y", "z"),
        ("a", "b"),
        {(o, c): (*cells[2 * i + j], 0) for i, o in enumerate("xyz") for j, c in enumerate("ab")},
    )
    order = discussion_order(table, [0.5, 0.5])
    place = {(c.option, c.criterion): k for k, c in enumerate(order)}
    keys = list(summarise(table))
    assert sorted(place) == sorted(keys)
    kinds = [0 if c.split else 1 if c.n == 0 else 2 for c in order]
    assert kinds == sorted(kinds)
    seen = summarise(table)
    for one, other in itertools.pairwise(keys):
        same = [(seen[k].minus, seen[k].plusminus, seen[k].plus) for k in (one, other)]
        if same[0] == same[1]:
            assert place[one] < place[other]


def test_one_cell_and_none():
    assert len(discussion_order(tallies({("x", "a"): (0, 0, 0, 0)}, ("a",)), [1])) == 1
    assert discussion_order(ScoreTable.from_tallies((), ("a",), {}), [1]) == []
    assert summarise(ScoreTable.from_tallies(("x",), (), {})) == {}


@pytest.mark.parametrize("weights", [[1.0], [0.5, np.nan], [0.2, 0.3, 0.5]])
def test_weights_that_do_not_fit_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        discussion_order(tallies({("x", "a"): (1, 2, 3, 0)}), weights)


def test_a_reading_of_a_text_has_no_summary():
    with pytest.raises(ValueError, match="bounds are not voices"):
        summarise(ScoreTable.from_bounds(("x",), ("a",), {}))


def test_a_split_by_chance_is_worked_out_for_the_number_of_people():
    """Checked against every answer sheet written out, for up to 8 people."""
    for n in range(1, 9):
        sheets = list(itertools.product((-1, 0, 1), repeat=n))
        split = sum(is_split(s.count(-1), s.count(0), s.count(1)) for s in sheets)
        assert split_by_chance(n) == pytest.approx(split / len(sheets))
    assert split_by_chance(12) == pytest.approx(0.30, abs=0.01)
