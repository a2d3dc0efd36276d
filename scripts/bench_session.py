"""Time the ballot page in a full room, and hold it beside a notebook that is served as a web app.

Participants save a score about every second, over HTTP, on the real server process; a console
looks at the ballot box once a second meanwhile, in a process of its own, as a notebook does. After
that Voilà serves notebook 07 to three visitors: the ready-made way to let people fill in widgets
from a notebook. It is installed by ``make test``.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
from room import HOST, ROOT, SCORES, Form, Server, Visitor, free_port, make_case

from workbook.session.ballot import Cell
from workbook.session.session import Session

PEOPLE, SAVES, PACE = 200, 35, 1.0
"""Participants, saves by each, and the seconds between two of them, give or take a half."""

QUICK = 20, 10, 0.2
VISITORS = 3
AIM_LOST, AIM_MS, AIM_MEGABYTES = 0, 100, 100

_CONSOLE = """
import sys, time
from pathlib import Path
from workbook.session.box import BallotBox
box = BallotBox(Path(sys.argv[1]))
while True:
    begun = time.perf_counter()
    box.count(sys.argv[2])
    print(time.perf_counter() - begun, flush=True)
    time.sleep(1)
"""


@dataclass
class Measured:
    """What the driver saw; times in seconds, memory in bytes."""

    saves: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    again: int = 0


@dataclass(frozen=True)
class Compared:
    """What of the ballot page is held beside something else: bytes, and seconds."""

    rss: int
    private: int
    page: float
    reached: bool


class Participant(Visitor):
    """A visitor who fills in page after page, answer by answer, and keeps what was confirmed."""

    version = 0

    def __init__(self, port: int, id: str, code: str, rng: random.Random, into: Measured) -> None:
        super().__init__(port, id, code, rng)
        self.into = into
        self.confirmed: dict[Cell, str] = {}

    async def fill_in(self, criteria: Sequence[str], saves: int, pace: float) -> None:
        """Save so many times; who has answered everything goes back and changes answers."""
        left = saves
        due = time.perf_counter() + self.rng.uniform(0, pace)
        while left:
            for number, criterion in enumerate(criteria, 1):
                form = await self._page(f"/ballot/{number}")
                touched: dict[str, str] = {}
                for name in list(form.choices)[:left]:
                    await asyncio.sleep(due - time.perf_counter())
                    due = time.perf_counter() + pace * self.rng.uniform(0.5, 1.5)
                    touched[name] = self.rng.choice(SCORES)
                    form.hidden["base"] = str(await self._save(form, touched))
                    cell = name.removeprefix("score."), criterion
                    self.confirmed[cell] = touched[name]
                    left -= 1

    async def _page(self, path: str) -> Form:
        begun = time.perf_counter()
        form = await self.open_page(path)
        self.into.pages.append(time.perf_counter() - begun)
        return form

    async def _save(self, form: Form, touched: dict[str, str]) -> int:
        """Save, again and again if need be; a save takes until it is confirmed."""
        request, begun = self.new_request(), time.perf_counter()
        while True:
            with suppress(OSError, EOFError):
                status, version = await self.send(form, touched, request)
                if status == 200:
                    break
            self.into.again += 1
            await asyncio.sleep(0.5)
        self.into.saves.append(time.perf_counter() - begun)
        self.version = version
        return version


def lost(session: Session, round: str, people: Sequence[Participant]) -> int:
    """Count confirmed answers that the box doesn't give, and saves that it doesn't know."""
    missing = 0
    for person in people:
        filled = session.box.ballot(round, person.code)
        assert filled is not None, "a code that let somebody in holds"
        missing += abs(filled.version - person.version)
        missing += sum(filled.scores.get(cell) != score for cell, score in person.confirmed.items())
    return missing


async def watch(process: psutil.Process, into: Measured) -> None:
    """Note the server's memory, and how late this driver itself wakes up."""
    while True:
        into.memory.append(process.memory_info().rss)
        for _ in range(20):
            due = time.perf_counter() + 0.01
            await asyncio.sleep(0.01)
            into.late.append(time.perf_counter() - due)


