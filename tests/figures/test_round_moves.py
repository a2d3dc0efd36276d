"""Two rounds in one table: how people moved, or the counts side by side."""

import io
import itertools
import warnings

import pytest
from matplotlib.colors import to_hex
from PIL import Image

from workbook.figures import Category, png, svg
from workbook.figures.round_moves import (
    CountCell,
    MoveCell,
    RoundMatrix,
    round_counts,
    round_moves,
)

LOOKS = {"closer": Category("#00735C", "→ ←"), "same": Category("#FFFFFF", "=")}
LINES = [(), ("▲12  ▼10",), ("▲2  ▼1", "?→10  →?11")]


def moves(rows, columns):
    keys = list(LOOKS)
    return RoundMatrix(
        rows,
        columns,
        [
            [MoveCell(keys[(i + j) % 2], LINES[(i + j) % 3]) for j in range(len(columns))]
            for i in range(len(rows))
        ],
    )


def counts(rows, columns):
    cell = CountCell((3, 4, 5, 0), (0, 12, 0, 1), "T 8 → 0")
    return RoundMatrix(rows, columns, [[cell] * len(columns) for _ in rows])


def draw(data, labels, **more):
    cells = [cell for row in data.cells for cell in row]
    if cells and isinstance(cells[0], CountCell):
        return round_counts(data, labels=labels, **more)
    return round_moves(data, labels=labels, looks=LOOKS, **more)


def test_a_cell_has_its_colour_sign_and_lines(labels, seen):
    ax = draw(moves(["x", "y"], ["a", "b"]), labels)
    assert [to_hex(patch.get_facecolor()) for patch in ax.patches] == [
        "#00735c", "#ffffff", "#ffffff", "#00735c"
    ]  # fmt: skip
    assert seen.texts(ax) == [
        "→ ←", "=", "▲12  ▼10", "=", "▲12  ▼10", "→ ←", "▲2  ▼1", "?→10  →?11"
    ]  # fmt: skip
    assert (seen.rows(ax), seen.columns(ax)) == (["x", "y"], ["a", "b"])


def test_two_bars_with_their_counts(labels, seen):
    ax = draw(counts(["x"], ["a"]), labels)
    assert seen.texts(ax) == ["3", "4", "5", "12", "1", "T 8 → 0"]
    _cell, *bars = ax.patches
    upper, lower = bars[:3], bars[3:]
    assert [to_hex(bar.get_facecolor()) for bar in bars] == [
        "#d55e00", "#f0f0f0", "#0072b2", "#f0f0f0", "#ffffff"
    ]  # fmt: skip
    widths = [bar.get_width() for bar in bars]
    assert widths == pytest.approx([n * 0.92 / 13 for n in (3, 4, 5, 12, 1)])
    assert all(a.get_y() + a.get_height() < b.get_y() for a in upper for b in lower)


def test_a_count_that_does_not_fit_is_left_out(labels, seen):
    cell = CountCell((1, 120, 0, 0), (0, 0, 60, 0))
    ax = draw(RoundMatrix(["x"], list("abcdef"), [[cell] * 6]), labels)
    assert set(seen.texts(ax)) == {"120", "60", ""}


@pytest.mark.parametrize("make", [moves, counts])
def test_png_and_svg_are_the_same_twice(make, labels):
    data = make(list("xyz"), list("abc"))
    once, drawn = png(draw(data, labels).figure), svg(draw(data, labels).figure)
    assert Image.open(io.BytesIO(once)).size == (1280, 720)
    assert png(draw(data, labels).figure) == once and svg(draw(data, labels).figure) == drawn


@pytest.mark.parametrize("make", [moves, counts])
@pytest.mark.parametrize("size", [(1, 1), (5, 6), (8, 9), (24, 12)])
def test_legible_at_every_size(make, size, labels, seen):
    rows = [f"Partnership of municipality and shelter {i}" for i in range(size[0])]
    columns = [f"Responsibilities {i}" for i in range(size[1])]
    ax = draw(make(rows, columns), labels)
    boxes = seen.boxes(ax)
    width, height = ax.figure.canvas.get_width_height()
    for text, box in boxes.items():
        assert text.get_size() >= 6
        assert box.x0 >= -1 and box.x1 <= width + 1 and box.y0 >= -1 and box.y1 <= height + 1
    for upper, lower in itertools.pairwise(ax.get_yticklabels()):
        assert boxes[upper].y0 >= boxes[lower].y1 - 4
    for text in ax.texts:
        if text in boxes:
            inside = ax.transData.inverted().transform(boxes[text])
            assert int(inside[0][0]) == int(inside[1][0]), "a text is wider than its cell"
    drawn = [(text, boxes[text]) for text in ax.texts if text in boxes]
    for (one, a), (other, b) in itertools.combinations(drawn[:60], 2):
        overlap = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert min(overlap) <= 3, f"{one.get_text()} over {other.get_text()}"


@pytest.mark.parametrize("make", [moves, counts])
def test_names_as_they_were_typed(make, nasty, labels, seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = draw(make(nasty, nasty), labels)
        png(ax.figure)
    assert not any(text.get_parse_math() for text in seen.all_texts(ax))


@pytest.mark.parametrize("make", [moves, counts])
def test_on_axes_of_somebody_else(make, own_axes, nasty, labels, seen):
    assert draw(make(nasty, nasty), labels, ax=own_axes) is own_axes
    assert own_axes.figure.texts == [] and own_axes.figure.legends == []
    assert not any(text.get_parse_math() for text in seen.all_texts(own_axes))


def test_what_does_not_fit_is_refused(labels):
    with pytest.raises(ValueError, match="cells must hold"):
        draw(RoundMatrix(["x"], ["a", "b"], [[MoveCell("same")]]), labels)
    with pytest.raises(ValueError, match="cells names maybe"):
        draw(RoundMatrix(["x"], ["a"], [[MoveCell("maybe")]]), labels)
    with pytest.raises(ValueError, match="at most two lines"):
        draw(RoundMatrix(["x"], ["a"], [[MoveCell("same", ("1", "2", "3"))]]), labels)


@pytest.mark.parametrize("kind", [round_counts, lambda d, labels: draw(d, labels)])
@pytest.mark.parametrize("rows", [[], ["x"]])
def test_nothing_to_draw_leaves_the_page(kind, rows, labels, seen):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax = kind(RoundMatrix(rows, [], [[] for _ in rows]), labels=labels)
        png(ax.figure)
    assert seen.texts(ax) == [] and labels.title in seen.page(ax)
