"""Group commit: one writer saves what came in meanwhile in one go, and only then tells anybody."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from workbook.session.ballot import Change, Refused, Saved
from workbook.session.box import BallotBox


class Committer:
    """Saves changes in the order in which they came.

    Parameters
    ----------
    box : BallotBox
        Used by the writer's thread only.
    """

    def __init__(self, box: BallotBox) -> None:
        self._box = box
        self._waiting: list[tuple[Change, asyncio.Future[Saved | Refused]]] = []
        self._thread = ThreadPoolExecutor(1, "commit")
        self._writing: asyncio.Task[None] | None = None

    async def save(self, change: Change) -> Saved | Refused:
        """Save a change; returns when it is on the disk, or refused.

        Raises
        ------
        Exception
            Whatever kept the commit from being made: then it was not saved.
        """
        answer: asyncio.Future[Saved | Refused] = asyncio.get_running_loop().create_future()
        self._waiting.append((change, answer))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        # A browser that goes away doesn't take its save back.
        return await asyncio.shield(answer)

    async def enter(self, code: str, before: str) -> str | None:
        """Exchange a code for a token, and end the visit that a browser had before.

        On the writer's thread: the box may be locked a while, and others are looking at pages.
        """

        def exchange() -> str | None:
            token = self._box.admission.enter(code)
            if token is not None and before:
                self._box.admission.leave(before)
            return token

        return await asyncio.get_running_loop().run_in_executor(self._thread, exchange)

    async def leave(self, token: str) -> None:
        """End a visit."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._box.admission.leave, token)

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                changes = [change for change, _answer in batch]
                try:
                    answers = await loop.run_in_executor(self._thread, self._box.save_all, changes)
                except Exception as error:
                    for _change, answer in batch:
                        answer.set_exception(error)
                        answer.exception()  # nobody may be waiting any more: that is no news
                else:
                    for (_change, answer), told in zip(batch, answers, strict=True):
                        answer.set_result(told)
        finally:
            self._writing = None

    async def finish(self) -> None:
        """Wait until everything in hand is saved."""
        if self._writing is not None:
            await self._writing
        self._thread.shutdown()
        self._box.close()