async def ours(folder: Path, people: int, saves: int, pace: float) -> Compared:
    """Measure and print the ballot page."""
    session, seen = make_case(folder, people), Measured()
    round = session.box.open_round()
    assert round is not None, "make_case opens one"
    criteria = [criterion.id for criterion in session.box.asked(round).criteria]
    server, rng = Server(session.case), random.Random(1)
    start = await server.start()
    room = [
        Participant(server.port, id, code, random.Random(rng.random()), seen)
        for id, code in session.box.admission.codes().items()
    ]
    assert server.process is not None
    process, own = psutil.Process(server.process.pid), psutil.Process()
    command = [sys.executable, "-c", _CONSOLE, str(session.box.path), round]
    console = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    watching = asyncio.create_task(watch(process, seen))
    try:
        begun = time.perf_counter()
        await asyncio.gather(*(person.enter() for person in room))
        entered = time.perf_counter() - begun
        begun, before, own_before = time.perf_counter(), spent(process), spent(own)
        await asyncio.gather(*(person.fill_in(criteria, saves, pace) for person in room))
        taken = time.perf_counter() - begun
        share, own_share = (spent(process) - before) / taken, (spent(own) - own_before) / taken
        private = process.memory_full_info().uss
    finally:
        watching.cancel()
        console.terminate()
        for person in room:
            person.close()
        server.end()
    looks = [float(took) for took in console.communicate()[0].split()]
    missing, commits = lost(session, round, room), count_commits(session.box.path)
    session.close()
    p99, megabytes = 1000 * at(seen.saves, 0.99), max(seen.memory) / 2**20
    print(
        f"{people} participants, {saves} saves each, one per {pace:g} s on average; "
        f"{os.cpu_count()} CPUs, which the driver and all else share"
    )
    line("saves confirmed", f"{len(seen.saves):,}", f"{len(seen.saves) / taken:.0f} a second")
    line("  of which lost", f"{missing}", verdict_on(missing <= AIM_LOST, "none"))
    line("  tried more than once", f"{seen.again}")
    line("  in one commit, on average", f"{len(seen.saves) / commits:.1f}", f"{commits:,} commits")
    line("time of a save, median", f"{1000 * at(seen.saves, 0.5):.1f} ms")
    line("  95th percentile", f"{1000 * at(seen.saves, 0.95):.1f} ms")
    line("  99th percentile", f"{p99:.1f} ms", verdict_on(p99 < AIM_MS, f"under {AIM_MS} ms"))
    line("  slowest", f"{1000 * max(seen.saves):.1f} ms")
    line("time of a page, median", f"{1000 * at(seen.pages, 0.5):.1f} ms")
    line("  99th percentile", f"{1000 * at(seen.pages, 0.99):.1f} ms")
    line("everybody in at once, from the code to the first page", f"{entered:.1f} s")
    reached = verdict_on(megabytes < AIM_MEGABYTES, f"under {AIM_MEGABYTES} MB")
    line("most memory of the server", f"{megabytes:.0f} MB", reached)
    line("  of its own, shared with no other process", f"{private / 2**20:.0f} MB")
    line("processor time of the server, of one CPU", f"{100 * share:.0f} %")
    line("start of the server until its first answer", f"{start:.2f} s")
    line(
        "a console's look at the box, slowest", f"{1000 * max(looks):.1f} ms", f"{len(looks)} looks"
    )
    line("driver: processor time, of one CPU", f"{100 * own_share:.0f} %")
    line("driver: wakes up late, 99th percentile", f"{1000 * at(seen.late, 0.99):.1f} ms")
    reached = missing <= AIM_LOST and p99 < AIM_MS and megabytes < AIM_MEGABYTES
    return Compared(max(seen.memory), private, max(seen.pages), reached)


