"""A short series of our own, to run with the real processes in little time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from workbook.case.template import new_region
from workbook.run.sources import ELSEWHERE
from workbook.run.warm import warm_up

PARAMETERS = 'region = "a"\nlang = "nl"'


class Series:
    """A data root with an empty region, and a series that can be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.notebooks = folder / "notebooks"
        self.regions("twente")

    def regions(self, *names: str) -> None:
        for name in names:
            new_region(name, self.data, "nl")

    def write(self, **sources: str) -> None:
        """Make a notebook of each; the name says which number."""
        for name, source in sources.items():
            first = new_code_cell(PARAMETERS, id="p", metadata={"tags": ["parameters"]})
            cells = [first, new_code_cell(source, id="s")]
            kernel = {"name": "python3", "display_name": "x", "language": "python"}
            notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
            for lang in ("nl", "en"):
                path = self.notebooks / lang / f"{name.removeprefix('nb')}.ipynb"
                path.parent.mkdir(parents=True, exist_ok=True)
                nbformat.write(notebook, path)

    @property
    def results(self) -> Path:
        return self.folder / "runs" / "twente" / "en"

    def start(self, *arguments: str, **options) -> subprocess.Popen[str]:
        """Start ``werkboek run``."""
        command = "import sys; from workbook.cli import main; main(prog_name='werkboek')"
        return subprocess.Popen(
            [sys.executable, "-c", command, "--data", str(self.data), "run", "--lang", "en",
             *arguments],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )  # fmt: skip

    def run(self, *arguments: str, **options) -> subprocess.CompletedProcess[str]:
        """Run ``werkboek run`` to its end."""
        process = self.start(*(arguments or ("twente",)), **options)
        out, err = process.communicate(timeout=300)
        assert "Traceback" not in err + out, err
        return subprocess.CompletedProcess("run", process.returncode, out, err)

    def left(self) -> set[str]:
        """Give what stands under runs/, but for locks."""
        return {
            path.relative_to(self.folder / "runs").as_posix()
            for path in (self.folder / "runs").rglob("*")
            if path.suffix != ".lock" and path.is_file()
        }


@pytest.fixture
def series_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Series]:
    """Make a short series, of the sources that are given by name."""

    def make(**sources: str) -> Series:
        warm_up()  # the runs below find it, and import nothing again
        made = Series(tmp_path)
        made.write(**sources)
        monkeypatch.setenv(ELSEWHERE, str(made.notebooks))
        return made

    monkeypatch.delenv("WERKBOEK_DATA", raising=False)
    assert os.environ.get("WERKBOEK_PICTURES") is None
    return make
