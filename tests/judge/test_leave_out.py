"""The first place without a person, a group or a criterion: by hand and from the records."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.rooms import as_tallies, ballot_tables, ballots, criteria, plenary
from workbook.judge import (
    Order,
    Priorities,
    ScoreTable,
    Without,
    leave_one_out,
    net_scores,
    one_group_one_vote,
    present_groups,
)


def test_a_person_by_hand():
    """x has ++0, y 00+. Without p1 or p2 both sum to 1; without p3 x has 2 and y 0."""
    found = leave_one_out(ballots("+ 0", "+ 0", "0 +"), plenary(1))
    assert found.first == "x"
    assert found.participants == (
        Without("p1", ("x", "y"), False),
        Without("p2", ("x", "y"), False),
        Without("p3", ("x",), False),
    )
    assert [case.holds("x") for case in found.participants] == [False, False, True]
    assert found.broken_by == 2


def test_a_group_by_hand():
    """Without group s, which alone puts y below, y is first; a lone person is no group."""
    table = ballots("+ -", "+ -", "0 +", "0 0", groups="ssg ")
    found = leave_one_out(table, plenary(1))
    assert present_groups(table) == {"s": ("p1", "p2"), "g": ("p3",)}
    assert found.first == "x"
    assert found.groups == (Without("s", ("y",), False), Without("g", ("x",), False))
    assert [case.what for case in found.participants] == ["p1", "p2", "p3", "p4"]


def test_a_criterion_by_hand():
    """x ++−, y −−+, a > b > c: of two criteria the first weighs ¾, and that is x's each time."""
    found = leave_one_out(ballots("++- --+"), plenary(3))
    assert [(w.what, w.first) for w in found.criteria] == [
        ("a", ("x",)),
        ("b", ("x",)),
        ("c", ("x",)),
    ]
    found = leave_one_out(ballots("+- -+"), plenary(2))
    assert [(w.what, w.first) for w in found.criteria] == [("a", ("y",)), ("b", ("x",))]
    assert not any(w.emptied for w in found.criteria)


def test_weights_are_made_again_without_a_criterion():
    """Without a, weights of .271 .146 .0625 become .611 .278 .111, not .565 .304 .130.

    x leads by 5 of 4 people's points on b and is 7 behind on c and d: 5 · .611 > 7 · .389, though
    5 · .565 < 7 · .435.
    """
    table = ballots("0+-- 00++", "0+-- 0-++", "0+-- 00++", "0+-- 0000")
    assert leave_one_out(table, plenary(4)).criteria[0] == Without("a", ("x",), False)
    # With b and c tied below a, leaving a out leaves them equal: ½ each, so a draw.
    tied = Priorities(criteria(3), {"a": 1, "b": 2, "c": 2})
    assert leave_one_out(ballots("++- --+"), tied).criteria[0].first == ("x", "y")


def test_a_cell_without_its_last_answer_fails():
    """Only p1 scored x on b. Without p1 x has no place; y is then first, and that isn't held."""
    found = leave_one_out(ballots("++ --", "+? --", "+. --"), plenary(2))
    assert found.first == "x"
    assert found.participants[0] == Without("p1", ("y",), True)
    assert found.broken_by == 1
    # The same where it is the other option that loses its place: x stays first, and yet.
    found = leave_one_out(ballots("++ --", "++ -?"), plenary(2))
    assert found.participants[0] == Without("p1", ("x",), True)
    assert not found.participants[0].holds("x")


def test_a_cell_that_was_empty_already_does_not_fail():
    found = leave_one_out(ballots("++ -- ?+", "++ -- ?+"), plenary(2))
    assert found.broken_by == 0 and not any(case.emptied for case in found.participants)


A_FIRST, B_FIRST = {"a": 1, "b": 2}, {"a": 2, "b": 1}


def test_the_plenary_order_stays_and_individual_ones_are_made_again():
    """x is + on a, y on b. p1 and p2 put a first, p3 b; the mean does so only with p1 and p2."""
    table = ballots(*["+- -+"] * 4, groups="sgg ")
    individual = {"p1": A_FIRST, "p2": A_FIRST, "p3": B_FIRST}
    stays = leave_one_out(table, Priorities(("a", "b"), A_FIRST, individual))
    assert stays.broken_by == 0 and all(case.holds("x") for case in stays.groups)
    # One order only: without its maker none is left, and the two are level.
    alone = leave_one_out(table, Priorities(("a", "b"), None, {"p1": A_FIRST}))
    assert alone.first == "x"
    assert [case.first for case in alone.participants] == [("x", "y"), ("x",), ("x",), ("x",)]
    assert [case.first for case in alone.groups] == [("x", "y"), ("x",)]
    # Of two against one nothing is shared; without p3 a comes first, without p1 or p2 nothing.
    three = leave_one_out(table, Priorities(("a", "b"), None, individual))
    assert three.first is None
    assert [case.first for case in three.participants] == [
        ("x", "y"),
        ("x", "y"),
        ("x",),
        ("x", "y"),
    ]
    # Without group g only p1's order is left.
    assert [(case.what, case.first) for case in three.groups] == [("s", ("x", "y")), ("g", ("x",))]


def test_from_tallies_only_criteria_are_left_out():
    table = ballots("++- --+", "+++ -0+")
    found = leave_one_out(as_tallies(table), plenary(3))
    assert (found.participants, found.groups) == ((), ())
    assert found.criteria == leave_one_out(table, plenary(3)).criteria
    assert found.broken_by == 0


def test_who_gave_no_answer_is_no_case():
    found = leave_one_out(ballots("+ -", ". .", "+ -", groups="sgs"), plenary(1))
    assert [case.what for case in found.participants] == ["p1", "p3"]
    assert found.groups == ()


