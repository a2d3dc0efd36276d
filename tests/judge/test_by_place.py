"""Who is first for which place of ±: by hand, and against a fine grid of places."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.rooms import ballot_tables, ballots, tallies
from workbook.judge import ScoreTable, Stretch, first_by_place, net_scores


def test_by_hand():
    """Worth p, ½ and .4 + .3p: ½ is passed at p = ⅓, and by p at .4/.7."""
    found = first_by_place(tallies([(0, 2, 0)], [(1, 0, 1)], [(3, 3, 4)]), [1])
    assert [s.first for s in found] == [("y",), ("z",), ("x",)]
    assert [s.low for s in found] == pytest.approx([0, 1 / 3, 4 / 7])
    assert [s.high for s in found] == pytest.approx([1 / 3, 4 / 7, 1])


def test_weights_and_two_criteria_by_hand():
    """x is worth .75p + .25, y .75: they meet at ⅔."""
    table = tallies([(0, 4, 0), (0, 0, 4)], [(0, 0, 4), (4, 0, 0)])
    found = first_by_place(table, [0.75, 0.25])
    assert [s.first for s in found] == [("y",), ("x",)]
    assert found[0].high == found[1].low == pytest.approx(2 / 3)


def test_one_first_everywhere_is_one_stretch():
    found = first_by_place(ballots("+ 0 -", "0 - -"), [1])
    assert found == [Stretch(0, 1, ("x",))]


def test_who_meets_only_at_an_end_shares_nothing():
    """x is worth p, y ½ + ½p: they meet at p = 1, which is no stretch."""
    assert first_by_place(tallies([(0, 2, 0)], [(0, 1, 1)]), [1]) == [Stretch(0, 1, ("y",))]


def test_lines_that_cross_below_the_first_make_no_bound():
    table = tallies([(0, 0, 2)], [(0, 2, 0)], [(1, 0, 1)])
    assert first_by_place(table, [1]) == [Stretch(0, 1, ("x",))]


def test_lines_through_one_point_make_one_bound():
    """.4 + .2p, .2 + .6p and .25 + .5p are all ½ at p = ½; rounding tells them apart."""
    found = first_by_place(tallies([(1, 2, 1)], [(2, 1, 2)], [(1, 3, 1)]), [1])
    assert [s.first for s in found] == [("y",), ("z",)]
    assert found[0].high == found[1].low == pytest.approx(0.5)


def test_equal_options_share_every_stretch():
    same, other = [(1, 2, 1)], [(2, 0, 3)]
    found = first_by_place(tallies(same, other, same), [1])
    assert found == [
        Stretch(0, pytest.approx(0.7), ("y",)),
        Stretch(pytest.approx(0.7), 1, ("x", "z")),
    ]
    assert first_by_place(tallies(same, same), [1]) == [Stretch(0, 1, ("x", "y"))]


def test_options_with_an_empty_cell_are_left_out():
    table = tallies([(0, 0, 9), (0, 0, 0, 9)], [(9, 0, 0), (0, 9, 0)])
    assert first_by_place(table, [0.5, 0.5]) == [Stretch(0, 1, ("y",))]
    assert first_by_place(tallies([(0, 0, 0, 3)]), [1]) == []
    assert first_by_place(ScoreTable.from_tallies((), ("a",), {}), [1]) == []


@settings(max_examples=150)
@given(ballot_tables(), st.lists(st.integers(0, 5), min_size=3, max_size=3))
def test_a_grid_of_places_agrees(table, parts):
    parts = np.array(parts[: len(table.criteria)]) + (0 if any(parts[: len(table.criteria)]) else 1)
    weights = parts / parts.sum()
    found = first_by_place(table, weights)
    if not table.placed.any():
        assert found == []
        return
    assert (found[0].low, found[-1].high) == (0, 1)
    for one, following in pairwise(found):
        assert one.high == following.low and one.first != following.first
        # Where two stretches meet, both are first.
        meet = net_scores(table, weights, one.high).first()
        assert set(one.first) | set(following.first) <= set(meet)
    for p in np.linspace(0, 1, 101)[1:-1]:
        first = [s.first for s in found if s.low + 1e-6 < p < s.high - 1e-6]
        assert first in ([], [net_scores(table, weights, p).first()])


def test_bounds_and_weights_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="bounds are not voices"):
        first_by_place(ScoreTable.from_bounds("x", "a", {("x", "a"): (0, 1)}), [1])
    with pytest.raises(ValueError, match="weights must be"):
        first_by_place(ballots("+"), [float("nan")])
