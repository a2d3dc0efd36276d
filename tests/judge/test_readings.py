"""A matrix read from a text: the published case by hand, and brute force on small tables."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.judge import Order, ScoreTable, fillings

CRITERIA = ("broad", "inflow", "cooperation", "image", "area")
# A reading of "Organisatorische positionering De Cirkel is Rond", annex 2 of the handbook
# "Organisatorische positionering": lowest and highest score the text allows, None where silent.
LOW, OPEN_LOW, MIDDLE, OPEN_HIGH, HIGH = (-1, -1), (-1, 0), (0, 0), (0, 1), (1, 1)
WEST_BRABANT = {
    "centre, specific": (None, LOW, OPEN_LOW, None, None),
    "centre, broad": (None, LOW, OPEN_LOW, None, None),
    "veilig thuis": (OPEN_LOW, HIGH, HIGH, OPEN_LOW, HIGH),
    "shelter": (OPEN_LOW, HIGH, HIGH, OPEN_LOW, HIGH),
    "social work": (OPEN_LOW, OPEN_HIGH, MIDDLE, HIGH, LOW),
    "current": (OPEN_LOW, HIGH, HIGH, OPEN_LOW, HIGH),
    "extended": (HIGH, HIGH, MIDDLE, OPEN_LOW, OPEN_HIGH),
}


def bounds(rows, criteria=CRITERIA):
    return ScoreTable.from_bounds(
        tuple(rows),
        criteria,
        {
            (option, criterion): cell
            for option, row in rows.items()
            for criterion, cell in zip(criteria, row, strict=True)
            if cell is not None
        },
    )


def weights(*order):
    ranks = {criterion: place for place, criterion in enumerate(order)}
    return Order.from_ranks(CRITERIA, ranks).weights()


PUBLISHED = weights("inflow", "broad", "cooperation")


@pytest.mark.parametrize(("p", "times"), [(0, 1024), (0.5, 876), (0.75, 728), (1, 248)])
def test_west_brabant_in_the_published_order(p, times):
    """Ten unsettled cells give 1,024 fillings; counted by going through all of them."""
    found = fillings(bounds(WEST_BRABANT), PUBLISHED, p)
    assert found.total == 1024
    assert found.count("extended") == times


def test_west_brabant_with_priorities_two_and_three_swapped():
    found = fillings(bounds(WEST_BRABANT), weights("inflow", "cooperation", "broad"))
    assert found.count("extended") == 40


def test_a_centre_cannot_reach_the_extended_partnership():
    """Even with the text's silence as + its inflow is −, of weight .4567: at most 1 − .4567 − …"""
    found = fillings(bounds(WEST_BRABANT), PUBLISHED)
    assert found.options == tuple(WEST_BRABANT)[2:]
    for option in ("centre, specific", "centre, broad"):
        # Everything + but inflow (−) and cooperation (at best ±).
        assert found.high[option] == pytest.approx(1 - 137 / 300 - 47 / 300 / 2)
        assert not found.can_reach(option, "extended")
    # At worst image − and area ±.
    assert found.low["extended"] == pytest.approx(137 / 300 + 77 / 300 + (47 + 19.5) / 600)


def test_west_brabant_ties_at_equal_weights():
    """With all lower, or all upper bounds, four positions tie at equal weights."""
    for end in (0, 1):
        rows = {
            option: tuple((cell[end],) * 2 for cell in row)
            for option, row in WEST_BRABANT.items()
            if None not in row
        }
        found = fillings(bounds(rows), [0.2] * 5)
        assert found.sole_first.tolist() == [0] * 5
        assert found.joint_first.tolist() == [1, 1, 0, 1, 1]


@st.composite
def small(draw):
    o, c = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    cell = st.sampled_from([LOW, OPEN_LOW, MIDDLE, OPEN_HIGH, HIGH, (-1, 1), None])
    rows = {f"o{i}": tuple(draw(cell) for _ in range(c)) for i in range(o)}
    parts = draw(st.lists(st.integers(1, 6), min_size=c, max_size=c))
    return rows, [Fraction(k, sum(parts)) for k in parts], Fraction(draw(st.integers(0, 4)), 4)


