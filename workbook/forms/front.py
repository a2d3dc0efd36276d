"""The front door in notebook 00: choose a region, or make one."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from workbook.case import Case, CaseError, UserError
from workbook.case.folder import regions, slug
from workbook.case.template import new_region
from workbook.forms.links import link
from workbook.forms.view import Readable
from workbook.locale import LANGUAGE_NAMES

Prepare = Callable[..., Any]
"""``(region, lang, data)``, giving something with the path of notebook 00 as ``first``."""


class FrontDoor(Readable, widgets.VBox):
    """The regions there are, and a field to make another one.

    Parameters
    ----------
    case : Case
        The region of this notebook.
    prepare : callable
        Makes a region's notebooks, so that they can be opened.
    """

    def __init__(self, case: Case, prepare: Prepare) -> None:
        _ = case.translate
        self._case, self._prepare = case, prepare
        whole = {"description_width": "initial"}
        self.region = widgets.Dropdown(description=_("Region"), style=whole)
        self.go = widgets.Button(description=_("To this region"))
        self.go.on_click(lambda _button: self.choose())
        self.name = widgets.Text(
            placeholder=_("for example: Hart van Twente"),
            description=_("New region"),
            style=whole,
        )
        self.name.on_msg(self._entered)
        self.language = widgets.Dropdown(
            options=[(name, lang) for lang, name in LANGUAGE_NAMES.items()],
            value=case.lang,
            description=_("Language"),
            style=whole,
        )
        self.make = widgets.Button(description=_("Make it"), button_style="primary")
        self.make.on_click(lambda _button: self.create())
        self.told = widgets.HTML()
        super().__init__(
            [
                self.told,  # on top, so that the answer is on the screen where the button is
                widgets.HBox([self.region, self.go]),
                widgets.HBox([self.name, self.language, self.make]),
            ]
        )
        self._list()

    def _list(self) -> None:
        self.region.options = regions(self._case.folder.parent)
        self.region.value = self._case.region

    def _entered(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        if message.get("event") == "submit":
            self.create()

    def choose(self) -> None:
        """Make the notebooks of the chosen region, where they aren't there yet, and link to it."""
        self._link(self.region.value, self._case.lang, self.region.value)

    def create(self) -> None:
        """Make the region whose name was typed, with its notebooks, and link to it."""
        _ = self._case.translate
        name = self.name.value.strip()
        region = slug(name)
        if not region:
            self._tell(escape(_("Type the name of the region first.")), failed=True)
            return
        try:
            new_region(region, self._case.folder.parent, self.language.value, name=name)
        except (UserError, OSError) as error:
            self._tell(escape(self._words(error)), failed=True)
            return
        self._list()
        self.name.value = ""
        self._link(region, self.language.value, name)

    def _link(self, region: str, lang: str, name: str) -> None:
        _ = self._case.translate
        try:
            first: Path = self._prepare(region, lang, self._case.folder.parent).first
        except (UserError, CaseError, OSError) as error:
            self._tell(escape(self._words(error)), failed=True)
            return
        self._tell("➜ " + link(first, _("Open {region}").format(region=name)))

    def _words(self, error: Exception) -> str:
        """Say what went wrong to the reader, whatever the language of the region to be opened."""
        lang = self._case.lang
        if isinstance(error, UserError):
            return error.message.render(lang)
        if isinstance(error, CaseError):
            return "\n".join(problem.render(lang) for problem in error.problems)
        return str(error)

    def _tell(self, html: str, *, failed: bool = False) -> None:
        style = "color:#A01B00;font-weight:bold" if failed else "font-size:16px;font-weight:bold"
        role = "alert" if failed else "status"
        self.told.value = f'<div role="{role}" style="{style}">{html}</div>'

    def readable(self) -> dict[str, Any]:
        """Give what stands there without a kernel."""
        # Which other regions there are differs from machine to machine: not in kept notebooks.
        told = self._case.translate(
            "This notebook is about {region}. Started with “werkboek lab”, another region can be "
            "chosen or made here."
        ).format(region=self._case.info.region)
        return {
            "text/html": f"<p>{escape(told)}</p>",
            "text/plain": told,
        }
