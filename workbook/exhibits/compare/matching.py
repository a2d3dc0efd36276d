"""Which criteria of different regions are the same one: by the handbook, never by guessing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from workbook import handbook
from workbook.case import Case
from workbook.case.slugs import slugged
from workbook.case.tables import Criterion
from workbook.locale import N_

BY = {
    "link": N_("the region's own reference"),
    "name": N_("the same name"),
    "alias": N_("another name of it"),
    "none": N_("no example: its own"),
}
"""How a criterion came to an example of the handbook."""

RULE = N_(
    "A criterion counts as an example of the handbook if it refers to it, or if its name or an "
    "alias is the same but for capitals, accents and punctuation. Others are the region's own; own "
    "criteria of two regions are one if their names are the same in that sense. Nothing is guessed."
)


@dataclass(frozen=True)
class Match:
    """The example of the handbook that a criterion is, if any, and how that is known."""

    example: str | None
    by: str


@dataclass(frozen=True)
class Compared:
    """One criterion across regions.

    Attributes
    ----------
    key : str
        Id of the example, or ``own:`` and its normalised name.
    name : str
        In the reader's language for an example; as the first region wrote it for another.
    cluster : str or None
        The handbook's cluster, which is a suggestion; None for a region's own.
    rows : tuple of (tuple of Criterion)
        Per region its criteria that are this one; one example can be split in two.
    """

    key: str
    name: str
    cluster: str | None
    rows: tuple[tuple[Criterion, ...], ...]

    @property
    def own(self) -> bool:
        """Whether it is no example of the handbook."""
        return self.cluster is None


def normalised(name: str) -> str:
    """Give a name without capitals, accents and punctuation."""
    return slugged(name, 200) or " ".join(name.casefold().split())


@lru_cache(maxsize=1)
def _examples() -> dict[str, str]:
    """Give the id of an example by its id and by its name in both languages."""
    found: dict[str, str] = {}
    for example in handbook.example_criteria():
        for name in (example.id, example.name.nl, example.name.en):
            found[normalised(name)] = example.id
    return found


def match(criterion: Criterion) -> Match:
    """Find the example that a criterion is; names that point at two examples decide nothing."""
    known = _examples()
    if criterion.example in known.values():
        return Match(criterion.example, "link")
    if found := known.get(normalised(criterion.name)):
        return Match(found, "name")
    others = {known[name] for name in map(normalised, criterion.aliases) if name in known}
    if len(others) == 1:
        return Match(others.pop(), "alias")
    return Match(None, "none")


def compared(cases: Sequence[Case]) -> list[Compared]:
    """Put the criteria of all regions side by side: the examples first, then the regions' own."""
    examples = {example.id: example for example in handbook.example_criteria()}
    rows: dict[str, list[list[Criterion]]] = {key: [[] for _ in cases] for key in examples}
    names = {key: example.name.in_(cases[0].lang) for key, example in examples.items()}
    for place, case in enumerate(cases):
        for criterion in case.rows(Criterion):
            key = match(criterion).example or f"own:{normalised(criterion.name)}"
            rows.setdefault(key, [[] for _ in cases])[place].append(criterion)
            names.setdefault(key, criterion.name)
    return [
        Compared(
            key,
            names[key],
            examples[key].cluster if key in examples else None,
            tuple(tuple(found) for found in per_case),
        )
        for key, per_case in rows.items()
    ]
