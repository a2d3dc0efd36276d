"""A real JupyterLab with real notebooks, in a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import SOON, Lab
from workbook.exhibits.drawn import KEPT, SHARED
from workbook.run.warm.names import ADDRESS

expect.set_options(timeout=SOON)

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / ".test-output" / "browser"
WARM = "workbook.run.warm.server"
"""What a process that forks kernels was started as; so its forks are called too."""


class Server:
    """``werkboek lab`` on a folder of its own."""

    def __init__(self, folder: Path, lang: str, pictures: Path) -> None:
        self.data = folder / "data"
        self.state = folder / "state"
        self.lang = lang
        shutil.copytree(ROOT / "data" / "voorbeeldregio", self.data / "voorbeeldregio")
        log = folder / "lab.log"
        # With a server of its own its kernels descend from it, whatever started these tests.
        own = {name: value for name, value in os.environ.items() if name != ADDRESS}
        environment = {
            **own,
            "WERKBOEK_STATE": str(self.state),
            "WERKBOEK_LANG": lang,
            # The same notebooks are opened again and again: what they show is drawn once.
            KEPT: str(pictures),
            SHARED: str(pictures),
            "PYTHONUNBUFFERED": "1",
        }
        command = [str(Path(sys.executable).parent / "werkboek"), "--data", str(self.data)]
        command += ["lab", "voorbeeldregio", "--lang", lang, "--no-browser"]
        with log.open("w") as out:
            self._process = subprocess.Popen(
                command, stdout=out, stderr=out, env=environment, cwd=folder
            )
        self.address, self.token = self._wait(log)

    def _wait(self, log: Path) -> tuple[str, str]:
        for _ in range(240):
            if found := re.search(r"(http://\S+?)/?\?token=(\w+)", log.read_text("utf-8")):
                return found.group(1), found.group(2)
            if self._process.poll() is not None:
                break
            time.sleep(0.25)
        raise AssertionError(f"JupyterLab did not start: {log.read_text('utf-8')}")

    def kill_kernels(self) -> None:
        """Kill every kernel, as a machine that runs out of memory does."""
        killed = 0
        for process in psutil.Process(self._process.pid).children(recursive=True):
            forked = all(WARM in one.cmdline() for one in (process, process.parent()))
            if forked or any("ipykernel" in word for word in process.cmdline()):
                process.kill()
                killed += 1
        assert killed, "there was no kernel"

    def stop(self) -> None:
        """End it as a person does."""
        self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()


@pytest.fixture(scope="session", params=["nl", "en"])
def server(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    chromium: str,
    kept_pictures: Path,
) -> Iterator[Server]:
    """One JupyterLab per language."""
    del chromium  # without one there is no need for a server
    folder = tmp_path_factory.mktemp(f"lab-{request.param}")
    running = Server(folder, request.param, kept_pictures)
    yield running
    running.stop()


@pytest.fixture
def window(server: Server, browser: Browser) -> Iterator[Callable[[], Lab]]:
    """Open windows of one person: each is a browser of its own."""
    opened = []

    def new() -> Lab:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        opened.append(context)
        page: Page = context.new_page()
        return Lab(page, server.address, server.token, server.lang, PICTURES / server.lang)

    yield new
    for context in opened:
        context.close()
