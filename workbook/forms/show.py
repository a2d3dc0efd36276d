"""``show``: an exhibit in a notebook that follows the case.

It is a widget, so it redraws after a save without a cell being run, and its state survives a
browser reload. It also carries the words and the picture as ordinary output, so that the same cell
is readable on a git host, in an untrusted notebook and to a program that compares notebooks.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape
from typing import Any

from IPython.display import display
from pydantic import BaseModel

from workbook.case import Case, Cases
from workbook.exhibits import Exhibit
from workbook.forms.markup import exhibit_details, exhibit_table, exhibit_words
from workbook.forms.soon import Soon
from workbook.forms.view import View


class Shown:
    """The two widgets of an exhibit: its words, and its picture or table.

    They are made anew when a table or document that they were made from has changed, until
    `close` is called.
    """

    def __init__(
        self, make: Callable[..., Exhibit], case: Case | Cases, options: dict[str, Any]
    ) -> None:
        self._case = case
        self._make = lambda: make(case, **options)
        self._made_from: dict[type[BaseModel], str] = {}
        self._lang = case.lang
        self._translate = case.translate
        words, body = self._drawn()
        self.words = View(*words)
        self.body = View(*body, beside=self.words)
        self._stop = case.observe(Soon(self._follow))

    def _follow(self) -> None:
        if all(self._case.version(model) == made for model, made in self._made_from.items()):
            return
        try:
            self.redraw()
        except Exception as error:
            # A picture of before the change would be taken for one of after it.
            told = self._translate("This can't be shown after the last change ({why}).")
            sentence = f'<p role="alert">{escape(told.format(why=type(error).__name__))}</p>'
            self.words.put(sentence, told.format(why=type(error).__name__))
            self.body.put("<span></span>", "")
            raise

    def redraw(self) -> None:
        """Make the exhibit anew and put it in both widgets."""
        for view, part in zip((self.words, self.body), self._drawn(), strict=True):
            view.put(*part)

    def _drawn(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Make the exhibit, and give what to put in each widget."""
        with self._case.reads() as read:
            exhibit = self._make()
            exhibit.png  # noqa: B018 - drawing may read the case too
        self.exhibit = exhibit
        self._made_from = {model: self._case.version(model) for model in read}
        words = exhibit_words(exhibit, self._lang), _first_lines(exhibit)
        if exhibit.png is None:
            # Never empty: what is missing now may be there after the next save.
            table = exhibit_table(exhibit, self._lang) or "<span></span>"
            return words, (table, exhibit.as_text())
        encoded = base64.b64encode(exhibit.png).decode()
        details = exhibit_details(exhibit, self._translate, self._lang)
        picture = (
            f'<img src="data:image/png;base64,{encoded}" alt="{escape(exhibit.alt)}" '
            f'style="max-width:100%;height:auto">{details}'
        )
        return words, (picture, exhibit.as_text(), encoded)

    def close(self) -> None:
        """Stop following the case and take the widgets away."""
        self._stop()
        self.words.close()
        self.body.close()


def _first_lines(exhibit: Exhibit) -> str:
    return "\n".join(line for line in (exhibit.title, exhibit.mark, exhibit.sentence) if line)


def show(make: Callable[..., Exhibit], case: Case | Cases, **options: Any) -> None:
    """Display an exhibit of a case and keep it up to date.

    Parameters
    ----------
    make : callable
        An exhibit function, ``(case, **options) -> Exhibit``.
    case : Case or Cases
        The case, or those of several regions; the exhibit is redrawn after each change.
    **options
        Passed on to the exhibit function.
    """
    shown = Shown(make, case, options)
    display(shown.words)
    display(shown.body)
