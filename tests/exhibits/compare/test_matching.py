"""Criteria are matched by reference, by name and by alias; never by guessing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from workbook.case import Case, open_cases
from workbook.case.tables import Criterion
from workbook.case.template import new_region
from workbook.exhibits import compare
from workbook.exhibits.compare.matching import compared, match


def criterion(name: str, **values: object) -> Criterion:
    return Criterion(id="c", name=name, source="s", **values)


@pytest.mark.parametrize(
    ("row", "example", "by"),
    [
        (criterion("Heel anders", example="image"), "image", "link"),
        (criterion("IMAGO"), "image", "name"),
        (criterion("Ínstroom in casuistiek"), "inflow", "name"),
        (criterion("Area of work"), "area", "name"),
        (criterion("Neutraal beeld", aliases=("Imago",)), "image", "alias"),
        (criterion("Imago", aliases=("Werkgebied",)), "image", "name"),
        (criterion("Beide", aliases=("Imago", "Werkgebied")), None, "none"),
        (criterion("Imago's"), None, "none"),
        (criterion("Neutraal imago"), None, "none"),
        (criterion("Imago", example="no_such_example"), "image", "name"),
    ],
)
def test_a_criterion_finds_its_example_or_none(row: Criterion, example: str, by: str) -> None:
    found = match(row)
    assert (found.example, found.by) == (example, by)


def test_own_criteria_are_one_by_the_same_name_only(tmp_path: Path) -> None:
    names = {"een": "Café-bezoek", "twee": "cafe bezoek", "drie": "Bezoek aan het café"}
    for region in names:
        new_region(region, tmp_path / "data", "nl")
    cases = open_cases(names, lang="en", root=tmp_path / "data")
    for case, name in zip(cases, names.values(), strict=True):
        case.write({Criterion: [criterion(name, selected=True)]})
    own = [one for one in compared(cases) if one.own]
    assert [one.name for one in own] == ["Café-bezoek", "Bezoek aan het café"]
    assert [sum(bool(rows) for rows in one.rows) for one in own] == [2, 1]
    assert "Named by more than one: Café-bezoek (Een and Twee)." in (
        compare.own_criteria(cases).sentence
    )


def test_the_published_criteria_find_the_examples(both: Sequence[Case]) -> None:
    found = {one.key: [len(rows) for rows in one.rows] for one in compared(both)}
    assert found["position_in_chain"] == [2, 1]
    assert found["inflow"] == [1, 1]
    assert found["intrinsic_motivation"] == [0, 0]
    table = compare.criteria(both, cluster="distinguishing").table
    line = table[(table["Criterion"] == "Inflow of casework")
                 & (table["Region"] == "West-Brabant (from a text)")].iloc[0]  # fmt: skip
    assert line["In the region's words"] == "Instroom casuïstiek"
    assert line["Row"] == "criteria.csv: instroom"


def test_another_cluster_than_the_handbook_s_shows(both: Sequence[Case]) -> None:
    shown = compare.criteria(both, cluster="vision")
    assert "In another cluster somewhere: Support and commitment." in shown.sentence
    alt = next(line for line in shown.alt.splitlines() if line.startswith("Support and"))
    assert "precondition 1 (West-Brabant (from a text))" in alt
    assert "not on its list 1 (Voorbeeldregio (fictional))" in alt


def test_what_a_text_does_not_say_is_not_published(both: Sequence[Case]) -> None:
    shown = compare.criteria(both, cluster="vision")
    alt = next(line for line in shown.alt.splitlines() if line.startswith("Intrinsic"))
    assert "not published 1 (West-Brabant (from a text))" in alt


def test_a_criterion_that_was_dropped_is_told_from_one_that_is_not_there(
    both: Sequence[Case],
) -> None:
    table = compare.criteria(both, cluster="precondition").table
    mine = table[table["Region"] == "Voorbeeldregio (fictional)"].set_index("Criterion")
    became = mine["What became of it"]
    assert became["Availability of experts by experience"] == "considered and dropped"
