"""Lines as a person edits them: nothing that was typed is lost, nothing of others overwritten."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.forms.draft import NEW, WHOLE_LINE, Draft, Elsewhere, Line, block


def line(key: str, a: str = "", b: str = "") -> Line:
    return Line(key, {"a": a, "b": b})


def three() -> Draft:
    return Draft([line("x", "1", "one"), line("y", "2", "two"), line("z", "3", "three")])


def texts(draft: Draft) -> dict[str, dict[str, str]]:
    return {one.key: dict(one.cells) for one in draft.kept}


# --- editing


def test_a_new_draft_has_no_changes() -> None:
    draft = three()
    assert (draft.changes, draft.added, draft.moved, draft.unsettled) == (0, [], False, False)
    assert [one.key for one in draft.kept] == ["x", "y", "z"]


def test_an_edit_is_a_change_until_it_is_taken_back() -> None:
    draft = three()
    draft.edit("y", "b", "zwei")
    assert (draft.changes, draft.changed("y"), draft.changed("x")) == (1, ["b"], [])
    draft.edit("y", "a", "")
    assert (draft.changes, draft.changed("y")) == (2, ["a", "b"])
    draft.edit("y", "b", "two")
    draft.edit("y", "a", "2")
    assert draft.changes == 0


def test_editing_does_not_reach_the_lines_that_were_given() -> None:
    given = line("x", "1")
    draft = Draft([given])
    draft.edit("x", "a", "2")
    assert given.cells == {"a": "1", "b": ""}
    assert draft.base["x"]["a"] == "1"


def test_a_new_line_counts_once_it_holds_anything() -> None:
    draft = three()
    draft.add("+1")
    assert (draft.changes, draft.added) == (0, [])
    draft.edit("+1", "a", "   ")
    assert draft.changes == 0
    draft.edit("+1", "a", "new")
    draft.edit("+1", "b", "line")
    assert (draft.changes, draft.added) == (1, ["+1"])


def test_a_line_is_added_at_the_end_or_after_another() -> None:
    draft = three()
    draft.add("+1", {"a": "end"})
    draft.add("+2", {"a": "middle"}, after="x")
    draft.add("+3", after="nowhere")
    assert list(draft.lines) == ["x", "+2", "y", "z", "+1", "+3"]
    assert draft.lines["+2"] == {"a": "middle"}
    assert not draft.moved


def test_adding_a_key_that_is_there_keeps_what_it_holds() -> None:
    draft = three()
    draft.add("+1", {"a": "typed"})
    draft.add("+1", {"a": ""})
    draft.add("x", {"a": ""})
    assert draft.lines["+1"] == {"a": "typed"}
    assert draft.lines["x"]["a"] == "1"


def test_a_stored_line_is_only_marked_as_removed() -> None:
    draft = three()
    draft.remove("y")
    assert (draft.changes, draft.removed) == (1, {"y"})
    assert [one.key for one in draft.kept] == ["x", "z"]
    assert "y" in draft.lines
    draft.put_back("y")
    assert (draft.changes, texts(draft)) == (0, texts(three()))


def test_the_edits_of_a_removed_line_come_back_with_it() -> None:
    draft = three()
    draft.edit("y", "b", "typed")
    draft.remove("y")
    assert draft.changes == 1
    draft.put_back("y")
    assert draft.lines["y"]["b"] == "typed"
    assert draft.changes == 1


def test_an_empty_new_line_just_goes() -> None:
    draft = three()
    draft.add("+1")
    draft.remove("+1")
    assert list(draft.lines) == ["x", "y", "z"]
    draft.remove("+never")
    assert draft.changes == 0


def test_moving() -> None:
    draft = three()
    draft.move("z", -1)
    assert (list(draft.lines), draft.moved, draft.changes) == (["x", "z", "y"], True, 1)
    draft.move("z", 1)
    assert (list(draft.lines), draft.moved, draft.changes) == (["x", "y", "z"], False, 0)
    draft.move("x", -5)
    draft.move("y", 99)
    assert list(draft.lines) == ["x", "z", "y"]


def test_moving_a_new_line_is_no_move_of_stored_ones() -> None:
    draft = three()
    draft.add("+1", {"a": "new"})
    draft.move("+1", -2)
    assert list(draft.lines) == ["x", "+1", "y", "z"]
    assert (draft.moved, draft.changes) == (False, 1)


# --- pasting


def test_a_block_is_spread_over_lines_and_new_ones() -> None:
    draft = three()
    lost = draft.paste("y", ["a", "b"], [["A", "B"], ["C", "D"], ["E", "F"]], ["+1", "+2"])
    assert lost == 0
    assert texts(draft) == {
        "x": {"a": "1", "b": "one"},
        "y": {"a": "A", "b": "B"},
        "z": {"a": "C", "b": "D"},
        "+1": {"a": "E", "b": "F"},
    }


def test_pasting_goes_round_removed_lines() -> None:
    draft = three()
    draft.remove("y")
    assert draft.paste("x", ["a"], [["A"], ["B"]], []) == 0
    assert [draft.lines[key]["a"] for key in "xyz"] == ["A", "2", "B"]


def test_new_lines_come_after_the_last_that_was_pasted_into() -> None:
    draft = three()
    draft.add("+9", {"a": "mine"})
    draft.paste("+9", ["a"], [["A"], ["B"], ["C"]], ["+1", "+2"])
    assert list(draft.lines) == ["x", "y", "z", "+9", "+1", "+2"]


@pytest.mark.parametrize(
    ("columns", "pasted", "fresh", "lost"),
    [
        (["b"], [["A", "too", "wide"]], [], 2),
        (["a"], [["A"], ["B"], ["C", "wide"], [" "]], [], 2),
        (["a", "b"], [["A", "B", " "]], [], 0),
    ],
)
def test_what_has_no_place_is_counted(
    columns: list[str], pasted: list[list[str]], fresh: list[str], lost: int
) -> None:
    assert three().paste("y", columns, pasted, fresh) == lost


# --- what another window changed


def test_what_changed_only_elsewhere_is_taken_over_and_noted() -> None:
    draft = three()
    draft.edit("x", "a", "mine")
    draft.rebase([line("x", "1", "theirs"), line("y", "2", "two"), line("z", "3", "three")])
    assert draft.lines["x"] == {"a": "mine", "b": "theirs"}
    assert draft.elsewhere == {("x", "b"): Elsewhere("one", "taken")}
    assert (draft.changes, draft.unsettled) == (1, False)


def test_what_changed_in_both_places_waits_for_a_choice() -> None:
    draft = three()
    draft.edit("x", "a", "mine")
    draft.rebase([line("x", "theirs", "one"), line("y", "2", "two"), line("z", "3", "three")])
    assert draft.lines["x"]["a"] == "mine"
    assert draft.elsewhere == {("x", "a"): Elsewhere("theirs", "conflict")}
    assert draft.unsettled
    other = copy.deepcopy(draft)
    draft.settle("x", "a", take=False)
    assert (draft.lines["x"]["a"], draft.unsettled, draft.changes) == ("mine", False, 1)
    other.settle("x", "a", take=True)
    assert (other.lines["x"]["a"], other.unsettled, other.changes) == ("theirs", False, 0)


def test_the_same_change_in_both_places_is_no_change() -> None:
    draft = three()
    draft.edit("x", "a", "same")
    draft.rebase([line("x", "same", "one"), line("y", "2", "two"), line("z", "3", "three")])
    assert (draft.changes, draft.elsewhere) == (0, {})


def test_a_line_that_was_added_elsewhere_comes_in() -> None:
    draft = three()
    draft.add("+1", {"a": "mine"}, after="x")
    stored = [line("x", "1", "one"), line("w", "theirs"), line("y", "2", "two")]
    draft.rebase([*stored, line("z", "3", "three")])
    assert list(draft.lines) == ["x", "+1", "w", "y", "z"]
    assert draft.elsewhere == {("w", WHOLE_LINE): Elsewhere("", "added")}


def test_a_line_that_went_elsewhere_goes_unless_it_was_changed_here() -> None:
    draft = three()
    draft.edit("z", "b", "a sentence")
    draft.rebase([line("x", "1", "one")])
    assert texts(draft) == {"x": {"a": "1", "b": "one"}, "z": {"a": "3", "b": "a sentence"}}
    assert draft.elsewhere == {("z", WHOLE_LINE): Elsewhere("", "removed")}
    assert draft.unsettled
    other = copy.deepcopy(draft)
    draft.settle("z", WHOLE_LINE, take=False)
    assert (draft.added, draft.changes, draft.unsettled) == (["z"], 1, False)
    other.settle("z", WHOLE_LINE, take=True)
    assert (list(other.lines), other.changes, other.unsettled) == (["x"], 0, False)


def test_a_line_that_was_removed_here_but_changed_elsewhere_is_back() -> None:
    draft = three()
    draft.remove("y")
    draft.remove("z")
    draft.rebase([line("x", "1", "one"), line("y", "2", "new"), line("z", "3", "three")])
    assert draft.removed == {"z"}
    assert draft.lines["y"]["b"] == "new"
    assert draft.elsewhere["y", WHOLE_LINE] == Elsewhere("", "kept")
    assert not draft.unsettled


def test_removed_here_and_elsewhere_is_gone() -> None:
    draft = three()
    draft.remove("y")
    draft.rebase([line("x", "1", "one"), line("z", "3", "three")])
    assert (list(draft.lines), draft.removed, draft.changes) == (["x", "z"], set(), 0)


def test_an_order_made_here_stays_and_one_made_elsewhere_is_taken_over() -> None:
    stored = [line("z", "3", "three"), line("x", "1", "one"), line("y", "2", "two")]
    draft = three()
    draft.rebase(stored)
    assert (list(draft.lines), draft.moved) == (["z", "x", "y"], False)
    mine = three()
    mine.move("y", -1)
    mine.rebase([*stored, line("w", "new")])
    assert (list(mine.lines), mine.moved) == (["y", "x", "z", "w"], True)


def test_an_open_choice_stays_through_later_changes() -> None:
    draft = three()
    draft.edit("x", "a", "mine")
    rest = [line("y", "2", "two"), line("z", "3", "three")]
    draft.rebase([line("x", "theirs", "one"), *rest])
    draft.rebase([line("x", "theirs", "other"), *rest])
    assert draft.elsewhere["x", "a"] == Elsewhere("theirs", "conflict")
    draft.rebase([line("x", "later", "other"), *rest])
    assert draft.elsewhere["x", "a"] == Elsewhere("later", "conflict")
    draft.rebase([line("x", "mine", "other"), *rest])
    assert ("x", "a") not in draft.elsewhere
    assert not draft.unsettled


def test_marks_stay_until_somebody_has_seen_them() -> None:
    draft = three()
    rest = [line("y", "2", "two"), line("z", "3", "three")]
    draft.rebase([line("x", "1", "theirs"), line("w"), *rest])
    draft.rebase([line("x", "1", "theirs"), line("w", "later"), *rest])
    assert draft.elsewhere == {
        ("x", "b"): Elsewhere("one", "taken"),
        ("w", WHOLE_LINE): Elsewhere("", "added"),
        ("w", "a"): Elsewhere("", "taken"),
    }


def test_a_mark_says_what_stood_here_not_what_passed_by() -> None:
    draft = three()
    rest = [line("y", "2", "two"), line("z", "3", "three")]
    draft.rebase([line("x", "1", "first"), *rest])
    draft.rebase([line("x", "1", "second"), *rest])
    assert draft.lines["x"]["b"] == "second"
    assert draft.elsewhere["x", "b"] == Elsewhere("one", "taken")
    draft.rebase([line("x", "1", "one"), *rest])
    assert draft.elsewhere == {}


def test_a_line_that_is_back_elsewhere_is_no_longer_called_removed() -> None:
    draft = three()
    draft.edit("z", "b", "mine")
    draft.rebase([line("x", "1", "one"), line("y", "2", "two")])
    assert draft.unsettled
    draft.rebase([line("x", "1", "one"), line("y", "2", "two"), line("z", "3", "three")])
    assert ("z", WHOLE_LINE) not in draft.elsewhere
    assert draft.lines["z"]["b"] == "mine"
    assert draft.elsewhere["z", "b"] == Elsewhere("three", "conflict")
    assert ("z", "a") not in draft.elsewhere


def test_a_line_that_is_removed_takes_its_open_choices_with_it() -> None:
    """Else a form would ask for a choice that nobody can see, and never save again."""
    draft = three()
    draft.edit("z", "b", "mine")
    draft.rebase([line("x", "1", "one"), line("y", "2", "two"), line("z", "3", "theirs")])
    draft.rebase([line("x", "1", "one"), line("y", "2", "two")])
    assert draft.unsettled
    draft.remove("z")
    assert [one.key for one in draft.kept] == ["x", "y"]
    assert not draft.unsettled


def test_taking_a_removal_takes_the_other_choices_of_that_line_with_it() -> None:
    draft = three()
    draft.edit("z", "b", "mine")
    draft.rebase([line("x", "1", "one"), line("y", "2", "two"), line("z", "3", "theirs")])
    draft.rebase([line("x", "1", "one"), line("y", "2", "two")])
    draft.settle("z", WHOLE_LINE, take=True)
    assert "z" not in draft.lines
    assert not draft.unsettled


def test_a_column_that_went_elsewhere_does_not_empty_its_cells() -> None:
    """A score form has a column per criterion, and criteria come and go."""
    draft = Draft([line("x", "1", "-1"), line("y", "0", "1")])
    draft.edit("y", "b", "0")
    draft.rebase([Line("x", {"a": "1"}), Line("y", {"a": "0"})])
    assert texts(draft) == {"x": {"a": "1"}, "y": {"a": "0", "b": "0"}}
    assert draft.elsewhere == {}
    assert draft.changes == 1
    draft.rebase([line("x", "1", "-1"), line("y", "0", "1")])
    assert texts(draft) == {"x": {"a": "1", "b": "-1"}, "y": {"a": "0", "b": "0"}}
    assert draft.elsewhere["y", "b"] == Elsewhere("1", "conflict")


def test_settling_what_is_not_open_changes_nothing() -> None:
    draft = three()
    before = copy.deepcopy(draft)
    draft.settle("x", "a", take=True)
    draft.settle("gone", WHOLE_LINE, take=True)
    assert vars(draft) == vars(before)


# --- properties

KEYS = ("k1", "k2", "k3", "k4")
words = st.sampled_from(["", "p", "q", "r", "مرحبا", "<b>", "=1+1", "two\nlines"])
stored_lines = st.lists(st.sampled_from(KEYS), unique=True).flatmap(
    lambda keys: st.tuples(*(st.builds(line, st.just(key), words, words) for key in keys)).map(list)
)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.sampled_from(KEYS), st.sampled_from("ab"), words),
        st.tuples(st.just("add"), st.sampled_from(["+1", "+2"]), words, st.sampled_from(KEYS)),
        st.tuples(st.just("remove"), st.sampled_from([*KEYS, "+1"])),
        st.tuples(st.just("put_back"), st.sampled_from(KEYS)),
        st.tuples(st.just("move"), st.sampled_from([*KEYS, "+2"]), st.integers(-3, 3)),
    ),
    max_size=8,
)
many = settings(max_examples=300)


def edited(base: list[Line], steps: list[tuple]) -> Draft:
    draft = Draft(base)
    for what, key, *rest in steps:
        if what == "add":
            draft.add(key, {"a": rest[0], "b": ""}, after=rest[1])
        elif key in draft.lines:
            getattr(draft, what)(key, *rest)
    return draft


def held(draft: Draft) -> tuple:
    return list(draft.lines.items()), draft.removed, draft.changes, draft.added, draft.moved


@many
@given(stored_lines, edits)
def test_rebasing_onto_the_same_changes_and_notes_nothing(base: list[Line], steps: list) -> None:
    draft = edited(base, steps)
    before = copy.deepcopy(held(draft))
    draft.rebase(base)
    assert (held(draft), draft.elsewhere) == (before, {})


@many
@given(stored_lines, edits, stored_lines)
def test_rebasing_twice_onto_the_same_is_rebasing_once(
    base: list[Line], steps: list, stored: list[Line]
) -> None:
    draft = edited(base, steps)
    draft.rebase(stored)
    before = copy.deepcopy((held(draft), draft.elsewhere))
    draft.rebase(stored)
    assert (held(draft), draft.elsewhere) == before


@many
@given(stored_lines, edits, stored_lines)
def test_every_cell_is_mine_theirs_or_both_side_by_side(
    base: list[Line], steps: list, stored: list[Line]
) -> None:
    draft = edited(base, steps)
    mine = copy.deepcopy(draft)
    draft.rebase(stored)
    was = {one.key: one.cells for one in base}
    for one in stored:
        if one.key not in mine.lines:
            assert draft.lines[one.key] == one.cells
            assert draft.elsewhere[one.key, WHOLE_LINE].what == "added"
            continue
        for column, there in one.cells.items():
            before, here = was[one.key][column], mine.lines[one.key][column]
            now, note = draft.lines[one.key][column], draft.elsewhere.get((one.key, column))
            if there in (before, here):
                assert (now, note) == (here, None)
            elif here == before:
                assert (now, note) == (there, Elsewhere(before, "taken"))
            else:
                assert (now, note) == (here, Elsewhere(there, "conflict"))
        gone = one.key in mine.removed
        changed = gone and one.cells != was[one.key]
        assert (one.key in draft.removed) == (gone and not changed)
        if changed:
            assert draft.elsewhere[one.key, WHOLE_LINE].what == "kept"
    assert draft.base == {one.key: one.cells for one in stored}
    assert len(draft.lines) == len({one.key for one in draft.kept} | draft.removed)


@many
@given(stored_lines, edits, st.lists(stored_lines, min_size=1, max_size=4))
def test_no_text_that_was_typed_here_ever_disappears(
    base: list[Line], steps: list, later: list[list[Line]]
) -> None:
    draft = edited(base, steps)
    typed = {
        (key, column): text
        for key in draft.lines
        for column, text in draft.lines[key].items()
        if key not in draft.removed and text and text != draft.base.get(key, {}).get(column, "")
    }
    for stored in later:
        draft.rebase(stored)
        there = {one.key: one.cells for one in stored}
        for (key, column), text in list(typed.items()):
            assert draft.lines[key][column] == text
            assert key not in draft.removed
            if there.get(key, {}).get(column) == text:
                del typed[key, column]  # stored: from here on it is theirs as well


@many
@given(stored_lines, edits, stored_lines)
def test_nothing_of_theirs_is_overwritten_without_a_choice(
    base: list[Line], steps: list, stored: list[Line]
) -> None:
    """What differs from the file is what was typed here, or a choice is still open."""
    draft = edited(base, steps)
    mine = copy.deepcopy(draft)
    draft.rebase(stored)
    for one in stored:
        if one.key in draft.removed:
            continue
        for column in draft.changed(one.key):
            note = draft.elsewhere.get((one.key, column))
            untouched = one.cells[column] == mine.base[one.key][column]
            assert untouched or (note is not None and note.open and note.text == one.cells[column])
    removed_elsewhere = set(mine.base) - {one.key for one in stored}
    for key in removed_elsewhere & set(draft.lines):
        assert draft.elsewhere[key, WHOLE_LINE].what == "removed"


@many
@given(stored_lines, edits, stored_lines)
def test_a_draft_comes_back_from_disk_as_it_was(
    base: list[Line], steps: list, stored: list[Line]
) -> None:
    draft = edited(base, steps)
    draft.rebase(stored)
    back = Draft.from_json(json.loads(json.dumps(draft.as_json(), ensure_ascii=False)))
    assert held(back) == held(draft)
    assert back.base == draft.base
    assert {at for at, note in back.elsewhere.items() if note.open} == {
        at for at, note in draft.elsewhere.items() if note.open
    }
    assert back.unsettled == draft.unsettled


@many
@given(stored_lines, edits, edits)
def test_a_draft_that_is_taken_up_joins_what_was_typed_since(
    base: list[Line], earlier: list, since: list
) -> None:
    kept, now = edited(base, earlier), edited(base, since)
    both = copy.deepcopy(kept)
    both.join(copy.deepcopy(now))
    assert both.base == now.base
    for draft in (kept, now):
        for one in draft.kept:
            for column, text in one.cells.items():
                if not text or text == base_text(base, one.key, column):
                    continue
                shown = {cells.get(column) for key, cells in both.lines.items()}
                beside = {note.text for (_key, c), note in both.elsewhere.items() if c == column}
                assert text in shown | beside
                if not one.key.startswith(NEW):
                    assert both.changed(one.key)
                    assert one.key not in both.removed
    assert len(both.added) == len(kept.added) + len(now.added)
    assert all(note.open for note in both.elsewhere.values())


def base_text(base: list[Line], key: str, column: str) -> str:
    return next((one.cells[column] for one in base if one.key == key), "")


def test_a_draft_of_an_earlier_version_can_be_read() -> None:
    draft = three()
    draft.edit("x", "a", "typed")
    kept = draft.as_json()
    kept.pop("elsewhere", None)
    assert held(Draft.from_json(kept)) == held(draft)


# --- the clipboard


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\rc\td\r", [["a", "b"], ["c", "d"]]),
        ("a\n\n\n", [["a"]]),
        ("a\n\nb\n", [["a"], [], ["b"]]),
        ("a\t\t\n\tb\t\n", [["a", "", ""], ["", "b", ""]]),
        ("\t\n\t\n", []),
        ("", []),
        ("één\t🙂\nمرحبا\t=1+1\n", [["één", "🙂"], ["مرحبا", "=1+1"]]),
        ('"two\nlines"\tb\n', [["two\nlines", "b"]]),
        ('"two\r\nlines"\tb\r\n', [["two\nlines", "b"]]),
        ('"she said ""no""\nand left"\tb', [['she said "no"\nand left', "b"]]),
        ('a\t"with a\ttab"', [["a", "with a\ttab"]]),
        ('27" screen\tb\n', [['27" screen', "b"]]),
        ('"lone\tb\nc\td\n', [['"lone', "b"], ["c", "d"]]),
        ('say "hi"\tb', [['say "hi"', "b"]]),
        ('a\t"lone\n"two\nlines"\tb\n', [["a", '"lone'], ["two\nlines", "b"]]),
        ('"a" and "b"\tc', [['"a" and "b"', "c"]]),
        ('"Never again"\tb\n', [['"Never again"', "b"]]),
        ("a\x0bb\tc\u2028d\x85e\nf", [["a\x0bb", "c\u2028d\x85e"], ["f"]]),
        ("x" * 200_000 + "\ty", [["x" * 200_000, "y"]]),
    ],
)
def test_what_a_spreadsheet_copies_is_read(text: str, rows: list[list[str]]) -> None:
    assert block(text) == rows


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\r'), max_size=12)


@many
@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_block_as_excel_writes_it_is_read_back(rows: list[list[str]]) -> None:
    def written(cell: str) -> str:
        return f'"{cell}"' if "\n" in cell or "\t" in cell else cell

    rows[-1].append("end")
    text = "\r\n".join("\t".join(written(cell) for cell in row) for row in rows) + "\r\n"
    assert block(text) == [[] if row == [""] else row for row in rows]


@many
@given(st.text(st.sampled_from('ab"\t\n\r '), max_size=30))
def test_no_letter_on_the_clipboard_is_dropped(text: str) -> None:
    found = "".join(cell for row in block(text) for cell in row)
    assert [c for c in found if c in "ab"] == [c for c in text if c in "ab"]
