"""Our methods beside other packages, and every rule on rooms that are empty, odd or large."""

import time
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.judge import (
    DONT_KNOW,
    NOT_SCORED,
    Order,
    Priorities,
    ScoreTable,
    borda,
    concordance_p,
    discussion_order,
    dominance,
    equal,
    kendalls_w,
    lexicographic,
    majority_judgment,
    margins,
    meets_best,
    midranks,
    net_scores,
    plus_most_often,
    schulze,
    summarise,
)

filled = st.tuples(*[st.integers(0, 6)] * 3, st.integers(0, 2)).filter(lambda cell: any(cell[:3]))


@pytest.fixture(scope="module")
def skc():
    return pytest.importorskip("skcriteria")


@pytest.fixture(scope="module")
def stats():
    return pytest.importorskip("scipy.stats")


@st.composite
def tables(draw, least=2):
    """Tallies of which every cell was answered, with weights."""
    o, c = draw(st.integers(least, 5)), draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(filled, min_size=c, max_size=c), min_size=o, max_size=o))
    parts = draw(st.lists(st.integers(1, 9), min_size=c, max_size=c))
    options, criteria = tuple(f"o{i}" for i in range(o)), tuple("abcd"[:c])
    table = ScoreTable(options, criteria, tallies=np.array(rows, dtype=np.int64))
    return table, np.array(parts) / sum(parts)


@st.composite
def orders(draw, criteria):
    pairs = list(combinations(draw(st.permutations(criteria)), 2))
    above = np.zeros((len(criteria),) * 2, dtype=bool)
    for one, other in draw(st.sets(st.sampled_from(pairs))) if pairs else ():
        above[criteria.index(one), criteria.index(other)] = True
    for via in range(len(criteria)):
        above |= above[:, [via]] & above[[via]]
    return Order(tuple(criteria), above)


def matrix(skc, table, columns, weights, objectives=None):
    return skc.mkdm(
        np.asarray(columns),
        objectives or [max] * np.shape(columns)[1],
        weights=weights,
        alternatives=table.options,
    )


def shares(table):
    counts = table.counts()[..., :3]
    return counts / counts.sum(axis=-1, keepdims=True)


# --- scikit-criteria


@settings(max_examples=40)
@given(tables(), st.floats(0, 1))
def test_the_net_score_is_a_weighted_sum(skc, case, p):
    """Its score is Σ w·v with v = (g + p·b)/n; ours is 2·Σ w·v − 1, in the same order."""
    table, weights = case
    share = shares(table)
    value = (share[..., 2] + p * share[..., 1]).round(12)
    theirs = skc.agg.simple.WeightedSumModel().evaluate(matrix(skc, table, value, weights))
    ours = net_scores(table, weights, p)
    assert ours.value == pytest.approx(2 * theirs.e_.score - 1, abs=1e-9)
    rank = theirs.rank_  # takes noise for a lead, so only what differs by more is compared
    for i, j in combinations(range(len(rank)), 2):
        if abs(ours.value[i] - ours.value[j]) > 1e-9:
            assert (rank[i] < rank[j]) == (ours.value[i] > ours.value[j])
    assert rank[table.options.index(ours.ranking()[0])] <= len(ours.first())


@settings(max_examples=20)
@given(tables())
def test_meeting_best_is_their_weighted_sum_with_equal_weights(skc, case):
    weighters = pytest.importorskip("skcriteria.preprocessing.weighters")
    table, weights = case
    share = shares(table)
    plain = matrix(skc, table, share[..., 2] + share[..., 1] / 2, weights)
    evened = weighters.EqualWeighter().transform(plain)
    assert evened.weights.to_numpy() == pytest.approx(equal(len(table.criteria)))
    theirs = skc.agg.simple.WeightedSumModel().evaluate(evened)
    assert meets_best(table).value == pytest.approx(2 * theirs.e_.score - 1, abs=1e-9)


@settings(max_examples=30)
@given(tables())
def test_dominance_per_criterion_is_theirs_on_plus_and_minus(skc, case):
    """Shares of + to be large and shares of − to be small, two columns per criterion."""
    table, weights = case
    share = shares(table)
    columns = np.concatenate([share[..., 2], share[..., 0]], axis=1).round(9)
    c = len(weights)
    theirs = matrix(skc, table, columns, np.tile(weights, 2), [max] * c + [min] * c)
    ours = dominance(table, Order.none(table.criteria)).per_criterion
    assert (ours == theirs.dominance.dominance().to_numpy()).all()


