"""Forms that come back: whole, or refused with a sentence that says where and what to do."""

from __future__ import annotations

import shutil
import subprocess
import time
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.session.paper.conftest import addresses, fill, fill_all, repack
from workbook.case.tables import Score
from workbook.session.asked import Asked, AskedCriterion, AskedOption
from workbook.session.paper.excel_form import form_bytes
from workbook.session.paper.excel_reading import Returned, read_form

ASKED = Asked(
    "First round",
    "Here",
    "nl",
    False,
    (AskedOption("a", "Alpha"), AskedOption("b", "Beta & co", ("x", "y"))),
    (
        AskedCriterion("c", "Close\nby", "How near?"),
        AskedCriterion("d", "Dear"),
        AskedCriterion("e", "Easy"),
    ),
)
BEFORE = {("a", "c"): Score.PLUS}


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_bytes(ASKED, "here", "r1", "p1", "en", BEFORE))
    return path


def read(path: Path, **other: Any) -> Returned | tuple[Any, ...]:
    known = {"region": "here", "round": "r1", "asked": ASKED, "people": {"p1", "p2"}} | other
    return read_form(path, **known)


def faults(path: Path, **other: Any) -> list[str]:
    found = read(path, **other)
    assert not isinstance(found, Returned)
    return [fault.render("en") for fault in found]


def only(path: Path, **other: Any) -> str:
    found = faults(path, **other)
    assert len(found) == 1, found
    return found[0]


def scored(path: Path) -> Returned:
    found = read(path)
    assert isinstance(found, Returned), faults(path)
    return found


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("-", Score.MINUS),
        ("−", Score.MINUS),
        (-1, Score.MINUS),
        ("-1", Score.MINUS),
        ("+/-", Score.PLUSMINUS),
        ("±", Score.PLUSMINUS),
        (0, Score.PLUSMINUS),
        (0.0, Score.PLUSMINUS),
        ("+", Score.PLUS),
        (" + ", Score.PLUS),
        (1, Score.PLUS),
        ("?", Score.DONT_KNOW),
        (None, None),
        ("  ", None),
    ],
)
def test_every_way_to_type_an_answer_is_understood(
    blank: Path, typed: object, score: Score | None
) -> None:
    address = addresses(blank, "score")["b", "d"]
    assert scored(fill(blank, {address: typed})).scores["b", "d"] == score


def test_the_whole_ballot_comes_back(blank: Path) -> None:
    score, reason, place = (addresses(blank, k) for k in ("score", "reason", "place"))
    found = scored(
        fill(
            blank,
            {
                score["a", "c"]: "-",
                reason["a", "c"]: "  I heard\nmore ",
                place["", "c"]: 2,
                place["", "d"]: "2",
                place["", "e"]: 1.0,
            },
        )
    )
    assert found.participant == "p1"
    assert found.scores == {
        **dict.fromkeys(ASKED.cells),
        ("a", "c"): Score.MINUS,
    }
    assert found.scored == 1 and not found.empty
    assert found.reasons == {**dict.fromkeys(ASKED.cells, ""), ("a", "c"): "I heard\nmore"}
    assert found.order == {"c": 2, "d": 2, "e": 1}


@pytest.mark.parametrize("text", ["0\xa00", "👩‍👧 en ik", "\u200fעברית\u200f", "café", "ا ب"])
def test_signs_that_are_not_seen_stay_too(blank: Path, text: str) -> None:
    found = scored(fill(blank, {addresses(blank, "reason")["a", "c"]: text}))
    assert found.reasons["a", "c"] == text


