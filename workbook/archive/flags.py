"""What a person must look at before an archive is passed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from workbook.archive.names import names_in
from workbook.archive.pseudonyms import Tables
from workbook.case import Case
from workbook.case.contents import FILES
from workbook.case.slugs import slugged
from workbook.case.tables import Criterion, Option, Participant, Party, kinds
from workbook.case.tables.document import CaseInfo, Scenario
from workbook.locale import N_, Message

FEW = 2
"""Up to so many people in a group, scores point at them."""


@dataclass(frozen=True)
class Flag:
    """A text in which somebody may be named; ``more`` rows of the file say the same there."""

    file: str
    row: str
    column: str
    found: str
    more: int = 0

    def render(self, lang: str) -> str:
        """Give the place and what was found there."""
        row: object = self.row
        if self.more:
            row = Message(N_("{row} and {n} more"), row=self.row, n=self.more).render(lang)
        return f"{self.file}, {row}, {self.column}: {self.found}"


@dataclass(frozen=True)
class SmallGroup:
    """A group so small that its scores point at the people in it."""

    group: str
    codes: tuple[str, ...]

    def render(self, lang: str) -> str:
        """Say whom the scores of the group point at."""
        one = N_(
            "participants.csv: the group “{group}” is one person ({codes}). Who knows the region "
            "may know who that is, and so whose scores these are."
        )
        two = N_(
            "participants.csv: the group “{group}” is {n} people ({codes}). Who knows the region "
            "may know who they are, and so whose scores these are."
        )
        return Message(
            one if len(self.codes) == 1 else two,
            group=Message(self.group),
            n=len(self.codes),
            codes=", ".join(self.codes),
        ).render(lang)


def small_groups(tables: Tables) -> list[SmallGroup]:
    """Find groups of one or two people; in an anonymous round everybody has a code of their own."""
    members: dict[tuple[str | None, str], list[str]] = {}
    for row in tables[Participant]:
        if row.group:  # type: ignore[attr-defined]
            place = (row.only_in, row.group.label)  # type: ignore[attr-defined]
            members.setdefault(place, []).append(row.id)
    return [
        SmallGroup(group, tuple(codes))
        for (_round, group), codes in members.items()
        if len(codes) <= FEW
    ]


def flags(case: Case, tables: Tables) -> list[Flag]:
    """Find texts in which somebody may be named: a guess by the form of words, for a person.

    Parameters
    ----------
    case : Case
    tables : dict of table to rows
        As they stand in the archive.
    """
    known = set(_known(case))
    texts = [*_of_tables(tables), *_of_documents(case)]
    found = [
        (file, column, name, row)
        for file, row, column, text in texts
        for name in names_in(text, known)
    ]
    # Ids are often made from a name that somebody typed.
    slugs = {slug: name for _f, _c, name, _r in found if "-" in (slug := slugged(name, 60))}
    for file, row in dict.fromkeys((file, row) for file, row, _column, _text in texts):
        found += [(file, "id", name, row) for slug, name in slugs.items() if slug in row]
    times = Counter(entry[:3] for entry in found)
    first: dict[tuple[str, str, str], str] = {}
    for *place, row in found:
        first.setdefault(tuple(place), row)  # type: ignore[arg-type]
    return [
        Flag(file, row, column, name, times[file, column, name] - 1)
        for (file, column, name), row in first.items()
    ]


def _known(case: Case) -> Iterator[str]:
    """Give the names that are no person's, also without the region or what is in brackets."""
    region = case.info.region
    yield region
    for model in (Party, Option, Criterion):
        for row in case.rows(model):
            named = (row.name, getattr(row, "short", None), *getattr(row, "aliases", ()))  # type: ignore[attr-defined]
            for name in filter(None, named):
                yield name
                yield from (name.partition(" (")[0], name.removesuffix(f" {region}"))


def _of_tables(tables: Tables) -> Iterator[tuple[str, str, str, str]]:
    for model, rows in tables.items():
        columns = [
            name
            for name, kind in kinds(model).items()
            if kind.name in ("text", "items") and not kind.ref and not kind.choices
        ]
        for row in rows:
            for name in columns:
                for text in _strings(getattr(row, name)):
                    yield FILES[model], row.id, name, text


def _strings(value: Any) -> Iterator[str]:
    for text in value if isinstance(value, tuple) else (value,):
        if isinstance(text, str):
            yield text


def _of_documents(case: Case) -> Iterator[tuple[str, str, str, str]]:
    for model, document in ((CaseInfo, case.info), (Scenario, case.scenario)):
        for row, column, text in _of_part(document, "–"):
            yield FILES[model], row, column, text


def _of_part(part: BaseModel, row: str) -> Iterator[tuple[str, str, str]]:
    row = getattr(part, "id", row)
    for name in type(part).model_fields:
        value = getattr(part, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel):
                yield from _of_part(item, row)
            elif isinstance(item, str) and name != "id":
                yield row, name, item
