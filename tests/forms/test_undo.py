"""Undo: a save is taken back row by row, or not at all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import Case
from workbook.case.tables import Meeting, Party, Row
from workbook.forms.undo import Snapshot, undone


def party(id: str, note: str = "") -> Row:
    return Party(id=id, name=id.upper(), note=note or None, source="fictional")


def table(*rows: str) -> tuple[Row, ...]:
    """``"a1"`` is row a with note 1."""
    return tuple(party(row[0], row[1:]) for row in rows)


def code(rows: tuple[Row, ...] | None) -> list[str] | None:
    return None if rows is None else [row.id + (row.note or "") for row in rows]


def test_nothing_else_happened() -> None:
    before, after = table("a1", "b1", "c1"), table("c1", "a2", "d1")
    assert code(undone(before, after, after)) == ["a1", "b1", "c1"]


def test_other_rows_stay_as_they_became() -> None:
    before, after = table("a1", "b1", "c1"), table("a2", "b1", "c1")
    assert code(undone(before, after, table("c2", "a2", "b3", "e1"))) == ["c2", "a1", "b3", "e1"]


def test_a_row_that_the_save_added_goes() -> None:
    assert code(undone(table("a1"), table("a1", "b1"), table("a9", "b1"))) == ["a9"]


def test_a_row_that_the_save_removed_is_back() -> None:
    assert code(undone(table("a1", "b1"), table("b1"), table("b1", "c1"))) == ["b1", "c1", "a1"]


def test_a_row_that_was_changed_again_is_not_touched() -> None:
    before, after = table("a1", "b1"), table("a2", "b1")
    assert undone(before, after, table("a3", "b1")) is None
    assert undone(before, after, table("b1")) is None
    assert undone(table("a1"), table(), table("a1")) is None
    assert undone(table(), table("a1"), table("a2")) is None


tables = st.lists(st.sampled_from("abcde"), unique=True).flatmap(
    lambda ids: st.tuples(*(st.builds(party, st.just(id), st.sampled_from("12")) for id in ids))
)


@settings(max_examples=300)
@given(tables, tables, tables)
def test_undone_is_before_where_the_save_was_and_now_elsewhere(
    before: tuple[Row, ...], after: tuple[Row, ...], now: tuple[Row, ...]
) -> None:
    was, became, current = ({row.id: row for row in rows} for rows in (before, after, now))
    touched = {id for id in {**was, **became} if was.get(id) != became.get(id)}
    result = undone(before, after, now)
    if any(current.get(id) != became.get(id) for id in touched):
        assert result is None
        return
    assert result is not None
    found = {row.id: row for row in result}
    assert len(found) == len(result)
    for id in {*was, *became, *current}:
        assert found.get(id) == (was if id in touched else current).get(id)


@settings(max_examples=200)
@given(tables, tables)
def test_undone_at_once_is_exactly_before(before: tuple[Row, ...], after: tuple[Row, ...]) -> None:
    assert undone(before, after, after) == before


def test_a_snapshot_says_what_has_to_be_written(example: Case) -> None:
    before = Snapshot.of(example)
    rows = [r.model_copy(update={"note": "x"}) for r in example.rows(Party)]
    info = example.info.model_copy(update={"project": "Another name"})
    example.write({Party: rows}, [info])
    after = Snapshot.of(example)
    example.write({Meeting: example.rows(Meeting)[1:]})
    found = Snapshot.of(example).without(before, after)
    assert found is not None
    assert dict(found.tables) == {Party: before.tables[Party]}
    assert found.documents == (before.documents[0],)
    assert Snapshot.of(example).without(after, after) == Snapshot({}, ())


def test_a_document_that_was_changed_again_is_not_touched(example: Case) -> None:
    before = Snapshot.of(example)
    example.write({}, [example.info.model_copy(update={"project": "One"})])
    after = Snapshot.of(example)
    example.write({}, [example.info.model_copy(update={"project": "Two"})])
    assert Snapshot.of(example).without(before, after) is None