@settings(max_examples=20)
@given(
    answers=st.fixed_dictionaries(
        {cell: st.sampled_from([*Score, None]) for cell in sorted(ASKED.cells)}
    ),
    reasons=st.dictionaries(
        st.sampled_from(sorted(ASKED.cells)),
        st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=60).filter(
            lambda text: not text.startswith("=") and "_x" not in text
        ),
    ),
    order=st.fixed_dictionaries({c: st.none() | st.integers(1, 3) for c in ("c", "d", "e")}),
    signs=st.sampled_from([{}, {"-": "−", "+/-": "±"}]),
)
def test_what_is_filled_in_is_what_is_read(
    tmp_path: Path, answers: Any, reasons: Any, order: Any, signs: dict[str, str]
) -> None:
    path = tmp_path / "random.xlsx"
    path.write_bytes(form_bytes(ASKED, "here", "r1", "p2", "nl", BEFORE))
    choices = {Score.MINUS: "-", Score.PLUSMINUS: "+/-", Score.PLUS: "+", Score.DONT_KNOW: "?"}
    score, reason, place = (addresses(path, k) for k in ("score", "reason", "place"))
    values: dict[str, Any] = {score[cell]: choices.get(given) for cell, given in answers.items()}
    values = {a: signs.get(v, v) for a, v in values.items()}
    values |= {reason[cell]: text for cell, text in reasons.items()}
    values |= {place["", c]: given for c, given in order.items()}
    found = scored(fill(path, values))
    assert found.participant == "p2"
    assert found.scores == answers
    assert found.order == order
    for cell, text in reasons.items():
        assert found.reasons[cell].split() == text.split()


def test_a_form_that_a_spreadsheet_program_saved_again_is_read(blank: Path, tmp_path: Path) -> None:
    fill_all(blank, "?")
    book = load_workbook(blank)
    book["_form"].sheet_state = "hidden"  # LibreOffice knows nothing deeper
    book.create_sheet("Notes")["A1"] = "mine"
    book.save(blank)
    found = scored(fill(blank, {}))
    assert set(found.scores.values()) == {Score.DONT_KNOW}


def test_a_form_that_libreoffice_saved_again_is_read(blank: Path, tmp_path: Path) -> None:
    office = shutil.which("localc")  # its writer alone brings soffice too
    if office is None:
        pytest.skip("no LibreOffice Calc")
    fill_all(blank, "+")
    out = tmp_path / "out"
    profile = f"-env:UserInstallation=file://{tmp_path}/office"
    convert = [office, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*convert, "--outdir", out, blank], check=True, timeout=180)
    assert set(scored(out / "form.xlsx").scores.values()) == {Score.PLUS}


def test_an_answer_that_is_none_is_refused_and_not_told(blank: Path) -> None:
    address = addresses(blank, "score")["a", "d"]
    for typed in ("very secret", "2", 2, 0.5, "++", "#N/A text"):
        said = only(fill(blank, {address: typed}))
        assert said == (
            f"form.xlsx, sheet “Score form”, cell {address}: this is not an answer; "
            "choose -, +/-, + or ?, or leave it empty"
        )


def test_dates_errors_and_booleans_are_refused(blank: Path) -> None:
    address = addresses(blank, "score")["a", "d"]
    for typed in (date(2026, 1, 1), True, "#REF!"):
        assert "a date, an error or yes/no" in only(fill(blank, {address: typed}))


def test_a_formula_is_refused_wherever_it_stands(blank: Path) -> None:
    score, reason = addresses(blank, "score")["a", "c"], addresses(blank, "reason")["a", "c"]
    for address in (score, reason, "B3"):
        path = fill(blank, {address: "=1+1"}, blank.with_name("other.xlsx"))
        said = only(path)
        assert f"cell {address}: here is a formula" in said


@pytest.mark.parametrize("typed", [0, 4, -1, 1.5, "first", "1e0", 10**9, "²"])
def test_a_place_outside_the_order_is_refused(blank: Path, typed: object) -> None:
    address = addresses(blank, "place")["", "d"]
    assert "give a whole number from 1 to 3" in only(fill(blank, {address: typed}))


def test_a_reason_that_is_too_long_is_refused(blank: Path) -> None:
    address = addresses(blank, "reason")["a", "d"]
    assert len(scored(fill(blank, {address: "x" * 1000})).reasons["a", "d"]) == 1000
    assert "at most 1000 characters" in only(fill(blank, {address: "x" * 1001}))


def test_a_changed_name_is_noticed(blank: Path) -> None:
    said = only(fill(blank, {"B3": "Costs"}))
    assert "cell B3: here should stand “Close by”" in said
    assert "Costs" not in said


def test_moved_rows_are_noticed(blank: Path) -> None:
    book = load_workbook(blank)
    book.worksheets[0].insert_rows(6)
    book.save(blank)
    found = faults(blank)
    assert len(found) == 9
    assert "cells were moved or changed" in found[0]
    assert "more cells like these" in found[-1]


