"""Text in a file that is XML: a picture as SVG, a Word document."""

from __future__ import annotations

import re

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def written_out(text: str) -> str:
    """Write out the characters that XML can't hold, as U+000B for that one."""
    return _NOT_IN_XML.sub(lambda found: f"U+{ord(found[0]):04X}", text)
