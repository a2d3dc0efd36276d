"""What goes into the ballot box and what comes out: plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workbook.case.tables import Names, Score
from workbook.case.tables.base import Labelled
from workbook.locale import N_

Cell = tuple[str, str]
"""An option and a criterion, by id."""

LONGEST_REASON = 1000
"""Characters."""

LAST_PLACE = 99


class Way(Labelled):
    """How a ballot came."""

    PAGE = "page", N_("on the ballot page")
    EXCEL = "excel", N_("by Excel form")
    HAND = "hand", N_("typed in by hand")


class Stage(StrEnum):
    """Where a round stands in the box; the case knows no `REVEALING`, which is over in a moment."""

    SETUP = "setup"
    OPEN = "open"
    CLOSED = "closed"
    REVEALING = "revealing"
    REVEALED = "revealed"


@dataclass(frozen=True)
class Filled:
    """One person's ballot as it stands.

    Attributes
    ----------
    version : int
        0 before the first save.
    scores : mapping of (option, criterion) to Score
        Only cells with a score.
    reasons : mapping of (option, criterion) to str
    order : mapping of criterion to int
        Places; the same number is a tie, a criterion may be missing.
    way : Way or None
        How it came last.
    saved : str
        When, as an ISO time with zone; empty before the first save.
    """

    version: int = 0
    scores: Mapping[Cell, Score] = field(default_factory=dict)
    reasons: Mapping[Cell, str] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict)
    way: Way | None = None
    saved: str = ""


@dataclass(frozen=True)
class Change:
    """Something to save in one ballot.

    Attributes
    ----------
    round, code : str
    request : str
        Names this save; the same one again changes nothing and gets the same answer.
    scores : mapping of (option, criterion) to Score or None
        None takes a score away; cells that aren't named stay as they are.
    reasons : mapping of (option, criterion) to str
        An empty text takes a reason away.
    order : mapping of criterion to int or None
        None takes a place away.
    base : int or None
        The version it was made from; None where whatever is there is to be written over.
    way : Way
    """

    round: str
    code: str
    request: str
    scores: Mapping[Cell, Score | None] = field(default_factory=dict)
    reasons: Mapping[Cell, str] = field(default_factory=dict)
    order: Mapping[str, int | None] = field(default_factory=dict)
    base: int | None = None
    way: Way = Way.PAGE


class Why(StrEnum):
    """Why a change was refused."""

    CODE = "code"
    ROUND = "round"
    CLOSED = "closed"
    STALE = "stale"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Saved:
    """A change that is on the disk: only then may anybody be told so."""

    version: int
    when: str


@dataclass(frozen=True)
class Refused:
    """A change that was not made; ``version`` is what is stored."""

    why: Why
    version: int = 0


@dataclass(frozen=True)
class Count:
    """How many, never what.

    Attributes
    ----------
    invited : int
        Codes that hold.
    begun, complete : int
        Ballots with at least one score; with every score that is asked.
    ways : mapping of Way to int
        How those that were begun came.
    """

    invited: int
    begun: int
    complete: int
    ways: Mapping[Way, int]


@dataclass(frozen=True)
class Opened:
    """One ballot at the reveal.

    Attributes
    ----------
    who : str
        The participant, or a fresh id where the round is anonymous.
    group : str or None
        Kept for a fresh id only; see `workbook.session.anonymous`.
    """

    who: str
    group: str | None
    scores: Mapping[Cell, Score]
    reasons: Mapping[Cell, str]
    order: Mapping[str, int]
    way: Way


@dataclass(frozen=True)
class Revealed:
    """Every ballot of a round, in the order in which it is to be written."""

    names: Names
    ballots: tuple[Opened, ...]
