"""The package's own words: msgids are English, ``nl`` is complete."""

from workbook.locale.messages import LANGUAGES, N_, Message, Translate, translator

__all__ = ["LANGUAGES", "N_", "Message", "Translate", "translator"]
