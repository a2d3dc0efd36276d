"""What an archive leaves out so that nobody is named in it, and what a person must look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook.case import Case
from workbook.case.checking import passages
from workbook.case.contents import FILES
from workbook.case.tables import (
    TABLES,
    Criterion,
    Meeting,
    Option,
    Participant,
    Party,
    Row,
    Source,
    kinds,
)
from workbook.case.tables.document import CaseInfo, Scenario

Tables = dict[type[Row], list[Row]]

_CODE = re.compile(r"p[0-9]+")
_CAPITAL = r"[A-ZÀ-Þ][a-zß-ÿ'’-]+"
_BETWEEN = r"(?:(?i:van|de|der|den|ten|ter|te|in|'t|’t|el|al|bin|von|la|le)\s+)*"
_SIGNS = (
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"(?<![\w-])(?:\+31|0031|0)[ -]?(?:6|[1-9][0-9]{1,2})(?:[ -]?[0-9]){6,8}(?!\w)"),
    re.compile(
        r"\b(?i:mevrouw|mevr\.?|mw\.?|meneer|mijnheer|dhr\.?|de heer|heer|mr\.?|mrs\.?|ms\.?|dr\.?)"
        rf"\s+(?:[A-Z]\.\s*)*{_BETWEEN}{_CAPITAL}"
    ),
    re.compile(rf"\b{_CAPITAL}(?:\s+(?:[A-Z]\.\s*)*{_BETWEEN}{_CAPITAL})+"),
    re.compile(rf"\b(?:[A-Z]\.\s?)+{_BETWEEN}{_CAPITAL}"),
)


@dataclass(frozen=True)
class Flag:
    """A text in which somebody may be named."""

    file: str
    row: str
    column: str
    found: str


def pseudonymous(case: Case) -> Tables:
    """Give the tables of a case without who was where, and with codes for people.

    Left out is which parties sat at each meeting. Codes of participants that could be names are
    replaced by ``p01``, ``p02`` and so on, everywhere alike, in the order of the table: every
    number stays as it was.
    """
    tables: Tables = {model: list(case.rows(model)) for model in TABLES}
    tables[Meeting] = [row.model_copy(update={"present": ()}) for row in tables[Meeting]]
    people = [row for row in tables[Participant] if not getattr(row, "only_in", None)]
    if all(_CODE.fullmatch(row.id) for row in people):
        return tables
    taken = {row.id for row in tables[Participant]} - {row.id for row in people}
    free = (f"p{number:02d}" for number in range(1, 10_000) if f"p{number:02d}" not in taken)
    codes = {row.id: next(free) for row in people}
    for model, rows in tables.items():
        columns = [
            name
            for name, kind in kinds(model).items()
            if kind.ref == Participant.table or (model is Participant and name == "id")
        ]
        if columns:
            tables[model] = [_renamed(row, columns, codes) for row in rows]
    # Ids of ballots and orders were often made from the code of who gave them.
    for model, rows in tables.items():
        if model is not Participant and _of_people(model):
            tables[model] = [
                row.model_copy(update={"id": f"{model.table[0]}{place}"})
                for place, row in enumerate(rows, start=1)
            ]
    return tables


def _of_people(model: type[Row]) -> bool:
    return any(kind.ref == Participant.table for kind in kinds(model).values())


def _renamed(row: Row, columns: Iterable[str], codes: dict[str, str]) -> Row:
    changed = {name: codes.get(getattr(row, name), getattr(row, name)) for name in columns}
    return row.model_copy(update=changed)


def flags(case: Case, tables: Tables) -> list[Flag]:
    """Find texts in which somebody may be named.

    A guess by the form of words, for a person to look at: two words with a capital, a title
    before one, an e-mail address, a telephone number. A single first name isn't found.
    """
    known = _known(case)
    return [
        Flag(file, row, column, found)
        for file, row, column, text in _texts(case, tables)
        for found in _names(text, known)
    ]


def _known(case: Case) -> str:
    """Give, as one text, the names that are no one's: of parties, positions, sources, places."""
    told = [case.info.region, case.info.project or "", case.info.published_as or ""]
    for model in (Party, Option, Criterion, Source, Meeting):
        for row in case.rows(model):
            told += [row.name, getattr(row, "short", None) or ""]
            told += getattr(row, "aliases", ())
            told += [getattr(row, "reference", None) or "", getattr(row, "body", None) or ""]
    return "\n".join(told).casefold()


def _texts(case: Case, tables: Tables) -> Iterator[tuple[str, str, str, str]]:
    for model, rows in tables.items():
        texts = [
            name
            for name, kind in kinds(model).items()
            if kind.name in ("text", "items") and not kind.ref and not kind.choices
        ]
        for row in rows:
            for name in texts:
                value = getattr(row, name)
                for text in value if isinstance(value, tuple) else (value,):
                    if isinstance(text, str) and name != "source":
                        yield FILES[model], row.id, name, text
    for model, document in ((CaseInfo, case.info), (Scenario, case.scenario)):
        for passage in passages(document):
            yield FILES[model], passage.id, "text", passage.text
            for name in ("who", "when"):
                if text := getattr(passage, name, None):
                    yield FILES[model], passage.id, name, text


def _begins(text: str, place: int) -> bool:
    return not text[:place].strip() or text[:place].rstrip()[-1] in ".!?:"


def _capitals(text: str) -> list[str]:
    return re.findall(r"[^\W\d_][\w'’-]{2,}", " ".join(w for w in text.split() if w[0].isupper()))


def _names(text: str, known: str) -> Iterator[str]:
    seen: set[str] = set()
    for sign in _SIGNS:
        for match in sign.finditer(text):
            told = match[0]
            # A word that begins a sentence has a capital without being a name.
            rest = told.split(maxsplit=1)[-1]
            if _begins(text, match.start()) and len(_capitals(rest)) > 1:
                told = rest
            if any(told in other for other in seen):
                continue
            # With a word from the name of a party or a place in it, it is hardly a person's.
            if any(re.search(rf"\b{re.escape(w.casefold())}\b", known) for w in _capitals(told)):
                continue
            seen.add(told)
            yield told
