"""What the view in the browser draws of a form, as plain data."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workbook.forms.draft import WHOLE_LINE, Elsewhere
from workbook.forms.fields import Field, sources, words
from workbook.forms.form import Form
from workbook.forms.sheet import Selector
from workbook.locale import N_, Translate

_WORDS = {
    "save": N_("Save"),
    "undo": N_("Undo last save"),
    "discard": N_("Discard changes"),
    "add": N_("Add a row"),
    "remove": N_("Remove"),
    "put_back": N_("Put back"),
    "up": N_("Move up"),
    "down": N_("Move down"),
    "more": N_("more"),
    "save_next": N_("Save, to the next person"),
    "yes": N_("Yes, remove"),
    "no": N_("No, keep"),
    "resume": N_("Take them back"),
    "forget": N_("Leave them"),
    "mine": N_("Keep mine"),
    "theirs": N_("Take the other"),
    "keep_line": N_("Keep the row"),
    "seen": N_("Seen"),
    "removed": N_("Removed"),
    "source": N_("Source of new rows"),
    "required": N_("required"),
    "waiting": N_(
        "The workbook isn't answering; what you type now is not kept yet. Wait, or restart the "
        "kernel (menu Kernel)."
    ),
    "keys_table": N_("Enter: next row. Shift+Enter: new line. A block from Excel can be pasted."),
    "keys_score": N_("Keys: - poor, 0 fair, + good, ? don't know, Delete empties. Arrows move."),
    "nothing": N_("Nothing filled in yet."),
}


def view_state(form: Form) -> dict[str, Any]:
    """Describe a form completely: words, choices, columns, lines, messages and buttons."""
    case, sheet = form.case, form.sheet
    _ = case.translate
    fields = sheet.fields(case, form.context)
    waiting: list[str] = []

    def choice(selector: Selector, value: str, label: str) -> list[str]:
        if not form.unsaved(selector.name, value):
            return [value, label]
        if value != form.context.get(selector.name):
            waiting.append(label)
        return [value, f"{label} •"]

    selectors = [
        {
            "name": selector.name,
            "label": selector.label,
            "value": form.context.get(selector.name, ""),
            "choices": [["", _("choose…")]] * selector.asks
            + [choice(selector, value, label) for value, label in selector.choices],
        }
        for selector in sheet.selectors(case)
    ]
    return {
        "title": sheet.title(case),
        "about": sheet.about(case),
        "lang": case.lang,
        "layout": sheet.layout,
        "free": sheet.free,
        "words": {name: _(text) for name, text in _WORDS.items()},
        "selectors": selectors,
        "waiting": _waiting(waiting, _),
        "source": {"value": form.source, "choices": [list(c) for c in _sources(form)]},
        "columns": [field.as_json() for field in fields],
        "lines": [_line(form, key, fields, _) for key in form.draft.lines],
        "headings": {k: list(v) for k, v in sheet.headings(case, form.context).items()},
        "status": {"kind": form.status[0], "text": form.status[1]},
        "whole": form.faults.get(("", WHOLE_LINE), ""),
        "note": sheet.note(case, form.context, form.draft),
        "offer": _offer(form, _),
        "asking": None if form.asking is None else {"key": form.asking[0], "text": form.asking[1]},
        "actions": [list(action) for action in sheet.actions(case, form.context)],
        "removed": [_removed(entry, _) for entry in form.removed()],
        "undo": form.can_undo,
        "follows": any(s.asks and form.context.get(s.name) for s in sheet.selectors(case)),
        "changes": form.draft.changes,
        "noted": any(not note.open for note in form.draft.elsewhere.values()),
    }


def _sources(form: Form) -> list[tuple[str, str]]:
    if not form.sheet.models:
        return []
    found = sources(form.case)
    if form.source not in dict(found):
        found.insert(0, (form.source, form.source))
    return found


def _line(form: Form, key: str, fields: list[Field], _: Translate) -> dict[str, Any]:
    draft = form.draft
    by_name = {field.name: field for field in fields}
    return {
        "key": key,
        "cells": {field.name: draft.lines[key].get(field.name, "") for field in fields},
        "changed": draft.changed(key) if key in draft.base else [],
        "fresh": key not in draft.base,
        "removed": key in draft.removed,
        "faults": {column: told for (k, column), told in form.faults.items() if k == key},
        "elsewhere": {
            column: {"text": _elsewhere(note, by_name.get(column), _), "open": note.open}
            for (k, column), note in draft.elsewhere.items()
            if k == key
        },
    }


def _elsewhere(note: Elsewhere, field: Field | None, _: Translate) -> str:
    text = words(field, note.text) if field is not None and note.text else note.text
    text = text or _("nothing")
    return {
        "taken": _("Changed in another window; it was: {text}"),
        "added": _("Added in another window"),
        "conflict": _("Another window made it: {text}"),
        "removed": _("Removed in another window, changed here"),
        "kept": _("Removed here, but changed in another window: it is back"),
    }[note.what].format(text=text)


def _offer(form: Form, _: Translate) -> str:
    if form.offer is None:
        return ""
    return _("There are unsaved changes of {time} from before the restart.").format(
        time=form.offer.when.strftime("%d-%m %H:%M")
    )


def _waiting(labels: list[str], _: Translate) -> str:
    if not labels:
        return ""
    return _("Unsaved changes wait under: {names}.").format(names=", ".join(labels))


def _removed(entry: Any, _: Translate) -> str:
    rows = sum(len(rows) for rows in entry.tables.values())
    return _("{label}, removed {when}: {n} rows in all").format(
        label=entry.label, when=f"{datetime.fromisoformat(entry.when):%d-%m %H:%M}", n=rows
    )
