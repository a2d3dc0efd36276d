"""Notebooks are run from the last on as well, each once, and it shows in nothing but the time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from tests.run.conftest import Series
from tests.run.warm.conftest import gone, needs_fork, until
from workbook.run import NotebookFailed, ahead, run_region
from workbook.run.ahead import Ahead, Share, run_from_the_last, running_ahead
from workbook.run.spare import Spare

COUNTS = "open({told!r}, 'a').write('{name} ')\nprint('{name}')"
SLOW = "\nimport time; time.sleep(3)"


@pytest.fixture
def share(tmp_path: Path) -> Share:
    paths = [str(tmp_path / "from" / f"0{n}_x.ipynb") for n in range(4)]
    return Share("twente", "en", str(tmp_path), 5, str(tmp_path), paths)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which notebooks were run here, in order; 01 fails."""
    names: list[str] = []

    def execute(source: Path, target: Path, *_arguments: object, **_options: object) -> None:
        names.append(source.name[:2])
        if source.name.startswith("01"):
            raise NotebookFailed(target, "no such thing")

    monkeypatch.setattr("workbook.run.execute.execute", execute)
    return names


class Process:
    """Somebody who runs notebooks ahead; ends after so many looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def poll(self) -> int | None:
        self.looks -= 1
        return None if self.looks >= 0 else -9


def test_from_the_last_on_until_one_is_taken_or_fails(share: Share, ran: list[str]) -> None:
    assert share.take(Path(share.notebooks[2]))
    assert not share.take(Path(share.notebooks[2]))
    run_from_the_last(share)
    assert ran == ["03", "01"], "02 has somebody, and after 01 there is nothing to gain"
    assert [share.told(Path(path)) for path in share.notebooks] == [None, "no such thing", None, ""]


def test_what_failed_there_fails_when_its_turn_comes(share: Share, ran: list[str]) -> None:
    run_from_the_last(share)
    here = Ahead(share, [])
    assert here.run(Path(share.notebooks[0]), Spare(1))
    assert not here.run(Path(share.notebooks[1]), Spare(1))
    with pytest.raises(NotebookFailed, match="no such thing") as failed:
        here.wait(Path(share.notebooks[1]))
    assert failed.value.path == Path(share.folder, "01_x.ipynb")
    assert ran == ["03", "02", "01", "00"], "each once"


def test_what_was_taken_by_somebody_who_ended_is_run_here(share: Share, ran: list[str]) -> None:
    taken = Path(share.notebooks[3])
    share.take(taken)
    somebody = Process(looks=2)
    here = Ahead(share, [somebody])  # type: ignore[list-item]
    assert not here.run(taken, Spare(1))
    here.wait(taken)
    assert ran == ["03"]
    assert somebody.looks < 0, "first they were waited for"


@needs_fork
def test_each_runs_once_and_all_is_as_without(series_of: Callable[..., Series]) -> None:
    series = series_of()
    told = series.folder / "told"
    names = ["00_a", "01_b", "02_c", "03_d"]
    slow = {"00_a": SLOW}
    cells = {f"nb{n}": COUNTS.format(told=str(told), name=n) + slow.get(n, "") for n in names}
    series.write(**cells)
    outcome = run_region("twente", "en", series.data, ahead=2)
    assert list(outcome.ran) == [f"{name}.ipynb" for name in names]
    assert sorted(told.read_text().split()) == names
    assert told.read_text().split() != names, "nobody ran one from the end"
    for name in names:
        cells = nbformat.read(outcome.folder / f"{name}.ipynb", as_version=4).cells
        assert cells[-1].outputs[0].text == f"{name}\n"
    assert not list(series.results.parent.glob(".en.new*"))


@needs_fork
def test_the_report_is_written_while_the_last_ones_run(series_of: Callable[..., Series]) -> None:
    series = series_of(nb00_a=f"1{SLOW}", nb01_b="2", nb02_c=f"3{SLOW * 3}")
    told: list[str] = []
    outcome = run_region("twente", "en", series.data, ahead=1, advance=told.append)
    assert told == ["00_a", "01_b", "02_c", "report"]
    assert outcome.ran == ("00_a.ipynb", "01_b.ipynb", "02_c.ipynb")
    written = (outcome.folder / "report.html").stat().st_mtime
    assert written < (outcome.folder / "02_c.ipynb").stat().st_mtime


@needs_fork
def test_one_that_fails_stops_its_region(series_of: Callable[..., Series]) -> None:
    series = series_of(nb00_a=f"1{SLOW}", nb01_b="2", nb02_c="1 / 0")
    with pytest.raises(NotebookFailed, match="02_c") as failed:
        run_region("twente", "en", series.data, ahead=1)
    assert failed.value.ran == ("00_a.ipynb", "01_b.ipynb")
    assert failed.value.path == series.results / "failed" / "02_c.ipynb"
    assert "ZeroDivisionError" in failed.value.path.read_text("utf-8")
    assert series.left() == {"twente/en/failed/02_c.ipynb"}


@needs_fork
def test_nobody_runs_on_when_it_is_over(
    series_of: Callable[..., Series], monkeypatch: pytest.MonkeyPatch
) -> None:
    series = series_of()
    pids = series.folder / "pids"
    series.write(
        nb00_a="1 / 0",
        nb01_b=f"import os\nopen({str(pids)!r}, 'w').write(str(os.getpid()))\n{SLOW * 20}",
    )
    helpers = []

    def launch(command: list[str]):
        helpers.append(launched := real(command))
        assert until(pids.exists, 60)
        return launched

    real = ahead.launch
    monkeypatch.setattr(ahead, "launch", launch)
    with pytest.raises(NotebookFailed, match="00_a"):
        run_region("twente", "en", series.data, ahead=1)
    assert gone(helpers[0].pid, 0)
    assert gone(int(pids.read_text()))
    assert not list(series.results.parent.glob(".en.new*"))


def test_without_warm_processes_nobody_does(share: Share, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WERKBOEK_WARM", "off")
    with running_ahead(share, 2) as others:
        assert others._processes == []
