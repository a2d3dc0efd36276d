"""Kill the ballot page's server again and again under load, and look whether every answer is there.

A simulated room saves as fast as it can. At a random moment the server process is killed without
warning, and started anew. What it said was saved must then be stored; a save that got no answer is
sent again under the same name, as the page's script does, and must count exactly once.

A killed process doesn't take the system's own buffers along: what this can't show is what a power
cut does. For that the box waits at every commit until the disk says it is written.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from room import SCORES, Form, Server, Visitor, make_case

from workbook.session.ballot import Cell
from workbook.session.box import BallotBox

PEOPLE = 20
SOONEST, LATEST = 0.02, 0.4
"""Seconds of work before a kill."""

PAUSE = 0.03
"""Seconds that a visitor waits at most between two saves."""

LONGEST_RESTART = 2.0
SHOWN = 20
"""Losses that are printed one by one."""


@dataclass
class Attempt:
    """A save that was sent and has no answer yet, as it is to be sent again."""

    form: Form
    touched: dict[str, str]
    request: str
    cells: dict[Cell, str]


@dataclass
class Known:
    """What one visitor may rely on.

    Attributes
    ----------
    version : int
        The last that was acknowledged.
    scores : dict of cell to score
        Everything that was acknowledged.
    pending : Attempt, optional
        What was sent after that: it may be there or not, but not half.
    """

    version: int = 0
    scores: dict[Cell, str] = field(default_factory=dict)
    pending: Attempt | None = None

    def faults(self, version: int, scores: Mapping[Cell, str]) -> list[str]:
        """Say in what a stored ballot differs from what it must be."""
        sent = self.version + (self.pending is not None)
        told = []
        if version > sent:
            told.append(f"counted twice: version {version} is stored after {sent} different saves")
        if version < self.version:
            told.append(f"lost: version {self.version} was acknowledged, {version} is stored")
        wanted = self.scores
        if self.pending is not None and version >= sent:
            wanted = {**wanted, **self.pending.cells}
        for option, criterion in sorted(wanted.keys() | scores.keys()):
            cell = option, criterion
            found, ours, was = scores.get(cell), wanted.get(cell), self.scores.get(cell)
            if found == ours:
                continue
            where = f"{option} on {criterion}"
            if was is not None and ours == was:
                told.append(f"lost: {where}: {was} was acknowledged, {found or 'nothing'} is found")
            else:
                told.append(
                    f"half saved: {where}: {ours or 'nothing'} belongs to version {version}, "
                    f"{found or 'nothing'} is found"
                )
        return told


class Voter(Visitor):
    """A visitor who remembers what was acknowledged.

    Parameters
    ----------
    port : int
    id, code : str
    rng : random.Random
    criteria : tuple of str
        By page.
    log : TextIO
        Gets a line per acknowledged save, before the next one is sent.
    """

    def __init__(
        self,
        port: int,
        id: str,
        code: str,
        rng: random.Random,
        criteria: tuple[str, ...],
        log: TextIO,
    ) -> None:
        super().__init__(port, id, code, rng)
        self.criteria, self.log = criteria, log
        self.known = Known()
        self.forms: list[Form] = []
        self.faults: list[str] = []
        self.seen: Counter[str] = Counter()

    async def look(self) -> None:
        """Read every page, and compare what is stored with what was acknowledged."""
        self.close()
        try:
            self.forms = [
                await self.open_page(f"/ballot/{number}")
                for number in range(1, len(self.criteria) + 1)
            ]
        except LookupError:
            self._fault("lost: the visit, the code has to be typed again")
            return
        except (OSError, EOFError):
            self._fault("no answer from a server that was there a moment ago")
            return
        scores = {
            (name.removeprefix("score."), criterion): value
            for criterion, form in zip(self.criteria, self.forms, strict=True)
            for name, value in form.chosen.items()
        }
        versions = {int(form.hidden["base"]) for form in self.forms}
        if len(versions) > 1:
            self._fault(f"pages read one after the other show versions {sorted(versions)}")
        for told in self.known.faults(max(versions), scores):
            self._fault(told)
        if self.known.pending is not None:
            self.seen["stored" if max(versions) > self.known.version else "not stored"] += 1

    def compare(self, box: BallotBox, round: str) -> None:
        """Compare what the box itself gives with what was acknowledged."""
        filled = box.ballot(round, self.code)
        if filled is None:
            self._fault("lost: the code isn't known any more")
            return
        scores = {cell: score.value for cell, score in filled.scores.items()}
        for told in self.known.faults(filled.version, scores):
            self._fault(told)

    async def work(self) -> None:
        """Send again what had no answer, then save until the server is gone."""
        try:
            await self.settle()
            while not self.faults:
                await asyncio.sleep(self.rng.uniform(0, PAUSE))
                self.known.pending = self._fill_in()
                await self.settle()
        except (OSError, EOFError):
            return

    async def settle(self) -> None:
        """Send what is pending until there is an answer.

        Raises
        ------
        OSError, EOFError
            If the server is gone.
        """
        while self.known.pending is not None:
            attempt = self.known.pending
            status, version = await self.send(attempt.form, attempt.touched, attempt.request)
            if status >= 500:  # not saved, it says: the script tries again too
                self.seen["tried again later"] += 1
                await asyncio.sleep(0.05)
                continue
            before = self.known.version
            cells = ", ".join(f"{o} on {c}: {score}" for (o, c), score in attempt.cells.items())
            if status != 200:
                self._fault(f"refused ({status}), and nothing is wrong with it: {cells}")
                return
            if version != before + 1:
                word = "counted twice" if version > before else "lost"
                self._fault(
                    f"{word}: version {before} was acknowledged, "
                    f"this one save then got version {version}: {cells}"
                )
            self._acknowledged(attempt, version)

    def _acknowledged(self, attempt: Attempt, version: int) -> None:
        cells = {" ".join(cell): value for cell, value in attempt.cells.items()}
        line = {"who": self.id, "request": attempt.request, "version": version, "scores": cells}
        self.log.write(json.dumps(line) + "\n")
        self.log.flush()
        self.known = Known(version, {**self.known.scores, **attempt.cells})
        self.seen["acknowledged"] += 1

    def _fill_in(self) -> Attempt:
        """Choose other answers than those that are there, on one page."""
        page = self.rng.randrange(len(self.forms))
        form = self.forms[page]
        touched, cells = {}, {}
        for name in self.rng.sample(sorted(form.choices), self.rng.randint(1, 3)):
            cell = name.removeprefix("score."), self.criteria[page]
            there = self.known.scores.get(cell)
            touched[name] = cells[cell] = self.rng.choice([s for s in SCORES if s != there])
        hidden = {**form.hidden, "base": str(self.known.version)}
        return Attempt(Form(form.action, hidden), touched, self.new_request(), cells)

    def _fault(self, told: str) -> None:
        self.faults.append(f"{self.id}: {told}")


def open_store(store: str, path: Path) -> BallotBox:
    """Open the box as the server does."""
    if not store:
        return BallotBox(path)
    module, _colon, name = store.partition(":")
    return getattr(importlib.import_module(module), name)(path)


async def crash(
    folder: Path, times: int, store: str, rng: random.Random, within: float
) -> tuple[list[str], str]:
    """Kill and start so many times, or until something is wrong.

    Returns
    -------
    tuple of list of str and str
        What is wrong, and what was done and measured.
    """
    session = make_case(folder / "server", PEOPLE)
    round, path = session.box.open_round(), session.box.path
    assert round is not None, "make_case opens one"
    criteria = tuple(criterion.id for criterion in session.box.asked(round).criteria)
    codes = session.box.admission.codes()
    session.close()  # nobody else has the file open: each start has to make it whole by itself
    server = Server(session.case, store)
    restarts, hit, kills = [], 0, 0
    await server.start()
    with (folder / "acknowledged.jsonl").open("a", encoding="utf-8") as log:
        voters = [
            Voter(server.port, id, code, random.Random(rng.random()), criteria, log)
            for id, code in codes.items()
        ]
        wrong: list[str] = []
        try:
            await asyncio.gather(*(voter.enter() for voter in voters))
            await asyncio.gather(*(voter.look() for voter in voters))
            while kills < times and not wrong:
                work = [asyncio.create_task(voter.work()) for voter in voters]
                await asyncio.sleep(rng.uniform(SOONEST, LATEST))
                if not server.kill():
                    wrong.append("the server ended by itself")
                kills += 1
                await asyncio.gather(*work)
                hit += any(voter.known.pending is not None for voter in voters)
                restarts.append(await server.start())
                await asyncio.gather(*(voter.look() for voter in voters))
                wrong += [told for voter in voters for told in voter.faults]
                if kills % 100 == 0:
                    print(f"{kills} kills", flush=True)
            if not wrong:
                await asyncio.gather(*(voter.settle() for voter in voters))
        except (RuntimeError, OSError, EOFError) as error:
            wrong.append(f"the server doesn't answer any more: {error}")
        finally:
            for voter in voters:
                voter.close()
            server.end()
    if not wrong:
        box = open_store(store, path)
        for voter in voters:
            voter.compare(box, round)
        box.close()
        wrong = [told for voter in voters for told in voter.faults]
    seen = sum((voter.seen for voter in voters), Counter())
    slowest = max(restarts, default=0.0)
    if slowest > within:
        wrong.append(f"too slow: a restart took {slowest:.2f} s, {within:g} s is the most")
    lines = [
        f"{kills} kills, {hit} of them with saves on their way",
        f"{seen['acknowledged']:,} saves acknowledged",
        f"{seen['stored'] + seen['not stored']:,} without an answer: "
        f"{seen['stored']:,} were stored, {seen['not stored']:,} were not; all sent again",
        f"{seen['tried again later']:,} answered with “not saved, try again”",
        f"restart until the first answer: median {statistics.median(restarts or [0.0]):.2f} s, "
        f"max {slowest:.2f} s; promised: at most {within:g} s, "
        f"{'kept' if slowest <= within else 'BROKEN'}",
    ]
    return wrong, "\n".join(lines)


def main() -> int:
    """Do it, print what was found, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=25, help="kills")
    parser.add_argument("--store", default="", help="another ballot box, as module:Class")
    parser.add_argument("--seed", type=int, default=None, help="for the same choices again")
    parser.add_argument(
        "--restart-within", type=float, default=LONGEST_RESTART, help="seconds a restart may take"
    )
    given = parser.parse_args()
    seed = random.randrange(10**6) if given.seed is None else given.seed
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    print(f"{PEOPLE} visitors, seed {seed}", flush=True)
    begun = time.perf_counter()
    wrong, told = asyncio.run(
        crash(folder, given.times, given.store, random.Random(seed), given.restart_within)
    )
    print(f"{told}\n{time.perf_counter() - begun:.0f} s in all")
    if wrong:
        print("\n".join(wrong[:SHOWN]))
        if len(wrong) > SHOWN:
            print(f"and {len(wrong) - SHOWN} more")
        print(f"FAILED; what was acknowledged, the box and the server's log are in {folder}")
        return 1
    shutil.rmtree(folder)
    print("Nothing that was acknowledged is lost, and nothing counts twice.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
