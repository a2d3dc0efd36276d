"""The cells of a returned form, read one by one; what is wrong is noted and never quoted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from workbook.case.tables import Score
from workbook.locale import N_, Message
from workbook.session.ballot import LONGEST_REASON, Cell
from workbook.session.paper.fault import Fault
from workbook.session.paper.hidden import Hidden, Mapped, same
from workbook.session.paper.layout import Kind, holdable


class Answers:
    """Goes through the cells of one form and notes what is wrong."""

    def __init__(self, file: str, hidden: Hidden, cells: Mapping[str, Any]) -> None:
        self._file, self._hidden, self._cells = file, hidden, cells
        self.faults: list[Fault] = []
        self._places = sum(c.kind is Kind.PLACE for c in hidden.cells)

    def read(
        self,
    ) -> tuple[dict[Cell, Score | None], dict[Cell, str], dict[str, int | None]]:
        """Give the scores, the reasons and the order; worth nothing where there are faults."""
        scores: dict[Cell, Score | None] = {}
        reasons: dict[Cell, str] = {}
        order: dict[str, int | None] = {}
        for mapped, value in self._values():
            key = (mapped.option, mapped.criterion)
            if mapped.kind is Kind.SCORE:
                scores[key] = self._score(mapped.address, value)
            elif mapped.kind is Kind.REASON:
                reasons[key] = self._reason(mapped.address, value)
            elif mapped.kind is Kind.PLACE:
                order[mapped.criterion] = self._place(mapped.address, value)
            else:
                self._unchanged(mapped, value)
        self._strays()
        return scores, {key: reasons.get(key, "") for key in scores}, order

    def _values(self) -> Iterator[tuple[Mapped, Any]]:
        for mapped in self._hidden.cells:
            cell = self._cells.get(mapped.address)
            if cell is not None and cell.data_type == "f":
                self._note(
                    mapped.address,
                    N_("here is a formula; type the answer itself in its place"),
                )
            elif cell is not None and cell.data_type in ("e", "b", "d"):
                self._note(
                    mapped.address,
                    N_("here is a date, an error or yes/no; type the answer itself in its place"),
                )
            else:
                yield mapped, None if cell is None else cell.value

    def _score(self, address: str, value: Any) -> Score | None:
        text = _number(value) if isinstance(value, (int, float)) else _text(value)
        if not text:
            return None
        try:
            return Score(text)
        except ValueError:
            self._note(
                address, N_("this is not an answer; choose -, +/-, + or ?, or leave it empty")
            )
            return None

    def _reason(self, address: str, value: Any) -> str:
        text = _text(value)
        if len(text) > LONGEST_REASON:
            self._note(
                address,
                N_("this reason is too long; use at most {n} characters"),
                n=LONGEST_REASON,
            )
        return text

    def _place(self, address: str, value: Any) -> int | None:
        text = _number(value) if isinstance(value, (int, float)) else _text(value)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= self._places:
            return int(text)
        self._note(
            address,
            N_("this is not a place; give a whole number from 1 to {n}, or leave it empty"),
            n=self._places,
        )
        return None

    def _unchanged(self, mapped: Mapped, value: Any) -> None:
        if same(_text(value)) == mapped.text:
            return
        if mapped.kind is Kind.PARTICIPANT:
            self._note(
                mapped.address,
                N_(
                    "the form was made for another participant than this cell says; ask for the "
                    "participant's own form"
                ),
            )
            return
        self._note(
            mapped.address,
            N_(
                "here should stand “{text}”: cells were moved or changed; put it back, or ask for "
                "a new form"
            ),
            text=_short(mapped.text),
        )

    def _strays(self) -> None:
        ours = {mapped.address for mapped in self._hidden.cells}
        for address, cell in self._cells.items():
            if address not in ours and same(_text(cell.value)):
                self._note(
                    address,
                    N_(
                        "something stands outside the cells to fill in; move it to its own cell, "
                        "or empty this one"
                    ),
                )

    def _note(self, address: str, msgid: str, **values: Any) -> None:
        what = Message(msgid, **values)
        self.faults.append(Fault(self._file, what, self._hidden.sheet, address))


def _number(value: float) -> str:
    """Give a number as it is typed: a spreadsheet keeps 1 as 1.0."""
    return str(int(value)) if math.isfinite(value) and value == int(value) else str(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return holdable(str(value)).strip()


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
