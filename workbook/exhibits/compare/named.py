"""How regions are named, marked and counted where several stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from workbook.case import Case
from workbook.case.tables import Row
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit
from workbook.exhibits.wording import in_the_middle, listed
from workbook.figures import Labels
from workbook.figures.canvas import SLANTED
from workbook.figures.region_grid import column_room
from workbook.locale import N_

_SHORT = {
    Provenance.FICTIONAL: N_("fictional"),
    Provenance.PUBLISHED: N_("from a text"),
}
_SHORTEST = {**_SHORT, Provenance.PUBLISHED: N_("text")}
"""What stands beside a region's name wherever it shows; nothing beside a region's own case."""


def kind(case: Case) -> str:
    """Say in a word or two what must be known of a region before it is compared."""
    words = _SHORT.get(case.info.provenance)
    return case.translate(words) if words else ""


def _column_kind(case: Case) -> str:
    words = _SHORTEST.get(case.info.provenance)
    return case.translate(words) if words else ""


def published(case: Case) -> bool:
    """Whether the case was read from a text: what isn't in it is not published."""
    return case.info.provenance is Provenance.PUBLISHED


def region_names(cases: Sequence[Case]) -> list[str]:
    """Name the regions with their marks; two that go by one name get their short names too."""
    names = [case.info.region for case in cases]
    told = [
        f"{name}, {case.region}" if names.count(name) > 1 else name
        for name, case in zip(names, cases, strict=True)
    ]
    return [_marked(name, kind(case)) for name, case in zip(told, cases, strict=True)]


def column_names(cases: Sequence[Case]) -> list[str]:
    """Name the regions above columns: a long name is cut, its mark never is."""
    room = column_room(len(cases))
    found: list[str] = []
    for case in cases:
        told = kind(case) if room > SLANTED else _column_kind(case)
        most = room - (len(told) + 3 if told else 0)
        name = _marked(in_the_middle(case.info.region, most), told)
        number = 2
        while name in found:
            name = _marked(f"{in_the_middle(case.info.region, most - 3)} {number}", told)
            number += 1
        found.append(name)
    return found


def _marked(name: str, told: str) -> str:
    return f"{name} ({told})" if told else name


def mark_of(cases: Sequence[Case]) -> str:
    """Say how many of the regions are fictional or read from a text, for the badge."""
    _ = cases[0].translate
    words = {
        Provenance.FICTIONAL: _("{n} FICTIONAL"),
        Provenance.PUBLISHED: _("{n} READ FROM A TEXT"),
    }
    counts = {told: sum(case.info.provenance is told for case in cases) for told in words}
    return " · ".join(words[told].format(n=n) for told, n in counts.items() if n)


def count(cases: Sequence[Case], having: Iterable[Case]) -> str:
    """Count regions for a picture: the real ones, then the fictional ones behind a +."""
    found = list(having)
    made_up = sum(case.fictional for case in found)
    if not any(case.fictional for case in cases):
        return str(len(found))
    return f"{len(found) - made_up} + {made_up}" if made_up else str(len(found))


def told_count(cases: Sequence[Case], having: Iterable[Case]) -> str:
    """Count regions in a sentence, the fictional ones apart."""
    _ = cases[0].translate
    found = list(having)
    made_up = sum(case.fictional for case in found)
    real = len(found) - made_up
    if made_up and not real:
        return (
            _("1 fictional region")
            if made_up == 1
            else _("{n} fictional regions").format(n=made_up)
        )
    words = _("1 region") if real == 1 else _("{n} regions").format(n=real)
    if not made_up:
        return words
    invented = _("{n} fictional").format(n=made_up)
    return _("{regions} and {fictional}").format(regions=words, fictional=invented)


def counting_note(cases: Sequence[Case]) -> str:
    """Explain the + in the counts, where a region is fictional."""
    _ = cases[0].translate
    return _("Behind a +: fictional regions.") if any(case.fictional for case in cases) else ""


def from_regions(cases: Sequence[Case], *models: type[Row], rule: str = "") -> tuple[str, ...]:
    """Say for each region which files, with how many rows, something was made from."""
    _ = cases[0].translate
    lines = []
    for name, case in zip(region_names(cases), cases, strict=True):
        parts = [
            _("{file}.csv ({n} rows)").format(file=model.table, n=len(case.rows(model)))
            for model in models
        ]
        lines.append(f"{name}: {', '.join(parts)}")
    return (*lines, rule) if rule else tuple(lines)


def place_of(row: Row) -> str:
    """Give the file and the id of a row."""
    return f"{type(row).table}.csv: {row.id}"


def labels_for(
    cases: Sequence[Case],
    title: str,
    *,
    note: str = "",
    legend: Sequence[tuple[str, str]] = (),
    counts: Sequence[str] = (),
) -> Labels:
    """Make the words around a comparison, and explain a + where one of the counts has it."""
    plus = counting_note(cases) if any("+" in told for told in counts) else ""
    told = " ".join(line for line in (note, plus) if line)
    return Labels(title=title, mark=mark_of(cases), note=told, legend=legend)


def listed_regions(cases: Sequence[Case], having: Iterable[Case]) -> str:
    """Name the regions that have something, with their marks."""
    names = dict(zip((id(case) for case in cases), region_names(cases), strict=True))
    return listed(cases[0], [names[id(case)] for case in having])


def few_or_count(cases: Sequence[Case], having: Sequence[Case]) -> str:
    """Name one or two regions; count more, so that a sentence can be read aloud."""
    return listed_regions(cases, having) if len(having) < 3 else told_count(cases, having)


def nothing_yet(cases: Sequence[Case], name: str, title: str, sentence: str) -> Exhibit:
    """Make the exhibit of something that no region has filled in yet."""
    return Exhibit(
        name=name,
        title=title,
        sentence=sentence,
        alt="",
        table=pd.DataFrame(),
        provenance=(),
        mark=mark_of(cases),
        missing=True,
    )
