"""What goes without a member, and what another would add."""

from itertools import combinations as choose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.judge.gains import gains
from workbook.judge.partnerships import combine

PARTS = ("early", "crisis", "after")
LEVELS = {
    ("shelter", "early"): "no",
    ("shelter", "crisis"): "yes",
    ("shelter", "after"): "partly",
    ("welfare", "early"): "yes",
    ("welfare", "crisis"): "no",
    ("welfare", "after"): "partly",
    ("police", "early"): "no",
    ("police", "crisis"): "yes",
    ("police", "after"): "no",
    ("health", "early"): "partly",
    ("health", "crisis"): "no",
    ("health", "after"): "yes",
}
PARTIES = ("shelter", "welfare", "police", "health")
level = st.sampled_from(["no", "partly", "yes", "?"])
records = st.dictionaries(st.tuples(st.sampled_from("abcde"), st.sampled_from(PARTS)), level)


def test_by_hand():
    """Shelter and welfare cover 1, 1, ½. Without shelter 1, 0, ½; without welfare 0, 1, ½."""
    links = [frozenset({"shelter", "welfare"}), frozenset({"shelter", "health"})]
    found = gains(
        ["shelter", "welfare"], PARTIES, PARTS, LEVELS, stands_for={"health": 3}, links=links
    )
    assert found.members == ("shelter", "welfare")
    assert {m: gain.covered for m, gain in found.lost.items()} == pytest.approx(
        {"shelter": 1 / 3, "welfare": 1 / 3}
    )
    assert {c: gain.covered for c, gain in found.added.items()} == pytest.approx(
        {"police": 0, "health": 1 / 6}
    )
    assert (found.added["health"].organisations, found.added["health"].missing_links) == (3, 1)
    assert (found.added["police"].organisations, found.added["police"].missing_links) == (1, 2)
    assert (found.lost["shelter"].organisations, found.lost["shelter"].missing_links) == (1, 0)


def test_the_mean_of_the_others():
    found = gains(["shelter"], PARTIES, PARTS, LEVELS)
    # Welfare adds the early part, police nothing, health a half and a half.
    assert found.mean_added() == pytest.approx((1 / 3 + 0 + 1 / 3) / 3)
    assert found.mean_added("welfare") == pytest.approx((0 + 1 / 3) / 2)
    assert found.mean_added("shelter") == found.mean_added()


def test_without_other_candidates_there_is_no_mean():
    found = gains(["shelter"], ["shelter", "welfare"], PARTS, LEVELS)
    assert found.mean_added("welfare") is None
    alone = gains(["shelter"], ["shelter"], PARTS, LEVELS)
    assert alone.added == {}
    assert alone.mean_added() is None
    assert alone.lost["shelter"].covered == 0.5


def test_nobody_yet():
    found = gains([], ["shelter"], PARTS, LEVELS)
    assert found.lost == {}
    assert found.added["shelter"].covered == 0.5


def test_what_is_unknown_is_a_gain_only_if_it_is_known():
    found = gains(["a"], ["b"], PARTS, {("a", "early"): "yes", ("a", "crisis"): "no",
                                       ("a", "after"): "no"})  # fmt: skip
    assert found.added["b"].covered == 0
    assert found.added["b"].if_known == pytest.approx(2 / 3)


@given(records)
def test_nobody_takes_coverage_away(levels):
    for size in range(4):
        for members in choose("abcde", size):
            found = gains(members, "abcde", PARTS, levels)
            assert {*found.lost} == {*members}
            assert {*found.lost, *found.added} == set("abcde")
            for gain in (*found.lost.values(), *found.added.values()):
                assert 0 <= gain.covered <= 1
                assert gain.if_known >= 0
                assert gain.organisations == 1
                assert gain.missing_links >= 0


@given(records)
def test_what_one_adds_is_what_is_lost_without_it_afterwards(levels):
    before = gains("ab", "c", PARTS, levels).added["c"]
    after = gains("abc", "", PARTS, levels).lost["c"]
    assert before == after


@given(records)
def test_a_later_member_never_adds_more(levels):
    """Coverage has diminishing returns, so what is measured last looks smallest."""
    early = gains("a", "c", PARTS, levels).added["c"]
    late = gains("ab", "c", PARTS, levels).added["c"]
    assert late.covered <= early.covered + 1e-12
    whole = combine("abc", PARTS, levels).covered
    assert sum(g.covered for g in gains("abc", "", PARTS, levels).lost.values()) <= whole + 1e-12


def test_bad_input_is_refused_by_name():
    with pytest.raises(ValueError, match="parts must not be empty"):
        gains(["a"], ["b"], [], {})
    with pytest.raises(ValueError, match="members holds a party twice"):
        gains("aa", "b", PARTS, {})
    with pytest.raises(ValueError, match="levels holds maybe"):
        gains("a", "b", PARTS, {("a", "early"): "maybe"})
