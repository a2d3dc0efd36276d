"""Write ``data/README.md`` from the row models."""

from __future__ import annotations

from pathlib import Path

from workbook.case.codebook import codebook

TARGET = Path(__file__).resolve().parents[1] / "data" / "README.md"

if __name__ == "__main__":
    TARGET.write_text(codebook(), encoding="utf-8")
