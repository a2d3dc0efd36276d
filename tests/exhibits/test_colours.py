"""Colours that stand side by side can be told apart on paper in grey."""

from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.colors import to_rgb

from workbook.exhibits.criteria import CLUSTER_COLOURS
from workbook.exhibits.options import _KEPT
from workbook.exhibits.outcome import _STANCES


@pytest.mark.parametrize(
    "colours", [CLUSTER_COLOURS, _STANCES, _KEPT], ids=["cluster", "stance", "kept"]
)
def test_colours_that_stand_side_by_side_differ_in_grey(colours: dict[str, str]) -> None:
    grey = sorted(0.299 * r + 0.587 * g + 0.114 * b for r, g, b in map(to_rgb, colours.values()))
    assert min(b - a for a, b in pairwise(grey)) > 0.05
    told = [value for key, value in colours.items() if key not in ("none", "open", "unpublished")]
    grey = sorted(0.299 * r + 0.587 * g + 0.114 * b for r, g, b in map(to_rgb, told))
    assert min(b - a for a, b in pairwise(grey)) > 0.2
