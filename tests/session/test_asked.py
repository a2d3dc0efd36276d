"""What a round asks is kept as it was when it opened."""

from __future__ import annotations

from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import Criterion, Option
from workbook.session.asked import Asked, asked_in


def test_a_text_and_back(asked):
    assert Asked.from_json(asked.as_json()) == asked
    assert asked.cells == {("o1", "c1"), ("o1", "c2"), ("o2", "c1"), ("o2", "c2")}
    assert Asked.from_json(asked.as_json()).options[1].members == ("A", "B")


def test_accents_quotes_and_line_ends_survive(asked):
    from dataclasses import replace

    odd = replace(asked, region='Ré "gio"\n± − 😀 \\ \'; DROP TABLE round; --')
    assert Asked.from_json(odd.as_json()) == odd


def test_the_case_is_asked_in_its_own_order_and_words(example):
    from workbook.case.tables import Round

    found = asked_in(example, example.get(Round, "r1"))
    assert [o.id for o in found.options] == [o.id for o in scored_options(example)]
    assert [c.id for c in found.criteria] == [c.id for c in scored_criteria(example)]
    first = example.get(Criterion, found.criteria[0].id)
    assert (found.criteria[0].name, found.criteria[0].plus) == (first.name, first.plus)
    assert len(found.cells) == 5 * 6 and found.fictional


def test_the_members_of_a_partnership_are_named_not_numbered(example):
    from workbook.case.tables import Party, Round

    names = {row.name for row in example.rows(Party)}
    partnerships = [row for row in scored_options(example) if row.members]
    assert partnerships
    found = {o.id: o for o in asked_in(example, example.get(Round, "r1")).options}
    assert all(set(found[row.id].members) <= names for row in partnerships)


def test_a_form_that_is_open_does_not_follow_the_case(session):
    session.open("r3")
    before = session.box.asked("r3")
    rows = session.case.rows(Option)
    session.case.write(
        {
            Option: [
                row.model_copy(update={"name": "Other"}) if row == rows[0] else row for row in rows
            ]
        }
    )
    assert session.box.asked("r3") == before
    session.close_round("r3")
    session.open("r3")
    assert "Other" in {option.name for option in session.box.asked("r3").options}
