"""Forms on the two documents of a case: statements under topics, and the facts of the project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from workbook.case import Case, Problem
from workbook.case.checking import passages as statements
from workbook.case.tables import NOT_PUBLISHED, Argument, to_text
from workbook.case.tables import Kind as Cell
from workbook.case.tables.document import (
    CaseInfo,
    DeployedFor,
    Kind,
    Passage,
    Period,
    Recommendation,
    Scenario,
)
from workbook.forms.draft import Draft, Line
from workbook.forms.fields import Field, sources
from workbook.forms.sheet import Context, Sheet, Stored
from workbook.locale import LANGUAGE_NAMES, N_, Message

_EXTRA: dict[type[Passage], tuple[tuple[str, str, str], ...]] = {
    Passage: (),
    Kind: (
        ("kind", N_("Kind"), N_("What they are deployed for.")),
        ("primary", N_("Primary"), N_("Is this what they are mostly there for?")),
    ),
    Recommendation: (
        ("who", N_("Who"), N_("Who takes it up.")),
        ("when", N_("When"), N_("By when.")),
        ("answers", N_("Answers"), N_("The arguments it is an answer to.")),
    ),
}


class Passages(Sheet):
    """The statements of a document, each under a topic, with its text and source.

    Parameters
    ----------
    document : type
        `CaseInfo` or `Scenario`.
    topics : sequence of str
        Names of its fields; ``deployment.goals`` for one that lies deeper.
    passage : type of Passage
        What a statement holds; with columns of its own there is one topic.
    title, about : str
        Msgids.
    """

    free = True

    def __init__(
        self,
        document: type[CaseInfo] | type[Scenario],
        topics: Sequence[str],
        *,
        passage: type[Passage] = Passage,
        title: str,
        about: str,
    ) -> None:
        self.document = document
        self.topics = tuple(topics)
        self.passage = passage
        self.name = "-".join(topic.replace(".", "-") for topic in self.topics[:2])
        self._title, self._about = title, about
        self.layout = "table"

    def title(self, case: Case) -> str:
        """Give the heading."""
        return case.translate(self._title)

    def about(self, case: Case) -> str:
        """Say what is written here."""
        return case.translate(self._about)

    def fields(self, case: Case, context: Context) -> list[Field]:
        """Describe topic, text, what else the statement holds, and its source."""
        del context
        _ = case.translate
        columns = [
            Field("text", _("What"), _("One statement; a new line for the next one."), "long")
        ]
        if len(self.topics) > 1:
            topics = tuple((t, _(str(_described(self.document, t).title))) for t in self.topics)
            columns.insert(0, Field("topic", _("Topic"), "", "choice", topics, required=True))
        for name, label, help_ in _EXTRA[self.passage]:
            kind, choices = _input(case, name)
            field_ = Field(name, _(label), _(help_), kind, choices, name == "kind")
            columns.insert(0 if name == "kind" else len(columns), field_)
        source = Field("source", _("Source"), "", "text", tuple(sources(case)), more=True)
        return [*columns, source]

    def lines(self, case: Case, context: Context) -> list[Line]:
        """Give one line per statement, topic by topic."""
        del context
        document = _document(case, self.document)
        extra = [name for name, _label, _help in _EXTRA[self.passage]]
        return [
            Line(
                passage.id,
                {"topic": topic, "text": passage.text}
                | {name: to_text(getattr(passage, name)) for name in extra}
                | {"source": passage.source},
            )
            for topic in self.topics
            for passage in _statements(document, topic)
        ]

    def store(self, case: Case, context: Context, draft: Draft, source: str) -> Stored:
        """Turn the lines into the document."""
        del context
        stored = Stored()
        document = _document(case, self.document)
        taken = _ids(document)
        made: dict[str, list[Passage]] = {topic: [] for topic in self.topics}
        for line in draft.kept:
            cells = {name: text.strip() for name, text in line.cells.items() if text.strip()}
            topic = cells.pop("topic", self.topics[0] if len(self.topics) == 1 else "")
            if line.key not in draft.base and not set(cells) - {"source", "primary"}:
                continue
            if topic not in made:
                stored.faults[line.key, "topic"] = case.translate("choose a topic")
                continue
            cells.setdefault("source", source)
            if "answers" in cells:
                cells["answers"] = cells["answers"].split(";")  # type: ignore[assignment]
            id = line.key if line.key in taken else _fresh(topic, taken)
            taken.add(id)
            stored.lines_of[id] = line.key
            try:
                made[topic].append(self.passage(id=id, **cells))
            except ValidationError as error:
                for fault in error.errors():
                    column = str(fault["loc"][0])
                    told = case.translate("the field is empty")
                    if column in cells:
                        told = case.translate("“{value}” can't be used here")
                    stored.faults[line.key, column] = told.format(value=cells.get(column))
                continue
            if _single(self.document, topic) and len(made[topic]) > 1:
                stored.faults[line.key, "topic"] = case.translate("this topic has one statement")
        for topic, passages in made.items():
            value: Any = tuple(passages)
            if _single(self.document, topic):
                value = passages[0] if passages else None
            document = _replaced(document, topic.split("."), value)
        stored.documents = [document]
        return stored


def _input(case: Case, name: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    _ = case.translate
    if name == "kind":
        return "choice", tuple((kind.value, _(kind.label)) for kind in DeployedFor)
    if name == "primary":
        return "choice", (("yes", _("yes")), ("no", _("no")))
    if name == "answers":
        return "choices", tuple((row.id, row.claim) for row in case.rows(Argument))
    return "text", ()


def _document(case: Case, document: type[BaseModel]) -> Any:
    return case.info if document is CaseInfo else case.scenario


def _described(document: type[BaseModel], topic: str) -> FieldInfo:
    *path, last = topic.split(".")
    for name in path:
        document = document.model_fields[name].annotation  # type: ignore[assignment]
    return document.model_fields[last]


def _single(document: type[BaseModel], topic: str) -> bool:
    return _described(document, topic).default is None


def _statements(document: Any, topic: str) -> tuple[Passage, ...]:
    for name in topic.split("."):
        document = getattr(document, name)
    if document is None:
        return ()
    return document if isinstance(document, tuple) else (document,)


def _ids(part: Any) -> set[str]:
    return {passage.id for passage in statements(part)}


def _fresh(topic: str, taken: set[str]) -> str:
    stem = topic.split(".")[-1].replace("_", "-")
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _replaced(document: Any, path: Sequence[str], value: Any) -> Any:
    name, *deeper = path
    if deeper:
        value = _replaced(getattr(document, name), deeper, value)
    return document.model_copy(update={name: value})


_FACTS = ("region", "project", "language", "period.start", "period.end", "period.text")


class Facts(Sheet):
    """What the project is called, in which language and when: single fields of ``case.yaml``."""

    name = "facts"
    layout = "cards"

    def title(self, case: Case) -> str:
        """Give the heading."""
        return case.translate("The region and the project")

    def about(self, case: Case) -> str:
        """Say what is filled in."""
        return case.translate("As people know them; the report begins with it.")

    def fields(self, case: Case, context: Context) -> list[Field]:
        """Describe the fields."""
        del context
        _ = case.translate
        found = []
        for name in _FACTS:
            info = _described(CaseInfo, name)
            kind, choices = "text", ()
            if name == "language":
                kind, choices = "choice", tuple(LANGUAGE_NAMES.items())
            elif Cell(info).not_published:
                choices = ((NOT_PUBLISHED, _("not published")),)
            found.append(
                Field(name, _(str(info.title)), _(str(info.description)), kind, choices,
                      name in ("region", "language"))
            )  # fmt: skip
        return found

    def lines(self, case: Case, context: Context) -> list[Line]:
        """Give the one line."""
        del context
        period = case.info.period
        values = [case.info.region, case.info.project, case.info.language]
        values += [period.start, period.end, period.text]
        return [Line("case", dict(zip(_FACTS, map(to_text, values), strict=True)))]

    def store(self, case: Case, context: Context, draft: Draft, source: str) -> Stored:
        """Turn the fields into the document."""
        del context, source
        stored = Stored()
        cells = {name: text.strip() or None for name, text in draft.kept[0].cells.items()}
        document = case.info
        for name, text in cells.items():
            owner: type[BaseModel] = Period if name.startswith("period.") else CaseInfo
            last = name.split(".")[-1]
            try:
                checked = _checked(owner, last, text)
            except ValidationError:
                what = Message(N_("the field is empty"))
                if text:
                    what = Message(N_("“{value}” can't be used here"), value=text)
                cell = Cell(owner.model_fields[last])
                expected = cell.expected() if cell.name == "date" else None
                fault = Problem("case.yaml", what, expected, column=name)
                stored.blame("case", [fault], case.lang, _FACTS)
                continue
            document = _replaced(document, name.split("."), checked)
        stored.documents = [document]
        return stored


def _checked(owner: type[BaseModel], name: str, text: str | None) -> Any:
    """Validate one field of a document without its neighbours."""
    info = owner.model_fields[name]
    return TypeAdapter(info.rebuild_annotation()).validate_python(text)
