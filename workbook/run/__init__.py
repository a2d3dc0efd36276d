"""The series per region."""

from workbook.run.execute import NotebookFailed, execute
from workbook.run.notebooks import series_notebooks
from workbook.run.series import Outcome, results_folder, run_region

__all__ = [
    "NotebookFailed",
    "Outcome",
    "execute",
    "results_folder",
    "run_region",
    "series_notebooks",
]
