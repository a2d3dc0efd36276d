"""One region's case: read, hash-checked write, observe."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from filelock import Timeout
from pydantic import BaseModel

from workbook.case import folder as files
from workbook.case.checking import cross_problems, document_problems, unanswerable
from workbook.case.contents import FILES, read_folder
from workbook.case.document_writing import document_bytes
from workbook.case.documents import read_document
from workbook.case.problem import COULD_NOT_WRITE, FOLDER_GONE, CaseError, Problem, UserError
from workbook.case.reading import read_table
from workbook.case.tables import Argument, Row, to_text
from workbook.case.tables.document import CaseInfo, Provenance, Scenario
from workbook.case.writing import table_bytes
from workbook.locale import N_, Message, Translate, translator

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Row)

_log = logging.getLogger(__name__)


class Changed(Exception):
    """A table or document was changed by somebody else since it was read.

    Attributes
    ----------
    model : type of Row, CaseInfo or Scenario
        The table or the document.
    theirs : tuple of Row, CaseInfo, Scenario or None
        What is on disk now: the rows of a table; a document, or None if it can't be read.
    """

    def __init__(
        self, model: type[BaseModel], theirs: Sequence[Row] | BaseModel | None, lang: str
    ) -> None:
        self.model = model
        self.theirs = tuple(theirs) if isinstance(theirs, Sequence) else theirs
        super().__init__(
            Message(
                N_("{file} was changed by somebody else meanwhile; nothing was written"),
                file=FILES[model],
            ).render(lang)
        )

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Case:
    """The case folder of one region.

    Parameters
    ----------
    folder : Path
        ``data/<region>/``.
    lang : {"nl", "en"}
        Language of the workbook's own words; the case keeps its own.

    Raises
    ------
    CaseError
        With every problem in the folder at once.
    UserError
        If the folder isn't there.
    """

    def __init__(self, folder: Path, lang: str = "nl") -> None:
        self.folder = folder
        self.region = folder.name
        self.lang = lang
        self._observers: list[Callable[[], None]] = []
        self._readers: list[set[type[BaseModel]]] = []
        self._load()

    def _load(self) -> None:
        self._check_folder()
        # Taken before the files are read: a change meanwhile is then seen the next time.
        stamps = files.stamps(self.folder)
        contents, problems = read_folder(self.folder)
        if problems:
            raise CaseError(problems, self.lang)
        self._tables, self._documents = contents.tables, contents.documents
        self._texts, self._digests = contents.texts, contents.digests
        self._stamps = stamps

    def _check_folder(self) -> None:
        if not self.folder.is_dir():
            raise UserError(Message(FOLDER_GONE, region=self.region, folder=self.folder), self.lang)

    @property
    def info(self) -> CaseInfo:
        """The document ``case.yaml``."""
        self._read(CaseInfo)
        return self._documents[CaseInfo]  # type: ignore[return-value]

    @property
    def scenario(self) -> Scenario:
        """The document ``scenario.yaml``."""
        self._read(Scenario)
        return self._documents[Scenario]  # type: ignore[return-value]

    @property
    def translate(self) -> Translate:
        """The workbook's own words in this case's reading language."""
        return translator(self.lang)

    @property
    def fictional(self) -> bool:
        """Whether the case is made up; every picture of it says so."""
        return self.info.provenance is Provenance.FICTIONAL

    @property
    def is_reference(self) -> bool:
        """Whether this is the published case that the other regions can look at."""
        return self.region == files.REFERENCE_REGION

    def reference(self) -> Case:
        """Open the published case, which comes with the package, wherever this case lives."""
        return Case(files.PACKAGE_DATA / files.REFERENCE_REGION, self.lang)

    def rows(self, model: type[R]) -> tuple[R, ...]:
        """Give the rows of a table, in file order."""
        self._read(model)
        return self._tables[model]  # type: ignore[return-value]

    def get(self, model: type[R], id: str) -> R:
        """Give the row with this id."""
        return next(row for row in self.rows(model) if row.id == id)

    def frame(self, model: type[Row]) -> pd.DataFrame:
        """Give a table as a frame of the texts that stand in the file."""
        import pandas as pd

        columns = model.columns()
        records = [[to_text(getattr(row, name)) for name in columns] for row in self.rows(model)]
        return pd.DataFrame(records, columns=list(columns), dtype=str).set_index("id")

    @contextmanager
    def reads(self) -> Iterator[set[type[BaseModel]]]:
        """Collect the tables and documents that are read from this case inside the context.

        Yields
        ------
        set
            Row models, `CaseInfo` and `Scenario`; what an inner context collects is in the outer
            one too.
        """
        found: set[type[BaseModel]] = set()
        self._readers.append(found)
        try:
            yield found
        finally:
            # By identity: two sets with the same in them are equal.
            self._readers = [other for other in self._readers if other is not found]

    def _read(self, model: type[BaseModel]) -> None:
        for found in self._readers:
            found.add(model)

    def version(self, model: type[BaseModel]) -> str:
        """Give the digest of a table or document as it was last read or written here."""
        return self._digests[model]

    def write(
        self,
        tables: Mapping[type[Row], Iterable[Row]],
        documents: Iterable[CaseInfo | Scenario] = (),
    ) -> None:
        """Write tables and documents as one, if each is still the one that was read.

        Parameters
        ----------
        tables : mapping of table to rows
            The new contents.
        documents : iterable of CaseInfo or Scenario
            The new documents; what doesn't differ in them stays as it is written.

        Raises
        ------
        Changed
            If a file is no longer the one this case was read from; nothing is written.
        CaseError
            If the new contents don't fit together; nothing is written.
        UserError
            If a file can't be written; it says why.
        """
        rows = {model: tuple(given) for model, given in tables.items()}
        parts = {type(document): document for document in documents}
        contents: dict[type[BaseModel], bytes] = {
            **{model: document_bytes(self._texts[model], part) for model, part in parts.items()},
            **{model: table_bytes(model, given) for model, given in rows.items()},
        }
        problems: list[Problem] = []
        read: dict[type[BaseModel], BaseModel] = {}
        for model in parts:
            document, faults = read_document(model, contents[model], FILES[model])
            problems += faults
            if document is not None:
                read[model] = document
                problems += document_problems(document, FILES[model])
        parsed = {model: read_table(model, contents[model]) for model in rows}
        problems += [fault for table in parsed.values() for fault in table.problems]
        merged = {**self._tables, **rows}
        problems += cross_problems(merged)
        scenario = read.get(Scenario, self._documents[Scenario])
        problems += unanswerable(scenario, {row.id for row in merged[Argument]})  # type: ignore[arg-type]
        if problems:
            raise CaseError(problems, self.lang)
        with self.locked():
            for model in contents:
                now = (self.folder / FILES[model]).read_bytes()
                if files.digest(now) != self._digests[model]:
                    raise Changed(model, _parsed(model, now), self.lang)
            files.write_files(self.folder, {FILES[model]: data for model, data in contents.items()})
            # Only of what was written: somebody else's change to another file is still unread.
            written = {FILES[model] for model in contents}
            stamps = files.stamps(self.folder)
            self._stamps |= {name: stamps[name] for name in written & stamps.keys()}
        # As they will be read again, so that this case and the next reader hold the same.
        self._tables |= {model: table.rows for model, table in parsed.items()}
        self._documents |= read
        self._texts |= {model: contents[model] for model in parts}
        self._digests |= {model: files.digest(data) for model, data in contents.items()}
        self._notify()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock that all writers of this case share.

        Raises
        ------
        UserError
            If somebody else holds it too long, or if a file can't be written inside the context.
        """
        self._check_folder()
        try:
            with files.lock(self.folder):
                files.complete(self.folder)
                yield
        except Timeout as error:
            raise UserError(
                Message(N_("somebody else is writing this case; try again in a moment")), self.lang
            ) from error
        except OSError as error:
            raise UserError(
                Message(COULD_NOT_WRITE, region=self.region, why=error.strerror), self.lang
            ) from error

    def refresh(self) -> bool:
        """Read the folder again if another program changed it. Returns whether it had.

        Raises
        ------
        CaseError
            If what is there now has errors; the case stays as it was.
        UserError
            If the folder is gone; the case stays as it was.
        """
        self._check_folder()
        if files.stamps(self.folder) == self._stamps:
            return False
        before = self._digests
        self._load()
        changed = before != self._digests
        if changed:
            self._notify()
        return changed

    def observe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` after every change. Returns what ends it."""
        self._observers.append(callback)

        def end() -> None:
            with suppress(ValueError):
                self._observers.remove(callback)

        return end

    def _notify(self) -> None:
        for callback in tuple(self._observers):
            try:
                callback()
            except Exception:
                # What was written is written: a view that fails must not make it look otherwise.
                _log.exception("a view could not follow %s", self.region)

    def __repr__(self) -> str:
        return f"Case({self.region!r}, lang={self.lang!r})"


def _parsed(model: type[BaseModel], data: bytes) -> Sequence[Row] | BaseModel | None:
    if issubclass(model, Row):
        return read_table(model, data).rows
    return read_document(model, data, FILES[model])[0]


def open_case(region: str, lang: str = "nl", root: str | os.PathLike[str] | None = None) -> Case:
    """Open a region's case.

    Parameters
    ----------
    region : str
        Name of a folder under the data root.
    lang : {"nl", "en"}
        Language of the workbook's own words.
    root : path, optional
        The data root, if it isn't ``WERKBOEK_DATA`` or the workbook's own ``data/``.
    """
    if lang not in ("nl", "en"):
        raise UserError(Message(N_("the language is nl or en, not “{lang}”"), lang=lang))
    return Case(files.region_folder(region, files.data_root(root), lang), lang)
