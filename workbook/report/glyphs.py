"""Which characters the bundled fonts can print."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font

FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
"""What anything is printed in that the text's own font lacks: it comes with matplotlib."""
_LONGEST = 28
"""Characters of a word before it may be broken anywhere, in a column of a table."""
_PIECE = 14
"""Characters between two places where it may be broken."""
_JOINED = re.compile(r"(?<=[^\W_])([/._@+-])(?=\w)")
"""Signs after which an address or the name of a file may be broken."""
_BREAK = "\N{ZERO WIDTH SPACE}"


def font_folder() -> Path:
    """Give the folder of the fonts."""
    return Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _known() -> frozenset[int]:
    maps = [set(FT2Font(str(font_folder() / face)).get_charmap()) for face in FACES]
    return frozenset(set.intersection(*maps))


def printable(text: str) -> str:
    """Write what no font has as ``U+XXXX``, and let a word that fits nowhere be broken.

    Controls, and signs that would turn the order of what follows, are written out as well: in
    print nobody could see that they are there.
    """
    return " ".join(_breakable("".join(map(_printed, word))) for word in text.split(" "))


def _printed(sign: str) -> str:
    if sign in "\n\t":
        return sign
    told = sign == _BREAK or (ord(sign) in _known() and unicodedata.category(sign)[0] != "C")
    return sign if told else f"U+{ord(sign):04X}{_BREAK}"


def _breakable(word: str) -> str:
    if len(word) > _PIECE:
        word = _JOINED.sub(rf"\1{_BREAK}", word)
    return _BREAK.join(
        piece
        if len(piece) <= _LONGEST
        else _BREAK.join(piece[at : at + _PIECE] for at in range(0, len(piece), _PIECE))
        for piece in word.split(_BREAK)
    )
