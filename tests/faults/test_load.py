"""A small room at work on the real server; see `scripts/bench_session.py`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def test_nothing_confirmed_is_lost_while_everybody_saves(root: Path, tmp_path: Path) -> None:
    # How quick it is depends on what else runs: that is for the benchmark, not for a test.
    ran = subprocess.run(
        [sys.executable, str(root / "scripts" / "bench_session.py"), "--quick", "--no-voila"],
        env={**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.stderr == ""
    assert re.search(r"^saves confirmed +200 ", ran.stdout, re.MULTILINE), ran.stdout
    assert re.search(r"^  of which lost +0  reached: none$", ran.stdout, re.MULTILINE)
    assert "Voilà" not in ran.stdout
