"""From what people type to the short plain names that ids and folders have."""

from __future__ import annotations

import re
import unicodedata


def slugged(text: str, most: int, also: str = "") -> str:
    """Keep the letters and digits of a text, without accents, and join them with hyphens.

    Parameters
    ----------
    text : str
        Anything.
    most : int
        How many characters it may have.
    also : str
        Characters that may stay beside a to z and the digits.

    Returns
    -------
    str
        Empty if nothing is left, as of a text in another script.
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    joined = re.sub(rf"[^a-z0-9{re.escape(also)}]+", "-", bare)
    return joined.lstrip("-_")[:most].rstrip("-_")
