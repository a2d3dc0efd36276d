"""Archives taken apart, and put together by hand."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

from workbook.archive.layout import CHECKSUMS


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def repacked(contents: dict[str, bytes], path: Path, *, sums: bool = True) -> Path:
    """Write an archive by hand; with checksums that fit what is in it."""
    if sums:
        lines = [
            f"{hashlib.sha256(data).hexdigest()}  {name}\n"
            for name, data in contents.items()
            if name != CHECKSUMS
        ]
        contents = contents | {CHECKSUMS: "".join(lines).encode()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in contents.items():
            made.writestr(name, data)
    return path
