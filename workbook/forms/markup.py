"""The HTML of an exhibit in a notebook: everything typed by people is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from workbook.exhibits import Exhibit
from workbook.locale import Translate

_BADGE = (
    "display:inline-block;padding:0 .5em;border:1px solid #7A3E00;border-radius:4px;"
    "background:#FFF3E6;color:#7A3E00;font-weight:bold;font-size:85%"
)

# JupyterLab aligns the cells of a table to the right; these hold sentences.
_CELL = 'style="text-align:left;vertical-align:top"'


def exhibit_words(exhibit: Exhibit, lang: str) -> str:
    """Give the title, the mark and the sentence."""
    badge = f' <span style="{_BADGE}">{escape(exhibit.mark)}</span>' if exhibit.mark else ""
    return (
        f'<p lang="{lang}"><strong>{escape(exhibit.title)}</strong>{badge}<br>'
        f"{escape(exhibit.sentence)}</p>"
    )


def exhibit_table(exhibit: Exhibit, lang: str) -> str:
    """Give the table, or nothing where there is none."""
    if exhibit.table.empty:
        return ""
    return (
        f'<div lang="{lang}" style="overflow-x:auto">'
        f"{plain_table(list(exhibit.table), exhibit.table.astype(str).to_numpy().tolist())}</div>"
    )


def plain_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give a table of texts."""
    names = "".join(f'<th scope="col" {_CELL}>{escape(name)}</th>' for name in head)
    lines = "".join(
        "<tr>" + "".join(f"<td {_CELL}>{escape(cell)}</td>" for cell in row) + "</tr>\n"
        for row in rows
    )
    return f"<table>\n<thead><tr>{names}</tr></thead>\n<tbody>\n{lines}</tbody></table>"


def exhibit_details(exhibit: Exhibit, _: Translate, lang: str) -> str:
    """Give the table and the provenance behind one click."""
    provenance = "".join(f"<li>{escape(line)}</li>" for line in exhibit.provenance)
    summary = escape(_("Numbers and where they come from"))
    return (
        f"<details><summary>{summary}</summary>"
        f"{exhibit_table(exhibit, lang)}<ul>{provenance}</ul></details>"
    )
