"""JupyterLab as the workbook starts it: what it is told, what it serves, how it ends."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import signal
import sys
import textwrap
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from workbook.case import UserError
from workbook.run import lab, prepare, runs_folder
from workbook.run.lab import EXTENSIONS, SETTINGS, lab_command, lab_environment, start

REGION = "voorbeeldregio"


@pytest.fixture(autouse=True)
def jupyter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the person's own Jupyter out of it."""
    for name in ("DATA", "RUNTIME", "CONFIG"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / "jupyter" / name.lower()))
    runtime = tmp_path / "jupyter" / "runtime"
    runtime.mkdir(parents=True)
    return runtime


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """Where notebook 00 would stand, in a folder whose name needs care."""
    path = tmp_path / "mijn dàta" / "runs" / REGION / "nl" / "live" / "00_start.ipynb"
    path.parent.mkdir(parents=True)
    return path


def option(command: list[str], name: str) -> str:
    """Give the value of an option, which stands there once."""
    (found,) = [part for part in command if part.startswith(f"--{name}=")]
    return found.split("=", 1)[1]


# --- the command line and the environment


def test_it_serves_the_runs_folder_on_this_machine_only(first: Path) -> None:
    served = first.parents[3]
    command = lab_command(first, served, 8911, browser=True)
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert option(command, "ServerApp.root_dir") == str(served)
    assert option(command, "ServerApp.ip") == "127.0.0.1"
    assert option(command, "ServerApp.port") == "8911"
    assert option(command, "ServerApp.open_browser") == "True"
    assert option(command, "LabApp.default_url") == (
        "/lab/workspaces/werkboek/tree/voorbeeldregio/nl/live/00_start.ipynb"
    )
    assert option(command, "log-level") == "ERROR"
    assert not [part for part in command if "token" in part.lower() or "password" in part.lower()]


def test_the_port_is_jupyter_s_choice_unless_asked_for(first: Path) -> None:
    command = lab_command(first, first.parents[3], None, browser=False)
    assert not [part for part in command if part.startswith("--ServerApp.port")]
    assert option(command, "ServerApp.open_browser") == "False"


def test_it_asks_the_network_for_nothing(first: Path) -> None:
    command = lab_command(first, first.parents[3], None, browser=True)
    assert option(command, "LabApp.extension_manager") == "readonly"
    assert option(command, "LabApp.news_url") == "None"
    assert option(command, "LabApp.check_for_updates_class").endswith("NeverCheckForUpdate")


def test_tabs_are_kept_per_region_and_language_outside_what_is_served(first: Path) -> None:
    served = first.parents[3]
    kept = Path(option(lab_command(first, served, None, browser=True), "LabApp.workspaces_dir"))
    other = first.parents[1] / "en" / "live" / first.name
    assert kept.relative_to(served).parts[0].startswith("."), "Jupyter serves nothing hidden"
    assert kept != Path(option(lab_command(other, served, None, True), "LabApp.workspaces_dir"))


