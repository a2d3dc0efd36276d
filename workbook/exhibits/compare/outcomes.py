"""What the scores support in each region and what was decided: two things, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Ballot, Decision, Form, Option, Reading, Status, Tally
from workbook.exhibits.compare.named import (
    column_names,
    count,
    few_or_count,
    from_regions,
    kind,
    labels_for,
    mark_of,
    nothing_yet,
    place_of,
    published,
    region_names,
    told_count,
)
from workbook.exhibits.compare.standing import legend
from workbook.exhibits.exhibit import Exhibit
from workbook.exhibits.preference.decision import main_decision
from workbook.exhibits.preference.judged import judged, level_word
from workbook.exhibits.preference.reading import reading_table
from workbook.exhibits.preference.scores import last_round, leading_weights
from workbook.exhibits.wording import (
    distinct,
    listed,
    number,
    option_names,
    percent,
    shown,
    told_source,
    unfilled,
)
from workbook.figures import Block, Category, RegionCell, RegionGrid, region_grid

_FORMS = tuple(form.value for form in Form)


@dataclass(frozen=True)
class Outcome:
    """How it stands in a region.

    Attributes
    ----------
    row : str
        In which row of the picture its scores put it: a form, ``formless``, ``undecided``,
        ``read`` or ``none``.
    look : str
        Level of the verdict, ``read`` or ``none``.
    option : str
        What the scores support, by name; empty where nothing may be named.
    told : str
        How firmly, in words; of a text in how many of its readings.
    shares : dict
        Of a text: per form the share of its readings in which one of that form is first alone.
    decision : Decision or None
        What was decided in step 7.
    decided_row : str
        A form, ``formless`` or ``none``.
    chosen : str
        The option decided on, by name.
    """

    row: str
    look: str
    option: str
    told: str
    decision: Decision | None
    decided_row: str
    chosen: str
    shares: dict[str, float] = field(default_factory=dict)

    @property
    def decided_look(self) -> str:
        """How a decision looks: confirmed, proposed or none."""
        if self.decision is None:
            return "none"
        return "confirmed" if self.decision.status is Status.CONFIRMED else "proposed"


def outcome_of(case: Case) -> Outcome:
    """Work out what a region's scores support, and look up what it decided."""
    names = distinct(option_names(case))
    forms = {row.id: row.form.value if row.form else "formless" for row in case.rows(Option)}
    decision = main_decision(case, 7)
    chosen = decision.option if decision else None
    decided_row = "none" if decision is None else forms[chosen] if chosen else "formless"
    row, look, option, told, shares = _supported(case, names, forms)
    return Outcome(
        row, look, option, told, decision, decided_row, names[chosen] if chosen else "", shares
    )


def _supported(
    case: Case, names: dict[str, str], forms: dict[str, str]
) -> tuple[str, str, str, str, dict[str, float]]:
    _ = case.translate
    if last_round(case) is None and case.rows(Reading):
        return _read(case, names, forms)
    found = judged(case)
    if found is None:
        told = _("scores not published") if published(case) else _("no scores yet")
        return "none", "none", "", told, {}
    verdict = found.verdict
    told = _("{level} (k = {k}, {n} people)").format(
        level=level_word(case, verdict.level), k=verdict.k, n=verdict.people
    )
    if verdict.winner is None:
        return "undecided", "undecided", "", told, {}
    return forms[verdict.winner], verdict.level, names[verdict.winner], told, {}


def _read(
    case: Case, names: dict[str, str], forms: dict[str, str]
) -> tuple[str, str, str, str, dict[str, float]]:
    """Count readings by form: of a text there is no verdict."""
    _ = case.translate
    try:
        found = judge.fillings(reading_table(case), list(leading_weights(case).values()))
    except ValueError:
        return "read", "read", "", _("the text leaves too much open to count its readings"), {}
    if not found.options:
        return "read", "read", "", _("the text is silent on a cell of every option"), {}
    by_option = {option: found.count(option) for option in found.options if found.count(option)}
    told = _("no verdict; of {all} readings of the text first alone: {names}").format(
        all=number(case, found.total, 0, signed=False),
        names=listed(
            case,
            [
                _("{name} in {k}").format(name=names[o], k=number(case, k, 0, signed=False))
                for o, k in sorted(by_option.items(), key=lambda pair: -pair[1])
            ],
        )
        or "–",
    )
    shares = dict.fromkeys((forms[option] for option in found.options), 0.0)
    for option, first in by_option.items():
        shares[forms[option]] += first / found.total
    return "read", "read", "", told, shares


