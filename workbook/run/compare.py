"""Compare regions: notebook 10, its pictures, and its tables as one Excel file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from workbook.case import Cases, open_cases
from workbook.case.folder import NOT_A_REGION
from workbook.exhibits import Exhibit
from workbook.exhibits.compare import COMPARISON
from workbook.run.comparison_book import comparison_book
from workbook.run.execute import NotebookFailed, execute
from workbook.run.places import runs_folder
from workbook.run.sources import NOTEBOOKS

NAME = "10_compare"
BOOK = "comparison.xlsx"


def comparison_folder(lang: str, data: Path) -> Path:
    """Give ``runs/compare/<lang>/``."""
    return runs_folder(data) / NOT_A_REGION / lang


def compare_regions(
    regions: Sequence[str],
    lang: str,
    data: Path,
    *,
    advance: Callable[[str], None] = lambda _: None,
) -> Path:
    """Compare regions and keep the results.

    Everything is made beside its place and put there at the end, so that ``runs/`` never holds
    half a comparison.

    Parameters
    ----------
    regions : sequence of str
        Their short names, in the order to show them; one named twice counts once.
    lang : {"nl", "en"}
    data : Path
        The data root.
    advance : callable
        Called with the name of each thing that is about to be made.

    Returns
    -------
    Path
        The folder with the results.

    Raises
    ------
    UserError
        If no region is named, or one isn't there or has errors; nothing is written.
    NotebookFailed
        With the path of the failed notebook, which is kept under ``failed/``.
    """
    cases = open_cases(regions, lang=lang, root=data)
    folder = comparison_folder(lang, data)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{lang}.", dir=folder.parent))
    fresh.chmod(0o755)
    try:
        advance(NAME)
        source = NOTEBOOKS / lang / f"{NAME}.ipynb"
        parameters = {"regions": [case.region for case in cases], "lang": lang}
        execute(source, fresh / source.name, parameters, data=data, lang=lang)
        advance("figures")
        made = [make(cases) for make in COMPARISON]
        write_comparison(cases, made, fresh)
        _put_in_place(fresh, folder)
    except NotebookFailed as error:
        kept = folder / "failed" / error.path.name
        if error.path.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            error.path.replace(kept)
        raise NotebookFailed(kept, error.why) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return folder


def write_comparison(cases: Cases, exhibits: Sequence[Exhibit], folder: Path) -> None:
    """Write every picture as PNG and SVG, and every table into one Excel file."""
    figures = folder / "figures"
    figures.mkdir()
    for exhibit in exhibits:
        if exhibit.png is None:
            continue
        name = figures / f"10_{exhibit.name}"
        name.with_suffix(".png").write_bytes(exhibit.png)
        name.with_suffix(".svg").write_bytes(exhibit.svg() or b"")
    (folder / BOOK).write_bytes(comparison_book(exhibits, cases.translate))


def _put_in_place(fresh: Path, folder: Path) -> None:
    """Replace what an earlier comparison left; whatever else is in the folder stays."""
    folder.mkdir(exist_ok=True)
    shutil.rmtree(folder / "failed", ignore_errors=True)
    for item in sorted(fresh.iterdir()):
        target = folder / item.name
        if item.is_dir():
            shutil.rmtree(target, ignore_errors=True)
        item.replace(target)
