"""YAML as documents usually are, read in a tenth of the time.

Every notebook, command and form waits for this. What is out of the ordinary, and all that is wrong,
is left to the strict reader, which knows what to say about it and in which line.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

# Where one of these is, the two could differ: names for parts and kinds of value, a directive,
# keys that take over from others, a line end or tab that older YAML took otherwise, a mark or an
# empty line right behind the sign for a text of more lines.
_UNUSUAL = re.compile(
    r"(?<![^\s\[\]{},:?-])(?:[&*]\S|!)|^%|<<|[\t\x85\u2028\u2029\ufeff]"
    r"|[|>][-+\d]*(?:#|.*\n +\r?$)",
    re.MULTILINE,
)
_NULL, _TEXT = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str"
_Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _AsWritten(_Parser):
    """Takes 2025, 1.0, yes and 2026-01-31 as they are written, and no key twice."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [rule for rule in rules if rule[0] == _NULL]
        for first, rules in _Parser.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _value in node.value if key.tag == _TEXT]
        if len({*keys}) < len(node.value):
            raise yaml.constructor.ConstructorError(problem="two keys alike, or none to read")
        return super().construct_mapping(node, deep)


def read_plainly(text: str) -> dict[Any, Any] | None:
    """Give the fields of a document, every value as text; None where the strict reader must say.

    Parameters
    ----------
    text : str
        The whole document.
    """
    if _UNUSUAL.search(text):
        return None
    try:
        read = yaml.load(text, Loader=_AsWritten)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return read if isinstance(read, dict) else None
