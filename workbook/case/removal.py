"""Removing rows together with what names them, and putting them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from pydantic import ValidationError

from workbook.case.bin import Cells, Removed, damaged, forget, keep
from workbook.case.case import Case, Changed
from workbook.case.checking import cross_problems
from workbook.case.naming import NAMING
from workbook.case.points import names
from workbook.case.problem import CaseError, UserError
from workbook.case.tables import (
    BY_NAME,
    NOT_PUBLISHED,
    TABLES,
    Argument,
    Row,
    kinds,
    to_text,
)
from workbook.case.tables.document import Scenario
from workbook.locale import N_, Message

Rows = dict[type[Row], tuple[Row, ...]]
Named = Callable[[str, str], bool]
"""Whether something holds for an id in the table of this name."""


def dependants(case: Case, model: type[Row], ids: Collection[str]) -> Rows:
    """Find the rows of other tables that can't stay without the given ones.

    Parameters
    ----------
    case : Case
        The case.
    model : type of Row
        The table of the rows that are to go.
    ids : collection of str
        Their ids.

    Returns
    -------
    dict of table to rows
        Rows that name one of them in a column that must be filled in, and rows that name those.
    """
    gone = _gone(case, model, ids)
    return {
        other: tuple(row for row in case.rows(other) if row.id in gone[other])
        for other in TABLES
        if other is not model and gone[other]
    }


def without(case: Case, model: type[Row], ids: Collection[str]) -> tuple[Rows, Scenario | None]:
    """Work out the case without some rows.

    Returns
    -------
    tables : dict of table to rows
        New contents of every table that changes: the rows and their dependants gone, other
        references to them emptied.
    scenario : Scenario or None
        The new scenario, if a recommendation answered an argument that goes.
    """
    gone = _gone(case, model, ids)

    def lost(table: str, id: str) -> bool:
        return id in gone[BY_NAME[table]]

    tables: Rows = {}
    for other in TABLES:
        rows = case.rows(other)
        left = tuple(_unlinked(row, lost) for row in rows if row.id not in gone[other])
        if left != rows:
            tables[other] = left
    answers = {
        item.id: tuple(id for id in item.answers if id not in gone[Argument])
        for item in case.scenario.recommendations
    }
    return tables, _answering(case.scenario, answers)


def removal(
    case: Case, model: type[Row], ids: Collection[str], when: str
) -> tuple[Rows, Scenario | None, Removed]:
    """Work out a removal, for a save that does more than that; nothing is written.

    Returns
    -------
    tables, scenario
        As `without` gives them.
    entry : Removed
        What has to be in the bin before they are written.

    Raises
    ------
    UserError
        If none of the rows is there any more.
    """
    going = [row for row in case.rows(model) if row.id in ids]
    if not going:
        raise UserError(Message(N_("what was to be removed is not there any more")), case.lang)
    tables, scenario = without(case, model, ids)
    gone, changed = {}, {}
    for other, left in tables.items():
        after = {row.id: row for row in left}
        before = case.rows(other)
        gone[other.table] = [_cells(row) for row in before if row.id not in after]
        changed[other.table] = [_cells(row) for row in before if after.get(row.id, row) != row]
    entry = Removed(
        when=when,
        model=model.table,
        label=names(_label(row) for row in going),
        tables={table: rows for table, rows in gone.items() if rows},
        changed={table: rows for table, rows in changed.items() if rows},
        answers=_answers(case.scenario, scenario),
    )
    return tables, scenario, entry


def remove(case: Case, model: type[Row], ids: Collection[str], when: str) -> Removed:
    """Remove rows and what can't stay without them; the bin keeps it all.

    Parameters
    ----------
    case : Case
        The case.
    model : type of Row
        The table.
    ids : collection of str
        Ids of the rows.
    when : str
        The minute, as 2026-01-31T14:05.

    Returns
    -------
    Removed
        What stands in the bin, for `restore`.

    Raises
    ------
    Changed, CaseError, UserError
        As `Case.write` does; nothing is removed then.
    """
    tables, scenario, entry = removal(case, model, ids, when)
    keep(case, entry)
    try:
        case.write(tables, () if scenario is None else (scenario,))
    except (Changed, CaseError, UserError):
        # An observer may fail after the save: what is gone then has to stay in the bin.
        if any(row.id in ids for row in case.rows(model)):
            forget(case, entry)
        raise
    return entry


def put_back(case: Case, entry: Removed) -> tuple[Rows, Scenario | None, list[Row]]:
    """Work out the case with what was removed in it again.

    Returns
    -------
    tables : dict of table to rows
        New contents of every table that changes: the rows at the end, unless their id or key is
        there again; references that were emptied filled in, where they are still empty.
    scenario : Scenario or None
        The new scenario, if a recommendation answers a row that is back.
    left_out : list of Row
        Rows that no longer fit, such as one that names a row which isn't there.
    """
    back: Rows = {}
    for model, rows in _rows(case, entry.tables).items():
        there = {mark for row in case.rows(model) for mark in _marks(row)}
        back[model] = tuple(row for row in rows if there.isdisjoint(_marks(row)))
    fitting, left_out = _fitting(case, back)
    ids = _ids(case, fitting)
    once = {table: {cells.get("id") for cells in rows} for table, rows in entry.tables.items()}

    def again(table: str, id: str) -> bool:
        return id in ids[table] and id in once.get(table, ())

    changed = _rows(case, entry.changed)
    tables: Rows = {}
    for model in TABLES:
        before = {row.id: row for row in changed.get(model, ())}
        rows = case.rows(model)
        new = tuple(
            _relinked(row, before[row.id], again) if row.id in before else row for row in rows
        )
        new += fitting.get(model, ())
        if new != rows:
            tables[model] = new
    answers = {
        item.id: _joined(entry.answers[item.id], item.answers, Argument.table, again)
        for item in case.scenario.recommendations
        if item.id in entry.answers
    }
    return tables, _answering(case.scenario, answers), left_out


def restore(case: Case, entry: Removed) -> list[Row]:
    """Put back what was removed and take it out of the bin.

    Returns
    -------
    list of Row
        Rows that no longer fit; they stay in the bin.

    Raises
    ------
    Changed, CaseError, UserError
        As `Case.write` does; nothing is put back then.
    """
    tables, scenario, left_out = put_back(case, entry)
    if tables or scenario:
        case.write(tables, () if scenario is None else (scenario,))
    left: dict[str, list[Cells]] = defaultdict(list)
    for row in left_out:
        left[row.table].append(_cells(row))
    forget(case, entry, entry.model_copy(update={"tables": dict(left)}) if left else None)
    return left_out


def _gone(case: Case, model: type[Row], ids: Collection[str]) -> dict[type[Row], set[str]]:
    gone: dict[type[Row], set[str]] = defaultdict(set)
    gone[model] = {row.id for row in case.rows(model)} & set(ids)
    growing = True
    while growing:
        growing = False
        for other in TABLES:
            needed = [
                (name, kind) for name, kind in kinds(other).items() if kind.ref and kind.required
            ]
            more = {
                row.id
                for row in case.rows(other)
                for name, kind in needed
                if (id := getattr(row, name)) in gone[BY_NAME[str(kind.ref)]]
                and id not in kind.also
            }
            growing = growing or not more <= gone[other]
            gone[other] |= more
    return gone


def _fitting(case: Case, back: Rows) -> tuple[Rows, list[Row]]:
    """Empty the references that name nothing, and find the rows that can't be back even then."""
    ids = _ids(case, back)

    def lost(table: str, id: str) -> bool:
        return id not in ids[table]

    fitting = {model: tuple(_unlinked(row, lost) for row in rows) for model, rows in back.items()}
    whole = {model: (*case.rows(model), *fitting.get(model, ())) for model in TABLES}
    faulty = {(problem.file, problem.record) for problem in cross_problems(whole)}
    left_out = [
        row for rows in back.values() for row in rows if (f"{row.table}.csv", row.id) in faulty
    ]
    if not left_out:
        return fitting, []
    rest = {
        model: tuple(row for row in rows if (f"{row.table}.csv", row.id) not in faulty)
        for model, rows in back.items()
    }
    found, more = _fitting(case, rest)
    return found, left_out + more


