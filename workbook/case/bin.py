"""What was removed from a case, kept beside its tables so that it can be put back."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from workbook.case.case import Case
from workbook.case.folder import write_atomically
from workbook.case.problem import UserError
from workbook.locale import N_, Message

BIN = ".removed.json"

Cells = dict[str, str]
"""A row as the texts in its filled cells, by column."""


class Removed(BaseModel):
    """What one removal took away.

    Attributes
    ----------
    when : str
        The minute, as 2026-01-31T14:05.
    model : str
        Name of the table that was removed from.
    label : str
        What was removed, in words.
    tables : dict of table name to rows
        The rows that went.
    changed : dict of table name to rows
        Rows that stayed, as they were when they still named one that went.
    answers : dict of id to ids
        Recommendations that stayed, with the arguments they answered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    when: str
    model: str
    label: str
    tables: dict[str, list[Cells]]
    changed: dict[str, list[Cells]] = {}
    answers: dict[str, list[str]] = {}


_ENTRIES = TypeAdapter(list[Removed])


def removed(case: Case) -> list[Removed]:
    """List what was removed, the newest first.

    Raises
    ------
    UserError
        If the file is damaged; it is left as it is.
    """
    return _entries(case)[::-1]


def keep(case: Case, entry: Removed) -> None:
    """Add a removal to the bin, before the tables are written.

    Raises
    ------
    UserError
        If the bin is damaged or can't be written; nothing should be removed then.
    """
    with case.locked():
        _write(case, [*_entries(case), entry])


def forget(case: Case, entry: Removed, left: Removed | None = None) -> None:
    """Take a removal out of the bin for good, or leave in its place what is left of it."""
    with case.locked():
        entries = _entries(case)
        if entry in entries:
            place = entries.index(entry)
            entries[place : place + 1] = [] if left is None else [left]
            _write(case, entries)


def damaged(case: Case) -> UserError:
    """Say that the bin can't be understood."""
    return UserError(
        Message(
            N_("{file} keeps what was removed, but it is damaged; move it elsewhere to go on"),
            file=case.folder / BIN,
        ),
        case.lang,
    )


def _entries(case: Case) -> list[Removed]:
    try:
        return _ENTRIES.validate_json((case.folder / BIN).read_bytes())
    except FileNotFoundError:
        return []
    except ValidationError as error:
        raise damaged(case) from error
    except OSError as error:
        raise UserError(
            Message(N_("{file} can't be read: {why}"), file=case.folder / BIN, why=error.strerror),
            case.lang,
        ) from error


def _write(case: Case, entries: list[Removed]) -> None:
    write_atomically(case.folder / BIN, _ENTRIES.dump_json(entries, indent=1))
