"""The series for one region: ten notebooks, the pictures and the report."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workbook.case import Case, open_case
from workbook.exhibits import decided_sentence, series, support_sentence
from workbook.report import write_report
from workbook.run.execute import NotebookFailed, execute
from workbook.run.notebooks import series_notebooks
from workbook.run.places import results_folder


@dataclass(frozen=True)
class Outcome:
    """What a run came to: two sentences and where the results are."""

    region: str
    supported: str
    decided: str
    folder: Path


def run_region(
    region: str, lang: str, data: Path, *, advance: Callable[[str], None] = lambda _: None
) -> Outcome:
    """Run the series for a region.

    Everything is made beside its place and put there at the end, so that ``runs/`` never holds
    half a run. What a person works on in ``live/`` is left alone.

    Parameters
    ----------
    region, lang : str
    data : Path
        The data root.
    advance : callable
        Called with the name of each thing that is about to be made.

    Raises
    ------
    CaseError
        If the case has errors; nothing is written.
    NotebookFailed
        With the path of the failed notebook, which is kept under ``failed/``.
    """
    case = open_case(region, lang=lang, root=data)
    folder = results_folder(region, lang, data)
    folder.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{lang}.", dir=folder.parent))
    fresh.chmod(0o755)
    try:
        for notebook in series_notebooks(lang):
            advance(notebook.stem)
            parameters = {"region": region, "lang": lang}
            execute(notebook, fresh / notebook.name, parameters, data=data, lang=lang)
        advance("report")
        write_figures(case, fresh / "figures")
        write_report(case, fresh / "report.html")
        _put_in_place(fresh, folder)
    except NotebookFailed as error:
        kept = folder / "failed" / error.path.name
        if error.path.exists():
            kept.parent.mkdir(exist_ok=True)
            error.path.replace(kept)
        raise NotebookFailed(kept, error.why) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Outcome(region, support_sentence(case), decided_sentence(case), folder)


def write_figures(case: Case, folder: Path) -> None:
    """Write every picture of the series as PNG and as SVG."""
    folder.mkdir()
    for step, exhibit in series(case):
        if exhibit.png is None:
            continue
        name = folder / f"{step:02d}_{exhibit.name}"
        name.with_suffix(".png").write_bytes(exhibit.png)
        name.with_suffix(".svg").write_bytes(exhibit.svg() or b"")


def _put_in_place(fresh: Path, folder: Path) -> None:
    shutil.rmtree(folder / "failed", ignore_errors=True)
    for old in folder.glob("*.ipynb"):
        if not (fresh / old.name).exists():
            old.unlink()
    for item in sorted(fresh.iterdir()):
        target = folder / item.name
        if item.is_dir():
            shutil.rmtree(target, ignore_errors=True)
        item.replace(target)
