"""Everything that stands in a case folder, read and checked as one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from workbook.case import folder as files
from workbook.case.checking import cross_problems, document_problems, unanswerable
from workbook.case.documents import read_document
from workbook.case.problem import Problem
from workbook.case.reading import read_table
from workbook.case.tables import TABLES, Argument, Row
from workbook.case.tables.document import CaseInfo, Scenario
from workbook.locale import N_, Message

DOCUMENTS: tuple[type[BaseModel], ...] = (CaseInfo, Scenario)
FILES: dict[type[BaseModel], str] = {
    CaseInfo: "case.yaml",
    Scenario: "scenario.yaml",
    **{model: f"{model.table}.csv" for model in TABLES},
}
"""The file of every document and table, in the order in which they are read."""


@dataclass
class Contents:
    """What stands in a case folder at one moment.

    ``texts`` holds the documents as they are written, because a document that is saved keeps the
    comments in it; ``digests`` says which version of each file this is.
    """

    tables: dict[type[Row], tuple[Row, ...]] = field(default_factory=dict)
    documents: dict[type[BaseModel], BaseModel] = field(default_factory=dict)
    texts: dict[type[BaseModel], bytes] = field(default_factory=dict)
    digests: dict[type[BaseModel], str] = field(default_factory=dict)


def read_folder(folder: Path) -> tuple[Contents, list[Problem]]:
    """Read and check a whole case folder.

    Returns
    -------
    contents : Contents
        What could be read.
    problems : list of Problem
        Every error, within files and between them.
    """
    contents = Contents()
    try:
        found = files.read_files(folder, FILES.values())
    except OSError as error:
        why = error.strerror or error
        what = Message(N_("the file can't be read: {why}"), why=why)
        return contents, [Problem(files.JOURNAL, what)]
    problems: list[Problem] = []
    places: dict[type[Row], tuple[int, ...]] = {}
    known: dict[str, frozenset[str] | None] = {}
    for document in DOCUMENTS:
        name = FILES[document]
        data = _usable(found[name], name, problems)
        if data is None:
            continue
        read, faults = read_document(document, data, name)
        if read is not None:
            contents.documents[document] = read
            faults = document_problems(read, name)
        problems += faults
        contents.texts[document] = data
        contents.digests[document] = files.digest(data)
    for model in TABLES:
        name = FILES[model]
        data = _usable(found[name], name, problems)
        if data is None:
            known[model.table] = None
            continue
        parsed = read_table(model, data)
        known[model.table] = parsed.ids
        problems += parsed.problems
        contents.tables[model], places[model] = parsed.rows, parsed.places
        contents.digests[model] = files.digest(data)
    problems += cross_problems(contents.tables, places, known)
    scenario, arguments = contents.documents.get(Scenario), known[Argument.table]
    if isinstance(scenario, Scenario) and arguments is not None:
        problems += unanswerable(scenario, arguments)
    return contents, problems


def _usable(found: bytes | OSError, name: str, problems: list[Problem]) -> bytes | None:
    if isinstance(found, bytes):
        return found
    what = Message(N_("the file can't be read: {why}"), why=found.strerror)
    if isinstance(found, FileNotFoundError):
        what = Message(N_("the file is missing"))
    problems.append(Problem(name, what))
    return None
