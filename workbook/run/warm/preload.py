"""What a warm process has imported before it is asked for anything."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]

_MODULES = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "tornado.queues",
    "matplotlib_inline.backend_inline",
    "papermill",
    "workbook.exhibits",
    "workbook.forms",
    "workbook.report",
    "workbook.run.live",
    "workbook.run.series",
)


def preload() -> None:
    """Import it all, and settle what the first use of it would settle again in every fork."""
    gc.disable()  # nearly all of it stays, so looking for what may go is time lost
    # A kernel says so before its first import of matplotlib.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    # Read once, at import. 1 is a parent that never goes: a kernel needn't watch who asked for it,
    # and isn't one that somebody started by hand and has to be told how to stop.
    os.environ["JPY_PARENT_PID"] = "1"
    # Jupyter's schemas hold no web address to check, and to read that grammar takes a second.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    for name in _MODULES:
        try:
            import_module(name)
        except ImportError:  # another version of a library: what misses is imported when it is used
            continue
    _first_picture()
    _package_data()
    gc.freeze()  # a collection in a fork would write to, and so copy, every page
    gc.enable()


def _first_picture() -> None:
    """Find and open the typeface once, instead of once in every fork."""
    from workbook.figures.canvas import Labels, page, png

    png(page(Labels(title="−±+")).figure)  # type: ignore[arg-type]


def _package_data() -> None:
    """Read what comes with the package, and is the same for every region."""
    from workbook import handbook
    from workbook.case import Case, CaseError, UserError
    from workbook.case.folder import PACKAGE_DATA, REFERENCE_REGION
    from workbook.locale import LANGUAGES, translator

    for name in handbook.__all__:
        read = getattr(handbook, name)
        if not isinstance(read, type):
            with suppress(TypeError):  # those that take an argument choose among the others
                read()
    for lang in LANGUAGES:
        translator(lang)
    with suppress(OSError, CaseError, UserError):
        Case(PACKAGE_DATA / REFERENCE_REGION)


def stamp() -> tuple[int, int]:
    """Give what changes when a file of the package does: how many there are, the latest change."""
    times = [
        Path(folder, name).stat().st_mtime_ns
        for folder, _folders, names in os.walk(PACKAGE)
        for name in names
        if not name.endswith(".pyc")
    ]
    return len(times), max(times)
