"""Criteria across regions: which examples of the handbook they kept, and what they added."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from workbook import handbook
from workbook.case import Case
from workbook.case.tables import Cluster, Criterion
from workbook.exhibits.compare.matching import BY, RULE, Compared, compared, match
from workbook.exhibits.compare.named import (
    column_names,
    count,
    few_or_count,
    from_regions,
    kind,
    labels_for,
    listed_regions,
    mark_of,
    nothing_yet,
    place_of,
    published,
    region_names,
    told_count,
)
from workbook.exhibits.compare.standing import (
    KEPT,
    legend,
    letter,
    standing,
    standing_looks,
    standing_words,
)
from workbook.exhibits.exhibit import Exhibit
from workbook.exhibits.wording import listed, shown, told_source
from workbook.figures import Block, RegionCell, RegionGrid, region_grid, stacked_bars

_NAMED = 5
"""Criteria that a sentence names; whoever listens keeps no more."""
_SHARED_ROWS = 9
"""Own criteria that get a row of their own; the others are summed, and stand in the table."""


def kept_by(cases: Sequence[Case], one: Compared) -> list[Case]:
    """Give the regions that kept a criterion."""
    return [
        case
        for case, rows in zip(cases, one.rows, strict=True)
        if any(row.selected is True for row in rows)
    ]


def most_kept_first(cases: Sequence[Case], found: Sequence[Compared]) -> list[Compared]:
    """Sort by how many regions kept a criterion, real regions first; ties keep their order."""

    def key(one: Compared) -> tuple[int, int]:
        kept = kept_by(cases, one)
        return -sum(not case.fictional for case in kept), -len(kept)

    return sorted(found, key=key)


def most_often(cases: Sequence[Case], kept: Sequence[Compared]) -> str:
    """Name the criteria at the top of a sorted list, with how many regions kept each."""
    first = cases[0]
    _ = first.translate
    told = [told_count(cases, kept_by(cases, one)) for one in kept]
    on_top = [one.name for one, words in zip(kept, told, strict=True) if words == told[0]]
    named = on_top if len(on_top) <= _NAMED else [*on_top[: _NAMED - 1], _("others")]
    return _("Kept most often, by {regions}: {names}.").format(
        regions=told[0], names=listed(first, named)
    )


def criteria(cases: Sequence[Case], cluster: str = "vision") -> Exhibit:
    """Show what each region did with the handbook's examples of one cluster.

    Parameters
    ----------
    cases : sequence of Case
    cluster : {"vision", "precondition", "distinguishing"}
        The cluster that the handbook suggests; a region may have put a criterion in another.
    """
    first = cases[0]
    _ = first.translate
    of = Cluster(cluster)
    name = f"compare_criteria_{of.value}"
    title = _("Criteria: {cluster}").format(cluster=shown(first, of))
    found = compared(cases)
    if not any(case.rows(Criterion) for case in cases):
        return nothing_yet(cases, name, title, _("No region has criteria yet."))
    examples = most_kept_first(cases, [one for one in found if one.cluster == of.value])
    return _exhibit(
        cases,
        name,
        title,
        sentence=_told(cases, of, examples),
        blocks={_("Examples in the handbook"): examples},
        summed=[],
        shown_here=examples,
    )


def own_criteria(cases: Sequence[Case]) -> Exhibit:
    """Show the criteria that regions added to the handbook's examples."""
    first = cases[0]
    _ = first.translate
    title = _("Criteria of the regions' own")
    own = most_kept_first(cases, [one for one in compared(cases) if one.own])
    if not own:
        return nothing_yet(
            cases, "compare_own_criteria", title, _("No region has a criterion of its own yet.")
        )
    shared = [one for one in own if sum(bool(rows) for rows in one.rows) > 1][:_SHARED_ROWS]
    others = [one for one in own if one not in shared]
    having = [case for place, case in enumerate(cases) if any(one.rows[place] for one in own)]
    sentence = _("{n} criteria are no example in the handbook; they come from {regions}.").format(
        n=len(own), regions=told_count(cases, having)
    )
    if shared:
        named = [f"{one.name} ({few_or_count(cases, _having(cases, one))})" for one in shared[:3]]
        sentence += " " + _("Named by more than one: {names}.").format(names=listed(first, named))
    else:
        sentence += " " + _("None goes by the same name in two regions.")
    blocks = {_("Own, by one name in more regions"): shared} if shared else {}
    return _exhibit(
        cases,
        "compare_own_criteria",
        title,
        sentence=sentence,
        blocks=blocks,
        summed=others,
        shown_here=own,
    )