@settings(max_examples=30)
@given(st.data())
def test_dominance_for_all_weights_is_theirs_on_the_corners(skc, data):
    """Each corner a criterion of its own: equal weights on a set, with p = 0 and p = 1."""
    table, _weights = data.draw(tables())
    order = data.draw(orders("abcd"[: len(table.criteria)]))
    corners = {
        tuple(sorted(one[:k]))
        for one in order.extensions()
        for k in range(1, len(table.criteria) + 1)
    }
    columns = np.stack(
        [
            net_scores(table, [(c in top) / len(top) for c in table.criteria], p).value
            for top in sorted(corners)
            for p in (0, 1)
        ],
        axis=1,
    ).round(9)
    theirs = matrix(skc, table, columns, np.ones(columns.shape[1]))
    ours = dominance(table, order).any_weights
    assert (ours == theirs.dominance.dominance().to_numpy()).all()


@settings(max_examples=30)
@given(tables())
def test_who_dominates_all_is_the_only_one_their_filter_keeps(skc, case):
    filters = pytest.importorskip("skcriteria.preprocessing.filters")
    table, weights = case
    order = Order.none(table.criteria)
    corners = np.concatenate(
        [net_scores(table, w, p).value[:, None] for w in np.eye(len(weights)) for p in (0, 1)],
        axis=1,
    ).round(9)
    kept = filters.FilterNonDominated().transform(
        matrix(skc, table, corners, np.ones(corners.shape[1]))
    )
    left = tuple(kept.alternatives)
    best = dominance(table, order).best()
    assert not best or left == best
    # Level on every corner: all of them are kept, and none dominates.
    if len(left) == 1:
        assert best == left


@settings(max_examples=25)
@given(st.integers(2, 6), st.integers(3, 6), st.integers(0, 99))
def test_kendalls_w_from_their_correlations(skc, judges, items, seed):
    """W = ((m − 1)·r̄ + 1)/m with r̄ the mean of Spearman's correlations."""
    cmp = pytest.importorskip("skcriteria.cmp")
    rng = np.random.default_rng(seed)
    ranks = rng.permuted(np.tile(np.arange(1, items + 1), (judges, 1)), axis=1)
    names = [f"c{i}" for i in range(items)]
    theirs = cmp.mkrank_cmp(
        *(skc.agg.RankResult(f"judge {i}", names, row, {}) for i, row in enumerate(ranks))
    )
    correlations = theirs.corr(method="spearman").to_numpy()
    mean = correlations[np.triu_indices(judges, 1)].mean()
    assert kendalls_w(ranks) == pytest.approx(((judges - 1) * mean + 1) / judges)


# --- SciPy


@settings(max_examples=60)
@given(
    st.integers(3, 6).flatmap(
        lambda n: st.lists(st.tuples(*[st.integers(1, 5)] * n), min_size=2, max_size=7)
    )
)
def test_kendalls_w_is_friedmans_test(stats, ranks):
    """χ² = m(n − 1)W, both corrected for ties."""
    m, n = np.shape(ranks)
    w = kendalls_w(ranks)
    if not np.isnan(w):
        assert m * (n - 1) * w == pytest.approx(stats.friedmanchisquare(*np.transpose(ranks))[0])


def test_the_permutation_p_beside_friedmans(stats):
    """With 12 judges and 5 items the χ² approximation is close."""
    rng = np.random.default_rng(3)
    found = []
    for lead in (0, 0.4, 0.8):
        felt = rng.standard_normal((12, 5)) + lead * np.arange(5)
        ranks = np.stack([midranks(row) for row in felt])
        theirs = stats.friedmanchisquare(*ranks.T).pvalue
        assert concordance_p(ranks) == pytest.approx(theirs, abs=0.03)
        found.append(theirs)
    assert max(found) > 0.05 > min(found)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12))
def test_midranks_are_scipys(stats, values):
    assert midranks(values).tolist() == stats.rankdata(values).tolist()


# --- every rule at once: rooms with hardly anything in them

RULES = {
    "net": lambda table, order: net_scores(table, order.weights()),
    "best": lambda table, _order: meets_best(table),
    "most often": lambda table, _order: plus_most_often(table),
    "majority": lambda table, order: majority_judgment(table, order.weights()),
    "borda": lambda table, order: borda(table, order.weights()),
    "schulze": lambda table, order: schulze(table, order.weights()),
}


def room(scores):
    scores = np.asarray(scores, dtype=np.int8)
    people, o, c = scores.shape
    return ScoreTable(
        tuple(f"o{i}" for i in range(o)),
        tuple(f"c{i}" for i in range(c)),
        tuple(f"p{i}" for i in range(people)),
        scores=scores,
    )


