"""From values to YAML that reads well and is always read back the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from workbook.case.tables import to_text

WIDTH = 100
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Controls, surrogates, what has no meaning (yet) and the two other line ends.
_UNSAFE = ("Cc", "Cs", "Cn", "Zl", "Zp")
_OTHER_MEANING = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")


def fields(part: BaseModel, indent: int) -> str:
    """Write the fields of a part that aren't at their default, each on lines of its own."""
    order = sorted(type(part).model_fields, key=lambda name: name == "source")
    return "\n".join(
        entry(name, value, indent)
        for name in order
        if (value := getattr(part, name)) != type(part).model_fields[name].default
    )


def entry(name: str, value: Any, indent: int) -> str:
    """Write one field with its name, over as many lines as it takes."""
    start = f"{' ' * indent}{name}:"
    if value is None:
        return start
    if holds_parts(value):
        return f"{start}\n{block(value, indent + 2)}"
    return f"{start} {scalar(value, indent, len(start) + 1)}"


def holds_parts(value: Any) -> bool:
    """Whether a value takes lines of its own: a part or a list of them."""
    return isinstance(value, BaseModel) or (
        isinstance(value, tuple) and any(isinstance(item, BaseModel) for item in value)
    )


def block(value: BaseModel | Sequence[BaseModel], indent: int) -> str:
    """Write a part or a list of parts."""
    if isinstance(value, BaseModel):
        return fields(value, indent)
    return "\n".join(item(part, indent) for part in value)


def item(part: BaseModel, indent: int) -> str:
    """Write a part as one item of a list."""
    return f"{' ' * indent}- {fields(part, indent + 2).lstrip(' ')}"


def flow(value: Any) -> str:
    """Write any value on one line, so that it can stand between brackets."""
    if value is None:
        return "null"
    if isinstance(value, BaseModel):
        filled = {name: getattr(value, name) for name in type(value).model_fields}
        return "{" + ", ".join(f"{name}: {flow(part)}" for name, part in filled.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    text = _written(value)
    bare = not isinstance(value, str) or (_is_plain(text) and re.fullmatch(r"[\w-]+", text))
    return text if bare else quoted(text)


def scalar(value: Any, indent: int, used: int) -> str:
    """Write what stands after the name of a field.

    Parameters
    ----------
    value
        Text, or another value that fits on a line.
    indent : int
        The column of the field's name.
    used : int
        How much of the line is taken.
    """
    if isinstance(value, tuple):
        return flow(value)
    text = _written(value)
    if not isinstance(value, str):
        return text
    lines = text.split("\n")
    whole = all(line == line.strip() and _is_safe(line) for line in lines)
    if len(lines) > 1 and whole:
        return _indented("|-", lines, indent + 2)
    if len(lines) == 1 and whole and used + len(text) > WIDTH:
        return _indented(">-", _wrapped(text, WIDTH - indent - 2), indent + 2)
    return text if _is_plain(text) else quoted(text)


def quoted(text: str) -> str:
    """Write a text between double quotes, on one line, whatever is in it."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _written(value: Any) -> str:
    # In a table it is yes; YAML has a word of its own.
    return str(value).lower() if isinstance(value, bool) else to_text(value)


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _is_safe(character):
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _is_safe(text: str) -> bool:
    return not any(
        unicodedata.category(character) in _UNSAFE or character == "\ufeff" for character in text
    )


def _is_plain(text: str) -> bool:
    """Whether a text is read the same without quotes, by us and by any other program."""
    return (
        text[:1].isalpha()
        and text.isprintable()
        and not re.search(r"[:#\[\]{}]", text)
        and text.casefold() not in _OTHER_MEANING
        and not text.endswith(" ")
    )


def _indented(mark: str, lines: Sequence[str], indent: int) -> str:
    return "\n".join([mark, *(f"{' ' * indent}{line}" if line else "" for line in lines)])


def _wrapped(text: str, width: int) -> list[str]:
    """Cut a text at single spaces: a line end there is read as a space."""
    lines = [""]
    for word in re.split(r"(?<! ) (?! )", text):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
