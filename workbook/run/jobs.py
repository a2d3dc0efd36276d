"""Regions as independent jobs over an executor: each in a process of its own, here."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from workbook.locale import N_, Message
from workbook.run.beside import sweep
from workbook.run.job import ON_THE_WAY, Job
from workbook.run.outcome import Outcome
from workbook.run.places import results_folder
from workbook.run.signals import handling
from workbook.run.warm import Forked, launch

_GRACE = 3.0
"""Seconds that a job gets to tidy up before it is killed."""


@dataclass(frozen=True)
class Failure:
    """Why a region wasn't run to its end.

    Attributes
    ----------
    region : str
    why : str
    path : Path or None
        The notebook that failed, as far as it came, if one did.
    ran, reused : sequence of str
        Names of the notebooks that were run, and of those that were as they should be, before that.
    """

    region: str
    why: str
    path: Path | None = None
    ran: Sequence[str] = ()
    reused: Sequence[str] = ()


class Tell(Protocol):
    """Hears how far a region is."""

    def __call__(self, region: str, event: str, **about: Any) -> None:
        """Hear one event."""


class Stopping:
    """Ends the processes of all jobs that are going on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._going: list[Forked | subprocess.Popen[bytes]] = []
        self._stopped = False

    @contextmanager
    def holding(self, process: Forked | subprocess.Popen[bytes]) -> Iterator[None]:
        """End this process too if `stop` is called meanwhile, or was called before."""
        with self._lock:
            self._going.append(process)
            stopped = self._stopped
        if stopped:
            process.kill()
        try:
            yield
        finally:
            with self._lock:
                self._going.remove(process)

    def stop(self) -> None:
        """End them: asked first, so that they tidy up, and killed if they don't."""
        with self._lock:
            self._stopped = True
            going = list(self._going)
        for process in going:
            process.terminate()
        end = time.monotonic() + _GRACE
        for process in going:
            try:
                process.wait(max(end - time.monotonic(), 0))
            except subprocess.TimeoutExpired:
                process.kill()


def do(job: Job, tell: Tell | None = None, stopping: Stopping | None = None) -> Outcome | Failure:
    """Do one job in a process of its own: a warm one where that can be had.

    Parameters
    ----------
    job : Job
    tell : callable, optional
        Hears how far it is.
    stopping : Stopping, optional
        Ends the process from elsewhere.
    """
    last: dict[str, Any] = {}
    with tempfile.TemporaryFile() as noise:
        process, lines = _start(job, noise.fileno())
        with (stopping or Stopping()).holding(process), lines:
            for line in lines:
                with suppress(ValueError):  # half a line, of a process that was killed
                    last = json.loads(line)
                    if tell is not None and last["event"] in ON_THE_WAY:
                        tell(job.region, **last)
            code = process.wait()
        noise.seek(0)
        said = noise.read().decode("utf-8", "replace").strip().splitlines()
    event = last.pop("event", "")
    if event == "done":
        return Outcome(**last | {"folder": Path(last["folder"])})
    if event == "failed":
        path = last.pop("path", None)
        return Failure(job.region, path=Path(path) if path else None, **last)
    # It was killed, so what it left half made is still there.
    sweep(results_folder(job.region, job.lang, Path(job.data)))
    told = Message(
        N_("its process stopped by itself (code {code}) {said}"),
        code=code,
        said=said[-1] if said else "",
    )
    return Failure(job.region, told.render(job.lang).strip())


def _start(job: Job, noise: int) -> tuple[Forked | subprocess.Popen[bytes], IO[str]]:
    """Start a job; what it tells is what can be read, what its libraries say is noise."""
    reading, writing = os.pipe()
    try:
        process: Forked | subprocess.Popen[bytes] | None = launch(
            job.command(), stdout=writing, stderr=noise
        )
        if process is None:
            process = subprocess.Popen(
                job.command(),
                stdin=subprocess.PIPE,  # closes with us, and then it ends itself
                stdout=writing,
                stderr=noise,
                start_new_session=True,
            )
    except BaseException:
        os.close(reading)
        raise
    finally:
        os.close(writing)
    return process, os.fdopen(reading, encoding="utf-8", errors="replace")


def run_here(jobs: Sequence[Job], at_once: int, tell: Tell) -> Iterator[Outcome | Failure]:
    """Do jobs on this machine, so many at a time; give what each came to as soon as it is there.

    Whoever stops listening, because of Ctrl-C for one, stops the jobs.
    """
    stopping = Stopping()
    with ThreadPoolExecutor(at_once) as executor:
        try:
            yield from over(executor, jobs, lambda job: do(job, tell, stopping))
        except BaseException:
            with handling("SIGINT", signal.SIG_IGN):  # a second Ctrl-C hurries nothing
                executor.shutdown(wait=False, cancel_futures=True)
                stopping.stop()
            raise


def over(
    executor: Executor, jobs: Sequence[Job], do: Callable[[Job], Outcome | Failure]
) -> Iterator[Outcome | Failure]:
    """Do jobs over any executor; one that the executor itself loses has failed."""
    asked: dict[Future[Outcome | Failure], Job] = {executor.submit(do, job): job for job in jobs}
    for future in as_completed(asked):
        try:
            yield future.result()
        except Exception as error:
            told = ": ".join(part for part in (type(error).__name__, str(error)) if part)
            yield Failure(asked[future].region, told)
