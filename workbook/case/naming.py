"""Ids for new rows, so that nobody has to think of one."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import count

from workbook.case.slugs import slugged
from workbook.case.tables import Participant, Round, Row

NAMING = ("name", "subject", "claim", "work", "party")
"""Columns that say what a row is about, the best one first."""

_LONGEST = 60
_NUMBERED: dict[type[Row], str] = {Participant: "p{n:02d}", Round: "r{n}"}
# A list of references that holds this word alone says that they were not published.
_TAKEN = "not_published"


def new_id(model: type[Row], cells: Mapping[str, str], taken: Collection[str]) -> str:
    """Give the id of a new row.

    Parameters
    ----------
    model : type of Row
        The table.
    cells : mapping of column to text
        What is known of the row.
    taken : collection of str
        Ids that can't be given again; a set is quickest.

    Returns
    -------
    str
        From the row's own words or, for a person who scores, a number that tells nothing.
    """
    if model in _NUMBERED:
        pattern = _NUMBERED[model]
        last = max(_numbers(pattern[0], taken), default=0)
        return next(id for n in count(last + 1) if (id := pattern.format(n=n)) not in taken)
    if model.key:
        words = "-".join(cells[name] for name in model.key if cells.get(name))
    else:
        words = next((cells[name] for name in NAMING if slugged(cells.get(name) or "", 1)), "")
    stem = slugged(words, _LONGEST, also="_")
    if not stem:
        stem = model.__name__.lower()
        endings = (f"-{n}" for n in count(1))
    else:
        endings = ("" if n == 1 else f"-{n}" for n in count(1))
    for ending in endings:
        id = stem[: _LONGEST - len(ending)].rstrip("-_") + ending
        if id not in taken and id != _TAKEN:
            return id
    raise AssertionError("there is always a next number")


def _numbers(letter: str, taken: Collection[str]) -> list[int]:
    return [int(id[1:]) for id in taken if re.fullmatch(rf"{letter}[0-9]{{1,9}}", id)]
