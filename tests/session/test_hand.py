"""Ballots from paper: scores, places and reasons, by the rules of any other ballot."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbook.case import UserError
from workbook.case.tables import Ballot, Score
from workbook.session.ballot import LONGEST_REASON, Filled, Way
from workbook.session.hand import put_by_hand
from workbook.session.session import Session


@pytest.fixture
def stored(session: Session) -> Callable[[], Filled]:
    """Look into the box, with the code of p01."""
    session.open("r3")
    return lambda: session.box.ballot("r3", session.box.admission.codes()["p01"])


@pytest.fixture
def cells(session: Session, stored: Callable[[], Filled]) -> list[tuple[str, str]]:
    """What the round asks."""
    return sorted(session.box.asked("r3").cells)


def test_a_reason_goes_in_with_its_score_and_comes_out_at_the_reveal(session, stored, cells):
    put_by_hand(session.case, "r3", "p01", {cells[0]: Score.PLUS}, reasons={cells[0]: " because "})
    assert stored().scores == {cells[0]: Score.PLUS}
    assert stored().reasons == {cells[0]: "because"}
    assert stored().way is Way.HAND
    session.close_round("r3")
    session.reveal("r3")
    (row,) = (row for row in session.case.rows(Ballot) if row.round == "r3" and row.reason)
    assert ((row.option, row.criterion), row.score, row.reason) == (
        cells[0], Score.PLUS, "because",
    )  # fmt: skip


def test_what_is_not_given_stays_and_an_empty_reason_takes_it_away(session, stored, cells):
    put_by_hand(session.case, "r3", "p01", {}, reasons={cells[0]: "one", cells[1]: "two"})
    put_by_hand(session.case, "r3", "p01", {cells[0]: Score.MINUS})
    assert stored().reasons == {cells[0]: "one", cells[1]: "two"}
    put_by_hand(session.case, "r3", "p01", {}, reasons={cells[0]: "  "})
    assert stored().reasons == {cells[1]: "two"}


@pytest.mark.parametrize(
    ("cell", "reason", "told"),
    [
        (0, "x" * (LONGEST_REASON + 1), f"too long; use at most {LONGEST_REASON} characters"),
        (("o99", "c99"), "because", "doesn't ask one of these cells"),
    ],
)
def test_a_reason_that_is_refused_takes_nothing_along(session, stored, cells, cell, reason, told):
    where = cells[cell] if cell == 0 else cell
    with pytest.raises(UserError, match=told):
        put_by_hand(session.case, "r3", "p01", {cells[0]: Score.PLUS}, reasons={where: reason})
    assert stored() == Filled()


def test_a_closed_round_takes_no_reason(session, stored, cells):
    session.close_round("r3")
    with pytest.raises(UserError, match="closed"):
        put_by_hand(session.case, "r3", "p01", {}, reasons={cells[0]: "because"})
