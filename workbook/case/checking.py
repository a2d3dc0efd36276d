"""Checks across tables: every id that is named exists, and every statement has one id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from pydantic import BaseModel

from workbook import handbook
from workbook.case.problem import Problem
from workbook.case.tables import (
    BY_NAME,
    NOT_PUBLISHED,
    Argument,
    Ballot,
    Coverage,
    Criterion,
    How,
    Kind,
    Option,
    Party,
    Round,
    Row,
    ScanAnswer,
    Tally,
    kinds,
)
from workbook.case.tables.document import Passage, Scenario
from workbook.locale import N_, Message

Tables = Mapping[type[Row], Sequence[Row]]


Places = Mapping[type[Row], Sequence[int]]
Numbered = Callable[[type[Row]], Iterator[tuple[int, Row]]]


Known = Mapping[str, Collection[str] | None]


def cross_problems(
    tables: Tables, places: Places | None = None, known: Known | None = None
) -> list[Problem]:
    """Find references to nothing and names that would be confused on a picture.

    Parameters
    ----------
    tables : mapping of table to rows
        Rows that are sound in themselves.
    places : mapping of table to row numbers, optional
        Where each row stands in its file; without it, rows are numbered from 2.
    known : mapping of table name to ids, optional
        Ids that may be named, those of rows with an error of their own too; None for a file that
        can't be read, to which any reference may then be right.
    """

    def numbered(model: type[Row]) -> Iterator[tuple[int, Row]]:
        rows = tables.get(model, ())
        return zip((places or {}).get(model) or range(2, len(rows) + 2), rows, strict=True)

    problems: list[Problem] = []
    ids: dict[str, Collection[str] | None] = {
        model.table: {row.id for row in tables.get(model, ())} for model in BY_NAME.values()
    }
    ids |= known or {}
    for model in tables:
        referring = {name: kind for name, kind in kinds(model).items() if kind.ref}
        right = {name: _right(kind, ids[str(kind.ref)]) for name, kind in referring.items()}
        # Nearly always all are right, which is seen sooner of a column than of each row.
        wrong = {
            name: allowed
            for name, allowed in right.items()
            if allowed is not None and not _named(tables[model], name) <= allowed
        }
        for number, row in numbered(model) if wrong else ():
            for name, allowed in wrong.items():
                problems += _dangling(row, number, name, referring[name], allowed)
    problems += _double_names(numbered)
    problems += _handbook_ids(numbered)
    problems += _unknown_parts(numbered)
    problems += _mixed_rounds(numbered)
    return problems


def _right(kind: Kind, ids: Collection[str] | None) -> Set[str | None] | None:
    """Give what a reference may be; None where that can't be said."""
    if ids is None:
        return None
    return {None, *ids, *kind.also, *([NOT_PUBLISHED] if kind.not_published else [])}


def _named(rows: Iterable[Row], name: str) -> set[str | None]:
    """Give what a column refers to."""
    values = {getattr(row, name) for row in rows}
    return {item for value in values for item in _items(value)}


def _items(value: Any) -> tuple[str | None, ...]:
    return value if isinstance(value, tuple) else (value,)


def _dangling(
    row: Row, number: int, name: str, kind: Kind, right: Set[str | None]
) -> Iterator[Problem]:
    for item in _items(getattr(row, name)):
        if item not in right:
            yield Problem(
                f"{row.table}.csv",
                Message(N_("“{id}” is not in {table}.csv"), id=item, table=kind.ref),
                kind.expected(),
                row=number,
                record=row.id,
                column=name,
            )


def _double_names(numbered: Numbered) -> Iterator[Problem]:
    for model in (Criterion, Option, Party):
        seen: dict[str, str] = {}
        for number, row in numbered(model):
            name = row.name.casefold()  # type: ignore[attr-defined]
            if name in seen:
                yield Problem(
                    f"{model.table}.csv",
                    Message(N_("the name is the same as that of {id}"), id=seen[name]),
                    row=number,
                    record=row.id,
                    column="name",
                )
            seen.setdefault(name, row.id)