def _having(cases: Sequence[Case], one: Compared) -> list[Case]:
    return [case for case, rows in zip(cases, one.rows, strict=True) if rows]


def _told(cases: Sequence[Case], of: Cluster, examples: Sequence[Compared]) -> str:
    first = cases[0]
    _ = first.translate
    kept = [one for one in examples if kept_by(cases, one)]
    if not kept:
        return _("No region kept one of the {n} examples in this cluster.").format(n=len(examples))
    sentence = most_often(cases, kept)
    if never := [one.name for one in examples if one not in kept]:
        sentence += " " + _("Kept by none: {names}.").format(names=listed(first, never))
    moved = [
        one.name
        for one in kept
        if any(row.selected and row.cluster not in (of, None) for rows in one.rows for row in rows)
    ]
    if moved:
        sentence += " " + _("In another cluster somewhere: {names}.").format(
            names=listed(first, moved)
        )
    return sentence


def _exhibit(
    cases: Sequence[Case],
    name: str,
    title: str,
    *,
    sentence: str,
    blocks: dict[str, list[Compared]],
    summed: list[Compared],
    shown_here: list[Compared],
) -> Exhibit:
    first = cases[0]
    _ = first.translate
    looks, words = standing_looks(first), standing_words(first)
    drawn = [
        Block(
            heading,
            [one.name for one in rows],
            [
                [_cell(case, mine) for case, mine in zip(cases, one.rows, strict=True)]
                for one in rows
            ],
            [count(cases, kept_by(cases, one)) for one in rows],
            _("kept by"),
        )
        for heading, rows in blocks.items()
    ]
    if summed:
        drawn.append(_sums(cases, summed, alone=not blocks))
    used = {cell.look for block in drawn for row in block.cells for cell in row}
    grid = RegionGrid(column_names(cases), [bool(kind(case)) for case in cases], drawn)
    labels = labels_for(
        cases, title, legend=legend(looks, words, used), counts=[t for b in drawn for t in b.counts]
    )
    alt = [f"{one.name}: " + "; ".join(_groups(cases, one, words)) for one in shown_here]
    return Exhibit(
        name=name,
        title=title,
        sentence=sentence,
        alt="\n".join(alt),
        table=_table(cases, shown_here, words),
        provenance=from_regions(cases, Criterion, rule=_(RULE)),
        mark=mark_of(cases),
        draw=partial(region_grid, grid, labels=labels, categories=looks),
    )


def _cell(case: Case, rows: Sequence[Criterion]) -> RegionCell:
    """Make a cell that says in full what the region calls it, where there is room."""
    look = standing(case, rows)
    sign = standing_looks(case)[look].symbol
    if not rows:
        return RegionCell(look)
    called = " / ".join(row.name for row in rows if row.selected or look not in KEPT)
    if look == "mixed":
        sign = "+".join(
            sorted({letter(case, row.cluster) for row in rows if row.selected and row.cluster})
        )
    return RegionCell(look, (f"{sign} · {called}", sign))


def _sums(cases: Sequence[Case], own: Sequence[Compared], *, alone: bool) -> Block:
    """Sum the own criteria that have no row: how many per region, and what became of them."""
    first = cases[0]
    _ = first.translate
    rows: list[str] = []
    cells: list[list[RegionCell]] = []
    counts: list[str] = []
    standings = [
        [(standing(case, one.rows[place]), one.name) for one in own if one.rows[place]]
        for place, case in enumerate(cases)
    ]
    words = standing_words(first)
    for look in (*KEPT, "open", "dropped"):
        named = [[name for what, name in found if what == look] for found in standings]
        if not any(named) and look not in {cluster.value for cluster in Cluster}:
            continue
        rows.append(words[look])
        cells.append(
            [
                RegionCell(look, (f"{len(names)} · {' / '.join(names)}", str(len(names))))
                if names
                else RegionCell(_none(case, look))
                for case, names in zip(cases, named, strict=True)
            ]
        )
        counts.append(str(sum(map(len, named))))
    heading = _("Own criteria, how many") if alone else _("Other own criteria, how many")
    return Block(heading, rows, cells, counts, _("in all"))


