"""In the notebook: what the report holds, and the files to take away."""

from __future__ import annotations

import base64
import re

from workbook.case import Case
from workbook.report import report_contents, report_files_html


def test_the_contents_say_which_chapters_are_empty(example: Case, empty: Case) -> None:
    assert report_contents(example).sentence == "Every chapter has something in it."
    found = report_contents(empty)
    assert found.sentence.startswith("14 chapters are still empty: The project, The process, ")
    assert "8. What the scores support and what was decided: ✓" in found.alt
    assert "11. Recommendations: nothing yet" in found.alt


def test_the_page_holds_a_word_document_and_a_pdf(example: Case) -> None:
    html = report_files_html(example)
    found = dict(re.findall(r'download="([^"]+)" href="data:[^;]+;base64,([^"]+)"', html))
    assert base64.b64decode(found["voorbeeldregio.docx"]).startswith(b"PK")
    assert base64.b64decode(found["voorbeeldregio.pdf"]).startswith(b"%PDF")
    assert "FICTIONAL EXAMPLE" in html
