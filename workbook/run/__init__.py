"""The series per region: run it, or work in it.

What is here is imported only when asked for, so that notebook 00, which needs `prepare`, doesn't
wait for what runs a series.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_LAZY = {
    "NotebookFailed": "execute",
    "Outcome": "outcome",
    "Prepared": "live",
    "compare_regions": "compare",
    "latest_region": "live",
    "prepare": "live",
    "results_folder": "places",
    "run_region": "series",
    "runs_folder": "places",
    "series_notebooks": "sources",
}

__all__ = sorted(_LAZY)


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'workbook.run' has no attribute {name!r}")
    return getattr(import_module(f"workbook.run.{_LAZY[name]}"), name)
