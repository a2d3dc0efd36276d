"""The heatmap: symbol, counts and colour of every cell, and room for them."""

import io
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from PIL import Image

from workbook.figures import HeatCell, HeatMatrix, Labels, png, score_heatmap, svg
from workbook.figures.score_heatmap import COLOURS

GOOD = HeatCell(0, 2, 8, 0, (1, 1))
POOR = HeatCell(8, 2, 0, 2, (-1, -1))
FAIR = HeatCell(2, 5, 2, 0, (0, 0))
UPPER = HeatCell(1, 4, 5, 0, (0, 1))
LOWER = HeatCell(5, 4, 1, 0, (-1, 0))
ENDS = HeatCell(2, 0, 2, 0, (-1, 1))
SPLIT = HeatCell(3, 2, 4, 1, None, split=True)
EMPTY = HeatCell(0, 0, 0, 12, None)
THIN = HeatCell(0, 1, 3, 8, (1, 1), thin=True)
ALL = [GOOD, POOR, FAIR, UPPER, LOWER, ENDS, SPLIT, EMPTY, THIN]


def matrix(rows, columns, cells=ALL):
    r = rows if isinstance(rows, list) else [f"Option {i}" for i in range(rows)]
    c = columns if isinstance(columns, list) else [f"Criterion {i}" for i in range(columns)]
    return HeatMatrix(
        r, c, [[cells[(i * 4 + j) % len(cells)] for j in range(len(c))] for i in range(len(r))]
    )


def one(cell, labels):
    return score_heatmap(HeatMatrix(["option"], ["criterion"], [[cell]]), labels=labels)


def mesh(ax):
    (found,) = (c for c in ax.collections if isinstance(c, QuadMesh))
    return found


@pytest.mark.parametrize(
    ("cell", "colour", "symbol"),
    [
        (GOOD, "#0072b2", "+"),
        (POOR, "#d55e00", "−"),
        (FAIR, "#f0f0f0", "±"),
        (UPPER, COLOURS[3], "±/+"),
        (LOWER, COLOURS[1], "−/±"),
        (ENDS, "#f0f0f0", "−/+"),
        (THIN, "#0072b2", "+"),
    ],
)
def test_colour_symbol_and_counts_of_a_cell(cell, colour, symbol, labels, seen):
    """The colours are those of Okabe & Ito (2008) that colour-blind people can tell apart."""
    ax = one(cell, labels)
    ax.figure.canvas.draw()
    assert [to_hex(c) for c in mesh(ax).get_facecolors()] == [colour]
    assert seen.texts(ax)[:2] == [symbol, f"−{cell.minus} ±{cell.plusminus} +{cell.plus}"]


def test_the_colours_between_two_levels_are_all_different():
    assert len(set(COLOURS)) == 5
    assert (COLOURS[0], COLOURS[2], COLOURS[4]) == ("#d55e00", "#f0f0f0", "#0072b2")


def test_the_values_of_the_mesh(labels):
    cells = [[GOOD, POOR, FAIR], [UPPER, SPLIT, EMPTY]]
    ax = score_heatmap(HeatMatrix(["x", "y"], list("abc"), cells), labels=labels)
    values = mesh(ax).get_array()
    expected = np.ma.masked_invalid([[1, -1, 0], [0.5, np.nan, np.nan]])
    assert (np.ma.getmaskarray(values) == expected.mask).all()
    assert (values == expected).all()


def test_a_split_cell_shows_both_ends_and_no_median(labels, seen):
    ax = one(SPLIT, labels)
    places = {text.get_text(): text.get_position() for text in ax.texts}
    assert set(places) == {"−", "+", "split", "−3 ±2 +4", "? 1"}
    assert places["−"][0] < 0.3 and places["+"][0] > 0.7
    halves = [to_hex(p.get_facecolor()) for p in ax.patches if isinstance(p, Rectangle)]
    assert halves == ["#d55e00", "#0072b2"]
    assert np.ma.getmaskarray(mesh(ax).get_array()).all()


def test_the_counts_of_a_split_cell_are_dark_on_white(labels):
    (counts,) = (t for t in one(SPLIT, labels).texts if t.get_text() == "−3 ±2 +4")
    assert counts.get_color() == "#1A1A1A"
    assert to_hex(counts.get_bbox_patch().get_facecolor()) == "#ffffff"


def test_the_word_for_split_is_the_readers(seen):
    ax = one(SPLIT, Labels("T", words={"split": "verdeeld"}))
    assert "verdeeld" in seen.texts(ax)


@pytest.mark.parametrize(("cell", "badge"), [(POOR, "? 2"), (SPLIT, "? 1"), (EMPTY, "? 12")])
def test_dont_know_has_a_badge(cell, badge, labels, seen):
    assert badge in seen.texts(one(cell, labels))
    assert not any("?" in text for text in seen.texts(one(GOOD, labels)))


def test_an_empty_cell_is_dotted_and_white(labels, seen):
    ax = one(EMPTY, labels)
    (patch,) = ax.patches
    assert patch.get_linestyle() == ":" and to_hex(patch.get_facecolor()) == "#ffffff"
    assert seen.texts(ax)[0] == "·"


