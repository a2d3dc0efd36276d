"""The bin: what was removed is never lost, whatever happens to its file."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import Removed, UserError, forget, keep, remove, removed
from workbook.case import folder as files
from workbook.case.bin import BIN
from workbook.case.tables import Party

ROOT = Path(__file__).resolve().parents[2]


def entry(label, **changes):
    cells = {"id": "a", "name": label, "source": "fictional"}
    return Removed(
        when="2026-01-31T14:05", model="parties", label=label, tables={"parties": [cells]}
    ).model_copy(update=changes)


def test_an_empty_bin_needs_no_file(case, folder):
    assert removed(case) == []
    forget(case, entry("a"))
    assert not (folder / BIN).exists()


def test_the_newest_comes_first_and_each_can_go(case):
    a, b, c = entry("a"), entry("b"), entry("c")
    for one in (a, b, b, c):
        keep(case, one)
    assert removed(case) == [c, b, b, a]
    forget(case, b)
    assert removed(case) == [c, b, a]
    forget(case, a, left=entry("what is left of a"))
    assert removed(case) == [c, b, entry("what is left of a")]
    forget(case, entry("not there"))
    assert removed(case) == [c, b, entry("what is left of a")]


def test_a_person_can_read_the_file(case, folder):
    keep(case, entry("Één 😀"))
    (told,) = json.loads((folder / BIN).read_text("utf-8"))
    assert told["label"] == "Één 😀"
    assert told["tables"]["parties"] == [{"id": "a", "name": "Één 😀", "source": "fictional"}]


@settings(max_examples=25)
@given(st.text(), st.dictionaries(st.text(), st.lists(st.dictionaries(st.text(), st.text()))))
def test_any_text_is_kept_as_it_is(case, label, tables):
    one = entry(label, tables=tables, changed=tables)
    keep(case, one)
    assert removed(case)[0] == one


DAMAGED = [b"", b"{", b"{}", b"[1]", b'[{"when": "x"}]', b"\xff", b"null", b"[] x"]


@pytest.mark.parametrize("body", DAMAGED)
def test_a_damaged_bin_is_a_sentence_and_is_left_as_it_is(case, folder, body):
    (folder / BIN).write_bytes(body)
    rows = case.rows(Party)
    for attempt in (
        lambda: removed(case),
        lambda: keep(case, entry("a")),
        lambda: forget(case, entry("a")),
        lambda: remove(case, Party, ["opvang"], "2026-01-31T14:05"),
    ):
        with pytest.raises(UserError) as caught:
            attempt()
        assert str(caught.value) == (
            f"{folder / BIN} keeps what was removed, but it is damaged; move it elsewhere to go on"
        )
    assert (folder / BIN).read_bytes() == body
    assert case.rows(Party) == rows
    assert not case.refresh()


def test_a_bin_that_cannot_be_read_is_a_sentence(case, folder):
    (folder / BIN).mkdir()
    with pytest.raises(UserError, match=r"\.removed\.json can't be read: Is a directory"):
        removed(case)


def test_a_bin_that_cannot_be_written_removes_nothing(case, folder, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError(28, "No space left on device")

    before = (folder / "parties.csv").read_bytes()
    with monkeypatch.context() as patch, pytest.raises(UserError, match="No space left"):
        patch.setattr(files.tempfile, "mkstemp", refuse)
        remove(case, Party, ["opvang"], "2026-01-31T14:05")
    assert (folder / "parties.csv").read_bytes() == before
    assert removed(case) == []


def test_the_bin_of_a_team_s_own_region_stays_out_of_version_control():
    command = ["git", "check-ignore", "--quiet", "--no-index", f"data/twente/{BIN}"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
