"""Destroying what a session leaves: all of it, and nothing that is nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from tests.session.conftest import fill
from workbook.case import Case, UserError
from workbook.case.state_folder import state_folder
from workbook.forms.keeping import Keeper
from workbook.session.ballot import Stage
from workbook.session.box import box_path
from workbook.session.forget import forget, traces
from workbook.session.session import Session


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """A folder with codes, and one that isn't there."""
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "codes.csv").write_text("p01;SECRET")
    return [folder, tmp_path / "nowhere"]


def revealed(session: Session) -> Path:
    session.open("r3")
    fill(session, session.people()[0].id)
    session.close_round("r3")
    session.reveal("r3")
    return box_path(session.case.folder)


def everything(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_nothing_is_left_of_a_session_and_the_case_is_as_it_was(
    session: Session, papers: list[Path]
) -> None:
    box, folder = revealed(session), session.case.folder
    box.with_name(box.name + ".copy").write_bytes(b"SECRET")  # as the hosting page makes it
    box.with_suffix(".log").touch()
    for form in ("scores", "priorities"):
        Keeper(folder, form, {"round": "r3"}).keep({"p01": "SECRET"})
    before = {path: path.read_bytes() for path in everything(folder)}
    session.close()
    found = traces(folder, papers)
    assert forget(folder, papers, "en") == found and len(found) == 6
    assert everything(state_folder()) == [] and not papers[0].exists()
    assert {path: path.read_bytes() for path in everything(folder)} == before
    assert traces(folder, papers) == [] == forget(folder, papers, "en")


def test_another_region_and_another_form_keep_theirs(
    session: Session, published: Case, papers: list[Path]
) -> None:
    revealed(session)
    other = Session(published)
    other.close()
    Keeper(session.case.folder, "parties", {}).keep({"a": "b"})
    session.close()
    forget(session.case.folder, papers, "en")
    assert box_path(published.folder).exists()
    assert len(everything(state_folder() / "drafts")) == 1


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.CLOSED, Stage.REVEALING])
def test_scores_that_are_nowhere_else_are_destroyed_on_request_only(
    session: Session, papers: list[Path], stage: Stage
) -> None:
    session.open("r3")
    fill(session, session.people()[0].id)
    if stage is not Stage.OPEN:
        session.close_round("r3")
    if stage is Stage.REVEALING:
        session.box.begin_reveal("r3", {})
    session.close()
    with pytest.raises(UserError, match=r"weren't revealed \(r3\) and are nowhere else"):
        forget(session.case.folder, papers, "en")
    assert box_path(session.case.folder).exists() and papers[0].exists()
    forget(session.case.folder, papers, "en", unrevealed=True)
    assert everything(state_folder()) == [] and not papers[0].exists()


def test_a_box_that_can_t_be_read_is_destroyed_on_request_only(
    session: Session, papers: list[Path]
) -> None:
    session.close()
    box = box_path(session.case.folder)
    for path in box.parent.glob(f"{box.name}*"):
        path.unlink()
    box.write_bytes(b"no database at all" * 100)
    for end in ("-wal", "-shm"):  # as a process that was killed leaves them
        box.with_name(box.name + end).touch()
    with pytest.raises(UserError, match="the ballot box can't be used"):
        forget(session.case.folder, papers, "en")
    assert box.exists()
    forget(session.case.folder, papers, "en", unrevealed=True)
    assert everything(state_folder()) == []


def test_a_page_that_runs_keeps_its_box(session: Session, papers: list[Path]) -> None:
    box = revealed(session)
    session.close()
    with FileLock(box.with_suffix(".serving")):
        with pytest.raises(
            UserError, match="the ballot page of voorbeeldregio runs; stop it first"
        ):
            forget(session.case.folder, papers, "en", unrevealed=True)
        assert box.exists() and papers[0].exists()
