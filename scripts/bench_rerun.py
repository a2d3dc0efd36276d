"""Time re-running the workbook, and hold it beside the tools as they come.

The floor is what no runner can do without: the code cells of the ten notebooks, executed one after
the other in one process that has the imports done already. Stock papermill and stock nbval start a
new Python for every notebook. All of it in one run on one machine, so that ratios can be compared;
how busy that machine was with other things is printed too.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import nbformat
import psutil
from check import NBVAL, WARM, together
from jupyter_client.manager import KernelManager

from workbook.run.notebooks import tidy
from workbook.run.sources import series_notebooks
from workbook.run.warm import names, warm_up

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
EXAMPLE, LANG = "voorbeeldregio", "nl"
MANY = 1, 10, 30
MIXED = ("voorbeeldregio", "west-brabant", "west-brabant")
AIMS = {
    "overhead": "at most 0.5 s a notebook",
    "stock": "4 × or better",
    "four": "7 × or better",
    "again": "under 1 s",
    "nbval": "3 × or better",
    "flat": "within 10%",
}
ORDINARY = {names.ADDRESS: names.OFF, names.CHOSEN: "local-provisioner"}
COLD = """
import sys, papermill
region, lang, to, *paths = sys.argv[1:]
for place, path in enumerate(paths):
    papermill.execute_notebook(
        path, f"{to}/{place}.ipynb", {"region": region, "lang": lang}, progress_bar=False
    )
