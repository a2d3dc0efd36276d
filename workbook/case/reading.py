"""From the bytes of a CSV file to rows, with every problem at once."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from workbook.case.problem import Problem
from workbook.case.tables import NOT_PUBLISHED, Kind, Row, kinds
from workbook.locale import N_, Message

_NOT_PUBLISHED_ALIASES = ("niet gepubliceerd", "not published", "not_published")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """Turn bytes into text: UTF-8, else Windows-1252, which older spreadsheets write.

    Windows-1252 is only assumed where the bytes can't be UTF-8, hold no accent that is written
    as in UTF-8, and are all characters there; anything else is refused rather than guessed.
    """
    if not data.startswith(_WIDE) and b"\x00" not in data:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8-sig"), []
        if data.decode("utf-8", "ignore").isascii():
            with suppress(UnicodeDecodeError):
                return data.decode("cp1252"), []
    return "", [
        Problem(file, Message(N_("the file is not text in UTF-8")), Message(N_("CSV UTF-8")))
    ]


@dataclass(frozen=True)
class Parsed:
    """A table as read: rows, the spreadsheet row of each, and what is wrong within it.

    ``ids`` also holds those of rows that can't be used, so that a reference to such a row is not
    called a reference to nothing; None where the file as a whole can't be read.
    """

    ids: frozenset[str] | None = None
    rows: tuple[Row, ...] = ()
    places: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


@lru_cache(maxsize=64)  # two whole cases
def read_table(model: type[Row], data: bytes) -> Parsed:
    """Read one table; the same bytes once, as nothing in what it gives can change.

    A notebook opens the reference case for every panel, and a form its own after every save.

    Parameters
    ----------
    model : type of Row
        The table's row model.
    data : bytes
        Contents of the CSV file.

    Returns
    -------
    Parsed
        The rows without a problem of their own, and every problem of the others.
    """
    file = f"{model.table}.csv"
    text, problems = decode(data, file)
    if problems:
        return Parsed(problems=tuple(problems))
    records: list[list[str]] = []
    try:
        records.extend(_records(text, model))
    except csv.Error as error:
        what = Message(N_("this is not a CSV file: {why}"), why=error)
        return Parsed(problems=(Problem(file, what, row=len(records) + 1),))
    if not any(records):
        fault = Problem(
            file,
            Message(N_("the file is empty")),
            Message(N_("a first row with {columns}"), columns=", ".join(model.columns())),
        )
        return Parsed(problems=(fault,))
    header = [name.strip() for name in records[0]]
    problems = _header_problems(model, header, file)
    if problems:
        return Parsed(problems=tuple(problems))

    rows: list[Row] = []
    places: list[int] = []
    ids: set[str] = set()
    for number, cells in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        written = dict(zip(header, cells, strict=False)).get("id", "").strip()
        ids |= {written, written.casefold()}
        if len(cells) != len(header):
            problems.append(
                Problem(
                    file,
                    Message(N_("the row has {n} cells"), n=len(cells)),
                    Message(N_("{n} cells, as in the first row"), n=len(header)),
                    row=number,
                    record=dict(zip(header, cells, strict=False)).get("id"),
                )
            )
            continue
        row, faults = parse_row(model, dict(zip(header, cells, strict=True)), file, number)
        problems += faults
        if row is not None:
            rows.append(row)
            places.append(number)
    problems += _within(model, rows, places, file)
    return Parsed(frozenset(ids), tuple(rows), tuple(places), tuple(problems))


def _records(text: str, model: type[Row]) -> Iterator[list[str]]:
    """Split the text at the separator that its first line uses."""
    # A spreadsheet takes a line such as sep=; as an instruction and doesn't count it as a row.
    text = re.sub(r"\A\"?sep=[,;\t]\"?\r?\n", "", text, flags=re.IGNORECASE)
    first = text.split("\n", 1)[0]
    known = set(model.columns())

    def hits(separator: str) -> int:
        return len(known & {cell.strip().strip('"') for cell in first.split(separator)})

    separator = max(",;\t", key=hits)
    # A line break within a cell is \n, whatever the file's own line ends.
    yield from csv.reader(io.StringIO(text, newline=None), delimiter=separator, strict=True)


def _header_problems(model: type[Row], header: list[str], file: str) -> list[Problem]:
    wanted, of = model.columns(), kinds(model)
    found: list[Problem] = []
    for name in wanted:
        if name not in header and not of[name].later:
            found.append(Problem(file, Message(N_("the column is missing")), row=1, column=name))
    for index, name in enumerate(header):
        if name in header[:index]:
            found.append(
                Problem(file, Message(N_("the column is there twice")), row=1, column=name)
            )
        elif name not in wanted:
            found.append(
                Problem(
                    file,
                    Message(N_("the column is not known")),
                    Message(N_("only {columns}"), columns=", ".join(wanted)),
                    row=1,
                    column=name or str(index + 1),
                )
            )
    return found


def parse_row(
    model: type[Row], cells: Mapping[str, str], file: str, number: int
) -> tuple[Row | None, list[Problem]]:
    """Turn the texts of one row into the row, or say which of them can't be used."""
    values: dict[str, Any] = {}
    for name, cell in cells.items():
        tidy = cell.strip()
        if tidy.lower() in _NOT_PUBLISHED_ALIASES:
            tidy = _not_published(kinds(model)[name]) or tidy
        if tidy:
            values[name] = tidy
    try:
        return model(**values), []
    except ValidationError as error:
        faulty = dict.fromkeys(str(e["loc"][0]) for e in error.errors())
        return None, [
            Problem(
                file,
                Message(N_("the cell is empty"))
                if name not in values
                else Message(N_("“{value}” can't be used here"), value=shortened(cells[name])),
                kinds(model)[name].expected(),
                row=number,
                record=values.get("id"),
                column=name,
            )
            for name in faulty
        ]


def _not_published(kind: Kind) -> str | None:
    """Give the way in which a cell of this kind says it, if it can."""
    if kind.not_published:
        return NOT_PUBLISHED
    return next((m.value for m in kind.choices or () if m.name == "NOT_PUBLISHED"), None)


def shortened(value: str) -> str:
    """Cut a value to what fits in a sentence."""
    return value if len(value) <= 60 else value[:57] + "…"


def _within(model: type[Row], rows: list[Row], places: list[int], file: str) -> list[Problem]:
    """Find double ids, double keys and the table's own faults."""
    problems: list[Problem] = []
    ids: dict[str, int] = {}
    keys: dict[tuple[Any, ...], int] = {}
    for row, place in zip(rows, places, strict=True):
        if row.id in ids:
            problems.append(
                Problem(
                    file,
                    Message(
                        N_("the id “{id}” is already used in row {row}"), id=row.id, row=ids[row.id]
                    ),
                    row=place,
                    record=row.id,
                    column="id",
                )
            )
        ids.setdefault(row.id, place)
        if model.key:
            key = tuple(getattr(row, name) for name in model.key)
            if key in keys:
                problems.append(
                    Problem(
                        file,
                        Message(
                            N_("the same {columns} are already in row {row}"),
                            columns=", ".join(model.key),
                            row=keys[key],
                        ),
                        row=place,
                        record=row.id,
                        column=model.key[-1],
                    )
                )
            keys.setdefault(key, place)
    for index, name, what in model.faults(rows):
        problems.append(Problem(file, what, row=places[index], record=rows[index].id, column=name))
    return problems
