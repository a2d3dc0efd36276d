"""A form on the columns of one table; which lines it has is for the subclasses."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.case import Case
from workbook.case.tables import Row
from workbook.forms.fields import Field, field
from workbook.forms.sheet import Context, Sheet


class Columns(Sheet):
    """Some columns of one table, with words of its own.

    Parameters
    ----------
    model : type of Row
        The table.
    columns, more : sequence of str
        Columns shown at once, and those shown under a line on request; the source always is.
    title, about : str
        Msgids of a heading and a sentence that replace the table's own; empty for the table's.
    """

    def __init__(
        self,
        model: type[Row],
        columns: Sequence[str],
        more: Sequence[str],
        title: str,
        about: str,
    ) -> None:
        self.model = model
        self.models = (model,)
        self.columns = tuple(columns)
        self.more = (*more, "source")
        self._title, self._about = title or model.title, about or model.about

    def title(self, case: Case) -> str:
        """Give the heading."""
        return case.translate(self._title)

    def about(self, case: Case) -> str:
        """Say what is filled in."""
        return case.translate(self._about)

    def fields(self, case: Case, context: Context) -> list[Field]:
        """Describe the columns, those on request last."""
        del context
        return [
            field(case, self.model, name, more=name in self.more)
            for name in (*self.columns, *self.more)
        ]
