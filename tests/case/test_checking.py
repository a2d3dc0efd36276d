"""References to nothing and names that would be confused, across a whole folder."""

import pytest

from workbook.case.checking import cross_problems, document_problems, passages
from workbook.case.tables import (
    BY_NAME,
    Coverage,
    Criterion,
    Option,
    Party,
    kinds,
)
from workbook.case.tables.document import CaseInfo, Passage, Provenance


def test_a_sound_case_has_no_problems(case):
    tables = {model: case.rows(model) for model in BY_NAME.values()}
    assert cross_problems(tables) == []


def test_a_reference_to_nothing_is_named_with_file_row_and_column(edit, problems):
    edit("options.csv", "one_organisation,opvang,", "one_organisation,nergens,")
    assert problems() == [
        "options.csv, row 4, (opvang), column members: “nergens” is not in parties.csv; "
        "expected: ids from parties.csv, separated by ;, or nothing"
    ]


REFERENCES = [
    (model.table, name, kind.ref)
    for model in BY_NAME.values()
    for name, kind in kinds(model).items()
    if kind.ref
]


@pytest.mark.parametrize(("table", "column", "ref"), REFERENCES)
def test_every_reference_is_followed(case, table, column, ref):
    model = BY_NAME[table]
    rows = case.rows(model)
    assert rows, "the example region is complete in every table"
    value = ("nergens",) if isinstance(getattr(rows[0], column), tuple) else "nergens"
    broken = rows[0].model_copy(update={column: value})
    tables = {m: case.rows(m) for m in BY_NAME.values()} | {model: (broken, *rows[1:])}
    (problem,) = [p for p in cross_problems(tables) if p.file == f"{table}.csv"]
    assert (problem.row, problem.record, problem.column) == (2, rows[0].id, column)
    assert problem.what.render("en") == f"“nergens” is not in {ref}.csv"
    assert f"{ref}.csv" in problem.expected.render("en")


def test_rows_are_numbered_as_in_the_file(case):
    party = case.rows(Party)[0]
    option = case.rows(Option)[0].model_copy(update={"members": ("nergens", party.id)})
    found = cross_problems({Option: (option,), Party: (party,)}, {Option: (7,), Party: (2,)})
    assert [(p.file, p.row) for p in found] == [("options.csv", 7)]


def test_two_options_with_one_name_are_confused_on_a_picture(edit, problems):
    edit("options.csv", "Team bij het meldpunt", "TEAM BIJ DE OPVANG")
    assert problems() == [
        "options.csv, row 5, (meldpunt), column name: the name is the same as that of opvang"
    ]


def test_two_parties_with_one_name_are_confused_too(edit, problems):
    edit("parties.csv", "ervaringsplatform,Ervaringsplatform,", "ervaringsplatform,ERVARINGSTEAM,")
    assert problems() == [
        "parties.csv, row 3, (ervaringsplatform), column name: the name is the same as that of "
        "ervaringsteam"
    ]


def test_an_example_the_handbook_does_not_have(edit, problems):
    edit("criteria.csv", ",role,", ",made_up,")
    (sentence,) = problems()
    assert sentence.startswith(
        "criteria.csv, row 3, (visie-rol), column example: "
        "“made_up” is not an example of the handbook; expected: one of "
    )
    assert "integrated_systemic_approach" in sentence


def test_a_scan_question_that_is_not_there(edit, problems):
    edit("scan.csv", ",q01,", ",q13,")
    (sentence,) = problems()
    assert "column item: “q13” is not a question of the scan; expected: one of q01," in sentence


def test_a_part_that_the_criterion_does_not_have(edit, problems):
    edit("coverage.csv", "keten,voorkomen,", "keten,vorkomen,")
    (sentence,) = problems()
    assert sentence.startswith(
        "coverage.csv, row 2, (dk-ervaringsteam-voorkomen), column part: "
        "“vorkomen” can't be used here; expected: one of voorkomen, "
    )


