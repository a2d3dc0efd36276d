"""Pictures that are drawn once, and found again by whoever shows the same one.

A run shows most pictures three times: in a notebook, as a file, in the report. While it says so,
each is kept under a hash of the function that draws it and all that goes into it, which is plain
data: the same hash is the same picture.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from workbook.figures import png, style, svg

KEPT = "WERKBOEK_PICTURES"
"""Variable with the folder of the pictures of one run; its notebooks have it too."""

SHARED = "WERKBOEK_SHARED_PICTURES"
"""Variable with the folder of pictures that are the same for every region of one command."""

_FORMATS = {"png": png, "svg": svg}


@contextmanager
def keep_pictures(folder: Path, shared: Path | None = None) -> Iterator[None]:
    """Keep every picture that is drawn meanwhile, here and in processes that are started here.

    Whoever started this process may keep them already, for more than this; then they go there.

    Parameters
    ----------
    folder : Path
    shared : Path, optional
        Where those go that are the same for every region; by default there too.
        Both are made if they aren't there; taking them away is for whoever asks.
    """
    if os.environ.get(KEPT):
        yield
        return
    places = {KEPT: folder, SHARED: shared or folder}
    for name, place in places.items():
        place.mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(place)
    try:
        yield
    finally:
        for name in places:
            del os.environ[name]


def rendered(
    draw: Callable[[], Axes],
    figure: Callable[[], Figure | None],
    format: str,
    everywhere: bool = False,
) -> bytes | None:
    """Give a picture as ``png`` or ``svg``, drawn or found.

    Parameters
    ----------
    draw : callable
        What draws it, which says which picture it is.
    figure : callable
        Gives it drawn; called only where it has to be.
    format : {"png", "svg"}
    everywhere : bool
        Whether other regions show it as well.
    """
    kept = _place(draw, os.environ.get(SHARED if everywhere else KEPT))
    if kept is None:
        return _render(figure(), format)
    asked = kept.with_suffix(f".{format}")
    if not asked.exists():
        # Who else wants it may be drawing it; a lock ends with its holder, however that goes.
        with FileLock(kept.with_suffix(".lock"), poll_interval=0.01):
            if not asked.exists():
                # A region's own becomes a file in every format; for that it is drawn only here.
                _draw_into(kept, figure, [format] if everywhere else list(_FORMATS))
    return asked.read_bytes()


def _draw_into(kept: Path, figure: Callable[[], Figure | None], formats: Sequence[str]) -> None:
    with style():
        for name in formats:
            content = _render(figure(), name)
            if content is not None:
                half = kept.with_suffix(f".{os.getpid()}")
                half.write_bytes(content)
                half.replace(kept.with_suffix(f".{name}"))


def _render(figure: Figure | None, format: str) -> bytes | None:
    return None if figure is None else _FORMATS[format](figure)


def _place(draw: Callable[[], Axes], folder: str | None) -> Path | None:
    if not folder:
        return None
    try:
        told = pickle.dumps(draw, protocol=5)
    except (pickle.PicklingError, AttributeError, TypeError):
        return None  # drawn by something that isn't plain data
    return Path(folder, hashlib.sha256(told).hexdigest())
