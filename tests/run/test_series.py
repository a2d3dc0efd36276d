"""The series for a region: all of it, or what was there before."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.case import Case, CaseError
from workbook.exhibits import score_heatmap
from workbook.run import NotebookFailed, results_folder, run_region, series, series_notebooks
from workbook.run.spare import Spare


@pytest.fixture
def fake_execute(monkeypatch: pytest.MonkeyPatch):
    """Stand in for the kernels: copy the notebook, and fail where a test says so."""
    fail: dict[str, BaseException] = {}

    def execute(
        source: Path,
        target: Path,
        parameters: dict,
        *,
        data: Path,
        lang: str,
        limit: float,
        spare: Spare,
    ) -> None:
        assert parameters == {"region": "voorbeeldregio", "lang": lang}
        target.write_bytes(source.read_bytes())
        if error := fail.get(source.stem[:2]):
            raise NotebookFailed(target, str(error)) if isinstance(error, ValueError) else error

    monkeypatch.setattr("workbook.run.execute.execute", execute)
    return fail


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the drawing out where a test is about what stands where."""

    def write_figures(case: Case, folder: Path) -> None:
        folder.mkdir()
        (folder / "07_score_heatmap.png").write_bytes(case.region.encode())

    monkeypatch.setattr(series, "write_figures", write_figures)
    monkeypatch.setattr(series, "write_report", lambda case, path: path.write_text(case.region))


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_results_stand_where_they_are_promised(data: Path, fake_execute) -> None:
    outcome = run_region("voorbeeldregio", "nl", data)
    assert outcome.folder == results_folder("voorbeeldregio", "nl", data)
    assert outcome.folder == data.parent / "runs" / "voorbeeldregio" / "nl"
    names = [path.name for path in sorted(outcome.folder.glob("*.ipynb"))]
    assert names == [path.name for path in series_notebooks("nl")]
    assert [name[:2] for name in names] == [f"{n:02d}" for n in range(10)]
    drawn = {path.stem for path in (outcome.folder / "figures").glob("*.png")}
    assert drawn == {path.stem for path in (outcome.folder / "figures").glob("*.svg")}
    assert "07_score_heatmap" in drawn
    assert "Regio+welzijn+opvang" in outcome.supported
    assert "Een eigen stichting" in outcome.decided
    assert (outcome.folder / "report.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("moment", ["00", "05", "09"])
def test_an_interruption_leaves_the_earlier_results(
    data: Path, fake_execute, undrawn, moment: str
) -> None:
    folder = run_region("voorbeeldregio", "nl", data).folder
    before = everything(folder)
    case_before = everything(data)
    fake_execute[moment] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run_region("voorbeeldregio", "nl", data, force=True)
    assert everything(folder) == before
    assert everything(data) == case_before
    left = {path.name for path in folder.parent.iterdir()} - {".nl.lock"}
    assert left == {"nl"}, "no half-made folder is left"


def test_a_failing_notebook_is_kept_apart_with_its_reason(
    data: Path, fake_execute, undrawn
) -> None:
    folder = run_region("voorbeeldregio", "nl", data).folder
    before = everything(folder)
    fake_execute["06"] = ValueError("NameError: name 'x' is not defined")
    with pytest.raises(NotebookFailed, match="NameError") as caught:
        run_region("voorbeeldregio", "nl", data, force=True)
    assert caught.value.path == folder / "failed" / "06_shortlist.ipynb"
    assert caught.value.path.exists()
    after = everything(folder)
    assert {name: text for name, text in after.items() if "failed" not in name} == before
    assert len(caught.value.ran) == 6
    fake_execute.clear()
    run_region("voorbeeldregio", "nl", data, force=True)
    assert not (folder / "failed").exists()


def test_live_copies_are_never_touched(data: Path, fake_execute, undrawn) -> None:
    folder = results_folder("voorbeeldregio", "nl", data)
    live = folder / "live" / "07_preference.ipynb"
    live.parent.mkdir(parents=True)
    live.write_text("mine")
    (folder / "11_old.ipynb").write_text("old")
    run_region("voorbeeldregio", "nl", data)
    assert live.read_text() == "mine"
    assert not (folder / "11_old.ipynb").exists()


def test_a_case_with_errors_writes_nothing(data: Path, fake_execute) -> None:
    path = data / "voorbeeldregio" / "rounds.csv"
    path.write_text(path.read_text("utf-8").replace("revealed", "done", 1), "utf-8")
    with pytest.raises(CaseError, match=r"rounds\.csv"):
        run_region("voorbeeldregio", "nl", data)
    assert not (data.parent / "runs").exists()


def test_pictures_are_the_same_each_time(example: Case) -> None:
    first, second = score_heatmap(example), score_heatmap(example)
    assert first.png == second.png
    assert first.svg() == second.svg()
