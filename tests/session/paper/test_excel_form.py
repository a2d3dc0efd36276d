"""What stands on the Excel form, and what can be changed on it."""

from __future__ import annotations

import html
import stat
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.session.paper.conftest import addresses
from workbook.case import Case, UserError
from workbook.case.tables import Ballot, Names, Round, State
from workbook.locale import translator
from workbook.session.asked import Asked, AskedCriterion, AskedOption
from workbook.session.paper.excel_form import form_bytes, write_forms
from workbook.session.promise import promise, settled
from workbook.session.session import Session

LONG = "A position with a very long name that goes on and on for more than one line " * 2


def texts(path: Path) -> list[str]:
    sheet = load_workbook(path).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_everybody_gets_a_form_and_there_is_one_on_paper(
    session: Session, round: str, tmp_path: Path
) -> None:
    paths = write_forms(session, round, tmp_path / "forms", "en")
    people = [person.id for person in session.people()]
    assert [path.name for path in paths] == [
        *[f"voorbeeldregio-{round}-{who}.xlsx" for who in people],
        "paper.html",
    ]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in paths)


def test_the_form_says_what_is_asked_and_what_the_answers_mean(
    session: Session, round: str, form: Path
) -> None:
    found = texts(form)
    asked = session.box.asked(round)
    assert asked is not None
    for criterion in asked.criteria:
        assert {criterion.name, criterion.minus, criterion.plusminus, criterion.plus} <= {*found}
    assert all(any(text.startswith(option.name) for text in found) for option in asked.options)
    assert {"-   poor", "+/-   fair", "+   good", "?   don't know", "p01"} <= {*found}
    assert any("Don't put your name in it" in text for text in found)
    assert "FICTIONAL EXAMPLE" in found[0]


BY_NAME = (
    "Scores are discussed by name: when the results are shown, everybody in this group sees who "
    "chose what."
)
ANONYMOUS = "Scores are anonymous: when the results are shown, nobody sees who chose what."
OPEN_STILL = (
    "Whether scores are by name or anonymous isn't settled yet. You hear it before you hand in "
    "this form."
)


@pytest.mark.parametrize(
    ("names", "lang", "words"),
    [
        (Names.OPEN, "en", BY_NAME),
        (Names.ANONYMOUS, "en", ANONYMOUS),
        (None, "en", OPEN_STILL),
        (Names.OPEN, "nl", translator("nl")(BY_NAME)),
        (Names.ANONYMOUS, "nl", translator("nl")(ANONYMOUS)),
        (None, "nl", translator("nl")(OPEN_STILL)),
    ],
)
def test_every_form_promises_what_the_ballot_page_promises(
    session: Session, tmp_path: Path, names: Names | None, lang: str, words: str
) -> None:
    id = session.add_round("Next", Names.OPEN)
    rows = [r.model_copy(update={"names": names}) if r.id == id else r for r in all_rounds(session)]
    session.case.write({Round: rows})
    *forms, paper = write_forms(session, id, tmp_path / "forms", lang)
    told = promise(names, lang, after_named=names is Names.ANONYMOUS)  # the second was by name
    assert told.startswith(words)
    assert all(told in texts(form) for form in forms)
    assert told in html.unescape(paper.read_text("utf-8"))


def all_rounds(session: Session) -> tuple[Round, ...]:
    return tuple(session.case.rows(Round))


def test_nothing_is_promised_where_box_and_case_differ_and_the_box_decides_once_opened(
    session: Session, round: str
) -> None:
    row = session.round(round)
    assert settled(session.box, row) is Names.OPEN
    other = row.model_copy(update={"names": Names.ANONYMOUS})
    assert settled(session.box, other) is Names.OPEN  # opened: what the ballot page says
    session.box.set_up("later", Names.ANONYMOUS)
    later = row.model_copy(update={"id": "later"})
    assert settled(session.box, later) is None


