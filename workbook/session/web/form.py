"""What a browser sends, read into a change; anything that no form of ours sends is refused."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence

from workbook.case.tables import Score
from workbook.session.asked import Asked, AskedCriterion
from workbook.session.ballot import LAST_PLACE, LONGEST_REASON, Change

Sent = Mapping[str, Sequence[str]]

_OWN = frozenset({"_xsrf", "base", "request", "round", "next"})


class Strange(Exception):
    """Something that no form of ours sends."""


def score_change(sent: Sent, code: str, asked: Asked, criterion: AskedCriterion) -> Change:
    """Read the page of one criterion.

    Raises
    ------
    Strange
        For an option that isn't asked, a score outside the scale, a field of another page.
    """
    options = {option.id for option in asked.options}
    scores: dict[tuple[str, str], Score | None] = {}
    reasons: dict[tuple[str, str], str] = {}
    for name in sent.keys() - _OWN:
        kind, _dot, option = name.partition(".")
        if option not in options or kind not in ("score", "reason"):
            raise Strange
        value = _one(sent, name)
        if kind == "reason":
            if len(value) > LONGEST_REASON:
                raise Strange
            reasons[option, criterion.id] = value
        elif value and value not in {score.value for score in Score}:
            raise Strange
        else:
            scores[option, criterion.id] = Score(value) if value else None
    return Change(_one(sent, "round"), code, _request(sent), scores, reasons, base=_base(sent))


def order_change(sent: Sent, code: str, asked: Asked) -> Change:
    """Read the page with the order of importance; see `score_change`."""
    criteria = {criterion.id for criterion in asked.criteria}
    order: dict[str, int | None] = {}
    for name in sent.keys() - _OWN:
        kind, _dot, criterion = name.partition(".")
        value = _one(sent, name)
        if kind != "place" or criterion not in criteria:
            raise Strange
        if value and (not re.fullmatch("[0-9]{1,2}", value) or not 1 <= int(value) <= LAST_PLACE):
            raise Strange
        order[criterion] = int(value) if value else None
    return Change(_one(sent, "round"), code, _request(sent), order=order, base=_base(sent))


def _one(sent: Sent, name: str) -> str:
    values = sent.get(name, ())
    if len(values) != 1:
        raise Strange
    return values[0]


def _request(sent: Sent) -> str:
    """Name a save by what it holds too.

    A page from the browser's memory that is filled in differently is then never taken for a second
    try of what was sent before.
    """
    if not re.fullmatch("[A-Za-z0-9_-]{8,64}", _one(sent, "request")):
        raise Strange
    content = sorted((name, list(values)) for name, values in sent.items() if name != "_xsrf")
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]


def _base(sent: Sent) -> int:
    value = _one(sent, "base")
    if not re.fullmatch("[0-9]{1,9}", value):
        raise Strange
    return int(value)
