"""Table forms: whatever is typed comes back as it was typed, and a second save changes no byte."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example as such_as
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import Case, open_case
from workbook.case.tables import (
    Argument,
    Criterion,
    Decision,
    Meeting,
    Option,
    Participant,
    Party,
    Row,
    Source,
)
from workbook.case.template import new_region
from workbook.forms.draft import Draft
from workbook.forms.form import Form
from workbook.forms.rows import Rows, in_place
from workbook.forms.state import view_state

NASTY = [
    "🙂👩‍👩‍👧 een zin met plaatjes",
    "مرحبا بالعالم, met ‏Nederlands‎ erin",
    "<script>alert(1)</script> & <b>vet</b> $x_1$ **b**",
    "=SUM(A1:A9)",
    "+31 6, -1, @name",
    '"quoted", and a lone " too',
    "a;b; c,d\te",
    "first line\nsecond line\n\nfourth",
    "windows\r\nline ends\rand old ones",
    "not published",
    "niet gepubliceerd",
    "sep=;",
    "\ufeffa mark in front",
    "0",
    "None",
    "'; DROP TABLE criteria; --",
    "zin " * 2500,
    "e\u0301 is not é, and ﬁ is one letter",
    "\u2028a\x85b\x0bc\x1cd",
]
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
text = st.one_of(st.sampled_from(NASTY), st.text(letters, max_size=30))
name = text.filter(lambda t: t.strip())


def tidy(text: str) -> str:
    """What a cell holds of a text: line ends of one kind, no blanks around it."""
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def items(text: str) -> str:
    return ";".join(part.strip() for part in tidy(text).split(";") if part.strip())


def unlike(row: dict[str, str]) -> str:
    return tidy(row["name"]).casefold()


# "not published" is a word of its own in a list, so nobody's alias.
listed = st.lists(st.sampled_from([*NASTY[:5], "x", " y "]), max_size=3).map(" ; ".join)
FORMS: dict[str, tuple[Rows, st.SearchStrategy[dict[str, str]], tuple[str, ...]]] = {
    "parties": (
        Rows(Party, ("name", "kind", "stands_for"), ("municipal_roles", "note")),
        st.fixed_dictionaries(
            {
                "name": name,
                "kind": st.sampled_from(["", "clients", "housing"]),
                "stands_for": st.sampled_from(["", "1", " 12 "]),
                "municipal_roles": st.sampled_from(["", "director", "funder; director"]),
                "note": text,
            }
        ),
        ("municipal_roles",),
    ),
    "criteria": (
        Rows(Criterion, ("name", "description", "cluster"), ("aliases", "parts", "reason")),
        st.fixed_dictionaries(
            {
                "name": name,
                "description": text,
                "cluster": st.sampled_from(["", "vision"]),
                "aliases": listed,
                "parts": listed,
                "reason": text,
            }
        ),
        ("aliases", "parts"),
    ),
    "options": (
        Rows(Option, ("name", "short", "form", "shortlisted"), ("pros", "cons")),
        st.fixed_dictionaries(
            {
                "name": name,
                "short": text.filter(lambda t: len(tidy(t)) <= 28),
                "form": st.sampled_from(["", "partnership"]),
                "shortlisted": st.sampled_from(["", "yes", "no", "not published"]),
                "pros": text,
                "cons": text,
            }
        ),
        (),
    ),
    "arguments": (
        Rows(Argument, ("claim", "step", "stance"), ("dissent",), layout="cards"),
        st.fixed_dictionaries(
            {
                "claim": name,
                "step": st.sampled_from(["", "1", "8"]),
                "stance": st.sampled_from(["", "for", "against"]),
                "dissent": st.sampled_from(["", "yes", "no"]),
            }
        ),
        (),
    ),
    "meetings": (
        Rows(Meeting, ("name", "date", "body", "steps"), ("people", "note")),
        st.fixed_dictionaries(
            {
                "name": name,
                "date": st.sampled_from(["", "2026-01-31", "not published"]),
                "body": text,
                "steps": st.sampled_from(["", "1", "1;3 ; 8"]),
                "people": st.sampled_from(["", "0", "12", "not published"]),
                "note": text,
            }
        ),
        ("steps",),
    ),
}


@pytest.fixture(scope="module")
def nothing() -> Iterator[Path]:
    """An empty region, to copy."""
    with tempfile.TemporaryDirectory() as root:
        new_region("twente", Path(root), "en")
        yield Path(root)


def now() -> datetime:
    return datetime(2026, 1, 31, 14, 5)


@pytest.mark.parametrize("table", FORMS)
def test_form_to_file_to_form_is_the_same(
    table: str, nothing: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sheet, row, lists = FORMS[table]
    unique = unlike if table in ("parties", "criteria", "options") else None
    columns = [*sheet.columns, *sheet.more]

    @settings(max_examples=40)
    @given(st.lists(row, min_size=1, max_size=5, unique_by=unique))
    def holds(rows: list[dict[str, str]]) -> None:
        root = tmp_path_factory.mktemp("data")
        try:
            shutil.copytree(nothing / "twente", root / "twente")
            file = root / "twente" / f"{table}.csv"
            form = Form(open_case("twente", lang="en", root=root), sheet, now)
            for cells in rows:
                key = form.add()
                for column, typed in cells.items():
                    form.edit(key, column, typed)
            assert form.save(), (form.status, form.faults)
            first = file.read_bytes()
            wanted = [
                {n: items(t) if n in lists else tidy(t) for n, t in cells.items()} for cells in rows
            ]
            assert [{n: line.cells[n] for n in rows[0]} for line in form.draft.kept] == wanted

            again = Form(open_case("twente", lang="en", root=root), sheet, now)
            assert again.draft.lines == form.draft.lines
            assert [list(line.cells) for line in again.draft.kept] == [columns] * len(rows)
            key, column = next(iter(again.draft.lines)), sheet.columns[0]
            old = again.draft.lines[key][column]
            again.edit(key, column, old + "!")
            again.edit(key, column, old)
            assert again.save(), (again.status, again.faults)
            assert file.read_bytes() == first
            assert again.draft.lines == form.draft.lines
        finally:
            shutil.rmtree(root)

    holds()


@settings(max_examples=60)
@given(st.lists(st.lists(text, min_size=2, max_size=2), min_size=1, max_size=5))
@such_as([["=1+1", "two\nlines"], ['"', "'"]])
def test_a_draft_on_disk_holds_what_was_typed(
    tmp_path_factory: pytest.TempPathFactory, nothing: Path, rows: list[list[str]]
) -> None:
    """What isn't stored yet comes back exactly, blanks and all."""
    case = open_case("twente", lang="en", root=nothing)
    first = Form(case, Rows(Party, ("name",), ("note",)), now)
    first.discard()
    for name, note in rows:
        key = first.add()
        first.edit(key, "name", name)
        first.edit(key, "note", note)
    first.close()
    again = Form(case, Rows(Party, ("name",), ("note",)), now)
    if first.draft.changes:
        assert again.draft.lines == first.draft.lines
    assert again.draft.changes == first.draft.changes
    again.discard()
    again.close()


