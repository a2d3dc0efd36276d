"""A table of categories."""

import io
import itertools
import warnings

import numpy as np
import pytest
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex
from PIL import Image

from workbook.figures import Category, Grid, category_grid, png, svg

CATEGORIES = {
    "yes": Category("#0072B2", "+"),
    "no": Category("#D55E00", "−"),
    "open": Category("#FFFFFF", "silent", dotted=True),
}


def grid(rows, columns):
    keys = list(CATEGORIES)
    cells = [[keys[(i + j) % 3] for j in range(len(columns))] for i in range(len(rows))]
    return Grid(rows, columns, cells)


def draw(data, labels, **more):
    return category_grid(data, labels=labels, categories=CATEGORIES, **more)


def test_colours_symbols_and_names(labels, seen):
    ax = draw(grid(["x", "y"], ["a", "b", "c"]), labels)
    ax.figure.canvas.draw()
    (mesh,) = (c for c in ax.collections if isinstance(c, QuadMesh))
    assert np.asarray(mesh.get_array()).tolist() == [[0, 1, 2], [1, 2, 0]]
    blue, orange, white = "#0072b2", "#d55e00", "#ffffff"
    assert [to_hex(c) for c in mesh.get_facecolors()] == [blue, orange, white, orange, white, blue]
    assert seen.texts(ax) == ["+", "−", "silent", "−", "silent", "+"]
    assert (seen.rows(ax), seen.columns(ax)) == (["x", "y"], ["a", "b", "c"])
    assert [p.get_linestyle() for p in ax.patches] == [":", ":"]


def test_png_and_svg_are_the_same_twice(labels):
    ax = draw(grid(list("xyz"), list("abc")), labels)
    once, drawn = png(ax.figure), svg(ax.figure)
    assert Image.open(io.BytesIO(once)).size == (1280, 720)
    assert png(ax.figure) == once and svg(ax.figure) == drawn
    assert png(draw(grid(list("xyz"), list("abc")), labels).figure) == once


@pytest.mark.parametrize("size", [(1, 1), (9, 8), (30, 15)])
def test_legible_at_every_size(size, labels, seen):
    rows = [f"Partnership of municipality and shelter {i}" for i in range(size[0])]
    columns = [f"Responsibilities {i}" for i in range(size[1])]
    ax = draw(grid(rows, columns), labels)
    boxes = seen.boxes(ax)
    width, height = ax.figure.canvas.get_width_height()
    for text, box in boxes.items():
        assert text.get_size() >= 7
        assert box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1
    names = ax.get_yticklabels()
    for upper, lower in itertools.pairwise(names):
        assert boxes[upper].y0 >= boxes[lower].y1 - 4
    for text in ax.texts:
        inside = ax.transData.inverted().transform(boxes[text])
        assert int(inside[0][0]) == int(inside[1][0]), "a symbol is wider than its cell"


def test_names_as_they_were_typed(nasty, labels, seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = draw(grid(nasty, nasty), labels)
        png(ax.figure)
    assert not any(text.get_parse_math() for text in seen.all_texts(ax))


def test_on_axes_of_somebody_else(own_axes, nasty, labels, seen):
    assert draw(grid(nasty, nasty), labels, ax=own_axes) is own_axes
    assert own_axes.figure.texts == [] and own_axes.figure.legends == []
    assert not any(text.get_parse_math() for text in seen.all_texts(own_axes))


def test_what_does_not_fit_is_refused(labels):
    with pytest.raises(ValueError, match="cells must hold"):
        draw(Grid(["x"], ["a", "b"], [["yes"]]), labels)
    with pytest.raises(ValueError, match="cells names maybe"):
        draw(Grid(["x"], ["a"], [["maybe"]]), labels)


@pytest.mark.parametrize("data", [Grid([], ["a"], []), Grid(["x"], [], [[]]), Grid([], [], [])])
def test_nothing_to_draw_leaves_the_page(data, labels, seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = draw(data, labels)
        png(ax.figure)
    assert seen.texts(ax) == [] and labels.title in seen.page(ax)