def test_two_options_that_changed_places_are_noticed(blank: Path) -> None:
    sheet = load_workbook(blank).worksheets[0]
    rows = {option: sheet[addresses(blank, "score")[option, "c"]].row for option in ("a", "b")}
    first, second = (sheet.cell(rows[option], 1).value for option in ("a", "b"))
    path = fill(blank, {f"A{rows['a']}": second, f"A{rows['b']}": first})
    assert ["cells were moved" in said for said in faults(path)] == [True, True]


def test_something_outside_the_form_is_noticed(blank: Path) -> None:
    assert "cell Z9: something stands outside" in only(fill(blank, {"Z9": "+"}))


def test_another_participants_number_is_noticed(blank: Path) -> None:
    assert "another participant than this cell says" in only(fill(blank, {"B2": "p2"}))


@pytest.mark.parametrize(
    ("row", "column", "value"), [(5, 2, "p2"), (2, 2, "there"), (9, 3, "zzz"), (12, 5, "x")]
)
def test_a_changed_hidden_sheet_is_noticed(blank: Path, row: int, column: int, value: str) -> None:
    book = load_workbook(blank)
    book["_form"].cell(row, column, value)
    book.save(blank)
    assert "not a form of this workbook, or it was changed" in only(blank)


def test_a_form_for_something_else_is_refused(blank: Path) -> None:
    assert "is of region here, not of there" in only(blank, region="there")
    assert "another round (“First round”)" in only(blank, round="r2")
    assert "no participant p1 in participants.csv" in only(blank, people={"p7"})
    fewer = Asked("First round", "Here", "nl", False, ASKED.options, ASKED.criteria[:2])
    assert "make new forms" in only(blank, asked=fewer)


def test_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "form.xlsx"
    monkeypatch.setattr("workbook.session.paper.hidden.FORMAT", "99")
    path.write_bytes(form_bytes(ASKED, "here", "r1", "p1", "en"))
    monkeypatch.undo()
    assert "made by another version of the workbook" in only(path)


def test_a_workbook_of_somebody_else_is_refused(blank: Path) -> None:
    book = load_workbook(blank)
    del book["_form"]
    book.save(blank)
    assert "not a form of this workbook" in only(blank)


def test_a_renamed_sheet_is_told(blank: Path) -> None:
    book = load_workbook(blank)
    book.worksheets[0].title = "Mine"
    book.save(blank)
    assert "the sheet “Score form” isn't there" in only(blank)


