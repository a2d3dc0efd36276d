"""One live copy of a notebook: how it is made, and whether a person changed it since."""

from __future__ import annotations

import hashlib
import json
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from nbformat.sign import NotebookNotary

from workbook.case.folder import write_atomically
from workbook.run.notebooks import check_parameters, tidy

MARK = "werkboek"
"""Where a copy's own metadata say which cells it was made with."""

_ABOUT_CODE = "about-code"

_PAUSES = (0.1, 0.4, 0)


@dataclass(frozen=True)
class State:
    """Two fingerprints of a copy: of the cells it was made with, and of those it has now.

    Both are ``None`` if it can't be read, which counts as changed: what a person or a crash left
    there is not ours to throw away.
    """

    made: str | None = None
    now: str | None = None

    @property
    def changed(self) -> bool:
        """Whether a person changed a cell, or the order of the cells."""
        return self.made is None or self.made != self.now


def fingerprint(notebook: NotebookNode) -> str:
    """Give a hash of what the cells say and their order; outputs and metadata don't count."""
    cells = [[cell.cell_type, cell.source] for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells, ensure_ascii=False).encode()).hexdigest()


def fresh_copy(source: Path, region: str, lang: str) -> NotebookNode:
    """Make a notebook for one region: its parameters filled in, no output, the code folded away.

    Raises
    ------
    UserError
        If the notebook doesn't take a region and a language.
    """
    parameters = {"region": region, "lang": lang}
    check_parameters(source, parameters, lang)
    notebook = tidy(
        papermill.execute_notebook(
            source,
            None,
            parameters=parameters,
            prepare_only=True,
            kernel_name="python3",
            language="python",
            progress_bar=False,
        )
    )
    # What is said about the code is for who sees code.
    notebook.cells = [
        cell for cell in notebook.cells if _ABOUT_CODE not in cell.metadata.get("tags", ())
    ]
    for cell in notebook.cells:
        cell.metadata["deletable"] = False  # one key or button away, and a form is gone
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
            cell.metadata["jupyter"] = {"source_hidden": True}  # one click opens it
    notebook.metadata[MARK] = {"made": fingerprint(notebook)}
    return notebook


def state(path: Path) -> State:
    """Read which cells a copy was made with and which it has now."""
    for pause in _PAUSES:
        # Half a file, another format, no mark: whatever it is, it isn't as we left it. Unless
        # JupyterLab is saving it at this moment; that it does in place.
        with suppress(Exception):
            notebook = nbformat.read(path, as_version=4)
            return State(notebook.metadata[MARK]["made"], fingerprint(notebook))
        time.sleep(pause)
    return State()


def save(notebook: NotebookNode, path: Path) -> None:
    """Write a copy, whole or not at all, and sign it so that JupyterLab trusts it."""
    write_atomically(path, (nbformat.writes(notebook) + "\n").encode())
    # Without a signature a notebook still works: what it shows is made when it runs. The database
    # of signatures is the person's own and can be locked, damaged or on a full disk.
    with suppress(Exception):
        notary = NotebookNotary()
        with closing(notary.store):
            notary.sign(nbformat.read(path, as_version=4))
