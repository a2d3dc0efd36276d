"""The page: its size, its words, its bytes, its colours."""

import io
import re
import warnings
import xml.etree.ElementTree as ET

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from PIL import Image

from workbook import handbook
from workbook.figures import Labels, canvas, png, svg
from workbook.figures.canvas import (
    ACCENT,
    INK,
    MARK,
    PAPER,
    QUIET,
    fit,
    head_room,
    ink_on,
    page,
    style,
    within,
    wrap,
)
from workbook.figures.score_heatmap import COLOURS

SVG = "{http://www.w3.org/2000/svg}"


def contrast(one, other):
    """WCAG 2.2: (L₁ + .05)/(L₂ + .05), with L the relative luminance."""

    def luminance(colour):
        linear = [
            v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in to_rgb(colour)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", [*COLOURS, ACCENT, QUIET, MARK, PAPER, "#E4DCEB"])
def test_type_stands_out_on_every_colour(colour):
    """At least 4.5:1 (WCAG 2.2, success criterion 1.4.3)."""
    assert contrast(colour, ink_on(colour)) >= 4.5


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_the_better_ink_is_chosen(rgb):
    colour = "#{:02x}{:02x}{:02x}".format(*rgb)
    best = max(contrast(colour, INK), contrast(colour, PAPER))
    assert contrast(colour, ink_on(colour)) == pytest.approx(best, rel=1e-3)


def test_the_words_of_the_page(labels, seen):
    ax = page(labels)
    assert {labels.title, labels.mark, labels.note} == set(seen.page(ax))
    (legend,) = ax.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["− poor", "± fair", "+ good"]


def test_a_page_without_words(seen):
    ax = page(Labels(title="T"))
    assert seen.page(ax) == ["T"] and not ax.figure.legends


@pytest.mark.parametrize(
    "title",
    ["Short", "A title of some words " * 3, "A title of words " * 12, "W" * 300, "$a$ " * 9],
)
@pytest.mark.parametrize("mark", ["", "READ FROM A PUBLISHED TEXT", "M" * 200])
def test_title_and_mark_stand_apart_and_on_the_page(title, mark):
    ax = page(Labels(title=title.strip(), mark=mark))
    ax.figure.canvas.draw()
    boxes = {text.get_text(): text.get_window_extent() for text in ax.figure.texts}
    assert all(box.x0 >= 0 and box.x1 <= 1280 for box in boxes.values())
    (heading,) = (t for t in boxes if t[:3] == title[:3])
    assert heading == title.strip() or heading.endswith("…")
    assert len(heading) > min(len(title.strip()), 15) - 1
    if mark:
        (badge,) = (box for text, box in boxes.items() if text != heading)
        assert boxes[heading].x1 < badge.x0


@pytest.mark.parametrize("n", [1, 4, 7, 9])
@pytest.mark.parametrize("text", ["short", "a key of rather many words"])
def test_the_legend_stays_on_the_page_and_off_the_note(n, text):
    ax = page(
        Labels(title="T", note="A note.", legend=[("#000000", f"{text} {i}") for i in range(n)])
    )
    ax.figure.canvas.draw()
    (legend,) = ax.figure.legends
    box = legend.get_window_extent()
    (note,) = (t.get_window_extent() for t in ax.figure.texts if t.get_text() == "A note.")
    assert box.x0 >= 0 and box.x1 <= 1280
    assert note.y1 <= box.y0 + 8
    assert box.y1 <= ax.get_window_extent().y0 + 8


def test_a_long_note_ends_in_dots(seen):
    ax = page(Labels(title="T", note="word " * 200))
    (note,) = (text for text in seen.page(ax) if text != "T")
    assert note.count("\n") == 1 and note.endswith("…")


def test_png_is_the_size_of_a_projector_page_and_the_same_twice(labels):
    figure = page(labels).figure
    once = png(figure)
    assert Image.open(io.BytesIO(once)).size == (1280, 720)
    assert png(figure) == once == png(page(labels).figure)


def test_a_higher_page(labels):
    assert Image.open(io.BytesIO(png(page(labels, 1000).figure))).size == (1280, 1000)


def test_svg_has_no_date_and_is_the_same_twice(labels):
    figure = page(labels).figure
    once = svg(figure)
    assert svg(figure) == once == svg(page(labels).figure)
    assert not re.search(rb"<dc:date>|20\d\d-\d\d-\d\d|<dc:creator>", once)


TYPED = "Een <b>& “stem” 🫶 − ± + $x$ \u202eمرحبا"


@pytest.mark.parametrize(
    ("typed", "shown"), [(TYPED, TYPED), ("Regio\x0b\x07 \ufffe", "RegioU+000BU+0007 U+FFFE")]
)
def test_the_words_of_an_svg_are_text_as_it_was_typed(typed, shown):
    figure = page(Labels(title=typed, mark="FICTIEF", note="Noot")).figure
    words = [element.text for element in ET.fromstring(svg(figure)).iter(f"{SVG}text")]
    assert {shown, "FICTIEF", "Noot"} <= set(words)


def test_an_svg_names_other_typefaces_for_where_ours_is_not_there(labels):
    element = next(ET.fromstring(svg(page(labels).figure)).iter(f"{SVG}text"))
    assert "font-family: 'DejaVu Sans', 'Verdana', sans-serif" in element.get("style")


def test_png_after_svg_is_the_same(labels):
    figure = page(labels).figure
    once = png(figure)
    svg(figure)
    assert png(figure) == once


def test_the_readers_own_settings_neither_count_nor_change(labels):
    once = png(page(labels).figure)
    with mpl.rc_context({"font.size": 40, "axes.facecolor": "red", "text.color": "red"}):
        before = dict(mpl.rcParams)
        assert png(page(labels).figure) == once
        assert dict(mpl.rcParams) == before


def test_the_style_within_itself_stays_until_the_outer_one_ends():
    with mpl.rc_context({"font.size": 40}):
        with pytest.raises(ZeroDivisionError), style():
            with style():
                assert mpl.rcParams["font.size"] == 14
            assert mpl.rcParams["font.size"] == 14
            raise ZeroDivisionError
        assert mpl.rcParams["font.size"] == 40
        with style():
            assert mpl.rcParams["font.size"] == 14


def test_words_in_a_cell_take_no_room_around_the_axes(labels):
    def drawn(words):
        ax = page(labels)
        text = within(ax, 0.5, 0.5, words, 20, INK)
        png(ax.figure)
        assert (text.get_ha(), text.get_va(), text.get_weight()) == ("center", "center", "bold")
        return ax.get_position().bounds, text.get_window_extent().width

    short, long = drawn("±"), drawn("long " * 60)
    assert long[0] == short[0]
    assert long[1] > 1280, "long enough to have mattered"


def test_more_colours_than_the_small_table_holds():
    """The commonest stay as they are, and what is rare becomes one of them."""
    ax = page(Labels(title="T"))
    rare = [[(x / 255, y / 255, 0.5) for x in range(256)] for y in range(256)]
    ax.imshow(rare, interpolation="nearest", aspect="auto", extent=(0, 0.5, 0, 1))
    ax.add_patch(Rectangle((0.5, 0), 0.5, 1, fc=ACCENT))
    ax.set_xlim(0, 1)
    picture = Image.open(io.BytesIO(png(ax.figure))).convert("RGB")
    box = ax.get_window_extent()
    flat = picture.getpixel((int(box.x0 + 0.75 * box.width), int(720 - box.y1 + box.height / 2)))
    assert flat == tuple(round(255 * part) for part in to_rgb(ACCENT))
    assert 100 < len(picture.getcolors()) <= 256


def test_a_sign_that_is_not_in_the_typeface_warns_nobody():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        png(page(Labels(title="🏠 漢字")).figure)


def test_style_keeps_dollar_signs():
    with style():
        assert mpl.rcParams["text.parse_math"] is False


@given(st.text(max_size=200), st.integers(1, 40), st.integers(1, 4))
def test_wrapped_labels_fit(text, width, lines):
    wrapped = wrap(text, width, lines).split("\n")
    assert len(wrapped) <= lines
    assert all(len(line) <= max(width, 2) for line in wrapped)


def test_wrapping_by_hand():
    assert wrap("one two three", 7) == "one two\nthree"
    assert wrap("one two three four", 7, 1) == "one tw…"
    assert wrap("", 7) == ""
    assert wrap("abcdefghij", 4, 2) == "abcd\nefg…"


@given(st.lists(st.text(max_size=40), max_size=5), st.floats(20, 1000))
def test_the_size_of_names_stays_within_bounds(names, width):
    size, chars = fit(names, width, 15, 8)
    assert 8 <= size <= 15 and chars >= 4
    longest = max((len(word) for name in names for word in name.split()), default=1)
    if size > 8:
        assert chars >= longest, "a word that fits is broken"


def test_names_slant_only_where_a_word_would_break():
    assert head_room(["short words only"], 200, 8) == 0
    assert head_room(["Verantwoordelijkheden"], 60, 8) > 0
    assert head_room([], 60, 8) == 0


def test_a_mark_with_the_regions_name_is_whole(seen):
    mark = "WEST-BRABANT · GELEZEN UIT EEN GEPUBLICEERDE TEKST"
    assert mark in seen.page(
        page(Labels(title="A title of some length, that has to give way", mark=mark))
    )


def test_the_colours_of_the_scale_are_those_of_the_handbook():
    colours = {level.value: level.colour for level in handbook.scale()}
    assert colours["-1"] == canvas.MINUS
    assert colours["0"] == canvas.MIDDLE
    assert colours["1"] == canvas.PLUS
