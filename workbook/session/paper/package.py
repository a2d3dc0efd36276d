"""Is a file an Excel workbook that is safe to open? Looked at before anything opens it.

An .xlsx file is a zip of XML files. What is refused here: other formats, macros, passwords, a zip
that unpacks to far more than any form, XML that declares entities, cells a million rows away.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from openpyxl.utils import column_index_from_string

from workbook.locale import N_, Message

LAST_ROW, LAST_COLUMN = 2000, 200
"""What stands further away isn't ours; a form has a hundred rows at most."""

_LARGEST = 5_000_000
_LARGEST_UNPACKED = 20_000_000
_RATIO = 100
_RATIO_FROM = 1_000_000
"""A form packs 5 to 20 times; only what is large is measured."""
_ENTRIES = 300
_ELEMENTS = 200_000
_DEPTH = 50

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_REF = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class Unsafe(Exception):
    """A file that isn't opened; it holds the sentence that says why, and the cell if it is one."""

    def __init__(self, what: Message, cell: str = "") -> None:
        self.what = what
        self.cell = cell
        super().__init__(what.render("en"))


_NOT_EXCEL = Message(
    N_("this is not an Excel file; open the form in a spreadsheet program and save it as .xlsx")
)
_OLD = Message(
    N_(
        "this is an Excel file of the old kind (.xls); open it and save it as .xlsx: another name "
        "alone doesn't change it"
    )
)
_LOCKED = Message(N_("this file has a password; save it without one"))
_MACROS = Message(N_("this file can hold macros; save it as .xlsx, without macros"))
_DAMAGED = Message(
    N_("this file is damaged; ask for it once more, or open it and save it again as .xlsx")
)
_TOO_LARGE = Message(
    N_("this file is far too large for a form; ask for the form as it was sent out, filled in")
)
_FOREIGN = Message(
    N_(
        "this file holds something that no form of ours holds (declared entities); don't open it, "
        "and ask for the form once more"
    )
)
_FAR = Message(
    N_("something stands here, far outside the form; empty that cell, or ask for a new form")
)


def read_package(path: Path) -> bytes:
    """Read a file and look at it.

    Raises
    ------
    Unsafe
        If it isn't to be opened.
    """
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise Unsafe(Message(N_("there is no file with this name here"))) from error
    except IsADirectoryError as error:
        raise Unsafe(Message(N_("this is a folder; name the forms in it"))) from error
    except PermissionError as error:
        raise Unsafe(
            Message(N_("this file can't be read: it is open elsewhere, or it isn't yours"))
        ) from error
    except OSError as error:
        raise Unsafe(
            Message(N_("this file can't be read ({why})"), why=error.strerror or error)
        ) from error
    if suffix in (".xlsm", ".xltm", ".xlsb", ".xlam"):
        raise Unsafe(_MACROS)
    if data.startswith(_OLE):
        raise Unsafe(_LOCKED if _PASSWORD in data else _OLD)
    if suffix != ".xlsx" or not data.startswith(b"PK"):
        raise Unsafe(_NOT_EXCEL)
    if len(data) > _LARGEST:
        raise Unsafe(_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, OSError) as error:
        # EOFError of a zip that was cut off is none of these names: zipfile turns it into its own
        raise Unsafe(_DAMAGED) from error
    except (EOFError, NotImplementedError, RuntimeError) as error:
        raise Unsafe(_DAMAGED) from error
    return data


def _check(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if (
        len(entries) > _ENTRIES
        or unpacked > _LARGEST_UNPACKED
        or (unpacked > _RATIO_FROM and unpacked > _RATIO * packed)
    ):
        raise Unsafe(_TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unsafe(_LOCKED)
    if len(names) < len(entries) or any(
        entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries
    ):
        raise Unsafe(_DAMAGED)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unsafe(_MACROS)
    if "xl/workbook.xml" not in names:
        raise Unsafe(_NOT_EXCEL)
    look = _Look()
    for entry in entries:
        data = archive.read(entry)
        if entry.filename == "[Content_Types].xml" and b"macroEnabled" in data:
            raise Unsafe(_MACROS)
        if _is_xml(entry.filename, data):
            look.at(data)


def _is_xml(name: str, data: bytes) -> bool:
    """Whether anything could read it as XML, whatever its name is."""
    if name.lower().endswith(".vml"):  # drawings of notes: nothing reads them, and often not XML
        return False
    start = data[:64].lstrip(b" \t\r\n\0")
    return name.lower().endswith((".xml", ".rels")) or start.startswith(
        (b"<", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
    )


class _Look:
    """Goes through the XML of all files together, without building anything from it."""

    def __init__(self) -> None:
        self._elements = 0

    def at(self, data: bytes) -> None:
        self._depth = self._row = self._column = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._declared
        parser.EntityDeclHandler = self._declared
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(data, True)

    def _declared(self, *_told: object) -> None:
        raise Unsafe(_FOREIGN)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > _ELEMENTS or self._depth > _DEPTH:
            raise Unsafe(_TOO_LARGE)
        if name == _MAIN + "row":
            self._next_row(attributes.get("r"))
        elif name == _MAIN + "c":
            self._next_cell(attributes.get("r"))
        elif name in (_MAIN + "v", _MAIN + "f", _MAIN + "is"):
            self._filled()

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _next_row(self, number: str | None) -> None:
        # Programs that read on demand lose rows and cells that aren't in order.
        row = self._row + 1 if number is None else int(number)
        if row <= self._row:
            raise Unsafe(_DAMAGED)
        self._row, self._column, self._cell = row, 0, ""

    def _next_cell(self, reference: str | None) -> None:
        column = self._column + 1
        if reference is not None:
            found = _REF.fullmatch(reference)
            if found is None or int(found[2]) != self._row:
                raise Unsafe(_DAMAGED)
            column = column_index_from_string(found[1])
        if column <= self._column:
            raise Unsafe(_DAMAGED)
        self._column, self._cell = column, reference or ""

    def _filled(self) -> None:
        if self._row > LAST_ROW or self._column > LAST_COLUMN:
            raise Unsafe(_FAR, self._cell)
