"""Read a zip that anyone may have made: every entry is looked at before one is believed."""

from __future__ import annotations

import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from workbook.archive.layout import DATA, MOST_BYTES, MOST_FILES
from workbook.case import UserError
from workbook.case.contents import FILES
from workbook.locale import N_, Message

_END = struct.Struct("<4s4H2LH")
_WHOLE = N_("{file}: this is not a whole zip file")
_LARGE = N_("{file}: too large to be a case; refused")
_OUTSIDE = N_("{file}: “{name}” would be written outside its folder; refused")
_TWICE = N_("{file}: “{name}” is in it twice, or as a file and as a folder; refused")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)


def refuse(msgid: str, lang: str, **values: Any) -> NoReturn:
    """Say in the person's language why an archive isn't opened."""
    raise UserError(Message(msgid, **values), lang)


def read_zip(path: Path, lang: str) -> dict[str, bytes]:
    """Read every file of an archive, after seeing that it is safe to.

    Raises
    ------
    UserError
        If it isn't a whole zip and nothing else, or holds what no archive of a case holds.
    """
    try:
        _look_at_ends(path, lang)
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _look_at(entries, path, lang)
            if min(entry.header_offset for entry in entries):
                refuse(_WHOLE, lang, file=path.name)
            return _contents(archive, path, lang)
    except _BROKEN:
        refuse(_WHOLE, lang, file=path.name)


def _look_at_ends(path: Path, lang: str) -> None:
    """See that nothing stands before or after the zip, and how long its own list is."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(4)
        stream.seek(max(0, size - _END.size - 20))
        tail = stream.read()
    if start != b"PK\x03\x04" or len(tail) < _END.size + 20:
        refuse(_WHOLE, lang, file=path.name)
    sign, _disk, _first, _here, count, listed, _place, comment = _END.unpack(tail[20:])
    if sign != b"PK\x05\x06" or comment:
        refuse(_WHOLE, lang, file=path.name)
    # A list for more or larger files than a case has; its names alone could fill a machine.
    longer = tail.startswith(b"PK\x06\x07")
    if longer or count > MOST_FILES or listed > MOST_FILES * 1024 or size > MOST_BYTES:
        refuse(_LARGE, lang, file=path.name)


def _look_at(entries: list[zipfile.ZipInfo], path: Path, lang: str) -> None:
    """See that every entry, folders too, is one that an archive of a case may have."""
    for entry in entries:
        if not _safe(entry):
            refuse(_OUTSIDE, lang, file=path.name, name=entry.filename)
        if entry.flag_bits & 0x1:
            refuse(N_("{file}: locked with a password; refused"), lang, file=path.name)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            refuse(_WHOLE, lang, file=path.name)
    if not entries:
        refuse(_WHOLE, lang, file=path.name)
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        refuse(_LARGE, lang, file=path.name)
    if twice := _twice(entries):
        refuse(_TWICE, lang, file=path.name, name=twice)
    wanted = {f"{DATA}{file}" for file in FILES.values()} | {DATA}
    for entry in entries:
        if entry.filename.startswith(DATA) and entry.filename not in wanted:
            refuse(
                N_("{file}: “{name}” is no table of a case; refused"),
                lang,
                file=path.name,
                name=entry.filename,
            )


def _safe(entry: zipfile.ZipInfo) -> bool:
    name = entry.orig_filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    parts = name.removesuffix("/").split("/")
    return not (
        kind not in (0, stat.S_IFREG, stat.S_IFDIR)
        or any(part in ("", ".", "..") for part in parts)
        or "\\" in name
        or ":" in name
        or any(ord(sign) < 32 for sign in name)
    )


def _twice(entries: Iterable[zipfile.ZipInfo]) -> str:
    """Give a name that is another one's in some file system, or a file where a folder is."""
    seen: dict[PurePosixPath, zipfile.ZipInfo] = {}
    for entry in entries:
        told = unicodedata.normalize("NFKC", entry.filename.rstrip("/")).casefold()
        place = PurePosixPath(*(part.rstrip(" .") for part in told.split("/")))
        if place in seen:
            return entry.filename
        seen[place] = entry
    for place in seen:
        for above in place.parents:
            if above in seen and not seen[above].is_dir():
                return seen[above].filename
    return ""


def _contents(archive: zipfile.ZipFile, path: Path, lang: str) -> dict[str, bytes]:
    contents, room = {}, MOST_BYTES
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        with archive.open(entry) as stream:
            data = stream.read(room + 1)  # what it says of its own size is not to be trusted
        room -= len(data)
        if room < 0:
            refuse(_LARGE, lang, file=path.name)
        contents[entry.filename] = data
    return contents