def _none(case: Case, look: str) -> str:
    """Say why there is no number: a text doesn't publish what was dropped."""
    if published(case) and look in ("open", "dropped"):
        return "unpublished"
    return "absent" if case.rows(Criterion) else standing(case, ())


def _groups(cases: Sequence[Case], one: Compared, words: dict[str, str]) -> list[str]:
    """Say of one criterion what became of it, with the regions by name."""
    by_look: dict[str, list[Case]] = {}
    for case, rows in zip(cases, one.rows, strict=True):
        by_look.setdefault(standing(case, rows), []).append(case)
    order = sorted(by_look, key=list(words).index)
    return [
        f"{words[look]} {len(by_look[look])} ({listed_regions(cases, by_look[look])})"
        for look in order
    ]


def _table(cases: Sequence[Case], found: Sequence[Compared], words: dict[str, str]) -> pd.DataFrame:
    first = cases[0]
    _ = first.translate
    lines = []
    for one in found:
        for region, case, rows in zip(region_names(cases), cases, one.rows, strict=True):
            if not rows and one.own:
                continue
            lines += [
                {
                    _("Criterion"): one.name,
                    _("Region"): region,
                    _("In the region's words"): row.name if row else "–",
                    _("What became of it"): words[standing(case, (row,) if row else ())],
                    _("Cluster"): shown(first, row.cluster) if row else "–",
                    _("Matched by"): _(BY[match(row).by]) if row else "–",
                    _("Why"): shown(first, row.reason) if row else "–",
                    _("Row"): place_of(row) if row else "–",
                    _("Source"): told_source(case, row.source) if row else "–",
                }
                for row in rows or (None,)
            ]
    return pd.DataFrame(lines)


def criteria_counts(cases: Sequence[Case]) -> Exhibit:
    """Show in how many regions each example of the handbook was kept, and in which cluster."""
    first = cases[0]
    _ = first.translate
    title = _("In how many regions each criterion was kept")
    if not any(case.rows(Criterion) for case in cases):
        return nothing_yet(
            cases, "compare_criteria_counts", title, _("No region has criteria yet.")
        )
    looks, words = standing_looks(first), standing_words(first)
    told = (*KEPT, "open", "dropped")
    examples = most_kept_first(cases, [one for one in compared(cases) if not one.own])
    numbers = {
        one.name: {
            look: sum(
                standing(case, rows) == look for case, rows in zip(cases, one.rows, strict=True)
            )
            for look in told
        }
        for one in examples
    }
    top = [one for one in examples if kept_by(cases, one)]
    sentence = _("Of the {n} examples in the handbook, {k} were kept somewhere.").format(
        n=len(examples), k=sum(bool(kept_by(cases, one)) for one in examples)
    )
    if top:
        sentence += " " + most_often(cases, top)
    sentence += " " + _("How often says nothing about what fits a region.")
    suggested = {cluster.id: cluster.name.in_(first.lang) for cluster in handbook.clusters()}
    table = pd.DataFrame(
        [
            {
                _("Criterion"): one.name,
                _("Cluster in the handbook"): suggested[one.cluster],
                _("Kept by"): count(cases, kept_by(cases, one)),
                **{
                    words[look][:1].upper() + words[look][1:]: sum(
                        standing(case, rows) == look
                        for case, rows in zip(cases, one.rows, strict=True)
                    )
                    for look in words
                },
                _("Regions that kept it"): listed_regions(cases, kept_by(cases, one)) or "–",
            }
            for one in examples
        ]
    )
    used = {look for parts in numbers.values() for look, number in parts.items() if number}
    note = _("Where it is not on the list, or that is not published, a region is not in the bar.")
    if made_up := sum(case.fictional for case in cases):
        note += " " + _("Fictional regions that count along: {n}.").format(n=made_up)
    labels = labels_for(
        cases,
        title,
        note=note,
        legend=[(looks[look].colour, words[look]) for look in told if look in used],
    )
    colours = {look: looks[look].colour for look in told}
    return Exhibit(
        name="compare_criteria_counts",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{one}: " + (", ".join(f"{words[look]} {n}" for look, n in parts.items() if n) or "0")
            for one, parts in numbers.items()
        ),
        table=table,
        provenance=from_regions(cases, Criterion, rule=_(RULE)),
        mark=mark_of(cases),
        draw=partial(stacked_bars, numbers, labels=labels, colours=colours, name_chars=48),
    )
