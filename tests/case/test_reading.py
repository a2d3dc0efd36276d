"""From bytes to rows: what is understood, what is refused, and with which words."""

import csv
import io

import pytest

from workbook.case.documents import read_document
from workbook.case.reading import decode, read_table
from workbook.case.tables import (
    NOT_PUBLISHED,
    TABLES,
    Ballot,
    Coverage,
    Covers,
    Criterion,
    Involvement,
    Level,
    Meeting,
    MunicipalRole,
    Option,
    Party,
    Priority,
    Reading,
    Score,
    Source,
    Tally,
)
from workbook.case.tables.document import CaseInfo, DeployedFor, Scenario

PARTIES = "id,name,kind,stands_for,municipal_roles,note,source\n"


def sheet(model, *rows, separator=","):
    """Write rows of {column: text} as a CSV file with every column of the table."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(model.columns())
    for row in rows:
        assert set(row) <= set(model.columns())
        writer.writerow([row.get(name, "") for name in model.columns()])
    return out.getvalue().encode()


def said(parsed):
    return [problem.render("en") for problem in parsed.problems]


def party(**cells):
    return {"id": "a", "name": "A", "source": "fictional"} | cells


def ballot(score):
    return {
        "id": "b1",
        "round": "r1",
        "participant": "p1",
        "option": "o1",
        "criterion": "c1",
        "score": score,
        "source": "fictional",
    }


# --- encodings


def test_a_byte_order_mark_is_understood():
    parsed = read_table(Party, b"\xef\xbb\xbf" + sheet(Party, party(name="Één")))
    assert said(parsed) == []
    assert parsed.rows[0].name == "Één"


def test_windows_1252_is_understood_where_it_cannot_be_utf_8():
    text = PARTIES + "a,Cliëntenraad – café,,,,kost € 5,fictional\n"
    parsed = read_table(Party, text.encode("cp1252"))
    assert said(parsed) == []
    assert parsed.rows[0].name == "Cliëntenraad – café"
    assert parsed.rows[0].note == "kost € 5"


def test_utf_8_with_one_broken_byte_is_not_guessed_to_be_windows_1252():
    data = (PARTIES + "a,Cliëntenraad,,,,x,fictional\n").encode() + b"b,caf\xe9,,,,,fictional\n"
    parsed = read_table(Party, data)
    assert parsed.rows == ()
    assert said(parsed) == ["parties.csv: the file is not text in UTF-8; expected: CSV UTF-8"]


@pytest.mark.parametrize(
    "data",
    [
        PARTIES.encode("utf-16"),
        PARTIES.encode("utf-16-be"),
        PARTIES.encode("utf-32"),
        (PARTIES + "a,A\x00B,,,,,fictional\n").encode(),
        PARTIES.encode() + b"a,\x81,,,,,fictional\n",
    ],
    ids=["utf-16", "utf-16-be", "utf-32", "nul", "no such character"],
)
def test_other_bytes_are_refused(data):
    assert said(read_table(Party, data)) == [
        "parties.csv: the file is not text in UTF-8; expected: CSV UTF-8"
    ]


def test_decode_gives_text_and_no_problem():
    assert decode("± −".encode(), "x.csv") == ("± −", [])


# --- separators, quotes, lines


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_read_off_the_first_line(separator):
    data = sheet(Party, party(note="one, two; three"), separator=separator)
    parsed = read_table(Party, data)
    assert said(parsed) == []
    assert parsed.rows[0].note == "one, two; three"


def test_semicolons_separate_columns_and_items_at_once():
    roles = {"municipal_roles": "director;funder"}
    parsed = read_table(Party, sheet(Party, party(**roles), separator=";"))
    assert parsed.rows[0].municipal_roles == (MunicipalRole.DIRECTOR, MunicipalRole.FUNDER)


def test_a_quoted_header_is_understood():
    header = ";".join(f'"{name}"' for name in Party.columns())
    parsed = read_table(Party, f"{header}\na;A;;;;;fictional\n".encode())
    assert said(parsed) == []
    assert parsed.rows[0].id == "a"


@pytest.mark.parametrize("first", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n', "\ufeffsep=;\n"])
def test_the_line_that_tells_a_spreadsheet_its_separator_is_not_a_row(first):
    data = first.encode() + sheet(Party, party(), party(id="B"), separator=";")
    parsed = read_table(Party, data)
    assert [row.id for row in parsed.rows] == ["a"]
    assert said(parsed) == [
        "parties.csv, row 3, (B), column id: “B” can't be used here; "
        "expected: lower-case letters, digits, - and _, at most 60"
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_understood_within_cells_too(end):
    data = sheet(Party, party(note="first\nsecond"), party(id="b", name="B"))
    parsed = read_table(Party, data.replace(b"\n", end.encode()))
    assert said(parsed) == []
    assert parsed.rows[0].note == "first\nsecond"
    assert parsed.places == (2, 3)


def test_blank_rows_are_skipped_and_the_rows_keep_their_spreadsheet_number():
    data = PARTIES + '\na,A,,,,"one\n\ntwo",fictional\n,,,,,,\n  , ,,,,,\nB,B,,,,,fictional\n'
    parsed = read_table(Party, data.encode())
    assert parsed.places == (3,)
    assert parsed.rows[0].note == "one\n\ntwo"
    assert said(parsed) == [
        "parties.csv, row 6, (B), column id: “B” can't be used here; "
        "expected: lower-case letters, digits, - and _, at most 60"
    ]


@pytest.mark.parametrize(("cells", "n"), [("a,A,fictional", 3), ("a,A,,,,,,fictional", 8)])
def test_a_ragged_row_is_named_and_the_others_are_read(cells, n):
    parsed = read_table(Party, f"{PARTIES}{cells}\nb,B,,,,,fictional\n".encode())
    assert [row.id for row in parsed.rows] == ["b"]
    assert said(parsed) == [
        f"parties.csv, row 2, (a): the row has {n} cells; expected: 7 cells, as in the first row"
    ]


def test_a_ragged_row_is_named_by_its_id_wherever_that_column_stands():
    header = ",".join(reversed(Party.columns()))
    parsed = read_table(Party, f"{header}\nfictional,,,,,A,a,x\nfictional,x\n".encode())
    assert [problem.record for problem in parsed.problems] == ["a", None]


def test_columns_may_stand_in_another_order():
    header = ",".join(reversed(Party.columns()))
    parsed = read_table(Party, f"{header}\nfictional,a note,,,,A,a\n".encode())
    assert (parsed.rows[0].id, parsed.rows[0].note) == ("a", "a note")


def test_an_unclosed_quote_names_its_row():
    parsed = read_table(Party, (PARTIES + 'a,A,,,,,fictional\nb,"B,,,,,fictional\n').encode())
    assert parsed.rows == ()
    assert said(parsed) == ["parties.csv, row 3: this is not a CSV file: unexpected end of data"]


# --- headers


@pytest.mark.parametrize("data", [b"", b"\n", b"\r\n\r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_what_its_first_row_should_be(data):
    assert said(read_table(Party, data)) == [
        "parties.csv: the file is empty; expected: a first row with "
        "id, name, kind, stands_for, municipal_roles, note, source"
    ]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_a_header_alone_is_a_table_without_rows(model):
    parsed = read_table(model, sheet(model))
    assert (parsed.rows, parsed.problems) == ((), ())


def test_a_missing_an_extra_and_a_double_column_are_all_named():
    parsed = read_table(Party, b"id,name,name,kind,colour,stands_for,note,source\n")
    only = "id, name, kind, stands_for, municipal_roles, note, source"
    assert said(parsed) == [
        "parties.csv, row 1, column municipal_roles: the column is missing",
        "parties.csv, row 1, column name: the column is there twice",
        f"parties.csv, row 1, column colour: the column is not known; expected: only {only}",
    ]


OLD_BALLOTS = b"id,round,participant,option,criterion,score,source\nb1,r1,p1,o1,c1,1,fictional\n"


def test_a_file_from_before_a_column_was_there_is_read():
    parsed = read_table(Ballot, OLD_BALLOTS)
    assert said(parsed) == []
    assert [(row.score, row.reason) for row in parsed.rows] == [(Score.PLUS, None)]


@pytest.mark.parametrize("lost", [name for name in Ballot.columns() if name != "reason"])
def test_any_other_column_that_is_missing_may_have_been_lost(lost):
    rest = ",".join(name for name in Ballot.columns() if name != lost)
    assert said(read_table(Ballot, f"{rest}\n".encode())) == [
        f"ballots.csv, row 1, column {lost}: the column is missing"
    ]


def test_a_column_that_came_later_is_missing_in_no_other_table():
    (problem, *_) = read_table(Option, b"id,name\n").problems
    assert "the column is missing" in problem.render("en")
    lost = [p.column for p in read_table(Option, b"id,name\n").problems]
    assert "reason" in lost


def test_a_column_without_a_name_is_told_by_its_number():
    parsed = read_table(Party, (PARTIES.strip() + ",\n").encode())
    assert said(parsed)[0].startswith("parties.csv, row 1, column 8: the column is not known")


# --- cells


def test_every_faulty_cell_is_named_at_once():
    data = sheet(
        Party,
        party(id="A B", kind="onzin"),
        party(id="b", name="", stands_for="0"),
        party(id="c", source=" "),
    )
    assert said(read_table(Party, data)) == [
        "parties.csv, row 2, (A B), column id: “A B” can't be used here; "
        "expected: lower-case letters, digits, - and _, at most 60",
        "parties.csv, row 2, (A B), column kind: “onzin” can't be used here; expected: one of "
        "experts_by_experience, clients, municipality, care_and_support, police_and_justice, "
        "housing, project (project or programme), other, or nothing",
        "parties.csv, row 3, (b), column name: the cell is empty; expected: text",
        "parties.csv, row 3, (b), column stands_for: “0” can't be used here; "
        "expected: a whole number, 1 or more, or nothing",
        "parties.csv, row 4, (c), column source: the cell is empty; expected: text",
    ]


@pytest.mark.parametrize("id", ["Gemeente", "a b", "é", "-a", "a.b", "a/b", "a" * 61])
def test_ids_with_capitals_and_other_signs_are_refused(id):
    (problem,) = read_table(Party, sheet(Party, party(id=id))).problems
    assert (problem.row, problem.column, problem.record) == (2, "id", id)
    assert problem.expected.render("en") == "lower-case letters, digits, - and _, at most 60"


def test_a_long_value_is_shortened_in_the_message():
    (sentence,) = said(read_table(Party, sheet(Party, party(kind="x" * 500))))
    assert "“" + "x" * 57 + "…”" in sentence


def test_a_double_id_names_both_rows():
    data = sheet(Party, party(), party(id="b"), party(name="again"))
    assert said(read_table(Party, data)) == [
        "parties.csv, row 4, (a), column id: the id “a” is already used in row 2"
    ]


def test_a_double_statement_under_two_ids_names_both_rows():
    data = sheet(Ballot, ballot("1"), ballot("0") | {"id": "b2"})
    assert said(read_table(Ballot, data)) == [
        "ballots.csv, row 3, (b2), column criterion: "
        "the same round, participant, option, criterion are already in row 2"
    ]


@pytest.mark.parametrize(
    "word",
    [
        "NA",
        "N/A",
        "nan",
        "None",
        "null",
        "no",
        "No",
        "nee",
        "yes",
        "true",
        "FALSE",
        "1.0",
        "007",
        "1e5",
        "-",
        "=1+1",
        "@x",
        "2026-01-31",
        "not published",
        "niet gepubliceerd",
        "?",
    ],
)
def test_a_text_cell_never_becomes_something_else(word):
    (row,) = read_table(Party, sheet(Party, party(name=word, note=word))).rows
    assert (row.name, row.note) == (word, word)


@pytest.mark.parametrize(
    ("written", "score"),
    [
        ("-1", Score.MINUS),
        ("-", Score.MINUS),
        ("−", Score.MINUS),
        ("–", Score.MINUS),
        ("−1", Score.MINUS),
        ("0", Score.PLUSMINUS),
        ("±", Score.PLUSMINUS),
        ("+/-", Score.PLUSMINUS),
        ("+/−", Score.PLUSMINUS),
        ("+ / -", Score.PLUSMINUS),
        ("-/+", Score.PLUSMINUS),
        ("+-", Score.PLUSMINUS),
        ("-+", Score.PLUSMINUS),
        ("1", Score.PLUS),
        ("+1", Score.PLUS),
        (" + ", Score.PLUS),
        ("?", Score.DONT_KNOW),
        ("", None),
        ("  ", None),
    ],
)
def test_every_unambiguous_way_to_write_a_score_is_understood(written, score):
    parsed = read_table(Ballot, sheet(Ballot, ballot(written)))
    assert said(parsed) == []
    assert parsed.rows[0].score is score


@pytest.mark.parametrize(
    "written", ["2", "-2", "++", "--", "0,5", "0.5", "1,0", "x", "+?", "good", "NA", "/", "--1"]
)
def test_a_score_outside_the_scale_is_refused_with_its_place(written):
    parsed = read_table(Ballot, sheet(Ballot, ballot(written)))
    assert parsed.rows == ()
    assert said(parsed) == [
        f"ballots.csv, row 2, (b1), column score: “{written}” can't be used here; "
        "expected: one of -1 (poor), 0 (fair), 1 (good), ? (don't know), or nothing"
    ]


def test_a_decimal_comma_in_a_file_with_commas_is_a_ragged_row():
    header = ",".join(Ballot.columns())
    data = f"{header}\nb1,r1,p1,o1,c1,1,0,,fictional\n".encode()
    assert said(read_table(Ballot, data)) == [
        "ballots.csv, row 2, (b1): the row has 9 cells; expected: 8 cells, as in the first row"
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [("yes", True), ("Ja", True), ("NO", False), ("nee", False), ("", None)],
)
def test_yes_and_no_in_two_languages(written, value):
    data = sheet(Option, {"id": "o", "name": "O", "current": written, "source": "fictional"})
    assert read_table(Option, data).rows[0].current is value


def test_maybe_is_neither_yes_nor_no():
    data = sheet(Option, {"id": "o", "name": "O", "current": "misschien", "source": "fictional"})
    assert said(read_table(Option, data)) == [
        "options.csv, row 2, (o), column current: “misschien” can't be used here; "
        "expected: yes or no, or nothing"
    ]


@pytest.mark.parametrize(
    "written", ["not published", "Niet gepubliceerd", "not_published", " NOT PUBLISHED "]
)
def test_not_published_is_understood_in_every_kind_of_cell_that_can_say_it(written):
    option = {"id": "o", "name": "O", "shortlisted": written, "source": "fictional"}
    assert read_table(Option, sheet(Option, option)).rows[0].shortlisted == NOT_PUBLISHED
    source = {"id": "s", "name": "S", "date": written, "n": written, "source": "fictional"}
    (row,) = read_table(Source, sheet(Source, source)).rows
    assert (row.date, row.n) == (NOT_PUBLISHED, NOT_PUBLISHED)
    criterion = {"id": "c", "name": "C", "found_by": written, "source": "fictional"}
    assert read_table(Criterion, sheet(Criterion, criterion)).rows[0].found_by == NOT_PUBLISHED
    joins = {"id": "i", "step": "1", "party": "a", "level": written, "source": "fictional"}
    assert read_table(Involvement, sheet(Involvement, joins)).rows[0].level is Level.NOT_PUBLISHED


def test_not_published_is_refused_where_it_has_no_meaning():
    option = {"id": "o", "name": "O", "current": "niet gepubliceerd", "source": "fictional"}
    assert (
        "column current: “niet gepubliceerd” can't be used here"
        in said(read_table(Option, sheet(Option, option)))[0]
    )


@pytest.mark.parametrize("written", ["1.000", "1_000", "1,0", "1.0", "een", "-1", "0x1"])
def test_a_number_that_two_readers_read_differently_is_refused(written):
    source = {"id": "s", "name": "S", "n": written, "source": "fictional"}
    assert said(read_table(Source, sheet(Source, source))) == [
        f"sources.csv, row 2, (s), column n: “{written}” can't be used here; "
        "expected: a whole number, 0 or more, or not published, or nothing"
    ]


@pytest.mark.parametrize(
    "written",
    [
        "31-02-2026",
        "1-31-2026",
        "2026-13-01",
        "2026-02-30",
        "0",
        "86400",
        "45688",
        "2026",
        "1/2/26",
    ],
)
def test_a_day_is_never_guessed(written):
    source = {"id": "s", "name": "S", "date": written, "source": "fictional"}
    assert said(read_table(Source, sheet(Source, source))) == [
        f"sources.csv, row 2, (s), column date: “{written}” can't be used here; "
        "expected: a date as 2026-01-31, or not published, or nothing"
    ]


def test_limits_are_told():
    joins = {"id": "i", "step": "9", "party": "a", "source": "fictional"}
    assert said(read_table(Involvement, sheet(Involvement, joins))) == [
        "involvement.csv, row 2, (i), column step: “9” can't be used here; "
        "expected: a whole number from 1 to 8"
    ]
    option = {"id": "o", "name": "O", "short": "x" * 29, "source": "fictional"}
    assert said(read_table(Option, sheet(Option, option)))[0].endswith(
        "expected: text of at most 28 characters, or nothing"
    )
    rank = {"id": "p", "round": "r", "who": "w", "criterion": "c", "rank": "0", "source": "x"}
    assert said(read_table(Priority, sheet(Priority, rank)))[0].endswith(
        "column rank: “0” can't be used here; expected: a whole number, 1 or more, or nothing"
    )


def test_hands_that_were_not_counted_are_none():
    cells = {"id": "t", "round": "r", "option": "o", "criterion": "c", "plus": "3", "source": "x"}
    (row,) = read_table(Tally, sheet(Tally, cells)).rows
    assert (row.minus, row.plusminus, row.plus, row.dont_know) == (0, 0, 3, 0)


def test_choices_forgive_capitals_spaces_and_hyphens():
    cells = party(kind="Care and support")
    assert read_table(Party, sheet(Party, cells)).rows[0].kind.value == "care_and_support"
    covers = {"id": "d", "party": "a", "criterion": "c", "part": "p", "source": "x"}
    for written, level in (("YES", Covers.YES), ("?", Covers.UNKNOWN), ("no", Covers.NO)):
        (row,) = read_table(Coverage, sheet(Coverage, covers | {"level": written})).rows
        assert row.level is level


@pytest.mark.parametrize(
    ("low", "high", "basis", "column", "what"),
    [
        ("-1", "", "stated", "high", "a bound is missing"),
        ("", "1", "implied", "low", "a bound is missing"),
        ("1", "0", "stated", "low", "the low bound is above the high one"),
        ("?", "1", "stated", "low", "a bound is −, ± or +"),
        ("0", "", "silent", "low", "a silent text has no bounds"),
    ],
)
def test_bounds_that_contradict_are_named(low, high, basis, column, what):
    cells = {"id": "l", "option": "o", "criterion": "c", "source": "x"}
    data = sheet(Reading, cells | {"low": low, "high": high, "basis": basis})
    assert said(read_table(Reading, data)) == [f"readings.csv, row 2, (l), column {column}: {what}"]


def test_a_meeting_for_a_step_that_is_not_there():
    cells = {"id": "m", "name": "M", "steps": "1;9", "source": "x"}
    assert said(read_table(Meeting, sheet(Meeting, cells))) == [
        "meetings.csv, row 2, (m), column steps: “9” is not a step"
    ]


def test_messages_are_dutch_for_a_dutch_reader():
    (problem,) = read_table(Ballot, sheet(Ballot, ballot("7"))).problems
    dutch = problem.render("nl")
    assert dutch.startswith("ballots.csv, rij 2, (b1), kolom score: ")
    assert "“7”" in dutch
    assert "-1 (slecht), 0 (matig), 1 (goed), ? (weet ik niet)" in dutch
    assert dutch != problem.render("en")


# --- documents

CASE = "region: Ergens\nprovenance: own\n"


def faults(text, model=CaseInfo, file="case.yaml"):
    data = text if isinstance(text, bytes) else text.encode()
    document, problems = read_document(model, data, file)
    assert (document is None) == bool(problems)
    return [problem.render("en") for problem in problems]


def document(text, model=CaseInfo):
    found, problems = read_document(model, text.encode(), "case.yaml")
    assert problems == []
    return found


@pytest.mark.parametrize(
    "text", ["origin: &a []\nprocess: *a\n", "project: &a x\n", "<<: &b {project: x}\n"]
)
def test_anchors_and_aliases_are_refused(text):
    assert faults(CASE + text) == ["case.yaml, row 3: anchors and aliases (& and *) are refused"]


def test_a_key_that_is_there_twice_is_refused_with_its_line():
    (sentence,) = faults(CASE + "project: one\nproject: two\n")
    assert sentence.startswith("case.yaml, row 4: this is not YAML: ")
    assert "project" in sentence


def test_an_unknown_key_is_named_wherever_it_stands():
    assert faults(CASE + "deployment:\n  goal: []\ncolour: red\n") == [
        "case.yaml, row 4, column deployment.goal: the field is not known",
        "case.yaml, row 5, column colour: the field is not known",
    ]


def test_missing_fields_are_named():
    assert faults("project: x\n") == [
        "case.yaml, column region: the field is missing",
        "case.yaml, column provenance: the field is missing",
    ]
    assert faults("") == faults("{}") == faults("project: x\n")


def test_a_statement_without_a_source_is_named_by_its_place_line_and_id():
    text = CASE + "origin:\n  - {id: one, text: x, source: y}\n  - id: two\n    text: x\n"
    assert faults(text) == ["case.yaml, row 5, (two), column origin.2.source: the field is missing"]


def test_an_empty_statement_is_named():
    text = CASE + "origin:\n  - id: one\n    text: ''\n    source: y\n"
    assert faults(text) == [
        "case.yaml, row 5, (one), column origin.1.text: the field is empty; expected: text"
    ]


@pytest.mark.parametrize(
    ("text", "where", "expected"),
    [
        ("language: fr", "column language: “fr”", "one of nl, en"),
        ("period: {start: 2025-02-30}", "column period.start: “2025-02-30”", "a date"),
        ("period: {end: 0}", "column period.end: “0”", "a date as 2026-01-31"),
        ("origin: words", "column origin: “words”", "a list, each item after a -"),
        ("deployment: words", "column deployment: “words”", "fields, each as name: value"),
        ("project: [a]", "column project: “['a']”", "text"),
        (
            "retention: [{id: A, text: x, source: y}]",
            "(A), column retention.1.id: “A”",
            "lower-case letters, digits, - and _, at most 60",
        ),
        (
            "deployment: {kinds: [{id: a, text: x, source: y, kind: fishing}]}",
            "(a), column deployment.kinds.1.kind: “fishing”",
            "one of casework, policy, awareness",
        ),
        (
            "deployment: {kinds: [{id: a, text: x, source: y, kind: policy, primary: maybe}]}",
            "(a), column deployment.kinds.1.primary: “maybe”",
            "yes or no",
        ),
    ],
)
def test_a_value_that_does_not_fit_says_where_and_what_is_expected(text, where, expected):
    (sentence,) = faults(CASE + text + "\n")
    assert sentence.startswith(f"case.yaml, row 3, {where}")
    assert f"can't be used here; expected: {expected}" in sentence


def test_values_that_yaml_would_change_stay_as_written():
    info = document(
        'region: no\nprovenance: own\nproject: 2025\npublished_as: 1.10\nsession: {names: "NA"}\n'
        "origin:\n  - {id: a, text: 2026-01-31, source: true}\n"
    )
    assert (info.region, info.project, info.published_as) == ("no", "2025", "1.10")
    assert info.session.names == "NA"
    assert (info.origin[0].text, info.origin[0].source) == ("2026-01-31", "true")


def test_dates_and_flags_of_a_document_are_read():
    info = document(
        CASE + "period: {start: 2025-02-04, end: not published}\ndeployment:\n  kinds:\n"
        "    - {id: a, text: x, source: y, kind: casework, primary: ja}\n"
        "    - {id: b, text: x, source: y, kind: policy, primary: true}\n"
        "    - {id: c, text: x, source: y, kind: peer contact, primary: no}\n"
    )
    assert info.period.start.isoformat() == "2025-02-04"
    assert info.period.end == NOT_PUBLISHED
    assert [kind.primary for kind in info.deployment.kinds] == [True, True, False]
    assert info.deployment.kinds[2].kind is DeployedFor.PEERS


@pytest.mark.parametrize("part", ["period", "deployment", "session", "origin"])
def test_a_part_with_nothing_in_it_is_empty(part):
    assert document(CASE + part + ":\n") == document(CASE)


def test_recommendations_without_answers():
    text = "recommendations:\n  - {id: a, text: x, source: y, answers: }\n"
    assert document(text, Scenario).recommendations[0].answers == ()


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("region: [a\n", "case.yaml, row 2: this is not YAML: "),
        ("region: a\n\tproject: b\n", "case.yaml, row 2: this is not YAML: "),
        ("a: b: c\n", "case.yaml, row 1: this is not YAML: "),
        ("x: " + "[" * 600 + "]" * 600, "case.yaml: this is not YAML: RecursionError"),
        ("region: \x07\n", "case.yaml: this is not YAML: "),
        ("a: 1\n---\nb: 2\n", "case.yaml, row 2: this is not YAML: "),
        ("region: !!python/name:os.system x\n", "case.yaml, row 1: this is not YAML: "),
        ("- a\n- b\n", "case.yaml: the file holds no fields"),
        ("only words", "case.yaml: the file holds no fields"),
        ("[a, b]: c\n", "case.yaml, "),
        (CASE.encode("utf-16"), "case.yaml: the file is not text in UTF-8"),
    ],
    ids=range(11),
)
def test_what_is_not_a_document_is_a_sentence(text, start):
    assert faults(text)[0].startswith(start)


def test_a_document_in_windows_1252_is_understood():
    data = "region: Coëvorden\nprovenance: own\n".encode("cp1252")
    found, problems = read_document(CaseInfo, data, "case.yaml")
    assert (found.region, problems) == ("Coëvorden", [])


@pytest.mark.parametrize("written", ["municipality", "Municipality", "gemeente", "Gemeente "])
def test_a_choice_may_be_written_in_the_words_people_see(written):
    found = read_table(Party, sheet(Party, party(kind=written)))
    assert said(found) == []
    assert found.rows[0].kind == "municipality"


@pytest.mark.parametrize("written", ["2026-01-31", "31-1-2026", "31-01-2026"])
def test_a_day_may_be_written_the_dutch_way(written):
    source = {"id": "s", "name": "S", "date": written, "source": "fictional"}
    found = read_table(Source, sheet(Source, source))
    assert said(found) == []
    assert found.rows[0].date.isoformat() == "2026-01-31"
