"""A form as a person uses it, on real copies of a case: filling in, saving, two windows, drafts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psutil
import pytest

from workbook.case import Case, open_case
from workbook.case.bin import BIN, removed
from workbook.case.tables import (
    Ballot,
    Criterion,
    Decision,
    Meeting,
    Option,
    Participant,
    Party,
    Round,
    Screening,
    State,
)
from workbook.forms.draft import WHOLE_LINE
from workbook.forms.form import Form
from workbook.forms.rows import Rows
from workbook.forms.scores import Scores
from workbook.forms.sheet import Sheet
from workbook.forms.state import view_state
from workbook.forms.steps import Cross, Involvement, _parties, steps

Clock = Callable[[], datetime]
Open = Callable[..., Form]

PARTIES = Rows(Party, ("name", "kind"), ("note",))
MEETINGS = Rows(Meeting, ("name", "date"), ("note",))


@pytest.fixture
def opened(example: Case, clock: Clock) -> Open:
    """Open a form on the example, as a cell of a notebook does."""

    def make(sheet: Sheet = PARTIES, case: Case = example) -> Form:
        return Form(case, sheet, clock)

    return make


@pytest.fixture
def elsewhere(data: Path) -> Case:
    """The same folder in another window: a case of its own."""
    return open_case("voorbeeldregio", lang="en", root=data)


@pytest.fixture
def reread(data: Path) -> Callable[[], Case]:
    """Read the folder again from nothing, as ``werkboek check`` does."""
    return lambda: open_case("voorbeeldregio", lang="en", root=data)


def change(case: Case, model: type, id: str, **update: object) -> None:
    """Save something, as another window does."""
    case.refresh()
    rows = [r.model_copy(update=update) if r.id == id else r for r in case.rows(model)]
    case.write({model: rows})


def names(case: Case) -> list[str]:
    return [row.name for row in case.rows(Party)]


def note(form: Form, key: str) -> str:
    return form.draft.lines[key]["note"]


# --- filling in and saving


def test_what_is_filled_in_is_read_again(opened: Open, reread: Callable[[], Case]) -> None:
    form = opened()
    assert (form.status, form.can_undo) == (("clean", ""), False)
    before = names(form.case)
    key = form.add()
    form.edit(key, "name", "  Café ‘De Brug’ ")
    form.edit(key, "note", "Eerste regel\nTweede regel")
    form.edit("opvang", "note", "Nieuw")
    assert form.status == ("unsaved", "Not saved yet (2 changed).")
    assert form.save()
    assert form.status == ("saved", "Saved 14:05.")
    assert form.draft.changes == 0
    again = reread()
    assert names(again) == [*before, "Café ‘De Brug’"]
    new = again.rows(Party)[-1]
    assert (new.note, new.id) == ("Eerste regel\nTweede regel", "cafe-de-brug")
    assert again.get(Party, "opvang").note == "Nieuw"
    assert form.draft.lines[new.id]["name"] == "Café ‘De Brug’"


def test_it_speaks_dutch(data: Path, clock: Clock) -> None:
    form = Form(open_case("voorbeeldregio", lang="nl", root=data), PARTIES, clock)
    form.edit("opvang", "note", "x")
    assert form.status == ("unsaved", "Nog niet opgeslagen (1 gewijzigd).")
    assert form.save()
    assert form.status == ("saved", "Opgeslagen om 14:05.")
    assert form.undo()
    assert form.status[1].startswith("Ongedaan gemaakt om 14:05")
    form.edit("opvang", "name", " ")
    assert form.save() is False
    assert form.faults == {("opvang", "name"): "de cel is leeg; verwacht: tekst"}
    assert form.status == (
        "failed",
        "Niet opgeslagen, want de gemarkeerde velden kloppen nog niet (1); "
        "wat er mis is, staat ernaast",
    )


def test_what_is_wrong_stands_beside_its_field(opened: Open) -> None:
    form = opened(Rows(Option, ("name", "short", "form"), ("current",)))
    before = (form.case.folder / "options.csv").read_bytes()
    form.edit("opvang", "name", "")
    form.edit("opvang", "short", "x" * 29)
    form.edit("stichting", "form", "a castle")
    key = form.add()
    form.edit(key, "short", "Only this")
    assert form.save() is False
    assert set(form.faults) == {
        ("opvang", "name"),
        ("opvang", "short"),
        ("stichting", "form"),
        (key, "name"),
    }
    assert form.faults["opvang", "short"] == (
        f"“{'x' * 29}” can't be used here; expected: text of at most 28 characters, or nothing"
    )
    assert "“a castle” can't be used here" in form.faults["stichting", "form"]
    assert form.status == (
        "failed",
        "Not saved, because the marked fields are not right yet (4); what is wrong stands beside "
        "them",
    )
    assert (form.case.folder / "options.csv").read_bytes() == before
    state = {line["key"]: line for line in view_state(form)["lines"]}
    assert state[key]["faults"] == {"name": form.faults[key, "name"]}
    assert state["opvang"]["cells"]["short"] == "x" * 29
    # Each one that is mended is no longer marked; the others still are.
    form.edit("opvang", "name", "Opvang")
    assert ("opvang", "name") not in form.faults
    assert ("stichting", "form") in form.faults
    form.edit("opvang", "short", "Opvang")
    form.edit("stichting", "form", "independent")
    form.edit(key, "name", "Nieuw")
    assert form.faults == {}
    assert form.save()
    assert [row.name for row in form.case.rows(Option)][-1] == "Nieuw"


def test_a_field_that_is_still_empty_is_no_fault_while_typing(opened: Open) -> None:
    form = opened()
    key = form.add()
    form.edit(key, "note", "the note first")
    assert form.faults == {}
    form.edit(key, "kind", "no such kind")
    assert set(form.faults) == {(key, "kind")}


def test_empty_new_rows_are_left_out(opened: Open, reread: Callable[[], Case]) -> None:
    form = opened()
    before = (form.case.folder / "parties.csv").read_bytes()
    first, second = form.add(), form.add()
    form.edit(second, "note", "   ")
    assert form.draft.changes == 0
    assert form.save()
    assert (form.case.folder / "parties.csv").read_bytes() == before
    assert first not in form.draft.lines


def test_rows_move_and_keep_their_order(opened: Open, reread: Callable[[], Case]) -> None:
    form = opened()
    order = list(form.draft.lines)
    form.move(order[0], 2)
    assert form.status == ("unsaved", "Not saved yet (1 changed).")
    assert form.save()
    assert [row.id for row in reread().rows(Party)] == [order[1], order[2], order[0], *order[3:]]


def test_a_paste_with_its_headings_and_words(opened: Open, reread: Callable[[], Case]) -> None:
    form = opened()
    key = form.add()
    form.paste(key, "name", 'Name\tKind\tNote\r\nEerste\tClients\t"a\nb"\r\nTweede\t\t\r\n')
    assert form.save(), form.faults
    new = reread().rows(Party)[-2:]
    assert [(row.name, row.kind, row.note) for row in new] == [
        ("Eerste", "clients", "a\nb"),
        ("Tweede", None, None),
    ]


def test_a_paste_that_is_too_wide_says_so(opened: Open) -> None:
    form = opened()
    form.paste("opvang", "note", "a\tfictional\tmore\tand more")
    assert form.draft.lines["opvang"] | {"name": ""} == {
        "name": "",
        "kind": "care_and_support",
        "note": "a",
        "source": "fictional",
    }
    assert form.status == (
        "unsaved",
        "Not saved yet (1 changed). Pasted texts that had no place in this form: 2.",
    )


def test_discarding_goes_back_to_what_is_stored(opened: Open, drafts: Path) -> None:
    form = opened()
    stored = view_state(form)["lines"]
    form.edit("opvang", "name", "")
    form.add(cells={"name": "New"})
    form.remove("welzijn")
    form.save()
    assert list(drafts.iterdir())
    form.discard()
    assert view_state(form)["lines"] == stored
    assert (form.status, form.faults) == (("clean", ""), {})
    assert not list(drafts.iterdir())


def test_what_is_typed_on_while_a_new_row_is_saved_goes_to_that_row(opened: Open) -> None:
    """A browser goes on with the key that it gave the row till it hears of the new one."""
    form = opened()
    form.add("+abc1")
    form.edit("+abc1", "name", "Buurthuis")
    assert form.save()
    form.edit("+abc1", "note", "and a sentence")
    assert form.draft.lines["buurthuis"]["note"] == "and a sentence"
    assert "+abc1" not in form.draft.lines
    assert form.save()
    assert form.case.get(Party, "buurthuis").note == "and a sentence"
    assert names(form.case).count("Buurthuis") == 1


def test_what_is_typed_in_a_row_that_is_gone_makes_a_row_again(
    opened: Open, elsewhere: Case
) -> None:
    form = opened(MEETINGS)
    last = elsewhere.rows(Meeting)[-1].id
    elsewhere.write({Meeting: elsewhere.rows(Meeting)[:-1]})
    form.look()
    assert last not in form.draft.lines
    form.edit(last, "note", "typed a moment too late")
    assert form.draft.added == [last]
    assert note(form, last) == "typed a moment too late"


def test_a_new_row_that_was_removed_can_be_put_back(opened: Open) -> None:
    form = opened()
    key = form.add()
    form.edit(key, "note", "a whole sentence")
    form.remove(key)
    assert (form.draft.changes, form.status) == (0, ("clean", ""))
    assert [line["removed"] for line in view_state(form)["lines"] if line["key"] == key] == [True]
    form.put_back(key)
    assert note(form, key) == "a whole sentence"
    assert form.status == ("unsaved", "Not saved yet (1 changed).")
    form.remove(key)
    assert form.save()
    assert key not in form.draft.lines
    assert form.can_undo is False


# --- undo


def test_undo_takes_back_only_what_this_form_saved(
    opened: Open, example: Case, reread: Callable[[], Case]
) -> None:
    parties, meetings = opened(), opened(MEETINGS)
    old = example.get(Party, "opvang").note
    parties.edit("opvang", "note", "mine")
    parties.add(cells={"name": "New one"})
    assert parties.save() and parties.can_undo
    meetings.edit("m1", "note", "of the other form")
    assert meetings.save()
    change(example, Party, "welzijn", note="later, in another row")
    assert parties.undo()
    assert parties.status == ("saved", "Undone 14:05: as it was before the last save.")
    assert parties.can_undo is False
    again = reread()
    assert again.get(Party, "opvang").note == old
    assert "New one" not in names(again)
    assert again.get(Party, "welzijn").note == "later, in another row"
    assert again.get(Meeting, "m1").note == "of the other form"
    assert note(parties, "opvang") == (old or "")
    assert meetings.can_undo


def test_undo_puts_every_byte_back(opened: Open) -> None:
    form = opened()
    before = (form.case.folder / "parties.csv").read_bytes()
    form.move("opvang", -2)
    form.edit("welzijn", "note", "x")
    form.remove("scholen", sure=True)
    assert form.save() and form.undo()
    assert (form.case.folder / "parties.csv").read_bytes() == before


def test_undo_is_refused_where_the_row_was_changed_since(opened: Open, elsewhere: Case) -> None:
    form = opened()
    form.edit("opvang", "note", "mine")
    assert form.save()
    change(elsewhere, Party, "opvang", note="theirs, on top of it")
    assert form.undo() is False
    assert form.status == (
        "failed",
        "Not saved, because it was changed again since; there is nothing safe to undo",
    )
    assert form.case.get(Party, "opvang").note == "theirs, on top of it"


def test_undo_keeps_what_was_typed_since(opened: Open, drafts: Path, restart: Callable) -> None:
    form = opened()
    old = form.case.get(Party, "opvang").note
    form.edit("opvang", "note", "saved")
    form.add("+1", cells={"name": "Saved as well"})
    assert form.save()
    form.edit("welzijn", "note", "a sentence of after the save")
    form.edit("opvang", "name", "Another name")
    form.edit("saved-as-well", "note", "more about the new one")
    form.add("+2", cells={"name": "Not saved"})
    assert form.undo()
    assert form.status == (
        "unsaved",
        "Undone 14:05: as it was before the last save. Not saved yet (4 changed).",
    )
    assert form.case.get(Party, "opvang").note == old
    assert note(form, "opvang") == (old or "")
    assert note(form, "welzijn") == "a sentence of after the save"
    assert form.draft.lines["opvang"]["name"] == "Another name"
    assert note(form, "saved-as-well") == "more about the new one"
    assert form.draft.lines["+2"]["name"] == "Not saved"
    assert form.draft.elsewhere == {}
    form.close()
    assert len(list(drafts.iterdir())) == 1
    assert opened().draft.lines == form.draft.lines
    assert form.save()
    assert {"Not saved", "Another name", "Saved as well"} <= set(names(form.case))


def test_saving_twice_leaves_the_first_to_be_undone(opened: Open) -> None:
    form = opened()
    before = (form.case.folder / "parties.csv").read_bytes()
    form.remove("scholen", sure=True)
    assert form.save() and form.save()
    assert len(removed(form.case)) == 1
    assert form.undo()
    assert (form.case.folder / "parties.csv").read_bytes() == before
    assert removed(form.case) == []


def test_there_is_nothing_to_undo_before_a_save(opened: Open) -> None:
    form = opened()
    assert form.save() and form.undo() is False
    assert form.can_undo is False


# --- another window


def test_what_another_window_changed_is_taken_over_and_noted(
    opened: Open, elsewhere: Case, reread: Callable[[], Case]
) -> None:
    form = opened()
    form.edit("opvang", "note", "mine")
    old = form.draft.lines["welzijn"]["note"]
    change(elsewhere, Party, "welzijn", note="theirs")
    change(elsewhere, Party, "opvang", name="Their name")
    assert form.save(), form.status
    again = reread()
    assert (again.get(Party, "opvang").note, again.get(Party, "opvang").name) == (
        "mine",
        "Their name",
    )
    assert again.get(Party, "welzijn").note == "theirs"
    assert old != "theirs"


@pytest.mark.parametrize("take", [True, False])
def test_what_both_changed_is_never_overwritten_unasked(
    opened: Open, elsewhere: Case, reread: Callable[[], Case], take: bool
) -> None:
    form = opened()
    form.edit("opvang", "note", "mine")
    change(elsewhere, Party, "opvang", note="theirs")
    told = "Not saved, because another window changed the same; choose per field what stays"
    for _ in range(2):
        assert form.save() is False
        assert form.status == ("failed", told)
    assert reread().get(Party, "opvang").note == "theirs"
    shown = next(line for line in view_state(form)["lines"] if line["key"] == "opvang")
    assert shown["cells"]["note"] == "mine"
    assert shown["elsewhere"]["note"] == {"text": "Another window made it: theirs", "open": True}
    form.seen()
    assert form.draft.unsettled
    form.settle("opvang", "note", take)
    assert note(form, "opvang") == ("theirs" if take else "mine")
    assert form.save()
    assert reread().get(Party, "opvang").note == ("theirs" if take else "mine")


def test_an_open_choice_survives_a_restart(
    opened: Open, elsewhere: Case, reread: Callable[[], Case], restart: Callable
) -> None:
    form = opened()
    form.edit("opvang", "note", "mine")
    change(elsewhere, Party, "opvang", note="theirs")
    assert form.look()
    form.edit("welzijn", "note", "typed while the choice is open")
    restart()
    again = opened(case=reread())
    again.resume()
    assert note(again, "opvang") == "mine"
    assert again.draft.elsewhere["opvang", "note"].text == "theirs"
    assert again.save() is False
    assert reread().get(Party, "opvang").note == "theirs"


def test_a_row_that_went_in_another_window_but_was_changed_here(
    opened: Open, elsewhere: Case, reread: Callable[[], Case]
) -> None:
    form = opened(MEETINGS)
    form.edit("m9", "note", "a sentence")
    elsewhere.write({Meeting: [row for row in elsewhere.rows(Meeting) if row.id != "m9"]})
    assert form.save() is False
    assert form.draft.unsettled
    form.settle("m9", WHOLE_LINE, take=False)
    assert form.save()
    assert reread().rows(Meeting)[-1].note == "a sentence"
    assert note(form, reread().rows(Meeting)[-1].id) == "a sentence"


def test_a_form_is_never_stuck_on_a_choice_that_nobody_can_see(
    opened: Open, elsewhere: Case
) -> None:
    form = opened(MEETINGS)
    form.edit("m9", "note", "a sentence")
    elsewhere.write({Meeting: [row for row in elsewhere.rows(Meeting) if row.id != "m9"]})
    form.look()
    form.remove("m9")
    assert form.save(), form.status


def test_looking_notices_an_outside_change(opened: Open, elsewhere: Case) -> None:
    form = opened()
    drawn: list[int] = []
    form.on_change = lambda: drawn.append(1)
    assert form.look() is False
    assert drawn == []
    change(elsewhere, Party, "opvang", note="theirs")
    assert form.look() is True
    assert drawn == [1]
    assert note(form, "opvang") == "theirs"
    assert view_state(form)["noted"]
    change(elsewhere, Meeting, "m1", note="something else")
    form.look()
    assert ("opvang", "note") in form.draft.elsewhere
    form.seen()
    assert not view_state(form)["noted"]
    assert form.look() is False
    form.close()
    change(elsewhere, Party, "opvang", note="not followed any more")
    form.case.refresh()
    assert note(form, "opvang") == "theirs"


def test_a_form_keeps_what_is_unsaved_when_another_one_saves(opened: Open) -> None:
    parties, meetings = opened(), opened(MEETINGS)
    parties.edit("opvang", "note", "unsaved")
    key = parties.add(cells={"name": "Unsaved as well"})
    meetings.edit("m1", "present", "opvang")
    meetings.edit("m1", "note", "saved")
    assert meetings.save()
    assert note(parties, "opvang") == "unsaved"
    assert parties.draft.lines[key]["name"] == "Unsaved as well"
    assert parties.status == ("unsaved", "Not saved yet (2 changed).")
    assert parties.save()
    assert parties.case.get(Party, "opvang").note == "unsaved"


def test_two_forms_on_one_table(opened: Open, reread: Callable[[], Case]) -> None:
    left = opened(Rows(Party, ("name",), ("note",)))
    right = opened(Rows(Party, ("name", "municipal_roles"), ("note",)))
    left.edit("opvang", "note", "left")
    new = left.add(cells={"name": "Left new"})
    right.edit("welzijn", "note", "right")
    right.add(cells={"name": "Right new"})
    assert right.save()
    assert note(left, "opvang") == "left"
    assert left.draft.lines[new]["name"] == "Left new"
    assert note(left, "welzijn") == "right"
    assert left.save()
    again = reread()
    assert (again.get(Party, "opvang").note, again.get(Party, "welzijn").note) == ("left", "right")
    assert {"Left new", "Right new"} <= set(names(again))
    assert right.undo()
    assert {"Left new"} == {"Left new", "Right new"} & set(names(reread()))


def test_a_save_between_looking_and_writing_is_not_overwritten(
    opened: Open, elsewhere: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = opened()
    form.edit("opvang", "note", "mine")
    real = Case.write

    def late(case: Case, *args: object) -> None:
        monkeypatch.setattr(Case, "write", real)
        change(elsewhere, Party, "welzijn", note="theirs")
        case.write(*args)

    monkeypatch.setattr(Case, "write", late)
    assert form.save() is False
    assert form.status[1] == (
        "Not saved, because another window saved at the same moment; look and save again"
    )
    assert note(form, "opvang") == "mine"
    assert form.save()
    form.case.refresh()
    assert form.case.get(Party, "welzijn").note == "theirs"
    assert form.case.get(Party, "opvang").note == "mine"


# --- drafts


def test_a_draft_is_kept_at_every_edit_and_goes_when_it_is_saved(
    opened: Open, drafts: Path
) -> None:
    form = opened()
    assert not drafts.exists()
    for text in ("a", "ab"):
        form.edit("opvang", "note", text)
        (kept,) = drafts.iterdir()
        assert f'"note": "{text}"' in kept.read_text("utf-8")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert form.save()
    assert not list(drafts.iterdir())


def test_what_is_typed_back_leaves_no_draft(opened: Open, drafts: Path) -> None:
    form = opened()
    old = note(form, "opvang")
    form.edit("opvang", "note", "x")
    form.edit("opvang", "note", old)
    assert not list(drafts.iterdir())
    assert form.status == ("clean", "")


def test_a_cell_that_is_run_again_takes_its_own_draft_up(
    opened: Open, reread: Callable[[], Case]
) -> None:
    form = opened()
    form.edit("opvang", "note", "unsaved")
    key = form.add(cells={"name": "New"}, after="opvang")
    form.remove("welzijn", sure=True)
    form.close()
    again = opened(case=reread())
    assert again.offer is None
    assert again.draft.lines == form.draft.lines
    assert list(again.draft.lines) == list(form.draft.lines)
    assert (again.draft.removed, again.draft.added) == ({"welzijn"}, [key])
    assert again.status == ("unsaved", "Not saved yet (3 changed).")


def test_after_a_restart_the_draft_is_offered_and_can_be_taken_back(
    opened: Open, reread: Callable[[], Case], restart: Callable, drafts: Path
) -> None:
    form = opened()
    form.edit("opvang", "note", "unsaved")
    restart()
    again = opened(case=reread())
    assert again.offer is not None
    assert again.status == ("clean", "")
    assert note(again, "opvang") != "unsaved"
    assert view_state(again)["offer"].startswith("There are unsaved changes of ")
    again.resume()
    assert again.offer is None
    assert note(again, "opvang") == "unsaved"
    assert again.status == ("unsaved", "Not saved yet (1 changed).")
    assert len(list(drafts.iterdir())) == 1
    assert again.save()
    assert not list(drafts.iterdir())
    assert opened(case=reread()).offer is None


def test_a_process_with_the_same_number_is_not_the_same_process(
    opened: Open, reread: Callable[[], Case], restart: Callable
) -> None:
    opened().edit("opvang", "note", "unsaved")
    restart(process=1)  # it lives, but it was born at another time
    assert opened(case=reread()).offer is not None


def test_a_draft_is_not_offered_while_its_process_lives(
    opened: Open, reread: Callable[[], Case], drafts: Path
) -> None:
    opened().edit("opvang", "note", "in another window")
    (path,) = drafts.iterdir()
    other = psutil.Process(1)
    kept = json.loads(path.read_text("utf-8")) | {"process": other.create_time()}
    path.unlink()
    lying = path.with_name(f"{path.stem.rsplit('-', 1)[0]}-1.json")
    lying.write_text(json.dumps(kept), "utf-8")
    again = opened(case=reread())
    assert again.offer is None
    assert note(again, "opvang") != "in another window"
    again.edit("welzijn", "note", "mine")
    assert again.save()
    assert lying.exists()


def test_a_draft_that_is_left_is_not_offered_again(
    opened: Open, reread: Callable[[], Case], restart: Callable, drafts: Path
) -> None:
    opened().edit("opvang", "note", "unsaved")
    restart()
    form = opened(case=reread())
    form.forget()
    assert form.offer is None
    assert not list(drafts.iterdir())
    assert opened(case=reread()).offer is None


def test_an_offer_waits_while_other_work_is_saved(
    opened: Open, reread: Callable[[], Case], restart: Callable
) -> None:
    opened().edit("opvang", "note", "from before")
    restart()
    form = opened(case=reread())
    form.edit("welzijn", "note", "after")
    assert form.save()
    assert opened(case=reread()).offer is not None
    form.resume()
    assert note(form, "opvang") == "from before"
    assert form.save()
    again = reread()
    assert (again.get(Party, "opvang").note, again.get(Party, "welzijn").note) == (
        "from before",
        "after",
    )


def test_a_draft_that_says_nothing_new_is_not_offered(
    opened: Open, elsewhere: Case, reread: Callable[[], Case], restart: Callable, drafts: Path
) -> None:
    opened().edit("opvang", "note", "the same")
    change(elsewhere, Party, "opvang", note="the same")
    restart()
    assert opened(case=reread()).offer is None
    assert not list(drafts.iterdir())


def test_an_offer_joins_what_changed_in_the_meantime(
    opened: Open, elsewhere: Case, reread: Callable[[], Case], restart: Callable
) -> None:
    form = opened()
    form.edit("opvang", "note", "mine")
    form.edit("welzijn", "note", "mine as well")
    form.add(cells={"name": "Mine"})
    restart()
    change(elsewhere, Party, "opvang", note="theirs")
    change(elsewhere, Party, "scholen", note="theirs too")
    again = opened(case=reread())
    again.resume()
    assert note(again, "opvang") == "mine"
    assert again.draft.elsewhere["opvang", "note"].open
    assert note(again, "scholen") == "theirs too"
    assert again.save() is False
    again.settle("opvang", "note", True)
    assert again.save()
    last = reread()
    assert last.get(Party, "opvang").note == "theirs"
    assert last.get(Party, "welzijn").note == "mine as well"
    assert last.get(Party, "scholen").note == "theirs too"
    assert names(last)[-1] == "Mine"


def test_what_was_typed_before_taking_a_draft_back_is_not_lost(
    opened: Open, elsewhere: Case, reread: Callable[[], Case], restart: Callable
) -> None:
    form = opened()
    form.edit("opvang", "note", "from before")
    form.edit("welzijn", "note", "one of two")
    form.paste(form.add(), "name", "Old new\nSecond")
    restart()
    again = opened(case=reread())
    again.edit("scholen", "note", "typed before taking back")
    again.edit("welzijn", "note", "the other one")
    again.paste(again.add(), "name", "New new\nThird")
    gone = again.case.get(Party, "verhuurders").name
    again.remove("verhuurders", sure=True)
    again.resume()
    # Another save makes every form look again at what is its own.
    change(elsewhere, Meeting, "m1", note="later")
    assert again.look()
    restart()
    last = opened(case=reread())
    last.resume()
    for form in (again, last):
        assert note(form, "opvang") == "from before"
        assert note(form, "scholen") == "typed before taking back"
        assert note(form, "welzijn") == "one of two"
        assert form.draft.elsewhere["welzijn", "note"].text == "the other one"
        shown = [cells["name"] for cells in form.draft.lines.values()]
        assert sorted(shown[-4:]) == ["New new", "Old new", "Second", "Third"]
        assert form.draft.removed == {"verhuurders"}
        assert form.draft.changes == 3 + 4 + 1
    last.settle("welzijn", "note", take=True)
    assert last.save(), last.status
    assert last.case.get(Party, "welzijn").note == "the other one"
    assert set(names(reread())) >= {"New new", "Old new", "Second", "Third"}
    assert [entry.label for entry in last.removed()] == [gone]


def test_every_draft_that_was_left_is_offered_in_turn(
    opened: Open, reread: Callable[[], Case], restart: Callable
) -> None:
    opened().edit("opvang", "note", "first session")
    restart()
    second = opened(case=reread())
    second.edit("welzijn", "note", "second session")
    restart()  # both are left now
    form = opened(case=reread())
    form.resume()
    assert form.offer is not None
    form.resume()
    assert form.offer is None
    assert note(form, "opvang") == "first session"
    assert note(form, "welzijn") == "second session"


# --- choosing above the form


@pytest.fixture
def scores(example: Case, clock: Clock) -> Form:
    """The score form in the second round; whose form it is isn't chosen yet."""
    form = Form(example, Scores(), clock)
    assert form.context == {"round": "r2", "participant": ""}
    return form


