"""Pictures that are drawn once, and found again by whoever shows the same one.

A run shows most pictures three times: in a notebook, as a file, in the report. While it says so,
each is kept under a hash of the function that draws it and all that goes into it, which is plain
data: the same hash is the same picture.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.figures import png, svg

KEPT = "WERKBOEK_PICTURES"
"""Variable with the folder of the pictures of one run; its notebooks have it too."""

_FORMATS = {"png": png, "svg": svg}


@contextmanager
def keep_pictures(folder: Path) -> Iterator[None]:
    """Keep every picture that is drawn meanwhile, here and in processes that are started here."""
    folder.mkdir(parents=True, exist_ok=True)
    before = os.environ.get(KEPT)
    os.environ[KEPT] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[KEPT]
        else:
            os.environ[KEPT] = before


def rendered(
    draw: Callable[[], Axes], figure: Callable[[], Figure | None], format: str
) -> bytes | None:
    """Give a picture as ``png`` or ``svg``, drawn or found.

    Parameters
    ----------
    draw : callable
        What draws it, which says which picture it is.
    figure : callable
        Gives it drawn; called only where it has to be.
    format : {"png", "svg"}
    """
    kept = _place(draw)
    if kept is None:
        return _render(figure(), format)
    asked = kept.with_suffix(f".{format}")
    if not asked.exists():
        for name in _FORMATS:
            content = _render(figure(), name)
            if content is not None:
                half = kept.with_suffix(f".{os.getpid()}")
                half.write_bytes(content)
                half.replace(kept.with_suffix(f".{name}"))
    return asked.read_bytes()


def _render(figure: Figure | None, format: str) -> bytes | None:
    return None if figure is None else _FORMATS[format](figure)


def _place(draw: Callable[[], Axes]) -> Path | None:
    folder = os.environ.get(KEPT)
    if not folder:
        return None
    try:
        told = pickle.dumps(draw, protocol=5)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None  # drawn by something that isn't plain data
    return Path(folder, hashlib.sha256(told).hexdigest())
