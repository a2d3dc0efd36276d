"""Strict orders that an option wins: by hand, and against going through them one by one."""

import math
from collections import deque
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.rooms import ballot_tables, ballots, criteria, orders, strict
from workbook.judge import Order, ScoreTable, net_scores, rank_order_centroid, winning_orders


def test_by_hand():
    """x is + on a alone, y on b alone: each wins with its criterion above the other's."""
    found = winning_orders(ballots("+-0 -+0"), strict(3))
    assert (found.examined, found.exact, found.error) == (6, True, 0)
    assert found.wins == {"x": 0.5, "y": 0.5}
    assert found.only_if == found.whenever == {"x": (("a", "b"),), "y": (("b", "a"),)}
    # a > b > c: swapping the first two is enough.
    assert (found.first, found.swaps, found.looked) == ("x", 1, 1)


def test_a_draw_is_won_by_nobody():
    """Of two criteria, with weights ¾ and ¼: x +0 and y 0+ are never level; x and z always."""
    found = winning_orders(ballots("+0 0+ +0"), strict(2))
    assert found.wins == {"x": 0, "y": 0.5, "z": 0}
    assert found.only_if == found.whenever == {"x": (), "y": (("b", "a"),), "z": ()}
    assert (found.first, found.swaps) == (None, None)


def test_what_always_wins_needs_no_condition():
    found = winning_orders(ballots("+++ 0+0"), strict(3))
    assert found.wins == {"x": 1, "y": 0}
    assert found.only_if["x"] == found.whenever["x"] == ()
    # Every order was looked at: three criteria are at most three swaps apart.
    assert (found.first, found.swaps, found.looked) == ("x", None, 3)


def test_an_order_that_leaves_room_may_already_unseat():
    """With a and b tied x leads by its + on c; a > b is x's, b > a is y's."""
    table = ballots("+-+ -+0")
    found = winning_orders(table, Order.from_groups("abc", ["ab", "c"]))
    assert (found.first, found.swaps, found.looked) == ("x", 0, 0)


def test_the_distance_counts_neighbours():
    """y needs e above a: in a > b > c > d > e that takes four swaps."""
    found = winning_orders(ballots("+---- ----+"), strict(5))
    assert found.only_if["y"] == (("e", "a"),)
    assert found.swaps == 4


def weights_of(extension, names):
    of = dict(zip(extension, rank_order_centroid(len(names)), strict=True))
    return [of[name] for name in names]


def winner(table, extension):
    return net_scores(table, weights_of(extension, table.criteria)).sole_first()


def neighbours(extension):
    for i in range(len(extension) - 1):
        swapped = list(extension)
        swapped[i], swapped[i + 1] = swapped[i + 1], swapped[i]
        yield tuple(swapped)


def swaps_by_search(table, order, first):
    """Breadth first from every strict order that respects the room's."""
    respects = [
        one
        for one in permutations(order.criteria)
        if all(
            one.index(order.criteria[i]) < one.index(order.criteria[j])
            for i, j in zip(*np.nonzero(order.above), strict=True)
        )
    ]
    steps = dict.fromkeys(respects, 0)
    queue = deque(respects)
    while queue:
        at = queue.popleft()
        if winner(table, at) != first:
            return steps[at]
        for following in neighbours(at):
            if following not in steps:
                steps[following] = steps[at] + 1
                queue.append(following)
    return None


@st.composite
def questions(draw):
    n = draw(st.integers(1, 4))
    table = draw(ballot_tables(people=(1, 4), options=(1, 4), criteria=(n, n)))
    return table, draw(orders(n))


@settings(max_examples=80)
@given(questions())
def test_going_through_them_one_by_one_gives_the_same(question):
    table, order = question
    found = winning_orders(table, order)
    n = len(table.criteria)
    won = {one: winner(table, one) for one in permutations(table.criteria)}
    assert found.exact and found.examined == math.factorial(n) and found.error == 0
    assert list(found.wins) == [o for o, ok in zip(table.options, table.placed, strict=True) if ok]
    for option, share in found.wins.items():
        wins = [one for one in won if won[one] == option]
        assert share == pytest.approx(len(wins) / len(won))
        pairs = [
            pair for two in combinations(table.criteria, 2) for pair in permutations(two, 2)
        ] * (0 < len(wins) < len(won))
        only_if, whenever = set(), set()
        for x, y in pairs:
            if all(one.index(x) < one.index(y) for one in wins):
                only_if.add((x, y))
            if all(won[one] == option for one in won if one.index(x) < one.index(y)):
                whenever.add((x, y))
        assert set(found.only_if[option]) == only_if
        assert set(found.whenever[option]) == whenever
    assert found.first == net_scores(table, order.weights()).sole_first()
    if found.first is None:
        assert (found.swaps, found.looked) == (None, 0)
    else:
        assert found.swaps == swaps_by_search(table, order, found.first)
        assert found.swaps is None or found.looked == found.swaps


