"""What every table of a case has in common: rows, columns and the kinds of cell.

The row models are the single definition of every table. The check of a CSV file, the codebook
and the empty template all read the same column description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, Final, Literal, get_args, get_origin

from annotated_types import Ge
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo

from workbook.locale import LANGUAGES, N_, Message

NOT_PUBLISHED: Final = "not published"
NotPublished = Literal["not published"]

NOT_RECORDED: Final = N_("not recorded")
"""The source of a row whose source nobody gave yet."""


class Labelled(StrEnum):
    """A fixed choice: the value in the file and the words people see (a msgid)."""

    label: str

    def __new__(cls, value: str, label: str) -> Labelled:  # noqa: D102
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def _missing_(cls, value: object) -> Labelled | None:
        # Capitals and spaces are slips of the keyboard, not another choice; the words that
        # people see, in either language, mean the same as the value in the file.
        if not isinstance(value, str):
            return None
        tidy = value.strip().casefold()
        slug = tidy.replace(" ", "_").replace("-", "_")
        for member in cls:
            words = {Message(member.label).render(lang).casefold() for lang in LANGUAGES}
            if member.value == slug or tidy in words:
                return member
        return None


def _flag(value: object) -> object:
    if isinstance(value, str):
        return {"yes": True, "ja": True, "no": False, "nee": False}.get(value.lower(), value)
    return value


def items(value: object) -> object:
    """Split a cell at its semicolons."""
    if isinstance(value, str) and value != NOT_PUBLISHED:
        return tuple(part.strip() for part in value.split(";") if part.strip())
    return value


def _whole(value: object) -> object:
    # 1.000 is a thousand to one reader and one to another, so it is neither.
    if isinstance(value, str) and not re.fullmatch(r"[+-]?[0-9]+", value.strip()):
        raise ValueError("not a whole number")
    return value


def _day(value: object) -> object:
    # The order of a day in Dutch, as a spreadsheet there writes it: 31-1-2026.
    if isinstance(value, str) and (
        found := re.fullmatch(r"([0-9]{1,2})-([0-9]{1,2})-([0-9]{4})", value.strip())
    ):
        day, month, year = found.groups()
        return f"{year}-{int(month):02d}-{int(day):02d}"
    # A bare number would be taken for seconds since 1970.
    if isinstance(value, (int, float)) or (
        isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip())
    ):
        raise ValueError("not a day")
    return value


Flag = Annotated[bool, BeforeValidator(_flag)]
Whole = Annotated[int, BeforeValidator(_whole)]
Count = Annotated[Whole, Ge(0)]
Day = Annotated[date, BeforeValidator(_day)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=60)]
Items = Annotated[tuple[str, ...], BeforeValidator(items)]


def column(
    title: str,
    help: str,
    *,
    required: bool = False,
    ref: str | None = None,
    also: tuple[str, ...] = (),
    default: Any = None,
    step: int | None = None,
    later: bool = False,
    **constraints: Any,
) -> Any:
    """Describe a column once, for the check, the forms and the codebook.

    Parameters
    ----------
    title, help : str
        Msgids: the label above the column and the sentence that explains it.
    required : bool
        An empty cell is an error.
    ref : str, optional
        Name of the table whose ids this cell names.
    also : tuple of str
        Values that are allowed beside those ids.
    default
        Value of an empty cell.
    step : int, optional
        The handbook step that fills it in, where it isn't the table's own.
    later : bool
        The table got this column later: a file from before may lack it, and gets it when it is
        saved. No other column may be missing: it could have been lost with everything in it.
    """
    extra = {"ref": ref, "also": list(also), "step": step, "later": later}
    start = ... if required else default
    return Field(start, title=title, description=help, json_schema_extra=extra, **constraints)


class Choices(Message):
    """The values of a choice, each with its words where those differ."""

    def __init__(self, choices: type[Labelled]) -> None:
        super().__init__("")
        self.choices = choices

    def render(self, lang: str) -> str:
        """Give the values with their words in ``lang``."""
        told = []
        for member in self.choices:
            words = Message(member.label).render(lang)
            same = words.casefold() == member.value.replace("_", " ")
            told.append(member.value if same else f"{member.value} ({words})")
        return ", ".join(told)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Choices) and self.choices is other.choices

    def __hash__(self) -> int:
        return hash(self.choices)


class Row(BaseModel):
    """One row of a table: it has an id that never changes and says where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    table: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]
    handbook_step: ClassVar[int]
    key: ClassVar[tuple[str, ...]] = ()
    """Columns that together may occur only once, beside the id."""

    id: Slug = column(
        N_("Id"),
        N_("Short name of the row: lower-case letters, digits, - and _. It never changes."),
        required=True,
    )
    source: Annotated[str, Field(min_length=1)] = column(
        N_("Source"),
        N_(
            "Where this row comes from: the id of a source or a meeting, with the place after a "
            "colon; or fictional, or not recorded."
        ),
        required=True,
    )

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """Names of the columns in file order: id first, source last."""
        own = [name for name in cls.model_fields if name not in ("id", "source")]
        return ("id", *own, "source")

    @classmethod
    def faults(cls, rows: Iterable[Row]) -> Iterable[tuple[int, str, Message]]:
        """Find errors that no single column can show, as (index, column, message)."""
        del rows
        return ()


