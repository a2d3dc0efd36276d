"""What stands on the pages of a PDF, as a reader sees it."""

from __future__ import annotations

import re

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

_BROKEN = re.compile(r"[\s\u200b\u00ad\u2010\x02\ufffe-]")


def squeezed(text: str) -> str:
    """Give a text without spaces and hyphens: where a line ends says nothing."""
    return _BROKEN.sub("", text)


def texts(content: bytes) -> list[str]:
    """Give the text of each page, squeezed."""
    with pypdfium2.PdfDocument(content) as document:
        return [squeezed(page.get_textpage().get_text_range()) for page in document]


def pictures(content: bytes) -> list[tuple[int, tuple[float, float, float, float]]]:
    """Give each picture's page, and where it stands: left, bottom, right, top, as parts of it."""
    found = []
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document):
            wide, high = page.get_size()
            for shown in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = shown.get_bounds()
                found.append((number, (left / wide, bottom / high, right / wide, top / high)))
    return found
