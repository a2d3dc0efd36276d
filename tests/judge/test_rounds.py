"""Two rounds: who moved where, how far apart they stand, and who can't be followed."""

import random
import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from workbook.judge import DONT_KNOW, MINUS, NOT_SCORED, PLUS, PLUSMINUS, ScoreTable
from workbook.judge.rounds import compare_counts, compare_rounds, total_deviation

SIGNS = {"-": MINUS, "o": PLUSMINUS, "+": PLUS, "?": DONT_KNOW, ".": NOT_SCORED}


def one_cell(answers, people="abcdefghijkl"):
    """A round with one cell, and one sign per person."""
    records = [(who, "x", "c", SIGNS[sign]) for who, sign in zip(people, answers, strict=False)]
    return ScoreTable.from_ballots(("x",), ("c",), records)


def cell(before, after):
    # On a second criterion everybody is there, so that a blank on the first is a blank of somebody.
    tables = []
    for answers in (before, after):
        people = "abcdefghijkl"[: len(answers)]
        records = [(who, "x", "c", SIGNS[s]) for who, s in zip(people, answers, strict=True)]
        records += [(who, "x", "d", PLUS) for who in people]
        tables.append(ScoreTable.from_ballots(("x",), ("c", "d"), records))
    return compare_rounds(*tables).cells["x", "c"]


# --- T


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0), 0),
        ((0, 7, 0), 0),
        ((1, 0, 0), 0),
        ((1, 0, 1), 2),
        ((3, 0, 3), 6),
        ((6, 0, 6), 12),
        ((2, 2, 0), 2),  # the middle falls between − and ±; either gives 2
        ((1, 2, 4), 4),
        ((5, 1, 5), 10),
        ((4, 4, 4), 8),
    ],
)
def test_total_deviation_by_hand(counts, expected):
    assert total_deviation(counts) == expected


@given(st.tuples(*[st.integers(0, 9)] * 3))
def test_every_median_gives_the_same_sum_and_nothing_gives_less(counts):
    answers = [level for level, n in zip((-1, 0, 1), counts, strict=True) for _ in range(n)]
    if not answers:
        assert total_deviation(counts) == 0
        return
    low, high = statistics.median_low(answers), statistics.median_high(answers)
    for median in (low, (low + high) / 2, high):
        assert total_deviation(counts) == sum(abs(x - median) for x in answers)
    assert total_deviation(counts) == min(sum(abs(x - y) for x in answers) for y in (-1, 0, 1))


@pytest.mark.parametrize("counts", [(1, 2), (1, 2, 3, 4), (-1, 0, 0), (0.5, 0, 0), 3])
def test_counts_are_three_whole_numbers(counts):
    with pytest.raises(ValueError, match="counts must be three whole numbers"):
        total_deviation(counts)


# --- one cell


def test_transitions_by_hand():
    found = cell("---oo++?.?", "-o+o+++-+.")
    assert found.counts.tolist() == [
        [1, 1, 1, 0],
        [0, 1, 1, 0],
        [0, 0, 2, 0],
        [1, 0, 1, 1],  # ? to −, blank to +, ? to blank
    ]
    assert (found.n_both, found.up, found.down, found.changed) == (7, 3, 0, 3)
    assert (found.to_dont_know, found.from_dont_know) == (0, 2)
    assert (found.to_open, found.from_open) == (0, 1)
    # − − − ± ± + + has ± in the middle: 5 steps. After: − ± + ± + + + has +: 2 + 1 + 1.
    assert (found.t_before, found.t_after, found.movement) == (5, 4, "neither")


@pytest.mark.parametrize(
    ("before", "after", "t", "movement"),
    [
        ("----++++", "oooooooo", (8, 0), "converged"),
        ("oooooooo", "----++++", (0, 8), "diverged"),
        ("--------", "++++++++", (0, 0), "neither"),  # all together to the other end
        ("-ooo", "oooo", (1, 0), "neither"),
        ("--oo", "oooo", (2, 0), "converged"),  # exactly 2
        ("oooo", "--oo", (0, 2), "diverged"),
        ("-+", "+-", (2, 2), "neither"),
    ],
)
def test_closer_and_apart_by_two(before, after, t, movement):
    found = cell(before, after)
    assert (found.t_before, found.t_after) == t
    assert found.movement == movement


