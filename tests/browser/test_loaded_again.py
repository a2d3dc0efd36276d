"""A notebook that is loaded again while it runs is whole, and saved whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import nbformat
import pytest
from nbformat.reader import NotJSONError
from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.driver import KERNEL, Lab

# What a browser or a kernel does is the same in both languages.
pytestmark = pytest.mark.parametrize("server", ["nl"], indirect=True)


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


def test_loaded_again_while_it_runs(window: Callable[[], Lab], server: Server) -> None:
    lab = window()
    path = "voorbeeldregio/nl/live/07_preference.ipynb"
    lab.page.goto(f"{lab.address}/lab/workspaces/test/tree/{path}?token={lab.token}&reset")
    lab.panel.locator("img").first.wait_for(state="attached", timeout=KERNEL)
    lab.page.reload()
    lab.ready("07_preference")
    assert None not in runs(server)
    expect(lab.panel.get_by_text("Loading widget")).to_have_count(0, timeout=KERNEL)
    expect(lab.panel.get_by_text("model not found")).to_have_count(0)
    assert lab.panel.locator("img").count() > 20
    assert lab.panel.locator("section.wb-form").count() > 3
