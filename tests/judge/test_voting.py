"""Everyone one vote: preferences between two options, Borda and Schulze."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbook.judge import (
    DONT_KNOW,
    NOT_SCORED,
    ScoreTable,
    borda,
    margins,
    preferences,
    schulze,
)
from workbook.judge.voting import _beaten_by

STATES = (-1, 0, 1, DONT_KNOW, NOT_SCORED)


def ballots(scores):
    people, o, c = scores.shape
    return ScoreTable(
        tuple(f"o{i}" for i in range(o)),
        tuple(f"c{i}" for i in range(c)),
        tuple(f"p{i}" for i in range(people)),
        scores=np.asarray(scores, dtype=np.int8),
    )


def election(options, profile):
    """Ballots that give "A > C = B" as so many −, ± and + on criteria of equal weight.

    k criteria tell 2k + 1 places apart by their sum; who isn't named shares the last place.
    """
    k = len(options) // 2
    rows = []
    for text, voters in profile.items():
        places = [set(place.replace("=", " ").split()) for place in text.split(">")]
        at = {o: i for i, place in enumerate(places) for o in place}
        levels = [k - at.get(o, len(options) - 1) for o in options]
        answers = [[1] * s + [0] * (k - s) if s > 0 else [-1] * -s + [0] * (k + s) for s in levels]
        rows += [answers] * voters
    table = ScoreTable(
        tuple(options),
        tuple(f"c{i}" for i in range(k)),
        tuple(f"p{i}" for i in range(len(rows))),
        scores=np.array(rows, dtype=np.int8),
    )
    return table, np.full(k, 1 / k)


def short(**profile):
    """A profile of strict orders written as words."""
    return {" > ".join(word): voters for word, voters in profile.items()}


def values(standing):
    return dict(zip(standing.options, standing.value.tolist(), strict=True))


# --- published elections

# The capital of Tennessee, the common textbook profile.
TENNESSEE = short(MNCK=42, NCKM=26, CKNM=15, KCNM=17)


def test_tennessee():
    """Borda's points are Nashville 194, Chattanooga 173, Memphis 126 and Knoxville 107.

    With three points for a first place, net wins are 2·points − 3·100.
    """
    table, weights = election("MNCK", TENNESSEE)
    found = borda(table, weights)
    assert values(found) == {
        "M": 2 * 126 - 300, "N": 2 * 194 - 300, "C": 2 * 173 - 300, "K": 2 * 107 - 300
    }  # fmt: skip
    assert found.ranking() == list("NCMK")
    # Nashville beats all others, Chattanooga all but Nashville: also Kemeny's order N, C, K, M.
    assert schulze(table, weights).ranking() == list("NCKM")
    assert values(schulze(table, weights)) == {"N": 0, "C": -1, "K": -2, "M": -3}
    at = {o: i for i, o in enumerate(table.options)}
    margin = margins(table, weights)
    for one, other, expected in [("N", "M", 16), ("N", "C", 36), ("C", "K", 66), ("K", "M", 16)]:
        assert margin[at[one], at[other]] == -margin[at[other], at[one]] == expected


def test_bordas_own_example():
    """Borda (1781), 21 voters; with 3, 2 and 1 points A 37, B 42, C 47, though A is most often
    first (Black 1958).
    """
    table, weights = election("ABC", short(ABC=1, ACB=7, BCA=7, CBA=6))
    assert values(borda(table, weights)) == {
        o: 2 * (points - 21) - 2 * 21 for o, points in zip("ABC", (37, 42, 47), strict=True)
    }


def test_condorcets_example_against_borda():
    """Condorcet (1785), 81 voters: A beats B by 41 to 40 and C by 60 to 21, yet Borda's points
    are A 101, B 109, C 33 (Young 1988).
    """
    table, weights = election("ABC", short(ABC=30, ACB=1, BAC=29, BCA=10, CAB=10, CBA=1))
    assert values(borda(table, weights)) == {"A": 2 * 101 - 162, "B": 2 * 109 - 162,
                                             "C": 2 * 33 - 162}  # fmt: skip
    assert borda(table, weights).sole_first() == "B"
    assert schulze(table, weights).sole_first() == "A"


# 45 voters, 5 candidates: Schulze (2011), and Wikipedia's article on the method.
SCHULZE = short(ACBED=5, ADECB=5, BEDAC=8, CABED=3, CAEBD=7, CBADE=2, DCEBA=7, EBADC=8)


def test_schulzes_example():
    """E > A > C > B > D; of the pairs A:B 20 to 25, A:C 26 to 19, D:C 28 to 17, …"""
    table, weights = election("ABCDE", SCHULZE)
    more = [[0, 20, 26, 30, 22], [25, 0, 16, 33, 18], [19, 29, 0, 17, 24], [15, 12, 28, 0, 14],
            [23, 27, 21, 31, 0]]  # fmt: skip
    assert (margins(table, weights) == np.array(more) - np.array(more).T).all()
    found = schulze(table, weights)
    assert found.ranking() == list("EACBD")
    assert values(found) == {"E": 0, "A": -1, "C": -2, "B": -3, "D": -4}


@pytest.mark.parametrize(
    ("options", "profile", "first"),
    [
        # Schulze (2011), the examples of section 3, as the tests of the package Condorcet (PHP)
        # have them.
        ("ABCD", short(ACDB=8, BADC=2, CDBA=4, DBAC=4, DCBA=3), ("D",)),
        ("ABCD", short(ABCD=3, CBDA=2, DABC=2, DBCA=2), ("B", "D")),
        ("ABCD", short(ABCD=12, ADBC=6, BCDA=9, CDAB=15, DBAC=21), ("D",)),
        ("ABCD", short(ACDB=6, BADC=1, CBDA=3, DBAC=3, DCBA=2), ("A", "D")),
        # Two more voters, A first and D last, and the winner goes from A to D.
        (
            "ABCDEF",
            short(ADEBCF=3, BFECDA=3, CABFDE=4, DBCEFA=1, DEFABC=4, ECBDFA=2, FACDBE=2),
            ("A",),
        ),
        (
            "ABCDEF",
            short(
                ADEBCF=3, BFECDA=3, CABFDE=4, DBCEFA=1, DEFABC=4, ECBDFA=2, FACDBE=2, AEFCBD=2
            ),
            ("D",),
        ),
        (
            "ABCD",
            short(ABDC=3, ADBC=5, ADCB=1, BADC=2, BDCA=2, CABD=4, CBAD=6, DBCA=2, DCAB=5),
            ("A",),
        ),
        (
            "ABCDE",
            short(
                ABDEC=3, ADEBC=5, ADECB=1, BADEC=2, BDECA=2, CABDE=4, CBADE=6, DBECA=2, DECAB=5
            ),
            ("B",),
        ),
        # By margins, which we use, A; by ratio B, by winning votes D: here voters tie.
        (
            "ABCD",
            {
                "A > B > C > D": 6, "A = B": 8, "A = C": 8, "A = C > D": 18, "A = C = D": 8,
                "B": 40, "C > B > D": 4, "C > D > A": 9, "C = D": 8, "D > A > B": 14,
                "D > B > C": 11, "D > C > A": 4,
            },
            ("A",),
        ),
        (
            "ABCDE",
            short(
                ADBEC=9, BCADE=6, BCDEA=5, CDBEA=2, DECBA=6, EACBD=14, ECABD=2, EDACB=1
            ),
            ("B",),
        ),
        (
            "ABCDE",
            short(
                ADBEC=9, BACED=1, CBADE=6, CDBEA=2, CDEAB=5, DECAB=6, EBACD=14, EBCAD=2
            ),
            ("E",),
        ),
        ("ABCD", {"A > B = C > D": 10}, ("A",)),
    ],
)  # fmt: skip
def test_schulzes_other_examples(options, profile, first):
    assert schulze(*election(options, profile)).first() == first


def test_five_in_the_tests_of_a_package():
    """Condorcet (PHP), SchulzeTest: 921 voters, Abby > Brad > Erin > Dave > Cora."""
    table, weights = election(
        "ABCDE",
        short(
            ACEDB=98, BAECD=64, BAEDC=12, BEACD=98, BEADC=13, BEDAC=125, CAEDB=124, CEADB=76,
            DABEC=21, DBAEC=30, DBECA=98, DCABE=139, DCBAE=23,
        ),
    )  # fmt: skip
    assert len(table.participants) == 921
    assert schulze(table, weights).ranking() == list("ABEDC")


def test_two_winners_by_strength_of_path():
    """Schulze, on the election-methods list (November 2011): the winner is not unique.

    D > B 5, C > B 4, A > C 3, B > A 2, C > D 2, D > A 1: from A to D and back again by 2.
    """
    margin = np.zeros((4, 4), dtype=np.int64)
    for pair, strength in {"DB": 5, "CB": 4, "AC": 3, "BA": 2, "CD": 2, "DA": 1}.items():
        i, j = ("ABCD".index(o) for o in pair)
        margin[i, j], margin[j, i] = strength, -strength
    assert _beaten_by(margin).tolist() == [0, -3, -1, 0]


# --- preferences by hand


def test_a_preference_is_the_sign_of_the_weighted_difference():
    """On a + against −, on b − against +: .6·2 − .4·2 > 0; the other has it the other way."""
    table = ballots(np.array([[[1, -1], [-1, 1]], [[0, 0], [1, -1]]]))
    assert preferences(table, [0.6, 0.4])[:, 0, 1].tolist() == [1, -1]
    assert preferences(table, [0.5, 0.5])[:, 0, 1].tolist() == [0, 0]
    assert margins(table, [0.6, 0.4]).tolist() == [[0, 0], [0, 0]]


def test_only_what_was_scored_for_both_counts_and_half_the_weight_is_needed():
    unknown = np.array([[[1, 1], [-1, DONT_KNOW]]])
    assert preferences(ballots(unknown), [0.5, 0.5])[0, 0, 1] == 1
    assert preferences(ballots(unknown), [0.49, 0.51])[0, 0, 1] == 0
    assert preferences(ballots(unknown), [0.51, 0.49])[0, 0, 1] == 1
    # Half is half, whatever the noise of computing.
    three = np.array([[[1, 1, 1], [-1, -1, NOT_SCORED]]])
    assert preferences(ballots(three), [0.1, 0.4, 0.5])[0, 0, 1] == 1
    # Scored, but never the same criterion for both.
    crossed = np.array([[[1, DONT_KNOW], [DONT_KNOW, -1]]])
    assert preferences(ballots(crossed), [0.5, 0.5])[0, 0, 1] == 0


def test_the_noise_of_computing_is_no_preference():
    """.1 + .2 against .3: no preference, though they differ in the last digit."""
    table = ballots(np.array([[[1, 1, 0, 0], [0, 0, 1, 0]]]))
    assert preferences(table, [0.1, 0.2, 0.3, 0.4])[0, 0, 1] == 0


@st.composite
def rooms(draw, states=STATES, most=5):
    """Ballots of a few people, with weights."""
    o, c = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    people = draw(st.integers(1, most))
    scores = draw(hnp.arrays(np.int8, (people, o, c), elements=st.sampled_from(states)))
    parts = draw(st.lists(st.integers(1, 9), min_size=c, max_size=c))
    return scores, np.array(parts) / sum(parts)


@given(rooms())
def test_preferences_against_doing_it_one_by_one(room):
    scores, weights = room
    found = preferences(ballots(scores), weights)
    for i, answers in enumerate(scores):
        for a, one in enumerate(answers):
            for b, other in enumerate(answers):
                both = [c for c in range(len(weights)) if one[c] <= 1 and other[c] <= 1]
                lead = sum(weights[c] * (int(one[c]) - int(other[c])) for c in both)
                enough = sum(weights[c] for c in both) >= 0.5 - 1e-9
                expected = np.sign(lead) if enough and abs(lead) > 1e-9 else 0
                assert found[i, a, b] == expected


@given(rooms())
def test_margins_are_the_sum_of_what_people_prefer(room):
    table, weights = ballots(room[0]), room[1]
    prefers, margin = preferences(table, weights), margins(table, weights)
    assert (margin == (prefers == 1).sum(axis=0) - (prefers == -1).sum(axis=0)).all()
    assert (margin == -margin.T).all()


# --- the rules


@given(rooms())
def test_borda_against_its_definition_and_it_sums_to_nothing(room):
    table, weights = ballots(room[0]), room[1]
    margin, placed, found = margins(table, weights), table.placed, borda(table, weights)
    for a in range(len(table.options)):
        if not placed[a]:
            assert np.isnan(found.value[a])
        else:
            assert found.value[a] == sum(margin[a, b] for b in np.flatnonzero(placed))
    assert np.nansum(found.value) == 0


@given(st.integers(1, 5), st.data())
def test_schulze_against_every_path(n, data):
    """The strongest path from a to b by trying all; who is beaten by how many."""
    margin = np.zeros((n, n), dtype=np.int64)
    for i in range(n):
        for j in range(i):
            margin[i, j] = data.draw(st.integers(-4, 4))
            margin[j, i] = -margin[i, j]

    def strongest(a, b):
        between = [x for x in range(n) if x not in (a, b)]
        paths = [
            (a, *middle, b) for k in range(len(between) + 1) for middle in permutations(between, k)
        ]
        return max(max(min(margin[x, y] for x, y in pairwise(path)), 0) for path in paths)

    expected = [
        -sum(strongest(b, a) > strongest(a, b) for b in range(n) if b != a) for a in range(n)
    ]
    assert _beaten_by(margin).tolist() == expected


@pytest.mark.parametrize("rule", [borda, schulze])
@given(rooms(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(rule, room, random):
    scores, weights = room
    people, o, c = scores.shape
    who = random.sample(range(people), people)
    turn, column = random.sample(range(o), o), random.sample(range(c), c)
    before = rule(ballots(scores), weights)
    after = rule(ballots(scores[np.ix_(who, turn, column)]), weights[column])
    assert after.value == pytest.approx(before.value[turn], nan_ok=True)
    assert {f"o{turn[int(name[1:])]}" for name in after.first()} == set(before.first())


@pytest.mark.parametrize("rule", [borda, schulze])
@given(rooms(states=(-1, 0, 1, DONT_KNOW)), st.data())
def test_below_another_on_everyones_every_criterion_is_never_sole_first(rule, room, data):
    """Who gives an option's better a don't know gives it one too, so the voices are the same."""
    scores, weights = room
    lowered = data.draw(
        hnp.arrays(np.int8, scores[:, 0].shape, elements=st.integers(0, 2)), label="by how much"
    )
    below = np.where(scores[:, 0] > 1, scores[:, 0], np.maximum(scores[:, 0] - lowered, -1))
    table = ballots(np.concatenate([scores, below[:, None]], axis=1))
    assert rule(table, weights).sole_first() != table.options[-1]


@pytest.mark.parametrize("rule", [borda, schulze])
@given(rooms(states=(-1, 0, 1, DONT_KNOW)), st.data())
def test_raising_one_given_score_never_lowers_that_option(rule, room, data):
    scores, weights = room
    given_ = np.argwhere(scores < 1)
    if not len(given_):
        return
    i, o, c = data.draw(st.sampled_from([tuple(at) for at in given_]))
    raised = scores.copy()
    raised[i, o, c] = data.draw(st.integers(int(scores[i, o, c]) + 1, 1))
    before, after = (rule(ballots(x), weights) for x in (scores, raised))
    assert np.isnan(before.value[o]) or after.value[o] >= before.value[o]
    if f"o{o}" in before.first():
        assert f"o{o}" in after.first()
        assert set(after.first()) <= set(before.first())


@settings(max_examples=60)
@given(rooms(states=(-1, 0, 1)))
def test_who_beats_all_others_wins_by_schulze_and_is_never_last_by_borda(room):
    table, weights = ballots(room[0]), room[1]
    n = len(table.options)
    wins = (margins(table, weights) > 0).sum(axis=1)
    for a in np.flatnonzero(wins == n - 1):
        assert schulze(table, weights).first() == (table.options[a],)
        if n > 1:
            assert borda(table, weights).value[a] > 0
    losses = (margins(table, weights) < 0).sum(axis=1)
    for a in np.flatnonzero(losses == n - 1):
        if n > 1:
            assert borda(table, weights).value[a] < 0
            assert table.options[a] not in schulze(table, weights).first()


@given(rooms(states=(-1, 0, 1, DONT_KNOW)))
def test_turned_upside_down_the_first_is_no_longer_first(room):
    """Reversal symmetry, Schulze (2011), section 4.4; Borda's values turn round altogether."""
    scores, weights = room
    if scores.shape[1] < 2:
        return
    table = ballots(scores)
    reverse = ballots(np.where(scores > 1, scores, -scores))
    assert borda(reverse, weights).value == pytest.approx(-borda(table, weights).value, nan_ok=True)
    first = schulze(table, weights).sole_first()
    if first is not None and table.placed.sum() > 1:
        assert first not in schulze(reverse, weights).first()


