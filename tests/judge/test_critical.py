"""The fewest changed scores: by hand, and against every table that changes could give."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.judge.rooms import as_tallies, ballot_tables, ballots, tallies
from workbook.judge import (
    DONT_KNOW,
    TIE,
    Change,
    CriticalChanges,
    ScoreTable,
    critical_changes,
    net_scores,
)


def test_by_hand_one_criterion():
    """x +++, y −−−: each change closes ⅔ of a lead of 2, so three draw level, four overtake."""
    found = critical_changes(ballots("+ -", "+ -", "+ -"), [1])
    assert found == CriticalChanges("x", 3, "y", 4, (Change("x", "a", 1, -1, 3),))


def test_by_hand_the_heaviest_scores_go_first():
    """Weights ¾ and ¼ of four people. x leads by ¾ · (4 − −2)/4 + ¼ · (0 − 4)/4 = .875.

    A + on a that becomes − takes 1.5/4 = .375 off, so three are needed; a fourth isn't for
    being overtaken: 3 · .375 = 1.125.
    """
    found = critical_changes(ballots("+0 -+", "+0 -+", "+0 0+", "+0 0+"), [0.75, 0.25])
    assert (found.first, found.k, found.rival, found.overtaken) == ("x", 3, "y", 3)
    assert found.example == (Change("x", "a", 1, -1, 3),)


def test_by_hand_the_nearest_rival_is_not_always_the_one_that_needs_least():
    """y stands 1 behind and closes ½ with every change; z stands 2 behind, on a single answer."""
    found = critical_changes(ballots("+ 0 -", "+ 0 ?", "+ 0 ?", "+ 0 ?"), [1])
    assert found == CriticalChanges("x", 1, "z", 2, (Change("z", "a", -1, 1, 1),))


def test_one_answer_of_a_cell_that_few_answered_moves_much():
    """x has ++++, y one ±: as + it draws level, where x would have to lose ½ two times."""
    found = critical_changes(ballots("+ 0", "+ ?", "+ ?", "+ ?"), [1])
    assert found == CriticalChanges("x", 1, "y", 2, (Change("y", "a", 0, 1, 1),))


def test_a_draw_counts_as_the_end():
    """x ++, y 00: one + that becomes − draws level. With x ++ and y 0+ it overtakes at once."""
    found = critical_changes(ballots("+ 0", "+ 0"), [1])
    assert (found.k, found.overtaken) == (1, 2)
    found = critical_changes(ballots("+ 0", "+ +"), [1])
    assert (found.k, found.overtaken) == (1, 1)


def test_one_option_with_a_place_cannot_lose_it():
    assert critical_changes(ballots("+", "0"), [1]) == CriticalChanges("x", None)
    alone = critical_changes(ballots("++ ??", "0+ ??"), [0.5, 0.5])
    assert alone == CriticalChanges("x", None)


@pytest.mark.parametrize("people", [("+ +",), ("? ?",), (". .",), ("+ -", "- +")])
def test_without_a_sole_first_nothing_needs_to_change(people):
    assert critical_changes(ballots(*people), [1]) == CriticalChanges(None, 0)


def test_no_options():
    assert critical_changes(ScoreTable.from_tallies((), "a", {}), [1]) == CriticalChanges(None, 0)


def test_a_criterion_without_weight_is_never_changed():
    found = critical_changes(ballots("+- -+", "+- -+"), [1, 0])
    assert found.k == 2
    assert {change.criterion for change in found.example} == {"a"}


def test_dont_knows_stay_and_make_the_other_answers_count_more():
    """x: + of one, y: − of three. Turning that one + is worth as much as three of the −."""
    found = critical_changes(ballots("+ -", "? -", ". -"), [1])
    assert (found.k, found.overtaken) == (1, 2)
    assert found.example == (Change("x", "a", 1, -1, 1),)


def reachable(n):
    """Every (−, ±, +) that n answers can become."""
    return [(a, b, n - a - b) for a in range(n + 1) for b in range(n - a + 1)]


def by_brute_force(table, weights):
    """Go through every table that changed scores could give, with how many changes it takes.

    Per cell only the counts matter; from one to the other takes half of the summed difference.
    """
    counts = table.counts()[..., :3]
    o, c = counts.shape[:2]
    first = table.options.index(net_scores(table, weights).sole_first())
    cells = list(product(range(o), range(c)))
    choices = [np.array(reachable(int(counts[cell].sum()))) for cell in cells]
    at = np.stack(
        np.meshgrid(*(np.arange(len(choice)) for choice in choices), indexing="ij"), axis=-1
    ).reshape(-1, len(cells))
    steps, value = np.zeros(len(at)), np.zeros((len(at), o))
    for i, (cell, choice) in enumerate(zip(cells, choices, strict=True)):
        cost = np.abs(choice - counts[cell]).sum(axis=1) / 2
        net = (choice[:, 2] - choice[:, 0]) / max(counts[cell].sum(), 1) * weights[cell[1]]
        steps += cost[at[:, i]]
        value[:, cell[0]] += net[at[:, i]]
    value = value[:, table.placed]
    rest = np.delete(value, np.flatnonzero(np.flatnonzero(table.placed) == first), axis=1)
    lead = value[:, np.flatnonzero(table.placed) == first][:, 0] - rest.max(axis=1)
    least = [steps[mask].min() if mask.any() else None for mask in (lead <= TIE, lead < -TIE)]
    return tuple(least)


def changed(table, example):
    """Apply an example to the first scores it fits."""
    scores = table.scores.copy()
    for change in example:
        i, j = table.options.index(change.option), table.criteria.index(change.criterion)
        who = np.flatnonzero(scores[:, i, j] == change.before)[: change.times]
        assert len(who) == change.times
        scores[who, i, j] = change.after
    return ScoreTable(table.options, table.criteria, table.participants, scores=scores)


SMALL = st.one_of(
    ballot_tables(people=(1, 3), options=(2, 2), criteria=(1, 2)),
    ballot_tables(people=(1, 2), options=(3, 3), criteria=(2, 2)),
    ballot_tables(people=(3, 3), options=(3, 3), criteria=(1, 1)),
)
WEIGHTS = st.sampled_from(
    [(0.75, 0.25), (0.5, 0.5), (1.0, 0.0), (0.0, 1.0), (0.6, 0.4), (0.9, 0.1)]
)


@settings(max_examples=150)
@given(SMALL, WEIGHTS)
def test_brute_force_finds_nothing_less(table, pair):
    weights = np.array(pair if len(table.criteria) == 2 else (1.0,))
    found = critical_changes(table, weights)
    assert found.first == net_scores(table, weights).sole_first()
    if found.first is None:
        assert (found.k, found.overtaken, found.example) == (0, None, ())
        return
    if table.placed.sum() == 1:
        assert found == CriticalChanges(found.first, None)
        return
    assert (found.k, found.overtaken) == by_brute_force(table, weights)


@settings(max_examples=150)
@given(ballot_tables(people=(1, 9), options=(2, 4)), st.data())
def test_the_example_ends_the_sole_first_place(table, data):
    parts = np.array(data.draw(st.lists(st.integers(1, 6), min_size=3, max_size=3)))
    weights = parts[: len(table.criteria)] / parts[: len(table.criteria)].sum()
    found = critical_changes(table, weights)
    if not found.k:
        return
    assert sum(change.times for change in found.example) == found.k
    after = net_scores(changed(table, found.example), weights)
    assert after.sole_first() != found.first
    at = dict(zip(after.options, after.value, strict=True))
    assert at[found.rival] >= at[found.first] - TIE
    assert found.overtaken is None or found.overtaken >= found.k
    # One change less, of the smallest gain, would not have done.
    less = found.example[:-1]
    assert net_scores(changed(table, less), weights).first() == (found.first,)
    assert critical_changes(as_tallies(table), weights) == found


@settings(max_examples=60)
@given(ballot_tables(people=(2, 6), options=(2, 4)), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing_but_names(table, shuffle):
    weights = np.array([0.5, 0.3, 0.2])[: len(table.criteria)]
    weights /= weights.sum()
    people, options, criteria = (shuffle.sample(range(n), n) for n in table.scores.shape)
    turned = ScoreTable(
        tuple(table.options[i].upper() for i in options),
        tuple(table.criteria[j] for j in criteria),
        tuple(table.participants[i] for i in people),
        scores=table.scores[np.ix_(people, options, criteria)],
    )
    one, other = critical_changes(table, weights), critical_changes(turned, weights[criteria])
    assert (one.k, one.overtaken) == (other.k, other.overtaken)
    assert (one.first or "").upper() == (other.first or "")


def test_levels_of_a_change_are_on_the_scale():
    found = critical_changes(tallies([(0, 0, 9)], [(4, 5, 0, 3)]), [1])
    assert all(change.before in (-1, 0, 1) and change.after in (-1, 1) for change in found.example)
    assert DONT_KNOW not in {change.before for change in found.example}


def test_bounds_and_weights_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="bounds are not voices"):
        critical_changes(ScoreTable.from_bounds("xy", "a", {}), [1])
    with pytest.raises(ValueError, match="weights must be"):
        critical_changes(ballots("+ -"), [float("inf")])
