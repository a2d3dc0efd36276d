"""The minutes of a session: they always add up, and a break is never what goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.report.time_plan import LEAST_CELLS, ONLINE, ROOM, Cut, Pace, Part, time_plan

PACES = st.sampled_from([ONLINE, ROOM])
NUMBERS = st.integers(1, 300)


@given(PACES, NUMBERS, NUMBERS, NUMBERS)
def test_the_minutes_add_up_to_the_whole_session(
    pace: Pace, options: int, criteria: int, people: int
) -> None:
    plan = time_plan(pace, options, criteria, people)
    assert sum(plan.parts.values()) == pace.total
    assert all(minutes > 0 for minutes in plan.parts.values())
    assert list(plan.parts) == [part for part in Part if part in plan.parts]
    assert plan.parts[Part.BREAK] == pace.first_break
    assert plan.cells * pace.discuss <= plan.parts[Part.DISCUSS]
    assert min(LEAST_CELLS, options * criteria) <= plan.cells <= options * criteria


@given(PACES, NUMBERS, NUMBERS, NUMBERS)
def test_what_goes_goes_in_order_and_only_where_it_must(
    pace: Pace, options: int, criteria: int, people: int
) -> None:
    plan = time_plan(pace, options, criteria, people)
    assert plan.left_out == tuple(Cut)[: len(plan.left_out)]
    assert (Part.SECOND_ROUND in plan.parts) is (Cut.SECOND_ROUND_LATER not in plan.left_out)
    assert (Part.CHOOSE in plan.parts) is (Cut.CHOOSE_LATER not in plan.left_out)
    more = time_plan(pace, options + 1, criteria, people)
    assert len(more.left_out) >= len(plan.left_out)


def test_the_shapes_of_the_two_regions() -> None:
    # Five options, six criteria, twelve people; by hand from the numbers that the page shows.
    online = time_plan(ONLINE, 5, 6, 12)
    assert list(online.parts.values()) == [11, 11, 16, 10, 8, 28, 7, 11, 10, 8]
    assert (online.left_out, online.cells) == ((), 4)
    room = time_plan(ROOM, 7, 5, 9)
    assert list(room.parts.values()) == [12, 18, 18, 15, 10, 52, 10, 7, 13, 15, 10]
    assert (room.left_out, room.cells) == ((), 6)


def test_time_to_spare_is_said_and_not_filled() -> None:
    plan = time_plan(ROOM, 2, 2, 3)
    assert plan.parts[Part.DISCUSS] == 4 * ROOM.discuss
    assert plan.parts[Part.SPARE] > 30


def test_too_much_for_one_meeting() -> None:
    assert time_plan(ONLINE, 10, 8, 25).left_out == tuple(Cut)[:3]
    assert time_plan(ONLINE, 40, 40, 200).left_out == tuple(Cut)


@pytest.mark.parametrize("name", ["options", "criteria", "people"])
@pytest.mark.parametrize("number", [0, -1])
def test_nothing_to_plan_is_refused(name: str, number: int) -> None:
    with pytest.raises(ValueError, match=f"{name} must be at least 1, not {number}"):
        time_plan(ONLINE, **({"options": 1, "criteria": 1, "people": 1} | {name: number}))
