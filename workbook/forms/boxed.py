"""What forms share while a round is in the ballot box: what is typed goes in, and stays in."""

from __future__ import annotations

from workbook.case import Case
from workbook.session.hand import came_by, elsewhere


def elsewhere_note(case: Case, round: str) -> str:
    """Say why nothing can be typed in a round that another computer has; nothing if it hasn't."""
    if not elsewhere(case, round):
        return ""
    return case.translate(
        "This round is in the ballot box of another computer: type on that one. If there is no "
        "such computer, choose “being set up” for this round in the form of rounds above."
    )


def boxed_note(case: Case, round: str, participant: str) -> str:
    """Say what becomes of what is typed while a round is in the ballot box."""
    _ = case.translate
    told = _(
        "This round is in the ballot box: what you save goes in and isn't shown again; an "
        "empty cell changes nothing."
    )
    if way := came_by(case, round).get(participant):
        told += " " + _("{who} has a ballot there, {way}; what you type replaces it.").format(
            who=participant, way=_(way.label)
        )
    return told
