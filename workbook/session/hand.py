"""Ballots that are typed in from paper while a round is in the box."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from workbook.case import Case, UserError
from workbook.case.tables import Round, Score, State
from workbook.locale import N_, Message
from workbook.session.ballot import LONGEST_REASON, Cell, Change, Refused, Stage, Way, Why
from workbook.session.box import BallotBox, box_path

_REFUSED = {
    Why.CLOSED: N_("this round is closed: nothing more is taken"),
    Why.ROUND: N_("this round isn't in the ballot box; open it first"),
    Why.UNKNOWN: N_("this round doesn't ask one of these cells; look at the ballot and try again"),
}
_TOO_LONG = N_("this reason is too long; use at most {n} characters")


def stage_in_box(case: Case, round: str) -> Stage | None:
    """Say where a round stands in the ballot box; None where it isn't in it on this machine."""
    with _box(case) as box:
        return None if box is None else box.stage(round)


def in_box(case: Case, round: str) -> bool:
    """Say whether the ballots of a round are in the box now, so that they go and stay there."""
    return stage_in_box(case, round) in (Stage.OPEN, Stage.CLOSED, Stage.REVEALING)


def elsewhere(case: Case, round: str) -> bool:
    """Say whether a round is under way in the ballot box of another computer, as the case tells.

    What was written to the case meanwhile could be read before the reveal, and stand in its way.
    """
    of = next((row for row in case.rows(Round) if row.id == round), None)
    boxed = of is not None and bool(of.ballot_box) and of.state in (State.OPEN, State.CLOSED)
    return boxed and not in_box(case, round)


def came_by(case: Case, round: str) -> dict[str, Way]:
    """Say who has a ballot in the box and how it came; never what is in it."""
    with _box(case) as box:
        return {} if box is None else box.came_by(round)


def put_by_hand(
    case: Case,
    round: str,
    participant: str,
    scores: Mapping[Cell, Score | None],
    order: Mapping[str, int | None] | None = None,
    reasons: Mapping[Cell, str] | None = None,
) -> None:
    """Put scores, places and reasons in the box; what isn't given stays as it is there.

    Parameters
    ----------
    case : Case
    round, participant : str
    scores : mapping of (option, criterion) to Score
    order : mapping of criterion to place, optional
    reasons : mapping of (option, criterion) to str, optional
        An empty one takes a reason away.

    Raises
    ------
    UserError
        If the round is closed, isn't in the box or doesn't ask one of the cells, or if a reason is
        too long. Then nothing is saved.
    """
    if any(len(reason) > LONGEST_REASON for reason in (reasons or {}).values()):
        raise UserError(Message(_TOO_LONG, n=LONGEST_REASON), case.lang)
    with _box(case) as box:
        if box is None:
            raise UserError(Message(_REFUSED[Why.ROUND]), case.lang)
        change = Change(
            round,
            "",
            secrets.token_hex(8),
            scores,
            reasons or {},
            order or {},
            way=Way.HAND,
        )
        answer = box.put(participant, change)
    if isinstance(answer, Refused):
        raise UserError(Message(_REFUSED[answer.why]), case.lang)


@contextmanager
def _box(case: Case) -> Iterator[BallotBox | None]:
    path = box_path(case.folder)
    if not path.exists():
        yield None
        return
    box = BallotBox(path, lang=case.lang)
    try:
        yield box
    finally:
        box.close()
