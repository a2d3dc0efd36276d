"""The report as it stands now, for in the notebook: what is in it, and the files to take away."""

from __future__ import annotations

import base64

import pandas as pd

from workbook.case import Case
from workbook.exhibits import Exhibit
from workbook.exhibits.exhibit import mark
from workbook.report.compose import compose
from workbook.report.html import page_environment, render_html, sheet_style
from workbook.report.model import Claims, Picture, Section, Table

_FILES = """<!doctype html>
<html lang="{{ lang }}"><head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>{{ style | safe }}</style></head>
<body><main><h1>{{ title }}</h1>
{% if mark %}<p><strong>{{ mark }}</strong></p>{% endif %}
<p>{{ told }}</p>
<ul>{% for name, words, address in files %}
<li><a download="{{ name }}" href="{{ address }}">{{ words }}</a></li>
{% endfor %}</ul></main></body></html>
"""
_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def report_html(case: Case) -> str:
    """Give the report of a case as a page."""
    return render_html(compose(case))


def report_files_html(case: Case) -> str:
    """Give a page from which the report can be taken as a Word document and as a PDF."""
    from workbook.report.pdf import render_pdf  # not needed to show anything
    from workbook.report.word import render_word

    _ = case.translate
    made = compose(case)
    words = {"docx": _("Word, to edit on"), "pdf": _("PDF, to print and to send")}
    contents = {"docx": render_word(made), "pdf": render_pdf(made)}
    files = [
        (
            f"{case.region}.{kind}",
            f"{words[kind]} ({case.region}.{kind})",
            f"data:{_KINDS[kind]};base64,{base64.b64encode(content).decode()}",
        )
        for kind, content in contents.items()
    ]
    return (
        page_environment()
        .from_string(_FILES)
        .render(
            lang=case.lang,
            title=made.title,
            mark=made.mark,
            told=_("The report as the case stands at this moment."),
            files=files,
            style=sheet_style("facilitation.css"),
        )
    )


def report_contents(case: Case) -> Exhibit:
    """Show, chapter by chapter, what is in the report now and where it is still empty."""
    _ = case.translate
    sections = compose(case).sections
    rows = []
    for section in sections:
        said, shown, tables = _counts(section)
        rows.append(
            {
                _("Chapter"): section.heading(_),
                _("Statements"): str(said),
                _("Pictures"): str(shown),
                _("Tables"): str(tables),
                _("State"): "" if section.blocks else _("nothing yet"),
            }
        )
    empty = [section.title for section in sections if not section.blocks]
    sentence = (
        _("{n} chapters are still empty: {names}.").format(n=len(empty), names=", ".join(empty))
        if empty
        else _("Every chapter has something in it.")
    )
    return Exhibit(
        name="report_contents",
        title=_("What is in the report now"),
        sentence=sentence,
        alt="\n".join(": ".join([row[_("Chapter")], row[_("State")] or "✓"]) for row in rows),
        table=pd.DataFrame(rows),
        provenance=(),
        mark=mark(case),
    )


def _counts(section: Section) -> tuple[int, int, int]:
    said = sum(len(block.items) for block in section.blocks if isinstance(block, Claims))
    shown = sum(isinstance(b, Picture) and b.number > 0 for b in section.blocks)
    tables = sum(isinstance(block, Table) for block in section.blocks)
    return said, shown, tables
