"""The board of the steps in notebook 00."""

from __future__ import annotations

import importlib
import re
from html import unescape
from pathlib import Path

import pytest

from workbook import handbook
from workbook.case import Case, open_case
from workbook.case.points import open_points
from workbook.case.tables import Criterion, Party
from workbook.forms.board import Board
from workbook.forms.links import notebook_name

# The package has a function of this name, which hides the module.
module = importlib.import_module("workbook.forms.board")


@pytest.fixture(autouse=True)
def _unserved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WERKBOEK_SERVED", raising=False)


def rows(board: Board) -> list[list[str]]:
    return [
        [unescape(re.sub("<[^>]*>", "", cell)) for cell in re.findall("<td>(.*?)</td>", row)]
        for row in re.findall("<tr>(<td>.*?)</tr>", board.value)
    ]


def links(board: Board) -> list[str]:
    return re.findall('<a href="([^"]*)"', board.value)


def test_every_step_is_there_with_a_link_to_its_notebook(example: Case) -> None:
    board = Board(example)
    assert [row[0] for row in rows(board)] == [
        f"{s.number}. {s.title.in_('en')}" for s in handbook.steps()
    ]
    assert links(board) == [notebook_name(7), *(notebook_name(n) for n in range(1, 10))]


def test_it_says_what_is_open_and_what_comes_next(example: Case) -> None:
    board = Board(example)
    points = [p.render_brief("en") for p in open_points(example) if p.step == 7]
    assert len(points) == 2
    assert rows(board)[7][1:] == ["2 open", "; ".join(points)]
    assert rows(board)[4][1:] == ["nothing open", ""]
    assert f"Next: step 7, {points[0]}." in unescape(board.value)
    assert board.readable()["text/plain"].splitlines()[0] == f"Next: step 7, {points[0]}."


def test_it_names_nobody_in_front_of_a_room(example: Case) -> None:
    named = [p.render("en") for p in open_points(example) if p.step == 7]
    assert any("p04" in told for told in named)
    assert not re.search(r"\bp[0-9]{2}\b", unescape(Board(example).value))


def test_more_than_three_points_are_cut_short_and_name_no_file(empty: Case) -> None:
    assert len([p for p in open_points(empty) if p.step == 2]) > 3
    assert rows(Board(empty))[2][1:] == [
        "not started",
        "the core is not yet in one sentence; not described yet: Goals; "
        "not described yet: Audience …",
    ]


def test_a_new_region_begins_with_what_this_notebook_asks(empty: Case) -> None:
    board = Board(empty)
    assert {row[1] for row in rows(board)} == {"not started"}
    told = board.readable()["text/plain"].splitlines()[0]
    assert told == "Next: step 0, the project has no name yet."
    assert links(board) == [notebook_name(n) for n in range(1, 10)]


def test_it_follows_a_save(empty: Case) -> None:
    board = Board(empty)
    before = board.value
    empty.write({Party: [Party(id="a", name="A", source="s")]})
    assert board.value != before
    assert rows(board)[1][1].endswith(" open")
    assert "no parties yet" not in board.value
    assert board.readable()["text/html"] == board.value


def test_it_says_so_when_nothing_is_open(example: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "open_points", lambda case: [])
    board = Board(example)
    assert board.readable()["text/plain"].startswith("Nothing is open any more.")
    assert {row[1] for row in rows(board)} == {"nothing open"}
    assert links(board) == [notebook_name(n) for n in range(1, 10)]


def test_what_is_open_in_this_notebook_is_not_nothing(
    example: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    example.write({}, [example.info.model_copy(update={"project": None})])
    at_start = [point for point in open_points(example) if point.step == 0]
    assert len(at_start) == 1
    monkeypatch.setattr(module, "open_points", lambda case: at_start)
    board = Board(example)
    told = board.readable()["text/plain"].splitlines()[0]
    assert told == "Next: step 0, the project has no name yet."
    # It is filled in further down this very notebook.
    assert links(board) == [notebook_name(n) for n in range(1, 10)]


def test_it_is_in_the_readers_language(data: Path) -> None:
    board = Board(open_case("voorbeeldregio", lang="nl", root=data))
    assert '<div lang="nl"' in board.value
    assert [row[0] for row in rows(board)][1] == f"1. {handbook.step(1).title.in_('nl')}"
    for english in ("Next: step", "nothing open", "not started", "Go to"):
        assert english not in board.value


def test_names_of_the_case_are_escaped(example: Case) -> None:
    rows_ = list(example.rows(Criterion))
    rows_[-1] = rows_[-1].model_copy(update={"name": "<script>alert(1)</script>", "found_by": ()})
    example.write({Criterion: rows_})
    board = Board(example)
    assert "<script>" not in board.value
    assert "&lt;script&gt;" in board.value
    assert "<script>" not in board.readable()["text/html"]


def test_without_a_kernel_it_is_the_same(example: Case) -> None:
    bundle = Board(example)._repr_mimebundle_()
    assert set(bundle) == {
        "application/vnd.jupyter.widget-view+json",
        "text/html",
        "text/plain",
    }
    assert len(bundle["text/plain"].splitlines()) == 11
