"""The series for one region: ten notebooks, the pictures and the report."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from workbook.case import Case, UserError, open_case
from workbook.exhibits import decided_sentence, series, support_sentence
from workbook.exhibits.drawn import keep_pictures
from workbook.locale import N_, Message
from workbook.report import write_report
from workbook.run.ahead import Share, running_ahead
from workbook.run.beside import beside, turn
from workbook.run.execute import TIME_LIMIT, NotebookFailed
from workbook.run.inputs import FIGURES, REPORT, parts
from workbook.run.made import RECORD, Made, part_of, read_made, write_made
from workbook.run.outcome import Outcome
from workbook.run.places import results_folder
from workbook.run.sources import series_notebooks
from workbook.run.spare import Spare
from workbook.run.warm import shared_folder


def run_region(
    region: str,
    lang: str,
    data: Path,
    *,
    force: bool = False,
    limit: float = TIME_LIMIT,
    ahead: int = 0,
    advance: Callable[[str], None] = lambda _: None,
    waiting: Callable[[], None] = lambda: None,
) -> Outcome:
    """Run the series for a region, as far as it isn't there already.

    Everything is made beside its place and put there at the end, so that ``runs/`` never holds
    half a run. What a person works on in ``live/`` is left alone.

    Parameters
    ----------
    region, lang : str
    data : Path
        The data root.
    force : bool
        Make everything anew.
    limit : float
        Seconds that a notebook may take.
    ahead : int
        Processes that run its notebooks from the last on, beside this one.
    advance : callable
        Called with the name of each thing that is about to be made.
    waiting : callable
        Called if somebody else is running this region; then their turn is waited for.

    Raises
    ------
    CaseError
        If the case has errors; nothing is written.
    NotebookFailed
        With the path of the failed notebook, which is kept under ``failed/``.
    UserError
        If the case changed while it was run; nothing is put in place.
    """
    case = open_case(region, lang=lang, root=data)
    folder = results_folder(region, lang, data)
    folder.mkdir(parents=True, exist_ok=True)
    with turn(folder, waiting):
        return _run(case, folder, data, force, limit, ahead, advance)


def _run(
    case: Case,
    folder: Path,
    data: Path,
    force: bool,
    limit: float,
    ahead: int,
    advance: Callable[[str], None],
) -> Outcome:
    region, lang = case.region, case.lang
    wanted = parts(region, lang, data)
    before = Made() if force else read_made(folder)
    there = {name for name, key in wanted.items() if before.holds(folder, name, key)}
    ran, reused = [], []
    notebooks = series_notebooks(lang)
    to_run = [str(notebook) for notebook in notebooks if notebook.name not in there]
    shared = shared_folder()
    with (
        beside(folder) as fresh,
        keep_pictures(fresh / ".pictures", shared and shared / "pictures"),
        running_ahead(
            Share(region, lang, str(data), limit, str(fresh), to_run), min(ahead, len(to_run) - 1)
        ) as others,
        closing(Spare(len(to_run))) as spare,
    ):
        try:
            elsewhere = deque(notebooks)
            while elsewhere:
                notebook = elsewhere[0]
                advance(notebook.stem)
                if notebook.name in there:
                    reused.append(notebook.name)
                elif others.run(notebook, spare):
                    ran.append(notebook.name)
                else:
                    break  # who runs from the last on has this one, and so all after it
                elsewhere.popleft()
            advance("report")
            if FIGURES not in there:
                write_figures(case, fresh / FIGURES)
            if REPORT not in there:
                write_report(case, fresh / REPORT)
            for notebook in elsewhere:
                if notebook is not elsewhere[0]:
                    advance(notebook.stem)
                if notebook.name in there:
                    reused.append(notebook.name)
                else:
                    others.wait(notebook)
                    ran.append(notebook.name)
        except NotebookFailed as error:
            kept = folder / "failed" / error.path.name
            if error.path.exists():
                kept.parent.mkdir(exist_ok=True)
                error.path.replace(kept)
            raise NotebookFailed(kept, error.why, ran, reused) from error
        if parts(region, lang, data) != wanted:
            raise UserError(
                Message(
                    N_("{region} changed while it was run, so nothing was kept; run it again"),
                    region=region,
                ),
                lang,
            )
        supported, decided = support_sentence(case), decided_sentence(case)
        made = Made(
            {
                name: before.parts[name] if name in there else part_of(fresh, name, key)
                for name, key in wanted.items()
            },
            supported,
            decided,
        )
        _put_in_place(fresh, folder, {*wanted} - there)
        write_made(folder, made)
    return Outcome(region, supported, decided, folder, tuple(ran), tuple(reused))


def write_figures(case: Case, folder: Path) -> None:
    """Write every picture of the series as PNG and as SVG."""
    folder.mkdir()
    for step, exhibit in series(case):
        if exhibit.png is None:
            continue
        name = folder / f"{step:02d}_{exhibit.name}"
        name.with_suffix(".png").write_bytes(exhibit.png)
        name.with_suffix(".svg").write_bytes(exhibit.svg() or b"")


def _put_in_place(fresh: Path, folder: Path, names: set[str]) -> None:
    (folder / RECORD).unlink(missing_ok=True)  # until all of it is there
    shutil.rmtree(folder / "failed", ignore_errors=True)
    known = {path.name for path in series_notebooks(folder.name)}
    for old in folder.glob("*.ipynb"):
        if old.name not in known:
            old.unlink()
    for name in sorted(names):
        target = folder / name
        if target.is_dir():
            shutil.rmtree(target, ignore_errors=True)
        (fresh / name).replace(target)
