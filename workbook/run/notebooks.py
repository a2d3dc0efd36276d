"""What a notebook takes as parameters, and tidying what it shows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from workbook.case import UserError
from workbook.locale import N_, Message

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
_KEEP = ("tags",)
_ASSIGNED = re.compile(r"^(\w+)[ ]*(?::[^=\n]*)?=(?!=)", re.MULTILINE)


def known_parameters(notebook: NotebookNode) -> set[str]:
    """Read the names in the cell that is tagged ``parameters``: one name a line."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", ()):
            return set(_ASSIGNED.findall(cell.source))
    return set()


def check_parameters(path: Path, parameters: dict[str, Any], lang: str = "nl") -> None:
    """Refuse a parameter that the notebook doesn't have; papermill itself only warns.

    Raises
    ------
    UserError
        Naming the parameter and those that exist.
    """
    known = known_parameters(nbformat.read(path, as_version=4))
    unknown = sorted(set(parameters) - known)
    if unknown:
        raise UserError(
            Message(
                N_("{notebook} has no parameter {unknown}; it has {known}"),
                notebook=path.name,
                unknown=", ".join(unknown),
                known=", ".join(sorted(known)),
            ),
            lang,
        )


def tidy(notebook: NotebookNode) -> NotebookNode:
    """Take out what changes from run to run and says nothing to a reader.

    Widget views go, because without their kernel they show an error where the picture beside them
    shows the picture; so do times, paths of this machine and random ids.
    """
    notebook.metadata.pop("widgets", None)
    parameters = notebook.metadata.pop("papermill", {}).get("parameters")
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata.pop("execution", None)
    if parameters:
        notebook.metadata["parameters"] = dict(parameters)
    for place, cell in enumerate(notebook.cells):
        cell.metadata = NotebookNode(
            {key: value for key, value in cell.metadata.items() if key in _KEEP and value}
        )
        if "injected-parameters" in cell.metadata.get("tags", ()):
            cell.id = f"injected-{place:02d}"
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(_WIDGET_VIEW, None)
            if "metadata" in output:
                output["metadata"] = NotebookNode()
    return notebook