def test_unsaved_lines_of_a_former_choice_are_kept_and_come_back(
    scores: Form, reread: Callable[[], Case], clock: Clock, drafts: Path
) -> None:
    form = scores
    form.choose("participant", "p01")
    old = form.draft.lines["opvang"]["keten"]
    new = "-1" if old == "1" else "1"
    form.edit("opvang", "keten", new)
    form.choose("participant", "p02")
    assert form.status == ("clean", "")
    form.edit("stichting", "keten", "?")
    form.choose("round", "r1")
    assert form.draft.changes == 0
    form.choose("round", "r2")
    assert form.draft.lines["stichting"]["keten"] == "?"
    form.choose("participant", "p01")
    assert form.draft.lines["opvang"]["keten"] == new
    assert len(list(drafts.iterdir())) == 2
    assert form.save()
    form.choose("participant", "p02")
    assert form.draft.lines["stichting"]["keten"] == "?"
    form.close()
    # Also where the cell is run again: the draft lies on disk.
    again = Form(reread(), Scores(), clock)
    again.choose("participant", "p02")
    assert again.draft.lines["stichting"]["keten"] == "?"
    assert again.save()
    (ballot,) = [
        row
        for row in reread().rows(Ballot)
        if (row.round, row.participant, row.option, row.criterion)
        == ("r2", "p02", "stichting", "keten")
    ]
    assert ballot.score == "?"


