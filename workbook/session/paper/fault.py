"""What is wrong with a returned form, as a sentence that says where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.locale import Message, translator


@dataclass(frozen=True)
class Fault:
    """One thing for which a returned form isn't taken.

    What somebody filled in is never part of it: it would be told to whoever imports the form.

    Attributes
    ----------
    file : str
    what : Message
        What is wrong and what to do.
    sheet, cell : str
        Where, if it is in one cell.
    """

    file: str
    what: Message
    sheet: str = ""
    cell: str = ""

    def render(self, lang: str) -> str:
        """Give it as one sentence with its place first."""
        _ = translator(lang)
        place = [self.file]
        if self.sheet:
            place.append(_("sheet “{sheet}”").format(sheet=self.sheet))
        if self.cell:
            place.append(_("cell {cell}").format(cell=self.cell))
        return f"{', '.join(place)}: {self.what.render(lang)}"
