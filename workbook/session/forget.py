"""Destroying what a working session leaves: the ballot box, its copies, codes and forms."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock, Timeout

from workbook.case import UserError
from workbook.case.state_folder import code, state_folder
from workbook.locale import N_, Message
from workbook.session.ballot import Stage
from workbook.session.box import BallotBox, box_path

_DRAFTS = ("scores", "priorities")
"""Forms of which an unsaved draft holds what somebody scored; see `workbook.forms.keeping`."""


def traces(folder: Path, papers: Iterable[Path]) -> list[Path]:
    """Give what there is to destroy.

    Parameters
    ----------
    folder : Path
        The case folder; it needn't be there any more.
    papers : iterable of Path
        Folders with slips and forms.
    """
    box = box_path(folder)
    found = sorted(box.parent.glob(f"{box.name}*"))  # also -wal, -shm and copies made beside it
    found += [path for path in (box.with_suffix(".log"),) if path.exists()]
    for form in _DRAFTS:
        stem = code(f"{folder.resolve()} {form}")
        found += sorted((state_folder() / "drafts").glob(f"{stem}-*.json"))
    return found + [path for path in papers if path.is_dir()]


def forget(
    folder: Path, papers: Iterable[Path], lang: str, *, unrevealed: bool = False
) -> list[Path]:
    """Destroy what `traces` gives, and say what that was. The case itself stays as it is.

    Parameters
    ----------
    folder, papers
        As for `traces`.
    lang : {"nl", "en"}
    unrevealed : bool
        Also where scores are lost by it that were never revealed.

    Raises
    ------
    UserError
        If the ballot page runs, or if the box holds scores that are nowhere else.
    """
    box = box_path(folder)
    if not box.parent.is_dir():
        box.parent.mkdir(parents=True, mode=0o700)
    serving = box.with_suffix(".serving")
    try:
        # Held while everything goes: a page that starts now would write to a file that is gone.
        with FileLock(serving, timeout=0):
            if box.exists() and not unrevealed:
                _refuse_unrevealed(box, lang)
            gone = traces(folder, papers)
            for path in gone:
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink(missing_ok=True)
    except Timeout as error:
        raise UserError(
            Message(N_("the ballot page of {region} runs; stop it first"), region=folder.name), lang
        ) from error
    serving.unlink(missing_ok=True)
    return gone


def _refuse_unrevealed(path: Path, lang: str) -> None:
    box = BallotBox(path, lang=lang)
    try:
        waiting = [
            round
            for round, stage in box.rounds().items()
            if stage in (Stage.OPEN, Stage.CLOSED, Stage.REVEALING)
        ]
    finally:
        box.close()
    if waiting:
        raise UserError(
            Message(
                N_(
                    "the ballot box holds scores that weren't revealed ({rounds}) and are nowhere "
                    "else; reveal them first, or add --unrevealed to destroy them too"
                ),
                rounds=", ".join(waiting),
            ),
            lang,
        )
