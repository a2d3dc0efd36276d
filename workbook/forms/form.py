"""A form without its widget: what a person does to it, and what there is to see.

Everything that the view in the browser can ask is a method here, so that a form is driven in a
test, or by a program, exactly as from a screen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime

from workbook.case import Case, CaseError, Changed, UserError
from workbook.case.bin import Removed, forget, keep, removed
from workbook.case.removal import dependants, removal, restore
from workbook.case.tables import NOT_RECORDED, Row
from workbook.forms.draft import WHOLE_LINE, Draft, block
from workbook.forms.fields import sources, stored
from workbook.forms.keeping import Keeper, Kept, waiting_context
from workbook.forms.sheet import Sheet, Stored, new_key
from workbook.forms.undo import Snapshot

Now = Callable[[], datetime]


class Form:
    """One form on one case.

    Parameters
    ----------
    case : Case
        The case; the form follows its changes until `close`.
    sheet : Sheet
        What is shown and how it is stored.
    now : callable, optional
        The clock, for “saved 14:02”.

    Attributes
    ----------
    draft : Draft
        The lines as they are being edited.
    status : tuple of (str, str)
        Kind (``clean``, ``unsaved``, ``saved``, ``failed``) and the sentence that says so.
    """

    def __init__(self, case: Case, sheet: Sheet, now: Now = datetime.now) -> None:
        self.case, self.sheet, self._now = case, sheet, now
        self.source = self._usual_source()
        self.on_change: Callable[[], None] = lambda: None
        self._drafts: dict[str, Draft] = {}
        self._last_save: tuple[Snapshot, Snapshot] | None = None
        self._binned: Removed | None = None
        self._became: dict[str, str] = {}
        self._unreadable = ""
        self._writes = False
        # Where a draft waits, but for what asks: nobody's own scores are shown unasked.
        asking = {selector.name for selector in sheet.selectors(case) if selector.asks}
        waiting = waiting_context(case.folder, sheet.name)
        chosen = {name: value for name, value in waiting.items() if name not in asking}
        self.context = sheet.settle(case, chosen)
        self._open()
        self._stop = case.observe(self._follow)

    def _open(self) -> None:
        """Show the lines of what is chosen, with the draft that belongs to it."""
        self._keeper = Keeper(self.case.folder, self.sheet.name, self.context)
        self.faults: dict[tuple[str, str], str] = {}
        self.asking = None
        self.offer: Kept | None = None
        self.status = ("clean", "")
        lines = self.sheet.lines(self.case, self.context)
        self.draft = self._drafts.get(self._place) or Draft(lines)
        self.draft.rebase(lines)
        if not self.draft.changes:
            if own := self._keeper.own():  # the cell was run again in the same kernel
                self._take(own)
            else:
                self.offer = self._left_behind()
        self._settle_status()

    def _left_behind(self) -> Kept | None:
        """Find the latest draft that a process left and that says anything new."""
        for kept in self._keeper.left_behind():
            if self._differs(kept):
                return kept
            self._keeper.forget(kept)
        return None

    @property
    def _place(self) -> str:
        return "/".join(self.context.values())

    def _usual_source(self) -> str:
        """Guess where new rows come from: what the last row of this table says."""
        known = {value for value, _label in sources(self.case)}
        for model in self.sheet.models[:1]:
            for row in reversed(self.case.rows(model)):
                if row.source.split(":", 1)[0].strip() in known:
                    return row.source
        return "fictional" if self.case.fictional else NOT_RECORDED

    # what a person does

    def edit(self, key: str, column: str, text: str) -> None:
        """Change one text; a line that isn't there any more is made again."""
        key = self._line(key)
        if key not in self.draft.lines and self.sheet.free:
            self.draft.add(key)
        if key in self.draft.lines:
            self.draft.edit(key, column, _sound(text))
        self._edited()

    def _line(self, key: str) -> str:
        """Give the key of a line by now: who types on while a new line is saved means its row."""
        became = self._became.get(key, key)
        return key if key in self.draft.lines or became not in self.draft.lines else became

    def add(
        self, key: str = "", after: str | None = None, cells: Mapping[str, str] | None = None
    ) -> str:
        """Add a line and give its key."""
        key = key or self._spare_keys(1)[0]
        if self.sheet.free:
            self.draft.add(key, cells or self._defaults(), after)
            self._edited()
        return key

    def _defaults(self) -> dict[str, str]:
        return dict(getattr(self.sheet, "defaults", {}))

    def _spare_keys(self, n: int) -> list[str]:
        found, number = [], 1
        while len(found) < n:
            if new_key(number) not in self.draft.lines:
                found.append(new_key(number))
            number += 1
        return found

    def paste(self, key: str, column: str, text: str) -> None:
        """Spread a block copied from a spreadsheet, starting in one cell."""
        fields = [f for f in self.sheet.fields(self.case, self.context) if f.kind != "fixed"]
        names = [f.name for f in fields]
        start = names.index(column)
        rows = block(_sound(text))
        labels = [f.label.casefold() for f in fields[start:]]
        if len(rows) > 1 and [t.strip().casefold() for t in rows[0]] == labels[: len(rows[0])]:
            rows = rows[1:]  # the headings came along
        rows = [
            [stored(f, t) for f, t in zip(fields[start:], row, strict=False)]
            + row[len(fields[start:]) :]
            for row in rows
        ]
        fresh = self._spare_keys(len(rows)) if self.sheet.free else []
        lost = self.draft.paste(self._line(key), names[start:], rows, fresh)
        for new in fresh:
            if new in self.draft.lines:
                self.draft.lines[new] = {**self._defaults(), **self.draft.lines[new]}
        self._edited()
        if lost:
            told = self.case.translate("Pasted texts that had no place in this form: {n}.")
            self.status = (self.status[0], f"{self.status[1]} {told.format(n=lost)}")

    def remove(self, key: str, *, sure: bool = False) -> None:
        """Mark a line as removed; if other rows go with it, ask first."""
        model = self.sheet.removes_rows_of()
        if model is not None and key in self.draft.base and not sure:
            going = dependants(self.case, model, [key])
            if going:
                self.asking = (key, self._going(key, going))
                return
        self.asking = None
        self.draft.remove(key)
        self._edited()

    def _going(self, key: str, going: Mapping[type[Row], tuple[Row, ...]]) -> str:
        _ = self.case.translate
        counts = ", ".join(f"{len(rows)} × {_(model.title)}" for model, rows in going.items())
        return _(
            "With “{name}” go: {counts}. They stay retrievable under Removed, below this form."
        ).format(name=self._name(key), counts=counts)

    def _name(self, key: str) -> str:
        cells = self.draft.lines.get(key, {})
        texts = [cells.get(name, "") for name in ("name", "subject", "claim", "text")]
        return next((text for text in texts if text), key)

    def cancel(self) -> None:
        """Answer no to what `remove` asked."""
        self.asking = None

    def put_back(self, key: str) -> None:
        """Undo a removal that isn't saved yet."""
        self.draft.put_back(key)
        self._edited()

    def move(self, key: str, by: int) -> None:
        """Move a line up or down."""
        if self.sheet.free and key in self.draft.lines:
            self.draft.move(key, by)
            self._edited()

    def choose(self, name: str, value: str) -> None:
        """Choose above the form; unsaved lines of the former choice are kept for later."""
        if name == "source":
            self.source = value
            return
        self._remember()
        self.context = self.sheet.settle(self.case, {**self.context, name: value})
        self._open()

    def _remember(self) -> None:
        if self.draft.changes:
            self._drafts[self._place] = self.draft
        else:
            self._drafts.pop(self._place, None)

    def settle(self, key: str, column: str, take: bool) -> None:
        """Choose between what stands here and what another window made of it."""
        self.draft.settle(key, column, take=take)
        self._edited()

    def save(self) -> bool:
        """Save, and say so or why not."""
        _ = self.case.translate
        found = Stored()
        chosen = self.context
        try:
            self.case.refresh()
            if self.context != chosen:  # what was chosen is gone: these are other lines
                self._refuse(_("another window saved at the same moment; look and save again"))
                return False
            if self.draft.unsettled:
                self._refuse(_("another window changed the same; choose per field what stays"))
                return False
            found = self.sheet.store(self.case, self.context, self.draft, self.source)
            self.faults = found.faults
            if found.faults:
                self._refuse(self._first_fault())
                return False
            before = Snapshot.of(self.case)
            with self._writing():
                binned = self._write(found)
        except Changed:
            self._refuse(_("another window saved at the same moment; look and save again"))
            return False
        except CaseError as error:
            self._blame(error, found)
            return False
        except (UserError, OSError) as error:
            self._refuse(str(error))
            return False
        after = Snapshot.of(self.case)
        if after != before:  # saving once more without a change leaves what can be undone
            self._last_save, self._binned = (before, after), binned
        self._became |= {key: id for id, key in found.lines_of.items() if key != id}
        self.draft = Draft(self.sheet.lines(self.case, self.context))
        self.faults = {}
        self._forget_draft()
        self._say(_("Saved {time}.").format(time=self._clock()))
        return True

    def save_next(self) -> bool:
        """Save, and go to the next person; the last one's form doesn't stay on the screen."""
        who = next((s for s in self.sheet.selectors(self.case) if s.asks), None)
        if who is None or not self.save():
            return False
        values = [value for value, _label in who.choices]
        place = values.index(self.context[who.name]) + 1
        saved, told = self.context[who.name], self.status[1]
        self.choose(who.name, values[place] if place < len(values) else "")
        self._say(f"{saved}: {told}")
        return True

    def _write(self, found: Stored) -> Removed | None:
        """Write the case, and give what stands in the bin since."""
        model = self.sheet.removes_rows_of()
        gone = [key for key in self.draft.removed if key in self.draft.base]
        if model is None or not gone:
            self.sheet.save(self.case, self.context, self.draft, self.source)
            return None
        tables, scenario, entry = removal(
            self.case, model, gone, when=self._now().isoformat(timespec="minutes")
        )
        keep(self.case, entry)
        try:
            self.case.write({**tables, **found.tables}, () if scenario is None else (scenario,))
        except (Changed, CaseError, UserError):
            # An observer may fail after the save: what is gone then has to stay in the bin.
            if any(row.id in gone for row in self.case.rows(model)):
                forget(self.case, entry)
            raise
        return entry

    def _clock(self) -> str:
        return self._now().strftime("%H:%M")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Keep the form from taking its own save for somebody else's."""
        self._writes = True
        try:
            yield
        finally:
            self._writes = False

    def undo(self) -> bool:
        """Take the last save of this form back; what was typed since stays, unsaved."""
        _ = self.case.translate
        if self._last_save is None:
            return False
        try:
            self.case.refresh()
            was = Snapshot.of(self.case).without(*self._last_save)
            if was is None:
                self._refuse(_("it was changed again since; there is nothing safe to undo"))
                return False
            with self._writing():
                self.case.write(was.tables, was.documents)
            if self._binned is not None:
                forget(self.case, self._binned)
        except (Changed, CaseError, UserError, OSError) as error:
            self._refuse(str(error))
            return False
        self._last_save = self._binned = None
        marks = self.draft.elsewhere
        self.draft.rebase(self.sheet.lines(self.case, self.context))
        self.draft.elsewhere = {
            place: note for place, note in marks.items() if place[0] in self.draft.lines
        }
        self.faults = {}
        self._edited()
        self._say(_("Undone {time}: as it was before the last save.").format(time=self._clock()))
        return True

    def discard(self) -> None:
        """Give up every unsaved change."""
        self.draft = Draft(self.sheet.lines(self.case, self.context))
        self._forget_draft()
        self.faults = {}
        self._settle_status()

    def resume(self) -> None:
        """Take back the draft that was found."""
        if self.offer is not None:
            kept, self.offer = self.offer, None
            self._take(kept)
            self._edited()
            if self.status[0] != "failed":
                self._keeper.forget(kept)
                self.offer = self._left_behind()

    def forget(self) -> None:
        """Leave the draft that was found."""
        if self.offer is not None:
            self._keeper.forget(self.offer)
            self.offer = self._left_behind()

    def act(self, action: str) -> None:
        """Do what the sheet offers beside saving."""
        try:
            self.case.refresh()
            told = self.sheet.act(self.case, self.context, action)
        except (Changed, CaseError, UserError, OSError) as error:
            self._refuse(str(error))
            return
        self._say(told)

    def retrieve(self, number: int) -> None:
        """Put removed rows back."""
        _ = self.case.translate
        try:
            self.case.refresh()
            marks = set(self.draft.elsewhere)
            left_out = restore(self.case, self._bin()[number])
        except IndexError:
            self._refuse(_("another window saved at the same moment; look and save again"))
            return
        except (Changed, CaseError, UserError, OSError) as error:
            self._refuse(str(error))
            return
        notes = self.draft.elsewhere.items()
        self.draft.elsewhere = {at: note for at, note in notes if note.open or at in marks}
        told = _("Put back {time}.").format(time=self._clock())
        if left_out:
            told += " " + _(
                "Rows that stay removed because they name something that is gone: {n}."
            ).format(n=len(left_out))
        self._say(told)

    def removed(self) -> list[Removed]:
        """List what was removed from this form's table; nothing if the list is damaged.

        Whoever removes something, or puts it back, is told of the damage.
        """
        with suppress(UserError):
            return self._bin()
        return []

    def _bin(self) -> list[Removed]:
        model = self.sheet.removes_rows_of()
        if model is None:
            return []
        return [entry for entry in removed(self.case) if entry.model == model.table]

    def look(self) -> bool:
        """Read the case again if another program changed it. Returns whether anything changed."""
        was = self.status
        try:
            changed = self.case.refresh()
        except (CaseError, UserError, OSError) as error:
            told = self.case.translate("The case can't be read at the moment: {why}")
            self._unreadable = told.format(why=error)
            self.status = ("failed", self._unreadable)
            return self.status != was
        if self._unreadable and self.status == ("failed", self._unreadable):
            self._settle_status()  # it can be read again, with or without a change
        self._unreadable = ""
        return changed or self.status != was

    def seen(self) -> None:
        """Take away the marks of what another window changed; open choices stay."""
        notes = self.draft.elsewhere
        self.draft.elsewhere = {place: note for place, note in notes.items() if note.open}

    def fail(self, error: Exception) -> None:
        """Say that the workbook itself went wrong, and that nothing was done."""
        told = self.case.translate(
            "Not done: the workbook went wrong ({why}). What was saved is as it was; what is typed "
            "here is still here."
        )
        self.status = ("failed", told.format(why=type(error).__name__))

    def close(self) -> None:
        """Stop following the case."""
        self._stop()

    @property
    def can_undo(self) -> bool:
        """Whether there is a save to take back."""
        return self._last_save is not None

    def unsaved(self, name: str, value: str) -> bool:
        """Whether choosing this above the form would show unsaved changes."""
        context = {**self.context, name: value}
        if context == self.context:
            return bool(self.draft.changes)
        if "/".join(context.values()) in self._drafts:
            return True
        return Keeper(self.case.folder, self.sheet.name, context).waits()

    # what follows from it

    def _edited(self) -> None:
        found = self.sheet.store(self.case, self.context, self.draft, self.source)
        # A field that is still empty is only a fault once somebody tries to save it.
        self.faults = {
            place: told
            for place, told in found.faults.items()
            if place in self.faults or self.draft.lines.get(place[0], {}).get(place[1])
        }
        self._settle_status()
        if not self.draft.changes:
            self._forget_draft()
            return
        try:
            self._keeper.keep(self.draft.as_json())
        except OSError as error:
            told = self.case.translate("Not saved, and this draft can't be kept on disk: {why}")
            self.status = ("failed", told.format(why=error.strerror))

    def _forget_draft(self) -> None:
        self._drafts.pop(self._place, None)
        self._keeper.drop()

    def _settle_status(self) -> None:
        n = self.draft.changes
        if n:
            told = self.case.translate("Not saved yet ({n} changed).").format(n=n)
            self.status = ("unsaved", told)
        elif self.status[0] != "saved":
            self.status = ("clean", "")

    def _say(self, told: str) -> None:
        """Say what was done, beside what isn't saved yet or can't be kept."""
        kind, more = self.status
        unsaved = bool(self.draft.changes)
        self.status = (kind, f"{told} {more}") if unsaved else ("saved", told)

    def _refuse(self, why: str) -> None:
        self.status = ("failed", self.case.translate("Not saved, because {why}").format(why=why))

    def _first_fault(self) -> str:
        whole = self.faults.get(("", WHOLE_LINE))
        if whole:
            return whole
        return self.case.translate(
            "the marked fields are not right yet ({n}); what is wrong stands beside them"
        ).format(n=len(self.faults))

    def _blame(self, error: CaseError, found: Stored) -> None:
        """Put what the case refused beside the line it is about; the rest in the status."""
        _ = self.case.translate
        shown = [f.name for f in self.sheet.fields(self.case, self.context)]
        elsewhere = []
        for problem in error.problems:
            key = found.lines_of.get(problem.record or "")
            mine = problem.file in {f"{m.table}.csv" for m in self.sheet.models}
            if key is None or not mine:
                elsewhere.append(problem.render(self.case.lang))
                continue
            column = problem.column if problem.column in shown else WHOLE_LINE
            self.faults[key, column] = problem.reason(self.case.lang)
        self._refuse("; ".join(elsewhere) or self._first_fault())

    def _take(self, kept: Kept) -> None:
        draft = Draft.from_json(kept.draft)
        draft.rebase(self.sheet.lines(self.case, self.context))
        draft.join(self.draft)  # something may have been typed before it was taken back
        self.draft = draft

    def _differs(self, kept: Kept) -> bool:
        draft = Draft.from_json(kept.draft)
        draft.rebase(self.sheet.lines(self.case, self.context))
        return bool(draft.changes)

    def _follow(self) -> None:
        """Take in a change of the case, whoever made it."""
        if self._writes:
            return
        settled = self.sheet.settle(self.case, self.context)
        if settled != self.context:
            self._remember()
            self.context = settled
            self._open()
        else:
            self.draft.rebase(self.sheet.lines(self.case, self.context))
            self._settle_status()
        self.on_change()


def _sound(text: str) -> str:
    """Mend what no file can hold: half a character, as a browser may leave, and NUL."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")
