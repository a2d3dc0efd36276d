"""A value per option: who is first, alone or not, and the order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.judge import TIE, Standing

values = st.lists(
    st.one_of(st.just(float("nan")), st.integers(-3, 3).map(float), st.floats(-1, 1)), max_size=7
)


def standing(value):
    return Standing(tuple("abcdefg"[: len(value)]), np.array(value, dtype=float))


@pytest.mark.parametrize(
    ("value", "first", "ranking"),
    [
        ([0.2, 0.5, 0.1], ("b",), "bac"),
        ([0.5, 0.1, 0.5], ("a", "c"), "acb"),
        ([np.nan, 0.1, np.nan, 0.3], ("d",), "dbac"),
        ([-1, -1, -1], ("a", "b", "c"), "abc"),
        ([np.nan, np.nan], (), "ab"),
        ([], (), ""),
        ([-0.7], ("a",), "a"),
    ],
)
def test_first_and_ranking_by_hand(value, first, ranking):
    found = standing(value)
    assert found.first() == first
    assert "".join(found.ranking()) == ranking
    assert found.sole_first() == (first[0] if len(first) == 1 else None)


def test_a_tie_survives_the_noise_of_computing():
    third = [1 / 3, 1 - 2 / 3, 0.1 + 0.2 + 1 / 30, 0]
    assert len(set(third)) > 2
    assert standing(third).first() == ("a", "b", "c")
    assert standing(third).ranking() == list("abcd")


def test_what_differs_by_more_than_noise_is_no_tie():
    found = standing([0.5, 0.5 + 3 * TIE])
    assert found.sole_first() == "b" and found.ranking() == ["b", "a"]


@given(values)
def test_first_heads_the_ranking_and_who_has_no_place_ends_it(value):
    found = standing(value)
    ranking, first = found.ranking(), found.first()
    assert sorted(ranking) == sorted(found.options)
    assert set(ranking[: len(first)]) == set(first)
    placed = [o for o, v in zip(found.options, value, strict=True) if not np.isnan(v)]
    assert set(ranking[: len(placed)]) == set(placed)
    assert ranking[len(placed) :] == [o for o in found.options if o not in placed]
    assert bool(first) == bool(placed)
    assert (found.sole_first() is not None) == (len(first) == 1)


@given(st.lists(st.integers(-3, 3), max_size=7))
def test_the_ranking_falls_and_ties_keep_case_order(value):
    found = standing(value)
    at = {o: (-value[i], i) for i, o in enumerate(found.options)}
    assert found.ranking() == sorted(found.options, key=at.__getitem__)
