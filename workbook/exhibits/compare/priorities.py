"""Which criteria weigh most in each region, and whose order that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.asked import PLENARY, scored_criteria
from workbook.case.tables import Criterion, Priority
from workbook.exhibits.compare.matching import RULE, Compared, compared
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
from workbook.exhibits.compare.standing import legend
from workbook.exhibits.exhibit import Exhibit
from workbook.exhibits.preference.scores import priorities_of
from workbook.exhibits.wording import listed, told_source
from workbook.figures import Block, Category, RegionCell, RegionGrid, region_grid

_ROWS = 9
"""Criteria that get a row; beyond it only the table has them."""


@dataclass(frozen=True)
class Order:
    """A region's order of importance.

    ``whose`` is ``plenary``, ``joint``, ``person`` or ``none``; ``places`` gives the place of each
    criterion that has one, as the room gave it or as the order of individuals has it.
    """

    whose: str
    shared: bool
    people: int
    places: dict[str, int]

    def tied(self, criterion: str) -> bool:
        """Whether another criterion has the same place."""
        return Counter(self.places.values())[self.places.get(criterion, 0)] > 1


def order_of(case: Case) -> Order:
    """Give the order of importance that leads; what individuals share only if it has groups."""
    if not scored_criteria(case):
        return Order("none", False, 0, {})
    said = priorities_of(case)
    leading = said.leading()
    if leading.whose == "plenary":
        places = {c: rank for c, rank in (said.plenary or {}).items() if rank is not None}
    else:
        places, at = {}, 1
        for group in (leading.order.groups or ()) if leading.whose != "none" else ():
            places |= dict.fromkeys(group, at)
            at += len(group)
    return Order(leading.whose, leading.shared, leading.people, places)


def priorities(cases: Sequence[Case]) -> Exhibit:
    """Show the place of each distinguishing criterion in each region's order of importance."""
    first = cases[0]
    _ = first.translate
    name, title = "compare_priorities", _("Order of importance, by region")
    scored = [{row.id for row in scored_criteria(case)} for case in cases]
    orders = [order_of(case) for case in cases]
    lines = [
        one
        for one in compared(cases)
        if any(row.id in ids for rows, ids in zip(one.rows, scored, strict=True) for row in rows)
    ]
    if not lines:
        return nothing_yet(
            cases, name, title, _("No region has distinguishing criteria to order yet.")
        )
    mine = {
        one.key: [
            [row for row in rows if row.id in ids]
            for rows, ids in zip(one.rows, scored, strict=True)
        ]
        for one in lines
    }

    def having(one: Compared) -> list[Case]:
        return [case for case, rows in zip(cases, mine[one.key], strict=True) if rows]

    def on_top(one: Compared) -> list[Case]:
        """Give the regions that put it first; an order of individuals isn't the room's."""
        return [
            case
            for case, rows, order in zip(cases, mine[one.key], orders, strict=True)
            if order.whose == "plenary" and any(order.places.get(row.id) == 1 for row in rows)
        ]

    lines.sort(key=lambda one: (-len(having(one)), one.own))
    drawn = [one for one in lines if not one.own or len(having(one)) > 1][:_ROWS]
    rest = [one for one in lines if one not in drawn]
    looks, words = _looks(), _words(first)
    cells = [
        [
            _cell(case, rows, order)
            for case, rows, order in zip(cases, mine[one.key], orders, strict=True)
        ]
        for one in drawn
    ]
    blocks = []
    if drawn:
        blocks.append(
            Block(
                _("Distinguishing criteria"),
                [one.name for one in drawn],
                cells,
                [count(cases, on_top(one)) for one in drawn],
                _("put first"),
            )
        )
    if rest:
        together = [
            [row for one in rest for row in mine[one.key][place]] for place in range(len(cases))
        ]
        firsts = [
            case
            for case, rows, order in zip(cases, together, orders, strict=True)
            if order.whose == "plenary" and any(order.places.get(row.id) == 1 for row in rows)
        ]
        heading = _("Other criteria")
        sums = [
            _cell(case, rows, order)
            for case, rows, order in zip(cases, together, orders, strict=True)
        ]
        blocks.append(
            Block(
                heading,
                [_("highest place among them")],
                [sums],
                [count(cases, firsts)],
                _("put first"),
            )
        )
    used = {cell.look for block in blocks for row in block.cells for cell in row}
    grid = RegionGrid(column_names(cases), [bool(kind(case)) for case in cases], blocks)
    labels = labels_for(
        cases,
        title,
        note=_("The number is the place; = is a place that is shared."),
        legend=legend(looks, words, used),
        counts=[told for block in blocks for told in block.counts],
    )
    return Exhibit(
        name=name,
        title=title,
        sentence=_sentence(cases, orders, [(one.name, on_top(one)) for one in lines]),
        alt="\n".join([*_alt(cases, lines, mine, orders), *_without(cases)]),
        table=_table(cases, lines, mine, orders),
        provenance=from_regions(cases, Priority, Criterion, rule=_(RULE)),
        mark=mark_of(cases),
        draw=partial(region_grid, grid, labels=labels, categories=looks),
    )


def _alt(
    cases: Sequence[Case],
    lines: Sequence[Compared],
    mine: dict[str, list[list[Criterion]]],
    orders: Sequence[Order],
) -> list[str]:
    """Give a line per criterion, with its place in each region that has it."""
    return [
        f"{one.name}: "
        + "; ".join(
            f"{region} {told}"
            for region, case, rows, order in zip(
                region_names(cases), cases, mine[one.key], orders, strict=True
            )
            if (told := _places(case, rows, order))
        )
        for one in lines
    ]


