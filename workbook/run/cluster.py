"""The same jobs over the executor of a Dask cluster.

Its workers see the same files at the same paths, and have the workbook installed. A job whose
worker goes is done again by another one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbook.case.problem import UserError
from workbook.locale import N_, Message
from workbook.run.job import Job
from workbook.run.jobs import Failure, Stopping, do, over
from workbook.run.outcome import Outcome

if TYPE_CHECKING:
    from distributed import Client

_PATIENCE = 5
"""Seconds in which a scheduler must answer, and have a worker."""

_LOOK = 1.0
"""Seconds between looks whether a job is still wanted."""


def run_on(address: str, jobs: Sequence[Job]) -> Iterator[Outcome | Failure]:
    """Do jobs on a cluster; give what each came to as soon as it is there.

    Parameters
    ----------
    address : str
        Of its scheduler.
    jobs : sequence of Job

    Raises
    ------
    UserError
        If no scheduler answers there, it has no workers, or Dask isn't installed.
    """
    lang = jobs[0].lang
    with _client(address, lang) as client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, TimeoutError) as error:
            told = Message(N_("the scheduler at {address} has no workers"), address=address)
            raise UserError(told, lang) from error
        # A region has run because of what is on the disk: the same call isn't the same result.
        yield from over(client.get_executor(pure=False), jobs, on_worker)


def _client(address: str, lang: str) -> Client:
    try:
        from distributed import Client
    except ImportError as error:
        told = Message(N_("for --scheduler, install the workbook with its extra “cluster”"))
        raise UserError(told, lang) from error
    try:
        return Client(address, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        told = Message(N_("no scheduler answers at {address}"), address=address)
        raise UserError(told, lang) from error


def on_worker(job: Job) -> Outcome | Failure:
    """Do one job here, on a worker, as long as somebody wants it."""
    from distributed.worker import get_worker, thread_state

    stopping, ended = Stopping(), threading.Event()
    tasks, key = get_worker().state.tasks, thread_state.key

    def watch() -> None:
        while not ended.wait(_LOOK):
            task = tasks.get(key)
            if task is None or task.state == "cancelled":  # whoever asked for it is gone
                stopping.stop()

    threading.Thread(target=watch, daemon=True).start()
    try:
        return do(job, stopping=stopping)
    finally:
        ended.set()
