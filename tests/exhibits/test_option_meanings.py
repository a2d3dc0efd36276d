"""What each option would settle: the same questions for each, and what isn't there is said."""

from __future__ import annotations

from workbook.case import Case
from workbook.case.tables import NOT_PUBLISHED, Option
from workbook.exhibits import option_meanings


def shortlist(case: Case, value: object) -> None:
    rows = [row.model_copy(update={"shortlisted": value}) for row in case.rows(Option)]
    case.write({Option: rows})


def test_it_asks_the_same_of_every_option_of_the_shortlist(example: Case) -> None:
    shown = option_meanings(example)
    kept = [row for row in example.rows(Option) if row.shortlisted]
    assert len(kept) == 5
    assert list(shown.table["Option"]) == [row.short for row in kept]
    assert list(shown.table["Employment"]) == [row.employment for row in kept]
    assert shown.table["Members"][3] == (
        "Regiobureau van de gemeenten, Welzijn Lindermeer, De opvang"
    )
    assert list(shown.table["Current"]) == ["no", "yes", "no", "no", "no"]
    assert shown.sentence == (
        "5 options are scored. For each it is recorded who would be responsible, who would "
        "coordinate and who would be the employer."
    )
    assert (
        "Bij de opvang (nu): Form – within one organisation | Members – De opvang | "
        in (shown.alt.splitlines()[1])
    )


def test_what_is_not_filled_in_is_said_and_counted(example: Case) -> None:
    rows = list(example.rows(Option))
    rows[0] = rows[0].model_copy(update={"coordination": None, "members": (), "form": None})
    example.write({Option: rows})
    shown = option_meanings(example)
    first = shown.table.iloc[0]
    assert [first[head] for head in ("Form", "Members", "Coordination")] == (
        ["not filled in yet"] * 3
    )
    assert "For 1 it is not recorded who would be responsible" in shown.sentence


def test_in_a_published_case_nobody_is_going_to_fill_it_in(published: Case) -> None:
    shown = option_meanings(published)
    assert "not filled in yet" not in shown.alt
    assert list(shown.table["Responsibility"]) == ["not published"] * 7
    assert "these 7 are the positions that the text discusses" in shown.sentence


def test_it_says_when_the_shortlist_is_not_there_yet(example: Case) -> None:
    shortlist(example, None)
    assert "The shortlist is not there yet; it is made in step 6." in (
        option_meanings(example).sentence
    )
    shortlist(example, False)
    shown = option_meanings(example)
    assert shown.missing
    assert shown.sentence == "No option is on the shortlist yet; the shortlist is made in step 6."
    shortlist(example, NOT_PUBLISHED)
    assert "Which options were on the shortlist is not published" in (
        option_meanings(example).sentence
    )


def test_without_options_it_names_the_steps(empty: Case) -> None:
    assert option_meanings(empty).sentence == (
        "There are no options yet; the longlist is made in step 4, the shortlist in step 6."
    )