def test_a_file_that_is_no_excel_file_is_refused(tmp_path: Path, blank: Path) -> None:
    def made(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "of the old kind (.xls)" in only(made("a.xlsx", ole))
    assert "has a password" in only(made("b.xlsx", ole + "EncryptedPackage".encode("utf-16-le")))
    assert "not an Excel file" in only(made("c.xlsx", b"a;b\n1;2\n"))
    assert "not an Excel file" in only(made("d.xlsx", b""))
    assert "not an Excel file" in only(made("e.pdf", blank.read_bytes()))
    assert "macros" in only(made("f.xlsm", blank.read_bytes()))
    assert "damaged" in only(made("g.xlsx", blank.read_bytes()[:-300]))
    assert "far too large" in only(made("h.xlsx", b"PK" + bytes(5_000_001)))
    assert "there is no file with this name here" in only(tmp_path / "nowhere.xlsx")
    assert "this is a folder; name the forms in it" in only(tmp_path)
    with zipfile.ZipFile(tmp_path / "i.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert "not an Excel file" in only(tmp_path / "i.xlsx")
    assert "not an Excel file" in faults(made("j.xlsx", b"PK\x03\x04 nothing"))[0] or "damaged" in (
        only(tmp_path / "j.xlsx")
    )


def test_macros_under_another_name_are_refused(blank: Path) -> None:
    with zipfile.ZipFile(blank, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0")
    assert "macros" in only(blank)


def with_part(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    return repack(path, lambda part, data: change(data) if part == name else data)


SHEET = "xl/worksheets/sheet1.xml"


def test_a_zip_bomb_is_refused_at_once(blank: Path) -> None:
    started = time.monotonic()
    assert "far too large" in only(with_part(blank, SHEET, lambda data: data + b" " * 19_000_000))
    with zipfile.ZipFile(blank, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", bytes(30_000_000))
    assert "far too large" in only(blank)
    assert time.monotonic() - started < 5


def test_too_many_entries_or_elements_are_refused(blank: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.xlsx"
    shutil.copy(blank, other)
    with zipfile.ZipFile(other, "a") as archive:
        for n in range(400):
            archive.writestr(f"xl/{n}.bin", b"")
    assert "far too large" in only(other)
    rows = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(100, 200_000))
    broken = with_part(blank, SHEET, lambda d: d.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert "far too large" in only(broken)


def test_deep_xml_is_refused(blank: Path) -> None:
    deep = b"<a>" * 60 + b"</a>" * 60
    broken = with_part(blank, "docProps/app.xml", lambda d: deep)
    assert "far too large" in only(broken)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp037"])
def test_declared_entities_are_refused_in_any_encoding(blank: Path, encoding: str) -> None:
    """The billion laughs and an entity that reads a file."""
    xml = (
        '<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        "<sst>&b;</sst>"
    )
    declared = f'<?xml version="1.0" encoding="{encoding}"?>'
    if encoding == "cp037":
        data = declared.encode("ascii") + xml.encode(encoding)
    else:
        data = (declared + xml).encode(encoding)
    said = only(with_part(blank, "xl/sharedStrings.xml", lambda _d: data))
    assert "declared entities" in said or "damaged" in said
    if encoding == "utf-8":
        assert "declared entities" in said


def test_entities_in_a_part_with_another_ending_are_refused(blank: Path) -> None:
    with zipfile.ZipFile(blank, "a") as archive:
        archive.writestr("xl/innocent.bin", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    assert "declared entities" in only(blank)


def test_a_cell_a_million_rows_away_neither_hangs_nor_passes(blank: Path) -> None:
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    started = time.monotonic()
    said = only(with_part(blank, SHEET, lambda d: d.replace(b"</sheetData>", row)))
    assert "cell XFD1048576: something stands here, far outside the form" in said
    assert time.monotonic() - started < 2


def test_an_empty_row_far_away_and_a_wrong_size_do_no_harm(blank: Path) -> None:
    """LibreOffice writes such a row; a wrong ``dimension`` would make a reader walk it all."""
    fill_all(blank, "-")

    def change(data: bytes) -> bytes:
        start = data.index(b"<dimension")
        end = data.index(b"/>", start) + 2
        data = data[:start] + b'<dimension ref="A1:XFD1048576"/>' + data[end:]
        merged = b'<mergeCell ref="A500:XFD1048576"/></mergeCells>'
        data = data.replace(b"</mergeCells>", merged)
        return data.replace(b"</sheetData>", b'<row r="1048576" ht="12"/></sheetData>')

    started = time.monotonic()
    assert set(scored(with_part(blank, SHEET, change)).scores.values()) == {Score.MINUS}
    assert time.monotonic() - started < 3


def test_rows_out_of_order_or_twice_are_refused(blank: Path) -> None:
    for row in (b'<row r="2"><c r="A2"><v>1</v></c></row>', b'<row r="900"><c r="A7"/></row>'):
        end = row + b"</sheetData>"
        path = blank.with_name("other.xlsx")
        shutil.copy(blank, path)
        broken = with_part(path, SHEET, lambda d, end=end: d.replace(b"</sheetData>", end))
        assert "damaged" in only(broken)


def test_a_form_with_its_parts_torn_out_is_refused(blank: Path) -> None:
    with zipfile.ZipFile(blank) as archive:
        names = archive.namelist()
    for name in names:
        path = blank.with_name("torn.xlsx")
        shutil.copy(blank, path)
        found = read(repack(path, lambda part, data, name=name: None if part == name else data))
        if not isinstance(found, Returned):  # styles and properties can be missed
            assert all("torn.xlsx: " in fault.render("en") for fault in found)


@cache
def whole_form() -> bytes:
    """One form for all examples: the next one is made later, and may be a byte longer."""
    return form_bytes(ASKED, "here", "r1", "p1", "en")


@settings(max_examples=40)
@given(data=st.data())
def test_bytes_that_are_changed_at_random_give_a_sentence_or_the_same_ballot(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = whole_form()
    broken = bytearray(whole)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        broken[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "broken.xlsx"
    path.write_bytes(broken)
    found = read(path)
    if isinstance(found, Returned):
        assert found.participant == "p1" and found.empty
    else:
        assert all(fault.render("en") for fault in found)
