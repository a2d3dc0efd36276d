"""What a form shows for a column: its kind of input, words, help and choices."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from workbook import handbook
from workbook.case import Case
from workbook.case.tables import (
    BY_NAME,
    NOT_PUBLISHED,
    NOT_RECORDED,
    Criterion,
    Kind,
    Meeting,
    Row,
    Source,
    kinds,
    to_text,
)

Choice = tuple[str, str]


@dataclass(frozen=True)
class Field:
    """One column of a form.

    Attributes
    ----------
    name : str
        Column of the table.
    label, help : str
        Words above it and the sentence that explains it, in the reader's language.
    kind : {"text", "long", "choice", "choices", "number", "score", "counts", "fixed"}
        Which input shows it; ``fixed`` can't be edited.
    choices : tuple of (str, str)
        Value as stored and as read; for a text, suggestions.
    required : bool
        An empty cell can't be saved.
    more : bool
        Shown under the line, on request.
    """

    name: str
    label: str
    help: str = ""
    kind: str = "text"
    choices: tuple[Choice, ...] = ()
    required: bool = False
    more: bool = False

    def as_json(self) -> dict[str, Any]:
        """Give what the view needs."""
        return asdict(self)


_ONE_LINE = ("name", "short", "subject", "who", "when", "body", "confirmed_by", "source", "project")
"""Texts that are names rather than sentences."""


def field(case: Case, model: type[Row], name: str, *, more: bool = False) -> Field:
    """Describe the input for one column of a table."""
    _ = case.translate
    info, kind = model.model_fields[name], kinds(model)[name]
    help_ = _(str(info.description))
    if kind.name == "items" and not kind.ref and not kind.choices and name != "steps":
        help_ += " " + _("Separate them by ;")
    return Field(
        name,
        _(str(info.title)),
        help_,
        _input(name, kind),
        tuple(_choices(case, model, name, kind)),
        kind.required and name != "source",
        more,
    )


def _input(name: str, kind: Kind) -> str:
    if name in ("example", "step"):
        return "choice"
    if name == "steps":
        return "choices"
    if kind.name == "items":
        return "choices" if kind.ref or kind.choices else "text"
    if kind.name in ("choice", "flag", "reference"):
        return "choice"
    if kind.name == "integer":
        return "number"
    return "text" if name in _ONE_LINE or kind.name != "text" else "long"


def _choices(case: Case, model: type[Row], name: str, kind: Kind) -> list[Choice]:
    _ = case.translate
    found: list[Choice] = []
    if name == "source":
        return sources(case)
    if (model, name) == (Criterion, "example"):
        return [(e.id, e.name.in_(case.lang)) for e in handbook.example_criteria()]
    if name in ("step", "steps"):
        return steps(case)
    if kind.name == "flag":
        found = [("yes", _("yes")), ("no", _("no"))]
    elif kind.choices:
        found = [(member.value, _(member.label)) for member in kind.choices]
    elif kind.ref:
        found = named(case, BY_NAME[kind.ref])
    found += [(word, _(word)) for word in kind.also]
    if kind.not_published:
        found.append((NOT_PUBLISHED, _("not published")))
    return found


def steps(case: Case) -> list[Choice]:
    """Give the eight steps with their short names."""
    return [
        (str(step.number), f"{step.number}. {step.short.in_(case.lang)}")
        for step in handbook.steps()
        if 1 <= step.number <= 8
    ]


def named(case: Case, model: type[Row]) -> list[Choice]:
    """Give the rows of a table as a choice: the id is stored, the name is read."""
    return [(row.id, getattr(row, "name", row.id)) for row in case.rows(model)]


def sources(case: Case) -> list[Choice]:
    """Give what a row may come from: the sources and the meetings of the case."""
    _ = case.translate
    found = [*named(case, Source), *named(case, Meeting)]
    if case.fictional:
        found.insert(0, ("fictional", _("fictional")))
    return [*found, (NOT_RECORDED, _(NOT_RECORDED))]


def texts(row: Row) -> dict[str, str]:
    """Give a row as the texts that stand in its file."""
    return {name: to_text(getattr(row, name)) for name in type(row).columns()}


def words(field_: Field, text: str) -> str:
    """Give a stored text as people read it."""
    if not field_.choices:
        return text
    read = dict(field_.choices)
    parts = text.split(";") if field_.kind == "choices" else [text]
    return ", ".join(read.get(part, part) for part in parts)


def stored(field_: Field, text: str) -> str:
    """Give what is stored for a pasted or typed text: a choice may be named by its words."""
    if field_.kind not in ("choice", "choices"):
        return text
    labels = [label.casefold() for _value, label in field_.choices]
    # Words that two of them share don't say which one is meant.
    read = {
        label: value
        for label, (value, _label) in zip(labels, field_.choices, strict=True)
        if labels.count(label) == 1
    }
    read |= {value.casefold(): value for value, _label in field_.choices}
    whole = read.get(text.strip().casefold())
    if whole is not None or field_.kind == "choice":
        return text.strip() if whole is None else whole
    parts = [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
    return ";".join(read.get(part.casefold(), part) for part in parts)
