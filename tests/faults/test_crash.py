"""The server process is killed under load and started again; see `scripts/crash_session.py`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

KILLS = 25


def crash(root: Path, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    # Tests run side by side: how quick a restart is, is not measured here.
    given = ["--times", str(KILLS), "--seed", "7", "--restart-within", "20", *more]
    return subprocess.run(
        [sys.executable, str(root / "scripts" / "crash_session.py"), *given],
        env={**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_nothing_acknowledged_is_lost_and_nothing_counts_twice(root: Path, tmp_path: Path) -> None:
    ran = crash(root, tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = re.search(r"(\d+) kills, (\d+) of them with saves on their way", ran.stdout)
    assert found is not None
    assert int(found[1]) == KILLS
    assert int(found[2]) > KILLS / 2, "kills must hit the server at work, or they show nothing"
    assert "Nothing that was acknowledged is lost, and nothing counts twice." in ran.stdout
    assert list(tmp_path.iterdir()) == [], "what held is cleared away"


def test_a_naive_store_is_caught(root: Path, tmp_path: Path) -> None:
    ran = crash(root, tmp_path, "--store", "tests.faults.naive_store:NaiveBox")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert ran.stderr == ""
    # Who lost which answer: it fails for that, and for no other reason.
    told = r"^p\d{3}: lost: .+ on .+: (\?|-?\d)"
    assert re.search(told, ran.stdout, re.MULTILINE), ran.stdout
    assert "counted twice" not in ran.stdout
    (kept,) = tmp_path.iterdir()
    assert str(kept) in ran.stdout
    assert (kept / "acknowledged.jsonl").stat().st_size
