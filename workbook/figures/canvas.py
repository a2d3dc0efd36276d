"""The frame of every picture: one projector-sized page with title, mark, legend and note."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure, SubFigure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch
from matplotlib.text import Text
from PIL import Image

from workbook.figures.xml_text import written_out

WIDTH, HEIGHT, DPI = 1280, 720, 100
INK, PAPER, FAINT = "#1A1A1A", "#FFFFFF", "#6B6B6B"
MINUS, MIDDLE, PLUS, UNKNOWN = "#D55E00", "#F0F0F0", "#0072B2", "#FFFFFF"
SLANTED = 28
"""Characters on a line of a name that stands at an angle."""
ACCENT, QUIET, MARK = "#0072B2", "#C9CED3", "#7A3E00"

_STYLE = {
    # Ours, and for an SVG where that isn't there: one that is as wide, and then whatever there is,
    # which is narrower.
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"],
    "font.size": 14,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "xtick.color": INK,
    "ytick.color": INK,
    # What people typed is shown as typed: a dollar sign starts no formula.
    "text.parse_math": False,
    # The shapes of letters as they are: spaced evenly at every size, alike in PNG and SVG.
    "text.hinting": "none",
    "svg.hashsalt": "werkboek",
    # Words, not the outlines of their letters: to be found, copied, read aloud and corrected.
    "svg.fonttype": "none",
    "hatch.linewidth": 1.0,
}

_styled = ContextVar("_styled", default=False)


@dataclass(frozen=True)
class Labels:
    """The words on a picture, already in the reader's language.

    Attributes
    ----------
    title : str
        What is shown; it argues nothing.
    mark : str
        What must be known before reading: fictional, read from the text. Drawn as a badge.
    note : str
        A line under the picture: how to read it, what is missing.
    x, y : str
        Axis titles.
    legend : sequence of (colour, text)
        Keys under the picture.
    words : dict
        Words inside the drawing, by name.
    """

    title: str
    mark: str = ""
    note: str = ""
    x: str = ""
    y: str = ""
    legend: Sequence[tuple[str, str]] = ()
    words: dict[str, str] = field(default_factory=dict)


@contextmanager
def style() -> Iterator[None]:
    """Use the workbook's style, whatever the reader's own settings are.

    Within itself it does nothing: who does several things in a row sets the style once around them.
    """
    if _styled.get():
        yield
        return
    with mpl.rc_context(), warnings.catch_warnings():
        # A sign that the typeface lacks shows as a box; a warning would help nobody in the room.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        token = _styled.set(True)
        try:
            yield
        finally:
            _styled.reset(token)


def page(labels: Labels, height: int = HEIGHT) -> Axes:
    """Make a page with its title, mark, note and legend, and give the axes to draw on.

    Parameters
    ----------
    labels : Labels
        The words.
    height : int
        Pixels; more than 720 only where a table has too many rows for one projector page.
    """
    with style():
        figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=PAPER)
        FigureCanvasAgg(figure)
        top, bottom = 78 / height, (62 if labels.legend or labels.note else 18) / height
        if labels.legend:
            rows = _legend(figure, labels.legend, (34 if labels.note else 8) / height)
            bottom = ((88 if labels.note else 62) + 24 * (rows - 1)) / height
        figure.set_layout_engine(
            "constrained", rect=(0.012, bottom, 0.976, 1 - top - bottom), h_pad=0.04, w_pad=0.04
        )
        room = 0.984 * WIDTH
        if labels.mark:
            mark = figure.text(
                0.984,
                1 - 26 / height,
                labels.mark,
                size=13,
                weight="bold",
                ha="right",
                va="top",
                color=MARK,
                bbox={"boxstyle": "round,pad=0.35", "fc": "#FFF3E6", "ec": MARK, "lw": 1.2},
            )
            _shrink(mark, 640, (13, 11))
            room = mark.get_window_extent().x0 - 20
        title = figure.text(0.016, 1 - 22 / height, labels.title, weight="bold", va="top")
        _shrink(title, room - 0.016 * WIDTH, (21, 17, 14))
        if labels.note:
            note = wrap(labels.note, 138, 2)
            figure.text(0.016, 10 / height, note, size=12, color="#404040", va="bottom")
        return figure.add_subplot()


@contextmanager
def still(figure: Figure | SubFigure) -> Iterator[None]:
    """Draw nothing while a picture is put together; seaborn would draw all of it halfway."""
    before = figure.canvas
    _Still(figure.figure)
    try:
        yield
    finally:
        figure.figure.set_canvas(before)


class _Still(FigureCanvasAgg):
    def draw(self) -> None:
        self.figure.stale = False


def _legend(figure: Figure, keys: Sequence[tuple[str, str]], bottom: float) -> int:
    """Put the keys under the picture, in as few rows as they fit. Returns how many rows."""
    handles = [Patch(facecolor=colour, edgecolor=FAINT, label=text) for colour, text in keys]
    for rows, size in ((1, 14), (2, 14), (2, 12), (3, 12), (3, 9)):
        legend = figure.legend(
            handles=handles,
            loc="lower center",
            bbox_to_anchor=(0.5, bottom),
            ncols=-(-len(handles) // rows),
            frameon=False,
            fontsize=size,
            handlelength=1.3,
            columnspacing=1.6,
        )
        if legend.get_window_extent().width <= WIDTH - 20:
            break
        if size > 9:
            legend.remove()
    return rows


def _shrink(text: Text, width: float, sizes: Sequence[int]) -> None:
    """Make one line of text at most ``width`` pixels: smaller first, then cut off with …."""
    words = text.get_text()
    for size in sizes:
        text.set_size(size)
        if text.get_window_extent().width <= width:
            return
    for keep in range(min(len(words), 160), 0, -1):
        text.set_text(wrap(words, keep, 1))
        if text.get_window_extent().width <= width:
            return


def wrap(text: str, width: int, lines: int = 3) -> str:
    """Break a label into at most ``lines`` lines, ending in … where more is left out."""
    wrapped = textwrap.wrap(text, width, break_long_words=True) or [""]
    if len(wrapped) > lines:
        wrapped = [*wrapped[: lines - 1], wrapped[lines - 1][: max(width - 1, 1)] + "…"]
    return "\n".join(wrapped)


def fit(
    names: Sequence[str], width: float, largest: float, smallest: float = 8
) -> tuple[float, int]:
    """Choose a type size at which the longest word fits, and the characters on a line.

    Parameters
    ----------
    names : sequence of str
        Labels that will be wrapped.
    width : float
        Pixels a line may take.
    largest, smallest : float
        Bounds of the size in points.

    Returns
    -------
    (float, int)
        Size in points, and how many characters fit on a line at that size.
    """
    longest = max((len(word) for name in names for word in name.split()), default=1)
    pixels_per_point = 0.55 * DPI / 72
    size = min(largest, max(smallest, width / (longest * pixels_per_point)))
    # Without the small number the longest word itself could fall a hair short.
    return size, max(int(width / (size * pixels_per_point) + 1e-9), 4)


def head_room(names: Sequence[str], width: float, smallest: float) -> int:
    """Give the extra pixels that names above columns take where they stand at an angle.

    They do where a word would be broken at ``smallest`` points; 0 where they stand level.
    """
    size, _chars = fit(names, width * 0.95, 99, 1)
    longest = min(max((len(name) for name in names), default=0), SLANTED)
    return max(7 * longest - 30, 1) if size < smallest else 0


def name_columns(
    ax: Axes, names: Sequence[str], width: float, largest: float, smallest: float
) -> None:
    """Put the names of columns above them: wrapped, or slanted where words would be broken.

    Parameters
    ----------
    names : sequence of str
        One name per column, each one wide.
    width : float
        Pixels a column takes.
    largest, smallest : float
        Bounds of the size in points of names that aren't slanted.
    """
    size, chars = fit(names, width * 0.95, largest, smallest)
    slanted, lines = head_room(names, width, smallest) > 0, 4
    if slanted:
        size, chars = 11, SLANTED
        lines = min(max(int(width / 24), 1), 3)
    ax.xaxis.tick_top()
    ax.set_xticks(
        [place + 0.5 for place in range(len(names))],
        [wrap(name, chars, lines) for name in names],
        rotation=50 if slanted else 0,
        ha="left" if slanted else "center",
        va="bottom",
        rotation_mode="anchor" if slanted else "default",
        size=size,
    )


def ink_on(colour: str) -> str:
    """Choose dark or light ink, whichever stands out more on a colour (WCAG contrast)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in to_rgb(colour))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    on_ink = (luminance + 0.05) / 0.0603  # of INK itself: 0.0103 + 0.05
    on_white = 1.05 / (luminance + 0.05)
    return INK if on_ink >= on_white else PAPER


