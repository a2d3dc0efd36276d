"""Shares of the places over what was not settled: exact cases, a slow reference, ties, seeds."""

import importlib
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.rooms import ballot_tables, ballots, criteria, orders, strict, tallies
from workbook.judge import SOURCES, Order, ScoreTable, acceptability

# Values A(1, 0), B(0, 1), C(.6, .6), as shares of + among five people.
SMAA = tallies([(0, 0, 5), (5, 0, 0)], [(5, 0, 0), (0, 0, 5)], [(2, 0, 3), (2, 0, 3)])
SMAA_BALLOTS = ballots("+- -+ ++", "+- -+ ++", "+- -+ +-", "+- -+ -+", "+- -+ --")
NONE = Order.none(("a", "b"))
DRAWS = 100_000


def within(share, draws, errors=4):
    """A few Monte Carlo errors."""
    return pytest.approx(share, abs=errors * np.sqrt(share * (1 - share) / draws) + 1e-12)


@pytest.mark.parametrize("table", [SMAA, SMAA_BALLOTS], ids=["tallies", "ballots"])
def test_an_exact_case(table):
    """Rank acceptability and central weights, Lahdelma & Salminen (2001), by hand.

    With w₁ even on [0, 1], A is worth w₁, B 1 − w₁ and C .6.
    """
    found = acceptability(table, NONE, sources=("order",), draws=DRAWS)
    assert found.options == ("x", "y", "z")
    expected = np.array([[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0]])
    assert (np.abs(found.share - expected) <= 4 * np.sqrt(expected * (1 - expected) / DRAWS)).all()
    assert found.central == pytest.approx(
        np.array([[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]]), abs=4 * 0.12 / np.sqrt(0.2 * DRAWS)
    )
    assert (found.first("x"), found.first("z")) == (found.share[0, 0], found.share[2, 0])


def test_the_exact_case_with_an_order():
    """Lahdelma, Miettinen & Salminen (2003): with w₁ ≥ w₂, w₁ is even on [½, 1].

    A is first where w₁ > .6, so .8; its central weight lies halfway .6 and 1.
    """
    found = acceptability(SMAA, strict(2), sources=("order",), draws=DRAWS)
    expected = np.array([[0.8, 0.2, 0], [0, 0, 1], [0.2, 0.8, 0]])
    assert (np.abs(found.share - expected) <= 4 * np.sqrt(0.16 / DRAWS)).all()
    assert found.central[0] == pytest.approx([0.8, 0.2], abs=0.002)
    assert found.central[2] == pytest.approx([0.55, 0.45], abs=0.002)
    # B never comes first: there are no weights with which it does.
    assert np.isnan(found.central[1]).all()


def test_without_sources_it_is_the_centroid_and_halfway():
    """Centroid (.75, .25): A .75, B .25, C .6, in every weighting."""
    found = acceptability(SMAA, strict(2), sources=(), draws=12)
    assert found.share.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    assert found.sources == () and found.draws == 12
    assert (found.error == 0).all()
    assert found.central[0] == pytest.approx([0.75, 0.25])


def test_the_place_of_plusminus():
    """All ± is worth p, against half −, half +, worth ½: first in half of the places."""
    table = tallies([(0, 2, 0)], [(1, 0, 1)])
    found = acceptability(table, strict(1), draws=DRAWS)
    assert found.first("x") == within(0.5, DRAWS)
    assert found.first("x") != 0.5
    settled = acceptability(table, strict(1), sources=("order",), draws=50)
    assert settled.share.tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_dont_knows_lie_evenly_between():
    """One + and two don't knows: (1 + U₁ + U₂)/3 > ½ where U₁ + U₂ > ½, in 1 − ⅛ of the cases."""
    by_hand = tallies([(0, 0, 1, 2)], [(0, 4, 0, 0)])
    by_person = ballots("+ 0", "? 0", ". 0")
    for table in (by_hand, by_person):
        found = acceptability(table, strict(1), sources=("dont_know",), draws=DRAWS)
        assert found.first("x") == within(0.875, DRAWS)
        assert acceptability(table, strict(1), sources=()).first("x") == 1


