"""What people really type, and disks and spreadsheets that get in the way: nothing is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from html import escape
from pathlib import Path

import pytest

from workbook.case import Case, folder, open_case
from workbook.case.tables import (
    Ballot,
    Criterion,
    Meeting,
    Option,
    Participant,
    Party,
    Round,
    State,
)
from workbook.forms.form import Form
from workbook.forms.rows import Rows
from workbook.forms.scores import Scores
from workbook.forms.state import view_state
from workbook.forms.widget import FormView

Clock = Callable[[], datetime]
PARTIES = Rows(Party, ("name", "kind"), ("note",))


@pytest.fixture
def form(example: Case, clock: Clock) -> Form:
    """The form of the parties, in English."""
    return Form(example, PARTIES, clock)


def contents(case: Case) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(case.folder.glob("[a-z]*"))}


def left_over(case: Case) -> list[str]:
    return [path.name for path in case.folder.iterdir() if path.suffix == ".tmp"]


def kept_text(drafts: Path) -> str:
    """All that lies in the drafts, to look for a sentence in."""
    return "\n".join(
        json.dumps(json.loads(path.read_text("utf-8"))["draft"], ensure_ascii=False)
        for path in drafts.iterdir()
        if path.stat().st_size
    )


# --- names


@pytest.mark.parametrize("blank", ["", "  ", "\n\t", "\u00a0\u2003"])
@pytest.mark.parametrize(
    ("lang", "told"),
    [("nl", "de cel is leeg; verwacht: tekst"), ("en", "the cell is empty; expected: text")],
)
def test_a_name_that_is_empty_is_refused(
    data: Path, clock: Clock, blank: str, lang: str, told: str
) -> None:
    form = Form(open_case("voorbeeldregio", lang=lang, root=data), PARTIES, clock)
    before = contents(form.case)
    form.edit("opvang", "name", blank)
    form.edit("welzijn", "note", "a sentence")
    assert form.save() is False
    assert form.faults == {("opvang", "name"): told}
    assert contents(form.case) == before
    assert form.draft.lines["welzijn"]["note"] == "a sentence"


@pytest.mark.parametrize("model", [Criterion, Option, Party], ids=lambda model: model.table)
@pytest.mark.parametrize(
    ("lang", "told"),
    [("nl", "de naam is dezelfde als die van {}"), ("en", "the name is the same as that of {}")],
)
def test_a_name_that_is_there_already_is_refused(
    data: Path, clock: Clock, model: type, lang: str, told: str
) -> None:
    form = Form(open_case("voorbeeldregio", lang=lang, root=data), Rows(model, ("name",)), clock)
    first, second = form.case.rows(model)[:2]
    before = contents(form.case)
    key = form.add()
    form.edit(key, "name", f" {first.name.upper()} ")
    form.edit(second.id, "name", first.name.swapcase())
    assert form.save() is False
    assert form.faults == {
        (key, "name"): told.format(first.id),
        (second.id, "name"): told.format(first.id),
    }
    assert contents(form.case) == before
    form.edit(key, "name", "Anders")
    form.edit(second.id, "name", second.name)
    assert form.save(), form.faults
    assert form.case.rows(model)[-1].name == "Anders"


def test_two_rows_may_change_names(form: Form) -> None:
    a, b = form.case.get(Party, "opvang").name, form.case.get(Party, "welzijn").name
    form.edit("opvang", "name", b)
    form.edit("welzijn", "name", a)
    assert form.save(), form.faults
    assert (form.case.get(Party, "opvang").name, form.case.get(Party, "welzijn").name) == (b, a)


TEXTS = {
    "long": "Een lange zin over de plek. " * 400,
    "emoji": "🙂 👩‍👩‍👧 🏳️‍🌈",
    "right to left": "مركز الدعم · בית",
    "markup": '<img src=x onerror="alert(1)"> & </table><script>$x_1$ **b**',
    "formula": "=HYPERLINK(A1)",
    "minus": "-1+2",
    "quotes": "\"Nooit weer\", zei 'zij'; toen, en nu",
    "lines": "eerste\n\n\tderde",
    "not a word": "…",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_anything_may_be_a_name_and_stays_as_it_is(form: Form, text: str) -> None:
    assert len(TEXTS["long"]) > 10_000
    key = form.add()
    form.edit(key, "name", text)
    form.edit(key, "note", text)
    assert form.save(), form.faults
    row = open_case("voorbeeldregio", root=form.case.folder.parent).rows(Party)[-1]
    assert (row.name, row.note) == (text.strip(), text.strip())
    assert len(row.id) <= 60
    shown = next(line for line in view_state(form)["lines"] if line["key"] == row.id)
    assert shown["cells"]["name"] == text.strip()
    view = FormView(form)
    readable = view.readable()
    assert escape(text.strip()) in readable["text/html"]
    assert text.strip() in readable["text/plain"]
    if "<" in text:
        assert text.strip() not in readable["text/html"]
        for tag in ("<script", "<img"):
            assert tag not in readable["text/html"]
    assert str(form.case.folder) not in json.dumps(view.get_state(), default=str)
    view.close()


def test_markup_in_what_is_asked_and_told_is_plain_text(form: Form) -> None:
    """The view puts texts in as text; what it gets has nothing escaped or rendered."""
    form.edit("opvang", "name", "<b>Opvang</b>")
    assert form.save()
    form.remove("opvang")
    assert "“<b>Opvang</b>”" in view_state(form)["asking"]["text"]


def test_a_form_without_rows_says_so(empty: Case, clock: Clock) -> None:
    view = FormView(Form(empty, PARTIES, clock))
    assert view.readable()["text/plain"] == "Parties\nNothing filled in yet."
    view.close()


# --- a case that changes while it is scored


def scores_of(case: Case, **where: str) -> dict[tuple[str, str], str]:
    return {
        (row.option, row.criterion): row.score
        for row in case.rows(Ballot)
        if all(getattr(row, name) == value for name, value in where.items())
    }


def test_a_criterion_that_is_renamed_keeps_its_id_and_scores(example: Case, clock: Clock) -> None:
    before = example.rows(Ballot)
    form = Form(example, Rows(Criterion, ("name",)), clock)
    form.edit("keten", "name", "Iets heel anders")
    assert form.save()
    again = open_case("voorbeeldregio", root=example.folder.parent)
    assert again.get(Criterion, "keten").name == "Iets heel anders"
    assert again.rows(Ballot) == before
    scores = Form(example, Scores(), clock)
    columns = {column["name"]: column["label"] for column in view_state(scores)["columns"]}
    assert columns["keten"] == "Iets heel anders"


def test_an_option_that_comes_in_the_middle_of_a_round(example: Case, clock: Clock) -> None:
    rounds = [
        row.model_copy(update={"state": State.OPEN}) if row.id == "r2" else row
        for row in example.rows(Round)
    ]
    example.write({Round: rounds})
    scores = Form(example, Scores(), clock)
    scores.choose("participant", "p01")
    before = scores_of(example, round="r2", participant="p01")
    other = "-1" if before["opvang", "keten"] == "1" else "1"
    scores.edit("opvang", "keten", other)
    options = Form(example, Rows(Option, ("name", "shortlisted")), clock)
    key = options.add(after="stichting")
    options.edit(key, "name", "Halverwege bedacht")
    options.edit(key, "shortlisted", "yes")
    assert options.save(), options.faults
    id = "halverwege-bedacht"
    state = view_state(scores)
    line = next(line for line in state["lines"] if line["key"] == id)
    assert set(line["cells"].values()) == {""}
    assert state["headings"][id] == ["Halverwege bedacht"]
    assert scores.draft.lines["opvang"]["keten"] == other
    assert scores.status == ("unsaved", "Not saved yet (1 changed).")
    scores.edit(id, "keten", "?")
    assert scores.save(), scores.faults
    again = open_case("voorbeeldregio", root=example.folder.parent)
    assert scores_of(again, round="r2", participant="p01") == before | {
        ("opvang", "keten"): other,
        (id, "keten"): "?",
    }
    assert len([row for row in again.rows(Ballot) if row.option == id]) == 1


def test_a_participant_who_comes_late(example: Case, clock: Clock) -> None:
    scores = Form(example, Scores(), clock)
    scores.choose("participant", "p01")
    other = "-1" if scores.draft.lines["opvang"]["keten"] == "1" else "1"
    scores.edit("opvang", "keten", other)
    before = example.rows(Ballot)
    people = Form(example, Rows(Participant, ("group",)), clock)
    people.add(cells={"group": "other"})
    assert people.save()
    assert scores.draft.lines["opvang"]["keten"] == other
    scores.choose("participant", "p13")
    cells = [text for line in scores.draft.kept for text in line.cells.values()]
    assert cells and set(cells) == {""}
    scores.edit("stichting", "keten", "0")
    assert scores.save()
    assert example.rows(Ballot)[: len(before)] == before
    assert scores_of(example, participant="p13") == {("stichting", "keten"): "0"}
    scores.choose("participant", "p01")
    assert scores.draft.lines["opvang"]["keten"] == other
    assert scores.save()
    assert scores_of(example, round="r2", participant="p01")["opvang", "keten"] == other


# --- disks and spreadsheets

REASONS = {
    "read-only": PermissionError(errno.EACCES, "Permission denied"),
    "open in Excel": PermissionError(errno.EPERM, "Operation not permitted"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
}
TOLD = {
    "nl": "Niet opgeslagen, want voorbeeldregio kon niet worden opgeslagen ({}); "
    "staat er een bestand open in Excel, of is de schijf vol?",
    "en": "Not saved, because voorbeeldregio could not be written ({}); is a file open in Excel, "
    "or is the disk full?",
}


@pytest.mark.parametrize("lang", TOLD)
@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS)
@pytest.mark.parametrize("removing", [False, True], ids=["edit", "removal"])
def test_a_folder_that_cannot_be_written(
    data: Path,
    clock: Clock,
    drafts: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    reason: OSError,
    removing: bool,
) -> None:
    form = Form(open_case("voorbeeldregio", lang=lang, root=data), PARTIES, clock)
    form.edit("opvang", "note", "een hele zin")
    if removing:
        form.remove("welzijn", sure=True)
    before = contents(form.case)

    def refused(handle: int) -> None:
        raise reason

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refused)
        assert form.save() is False
        assert form.status == ("failed", TOLD[lang].format(reason.strerror))
        assert contents(form.case) == before
        assert left_over(form.case) == []
    assert "een hele zin" in kept_text(drafts)
    form.edit("opvang", "note", "een hele zin, en meer")
    assert form.status[0] == "unsaved"
    assert "een hele zin, en meer" in kept_text(drafts)
    assert form.removed() == []
    assert form.can_undo is False
    assert form.save(), form.status
    again = open_case("voorbeeldregio", root=data)
    assert again.get(Party, "opvang").note == "een hele zin, en meer"
    assert ("welzijn" in {row.id for row in again.rows(Party)}) is not removing
    assert not list(drafts.iterdir())


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_save_of_several_files_that_stops_half_way_is_whole_or_nothing(
    form: Form, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    form.remove("opvang", sure=True)
    before = contents(form.case)
    real = folder.write_atomically
    written: list[str] = []

    def stops(path: Path, data: bytes) -> None:
        if path.suffix == ".csv" and len(written) == after:
            written.append("")
            raise OSError(errno.ENOSPC, "No space left on device")
        if path.suffix == ".csv":
            written.append(path.name)
        real(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(folder, "write_atomically", stops)
        assert form.save() is False
    assert "" in written
    assert contents(form.case) == before
    assert form.removed() == []
    assert form.draft.removed == {"opvang"}
    assert form.save(), form.status
    assert "opvang" not in {row.id for row in form.case.rows(Party)}
    assert form.undo()
    assert contents(form.case) == before


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "nl",
            "Niet opgeslagen, want de map van voorbeeldregio is weg; "
            "zet die terug als {} en probeer het opnieuw",
        ),
        (
            "en",
            "Not saved, because the folder of voorbeeldregio is gone; "
            "put it back as {} and try again",
        ),
    ],
)
def test_a_folder_that_disappears(
    data: Path, clock: Clock, drafts: Path, tmp_path: Path, lang: str, told: str
) -> None:
    form = Form(open_case("voorbeeldregio", lang=lang, root=data), PARTIES, clock)
    place = form.case.folder
    form.edit("opvang", "note", "een zin van voor")
    shutil.move(place, tmp_path / "elsewhere")
    assert form.save() is False
    assert form.status == ("failed", told.format(place))
    assert form.look() is True
    assert form.look() is False
    form.edit("opvang", "note", "een zin van erna")
    form.retrieve(0)
    form.remove("welzijn")
    form.cancel()
    form.undo()
    assert not place.exists()
    assert form.draft.lines["opvang"]["note"] == "een zin van erna"
    assert "een zin van erna" in kept_text(drafts)
    shutil.move(tmp_path / "elsewhere", place)
    assert form.save(), form.status
    assert open_case("voorbeeldregio", root=data).get(Party, "opvang").note == "een zin van erna"


def test_a_folder_that_is_back_is_no_longer_called_gone(form: Form, tmp_path: Path) -> None:
    form.edit("opvang", "note", "x")
    shutil.move(form.case.folder, tmp_path / "elsewhere")
    assert form.look()
    assert form.status[1].startswith("The case can't be read at the moment: the folder of")
    shutil.move(tmp_path / "elsewhere", form.case.folder)
    assert form.look() is True
    assert form.status == ("unsaved", "Not saved yet (1 changed).")
    assert form.look() is False


def test_why_a_save_was_refused_is_not_wiped_away_by_looking(form: Form) -> None:
    form.edit("opvang", "name", "")
    assert form.save() is False
    told = form.status
    assert form.look() is False
    assert form.status == told


def test_a_draft_that_cannot_be_kept_is_said_and_the_form_goes_on(
    form: Form, state: Path, data: Path, clock: Clock
) -> None:
    state.write_text("a file stands where the folder should be", "utf-8")
    form.edit("opvang", "note", "een zin")
    assert form.draft.lines["opvang"]["note"] == "een zin"
    assert form.status[0] == "failed"
    assert form.status[1].startswith("Not saved, and this draft can't be kept on disk: ")
    dutch = Form(open_case("voorbeeldregio", lang="nl", root=data), PARTIES, clock)
    dutch.edit("opvang", "note", "x")
    assert dutch.status[1].startswith("Niet opgeslagen, en dit klad kan niet worden bewaard: ")
    assert form.save(), form.status
    assert form.status == ("saved", "Saved 14:05.")
    assert form.case.get(Party, "opvang").note == "een zin"
    form.edit("welzijn", "note", "na het opslaan")
    assert form.undo()
    assert form.draft.lines["welzijn"]["note"] == "na het opslaan"
    assert form.status[0] == "failed"
    assert "Undone 14:05" in form.status[1] and "can't be kept" in form.status[1]
    state.unlink()
    form.edit("welzijn", "note", "na het opslaan.")
    assert form.status == ("unsaved", "Not saved yet (1 changed).")


def test_a_draft_that_is_taken_back_but_cannot_be_kept_stays_where_it_was(
    form: Form, restart: Callable, drafts: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    form.edit("opvang", "note", "een zin")
    form.close()
    restart()
    again = Form(open_case("voorbeeldregio", root=form.case.folder.parent), PARTIES, clock)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        again.resume()
    assert again.draft.lines["opvang"]["note"] == "een zin"
    assert again.status[0] == "failed"
    assert "een zin" in kept_text(drafts)


@pytest.mark.parametrize(
    "broken",
    [b"", b"id,name\n", b'id,name\n"half', b"\xff\xfe\x00broken", b"a;b;c\n1;2;3\n"],
    ids=["empty", "columns gone", "half a cell", "no text", "other columns"],
)
@pytest.mark.parametrize("file", ["parties.csv", "meetings.csv"])
def test_a_file_that_was_broken_by_hand_is_a_sentence(
    form: Form, drafts: Path, file: str, broken: bytes
) -> None:
    path = form.case.folder / file
    form.edit("opvang", "note", "een zin")
    good = path.read_bytes()
    path.write_bytes(broken)
    assert form.look() is True
    assert form.status[0] == "failed"
    assert form.status[1].startswith(f"The case can't be read at the moment: {file}")
    assert form.look() is False
    assert form.save() is False
    assert file in form.status[1] and form.status[1].startswith("Not saved, because ")
    assert path.read_bytes() == broken
    assert form.draft.lines["opvang"]["note"] == "een zin"
    form.edit("opvang", "note", "een zin, en meer")
    assert "een zin, en meer" in kept_text(drafts)
    assert form.look() is True
    path.write_bytes(good)
    assert form.look() is True
    assert form.status == ("unsaved", "Not saved yet (1 changed).")
    assert form.save(), form.status
    again = open_case("voorbeeldregio", root=form.case.folder.parent)
    assert again.get(Party, "opvang").note == "een zin, en meer"
    assert again.rows(Meeting)


def test_a_cell_that_was_broken_by_hand_in_another_row_is_not_put_beside_mine(form: Form) -> None:
    path = form.case.folder / "parties.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("municipality", "a castle", 1), "utf-8")
    form.edit("opvang", "note", "een zin")
    assert form.save() is False
    assert "gem-lindermeer" in form.status[1] and "“a castle” can't be used here" in form.status[1]
    assert path.read_text("utf-8") != text
    assert form.draft.lines["opvang"]["note"] == "een zin"


def test_who_waits_too_long_for_another_writer_is_told(
    form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    form.edit("opvang", "note", "een zin")
    with monkeypatch.context() as patch, folder.lock(form.case.folder):
        patch.setattr(folder, "lock", lambda f: folder.FileLock(f / ".case.lock", timeout=0.01))
        assert form.save() is False
    assert form.status[1] == (
        "Not saved, because somebody else is writing this case; try again in a moment"
    )
    assert form.save()


def test_a_message_that_nobody_expects_changes_nothing(form: Form) -> None:
    view = FormView(form)
    form.edit("opvang", "note", "een zin")
    before = form.draft.as_json()
    for message in ({}, {"do": "__init__"}, {"do": "close"}, {"do": "fail", "with": {}}):
        view._received(view, message, [])
    assert form.draft.as_json() == before
    with pytest.raises(TypeError):
        view._received(view, {"do": "edit", "with": {"row": 1}, "view": "v", "number": 3}, [])
    assert form.draft.as_json() == before
    assert view.state["status"]["kind"] == "failed"
    assert view.answered == {"v": 3}
    view.close()
