"""Guessing is slowed, and nobody is locked out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook.session.web.throttle import CROWD, FREE, LONGEST, PER_SECOND, Throttle


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_thirty_mistakes_are_free_then_each_waits_longer():
    throttle = Throttle(Clock())
    for _ in range(FREE):
        assert throttle.wait("a") == 0
        throttle.wrong("a")
    waits = []
    for _ in range(8):
        waits.append(throttle.wait("a"))
        throttle.wrong("a")
    assert waits == sorted(waits) and waits[0] == 1 and waits[-1] == LONGEST


def test_it_comes_back_with_time_and_addresses_are_apart():
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(FREE + 100):
        throttle.wrong("a")
    assert throttle.wait("a") == LONGEST and throttle.wait("b") == 0
    clock.now += (LONGEST + 1) / PER_SECOND
    assert throttle.wait("a") == 0
    clock.now += 10_000
    for _ in range(FREE):
        assert throttle.wait("a") == 0
        throttle.wrong("a")
    assert throttle.wait("a") > 0  # it never grows beyond what is free


def test_a_crowd_that_waits_is_asked_to_come_back_until_it_is_smaller():
    throttle = Throttle(Clock())
    for _ in range(FREE):
        throttle.wrong("a")
    for _ in range(CROWD):
        assert throttle.wait("a")
        throttle.enter("a")
    assert throttle.wait("a") is None and throttle.wait("b") == 0
    throttle.leave("a")
    assert throttle.wait("a") == 1


def test_it_doesn_t_grow_with_the_number_of_addresses():
    clock = Clock()
    throttle = Throttle(clock)
    for n in range(30_000):
        throttle.wrong(str(n))
        clock.now += 10
    assert len(throttle._addresses) <= 10_001


@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 100), st.booleans()), max_size=200))
def test_nobody_ever_waits_longer_than_the_longest(steps):
    clock = Clock()
    throttle = Throttle(clock)
    for address, pause, wrong in steps:
        clock.now += pause
        assert 0 <= throttle.wait(address) <= LONGEST
        if wrong:
            throttle.wrong(address)
