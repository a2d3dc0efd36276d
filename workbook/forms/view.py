"""Widgets whose output also carries what they show as plain data, for readers without a kernel."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Readable:
    """Mixed into a widget: beside its view it displays `readable`, by MIME type."""

    def readable(self) -> dict[str, Any]:
        """Give what a git host, an untrusted notebook or a comparing program sees."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs) or {}  # type: ignore[misc]
        view = bundle[0] if isinstance(bundle, tuple) else bundle
        return {_WIDGET_VIEW: view[_WIDGET_VIEW], **self.readable()}


class View(Readable, widgets.HTML):
    """Shows HTML that can change."""

    def __init__(self) -> None:
        super().__init__()
        self.fallback: dict[str, Any] = {}

    def put(self, html: str, text: str) -> None:
        """Show HTML; the same is kept for readers without a kernel, with a plain text."""
        self.value = html
        self.fallback = {"text/html": html, "text/plain": text}

    def readable(self) -> dict[str, Any]:
        """Give what was put last."""
        return self.fallback