def test_after_a_restart_a_persons_draft_is_named_and_not_shown_unasked(
    scores: Form, reread: Callable[[], Case], clock: Clock, restart: Callable
) -> None:
    scores.choose("round", "r1")
    scores.choose("participant", "p05")
    new = "1" if scores.draft.lines["opvang"]["keten"] == "?" else "?"
    scores.edit("opvang", "keten", new)
    restart()
    again = Form(reread(), Scores(), clock)
    assert again.context == {"round": "r1", "participant": ""}
    state = view_state(again)
    assert state["lines"] == []
    assert "p05" in state["waiting"] and "p04" not in state["waiting"]
    assert [v for v, label in state["selectors"][1]["choices"] if label.endswith("•")] == ["p05"]
    again.choose("participant", "p05")
    assert again.offer is not None
    again.resume()
    assert again.draft.lines["opvang"]["keten"] == new


def test_a_criterion_that_is_no_longer_scored_keeps_its_scores(
    scores: Form, elsewhere: Case, reread: Callable[[], Case]
) -> None:
    """Someone drops a criterion in step 5 while a score form is open."""

    def stored(case: Case) -> dict[tuple[str, str], str]:
        return {
            (row.option, row.criterion): row.score
            for row in case.rows(Ballot)
            if (row.round, row.participant) == ("r2", "p01")
        }

    scores.choose("participant", "p01")
    before = stored(scores.case)
    scores.edit("opvang", "keten", "?" if before["opvang", "keten"] != "?" else "0")
    scores.edit("stichting", "nabij-beleid", "?")
    change(elsewhere, Criterion, "keten", selected=False)
    assert scores.save(), scores.status
    after = stored(reread())
    assert after["stichting", "nabij-beleid"] == "?"
    for cell, score in before.items():
        if cell not in [("opvang", "keten"), ("stichting", "nabij-beleid")]:
            assert after[cell] == score
    assert after["opvang", "keten"] != before["opvang", "keten"]


