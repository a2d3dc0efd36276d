"""Links between notebooks: relative everywhere, and a command inside JupyterLab."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from workbook import handbook
from workbook.forms.links import link, notebook_name


def arguments(html: str) -> dict[str, str]:
    found = re.search(r'data-commandlinker-args="([^"]*)"', html)
    assert found is not None
    return json.loads(unescape(found[1]))


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that JupyterLab serves; the notebook runs somewhere in it."""
    here = tmp_path / "runs" / "twente" / "nl" / "live"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setenv("WERKBOEK_SERVED", str(tmp_path / "runs"))
    return tmp_path / "runs"


def test_every_step_has_a_notebook_name(root: Path) -> None:
    sources = {path.stem for path in (root / "notebooks" / "src").glob("*.py")}
    sources.remove("10_compare")  # of no step: it puts regions side by side
    assert {notebook_name(s.number) for s in handbook.steps()} == {f"{n}.ipynb" for n in sources}


def test_outside_jupyterlab_it_is_a_plain_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WERKBOEK_SERVED", raising=False)
    html = link("01_involve.ipynb", "Step 1")
    assert html.startswith('<a href="01_involve.ipynb" ')
    assert html.endswith(">Step 1</a>")
    assert "commandlinker" not in html


def test_in_jupyterlab_it_opens_by_its_path_from_the_served_folder(served: Path) -> None:
    html = link("01_involve.ipynb", "Step 1")
    assert 'data-commandlinker-command="docmanager:open"' in html
    assert arguments(html) == {"path": "twente/nl/live/01_involve.ipynb"}
    assert '<a href="01_involve.ipynb" ' in html


def test_another_regions_notebook_opens_by_its_own_path(served: Path) -> None:
    target = served / 'hart van \'t "Oosten"' / "en" / "live" / "00_start.ipynb"
    assert arguments(link(target, "Open")) == {
        "path": 'hart van \'t "Oosten"/en/live/00_start.ipynb'
    }


def test_what_isnt_served_is_a_plain_link(served: Path, tmp_path: Path) -> None:
    html = link(tmp_path / "elsewhere" / "00_start.ipynb", "Open")
    assert "commandlinker" not in html
    beside = tmp_path / "runs-of-somebody-else" / "00_start.ipynb"
    assert "commandlinker" not in link(beside, "Open")


def test_words_and_targets_are_escaped(served: Path) -> None:
    html = link('a"><script>.ipynb', "<b>& co")
    assert "<script>" not in html and "<b>" not in html
    assert "&lt;b&gt;&amp; co</a>" in html
    assert arguments(html) == {"path": 'twente/nl/live/a"><script>.ipynb'}
