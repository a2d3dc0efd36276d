"""One report model made of exhibits, its renderers, and the papers for a working session."""

from collections.abc import Sequence
from pathlib import Path

from workbook.case import Case
from workbook.case.folder import write_atomically
from workbook.report.compose import compose
from workbook.report.facilitation import facilitation_html, write_facilitation
from workbook.report.handout import handout_html, write_handout
from workbook.report.html import render_html
from workbook.report.model import Report
from workbook.report.preview import report_contents, report_files_html, report_html

__all__ = [
    "Report",
    "compose",
    "facilitation_html",
    "handout_html",
    "render_html",
    "report_contents",
    "report_files_html",
    "report_html",
    "write_facilitation",
    "write_handout",
    "write_report",
    "write_reports",
]


def write_report(case: Case, path: Path) -> None:
    """Write the report of a case as one HTML file, whole or not at all."""
    write_atomically(path, render_html(compose(case)).encode("utf-8"))


def write_reports(
    case: Case, folder: Path, formats: Sequence[str], template: Path | None = None
) -> list[Path]:
    """Write the report of a case in a folder, in each of the formats asked for.

    All are made before any is written, so that they never tell of different moments.

    Parameters
    ----------
    case : Case
    folder : Path
    formats : sequence of {"html", "docx", "pdf"}
    template : Path, optional
        A Word document whose house style is used.
    """
    report = compose(case)
    made: dict[str, bytes] = {}
    for format in formats:
        if format == "docx":
            from workbook.report.word import render_word

            made[format] = render_word(report, template)
        elif format == "pdf":
            from workbook.report.pdf import render_pdf

            made[format] = render_pdf(report)
        else:
            made[format] = render_html(report).encode("utf-8")
    paths = []
    for format, content in made.items():
        paths.append(folder / f"report.{format}")
        write_atomically(paths[-1], content)
    return paths