ROOMS = {
    "no scores": np.full((4, 3, 2), NOT_SCORED),
    "nobody": np.zeros((0, 3, 2)),
    "all don't know": np.full((4, 3, 2), DONT_KNOW),
    "no options": np.zeros((4, 0, 2)),
    "one option": np.ones((4, 1, 2)),
    "one participant": [[[1, 0], [0, 0], [-1, 1]]],
    "one criterion": [[[1], [0], [-1]]] * 4,
    "one of all": [[[0]]],
    "all equal": np.zeros((4, 3, 2)),
    "one empty cell": [[[1, DONT_KNOW], [0, 0], [-1, 1]]] * 4,
}
FIRST = {
    "no scores": (),
    "nobody": (),
    "all don't know": (),
    "no options": (),
    "one option": ("o0",),
    "one criterion": ("o0",),
    "one of all": ("o0",),
    "all equal": ("o0", "o1", "o2"),
}


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("rule", RULES)
def test_every_rule_answers_in_a_room_with_hardly_anything_in_it(rule, name):
    """A number for who has a place, none for who hasn't; never one without the other."""
    table = room(ROOMS[name])
    found = RULES[rule](table, Order.none(table.criteria))
    assert np.isnan(found.value).tolist() == (~table.placed).tolist()
    assert sorted(found.ranking()) == sorted(table.options)
    if name in FIRST and not (rule == "most often" and name == "one criterion"):
        assert found.first() == FIRST[name]
    assert "o0" not in found.first() or table.placed[0]


@pytest.mark.parametrize("name", ROOMS)
def test_what_is_no_number_answers_too(name):
    table = room(ROOMS[name])
    order = Order.none(table.criteria)
    left = lexicographic(table, order)
    assert bool(left) == bool(table.placed.any())
    if name in FIRST:
        assert left == FIRST[name]
    both = dominance(table, order)
    assert both.any_weights.shape == both.per_criterion.shape == (len(table.options),) * 2
    cells = discussion_order(table, order.weights())
    assert len(cells) == len(summarise(table)) == len(table.options) * len(table.criteria)
    assert margins(table, order.weights()).shape == (len(table.options),) * 2
    found = net_scores(table, order.weights())
    assert np.isfinite(found.low).all() and np.isfinite(found.high).all()
    assert (found.low <= found.high).all()


# --- a large room


@pytest.fixture(scope="module")
def large():
    """30 options, 15 criteria, 200 people; some don't knows, no order."""
    rng = np.random.default_rng(1)
    states = [-1, -1, 0, 0, 1, 1, DONT_KNOW, NOT_SCORED]
    scores = rng.choice(states, (200, 30, 15))
    table = room(scores)
    return table, Order.none(table.criteria)


@pytest.fixture(scope="module")
def decided():
    """As large, with everyone of one mind, so that each criterion throws options out."""
    rng = np.random.default_rng(2)
    levels = rng.choice([-1, 0, 1, 1, 1, 1], (1, 30, 15))
    table = room(np.repeat(levels, 200, axis=0))
    return table, Order.none(table.criteria)


@pytest.mark.parametrize("rule", RULES)
def test_a_large_room_takes_no_time(large, rule):
    started = time.process_time()
    found = RULES[rule](*large)
    assert np.isfinite(found.value).all()
    assert time.process_time() - started < 2


@pytest.mark.parametrize("which", ["large", "decided"])
def test_a_large_room_takes_seconds_at_most_where_sets_of_criteria_are_gone_through(which, request):
    table, order = request.getfixturevalue(which)
    started = time.process_time()
    assert set(lexicographic(table, order)) <= set(table.options)
    both = dominance(table, order)
    assert not (both.per_criterion & ~both.any_weights).any()
    assert len(discussion_order(table, order.weights())) == 450
    assert time.process_time() - started < 10


def test_two_hundred_orders_of_fifteen_criteria():
    rng = np.random.default_rng(5)
    criteria = tuple(f"c{i}" for i in range(15))
    individual = {
        f"p{i}": dict(zip(criteria, map(int, rng.permutation(15)), strict=True)) for i in range(200)
    }
    started = time.process_time()
    found = Priorities(criteria, None, individual).leading()
    assert found.people == 200 and 0 <= found.concordance <= 1 and 0 < found.p <= 1
    assert not (found.order.above & found.order.above.T).any()
    assert time.process_time() - started < 10