def test_one_participant_and_one_criterion():
    found = leave_one_out(ballots("+ -"), plenary(1))
    assert found.participants == (Without("p1", (), True),)
    assert found.criteria == () and found.broken_by == 1


def test_nobody_answered():
    found = leave_one_out(ballots(". .", ". ."), plenary(1))
    assert (found.first, found.participants, found.groups) == (None, (), ())


@st.composite
def rooms(draw):
    table = draw(ballot_tables(people=(1, 5), options=(1, 3)))
    ranks = st.dictionaries(st.sampled_from(table.criteria), st.integers(1, 3))
    individual = draw(st.dictionaries(st.sampled_from(table.participants), ranks, max_size=3))
    return table, draw(st.none() | ranks), individual


@settings(max_examples=80)
@given(rooms())
def test_the_records_without_them_give_the_same(room):
    """Build everything again from the records that are left."""
    table, ranks, individual = room
    records = [
        (who, option, criterion, int(table.scores[i, j, k]))
        for i, who in enumerate(table.participants)
        for j, option in enumerate(table.options)
        for k, criterion in enumerate(table.criteria)
    ]
    found = leave_one_out(table, Priorities(table.criteria, ranks, individual))

    def again(people=(), criterion=None):
        names = tuple(c for c in table.criteria if c != criterion)
        rest = ScoreTable.from_ballots(
            table.options, names, [r for r in records if r[0] not in people and r[2] != criterion]
        )

        def cut(order):
            return {c: rank for c, rank in order.items() if c != criterion}

        orders = {who: cut(order) for who, order in individual.items() if who not in people}
        left = Priorities(names, None if ranks is None else cut(ranks), orders)
        lost = {o for o, ok in zip(table.options, table.placed, strict=True) if ok} - {
            o for o, ok in zip(rest.options, rest.placed, strict=True) if ok
        }
        return net_scores(rest, left.order().weights()).first(), bool(lost)

    for case in found.participants:
        assert (case.first, case.emptied) == again((case.what,))
    for case in found.groups:
        people = [who for who, group in table.groups.items() if group == case.what]
        assert (case.first, case.emptied) == again(people)
    for case in found.criteria:
        # An option with its only empty cell there has a place without it; nothing is emptied.
        assert (case.first, case.emptied) == (again(criterion=case.what)[0], False)
    here = [who for who, there in zip(table.participants, table.present, strict=True) if there]
    assert [case.what for case in found.participants] == here
    assert found.broken_by == sum(not c.holds(found.first) for c in found.participants)


def test_one_group_one_vote_by_hand():
    """Group s of three: + + −, so ⅓; group g of one: −. Together −⅓, where by heads it is 0."""
    table = ballots("+ 0", "+ 0", "- 0", "- 0", groups="sssg")
    found = one_group_one_vote(table, [1])
    assert found.value == pytest.approx([-1 / 3, 0])
    assert found.sole_first() == "y"
    assert net_scores(table, [1]).value == pytest.approx([0, 0])


def test_a_group_without_an_answer_is_left_out_of_that_cell():
    """On b only s answers: + and ±. On a: s 0, g −. So ½ · (−½) + ½ · ½ with equal weights."""
    table = ballots("++ 00", "-0 00", "-? 00", "-. 00", groups="ssgg")
    assert one_group_one_vote(table, [0.5, 0.5]).value == pytest.approx([0, 0])
    assert one_group_one_vote(table, [1, 0]).value == pytest.approx([-0.5, 0])
    assert one_group_one_vote(table, [0, 1]).value == pytest.approx([0.5, 0])


def test_people_without_a_group_are_one_together():
    """s +, g +, and two without a group − −: ⅓."""
    found = one_group_one_vote(ballots("+ 0", "+ 0", "- 0", "- 0", groups="sg  "), [1])
    assert found.value == pytest.approx([1 / 3, 0])


def test_an_option_with_an_empty_cell_has_no_value():
    found = one_group_one_vote(ballots("+? 00", "+? 00", groups="sg"), [0.5, 0.5])
    assert np.isnan(found.value[0]) and found.value[1] == 0
    assert found.first() == ("y",)


@pytest.mark.parametrize(
    "table",
    [
        ballots("+", "+"),
        ballots("+", "+", groups="ss"),
        ballots("+", "+", groups="s "),
        ballots("+", ".", groups="sg"),
        as_tallies(ballots("+", "+", groups="sg")),
    ],
    ids=["no_groups", "one", "one_and_nobody's", "one_present", "tallies"],
)
def test_with_fewer_than_two_groups_present_it_cannot_be_asked(table):
    assert one_group_one_vote(table, [1]) is None


@settings(max_examples=60)
@given(ballot_tables(people=(2, 6)))
def test_groups_of_one_each_are_one_person_one_vote(table):
    alone = ScoreTable(
        table.options,
        table.criteria,
        table.participants,
        scores=table.scores,
        groups={who: f"group of {who}" for who in table.participants},
    )
    weights = Order.none(table.criteria).weights()
    found = one_group_one_vote(alone, weights)
    if found is None:
        assert table.present.sum() < 2
        return
    assert found.value == pytest.approx(net_scores(table, weights).value, nan_ok=True)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="priorities must be of the table's criteria"):
        leave_one_out(ballots("+ -"), plenary(2))
    with pytest.raises(ValueError, match="bounds are not voices"):
        leave_one_out(ScoreTable.from_bounds("xy", "a", {}), plenary(1))
    with pytest.raises(ValueError, match="weights must be"):
        one_group_one_vote(ballots("+ -", "+ -", groups="sg"), [0.5, 0.5])
