"""The ballot page as a process of its own: where it is, starting and ending it.

It outlives the kernel that started it: a notebook that is restarted doesn't end a session.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from workbook.case import Case, UserError
from workbook.locale import N_, Message
from workbook.session.box import BallotBox, box_path
from workbook.session.stays import STAYS

_PATIENCE = 20
"""Seconds that the page gets to start or to end."""


@dataclass(frozen=True)
class Served:
    """A ballot page that is there."""

    address: str
    process: int


def served(box: BallotBox) -> Served | None:
    """Give the ballot page that runs now; None if there is none."""
    noted = box.served()
    if noted is None:
        return None
    address, number, born = noted
    try:
        process = psutil.Process(number)
        # A number may be another process's by now.
        alive = abs(process.create_time() - born) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return None
    return Served(address, number) if alive else None


def shareable(address: str) -> str:
    """Give an address to hand out; nothing where it only means this machine itself."""
    host = urlsplit(address).hostname or ""
    return "" if host == "localhost" or host.startswith("127.") or host == "::1" else address


def start_page(case: Case, box: BallotBox) -> Served:
    """Start the ballot page on this machine, unless it is there already.

    Raises
    ------
    UserError
        If it doesn't start; it says where to read why.
    """
    if there := served(box):
        return there
    log = log_path(case.folder)
    command = [sys.executable, "-m", "workbook.session.web.server", str(case.folder)]
    command += ["--lang", case.lang]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            env=os.environ | {STAYS: "1"},
            start_new_session=True,  # the kernel's Ctrl-C and end are not its own
        )
    for _ in range(_PATIENCE * 10):
        if there := served(box):
            return there
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise UserError(
        Message(N_("the ballot page doesn't start; {path} says why"), path=log), case.lang
    )


def stop_page(box: BallotBox) -> None:
    """End the ballot page; it first saves what it has in hand."""
    if there := served(box):
        process = psutil.Process(there.process)
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except psutil.TimeoutExpired:
            process.kill()


def log_path(folder: Path) -> Path:
    """Give the file in which the ballot page says what went wrong; never a code or a score."""
    return box_path(folder).with_suffix(".log")
