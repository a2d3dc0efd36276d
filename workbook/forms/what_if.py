"""Turn an order, the worth of ± and who counts, and see at once what the scores would support."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from workbook.case import Case
from workbook.case.asked import scored_criteria
from workbook.case.tables import Group
from workbook.exhibits import groups_to_leave_out, what_if
from workbook.exhibits.preference.scores import priorities_of
from workbook.exhibits.wording import criterion_names, shown
from workbook.forms.show import Shown
from workbook.forms.soon import Soon
from workbook.forms.view import Readable

_STYLE = {"description_width": "230px"}


class WhatIf(Readable, widgets.VBox):
    """The controls, with a picture that follows them. Nothing here is kept or saved."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._options: dict[str, Any] = {}
        self._listening = True
        self.picture = Shown(what_if, case, self._options)
        super().__init__()
        self._build()
        self._stop = case.observe(Soon(self._follow))

    def _asked(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give what there are controls for: criteria to put in order, groups to leave out."""
        criteria = tuple(row.id for row in scored_criteria(self._case))
        return criteria, tuple(groups_to_leave_out(self._case))

    def _build(self) -> None:
        _ = self._case.translate
        self._built = criteria, groups = self._asked()
        names = criterion_names(self._case)
        given = [rank or 0 for rank in (priorities_of(self._case).plenary or {}).values()]
        last = max([len(criteria), *given])  # ranks may have gaps
        places = [(_("not ranked"), 0), *((str(n), n) for n in range(1, last + 1))]
        self.ranks = {
            id: widgets.Dropdown(options=places, description=names[id], style=_STYLE)
            for id in criteria
        }
        self.place = widgets.IntSlider(
            value=50,
            step=5,
            description=_("± is worth (%)"),
            continuous_update=False,
            style=_STYLE,
        )
        left_out = [(_("nobody"), ""), *((shown(self._case, Group(g)), g) for g in groups)]
        self.without = widgets.Dropdown(options=left_out, description=_("Leave out"), style=_STYLE)
        self.back = widgets.Button(description=_("As it stands"))
        self.back.on_click(lambda _button: self.put_back())
        controls = [*self.ranks.values(), self.place, self.without]
        self._set()
        for control in controls:
            control.layout.width = "430px"
            control.observe(self._turned, names="value")
        # Side by side where there is room, so that the picture stays on the screen.
        order, others = (
            widgets.VBox([*self.ranks.values()]),
            widgets.VBox([self.place, self.without, self.back]),
        )
        self.children = [widgets.Box([order, others], layout={"flex_flow": "row wrap"})]

    def _set(self) -> None:
        """Set every control to how it stands."""
        said = priorities_of(self._case)
        ranked: Mapping[str, int | None] = said.plenary or {}
        if self.ranks and not said.has_plenary:
            groups = said.order().groups or ()
            # One group is an order that puts nothing above anything: nothing is ranked.
            places = enumerate(groups if len(groups) > 1 else (), start=1)
            ranked = {c: place for place, group in places for c in group}
        for id, control in self.ranks.items():
            control.value = ranked.get(id) or 0
        self.place.value, self.without.value = 50, ""

    def put_back(self) -> None:
        """Show how it stands again."""
        self._listening = False
        try:
            self._set()
        finally:
            self._listening = True
        self._options.clear()
        self.picture.redraw()

    def _follow(self) -> None:
        if self._asked() != self._built:
            self._options.clear()
            self._build()
            self.picture.redraw()

    def _turned(self, change: dict[str, Any]) -> None:
        if not self._listening:
            return
        if change["owner"] in self.ranks.values() or "ranks" in self._options:
            self._options["ranks"] = {id: c.value or None for id, c in self.ranks.items()}
        self._options["place"] = self.place.value / 100
        self._options["without"] = self.without.value or None
        self.picture.redraw()

    def readable(self) -> dict[str, Any]:
        """Give in words what can be turned: a picture of controls would help nobody."""
        words = self._case.translate(
            "In a notebook at work: choose a place per criterion, what ± is worth, and a group to "
            "leave out; the picture follows. Nothing is kept."
        )
        return {"text/html": f"<p>{escape(words)}</p>", "text/plain": words}
