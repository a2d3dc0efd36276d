"""A notebook that is loaded again is whole, and does not run again for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import nbformat
import pytest
from nbformat.reader import NotJSONError
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Server
from tests.browser.driver import KERNEL, Lab

# What a browser or a kernel does is the same in both languages.
pytestmark = pytest.mark.parametrize("server", ["nl"], indirect=True)

TIMES = 4  # without a second chance four in ten come back with pictures missing


def pictures(lab: Lab) -> Locator:
    return lab.panel.locator("img")


def forms(lab: Lab) -> Locator:
    return lab.panel.locator("section.wb-form")


def runs(server: Server) -> list[int | None]:
    """Give the number that each cell got when it ran; JupyterLab saves it after the last."""
    path = server.data.parent / "runs" / "voorbeeldregio" / "nl" / "live" / "07_preference.ipynb"
    counts: list[int | None] = [None]
    for _ in range(KERNEL // 500):
        with suppress(NotJSONError):  # it is being written
            cells = nbformat.read(path, as_version=4).cells
            counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
        if None not in counts:
            break
        time.sleep(0.5)
    return counts


def test_loaded_again_while_it_runs_and_after(window: Callable[[], Lab], server: Server) -> None:
    lab = window()
    path = "voorbeeldregio/nl/live/07_preference.ipynb"
    lab.page.goto(f"{lab.address}/lab/workspaces/test/tree/{path}?token={lab.token}&reset")
    expect(lab.panel.locator("img").first).to_be_attached(timeout=KERNEL)
    lab.page.reload()
    lab.ready("07_preference")
    before = runs(server)
    assert None not in before
    expect(lab.panel.get_by_text("Loading widget")).to_have_count(0, timeout=KERNEL)
    shown = pictures(lab).count(), forms(lab).count()
    assert shown > (20, 3)
    for _again in range(TIMES):
        lab.page.reload()
        expect(pictures(lab)).to_have_count(shown[0], timeout=KERNEL)
        expect(forms(lab)).to_have_count(shown[1], timeout=KERNEL)
        expect(lab.panel.get_by_text("model not found")).to_have_count(0)
    assert runs(server) == before