def test_t_is_over_those_with_a_score_both_times():
    # The two at the ends answer don't know the second time: that is not coming closer.
    found = cell("-+oooo", "??oooo")
    assert (found.n_both, found.t_before, found.t_after) == (4, 0, 0)
    assert (found.movement, found.to_dont_know, found.to_open) == ("neither", 2, 0)
    found = cell("-+?", "..+")
    assert (found.n_both, found.to_dont_know, found.to_open) == (0, 2, 2)
    assert (found.t_before, found.t_after) == (0, 0)


# --- who and what is compared


def test_who_and_what_is_in_one_round_only_is_listed():
    before = ScoreTable.from_ballots(
        ("old", "x"),
        ("c", "gone"),
        [
            ("a", "x", "c", MINUS),
            ("b", "x", "c", PLUS),
            ("b", "old", "gone", PLUS),
            ("silent", "x", "c", NOT_SCORED),
        ],
    )
    after = ScoreTable.from_ballots(
        ("x", "new"),
        ("c", "more"),
        [
            ("late", "x", "c", PLUS),
            ("b", "x", "c", PLUSMINUS),
            ("b", "new", "more", PLUS),
            ("silent", "x", "c", DONT_KNOW),
        ],
    )
    found = compare_rounds(before, after)
    assert found.people == ("b",)
    assert list(found.cells) == [("x", "c")]
    assert found.cells["x", "c"].counts.tolist() == [[0] * 4, [0] * 4, [0, 1, 0, 0], [0] * 4]
    assert (found.only_before.people, found.only_after.people) == (("a",), ("late", "silent"))
    assert (found.only_before.options, found.only_after.options) == (("old",), ("new",))
    assert (found.only_before.criteria, found.only_after.criteria) == (("gone",), ("more",))


def test_what_nobody_answered_was_not_scored_in_that_round():
    """An option that came later stands in both tables, empty in the first."""
    records = [("a", "x", "c", PLUS), ("b", "x", "c", MINUS)]
    before = ScoreTable.from_ballots(("x", "new"), ("c",), records)
    after = ScoreTable.from_ballots(("x", "new"), ("c",), [*records, ("a", "new", "c", PLUS)])
    found = compare_rounds(before, after)
    assert list(found.cells) == [("x", "c")]
    assert (found.only_before.options, found.only_after.options) == ((), ("new",))
    assert found.total.from_dont_know == 0


def test_totals_are_over_all_cells():
    before = ScoreTable.from_ballots(
        ("x",), ("c", "d"), [("a", "x", "c", MINUS), ("a", "x", "d", PLUS), ("b", "x", "c", PLUS)]
    )
    after = ScoreTable.from_ballots(
        ("x",),
        ("c", "d"),
        [("a", "x", "c", PLUS), ("a", "x", "d", DONT_KNOW), ("b", "x", "d", PLUS)],
    )
    total = compare_rounds(before, after).total
    assert (total.n_both, total.changed) == (1, 1)
    assert (total.to_dont_know, total.from_dont_know) == (2, 1)


@pytest.mark.parametrize("wrong", [0, 1])
@pytest.mark.parametrize(
    "table",
    [
        ScoreTable.from_tallies(("x",), ("c",), {("x", "c"): (1, 0, 0, 0)}),
        ScoreTable.from_bounds(("x",), ("c",), {("x", "c"): (0, 1)}),
    ],
)
def test_without_ballots_nobody_can_be_followed(table, wrong):
    tables = [one_cell("+-"), one_cell("+-")]
    tables[wrong] = table
    name = ("before", "after")[wrong]
    with pytest.raises(ValueError, match=f"{name} needs ballots, not {table.kind}"):
        compare_rounds(*tables)


def test_nothing_in_common_is_no_error():
    found = compare_rounds(one_cell("+-", "ab"), one_cell("+-", "cd"))
    assert found.people == () and found.total.counts.sum() == 0
    assert (found.only_before.people, found.only_after.people) == (("a", "b"), ("c", "d"))
    empty = ScoreTable.from_ballots((), (), [])
    assert compare_rounds(empty, empty).cells == {}
    assert compare_rounds(one_cell("+"), empty).cells == {}
    assert compare_counts(one_cell("+"), empty).cells == {}


# --- properties

states = st.integers(-1, 3)


@st.composite
def two_rounds(draw):
    shape = draw(hnp.array_shapes(min_dims=3, max_dims=3, max_side=5))
    arrays = [draw(hnp.arrays(np.int8, shape, elements=states)) for _ in range(2)]
    ids = [tuple(f"{letter}{i}" for i in range(n)) for letter, n in zip("poc", shape, strict=True)]
    return [ScoreTable(ids[1], ids[2], ids[0], scores=array) for array in arrays]


