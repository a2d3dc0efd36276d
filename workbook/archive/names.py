"""Words in a text that look like the name of a person, an address or a number of theirs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

_LETTERS = [chr(number) for number in range(0x41, 0x530) if chr(number).isalpha()]
_UP = "".join(letter for letter in _LETTERS if letter.isupper())
_LOW = "".join(letter for letter in _LETTERS if letter.islower()) + "'’"
_CAPITAL = rf"[{_UP}](?:['’][{_UP}])?[{_LOW}]+(?:-?[{_UP}][{_LOW}]+)*"
# Without a vowel it is an abbreviation, not a name.
_LOUD = rf"(?=[{_UP}]*[AEIOUYÀ-ÖØ-Ý])[{_UP}]{{3,}}(?:-[{_UP}]+)*(?![{_LOW}])"
_BETWEEN = r"(?:(?i:van|de|der|den|het|ten|ter|te|in|op|'t|’t|'s|el|al|ben|bin|von|la|le|da)\s+)*"
_INITIALS = rf"(?:[{_UP}]\.[\s-]?)+"
_AFTER = rf"(?:\s+(?:{_INITIALS})?{_BETWEEN}{_CAPITAL})"

_SURE = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    re.compile(
        r"(?<![\w-])\(?(?:\+31|0031|0)[ -]?(?:6|[1-9][0-9]{1,2})\)?(?:[ -]?[0-9]){6,8}(?!\w)"
    ),
    re.compile(
        r"\b(?i:mevrouw|mevr\.?|mw\.?|meneer|mijnheer|dhr\.?|de heer|heer|mr\.?|mrs\.?|ms\.?|dr\.?)"
        rf"\s+(?:{_INITIALS})?{_BETWEEN}{_CAPITAL}{_AFTER}*"
    ),
    re.compile(rf"\b{_CAPITAL},\s+{_INITIALS}"),
    re.compile(rf"\b{_INITIALS}{_BETWEEN}{_CAPITAL}"),
)
_MAYBE = (
    re.compile(rf"\b{_CAPITAL}{_AFTER}+"),
    re.compile(rf"\b(?:{_LOUD}|{_CAPITAL}),?\s+{_BETWEEN}{_LOUD}"),
    re.compile(rf"\b{_LOUD},\s+{_CAPITAL}"),
    re.compile(rf"\b{_CAPITAL},\s+{_CAPITAL}"),
)
# First names that the handbook's text has as a word.
_NAMES = {"dag", "hope", "may", "ties", "wil"}
# Words that begin a sentence and that the handbook doesn't have.
_BEGIN = re.findall(
    r"\w+",
    "aan achter alleen als bij daar daarna dan dankzij doordat hierna ik maar namens nadat net "
    "nu ook omdat onder ondanks over sinds tegen terwijl toen tot tussen via volgens vooral "
    "vanuit want wel zoals zodat zonder according after also and at because but by for from "
    "if in she since so that then this under when while with without",
)
# Ordinary words that a surname may begin with.
_OF_NAMES = {"de", "den", "der", "ten", "ter", "van"}


@cache
def _ordinary() -> frozenset[str]:
    """Give the words of the handbook: no case can make an ordinary word of a name by its texts."""
    told = " ".join(
        place.read_text(encoding="utf-8")
        for place in files("workbook.handbook").iterdir()
        if place.name.endswith(".yaml")
    )
    return frozenset([*_BEGIN, *re.findall(rf"\b[{_LOW}]{{2,}}\b", told)]) - _NAMES


def names_in(text: str, known: Iterable[str] = ()) -> Iterator[str]:
    """Find what may name a person, by the form of the words.

    Two words with a capital, a title or initials before one, a surname before a comma, an e-mail
    address, a telephone number. A single first name isn't found.

    Parameters
    ----------
    text : str
    known : iterable of str
        Names that are no person's. Only the whole name counts: a person may share a word with it.
    """
    names = frozenset(known)
    bare = _without(text, names)
    seen: list[str] = []
    for sign in (*_SURE, *_MAYBE):
        for match in sign.finditer(bare):
            told = match[0].strip(" ,")
            if sign in _MAYBE:
                told = _person(bare, match.start(), told, names)
            if told and not any(told in other for other in seen):
                seen.append(told)
                yield told


@cache
def _several(names: frozenset[str]) -> re.Pattern[str]:
    """Match the names that are of several words, the longest first."""
    told = [re.escape(name) for name in names if re.search(r"\w\W+\w", name)]
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(sorted(told, key=len, reverse=True)) or '(?!)'})(?!\w)"
    )


def _without(text: str, names: frozenset[str]) -> str:
    """Take whole names of several words out; not after a first name, which they may belong to."""

    def gap(match: re.Match[str]) -> str:
        before = re.search(rf"\b({_CAPITAL})\s+{_BETWEEN}$", text[: match.start()])
        surname = not any(word in _ordinary() for word in match[0].casefold().split())
        mine = surname and before and before[1].casefold() not in _ordinary()
        return match[0] if mine else "·"

    return _several(names).sub(gap, text)


def _person(text: str, place: int, told: str, names: frozenset[str]) -> str:
    """Give what may be a person's name of words with a capital; nothing if they are no one's."""
    first, *rest = told.split(maxsplit=1)
    # A word that begins a sentence has a capital without being a name.
    begins = not text[:place].strip() or text[:place].rstrip()[-1] in '.!?:>;(“‘"•·'
    if begins and rest and first.casefold() in _ordinary():
        told = re.sub(rf"^{_BETWEEN}(?=[{_UP}])", "", rest[0])
    words = re.findall(rf"(?:{_CAPITAL}|{_LOUD})", told)
    plain = sum(word.casefold() in _ordinary() - _OF_NAMES for word in words)
    if len(words) < 2 or told in names or plain > len(words) / 2:
        return ""
    # In a list each of them is a name of its own.
    if "," in told and (plain or any(word in names for word in words)):
        return ""
    return told
