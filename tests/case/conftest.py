"""A copy of the fictional region to break, one per test."""

import os
import shutil
from pathlib import Path

import pytest

from workbook.case import CaseError, open_case

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def root(tmp_path, monkeypatch):
    """Give a data root that holds a copy of voorbeeldregio."""
    monkeypatch.delitem(os.environ, "WERKBOEK_DATA", raising=False)
    shutil.copytree(
        DATA / "voorbeeldregio",
        tmp_path / "data" / "voorbeeldregio",
        ignore=shutil.ignore_patterns(".*"),
    )
    return tmp_path / "data"


@pytest.fixture
def folder(root):
    return root / "voorbeeldregio"


@pytest.fixture
def case(root):
    return open_case("voorbeeldregio", lang="en", root=root)


@pytest.fixture
def edit(folder):
    """Replace a text in a file of the case; it must be there."""

    def change(name, old, new, count=1):
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new, count), "utf-8")

    return change


@pytest.fixture
def problems(root):
    """Open the copy, which must fail, and give its problems in English."""

    def collect():
        with pytest.raises(CaseError) as caught:
            open_case("voorbeeldregio", lang="en", root=root)
        return [problem.render("en") for problem in caught.value.problems]

    return collect