def _handbook_ids(numbered: Numbered) -> Iterator[Problem]:
    examples = {example.id: example for example in handbook.example_criteria()}
    for number, row in numbered(Criterion):
        if row.example is not None and row.example not in examples:  # type: ignore[attr-defined]
            yield Problem(
                "criteria.csv",
                Message(N_("“{id}” is not an example of the handbook"), id=row.example),  # type: ignore[attr-defined]
                Message(N_("one of {allowed}"), allowed=", ".join(examples)),
                row=number,
                record=row.id,
                column="example",
            )
    scan = handbook.scan()
    items = [q.id for q in scan.questions] + [h.id for h in scan.holders]
    for number, row in numbered(ScanAnswer):
        if row.item not in items:  # type: ignore[attr-defined]
            yield Problem(
                "scan.csv",
                Message(N_("“{id}” is not a question of the scan"), id=row.item),  # type: ignore[attr-defined]
                Message(N_("one of {allowed}"), allowed=", ".join(items)),
                row=number,
                record=row.id,
                column="item",
            )


def _mixed_rounds(numbered: Numbered) -> Iterator[Problem]:
    """Find rounds that hold ballots and hands: hands raised in a room can't be told from ballots.

    Of each round only the first such row is named.
    """
    how = {row.id: row.how for _, row in numbered(Round)}  # type: ignore[attr-defined]
    for model, own in ((Ballot, How.BALLOTS), (Tally, How.HANDS)):
        named = set()
        for number, row in numbered(model):
            round = row.round  # type: ignore[attr-defined]
            if round in named or how.get(round, own) is own:
                continue
            named.add(round)
            yield Problem(
                f"{model.table}.csv",
                Message(
                    N_("round {round} is scored by {how}"),
                    round=round,
                    how=Message(how[round].label),
                ),
                Message(N_("a round of its own: one way of scoring per round")),
                row=number,
                record=row.id,
                column="round",
            )


def _unknown_parts(numbered: Numbered) -> Iterator[Problem]:
    parts = {row.id: row.parts for _, row in numbered(Criterion)}  # type: ignore[attr-defined]
    for number, row in numbered(Coverage):
        allowed = parts.get(row.criterion, ())  # type: ignore[attr-defined]
        if row.criterion in parts and row.part not in allowed:  # type: ignore[attr-defined]
            yield Problem(
                "coverage.csv",
                Message(N_("“{value}” can't be used here"), value=row.part),  # type: ignore[attr-defined]
                Message(N_("one of {allowed}"), allowed=", ".join(allowed)) if allowed else None,
                row=number,
                record=row.id,
                column="part",
            )


def passages(part: object) -> Iterator[Passage]:
    """Walk a document and give every statement in it."""
    if isinstance(part, Passage):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from passages(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from passages(item)


def document_problems(document: BaseModel, file: str) -> list[Problem]:
    """Find statements of a document that share an id."""
    seen: set[str] = set()
    problems = []
    for passage in passages(document):
        if passage.id in seen:
            problems.append(
                Problem(
                    file,
                    Message(N_("the id “{id}” is used twice"), id=passage.id),
                    record=passage.id,
                    column="id",
                )
            )
        seen.add(passage.id)
    return problems


def unanswerable(scenario: Scenario, arguments: Collection[str]) -> list[Problem]:
    """Find recommendations that answer an argument whose id isn't there."""
    return [
        Problem(
            "scenario.yaml",
            Message(N_("“{id}” is not in {table}.csv"), id=item, table=Argument.table),
            Message(N_("an id from {table}.csv"), table=Argument.table),
            record=recommendation.id,
            column="answers",
        )
        for recommendation in scenario.recommendations
        for item in recommendation.answers
        if item not in arguments
    ]
