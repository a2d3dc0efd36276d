"""One notebook with papermill: it runs, it fails with a reason, or it is refused."""

import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from workbook.case import UserError
from workbook.run import engine
from workbook.run import execute as module
from workbook.run.execute import NotebookFailed, execute


@pytest.fixture
def notebook(tmp_path):
    def save(*sources):
        cells = [new_code_cell('region = "a"\nlang = "nl"', metadata={"tags": ["parameters"]})]
        cells += [new_code_cell(source) for source in sources]
        metadata = {"kernelspec": {"name": "python3", "display_name": "x", "language": "python"}}
        path = tmp_path / "source" / "05_select.ipynb"
        path.parent.mkdir()
        nbformat.write(new_notebook(cells=cells, metadata=metadata), path)
        return path

    return save


@pytest.fixture
def target(tmp_path):
    folder = tmp_path / "fresh"
    folder.mkdir()
    return folder / "05_select.ipynb"


def outputs(path):
    return [
        output.get("text", "").strip()
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream"
    ]


@pytest.fixture
def dying(monkeypatch):
    """Kill so many kernels before they answer: as one dies whose port another process took."""
    killed = []

    def first(n):
        ready = engine._Caller.wait_for_ready

        async def kill_first(self, timeout=None):
            if len(killed) < n:
                killed.append(self.parent.kernel_id)
                await self.parent.provisioner.kill()
            await ready(self, timeout)

        monkeypatch.setattr(engine._Caller, "wait_for_ready", kill_first)
        return killed

    return first


def test_a_kernel_that_dies_before_it_answers_has_one_successor(notebook, target, tmp_path, dying):
    killed = dying(1)
    execute(notebook("print('ran')"), target, {"region": "twente"}, data=tmp_path)
    assert outputs(target) == ["ran"]
    assert len(killed) == 1


def test_a_successor_that_dies_as_well_is_told(notebook, target, tmp_path, dying):
    killed = dying(2)
    with pytest.raises(NotebookFailed, match="its kernel died"):
        execute(notebook("print('ran')"), target, {"region": "twente"}, data=tmp_path, lang="en")
    assert len({*killed}) == 2
    assert outputs(target) == []


def test_a_notebook_gets_its_parameters_its_data_and_its_folder(
    notebook, target, tmp_path, monkeypatch
):
    monkeypatch.delenv("WERKBOEK_DATA", raising=False)
    source = notebook(
        "print(region, lang)", 'import os\nprint(os.environ["WERKBOEK_DATA"])', "print(os.getcwd())"
    )
    before = source.read_bytes()
    data = tmp_path / "data"
    execute(source, target, {"region": "twente"}, data=data)
    assert outputs(target) == ["twente nl", str(data), str(target.parent)]
    assert source.read_bytes() == before
    assert "WERKBOEK_DATA" not in os.environ
    done = nbformat.read(target, as_version=4)
    assert done.metadata["parameters"] == {"region": "twente"}
    assert "papermill" not in done.metadata
    assert not any("papermill" in cell.metadata for cell in done.cells)
    assert list(target.parent.iterdir()) == [target]


def test_a_cell_that_raises_says_why_and_the_notebook_is_kept(
    notebook, target, tmp_path, monkeypatch
):
    monkeypatch.setenv("WERKBOEK_DATA", "before")
    source = notebook("print('first')", "raise KeyError('gone')", "print('never')")
    with pytest.raises(NotebookFailed) as caught:
        execute(source, target, {"region": "twente"}, data=tmp_path)
    assert caught.value.path == target
    assert caught.value.why == "KeyError: 'gone'"
    assert str(caught.value) == "05_select.ipynb: KeyError: 'gone'"
    assert outputs(target) == ["first"]
    assert os.environ["WERKBOEK_DATA"] == "before"


def test_a_notebook_that_takes_too_long_is_given_up(notebook, target, tmp_path):
    source = notebook("print('first')", "import time\ntime.sleep(60)")
    with pytest.raises(NotebookFailed) as caught:
        execute(source, target, {}, data=tmp_path, lang="en", limit=5)
    assert caught.value.path == target
    assert caught.value.why == "it took longer than 5 seconds"
    assert outputs(target) == ["first"]


def test_an_unknown_parameter_is_refused_before_anything_runs(
    notebook, target, tmp_path, monkeypatch
):
    monkeypatch.setattr(module.papermill, "execute_notebook", pytest.fail)
    with pytest.raises(UserError) as caught:
        execute(notebook(), target, {"regio": "twente"}, data=tmp_path, lang="en")
    assert str(caught.value) == "05_select.ipynb has no parameter regio; it has lang, region"
    assert not target.exists()
