"""What is written is read back the same, whatever the text."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case.reading import read_table
from workbook.case.tables import (
    NOT_PUBLISHED,
    Ballot,
    Criterion,
    Level,
    Meeting,
    MunicipalRole,
    Option,
    Party,
    PartyKind,
    Score,
    Source,
)
from workbook.case.writing import table_bytes

LOOKS_LIKE_ANOTHER_VALUE = """
NA nan None no nee yes null true # 007 1.0 1e5 2026-01-31 =1+1 +1 - @x , ; ' sep=; 😀
"""
BREAKS_OUT = (
    '"',
    '""',
    "a\nb",
    '"a",\n"b"',
    "\ufeffx",
    "\u200b",
    "a\u2028b",
    "a\u0085b",
    "id,name",
)
AWKWARD = st.sampled_from((*LOOKS_LIKE_ANOTHER_VALUE.split(), *BREAKS_OUT))
NOT_PUBLISHED_WORDS = ("not published", "niet gepubliceerd", "not_published")
WORDS = st.sampled_from(NOT_PUBLISHED_WORDS)
FREE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n,;\t\"'=−±"), max_size=40
)
# A cell loses the blanks around its text, so that a stray one never makes another value.
TEXT = (AWKWARD | WORDS | FREE).map(str.strip)
SOME = TEXT.filter(bool)
MAYBE = TEXT.map(lambda text: text or None)
SLUG = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,59}", fullmatch=True)
ITEM = SOME.map(lambda text: text.replace(";", "").strip()).filter(
    lambda text: text and text.lower() not in NOT_PUBLISHED_WORDS
)
ITEMS = st.lists(ITEM, max_size=3).map(tuple)


def maybe(strategy):
    return st.none() | strategy


def tables(model, **columns):
    row = st.builds(model, id=SLUG, source=SOME, **columns)
    return st.lists(row, max_size=4, unique_by=lambda row: row.id)


PARTIES = tables(
    Party,
    name=SOME,
    kind=maybe(st.sampled_from(PartyKind)),
    stands_for=maybe(st.integers(1, 10**9)),
    municipal_roles=st.lists(st.sampled_from(MunicipalRole), max_size=3).map(tuple),
    note=MAYBE,
)
OPTIONS = tables(
    Option,
    name=SOME,
    current=maybe(st.booleans()),
    responsibility=MAYBE,
    pros=MAYBE,
    cons=MAYBE,
    why=MAYBE,
    shortlisted=st.none() | st.booleans() | st.just(NOT_PUBLISHED),
    reason=MAYBE,
)
SOURCES = tables(
    Source,
    name=SOME,
    date=st.none() | st.dates() | st.just(NOT_PUBLISHED),
    year=maybe(st.integers(1900, 2100)),
    n=st.none() | st.integers(0, 10**6) | st.just(NOT_PUBLISHED),
    reference=MAYBE,
)
CRITERIA = tables(
    Criterion, name=SOME, aliases=ITEMS, found_by=ITEMS | st.just(NOT_PUBLISHED), reason=MAYBE
)
BALLOTS = st.lists(
    st.builds(
        Ballot,
        id=SLUG,
        source=SOME,
        round=SLUG,
        participant=SLUG,
        option=SLUG,
        criterion=SLUG,
        score=maybe(st.sampled_from(Score)),
    ),
    max_size=4,
    unique_by=(lambda row: row.id, lambda row: row.participant),
)


def same(model, rows):
    parsed = read_table(model, table_bytes(model, rows))
    assert [problem.render("en") for problem in parsed.problems] == []
    assert list(parsed.rows) == rows
    # A row number is the one a spreadsheet shows: a cell of two lines is still one row.
    assert parsed.places == tuple(range(2, len(rows) + 2))
    assert table_bytes(model, parsed.rows) == table_bytes(model, rows)


quick = settings(max_examples=60)


@quick
@given(PARTIES)
def test_parties_are_read_as_they_were_written(rows):
    same(Party, rows)


@quick
@given(OPTIONS)
def test_options_are_read_as_they_were_written(rows):
    same(Option, rows)


@quick
@given(SOURCES)
def test_sources_are_read_as_they_were_written(rows):
    same(Source, rows)


@quick
@given(CRITERIA)
def test_criteria_are_read_as_they_were_written(rows):
    same(Criterion, rows)


@quick
@given(BALLOTS)
def test_ballots_are_read_as_they_were_written(rows):
    same(Ballot, rows)


@quick
@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["\r", "\r\n", "\n"]))
def test_no_text_can_break_out_of_its_cell(text, end):
    rows = [Party(id="a", name="A", note=f"x{text}{end}y", source="s")]
    data = table_bytes(Party, [*rows, Party(id="b", name="B", source="s")])
    parsed = read_table(Party, data)
    if "\x00" in text:
        assert [problem.column for problem in parsed.problems] == [None]
    else:
        assert [row.id for row in parsed.rows] == ["a", "b"]
        note = rows[0].note.replace("\r\n", "\n").replace("\r", "\n")
        assert parsed.rows[0].note == note


def test_the_file_is_plain_and_diffs_well():
    rows = [
        Party(id="a", name="Één, samen", kind=PartyKind.CARE, note="x\r\ny", source="fictional"),
        Party(id="b", name="B", municipal_roles=("director", "funder"), source="b1: alinea 2"),
    ]
    assert table_bytes(Party, rows).decode("utf-8") == (
        "id,name,kind,stands_for,municipal_roles,note,source\n"
        'a,"Één, samen",care_and_support,,,"x\ny",fictional\n'
        "b,B,,,director;funder,,b1: alinea 2\n"
    )


def test_no_rows_are_a_header():
    header = b"id,round,participant,option,criterion,score,reason,source\n"
    assert table_bytes(Ballot, ()) == header


def test_scores_and_levels_stand_as_they_are_stored():
    cells = {"round": "r", "participant": "p", "option": "o", "source": "s"}
    rows = [
        Ballot(id=f"b{n}", criterion=f"c{n}", score=score, **cells)
        for n, score in enumerate([Score.MINUS, Score.PLUSMINUS, Score.PLUS, "?", None])
    ]
    lines = table_bytes(Ballot, rows).decode().splitlines()[1:]
    assert [line.split(",")[5] for line in lines] == ["-1", "0", "1", "?", ""]
    assert Level.NOT_PUBLISHED.value == "not_published"
    meeting = Meeting(id="m", name="M", steps="1; 2", people=NOT_PUBLISHED, source="s")
    assert table_bytes(Meeting, [meeting]).decode().splitlines()[1] == (
        "m,M,,,1;2,,not published,,s"
    )


ALPHABET = set(string.ascii_lowercase + string.digits + "-_")


@quick
@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_sentences_and_never_an_exception(data):
    header = b"id,name,kind,stands_for,municipal_roles,note,source\n"
    for content in (data, header + data):
        parsed = read_table(Party, content)
        for problem in parsed.problems:
            assert problem.render("en").startswith("parties.csv")
        for row in parsed.rows:
            assert set(row.id) <= ALPHABET
