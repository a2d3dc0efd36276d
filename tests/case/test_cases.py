"""Several cases, followed as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.case import Case, Cases, UserError, open_cases
from workbook.case.folder import valid_region
from workbook.case.tables import Criterion, Option, Party
from workbook.case.template import new_region


def renamed(case: Case, model: type) -> dict:
    first, *rest = case.rows(model)
    return {model: [first.model_copy(update={"name": "Anders"}), *rest]}


@pytest.fixture
def both(data: Path) -> Cases:
    return open_cases(["voorbeeldregio", "west-brabant"], lang="en", root=data)


def test_they_stand_in_the_order_they_were_named_and_once(data: Path) -> None:
    cases = open_cases(["west-brabant", "voorbeeldregio", "west-brabant"], root=data)
    assert [case.region for case in cases] == ["west-brabant", "voorbeeldregio"]
    assert (len(cases), cases[0].region, cases.lang) == (2, "west-brabant", "nl")
    assert [case.region for case in cases[1:]] == ["voorbeeldregio"]
    assert "west-brabant" in repr(cases)


def test_one_name_is_one_region(data: Path) -> None:
    assert [case.region for case in open_cases("west-brabant", root=data)] == ["west-brabant"]


def test_what_any_of_them_reads_is_collected(both: Cases) -> None:
    with both.reads() as read:
        both[0].rows(Party)
        both[1].rows(Option)
    assert read == {Party, Option}


def test_a_change_of_any_is_told_until_it_ends(both: Cases) -> None:
    told: list[str] = []
    before = both.version(Party)
    end = both.observe(lambda: told.append("changed"))
    for case in both:
        case.write(renamed(case, Party))
    assert len(told) == 2
    assert both.version(Party) != before
    end()
    both[0].write(renamed(both[0], Criterion))
    assert len(told) == 2


def test_every_region_that_is_not_right_is_named(data: Path) -> None:
    (data / "west-brabant" / "criteria.csv").write_text("onzin\n", "utf-8")
    with pytest.raises(UserError) as caught:
        open_cases(["voorbeeldregio", "nergens", "west-brabant"], lang="en", root=data)
    told = str(caught.value)
    assert told.startswith("these regions can't be compared as they are:\n")
    assert "there is no region “nergens”" in told
    assert "west-brabant\ncriteria.csv" in told


def test_none_is_refused() -> None:
    with pytest.raises(UserError, match="name at least one region"):
        open_cases([], lang="en")
    with pytest.raises(ValueError, match="at least one case"):
        Cases([])


def test_a_region_can_not_be_called_compare(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="can't be a region's name: the results of comparing"):
        new_region("compare", tmp_path, "en")
    assert list(tmp_path.iterdir()) == []
    assert valid_region("compare-2") == "compare-2"