@pytest.mark.parametrize("rule", [borda, schulze])
@given(rooms())
def test_an_option_with_an_empty_cell_takes_no_part(rule, room):
    table, weights = ballots(room[0]), room[1]
    placed = [o for o, ok in zip(table.options, table.placed, strict=True) if ok]
    found, without = rule(table, weights), rule(table.select(options=placed), weights)
    assert np.isnan(found.value).tolist() == (~table.placed).tolist()
    assert found.value[table.placed].tolist() == without.value.tolist()


@given(rooms(most=3), st.integers(2, 4))
def test_everyone_twice_changes_the_numbers_not_the_order(room, times):
    scores, weights = room
    one, more = ballots(scores), ballots(np.concatenate([scores] * times))
    assert borda(more, weights).value == pytest.approx(
        times * borda(one, weights).value, nan_ok=True
    )
    assert schulze(more, weights).value == pytest.approx(schulze(one, weights).value, nan_ok=True)


# --- what is little, and what is refused


@pytest.mark.parametrize("rule", [borda, schulze])
def test_one_person_one_option_nobody_and_nothing(rule):
    alone = rule(ballots(np.array([[[1], [0], [-1]]])), [1])
    assert alone.ranking() == ["o0", "o1", "o2"] and alone.sole_first() == "o0"
    assert rule(ballots(np.array([[[1, 0]]])), [0.5, 0.5]).value.tolist() == [0]
    for scores in (np.full((3, 2, 2), DONT_KNOW), np.full((0, 2, 2), 0), np.zeros((3, 0, 2))):
        assert rule(ballots(scores), [0.5, 0.5]).first() == ()
    level = rule(ballots(np.ones((4, 3, 2))), [0.5, 0.5])
    assert level.value.tolist() == [0, 0, 0] and level.first() == ("o0", "o1", "o2")


@pytest.mark.parametrize("rule", [preferences, margins, borda, schulze])
def test_what_has_no_persons_is_refused(rule):
    cells = {("x", "a"): (1, 2, 3, 0)}
    for table in (
        ScoreTable.from_tallies(("x",), ("a",), cells),
        ScoreTable.from_bounds(("x",), ("a",), {("x", "a"): (0, 1)}),
    ):
        with pytest.raises(ValueError, match=r"table must hold ballots|bounds are not voices"):
            rule(table, [1])


@pytest.mark.parametrize("rule", [preferences, margins, borda, schulze])
@pytest.mark.parametrize(
    "weights", [[1], [0.5, np.nan], [np.inf, 0], [[0.5, 0.5]], [], [1.5, -0.5], [0.5, 0.4]]
)
def test_weights_that_do_not_fit_are_refused(rule, weights):
    with pytest.raises(ValueError, match="weights must be"):
        rule(ballots(np.zeros((1, 2, 2))), weights)
