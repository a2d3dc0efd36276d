"""Bars: counts, shares, and counts that lean two ways."""

import io
import itertools
import warnings

import pytest
from matplotlib.colors import to_hex
from PIL import Image

from workbook.figures import leaning_counts, png, share_bars, stacked_bars, svg

COLOURS = {"yes": "#0072B2", "no": "#C9CED3"}


def bars(ax):
    return [(p.get_x(), p.get_width(), to_hex(p.get_facecolor())) for p in ax.patches]


def stacked(names, labels, ax=None):
    data = {name: {"yes": i, "no": 2} for i, name in enumerate(names)}
    return stacked_bars(data, labels=labels, colours=COLOURS, ax=ax)


def shares(names, labels, ax=None):
    data = {name: i / 2 for i, name in enumerate(names)}
    return share_bars(data, labels=labels, texts=dict.fromkeys(names, "876 of 1,024"), ax=ax)


def leaning(names, labels, ax=None):
    data = {name: (3, 2, 4, i) for i, name in enumerate(names)}
    return leaning_counts(data, labels=labels, flagged=names[:2], ax=ax)


KINDS = (stacked, shares, leaning)


def test_stacked_counts(labels, seen):
    ax = stacked_bars(
        {"x": {"yes": 3, "no": 1}, "y": {"yes": 0, "no": 0}}, labels=labels, colours=COLOURS
    )
    assert bars(ax) == [(0, 3, "#0072b2"), (3, 1, "#c9ced3")]
    assert seen.texts(ax) == ["3", "1", "0"]
    assert seen.rows(ax) == ["x", "y"]


def test_shares(labels, seen):
    ax = share_bars({"x": 0.5, "y": 0}, labels=labels, texts={"x": "half", "y": "none"})
    assert [width for _x, width, _c in bars(ax)] == [0.5, 0]
    assert seen.texts(ax) == ["half", "none"]


def test_counts_that_lean(labels, seen):
    """− from −1 − 3 to −1, ± from −1 to 1, + from 1 to 5."""
    ax = leaning_counts({"x": (3, 2, 4, 1)}, labels=labels, flagged=["x"])
    assert bars(ax) == [(-4, 3, "#d55e00"), (-1, 2, "#f0f0f0"), (1, 4, "#0072b2")]
    assert seen.texts(ax) == ["−3", "±2", "+4", "? 1", "split"]


def test_counts_wider_than_their_bar_stand_beside_it(labels, seen):
    ax = leaning_counts({"x": (100, 1, 1, 12)}, labels=labels, flagged=["x"])
    assert seen.texts(ax) == ["−100", "±1 +1 ? 12", "split"]
    boxes = seen.boxes(ax)
    one, other = (boxes[text] for text in ax.texts[1:])
    assert one.x1 < other.x0


def test_first_row_on_top(labels):
    for kind in KINDS:
        bottom, top = kind(["x", "y"], labels).get_ylim()
        assert bottom > top


def test_nothing_and_zeros(labels, seen):
    for kind in KINDS:
        png(kind([], labels).figure)
    assert seen.texts(leaning_counts({"x": (0, 0, 0, 0)}, labels=labels)) == []
    png(share_bars({"x": 0}, labels=labels, texts={"x": "0"}).figure)


@pytest.mark.parametrize("kind", KINDS)
def test_png_and_svg_are_the_same_twice(kind, labels):
    ax = kind(["x", "y"], labels)
    once, drawn = png(ax.figure), svg(ax.figure)
    assert Image.open(io.BytesIO(once)).size == (1280, 720)
    assert png(ax.figure) == once and svg(ax.figure) == drawn
    assert png(kind(["x", "y"], labels).figure) == once


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n", [1, 8, 20, 40])
def test_legible_with_many_rows(kind, n, labels, seen):
    ax = kind([f"Partnership of municipality and shelter {i}" for i in range(n)], labels)
    boxes = seen.boxes(ax)
    assert all(text.get_size() >= 7 for text in boxes)
    width = ax.figure.canvas.get_width_height()[0]
    assert all(box.x0 >= -1 and box.x1 <= width + 1 for box in boxes.values())
    names = ax.get_yticklabels()
    for upper, lower in itertools.pairwise(names):
        assert boxes[upper].y0 >= boxes[lower].y1 - 4


@pytest.mark.parametrize("kind", KINDS)
def test_names_as_they_were_typed_on_any_axes(kind, nasty, own_axes, labels, seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = kind(nasty, labels)
        png(ax.figure)
    assert kind(nasty, labels, ax=own_axes) is own_axes
    assert own_axes.figure.texts == [] and own_axes.figure.legends == []
    for axes in (ax, own_axes):
        assert not any(text.get_parse_math() for text in seen.all_texts(axes))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_share_that_is_no_number_is_refused(value, labels):
    with pytest.raises(ValueError, match="data must hold finite values"):
        share_bars({"x": 1, "y": value}, labels=labels, texts={"x": "", "y": ""})
