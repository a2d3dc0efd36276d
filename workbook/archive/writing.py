"""Write zips that say nothing of when and where they were made."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO

_THEN = (1980, 1, 1, 0, 0, 0)
_CORE = "docProps/core.xml"


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Make a zip: the same contents give the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name, _THEN)
            entry.create_system = 3  # else it says which system it was made on
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return made.getvalue()


def without_times(office: bytes, day: date) -> bytes:
    """Give a Word or Excel file that says on which day it was made, and no longer at what time."""
    with zipfile.ZipFile(BytesIO(office)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    moment = rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?Z"
    if _CORE in parts:
        parts[_CORE] = re.sub(moment, f"{day.isoformat()}T00:00:00Z".encode(), parts[_CORE])
    return zipped(parts)
