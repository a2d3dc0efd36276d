"""The archive: nothing is lost on the way, nobody is named, and a bad one changes nothing."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

import frictionless
import openpyxl
import pytest
from click.testing import CliRunner

from tests.archive.zips import parts
from workbook.archive import open_archive, pack
from workbook.archive.flags import flags
from workbook.archive.layout import DESCRIPTOR
from workbook.archive.pseudonyms import pseudonymous
from workbook.archive.scores_book import count_lines, score_lines, scores_book
from workbook.case import Case, UserError, open_case
from workbook.case.tables import (
    TABLES,
    Argument,
    Ballot,
    Meeting,
    Participant,
    Priority,
    Round,
    Tally,
)
from workbook.cli import main
from workbook.report import compose, render_html

ROOT = Path(__file__).resolve().parents[2]


def test_the_record_of_a_run_stays_here(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        assert not [name for name in opened.namelist() if "made.json" in name]


def test_it_holds_the_case_and_all_that_was_made_from_it(archive: Path) -> None:
    names = set(parts(archive))
    assert {f"data/{model.table}.csv" for model in TABLES} <= names
    assert {"data/case.yaml", "data/scenario.yaml", "datapackage.json", "CITATION.cff"} <= names
    assert {"report/report.html", "report/report.docx", "report/report.pdf"} <= names
    assert {"notebooks/07_preference.ipynb", "figures/07_support.png", "scores.xlsx"} <= names
    assert {"README.md", "codebook.md", "versions.json", "checksums.sha256"} <= names


def test_the_data_package_is_valid(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "out")
    found = frictionless.validate(str(tmp_path / "out" / DESCRIPTOR))
    assert found.valid, found.flatten(["title", "rowNumber", "fieldName", "note"])[:5]
    about = json.loads((tmp_path / "out" / DESCRIPTOR).read_text("utf-8"))
    ballots = next(r for r in about["resources"] if r["name"] == "ballots")
    assert ballots["title_nl"] == "Scoreformulieren"
    keys = {
        key["fields"][0]: key["reference"]["resource"] for key in ballots["schema"]["foreignKeys"]
    }
    assert keys["participant"] == "participants"
    assert keys["option"] == "options"


def test_a_broken_key_would_be_seen(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path / "out")
    path = tmp_path / "out" / "data" / "participants.csv"
    path.write_text("\n".join(path.read_text("utf-8").splitlines()[:-1]), "utf-8")
    kinds = [
        row[0]
        for row in frictionless.validate(str(tmp_path / "out" / DESCRIPTOR)).flatten(["type"])
    ]
    assert {"foreign-key", "hash-count"} <= set(kinds)


def test_a_report_made_elsewhere_is_the_same_byte_for_byte(archive: Path, tmp_path: Path) -> None:
    case = open_archive(archive, tmp_path / "elsewhere" / "data", "en")
    again = render_html(compose(case)).encode("utf-8")
    assert again == parts(archive)["report/report.html"]


def test_who_was_where_is_left_out_unless_asked(example: Case, tmp_path: Path, quick: None) -> None:
    assert any(row.present for row in example.rows(Meeting))
    pseudonymous_one = open_archive(pack(example, tmp_path / "a.zip").path, tmp_path / "a", "en")
    assert not any(row.present for row in pseudonymous_one.rows(Meeting))
    full = open_archive(pack(example, tmp_path / "b.zip", full=True).path, tmp_path / "b", "en")
    assert full.rows(Meeting) == example.rows(Meeting)
    for model in TABLES:
        assert full.rows(model) == example.rows(model)
        if model is not Meeting:
            assert pseudonymous_one.rows(model) == example.rows(model)
    assert full.info == example.info == pseudonymous_one.info
    assert full.scenario == example.scenario == pseudonymous_one.scenario


def test_a_code_that_could_be_a_name_is_replaced_everywhere(example: Case) -> None:
    def named(code: str) -> str:
        return "fatima-el-amrani" if code == "p03" else code

    example.write(
        {
            Participant: [
                row.model_copy(update={"id": named(row.id)}) for row in example.rows(Participant)
            ],
            Ballot: [
                row.model_copy(update={"participant": named(row.participant)})
                for row in example.rows(Ballot)
            ],
            Priority: [
                row.model_copy(update={"who": named(row.who)}) for row in example.rows(Priority)
            ],
        }
    )
    tables = pseudonymous(example)
    told = " ".join(str(row) for rows in tables.values() for row in rows)
    assert "fatima" not in told
    assert [row.id for row in tables[Participant]] == [
        f"p{number:02d}" for number in range(1, len(tables[Participant]) + 1)
    ]
    before = [(b.option, b.criterion, b.score) for b in example.rows(Ballot)]
    assert [(b.option, b.criterion, b.score) for b in tables[Ballot]] == before


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Volgens Fatima el Amrani gaat het goed.", "Fatima el Amrani"),
        ("Dat zei mevrouw De Vries ook al.", "mevrouw De Vries"),
        ("J. van der Berg was tegen.", "J. van der Berg"),
        ("Bel 06-12345678 voor de sleutel.", "06-12345678"),
        ("Mail naar fatima@voorbeeld.nl graag.", "fatima@voorbeeld.nl"),
    ],
)
def test_texts_that_may_name_somebody_are_flagged(example: Case, text: str, found: str) -> None:
    rows = list(example.rows(Argument))
    rows[0] = rows[0].model_copy(update={"claim": text})
    example.write({Argument: rows})
    told = flags(example, pseudonymous(example))
    assert (rows[0].id, "claim", found) in [(f.row, f.column, f.found) for f in told]


def test_a_region_that_is_there_is_left_alone(archive: Path, example: Case) -> None:
    root = example.folder.parent
    before = {path: path.read_bytes() for path in example.folder.iterdir() if path.is_file()}
    with pytest.raises(UserError, match="is there already"):
        open_archive(archive, root, "en")
    other = open_archive(archive, root, "en", "elders")
    assert other.rows(Ballot) == example.rows(Ballot)
    assert before == {p: p.read_bytes() for p in example.folder.iterdir() if p.is_file()}


def test_the_command_says_where_it_is_and_what_to_look_at(
    example: Case, tmp_path: Path, quick: None
) -> None:
    rows = list(example.rows(Argument))
    rows[0] = rows[0].model_copy(update={"claim": "Dat zei mevrouw De Vries."})
    example.write({Argument: rows})
    target = tmp_path / "out" / "mine.zip"
    command = ["--data", str(example.folder.parent), "export", "voorbeeldregio", "--lang", "en"]
    result = CliRunner().invoke(main, [*command, "--to", str(target)])
    assert result.exit_code == 0, result.output
    assert "mine.zip" in result.output
    assert f"arguments.csv, {rows[0].id}, claim: mevrouw De Vries" in result.output
    assert "the group “project” is one person (p12)" in result.output
    assert b"De Vries" not in b"".join(
        data for name, data in parts(target).items() if name in ("README.md", "datapackage.json")
    )


def unpacked(contents: dict[str, bytes]) -> dict[str, bytes]:
    """Give every file, also those inside a Word or Excel file."""
    found = dict(contents)
    for name, data in contents.items():
        if name.endswith((".docx", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(data)) as inner:
                found |= {f"{name}/{part}": inner.read(part) for part in inner.namelist()}
    return found


def test_nothing_of_this_machine_is_in_it(archive: Path) -> None:
    private = [str(ROOT), f"{Path.home()}/", f"{tempfile.gettempdir()}/"]
    for name, data in unpacked(parts(archive)).items():
        for word in private:
            assert word.encode() not in data, (name, word)
    for name in ("report/report.docx", "scores.xlsx"):
        core = unpacked(parts(archive))[f"{name}/docProps/core.xml"].decode()
        said = re.findall(r"<(dc:creator|cp:lastModifiedBy)>([^<]+)</", core)
        assert said == [], name


def test_it_says_on_which_day_it_was_made_and_not_at_what_time(archive: Path) -> None:
    midnight = re.compile(r"T00:00:00(\.0+)?Z")
    for name, data in unpacked(parts(archive)).items():
        if name.endswith("docProps/core.xml"):
            told = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[^<]*)", data.decode())
            assert told
            assert all(midnight.fullmatch(time) for time in told), name
        if name.endswith((".docx", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(data)) as inner:
                assert {entry.date_time[0] for entry in inner.infolist()} == {1980}, name
        if name.endswith(".pdf"):
            assert not re.search(rb"/(CreationDate|ModDate|Author)|xmp:(Create|Modify)Date", data)
    with zipfile.ZipFile(archive) as opened:
        assert {entry.date_time[0] for entry in opened.infolist()} == {1980}


def test_two_archives_of_one_case_are_the_same_bytes(
    archive: Path, tmp_path: Path, quick: None
) -> None:
    shutil.copytree(ROOT / "data" / "voorbeeldregio", tmp_path / "elders" / "voorbeeldregio")
    case = open_case("voorbeeldregio", lang="en", root=tmp_path / "elders")
    again = parts(pack(case, tmp_path / "again.zip").path)
    before = parts(archive)
    assert [name for name in before | again if before.get(name) != again.get(name)] == []
    assert archive.read_bytes() == (tmp_path / "again.zip").read_bytes()


def test_the_long_table_has_a_line_per_answer(example: Case) -> None:
    book = openpyxl.load_workbook(io.BytesIO(scores_book(example)))
    assert book.sheetnames == ["scores", "hands", "codebook"]
    head, *lines = book["scores"].iter_rows(values_only=True)
    assert len(lines) == len(example.rows(Ballot))
    assert all(re.fullmatch(r"[a-z][a-z_]{0,63}", name) for name in head)
    for line, told in zip(lines, score_lines(example), strict=True):
        row = dict(zip(head, line, strict=True))
        assert row == told
        assert (row["score"] is None) == (row["answer"] in ("dont_know", "not_scored"))
        assert row["score"] in (None, -1, 0, 1)
    codes = list(book["codebook"].iter_rows(min_row=2, values_only=True))
    assert {line[1] for line in codes if line[0] == "scores"} == set(head)
    assert ("slecht", -1) in {(line[6], line[4]) for line in codes}


def test_hands_are_counted_beside_the_name_of_their_round(example: Case) -> None:
    assert example.rows(Tally)
    book = openpyxl.load_workbook(io.BytesIO(scores_book(example)))
    head, *lines = book["hands"].iter_rows(values_only=True)
    assert [dict(zip(head, line, strict=True)) for line in lines] == count_lines(example)
    names = {row.id: row.name for row in example.rows(Round)}
    for line in lines:
        row = dict(zip(head, line, strict=True))
        assert row["round_name"] == names[row["round"]]
    codes = list(book["codebook"].iter_rows(min_row=2, values_only=True))
    assert {line[1] for line in codes if line[0] == "hands"} == set(head)


def test_what_people_typed_is_no_formula(example: Case) -> None:
    rows = list(example.rows(Ballot))
    rows[0] = rows[0].model_copy(update={"reason": '=HYPERLINK("x")'})
    example.write({Ballot: rows})
    book = openpyxl.load_workbook(io.BytesIO(scores_book(example)))
    cell = next(c for c in book["scores"][2] if c.value == '=HYPERLINK("x")')
    assert cell.data_type == "s" or cell.quotePrefix
