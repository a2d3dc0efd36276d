"""Which row each line of a table comes from, so that a report can say it."""

from __future__ import annotations

import pytest

from workbook import exhibits
from workbook.case import Case
from workbook.case.tables import (
    TABLES,
    Coverage,
    Criterion,
    Involvement,
    Link,
    Option,
    Party,
    Priority,
    Screening,
)
from workbook.exhibits.wording import distinct, option_names, shown


@pytest.mark.parametrize("region", ["example", "published"])
def test_a_table_has_an_origin_for_every_line_or_for_none(
    region: str, request: pytest.FixtureRequest
) -> None:
    case = request.getfixturevalue(region)
    made = [shown for _step, shown in exhibits.series(case)]
    made += [exhibits.records(case, model.table) for model in TABLES]
    for shown_ in made:
        assert len(shown_.origins) in (0, len(shown_.table)), shown_.name


def test_every_verdict_leads_to_its_row(example: Case) -> None:
    made, names = exhibits.screening(example), distinct(option_names(example))
    assert tuple(made.origins) == example.rows(Screening)
    for line, row in zip(made.table.to_dict("records"), made.origins, strict=True):
        assert (line["Option"], line["Verdict"]) == (names[row.option], shown(example, row.verdict))


@pytest.mark.parametrize("region", ["example", "published"])
def test_every_line_of_involvement_leads_to_its_row(
    region: str, request: pytest.FixtureRequest
) -> None:
    case = request.getfixturevalue(region)
    made = exhibits.involvement(case)
    assert tuple(made.origins) == case.rows(Involvement)
    for line, row in zip(made.table.to_dict("records"), made.origins, strict=True):
        assert line["Step"] == row.step


@pytest.mark.parametrize("region", ["example", "published"])
def test_the_rooms_order_leads_to_its_rows(region: str, request: pytest.FixtureRequest) -> None:
    case = request.getfixturevalue(region)
    made, names = exhibits.priorities(case), {row.id: row.name for row in case.rows(Criterion)}
    assert any(made.origins)
    for line, row in zip(made.table.to_dict("records"), made.origins, strict=True):
        assert row is None or (row.who, names[row.criterion]) == ("plenary", line["Criterion"])
        assert line["Place"] == (row.rank if row and row.rank else "–")


def test_an_order_of_many_people_leads_to_no_one_row(example: Case) -> None:
    example.write({Priority: [r for r in example.rows(Priority) if r.who != "plenary"]})
    made = exhibits.priorities(example)
    assert len(made.table) > 1
    assert made.origins == ()


@pytest.mark.parametrize("model", [Coverage, Link])
def test_what_a_party_covers_and_whom_it_works_with_lead_to_their_rows(
    published: Case, model: type
) -> None:
    """The text has no table of this: it is the workbook's own reading of it."""
    made = exhibits.records(published, model.table)
    assert tuple(made.origins) == published.rows(model)
    names = {row.id: row.name for row in published.rows(Party)}
    for line, row in zip(made.table.to_dict("records"), made.origins, strict=True):
        assert line["Party"] == names[row.party]


def test_what_is_worked_out_from_many_rows_leads_to_none(example: Case) -> None:
    assert example.rows(Option)
    assert exhibits.partnerships(example).origins == ()
    assert exhibits.support(example).origins == ()
