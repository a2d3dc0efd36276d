"""What the verdict says of 500 made-up rooms per kind, and that the methods page says the same.

``python -m tests.judge.rooms`` prints the rows of the table.
"""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tests.judge.rooms import (
    CUT,
    KINDS,
    KINDS_NL,
    LEVELS,
    ROOMS,
    SHAPE,
    levels,
    simulate,
    table_row,
)

AT_MOST = {
    "noise": {"clear": 0.02, "leaning": 0.20},
    "two equal options": {"clear": 0.06},
    "a favourite": {"undecided": 0.10},
}


def rows(page: Path, kind: str) -> list[str]:
    """The rows of a page's tables that begin with this kind of room."""
    lines = [" ".join(line.split()) for line in page.read_text("utf-8").splitlines()]
    return [line for line in lines if line.startswith(f"| {kind} | ")]


# One test per kind: the rooms of a kind take some seconds.
@pytest.mark.parametrize(("kind", "in_dutch"), list(zip(KINDS, KINDS_NL, strict=True)))
def test_rooms_get_the_verdict_they_deserve(root: Path, kind: str, in_dutch: str) -> None:
    counts = simulate(kind)
    assert set(counts) <= set(LEVELS)
    assert sum(counts.values()) == ROOMS == 500
    for level, share in AT_MOST[kind].items():
        assert counts[level] <= share * ROOMS, (kind, level)
    assert rows(root / "docs/methods.md", kind) == [table_row(kind, counts, "en")]
    assert rows(root / "docs/methods.nl.md", in_dutch) == [table_row(kind, counts, "nl")]


def test_the_rooms_are_what_they_are_said_to_be() -> None:
    """Three levels about as often; a favourite 1.5 ahead is + in P(Z > .43 − 1.5) = 86%."""
    rng = np.random.default_rng(3)
    noise, equal, favourite = (np.stack([levels(kind, rng) for _ in range(400)]) for kind in KINDS)
    for others in (noise, equal[:, :, 2:], favourite[:, :, 1:]):
        for level in (-1, 0, 1):
            assert (others == level).mean() == pytest.approx(1 / 3, abs=4 / others.size**0.5 / 2)
    for ahead in (equal[:, :, 0], equal[:, :, 1], favourite[:, :, 0]):
        assert (ahead == 1).mean() == pytest.approx(0.8577, abs=4 * 0.35 / ahead.size**0.5)
    assert (CUT, SHAPE) == (0.43, (9, 7, 5))


def test_a_row_of_the_table() -> None:
    counts = Counter(clear=3, leaning=62, undecided=435)
    assert table_row("noise", counts, "en") == "| noise | 500 | 0.6% | 12.4% | 87.0% |"
    assert table_row("noise", counts, "nl") == "| ruis | 500 | 0,6% | 12,4% | 87,0% |"
