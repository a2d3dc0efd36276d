"""A notebook that is loaded again while it runs is whole, and saved whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from nbformat.reader import NotJSONError
from playwright.sync_api import expect

from tests.browser.conftest import Server
from tests.browser.driver import KERNEL, Lab

# What a browser or a kernel does is the same in both languages.
pytestmark = pytest.mark.parametrize("server", ["nl"], indirect=True)


PATH = "voorbeeldregio/nl/live/07_preference.ipynb"


def runs(saved: Path, after: int) -> list[int | None]:
    """Give the number that each cell got when it ran; JupyterLab saves it after the last.

    A file that is not newer than `after` (nanoseconds) is that of an earlier test.
    """
    counts: list[int | None] = [None]
    for _ in range(KERNEL // 500):
        with suppress(NotJSONError):  # it is being written
            cells = nbformat.read(saved, as_version=4).cells
            counts = [cell.execution_count for cell in cells if cell.cell_type == "code"]
        if None not in counts and saved.stat().st_mtime_ns > after:
            return counts
        time.sleep(0.5)
    return [None]


def forget_kernels(lab: Lab) -> None:
    """End every kernel, so that a notebook that an earlier test opened runs again."""
    asked = {"headers": {"Authorization": f"token {lab.token}"}}
    for session in lab.page.request.get(f"{lab.address}/api/sessions", **asked).json():
        reply = lab.page.request.delete(f"{lab.address}/api/sessions/{session['id']}", **asked)
        assert reply.ok, reply.status_text


def test_loaded_again_while_it_runs(window: Callable[[], Lab], server: Server) -> None:
    lab = window()
    forget_kernels(lab)
    saved = server.data.parent / "runs" / PATH
    before = saved.stat().st_mtime_ns
    lab.page.goto(f"{lab.address}/lab/workspaces/test/tree/{PATH}?token={lab.token}&reset")
    lab.panel.locator("img").first.wait_for(state="attached", timeout=KERNEL)
    lab.page.reload()
    lab.ready("07_preference")
    assert None not in runs(saved, before)
    # What the kernel had already shown comes back one by one.
    lab.panel.locator("img").nth(20).wait_for(state="attached", timeout=KERNEL)
    lab.panel.locator("section.wb-form").nth(3).wait_for(state="attached", timeout=KERNEL)
    expect(lab.panel.get_by_text("Loading widget")).to_have_count(0, timeout=KERNEL)
    expect(lab.panel.get_by_text("model not found")).to_have_count(0)