def _without(cases: Sequence[Case]) -> list[str]:
    """Name the regions that have nothing to order, in a line if there are any."""
    _ = cases[0].translate
    if found := [case for case in cases if not scored_criteria(case)]:
        told = _("no distinguishing criteria yet")
        return [f"{told}: {listed_regions(cases, found)}"]
    return []


def whose_order(case: Case, order: Order) -> str:
    """Say in a few words whose order of importance it is."""
    _ = case.translate
    if order.whose == "plenary":
        return _("the room's order, as published") if published(case) else _("the room's order")
    if order.whose == "person":
        return _("one person's order, not the room's")
    if order.whose == "joint":
        words = (
            _("of {n} people, not the room's")
            if order.shared
            else _("of {n} people who don't agree, not the room's")
        )
        return words.format(n=order.people)
    return _("not published") if published(case) else _("no order yet")


def _looks() -> dict[str, Category]:
    return {
        "first": Category("#0B4A75", ""),
        "second": Category("#3E8FC4", ""),
        "third": Category("#9CC3DE", ""),
        "later": Category("#DCEAF4", ""),
        "people": Category("#D9D3C7", ""),
        "unranked": Category("#F5F5F5", "–"),
        "no_order": Category("#FFF3C4", "…"),
        "absent": Category("#FFFFFF", ""),
        "nothing": Category("#FFFFFF", "", dotted=True),
    }


def _words(case: Case) -> dict[str, str]:
    _ = case.translate
    return {
        "first": _("place 1"),
        "second": _("place 2"),
        "third": _("place 3"),
        "later": _("further down"),
        "people": _("from individuals, not the room's"),
        "unranked": _("not ranked"),
        "no_order": _("no order yet"),
        "nothing": _("no distinguishing criteria yet"),
    }


def _cell(case: Case, rows: Sequence[Criterion], order: Order) -> RegionCell:
    if not rows:
        return RegionCell("absent" if scored_criteria(case) else "nothing")
    if order.whose == "none":
        return RegionCell("unranked" if published(case) else "no_order")
    ranked = sorted(
        ((order.places[row.id], row) for row in rows if row.id in order.places),
        key=lambda found: found[0],
    )
    if not ranked:
        return RegionCell("unranked", (f"– · {rows[0].name}", "–"))
    places = ["{}{}".format(place, "=" if order.tied(row.id) else "") for place, row in ranked]
    look = {1: "first", 2: "second", 3: "third"}.get(ranked[0][0], "later")
    named = " / ".join(
        f"{place} · {row.name}" for place, (_place, row) in zip(places, ranked, strict=True)
    )
    return RegionCell(
        look if order.whose == "plenary" else "people", (named, " ".join(places), places[0])
    )


def _places(case: Case, rows: Sequence[Criterion], order: Order) -> str:
    """Say the places of one criterion in one region; empty where it isn't there."""
    if not rows:
        return ""
    if order.whose == "none":
        return whose_order(case, order)
    told = ", ".join(_place(case, row, order) for row in rows)
    return told if order.whose == "plenary" else f"{told} ({whose_order(case, order)})"


def _place(case: Case, row: Criterion, order: Order) -> str:
    _ = case.translate
    if row.id not in order.places:
        return _("not ranked")
    return f"{order.places[row.id]}{'=' if order.tied(row.id) else ''}"


def _sentence(
    cases: Sequence[Case], orders: Sequence[Order], tops: Sequence[tuple[str, list[Case]]]
) -> str:
    first = cases[0]
    _ = first.translate
    with_room = [
        case for case, order in zip(cases, orders, strict=True) if order.whose == "plenary"
    ]
    if not with_room:
        return _("In no region the room came to an order of importance yet.")
    sentence = _("In {regions} the room came to an order of importance.").format(
        regions=told_count(cases, with_room)
    )
    named = sorted((top for top in tops if top[1]), key=lambda top: -len(top[1]))
    sentence += " " + _("Put first: {names}.").format(
        names=listed(
            first,
            [f"{name} ({few_or_count(cases, who)})" for name, who in named[:4]],
        )
    )
    if people := [
        case
        for case, order in zip(cases, orders, strict=True)
        if order.whose in ("joint", "person")
    ]:
        sentence += " " + _("Only individuals gave an order in {regions}.").format(
            regions=told_count(cases, people)
        )
    return sentence


def _table(
    cases: Sequence[Case],
    lines: Sequence[Compared],
    mine: dict[str, list[list[Criterion]]],
    orders: Sequence[Order],
) -> pd.DataFrame:
    _ = cases[0].translate
    found = []
    for one in lines:
        for region, case, rows, order in zip(
            region_names(cases), cases, mine[one.key], orders, strict=True
        ):
            for row in rows:
                # Of individuals no row is pointed at: that would point at a person.
                plenary = [
                    r for r in case.rows(Priority) if r.criterion == row.id and r.who == PLENARY
                ]
                found.append(
                    {
                        _("Criterion"): one.name,
                        _("Region"): region,
                        _("In the region's words"): row.name,
                        _("Place"): _place(case, row, order),
                        _("Of how many"): str(len(scored_criteria(case))),
                        _("Whose order"): whose_order(case, order),
                        _("Row"): place_of(plenary[-1]) if plenary else "–",
                        _("Source"): told_source(case, plenary[-1].source) if plenary else "–",
                    }
                )
    nothing = _("no distinguishing criteria yet")
    found += [
        {_("Criterion"): "–", _("Region"): region, _("Place"): nothing}
        for region, case in zip(region_names(cases), cases, strict=True)
        if not scored_criteria(case)
    ]
    return pd.DataFrame(found).fillna("–")