def test_more_than_eight_criteria_are_sampled():
    """As for three: x wins where a stands above i, in half of the orders."""
    table = ballots("+00000000 00000000+")
    found = winning_orders(table, strict(9), draws=20_000)
    assert (found.examined, found.exact) == (20_000, False)
    assert sum(found.wins.values()) == pytest.approx(1)
    share = found.wins["x"]
    assert found.error == pytest.approx(math.sqrt(share * (1 - share) / 20_000))
    assert share == pytest.approx(0.5, abs=4 * found.error)
    assert found.only_if == found.whenever == {"x": (("a", "i"),), "y": (("i", "a"),)}
    again, other = (winning_orders(table, strict(9), draws=500, seed=s).wins for s in (7, 8))
    assert again == winning_orders(table, strict(9), draws=500).wins != other


def test_the_nearest_order_is_searched_among_all_also_when_wins_are_sampled():
    """i has to pass h, …, b and a: eight swaps. With d in its place three."""
    assert winning_orders(ballots("+00000000 000+00000"), strict(9), draws=10).swaps == 3
    far = winning_orders(ballots("+00000000 00000000+"), strict(9), draws=10)
    assert far.swaps == 8
    # With a, b and i tied y leads; a > b > i, which respects that, is x's: .314 − .148 > .148.
    order = Order.from_groups(criteria(9), ["abi", "cdefgh"])
    leads = winning_orders(ballots("+0000000- 00000000+"), order, draws=10)
    assert (leads.first, leads.swaps) == ("y", 0)


def test_the_search_for_the_nearest_order_is_given_up_and_says_where():
    """Nothing unseats x; of ten criteria not all 3 628 800 orders are looked at."""
    found = winning_orders(ballots("++++++++++ 0000000000"), strict(10), draws=10)
    assert found.swaps is None and 3 < found.looked < 45
    tied = winning_orders(ballots("++++++++++ 0000000000"), Order.none(criteria(10)), draws=10)
    assert (tied.first, tied.swaps, tied.looked) == ("x", None, 0)


def test_eight_criteria_without_any_order_are_gone_through():
    found = winning_orders(ballots("+00000-- 0000000+"), Order.none(criteria(8)))
    assert found.examined == math.factorial(8) and found.exact
    assert found.first == "y" and found.swaps == 0


def test_empty_cells_one_option_and_none():
    found = winning_orders(ballots("+? 00 0-"), strict(2))
    assert list(found.wins) == ["y", "z"] and found.first == "y"
    found = winning_orders(ballots("--"), strict(2))
    assert (found.wins, found.first, found.swaps) == ({"x": 1}, "x", None)
    for table in (ballots("?? ??"), ScoreTable.from_tallies((), "ab", {})):
        found = winning_orders(table, strict(2))
        assert (found.wins, found.first, found.swaps, found.looked) == ({}, None, None, 0)


@settings(max_examples=40)
@given(questions(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(question, shuffle):
    table, order = question
    people, options, columns = (shuffle.sample(range(n), n) for n in table.scores.shape)
    turned = ScoreTable(
        tuple(table.options[i].upper() for i in options),
        tuple(table.criteria[j].upper() for j in columns),
        tuple(table.participants[i] for i in people),
        scores=table.scores[np.ix_(people, options, columns)],
    )
    one = winning_orders(table, order)
    other = winning_orders(turned, Order(turned.criteria, order.above[np.ix_(columns, columns)]))
    assert {o.upper(): share for o, share in one.wins.items()} == pytest.approx(other.wins)
    assert (one.swaps, (one.first or "").upper()) == (other.swaps, other.first or "")
    for name, option in product(("only_if", "whenever"), one.wins):
        pairs = {(x.upper(), y.upper()) for x, y in getattr(one, name)[option]}
        assert pairs == set(getattr(other, name)[option.upper()])


@pytest.mark.parametrize(
    ("order", "draws", "message"),
    [(strict(3), 9, "order must be of"), (strict(2), 0, "draws must be at least 1")],
)
def test_what_does_not_fit_is_refused(order, draws, message):
    with pytest.raises(ValueError, match=message):
        winning_orders(ballots("+- -+"), order, draws=draws)
    with pytest.raises(ValueError, match="bounds are not voices"):
        winning_orders(ScoreTable.from_bounds("xy", "ab", {}), strict(2))
