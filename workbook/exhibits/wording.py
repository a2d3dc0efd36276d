"""Small words that every exhibit needs: names, numbers, lists, values that aren't published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from workbook.case import Case
from workbook.case.tables import (
    NOT_PUBLISHED,
    NOT_RECORDED,
    Criterion,
    Labelled,
    Meeting,
    Option,
    Party,
    Row,
    Source,
)
from workbook.case.tables.document import Provenance

_BRITISH = {"en": "en_GB"}
"""The day before the month, as in Dutch."""


def shown(case: Case, value: Any) -> str:
    """Give a value of a row as people read it: translated, and never a bare ``None``."""
    _ = case.translate
    if value is None or value == ():
        return "–"
    if value == NOT_PUBLISHED:
        return _("not published")
    if isinstance(value, Labelled):
        return _(value.label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return format_date(value, format="long", locale=_BRITISH.get(case.lang, case.lang))
    if isinstance(value, tuple):
        return ", ".join(shown(case, item) for item in value)
    return str(value)


def unfilled(case: Case) -> str:
    """Say that a value isn't there: in a published case nobody is going to fill it in."""
    _ = case.translate
    published = case.info.provenance is Provenance.PUBLISHED
    return _("not published") if published else _("not filled in yet")


def filled(case: Case, value: Any) -> str:
    """Give a value as people read it, or say in words that it isn't there."""
    absent = value is None or value in ((), "")
    return unfilled(case) if absent else shown(case, value)


def told_source(case: Case, source: str) -> str:
    """Give a row's source as people read it: the name of the source before the place."""
    if source == "fictional":
        return shown(case, Provenance.FICTIONAL)
    if source == NOT_RECORDED:
        return case.translate(NOT_RECORDED)
    known = {row.id: row.name for row in (*case.rows(Source), *case.rows(Meeting))}
    head, colon, place = source.partition(":")
    name = known.get(head.strip())
    return source if name is None else f"{name}{colon}{place}"


def number(case: Case, value: float, digits: int = 2, *, signed: bool = True) -> str:
    """Write a number the reader's way, with a real minus sign."""
    pattern = "#,##0." + "0" * digits if digits else "#,##0"
    value = round(value, digits) + 0.0  # no −0
    text = format_decimal(abs(value), format=pattern, locale=case.lang)
    sign = "−" if value < 0 else "+" if signed and value > 0 else ""
    return sign + text


def percent(case: Case, share: float) -> str:
    """Write a share as a whole percentage; what is not quite 0 or 100 doesn't read as such."""
    text = format_percent(share, format="0%", locale=case.lang)
    if 0 < share < 0.005:
        return "<" + format_percent(0.01, format="0%", locale=case.lang)
    if 0.995 <= share < 1:
        return ">" + format_percent(0.99, format="0%", locale=case.lang)
    return text


def listed(case: Case, items: Iterable[str]) -> str:
    """Join names into a phrase: a, b and c."""
    _ = case.translate
    found = list(items)
    if len(found) < 2:
        return "".join(found)
    return ", ".join(found[:-1]) + " " + _("and") + " " + found[-1]


def in_the_middle(name: str, most: int = 44) -> str:
    """Cut a long name in its middle: what tells two names apart is often at the end."""
    half = (most - 3) // 2
    return name if len(name) <= most else f"{name[:half].rstrip()} … {name[-half:].lstrip()}"


def option_names(case: Case) -> dict[str, str]:
    """Short names of the options, by id; the full name where no short one is given."""
    return {row.id: row.short or in_the_middle(row.name) for row in case.rows(Option)}


def criterion_names(case: Case) -> dict[str, str]:
    """Names of the criteria, by id."""
    return {row.id: row.name for row in case.rows(Criterion)}


def party_names(case: Case) -> dict[str, str]:
    """Names of the parties, by id."""
    return {row.id: row.name for row in case.rows(Party)}


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """Make names usable as keys of a picture: a name used twice gets its id behind it."""
    seen: dict[str, int] = {}
    for name in names.values():
        seen[name] = seen.get(name, 0) + 1
    return {id: f"{name} ({id})" if seen[name] > 1 else name for id, name in names.items()}


def from_files(
    case: Case, *models: type[Row], rule: str = "", round: str | None = None
) -> tuple[str, ...]:
    """Say which files, with how many rows, something was made from, and by which rule."""
    _ = case.translate

    def used(model: type[Row]) -> int:
        rows = case.rows(model)
        if round is None or "round" not in model.model_fields:
            return len(rows)
        return sum(row.round == round for row in rows)  # type: ignore[attr-defined]

    parts = [_("{file}.csv ({n} rows)").format(file=model.table, n=used(model)) for model in models]
    lines = [_("Made from: {parts}.").format(parts=", ".join(parts))]
    if rule:
        lines.append(rule)
    return tuple(lines)