"""
PAPER = """
from pathlib import Path
from workbook.case import open_case
from workbook.report import write_report
from workbook.run.series import write_figures
case = open_case(region, lang=lang)
write_figures(case, Path("figures"))
write_report(case, Path("report.html"))
"""


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="1 and 10 regions, not 30")
    parser.add_argument("--only", choices=["start", "one", "nbval", "many"], help="one part of it")
    asked = parser.parse_args()
    many = MANY[:2] if asked.quick else MANY
    rows: list[tuple[str, str, str, str]] = []

    def row(what: str, found: str, against: str = "", aim: str = "") -> None:
        rows.append((what, found, against, aim))
        print(f"| {what} | {found} | {against} | {aim} |", flush=True)

    print(f"load at the start: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)
    print("| what | time | against | aim |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        parts = {
            "start": lambda: _startup(row),
            "one": lambda: _one_region(Path(name), row),
            "nbval": lambda: _nbval(row),
            "many": lambda: _many(Path(name), many, row),
        }
        for part, measure in parts.items():
            if asked.only in (None, part):
                measure()
    print(f"load at the end: {os.getloadavg()[0]:.1f}")


Row = Callable[..., None]


def _startup(row: Row) -> None:
    for what, aim in (("--help", "under 0.5 s"), (f"check {EXAMPLE}", "under 2 s")):
        taken = min(_timed([str(BIN / "werkboek"), *what.split()]) for _ in range(3))
        row(f"`werkboek {what}`", f"{taken:.2f} s", aim=aim)
    warm_up()
    with _kernel({names.CHOSEN: names.PROVISIONER}):
        pass  # the first one waits for the imports
    begun = time.perf_counter()
    with _kernel({names.CHOSEN: names.PROVISIONER}) as run:
        run(_cells(series_notebooks(LANG)[7])[:2])
        row(
            "a second notebook opened in JupyterLab, first cell run",
            f"{time.perf_counter() - begun:.2f} s",
            aim="under 2 s",
        )


def _one_region(folder: Path, row: Row) -> None:
    data = _data(folder / "one", {EXAMPLE: EXAMPLE})
    notebooks = series_notebooks(LANG)
    floor, paper = _floor(data, notebooks)
    row("floor: the code cells in one warm process", f"{floor:.1f} s")
    row("the same, with the picture files and the report", f"{floor + paper:.1f} s")
    ours = _timed(_werkboek(data, EXAMPLE))
    again = _timed(_werkboek(data, EXAMPLE))
    stock = _timed(_stock(data, EXAMPLE, notebooks), ORDINARY)

    def above(taken: float) -> str:
        over = (taken - floor - paper) / len(notebooks)
        return f"floor with files: {taken / (floor + paper):.2f} ×, {over:+.2f} s a notebook"

    row(
        f"the series for one region, as it comes: {os.cpu_count()} processes",
        f"{ours:.1f} s",
        above(ours),
        AIMS["overhead"],
    )
    row("the same", f"{ours:.1f} s", f"stock papermill {stock:.1f} s: {stock / ours:.1f} ×",
        AIMS["stock"])  # fmt: skip
    alone = _timed(_werkboek(data, EXAMPLE, "--force", "--jobs", "1"))
    row(
        "the series for one region, one process (`--jobs 1`)",
        f"{alone:.1f} s",
        f"{above(alone)}; stock papermill: {stock / alone:.1f} ×",
    )
    row("the notebooks of both, cell for cell", f"{_alike(data, notebooks)} of 10 the same",
        aim="10")  # fmt: skip
    row("unchanged, run again", f"{again:.2f} s", aim=AIMS["again"])
    four = _data(folder / "four", {f"regio-{place}": EXAMPLE for place in range(4)})
    differ(four)
    ours = _timed(_werkboek(four, "--all", "--jobs", "2"))
    stock = sum(_timed(_stock(four, f"regio-{place}", notebooks), ORDINARY) for place in range(4))
    against = f"stock papermill in sequence {stock:.1f} s: {stock / ours:.1f} ×"
    row("four regions, two jobs", f"{ours:.1f} s", against, AIMS["four"])


def _alike(data: Path, notebooks: Sequence[Path]) -> int:
    """Count the notebooks of which both runners show the same, pictures included."""
    ours = data.parent / "runs" / EXAMPLE / LANG
    return sum(
        _shown(ours / path.name) == _shown(data.parent / "stock" / f"{place}.ipynb")
        for place, path in enumerate(notebooks)
    )


def _shown(path: Path) -> list[tuple[str, str, list[dict]]]:
    cells = tidy(nbformat.read(path, as_version=4)).cells
    return [
        (
            cell.cell_type,
            cell.source,
            [{**output, "execution_count": None} for output in cell.get("outputs", ())],
        )
        for cell in cells
    ]


def _nbval(row: Row) -> None:
    stock = sum(_timed(command, ORDINARY) for command in NBVAL)
    begun = time.perf_counter()
    # One process with the imports done, for all of `make test`.
    if together(NBVAL, os.environ | WARM):
        sys.exit("the notebooks don't pass")
    ours = time.perf_counter() - begun
    row("the nbval part of `make test`, two languages at once", f"{ours:.1f} s",
        f"stock nbval, one after the other {stock:.1f} s: {stock / ours:.1f} ×", AIMS["nbval"],
        )  # fmt: skip
    begun = time.perf_counter()
    if together(NBVAL, os.environ | ORDINARY):
        sys.exit("the notebooks don't pass")
    stock = time.perf_counter() - begun
    row(
        "the same",
        f"{ours:.1f} s",
        f"stock nbval, at once as well {stock:.1f} s: {stock / ours:.1f} ×",
    )


def _many(folder: Path, many: Sequence[int], row: Row) -> None:
    first = 0.0
    for count in many:
        data = _data(folder / f"of-{count}", {f"regio-{n:02d}": EXAMPLE for n in range(count)})
        differ(data)
        with _memory() as most:
            taken = _timed(_werkboek(data, "--all", "--jobs", "1")) / count
        first = first or taken
        row(f"{count} regions of one size", f"{taken:.1f} s a region, {most[0] >> 20} MB",
            f"{taken / first:.2f} × the first", AIMS["flat"])  # fmt: skip
        shutil.rmtree(data.parent)
    count = many[-1]
    sizes = {f"regio-{n:02d}": MIXED[n % len(MIXED)] for n in range(count)}
    data = _data(folder / "mixed", sizes)
    differ(data)
    with _memory() as most:
        taken = _timed(_werkboek(data, "--all", "--jobs", "1")) / count
    row(f"{count} regions of mixed sizes", f"{taken:.1f} s a region, {most[0] >> 20} MB")


def _data(folder: Path, regions: dict[str, str]) -> Path:
    for name, like in regions.items():
        shutil.copytree(ROOT / "data" / like, folder / "data" / name)
    return folder / "data"


def differ(data: Path) -> None:
    """Give each region scores of its own, so that none can show another's pictures."""
    for path in sorted(data.glob("*/ballots.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream)
        place = head.index("score")
        scores = [row[place] for row in rows]
        random.Random(path.parent.name).shuffle(scores)
        for row, score in zip(rows, scores, strict=True):
            row[place] = score
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows([head, *rows])


def _werkboek(data: Path, *told: str) -> list[str]:
    return [str(BIN / "werkboek"), "--data", str(data), "run", *told, "--lang", LANG]


def _stock(data: Path, region: str, notebooks: Sequence[Path]) -> list[str]:
    to = data.parent / "stock"
    to.mkdir(exist_ok=True)
    return [sys.executable, "-c", COLD, region, LANG, str(to), *map(str, notebooks)]


def _timed(command: Sequence[str], env: dict[str, str] | None = None) -> float:
    begun = time.perf_counter()
    variables = os.environ | {"WERKBOEK_DATA": _root_of(command)} | (env or {})
    if env is None:  # whoever uses it starts from nothing
        variables.pop(names.ADDRESS, None)
    done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return time.perf_counter() - begun


def _root_of(command: Sequence[str]) -> str:
    """Give the data root that a command is about; ours where it names none."""
    for part in command:
        if part.endswith("/data"):
            return part
        if part.endswith("/stock"):
            return str(Path(part).with_name("data"))
    return str(ROOT / "data")


def _cells(path: Path) -> list[str]:
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


def _floor(data: Path, notebooks: Sequence[Path]) -> tuple[float, float]:
    """Give the seconds that all cells take, and then the picture files and the report."""
    parameters = f"region, lang = {EXAMPLE!r}, {LANG!r}"
    (data.parent / "floor").mkdir()
    env = {
        "WERKBOEK_DATA": str(data),
        "WERKBOEK_PICTURES": str(data.parent / "floor"),
        names.CHOSEN: names.PROVISIONER,
    }
    with _kernel(env, data.parent / "floor") as run:
        run(["import workbook.exhibits, workbook.forms, workbook.report, workbook.run.series"])
        begun = time.perf_counter()
        for path in notebooks:
            first, *rest = _cells(path)
            run([first, parameters, *rest])
        middle = time.perf_counter()
        run([parameters, PAPER])
        return middle - begun, time.perf_counter() - middle


@contextmanager
def _kernel(env: dict[str, str], cwd: Path = ROOT) -> Iterator[Callable[[Sequence[str]], None]]:
    os.environ[names.CHOSEN] = names.PROVISIONER
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(env=os.environ | env, cwd=str(cwd), extra_arguments=["--log-level=50"])
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(120)

    def run(cells: Sequence[str]) -> None:
        for source in cells:
            reply = client.execute_interactive(source, output_hook=lambda _: None, timeout=600)
            if reply["content"]["status"] != "ok":
                sys.exit("\n".join(reply["content"]["traceback"]))

    try:
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@contextmanager
def _memory() -> Iterator[list[int]]:
    """Give the most memory that new children take together; what they share counts once."""
    most, ended = [0], threading.Event()
    before = set(psutil.Process().children(recursive=True))  # the floor's warm process

    def look() -> None:
        while not ended.wait(1):
            taken = 0
            for process in set(psutil.Process().children(recursive=True)) - before:
                with suppress(psutil.Error):
                    taken += process.memory_full_info().pss
            most[0] = max(most[0], taken)

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield most
    finally:
        ended.set()
        watching.join()


if __name__ == "__main__":
    main()