def test_voices_that_count_unequally():
    """One + among three is worth more than ± where its voice passes ½.

    A part of Dirichlet(1, …, 1) over n is Beta(1, n − 1): P(V > v) = (1 − v)^(n−1), here ¼.
    """
    found = acceptability(ballots("+ 0", "- 0", "- 0"), strict(1), sources=("voices",), draws=DRAWS)
    assert found.first("x") == within(0.25, DRAWS)


def test_a_dont_know_is_left_out_of_the_voices_unless_it_is_varied():
    """Of p1 and p2 alone, V₁/(V₁ + V₂) is even on [0, 1]: ½. With p3's U: V₁ + V₃U > ½."""
    table = ballots("+ 0", "- 0", "? 0")
    found = acceptability(table, strict(1), sources=("voices",), draws=DRAWS)
    assert found.first("x") == within(0.5, DRAWS)
    table = ballots("+ 0", "- 0", "- 0", "? 0")
    voices = acceptability(table, strict(1), sources=("voices",), draws=DRAWS).first("x")
    both = acceptability(table, strict(1), sources=("voices", "dont_know"), draws=DRAWS).first("x")
    assert voices == within(0.25, DRAWS)
    assert both > voices + 0.02


def reference(table, order, sources, draws, seed):
    """Do it again one draw at a time, without arrays, from the words of the definition."""
    rng = random.Random(seed)
    o, c = len(table.options), len(table.criteria)
    people = [i for i, here in enumerate(table.present) if here]
    extensions = list(order.extensions())
    share = [[0.0] * o for _ in range(o)]
    for _ in range(draws):
        weight = dict(zip(table.criteria, order.weights(), strict=True))
        if "order" in sources:
            sizes = sorted((rng.expovariate(1) for _ in range(c)), reverse=True)
            extension = rng.choice(extensions)
            weight = {name: s / sum(sizes) for name, s in zip(extension, sizes, strict=True)}
        p = rng.random() if "place" in sources else 0.5
        voice = {i: rng.expovariate(1) if "voices" in sources else 1.0 for i in people}
        value = []
        for a in range(o):
            total = 0.0
            for j, name in enumerate(table.criteria):
                good = over = 0.0
                for i in people:
                    score = int(table.scores[i, a, j])
                    worth = {-1: 0.0, 0: p, 1: 1.0}.get(score)
                    if worth is None and "dont_know" in sources:
                        worth = rng.random()
                    if worth is not None:
                        good, over = good + voice[i] * worth, over + voice[i]
                total += weight[name] * good / over
            value.append(total)
        for a in range(o):
            above = sum(v > value[a] + 1e-9 for v in value)
            level = sum(abs(v - value[a]) <= 1e-9 for v in value)
            for place in range(above, above + level):
                share[a][place] += 1 / level / draws
    return np.array(share)


# x and u are the same but for a don't know; z has one score not given; p5 was not there.
MIXED = ballots(
    "+0- 0++ +-? +0-", "0++ 0-0 +.0 0++", "-+? +00 ?+0 -+-", "0-+ -0? 0+- 0-+", "... ... ... ..."
)
SHARED = Order(criteria(3), np.array([[0, 0, 1], [0, 0, 0], [0, 0, 0]], dtype=bool))


@pytest.mark.parametrize(
    "order", [strict(3), Order.none(criteria(3)), SHARED], ids=["strict", "none", "shared"]
)
@pytest.mark.parametrize(
    "sources", [("order",), ("place", "voices"), ("dont_know",), ("order", "place"), SOURCES]
)
def test_a_slow_reference_gives_the_same_shares(order, sources):
    slow = reference(MIXED, order, sources, 2_500, seed=11)
    found = acceptability(MIXED, order, sources=sources, draws=40_000)
    assert np.abs(found.share - slow).max() <= 4 * np.sqrt(0.25 / 2_500)
    settled = slow == slow.round()
    assert found.share[settled] == pytest.approx(slow[settled], abs=0.002)