def test_half_a_character_and_nul_are_mended_as_no_file_can_hold_them(
    empty: Case, drafts: Path
) -> None:
    form = Form(empty, Rows(Party, ("name",), ("note",)), now)
    key = form.add()
    form.edit(key, "name", "cut \ud83d off, \ud83d\ude42 whole, nul\0 gone")
    form.paste(key, "note", "and \udc00 pasted")
    assert form.draft.lines[key]["name"] == "cut \ufffd off, 🙂 whole, nul gone"
    assert len(list(drafts.iterdir())) == 1
    assert form.save(), form.status
    (row,) = open_case("twente", lang="en", root=empty.folder.parent).rows(Party)
    assert (row.name, row.note) == ("cut \ufffd off, 🙂 whole, nul gone", "and \ufffd pasted")


# --- only some of the rows, some of the columns


def decisions() -> Rows:
    return Rows(
        Decision,
        ("subject", "choice"),
        ("date",),
        where={"step": "6"},
        defaults={"status": "proposed"},
    )


def test_rows_and_columns_that_are_not_shown_stay_as_they_are(example: Case) -> None:
    before = example.rows(Decision)
    form = Form(example, decisions(), now)
    mine = [row.id for row in before if row.step == 6]
    assert list(form.draft.lines) == mine and 0 < len(mine) < len(before)
    form.edit(mine[0], "subject", "Changed")
    key = form.add()
    form.edit(key, "subject", "New")
    form.edit(key, "choice", "This")
    assert form.save(), form.faults
    after = open_case("voorbeeldregio", root=example.folder.parent).rows(Decision)
    assert [row for row in after if row.step != 6] == [row for row in before if row.step != 6]
    (changed,) = [row for row in after if row.id == mine[0]]
    assert changed == next(row for row in before if row.id == mine[0]).model_copy(
        update={"subject": "Changed"}
    )
    (new,) = [row for row in after if row.id not in {old.id for old in before}]
    assert (new.step, new.subject, new.status, new.source) == (6, "New", "proposed", "fictional")


