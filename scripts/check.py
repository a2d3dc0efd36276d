"""Every check, in order; the first that fails ends the run. ``make test`` calls this."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workbook.run.warm import names, warm_up

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-rs"]
TWO_FILES = ["-n", "2", "--dist", "loadfile"]
"""Two files at a time, each as a whole: a notebook's cells need those before them."""

STEPS: tuple[tuple[str, list[str]], ...] = (
    ("format", [sys.executable, "-m", "ruff", "format", "--check", "."]),
    ("lint", [sys.executable, "-m", "ruff", "check", "."]),
    ("imports run one way", [str(BIN / "lint-imports")]),
    ("unit tests", [*PYTEST, "-n", "auto", "--ignore=tests/browser"]),
    ("in a browser", [*PYTEST, *TWO_FILES, "tests/browser"]),
    ("notebooks current", [sys.executable, "scripts/build_notebooks.py", "--check"]),
    ("notebooks, strict, nl", [*PYTEST, *TWO_FILES, "--nbval", "notebooks/nl"]),
    ("notebooks, lax, en", [*PYTEST, *TWO_FILES, "--nbval-lax", "notebooks/en"]),
    ("both regions run", [str(BIN / "werkboek"), "run", "west-brabant", "voorbeeldregio"]),
)


WARM_STEP = "notebooks, "
"""Steps whose kernels are forked from one process that has the imports done."""
WARM = {names.CHOSEN: names.PROVISIONER}


def main() -> int:
    """Run the steps and say which one failed, if any."""
    # Tests run side by side: threads of one would only wait for those of another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    warm_up()
    for name, command in STEPS:
        print(f"== {name}", flush=True)
        env = os.environ | (WARM if WARM_STEP in name else {})
        if code := subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
            print(f"== {name}: failed", flush=True)
            return code
    print(f"== all {len(STEPS)} checks passed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