def within(ax: Axes, x: float, y: float, text: str, size: float, color: str, **look: Any) -> Text:
    """Write in the middle of a cell or bar, in bold unless told otherwise.

    Such words need no room around the axes, so that a page is laid out without looking at them;
    in a table they are nearly all the type there is.
    """
    middle = {"ha": "center", "va": "center", "weight": "bold", "in_layout": False}
    return ax.text(x, y, text, size=size, color=color, **middle | look)


def bare(ax: Axes) -> None:
    """Take away frame and tick marks, keep the labels; show those as they were typed."""
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)
    # On axes made elsewhere, what was there before our style still reads formulas.
    ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()]
    for text in (*ticks, ax.xaxis.label, ax.yaxis.label):
        text.set_parse_math(False)


def png(figure: Figure) -> bytes:
    """Render a picture as PNG, the same bytes each time.

    These pictures are flat colours and type: 256 colours look the same and take a quarter of the
    room, in a notebook that is kept under version control.
    """
    out = io.BytesIO()
    _flat(np.asarray(_settled(figure).buffer_rgba())).save(out, format="png")
    return out.getvalue()


def _settled(figure: Figure) -> FigureCanvasAgg:
    """Draw a picture, and leave everything where it came to stand for the next time."""
    drawing = FigureCanvasAgg(figure)
    with style():
        drawing.draw()
    figure.set_layout_engine("none")
    return drawing


