"""Build ``notebooks/nl`` and ``notebooks/en`` from ``notebooks/src``.

One source holds the code once and the prose of both languages side by side. The notebooks are
executed on the example region and kept with their output; a rebuild changes nothing.

    python scripts/build_notebooks.py           build all
    python scripts/build_notebooks.py 07        only the notebooks whose name starts so
    python scripts/build_notebooks.py --check   say whether the committed ones follow the source
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from workbook.run.execute import KERNEL_ARGUMENTS
from workbook.run.notebooks import tidy

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "notebooks" / "src"
LANGUAGES = ("nl", "en")


def sources() -> list[Path]:
    """List the edited sources."""
    return sorted(SOURCE.glob("[0-9][0-9]_*.py"))


def compose(source: Path, lang: str) -> NotebookNode:
    """Make the notebook of one language, without output."""
    notebook = jupytext.read(source, fmt="py:percent")
    cells = []
    for place, cell in enumerate(notebook.cells):
        if cell.metadata.pop("lang", lang) != lang:
            continue
        if "parameters" in cell.metadata.get("tags", ()):
            cell.source = cell.source.replace('lang = "nl"', f'lang = "{lang}"')
        cell.id = f"{source.stem[:2]}-{place:02d}"
        cells.append(cell)
    notebook.cells = cells
    notebook.metadata = NotebookNode()
    return tidy(notebook)


def build(source: Path, lang: str) -> None:
    """Make, execute and write one notebook."""
    os.environ.pop("WERKBOEK_DATA", None)
    notebook = compose(source, lang)
    target = ROOT / "notebooks" / lang / f"{source.stem}.ipynb"
    target.parent.mkdir(exist_ok=True)
    resources = {"metadata": {"path": str(target.parent)}}
    NotebookClient(
        notebook,
        timeout=180,
        kernel_name="python3",
        resources=resources,
        record_timing=False,
        extra_arguments=KERNEL_ARGUMENTS,
    ).execute()
    nbformat.validate(notebook)
    nbformat.write(tidy(notebook), target)
    print(target.relative_to(ROOT))


def _cells(notebook: NotebookNode) -> list[tuple[str, str, str]]:
    return [(cell.id, cell.cell_type, cell.source) for cell in notebook.cells]


def stale() -> list[str]:
    """Name the committed notebooks whose cells no longer follow their source."""
    found = []
    for source in sources():
        for lang in LANGUAGES:
            target = ROOT / "notebooks" / lang / f"{source.stem}.ipynb"
            wanted = [
                (cell.id, cell.cell_type, cell.source) for cell in compose(source, lang).cells
            ]
            kept = nbformat.read(target, as_version=4).cells if target.exists() else []
            if wanted != [(cell.id, cell.cell_type, cell.source) for cell in kept]:
                found.append(str(target.relative_to(ROOT)))
    names = {source.stem for source in sources()}
    for lang in LANGUAGES:
        for path in (ROOT / "notebooks" / lang).glob("*.ipynb"):
            if path.stem not in names:
                found.append(str(path.relative_to(ROOT)))
    return found


if __name__ == "__main__":
    chosen = sys.argv[1:]
    if chosen == ["--check"]:
        if outdated := stale():
            sys.exit("not built from notebooks/src: " + ", ".join(outdated))
        sys.exit(0)
    for path in sources():
        if not chosen or any(path.stem.startswith(name) for name in chosen):
            for language in LANGUAGES:
                build(path, language)