def brute(rows, weights, p):
    """Fill everything at once, in exact fractions."""
    rows = {o: row for o, row in rows.items() if None not in row}
    names, width = list(rows), len(weights)
    cells = [range(low, high + 1) for row in rows.values() for low, high in row]
    sole, joint, total = dict.fromkeys(names, 0), dict.fromkeys(names, 0), 0
    for filling in product(*cells):
        total += 1
        value = {
            name: sum(
                w * {-1: Fraction(0), 0: p, 1: Fraction(1)}[x]
                for w, x in zip(weights, filling[i * width : (i + 1) * width], strict=True)
            )
            for i, name in enumerate(names)
        }
        best = [name for name in names if value[name] == max(value.values())]
        for name in best:
            (sole if len(best) == 1 else joint)[name] += 1
    return names, total, sole, joint


@settings(max_examples=60)
@given(small())
def test_against_brute_force(case):
    rows, weights, p = case
    found = fillings(
        bounds(rows, tuple("abc"[: len(weights)])), [float(w) for w in weights], float(p)
    )
    names, total, sole, joint = brute(rows, weights, p)
    assert list(found.options) == names
    if not names:
        assert found.total == 0 and found.sole_first.shape == (0,)
        return
    assert found.total == total
    assert dict(zip(names, found.sole_first, strict=True)) == sole
    assert dict(zip(names, found.joint_first, strict=True)) == joint
    for option, low in found.low.items():
        assert -1e-9 <= low <= found.high[option] + 1e-9 <= 1 + 2e-9


@given(st.lists(st.sampled_from([LOW, OPEN_LOW, MIDDLE]), min_size=3, max_size=3),
       st.sampled_from([0.25, 0.5, 0.75]))  # fmt: skip
def test_below_another_everywhere_is_never_first(row, p):
    rows = {"low": tuple(row), "high": tuple((high + 1, high + 1) for _low, high in row)}
    found = fillings(bounds(rows, tuple("abc")), [0.2, 0.3, 0.5], p)
    assert found.count("low") == 0 and found.joint_first.tolist() == [0, 0]
    assert found.count("high") == found.total
    assert not found.can_reach("low", "high")


@given(small(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case, random):
    rows, weights, p = case
    shuffled = {o: rows[o] for o in random.sample(list(rows), len(rows))}
    criteria = tuple("abc"[: len(weights)])
    one, other = (
        fillings(bounds(r, criteria), [float(w) for w in weights], float(p))
        for r in (rows, shuffled)
    )
    assert {o: one.count(o) for o in one.options} == {o: other.count(o) for o in other.options}


def test_nothing_settled_anywhere():
    found = fillings(bounds({"x": (None, None)}, ("a", "b")), [0.5, 0.5])
    assert (found.options, found.total) == ((), 0)
    assert (found.low, found.high) == ({"x": 0.0}, {"x": 1.0})


def test_no_options():
    assert fillings(bounds({}, ("a",)), [1]).total == 0


def test_more_fillings_than_fit_in_64_bits():
    """Ten options with eight open cells each: 3⁸⁰ fillings; identical, so they are equally often
    first alone.
    """
    rows = {f"o{i}": ((-1, 1),) * 8 for i in range(10)}
    found = fillings(bounds(rows, tuple("abcdefgh")), [1 / 8] * 8)
    assert found.total == 3**80
    assert len(set(found.sole_first)) == 1
    assert 0 < 10 * found.count("o0") < found.total


def test_too_many_fillings_are_refused():
    table = bounds({"x": ((-1, 1),) * 13}, tuple("abcdefghijklm"))
    with pytest.raises(ValueError, match="more than 1000000 fillings"):
        fillings(table, [1 / 13] * 13)


@pytest.mark.parametrize("bad", [[1], [0.5, np.nan], [np.inf, 0], [0.2, 0.3, 0.5]])
def test_weights_that_do_not_fit_are_refused(bad):
    with pytest.raises(ValueError, match="weights"):
        fillings(bounds({"x": (LOW, HIGH)}, ("a", "b")), bad)


@pytest.mark.parametrize("p", [-0.1, 1.5, np.nan])
def test_a_place_off_the_scale_is_refused(p):
    with pytest.raises(ValueError, match="p must lie"):
        fillings(bounds({"x": (LOW,)}, ("a",)), [1], p)


def test_voices_have_no_fillings():
    with pytest.raises(ValueError, match="bounds"):
        fillings(ScoreTable.from_tallies(("x",), ("a",), {}), [1])