def test_kernels_know_the_data_what_is_served_and_the_language(
    first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WERKBOEK_LANG", "nl")
    monkeypatch.setenv("SOMETHING", "else")
    served = first.parents[3]
    found = lab_environment(tmp_path / "data", served, "en", "secret")
    assert found["WERKBOEK_DATA"] == str(tmp_path / "data")
    assert found["WERKBOEK_SERVED"] == str(served)
    assert found["WERKBOEK_LANG"] == "en"
    assert found["JUPYTER_TOKEN"] == "secret"
    assert found["JUPYTER_DEFAULT_PROVISIONER_NAME"] == "werkboek-warm"
    assert "WERKBOEK_MEMORY" not in found, "who works in a notebook sees to that themselves"
    assert found["SOMETHING"] == "else"
    assert os.environ["WERKBOEK_LANG"] == "nl"
    assert "JUPYTER_TOKEN" not in os.environ


def test_the_settings_are_those_that_widgets_and_people_need() -> None:
    found = json.loads((SETTINGS / "overrides.json").read_text("utf-8"))
    notebook = found["@jupyterlab/notebook-extension:tracker"]
    assert notebook["windowingMode"] == "defer", "widgets that scroll away must stay alive"
    assert notebook["showMinimap"] is False
    assert notebook["codeCellConfig"] == {"lineNumbers": False}
    saving = found["@jupyterlab/docmanager-extension:plugin"]
    assert saving == {"autosaveInterval": 10, "lastModifiedCheckMargin": 15_000}
    news = found["@jupyterlab/apputils-extension:notification"]
    assert (news["fetchNews"], news["checkForUpdates"]) == ("false", False)
    assert json.loads((SETTINGS / "page_config.json").read_text("utf-8"))["buildCheck"] is False


def test_the_extension_is_whole(root: Path) -> None:
    folder = EXTENSIONS / "werkboek"
    package = json.loads((folder / "package.json").read_text("utf-8"))
    build = package["jupyterlab"]["_build"]
    script = (folder / build["load"]).read_text("utf-8")
    assert package["name"] == folder.name == "werkboek"
    assert f"window._JUPYTERLAB.{package['name']} = {{ init:" in script
    assert build["extension"] == "./extension"
    assert "://" not in script
    assert not re.search(r"\bimport\b\s*[({'\"]", script), "it loads as a plain script"


def test_everything_that_is_not_python_comes_with_the_package(root: Path) -> None:
    settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["workbook"]
    files = [
        path for folder in (SETTINGS, EXTENSIONS) for path in folder.rglob("*") if path.is_file()
    ]
    assert len(files) == 4
    for path in files:
        name = path.relative_to(root / "workbook").as_posix()
        assert any(fnmatch.fnmatch(name, pattern) for pattern in patterns), name


# --- running and ending: a small server in JupyterLab's place

SERVER = """
import json, os, pathlib, signal, sys, time
here = pathlib.Path(os.environ["JUPYTER_RUNTIME_DIR"])
print("deaf" if signal.getsignal(signal.SIGINT) is signal.SIG_IGN else "hears", flush=True)
found = {"url": "http://127.0.0.1:8912/", "token": os.environ["JUPYTER_TOKEN"]}
(here / "jpserver-2.json").write_text(json.dumps(found))
"""


@pytest.fixture
def pretend(first: Path, monkeypatch: pytest.MonkeyPatch):
    """Let a script stand in for JupyterLab; give what to call `start` with."""

    def use(script: str) -> tuple[Path, Path, Path, str]:
        command = [sys.executable, "-c", SERVER + textwrap.dedent(script)]
        monkeypatch.setattr(lab, "lab_command", lambda *args: command)
        served = first.parents[3]
        return first, served, served.parent / "data", "en"

    return use


def test_the_address_is_the_one_it_got_not_the_one_asked_for(pretend, jupyter: Path) -> None:
    other = {"url": "http://127.0.0.1:8888/", "token": "of another server"}
    (jupyter / "jpserver-1.json").write_text(json.dumps(other))
    (jupyter / "jpserver-3.json").write_text("half")
    told: list[str] = []
    start(*pretend("time.sleep(1)"), port=8888, ready=told.append)
    assert len(told) == 1
    assert re.fullmatch(r"http://127\.0\.0\.1:8912/\?token=[0-9a-f]{48}", told[0])


def test_a_token_is_new_each_time(pretend) -> None:
    told: list[str] = []
    for _ in range(2):
        start(*pretend("time.sleep(1)"), ready=told.append)
    assert len(set(told)) == 2


def test_it_opens_without_the_tabs_of_last_time(pretend, first: Path) -> None:
    old = first.parents[3] / ".lab" / "workspaces" / REGION / "nl" / "live"
    old.mkdir(parents=True)
    (old / "werkboek-1c68.jupyterlab-workspace").write_text("{}")
    start(*pretend(""))
    assert list(old.iterdir()) == []


def test_ctrl_c_ends_it_without_an_error(pretend, first: Path, jupyter: Path) -> None:
    def interrupt(address: str) -> None:
        raise KeyboardInterrupt

    script = """
    def end(number, frame):
        (here / "ended").write_text("in its own time")
        sys.exit(1)
    signal.signal(signal.SIGTERM, end)
    time.sleep(60)
    """
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    start(*pretend(script), ready=interrupt)
    assert {number: signal.getsignal(number) for number in before} == before
    if os.name == "posix":
        assert (jupyter / "ended").read_text() == "in its own time"
        assert (first.parents[3] / ".lab" / "lab.log").read_text() == "deaf\n"


def test_one_that_doesn_t_end_is_ended(pretend, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(address: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "_PATIENCE", 0.1)
    start(
        *pretend("signal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)"), ready=interrupt
    )


def test_one_that_fails_says_where_the_reason_stands(pretend, first: Path) -> None:
    with pytest.raises(UserError) as caught:
        start(*pretend("sys.exit('no such option')"))
    log = first.parents[3] / ".lab" / "lab.log"
    assert str(caught.value) == f"JupyterLab stopped by itself; {log} says why"
    assert "no such option" in log.read_text()


# --- the real one


def test_jupyterlab_takes_all_of_it(data: Path) -> None:
    made = prepare(REGION, "nl", data)
    served = runs_folder(data)
    (served / "a.txt").write_text("seen")
    pages: dict[str, str | int] = {}

    def look(address: str) -> None:
        base, token = address.split("?")
        for path in (
            "lab",
            "lab/extensions/werkboek/static/remoteEntry.js",
            "lab/api/settings/@jupyterlab/notebook-extension:tracker",
            "api/contents/a.txt",
            "api/contents/.lab",
            "api/contents/..%2Fdata",
        ):
            pages[path] = fetch(f"{base}{path}?{token}")
        pages["no token"] = fetch(f"{base}api/contents")
        pages["root"] = fetch(address, final=True)
        raise KeyboardInterrupt

    start(made.first, served, data, "nl", browser=False, ready=look)
    assert (
        pages["root"]
        .split("?")[0]
        .endswith("/lab/workspaces/werkboek/tree/voorbeeldregio/nl/live/00_start.ipynb")
    )
    config = json.loads(
        re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', pages["lab"], re.S)[1]
    )
    assert "werkboek" in [extension["name"] for extension in config["federated_extensions"]]
    assert config["buildCheck"] is False
    script = EXTENSIONS / "werkboek" / "static" / "remoteEntry.js"
    assert pages["lab/extensions/werkboek/static/remoteEntry.js"] == script.read_text("utf-8")
    tracker = json.loads(pages["lab/api/settings/@jupyterlab/notebook-extension:tracker"])
    assert tracker["schema"]["properties"]["windowingMode"]["default"] == "defer"
    assert json.loads(pages["api/contents/a.txt"])["content"] == "seen"
    assert pages["api/contents/.lab"] == 404
    assert pages["api/contents/..%2Fdata"] == 404
    assert pages["no token"] == 403


def fetch(address: str, *, final: bool = False) -> str | int:
    """Get a page, or its status if there is none; or where it led to."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.url if final else answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        return error.code
