"""From a document to the text of its YAML file, in which only what differs changes.

The text is not written anew from its values: each change is made at its own place in it, so that
comments, order, quotes and line ends elsewhere can't change.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, SequenceNode

from workbook.case import yaml_text
from workbook.case.documents import read_document
from workbook.case.reading import decode

Edit = tuple[int, int, str]
"""From, to, and what comes there instead."""


def document_bytes(before: bytes, document: BaseModel) -> bytes:
    """Write a document into the text that it had.

    Parameters
    ----------
    before : bytes
        The file as it stands.
    document : CaseInfo or Scenario
        What it has to hold.

    Returns
    -------
    bytes
        UTF-8 without a mark, lines ending in LF. A file that can't be read is written anew.
    """
    model = type(document)
    text = decode(before, "")[0].replace("\r\n", "\n").replace("\r", "\n")
    old, _ = read_document(model, before, "")
    if old == document:
        return text.encode()
    fresh = f"{yaml_text.fields(document, 0)}\n".encode()
    if old is None:
        return fresh
    after = _changed(text, old, document).encode()
    if read_document(model, after, "")[0] == document:
        return after
    # YAML can be written in more ways than are followed here; a document that has errors of its
    # own is read differently either way, and is then refused with its place in the file.
    return fresh if read_document(model, fresh, "")[0] == document else after


def _changed(text: str, old: BaseModel, new: BaseModel) -> str:
    root = YAML(typ="safe", pure=True).compose(io.StringIO(text))
    if root is None:  # nothing but comments
        return f"{text}\n{yaml_text.fields(new, 0)}\n"
    place = _Place(text)
    return place.applied(0, len(text), place.part(root, old, new))


class _Place:
    """Finds where in a text a change is to be made."""

    def __init__(self, text: str) -> None:
        self.text = text

    def applied(self, start: int, stop: int, edits: Iterable[Edit]) -> str:
        """Give a piece of the text with the edits in it made."""
        pieces, at = [], start
        for first, last, instead in sorted(edits, key=lambda edit: edit[0]):
            pieces += [self.text[at:first], instead]
            at = last
        return "".join([*pieces, self.text[at:stop]])

    def part(self, node: Node, old: BaseModel, new: BaseModel) -> Iterator[Edit]:
        """Change the fields that differ; those that aren't there yet come after the one before."""
        present = {str(key.value): (key, value) for key, value in node.value}
        names = [name for name in type(new).model_fields if _differs(name, old, new)]
        for name in names:
            if name in present:
                was, now = getattr(old, name), getattr(new, name)
                yield from self.value(node, *present[name], was, now)
        order = list(type(new).model_fields)
        for name in names:
            if name in present:
                continue
            earlier = [known for known in order[: order.index(name)] if known in present]
            after = present[earlier[-1]] if earlier else node.value[-1]
            value = getattr(new, name)
            stop = max(self.end(part) for part in after)
            if node.flow_style:
                yield stop, stop, f", {name}: {yaml_text.flow(value)}"
            else:
                written = yaml_text.entry(name, value, after[0].start_mark.column)
                yield self.line_end(stop), self.line_end(stop), f"\n{written}"

    def value(self, parent: Node, key: Node, value: Node, was: Any, now: Any) -> Iterator[Edit]:
        """Change one field, as little of it as can be."""
        both = isinstance(was, BaseModel) and isinstance(now, BaseModel)
        if both and isinstance(value, MappingNode) and value.value:
            yield from self.part(value, was, now)
        elif (
            yaml_text.holds_parts(was)
            and yaml_text.holds_parts(now)
            and isinstance(value, SequenceNode)
            and (not value.flow_style or _ids(was) == _ids(now))
        ):
            yield from self.statements(key, value, was, now)
        elif parent.flow_style:
            colon = self.colon(key)
            yield colon, max(colon, self.end(value)), f" {yaml_text.flow(now)}"
        else:
            yield from self.instead(key, value, now)

    def statements(self, key: Node, node: Node, was: Any, now: Any) -> Iterator[Edit]:
        """Change a list of statements; each keeps the comments above it, wherever it goes."""
        before = {part.id: part for part in was}
        items = dict(zip(before, node.value, strict=True))
        edits = {
            part.id: list(self.part(items[part.id], before[part.id], part))
            for part in now
            if part.id in items
        }
        if _ids(was) == _ids(now):
            for made in edits.values():
                yield from made
            return
        cuts = [self.line_end(self.colon(key))]
        cuts += [self.line_end(self.end(item)) for item in node.value]
        pieces = dict(zip(items, itertools.pairwise(cuts), strict=True))
        dash = node.start_mark.column
        yield (
            cuts[0],
            cuts[-1],
            "".join(
                self.applied(*pieces[part.id], edits[part.id])
                if part.id in pieces
                else f"\n{yaml_text.item(part, dash)}"
                for part in now
            ),
        )

    def instead(self, key: Node, value: Node, now: Any) -> Iterator[Edit]:
        """Put a whole other value after the name of a field."""
        colon, column = self.colon(key), key.start_mark.column
        start, stop = value.start_mark.index, max(colon, self.end(value))
        empty = start == value.end_mark.index
        # A comment beside the name of a field stays, whatever happens to the lines below it.
        head = self.line_end(colon)
        away = (colon if empty or start < head else head, stop, "")
        if yaml_text.holds_parts(now):
            yield away
            line_end = self.line_end(stop)
            yield line_end, line_end, f"\n{yaml_text.block(now, column + 2)}"
        elif now is None:
            yield away
        elif empty or isinstance(value, CollectionNode):
            yield colon, colon, f" {self.line(now, column, colon + 1, stop)}"
            yield away
        else:
            yield start, stop, self.line(now, column, start, stop)

    def line(self, value: Any, column: int, start: int, stop: int) -> str:
        """Write a value where another stood; on one line if something comes after it."""
        if self.text[stop : self.line_end(stop)].strip():
            return yaml_text.flow(value)
        used = start - (self.text.rfind("\n", 0, start) + 1)
        return yaml_text.scalar(value, column, used)

    def colon(self, key: Node) -> int:
        """Find where the value of a field may begin."""
        return self.text.index(":", key.end_mark.index) + 1

    def line_end(self, index: int) -> int:
        """Find the end of the line, after any comment on it."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found

    def end(self, node: Node) -> int:
        """Find where a value ends, without the blank lines and comments that follow it."""
        if isinstance(node, CollectionNode) and not node.flow_style:
            inner = node.value
            if isinstance(node, MappingNode):
                inner = [part for pair in node.value for part in pair]
            return max(self.end(part) for part in inner)
        start, stop = node.start_mark.index, node.end_mark.index
        if start == stop:  # nothing at all, which is said to stand where the next thing begins
            return 0
        if getattr(node, "style", None) in ("|", ">"):
            stop = start + len(self.text[start:stop].rstrip())
        return stop


def _differs(name: str, old: BaseModel, new: BaseModel) -> bool:
    return getattr(old, name) != getattr(new, name)


def _ids(statements: Any) -> list[str]:
    return [part.id for part in statements]
