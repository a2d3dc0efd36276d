"""From which covered share a set of parties gets − and +, as filled in in case.yaml."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.case.document_writing import document_bytes
from workbook.case.documents import read_document
from workbook.case.tables.document import CaseInfo, Settings

CASE = "region: Somewhere\nprovenance: own\n"
SHARES = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)


def read(session: str):
    return read_document(CaseInfo, f"{CASE}session: {session}\n".encode(), "case.yaml")


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        ("", (1 / 3, 2 / 3)),
        ("{}", (1 / 3, 2 / 3)),
        ("{minus_below: , plus_from: ''}", (1 / 3, 2 / 3)),
        ("{minus_below: 0.25, plus_from: 0.5}", (0.25, 0.5)),
        ("{minus_below: '0,25', plus_from: 3/4}", (0.25, 0.75)),
        ("{minus_below: 0.5, plus_from: 1/2}", (0.5, 0.5)),
        ("{minus_below: 0, plus_from: 1}", (0, 1)),
    ],
)
def test_shares_are_read_as_people_write_them(session, expected):
    info, problems = read(session)
    assert problems == []
    assert (info.session.minus_below, info.session.plus_from) == expected


@pytest.mark.parametrize("value", ["x", "1.1", "-0.1", "nan", "inf", "1/0", "30%", "[1]"])
@pytest.mark.parametrize("name", ["minus_below", "plus_from"])
def test_what_is_no_share_is_refused_in_words(name, value):
    info, problems = read(f"{{{name}: {value}}}")
    assert info is None
    (said,) = (problem.render("en") for problem in problems)
    assert said.startswith(f"case.yaml, row 3, column session.{name}: “")
    assert said.endswith("can't be used here; expected: a share from 0 to 1, such as 0.33")


@pytest.mark.parametrize(
    "session", ["{minus_below: 0.6, plus_from: 0.5}", "{minus_below: 0.9}", "{plus_from: 0.2}"]
)
def test_plus_is_not_below_minus(session):
    info, problems = read(session)
    assert info is None
    (said,) = (problem.render("en") for problem in problems)
    assert "column session.plus_from" in said
    assert said.endswith("expected: a share from 0 to 1 that is not below minus_below")


@given(SHARES)
def test_what_is_written_is_read_back(shares):
    session = Settings(minus_below=shares[0], plus_from=shares[1])
    before, _ = read("{}")
    info = before.model_copy(update={"session": session})
    for start in (b"", CASE.encode(), f"{CASE}session:\n  names: open\n".encode()):
        again, problems = read_document(CaseInfo, document_bytes(start, info), "case.yaml")
        assert problems == []
        assert again.session == session
