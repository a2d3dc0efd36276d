"""A whole folder read as one: what stands in it, and every problem."""

from workbook.case import folder as files
from workbook.case.contents import FILES, read_folder
from workbook.case.tables import TABLES, Option, Party
from workbook.case.tables.document import CaseInfo, Scenario


def test_every_table_and_document_has_its_file(folder):
    assert {path.name for path in folder.iterdir()} == set(FILES.values())
    assert list(FILES) == [CaseInfo, Scenario, *TABLES]


def test_what_is_read_comes_with_its_version_and_documents_with_their_text(case, folder):
    contents, problems = read_folder(folder)
    assert problems == []
    assert contents.tables == {model: case.rows(model) for model in TABLES}
    assert contents.documents == {CaseInfo: case.info, Scenario: case.scenario}
    assert contents.texts == {
        model: (folder / FILES[model]).read_bytes() for model in (CaseInfo, Scenario)
    }
    assert contents.digests == {
        model: files.digest((folder / name).read_bytes()) for model, name in FILES.items()
    }


def test_what_can_be_read_is_there_beside_the_problems(folder, edit):
    edit("options.csv", "one_organisation,opvang,", "one_organisation,nergens,")
    (folder / "case.yaml").unlink()
    (folder / "scenario.yaml").write_bytes(b"summary: [")
    contents, problems = read_folder(folder)
    assert [problem.file for problem in problems] == ["case.yaml", "scenario.yaml", "options.csv"]
    assert contents.documents == {}
    assert {Option, Party} <= contents.tables.keys()


def test_a_damaged_journal_is_the_only_problem(folder):
    (folder / files.JOURNAL).write_text("{")
    contents, problems = read_folder(folder)
    assert contents.tables == {}
    assert [problem.render("en") for problem in problems] == [
        ".journal.json: the file can't be read: damaged"
    ]
