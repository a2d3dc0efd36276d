"""What stands where on the Excel form of one participant."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from xlsxwriter.utility import xl_rowcol_to_cell

from workbook import handbook
from workbook.case.tables import SYMBOLS, Names, Score
from workbook.locale import N_, translator
from workbook.session.asked import Asked
from workbook.session.ballot import Cell
from workbook.session.promise import promise

CHOICES = {
    Score.MINUS: "-",
    Score.PLUSMINUS: "+/-",
    Score.PLUS: "+",
    Score.DONT_KNOW: "?",
}
"""What is chosen from the list: every keyboard can type it too."""

_LONGEST = 5000
"""Characters of one text on the form; Excel itself stops at 32767."""


class Kind(StrEnum):
    """What a cell holds: a text that stays as it is, or something to fill in."""

    TEXT = "text"
    PARTICIPANT = "participant"
    SCORE = "score"
    REASON = "reason"
    PLACE = "place"


class Style(StrEnum):
    """How a cell looks."""

    TITLE = "title"
    PLAIN = "plain"
    HEAD = "head"
    LABEL = "label"
    SMALL = "small"
    TEXT = "text"
    BAND = "band"
    BEFORE = "before"
    SCORE = "score"
    REASON = "reason"
    PLACE = "place"


@dataclass(frozen=True)
class Placed:
    """One cell; rows and columns count from 0.

    Attributes
    ----------
    kind : Kind
    row, column : int
    style : Style
    text : str
        What stands in it; empty for a cell to fill in.
    option, criterion : str
        Ids that a cell to fill in is about.
    until : int or None
        Last column, where one text runs over several.
    """

    kind: Kind
    row: int
    column: int
    style: Style
    text: str = ""
    option: str = ""
    criterion: str = ""
    until: int | None = None

    @property
    def address(self) -> str:
        """As a spreadsheet writes it."""
        return xl_rowcol_to_cell(self.row, self.column)


HEAD_ROW = 2
"""The names of the criteria; they stay in view with what is above them."""


def sheet_name(lang: str) -> str:
    """Give the name of the sheet that people see."""
    return translator(lang)(N_("Score form"))


def title(asked: Asked, lang: str) -> str:
    """Give a title that tells nobody what it is about."""
    _ = translator(lang)
    parts = [_("Working session"), asked.region, asked.round]
    if asked.fictional:
        parts.append(_("FICTIONAL EXAMPLE"))
    return tidy(" · ".join(parts))


def layout(
    asked: Asked,
    participant: str,
    lang: str,
    earlier: Mapping[Cell, Score] | None = None,
    names: Names | None = None,
) -> list[Placed]:
    """Lay out the form of one participant.

    Parameters
    ----------
    asked : Asked
    participant : str
    lang : {"nl", "en"}
        Of the workbook's own words; the case's words stay as they are.
    earlier : mapping, optional
        What this participant scored in the round before. With it, every option gets a row that
        shows it and a row for reasons.
    names : Names, optional
        What is promised about this person's name; None while it isn't settled.

    Returns
    -------
    list of Placed
        From the top down and from left to right.
    """
    sheet = _Sheet(asked, lang)
    sheet.head(participant)
    sheet.explain(names)
    sheet.ask_scores(earlier or {})
    sheet.ask_order()
    return sheet.placed


class _Sheet:
    def __init__(self, asked: Asked, lang: str) -> None:
        self.asked, self.lang, self._ = asked, lang, translator(lang)
        self.placed: list[Placed] = []
        self._row = 0

    def head(self, participant: str) -> None:
        _ = self._
        self._label(Style.TITLE, title(self.asked, self.lang))
        self._row += 1
        self._label(Style.PLAIN, _("Participant"))
        self.placed.append(Placed(Kind.PARTICIPANT, self._row, 1, Style.PLAIN, participant))
        self._row += 1
        self._across(Style.HEAD, _("Option"), [c.name for c in self.asked.criteria], Style.HEAD)

    def explain(self, names: Names | None) -> None:
        _ = self._
        self._over(
            _("By name or anonymous"), promise(names, self.lang, after_named=self.asked.after_named)
        )
        self._over(
            _("How to fill in"),
            _(
                "Choose an answer in every yellow cell: from its list, or type it. You may leave a "
                "cell empty: that is “not scored”. At the bottom you give your own order of "
                "importance. The rest can't be changed. Save the file under the same name, as "
                ".xlsx, and send it only to the person it came from: your answers can be read in "
                "it. Don't put your name in it."
            ),
        )
        if any(c.description for c in self.asked.criteria):
            texts = [c.description or "–" for c in self.asked.criteria]
            self._across(Style.LABEL, _("What it asks"), texts)
        own = [
            [c.minus for c in self.asked.criteria],
            [c.plusminus for c in self.asked.criteria],
            [c.plus for c in self.asked.criteria],
        ]
        levels = {level.value: level for level in handbook.scale()}
        for score, texts in zip(Score, [*own, []], strict=True):
            level = levels[score.value]
            label, meaning = f"{CHOICES[score]}   {level.name.in_(self.lang)}", level.meaning
            if any(texts):
                whole = meaning.in_(self.lang)
                self._across(Style.LABEL, label, [text or whole for text in texts])
            else:
                self._over(label, meaning.in_(self.lang))

    def ask_scores(self, earlier: Mapping[Cell, Score]) -> None:
        _ = self._
        words = {level.value: level.name.in_(self.lang) for level in handbook.scale()}
        scale = "     ".join(f"{sign} {words[score.value]}" for score, sign in CHOICES.items())
        self._band(_("Your scores: {scale}").format(scale=scale))
        for option in self.asked.options:
            name = option.name
            if len(option.members) > 1:
                name += f"\n({', '.join(option.members)})"
            self._inputs(Kind.SCORE, Style.SCORE, Style.LABEL, name, option.id)
            if not earlier:
                continue
            before = [earlier.get((option.id, c.id)) for c in self.asked.criteria]
            self._across(
                Style.SMALL,
                _("your answer in the round before"),
                [SYMBOLS[score] if score else _("not scored") for score in before],
                Style.BEFORE,
            )
            label = _("reason, if you changed it (not required)")
            self._inputs(Kind.REASON, Style.REASON, Style.SMALL, label, option.id)

    def ask_order(self) -> None:
        _ = self._
        self._band(
            _(
                "Your own order of importance: 1 for what you find most important. You may give "
                "the same number twice, or leave a cell empty."
            )
        )
        self._inputs(Kind.PLACE, Style.PLACE, Style.LABEL, _("Your order: 1 is most important"))

    def _label(self, style: Style, text: str, until: int | None = None) -> None:
        self.placed.append(Placed(Kind.TEXT, self._row, 0, style, tidy(text), until=until))

    def _across(
        self, label_style: Style, label: str, texts: Sequence[str], style: Style = Style.TEXT
    ) -> None:
        self._label(label_style, label)
        for column, text in enumerate(texts, 1):
            self.placed.append(Placed(Kind.TEXT, self._row, column, style, tidy(text)))
        self._row += 1

    def _over(self, label: str, text: str) -> None:
        self._label(Style.LABEL, label)
        last = len(self.asked.criteria)
        self.placed.append(Placed(Kind.TEXT, self._row, 1, Style.TEXT, tidy(text), until=last))
        self._row += 1

    def _band(self, text: str) -> None:
        self._label(Style.BAND, text, until=len(self.asked.criteria))
        self._row += 1

    def _inputs(
        self, kind: Kind, style: Style, label_style: Style, label: str, option: str = ""
    ) -> None:
        self._label(label_style, label)
        for column, criterion in enumerate(self.asked.criteria, 1):
            self.placed.append(Placed(kind, self._row, column, style, "", option, criterion.id))
        self._row += 1


def holdable(text: str) -> str:
    """Leave out control signs and halves of signs; every other sign stays, seen or not."""
    return "".join(s for s in text if s in "\n\t" or unicodedata.category(s) not in ("Cc", "Cs"))


def tidy(text: str) -> str:
    """Leave out what a spreadsheet can't hold, and cut what is too long for a cell."""
    kept = holdable(text)
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"