def outcomes(cases: Sequence[Case]) -> Exhibit:
    """Show per region which form of position the scores support, and which was decided on."""
    first = cases[0]
    _ = first.translate
    name, title = "compare_outcomes", _("What the scores support and what was decided, by region")
    found = [outcome_of(case) for case in cases]
    if all(o.look == "none" and o.decision is None for o in found):
        return nothing_yet(cases, name, title, _("No region has scores or a decision yet."))
    forms = _row_words(first)
    supported = {
        **forms,
        "undecided": _("no firm first"),
        "read": _("read from a text: no verdict"),
        "none": _("no scores"),
    }
    heading, decided = _("The scores support"), _("Decided")
    blocks = [
        _block(cases, found, heading, _supported_cell, lambda o: o.row, supported),
        _block(
            cases,
            found,
            decided,
            _decided_cell,
            lambda o: o.decided_row,
            {**forms, "none": _("nothing decided")},
        ),
    ]
    looks, words = _looks(), _look_words(first)
    alt_line = _("{region}: the scores support: {support}; decided: {decision}")
    used = {cell.look for block in blocks for row in block.cells for cell in row}
    grid = RegionGrid(column_names(cases), [bool(kind(case)) for case in cases], blocks)
    note = _("Above is arithmetic on scores, below what people decided; neither follows from the "
             "other.")  # fmt: skip
    labels = labels_for(
        cases,
        title,
        note=note,
        legend=legend(looks, words, used),
        counts=[t for b in blocks for t in b.counts],
    )
    return Exhibit(
        name=name,
        title=title,
        sentence=_sentence(cases, found),
        alt="\n".join(
            alt_line.format(
                region=region, support=_told_support(case, o), decision=_told_decision(case, o)
            )
            for region, case, o in zip(region_names(cases), cases, found, strict=True)
        ),
        table=_table(cases, found),
        provenance=from_regions(
            cases,
            Ballot,
            Tally,
            Reading,
            Decision,
            rule=_("Verdicts as in notebook 07; readings of a text are counted and get none."),
        ),
        mark=mark_of(cases),
        draw=partial(region_grid, grid, labels=labels, categories=looks),
    )


def form_words(case: Case, form: str) -> str:
    """Give the word for a form of position, or that it isn't known."""
    _ = case.translate
    return shown(case, Form(form)) if form in _FORMS else _("form not known")


def _row_words(case: Case) -> dict[str, str]:
    _ = case.translate
    return {**{form: form_words(case, form) for form in _FORMS}, "formless": _("form not known")}


def _looks() -> dict[str, Category]:
    return {
        "clear": Category("#0072B2", "●"),
        "leaning": Category("#9CC3DE", "◐"),
        "undecided": Category("#D9D3C7", "≈"),
        "read": Category("#E4DCEB", "%"),
        "confirmed": Category("#2F6B3A", "✓"),
        "proposed": Category("#CFE0B5", "…"),
        "unpublished": Category("#F3E9D8", "?"),
        "none": Category("#FFFFFF", "", dotted=True),
        "blank": Category("#F5F5F5", ""),
    }


def _look_words(case: Case) -> dict[str, str]:
    _ = case.translate
    return {
        "clear": _("clearly supported"),
        "leaning": _("leaning"),
        "undecided": level_word(case, "undecided"),
        "read": _("share of a text's readings, no verdict"),
        "confirmed": _("decided, confirmed"),
        "proposed": _("decided, not yet confirmed"),
        "unpublished": _("not published"),
        "none": _("nothing there yet"),
    }


def _supported_cell(case: Case, o: Outcome, row: str) -> RegionCell:
    _ = case.translate
    if row in o.shares:
        share = percent(case, o.shares[row])
        told = _("first alone in {share} of the readings").format(share=share)
        return RegionCell("read", (told, share))
    if o.row != row:
        return RegionCell("blank")
    if row == "none":
        return (
            RegionCell("unpublished", (o.told, "?"))
            if published(case)
            else RegionCell("none", (o.told, ""))
        )
    sign = _looks()[o.look].symbol
    if row == "read":
        return RegionCell("read", (_("no verdict"), sign))
    told = f"{sign} {o.option}" if o.option else f"{sign} {level_word(case, 'undecided')}"
    return RegionCell(o.look, (told, sign))


