"""One report model made of exhibits, its renderers, and the papers for a working session."""

from pathlib import Path

from workbook.case import Case
from workbook.case.folder import write_atomically
from workbook.report.compose import compose
from workbook.report.facilitation import facilitation_html, write_facilitation
from workbook.report.handout import handout_html, write_handout
from workbook.report.html import render_html
from workbook.report.model import Report

__all__ = [
    "Report",
    "compose",
    "facilitation_html",
    "handout_html",
    "render_html",
    "write_facilitation",
    "write_handout",
    "write_report",
]


def write_report(case: Case, path: Path) -> None:
    """Write the report of a case as one HTML file, whole or not at all."""
    write_atomically(path, render_html(compose(case)).encode("utf-8"))
