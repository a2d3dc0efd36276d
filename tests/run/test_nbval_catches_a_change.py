"""One changed score is caught by strict comparison, which tells old and new counts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workbook.case import Case
from workbook.case.tables import Ballot, Score


def test_a_changed_score_fails_notebook_07(root: Path, example: Case) -> None:
    rows = list(example.rows(Ballot))
    place = next(
        i
        for i, row in enumerate(rows)
        if (row.round, row.option, row.criterion, row.score)
        == ("r2", "stichting", "onafhankelijk", Score.PLUS)
    )
    rows[place] = rows[place].model_copy(update={"score": Score.MINUS})
    example.write({Ballot: rows})
    notebook = root / "notebooks" / "nl" / "07_preference.ipynb"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval"]
    found = subprocess.run(
        [*command, str(notebook)],
        cwd=root,
        env=os.environ | {"WERKBOEK_DATA": str(example.folder.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    place = "Eigen stichting × Onafhankelijke stem: "
    assert f"{place}−0 ±1 +11 ?0" in found.stdout
    assert f"{place}−1 ±1 +10 ?0" in found.stdout