def _flat(pixels: np.ndarray) -> Image.Image:
    """Keep the 256 commonest colours as they are; the rest, edges of type, gets the nearest."""
    packed = _packed(pixels)
    picture = Image.fromarray(pixels).convert("RGB")
    # A count in a small table is twice as quick, and holds what nearly every picture has.
    counted = picture.getcolors(1 << 13) or picture.getcolors(picture.width * picture.height)
    colours = np.array([colour for _count, colour in sorted(counted or (), reverse=True)], np.int32)
    common, rest = colours[:256], colours[256:]
    red, green, blue = colours.T
    known = red << 16 | green << 8 | blue
    nearest = np.arange(len(colours), dtype=np.uint8)
    if len(rest):
        # The squared distance to each, but for a term that is the same for all of them.
        apart = (common**2).sum(axis=1) - 2 * (rest.astype(np.float32) @ common.T)
        nearest[256:] = apart.argmin(axis=1)
    places = np.empty(1 << 24, np.uint8)  # only where there is a colour is it ever touched
    places[known] = nearest
    flat = Image.fromarray(places[packed])
    flat.putpalette(common.astype(np.uint8).tobytes())
    return flat


def _packed(pixels: np.ndarray) -> np.ndarray:
    """Give one number for red, green and blue of each pixel."""
    wide = np.ascontiguousarray(pixels).view(">u4")[..., 0]
    return (wide >> 8).astype(np.int32)


def svg(figure: Figure) -> bytes:
    """Render a picture as SVG, without date and with stable ids.

    It looks as the PNG does, whichever is asked for first; its words are text.
    """
    if isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        _settled(figure)
    out, dpi = io.StringIO(), figure.dpi
    with style():
        FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})
    figure.dpi = dpi  # SVG counts in points, and leaves it at that
    return written_out(out.getvalue()).encode("utf-8")