def test_a_new_row_with_its_defaults_only_is_empty(example: Case) -> None:
    form = Form(example, decisions(), now)
    before = (example.folder / "decisions.csv").read_bytes()
    key = form.add()
    assert form.draft.lines[key] == {"status": "proposed"}
    assert form.save(), form.faults
    assert (example.folder / "decisions.csv").read_bytes() == before


def test_a_form_with_fixed_rows_adds_none(example: Case) -> None:
    form = Form(example, Rows(Criterion, ("name", "cluster"), free=False), now)
    before = list(form.draft.lines)
    form.add()
    form.edit("+1", "name", "Not here")
    form.move(before[0], 1)
    form.paste(before[-1], "name", "Renamed\nHas no place")
    assert list(form.draft.lines) == before
    assert form.status[1].endswith("Pasted texts that had no place in this form: 1.")
    assert form.save()
    assert example.rows(Criterion)[-1].name == "Renamed"


def test_choices_are_pasted_by_their_words(example: Case) -> None:
    form = Form(example, Rows(Source, ("name", "party", "method")), now)
    party = example.get(Party, "opvang").name
    form.paste(form.add(), "name", f"A\t{party.upper()}\tLiterature study\nB\tnobody\t")
    a, b = form.draft.added
    assert form.draft.lines[a]["party"] == "opvang"
    assert form.draft.lines[a]["method"] == "literature"
    assert form.draft.lines[b]["party"] == "nobody"
    assert form.save() is False
    assert form.faults == {
        (b, "party"): "“nobody” is not in parties.csv; expected: an id from parties.csv, or nothing"
    }


def test_participants_get_numbers_and_never_names(empty: Case) -> None:
    form = Form(empty, Rows(Participant, ("group",)), now)
    for group in ("project", "other"):
        form.add(cells={"group": group})
    assert form.save()
    assert [row.id for row in empty.rows(Participant)] == ["p01", "p02"]
    assert view_state(form)["headings"] == {"p01": ["p01"], "p02": ["p02"]}


def test_a_missing_source_is_filled_in_and_a_given_one_stays(example: Case) -> None:
    form = Form(example, Rows(Party, ("name",)), now)
    form.edit("opvang", "source", "b2: page 3")
    form.edit("welzijn", "source", " ")
    assert form.save()
    assert example.get(Party, "opvang").source == "b2: page 3"
    assert example.get(Party, "welzijn").source == "fictional"


def rows(*ids: str) -> list[Row]:
    return [Party(id=id, name=id, source="x") for id in ids]


@pytest.mark.parametrize(
    ("whole", "shown", "made", "result"),
    [
        ("abcd", "bd", "db", "adcb"),
        ("abcd", "bd", "bdx", "abcdx"),
        ("abcd", "bc", "bxc", "abxcd"),
        ("abcd", "bd", "d", "adc"),
        ("abcd", "bd", "", "ac"),
        ("ab", "", "xy", "abxy"),
        ("", "", "x", "x"),
    ],
)
def test_rows_of_a_form_go_back_where_they_stood(
    whole: str, shown: str, made: str, result: str
) -> None:
    found = in_place(rows(*whole), set(shown), rows(*made))
    assert "".join(row.id for row in found) == result


def test_storing_writes_nothing(example: Case) -> None:
    sheet = Rows(Party, ("name",))
    before = (example.folder / "parties.csv").read_bytes()
    draft = Draft(sheet.lines(example, {}))
    draft.edit("opvang", "name", "Changed")
    stored = sheet.store(example, {}, draft, "fictional")
    assert "Changed" in {row.name for row in stored.tables[Party]}
    assert (example.folder / "parties.csv").read_bytes() == before
    assert "Changed" not in {row.name for row in example.rows(Party)}
