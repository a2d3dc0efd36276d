"""Every check, in order; the first that fails ends the run. ``make test`` calls this."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbook.run.warm import names, warm_up

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-rs"]
STEALING = ["-n", "auto", "--dist", "worksteal"]
"""Who is done takes over from who isn't: some tests wait for whole seconds."""
TWO_FILES = ["-n", "2", "--dist", "loadfile"]
"""Two files at a time, each as a whole: a notebook's cells need those before them."""

NBVAL = ([*PYTEST, "--nbval", "notebooks/nl"], [*PYTEST, "--nbval-lax", "notebooks/en"])
"""Strict in Dutch; in English, which shows the same, only that every cell runs."""
WARM = {names.CHOSEN: names.PROVISIONER}
"""Environment in which kernels are forked from one process that has the imports done."""

STEPS: tuple[tuple[str, tuple[list[str], ...]], ...] = (
    ("format", ([sys.executable, "-m", "ruff", "format", "--check", "."],)),
    ("lint", ([sys.executable, "-m", "ruff", "check", "."],)),
    ("imports run one way", ([str(BIN / "lint-imports")],)),
    ("unit tests", ([*PYTEST, *STEALING, "--ignore=tests/browser"],)),
    ("in a browser", ([*PYTEST, *TWO_FILES, "tests/browser"],)),
    ("notebooks current", ([sys.executable, "scripts/build_notebooks.py", "--check"],)),
    ("notebooks, strict nl and lax en", NBVAL),
    ("both regions run", ([str(BIN / "werkboek"), "run", "west-brabant", "voorbeeldregio"],)),
)


def together(commands: Sequence[list[str]], env: Mapping[str, str]) -> int:
    """Run commands side by side; each prints when it is done. Gives an exit code."""
    started = [
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE)
        for command in commands[1:]
    ]
    codes = [subprocess.run(commands[0], cwd=ROOT, env=env, check=False).returncode]
    for process in started:
        told, _nothing = process.communicate()
        sys.stdout.buffer.write(told)
        sys.stdout.flush()
        codes.append(process.returncode)
    return next(filter(None, codes), 0)


def main() -> int:
    """Run the steps and say which one failed, if any."""
    # Tests run side by side: threads of one would only wait for those of another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    warm_up()
    for name, commands in STEPS:
        print(f"== {name}", flush=True)
        env = os.environ | (WARM if commands is NBVAL else {})
        if code := together(commands, env):
            print(f"== {name}: failed", flush=True)
            return code
    print(f"== all {len(STEPS)} checks passed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