def _decided_cell(case: Case, o: Outcome, row: str) -> RegionCell:
    _ = case.translate
    if o.decided_row != row:
        return RegionCell("blank")
    sign = _looks()[o.decided_look].symbol
    if o.decision is None:
        if published(case):
            return RegionCell("unpublished", (unfilled(case), "?"))
        return RegionCell("none", (_("nothing decided yet"), ""))
    return RegionCell(o.decided_look, (f"{sign} {o.chosen or o.decision.choice}", o.chosen, sign))


def _block(
    cases: Sequence[Case],
    found: Sequence[Outcome],
    heading: str,
    cell: Callable[[Case, Outcome, str], RegionCell],
    row_of: Callable[[Outcome], str],
    rows: dict[str, str],
) -> Block:
    """Make the rows of one half; one that no region is in shows only if it is a form."""
    _ = cases[0].translate
    there = [row for row in rows if row in _FORMS or any(row_of(o) == row for o in found)]
    return Block(
        heading,
        [rows[row] for row in there],
        [[cell(case, o, row) for case, o in zip(cases, found, strict=True)] for row in there],
        [
            count(cases, [c for c, o in zip(cases, found, strict=True) if row_of(o) == row])
            for row in there
        ],
        _("regions"),
    )


def _told_support(case: Case, o: Outcome) -> str:
    if not o.option:
        return o.told
    return f"{o.option}, {form_words(case, o.row)}, {o.told}"


def _told_decision(case: Case, o: Outcome) -> str:
    _ = case.translate
    if o.decision is None:
        return unfilled(case) if published(case) else _("nothing decided yet")
    told = [o.chosen or o.decision.choice]
    if o.chosen:
        told.append(form_words(case, o.decided_row))
    told.append(_("confirmed") if o.decided_look == "confirmed" else _("not yet confirmed"))
    return ", ".join(told)


def _sentence(cases: Sequence[Case], found: Sequence[Outcome]) -> str:
    first = cases[0]
    _ = first.translate
    pairs = list(zip(cases, found, strict=True))
    decided = [case for case, o in pairs if o.decision is not None]
    sentence = (
        _("{regions} decided on a position: {forms}.").format(
            regions=told_count(cases, decided),
            forms=listed(
                first,
                [
                    f"{form_words(first, form)} ({told_count(cases, mine)})"
                    for form in (*_FORMS, "formless")
                    if (mine := [case for case, o in pairs if o.decided_row == form])
                ],
            ),
        )
        if decided
        else _("No region decided on a position yet.")
    )
    firm = [case for case, o in pairs if o.option]
    open_ = [case for case, o in pairs if o.row == "undecided"]
    if firm:
        sentence += " " + _("Scores point to a first in {regions}.").format(
            regions=told_count(cases, firm)
        )
    if open_:
        sentence += " " + _("They point to no firm first in {regions}.").format(
            regions=told_count(cases, open_)
        )
    if read := [case for case, o in pairs if o.row == "read"]:
        sentence += " " + _(
            "Of {regions} only a matrix read from a text is known, so there is no verdict."
        ).format(regions=few_or_count(cases, read))
    apart = [case for case, o in pairs if o.option and o.chosen and o.option != o.chosen]
    if apart:
        sentence += " " + _("Decided otherwise than the scores: {regions}.").format(
            regions=few_or_count(cases, apart)
        )
    return sentence


def _table(cases: Sequence[Case], found: Sequence[Outcome]) -> pd.DataFrame:
    first = cases[0]
    _ = first.translate
    lines = []
    for region, case, o in zip(region_names(cases), cases, found, strict=True):
        made = o.decision
        absent = _("not published") if published(case) else _("nothing yet")
        lines.append(
            {
                _("Region"): region,
                _("The scores support"): o.option or "–",
                _("Form that the scores support"): form_words(case, o.row) if o.option else "–",
                _("How firmly"): o.told,
                _("Decided"): (o.chosen or made.choice) if made else absent,
                _("Form decided on"): form_words(case, o.decided_row) if o.chosen else "–",
                _("Status"): shown(case, made.status) if made else absent,
                _("Why"): shown(case, made.reason) if made else "–",
                _("Dissent"): shown(case, made.dissent) if made else "–",
                _("Row"): place_of(made) if made else "–",
                _("Source"): told_source(case, made.source) if made else "–",
            }
        )
    return pd.DataFrame(lines)
