"""What comes in while one commit runs goes into the next, and nobody is told before."""

from __future__ import annotations

import asyncio
import itertools
import threading

import pytest

from workbook.session.ballot import Change, Saved
from workbook.session.web.committing import Committer

from .conftest import apart


class Slow:
    """A box whose commits wait until they may go on."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.may_go = threading.Event()
        self.closed = False
        self.broken: Exception | None = None

    def save_all(self, changes):
        self.may_go.wait(10)
        self.batches.append([change.request for change in changes])
        if self.broken:
            raise self.broken
        return [Saved(n, change.request) for n, change in enumerate(changes)]

    def close(self) -> None:
        self.closed = True


def change(request: str) -> Change:
    return Change("r", "code", request)


async def begun(committer: Committer, names: str) -> list[asyncio.Task]:
    tasks = [asyncio.create_task(committer.save(change(name))) for name in names]
    await asyncio.sleep(0.05)
    return tasks


def test_many_saves_are_few_commits_and_each_gets_its_own_answer():
    async def main():
        box = Slow()
        committer = Committer(box)
        tasks = await begun(committer, "a")
        tasks += await begun(committer, "bcdefgh")
        assert not any(task.done() for task in tasks)  # nothing is on the disk yet
        box.may_go.set()
        answers = await asyncio.gather(*tasks)
        assert [answer.when for answer in answers] == list("abcdefgh")
        assert box.batches == [["a"], list("bcdefgh")]
        await committer.finish()
        assert box.closed

    apart(lambda: asyncio.run(main()))


def test_a_commit_that_fails_is_told_to_all_who_wait_and_the_next_goes_on():
    async def main():
        box = Slow()
        box.broken = OSError("full")
        committer = Committer(box)
        tasks = await begun(committer, "abc")
        box.may_go.set()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(one) for one in found] == [OSError] * 3
        box.broken = None
        assert (await committer.save(change("d"))).when == "d"
        await committer.finish()

    apart(lambda: asyncio.run(main()))


def test_who_goes_away_doesn_t_take_the_save_along():
    async def main():
        box = Slow()
        committer = Committer(box)
        gone, stays = await begun(committer, "ab")
        gone.cancel()
        with pytest.raises(asyncio.CancelledError):
            await gone
        box.may_go.set()
        assert (await stays).when == "b"
        assert sorted(itertools.chain(*box.batches)) == ["a", "b"]
        await committer.finish()

    apart(lambda: asyncio.run(main()))


def test_finishing_writes_what_waits():
    async def main():
        box = Slow()
        committer = Committer(box)
        tasks = await begun(committer, "a") + await begun(committer, "bc")
        threading.Timer(0.2, box.may_go.set).start()
        await committer.finish()
        assert [*itertools.chain(*box.batches)] == list("abc") and box.closed
        assert all([await task for task in tasks])

    apart(lambda: asyncio.run(main()))
