"""A returned Excel form, read as a whole or refused with every reason at once."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from workbook.case.tables import Names, Score
from workbook.locale import N_, Message
from workbook.session.asked import Asked
from workbook.session.ballot import Cell
from workbook.session.paper.answers import Answers
from workbook.session.paper.fault import Fault
from workbook.session.paper.hidden import (
    SHEET,
    Hidden,
    NotOurs,
    OtherFormat,
    from_rows,
)
from workbook.session.paper.layout import Kind
from workbook.session.paper.package import LAST_COLUMN, LAST_ROW, Unsafe, read_package

_MOST_TOLD = 8
"""Faults of one form; where rows were moved there would be dozens."""

_NEW_FORM = N_(
    "this is not a form of this workbook, or it was changed; ask for a new form, and only fill in "
    "the yellow cells"
)


@dataclass(frozen=True)
class Returned:
    """One form as it came back: the participant's whole ballot.

    Attributes
    ----------
    digest : str
        Of the file: the same file is known again.
    scores : mapping of (option, criterion) to Score or None
        Every cell of the form; None where nothing was chosen.
    reasons : mapping of (option, criterion) to str
        Every cell; empty where none was given or the form had no place for it.
    order : mapping of criterion to int or None
    """

    participant: str
    digest: str
    scores: Mapping[Cell, Score | None]
    reasons: Mapping[Cell, str]
    order: Mapping[str, int | None]

    @property
    def scored(self) -> int:
        """How many cells hold a score."""
        return sum(score is not None for score in self.scores.values())

    @property
    def empty(self) -> bool:
        """Whether nothing at all was filled in."""
        places = any(place is not None for place in self.order.values())
        return not (self.scored or places or any(self.reasons.values()))


def read_form(
    path: Path,
    *,
    region: str,
    round: str,
    asked: Asked,
    people: Collection[str],
    names: Names | None = None,
) -> Returned | tuple[Fault, ...]:
    """Read one form.

    Parameters
    ----------
    path : Path
    region : str
        The folder of the region.
    round : str
    asked : Asked
        What the round asks.
    people : collection of str
        Ids of the participants.
    names : Names, optional
        How scores will be shown: a form that promised more isn't taken.

    Returns
    -------
    Returned or tuple of Fault
        The whole ballot, or everything for which it isn't taken.
    """
    try:
        data = read_package(path)
        found = _sheets(data)
    except Unsafe as error:
        return (Fault(path.name, error.what, cell=error.cell),)
    except _NotRead as error:
        return (Fault(path.name, error.what),)
    hidden, cells = found
    if other := _other(hidden, region, round, asked, people, names):
        return (Fault(path.name, other),)
    reading = Answers(path.name, hidden, cells)
    scores, reasons, order = reading.read()
    faults = reading.faults
    if faults:
        left = len(faults) - _MOST_TOLD
        if left > 0:
            more = Message(N_("and {n} more cells like these"), n=left)
            faults = [*faults[:_MOST_TOLD], Fault(path.name, more)]
        return tuple(faults)
    return Returned(hidden.participant, hashlib.sha256(data).hexdigest(), scores, reasons, order)


class _NotRead(Exception):
    def __init__(self, msgid: str, **values: str) -> None:
        self.what = Message(msgid, **values)
        super().__init__(msgid)


def _sheets(data: bytes) -> tuple[Hidden, dict[str, Any]]:
    """Give what the hidden sheet says and the cells of the other, by address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that other programs put in
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            hidden, cells = _parts(book)
        except (_NotRead, NotOurs, OtherFormat) as error:
            raise _as_sentence(error) from error
        # openpyxl raises whatever it stumbles over; to the reader each means the same.
        except Exception as error:
            raise _NotRead(
                N_("this file can't be read as an Excel file; open it and save it again as .xlsx")
            ) from error
    return hidden, cells


def _parts(book: Workbook) -> tuple[Hidden, dict[str, Any]]:
    if SHEET not in book.sheetnames:
        raise NotOurs
    rows = [
        ["" if cell.value is None else str(cell.value) for cell in row]
        for row in book[SHEET].iter_rows(max_row=LAST_ROW, max_col=5)
    ]
    hidden = from_rows(rows)
    if hidden.sheet not in book.sheetnames:
        raise _NotRead(
            N_("the sheet “{sheet}” isn't there; give it its name back, or ask for a new form"),
            sheet=hidden.sheet,
        )
    cells = {
        cell.coordinate: cell
        for row in book[hidden.sheet].iter_rows(max_row=LAST_ROW, max_col=LAST_COLUMN)
        for cell in row
        if cell.value is not None
    }
    return hidden, cells


def _as_sentence(error: Exception) -> _NotRead:
    if isinstance(error, _NotRead):
        return error
    if isinstance(error, OtherFormat):
        return _NotRead(N_("this form was made by another version of the workbook; make new forms"))
    return _NotRead(_NEW_FORM)


def _other(
    hidden: Hidden,
    region: str,
    round: str,
    asked: Asked,
    people: Collection[str],
    names: Names | None,
) -> Message | None:
    """Say what a form is for, if it isn't for this."""
    if hidden.region != region:
        return Message(
            N_("this form is of region {other}, not of {region}"),
            other=hidden.region,
            region=region,
        )
    if hidden.round != round:
        return Message(
            N_("this form is of another round (“{other}”), not of “{name}”"),
            other=hidden.round_name,
            name=asked.round,
        )
    if hidden.participant not in people:
        return Message(
            N_("there is no participant {who} in participants.csv"), who=hidden.participant
        )
    if hidden.names == Names.ANONYMOUS and names is Names.OPEN:
        return Message(
            N_(
                "this form promises that scores are anonymous, and this round is by name; ask the "
                "participant, and make new forms"
            )
        )
    scored = {(c.option, c.criterion) for c in hidden.cells if c.kind is Kind.SCORE}
    if scored != asked.cells:
        return Message(
            N_(
                "options or criteria were added or taken out after this form was made; make new "
                "forms"
            )
        )
    return None
