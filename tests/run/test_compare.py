"""Comparing regions: all of it, or what was there before."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from workbook.case import UserError
from workbook.exhibits import Exhibit
from workbook.run import NotebookFailed, compare, compare_regions
from workbook.run.comparison_book import comparison_book
from workbook.run.notebooks import check_parameters, known_parameters
from workbook.run.sources import NOTEBOOKS

BOTH = ("voorbeeldregio", "west-brabant")


@pytest.fixture
def fake_execute(monkeypatch: pytest.MonkeyPatch) -> dict[str, Exception]:
    """Stand in for the kernel: copy the notebook, and fail where a test says so."""
    fail: dict[str, Exception] = {}

    def execute(source: Path, target: Path, parameters: dict, *, data: Path, lang: str) -> None:
        check_parameters(source, parameters, lang)
        target.write_bytes(source.read_bytes())
        if "error" in fail:
            raise fail["error"]

    monkeypatch.setattr(compare, "execute", execute)
    return fail


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave most of the drawing out where a test is about what stands where."""
    monkeypatch.setattr(compare, "COMPARISON", compare.COMPARISON[:2])


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_notebook_takes_regions_and_a_language(lang: str) -> None:
    notebook = nbformat.read(NOTEBOOKS / lang / f"{compare.NAME}.ipynb", as_version=4)
    assert known_parameters(notebook) == {"regions", "lang"}


def test_results_stand_where_they_are_promised(data: Path, fake_execute) -> None:
    steps: list[str] = []
    folder = compare_regions([*BOTH, BOTH[0]], "en", data, advance=steps.append)
    assert folder == data.parent / "runs" / "compare" / "en"
    assert steps == ["10_compare", "figures"]
    drawn = {path.stem for path in (folder / "figures").glob("*.png")}
    assert drawn == {path.stem for path in (folder / "figures").glob("*.svg")}
    assert {"10_compare_steps", "10_compare_priorities", "10_compare_outcomes"} <= drawn
    assert sorted(path.name for path in folder.iterdir()) == [
        "10_compare.ipynb",
        "comparison.xlsx",
        "figures",
    ]
    book = openpyxl.load_workbook(folder / "comparison.xlsx")
    assert book.sheetnames[:3] == ["about", "regions", "steps"]
    assert "questions" in book.sheetnames
    rows = list(book["outcomes"].values)
    assert [row[0] for row in rows] == [
        "Region",
        "Voorbeeldregio (fictional)",
        "West-Brabant (from a text)",
    ]
    assert [path.name for path in folder.parent.iterdir()] == ["en"]


def test_a_second_comparison_replaces_the_first_and_nothing_else(
    data: Path, fake_execute, undrawn
) -> None:
    folder = compare_regions(BOTH, "en", data)
    before = everything(folder)
    (folder / "notes.txt").write_text("mine", "utf-8")
    compare_regions(["west-brabant"], "en", data)
    after = everything(folder)
    assert after.pop("notes.txt") == b"mine"
    assert after.keys() == before.keys()
    assert after["comparison.xlsx"] != before["comparison.xlsx"]


def test_a_region_that_is_not_right_leaves_everything_as_it_was(
    data: Path, fake_execute, undrawn
) -> None:
    folder = compare_regions(BOTH, "en", data)
    before = everything(folder.parent)
    (data / "west-brabant" / "criteria.csv").write_text("onzin\n", "utf-8")
    with pytest.raises(UserError, match="west-brabant"):
        compare_regions(BOTH, "en", data)
    with pytest.raises(UserError, match="nergens"):
        compare_regions(["voorbeeldregio", "nergens"], "en", data)
    assert everything(folder.parent) == before


def test_a_failed_notebook_is_kept_apart(data: Path, fake_execute, undrawn) -> None:
    folder = compare_regions(BOTH, "en", data)
    before = everything(folder)
    source = NOTEBOOKS / "en" / "10_compare.ipynb"
    fake_execute["error"] = NotebookFailed(folder / source.name, "ValueError: no")
    fake_execute["error"].path = folder.parent / "gone.ipynb"
    with pytest.raises(NotebookFailed) as caught:
        compare_regions(BOTH, "en", data)
    assert caught.value.path == folder / "failed" / "gone.ipynb"
    assert everything(folder) == before


def test_an_interruption_leaves_everything_as_it_was(
    data: Path, fake_execute, undrawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = compare_regions(BOTH, "en", data)
    before = everything(folder.parent)

    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(compare, "write_comparison", interrupted)
    with pytest.raises(KeyboardInterrupt):
        compare_regions(BOTH, "en", data)
    assert everything(folder.parent) == before


def test_a_kernel_that_raises_ends_in_a_kept_notebook(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parameters = new_code_cell('regions = []\nlang = "nl"', metadata={"tags": ["parameters"]})
    broken = new_notebook(cells=[parameters, new_code_cell("1 / 0")])
    (tmp_path / "broken" / "en").mkdir(parents=True)
    nbformat.write(broken, tmp_path / "broken" / "en" / "10_compare.ipynb")
    monkeypatch.setattr(compare, "NOTEBOOKS", tmp_path / "broken")
    with pytest.raises(NotebookFailed, match="ZeroDivisionError") as caught:
        compare_regions(["west-brabant"], "en", data)
    assert caught.value.path.exists()
    left = everything(data.parent / "runs" / "compare")
    assert list(left) == ["en/failed/10_compare.ipynb"]


def test_what_people_typed_is_no_formula_in_the_book() -> None:
    table = pd.DataFrame([{"Region": "=1+1", "n": 3}, {"Region": "http://x", "n": "–"}])
    shown = [
        Exhibit("compare_" + "x" * 40, "T", "S", "", table, ("from",)),
        Exhibit("compare_" + "x" * 40 + "2", "T", "S", "", table, ()),
        Exhibit("compare_none", "T", "S", "", pd.DataFrame(), ()),
    ]
    book = openpyxl.load_workbook(BytesIO(comparison_book(shown, str)))
    assert len(book.sheetnames) == 3 and len(set(book.sheetnames)) == 3
    cells = list(book[book.sheetnames[1]].values)
    assert cells == [("Region", "n"), ("=1+1", 3), ("http://x", "–")]
    assert book[book.sheetnames[1]]["A2"].data_type == "s"