def test_identical_options_share_their_places_equally():
    """Never the one that is listed first."""
    table = ballots("+0 -- +0", "0+ -0 0+", "-+ -- -+")
    found = acceptability(table, strict(2), sources=("order", "place", "voices"), draws=500)
    assert found.share[[0, 2]] == pytest.approx(np.array([[0.5, 0.5, 0]] * 2))
    assert found.share[1].tolist() == [0, 0, 1]


@pytest.mark.parametrize("sign", "-0+")
def test_all_equal_options_share_every_place(sign):
    table = ballots(*[" ".join([sign * 2] * 5)] * 3)
    found = acceptability(table, NONE, sources=("order", "place", "voices"), draws=300)
    assert found.share == pytest.approx(np.full((5, 5), 0.2))
    # So every weighting counts a fifth for each, and the central weights are the mean of all.
    assert (found.central == found.central[0]).all()


def test_an_option_with_an_empty_cell_takes_no_place():
    found = acceptability(ballots("+? --", "+? --"), strict(2), sources=SOURCES, draws=40)
    assert found.options == ("y",) and found.share.tolist() == [[1]]
    assert found.first("x") == 0 and found.first("y") == 1


def test_nobody_answered_and_no_options():
    empty = acceptability(ballots("? ?", ". ."), strict(1), sources=SOURCES)
    assert empty.options == () and empty.share.shape == empty.central[:, :0].shape == (0, 0)
    assert empty.first("x") == 0
    nothing = ScoreTable.from_tallies((), ("a",), {})
    assert acceptability(nothing, strict(1)).options == ()


def test_one_option_one_criterion_one_person_one_draw():
    found = acceptability(ballots("-"), strict(1), sources=SOURCES, draws=1)
    assert found.share.tolist() == [[1]] and found.central.tolist() == [[1]]


def test_the_same_seed_gives_the_same_shares():
    one, again, other = (
        acceptability(MIXED, strict(3), sources=SOURCES, draws=999, seed=seed).share
        for seed in (1, 1, 2)
    )
    assert (one == again).all() and (one != other).any()


def test_the_error_is_that_of_a_share():
    found = acceptability(MIXED, SHARED, sources=SOURCES, draws=700)
    assert found.error == pytest.approx(np.sqrt(found.share * (1 - found.share) / 700))
    assert found.draws == 700 and found.sources == SOURCES


def test_the_error_covers_what_other_seeds_give():
    shares = [acceptability(SMAA, NONE, draws=400, seed=s).first("x") for s in range(60)]
    assert np.std(shares) == pytest.approx(np.sqrt(0.24 / 400), rel=0.35)


def test_chunks_change_neither_the_shape_nor_the_sum(monkeypatch):
    module = importlib.import_module("workbook.judge.acceptability")
    whole = acceptability(MIXED, strict(3), sources=("order",), draws=3_000)
    mixed = acceptability(MIXED, SHARED, sources=SOURCES, draws=3_000)
    monkeypatch.setattr(module, "_CELLS", 1)
    # Weights of a strict order are drawn one after the other, whatever the chunk.
    parts = acceptability(MIXED, strict(3), sources=("order",), draws=3_000)
    assert parts.share == pytest.approx(whole.share)
    again = acceptability(MIXED, SHARED, sources=SOURCES, draws=3_000)
    assert again.share.shape == mixed.share.shape
    assert again.share.sum(axis=0) == pytest.approx(np.ones(4))
    assert again.share == pytest.approx(mixed.share, abs=5 * np.sqrt(0.5 / 3_000))


def test_sources_are_given_back_in_one_order():
    found = acceptability(MIXED, strict(3), sources={"voices", "order"}, draws=3)
    assert found.sources == ("order", "voices")


@st.composite
def questions(draw):
    table = draw(ballot_tables())
    sources = draw(st.sets(st.sampled_from(SOURCES)))
    return table, draw(orders(len(table.criteria))), sources


