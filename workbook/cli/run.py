"""The command that runs the series, for one region or for all."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook.cli.command import COLD, LANG, _, command, short
from workbook.locale import N_, translator

if TYPE_CHECKING:
    from workbook.run.job import Job
    from workbook.run.jobs import Failure
    from workbook.run.outcome import Outcome


@command(help=_("Run the notebooks for one or more regions; results go to runs/."))
@click.argument("regions", nargs=-1)
@click.option("--all", "every", is_flag=True, help=_("Every region in the data folder."))
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    help=_("Processes that work at a time; else as many as there are processors."),
)
@click.option("--force", is_flag=True, help=_("Make everything anew, also what hasn't changed."))
@click.option(
    "--limit",
    type=click.FloatRange(min=0, min_open=True),
    default=None,
    help=_("Seconds that one notebook may take; else 180."),
)
@click.option("--scheduler", default=None, help=_("Address of a Dask scheduler to run it on."))
@LANG
@click.pass_obj
def run(
    data: Path,
    regions: tuple[str, ...],
    every: bool,
    jobs: int | None,
    force: bool,
    limit: float | None,
    scheduler: str | None,
    lang: str,
) -> None:
    """Run the series."""
    from workbook.case.folder import regions as all_regions
    from workbook.run.job import Job
    from workbook.run.signals import handling

    chosen = tuple(all_regions(data)) if every else tuple(dict.fromkeys(regions))
    if not chosen:
        click.echo(translator(lang)(N_("Name a region, or use --all.")), err=True)
        sys.exit(1)
    workers = jobs or os.cpu_count() or 1
    at_once = min(len(chosen), workers)
    # On a cluster every worker has its own; here what regions leave over draws for them.
    ahead = 0 if scheduler else workers // at_once - 1
    root = str(data.absolute())
    asked = [Job(region, lang, root, force, limit or 0, ahead) for region in chosen]
    interrupt = signal.default_int_handler
    try:
        # Ended in another way it tidies up all the same.
        with handling("SIGTERM", interrupt), handling("SIGHUP", interrupt):
            sys.exit(0 if _Run(asked, lang).run(at_once, scheduler) else 1)
    except KeyboardInterrupt:
        told = N_("Stopped. Regions that were done are kept; the others are as they were.")
        click.echo(translator(lang)(told), err=True)
        sys.exit(1)


class _Run:
    """Runs regions, shows how far it is, and says in the end what it came to."""

    def __init__(self, jobs: list[Job], lang: str) -> None:
        from tqdm import tqdm

        from workbook.run.sources import series_notebooks

        self._jobs = jobs
        self._translate = translator(lang)
        self._steps = len(series_notebooks(lang)) + 1
        self._at = dict.fromkeys((job.region for job in jobs), 0)
        self._bar = tqdm(total=len(jobs) * self._steps, unit="nb", leave=False, disable=None)

    def run(self, at_once: int, scheduler: str | None) -> bool:
        """Run them all; whether all of them went well."""
        from workbook.run.outcome import Outcome

        came: dict[str, Outcome | Failure] = {}
        with self._bar, closing(self._results(at_once, scheduler)) as results:
            for one in results:
                came[one.region] = one
                self._reach(one.region, self._steps)
        for job in self._jobs:
            one = came[job.region]
            failed = not isinstance(one, Outcome)
            click.echo(self._failed(one) if failed else self._done(one), err=failed)
        return all(isinstance(one, Outcome) for one in came.values())

    def _results(self, at_once: int, scheduler: str | None) -> Generator[Outcome | Failure]:
        from workbook.run.outcome import standing

        left = []
        for job in self._jobs:
            there = None if job.force else standing(job.region, job.lang, Path(job.data))
            if there is None:
                left.append(job)
            else:
                yield there
        if not left:
            return
        if scheduler is not None:
            from workbook.run.cluster import run_on

            yield from run_on(scheduler, left)
            return
        from workbook.run.jobs import run_here
        from workbook.run.warm import available

        if not available():
            self._say(COLD)
        yield from run_here(left, at_once, self._hear)

    def _hear(self, region: str, event: str, **about: Any) -> None:
        if event == "waiting":
            self._say(N_("{region} is being run by somebody else; waiting for that."), region)
        elif event == "at":
            self._bar.set_description(f"{region} {about['name']}", refresh=False)
            self._reach(region, self._at[region] + 1)

    def _reach(self, region: str, step: int) -> None:
        self._bar.update(step - self._at[region])
        self._at[region] = step

    def _say(self, msgid: str, region: str = "") -> None:
        self._bar.write(self._translate(msgid).format(region=region), file=sys.stderr)

    def _done(self, outcome: Outcome) -> str:
        words = N_("{ran} run, {reused} reused. Results: {folder}")
        told = self._translate(words if outcome.ran else N_("{reused} reused. Results: {folder}"))
        counts = {"ran": len(outcome.ran), "reused": len(outcome.reused)}
        ends = told.format(folder=short(outcome.folder), **counts)
        return f"{outcome.region}: {outcome.supported} {outcome.decided} {ends}"

    def _failed(self, failure: Failure) -> str:
        if failure.path is None:
            return self._translate(N_("{region} failed: {why}")).format(
                region=failure.region, why=failure.why
            )
        words = N_("{region}: {notebook} failed: {why}. See {path} ({ran} run, {reused} reused)")
        return self._translate(words).format(
            region=failure.region,
            notebook=failure.path.stem,
            why=failure.why,
            path=failure.path,
            ran=len(failure.ran),
            reused=len(failure.reused),
        )