def test_a_choice_that_is_gone_is_not_saved_as_another(
    example: Case, elsewhere: Case, clock: Clock
) -> None:
    sheet = Cross(
        Involvement, {"step": steps}, ("level", "way"), chosen={"party": ("Party", _parties)}
    )
    lonely = Party(id="lonely", name="Lonely", source="fictional")
    example.write({Party: [*example.rows(Party), lonely]})
    form = Form(example, sheet, clock)
    form.choose("party", "lonely")
    form.edit("1", "level", "board")
    elsewhere.refresh()
    elsewhere.write({Party: elsewhere.rows(Party)[:-1]})
    assert form.save() is False
    assert form.status[0] == "failed"
    # It is back, and so is what was typed about it.
    elsewhere.write({Party: [*elsewhere.rows(Party), lonely]})
    form.look()
    form.choose("party", "lonely")
    assert form.draft.lines["1"]["level"] == "board"
    assert form.save()


def test_revealing_a_round_leaves_what_is_unsaved(scores: Form) -> None:
    example = scores.case
    change(example, Round, "r2", state=State.OPEN)
    scores.choose("participant", "p01")
    scores.edit("opvang", "keten", "?")
    scores.act("reveal")
    assert example.get(Round, "r2").state is State.REVEALED
    assert scores.draft.lines["opvang"]["keten"] == "?"
    assert scores.status == (
        "unsaved",
        "Revealed: the pictures below show this round. Not saved yet (1 changed).",
    )
    scores.discard()
    change(example, Round, "r2", state=State.OPEN)
    scores.act("reveal")
    assert scores.status == ("saved", "Revealed: the pictures below show this round.")


