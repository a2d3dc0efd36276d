"""The handbook's own question: who meets the criteria most often, and who meets them best."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbook.judge import (
    DONT_KNOW,
    NOT_SCORED,
    ScoreTable,
    is_split,
    median_levels,
    meets_best,
    net_scores,
    plus_most_often,
)


def tallies(rows):
    counts = np.array(rows, dtype=np.int64)
    options = tuple(f"o{i}" for i in range(len(counts)))
    return ScoreTable(options, tuple("abcdefgh"[: counts.shape[1]]), tallies=counts)


def ballots(scores):
    people, o, c = scores.shape
    return ScoreTable(
        tuple(f"o{i}" for i in range(o)),
        tuple("abcdefgh"[:c]),
        tuple(f"p{i}" for i in range(people)),
        scores=np.asarray(scores, dtype=np.int8),
    )


def test_most_often_by_hand():
    """+ is: both middle answers +, and no split. So not half ± and half +, nor 3 − and 5 +."""
    found = plus_most_often(
        tallies(
            [
                [(0, 0, 8, 0), (0, 3, 5, 0), (8, 0, 0, 0)],
                [(0, 0, 8, 0), (0, 4, 4, 0), (3, 0, 5, 0)],
                [(2, 1, 5, 0), (0, 0, 1, 7), (0, 0, 8, 0)],
                [(0, 0, 8, 0), (0, 0, 8, 0), (0, 0, 0, 8)],
            ]
        )
    )
    assert found.value[:3].tolist() == [2, 1, 3]
    assert np.isnan(found.value[3])
    assert found.sole_first() == "o2"
    assert found.ranking() == ["o2", "o0", "o1", "o3"]


def test_best_by_hand():
    """Nets 1, .625 and −1 are .208 together; halfway and unweighted, whatever the room's order."""
    found = meets_best(tallies([[(0, 0, 8, 0), (0, 3, 5, 0), (8, 0, 0, 0)], [(0, 1, 0, 0)] * 3]))
    assert found.value == pytest.approx([0.625 / 3, 0])
    assert found.sole_first() == "o0"


def test_the_two_need_not_agree():
    """Often + but low elsewhere, against ± nearly everywhere and nowhere −."""
    table = tallies([[(0, 0, 4, 0), (4, 0, 0, 0), (4, 0, 0, 0)], [(0, 3, 1, 0)] * 3])
    assert plus_most_often(table).sole_first() == "o0"
    assert meets_best(table).sole_first() == "o1"


cells = st.tuples(*[st.integers(0, 9)] * 3, st.integers(0, 2))
tables = st.integers(1, 4).flatmap(
    lambda c: st.lists(st.lists(cells, min_size=c, max_size=c), min_size=1, max_size=4)
)


@given(tables)
def test_most_often_against_counting(rows):
    found = plus_most_often(tallies(rows))
    for row, value in zip(rows, found.value, strict=True):
        if any(sum(cell[:3]) == 0 for cell in row):
            assert np.isnan(value)
        else:
            assert value == sum(
                median_levels(*cell[:3]) == (1, 1) and not is_split(*cell[:3]) for cell in row
            )


@given(tables)
def test_best_is_the_net_score_with_equal_weights(rows):
    table = tallies(rows)
    c = len(table.criteria)
    assert meets_best(table).value == pytest.approx(
        net_scores(table, [1 / c] * c).value, nan_ok=True
    )


@st.composite
def rooms(draw, states=(-1, 0, 1, DONT_KNOW)):
    o, c = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    people = draw(st.integers(1, 10))
    return draw(hnp.arrays(np.int8, (people, o, c), elements=st.sampled_from(states)))


@pytest.mark.parametrize("rule", [plus_most_often, meets_best])
@given(rooms(), st.data())
def test_below_another_on_everyones_every_criterion_is_never_sole_first(rule, scores, data):
    lowered = data.draw(hnp.arrays(np.int8, scores[:, 0].shape, elements=st.integers(0, 2)))
    below = np.where(scores[:, 0] > 1, scores[:, 0], np.maximum(scores[:, 0] - lowered, -1))
    table = ballots(np.concatenate([scores, below[:, None]], axis=1))
    assert rule(table).sole_first() != table.options[-1]


@pytest.mark.parametrize("rule", [plus_most_often, meets_best])
@given(rooms(), st.data())
def test_raising_one_given_score_never_lowers_that_option(rule, scores, data):
    given_ = np.argwhere(scores < 1)
    if not len(given_):
        return
    i, o, c = data.draw(st.sampled_from([tuple(at) for at in given_]))
    raised = scores.copy()
    raised[i, o, c] += 1
    before, after = rule(ballots(scores)).value[o], rule(ballots(raised)).value[o]
    assert np.isnan(before) or after >= before - 1e-9


@pytest.mark.parametrize("rule", [plus_most_often, meets_best])
@given(rooms((-1, 0, 1, DONT_KNOW, NOT_SCORED)), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(rule, scores, random):
    turn = random.sample(range(scores.shape[1]), scores.shape[1])
    column = random.sample(range(scores.shape[2]), scores.shape[2])
    after = rule(ballots(scores[:, turn][:, :, column]))
    assert after.value == pytest.approx(rule(ballots(scores)).value[turn], nan_ok=True)


@pytest.mark.parametrize("rule", [plus_most_often, meets_best])
def test_one_option_none_nobody_and_all_equal(rule):
    assert rule(tallies([[(0, 0, 3, 0)]])).value.tolist() == [1]
    assert rule(ScoreTable.from_tallies((), ("a",), {})).first() == ()
    assert np.isnan(rule(tallies([[(0, 0, 0, 3)]] * 2)).value).all()
    assert rule(ScoreTable.from_ballots(("x",), ("a",), [])).first() == ()
    assert rule(tallies([[(0, 2, 0, 0)]] * 3)).first() == ("o0", "o1", "o2")


@pytest.mark.parametrize("rule", [plus_most_often, meets_best])
def test_bounds_are_refused(rule):
    table = ScoreTable.from_bounds(("x",), ("a",), {("x", "a"): (0, 1)})
    with pytest.raises(ValueError, match="bounds are not voices"):
        rule(table)


def test_without_criteria_nothing_is_met():
    table = ScoreTable.from_tallies(("x", "y"), (), {})
    assert plus_most_often(table).value.tolist() == [0, 0]
    with pytest.raises(ValueError, match="table must have at least one criterion"):
        meets_best(table)
