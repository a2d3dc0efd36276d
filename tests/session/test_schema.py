"""The file of the box: who can read it, which version, and what a broken one does."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading

import pytest

from workbook.case import UserError
from workbook.case.tables import Names, Score
from workbook.session.ballot import Saved
from workbook.session.box import BallotBox
from workbook.session.schema import BoxFailed, connect, transaction

from .conftest import change

posix = pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
CELL = ("o1", "c1")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_only_the_user_reads_any_of_its_files(tmp_path, asked):
    before = os.umask(0)
    try:
        box = BallotBox(tmp_path / "state" / "sessions" / "x.sqlite")
        box.set_up("r", Names.OPEN)
        box.admission.give(["a"])
        box.open("r", asked)
        box.save(change(box, "a", {CELL: Score.PLUS}))
        files = list((tmp_path / "state" / "sessions").iterdir())
        assert {path.name for path in files} >= {"x.sqlite", "x.sqlite-wal"}
        assert {mode(path) for path in files} == {0o600}
        assert mode(tmp_path / "state" / "sessions") == 0o700
        box.close()
    finally:
        os.umask(before)


def test_commits_wait_for_the_disk_and_deleted_text_is_overwritten(tmp_path):
    db = connect(tmp_path / "box.sqlite")
    asked = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in (
        "journal_mode", "synchronous", "secure_delete", "foreign_keys")}  # fmt: skip
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "secure_delete": 1,
        "foreign_keys": 1,
    }
    db.close()


def test_a_file_of_a_later_version_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "box.sqlite"
    connect(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(UserError, match="later version"):
        BallotBox(path, lang="en")
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (99,)
    db.close()


def broken(path, how):
    data = path.read_bytes()
    if how == "text":
        path.write_bytes(b"this is not a ballot box\n" * 50)
    elif how == "zeros":
        path.write_bytes(bytes(len(data)))
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "page":
        path.write_bytes(data[:4096] + os.urandom(len(data) - 4096))


@pytest.mark.parametrize("how", ["text", "zeros", "cut", "page"])
def test_a_broken_file_is_refused_with_a_sentence_and_kept(box, how):
    box.save(change(box, "a", {CELL: Score.PLUS}))
    path = box.path
    box.close()
    broken(path, how)
    left = path.read_bytes()
    with pytest.raises(UserError, match=r"can't be used: .+box\.sqlite"):
        BallotBox(path, lang="en")
    assert path.read_bytes() == left


def test_a_folder_in_its_place_is_refused_with_a_sentence(tmp_path):
    (tmp_path / "box.sqlite").mkdir()
    with pytest.raises(UserError, match="can't be used"):
        BallotBox(tmp_path / "box.sqlite", lang="en")


def test_two_that_make_the_file_at_once_make_it_once(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    for turn in range(10):
        path = tmp_path / f"{turn}.sqlite"
        with ThreadPoolExecutor(4) as pool:
            boxes = list(pool.map(lambda _, path=path: BallotBox(path), range(4)))
        boxes[0].set_up("r", None)
        assert all(list(box.rounds()) == ["r"] for box in boxes)
        for box in boxes:
            box.close()


def test_who_is_making_the_file_is_waited_for(tmp_path):
    path = tmp_path / "box.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # before there is a log SQLite doesn't wait for this
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        sqlite3.connect(path, timeout=5).execute("PRAGMA journal_mode=WAL")
    done = threading.Timer(0.3, lambda: other.execute("COMMIT"))
    done.start()
    db = connect(path)
    assert not done.is_alive()
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()
    other.close()


def test_a_transaction_writes_all_or_nothing(tmp_path):
    db = connect(tmp_path / "box.sqlite")
    with pytest.raises(KeyboardInterrupt), transaction(db):
        db.execute("INSERT INTO round (id, stage) VALUES ('r', 'setup')")
        raise KeyboardInterrupt
    assert db.execute("SELECT count(*) FROM round").fetchone() == (0,)
    assert not db.in_transaction
    db.close()


def test_a_full_disk_is_told_and_the_box_goes_on_once_there_is_room(box):
    assert isinstance(box.save(change(box, "a", {CELL: Score.PLUS})), Saved)
    pages = box._db.execute("PRAGMA page_count").fetchone()[0]
    box._db.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(BoxFailed, match=r"can't be used just now \(database or disk is full\)"):
        for n in range(100):
            box.save(change(box, "b", {CELL: Score.PLUS}, reasons={CELL: str(n) * 999}))
            box.admission.give([f"{n}-{i}" for i in range(100)])
    box._db.execute("PRAGMA max_page_count=100000")
    version = box.ballot("r", box.admission.codes()["b"]).version
    answer = box.save(change(box, "b", {CELL: Score.MINUS}))
    assert answer.version == version + 1
    assert box.ballot("r", box.admission.codes()["b"]).scores == {CELL: Score.MINUS}
    assert box.ballot("r", box.admission.codes()["a"]).scores == {CELL: Score.PLUS}


def test_a_commit_that_fails_leaves_nothing_half_done(tmp_path):
    """A transaction that can't be committed is taken back, so that the next one can begin."""

    class Failing:
        in_transaction = False
        said: list[str] = []  # noqa: RUF012

        def execute(self, statement):
            self.said.append(statement)
            self.in_transaction = statement != "ROLLBACK"
            if statement == "COMMIT":
                raise sqlite3.OperationalError("disk I/O error")

    db = Failing()
    with pytest.raises(sqlite3.OperationalError, match="disk"), transaction(db):  # type: ignore[arg-type]
        pass
    assert db.said == ["BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"]


def test_two_boxes_in_one_process_and_one_in_another_see_the_same(box, tmp_path):
    """A notebook looks twice at the file while a command in a terminal saves and ends."""
    BallotBox(box.path).close()
    code = box.admission.codes()["b"]
    save = (
        "import sys; from pathlib import Path\n"
        "from workbook.case.tables import Score\n"
        "from workbook.session.ballot import Change\n"
        "from workbook.session.box import BallotBox\n"
        "box = BallotBox(Path(sys.argv[1]))\n"
        f"box.save(Change('r', {code!r}, 'elsewhere', {{{CELL!r}: Score.MINUS}}))\n"
        "box.close()\n"
    )
    subprocess.run([sys.executable, "-c", save, str(box.path)], check=True)
    assert box.ballot("r", code).scores == {CELL: Score.MINUS}
    box.save(change(box, "a", {CELL: Score.PLUS}))
    later = BallotBox(box.path)
    assert later.count("r").begun == 2
    later.close()
