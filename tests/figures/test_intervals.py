"""A value per row with its range."""

import io
import itertools
import warnings

import pytest
from PIL import Image

from workbook.figures import intervals, png, svg

NAN = float("nan")


def draw(data, labels, **more):
    return intervals(data, labels=labels, texts=dict.fromkeys(data, "+0.10"), **more)


def test_ranges_values_and_words(labels, seen):
    ax = draw({"x": (-0.5, 0.1, 0.8), "y": (-1, NAN, 1)}, labels)
    lines = [line.get_xdata() for line in ax.lines]
    assert [list(map(float, line)) for line in lines] == [[-0.5, 0.8], [0.1], [-1, 1], [0, 0]]
    assert seen.texts(ax) == ["+0.10", "  –"]
    assert seen.columns(ax) == ["−", "±", "+"]
    assert seen.rows(ax) == ["x", "y"]


def test_limits(labels):
    left, right = draw({"x": (0, 0.5, 1)}, labels, limits=(0, 1)).get_xlim()
    assert left < 0 < 1 < right


@pytest.mark.parametrize("n", [0, 1, 7])
def test_png_and_svg_are_the_same_twice(n, labels):
    ax = draw({f"o{i}": (-0.5, i / 10, 0.8) for i in range(n)}, labels)
    once, drawn = png(ax.figure), svg(ax.figure)
    assert Image.open(io.BytesIO(once)).size == (1280, 720)
    assert png(ax.figure) == once and svg(ax.figure) == drawn
    assert b"NaN" not in drawn


@pytest.mark.parametrize("n", [9, 30])
def test_legible_with_many_rows(n, labels, seen):
    ax = draw(
        {f"Partnership of municipality and shelter {i}": (-1, 0, 1) for i in range(n)}, labels
    )
    boxes = seen.boxes(ax)
    names = ax.get_yticklabels()
    for upper, lower in itertools.pairwise(names):
        assert boxes[upper].y0 >= boxes[lower].y1 - 4
    assert all(text.get_size() >= 7 for text in boxes)


def test_names_as_they_were_typed_on_any_axes(nasty, own_axes, labels, seen):
    data = dict.fromkeys(nasty, (-1, 0, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = draw(data, labels)
        png(ax.figure)
    assert draw(data, labels, ax=own_axes) is own_axes
    assert own_axes.figure.texts == []
    for axes in (ax, own_axes):
        assert not any(text.get_parse_math() for text in seen.all_texts(axes))


@pytest.mark.parametrize("row", [(NAN, 0, 1), (-1, 0, NAN), (float("-inf"), 0, 1)])
def test_a_range_that_is_no_number_is_refused(row, labels):
    with pytest.raises(ValueError, match="data must hold a finite low and high"):
        draw({"x": row}, labels)
