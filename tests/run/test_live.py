"""Live copies: made for a region, and never written over once a person changed them."""

from __future__ import annotations

import importlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from filelock import FileLock
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from workbook.case import CaseError, UserError
from workbook.run import Prepared, copies, latest_region, live, prepare, series_notebooks
from workbook.run.places import live_folder

REGION = "voorbeeldregio"


@pytest.fixture(autouse=True)
def signatures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the person's own database of trusted notebooks out of it."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


class Package:
    """A package with two small notebooks, of which a new version can come out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.publish("first")

    def publish(self, version: str) -> None:
        for lang in ("nl", "en"):
            (self.folder / lang).mkdir(parents=True, exist_ok=True)
            for name in ("00_start", "01_involve"):
                parameters = new_code_cell(
                    f'region = "other"\nlang = "{lang}"', metadata={"tags": ["parameters"]}
                )
                said = new_output("stream", text="said")
                cells = [
                    new_markdown_cell(f"# {name}"),
                    parameters,
                    new_code_cell(f"print({version!r})", execution_count=1, outputs=[said]),
                ]
                nbformat.write(new_notebook(cells=cells), self.folder / lang / f"{name}.ipynb")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    folder = tmp_path / "package"
    monkeypatch.setattr(
        "workbook.run.sources.series_notebooks", lambda lang: series_notebooks(lang, folder)
    )
    return Package(folder)


def cells(path: Path) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in read(path).cells]


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def sources(path: Path) -> str:
    return "\n".join(source for _, source in cells(path))


def edit(path: Path, change) -> bytes:
    """Change a copy as a person would, and give what is in the file then."""
    notebook = read(path)
    change(notebook)
    nbformat.write(notebook, path)
    return path.read_bytes()


def type_in(notebook: nbformat.NotebookNode) -> None:
    notebook.cells[0].source += "\nOnze aantekening."


def run_it(notebook: nbformat.NotebookNode) -> None:
    """Do to a notebook what JupyterLab does when it is opened, run, looked at and saved."""
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11"}
    notebook.metadata["toc"] = {"open": True}
    for count, cell in enumerate(c for c in notebook.cells if c.cell_type == "code"):
        cell.execution_count = count + 1
        cell.outputs = [new_output("stream", text="said")]
        cell.metadata.pop("jupyter")


# --- what a copy is


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("region", [REGION, "west-brabant"])
def test_every_notebook_of_the_series_gets_a_copy_for_the_region(
    data: Path, region: str, lang: str
) -> None:
    before = {path: path.read_bytes() for path in series_notebooks(lang)}
    made = prepare(region, lang, data)
    folder = data.parent / "runs" / region / lang / "live"
    assert made == Prepared(folder, folder / "00_start.ipynb", (), ())
    assert [path.name for path in sorted(folder.glob("*.ipynb"))] == [path.name for path in before]
    for source in before:
        notebook = read(folder / source.name)
        nbformat.validate(notebook)
        injected = next(
            c for c in notebook.cells if "injected-parameters" in c.metadata.get("tags", ())
        )
        assert injected.source.splitlines()[1:] == [f'region = "{region}"', f'lang = "{lang}"']
        left = [s for s in cells(source) if s not in cells(folder / source.name)]
        # What is said about the code is left out where the code is folded away.
        assert left == [
            (cell.cell_type, cell.source)
            for cell in read(source).cells
            if "about-code" in cell.metadata.get("tags", ())
        ]
        assert len(left) == 1
        assert all(cell.metadata["deletable"] is False for cell in notebook.cells)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_copy_has_no_output_and_its_code_is_folded_away(data: Path, lang: str) -> None:
    folder = prepare(REGION, lang, data).folder
    for path in folder.glob("*.ipynb"):
        notebook = read(path)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert code
        for cell in code:
            assert cell.outputs == []
            assert cell.execution_count is None
            assert cell.metadata["jupyter"] == {"source_hidden": True}
        assert "papermill" not in path.read_text("utf-8")
        assert notebook.metadata["kernelspec"]["name"] == "python3"
        assert set(notebook.metadata["werkboek"]) == {"made"}
        assert len(notebook.metadata["werkboek"]["made"]) == 64


def test_a_copy_runs_with_the_region_s_values(data: Path, package: Package) -> None:
    first = prepare(REGION, "en", data).first
    values: dict[str, str] = {}
    for cell in read(first).cells:
        if cell.cell_type == "code":
            exec(cell.source, values)
    assert (values["region"], values["lang"]) == (REGION, "en")


def test_the_data_root_is_the_argument_else_the_variable(
    data: Path, tmp_path: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WERKBOEK_DATA", str(tmp_path / "elsewhere" / "data"))
    assert prepare(REGION, "nl", data).folder.is_relative_to(tmp_path / "runs")
    assert not (tmp_path / "elsewhere").exists()
    monkeypatch.setenv("WERKBOEK_DATA", str(data))
    assert prepare("west-brabant", "nl").folder == live_folder("west-brabant", "nl", data)


def test_a_copy_is_trusted(data: Path, package: Package) -> None:
    first = prepare(REGION, "nl", data).first
    assert NotebookNotary().check_signature(read(first))
    edit(first, type_in)
    assert not NotebookNotary().check_signature(read(first))


def test_a_damaged_database_of_signatures_stops_nothing(
    data: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr(copies, "NotebookNotary", refuse)
    assert prepare(REGION, "nl", data).first.exists()


# --- an unchanged copy


def test_an_unchanged_copy_of_this_version_is_left_with_its_output(
    data: Path, package: Package
) -> None:
    first = prepare(REGION, "nl", data).first
    kept = edit(first, run_it)
    again = prepare(REGION, "nl", data)
    assert (again.kept, again.beside) == ((), ())
    assert first.read_bytes() == kept


def test_an_unchanged_copy_follows_a_new_version(data: Path, package: Package) -> None:
    first = prepare(REGION, "nl", data).first
    edit(first, run_it)
    package.publish("second")
    again = prepare(REGION, "nl", data)
    assert (again.kept, again.beside) == ((), ())
    assert "print('second')" in sources(first)
    assert read(first).cells[-1].outputs == []


def test_copies_of_another_region_or_language_are_their_own(data: Path, package: Package) -> None:
    dutch = prepare(REGION, "nl", data).first
    mine = edit(dutch, type_in)
    english = prepare(REGION, "en", data)
    other = prepare("west-brabant", "nl", data)
    assert english.kept == other.kept == ()
    assert dutch.read_bytes() == mine
    assert len({dutch, english.first, other.first}) == 3


# --- a changed copy


def swap(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.reverse()


def remove(notebook: nbformat.NotebookNode) -> None:
    del notebook.cells[-1]


def add(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.append(new_markdown_cell(""))


def retype(notebook: nbformat.NotebookNode) -> None:
    notebook.cells[0] = new_code_cell(notebook.cells[0].source)


def unmark(notebook: nbformat.NotebookNode) -> None:
    del notebook.metadata["werkboek"]


CHANGES = [type_in, swap, remove, add, retype, unmark]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_never_overwritten(data: Path, package: Package, change) -> None:
    made = prepare(REGION, "nl", data)
    mine = edit(made.first, change)
    package.publish("second")
    again = prepare(REGION, "nl", data)
    new = made.folder / "00_start.new.ipynb"
    assert made.first.read_bytes() == mine
    assert (again.kept, again.beside) == ((made.first,), (new,))
    assert again.first == made.first
    assert "print('second')" in sources(new)
    assert read(new).cells[-1].metadata["jupyter"] == {"source_hidden": True}
    assert "print('second')" in sources(made.folder / "01_involve.ipynb")


BROKEN = {
    "empty": b"",
    "half": None,
    "text": b"not a notebook",
    "list": b"[]",
    "no cells": json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}}).encode(),
    "old format": json.dumps({"nbformat": 3, "nbformat_minor": 0, "worksheets": []}).encode(),
    "bytes": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_can_t_be_read_counts_as_changed(data: Path, package: Package, name: str) -> None:
    first = prepare(REGION, "nl", data).first
    content = BROKEN[name]
    if content is None:
        content = first.read_bytes()[: first.stat().st_size // 2]
    first.write_bytes(content)
    again = prepare(REGION, "nl", data)
    assert first.read_bytes() == content
    assert again.kept == (first,)
    assert again.beside == (first.with_name("00_start.new.ipynb"),)
    assert "print('first')" in sources(again.beside[0])


def test_a_copy_that_is_being_saved_just_then_is_not_called_changed(
    data: Path, package: Package
) -> None:
    first = prepare(REGION, "nl", data).first
    whole = first.read_bytes()
    first.write_bytes(whole[:100])
    with ThreadPoolExecutor(1) as pool:
        again = pool.submit(prepare, REGION, "nl", data)
        time.sleep(0.2)
        first.write_bytes(whole)
    assert (again.result().kept, again.result().beside) == ((), ())
    assert first.read_bytes() == whole


def test_without_a_new_version_nothing_is_put_beside_a_changed_copy(
    data: Path, package: Package
) -> None:
    made = prepare(REGION, "nl", data)
    mine = edit(made.first, type_in)
    again = prepare(REGION, "nl", data)
    assert (again.kept, again.beside) == ((made.first,), ())
    assert made.first.read_bytes() == mine
    assert len(list(made.folder.glob("*.ipynb"))) == 2


def test_the_new_version_stays_beside_it_and_is_told_again(data: Path, package: Package) -> None:
    made = prepare(REGION, "nl", data)
    edit(made.first, type_in)
    package.publish("second")
    again = prepare(REGION, "nl", data)
    worked_in = edit(again.beside[0], run_it)
    assert prepare(REGION, "nl", data) == again
    assert again.beside[0].read_bytes() == worked_in
    package.publish("third")
    assert prepare(REGION, "nl", data) == again
    assert "print('third')" in sources(again.beside[0])


def test_a_new_version_that_was_changed_too_is_left_alone(data: Path, package: Package) -> None:
    made = prepare(REGION, "nl", data)
    old = edit(made.first, type_in)
    package.publish("second")
    new = prepare(REGION, "nl", data).beside[0]
    newer = edit(new, type_in)
    same = prepare(REGION, "nl", data)
    assert (same.kept, same.beside) == ((made.first, new), ())
    package.publish("third")
    again = prepare(REGION, "nl", data)
    assert again.kept == (made.first, new)
    assert again.beside == (made.folder / "00_start.new-2.ipynb",)
    assert "print('third')" in sources(again.beside[0])
    assert (made.first.read_bytes(), new.read_bytes()) == (old, newer)


def test_a_person_who_came_to_the_same_cells_gets_no_second_copy(
    data: Path, package: Package
) -> None:
    def foresee(notebook: nbformat.NotebookNode) -> None:
        notebook.cells[-1].source = "print('second')"

    first = prepare(REGION, "nl", data).first
    mine = edit(first, foresee)
    package.publish("second")
    again = prepare(REGION, "nl", data)
    assert (again.kept, again.beside) == ((), ())
    assert first.read_bytes() == mine


def test_a_file_that_is_not_ours_stays(data: Path, package: Package) -> None:
    folder = prepare(REGION, "nl", data).folder
    (folder / "notes.ipynb").write_text("mine")
    (folder / "11_old.ipynb").write_text("mine")
    assert prepare(REGION, "nl", data).kept == ()
    assert (folder / "notes.ipynb").read_text() == (folder / "11_old.ipynb").read_text() == "mine"


# --- interruptions and company


def test_an_interruption_leaves_whole_files(
    data: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = prepare(REGION, "nl", data)
    before = {path.name: path.read_bytes() for path in made.folder.glob("*.ipynb")}
    package.publish("second")

    def stop(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", stop)
        prepare(REGION, "nl", data)
    assert {path.name: path.read_bytes() for path in made.folder.glob("*.ipynb")} == before
    assert list(made.folder.glob(".*.tmp")) == []
    prepare(REGION, "nl", data)
    assert "print('second')" in sources(made.first)


def test_two_at_once_are_safe(data: Path, package: Package) -> None:
    made = prepare(REGION, "nl", data)
    mine = edit(made.first, type_in)
    package.publish("second")
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: prepare(REGION, "nl", data), range(8)))
    new = made.folder / "00_start.new.ipynb"
    assert found == {Prepared(made.folder, made.first, (made.first,), (new,))}
    assert made.first.read_bytes() == mine
    names = {path.name for path in made.folder.glob("*.ipynb")}
    assert names == {"00_start.ipynb", "00_start.new.ipynb", "01_involve.ipynb"}


def test_who_has_to_wait_too_long_is_told_so(
    data: Path, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = prepare(REGION, "nl", data).folder
    monkeypatch.setattr(live, "FileLock", lambda path, timeout: FileLock(path, timeout=0.01))
    with FileLock(folder / live.LOCK), pytest.raises(UserError) as caught:
        prepare(REGION, "nl", data)
    assert str(caught.value.message.render("en")) == (
        "somebody else is making the same notebooks; try again in a moment"
    )


def test_a_folder_that_can_t_be_written_is_a_sentence(data: Path, package: Package) -> None:
    (data.parent / "runs").write_text("in the way")
    with pytest.raises(UserError) as caught:
        prepare(REGION, "en", data)
    folder = live_folder(REGION, "en", data)
    assert str(caught.value).startswith(f"the notebooks in {folder} could not be written (")


# --- what is refused


@pytest.mark.parametrize(
    ("region", "lang", "sentence"),
    [
        ("nergens", "en", "there is no region “nergens” in "),
        ("../data", "en", "“../data” can't be a region's name"),
        (REGION, "de", "de"),
    ],
)
def test_an_unknown_region_or_language_is_refused(
    data: Path, region: str, lang: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        prepare(region, lang, data)
    assert not (data.parent / "runs").exists()


def test_a_case_with_errors_is_refused_with_every_error(data: Path) -> None:
    path = data / REGION / "rounds.csv"
    path.write_text(path.read_text("utf-8").replace("revealed", "done", 1), "utf-8")
    with pytest.raises(CaseError, match=r"rounds\.csv"):
        prepare(REGION, "nl", data)
    assert not (data.parent / "runs").exists()


# --- which region, if none is named


def opened(region: str, lang: str, data: Path, when: int) -> None:
    folder = live_folder(region, lang, data)
    folder.mkdir(parents=True)
    os.utime(folder, (when, when))


def test_the_region_worked_in_last_comes_first(data: Path, package: Package) -> None:
    assert latest_region("nl", data) == REGION
    opened("west-brabant", "nl", data, 1_000)
    assert latest_region("nl", data) == "west-brabant"
    assert latest_region("en", data) == REGION, "the other language has folders of its own"
    opened(REGION, "nl", data, 2_000)
    assert latest_region("nl", data) == REGION
    opened("gone", "nl", data, 3_000)
    assert latest_region("nl", data) == REGION, "a region without a case can't be opened"
    prepare("west-brabant", "nl", data)
    assert latest_region("nl", data) == "west-brabant"


def test_opening_counts_even_if_nothing_had_to_be_written(data: Path, package: Package) -> None:
    for region in (REGION, "west-brabant"):
        os.utime(prepare(region, "nl", data).folder, (1_000, 1_000))
    prepare(REGION, "nl", data)
    assert latest_region("nl", data) == REGION
    os.utime(live_folder(REGION, "nl", data), (1_000, 1_000))
    prepare("west-brabant", "nl", data)
    assert latest_region("nl", data) == "west-brabant"


def test_without_the_example_the_first_region_is_opened(data: Path) -> None:
    (data / REGION).rename(data / "aa-en-hunze")
    assert latest_region("nl", data) == "aa-en-hunze"


def test_without_any_region_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        latest_region("en", tmp_path)
    assert str(caught.value) == (
        f"there is no region in {tmp_path} yet; make one with: werkboek new NAME"
    )


def test_notebook_00_doesn_t_wait_for_what_it_may_never_use() -> None:
    code = (
        "import sys\nfrom workbook import run\nrun.prepare\n"
        "print([m for m in ('papermill', 'nbformat', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert importlib.import_module("workbook.run").prepare is live.prepare
