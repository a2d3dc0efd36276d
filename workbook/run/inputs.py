"""What each part of a region's results is made from, as fingerprints.

Contents count, times of files don't: who only touches a file changes nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from workbook.case.contents import FILES
from workbook.case.folder import PACKAGE_DATA, REFERENCE_REGION
from workbook.run.sources import series_notebooks

PACKAGE = Path(__file__).resolve().parents[1]
LOCK = PACKAGE.parent / "requirements.lock"

FIGURES, REPORT = "figures", "report.html"
"""The parts of the results beside the notebooks; each is named as its file or folder is."""


def parts(region: str, lang: str, data: Path) -> dict[str, str]:
    """Give the fingerprint of all that goes into each part of a region's results.

    Parameters
    ----------
    region : str
    lang : {"nl", "en"}
    data : Path
        The data root.

    Returns
    -------
    dict
        Name of the notebook, or `FIGURES` or `REPORT`, to fingerprint.
    """
    shared = [
        region,
        lang,
        _code(),
        _files(data / region, FILES.values()),
        _files(PACKAGE_DATA / REFERENCE_REGION, FILES.values()),
    ]
    found = {path.name: _fingerprint(*shared, _cells(path)) for path in series_notebooks(lang)}
    return found | {name: _fingerprint(*shared, name) for name in (FIGURES, REPORT)}


def _fingerprint(*texts: str) -> str:
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


@cache
def _code() -> str:
    """Of the package as it is when this process begins, the versions it runs with, and Python."""
    found = sorted(
        path
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    )
    names = (path.relative_to(PACKAGE).as_posix() for path in found)
    lock = LOCK.read_text("utf-8") if LOCK.exists() else ""
    return _fingerprint(_files(PACKAGE, names), lock, sys.version)


def _files(folder: Path, names: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name in names:
        try:
            content = (folder / name).read_bytes()
        except OSError:
            content = b""
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _cells(path: Path) -> str:
    """Of what a notebook says; what it showed when it was built is no part of it."""
    cells = json.loads(path.read_bytes())["cells"]
    return json.dumps(
        [[cell["cell_type"], cell["source"], cell["metadata"].get("tags")] for cell in cells]
    )
