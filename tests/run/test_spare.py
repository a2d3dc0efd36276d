"""The kernel of the next notebook starts while this one runs, and none is left."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import nbformat
import psutil
import pytest
from jupyter_core.utils import run_sync
from nbformat.v4 import new_code_cell, new_notebook

from tests.run.warm.conftest import gone, needs_fork, until
from workbook.run.execute import NotebookFailed, execute
from workbook.run.spare import Spare

PID = "import os\nprint(os.getpid())"
ABOUT = "import os\nprint(os.environ['WERKBOEK_DATA'], os.getcwd(), 'x' in globals())\nx = 1"

pytestmark = needs_fork


def run(folder: Path, spare: Spare, *cells: str) -> list[str]:
    """Run a notebook of these cells, and give what each of them printed."""
    parameters = new_code_cell("region = ''", metadata={"tags": ["parameters"]})
    notebook = new_notebook(cells=[parameters, *map(new_code_cell, cells)])
    nbformat.write(notebook, folder / "of.ipynb")
    execute(folder / "of.ipynb", folder / "to.ipynb", {"region": "x"}, data=folder, spare=spare)
    ran = nbformat.read(folder / "to.ipynb", as_version=4).cells[-len(cells) :]
    return ["".join(output.text for output in cell.outputs).strip() for cell in ran]


def waiting(spare: Spare) -> int:
    """Give the process of the kernel that waits."""
    kernel = spare._kernel
    assert kernel is not None
    return kernel.provisioner.pid


def test_each_notebook_has_a_kernel_of_its_own_and_the_next_is_there(tmp_path: Path) -> None:
    ran, foreseen = [], []
    with closing(Spare(3)) as spare:
        for last in (False, False, True):
            pid, about = run(tmp_path, spare, PID, ABOUT)
            ran.append(int(pid))
            assert about == f"{tmp_path} {tmp_path} False", "as one that starts when it is wanted"
            if not last:
                foreseen.append(waiting(spare))
        assert spare._kernel is None, "for the last there is none"
    assert ran[1:] == foreseen
    assert len(set(ran)) == 3
    assert all(gone(pid) for pid in ran)


def test_one_that_nobody_took_is_ended_also_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(NotebookFailed, match="ZeroDivisionError"), closing(Spare(2)) as spare:
        try:
            run(tmp_path, spare, "1 / 0")
        finally:
            pid = waiting(spare)
            assert not gone(pid, 0)
    assert gone(pid)


def test_one_that_died_meanwhile_is_not_taken(tmp_path: Path) -> None:
    with closing(Spare(2)) as spare:
        run(tmp_path, spare, "print(1)")
        died, kernel = waiting(spare), spare._kernel
        psutil.Process(died).kill()
        assert until(lambda: not run_sync(kernel.is_alive)())
        (pid,) = run(tmp_path, spare, PID)
    assert int(pid) != died
