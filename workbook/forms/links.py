"""Links from one notebook of the series to another, in JupyterLab and outside it."""

from __future__ import annotations

import json
import os
from html import escape
from pathlib import Path

from workbook import handbook


def notebook_name(step: int) -> str:
    """Give the file name of a step's notebook."""
    return f"{step:02d}_{handbook.step(step).slug}.ipynb"


def link(target: Path | str, words: str) -> str:
    """Give a link to a notebook.

    In JupyterLab the notebook opens beside this one, in the same window; everywhere else it is an
    ordinary relative link.

    Parameters
    ----------
    target : Path or str
        The notebook; a relative path counts from the folder of this one.
    words : str
        What the link says.
    """
    served = os.environ.get("WERKBOEK_SERVED")
    opens = ""
    path = Path.cwd() / target
    if served and path.is_relative_to(served):
        inside = path.relative_to(served).as_posix()
        arguments = escape(json.dumps({"path": inside}))
        opens = (
            f' data-commandlinker-command="docmanager:open" data-commandlinker-args="{arguments}"'
        )
    style = "color:#0B5394;text-decoration:underline"
    return f'<a href="{escape(str(target))}" style="{style}"{opens}>{escape(words)}</a>'
