"""What every form has in common: which lines it shows of a case, and how it stores them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbook.case import Case, Problem
from workbook.case.tables import Row
from workbook.forms.draft import NEW, Draft, Line
from workbook.forms.fields import Choice, Field, words

Context = Mapping[str, str]
"""What was chosen above a form, such as the participant whose scores it shows."""


@dataclass(frozen=True)
class Selector:
    """One choice above a form; ``choices`` may be empty while there is nothing to choose from.

    With ``asks`` it starts empty: what one person filled in isn't shown unasked, as on a screen in
    front of a room.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    asks: bool = False


@dataclass
class Stored:
    """What a form wants to store, or why it can't.

    Attributes
    ----------
    tables : dict of table to rows
        New contents of whole tables.
    documents : list
        New contents of documents.
    faults : dict of (line key, column) to str
        What is wrong, in the reader's language.
    lines_of : dict of row id to line key
        To find the line again when the case refuses a row.
    """

    tables: dict[type[Row], tuple[Row, ...]] = field(default_factory=dict)
    documents: list[Any] = field(default_factory=list)
    faults: dict[tuple[str, str], str] = field(default_factory=dict)
    lines_of: dict[str, str] = field(default_factory=dict)

    def blame(self, key: str, problems: Iterable[Problem], lang: str, shown: Sequence[str]) -> None:
        """Put the problems of one line beside its fields."""
        for problem in problems:
            column = problem.column if problem.column in shown else ""
            self.faults.setdefault((key, column), problem.reason(lang))


class Sheet:
    """One form's view on a case. Subclasses say which lines there are and what they become.

    Attributes
    ----------
    name : str
        Stable name, also of its draft.
    models : tuple
        Tables that a save may change; undo puts exactly these back.
    free : bool
        Lines may be added, removed and moved.
    layout : {"table", "cards", "matrix"}
        How the view draws it.
    """

    name: str
    models: tuple[type[Row], ...] = ()
    free = False
    layout = "table"

    def title(self, case: Case) -> str:
        """Give the heading."""
        raise NotImplementedError

    def about(self, case: Case) -> str:
        """Give one sentence on what to fill in."""
        raise NotImplementedError

    def selectors(self, case: Case) -> list[Selector]:
        """List the choices above the form."""
        del case
        return []

    def fields(self, case: Case, context: Context) -> list[Field]:
        """List the columns."""
        raise NotImplementedError

    def lines(self, case: Case, context: Context) -> list[Line]:
        """Give the lines as they are stored."""
        raise NotImplementedError

    def headings(self, case: Case, context: Context) -> dict[str, tuple[str, ...]]:
        """Give the words before lines that stand for something fixed, by line key."""
        del case, context
        return {}

    def store(self, case: Case, context: Context, draft: Draft, source: str) -> Stored:
        """Turn the lines into tables and documents; nothing is written."""
        raise NotImplementedError

    def save(self, case: Case, context: Context, draft: Draft, source: str) -> None:
        """Write what `store` gives."""
        stored = self.store(case, context, draft, source)
        case.write(stored.tables, stored.documents)

    def note(self, case: Case, context: Context, draft: Draft) -> str:
        """Say something about the whole, such as the order that results. Empty for nothing."""
        del context
        if self.free or draft.lines:
            return ""
        return case.translate("There is nothing to fill in here until the steps before are.")

    def actions(self, case: Case, context: Context) -> list[Choice]:
        """List what else can be done from here, as (name, label)."""
        del case, context
        return []

    def act(self, case: Case, context: Context, action: str) -> str:
        """Do one of `actions` and say what was done."""
        raise NotImplementedError

    def removes_rows_of(self) -> type[Row] | None:
        """Give the table whose rows go when a line is removed, if others may name them."""
        return None

    def settle(self, case: Case, context: Context) -> dict[str, str]:
        """Give a choice for every selector: the one made if it still exists, else the first."""
        settled = {}
        for selector in self.selectors(case):
            values = [value for value, _label in selector.choices]
            chosen = context.get(selector.name, "")
            first = "" if selector.asks else (values or [""])[0]
            settled[selector.name] = chosen if chosen in values else first
        return settled

    def plain(self, case: Case) -> tuple[list[str], list[list[str]]]:
        """Give what is stored as a plain table, for readers without a kernel."""
        context = self.settle(case, {})
        return self._plain(case, context)

    def _plain(self, case: Case, context: Context) -> tuple[list[str], list[list[str]]]:
        fields = self.fields(case, context)
        lines = self.lines(case, context)
        heads = self.headings(case, context)
        used = [f for f in fields if any(line.cells.get(f.name) for line in lines)] or fields
        width = max((len(head) for head in heads.values()), default=0)
        return (
            [""] * width + [f.label for f in used],
            [
                [*heads.get(line.key, ("",) * width)]
                + [words(f, line.cells.get(f.name, "")) or "–" for f in used]
                for line in lines
            ],
        )


def new_key(number: int) -> str:
    """Give a key for a line that was never stored."""
    return f"{NEW}{number}"
