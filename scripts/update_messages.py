"""Bring the catalogues up to date with the strings in the package.

New msgids get an empty translation, which a test refuses for ``nl``; obsolete ones go.
"""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "workbook"
KEYWORDS = {"_": None, "N_": None, "translate": None}
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]


def template() -> Catalog:
    """Collect every marked string, in the order of the files."""
    catalog = Catalog(project="werkboek-positionering", fuzzy=False)
    found = extract_from_dir(str(PACKAGE), method_map=METHODS, keywords=KEYWORDS)
    for name, _line, message, _comments, context in sorted(found, key=lambda m: (m[0], m[1])):
        catalog.add(message, locations=[(f"workbook/{Path(name).as_posix()}", 0)], context=context)
    return catalog


def updated(path: Path) -> bytes:
    """Give the catalogue at ``path`` as it should be now."""
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=path.parts[-3])
    catalog.update(template(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    out = io.BytesIO()
    write_po(out, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER + out.getvalue()


_HEADER = b"""\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: nl\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

CATALOGUE = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "workbook.po"

if __name__ == "__main__":
    if not CATALOGUE.exists():
        CATALOGUE.write_bytes(_HEADER)
    CATALOGUE.write_bytes(updated(CATALOGUE))
