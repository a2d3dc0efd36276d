"""Run one notebook for one region with papermill."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.provisioning import KernelProvisionerFactory
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from workbook.locale import N_, Message
from workbook.run import engine
from workbook.run.notebooks import check_parameters, tidy
from workbook.run.spare import Spare
from workbook.run.warm import names

TIME_LIMIT = 180.0
"""Seconds that a notebook may take before it is given up."""

MEMORY_LIMIT = 4 << 30
"""Bytes of data that a notebook may use, so that one alone can't take the machine down."""

KERNEL_ARGUMENTS = ["--log-level=50"]
"""Kernels listen on loopback; what they log about that and about shutting down is noise here."""

_WHY = {
    "time": N_("it took longer than {limit} seconds"),
    "shown": N_("it showed more than {most} million characters"),
    "died": N_("its kernel died; perhaps it used too much memory"),
}


class NotebookFailed(Exception):
    """A notebook raised or went over a bound.

    Attributes
    ----------
    path : Path
        The notebook, as far as it came.
    why : str
    ran, reused : sequence of str
        Names of the notebooks before it that were run, and of those that were as they should be.
    """

    def __init__(
        self, path: Path, why: str, ran: Sequence[str] = (), reused: Sequence[str] = ()
    ) -> None:
        self.path = path
        self.why = why
        self.ran = tuple(ran)
        self.reused = tuple(reused)
        super().__init__(f"{path.name}: {why}")


def execute(
    source: Path,
    target: Path,
    parameters: dict[str, Any],
    *,
    data: Path,
    lang: str = "nl",
    limit: float = TIME_LIMIT,
    spare: Spare | None = None,
) -> None:
    """Execute a notebook and keep it.

    Parameters
    ----------
    source, target : Path
        The notebook, and where the executed one goes.
    parameters : dict
        Values for its ``parameters`` cell.
    data : Path
        The data root that the notebook reads from.
    lang : {"nl", "en"}
        Language of messages.
    limit : float
        Seconds that it may take.
    spare : Spare, optional
        Where other notebooks are run with the same data before or after it: holds a kernel from one
        to the next, which has started by then.

    Raises
    ------
    UserError
        If the notebook doesn't know a parameter.
    NotebookFailed
        If a cell raises, or the notebook takes too long, shows too much or kills its kernel.
    """
    check_parameters(source, parameters, lang)
    why = None
    variables = {
        "WERKBOEK_DATA": str(data),
        names.CHOSEN: names.PROVISIONER,
        names.MEMORY: str(MEMORY_LIMIT),
    }
    kept: list[NotebookNode] = []
    # Jupyter reads the variable once; by now it may have, without it.
    factory = KernelProvisionerFactory.instance()
    factory.default_provisioner_name = names.PROVISIONER
    with _environment(variables), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            papermill.execute_notebook(
                source,
                None,
                parameters=parameters,
                engine_name=engine.NAME,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                limit=limit,
                kept=kept,
                spare=spare or Spare(1),
                cwd=target.parent,
                extra_arguments=KERNEL_ARGUMENTS,
            )
        except PapermillExecutionError as error:
            why = f"{error.ename}: {error.evalue}"
        except engine.GivenUp as error:
            told = Message(_WHY[error.why], limit=f"{limit:g}", most=f"{engine.MOST_SHOWN / 1e6:g}")
            why = told.render(lang)
    for notebook in kept:
        target.write_text(nbformat.writes(tidy(notebook)) + "\n", "utf-8")
    if why is not None:
        raise NotebookFailed(target, why)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
