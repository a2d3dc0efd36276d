"""What the tests of forms share: a box of their own, an open round, and forms to fill in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from workbook.case import Case
from workbook.case.tables import Names
from workbook.session.ballot import Filled
from workbook.session.paper.excel_form import write_forms
from workbook.session.session import Session


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder: no test leaves a ballot box in the user's own."""
    folder = tmp_path / "state"
    monkeypatch.setenv("WERKBOEK_STATE", str(folder))
    return folder


@pytest.fixture
def session(example: Case) -> Iterator[Session]:
    """A session on the fictional region."""
    opened = Session(example)
    yield opened
    opened.close()


@pytest.fixture
def round(session: Session) -> str:
    """A second round, by name, that is open."""
    id = session.add_round("Second round", Names.OPEN)
    session.open(id)
    return id


@pytest.fixture
def forms(session: Session, round: str, tmp_path: Path) -> Path:
    """The folder with a form of everybody."""
    folder = tmp_path / "forms"
    write_forms(session, round, folder, "en")
    return folder


@pytest.fixture
def form(forms: Path, round: str) -> Path:
    """The empty form of p01."""
    return forms / f"voorbeeldregio-{round}-p01.xlsx"


@pytest.fixture
def stored(session: Session, round: str) -> Callable[..., Filled]:
    """Look into the box, with the participant's own code."""

    def look(participant: str = "p01") -> Filled:
        found = session.box.ballot(round, session.box.admission.codes()[participant])
        assert found is not None
        return found

    return look


def addresses(path: Path, kind: str) -> dict[tuple[str, str], str]:
    """Give the address of every cell of one kind, from the hidden sheet."""
    sheet = load_workbook(path)["_form"]
    found = {}
    for row in sheet.iter_rows(values_only=True):
        told = [*row, *[None] * 5][:5]
        if told[0] == kind:
            found[told[2] or "", told[3] or ""] = told[1]
    return found


def fill(path: Path, values: dict[str, Any], to: Path | None = None) -> Path:
    """Put values in cells as a spreadsheet program would, and save."""
    book = load_workbook(path)
    for address, value in values.items():
        book.worksheets[0][address] = value
    target = to or path
    book.save(target)
    return target


def fill_all(path: Path, sign: str = "+", to: Path | None = None) -> Path:
    """Give every score."""
    return fill(path, dict.fromkeys(addresses(path, "score").values(), sign), to)


def repack(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Change the files inside; ``None`` leaves one out."""
    with zipfile.ZipFile(path) as archive:
        parts = [(i.filename, archive.read(i)) for i in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            changed = change(name, data)
            if changed is not None:
                archive.writestr(name, changed)
    return path
