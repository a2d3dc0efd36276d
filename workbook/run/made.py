"""The record of what a region's results were made from, beside those results."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from workbook.case.folder import write_atomically

RECORD = ".made.json"


@dataclass(frozen=True)
class Part:
    """One notebook, the figures or the report.

    Attributes
    ----------
    key : str
        Fingerprint of all that went into it.
    files : mapping of str to str
        The files it consists of, by their path in the folder, each with its hash.
    """

    key: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Made:
    """What a folder of results holds.

    Attributes
    ----------
    parts : mapping of str to Part
    supported, decided : str
        The two sentences with which a run ends.
    """

    parts: Mapping[str, Part] = field(default_factory=dict)
    supported: str = ""
    decided: str = ""

    def holds(self, folder: Path, name: str, key: str) -> bool:
        """Whether a part was made from just this, and is as it was made."""
        part = self.parts.get(name)
        return (
            part is not None
            and part.key == key
            and bool(part.files)
            and all(_digest(folder / file) == told for file, told in part.files.items())
        )


def read_made(folder: Path) -> Made:
    """Read the record; an empty one where there is none that can be read."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        told = json.loads((folder / RECORD).read_bytes())
        parts = {
            name: Part(part["key"], dict(part["files"])) for name, part in told.pop("parts").items()
        }
        return Made(parts, **told)
    return Made()


def write_made(folder: Path, made: Made) -> None:
    """Write the record, last of all: without it everything is made anew."""
    write_atomically(folder / RECORD, (json.dumps(asdict(made), indent=1) + "\n").encode())


def part_of(folder: Path, name: str, key: str) -> Part:
    """Describe a part that stands in a folder: a file, or a folder of files."""
    place = folder / name
    found = sorted(place.iterdir()) if place.is_dir() else [place]
    return Part(key, {path.relative_to(folder).as_posix(): _digest(path) for path in found})


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
