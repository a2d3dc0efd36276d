"""The folder on disk: names, hashes, whole files, and the journal that completes a save."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from workbook.case import UserError, open_case
from workbook.case import folder as files
from workbook.case.tables import Link, Meeting, Party
from workbook.case.template import new_region


class Killed(BaseException):
    """What a power cut looks like from within: nothing after it runs."""


def leave_journal(folder, texts, **changes):
    """Leave a journal as an interrupted save does."""
    body = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    journal = {"files": texts, "digest": files.digest(body.encode())} | changes
    (folder / files.JOURNAL).write_text(json.dumps(journal), "utf-8")


# --- names and places


@pytest.mark.parametrize("region", ["twente", "west-brabant", "a", "2025", "a" * 40])
def test_slugs_are_regions(region):
    assert files.valid_region(region) == region


@pytest.mark.parametrize(
    "region",
    [
        "",
        "a" * 41,
        "Twente",
        "twente ",
        "a_b",
        "é",
        "a.b",
        ".",
        "..",
        "../data",
        "a/b",
        "a\\b",
        "/etc",
        "twente\n",
        "~",
        "C:",
        "a\x00b",
        "二",
    ],
)
def test_anything_else_is_refused_in_a_sentence(region, tmp_path):
    for attempt in (
        lambda: files.valid_region(region, "en"),
        lambda: files.region_folder(region, tmp_path, "en"),
        lambda: open_case(region, lang="en", root=tmp_path),
    ):
        with pytest.raises(UserError) as caught:
            attempt()
        assert str(caught.value) == (
            f"“{region}” can't be a region's name; expected: lower-case letters, digits and -, "
            "at most 40"
        )


def test_an_unknown_region_says_where_was_looked(tmp_path):
    with pytest.raises(UserError, match=re.escape(f"no region “nergens” in {tmp_path}")):
        files.region_folder("nergens", tmp_path, "en")


def test_the_data_root_is_the_argument_else_the_variable_else_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("WERKBOEK_DATA", str(tmp_path / "variable"))
    assert files.data_root(tmp_path / "argument") == tmp_path / "argument"
    assert files.data_root() == tmp_path / "variable"
    monkeypatch.setenv("WERKBOEK_DATA", "")
    assert files.data_root() == files.PACKAGE_DATA
    monkeypatch.delenv("WERKBOEK_DATA")
    assert files.data_root() == Path(__file__).resolve().parents[2] / "data"


def test_regions_are_listed_by_name_and_half_made_ones_are_not(root):
    for name in ("aa", ".twente.x1", "Not A Slug", "empty"):
        (root / name).mkdir()
    for name in ("aa", ".twente.x1", "Not A Slug"):
        (root / name / "case.yaml").touch()
    assert files.regions(root) == ["aa", "voorbeeldregio"]
    assert files.regions(root / "nowhere") == []


# --- whole files


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    files.write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_permissions_of_any_other(tmp_path):
    (tmp_path / "other").touch()
    files.write_atomically(tmp_path / "a.csv", b"x")
    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_private_file_is_private_before_it_holds_anything(tmp_path, monkeypatch):
    path, seen, real = tmp_path / "codes.csv", [], Path.replace
    path.touch(0o644)

    def look(temporary, target):
        seen.append(temporary.stat().st_mode & 0o777)
        return real(temporary, target)

    monkeypatch.setattr(Path, "replace", look)
    files.write_atomically(path, b"x", 0o600)
    assert seen == [0o600]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_a_refused_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step, error):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def refuse(*args, **kwargs):
        raise error("refused")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), refuse)
    with pytest.raises(error, match="refused"):
        files.write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_killed_writer_s_temporary_file_goes_with_the_next_save(case, folder):
    left = folder / ".parties.csv.abc.tmp"
    left.write_bytes(b"id,na")
    party = case.rows(Party)[0]
    case.write({Party: [party.model_copy(update={"note": "x"}), *case.rows(Party)[1:]]})
    assert not left.exists()


# --- the journal


def test_an_interrupted_save_is_completed_at_the_next_opening(root, folder, case):
    parties = (folder / "parties.csv").read_text("utf-8").replace("Ervaringsteam", "Team één", 1)
    links = (folder / "links.csv").read_text("utf-8").split("\n")[0] + "\n"
    leave_journal(folder, {"parties.csv": parties, "links.csv": links})
    again = open_case("voorbeeldregio", lang="en", root=root)
    assert again.rows(Party)[0].name == "Team één"
    assert again.rows(Link) == ()
    assert (folder / "parties.csv").read_text("utf-8") == parties
    assert not (folder / files.JOURNAL).exists()


def test_recovering_twice_is_recovering_once(folder):
    files.recover(folder)
    leave_journal(folder, {"links.csv": "a"})
    files.recover(folder)
    files.recover(folder)
    assert (folder / "links.csv").read_text() == "a"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"files": {"links.csv": "x"}}',
        '{"files": {"links.csv": "x"}, "digest": "0"}',
        '{"files": ["links.csv"], "digest": "0"}',
    ],
)
def test_a_damaged_journal_is_a_sentence_and_nothing_is_written(folder, problems, body):
    before = (folder / "links.csv").read_bytes()
    (folder / files.JOURNAL).write_text(body)
    assert problems() == [".journal.json: the file can't be read: damaged"]
    assert (folder / "links.csv").read_bytes() == before


@pytest.mark.parametrize(
    "name", ["../links.csv", "/tmp/x.csv", "..", "", ".case.lock", "a/b.csv", "x.py", "..\\a.csv"]
)
def test_a_journal_can_name_only_files_of_a_case(root, folder, problems, name):
    before = (folder / "links.csv").read_bytes()
    leave_journal(folder, {"links.csv": "changed", name: "changed"})
    assert problems() == [".journal.json: the file can't be read: damaged"]
    assert (folder / "links.csv").read_bytes() == before
    assert not (root / "links.csv").exists()


def test_a_case_that_may_only_be_read_says_so_when_a_save_is_to_be_completed(
    folder, problems, monkeypatch
):
    leave_journal(folder, {"links.csv": "x"})

    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "write_atomically", refuse)
    assert problems() == [".journal.json: the file can't be read: Permission denied"]


# --- interrupting a save of two tables at every step

STEPS = {
    "os.fsync": (os, "fsync"),
    "Path.replace": (Path, "replace"),
    "Path.chmod": (Path, "chmod"),
    "Path.unlink": (Path, "unlink"),
    "write_atomically": (files, "write_atomically"),
}


def interrupt(monkeypatch, step, k, error, *, after):
    """Raise at the k-th call of a step, before or after it did its work; count the calls."""
    holder, name = STEPS[step]
    real = getattr(holder, name)
    calls = []

    def counted(*args, **kwargs):
        calls.append(args)
        if len(calls) == k and not after:
            raise error
        # What is killed stays killed: nothing more happens on disk.
        if error is Killed and len(calls) > k > 0:
            raise error
        result = real(*args, **kwargs)
        if len(calls) == k:
            raise error
        return result

    monkeypatch.setattr(holder, name, counted)
    return calls


def state(root, region="twente"):
    case = open_case(region, lang="en", root=root)
    return [row.note for row in case.rows(Party)], [row.note for row in case.rows(Meeting)]


@pytest.fixture
def small(root):
    """Give a case of two parties and a meeting: it opens in no time."""
    new_region("twente", root)
    case = open_case("twente", lang="en", root=root)
    parties = [Party(id=x, name=x, note="old", source="fictional") for x in "ab"]
    meeting = Meeting(id="m", name="M", note="old", source="fictional")
    case.write({Party: parties, Meeting: [meeting]})
    return case


def marked(case, mark):
    return {
        model: [row.model_copy(update={"note": mark}) for row in case.rows(model)]
        for model in (Party, Meeting)
    }


CALLS = {
    "os.fsync": 7,
    "Path.replace": 3,
    "Path.chmod": 3,
    "Path.unlink": 1,
    "write_atomically": 3,
}
MOMENTS = [(step, k) for step, n in CALLS.items() for k in range(1, n + 1)]


@pytest.mark.parametrize("step", STEPS)
def test_these_are_all_the_moments(small, root, monkeypatch, step):
    with monkeypatch.context() as patch:
        calls = interrupt(patch, step, -1, Killed, after=False)
        small.write(marked(small, "new"))
    assert len([c for c in calls if ".lock" not in str(c[0])]) == CALLS[step]
    assert state(root)[0][0] == state(root)[1][0] == "new"


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("step", "k"), MOMENTS)
def test_killed_at_any_moment_both_tables_are_old_or_both_are_new(
    small, root, monkeypatch, step, k, after
):
    old = state(root)
    names = {path.name for path in small.folder.iterdir()}
    with monkeypatch.context() as patch, pytest.raises(Killed):
        interrupt(patch, step, k, Killed, after=after)
        small.write(marked(small, "new"))
    found = state(root)
    new = [["new"] * len(notes) for notes in old]
    assert list(found) in (list(old), new)
    assert not (small.folder / files.JOURNAL).exists()
    again = open_case("twente", lang="en", root=root)
    again.write(marked(again, "newer"))
    assert {path.name for path in small.folder.iterdir()} == names


# Once the journal is gone the save is done, so there is nothing left to refuse.
REFUSALS = [
    (step, k, after)
    for step, k in MOMENTS
    for after in (False, True)
    if (step, after) != ("Path.unlink", True)
]


@pytest.mark.parametrize(("step", "k", "after"), REFUSALS)
def test_refused_at_any_moment_nothing_is_written_and_the_save_can_be_tried_again(
    small, root, monkeypatch, step, k, after
):
    old = state(root)
    error = PermissionError(13, "Permission denied")
    with monkeypatch.context() as patch, pytest.raises(UserError) as caught:
        interrupt(patch, step, k, error, after=after)
        small.write(marked(small, "new"))
    assert str(caught.value) == (
        "twente could not be written (Permission denied); is a file open in Excel, "
        "or is the disk full?"
    )
    assert small.rows(Party)[0].note != "new"
    assert not (small.folder / files.JOURNAL).exists()
    assert state(root) == old
    small.write(marked(small, "again"))
    assert state(root)[0][0] == state(root)[1][0] == "again"
    assert not list(small.folder.glob(".*.tmp"))


def test_an_older_journal_never_overwrites_a_newer_save(case, root, folder):
    parties = (folder / "parties.csv").read_text("utf-8")
    leave_journal(folder, {"parties.csv": parties, "links.csv": "id,x\n"})
    note = [case.rows(Party)[0].model_copy(update={"note": "new"}), *case.rows(Party)[1:]]
    case.write({Party: note})
    assert not (folder / files.JOURNAL).exists()
    assert (folder / "links.csv").read_text() == "id,x\n"
    assert ",new," in (folder / "parties.csv").read_text("utf-8")


WRITER = """
import sys
from workbook.case import open_case
from workbook.case.tables import Meeting, Party
case = open_case("voorbeeldregio", root=sys.argv[1])
print("ready", flush=True)
n = int(sys.argv[2])
while True:
    n += 1
    case.write({m: [r.model_copy(update={"note": f"n{n}"}) for r in case.rows(m)]
                for m in (Party, Meeting)})
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_killed_process_leaves_both_tables_with_one_counter(root, folder):
    names = {path.name for path in folder.iterdir()} | {".case.lock"}
    counters = [0]
    for attempt in range(10):
        command = [sys.executable, "-c", WRITER, str(root), str(counters[-1])]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout.readline() == "ready\n"
            time.sleep(0.03 + 0.0137 * attempt)
            writer.send_signal(signal.SIGKILL)
        parties, meetings = state(root, "voorbeeldregio")
        assert len({*parties, *meetings}) == 1, "the two tables hold two saves"
        counters.append(int(parties[0][1:]))
    assert counters == sorted(counters)
    assert counters[-1] > 10
    assert not (folder / files.JOURNAL).exists()
    case = open_case("voorbeeldregio", root=root)
    case.write(marked(case, "last"))
    assert {path.name for path in folder.iterdir()} == names


def test_who_reads_while_somebody_saves_sees_one_moment(folder):
    names = ("parties.csv", "meetings.csv")
    stop, began = threading.Event(), threading.Event()

    def save():
        n = 0
        while not stop.is_set():
            n += 1
            with files.lock(folder):
                files.write_files(folder, {name: f"{n}".encode() for name in names})
            began.set()
            time.sleep(0.02)  # or the reader never gets a turn

    writer = threading.Thread(target=save)
    writer.start()
    try:
        assert began.wait(10)
        seen = [set(files.read_files(folder, names).values()) for _ in range(8)]
    finally:
        stop.set()
        writer.join()
    assert [moment for moment in seen if len(moment) != 1] == []


def test_a_file_that_cannot_be_read_is_named(folder, problems, monkeypatch):
    real = Path.read_bytes

    def refuse(path):
        if path.name == "links.csv":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert problems() == ["links.csv: the file can't be read: Permission denied"]
