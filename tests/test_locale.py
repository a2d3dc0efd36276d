"""Catalogues are complete, current, and keep every field."""

from __future__ import annotations

import ast
import string
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from workbook.locale import Message, translator


@pytest.fixture
def update(root: Path):
    sys.path.insert(0, str(root / "scripts"))
    try:
        import update_messages
    finally:
        sys.path.pop(0)
    return update_messages


@pytest.fixture
def dutch(update) -> Catalog:
    with update.CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="nl")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_dutch_is_complete(update, dutch: Catalog) -> None:
    wanted = {message.id for message in update.template() if message.id}
    have = {message.id: message.string for message in dutch if message.id}
    assert sorted(wanted - set(have)) == [], "run scripts/update_messages.py"
    assert sorted(set(have) - wanted) == [], "run scripts/update_messages.py"
    assert [id for id, text in have.items() if not text.strip()] == []


def test_fields_survive_translation(dutch: Catalog) -> None:
    for message in dutch:
        if message.id:
            assert fields(message.string) == fields(message.id), message.id


def test_a_message_is_rendered_in_either_language() -> None:
    message = Message("no source for: {names}", names="A, B")
    assert message.render("en") == "no source for: A, B"
    assert message.render("nl") == translator("nl")("no source for: {names}").format(names="A, B")
    assert message.render("nl") != message.render("en")


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="nl, en"):
        translator("fr")


def test_no_string_hides_inside_another(root: Path) -> None:
    """Extraction sees no ``_("…")`` inside an f-string from Python 3.12 on."""
    hidden = []
    for path in sorted((root / "workbook").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                hidden += [
                    f"{path.name}:{call.lineno}"
                    for call in ast.walk(node)
                    if isinstance(call, ast.Call)
                    and getattr(call.func, "id", "") in ("_", "N_")
                    and isinstance(call.args[0], ast.Constant)
                    and not _is_said_elsewhere(path, call)
                ]
    assert hidden == []


def _is_said_elsewhere(path: Path, call: ast.Call) -> bool:
    """Whether the same words are also marked outside an f-string in the same file."""
    text = call.args[0].value
    return f'_("{text}")' in path.read_text("utf-8")