def test_the_source_of_new_rows_can_be_chosen(opened: Open) -> None:
    form = opened()
    assert form.source == "fictional"
    form.choose("source", "b1")
    form.add(cells={"name": "New"})
    form.edit("opvang", "note", "x")
    assert form.save()
    assert form.case.rows(Party)[-1].source == "b1"
    assert form.case.get(Party, "opvang").source == "fictional"


# --- removing


def test_a_row_that_others_name_is_asked_about_first(opened: Open) -> None:
    form = opened(Rows(Option, ("name", "short")))
    form.remove("stichting")
    key, question = form.asking
    assert key == "stichting"
    going = {m: sum(row.option == key for row in form.case.rows(m)) for m in (Screening, Ballot)}
    assert question == (
        f"With “Eigen stichting Ervaringsteam” go: {going[Screening]} × Screening, "
        f"{going[Ballot]} × Ballots. They stay retrievable under Removed, below this form."
    )
    assert view_state(form)["asking"] == {"key": key, "text": question}
    assert (form.draft.removed, form.draft.changes) == (set(), 0)
    form.cancel()
    assert (form.asking, form.draft.removed) == (None, set())
    form.remove("stichting")
    form.remove("stichting", sure=True)
    assert (form.asking, form.draft.removed) == (None, {"stichting"})
    assert form.status == ("unsaved", "Not saved yet (1 changed).")
    assert "stichting" in {row.id for row in form.case.rows(Option)}


