"""The codebook: every table and column, made from the row models."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from workbook.case.tables import TABLES, Kind, Row, kinds
from workbook.case.tables.document import CaseInfo, Passage, Scenario
from workbook.locale import translator

_INTRO = """\
# Codebook

A region is a folder here with the files below. `werkboek new REGION` makes an empty one,
`werkboek check REGION` names every error and then what is still open. This page is made from the
models in `workbook/case/tables` by `scripts/build_codebook.py`.

Een regio is een map met de bestanden hieronder. `werkboek new REGIO` maakt een lege,
`werkboek check REGIO` noemt elke fout en daarna wat nog open staat.

- **CSV**: UTF-8, a comma between cells, the first row holds the column names. Semicolons, tabs, a
  byte-order mark and Windows-1252 are understood on reading. An empty cell is "not filled in";
  `not published` (or `niet gepubliceerd`) is a value of its own where the table below allows it.
- **Lists** in a cell are separated by `;`. **yes/no** may be `ja`/`nee`. **Scores** are `-1`, `0`,
  `1`, `?` (don't know) or empty (not scored); `-`, `+/-`, `±` and `+` are understood.
- **id** never changes, also when a name does. **source** says where a row comes from: the id of a
  row in `sources.csv` or `meetings.csv`, with the place after a colon, or the words
  `fictional` or `not recorded`.
- **.removed.json** keeps what was removed in a form, scores included, so that it can be put back.
  Delete that file where something must really go. What is typed and not saved yet is kept in the
  user's own state folder, never in the case.
- Other regions than the two that come with the workbook stay out of version control.

The two that come with it: `west-brabant` is the published case, read from the text of the
handbook's second annex: it holds no invented score. `voorbeeldregio` is fictional and complete.
"""


def codebook() -> str:
    """Give the codebook as Markdown, in English with the Dutch beside it."""
    lines = [_INTRO]
    for model in TABLES:
        lines += _table(model)
    lines += ["## Documents", ""]
    for name, document in (("case.yaml", CaseInfo), ("scenario.yaml", Scenario)):
        lines += [f"### {name}", "", "| field | holds | meaning | betekenis |"]
        lines += ["| --- | --- | --- | --- |", *_fields(document)]
        lines.append("")
    lines += [
        "A *statement* is `{id: …, text: …, source: …}`; a recommendation also has `who`, `when` "
        "and `answers` (ids of arguments), a kind of deployment `kind` and `primary`.",
        "",
    ]
    return "\n".join(lines)


def _table(model: type[Row]) -> list[str]:
    _ = translator("nl")
    lines = [
        f"## {model.table}.csv",
        "",
        f"{model.about} *{_(model.about)}*",
        "",
        f"Filled in from step {model.handbook_step} on."
        + (f" Occurs once per {', '.join(f'`{key}`' for key in model.key)}." if model.key else ""),
        "",
        "| column | holds | meaning | betekenis |",
        "| --- | --- | --- | --- |",
    ]
    for name, kind in kinds(model).items():
        help_ = model.model_fields[name].description or ""
        lines.append(f"| `{name}` | {_holds(kind)} | {_cell(help_)} | {_cell(_(help_))} |")
    return [*lines, ""]


def _holds(kind: Kind) -> str:
    words = _cell(kind.expected().render("en"))
    return f"**{words}**" if kind.required else words


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _fields(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    _ = translator("nl")
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel) and inner is not Passage:
            yield from _fields(inner, f"{prefix}{name}.")
            continue
        described = str(inner)
        holds = (
            "statements"
            if "tuple" in described
            else "one statement"
            if "Passage" in described
            else "a day"
            if "date" in described
            else "a number"
            if inner is float
            else "text"
        )
        help_ = _cell(field.description or "")
        yield f"| `{prefix}{name}` | {holds} | {help_} | {_cell(_(field.description or ''))} |"
