"""Open an archive somewhere else: checked as a whole before anything is written."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from workbook.archive.layout import (
    CHECKSUMS,
    DATA,
    DESCRIPTOR,
    FORMAT,
    MOST_BYTES,
    MOST_FILES,
)
from workbook.case import Case, UserError, open_case
from workbook.case.contents import FILES
from workbook.case.folder import valid_region
from workbook.locale import N_, Message


def open_archive(path: Path, root: Path, lang: str = "nl", name: str | None = None) -> Case:
    """Put the case in an archive among the regions.

    Parameters
    ----------
    path : Path
        The zip.
    root : Path
        The data root.
    lang : {"nl", "en"}
        Language of messages.
    name : str, optional
        Short name of the region here, if not the one it had.

    Raises
    ------
    UserError
        If it isn't a whole, unchanged archive that this workbook knows, or the region is there
        already; nothing is written.
    CaseError
        If the case in it has errors; nothing is written.
    """
    contents = _contents(path, lang)
    about = _about(contents, path, lang)
    region = valid_region(name or str(about.get("name", "")), lang)
    folder = root / region
    if folder.exists():
        _refuse(
            N_("{region} is there already ({folder}); choose another name with --as"),
            lang,
            region=region,
            folder=folder,
        )
    wanted = {f"{DATA}{file}" for file in FILES.values()}
    root.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".opening-", dir=root))
    try:
        inside = fresh / region
        inside.mkdir()
        for file in sorted(wanted & contents.keys()):
            (inside / file.removeprefix(DATA)).write_bytes(contents[file])
        open_case(region, lang=lang, root=fresh)
        inside.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return open_case(region, lang=lang, root=root)


def _refuse(msgid: str, lang: str, **values: Any) -> NoReturn:
    raise UserError(Message(msgid, **values), lang)


def _contents(path: Path, lang: str) -> dict[str, bytes]:
    """Read every file of the archive, after seeing that it is safe and unchanged."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            for entry in entries:
                if not _safe(entry):
                    _refuse(
                        N_("{file}: “{name}” would be written outside its folder; refused"),
                        lang,
                        file=path.name,
                        name=entry.filename,
                    )
            if len({entry.filename for entry in entries}) != len(entries):
                _refuse(N_("{file}: a name occurs twice in it; refused"), lang, file=path.name)
            if len(entries) > MOST_FILES or sum(e.file_size for e in entries) > MOST_BYTES:
                _refuse(N_("{file}: too large to be a case; refused"), lang, file=path.name)
            contents, room = {}, MOST_BYTES
            for entry in entries:
                with archive.open(entry) as stream:
                    data = stream.read(
                        room + 1
                    )  # what it says of its own size is not to be trusted
                room -= len(data)
                if room < 0:
                    _refuse(N_("{file}: too large to be a case; refused"), lang, file=path.name)
                contents[entry.filename] = data
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        _refuse(N_("{file}: this is not a whole zip file"), lang, file=path.name)
    return contents


def _safe(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    place = PurePosixPath(name)
    link = stat.S_ISLNK(entry.external_attr >> 16)
    return not (
        link
        or place.is_absolute()
        or ".." in place.parts
        or "\\" in name
        or ":" in name
        or any(ord(sign) < 32 for sign in name)
    )


def _about(contents: dict[str, bytes], path: Path, lang: str) -> dict[str, Any]:
    """Read the descriptor, and see that every file is there and as it was."""
    file = path.name
    try:
        about = json.loads(contents[DESCRIPTOR])
        made = int(about["werkboek"]["format"])
    except (KeyError, ValueError, TypeError):
        _refuse(N_("{file}: this is not an archive of a case"), lang, file=file)
    if made > FORMAT:
        _refuse(
            N_("{file}: made by a newer workbook (format {made}; this one knows {known})"),
            lang,
            file=file,
            made=made,
            known=FORMAT,
        )
    told = {}
    for line in contents.get(CHECKSUMS, b"").decode("utf-8", "replace").splitlines():
        digest, _space, name = line.partition("  ")
        told[name] = digest
    found = {
        name: hashlib.sha256(data).hexdigest()
        for name, data in contents.items()
        if name != CHECKSUMS
    }
    wrong = sorted(n for n in told.keys() | found.keys() if told.get(n) != found.get(n))
    if wrong:
        _refuse(
            N_("{file}: not as it was made: {names}; refused"),
            lang,
            file=file,
            names=", ".join(wrong[:3]) + (", …" if len(wrong) > 3 else ""),
        )
    return about
