"""What everybody is promised about their name: the same words on every kind of form."""

from __future__ import annotations

from workbook.case.tables import Names, Round
from workbook.locale import N_, translator
from workbook.session.ballot import Stage
from workbook.session.box import BallotBox

_PROMISES = {
    Names.OPEN: N_(
        "Scores are discussed by name: when the results are shown, everybody in this group sees "
        "who chose what."
    ),
    Names.ANONYMOUS: N_(
        "Scores are anonymous: when the results are shown, nobody sees who chose what."
    ),
    None: N_(
        "Whether scores are by name or anonymous isn't settled yet. You hear it before you hand in "
        "this form."
    ),
}


_RECOGNISABLE = N_(
    "The answers of an earlier round are known by name: whoever gives the same answers again can "
    "be recognised."
)


def promise(names: Names | None, lang: str, *, after_named: bool = False) -> str:
    """Say what everybody will see of this person at the reveal.

    Parameters
    ----------
    names : Names or None
        None while it isn't settled.
    lang : {"nl", "en"}
    after_named : bool
        See `Asked`.
    """
    _ = translator(lang)
    told = _(_PROMISES[names])
    return f"{told} {_(_RECOGNISABLE)}" if after_named else told


def settled(box: BallotBox, of: Round) -> Names | None:
    """Give what may be promised about a round now; None while that can still change.

    Once a round was opened the box decides. Before that the case does, unless the box holds
    another choice: then nothing is promised.
    """
    held = box.names(of.id)
    if box.stage(of.id) not in (None, Stage.SETUP):
        return held
    return of.names if held in (None, of.names) else None