def test_a_part_of_a_criterion_without_parts(case):
    criteria = [row.model_copy(update={"parts": ()}) for row in case.rows(Criterion)]
    tables = {m: case.rows(m) for m in BY_NAME.values()} | {Criterion: criteria}
    found = cross_problems(tables)
    assert len(found) == len(case.rows(Coverage))
    assert {(p.column, p.expected) for p in found} == {("part", None)}


def test_an_answer_to_an_argument_that_is_not_there(edit, problems):
    edit("scenario.yaml", "answers: [nd-ingangen]", "answers: [nergens]")
    (sentence,) = problems()
    assert sentence.startswith("scenario.yaml, (")
    assert sentence.endswith(
        "column answers: “nergens” is not in arguments.csv; expected: an id from arguments.csv"
    )


def test_two_statements_with_one_id(edit, problems):
    edit("case.yaml", "id: ontstaan-2", "id: ontstaan-1")
    assert problems() == ["case.yaml, (ontstaan-1), column id: the id “ontstaan-1” is used twice"]


def test_document_problems_looks_in_every_part():
    one = Passage(id="a", text="x", source="y")
    info = CaseInfo(
        region="R",
        provenance=Provenance.OWN,
        origin=(one,),
        deployment={"core": one, "goals": (one,)},
    )
    assert list(passages(info)) == [one, one, one]
    assert len(document_problems(info, "case.yaml")) == 2


def test_a_faulty_row_does_not_make_every_reference_to_it_look_broken(edit, problems):
    edit("parties.csv", "meldpunt,", "Meldpunt,")
    sentences = problems()
    assert len(sentences) == 1
    assert "(Meldpunt), column id: “Meldpunt” can't be used here" in sentences[0]


def test_problems_of_every_file_come_at_once(edit, folder, problems):
    edit("case.yaml", "provenance: fictional", "provenance: invented")
    edit("scenario.yaml", "summary:", "sumary:")
    edit("rounds.csv", "revealed", "done")
    (folder / "links.csv").unlink()
    (folder / "scan.csv").write_bytes(b"")
    found = problems()
    assert [sentence.split(",")[0].split(":")[0] for sentence in found] == [
        "case.yaml",
        "scenario.yaml",
        "links.csv",
        "rounds.csv",
        "scan.csv",
    ]
    assert found[0].endswith("expected: one of published, fictional, own")
    assert "column sumary: the field is not known" in found[1]
    assert found[2] == "links.csv: the file is missing"
    assert "column state: “done” can't be used here" in found[3]


def test_an_error_in_one_row_hides_no_reference_to_nothing(edit, problems):
    """A reference to a row with an error of its own is not a reference to nothing."""
    edit("parties.csv", "De scholen,other,", "De scholen,nonsense,")
    edit("collaborations.csv", "sw-wijkteams,wijkteams,", "sw-wijkteams,nergens,")
    found = problems()
    assert len([line for line in found if line.startswith("parties.csv")]) == 1
    assert [line for line in found if "is not in" in line] == [
        "collaborations.csv, row 4, (sw-wijkteams), column party: “nergens” is not in parties.csv; "
        "expected: an id from parties.csv"
    ]


def test_ballots_and_hands_never_mix_in_one_round(edit, problems):
    edit("rounds.csv", "r1,Eerste ronde,ballots", "r1,Eerste ronde,show_of_hands")
    edit("tallies.csv", "r0-opvang-nabij-beleid,r0,", "r0-opvang-nabij-beleid,r2,")
    assert problems() == [
        "ballots.csv, row 2, (r1-p01-stichting-nabij-beleid), column round: round r1 is scored by "
        "show of hands; expected: a round of its own: one way of scoring per round",
        "tallies.csv, row 2, (r0-opvang-nabij-beleid), column round: round r2 is scored by "
        "ballots; expected: a round of its own: one way of scoring per round",
    ]