def _ids(case: Case, back: Rows) -> dict[str, set[str]]:
    return {
        model.table: {row.id for row in (*case.rows(model), *back.get(model, ()))}
        for model in TABLES
    }


def _unlinked(row: Row, lost: Named) -> Row:
    """Empty the references of a row that may be empty and name something lost."""
    update: dict[str, object] = {}
    for name, kind in kinds(type(row)).items():
        value = getattr(row, name)
        if not kind.ref or kind.required or value in (None, NOT_PUBLISHED):
            continue
        if isinstance(value, tuple) and any(lost(kind.ref, id) for id in value):
            update[name] = tuple(id for id in value if not lost(kind.ref, id))
        elif not isinstance(value, tuple) and lost(kind.ref, value):
            update[name] = None
    return row.model_copy(update=update) if update else row


def _relinked(row: Row, before: Row, again: Named) -> Row:
    """Fill in the references of a row that were emptied, where they still are."""
    update: dict[str, object] = {}
    for name, kind in kinds(type(row)).items():
        was, now = getattr(before, name), getattr(row, name)
        if not kind.ref:
            continue
        if isinstance(was, tuple) and isinstance(now, tuple):
            update[name] = _joined(was, now, kind.ref, again)
        elif now is None and was is not None and again(kind.ref, was):
            update[name] = was
    return row.model_copy(update=update)


