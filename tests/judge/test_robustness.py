"""First places over weights and places of ±: exact cases, ties, seeds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.judge import ScoreTable, first_places

filled = st.tuples(*[st.integers(0, 4)] * 3).filter(any)


def tallies(rows, criteria="abc"):
    options = tuple(f"o{i}" for i in range(len(rows)))
    return ScoreTable.from_tallies(
        options,
        tuple(criteria[: len(rows[0])]),
        {(o, c): (*rows[i][j], 0) for i, o in enumerate(options) for j, c in
         zip(range(len(rows[0])), criteria, strict=False)},
    )  # fmt: skip


# Values A(1, 0), B(0, 1), C(.6, .6), as shares of + among ten people.
SMAA = [[(0, 0, 10), (10, 0, 0)], [(10, 0, 0), (0, 0, 10)], [(4, 0, 6), (4, 0, 6)]]


def test_an_exact_case():
    """Rank acceptability, Lahdelma & Salminen (2001), all weights equally likely.

    A is first where w₁ > .6, B where w₁ < .4, C between: .4, .4, .2.
    """
    found = first_places(tallies(SMAA), (("a", "b"),), vary_p=False, draws=100_000)
    assert found.options == ("o0", "o1", "o2")
    # Four standard errors: 4·√(.24/100 000).
    assert found.share == pytest.approx([0.4, 0.4, 0.2], abs=0.0062)


def test_the_exact_case_with_an_order():
    """With w₁ ≥ w₂, w₁ is even on [½, 1]: A first where w₁ > .6, so .8; C .2."""
    found = first_places(tallies(SMAA), (("a",), ("b",)), vary_p=False, draws=100_000)
    assert found.share == pytest.approx([0.8, 0, 0.2], abs=0.0051)


def test_the_place_of_plusminus_is_drawn():
    """All ± is worth p, against half −, half +, worth ½: first in half of the places."""
    table = tallies([[(0, 2, 0)], [(1, 0, 1)]])
    found = first_places(table, (("a",),), draws=100_000)
    assert found.share == pytest.approx([0.5, 0.5], abs=0.0064)
    assert found.share[0] != 0.5
    assert first_places(table, (("a",),), vary_p=False).share.tolist() == [0.5, 0.5]


def test_identical_options_share_the_place_equally():
    row = [(1, 2, 3), (0, 1, 5), (2, 2, 2)]
    worse = [(3, 2, 1), (1, 5, 0), (6, 0, 0)]
    found = first_places(tallies([row, worse, row]), (("a",), ("b", "c")), draws=500)
    assert found.share == pytest.approx([0.5, 0, 0.5])


def test_an_option_with_an_empty_cell_has_no_place():
    found = first_places(tallies([[(0, 0, 9), (0, 0, 0)], [(9, 0, 0)] * 2]), (("a", "b"),))
    assert found.options == ("o1",) and found.share.tolist() == [1]


def test_nobody_answered_and_no_options():
    empty = first_places(tallies([[(0, 0, 0)]]), (("a",),))
    assert empty.options == () and empty.share.shape == (0,)
    assert first_places(ScoreTable.from_tallies((), ("a",), {}), (("a",),)).options == ()


def test_one_option_on_one_criterion():
    assert first_places(tallies([[(1, 0, 0)]]), (("a",),), draws=1).share.tolist() == [1]


def test_the_same_seed_gives_the_same_shares():
    one, again, other = (
        first_places(tallies(SMAA), (("a", "b"),), draws=999, seed=seed).share for seed in (1, 1, 2)
    )
    assert (one == again).all() and (one != other).any()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(filled, min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from([(("a", "b", "c"),), (("c",), ("a", "b")), (("b",), ("c",), ("a",))]),
    st.booleans(),
)
def test_shares_sum_to_one(rows, groups, vary):
    found = first_places(tallies(rows), groups, vary_p=vary, draws=300)
    assert found.share.sum() == pytest.approx(1)
    assert (found.share >= 0).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(-1, 0), min_size=3, max_size=3), min_size=1, max_size=4))
def test_below_another_everywhere_is_never_first(levels):
    """All people on one level, and an option that is one level higher on every criterion."""

    def row(values):
        return [tuple(5 if v == level else 0 for level in (-1, 0, 1)) for v in values]

    best = [max(column) + 1 for column in zip(*levels, strict=True)]
    table = tallies([row(v) for v in levels] + [row(best)])
    for vary in (True, False):
        found = first_places(table, (("a",), ("b", "c")), vary_p=vary, draws=300)
        # Where ± is put all the way at an end the levels meet; that has no weight.
        assert found.share[-1] == pytest.approx(1)


def test_names_change_nothing_but_names():
    """The draws fall differently over renamed or reordered criteria, within Monte Carlo error."""
    rows = [[(1, 2, 3), (3, 2, 0), (0, 1, 1)], [(3, 3, 0), (0, 0, 6), (2, 2, 2)]]
    one = first_places(tallies(rows), (("a",), ("b", "c")), draws=50_000)
    renamed = first_places(tallies(rows, "xyz"), (("x",), ("y", "z")), draws=50_000)
    assert (one.share == renamed.share).all()
    turned = [[row[2], row[0], row[1]] for row in rows[::-1]]
    moved = first_places(tallies(turned), (("b",), ("c", "a")), draws=50_000)
    assert moved.share[::-1] == pytest.approx(one.share, abs=0.015)


@pytest.mark.parametrize("groups", [(("a",),), (("a", "b"), ("a",)), (("a", "b", "x"),), ()])
def test_an_order_that_misses_or_repeats_a_criterion_is_refused(groups):
    with pytest.raises(ValueError, match="groups must hold every criterion exactly once"):
        first_places(tallies(SMAA), groups)


def test_no_draws_and_no_criteria_are_refused():
    with pytest.raises(ValueError, match="draws"):
        first_places(tallies(SMAA), (("a", "b"),), draws=0)
    with pytest.raises(ValueError, match="criteria"):
        first_places(ScoreTable.from_tallies(("x",), (), {}), ())


def test_bounds_have_no_first_places():
    table = ScoreTable.from_bounds(("x",), ("a",), {("x", "a"): (0, 1)})
    with pytest.raises(ValueError, match="bounds are not voices"):
        first_places(table, (("a",),))


def test_shares_are_finite():
    assert np.isfinite(first_places(tallies(SMAA), (("b",), ("a",)), draws=5).share).all()
