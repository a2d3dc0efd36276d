"""``python -m workbook.run.job``: one region in a process of its own, telling how far it is.

It tells in lines of JSON on its standard output, and nothing else comes there: its kernels and
libraries write to standard error.
"""

from __future__ import annotations

import json
import os
import signal
import stat
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbook.locale import N_, Message

ON_THE_WAY = ("at", "waiting")
"""Events after which there is more to come."""


@dataclass(frozen=True)
class Job:
    """What is asked: one region, in one language.

    Attributes
    ----------
    region, lang : str
    data : str
        The data root.
    force : bool
        Make everything anew.
    limit : float
        Seconds that a notebook may take; 0 for the usual.
    ahead : int
        Processes that run some of its notebooks beside this one.
    """

    region: str
    lang: str
    data: str
    force: bool = False
    limit: float = 0
    ahead: int = 0

    def command(self) -> list[str]:
        """Give the command that does it."""
        return [sys.executable, "-m", "workbook.run.job", json.dumps(asdict(self))]


def run(job: Job, tell: Callable[..., None]) -> None:
    """Do a job, and tell it in events: those `ON_THE_WAY`, then one that ends it.

    Parameters
    ----------
    job : Job
    tell : callable
        Takes the name of an event and what belongs to it.
    """
    from workbook.case import CaseError, UserError
    from workbook.run.execute import TIME_LIMIT, NotebookFailed
    from workbook.run.series import run_region

    try:
        outcome = run_region(
            job.region,
            job.lang,
            Path(job.data),
            force=job.force,
            limit=job.limit or TIME_LIMIT,
            ahead=job.ahead,
            advance=lambda name: tell("at", name=name),
            waiting=lambda: tell("waiting"),
        )
    except NotebookFailed as error:
        told = {"ran": error.ran, "reused": error.reused}
        tell("failed", why=error.why, path=str(error.path), **told)
    except (CaseError, UserError) as error:
        tell("failed", why=str(error))
    except OSError as error:
        tell("failed", why=": ".join(str(e) for e in (error.filename, error.strerror) if e))
    except MemoryError:
        tell("failed", why=Message(N_("there is not enough memory")).render(job.lang))
    else:
        tell("done", **asdict(outcome) | {"folder": str(outcome.folder)})


def _end_with_who_asked() -> None:
    """End, with all that was started, when standard input closes: whoever asked for us is gone.

    A warm process needs none of this; its server sees to it.
    """
    import psutil

    while os.read(0, 1024):
        pass
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            process.kill()
    os._exit(1)


def main() -> None:
    """Do the job that stands in the first argument."""
    if stat.S_ISFIFO(os.fstat(0).st_mode):
        threading.Thread(target=_end_with_who_asked, daemon=True).start()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ended is Ctrl-C: tidy up first
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as told:
        os.dup2(2, 1)

        def tell(event: str, **about: Any) -> None:
            told.write(json.dumps({"event": event, **about}) + "\n")
            told.flush()

        code = 0
        try:
            run(Job(**json.loads(sys.argv[1])), tell)
        except KeyboardInterrupt:
            code = 130
        except Exception:
            traceback.print_exc()
            code = 1
        sys.stderr.flush()
        # Taking apart all that was imported would take longer than a notebook does.
        os._exit(code)


if __name__ == "__main__":
    main()
