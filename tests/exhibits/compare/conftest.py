"""Regions to compare."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.exhibits.compare.generated import generate, slug
from workbook.case import Case, Cases, open_cases
from workbook.exhibits import Exhibit


@pytest.fixture(scope="session")
def thirty_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("thirty") / "data"
    generate(30, root)
    return root


@pytest.fixture(scope="session")
def thirty(thirty_on_disk: Path) -> Cases:
    """Thirty regions to look at, in English; nobody changes them."""
    return open_cases([slug(place) for place in range(30)], lang="en", root=thirty_on_disk)


@pytest.fixture
def some(thirty_on_disk: Path, tmp_path: Path) -> Cases:
    """Eight regions to change at will."""
    for place in range(8):
        shutil.copytree(thirty_on_disk / slug(place), tmp_path / "data" / slug(place))
    return open_cases([slug(p) for p in range(8)], lang="en", root=tmp_path / "data")


@pytest.fixture
def both(example: Case, published: Case) -> Sequence[Case]:
    """The fictional region and the published one."""
    return Cases([example, published])


Showing = Callable[..., Exhibit]


@pytest.fixture(scope="session")
def at_thirty(thirty_on_disk: Path) -> Showing:
    """Make an exhibit of thirty regions, once for each language."""
    regions = {
        lang: open_cases([slug(p) for p in range(30)], lang=lang, root=thirty_on_disk)
        for lang in ("nl", "en")
    }
    made: dict[tuple[int, str], Exhibit] = {}

    def show(make: Callable[[Cases], Exhibit], lang: str = "en") -> Exhibit:
        if (id(make), lang) not in made:
            made[id(make), lang] = make(regions[lang])
        return made[id(make), lang]

    return show
