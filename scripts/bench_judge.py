"""Time `acceptability` beside another package and beside a bare matrix product.

All sources on, for a room of 9 people, 7 options and 5 criteria in which a tenth of the answers
is don't know. What the other package does is said in the printout: it is another method, the
nearest there is in Python. It is installed by ``make test``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# One core for everything: a second one that is busy elsewhere makes products many times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from workbook.judge import DONT_KNOW, SOURCES, Order, ScoreTable, acceptability

ROOT = Path(__file__).resolve().parents[1]
DRAWS = 100_000
PEOPLE, OPTIONS, CRITERIA = 9, 7, 5
GROWING = (10_000, 100_000, 1_000_000)
TIMES = 7
"""Repeats of what takes well under a second; the best counts, the others were disturbed."""

AIM_SECONDS, AIM_TIMES, AIM_MEGABYTES = 0.15, 100, 200


def room() -> tuple[ScoreTable, Order]:
    """Make the room, and the strict order of its criteria."""
    rng = np.random.default_rng(1)
    scores = rng.integers(-1, 2, (PEOPLE, OPTIONS, CRITERIA)).astype(np.int8)
    scores[rng.random(scores.shape) < 0.1] = DONT_KNOW
    criteria = tuple("abcde")
    people, options = (
        tuple(f"{x}{i}" for i in range(n)) for x, n in (("p", PEOPLE), ("o", OPTIONS))
    )
    table = ScoreTable(options, criteria, people, scores=scores)
    return table, Order.from_groups(criteria, [(c,) for c in criteria])


def best(task: Callable[[], object], times: int = TIMES) -> float:
    """Give the seconds of the fastest of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        task()
        taken.append(time.perf_counter() - start)
    return min(taken)


def ours(draws: int) -> Callable[[], object]:
    """Give our method, all sources on."""
    table, order = room()
    return lambda: acceptability(table, order, sources=SOURCES, draws=draws)


def theirs(draws: int) -> tuple[Callable[[], object], Callable[[], object]] | None:
    """Give pyrepo-mcda's VIKOR_SMAA on the same room's values, and how it draws its weights.

    None where it isn't installed.
    """
    try:
        from pyrepo_mcda.mcda_methods import VIKOR_SMAA
    except ImportError:
        return None
    counts = room()[0].counts()[..., :3]
    values = (counts[..., 2] + 0.5 * counts[..., 1]) / counts.sum(axis=-1)
    method, types = VIKOR_SMAA(), np.ones(CRITERIA)
    weights = method._generate_weights(CRITERIA, draws)
    return (
        lambda: method(values, weights, types),
        lambda: method._generate_weights(CRITERIA, draws),
    )


def bare(draws: int) -> Callable[[], object]:
    """Give the product that any method over voices needs: (draws, 9) · (9, 35).

    Into an array that is there already: making room takes longer than multiplying, and varies.
    """
    rng = np.random.default_rng(1)
    voices, cells = rng.random((draws, PEOPLE)), rng.random((PEOPLE, OPTIONS * CRITERIA))
    product = np.zeros((draws, OPTIONS * CRITERIA))
    return lambda: np.matmul(voices, cells, out=product)


def peak(draws: int) -> float | None:
    """Give the most memory, in megabytes, of a Python that does nothing but this."""
    try:
        import resource  # noqa: F401
    except ImportError:
        return None
    code = (
        "import resource, sys; from scripts.bench_judge import ours; "
        f"ours({draws})(); peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; "
        "print(peak / (2**20 if sys.platform == 'darwin' else 2**10))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(ran.stdout)


def line(what: str, value: str, beside: str = "") -> None:
    """Print one line of the table."""
    print(f"{what:<58}{value:>12}  {beside}".rstrip(), flush=True)


def verdict_on(holds: bool, aim: str) -> str:
    """Say whether an aim is reached."""
    return f"{'reached' if holds else 'NOT REACHED'}: {aim}"


def main() -> None:
    """Measure and print."""
    print(
        f"{DRAWS:,} draws, {OPTIONS} options, {CRITERIA} criteria, {PEOPLE} people; "
        f"numpy {np.__version__}; one core, best of {TIMES}"
    )
    own = best(ours(DRAWS))
    reached = verdict_on(own < AIM_SECONDS, f"under {AIM_SECONDS} s")
    line("acceptability over order, place, voices and don't knows", f"{own:.3f} s", reached)
    product = best(bare(DRAWS))
    line(
        f"bare product ({DRAWS:,} × {PEOPLE}) · ({PEOPLE} × {OPTIONS * CRITERIA})",
        f"{product:.3f} s",
        f"acceptability takes {own / product:.1f} times as long",
    )
    other = theirs(DRAWS)
    if other is None:
        print(
            "pyrepo-mcda is not installed: `make test` does it, "
            "or pip install --require-hashes -r requirements-compare.lock"
        )
    else:
        ranking, drawing = best(other[0], 3), best(other[1], 3)
        whole = ranking + drawing
        reached = verdict_on(whole / own >= AIM_TIMES, f"at least {AIM_TIMES} times as fast")
        line(
            "pyrepo-mcda, VIKOR_SMAA, drawing its weights as ours does",
            f"{whole:.3f} s",
            f"{whole / own:.0f} times; {reached}",
        )
        line("  of which its ranking alone", f"{ranking:.3f} s", f"{ranking / own:.0f} times")
        print(
            "  Another method, the nearest in Python: it varies weights only, over one value per "
            "cell,\n  and ranks by VIKOR; no place of ±, no voices, no don't knows."
        )
    print()
    for draws in GROWING:
        taken = best(ours(draws), TIMES if draws <= DRAWS else 3)
        line(f"{draws:,} draws", f"{taken:.3f} s", f"{taken / draws * 1e6:.2f} s per million")
    megabytes = peak(GROWING[-1])
    if megabytes is None:
        print("This platform doesn't tell how much memory a process took (no `resource`).")
    else:
        reached = verdict_on(megabytes < AIM_MEGABYTES, f"under {AIM_MEGABYTES} MB")
        line(
            f"most memory at {GROWING[-1]:,} draws, Python included", f"{megabytes:.0f} MB", reached
        )


if __name__ == "__main__":
    main()