def test_a_thin_cell_is_dashed(labels):
    (patch,) = one(THIN, labels).patches
    assert not patch.get_fill() and patch.get_linestyle() not in ("-", ":", "solid")


def test_names_and_labels(labels, seen):
    ax = score_heatmap(matrix(2, 3), labels=labels)
    assert seen.rows(ax) == ["Option 0", "Option 1"]
    assert seen.columns(ax) == ["Criterion 0", "Criterion 1", "Criterion 2"]
    assert labels.title in seen.page(ax)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("", "")


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (7, 5), (9, 6)])
def test_png_is_a_projector_page_and_the_same_twice(size, labels):
    ax = score_heatmap(matrix(*size), labels=labels)
    once = png(ax.figure)
    assert Image.open(io.BytesIO(once)).size == (1280, 720)
    assert png(ax.figure) == once
    if size == (7, 5):
        assert png(score_heatmap(matrix(*size), labels=labels).figure) == once


def test_svg_is_the_same_twice_without_a_date(labels):
    ax = score_heatmap(matrix(2, 2), labels=labels)
    once = svg(ax.figure)
    assert svg(ax.figure) == once and b"<dc:date>" not in once


def overlap(one, other):
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0) > 1
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 4
    )


@pytest.mark.parametrize("size", [(2, 2), (9, 6), (30, 15)])
def test_nothing_stands_over_anything_else_and_all_is_on_the_page(size, labels, seen):
    columns = ["Inflow of cases", "Cooperation", "Image", "Area", "Accessibility"] * 3
    rows = ["Independent centre, only for violence at home", "One organisation"] * 15
    ax = score_heatmap(matrix(rows[: size[0]], columns[: size[1]]), labels=labels)
    boxes = seen.boxes(ax)
    width, height = ax.figure.canvas.get_width_height()
    for text, box in boxes.items():
        assert text.get_size() >= 7
        assert box.x0 >= -1 and box.x1 <= width + 1, text
        assert box.y0 >= -1 and box.y1 <= height + 1, text
    by_cell = {}
    for text in ax.texts:
        x, y = text.get_position()
        by_cell.setdefault((int(x), int(y)), []).append(text)
    assert len(by_cell) == size[0] * size[1]
    for texts in by_cell.values():
        words = [t for t in texts if t.get_text() not in ("−", "+")]
        for k, text in enumerate(words):
            for other in words[k + 1 :]:
                assert not overlap(boxes[text], boxes[other]), (text, other)
    rows = ax.get_yticklabels()
    for upper, lower in zip(rows[1:], rows, strict=False):
        assert not overlap(boxes[upper], boxes[lower])


def test_names_as_they_were_typed(nasty, labels, seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = score_heatmap(matrix(nasty, nasty), labels=labels)
        png(ax.figure)
    assert not any(text.get_parse_math() for text in seen.all_texts(ax))
    assert seen.rows(ax)[0] == "costs $5 and $6"
    assert seen.columns(ax)[1] == r"$\frac{1}{2}$ $x_1$"


def test_long_words_above_columns_slant(labels):
    ax = score_heatmap(matrix(3, ["Verantwoordelijkheden"] * 15), labels=labels)
    assert {label.get_rotation() for label in ax.get_xticklabels()} == {50}
    level = score_heatmap(matrix(3, 5), labels=labels)
    assert {label.get_rotation() for label in level.get_xticklabels()} == {0}


def test_on_axes_of_somebody_else(own_axes, nasty, labels, seen):
    assert score_heatmap(matrix(nasty, nasty), labels=labels, ax=own_axes) is own_axes
    assert own_axes.figure.texts == [] and own_axes.figure.legends == []
    assert not any(text.get_parse_math() for text in seen.all_texts(own_axes))
    with warnings.catch_warnings():
        # Their page, their typeface, their layout.
        warnings.filterwarnings("ignore", message="Glyph")
        own_axes.figure.savefig(io.BytesIO())


@settings(max_examples=8)
@given(st.data())
def test_any_matrix_draws_without_a_nan(data):
    cells = data.draw(st.lists(st.sampled_from(ALL), min_size=1, max_size=9))
    rows, columns = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 5))
    ax = score_heatmap(matrix(rows, columns, cells), labels=Labels("T"))
    assert not any("nan" in text.get_text().lower() for text in ax.texts)
    assert b"NaN" not in svg(ax.figure)


def test_everyone_does_not_know(labels):
    png(score_heatmap(matrix(3, 3, [EMPTY]), labels=labels).figure)


@pytest.mark.parametrize("cells", [[], [[GOOD]], [[GOOD, GOOD], [GOOD]], [[GOOD] * 3] * 2])
def test_cells_that_do_not_fit_are_refused(cells, labels):
    with pytest.raises(ValueError, match="cells must hold one cell per row and column"):
        score_heatmap(HeatMatrix(["x", "y"], ["a", "b"], cells), labels=labels)


@pytest.mark.parametrize(("rows", "columns"), [(0, 3), (3, 0), (0, 0)])
def test_nothing_to_draw_leaves_the_page(rows, columns, labels, seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = score_heatmap(matrix(rows, columns), labels=labels)
        png(ax.figure)
    assert seen.texts(ax) == [] and not ax.axison
    assert labels.title in seen.page(ax)
