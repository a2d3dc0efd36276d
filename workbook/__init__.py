"""Werkboek Positionering: from a region's case to a preferred scenario, in eight steps.

What a notebook needs is here; it is imported only when asked for, so that a command that draws
nothing doesn't wait for pandas and matplotlib.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_LAZY = {
    "open_case": ("workbook.case", "open_case"),
    "open_cases": ("workbook.case", "open_cases"),
    "show": ("workbook.forms", "show"),
    "exhibits": ("workbook.exhibits", None),
    "forms": ("workbook.forms", None),
    "handbook": ("workbook.handbook", None),
    "report": ("workbook.report", None),
    "run": ("workbook.run", None),
}

__all__ = ["exhibits", "forms", "handbook", "open_case", "open_cases", "report", "run", "show"]


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module 'workbook' has no attribute {name!r}")
    module, attribute = _LAZY[name]
    found = import_module(module)
    return found if attribute is None else getattr(found, attribute)
