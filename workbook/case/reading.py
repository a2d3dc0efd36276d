"""From the bytes of a CSV or YAML file to rows, with every problem at once."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from workbook.case.problem import Problem
from workbook.case.tables import NOT_PUBLISHED, Row, kinds
from workbook.locale import N_, Message

_NOT_PUBLISHED_ALIASES = ("niet gepubliceerd", "not published", "not_published")
T = TypeVar("T", bound=BaseModel)

_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """Turn bytes into text: UTF-8, else Windows-1252, which older spreadsheets write.

    Windows-1252 is only assumed where the bytes can't be UTF-8 and every one of them is a
    character there; anything else is refused rather than guessed.
    """
    if not data.startswith(_WIDE) and b"\x00" not in data:
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return data.decode(encoding), []
            except UnicodeDecodeError:
                continue
    return "", [
        Problem(file, Message(N_("the file is not text in UTF-8")), Message(N_("CSV UTF-8")))
    ]


@dataclass(frozen=True)
class Parsed:
    """A table as read: rows, the spreadsheet row of each, and what is wrong within it."""

    rows: tuple[Row, ...] = ()
    places: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_table(model: type[Row], data: bytes) -> Parsed:
    """Read one table.

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
    try:
        records = _records(text, model)
    except csv.Error as error:
        fault = Problem(file, Message(N_("this is not a CSV file: {why}"), why=error))
        return Parsed(problems=(fault,))
    if not records:
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
    for number, cells in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems.append(
                Problem(
                    file,
                    Message(N_("the row has {n} cells"), n=len(cells)),
                    Message(N_("{n} cells, as in the first row"), n=len(header)),
                    row=number,
                    record=cells[0],
                )
            )
            continue
        row, faults = _row(model, dict(zip(header, cells, strict=True)), file, number)
        problems += faults
        if row is not None:
            rows.append(row)
            places.append(number)
    problems += _within(model, rows, places, file)
    return Parsed(tuple(rows), tuple(places), tuple(problems))


def _records(text: str, model: type[Row]) -> list[list[str]]:
    """Split the text at the separator that its first line uses."""
    first = text.split("\n", 1)[0]
    known = set(model.columns())

    def hits(separator: str) -> int:
        return len(known & {cell.strip().strip('"') for cell in first.split(separator)})

    separator = max(",;\t", key=hits)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def _header_problems(model: type[Row], header: list[str], file: str) -> list[Problem]:
    wanted = model.columns()
    found: list[Problem] = []
    for name in wanted:
        if name not in header:
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
                    column=name or Message(N_("(no name)")).render("en"),
                )
            )
    return found


def _row(
    model: type[Row], cells: dict[str, str], file: str, number: int
) -> tuple[Row | None, list[Problem]]:
    values: dict[str, Any] = {}
    for name, cell in cells.items():
        tidy = cell.strip()
        if tidy.lower() in _NOT_PUBLISHED_ALIASES and kinds(model)[name].not_published:
            tidy = NOT_PUBLISHED
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
                else Message(N_("“{value}” can't be used here"), value=_short(cells[name])),
                kinds(model)[name].expected(),
                row=number,
                record=values.get("id"),
                column=name,
            )
            for name in faulty
        ]


def _short(value: str) -> str:
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


def read_document(model: type[T], data: bytes, file: str) -> tuple[T | None, list[Problem]]:
    """Read ``case.yaml`` or ``scenario.yaml``; aliases and double keys are refused."""
    text, problems = decode(data, file)
    if problems:
        return None, problems
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_duplicate_keys = False
    try:
        if any(getattr(event, "anchor", None) for event in yaml.parse(io.StringIO(text))):
            return None, [Problem(file, Message(N_("anchors and aliases (& and *) are refused")))]
        content = yaml.load(io.StringIO(text)) or {}
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return None, [
            Problem(
                file,
                Message(
                    N_("this is not YAML: {why}"),
                    why=getattr(error, "problem", None) or type(error).__name__,
                ),
                row=None if mark is None else mark.line + 1,
            )
        ]
    if not isinstance(content, dict):
        return None, [Problem(file, Message(N_("the file holds no fields")))]
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        return None, [
            Problem(
                file, _document_fault(fault), column=".".join(str(part) for part in fault["loc"])
            )
            for fault in error.errors()
        ]


def _document_fault(fault: Any) -> Message:
    if fault["type"] == "extra_forbidden":
        return Message(N_("the field is not known"))
    if fault["type"] == "missing":
        return Message(N_("the field is missing"))
    if fault["type"] == "enum":
        return Message(
            N_("“{value}” can't be used here; expected one of {allowed}"),
            value=_short(str(fault["input"])),
            allowed=fault["ctx"]["expected"].replace("'", ""),
        )
    return Message(N_("“{value}” can't be used here"), value=_short(str(fault["input"])))
