"""Returned Excel forms into the ballot box: each file as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbook.locale import N_, Message
from workbook.session.ballot import Change, Refused, Saved, Stage, Way, Why
from workbook.session.paper.excel_reading import Returned, read_form
from workbook.session.paper.fault import Fault
from workbook.session.session import Session

_NO_ROUND = N_("no round is open; open it in notebook 07 and import the form again")
_REFUSED = {
    Why.CLOSED: N_("this round is closed: nothing more is taken"),
    Why.ROUND: N_("this round isn't in the ballot box; open it first"),
    Why.STALE: N_("somebody saved this ballot at the same moment; import the form again"),
    Why.UNKNOWN: N_("this round doesn't ask one of these cells; make new forms"),
    Why.CODE: N_("this participant's code was withdrawn at the same moment; import it again"),
}
_NEVER = -1
"""A version that no ballot has: what is made from it is never saved."""


@dataclass(frozen=True)
class Imported:
    """What became of one file: how many scores, never which.

    Attributes
    ----------
    path : Path
    participant : str
        Empty where the file doesn't tell.
    scored, asked : int
    problems : tuple of str
        Sentences; where there is one, nothing of this file was saved.
    """

    path: Path
    participant: str = ""
    scored: int = 0
    asked: int = 0
    problems: tuple[str, ...] = ()


def import_forms(
    session: Session,
    paths: Iterable[Path],
    *,
    round: str | None = None,
    replace: bool = False,
) -> list[Imported]:
    """Read forms into the round that is open.

    Parameters
    ----------
    session : Session
    paths : iterable of Path
    round : str, optional
        Refuses if it isn't the one that is open.
    replace : bool
        Also where there is a ballot already that came in another way or from another file: the
        form then stands in its place as a whole.

    Returns
    -------
    list of Imported
        One per file, in order. The same file again changes nothing.

    Raises
    ------
    UserError
        If there is no round with this id.
    """
    if round is not None:
        round = session.round(round).id
    return [_import_one(session, Path(path), round, replace) for path in paths]


def _import_one(session: Session, path: Path, round: str | None, replace: bool) -> Imported:
    lang = session.case.lang
    round = round or session.box.open_round()
    asked = session.box.asked(round) if round else None
    if round is None or asked is None:
        return Imported(path, problems=(Fault(path.name, Message(_NO_ROUND)).render(lang),))
    if session.box.stage(round) is not Stage.OPEN:
        closed = Fault(path.name, Message(_REFUSED[Why.CLOSED]))
        return Imported(path, problems=(closed.render(lang),))
    people = {person.id for person in session.people()}
    read = read_form(
        path,
        region=session.case.region,
        round=round,
        asked=asked,
        people=people,
        names=session.box.names(round),
    )
    if not isinstance(read, Returned):
        return Imported(path, problems=tuple(fault.render(lang) for fault in read))
    refused = _put(session, round, read, replace)
    problems = (Fault(path.name, refused).render(lang),) if refused else ()
    return Imported(path, read.participant, read.scored, len(asked.cells), problems)


def _put(session: Session, round: str, read: Returned, replace: bool) -> Message | None:
    """Save one ballot; say why not."""
    if read.empty:
        return Message(
            N_("nothing is filled in; was the form saved before it was sent? Ask for it once more")
        )
    box, person = session.box, read.participant

    def change(made_from: int, base: int) -> Change:
        return Change(
            round,
            "",
            # With the version it was made from, so that it is known whether what counts now is
            # this file: then there is nothing to do.
            f"excel-{read.digest}-{made_from}",
            read.scores,
            read.reasons,
            read.order,
            base,
            Way.EXCEL,
        )

    looked = box.put(person, change(_NEVER, _NEVER))
    version = looked.version
    if version and isinstance(box.put(person, change(version - 1, _NEVER)), Saved):
        return None
    if version and not replace:
        way = box.came_by(round).get(person)
        if way is None:
            return Message(_THERE, who=person)
        return Message(_CAME, who=person, way=Message(way.label))
    answer = box.put(person, change(version, version))
    return Message(_REFUSED[answer.why]) if isinstance(answer, Refused) else None


_THERE = N_(
    "{who} has a ballot in this round already; nothing was changed. With --replace this form "
    "stands in its place"
)
_CAME = N_(
    "{who} has a ballot in this round already, {way}; nothing was changed. With --replace this "
    "form stands in its place"
)
