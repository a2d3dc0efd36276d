"""Partnerships: what members cover together, and what it costs."""

from itertools import combinations as choose
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.judge.partnerships import (
    Combination,
    combinations,
    combine,
    coverage_level,
    undominated,
)

PARTS = ("early", "crisis", "after")
LEVELS = {
    ("shelter", "crisis"): "yes",
    ("shelter", "early"): "no",
    ("shelter", "after"): "partly",
    ("welfare", "early"): "yes",
    ("welfare", "crisis"): "no",
}
level = st.sampled_from(["no", "partly", "yes", "?"])
records = st.dictionaries(st.tuples(st.sampled_from("abcde"), st.sampled_from(PARTS)), level)
pairs = st.frozensets(st.sampled_from([frozenset(pair) for pair in choose("abcdex", 2)]))

# A reading of "Organisatorische positionering De Cirkel is Rond", annex 2 of the handbook
# "Organisatorische positionering": who covers which part of the chain, ? where it is silent.
CHAIN = ("prevention", "lighter cases", "complex cases", "aftercare")
WEST_BRABANT = {
    (party, part): found
    for party, row in {
        "veilig thuis": ("partly", "partly", "yes", "?"),
        "safegroup": ("partly", "partly", "yes", "?"),
        "social work": ("yes", "yes", "partly", "yes"),
    }.items()
    for part, found in zip(CHAIN, row, strict=True)
}
WEST_BRABANT_COST = {
    "stands_for": {"social work": 5},
    "links": [frozenset(pair) for pair in choose(("veilig thuis", "safegroup", "social work"), 2)],
    "beside": [("social work", "experts")],
}


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


def test_the_published_widening():
    """Half the chain is covered for sure, all of it with social work: 5 more, 1 link to make."""
    now = combine(["veilig thuis", "safegroup"], CHAIN, WEST_BRABANT, **WEST_BRABANT_COST)
    assert (now.covered, now.if_known) == (0.5, 0.75)
    assert (now.organisations, now.missing_links) == (2, 0)
    wider = combine(
        ["veilig thuis", "safegroup", "social work"], CHAIN, WEST_BRABANT, **WEST_BRABANT_COST
    )
    assert (wider.covered, wider.if_known) == (1, 1)
    assert (wider.organisations, wider.missing_links) == (7, 1)


def test_three_members_have_three_pairs():
    links = [frozenset("ab"), frozenset("xy")]
    assert combine("abc", PARTS, {}, links=links).missing_links == 2


def test_a_missing_link_beside_counts_once():
    """Of a member with somebody outside; between two members it is one of the pairs already."""
    beside = [("a", "experts"), ("b", "experts"), ("z", "experts")]
    assert combine(["a"], PARTS, {}, beside=beside).missing_links == 1
    assert combine(["a", "b"], PARTS, {}, beside=beside).missing_links == 3
    assert combine(["a", "experts"], PARTS, {}, beside=beside).missing_links == 1


def test_nothing_known_and_nobody():
    unknown = combine(["a"], PARTS, {})
    assert (unknown.covered, unknown.if_known) == (0, 1)
    nobody = combine([], PARTS, LEVELS)
    assert (nobody.covered, nobody.if_known, nobody.organisations) == (0, 0, 0)


@given(records)
def test_another_member_never_covers_less(levels):
    two, three = combine("ab", PARTS, levels), combine("abc", PARTS, levels)
    assert 0 <= two.covered <= three.covered <= 1
    assert two.if_known <= three.if_known <= 1
    assert three.covered <= three.if_known
    turned = combine("cba", reversed(PARTS), levels)
    assert (turned.covered, turned.if_known) == pytest.approx((three.covered, three.if_known))


@given(pairs, pairs, st.dictionaries(st.sampled_from("abcde"), st.integers(1, 30)))
def test_another_member_never_costs_less(links, missing, stands_for):
    """A link that is known to be missing isn't a working link at the same time."""
    beside = [(a, "x") for pair in missing - links if "x" in pair for a in pair - {"x"}]
    cost = {"links": links, "beside": beside, "stands_for": stands_for}
    sizes = [combine("abcdex"[:n], PARTS, {}, **cost) for n in range(7)]
    for smaller, larger in pairwise(sizes):
        assert larger.organisations > smaller.organisations
        assert larger.missing_links >= smaller.missing_links


def test_every_set_up_to_four_small_ones_first():
    found = combinations("abcde", PARTS, LEVELS)
    members = [one.members for one in found]
    assert members == [m for size in (1, 2, 3, 4) for m in choose("abcde", size)]
    assert found[7] == combine(members[7], PARTS, LEVELS)
    assert len(combinations("abcde", PARTS, {}, most=2)) == 15
    assert combinations("abc", PARTS, {}, most=9)[-1].members == ("a", "b", "c")


def test_one_candidate_and_none():
    assert [one.members for one in combinations(["a"], PARTS, {})] == [("a",)]
    assert combinations([], PARTS, {}) == []
    assert undominated([]) == []


