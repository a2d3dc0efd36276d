"""Calls after the current message: once, one at a time, and what comes in goes between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from workbook.forms.soon import Soon


async def quiet(done: Callable[[], bool]) -> None:
    """Wait until something holds; a test that hangs fails."""
    async with asyncio.timeout(10):
        while not done():
            await asyncio.sleep(0)


async def settled() -> None:
    """Wait longer than any call in the line could."""
    await asyncio.sleep(0.1)


def test_without_a_loop_the_call_is_made_at_once() -> None:
    calls: list[int] = []
    soon = Soon(lambda: calls.append(1))
    soon()
    soon()
    assert calls == [1, 1]


def test_without_a_loop_what_goes_wrong_is_seen() -> None:
    def broken() -> None:
        raise ValueError("drawn badly")

    with pytest.raises(ValueError, match="drawn badly"):
        Soon(broken)()


def test_in_a_loop_many_asks_are_one_call_afterwards() -> None:
    calls: list[int] = []

    async def main() -> None:
        soon = Soon(lambda: calls.append(1))
        for _ in range(5):
            soon()
        assert calls == []
        await quiet(lambda: bool(calls))
        await settled()
        assert calls == [1]
        soon()
        await quiet(lambda: len(calls) == 2)

    asyncio.run(main())


def test_they_are_called_in_the_order_asked_with_others_in_between() -> None:
    seen: list[str] = []

    async def main() -> None:
        soons = [Soon(lambda name=name: seen.append(name)) for name in "abcde"]
        for soon in soons:
            soon()

        async def person() -> None:
            while "e" not in seen:
                if seen and seen[-1] != "message":
                    seen.append("message")
                await asyncio.sleep(0)

        async with asyncio.timeout(10):
            await person()

    asyncio.run(main())
    assert [name for name in seen if name != "message"] == list("abcde")
    for one, two in zip("abcd", "bcde", strict=True):
        assert seen[seen.index(one) + 1 : seen.index(two)] == ["message"]


def test_one_that_fails_doesnt_stop_the_others() -> None:
    calls: list[str] = []
    told: list[BaseException] = []

    def broken() -> None:
        calls.append("broken")
        raise ValueError("drawn badly")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: told.append(context["exception"]))
        for soon in (
            Soon(lambda: calls.append("a")),
            Soon(broken),
            Soon(lambda: calls.append("b")),
        ):
            soon()
        await quiet(lambda: "b" in calls)

    asyncio.run(main())
    assert calls == ["a", "broken", "b"]
    assert [str(error) for error in told] == ["drawn badly"]


def test_what_is_asked_during_its_own_call_is_done_again() -> None:
    calls: list[int] = []

    async def main() -> None:
        def again() -> None:
            calls.append(len(calls))
            if len(calls) < 3:
                soon()

        soon = Soon(again)
        soon()
        await quiet(lambda: len(calls) == 3)
        await settled()

    asyncio.run(main())
    assert calls == [0, 1, 2]


def test_a_loop_that_ended_doesnt_hold_up_the_next_one() -> None:
    calls: list[str] = []
    left = Soon(lambda: calls.append("left"))

    async def ends() -> None:
        left()  # and the kernel is gone before it is called

    async def main() -> None:
        Soon(lambda: calls.append("new"))()
        await quiet(lambda: "new" in calls)

    asyncio.run(ends())
    asyncio.run(main())
    assert calls == ["left", "new"]


def test_a_plot_that_asks_while_others_wait_gets_no_second_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two timers at once would take away the breath between two calls."""
    planned: list[Callable[..., object]] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        later = loop.call_later
        monkeypatch.setattr(
            loop, "call_later", lambda *given: (planned.append(given[1]), later(*given))[1]
        )
        calls: list[str] = []
        other = Soon(lambda: calls.append("other"))

        def asks() -> None:
            calls.append("first")
            other()

        Soon(asks)()
        Soon(lambda: calls.append("second"))()
        await quiet(lambda: "other" in calls)
        assert calls == ["first", "second", "other"]

    asyncio.run(main())
    assert len(planned) == 3
