"""Write the pictures that the READMEs show, from the fictional region."""

from __future__ import annotations

from pathlib import Path

from workbook.case import open_case
from workbook.exhibits import score_heatmap
from workbook.locale import LANGUAGES

DOCS = Path(__file__).resolve().parents[1] / "docs"

if __name__ == "__main__":
    DOCS.mkdir(exist_ok=True)
    for lang in LANGUAGES:
        shown = score_heatmap(open_case("voorbeeldregio", lang=lang))
        (DOCS / f"score_heatmap.{lang}.png").write_bytes(shown.png or b"")
