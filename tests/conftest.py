"""What the tests share: copies of the two regions, never the originals."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from workbook.case import Case, open_case
from workbook.exhibits.drawn import keep_pictures

ROOT = Path(__file__).resolve().parents[1]

# How long an example takes says how busy the machine is; fixtures here don't change between them.
settings.register_profile(
    "werkboek",
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
settings.load_profile("werkboek")


@pytest.fixture
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data root with a copy of both regions."""
    for region in ("voorbeeldregio", "west-brabant"):
        shutil.copytree(ROOT / "data" / region, tmp_path / "data" / region)
    return tmp_path / "data"


@pytest.fixture
def example(data: Path) -> Case:
    """The fictional region, in English, to change at will."""
    return open_case("voorbeeldregio", lang="en", root=data)


@pytest.fixture
def published(data: Path) -> Case:
    """The published region, in English."""
    return open_case("west-brabant", lang="en", root=data)


@pytest.fixture
def empty(tmp_path: Path) -> Case:
    """A new region without a single row."""
    from workbook.case.template import new_region

    new_region("twente", tmp_path / "data", "en")
    return open_case("twente", lang="en", root=tmp_path / "data")


@pytest.fixture(scope="session")
def kept_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where tests that run beside each other keep pictures; one that is the same is drawn once."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    return pictures


@pytest.fixture
def drawn_once(kept_pictures: Path) -> Iterator[None]:
    """Draw no picture that another test has drawn, where what is tested stands around pictures."""
    with keep_pictures(kept_pictures):
        yield


CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; without one a test is skipped, and fails where it is required."""
    found = shutil.which("chromium")
    if found is None and os.environ.get("WERKBOEK_BROWSER") == "required":
        pytest.fail("no chromium, and WERKBOEK_BROWSER=required")
    if found is None:
        pytest.skip("no chromium")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all that is looked at."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()