def test_a_row_that_nothing_names_is_not_asked_about(opened: Open) -> None:
    form = opened(MEETINGS)
    key = form.add(cells={"name": "New"})
    assert form.save()
    key = form.case.rows(Meeting)[-1].id
    form.remove(key)
    assert (form.asking, form.draft.removed) == (None, {key})


def test_a_removal_is_kept_and_put_back(opened: Open, reread: Callable[[], Case]) -> None:
    form = opened(Rows(Option, ("name", "short")))
    before = {m: sorted(form.case.rows(m), key=lambda r: r.id) for m in (Option, Ballot, Screening)}
    decided = form.case.rows(Decision)
    form.remove("stichting", sure=True)
    form.edit("opvang", "short", "Together")
    assert form.save(), form.status
    again = reread()
    assert not [row for row in again.rows(Ballot) if row.option == "stichting"]
    assert again.get(Option, "opvang").short == "Together"
    assert again.rows(Decision) != decided
    (entry,) = form.removed()
    assert (entry.label, entry.when) == ("Eigen stichting Ervaringsteam", "2026-01-31T14:05")
    rows = 1 + sum(row.option == "stichting" for m in (Ballot, Screening) for row in before[m])
    assert view_state(form)["removed"] == [
        f"Eigen stichting Ervaringsteam, removed 31-01 14:05: {rows} rows in all"
    ]
    form.edit("regiobureau", "short", "unsaved meanwhile")
    form.retrieve(0)
    assert form.status == ("unsaved", "Put back 14:05. Not saved yet (1 changed).")
    assert form.draft.lines["regiobureau"]["short"] == "unsaved meanwhile"
    assert form.draft.elsewhere == {}
    assert form.removed() == []
    again = reread()
    for model, rows_ in before.items():
        found = {row.id: row for row in again.rows(model)}
        assert set(found) == {row.id for row in rows_}
        assert all(found[row.id] == row for row in rows_ if row.id != "opvang")
    assert again.rows(Decision) == decided
    assert [row.id for row in again.rows(Option)][-1] == "stichting"


