"""What if: the picture and the sentence follow, and are never taken for how it stands."""

from __future__ import annotations

import pytest

from workbook import exhibits
from workbook.case import Case

OTHER = {"onafhankelijk": 1, "nabij-beleid": 2}


def test_it_is_marked_and_says_when_nothing_is_changed(example: Case) -> None:
    shown = exhibits.what_if(example)
    assert shown.mark == "FICTIONAL EXAMPLE · WHAT IF"
    assert shown.mark in [text.get_text() for text in shown.figure.texts]
    assert shown.sentence.startswith("Nothing is changed: this is how it stands.")
    assert shown.alt == exhibits.support(example).alt


def test_another_order_is_told_with_what_follows(example: Case) -> None:
    shown = exhibits.what_if(example, ranks=OTHER)
    assert "What if: the order is Onafhankelijke stem > Dicht bij beleid > " in shown.sentence
    assert "As it stands it is: leaning, Regio+welzijn+opvang (k = 4)." in shown.sentence
    assert shown.alt != exhibits.support(example).alt


def test_the_worth_of_plusminus_is_told(example: Case) -> None:
    shown = exhibits.what_if(example, place=0.9)
    assert "± is worth 90% of the way from − to +" in shown.sentence
    assert "As it stands it is the same." in shown.sentence
    line = next(line for line in shown.alt.splitlines() if line.startswith("Eigen stichting"))
    assert line not in exhibits.support(example).alt


@pytest.mark.parametrize("group", ["municipalities", "project"])
def test_a_group_can_be_left_out(example: Case, group: str) -> None:
    assert group in exhibits.groups_to_leave_out(example)
    shown = exhibits.what_if(example, without=group)
    assert f"What if: without {group}." in shown.sentence
    left = {"municipalities": 9, "project": 11}[group]
    assert f"The scores of {left} people" in shown.sentence


def test_the_case_is_not_touched(example: Case) -> None:
    before = exhibits.support(example).as_text()
    exhibits.what_if(example, ranks=OTHER, place=0.1, without="municipalities")
    assert exhibits.support(example).as_text() == before


def test_bad_values_are_refused(example: Case) -> None:
    with pytest.raises(ValueError, match="p must lie"):
        exhibits.what_if(example, place=1.5)
    with pytest.raises(ValueError, match="not a criterion"):
        exhibits.what_if(example, ranks={"nothing": 1})


def test_without_scores_it_says_so(empty: Case, published: Case) -> None:
    assert exhibits.what_if(empty).missing
    assert "not published" in exhibits.what_if(published).sentence
