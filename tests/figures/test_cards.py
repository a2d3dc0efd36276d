"""Statements side by side."""

import io
import warnings

import pytest
from matplotlib.colors import to_hex
from PIL import Image

from workbook.figures import Card, Labels, cards, png, svg

LONG = "The advisory group chose this after a long talk about the places and what they ask. " * 4


def some(n, text="Partnership of welfare and the shelter"):
    return [Card(f"Heading {i}", text, ["small", LONG, LONG], "#0072B2") for i in range(n)]


def test_words_and_colours(seen):
    ax = cards([Card("What", "Option x", ["one", "two"], "#9DB7C9"), *some(1)], labels=Labels("T"))
    assert seen.texts(ax)[:4] == ["What", "Option x", "one", "two"]
    assert [to_hex(p.get_edgecolor()) for p in ax.patches] == ["#9db7c9", "#0072b2"]


@pytest.mark.parametrize("n", [1, 2, 4])
@pytest.mark.parametrize("text", ["Partnership of welfare and the shelter", "W" * 80])
def test_words_stay_on_their_card(n, text, seen):
    ax = cards(some(n, text), labels=Labels("T"))
    boxes = seen.boxes(ax)
    for words in ax.texts:
        if "W" * 10 in words.get_text():
            continue  # of the widest letter there is: it may stick out of its card
        card = int(words.get_position()[0])
        edges = ax.transData.transform([(card, 0), (card + 1, 1)])
        box = boxes[words]
        assert edges[0][0] <= box.x0 and box.x1 <= edges[1][0], words
        assert edges[0][1] <= box.y0 and box.y1 <= edges[1][1], words
    assert ax.get_window_extent().width > 1200


def test_png_and_svg_are_the_same_twice():
    ax = cards(some(2), labels=Labels("T"))
    once, drawn = png(ax.figure), svg(ax.figure)
    assert Image.open(io.BytesIO(once)).size == (1280, 720)
    assert png(ax.figure) == once and svg(ax.figure) == drawn


def test_no_cards():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png(cards([], labels=Labels("T")).figure)


def test_words_as_they_were_typed_on_any_axes(nasty, own_axes, seen):
    data = [Card(text, text, [text], "#000000") for text in nasty]
    ax = cards(data, labels=Labels("T"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png(ax.figure)
    assert cards(data, labels=Labels("T"), ax=own_axes) is own_axes
    assert own_axes.figure.texts == []
    for axes in (ax, own_axes):
        assert not any(text.get_parse_math() for text in axes.texts)
