"""The widget of a form: it passes on what a person does, and shows what there is to see."""

from __future__ import annotations

from html import escape
from typing import Any

import traitlets

from workbook.case import Case
from workbook.case.state_folder import code
from workbook.forms.form import Form
from workbook.forms.hearing import Hearing, asset, module
from workbook.forms.markup import plain_table
from workbook.forms.sheet import Sheet
from workbook.forms.state import view_state
from workbook.forms.view import Readable


class FormView(Readable, Hearing):
    """A form in a notebook; its output also carries what is stored, as a plain table.

    Messages from the browser are ``{"do": name, "with": {...}, "view": id, "number": n}``; each
    is answered by a new ``state``, with the number of the last message that it takes in.
    """

    _esm = module(asset("form.js"))
    _css = asset("form.css")
    state = traitlets.Dict().tag(sync=True)
    answered = traitlets.Dict().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    case_place = traitlets.Unicode().tag(sync=True)

    _ASKED = frozenset(
        (
            *("edit", "add", "paste", "remove", "cancel", "put_back", "move", "settle", "seen"),
            *(
                "choose",
                "save",
                "save_next",
                "undo",
                "discard",
                "resume",
                "forget",
                "act",
                "retrieve",
                "look",
            ),
        )
    )

    def __init__(self, form: Form) -> None:
        self.form = form
        # Codes: a notebook that is passed on shouldn't tell where its case is kept.
        folder = str(form.case.folder.resolve())
        super().__init__(
            state=view_state(form),
            place=code(f"{folder} {form.sheet.name}"),
            case_place=code(folder),
        )
        form.on_change = self.publish
        self.on_msg(self._received)

    def publish(self) -> None:
        """Send what there is to see now."""
        self.state = view_state(self.form)

    def _received(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        name = message.get("do")
        if name not in self._ASKED:
            return
        changed: Any = True
        try:
            changed = getattr(self.form, name)(**message.get("with", {}))
        except Exception as error:
            # Nobody sees a traceback of a message; the person must know that it wasn't done.
            self.form.fail(error)
            raise
        finally:
            with self.hold_sync():
                self.answered = {
                    **self.answered,
                    str(message.get("view")): message.get("number", 0),
                }
                if name != "look" or changed:
                    self.publish()

    def readable(self) -> dict[str, Any]:
        """Give what stands there without a kernel."""
        head, rows = self.form.sheet.plain(self.form.case)
        title = self.form.sheet.title(self.form.case)
        nothing = self.form.case.translate("Nothing filled in yet.")
        text = "\n".join([title, *(" | ".join(row) for row in rows or [[nothing]])])
        html = f'<p lang="{self.form.case.lang}"><strong>{escape(title)}</strong></p>' + (
            plain_table(head, rows) if rows else f"<p>{escape(nothing)}</p>"
        )
        return {"text/html": html, "text/plain": text}


_open: dict[tuple[str, str], FormView] = {}


def form_view(case: Case, sheet: Sheet) -> FormView:
    """Make the widget of a form; an earlier one of the same form in this kernel goes."""
    place = (str(case.folder), sheet.name)
    if place in _open:
        earlier = _open.pop(place)
        earlier.form.close()
        # It follows the case no more, so what is saved there could undo what was saved since.
        earlier.close()
    _open[place] = view = FormView(Form(case, sheet))
    return view
