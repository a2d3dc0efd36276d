"""The report as one self-contained HTML page."""

from __future__ import annotations

import base64
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined

from workbook.locale import translator
from workbook.report.model import Report
from workbook.report.own_words import turns


def render_html(report: Report) -> str:
    """Render the report; everything from the case is escaped, nothing is fetched from outside."""
    folder = files("workbook.report")
    environment = page_environment()
    environment.filters["data_uri"] = _data_uri
    for name in ("paragraph", "claims", "table"):
        environment.tests[name] = _is(name)
    environment.tests["turning"] = turns
    template = environment.from_string((folder / "report.html.j2").read_text("utf-8"))
    style = (folder / "report.css").read_text("utf-8")
    return template.render(report=report, style=style, _=translator(report.lang))


def page_environment() -> Environment:
    """Give what pages are rendered with: everything is escaped, and a misspelt name is an error."""
    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def sheet_style(own: str) -> str:
    """Give the style of a page that is made to be printed: what all have, then its own."""
    folder = files("workbook.report")
    return "".join((folder / name).read_text("utf-8") for name in ("sheet.css", own))


def css_text(text: str) -> str:
    """Write a text so that it can stand in a CSS string: nothing but letters, digits, escapes."""
    return "".join(
        sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text
    )


def _is(kind: str) -> Any:
    return lambda block: type(block).__name__ == kind.capitalize()


def _data_uri(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()
