"""The sheet that nobody sees: whose form it is, what each cell is about, and a checksum.

With it, what comes back is known for what went out, or it is refused: a cell that was moved, a
name that was changed, a number of another participant.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from workbook.session.paper.layout import Kind, Placed

SHEET = "_form"
FORMAT = "2"

_MARK = "werkboek form"
UNSETTLED = "unsettled"

_FACTS = ("region", "round", "round_name", "participant", "sheet", "names")


@dataclass(frozen=True)
class Mapped:
    """What one cell of the form is about."""

    kind: Kind
    address: str
    option: str
    criterion: str
    text: str


@dataclass(frozen=True)
class Hidden:
    """What the hidden sheet says.

    Attributes
    ----------
    region, round, round_name, participant : str
        Whose form it is: folder of the region, id and name of the round, id of the participant.
    sheet : str
        Name of the sheet that people see.
    names : str
        What the form promises: ``open``, ``anonymous`` or `UNSETTLED`.
    cells : tuple of Mapped
        Every cell of that sheet in which something stands or may be filled in.
    """

    region: str
    round: str
    round_name: str
    participant: str
    sheet: str
    names: str
    cells: tuple[Mapped, ...]


class NotOurs(Exception):
    """No sheet of ours, or one that was changed."""


class OtherFormat(Exception):
    """Made by another version of the workbook."""


def mapped(placed: Sequence[Placed]) -> tuple[Mapped, ...]:
    """Give what each cell of a layout is about."""
    return tuple(Mapped(p.kind, p.address, p.option, p.criterion, p.text) for p in placed)


def as_rows(hidden: Hidden) -> list[list[str]]:
    """Give what is written, row by row; the last row is the checksum of the others."""
    rows = [[_MARK, FORMAT]]
    rows += [[fact, getattr(hidden, fact)] for fact in _FACTS]
    rows += [[c.kind.value, c.address, c.option, c.criterion, c.text] for c in hidden.cells]
    return [*rows, ["checksum", _checksum(rows)]]


def from_rows(rows: Sequence[Sequence[str]]) -> Hidden:
    """Read what `as_rows` gave, as a spreadsheet program saved it.

    Raises
    ------
    OtherFormat
        If another version of the workbook made it.
    NotOurs
        If it isn't whole.
    """
    found = [_cut(row) for row in rows]
    found = [row for row in found if row]
    if not found or found[0][0] != _MARK:
        raise NotOurs
    if found[0] != [_MARK, FORMAT]:
        raise OtherFormat
    *rest, end = found
    if end != ["checksum", _checksum(rest)]:
        raise NotOurs
    facts = dict(row for row in rest[1 : 1 + len(_FACTS)])
    cells = [_padded(row) for row in rest[1 + len(_FACTS) :]]
    return Hidden(**facts, cells=tuple(Mapped(Kind(row[0]), *row[1:]) for row in cells))


def same(text: str) -> str:
    """Give a text without what programs change in it: ends of lines, spaces at its ends."""
    return " ".join(text.split())


def _checksum(rows: Sequence[Sequence[str]]) -> str:
    told = [_cut(row) for row in rows]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def _cut(row: Sequence[str]) -> list[str]:
    """Give a row without the empty cells at its end, each text without what programs change."""
    cut = [same(text) for text in row]
    while cut and not cut[-1]:
        cut.pop()
    return cut


def _padded(row: Sequence[str]) -> list[str]:
    return [*row, *[""] * 5][:5]
