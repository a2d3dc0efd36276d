"""The package's own words: msgids are English, ``nl`` is complete."""

from workbook.locale.messages import LANGUAGE_NAMES, LANGUAGES, N_, Message, Translate, translator

__all__ = ["LANGUAGES", "LANGUAGE_NAMES", "N_", "Message", "Translate", "translator"]
