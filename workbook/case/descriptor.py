"""The tables of a case described as a Frictionless Data Package, from the row models."""

from __future__ import annotations

from typing import Any

from workbook.case.tables import NOT_PUBLISHED, TABLES, Kind, Row, kinds
from workbook.locale import translator

_TYPES = {"flag": "boolean", "integer": "integer", "date": "date"}


def table_schema(model: type[Row]) -> dict[str, Any]:
    """Give the Table Schema of a table: types, titles in both languages, keys.

    Follows the Table Schema specification of the Frictionless standards, version 1. A cell with
    several items is a string, with the items separated by ``;``: version 1 has no list that a
    CSV cell can hold, so what its items refer to is said in words only.
    """
    schema: dict[str, Any] = {
        "fields": [_field(model, name, kind) for name, kind in kinds(model).items()],
        "primaryKey": ["id"],
        "missingValues": ["", NOT_PUBLISHED],
    }
    keys = [
        {"fields": [name], "reference": {"resource": kind.ref, "fields": ["id"]}}
        for name, kind in kinds(model).items()
        # Beside ids some columns allow a word, which no key can.
        if kind.ref and kind.name == "reference" and not kind.also
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(model: type[Row], name: str, kind: Kind) -> dict[str, Any]:
    nl = translator("nl")
    described = model.model_fields[name]
    title, help_ = str(described.title), str(described.description)
    field: dict[str, Any] = {
        "name": name,
        "type": _TYPES.get(kind.name, "string"),
        "title": title,
        "title_nl": nl(title),
        "description": f"{help_} ({kind.expected().render('en')})",
        "description_nl": f"{nl(help_)} ({kind.expected().render('nl')})",
    }
    if kind.name == "flag":
        field |= {"trueValues": ["yes"], "falseValues": ["no"]}
    rules: dict[str, Any] = {}
    if kind.required:
        rules["required"] = True
    if name == "id":
        rules["unique"] = True
    if kind.choices and kind.name == "choice":
        rules["enum"] = [member.value for member in kind.choices]
        field["labels"] = {
            member.value: {"en": member.label, "nl": nl(member.label)} for member in kind.choices
        }
    if kind.least is not None:
        rules["minimum"] = kind.least
    if kind.most is not None:
        rules["maximum"] = kind.most
    return field | ({"constraints": rules} if rules else {})


def tables_described() -> list[dict[str, Any]]:
    """Give every table as a resource, without its path and checksum."""
    nl = translator("nl")
    return [
        {
            "name": model.table,
            "title": model.title,
            "title_nl": nl(model.title),
            "description": model.about,
            "description_nl": nl(model.about),
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table_schema(model),
        }
        for model in TABLES
    ]
