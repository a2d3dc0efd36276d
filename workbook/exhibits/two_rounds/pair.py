"""Two rounds beside each other: which ones, what is left out, where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from workbook.case import Case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import Ballot, How, Names, Round
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.preference.judged import judged, outcome
from workbook.exhibits.preference.scores import no_scores, revealed_rounds, scores_file
from workbook.exhibits.wording import criterion_names, distinct, listed, option_names
from workbook.figures import CountCell, MoveCell, RoundMatrix
from workbook.judge import CountChange, Part, RoundChange
from workbook.locale import N_

TITLE = N_("What changed between two rounds")
SIGNS = ("−", "±", "+", "?")
Pair = tuple[Round, Round]
Change = RoundChange | CountChange


def chosen_pair(case: Case, before: str | None, after: str | None) -> Pair | str:
    """Choose the two rounds, or say why there is nothing to compare.

    Parameters
    ----------
    case : Case
    before, after : str, optional
        Ids of the rounds; the last two revealed ones by default, by ballots if there are any.

    Raises
    ------
    ValueError
        If there is no such round, or both are the same.
    """
    _ = case.translate
    every = case.rows(Round)
    known = [row.id for row in every]
    for argument, id in (("before", before), ("after", after)):
        if id is not None and id not in known:
            raise ValueError(f"{argument} names {id!r}, which is not a round of this case")
    if before is not None and before == after:
        raise ValueError("after must be another round than before")
    seen = revealed_rounds(case)
    for row in every:
        if row.id in (before, after) and row not in seen:
            return _("“{round}” is not revealed yet, or holds no scores.").format(round=row.name)
    if not seen:
        return no_scores(case)
    pool = [row for row in seen if row.how is How.BALLOTS] or seen
    new = next((row for row in reversed(seen) if row.id == after), None)
    if new is None:
        new = next((row for row in reversed(pool) if row.id != before), None)
    old = next((row for row in seen if row.id == before), None)
    if old is None and new is not None:
        earlier = [row for row in pool if known.index(row.id) < known.index(new.id)]
        old = earlier[-1] if earlier else None
    if old is None or new is None:
        return _("There is one round with scores. What changed can be shown after a second one.")
    if not scored_options(case) or not scored_criteria(case):
        return _(
            "There is no shortlist with distinguishing criteria yet, so nothing can be scored."
        )
    return old, new


def by_name(pair: Pair) -> bool:
    """Say whether persons may be named: only where that was agreed for both rounds."""
    return all(of.names is Names.OPEN for of in pair)


def outcomes(case: Case, pair: Pair) -> str:
    """Say what the scores of each round support, under the same order of importance."""
    found = [judged(case, of) for of in pair]
    before, after = ("–" if one is None else outcome(case, one) for one in found)
    return case.translate("What the scores support: first {before}; then {after}.").format(
        before=before, after=after
    )


def made_from(case: Case, pair: Pair) -> tuple[str, ...]:
    """Name the rows of each of the two rounds."""
    _ = case.translate
    parts = []
    for of in pair:
        file = scores_file(of)
        n = sum(row.round == of.id for row in case.rows(file))
        told = _("{file}.csv, “{round}” ({n} rows)")
        parts.append(told.format(file=file.table, round=of.name, n=n))
    return (_("Made from: {parts}.").format(parts=", ".join(parts)),)


def round_matrix(
    case: Case, change: Change, cell: Callable[[Any], MoveCell | CountCell]
) -> RoundMatrix:
    """Arrange the cells of a comparison as rows and columns with names."""
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))
    options, criteria = (list(dict.fromkeys(ids)) for ids in zip(*change.cells, strict=True))
    return RoundMatrix(
        [onames[o] for o in options],
        [cnames[c] for c in criteria],
        [[cell(change.cells[o, c]) for c in criteria] for o in options],
    )


def exhibit_of(
    case: Case,
    pair: Pair,
    change: Change,
    *,
    sentence: str,
    row: Callable[[Any], Mapping[str, object]],
    told: Callable[[Any], str],
    rule: str,
    draw: Callable[[], Axes],
) -> Exhibit:
    """Put together what both ways of comparing have in common.

    ``row`` gives the numbers of one cell and ``told`` its words; both get a cell of ``change``.
    """
    _ = case.translate
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))
    cells = change.cells.items()
    return Exhibit(
        name="rounds",
        title=_(TITLE),
        sentence=" ".join([sentence, *left_out(case, pair, change)]),
        alt="\n".join(f"{onames[o]} × {cnames[c]}: {told(cell)}" for (o, c), cell in cells),
        table=pd.DataFrame(
            {_("Option"): onames[o], _("Criterion"): cnames[c], **row(cell)}
            for (o, c), cell in cells
        ),
        provenance=(*made_from(case, pair), rule),
        mark=mark(case),
        draw=draw,
    )


def nothing_shared(case: Case, pair: Pair, change: Change) -> Exhibit:
    """Say that no cell was scored in both rounds."""
    _ = case.translate
    told = _("No option was scored on any criterion in both “{before}” and “{after}”.").format(
        before=pair[0].name, after=pair[1].name
    )
    return missing(case, "rounds", _(TITLE), " ".join([told, *left_out(case, pair, change)]))


def left_out(case: Case, pair: Pair, change: Change) -> Iterator[str]:
    """Say who and what is in one round only; persons by name only where that was agreed."""
    _ = case.translate
    old, new = pair
    options, criteria = distinct(option_names(case)), distinct(criterion_names(case))
    sides: tuple[tuple[Round, Round, Part], ...] = (
        (old, new, change.only_before),
        (new, old, change.only_after),
    )
    for of, other, part in sides:
        if part.people:
            who = listed(case, part.people) if by_name(pair) else str(len(part.people))
            yield _("Took part in “{round}” only: {who}.").format(round=of.name, who=who)
        # Also what left the shortlist since, and so is in neither score table.
        here, there = _answered(case, of), _answered(case, other)
        things = [
            names[id]
            for names, left, a, b in (
                (options, part.options, here[0], there[0]),
                (criteria, part.criteria, here[1], there[1]),
            )
            for id in names
            if id in left or id in a - b
        ]
        if things:
            yield _("Scored in “{round}” only, and so not compared: {what}.").format(
                round=of.name, what=listed(case, things)
            )


def _answered(case: Case, of: Round) -> tuple[set[str], set[str]]:
    """Give the ids of the options, and of the criteria, with an answer in a round."""
    rows = [row for row in case.rows(scores_file(of)) if row.round == of.id]
    given = [row for row in rows if not isinstance(row, Ballot) or row.score is not None]
    return {row.option for row in given}, {row.criterion for row in given}


def counted(counts: Sequence[int]) -> str:
    """Write the counts of −, ±, + and don't know."""
    return " ".join(f"{sign}{n}" for sign, n in zip(SIGNS, counts, strict=True))
