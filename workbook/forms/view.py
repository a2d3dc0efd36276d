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
    """Shows HTML that can change.

    Parameters
    ----------
    html, text, png : str
        See `put`.
    beside : View, optional
        One that is displayed in the same cell and looks alike: what says how it looks is shared, or
        each would bring two widgets of its own. Not one of another cell: a page that is loaded
        again while cells run may know nothing of that yet.
    """

    def __init__(self, html: str, text: str, png: str = "", beside: View | None = None) -> None:
        look = {} if beside is None else {"layout": beside.layout, "style": beside.style}
        super().__init__(html, **look)
        self.fallback = _kept(html, text, png)

    def put(self, html: str, text: str, png: str = "") -> None:
        """Show HTML; readers without a kernel have what is kept beside it.

        Parameters
        ----------
        html : str
        text : str
            For who sees nothing but text.
        png : str
            A picture in base 64, for who sees no HTML of ours; without it they see the HTML.
        """
        self.value = html
        self.fallback = _kept(html, text, png)

    def readable(self) -> dict[str, Any]:
        """Give what was put last."""
        return self.fallback


def _kept(html: str, text: str, png: str) -> dict[str, str]:
    return ({"image/png": png} if png else {"text/html": html}) | {"text/plain": text}