def test_undoing_a_removal_empties_the_bin(opened: Open) -> None:
    form = opened(Rows(Option, ("name",)))
    before = {path.name: path.read_bytes() for path in form.case.folder.glob("[a-z]*")}
    form.remove("stichting", sure=True)
    assert form.save()
    assert len(form.removed()) == 1
    form.edit("opvang", "name", "")
    assert form.save() is False  # a refused save changes nothing of what can be undone
    form.discard()
    assert form.undo()
    assert form.removed() == []
    assert {path.name: path.read_bytes() for path in form.case.folder.glob("[a-z]*")} == before


def test_a_refused_removal_leaves_nothing_in_the_bin(opened: Open) -> None:
    form = opened(Rows(Option, ("name",)))
    form.remove("stichting", sure=True)
    form.edit("opvang", "name", form.case.get(Option, "regiobureau").name)
    assert form.save() is False
    assert form.removed() == []
    assert form.draft.removed == {"stichting"}


def test_a_row_that_is_put_back_before_saving_was_never_away(opened: Open) -> None:
    form = opened(Rows(Option, ("name",)))
    before = (form.case.folder / "options.csv").read_bytes()
    form.remove("stichting", sure=True)
    form.put_back("stichting")
    assert form.status == ("clean", "")
    assert form.save()
    assert (form.case.folder / "options.csv").read_bytes() == before
    assert form.removed() == []