def test_only_the_cells_to_fill_in_can_be_changed(form: Path) -> None:
    sheet = load_workbook(form).worksheets[0]
    assert sheet.protection.sheet and not sheet.protection.password
    open_ = {
        address
        for kind in ("score", "reason", "place")
        for address in addresses(form, kind).values()
    }
    unlocked = {
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    assert unlocked == open_
    assert sheet.freeze_panes == "B4"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.print_title_rows == "$3:$3"


def test_every_score_is_chosen_from_four_and_a_place_from_as_many_as_there_are(
    session: Session, round: str, form: Path
) -> None:
    sheet = load_workbook(form).worksheets[0]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for address in addresses(form, "score").values():
        assert rules[address].formula1 == '"-,+/-,+,?"'
        assert sheet[address].number_format == "@"
    asked = session.box.asked(round)
    assert asked is not None
    for (_option, criterion), address in addresses(form, "place").items():
        assert rules[address].formula1 == '"1,2,3,4,5,6"'
        assert criterion in {c.id for c in asked.criteria}
    assert all(rule.promptTitle and len(rule.promptTitle) <= 32 for rule in rules.values())


def test_the_file_has_a_neutral_title_and_holds_nothing_that_runs(form: Path) -> None:
    book = load_workbook(form)
    assert book.properties.title.startswith("Working session")
    assert not book.properties.creator or book.properties.creator == "openpyxl"
    assert book["_form"].sheet_state == "veryHidden"
    with zipfile.ZipFile(form) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        assert b"Language" in archive.read("docProps/custom.xml")


def test_what_was_scored_before_stands_on_ones_own_form_only(
    session: Session, example: Case, forms: Path, round: str
) -> None:
    last = [row for row in example.rows(Round) if row.state is State.REVEALED][-1]
    symbols = {"-1": "−", "0": "±", "1": "+", "?": "?"}
    for who in ("p01", "p02"):
        path = forms / f"voorbeeldregio-{round}-{who}.xlsx"
        sheet = load_workbook(path).worksheets[0]
        own = {
            (row.option, row.criterion): symbols[row.score.value] if row.score else "not scored"
            for row in example.rows(Ballot)
            if row.round == last.id and row.participant == who
        }
        for cell, address in addresses(path, "score").items():
            assert sheet[address].offset(row=1).value == own[cell]


def test_a_first_round_asks_no_reasons(tmp_path: Path) -> None:
    asked = Asked(
        "First", "Here", "nl", False, (AskedOption("a", "A"),), (AskedCriterion("c", "C"),)
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_bytes(asked, "here", "r1", "p1", "en"))
    assert addresses(path, "reason") == {}
    found = texts(path)
    assert "your answer in the round before" not in found
    assert "The position meets the criterion in part." in found  # where nothing else is said
    assert "FICTIONAL EXAMPLE" not in found[0]


def test_names_that_look_like_formulas_stay_names(tmp_path: Path) -> None:
    asked = Asked(
        "=1+1",
        "Here & there",
        "nl",
        False,
        (AskedOption("a", '=HYPERLINK("http://x.example")'),),
        (AskedCriterion("c", "-2\x07", "@sum"),),
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_bytes(asked, "here", "r1", "p1", "en"))
    sheet = load_workbook(path).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert "-2" in [cell.value for cell in cells]


def test_long_names_get_the_room_they_need(tmp_path: Path) -> None:
    asked = Asked(
        "Round",
        "Here",
        "nl",
        False,
        tuple(AskedOption(f"o{n}", f"{n} {LONG}") for n in range(12)),
        tuple(AskedCriterion(f"c{n}", f"{n} {LONG}", LONG, LONG, LONG, LONG) for n in range(8)),
    )
    path = tmp_path / "form.xlsx"
    path.write_bytes(form_bytes(asked, "here", "r1", "p1", "nl"))
    sheet = load_workbook(path).worksheets[0]
    head = sheet.row_dimensions[3].height
    assert 60 < head < 250
    assert 45 < sheet.row_dimensions[addresses_row(path)].height < 120
    assert sheet.column_dimensions["B"].width <= 22
    assert sheet.page_setup.fitToHeight == 0 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert len(addresses(path, "score")) == 96


def addresses_row(path: Path) -> int:
    return load_workbook(path).worksheets[0][addresses(path, "score")["o0", "c0"]].row


def test_the_form_speaks_the_readers_language(session: Session, round: str, tmp_path: Path) -> None:
    path = write_forms(session, round, tmp_path / "nl", "nl")[0]
    found = texts(path)
    assert "-   slecht" in found and "?   weet ik niet" in found
    assert translator("nl")("Participant") in found


def test_a_round_that_cannot_be_scored_gets_no_forms(
    session: Session, empty: Case, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="revealed already"):
        write_forms(session, "r1", tmp_path, "en")
    with pytest.raises(UserError, match="no round"):
        write_forms(session, "r99", tmp_path, "en")
    bare = Session(empty)
    id = bare.add_round("First", Names.OPEN)
    with pytest.raises(UserError, match="nothing to score yet"):
        write_forms(bare, id, tmp_path, "en")
    bare.close()
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_form_can_be_made_before_the_round_is_opened(session: Session, tmp_path: Path) -> None:
    id = session.add_round("Second round", Names.OPEN)
    early = write_forms(session, id, tmp_path / "a", "en")[0]
    session.open(id)
    late = write_forms(session, id, tmp_path / "b", "en")[0]
    assert texts(early) == texts(late)