def theirs(folder: Path, own: Compared) -> None:
    """Measure and print Voilà, with a copy of notebook 07 and of the region it shows."""
    command = Path(sys.executable).with_name("voila")
    if not command.exists():
        print(
            "Voilà is not installed: `make test` does it, "
            "or pip install --require-hashes -r requirements-compare.lock"
        )
        return
    shutil.copytree(ROOT / "data", folder / "data")
    (source,) = (ROOT / "notebooks" / "nl").glob("07*.ipynb")
    notebook, port = Path(shutil.copy(source, folder)), free_port()
    env = {**os.environ, "WERKBOEK_DATA": str(folder / "data"), "WERKBOEK_STATE": str(folder / "s")}
    given = [str(notebook), "--no-browser", f"--port={port}", f"--Voila.ip={HOST}"]
    with (folder / "voila.log").open("ab") as log:
        server = subprocess.Popen([command, *given], env=env, stdout=log, stderr=log)
    whole, address = psutil.Process(server.pid), f"http://{HOST}:{port}/"
    try:
        first = complete(address)
        one = memory(whole)
        with ThreadPoolExecutor() as visitors:
            rest = list(visitors.map(complete, [address] * (VISITORS - 1)))
        everybody = memory(whole)
    finally:
        for process in [*whole.children(recursive=True), whole]:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        server.wait()
    rss, private = everybody
    print(f"\nVoilà, {source.name}, {VISITORS} visitors")
    line("its page complete, first visitor, server running", f"{first:.1f} s")
    line(
        "  of our page, the slowest in the full room",
        f"{1000 * own.page:.0f} ms",
        times(first, own.page),
    )
    line(f"  the other {VISITORS - 1}, side by side, slowest", f"{max(rest):.1f} s")
    line("memory of its processes, kernels included, 1 visitor", f"{one[0] / 2**20:.0f} MB")
    line(
        f"  {VISITORS} visitors",
        f"{rss / 2**20:.0f} MB",
        f"{times(rss, own.rss)} ours in the full room",
    )
    line(
        "  of their own, shared with no other process",
        f"{private / 2**20:.0f} MB",
        times(private, own.private),
    )


def complete(address: str) -> float:
    """Give the seconds until a page is complete; waiting until somebody listens isn't counted.

    Raises
    ------
    RuntimeError
        If there is no page, or the notebook failed on it.
    """
    deadline = time.perf_counter() + 120
    while time.perf_counter() < deadline:
        begun = time.perf_counter()
        try:
            with urlopen(address, timeout=120) as answer:
                page = answer.read().decode("utf-8")
        except URLError:
            time.sleep(0.05)
            continue
        if "</html>" not in page or "Traceback" in page:
            raise RuntimeError("the page isn't complete")
        return time.perf_counter() - begun
    raise RuntimeError("nobody listens")


def memory(whole: psutil.Process) -> tuple[int, int]:
    """Give the memory of a process and all that it started: resident, and its own."""
    found = [one.memory_full_info() for one in [whole, *whole.children(recursive=True)]]
    return sum(one.rss for one in found), sum(one.uss for one in found)


def spent(process: psutil.Process) -> float:
    """Give the processor seconds of a process."""
    used = process.cpu_times()
    return used.user + used.system


def count_commits(path: Path) -> int:
    """Count the commits that saves were made in: those of one commit are told the same time."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT count(DISTINCT saved) FROM request").fetchone()[0]


def at(taken: Sequence[float], share: float) -> float:
    """Give the time within which a share of all is ready."""
    return sorted(taken)[math.ceil(share * len(taken)) - 1]


def times(theirs: float, ours: float) -> str:
    """Say how many times one is the other."""
    return f"{theirs / ours:.0f} times"


def line(what: str, value: str, beside: str = "") -> None:
    """Print one line of the table."""
    print(f"{what:<58}{value:>12}  {beside}".rstrip(), flush=True)


def verdict_on(holds: bool, aim: str) -> str:
    """Say whether an aim is reached."""
    return f"{'reached' if holds else 'NOT REACHED'}: {aim}"


def main() -> int:
    """Measure and print; the exit code says whether every aim is reached."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a small room, for a short while")
    parser.add_argument("--no-voila", action="store_true", help="without what it is held beside")
    given = parser.parse_args()
    people, saves, pace = QUICK if given.quick else (PEOPLE, SAVES, PACE)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        found = asyncio.run(ours(Path(folder), people, saves, pace))
        if not given.no_voila:
            (Path(folder) / "voila").mkdir()
            theirs(Path(folder) / "voila", found)
    return 0 if found.reached else 1


if __name__ == "__main__":
    sys.exit(main())
