"""Partnerships: what members cover together, and what it costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.judge import combine

PARTS = ("early", "crisis", "after")
LEVELS = {
    ("shelter", "crisis"): "yes",
    ("shelter", "early"): "no",
    ("shelter", "after"): "partly",
    ("welfare", "early"): "yes",
    ("welfare", "crisis"): "no",
}
level = st.sampled_from(["no", "partly", "yes", "?"])


def test_by_hand():
    """Shelter 0, 1, ½; welfare 1, 0 and unknown: together 1, 1, ½ and at best 1, 1, 1."""
    alone = combine(["shelter"], PARTS, LEVELS)
    assert (alone.covered, alone.if_known) == (0.5, 0.5)
    assert (alone.organisations, alone.missing_links) == (1, 0)
    both = combine(["shelter", "welfare"], PARTS, LEVELS, stands_for={"welfare": 4})
    assert both.covered == pytest.approx(2.5 / 3)
    assert both.if_known == 1
    assert (both.organisations, both.missing_links) == (5, 1)
    linked = combine(
        ["shelter", "welfare"], PARTS, LEVELS, links=[frozenset({"welfare", "shelter"})]
    )
    assert linked.missing_links == 0


def test_three_members_have_three_pairs():
    links = [frozenset("ab"), frozenset("xy")]
    assert combine("abc", PARTS, {}, links=links).missing_links == 2


def test_nothing_known_and_nobody():
    unknown = combine(["a"], PARTS, {})
    assert (unknown.covered, unknown.if_known) == (0, 1)
    nobody = combine([], PARTS, LEVELS)
    assert (nobody.covered, nobody.if_known, nobody.organisations) == (0, 0, 0)


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from(PARTS)), level))
def test_another_member_never_covers_less(levels):
    two, three = combine("ab", PARTS, levels), combine("abc", PARTS, levels)
    assert 0 <= two.covered <= three.covered <= 1
    assert two.if_known <= three.if_known <= 1
    assert three.covered <= three.if_known
    turned = combine("cba", reversed(PARTS), levels)
    assert (turned.covered, turned.if_known) == pytest.approx((three.covered, three.if_known))


def test_no_parts_and_unknown_levels_are_refused():
    with pytest.raises(ValueError, match="parts must not be empty"):
        combine(["a"], [], {})
    with pytest.raises(ValueError, match="levels holds maybe"):
        combine(["a"], PARTS, {("a", "early"): "maybe"})
