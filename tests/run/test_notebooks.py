"""The numbered notebooks: which there are, which parameters they take, what is tidied away."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from workbook.case import UserError
from workbook.run.notebooks import check_parameters, known_parameters, tidy
from workbook.run.sources import series_notebooks


@pytest.fixture
def notebook(tmp_path):
    """Save a notebook with these parameters; give its path."""

    def save(source='region = "voorbeeldregio"\nlang = "nl"', tags=("parameters",)):
        cell = new_code_cell(source, metadata={"tags": list(tags)})
        path = tmp_path / "07_preference.ipynb"
        nbformat.write(new_notebook(cells=[new_markdown_cell("# Title"), cell]), path)
        return path

    return save


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_series_is_00_to_09_in_order(lang):
    names = [path.stem for path in series_notebooks(lang)]
    assert [name[:2] for name in names] == [f"{n:02d}" for n in range(10)]
    assert names == sorted(names)
    assert {path.parent.name for path in series_notebooks(lang)} == {lang}


def test_comparing_regions_is_not_part_of_one_region_s_series(tmp_path):
    (tmp_path / "nl").mkdir()
    for name in ("01_involve", "00_start", "10_compare", "notes", "01_involve.bak"):
        (tmp_path / "nl" / f"{name}.ipynb").touch()
    (tmp_path / "nl" / "02_deployment.py").touch()
    found = [path.name for path in series_notebooks("nl", tmp_path)]
    assert found[0] == "00_start.ipynb"
    assert "10_compare.ipynb" not in found
    assert "notes.ipynb" not in found
    assert "02_deployment.py" not in found


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_notebook_of_the_series_takes_a_region_and_a_language(lang):
    for path in series_notebooks(lang):
        check_parameters(path, {"region": "west-brabant", "lang": lang})
        assert known_parameters(nbformat.read(path, as_version=4)) == {"region", "lang"}


def test_an_unknown_parameter_is_refused_with_those_that_exist(notebook):
    with pytest.raises(UserError) as caught:
        check_parameters(notebook(), {"region": "x", "regio": "x", "colour": 1}, "en")
    assert str(caught.value) == (
        "07_preference.ipynb has no parameter colour, regio; it has lang, region"
    )


def test_a_notebook_without_a_parameters_cell_has_no_parameters(notebook):
    path = notebook(tags=("setup",))
    assert known_parameters(nbformat.read(path, as_version=4)) == set()
    check_parameters(path, {}, "en")
    with pytest.raises(UserError, match="has no parameter region"):
        check_parameters(path, {"region": "x"}, "en")


def test_a_comment_is_not_a_parameter(notebook):
    path = notebook('# set region = "..." below\nregion = "x"  # a = b\n\nlang: str = "nl"')
    assert known_parameters(nbformat.read(path, as_version=4)) == {"region", "lang"}


def executed():
    output = new_output(
        "display_data",
        {
            "image/png": "AAAA",
            "text/plain": "alt",
            "application/vnd.jupyter.widget-view+json": {"model_id": "random"},
        },
        metadata={"needs_background": "light"},
    )
    cells = [
        new_code_cell(
            'region = "twente"',
            id="random-1",
            metadata={"tags": ["injected-parameters"], "papermill": {"duration": 1.2}},
        ),
        new_code_cell(
            "show()",
            id="stable",
            execution_count=3,
            outputs=[output, new_output("stream", text="said")],
            metadata={"tags": [], "execution": {"iopub.execute_input": "2026-01-31"}},
        ),
    ]
    metadata = {
        "widgets": {"state": {}},
        "papermill": {"parameters": {"region": "twente"}, "start_time": "now", "input_path": "/x"},
        "kernelspec": {"name": "my-own", "display_name": "Mine", "language": "python"},
        "language_info": {"name": "python", "version": "3.11.7"},
        "execution": {"timeout": 3},
    }
    return new_notebook(cells=cells, metadata=metadata)


def test_what_changes_from_run_to_run_is_tidied_away():
    tidied = tidy(executed())
    assert tidied.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "parameters": {"region": "twente"},
    }
    injected, shown = tidied.cells
    assert injected.id == "injected-00"
    assert injected.metadata == {"tags": ["injected-parameters"]}
    assert (shown.id, shown.metadata) == ("stable", {})
    nbformat.validate(tidied)


def test_what_a_reader_sees_stays():
    _, shown = tidy(executed()).cells
    assert shown.outputs[0].data == {"image/png": "AAAA", "text/plain": "alt"}
    assert shown.outputs[0].metadata == {}
    assert shown.outputs[1].text == "said"
    assert shown.execution_count == 3


def test_tidying_twice_is_tidying_once():
    once = tidy(executed())
    assert tidy(copy.deepcopy(once)) == once