class Kind:
    """What a cell may hold, read off the annotation of its column."""

    def __init__(self, field: FieldInfo) -> None:
        self.required = field.is_required()
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        self.ref: str | None = extra.get("ref")  # type: ignore[assignment]
        self.also: tuple[str, ...] = tuple(extra.get("also") or ())  # type: ignore[arg-type]
        self.step: int | None = extra.get("step")  # type: ignore[assignment]
        self.later = bool(extra.get("later"))
        self.choices: type[Labelled] | None = None
        self.name = "text"
        self.not_published = False
        limits = [*field.metadata, *_limits(field.annotation)]
        self.least, self.most, self.longest = (
            next((getattr(limit, name) for limit in limits if hasattr(limit, name)), None)
            for name in ("ge", "le", "max_length")
        )
        for part in _parts(field.annotation):
            if get_origin(part) is Literal and NOT_PUBLISHED in get_args(part):
                self.not_published = True
            elif isinstance(part, type) and issubclass(part, Labelled):
                self.choices, self.name = part, "choice"
            elif get_origin(part) is tuple:
                self.name = "items"
                inner = get_args(part)[0]
                if isinstance(inner, type) and issubclass(inner, Labelled):
                    self.choices = inner
            elif part is bool:
                self.name = "flag"
            elif part is int:
                self.name = "integer"
            elif part is date:
                self.name = "date"
        if self.name == "text" and any(getattr(meta, "pattern", None) for meta in field.metadata):
            self.name = "slug"
        if self.ref and self.name in ("text", "slug"):
            self.name = "reference"

    def expected(self) -> Message:
        """Say what this cell should hold."""
        allowed = Choices(self.choices) if self.choices else ""
        if self.ref:
            what = Message(
                N_("ids from {table}.csv, separated by ;")
                if self.name == "items"
                else N_("an id from {table}.csv"),
                table=self.ref,
            )
        elif self.choices and self.name == "items":
            what = Message(N_("one or more of {allowed}, separated by ;"), allowed=allowed)
        elif self.choices:
            what = Message(N_("one of {allowed}"), allowed=allowed)
        elif self.least is not None and self.most is not None:
            what = Message(
                N_("a whole number from {low} to {high}"), low=self.least, high=self.most
            )
        elif self.least is not None:
            what = Message(N_("a whole number, {low} or more"), low=self.least)
        elif self.longest is not None and self.name == "text":
            what = Message(N_("text of at most {n} characters"), n=self.longest)
        else:
            what = Message(_EXPECTED[self.name])
        if self.also:
            what = Message(N_("{what}, or {also}"), what=what, also=", ".join(self.also))
        if self.not_published:
            what = Message(N_("{what}, or {also}"), what=what, also=NOT_PUBLISHED)
        if not self.required:
            what = Message(N_("{what}, or nothing"), what=what)
        return what


_EXPECTED = {
    "text": N_("text"),
    "slug": N_("lower-case letters, digits, - and _, at most 60"),
    "items": N_("items separated by ;"),
    "flag": N_("yes or no"),
    "integer": N_("a whole number"),
    "date": N_("a date as 2026-01-31"),
}


def _parts(annotation: Any) -> list[Any]:
    """Flatten unions and Annotated into their members."""
    if get_origin(annotation) is Annotated:
        return _parts(get_args(annotation)[0])
    if get_origin(annotation) is tuple or get_origin(annotation) is Literal:
        return [annotation]
    args = get_args(annotation)
    return [leaf for arg in args for leaf in _parts(arg)] if args else [annotation]


def _limits(annotation: Any) -> list[Any]:
    """Collect what is said beside the types, such as the least value of a count."""
    args = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return list(args[1:])
    return [limit for arg in args for limit in _limits(arg)]


@cache
def kinds(model: type[Row]) -> dict[str, Kind]:
    """Give the kind of every column of a table."""
    return {name: Kind(model.model_fields[name]) for name in model.columns()}


def to_text(value: Any) -> str:
    """Write one value as it stands in a CSV cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ";".join(to_text(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
