"""What is wrong with a case, where, and what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbook.locale import N_, Message, translator


@dataclass(frozen=True)
class Problem:
    """One error in a case folder.

    ``row`` counts as a spreadsheet does: the header is row 1. ``record`` is the row's id.
    """

    file: str
    what: Message
    expected: Message | None = None
    row: int | None = None
    record: str | None = None
    column: str | None = None

    def render(self, lang: str) -> str:
        """Give the problem as one sentence with its place first."""
        _ = translator(lang)
        place = [self.file]
        if self.row is not None:
            place.append(_("row {row}").format(row=self.row))
        if self.record:
            place.append(f"({self.record})")
        if self.column:
            place.append(_("column {column}").format(column=self.column))
        return f"{', '.join(place)}: {self.reason(lang)}"

    def reason(self, lang: str) -> str:
        """Give what is wrong and what was expected, for a form that shows the place itself."""
        reason = self.what.render(lang)
        if self.expected is not None:
            expected = translator(lang)(N_("expected: {expected}"))
            reason += "; " + expected.format(expected=self.expected.render(lang))
        return reason


class CaseError(Exception):
    """A case that can't be read or written, as sentences for the person at the keyboard."""

    def __init__(self, problems: Sequence[Problem], lang: str = "nl") -> None:
        self.problems = tuple(problems)
        self.lang = lang
        super().__init__("\n".join(p.render(lang) for p in self.problems))

    def _render_traceback_(self) -> list[str]:
        """Show the sentences and no traceback in a notebook."""
        return [str(self)]


class UserError(Exception):
    """Something the person at the keyboard can mend, as one sentence."""

    def __init__(self, message: Message, lang: str = "nl") -> None:
        self.message = message
        self.lang = lang
        super().__init__(message.render(lang))

    def _render_traceback_(self) -> list[str]:
        """Show the sentence and no traceback in a notebook."""
        return [str(self)]


COULD_NOT_WRITE = N_(
    "{region} could not be written ({why}); is a file open in Excel, or is the disk full?"
)
UNKNOWN_REGION = N_("there is no region “{region}” in {root}")
"""Used by everything that takes a region's name."""
FOLDER_GONE = N_("the folder of {region} is gone; put it back as {folder} and try again")
"""Used where a case that was open has lost its folder."""
