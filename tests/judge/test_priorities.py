"""Whose order of importance leads, and what individual orders share."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.judge import Order, Priorities, joint_order, kendalls_w, midranks

CRITERIA = ("a", "b", "c", "d")


def ranked(text):
    """Ranks from "a bc d": the most important first, tied ones together."""
    return {c: place for place, group in enumerate(text.split(), 1) for c in group}


def together(*texts, criteria=CRITERIA, plenary=None):
    return Priorities(
        criteria,
        None if plenary is None else ranked(plenary),
        {f"p{i}": ranked(text) for i, text in enumerate(texts)},
    )


def shown(order):
    return None if order.groups is None else " ".join("".join(group) for group in order.groups)


def pairs(order):
    """Which criterion stands above which, as two-letter words."""
    at = order.criteria
    return {at[i] + at[j] for i, j in np.argwhere(order.above)}


@st.composite
def panels(draw, least=2, most=6):
    """Midranks of some people over some criteria."""
    n = draw(st.integers(1, 5))
    row = st.lists(st.integers(1, n), min_size=n, max_size=n)
    rows = draw(st.lists(row, min_size=least, max_size=most))
    return tuple("abcde"[:n]), np.stack([midranks(row) for row in rows])


# --- who leads


def test_the_plenary_leads_and_is_shared():
    found = together("d c b a", "d c b a", plenary="b a").leading()
    assert shown(found.order) == "b a cd"
    assert (found.whose, found.shared, found.people) == ("plenary", True, 2)
    # What individuals said stands beside it.
    assert found.concordance == pytest.approx(1)


def test_individual_orders_lead_together_where_there_is_no_plenary():
    found = together(*["a b c d"] * 5).leading()
    assert shown(found.order) == "a b c d"
    assert (found.whose, found.shared, found.people) == ("joint", True, 5)
    assert found.concordance == pytest.approx(1)
    assert found.p < 0.01


def test_orders_with_nothing_in_common_are_no_shared_order():
    found = together("a b c d", "d c b a", "b d a c", "c a d b").leading()
    assert (found.whose, found.shared) == ("joint", False)
    assert found.concordance == pytest.approx(0)
    assert found.p > 0.05
    assert pairs(found.order) == set()


def test_one_persons_order_leads_but_is_not_shared():
    found = together("b a").leading()
    assert shown(found.order) == "b a cd"
    assert (found.whose, found.shared, found.people) == ("person", False, 1)
    assert found.concordance is None and found.p is None


@pytest.mark.parametrize(
    "said",
    [
        Priorities(CRITERIA),
        Priorities(CRITERIA, {}, {}),
        Priorities(CRITERIA, {"a": None}, {"p": {}, "q": {"b": None}}),
    ],
)
def test_nothing_said_is_no_order_and_not_shared(said):
    found = said.leading()
    assert shown(found.order) == "abcd"
    assert (found.whose, found.shared, found.people) == ("none", False, 0)
    assert found.order.weights() == pytest.approx([0.25] * 4)
    assert found.concordance is None and found.p is None
    assert not said.has_plenary


def test_who_ranked_nothing_does_not_count_as_a_person():
    said = Priorities(CRITERIA, None, {"p": ranked("a b c d"), "q": {}, "r": {"a": None}})
    found = said.leading()
    assert (found.whose, found.people) == ("person", 1)
    assert shown(found.order) == "a b c d"


def test_a_plenary_order_that_says_nothing_does_not_lead():
    said = Priorities(CRITERIA, dict.fromkeys(CRITERIA), {"p": ranked("a b"), "q": ranked("a b")})
    assert said.leading().whose == "joint"


def test_all_who_tie_everything_share_nothing():
    found = together("abcd", "abcd", "abcd").leading()
    assert (found.whose, found.shared) == ("joint", False)
    assert shown(found.order) == "abcd"
    assert found.concordance is None and found.p == 1


def test_criteria_that_are_not_ranked_come_last_together():
    """a, then b; c and d tie for the third and fourth place, for everyone."""
    assert shown(together("a b", "a b cd").order()) == "a b cd"


def test_the_concordance_is_kendalls_w():
    """Siegel (1956), ch. 9, three executives and six applicants: W = .162, not shared."""
    orders = [(1, 6, 3, 2, 5, 4), (1, 5, 6, 4, 2, 3), (6, 3, 2, 5, 4, 1)]
    names = tuple("abcdef")
    said = Priorities(
        names, None, {f"p{i}": dict(zip(names, row, strict=True)) for i, row in enumerate(orders)}
    )
    found = said.leading()
    assert found.concordance == pytest.approx(0.162, abs=0.0005)
    assert not found.shared and found.p > 0.5


def test_one_criterion_needs_no_agreement():
    found = together("a", "a", criteria=("a",)).leading()
    assert (found.whose, found.shared) == ("joint", True)
    assert found.concordance is None and found.p is None
    assert found.order.weights().tolist() == [1]


# --- the joint order


def test_two_people_share_what_both_say():
    """Without the one, the other decides; so both must say so."""
    found = together("a b c d", "a c b d").order()
    assert pairs(found) == {"ab", "ac", "ad", "bd", "cd"}
    assert shown(found) == "a bc d"


def test_a_majority_is_not_enough_if_it_hangs_on_one():
    """Two of three put a above b; without one of them it is one against one."""
    said = together("a b", "a b", "b a", criteria=("a", "b"))
    assert pairs(said.order()) == set()
    # Three of four: 3 − 1, and without one of the three still 2 − 1.
    more = together("a b", "a b", "a b", "b a", criteria=("a", "b"))
    assert pairs(more.order()) == {"ab"}


def test_a_joint_order_may_have_no_groups():
    """Rank sums 4, 8 and 6: a before b whoever is left out; c falls behind or rises with one."""
    found = together("a b c", "a c b", "c a b", criteria=("a", "b", "c")).order()
    assert pairs(found) == {"ab"}
    assert found.groups is None
    # Of abc, acb and cab; by hand, a is first in two of three, b last in two.
    assert found.weights() == pytest.approx(
        [(2 * 11 + 5) / 54, (5 + 2 * 2) / 54, (11 + 5 + 2) / 54]
    )
    n_shaped = together("a b c d", "b d a c").order()
    assert pairs(n_shaped) == {"ac", "bc", "bd"} and n_shaped.groups is None


@given(panels())
def test_a_joint_order_against_leaving_out_each_person(case):
    criteria, ranks = case
    order = joint_order(criteria, ranks)
    for i, j in product(range(len(criteria)), repeat=2):
        without = [np.delete(ranks, k, axis=0).mean(axis=0) for k in range(len(ranks))]
        assert order.above[i, j] == all(mean[i] < mean[j] - 1e-9 for mean in without)


@given(panels())
def test_a_joint_order_is_a_strict_partial_order(case):
    above = joint_order(*case).above
    n = len(above)
    assert not above.diagonal().any()
    assert not (above & above.T).any()
    for i, j, k in product(range(n), repeat=3):
        assert above[i, k] or not (above[i, j] and above[j, k])


@given(panels(least=3), st.data())
def test_no_single_person_decides_on_any_pair(case, data):
    """Whoever changes whatever: no pair turns round, and what is new was there without them."""
    criteria, ranks = case
    one = data.draw(st.integers(0, len(ranks) - 1))
    n = len(criteria)
    other = ranks.copy()
    other[one] = midranks(data.draw(st.lists(st.integers(1, n), min_size=n, max_size=n)))
    before, after = joint_order(criteria, ranks), joint_order(criteria, other)
    assert not (before.above & after.above.T).any()
    rest = np.delete(ranks, one, axis=0).mean(axis=0)
    for i, j in np.argwhere(before.above | after.above):
        assert rest[i] < rest[j]


@given(panels(least=1, most=1), st.integers(2, 5))
def test_who_all_say_the_same_share_that(case, people):
    criteria, ranks = case
    order = joint_order(criteria, np.repeat(ranks, people, axis=0))
    expected = Order.from_ranks(criteria, dict(zip(criteria, ranks[0], strict=True)))
    assert (order.above == expected.above).all()


@given(panels(least=2, most=2))
def test_two_people_share_the_pairs_of_both(case):
    criteria, ranks = case
    one, other = (
        Order.from_ranks(criteria, dict(zip(criteria, row, strict=True))).above for row in ranks
    )
    assert (joint_order(criteria, ranks).above == (one & other)).all()


@given(panels(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(case, random):
    criteria, ranks = case
    people = random.sample(range(len(ranks)), len(ranks))
    turn = random.sample(range(len(criteria)), len(criteria))
    before = joint_order(criteria, ranks)
    after = joint_order(tuple("vwxyz"[i] for i in turn), ranks[people][:, turn])
    assert (after.above == before.above[np.ix_(turn, turn)]).all()


@settings(max_examples=30)
@given(panels())
def test_what_leads_is_the_joint_order_with_its_concordance(case):
    criteria, ranks = case
    said = Priorities(
        criteria,
        None,
        {f"p{i}": dict(zip(criteria, row, strict=True)) for i, row in enumerate(ranks)},
    )
    found = said.leading()
    assert (found.order.above == joint_order(criteria, ranks).above).all()
    assert (said.order().above == found.order.above).all()
    if len(criteria) > 1:
        w = kendalls_w(ranks)
        assert found.concordance == (None if np.isnan(w) else pytest.approx(w))
        assert found.shared == (found.p <= 0.05)


# --- leaving out


def test_without_a_person_the_plenary_order_stays_and_a_joint_one_is_made_again():
    said = together("a b c d", "a b c d", "d c b a", plenary="c d")
    assert shown(said.without_person("p0").order()) == "c d ab"
    joint = together("a b c d", "a b c d", "d c b a")
    assert shown(joint.order()) == "abcd"
    assert shown(joint.without_person("p2").order()) == "a b c d"
    assert joint.without_person("p0").leading().people == 2
    assert joint.without_person("nobody").leading().people == 3


def test_without_a_criterion_it_is_out_of_every_order():
    said = together("a b c d", "b a d c", plenary="c b a").without_criterion("b")
    assert said.criteria == ("a", "c", "d")
    assert shown(said.order()) == "c a d"
    assert said.individual == {"p0": {"a": 1, "c": 3, "d": 4}, "p1": {"a": 2, "d": 3, "c": 4}}
    assert Priorities(CRITERIA, {"b": 1}).without_criterion("b").leading().whose == "none"
    assert Priorities(CRITERIA).without_criterion("a").plenary is None


# --- what is refused


def test_an_order_of_strangers_is_refused():
    with pytest.raises(ValueError, match="plenary names x"):
        Priorities(("a",), {"x": 1})
    with pytest.raises(ValueError, match="individual names x"):
        Priorities(("a",), None, {"jo": {"x": 1}})


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_ranks_that_are_no_numbers_are_refused(bad):
    with pytest.raises(ValueError, match="plenary must hold finite"):
        Priorities(("a",), {"a": bad})
    with pytest.raises(ValueError, match="individual must hold finite"):
        Priorities(("a",), None, {"jo": {"a": bad}})
    with pytest.raises(ValueError, match="ranks must be one finite number"):
        joint_order(("a", "b"), np.array([[1, 2], [bad, 1]]))


def test_a_message_names_nobody():
    for ranks in ({"x": 1}, {"a": float("nan")}):
        with pytest.raises(ValueError) as caught:
            Priorities(("a",), None, {"jo": ranks})
        assert "jo" not in str(caught.value)


@pytest.mark.parametrize("ranks", [np.ones((1, 2)), np.ones((0, 2))])
def test_fewer_than_two_people_have_no_joint_order(ranks):
    with pytest.raises(ValueError, match="ranks must hold the orders of at least two"):
        joint_order(("a", "b"), ranks)


@pytest.mark.parametrize("ranks", [np.ones((2, 3)), np.ones(2), np.ones((2, 2, 2))])
def test_ranks_that_do_not_fit_the_criteria_are_refused(ranks):
    with pytest.raises(ValueError, match="ranks must be one finite number"):
        joint_order(("a", "b"), ranks)


def test_no_criteria_have_no_order():
    with pytest.raises(ValueError, match="criteria must not be empty"):
        Priorities(()).order()
