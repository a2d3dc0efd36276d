"""What forms share while a round is in the ballot box: what is typed goes in, and stays in."""

from __future__ import annotations

from workbook.case import Case
from workbook.session.hand import came_by


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
