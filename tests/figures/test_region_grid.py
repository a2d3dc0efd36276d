"""Regions side by side."""

from __future__ import annotations

import pytest
from matplotlib.colors import to_hex

from workbook.figures import Block, Category, RegionCell, RegionGrid, png, region_grid, svg
from workbook.figures.canvas import MARK

LOOKS = {
    "yes": Category("#0072B2", "+"),
    "no": Category("#F5F5F5", ""),
    "open": Category("#FFFFFF", "", dotted=True),
}


def grid(columns: int, rows: int = 3, text: tuple[str, ...] = ()) -> RegionGrid:
    cells = [
        [RegionCell(list(LOOKS)[(i + j) % 3], text) for j in range(columns)] for i in range(rows)
    ]
    names = [f"Row {i}" for i in range(rows)]
    blocks = [
        Block("One", names, cells, ["1"] * rows, "kept"),
        Block("Two", names, cells, ["2 + 1"] * rows),
    ]
    regions = [f"Region {j} (fictional)" for j in range(columns)]
    return RegionGrid(regions, [j % 2 == 0 for j in range(columns)], blocks)


def test_names_counts_headings_and_marks(labels, seen) -> None:
    ax = region_grid(grid(2), labels=labels, categories=LOOKS)
    ax.figure.canvas.draw()
    assert seen.rows(ax) == ["One", "Row 0", "Row 1", "Row 2", "Two", "Row 0", "Row 1", "Row 2"]
    assert seen.columns(ax) == ["Region 0 (fictional)", "Region 1 (fictional)"]
    texts = seen.texts(ax)
    assert texts.count("1") == 3 and texts.count("2 + 1") == 3 and "kept" in texts
    weights = [tick.get_weight() for tick in ax.get_yticklabels()]
    assert [place for place, weight in enumerate(weights) if weight == "bold"] == [0, 4]
    colours = [to_hex(tick.get_color()) for tick in ax.get_xticklabels()]
    assert colours[0] == MARK.lower() and colours[1] != MARK.lower()


@pytest.mark.parametrize(("columns", "shown"), [(2, "the long text"), (30, "s")])
def test_the_longest_text_that_fits_shows(columns: int, shown: str, labels, seen) -> None:
    ax = region_grid(grid(columns, text=("the long text", "s")), labels=labels, categories=LOOKS)
    assert set(seen.texts(ax)) & {"the long text", "s"} == {shown}


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (7, 5), (30, 6), (30, 20), (60, 3)])
def test_everything_is_on_the_page(columns: int, rows: int, labels, seen) -> None:
    ax = region_grid(grid(columns, rows, ("some text", "x")), labels=labels, categories=LOOKS)
    boxes = seen.boxes(ax)
    width, height = ax.figure.canvas.get_width_height()
    assert width == 1280 and (height == 720 or rows == 20)
    for text, box in boxes.items():
        assert box.x0 >= -1 and box.x1 <= width + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= height + 1, text.get_text()


def test_png_and_svg_are_the_same_twice(labels) -> None:
    ax = region_grid(grid(3), labels=labels, categories=LOOKS)
    assert png(ax.figure) == png(region_grid(grid(3), labels=labels, categories=LOOKS).figure)
    assert svg(ax.figure) == svg(ax.figure)


def test_names_as_they_were_typed(nasty, labels, seen) -> None:
    cells = [[RegionCell("yes", (name, "x"))] for name in nasty]
    block = Block("Names", nasty, cells, ["1"] * len(nasty))
    ax = region_grid(RegionGrid(nasty[:1], [True], [block]), labels=labels, categories=LOOKS)
    png(ax.figure)
    assert not any(text.get_parse_math() for text in seen.all_texts(ax))


def test_what_does_not_fit_together_is_refused(labels) -> None:
    cell = RegionCell("yes")
    wrong = [
        (RegionGrid(["a"], [], []), "marked"),
        (RegionGrid(["a"], [True], [Block("x", ["r"], [[cell, cell]], ["1"])]), "cells must"),
        (RegionGrid(["a"], [True], [Block("x", ["r"], [[cell]], [])]), "counts must"),
        (RegionGrid(["a"], [True], [Block("x", ["r"], [[RegionCell("?")]], ["1"])]), "look"),
    ]
    for data, words in wrong:
        with pytest.raises(ValueError, match=words):
            region_grid(data, labels=labels, categories=LOOKS)
