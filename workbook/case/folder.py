"""The case folder on disk: regions, hashes, atomic writing and the journal.

A save that spans files first leaves a journal: one file with everything that is to be written.
Whoever opens the case next completes it. So an interruption at any moment leaves the case as it
was or as it was to be.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from filelock import FileLock

from workbook.case.problem import UNKNOWN_REGION, UserError
from workbook.case.slugs import slugged
from workbook.locale import N_, Message

PACKAGE_DATA = Path(__file__).resolve().parents[2] / "data"
REFERENCE_REGION = "west-brabant"
NOT_A_REGION = "compare"
"""Where the comparison of regions goes under ``runs/``; a region's results would be in its way."""
JOURNAL = ".journal.json"
LOCK = ".case.lock"

_REGION = re.compile(r"[a-z0-9-]{1,40}")
_FILE = re.compile(r"[a-z]+\.(csv|yaml)")


def data_root(root: str | os.PathLike[str] | None = None) -> Path:
    """Give the folder that holds the regions: the argument, else WERKBOEK_DATA, else ours."""
    chosen = root or os.environ.get("WERKBOEK_DATA")
    return Path(chosen).expanduser().resolve() if chosen else PACKAGE_DATA


def region_folder(region: str, root: Path, lang: str = "nl") -> Path:
    """Give the folder of an existing region.

    Raises
    ------
    UserError
        If the name is not a slug or there is no such region.
    """
    folder = root / valid_region(region, lang)
    if not folder.is_dir():
        raise UserError(Message(UNKNOWN_REGION, region=region, root=root), lang)
    return folder


def valid_region(region: str, lang: str = "nl") -> str:
    """Give the name back if it is a slug: lower-case letters, digits and -, at most 40.

    Raises
    ------
    UserError
        If it is not, or if the name is taken; a path in a region's name ends here.
    """
    if not _REGION.fullmatch(region):
        raise UserError(
            Message(
                N_(
                    "“{region}” can't be a region's name; expected: lower-case letters, digits "
                    "and -, at most 40"
                ),
                region=region,
            ),
            lang,
        )
    if region == NOT_A_REGION:
        raise UserError(
            Message(
                N_(
                    "“{region}” can't be a region's name: the results of comparing regions go by "
                    "that name; choose another"
                ),
                region=region,
            ),
            lang,
        )
    return region


def slug(name: str) -> str:
    """Give the name that a region's folder can have, empty if none can be made of this one."""
    return slugged(name, 40)


def regions(root: Path) -> list[str]:
    """List the regions under a data root."""
    found = (path.parent.name for path in root.glob("*/case.yaml"))
    return sorted(name for name in found if _REGION.fullmatch(name))


def digest(data: bytes) -> str:
    """Give the hash that says whether a file is still the one a form was built from."""
    return hashlib.sha256(data).hexdigest()


def read_files(folder: Path, names: Iterable[str]) -> dict[str, bytes | OSError]:
    """Read files as they are at one moment, also while somebody is saving several of them."""
    names = tuple(names)
    for _ in range(5):
        recover(folder)
        before = stamps(folder)
        found = {name: _read(folder / name) for name in names}
        if not (folder / JOURNAL).exists() and stamps(folder) == before:
            return found
    with lock(folder):  # somebody saves all the time: wait for a turn
        complete(folder)
        return {name: _read(folder / name) for name in names}


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Tell one state of the folder's files from another without reading them."""
    found = {}
    for path in (*folder.glob("[a-z]*"), folder / JOURNAL):
        with suppress(OSError):
            stat = path.stat()
            found[path.name] = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
    return found


def _read(path: Path) -> bytes | OSError:
    try:
        return path.read_bytes()
    except OSError as error:
        return error


def lock(folder: Path) -> FileLock:
    """Give the lock that writers of one case share."""
    return FileLock(folder / LOCK, timeout=20)


def write_atomically(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a whole file or nothing: a temporary file, flushed, then put in place.

    Parameters
    ----------
    path : Path
    data : bytes
    mode : int, optional
        Who may read it, from its first byte on; else as the file that it replaces, or as any new
        file.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is None:
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _sync_folder(folder: Path) -> None:
    # Windows can't open a folder; there the replacement itself is durable enough.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write several files of a case as one: journal, files, journal away.

    The caller holds the case's lock and has completed what was interrupted before.
    """
    for left_behind in folder.glob(".*.tmp"):  # by a writer that was killed; we hold the lock
        left_behind.unlink()
    if len(contents) == 1:
        ((name, data),) = contents.items()
        write_atomically(folder / name, data)
        return
    texts = {name: data.decode("utf-8") for name, data in contents.items()}
    body = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    journal = json.dumps({"files": texts, "digest": digest(body.encode())}, ensure_ascii=False)
    before = {name: (folder / name).read_bytes() for name in texts}
    try:
        write_atomically(folder / JOURNAL, journal.encode())
        _finish(folder, texts)
    except OSError:
        # The person is told that nothing was written. If even this fails, the journal stays.
        for name, data in before.items():
            if (folder / name).read_bytes() != data:
                write_atomically(folder / name, data)
        (folder / JOURNAL).unlink(missing_ok=True)
        raise


def recover(folder: Path) -> None:
    """Complete a save that was interrupted, if there was one.

    Raises
    ------
    OSError
        If the journal is damaged or a file can't be written.
    """
    if (folder / JOURNAL).exists():
        with lock(folder):
            complete(folder)


def complete(folder: Path) -> None:
    """Do what `recover` does; the caller holds the case's lock."""
    try:
        journal = json.loads((folder / JOURNAL).read_text("utf-8"))
    except FileNotFoundError:
        return  # there is none, or somebody else has just completed it
    except ValueError:
        journal = None
    texts = journal.get("files") if isinstance(journal, dict) else None
    body = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    if (
        not isinstance(texts, dict)
        or digest(body.encode()) != journal.get("digest")
        or not all(_FILE.fullmatch(name) for name in texts)
    ):
        raise OSError(errno.EIO, "damaged", str(folder / JOURNAL))
    _finish(folder, texts)


def _finish(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        write_atomically(folder / name, text.encode())
    (folder / JOURNAL).unlink()
    _sync_folder(folder)