def _joined(was: Iterable[str], now: Iterable[str], table: str, again: Named) -> tuple[str, ...]:
    """Put ids back in the order they had, with those that came since at the end."""
    was, now = tuple(was), tuple(now)
    if not any(again(table, id) for id in was if id not in now):
        return now
    kept = tuple(id for id in was if id in now or again(table, id))
    return kept + tuple(id for id in now if id not in was)


def _answering(scenario: Scenario, answers: dict[str, tuple[str, ...]]) -> Scenario | None:
    """Give the scenario with other answers, or None if they are the same."""
    new = tuple(
        item.model_copy(update={"answers": answers.get(item.id, item.answers)})
        for item in scenario.recommendations
    )
    if new == scenario.recommendations:
        return None
    return scenario.model_copy(update={"recommendations": new})


def _answers(scenario: Scenario, new: Scenario | None) -> dict[str, list[str]]:
    """Give the answers that differ, as they were."""
    if new is None:
        return {}
    pairs = zip(scenario.recommendations, new.recommendations, strict=True)
    return {old.id: list(old.answers) for old, other in pairs if old != other}


def _cells(row: Row) -> Cells:
    texts = {name: to_text(getattr(row, name)) for name in row.columns()}
    return {name: text for name, text in texts.items() if text}


def _rows(case: Case, tables: dict[str, list[Cells]]) -> Rows:
    try:
        return {
            BY_NAME[table]: tuple(BY_NAME[table](**cells) for cells in rows)  # type: ignore[arg-type]
            for table, rows in tables.items()
        }
    except (KeyError, ValidationError) as error:
        raise damaged(case) from error


def _marks(row: Row) -> list[tuple[object, ...]]:
    """Give what may occur once in a table: the id and, if there is one, the key."""
    key = tuple(getattr(row, name) for name in row.key)
    return [("id", row.id), *([("key", *key)] if key else [])]


def _label(row: Row) -> str:
    return next((text for name in NAMING if (text := getattr(row, name, None))), row.id)
