"""A widget of our own that goes on hearing the kernel on a slow machine."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any
from uuid import uuid4

import anywidget
import traitlets


@cache
def asset(name: str) -> str:
    """Give the text of a file that lies beside this module."""
    return (files("workbook.forms") / name).read_text("utf-8")


def module(own: str) -> str:
    """Give a widget's module; `own` ends with an export of ``initialize`` and ``render``."""
    return asset("hearing.js") + own


class Hearing(anywidget.AnyWidget):
    """A widget whose model in the browser can find itself, to mend what it hears with."""

    own_id = traitlets.Unicode().tag(sync=True)

    def __init__(self, **values: Any) -> None:
        own_id = uuid4().hex
        super().__init__(model_id=own_id, own_id=own_id, **values)
