"""Run one notebook for one region with papermill."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from workbook.run.notebooks import check_parameters, tidy

TIME_LIMIT = 180
"""Seconds one cell may take before the notebook is given up."""


KERNEL_ARGUMENTS = ["--log-level=50"]
"""Kernels listen on loopback; what they log about that and about shutting down is noise here."""


class NotebookFailed(Exception):
    """A notebook raised or took too long; ``path`` is the notebook as far as it came."""

    def __init__(self, path: Path, why: str) -> None:
        self.path = path
        self.why = why
        super().__init__(f"{path.name}: {why}")


def execute(
    source: Path, target: Path, parameters: dict[str, Any], *, data: Path, lang: str = "nl"
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

    Raises
    ------
    UserError
        If the notebook doesn't know a parameter.
    NotebookFailed
        If a cell raises or takes longer than `TIME_LIMIT`.
    """
    check_parameters(source, parameters, lang)
    why = None
    with _environment(WERKBOEK_DATA=str(data)), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            papermill.execute_notebook(
                source,
                target,
                parameters=parameters,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                log_output=False,
                request_save_on_cell_execute=False,
                execution_timeout=TIME_LIMIT,
                start_timeout=60,
                cwd=target.parent,
                extra_arguments=KERNEL_ARGUMENTS,
            )
        except PapermillExecutionError as error:
            why = f"{error.ename}: {error.evalue}"
        except (TimeoutError, RuntimeError) as error:
            why = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    if target.exists():
        nbformat.write(tidy(nbformat.read(target, as_version=4)), target)
    if why is not None:
        raise NotebookFailed(target, why)


@contextmanager
def _environment(**values: str) -> Iterator[None]:
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
