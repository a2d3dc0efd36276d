"""Notebooks that misbehave: a clear line, exit code 1, other regions done, nothing half-written."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.run.warm.conftest import gone

IN_C = "import re; re.match('(a+)+b', 'a' * 60)"

SHORT, ENOUGH = "6", "60"
"""Seconds that a notebook may take: one that is waited out, and one that ends by itself."""
LONG = f"it took longer than {SHORT} seconds"
MUCH = "it showed more than 20 million characters"
DIED = "its kernel died; perhaps it used too much memory"
FAULTS = {
    "raises": ("1 / 0", "ZeroDivisionError: division by zero"),
    "leaves": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "hangs": ("import time; time.sleep(300)", LONG),
    "hangs in C": (IN_C, LONG),
    "is deaf": (
        "import signal\nsignal.signal(2, signal.SIG_IGN)\nwhile True: pass",
        LONG,
    ),
    "eats memory": ("x = bytearray(5 << 30)", "MemoryError: "),
    "eats memory bit by bit": (
        "x = []\nwhile True: x.append(bytearray(100 << 20))",
        "MemoryError: ",
    ),
    "prints it all at once": ("print('x' * 100_000_000)", MUCH),
    "prints for ever": ("while True: print('x' * 1000)", MUCH),
    "shows too much": (
        "from IPython.display import HTML, display\n"
        "for _ in range(30): display(HTML('x' * 1_000_000))",
        MUCH,
    ),
    "dies": ("import os; os._exit(1)", DIED),
    "is killed": ("import os; os.kill(os.getpid(), 9)", DIED),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_notebook_that_misbehaves(series_of, fault) -> None:
    code, why = FAULTS[fault]
    inside = "\n".join(f"    {line}" for line in code.splitlines())
    series = series_of(nb00_a="print(1)", nb01_b=f"if region == 'twente':\n{inside}")
    series.regions("veluwe")
    done = series.run("--all", "--limit", SHORT if why == LONG else ENOUGH)
    assert done.returncode == 1
    failed = series.results / "failed" / "01_b.ipynb"
    assert done.stderr == f"twente: 01_b failed: {why}. See {failed} (1 run, 0 reused)\n"
    assert "veluwe: " in done.stdout
    assert "2 run, 0 reused." in done.stdout
    assert failed.exists()
    assert failed.stat().st_size < 40_000_000
    assert {name for name in series.left() if name.startswith("twente")} == {
        "twente/en/failed/01_b.ipynb"
    }


def test_a_notebook_that_forks_leaves_nothing(series_of) -> None:
    series = series_of()
    told = series.folder / "told"
    series.write(
        nb00_a="import os, pathlib, time\n"
        "if (pid := os.fork()) == 0:\n"
        "    os.setsid()\n"
        "    time.sleep(300)\n"
        f"print('on', pathlib.Path({str(told)!r}).write_text(str(pid)))"
    )
    done = series.run()
    assert done.returncode == 0, done.stderr
    assert "on" in (series.results / "00_a.ipynb").read_text("utf-8")
    assert gone(int(told.read_text()))


def test_a_region_that_is_deleted_meanwhile(series_of) -> None:
    series = series_of(
        nb00_a="import os, pathlib, shutil\n"
        "if region == 'twente':\n"
        "    shutil.rmtree(pathlib.Path(os.environ['WERKBOEK_DATA'], region))"
    )
    series.regions("veluwe")
    done = series.run("--all")
    assert done.returncode == 1
    told = "twente failed: twente changed while it was run, so nothing was kept; run it again\n"
    assert done.stderr == told
    assert "veluwe: " in done.stdout
    assert not any(name.startswith("twente") for name in series.left())


@pytest.fixture
def small_disk(tmp_path: Path):
    """Have a disk of 600 kB for the results, where that is allowed."""
    place = tmp_path / "runs" / "twente"
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)]
    mounted = subprocess.run(command, check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=False)


@pytest.mark.parametrize("at", ["notebook", "picture"])
def test_a_full_disk(series_of, small_disk, at) -> None:
    show = "print('x' * 700_000)" if at == "notebook" else "print(1)"
    series = series_of(nb00_a=f"if region == 'twente':\n    {show}")
    if at == "picture":
        (small_disk / "filling").write_bytes(b"x" * 540_000)
    series.regions("veluwe")
    done = series.run("--all")
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "veluwe: " in done.stdout
    assert {name for name in series.left() if name.startswith("twente")} <= {"twente/filling"}
    assert not list(small_disk.glob(".en.new-*"))


def test_a_scheduler_that_is_not_there(series_of) -> None:
    pytest.importorskip("distributed")
    done = series_of(nb00_a="print(1)").run("twente", "--scheduler", "tcp://127.0.0.1:1")
    assert done.returncode == 1
    assert done.stderr == "no scheduler answers at tcp://127.0.0.1:1\n"
    assert not done.stdout
