"""One region's case: read, hash-checked write, observe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from filelock import Timeout

from workbook.case import folder as files
from workbook.case.checking import cross_problems, document_problems, unanswerable
from workbook.case.documents import read_document
from workbook.case.problem import COULD_NOT_WRITE, CaseError, Problem, UserError
from workbook.case.reading import read_table
from workbook.case.tables import TABLES, Argument, Row, to_text
from workbook.case.tables.document import CaseInfo, Provenance, Scenario
from workbook.case.writing import table_bytes
from workbook.locale import N_, Message, Translate, translator

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Row)

DOCUMENTS = {"case.yaml": CaseInfo, "scenario.yaml": Scenario}


class Changed(Exception):
    """A table was changed by somebody else since it was read.

    Attributes
    ----------
    model : type of Row
        The table.
    theirs : tuple of Row
        What is on disk now.
    """

    def __init__(self, model: type[Row], theirs: Sequence[Row], lang: str) -> None:
        self.model = model
        self.theirs = tuple(theirs)
        super().__init__(
            Message(
                N_("{file} was changed by somebody else meanwhile; nothing was written"),
                file=f"{model.table}.csv",
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
    """

    def __init__(self, folder: Path, lang: str = "nl") -> None:
        self.folder = folder
        self.region = folder.name
        self.lang = lang
        self._observers: list[Callable[[], None]] = []
        self._load()

    def _load(self) -> None:
        contents, problems = read_folder(self.folder)
        if problems:
            raise CaseError(problems, self.lang)
        self.info: CaseInfo = contents["case.yaml"]
        self.scenario: Scenario = contents["scenario.yaml"]
        self._tables: dict[type[Row], tuple[Row, ...]] = contents["tables"]
        self._digests: dict[type[Row], str] = contents["digests"]

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

    def write(self, tables: Mapping[type[Row], Iterable[Row]]) -> None:
        """Write one or more tables as one, if each is still the one that was read.

        Parameters
        ----------
        tables : mapping of table to rows
            The new contents.

        Raises
        ------
        Changed
            If a file is no longer the one this case was read from; nothing is written.
        CaseError
            If the new rows don't fit the other tables; nothing is written.
        UserError
            If the file can't be written; it says why.
        """
        new = {model: tuple(rows) for model, rows in tables.items()}
        merged = {**self._tables, **new}
        contents = {model: table_bytes(model, rows) for model, rows in new.items()}
        parsed = {model: read_table(model, data) for model, data in contents.items()}
        problems = [fault for table in parsed.values() for fault in table.problems]
        problems += cross_problems(merged)
        problems += unanswerable(self.scenario, {row.id for row in merged[Argument]})
        if problems:
            raise CaseError(problems, self.lang)
        try:
            with files.lock(self.folder):
                files.complete(self.folder)
                for model in new:
                    now = (self.folder / f"{model.table}.csv").read_bytes()
                    if files.digest(now) != self._digests[model]:
                        raise Changed(model, read_table(model, now).rows, self.lang)
                files.write_files(
                    self.folder,
                    {f"{model.table}.csv": data for model, data in contents.items()},
                )
        except Timeout as error:
            raise UserError(
                Message(N_("somebody else is writing this case; try again in a moment")), self.lang
            ) from error
        except OSError as error:
            raise UserError(
                Message(COULD_NOT_WRITE, region=self.region, why=error.strerror), self.lang
            ) from error
        # As they will be read again, so that this case and the next reader hold the same.
        self._tables |= {model: table.rows for model, table in parsed.items()}
        self._digests |= {model: files.digest(data) for model, data in contents.items()}
        self._notify()

    def refresh(self) -> bool:
        """Read the folder again if another program changed it. Returns whether it had."""
        before = (self._digests, self.info, self.scenario)
        self._load()
        changed = before != (self._digests, self.info, self.scenario)
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
            callback()

    def __repr__(self) -> str:
        return f"Case({self.region!r}, lang={self.lang!r})"


def read_folder(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    """Read and check a whole case folder.

    Returns
    -------
    contents : dict
        ``case.yaml``, ``scenario.yaml``, ``tables`` and ``digests``.
    problems : list of Problem
        Every error, within files and between them.
    """
    names = (*DOCUMENTS, *(f"{model.table}.csv" for model in TABLES))
    try:
        found = files.read_files(folder, names)
    except OSError as error:
        why = error.strerror or error
        return {}, [Problem(files.JOURNAL, Message(N_("the file can't be read: {why}"), why=why))]
    problems: list[Problem] = []
    contents: dict[str, Any] = {}
    tables: dict[type[Row], tuple[Row, ...]] = {}
    digests: dict[type[Row], str] = {}
    places: dict[type[Row], tuple[int, ...]] = {}
    known: dict[str, frozenset[str] | None] = {}
    for name, document_model in DOCUMENTS.items():
        data = _usable(found[name], name, problems)
        if data is None:
            continue
        contents[name], faults = read_document(document_model, data, name)
        problems += faults or document_problems(contents[name], name)
    for model in TABLES:
        name = f"{model.table}.csv"
        data = _usable(found[name], name, problems)
        if data is None:
            known[model.table] = None
            continue
        parsed = read_table(model, data)
        known[model.table] = parsed.ids
        problems += parsed.problems
        tables[model], places[model] = parsed.rows, parsed.places
        digests[model] = files.digest(data)
    problems += cross_problems(tables, places, known)
    if contents.get("scenario.yaml") is not None and known["arguments"] is not None:
        problems += unanswerable(contents["scenario.yaml"], known["arguments"])
    return {**contents, "tables": tables, "digests": digests}, problems


def _usable(found: bytes | OSError, name: str, problems: list[Problem]) -> bytes | None:
    if isinstance(found, bytes):
        return found
    what = Message(N_("the file can't be read: {why}"), why=found.strerror)
    if isinstance(found, FileNotFoundError):
        what = Message(N_("the file is missing"))
    problems.append(Problem(name, what))
    return None


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
