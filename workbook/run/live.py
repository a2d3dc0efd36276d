"""Live copies: the notebooks that people work in, which are never written over once changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from workbook.case import UserError, open_case
from workbook.case.folder import data_root, regions
from workbook.locale import N_, Message
from workbook.run.places import live_folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

EXAMPLE = "voorbeeldregio"
LOCK = ".live.lock"


@dataclass(frozen=True)
class Prepared:
    """The live copies of one region in one language.

    Attributes
    ----------
    folder : Path
        ``runs/<region>/<lang>/live/``.
    first : Path
        Notebook 00 in it.
    kept : tuple of Path
        Copies that a person changed; they were left alone.
    beside : tuple of Path
        New versions of those, written beside them.
    """

    folder: Path
    first: Path
    kept: tuple[Path, ...]
    beside: tuple[Path, ...]


def prepare(region: str, lang: str, data: str | os.PathLike[str] | None = None) -> Prepared:
    """Bring a region's live copies up to date; what a person changed is left alone.

    Parameters
    ----------
    region : str
    lang : {"nl", "en"}
    data : path, optional
        The data root, if it isn't ``WERKBOEK_DATA`` or the workbook's own ``data/``.

    Raises
    ------
    CaseError, UserError
        If the case can't be opened, or the copies can't be written.
    """
    root = data_root(data)
    open_case(region, lang=lang, root=root)
    folder = live_folder(region, lang, root)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / LOCK, timeout=20):
            return _prepare(region, lang, folder)
    except Timeout as error:
        raise UserError(
            Message(N_("somebody else is making the same notebooks; try again in a moment")), lang
        ) from error
    except OSError as error:
        raise UserError(
            Message(
                N_("the notebooks in {folder} could not be written ({why}); is the disk full?"),
                folder=folder,
                why=error.strerror or error,
            ),
            lang,
        ) from error


def _prepare(region: str, lang: str, folder: Path) -> Prepared:
    # These take a second to import, which notebook 00 shouldn't wait for: it has `prepare` at
    # hand from its first cell, and may never need it.
    from workbook.run.copies import fresh_copy
    from workbook.run.sources import series_notebooks

    kept: list[Path] = []
    beside: list[Path] = []
    sources = series_notebooks(lang)
    for source in sources:
        left_alone, written = _put(fresh_copy(source, region, lang), folder / source.name)
        kept += left_alone
        beside += written
    os.utime(folder)  # opened now, even if nothing was written: see `latest_region`
    return Prepared(folder, folder / sources[0].name, tuple(kept), tuple(beside))


def _put(fresh: NotebookNode, target: Path) -> tuple[list[Path], list[Path]]:
    """Put a copy at the first place that no person changed, unless one has this version already.

    Gives the changed copies that were passed by, and where the new version is if not at the target.
    """
    from workbook.run.copies import fingerprint, save, state

    wanted = fingerprint(fresh)
    passed: list[Path] = []
    for place in _places(target):
        there = state(place) if place.exists() else None
        if there is not None and there.changed:
            if there.now == wanted:
                break  # a person came to the same cells
            passed.append(place)
            if there.made == wanted:
                break  # it was made from this version, so there is nothing new to give
            continue
        if there is None or there.made != wanted:
            save(fresh, place)
        return passed, [place] if passed else []
    return passed, []


def _places(target: Path) -> Iterator[Path]:
    """Give NN_name.ipynb, then NN_name.new.ipynb, NN_name.new-2.ipynb and so on."""
    yield target
    for number in count(1):
        new = "new" if number == 1 else f"new-{number}"
        yield target.with_name(f"{target.stem}.{new}.ipynb")


def latest_region(lang: str, data: Path) -> str:
    """Give the region that was worked in last, else the example, else the first there is.

    Raises
    ------
    UserError
        If the data root holds no region.
    """
    known = regions(data)
    if not known:
        raise UserError(
            Message(
                N_("there is no region in {root} yet; make one with: werkboek new NAME"), root=data
            ),
            lang,
        )
    opened = {
        region: folder.stat().st_mtime
        for region in known
        if (folder := live_folder(region, lang, data)).is_dir()
    }
    if opened:
        return max(opened, key=opened.__getitem__)
    return EXAMPLE if EXAMPLE in known else known[0]