def test_a_new_row_does_not_take_the_id_of_a_removed_one(opened: Open) -> None:
    form = opened(MEETINGS)
    form.add(cells={"name": "Laatste avond"})
    assert form.save()
    form.remove("laatste-avond")
    assert form.save()
    form.add(cells={"name": "Laatste avond"})
    assert form.save()
    assert form.case.rows(Meeting)[-1].id == "laatste-avond-2"
    form.retrieve(0)
    assert [row.id for row in form.case.rows(Meeting)][-2:] == ["laatste-avond-2", "laatste-avond"]


def test_a_damaged_bin_takes_nothing_away(opened: Open) -> None:
    form = opened(Rows(Option, ("name",)))
    (form.case.folder / BIN).write_text("{ half", "utf-8")
    form.edit("opvang", "name", "Still saved")
    assert form.save()
    assert view_state(form)["removed"] == []
    form.remove("stichting", sure=True)
    assert form.save() is False
    assert "it is damaged; move it elsewhere to go on" in form.status[1]
    assert "stichting" in {row.id for row in form.case.rows(Option)}
    assert form.draft.removed == {"stichting"}
    assert (form.case.folder / BIN).read_text("utf-8") == "{ half"
    (form.case.folder / BIN).unlink()
    assert form.save()


def test_putting_back_what_is_not_in_the_bin_any_more_is_a_sentence(
    opened: Open, reread: Callable[[], Case], clock: Clock
) -> None:
    form = opened(MEETINGS)
    form.remove("m9", sure=True)
    assert form.save()
    other = Form(reread(), MEETINGS, clock)
    other.retrieve(0)
    assert other.status == ("saved", "Put back 14:05.")
    form.retrieve(0)
    assert form.status[1] == (
        "Not saved, because another window saved at the same moment; look and save again"
    )
    assert [row.id for row in reread().rows(Meeting)].count("m9") == 1


# --- what goes wrong in the workbook itself


def test_a_fault_of_the_workbook_loses_nothing(opened: Open) -> None:
    form = opened()
    form.edit("opvang", "note", "typed")
    form.fail(RuntimeError("boom"))
    assert form.status[0] == "failed"
    assert "RuntimeError" in form.status[1]
    assert note(form, "opvang") == "typed"
    assert form.save()


def test_participants_have_their_number_before_them(opened: Open) -> None:
    form = opened(Rows(Participant, ("group",)))
    key = form.add(cells={"group": "project"})
    assert form.save()
    assert view_state(form)["headings"]["p13"] == ["p13"]
    assert key not in form.draft.lines
