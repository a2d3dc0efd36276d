"""A matrix that was read from a text: bounds, and in how many readings an option comes first."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.case.asked import scored_criteria
from workbook.case.tables import Basis, Criterion, Option, Priority, Reading, Score
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.decision import main_decision
from workbook.exhibits.preference.scores import leading_order, leading_weights
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    from_files,
    listed,
    number,
    option_names,
    percent,
    shown,
    told_source,
)
from workbook.figures import Category, Grid, Labels, category_grid, share_bars
from workbook.figures.score_heatmap import COLOURS

PLACES = (0.0, 0.25, 0.5, 0.75, 1.0)


def reading_table(case: Case) -> judge.ScoreTable:
    """Build the table of bounds from the readings."""
    rows = case.rows(Reading)
    wanted = {row.option for row in rows}
    options = [row.id for row in case.rows(Option) if row.id in wanted]
    criteria = [row.id for row in scored_criteria(case)]
    bounds = {
        (row.option, row.criterion): (int(row.low), int(row.high))
        for row in rows
        if row.low is not None and row.high is not None
    }
    return judge.ScoreTable.from_bounds(options, criteria, bounds)


def _look(low: Score | None, high: Score | None) -> str:
    if low is None or high is None:
        return "silent"
    return f"{int(low)}:{int(high)}"


def _categories(case: Case) -> dict[str, Category]:
    _ = case.translate
    return {
        "-1:-1": Category(COLOURS[0], "−"),
        "-1:0": Category(COLOURS[1], "− / ±"),
        "0:0": Category(COLOURS[2], "±"),
        "0:1": Category(COLOURS[3], "± / +"),
        "1:1": Category(COLOURS[4], "+"),
        "-1:1": Category("#E4DCEB", "− / +"),
        "silent": Category("#FFFFFF", _("silent"), dotted=True),
    }


def reading(case: Case) -> Exhibit:
    """Show the matrix as the text allows it to be read: no voices, only bounds."""
    _ = case.translate
    title = _("The matrix as read from a text")
    rows = {(row.option, row.criterion): row for row in case.rows(Reading)}
    criteria = [row.id for row in scored_criteria(case)]
    wanted = {option for option, _criterion in rows}
    options = [row.id for row in case.rows(Option) if row.id in wanted]
    if not rows or not criteria:
        return missing(
            case, "reading", title, _("No matrix was read from a text (readings.csv is empty).")
        )
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))
    categories = _categories(case)

    def look(option: str, criterion: str) -> str:
        row = rows.get((option, criterion))
        return "silent" if row is None else _look(row.low, row.high)

    def basis(option: str, criterion: str) -> str:
        row = rows.get((option, criterion))
        return shown(case, Basis.SILENT if row is None else row.basis)

    def note(option: str, criterion: str) -> str:
        row = rows.get((option, criterion))
        return "" if row is None else row.note or ""

    def place(option: str, criterion: str) -> str:
        row = rows.get((option, criterion))
        return "" if row is None else told_source(case, row.source)

    pairs = [(o, c) for o in options for c in criteria]
    silent = sum(look(o, c) == "silent" for o, c in pairs)
    settled = sum(categories[look(o, c)].symbol in "−±+" for o, c in pairs)
    sentence = _(
        "Of {all} cells the text settles {settled}, leaves {bounds} between two signs and is "
        "silent on {silent}. These are readings, not scores: nobody's voice is in them."
    ).format(all=len(pairs), settled=settled, bounds=len(pairs) - settled - silent, silent=silent)
    grid = Grid(
        [onames[o] for o in options],
        [cnames[c] for c in criteria],
        [[look(o, c) for c in criteria] for o in options],
    )
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_("Two signs: the text leaves it between them. The text is the source of every cell."),
    )
    return Exhibit(
        name="reading",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{onames[o]} × {cnames[c]}: {categories[look(o, c)].symbol} ({basis(o, c)})"
            for o, c in pairs
        ),
        table=pd.DataFrame(
            [
                {
                    _("Option"): onames[o],
                    _("Criterion"): cnames[c],
                    _("Reading"): categories[look(o, c)].symbol,
                    _("Basis"): basis(o, c),
                    _("Note"): note(o, c),
                    _("Source"): place(o, c),
                }
                for o, c in pairs
            ]
        ),
        provenance=from_files(case, Reading),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=categories),
        origins=[rows.get(pair) for pair in pairs],
    )


def _strict(case: Case, extension: Iterable[str]) -> np.ndarray:
    criteria = [row.id for row in scored_criteria(case)]
    return judge.Order.from_groups(criteria, [(c,) for c in extension]).weights()


def chosen_or_first(case: Case, found: judge.Fillings) -> str:
    """Give the option that the sentences are about: the one chosen, else the most often first."""
    main = main_decision(case, 7)
    chosen = main.option if main else None
    return chosen if chosen in found.options else max(found.options, key=found.count)  # type: ignore[return-value]


def reading_headline(case: Case, found: judge.Fillings | None = None) -> str:
    """Say in how many of the allowed readings the option chosen comes first, and no more.

    Parameters
    ----------
    case : Case
    found : Fillings, optional
        The fillings at ± halfway, where they were worked out already.
    """
    _ = case.translate
    try:
        found = found or judge.fillings(reading_table(case), list(leading_weights(case).values()))
    except ValueError:
        return _("The text leaves too many cells open to go through.")
    if not found.options:
        return _("The text is silent on a cell of every option, so none can be placed.")
    leader = chosen_or_first(case, found)
    sentence = _(
        "In {k} of the {all} readings that the text allows, {option} comes first alone (± halfway, "
        "weights from the order of importance)."
    ).format(
        k=number(case, found.count(leader), 0, signed=False),
        all=number(case, found.total, 0, signed=False),
        option=distinct(option_names(case))[leader],
    )
    if case.info.provenance is Provenance.PUBLISHED:
        sentence = _("The participants' scores were not published.") + " " + sentence
    return sentence


def reading_outcome(case: Case) -> Exhibit:
    """Show in how many of the allowed readings, orders and places of ± each option comes first."""
    _ = case.translate
    title = _("First in how many of the allowed readings")
    if not case.rows(Reading) or not scored_criteria(case):
        return missing(
            case, "reading_outcome", title, _("No matrix was read from a text to work with.")
        )
    table = reading_table(case)
    names = distinct(option_names(case))
    weights = list(leading_weights(case).values())
    leading = leading_order(case).order
    try:
        half = judge.fillings(table, weights)
    except ValueError:  # an option has more open cells than can be gone through
        return missing(
            case, "reading_outcome", title, _("The text leaves too many cells open to go through.")
        )
    if not half.options:
        return missing(case, "reading_outcome", title, reading_headline(case, half))
    by_place = {p: judge.fillings(table, weights, p) for p in PLACES}
    orders = list(leading.extensions()) if leading.count <= 120 else []
    by_order = {order: judge.fillings(table, _strict(case, order)) for order in orders}

    def whole(value: int) -> str:
        return number(case, value, 0, signed=False)

    leader = chosen_or_first(case, half)
    others = [o for o in table.options if o not in half.options]
    sentence = reading_headline(case, half)
    joint = int(half.joint_first[half.options.index(leader)])
    rest = [o for o in half.options if o != leader and half.count(o)]
    shared = half.total - int(half.sole_first.sum())
    if joint:
        sentence += " " + _("In {k} it shares the first place.").format(k=joint)
    if rest:
        sentence += " " + _("In other readings another is first alone: {names}.").format(
            names=listed(
                case, [_("{name} in {k}").format(name=names[o], k=half.count(o)) for o in rest]
            )
        )
    if shared - joint:
        sentence += " " + _("In {k} others share the first place.").format(k=shared - joint)
    at_plus = by_place[1.0]
    sentence += " " + _(
        "Much depends on ±: where it counts as −, {option} is first alone in {zero} of the "
        "readings; where it counts as +, in {one}."
    ).format(
        option=names[leader],
        zero=percent(case, by_place[0.0].count(leader) / half.total),
        one=percent(case, at_plus.count(leader) / half.total),
    )
    unreachable = [o for o in others if not half.can_reach(o, leader)]
    if unreachable:
        sentence += " " + _(
            "The text is silent on a cell of {names}; even the best reading puts that below "
            "{option}."
        ).format(option=names[leader], names=listed(case, [names[o] for o in unreachable]))
    reachable = [o for o in others if half.can_reach(o, leader)]
    if reachable:
        sentence += " " + _("No place for {names}: the text is silent on a cell.").format(
            names=listed(case, [names[o] for o in reachable])
        )

    rows = []
    for p, found in by_place.items():
        place = number(case, p, signed=False)
        rows += _outcome_rows(case, found, names, _("as given"), place)
    cnames = criterion_names(case)
    for order, found in by_order.items():
        text = " > ".join(cnames[c] for c in order)
        rows += _outcome_rows(case, found, names, text, number(case, 0.5, signed=False))
    data = {names[o]: half.count(o) / half.total for o in half.options}
    texts = {
        names[o]: _("{k} of {all}").format(k=whole(half.count(o)), all=whole(half.total))
        + f" ({percent(case, half.count(o) / half.total)})"
        for o in half.options
    }
    if shared:
        data[_("first place shared")] = shared / half.total
        texts[_("first place shared")] = (
            _("{k} of {all}").format(k=whole(shared), all=whole(half.total))
            + f" ({percent(case, shared / half.total)})"
        )
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "Computed from readings, not voices, with ± halfway. With ± as −, {option} is first in "
            "{zero}; with ± as +, in {one}. Left out, because the text is silent: {names}."
        ).format(
            option=names[leader],
            zero=percent(case, by_place[0.0].count(leader) / half.total),
            one=percent(case, by_place[1.0].count(leader) / half.total),
            names=listed(case, [names[o] for o in others]) or _("none"),
        ),
    )
    alt_lines = [f"{name}: {text}" for name, text in texts.items()]
    alt_lines += [
        _("± at {p}: {option} first in {k} of {all}").format(
            p=number(case, p, signed=False),
            option=names[leader],
            k=whole(found.count(leader)),
            all=whole(found.total),
        )
        for p, found in by_place.items()
    ]
    alt_lines += [
        _("order {order}: {option} first in {k} of {all}").format(
            order=" > ".join(cnames[c] for c in order),
            option=names[leader],
            k=whole(found.count(leader)),
            all=whole(found.total),
        )
        for order, found in by_order.items()
    ]
    return Exhibit(
        name="reading_outcome",
        title=title,
        sentence=sentence,
        alt="\n".join(alt_lines),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            Reading,
            Priority,
            Criterion,
            rule=_(
                "Every filling of the cells between two signs, for options without a silent cell; "
                "weights by rank-order centroid."
            ),
        ),
        mark=mark(case),
        draw=partial(share_bars, data, labels=labels, texts=texts),
    )


def _outcome_rows(
    case: Case,
    found: judge.Fillings,
    names: dict[str, str],
    order: str,
    place: str,
) -> list[dict[str, str]]:
    _ = case.translate
    return [
        {
            _("Order"): order,
            _("Place of ±"): place,
            _("Option"): names[option],
            _("First alone"): f"{found.sole_first[i]} / {found.total}",
            _("First with others"): f"{found.joint_first[i]} / {found.total}",
        }
        for i, option in enumerate(found.options)
    ]