@settings(max_examples=80)
@given(questions())
def test_rows_and_columns_sum_to_one(question):
    table, order, sources = question
    found = acceptability(table, order, sources=sources, draws=300)
    assert found.options == tuple(np.array(table.options)[table.placed])
    ones = np.ones(len(found.options))
    assert found.share.sum(axis=0) == pytest.approx(ones)
    assert found.share.sum(axis=1) == pytest.approx(ones)
    assert (found.share >= 0).all() and np.isfinite(found.error).all()
    ever = found.share[:, :1].any(axis=1)
    assert found.central[ever].sum(axis=1) == pytest.approx(np.ones(ever.sum()))
    assert np.isnan(found.central[~ever]).all()
    for weights in found.central[ever]:
        # Weights that respect the order have a mean that does.
        assert (weights[:, None] >= weights - 1e-9)[order.above].all()


@settings(max_examples=40)
@given(questions())
def test_shares_of_the_first_place_split_up_the_mean_weights(question):
    """Σ (share first × central weights) is the mean of all weights drawn: the centroid."""
    table, order, sources = question
    found = acceptability(table, order, sources=sources, draws=2_000)
    if found.options:
        mean = np.nan_to_num(found.central).T @ found.share[:, 0]
        assert mean == pytest.approx(order.weights(), abs=5 * 0.3 / np.sqrt(2_000))
        if "order" not in sources:
            assert mean == pytest.approx(order.weights())


@settings(max_examples=40)
@given(ballot_tables(options=(1, 3), states=(-1, 0)), st.data())
def test_below_another_everywhere_is_never_first(table, data):
    """An option that everyone puts one level higher on every criterion, whatever is varied."""
    best = table.scores.max(axis=1, keepdims=True) + 1
    scores = np.concatenate([table.scores, best], axis=1).astype(np.int8)
    options = (*table.options, "best")
    higher = ScoreTable(options, table.criteria, table.participants, scores=scores)
    order = data.draw(orders(len(table.criteria)))
    for sources in (SOURCES, ("order", "place"), ("voices",), ()):
        found = acceptability(higher, order, sources=sources, draws=200)
        # Where ± is put all the way at an end the levels meet; that has no weight.
        assert found.first("best") == pytest.approx(1)


@settings(max_examples=30)
@given(questions(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(question, shuffle):
    table, order, sources = question
    sources = sources - {"voices", "dont_know"}
    one = acceptability(table, order, sources=sources, draws=500)
    names = dict(zip(table.options, ("first", "second", "third", "fourth"), strict=False))
    turn = shuffle.sample(range(len(table.options)), len(table.options))
    people = shuffle.sample(range(len(table.participants)), len(table.participants))
    renamed = ScoreTable(
        tuple(names[table.options[i]] for i in turn),
        table.criteria,
        tuple(table.participants[i] for i in people),
        scores=table.scores[np.ix_(people, turn)],
    )
    other = acceptability(renamed, order, sources=sources, draws=500)
    for option in one.options:
        row = other.share[other.options.index(names[option])]
        assert row == pytest.approx(one.share[one.options.index(option)])


def test_criteria_in_another_order_fall_within_the_error():
    turned = ScoreTable(
        MIXED.options,
        MIXED.criteria[::-1],
        MIXED.participants,
        scores=np.ascontiguousarray(MIXED.scores[:, :, ::-1]),
    )
    order = Order.from_groups("cba", ["b", "ac"])
    one = acceptability(MIXED, Order.from_groups("abc", ["b", "ac"]), sources=SOURCES, draws=40_000)
    other = acceptability(turned, order, sources=SOURCES, draws=40_000)
    assert other.share == pytest.approx(one.share, abs=5 * np.sqrt(0.5 / 40_000))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sources": ("order", "weather")}, "sources names weather"),
        ({"sources": ("voices",)}, "sources names voices, but only ballots"),
        ({"order": strict(3)}, "order must be of the table's criteria"),
        ({"order": Order.none(("b", "a"))}, "order must be of the table's criteria"),
        ({"draws": 0}, "draws must be at least 1"),
        ({"draws": -5}, "draws must be at least 1"),
        ({"table": ScoreTable.from_bounds("x", "ab", {("x", "a"): (0, 1)})}, "bounds are not"),
    ],
)
def test_what_does_not_fit_is_refused(change, message):
    asked = {"table": SMAA, "order": NONE, "draws": 10, **change}
    with pytest.raises(ValueError, match=message):
        acceptability(asked.pop("table"), asked.pop("order"), **asked)
