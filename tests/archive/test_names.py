"""Who may be named in a text: found by the form of the words, whatever else a case says."""

from __future__ import annotations

import pytest

from workbook.archive.flags import flags, small_groups
from workbook.archive.names import names_in
from workbook.archive.pseudonyms import pseudonymous
from workbook.case import Case
from workbook.case.tables import (
    TABLES,
    Argument,
    Group,
    Involvement,
    Meeting,
    Participant,
    Party,
    Round,
    Source,
)

KNOWN = {"Lindermeer", "Gemeente Lindermeer", "Veilig Thuis Lindermeer", "Safegroup", "Surplus"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fatima el Amrani was tegen.", "Fatima el Amrani"),
        ("Volgens Fatima El Amrani gaat het goed.", "Fatima El Amrani"),
        ("Dat zei El Amrani.", "El Amrani"),
        ("Fatima Vries-Jansen", "Fatima Vries-Jansen"),
        ("Gesprek met Şükran Yılmaz", "Şükran Yılmaz"),
        ("Mary O'Brien", "Mary O'Brien"),
        ("VRIES, FATIMA", "VRIES, FATIMA"),
        ("Aanwezig: VRIES, Fatima", "VRIES, Fatima"),
        ("FATIMA EL AMRANI", "FATIMA EL AMRANI"),
        ("Vries, Fatima de", "Vries, Fatima"),
        ("De Vries, F.", "Vries, F."),
        ("J. van der Berg was tegen.", "J. van der Berg"),
        ("Wil de Jong kwam ook.", "Wil de Jong"),
        ("Ahmed Lindermeer was tegen.", "Ahmed Lindermeer"),
        ("Gesprek met Ahmed van Lindermeer", "Ahmed van Lindermeer"),
        ("Dat zei mevrouw De Vries ook al.", "mevrouw De Vries"),
        ("Mw. de Vries", "Mw. de Vries"),
        ("Bel 06-12345678 voor de sleutel.", "06-12345678"),
        ("Bel (06) 12345678.", "(06) 12345678"),
        ("tel. +31 6 12 34 56 78", "+31 6 12 34 56 78"),
        ("Mail naar fatima@voorbeeld.nl.", "fatima@voorbeeld.nl"),
    ],
)
def test_a_name_is_found(text: str, found: str) -> None:
    assert found in list(names_in(text, KNOWN))


@pytest.mark.parametrize(
    "text",
    [
        "De Gemeente Lindermeer wil dit ook.",
        "Bij Safegroup zijn er korte lijnen.",
        "In Lindermeer werkt het al.",
        "Veilig Thuis Lindermeer en Surplus, Safegroup",
        "Huiselijk Geweld",
        "Dit raakt de GGZ, de GGD en VWS, ABC.",
        "Het was goed. De groep stond erachter. Ook de Gemeente Lindermeer.",
        "",
        "   ",
    ],
)
def test_what_is_no_persons_name_is_not_found(text: str) -> None:
    assert list(names_in(text, KNOWN)) == []


def found_in(case: Case) -> set[tuple[str, str, str]]:
    return {(f.file, f.column, f.found) for f in flags(case, pseudonymous(case))}


def change(case: Case, model: type, **update: object) -> str:
    first, *rest = case.rows(model)
    case.write({model: [first.model_copy(update=update), *rest]})
    return first.id


NAME = "Fatima el Amrani"


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (Source, "name"),
        (Source, "reference"),
        (Meeting, "name"),
        (Meeting, "body"),
        (Party, "note"),
        (Involvement, "source"),
    ],
)
def test_a_name_elsewhere_hides_no_name_and_is_flagged_itself(
    example: Case, model: type, column: str
) -> None:
    change(example, Argument, claim=f"{NAME} was tegen.")
    change(example, model, **{column: f"Interview {NAME}"})
    assert {
        ("arguments.csv", "claim", NAME),
        (f"{model.table}.csv", column, NAME),
    } <= found_in(example)


def test_a_name_in_the_project_or_a_statements_source_is_flagged(example: Case) -> None:
    first, *rest = example.info.origin
    told = first.model_copy(update={"source": "mail van mevrouw De Vries, 06-12345678"})
    update = {"project": f"Huis van {NAME}", "origin": (told, *rest)}
    example.write({}, [example.info.model_copy(update=update)])
    found = found_in(example)
    assert ("case.yaml", "project", NAME) in found
    assert ("case.yaml", "source", "mevrouw De Vries") in found
    assert ("case.yaml", "source", "06-12345678") in found


@pytest.mark.parametrize("model", [model for model in TABLES if model is not Participant])
def test_the_source_of_every_table_is_read(example: Case, model: type) -> None:
    if not example.rows(model):
        pytest.skip("no rows")
    change(example, model, source=f"mail van {NAME}")
    assert (f"{model.table}.csv", "source", NAME) in found_in(example)


def test_an_id_made_of_a_name_is_flagged(example: Case) -> None:
    source = example.rows(Source)[0].model_copy(
        update={"id": "interview-fatima-el-amrani", "name": f"Interview {NAME}"}
    )
    example.write({Source: [*example.rows(Source), source]})
    assert ("sources.csv", "id", NAME) in found_in(example)


def test_what_many_rows_say_is_told_once(example: Case) -> None:
    rows = [row.model_copy(update={"source": f"mail van {NAME}"}) for row in example.rows(Party)]
    example.write({Party: rows})
    told = [f for f in flags(example, pseudonymous(example)) if f.column == "source"]
    assert [(f.row, f.more) for f in told] == [(rows[0].id, len(rows) - 1)]
    assert told[0].render("en") == (
        f"parties.csv, {rows[0].id} and {len(rows) - 1} more, source: {NAME}"
    )


def test_little_is_flagged_that_is_no_name(example: Case, published: Case) -> None:
    """What the two regions hold was looked at: names of books, teams and a project; and authors."""
    assert found_in(example) <= {
        ("sources.csv", "name", "Projectplan Ervaringsteam"),
        ("sources.csv", "name", "Beleidsnotitie Rust"),
        ("case.yaml", "project", "Ervaringsteam Voorbeeldregio"),
    }
    found = found_in(published)
    authors = {found_ for file, _column, found_ in found if file == "sources.csv"}
    assert {"L. Vogtländer", "S. van Arum", "S. Noordwest", "N. Bouman"} <= authors
    assert len(found) <= 12


def test_a_group_of_one_or_two_is_told(example: Case) -> None:
    told = [group.render("en") for group in small_groups(pseudonymous(example))]
    assert any("“project” is one person (p12)" in line for line in told)
    assert any("“police and justice” is 2 people (p10, p11)" in line for line in told)
    assert len(told) == 2


def test_a_group_is_counted_within_an_anonymous_round(example: Case) -> None:
    rows = [row.model_copy(update={"group": Group.OTHER}) for row in example.rows(Participant)]
    of = example.rows(Round)[0].id
    alone = rows[0].model_copy(update={"id": "a-1", "only_in": of})
    example.write({Participant: [*rows, alone]})
    assert [group.codes for group in small_groups(pseudonymous(example))] == [("a-1",)]
