"""``python -m workbook.run.ahead``: run a region's notebooks from the last on.

Whoever runs the series begins with the first. Where a processor has nothing else to do, a process
beside them begins with the last, and they meet: each notebook is run by whoever takes it first.
What fails there is told when its turn comes, so a run ends as it would have without.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.run.warm import Forked, launch

if TYPE_CHECKING:
    from workbook.run.spare import Spare

_PATIENCE = 5.0
"""Seconds."""
_GLANCE = 0.02
"""Seconds between two looks at whether a notebook is done."""


@dataclass(frozen=True)
class Share:
    """The notebooks of one run, to be divided among whoever runs some of them.

    Attributes
    ----------
    region, lang : str
    data : str
        The data root.
    limit : float
        Seconds that a notebook may take.
    folder : str
        Where the executed notebooks go.
    notebooks : sequence of str
        Paths, in order.
    """

    region: str
    lang: str
    data: str
    limit: float
    folder: str
    notebooks: Sequence[str]

    def take(self, notebook: Path) -> bool:
        """Take a notebook; False where somebody has it."""
        place = self._about(notebook, "taken")
        place.parent.mkdir(exist_ok=True)
        try:
            place.touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def run(self, notebook: Path, spare: Spare | None = None) -> None:
        """Run one, as `execute` does."""
        from workbook.run.execute import execute

        execute(
            notebook,
            Path(self.folder, notebook.name),
            {"region": self.region, "lang": self.lang},
            data=Path(self.data),
            lang=self.lang,
            limit=self.limit,
            spare=spare,
        )

    def tell(self, notebook: Path, why: str) -> None:
        """Say that it has run, and why it failed if it did."""
        half = self._about(notebook, "half")
        half.write_text(why, "utf-8")
        half.replace(self._about(notebook, "done"))

    def told(self, notebook: Path) -> str | None:
        """Give what was said of it; None as long as nothing was."""
        with suppress(FileNotFoundError):
            return self._about(notebook, "done").read_text("utf-8")
        return None

    def _about(self, notebook: Path, what: str) -> Path:
        return Path(self.folder, ".share", f"{notebook.name}.{what}")


class Ahead:
    """Those who run notebooks from the last on.

    Parameters
    ----------
    share : Share
    processes : sequence of Forked
    """

    def __init__(self, share: Share, processes: Sequence[Forked]) -> None:
        self._share = share
        self._processes = processes

    def run(self, notebook: Path, spare: Spare) -> bool:
        """Run a notebook here, unless somebody has taken it; False then.

        Raises
        ------
        NotebookFailed, UserError
            As `execute` does.
        """
        mine = self._share.take(notebook)
        if mine:
            self._share.run(notebook, spare)
        return mine

    def wait(self, notebook: Path) -> None:
        """Wait for who took a notebook; run it here if they ended halfway.

        Raises
        ------
        NotebookFailed, UserError
            As `execute` does, wherever it was run.
        """
        if not self._ran(notebook):
            self._share.run(notebook)

    def _ran(self, notebook: Path) -> bool:
        """Wait until another has run it; False if they ended halfway."""
        from workbook.run.execute import NotebookFailed

        while True:
            going = any(process.poll() is None for process in self._processes)
            why = self._share.told(notebook)
            if why is not None or not going:
                break
            time.sleep(_GLANCE)
        if why:
            raise NotebookFailed(Path(self._share.folder, notebook.name), why)
        return why is not None


@contextmanager
def running_ahead(share: Share, processes: int) -> Iterator[Ahead]:
    """Run notebooks from the last on meanwhile.

    Parameters
    ----------
    share : Share
    processes : int
        How many do; where none can be forked, none does.
    """
    command = [sys.executable, "-m", "workbook.run.ahead", json.dumps(asdict(share))]
    going = [process for _ in range(processes) if (process := launch(command)) is not None]
    try:
        yield Ahead(share, going)
    finally:
        for process in going:
            process.kill()
        for process in going:  # the folder they write in is about to go
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
            process.close()


def run_from_the_last(share: Share) -> None:
    """Run what nobody has taken yet."""
    from workbook.run.execute import NotebookFailed
    from workbook.run.spare import Spare

    with closing(Spare(len(share.notebooks))) as spare:
        for notebook in map(Path, reversed(share.notebooks)):
            if not share.take(notebook):
                continue
            try:
                share.run(notebook, spare)
            except NotebookFailed as error:
                share.tell(notebook, error.why)
                return
            share.tell(notebook, "")


if __name__ == "__main__":
    run_from_the_last(Share(**json.loads(sys.argv[1])))
