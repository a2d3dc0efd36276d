"""The frame of every picture: one projector-sized page with title, mark, legend and note."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from PIL import Image

WIDTH, HEIGHT, DPI = 1280, 720, 100
INK, PAPER, FAINT = "#1A1A1A", "#FFFFFF", "#6B6B6B"
MINUS, MIDDLE, PLUS, UNKNOWN = "#D55E00", "#F0F0F0", "#0072B2", "#FFFFFF"
ACCENT, QUIET, MARK = "#0072B2", "#C9CED3", "#7A3E00"

_STYLE = {
    "font.family": "DejaVu Sans",
    "font.size": 14,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "xtick.color": INK,
    "ytick.color": INK,
    # What people typed is shown as typed: a dollar sign starts no formula.
    "text.parse_math": False,
    "svg.hashsalt": "werkboek",
    "svg.fonttype": "path",
    "hatch.linewidth": 1.0,
}


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
    """Use the workbook's style, whatever the reader's own settings are."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        yield


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
        if labels.legend and labels.note:
            bottom = 88 / height
        figure.set_layout_engine(
            "constrained", rect=(0.012, bottom, 0.976, 1 - top - bottom), h_pad=0.04, w_pad=0.04
        )
        title = textwrap.shorten(labels.title, 84, placeholder=" …")
        figure.text(
            0.016,
            1 - 22 / height,
            title,
            size=21 if len(title) <= 62 else 17,
            weight="bold",
            va="top",
        )
        if labels.mark:
            figure.text(
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
        if labels.legend:
            figure.legend(
                handles=[
                    Patch(facecolor=colour, edgecolor=FAINT, label=text)
                    for colour, text in labels.legend
                ],
                loc="lower center",
                bbox_to_anchor=(0.5, (34 if labels.note else 8) / height),
                ncols=min(len(labels.legend), 6),
                frameon=False,
                fontsize=14,
                handlelength=1.3,
                columnspacing=1.6,
            )
        if labels.note:
            lines = textwrap.wrap(labels.note, 138)[:2]
            figure.text(0.016, 10 / height, "\n".join(lines), size=12, color="#404040", va="bottom")
        return figure.add_subplot()


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
    return size, max(int(width / (size * pixels_per_point)), 4)


def ink_on(colour: str) -> str:
    """Choose black or white, whichever stands out more on a colour (WCAG contrast)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(value) for value in to_rgb(colour))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    on_black = (luminance + 0.05) / 0.05
    on_white = 1.05 / (luminance + 0.05)
    return INK if on_black >= on_white else PAPER


def bare(ax: Axes) -> None:
    """Take away frame and tick marks, keep the labels."""
    for spine in ax.spines.values():
        spine.set_visible(False)
    ax.tick_params(length=0)


def png(figure: Figure) -> bytes:
    """Render a picture as PNG, the same bytes each time.

    These pictures are flat colours and type: 256 colours look the same and take a quarter of the
    room, in a notebook that is kept under version control.
    """
    drawn, out = io.BytesIO(), io.BytesIO()
    with style():
        figure.savefig(drawn, format="rgba", dpi=DPI)
    size = tuple(round(side * DPI) for side in figure.get_size_inches())
    picture = Image.frombuffer("RGBA", size, drawn.getbuffer()).convert("RGB")
    flat = picture.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    flat.save(out, format="png", optimize=True)
    return out.getvalue()


def svg(figure: Figure) -> bytes:
    """Render a picture as SVG, without date and with stable ids."""
    out = io.BytesIO()
    with style():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()
