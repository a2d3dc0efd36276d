"""What a person is filling in: lines of text that differ from what is stored, not yet saved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from itertools import count
from typing import Any

WHOLE_LINE = ""
"""Stands for the column where something is about a line as a whole."""

NEW = "+"
"""Start of the key of a line that was never stored; no id starts so."""


@dataclass(frozen=True)
class Line:
    """One line of a form: a key that stays the same while it is edited, and its texts."""

    key: str
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Elsewhere:
    """A cell or line that another window or program changed meanwhile.

    Attributes
    ----------
    text : str
        What stands there now, or what a person last saw there where it was taken over.
    what : {"taken", "added", "conflict", "removed", "kept"}
        Taken over; a new line; changed in both places; removed there but changed here; removed
        here but changed there, so it is back.
    """

    text: str
    what: str

    @property
    def open(self) -> bool:
        """Whether a person has to choose before anything is saved."""
        return self.what in ("conflict", "removed")


class Draft:
    """The lines of a form as a person edits them, beside the stored ones they started from.

    Parameters
    ----------
    base : sequence of Line
        What is stored.
    """

    def __init__(self, base: Iterable[Line]) -> None:
        self.base: dict[str, dict[str, str]] = {line.key: dict(line.cells) for line in base}
        self.lines: dict[str, dict[str, str]] = {k: dict(v) for k, v in self.base.items()}
        self.removed: set[str] = set()
        self.elsewhere: dict[tuple[str, str], Elsewhere] = {}

    def edit(self, key: str, column: str, text: str) -> None:
        """Change one text."""
        self.lines[key][column] = text

    def add(
        self, key: str, cells: Mapping[str, str] | None = None, after: str | None = None
    ) -> None:
        """Add a line, at the end or after another one; a key that is there already is left."""
        if key in self.lines:
            return
        order = list(self.lines.items())
        place = list(self.lines).index(after) + 1 if after in self.lines else len(order)
        order.insert(place, (key, dict(cells or {})))
        self.lines = dict(order)

    def remove(self, key: str) -> None:
        """Mark a line as removed; one that was never stored and holds nothing just goes."""
        if key not in self.base:  # then there is nothing elsewhere to choose from either
            self._forget_notes(key)
        if key in self.base or self._holds(key):
            self.removed.add(key)
        else:
            self.lines.pop(key, None)

    def put_back(self, key: str) -> None:
        """Undo `remove`."""
        self.removed.discard(key)

    def move(self, key: str, by: int) -> None:
        """Move a line up (negative) or down."""
        order = list(self.lines.items())
        now = list(self.lines).index(key)
        order.insert(max(0, min(len(order) - 1, now + by)), order.pop(now))
        self.lines = dict(order)

    def paste(
        self, key: str, columns: Sequence[str], block: Sequence[Sequence[str]], fresh: Sequence[str]
    ) -> int:
        """Spread a block over the lines from ``key`` on.

        Parameters
        ----------
        key : str
            The line in which the block starts.
        columns : sequence of str
            The columns that it fills, the first one where it starts.
        block : sequence of sequence of str
            Rows of texts.
        fresh : sequence of str
            Keys for lines to be added where the block is longer than what there is.

        Returns
        -------
        int
            How many texts had no place: beyond the last column or, without fresh keys, the last
            line.
        """
        spare = iter(fresh)
        keys = [k for k in list(self.lines) if k not in self.removed]
        keys = keys[keys.index(key) :] if key in keys else []
        lost = 0
        for number, texts in enumerate(block):
            if number >= len(keys):
                new = next(spare, None)
                if new is None:
                    lost += sum(bool(text.strip()) for text in texts)
                    continue
                self.add(new, after=keys[-1] if keys else None)
                keys.append(new)
            for column, text in zip(columns, texts, strict=False):
                self.edit(keys[number], column, text)
            lost += sum(bool(text.strip()) for text in texts[len(columns) :])
        return lost

    @property
    def kept(self) -> list[Line]:
        """The lines that are not removed, in order."""
        return [Line(k, dict(v)) for k, v in self.lines.items() if k not in self.removed]

    def changed(self, key: str) -> list[str]:
        """Name the columns of a line that differ from what is stored."""
        stored = self.base.get(key, {})
        return [name for name, text in self.lines[key].items() if text != stored.get(name, "")]

    @property
    def added(self) -> list[str]:
        """Keys of lines that are not stored and hold anything."""
        return [
            k for k in self.lines if k not in self.base and k not in self.removed and self._holds(k)
        ]

    def _holds(self, key: str) -> bool:
        return any(text.strip() for text in self.lines.get(key, {}).values())

    @property
    def moved(self) -> bool:
        """Whether stored lines stand in another order."""
        mine = [k for k in self.lines if k in self.base]
        return mine != [k for k in self.base if k in self.lines]

    @property
    def changes(self) -> int:
        """How many cells, lines and moves are not stored yet."""
        cells = sum(
            len(self.changed(k)) for k in self.lines if k in self.base and k not in self.removed
        )
        gone = sum(key in self.base for key in self.removed)
        return cells + len(self.added) + gone + self.moved

    @property
    def unsettled(self) -> bool:
        """Whether a person still has to choose between here and elsewhere."""
        return any(note.open for note in self.elsewhere.values())

    def rebase(self, stored: Iterable[Line]) -> None:
        """Take in what is stored now, keeping every change made here.

        What was changed only elsewhere is taken over and noted; what was changed in both places
        stays as it is here, with the other text beside it, until `settle`. Notes of before stay.
        """
        theirs = {line.key: dict(line.cells) for line in stored}
        notes = dict(self.elsewhere)
        merged: dict[str, dict[str, str]] = {}
        for key, now in theirs.items():
            if key not in self.lines:
                merged[key] = dict(now)
                notes[key, WHOLE_LINE] = Elsewhere("", "added")
                continue
            if (note := notes.get((key, WHOLE_LINE))) and note.what == "removed":
                del notes[key, WHOLE_LINE]  # it is back
            merged[key] = self._merged(key, now, notes)
        for key in self.lines:
            if key in theirs:
                continue
            if key not in self.base:
                merged[key] = self.lines[key]
            elif key not in self.removed and self.changed(key):
                merged[key] = self.lines[key]
                notes[key, WHOLE_LINE] = Elsewhere("", "removed")
        if self.moved:
            order = [*(k for k in self.lines if k in merged), *merged]
        else:
            order = _woven(list(self.lines), list(theirs), merged)
        self.lines = {k: merged[k] for k in dict.fromkeys(order)}
        self.base = theirs
        self.removed &= set(self.lines)
        self.elsewhere = {place: note for place, note in notes.items() if place[0] in self.lines}

    def _merged(
        self, key: str, now: dict[str, str], notes: dict[tuple[str, str], Elsewhere]
    ) -> dict[str, str]:
        old, mine = self.base.get(key, {}), self.lines[key]
        line: dict[str, str] = {}
        for column in dict.fromkeys((*now, *mine)):
            was, here, there = old.get(column, ""), mine.get(column, ""), now.get(column, "")
            if column not in now:  # it isn't shown any more: that doesn't empty it
                notes.pop((key, column), None)
                if here != was:
                    line[column] = here
                continue
            line[column] = here
            if there == was:
                continue
            note = notes.pop((key, column), None)
            if here == was:
                line[column] = there
                seen = note.text if note is not None and note.what == "taken" else was
                if there != seen:
                    notes[key, column] = Elsewhere(seen, "taken")
            elif here != there:
                notes[key, column] = Elsewhere(there, "conflict")
        if key in self.removed and now != old:
            self.removed.discard(key)
            notes[key, WHOLE_LINE] = Elsewhere("", "kept")
        return line

    def settle(self, key: str, column: str, *, take: bool) -> None:
        """Choose what is here, or take what is elsewhere."""
        note = self.elsewhere.pop((key, column), None)
        if note is None or not take:
            return
        if note.what == "conflict":
            self.edit(key, column, note.text)
        elif note.what == "removed":
            self.lines.pop(key, None)
            self.removed.discard(key)
            self._forget_notes(key)

    def _forget_notes(self, key: str) -> None:
        self.elsewhere = {place: note for place, note in self.elsewhere.items() if place[0] != key}

    def join(self, later: Draft) -> None:
        """Put the changes of this draft on top of those of another one of the same stored lines.

        What was typed differently in both stands beside one another, until `settle`.
        """
        spare = (key for n in count(1) if (key := f"{NEW}{n}") not in {*self.lines, *later.lines})
        names = {
            key: next(spare) if key.startswith(NEW) and key in later.lines else key
            for key in self.lines
        }
        self.lines = {names[key]: cells for key, cells in self.lines.items()}
        self.removed = {names[key] for key in self.removed}
        changed = {key for key in self.lines if key not in self.removed and self.changed(key)}
        notes = later.elsewhere | self.elsewhere
        self.rebase(Line(key, cells) for key, cells in later.lines.items())
        notes |= {place: note for place, note in self.elsewhere.items() if note.open}
        self.elsewhere = {place: note for place, note in notes.items() if place[0] in self.lines}
        self.base = {key: dict(cells) for key, cells in later.base.items()}
        self.removed |= later.removed - changed

    def as_json(self) -> dict[str, Any]:
        """Give everything that is needed to go on later."""
        return {
            "base": list(self.base.items()),
            "lines": list(self.lines.items()),
            "removed": sorted(self.removed),
            "elsewhere": [(*place, *astuple(note)) for place, note in self.elsewhere.items()],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Draft:
        """Do the reverse of `as_json`."""
        draft = cls(Line(key, cells) for key, cells in kept["base"])
        draft.lines = {str(key): dict(cells) for key, cells in kept["lines"]}
        draft.removed = set(kept["removed"]) & set(draft.lines)
        draft.elsewhere = {
            (key, column): Elsewhere(text, what)
            for key, column, text, what in kept.get("elsewhere", ())
        }
        return draft


def _woven(mine: list[str], stored: list[str], wanted: Collection[str]) -> list[str]:
    """Put each line that only exists here behind the line that it follows here."""
    order = list(stored)
    for place, key in enumerate(mine):
        if key in wanted and key not in order:
            before = next((k for k in reversed(mine[:place]) if k in order), None)
            order.insert(0 if before is None else order.index(before) + 1, key)
    return order


_CELL = re.compile(r'("(?:[^"]|"")*+"(?=[\t\n]|\Z)|[^\t\n]*)([\t\n]|\Z)')


def block(text: str) -> list[list[str]]:
    """Read what was copied from a spreadsheet: tabs between cells, a line per row.

    Around a cell with a line break or a tab in it stand quotation marks, and those within are
    doubled; all other quotation marks are the cell's own.
    """
    rows: list[list[str]] = [[]]
    for cell, end in _CELL.findall(text.replace("\r\n", "\n").replace("\r", "\n")):
        if cell.startswith('"') and ("\n" in cell or "\t" in cell):
            cell = cell[1:-1].replace('""', '"')
        if cell or end == "\t" or rows[-1]:  # an empty line leaves what stands there
            rows[-1].append(cell)
        if end == "\n":
            rows.append([])
        elif not end:
            break
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return rows
