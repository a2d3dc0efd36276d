"""Open an archive somewhere else: checked as a whole before anything is written."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from workbook.archive.layout import CHECKSUMS, DATA, DESCRIPTOR, FORMAT
from workbook.archive.zipped import read_zip, refuse
from workbook.case import Case, open_case
from workbook.case.contents import FILES
from workbook.case.folder import valid_region
from workbook.locale import N_


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
    contents = read_zip(path, lang)
    about = _about(contents, path, lang)
    region = valid_region(name or str(about.get("name", "")), lang)
    folder = root / region
    if folder.exists():
        refuse(
            N_("{region} is there already ({folder}); choose another name with --as"),
            lang,
            region=region,
            folder=folder,
        )
    wanted = {f"{DATA}{file}" for file in FILES.values()}
    with _made(root), tempfile.TemporaryDirectory(prefix=".opening-", dir=root) as fresh:
        inside = Path(fresh) / region
        inside.mkdir()
        for file in sorted(wanted & contents.keys()):
            (inside / file.removeprefix(DATA)).write_bytes(contents[file])
        open_case(region, lang=lang, root=Path(fresh))
        inside.rename(folder)
    return open_case(region, lang=lang, root=root)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; take away again what was made if nothing comes of it."""
    absent = [place for place in (folder, *folder.parents) if not place.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for place in absent:
            with suppress(OSError):  # somebody else put something in it
                place.rmdir()
        raise


def _about(contents: dict[str, bytes], path: Path, lang: str) -> dict[str, Any]:
    """Read the descriptor, and see that every file is there and as it was."""
    file = path.name
    try:
        about = json.loads(contents[DESCRIPTOR])
        made = about["werkboek"]["format"]
    except (KeyError, ValueError, TypeError, RecursionError):
        made = None
    if type(made) is not int or made < 1:
        refuse(N_("{file}: this is not an archive of a case"), lang, file=file)
    if made > FORMAT:
        refuse(
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
        refuse(
            N_("{file}: not as it was made: {names}; refused"),
            lang,
            file=file,
            names=", ".join(wrong[:3]) + (", …" if len(wrong) > 3 else ""),
        )
    return about