@given(two_rounds())
def test_the_same_round_twice_moves_nobody(tables):
    found = compare_rounds(tables[0], tables[0])
    assert found.total.changed == found.total.to_dont_know == found.total.from_dont_know == 0
    for change in found.cells.values():
        assert change.t_before == change.t_after
        assert change.movement == "neither"
    assert not found.moved("converged") and not found.moved("diverged")
    assert found.only_before == found.only_after
    assert found.only_before.people == ()


@given(two_rounds())
def test_transitions_count_everybody_present_both_times(tables):
    found = compare_rounds(*tables)
    before, after = tables
    here = before.present & after.present
    assert len(found.people) == here.sum()
    for (option, criterion), change in found.cells.items():
        assert change.counts.sum() == here.sum()
        i, j = before.options.index(option), before.criteria.index(criterion)
        was, became = before.scores[here, i, j], after.scores[here, i, j]
        both = [(a, b) for a, b in zip(was, became, strict=True) if a < 2 and b < 2]
        assert change.n_both == len(both)
        assert change.up == sum(b > a for a, b in both)
        assert change.down == sum(b < a for a, b in both)
        for t, side in ((change.t_before, 0), (change.t_after, 1)):
            given_ = [int(pair[side]) for pair in both]
            middle = statistics.median(given_) if given_ else 0
            assert t == sum(abs(x - middle) for x in given_)


@given(two_rounds(), st.randoms(use_true_random=False))
def test_names_and_order_of_people_change_nothing(tables, chance: random.Random):
    people = list(tables[0].participants)
    chance.shuffle(people)
    new_names = dict(zip(tables[0].participants, people, strict=True))
    mixed = []
    for table in tables:
        order = list(range(len(table.participants)))
        chance.shuffle(order)
        names = tuple(new_names[table.participants[i]] for i in order)
        mixed.append(ScoreTable(table.options, table.criteria, names, scores=table.scores[order]))
    plain, renamed = compare_rounds(*tables), compare_rounds(*mixed)
    assert list(plain.cells) == list(renamed.cells)
    for cell_, change in plain.cells.items():
        assert (renamed.cells[cell_].counts == change.counts).all()
        assert renamed.cells[cell_].to_open == change.to_open
        assert renamed.cells[cell_].from_open == change.from_open


@given(two_rounds())
def test_backwards_mirrors(tables):
    there, back = compare_rounds(*tables), compare_rounds(*reversed(tables))
    opposite = {"converged": "diverged", "diverged": "converged", "neither": "neither"}
    assert set(there.cells) == set(back.cells)
    for cell_, change in there.cells.items():
        assert (back.cells[cell_].counts == change.counts.T).all()
        assert back.cells[cell_].movement == opposite[change.movement]
    assert there.only_before == back.only_after


# --- where nobody can be followed


def test_counts_side_by_side_from_ballots_and_hands():
    hands = ScoreTable.from_tallies(
        ("x", "y"), ("c", "d"), {("x", "c"): (3, 0, 3, 1), ("y", "d"): (0, 0, 2, 0)}
    )
    found = compare_counts(hands, one_cell("ooo?", "wxyz"))
    assert list(found.cells) == [("x", "c")]
    counted = found.cells["x", "c"]
    assert (counted.before, counted.after) == ((3, 0, 3, 1), (0, 3, 0, 1))
    assert (counted.t_before, counted.t_after) == (6, 0)
    assert found.only_before.options == ("y",) and found.only_before.criteria == ("d",)
    assert found.only_before.people == found.only_after.people == ()


@given(two_rounds())
def test_counts_are_those_of_the_tables(tables):
    for (option, criterion), counted in compare_counts(*tables).cells.items():
        for table, counts in zip(tables, (counted.before, counted.after), strict=True):
            i, j = table.options.index(option), table.criteria.index(criterion)
            assert counts == tuple(table.counts()[i, j].tolist())


def test_a_reading_is_not_a_voice():
    bounds = ScoreTable.from_bounds(("x",), ("c",), {("x", "c"): (0, 1)})
    with pytest.raises(ValueError, match="after needs ballots or tallies"):
        compare_counts(one_cell("+"), bounds)
    with pytest.raises(ValueError, match="before needs ballots or tallies"):
        compare_counts(bounds, one_cell("+"))
