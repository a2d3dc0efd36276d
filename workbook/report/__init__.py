"""One report model made of exhibits, and its renderers."""

from pathlib import Path

from workbook.case import Case
from workbook.case.folder import write_atomically
from workbook.report.compose import compose
from workbook.report.html import render_html
from workbook.report.model import Report

__all__ = ["Report", "compose", "render_html", "write_report"]


def write_report(case: Case, path: Path) -> None:
    """Write the report of a case as one HTML file, whole or not at all."""
    write_atomically(path, render_html(compose(case)).encode("utf-8"))
