"""Drafts on disk: one per process, readable by nobody else, offered once their process is gone."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from workbook.case.state_folder import code
from workbook.forms.keeping import Keeper, drafts_folder, waiting_context

DRAFT = {"base": [], "lines": [["+1", {"note": "een zin 🙂 <b>"}]], "removed": []}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case folder; only its name matters."""
    made = tmp_path / "data" / "twente"
    made.mkdir(parents=True)
    return made


@pytest.fixture
def keeper(folder: Path) -> Keeper:
    """A keeper of one form."""
    return Keeper(folder, "scores", {"round": "r1"})


def test_what_is_kept_is_found_again(keeper: Keeper, folder: Path, drafts: Path) -> None:
    assert drafts_folder() == drafts
    assert keeper.own() is None
    keeper.keep({"lines": "earlier"})
    keeper.keep(DRAFT)
    again = Keeper(folder, "scores", {"round": "r1"})
    kept = again.own()
    assert (kept.draft, kept.context) == (DRAFT, {"round": "r1"})
    assert abs(datetime.now() - kept.when).total_seconds() < 60
    assert len(list(drafts.iterdir())) == 1
    again.drop()
    again.drop()
    assert (keeper.own(), list(drafts.iterdir())) == (None, [])


def test_every_form_case_and_choice_has_a_draft_of_its_own(folder: Path) -> None:
    other = folder.parent / "elders"
    other.mkdir()
    keepers = [
        Keeper(of, form, context)
        for of in (folder, other)
        for form in ("scores", "hands")
        for context in ({"round": "r1"}, {"round": "r2"}, {"round": "r1", "who": "p01"})
    ]
    for number, keeper in enumerate(keepers):
        keeper.keep({"number": number})
    assert [keeper.own().draft["number"] for keeper in keepers] == list(range(12))


def test_the_order_of_the_choices_does_not_matter(folder: Path) -> None:
    Keeper(folder, "f", {"a": "1", "b": "2"}).keep(DRAFT)
    assert Keeper(folder, "f", {"b": "2", "a": "1"}).own().draft == DRAFT


@pytest.mark.skipif(os.name != "posix", reason="Windows has other rights")
def test_nobody_else_can_read_a_draft(keeper: Keeper, drafts: Path) -> None:
    old = os.umask(0)
    try:
        for _ in range(2):
            keeper.keep(DRAFT)
    finally:
        os.umask(old)
    (path,) = drafts.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(drafts.stat().st_mode) == 0o700


def test_the_name_of_a_draft_tells_nothing(folder: Path, drafts: Path) -> None:
    Keeper(folder, "scores", {"participant": "p01"}).keep(DRAFT)
    (path,) = drafts.iterdir()
    for word in ("twente", "scores", "p01"):
        assert word not in path.name
    assert code("a") == code("a") != code("b")


def test_what_lives_is_not_offered_and_what_is_gone_is(
    keeper: Keeper, folder: Path, restart: Callable
) -> None:
    keeper.keep(DRAFT)
    assert keeper.left_behind() == []
    assert waiting_context(folder, "scores") == {}
    restart()
    assert keeper.own() is None
    (kept,) = keeper.left_behind()
    assert kept.draft == DRAFT
    assert waiting_context(folder, "scores") == {"round": "r1"}
    assert waiting_context(folder, "hands") == {}
    keeper.forget(kept)
    assert keeper.left_behind() == []
    keeper.forget(kept)


def test_the_latest_comes_first(keeper: Keeper, restart: Callable, drafts: Path) -> None:
    for number in (1, 3, 2):
        keeper.keep({"number": number})
        restart()
        path = max(drafts.iterdir(), key=lambda path: int(path.stem.rsplit("-", 1)[1]))
        kept = json.loads(path.read_text("utf-8")) | {"when": f"2026-01-0{number}T12:00:00"}
        path.write_text(json.dumps(kept), "utf-8")
    assert [kept.draft["number"] for kept in keeper.left_behind()] == [3, 2, 1]


@pytest.mark.parametrize("damage", ["", "{ half", "[]", "{}", '{"when": "now"}', "\x00"])
def test_a_damaged_draft_stands_in_nobodys_way(
    keeper: Keeper, restart: Callable, drafts: Path, folder: Path, damage: str
) -> None:
    keeper.keep({"number": 1})
    restart()
    keeper.keep({"number": 2})
    (mine,) = drafts.glob(f"*-{os.getpid()}.json")
    mine.write_text(damage, "utf-8")
    assert keeper.own() is None
    assert [kept.draft["number"] for kept in keeper.left_behind()] == [1]
    assert waiting_context(folder, "scores") == {"round": "r1"}
    keeper.keep({"number": 3})
    assert keeper.own().draft == {"number": 3}


def test_a_draft_that_cannot_be_written_leaves_the_earlier_one(
    keeper: Keeper, monkeypatch: pytest.MonkeyPatch, drafts: Path
) -> None:
    keeper.keep({"number": 1})

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr("os.fsync", full)
        keeper.keep({"number": 2})
    assert keeper.own().draft == {"number": 1}
    assert len(list(drafts.iterdir())) == 1


def test_without_a_state_folder_there_is_nothing_to_offer(keeper: Keeper, state: Path) -> None:
    assert (keeper.own(), keeper.left_behind()) == (None, [])
    keeper.drop()
    state.write_text("a file stands where the folder should be", "utf-8")
    assert (keeper.own(), keeper.left_behind()) == (None, [])
    keeper.drop()
    with pytest.raises(OSError):
        keeper.keep(DRAFT)


def test_without_a_choice_the_users_own_state_folder_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("WERKBOEK_STATE")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    if os.name == "posix" and os.uname().sysname == "Linux":
        assert drafts_folder() == tmp_path / "home" / "werkboek-positionering" / "drafts"
    assert drafts_folder().name == "drafts"
