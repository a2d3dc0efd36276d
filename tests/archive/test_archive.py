"""The archive: nothing is lost on the way, nobody is named, and a bad one changes nothing."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import frictionless
import openpyxl
import pytest
from click.testing import CliRunner

from workbook.archive import open_archive, pack, packing
from workbook.archive.layout import CHECKSUMS, DESCRIPTOR, MOST_BYTES
from workbook.archive.pseudonyms import flags, pseudonymous
from workbook.archive.scores_book import score_lines, scores_book
from workbook.case import Case, CaseError, UserError, open_case
from workbook.case.tables import TABLES, Argument, Ballot, Meeting, Participant, Priority
from workbook.cli import main
from workbook.report import compose, render_html, write_report
from workbook.run import results_folder

ROOT = Path(__file__).resolve().parents[2]


def only_report(region: str, lang: str, data: Path, **_: object) -> None:
    """Run no notebooks: the report alone says whether the numbers are the same."""
    folder = results_folder(region, lang, data)
    (folder / "figures").mkdir(parents=True)
    (folder / "figures" / "07_support.png").write_bytes(b"a picture")
    (folder / "07_preference.ipynb").write_text("{}")
    (folder / ".made.json").write_text("{}")
    write_report(open_case(region, lang=lang, root=data), folder / "report.html")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "run_region", only_report)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of the fictional region; no test changes it."""
    folder = tmp_path_factory.mktemp("archive")
    example = open_case("voorbeeldregio", lang="en", root=ROOT / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "run_region", only_report)
        return pack(example, folder / "a.zip").path


def test_the_record_of_a_run_stays_here(archive: Path) -> None:
    assert not [name for name in parts(archive) if "made.json" in name]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def repacked(contents: dict[str, bytes], path: Path, *, sums: bool = True) -> Path:
    """Write an archive by hand; with checksums that fit what is in it."""
    if sums:
        lines = [
            f"{hashlib.sha256(data).hexdigest()}  {name}\n"
            for name, data in contents.items()
            if name != CHECKSUMS
        ]
        contents = contents | {CHECKSUMS: "".join(lines).encode()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in contents.items():
            made.writestr(name, data)
    return path


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


def test_names_of_parties_are_not_flagged(example: Case, published: Case) -> None:
    assert flags(example, pseudonymous(example)) == []
    assert len(flags(published, pseudonymous(published))) <= 6


def bad_path(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {"data/../../evil.csv": b"x"}


def absolute(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {"/evil.csv": b"x"}


def backslash(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {"data\\..\\evil.csv": b"x"}


def newer(contents: dict[str, bytes]) -> dict[str, bytes]:
    about = json.loads(contents[DESCRIPTOR])
    about["werkboek"]["format"] = 99
    return contents | {DESCRIPTOR: json.dumps(about).encode()}


def no_descriptor(contents: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in contents.items() if name != DESCRIPTOR}


def bomb(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {"data/big.csv": bytes(MOST_BYTES + 1)}


def many(contents: dict[str, bytes]) -> dict[str, bytes]:
    return contents | {f"data/{number}.csv": b"" for number in range(2_001)}


def bad_region(contents: dict[str, bytes]) -> dict[str, bytes]:
    about = json.loads(contents[DESCRIPTOR]) | {"name": "../evil"}
    return contents | {DESCRIPTOR: json.dumps(about).encode()}


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (bad_path, "outside its folder"),
        (absolute, "outside its folder"),
        (backslash, "outside its folder"),
        (newer, "newer workbook"),
        (no_descriptor, "not an archive of a case"),
        (bomb, "too large"),
        (many, "too large"),
        (bad_region, "evil"),
    ],
)
def test_a_bad_archive_is_refused_and_nothing_is_written(
    archive: Path, tmp_path: Path, spoil: Callable[[dict], dict], why: str
) -> None:
    bad = repacked(spoil(parts(archive)), tmp_path / "bad.zip")
    root = tmp_path / "elsewhere" / "data"
    result = CliRunner().invoke(main, ["--data", str(root), "open", str(bad), "--lang", "en"])
    assert result.exit_code == 1
    assert why in result.output
    assert not any((tmp_path / "elsewhere").rglob("*"))
    assert not (tmp_path / "evil.csv").exists()


def lied(path: Path) -> None:
    """Say in the headers of the zip that everything in it is small."""
    data = bytearray(path.read_bytes())
    for sign, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.find(sign)
        while start >= 0:
            data[start + place : start + place + 4] = (10).to_bytes(4, "little")
            start = data.find(sign, start + 4)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("spoil", ["changed", "missing", "added", "cut", "lied", "text"])
def test_an_archive_that_is_not_as_it_was_made_is_refused(
    archive: Path, tmp_path: Path, spoil: str
) -> None:
    contents = parts(archive)
    bad = tmp_path / "bad.zip"
    if spoil == "changed":
        contents["data/ballots.csv"] = contents["data/ballots.csv"].replace(b",-1,", b",1,", 1)
        repacked(contents, bad, sums=False)
    elif spoil == "missing":
        del contents["data/ballots.csv"]
        repacked(contents, bad, sums=False)
    elif spoil == "added":
        repacked(contents | {"data/extra.csv": b"x"}, bad, sums=False)
    elif spoil == "cut":
        bad.write_bytes(archive.read_bytes()[:-2_000])
    elif spoil == "lied":
        shutil.copy(archive, bad)
        lied(bad)
    else:
        bad.write_text("geen zip")
    root = tmp_path / "elsewhere" / "data"
    with pytest.raises(UserError, match=r"bad\.zip: (not as it was made|this is not a whole zip)"):
        open_archive(bad, root, "en")
    assert not root.exists()


def test_a_case_with_errors_is_not_put_among_the_regions(archive: Path, tmp_path: Path) -> None:
    contents = parts(archive)
    contents["data/ballots.csv"] = contents["data/ballots.csv"].replace(b",p01,", b",nobody,", 1)
    bad = repacked(contents, tmp_path / "bad.zip")
    root = tmp_path / "elsewhere" / "data"
    with pytest.raises(CaseError):
        open_archive(bad, root, "en")
    assert list(root.iterdir()) == []


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
    assert b"De Vries" not in b"".join(
        data for name, data in parts(target).items() if name in ("README.md", "datapackage.json")
    )


def test_no_path_of_this_machine_is_in_it(archive: Path, example: Case, tmp_path: Path) -> None:
    texts = [data for name, data in parts(archive).items() if not re.search(r"\.(png|pdf)$", name)]
    book = zipfile.ZipFile(io.BytesIO(parts(archive)["scores.xlsx"]))
    texts += [book.read(name) for name in book.namelist()]
    for text in texts:
        assert str(tmp_path).encode() not in text
        assert str(Path.home()).encode() + b"/" not in text


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


def test_what_people_typed_is_no_formula(example: Case) -> None:
    rows = list(example.rows(Ballot))
    rows[0] = rows[0].model_copy(update={"reason": '=HYPERLINK("x")'})
    example.write({Ballot: rows})
    book = openpyxl.load_workbook(io.BytesIO(scores_book(example)))
    cell = next(c for c in book["scores"][2] if c.value == '=HYPERLINK("x")')
    assert cell.data_type == "s" or cell.quotePrefix