def test_thirteen_parties_take_no_time_and_thirty_are_gone_through():
    cycle = ["no", "partly", "yes", "?", "yes", "no", "partly"]
    names = [f"party {n}" for n in range(30)]
    levels = {(p, part): cycle[(3 * i + 5 * j) % 7] for i, p in enumerate(names)
              for j, part in enumerate(CHAIN)}  # fmt: skip
    start = perf_counter()
    found = combinations(names[:13], CHAIN, levels)
    assert len(found) == 13 + 78 + 286 + 715
    assert undominated(found, [(0,)] * len(found))
    assert perf_counter() - start < 1
    assert len(combinations(names, CHAIN, levels)) == 30 + 435 + 4060 + 27405
    with pytest.raises(ValueError, match="candidates make more than 100000 sets of up to 4"):
        combinations([*names, *(f"more {n}" for n in range(10))], CHAIN, levels)


def test_undominated_by_hand():
    """Cheap and little, dear and much stay; as much for more, or less for as much, goes."""
    cheap, much = Combination(("a",), 0.5, 1, 1, 0), Combination(("a", "b"), 1, 1, 2, 1)
    dearer, less = Combination(("c",), 0.5, 1, 2, 0), Combination(("d",), 0.25, 1, 1, 0)
    twin = Combination(("e",), 0.5, 1, 1, 0)
    assert undominated([cheap, dearer, much, less, twin]) == [cheap, much, twin]
    assert undominated([twin, much, cheap]) == [twin, much, cheap]


def test_what_shows_keeps_a_set_and_an_unknown_level_pushes_nobody_out():
    better = Combination(("a",), 0.75, 0.75, 1, 0)
    other = Combination(("b",), 0.5, 0.5, 1, 0)
    assert undominated([better, other]) == [better]
    assert undominated([better, other], [(0,), (1,)]) == [better, other]
    assert undominated([better, other], [(-1,), (0,)]) == [better, other]
    assert undominated([better, other], [(-1,), (-1,)]) == [better]


def test_the_published_sets():
    """On these counts each of the two stands for the other; both together only cost more."""
    found = combinations(
        ("veilig thuis", "safegroup", "social work"), CHAIN, WEST_BRABANT, **WEST_BRABANT_COST
    )
    image = {"veilig thuis": -1, "safegroup": -1, "social work": 1}
    kept = undominated(found, [(min(image[m] for m in one.members),) for one in found])
    assert [one.members for one in kept] == [
        ("veilig thuis",),
        ("safegroup",),
        ("social work",),
        ("veilig thuis", "social work"),
        ("safegroup", "social work"),
    ]


@given(records, pairs, st.lists(st.integers(-1, 1), min_size=30, max_size=30))
def test_undominated_is_what_a_plain_comparison_says(levels, links, shows):
    found = combinations("abcde", PARTS, levels, links=links)
    values = [
        (one.covered, -one.organisations, -one.missing_links, shown)
        for one, shown in zip(found, shows, strict=True)
    ]
    kept = undominated(found, [(shown,) for shown in shows])
    plain = [
        one
        for one, own in zip(found, values, strict=True)
        if not any(
            other != own and all(x >= y for x, y in zip(other, own, strict=True))
            for other in values
        )
    ]
    assert kept == plain
    assert kept


@pytest.mark.parametrize(
    ("share", "expected"), [(0, -1), (0.333, -1), (1 / 3, 0), (0.5, 0), (4 / 6, 1), (1, 1)]
)
def test_a_share_on_the_scale(share, expected):
    assert coverage_level(share) == expected


def test_own_thresholds():
    assert coverage_level(0.5, 0.5, 0.5) == 1
    assert coverage_level(0, 0, 1) == 0
    assert coverage_level(0.75, 0.8, 0.9) == -1


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_the_scale_is_refused(share):
    with pytest.raises(ValueError, match="share must lie between 0 and 1"):
        coverage_level(share)


@pytest.mark.parametrize("ends", [(0.7, 0.6), (-0.1, 0.5), (0.5, 1.5), (float("nan"), 1)])
def test_crossed_thresholds_are_refused(ends):
    with pytest.raises(ValueError, match="minus_below and plus_from"):
        coverage_level(0.5, *ends)


def test_bad_input_is_refused_by_name():
    for work in (combine, combinations):
        with pytest.raises(ValueError, match="parts must not be empty"):
            work(["a"], [], {})
        with pytest.raises(ValueError, match="levels holds maybe"):
            work(["a"], PARTS, {("a", "early"): "maybe"})
    with pytest.raises(ValueError, match="members holds a party twice"):
        combine("aa", PARTS, {})
    with pytest.raises(ValueError, match="candidates holds a party twice"):
        combinations("aa", PARTS, {})
    with pytest.raises(ValueError, match="most must be 1 or more"):
        combinations("ab", PARTS, {}, most=0)
    one = combine("a", PARTS, {})
    for shows in ([], [(1,), (0,)]):
        with pytest.raises(ValueError, match="shows must hold the same number"):
            undominated([one], shows)
    with pytest.raises(ValueError, match="shows must hold the same number"):
        undominated([one, one], [(1,), ()])
