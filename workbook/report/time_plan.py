"""How the minutes of a working session are spread, from what there is to score and by whom.

The numbers are rules of thumb, shown beside the plan; whoever knows the group knows better.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil


class Part(StrEnum):
    """A part of the session, in order."""

    WELCOME = "welcome"
    EXPLAIN = "explain"
    SCORE = "score"
    BREAK = "break"
    REVEAL = "reveal"
    DISCUSS = "discuss"
    SECOND_BREAK = "second_break"
    SECOND_ROUND = "second_round"
    WEIGH = "weigh"
    CHOOSE = "choose"
    CLOSE = "close"
    SPARE = "spare"


class Cut(StrEnum):
    """What can be left out, in the order in which it goes; a break never does."""

    READ_BEFORE = "read_before"
    SECOND_ROUND_LATER = "second_round_later"
    SCORE_BEFORE = "score_before"
    CHOOSE_LATER = "choose_later"


@dataclass(frozen=True)
class Pace:
    """Minutes that things take in one setting.

    Attributes
    ----------
    total : int
    explain : float
        Per option and per criterion.
    discuss : int
        Per cell.
    weigh : float
        Per criterion.
    first_break, second_break : int
    reveal, choose : int
    welcome, close : float
        Per person, beside what everybody shares.
    """

    total: int
    explain: float
    discuss: int
    weigh: float
    first_break: int
    second_break: int
    reveal: int
    choose: int
    welcome: float
    close: float


ONLINE = Pace(120, 1, 6, 1, 10, 0, 8, 10, 0.5, 0.25)
ROOM = Pace(180, 1.5, 8, 1.5, 15, 10, 10, 15, 0.75, 0.5)

SECONDS_PER_SCORE = 20
SECONDS_PER_LOOK = 5
"""Per score in a second round: most stay as they are."""
LEAST_CELLS = 3
"""With time for fewer cells there is no conversation."""
_MOST = {Part.WELCOME: 15, Part.CLOSE: 15}
"""A large group speaks in pairs, not one by one."""


@dataclass(frozen=True)
class Plan:
    """Minutes per part, and what had to go to make them fit.

    Attributes
    ----------
    parts : mapping of Part to int
        Only parts that are held, in order; they add up to the whole session.
    left_out : tuple of Cut
    cells : int
        Cells that there is time to discuss.
    """

    parts: Mapping[Part, int]
    left_out: tuple[Cut, ...]
    cells: int


def time_plan(pace: Pace, options: int, criteria: int, people: int) -> Plan:
    """Spread the minutes of a session.

    Every part gets what it needs, and the discussion of single cells what is left. While that is
    too little, the next `Cut` goes.

    Raises
    ------
    ValueError
        If there is no option, no criterion or nobody.
    """
    for name, number in (("options", options), ("criteria", criteria), ("people", people)):
        if number < 1:
            raise ValueError(f"{name} must be at least 1, not {number}")
    cells = options * criteria
    least = min(LEAST_CELLS, cells) * pace.discuss
    cuts = [None, *Cut]
    for number in range(len(cuts)):
        left_out = tuple(cut for cut in cuts[: number + 1] if cut is not None)
        needed = _needed(pace, options, criteria, people, left_out)
        rest = pace.total - sum(needed.values())
        if rest >= least:
            break
    minutes = needed | {Part.DISCUSS: min(rest, cells * pace.discuss)}
    minutes[Part.SPARE] = pace.total - sum(minutes.values())
    held = {part: minutes[part] for part in Part if minutes[part]}
    return Plan(held, left_out, minutes[Part.DISCUSS] // pace.discuss)


def _needed(
    pace: Pace, options: int, criteria: int, people: int, left_out: tuple[Cut, ...]
) -> dict[Part, int]:
    cells = options * criteria
    wanted = {
        Part.WELCOME: 5 + people * pace.welcome,
        Part.EXPLAIN: (options + criteria) * pace.explain,
        Part.SCORE: 3 + cells * SECONDS_PER_SCORE / 60 + criteria / 2,
        Part.BREAK: pace.first_break,
        Part.REVEAL: pace.reveal,
        Part.SECOND_BREAK: pace.second_break,
        Part.SECOND_ROUND: 4 + cells * SECONDS_PER_LOOK / 60,
        Part.WEIGH: 5 + criteria * pace.weigh,
        Part.CHOOSE: pace.choose,
        Part.CLOSE: 5 + people * pace.close,
    }
    gone: dict[Cut, dict[Part, float]] = {
        Cut.READ_BEFORE: {Part.EXPLAIN: 5},
        Cut.SECOND_ROUND_LATER: {Part.SECOND_ROUND: 0},
        Cut.SCORE_BEFORE: {Part.SCORE: 3},
        Cut.CHOOSE_LATER: {Part.WEIGH: 0, Part.CHOOSE: 0},
    }
    for cut in left_out:
        wanted |= {part: min(wanted[part], most) for part, most in gone[cut].items()}
    return {part: min(ceil(need), _MOST.get(part, pace.total)) for part, need in wanted.items()}
