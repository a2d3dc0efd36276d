"""The shape of the handbook's content: frozen, typed, in two languages."""

from typing import Literal

from pydantic import BaseModel

ClusterId = Literal["vision", "precondition", "distinguishing"]
Behaviour = Literal["excludes", "arranged", "scored"]
LevelValue = Literal["-1", "0", "1", "?", ""]
LinkKind = Literal["stated", "ours"]


class Content(BaseModel, frozen=True, extra="forbid"):
    """Base of all content: immutable, and a misspelt key is an error."""


class Text(Content, frozen=True):
    """One text in Dutch and English."""

    nl: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the text in one language.

        Parameters
        ----------
        lang
            ``"nl"`` or ``"en"``.

        Raises
        ------
        ValueError
            If the language is another one: never fall back silently.
        """
        if lang == "nl":
            return self.nl
        if lang == "en":
            return self.en
        raise ValueError(f"unknown language {lang!r}: choose 'nl' or 'en'")


class Passage(Text, frozen=True):
    """A text and the heading it goes back to; ``None`` marks an addition of the workbook."""

    place: str | None


class Hint(Passage, frozen=True):
    """Something the workbook looks for in a step; it never blocks."""

    id: str


class Step(Content, frozen=True):
    """A step of the method; 0 is the start, 9 the organisation scan."""

    number: int
    slug: str
    title: Text
    short: Text
    goal: Text
    guidance: tuple[Passage, ...]
    questions: tuple[Passage, ...]
    hints: tuple[Hint, ...]
    methods: tuple[str, ...]
    place: str


class Method(Content, frozen=True):
    """A way of working and the steps it suits."""

    id: str
    name: Text
    explanation: Text
    steps: tuple[int, ...]
    place: str


class Cluster(Content, frozen=True):
    """A cluster of criteria: what it means and how its criteria behave."""

    id: ClusterId
    name: Text
    short: Text
    meaning: Text
    behaviour: Behaviour
    effect: Text
    question: Text
    place: str


class Level(Content, frozen=True):
    """A value a score can take; ``colour`` is ``None`` for the two that are not on the scale."""

    value: LevelValue
    symbol: str
    name: Text
    meaning: Text
    colour: str | None
    place: str | None


class Criterion(Content, frozen=True):
    """An example criterion with points to consider."""

    id: str
    cluster: ClusterId
    name: Text
    meaning: Text
    consider: tuple[Passage, ...]
    place: str


class CriterionLink(Content, frozen=True):
    """A tie between a deployment and an example criterion, stated in the handbook or ours."""

    criterion: str
    link: LinkKind
    place: str | None


class Implication(Passage, frozen=True):
    """What a kind of deployment asks of a position."""

    criteria: tuple[CriterionLink, ...]


class Deployment(Content, frozen=True):
    """A kind of deployment; ``implies`` is ``None`` where the handbook spells out nothing."""

    id: str
    name: Text
    meaning: Text
    implies: tuple[Implication, ...] | None
    note: Passage | None
    place: str


class Term(Content, frozen=True):
    """A named idea and what it means."""

    id: str
    name: Text
    meaning: Text
    place: str


class Position(Content, frozen=True):
    """What positioning is and isn't, the forms it takes, and the municipality's roles."""

    meaning: Passage
    not_collaboration: Passage
    parts: tuple[Term, ...]
    forms: tuple[Term, ...]
    roles: tuple[Term, ...]


class ScanQuestion(Passage, frozen=True):
    """One question of the organisation scan, and its short form for pictures."""

    id: str
    short: Text


class Definition(Content, frozen=True):
    """A notion of the organisation scan, defined in points."""

    id: str
    name: Text
    points: tuple[Text, ...]
    place: str


class Scan(Content, frozen=True):
    """The organisation scan of annex 1."""

    made_by: Text
    used_at: Text
    purpose: Text
    columns: tuple[Term, ...]
    questions: tuple[ScanQuestion, ...]
    holders_question: Text
    holders: tuple[Term, ...]
    definitions: tuple[Definition, ...]
    place: str
