"""JupyterLab as ``werkboek lab`` starts it: on this machine only, quiet, serving ``runs/`` only."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from jupyter_core.paths import jupyter_runtime_dir

from workbook.case import UserError
from workbook.locale import N_, Message
from workbook.run.signals import handling
from workbook.run.warm import names, warm_up

SETTINGS = Path(__file__).parent / "labsettings"
EXTENSIONS = Path(__file__).parent / "labextension"

PRIVATE = ".lab"
"""Folder under ``runs/`` for JupyterLab's own things; hidden, so it is not served."""

_PATIENCE = 20
"""Seconds that a server gets to end its kernels and itself."""


def lab_command(first: Path, served: Path, port: int | None, browser: bool) -> list[str]:
    """Give the command line of JupyterLab.

    Parameters
    ----------
    first : Path
        The notebook it opens with.
    served : Path
        The only folder it serves.
    port : int or None
        Where to listen; the next free port if it is taken.
    browser : bool
        Whether to open a browser.
    """
    page = quote(first.relative_to(served).as_posix())
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--log-level=ERROR",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={served}",
        "--ServerApp.allow_root=True",  # in a container everybody is root
        f"--ServerApp.open_browser={browser}",
        f"--LabApp.default_url=/lab/workspaces/werkboek/tree/{page}",
        f"--LabApp.app_settings_dir={SETTINGS}",
        # Tabs of another region or another data folder must not come back.
        f"--LabApp.workspaces_dir={_workspaces(first, served)}",
        f"--LabServerApp.extra_labextensions_path={EXTENSIONS}",
        # Nothing asks the network for anything.
        "--LabApp.extension_manager=readonly",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    return command if port is None else [*command, f"--ServerApp.port={port}"]


def lab_environment(data: Path, served: Path, lang: str, token: str) -> dict[str, str]:
    """Give the environment of JupyterLab and of its kernels.

    Parameters
    ----------
    data : Path
        The data root that the notebooks read from and write to.
    served : Path
        The folder that JupyterLab serves; a form links to a notebook by its path from there.
    lang : {"nl", "en"}
    token : str
        What a browser has to bring. It goes this way because others can read a command line.
    """
    return os.environ | {
        "WERKBOEK_DATA": str(data),
        "WERKBOEK_SERVED": str(served),
        "WERKBOEK_LANG": lang,
        "JUPYTER_TOKEN": token,
        names.CHOSEN: names.PROVISIONER,
    }


def start(
    first: Path,
    served: Path,
    data: Path,
    lang: str,
    *,
    port: int | None = None,
    browser: bool = True,
    ready: Callable[[str], None] = lambda _: None,
) -> None:
    """Run JupyterLab until it is stopped, by Ctrl-C or from its own menu.

    Parameters
    ----------
    first, served, data, lang, port, browser
        See `lab_command` and `lab_environment`.
    ready : callable
        Called with the address, once there is one.

    Raises
    ------
    UserError
        If it ends by itself with an error, such as a broken configuration.
    """
    token = secrets.token_hex(24)
    workspaces = _workspaces(first, served)
    workspaces.mkdir(parents=True, exist_ok=True)
    for old in workspaces.glob("*.jupyterlab-workspace"):  # each start opens notebook 00, no more
        old.unlink(missing_ok=True)
    log = served / PRIVATE / "lab.log"
    warm_up()  # JupyterLab finds it by our environment; it imports while that starts
    with log.open("wb") as stream:
        # A terminal sends Ctrl-C to both of us. JupyterLab would break off where it is; deaf to it,
        # and asked by `_end`, it ends its kernels first.
        with handling("SIGINT", signal.SIG_IGN):
            process = subprocess.Popen(
                lab_command(first, served, port, browser),
                env=lab_environment(data, served, lang, token),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
            )
        # Being ended in another way counts as Ctrl-C, or JupyterLab would live on without us.
        with handling("SIGTERM", signal.default_int_handler):
            try:
                _announce(process, token, ready)
                code = process.wait()
            except KeyboardInterrupt:
                _end(process)
                return
    if code:
        raise UserError(
            Message(N_("JupyterLab stopped by itself; {path} says why"), path=log), lang
        )


def _workspaces(first: Path, served: Path) -> Path:
    """Give the folder where JupyterLab keeps which tabs are open: one per region and language."""
    return served / PRIVATE / "workspaces" / first.relative_to(served).parent


def _announce(process: subprocess.Popen[bytes], token: str, ready: Callable[[str], None]) -> None:
    while process.poll() is None:
        if address := _address(token):
            ready(address)
            return
        time.sleep(0.2)


def _address(token: str) -> str | None:
    """Find the server by its token: its port may not be the one asked for.

    Its process is no help: on Windows an environment's Python starts another one.
    """
    for path in Path(jupyter_runtime_dir()).glob("jpserver-*.json"):
        with suppress(OSError, ValueError, KeyError):
            server = json.loads(path.read_text("utf-8"))
            if server["token"] == token:
                return f"{server['url']}?token={token}"
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
        process.wait()
