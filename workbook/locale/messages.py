"""Translating package strings, now or when the reader's language is known."""

from __future__ import annotations

import gettext
import io
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English"}
"""The languages of the workbook, each in its own words."""

LANGUAGES = tuple(LANGUAGE_NAMES)

Translate = Callable[[str], str]


def N_(msgid: str) -> str:
    """Mark a string for translation without translating it yet."""
    return msgid


@lru_cache(maxsize=len(LANGUAGES))
def translator(lang: str) -> Translate:
    """Give the function that turns an English msgid into ``lang``.

    Catalogues are read from their ``.po`` text, so that no compiled copy can lag behind it.

    Parameters
    ----------
    lang : {"nl", "en"}
        The reader's language.

    Returns
    -------
    callable
        ``str -> str``.

    Raises
    ------
    ValueError
        If the language is not one of `LANGUAGES`.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang must be one of {', '.join(LANGUAGES)}, not {lang!r}")
    if lang == "en":
        return lambda msgid: msgid

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source = files("workbook.locale") / lang / "LC_MESSAGES" / "workbook.po"
    compiled = io.BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled).gettext


class Message:
    """A sentence whose language is chosen when it is shown.

    Parameters
    ----------
    msgid : str
        English text with ``{name}`` fields, marked with `N_`.
    **values
        What the fields hold. A value that is a `Message` is translated too.
    """

    def __init__(self, msgid: str, **values: Any) -> None:
        self.msgid = msgid
        self.values = values

    def render(self, lang: str) -> str:
        """Give the sentence in ``lang``."""
        values = {
            name: value.render(lang) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        return translator(lang)(self.msgid).format(**values)

    def __repr__(self) -> str:
        return f"Message({self.render('en')!r})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Message) and self.msgid == other.msgid and self.values == other.values
        )

    def __hash__(self) -> int:
        return hash((self.msgid, tuple(sorted(self.values))))
