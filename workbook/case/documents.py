"""From the bytes of a YAML file to a document of the case, with every problem at once."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError

from workbook.case.plain_yaml import read_plainly
from workbook.case.problem import Problem
from workbook.case.reading import decode, shortened
from workbook.locale import N_, Message

T = TypeVar("T", bound=BaseModel)


class _AsWritten(SafeConstructor):
    """Keeps 2025, 1.0, true, = and 2026-01-31 as they are written: here every value is text."""


for _tag in ("int", "float", "bool", "timestamp", "value"):
    _AsWritten.add_constructor(f"tag:yaml.org,2002:{_tag}", SafeConstructor.construct_yaml_str)


def read_document(model: type[T], data: bytes, file: str) -> tuple[T | None, list[Problem]]:
    """Read ``case.yaml`` or ``scenario.yaml``; aliases and double keys are refused."""
    document, problems = _read(model, data, file)
    return document, list(problems)  # type: ignore[return-value]


@lru_cache(maxsize=8)
def _read(
    model: type[BaseModel], data: bytes, file: str
) -> tuple[BaseModel | None, Sequence[Problem]]:
    """Read the same bytes once: a notebook opens the reference case again for every panel."""
    text, problems = decode(data, file)
    if problems:
        return None, problems
    content = read_plainly(text)
    if content is not None:
        with suppress(ValidationError):
            return model.model_validate(content), []
    return _read_strictly(model, text, file)


def _read_strictly(
    model: type[BaseModel], text: str, file: str
) -> tuple[BaseModel | None, Sequence[Problem]]:
    """Read what is out of the ordinary, or say where it is wrong and why."""
    yaml = strict_yaml()
    try:
        # Going through a text is most of the work; where these signs aren't, once is enough.
        for event in yaml.parse(io.StringIO(text)) if "&" in text or "*" in text else ():
            if getattr(event, "anchor", None):
                what = Message(N_("anchors and aliases (& and *) are refused"))
                return None, [Problem(file, what, row=event.start_mark.line + 1)]
        content = yaml.load(io.StringIO(text)) or {}
    except (YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or type(error).__name__
        return None, [
            Problem(
                file,
                Message(N_("this is not YAML: {why}"), why=why),
                row=None if mark is None else mark.line + 1,
            )
        ]
    if not isinstance(content, dict):
        return None, [Problem(file, Message(N_("the file holds no fields")))]
    try:
        return model.model_validate(content), []
    except ValidationError as error:
        root = yaml.compose(io.StringIO(text))
        found: dict[str, Problem] = {}
        for fault in error.errors():
            place = _Place(content, root, fault["loc"])
            what, expected = _document_fault(fault, place.column)
            problem = Problem(file, what, expected, place.row, place.record, place.column)
            found.setdefault(place.column, problem)
        return None, list(found.values())


def strict_yaml() -> YAML:
    """Give the reader that knows lines, and takes no key twice."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _AsWritten
    yaml.allow_duplicate_keys = False
    return yaml


class _Place:
    """Where in a document a fault is: as a path, a line, and the id of the statement."""

    def __init__(self, content: Any, node: Any, loc: Sequence[str | int]) -> None:
        path: list[str] = []
        self.row: int | None = None
        self.record: str | None = None
        for part in loc:
            if isinstance(content, dict):
                path.append(str(part))
                children = {str(k.value): (k, v) for k, v in node.value} if node else {}
                key, node = children.get(str(part), (None, None))
                content = next((v for k, v in content.items() if str(k) == str(part)), None)
            elif isinstance(content, list) and isinstance(part, int):
                path.append(str(part + 1))
                key = node = node.value[part]
                content = content[part]
            else:  # which of several types was tried: no place in the document
                break
            if key is not None:
                self.row = key.start_mark.line + 1
            if isinstance(content, dict) and isinstance(content.get("id"), str):
                self.record = content["id"]
        self.column = ".".join(path)


def _document_fault(fault: Any, column: str) -> tuple[Message, Message | None]:
    """Say what is wrong with a field of a document, and what was expected."""
    kind = fault["type"]
    if kind == "extra_forbidden":
        return Message(N_("the field is not known")), None
    if kind == "missing":
        return Message(N_("the field is missing")), None
    what = Message(N_("“{value}” can't be used here"), value=shortened(str(fault["input"])))
    if kind == "string_too_short":
        what = Message(N_("the field is empty"))
    if kind in ("enum", "literal_error"):
        allowed = fault["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return what, Message(N_("one of {allowed}"), allowed=allowed)
    if column.endswith(("period.start", "period.end")):
        return what, Message(N_("a date as 2026-01-31"))
    if column.rsplit(".", 1)[-1] == "id":
        return what, Message(N_("lower-case letters, digits, - and _, at most 60"))
    return what, Message(_EXPECTED.get(kind, N_("text")))


_EXPECTED = {
    "tuple_type": N_("a list, each item after a -"),
    "model_type": N_("fields, each as name: value"),
    "bool_parsing": N_("yes or no"),
    "share": N_("a share from 0 to 1, such as 0.33"),
    "share_order": N_("a share from 0 to 1 that is not below minus_below"),
}
