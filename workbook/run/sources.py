"""Where the numbered notebooks are."""

from __future__ import annotations

import os
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
ELSEWHERE = "WERKBOEK_NOTEBOOKS"
"""Variable with another folder that holds a series, in ``nl/`` and ``en/``."""

COMPARE = "10_"


def series_notebooks(lang: str, root: Path | None = None) -> list[Path]:
    """List the notebooks of the series, 00 to 09, in one language."""
    folder = (root or Path(os.environ.get(ELSEWHERE) or NOTEBOOKS)) / lang
    return [path for path in sorted(folder.glob("[0-9][0-9]_*.ipynb")) if path.name < COMPARE]
