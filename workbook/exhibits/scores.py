"""Step 7: the matrix of scores, what to discuss first, and the order of importance."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbook import handbook, judge
from workbook.case import Case
from workbook.case.tables import (
    SYMBOLS,
    Ballot,
    Cluster,
    Criterion,
    How,
    Option,
    Participant,
    Priority,
    Round,
    Score,
    State,
    Tally,
)
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import (
    criterion_names,
    distinct,
    from_files,
    listed,
    number,
    option_names,
    percent,
)
from workbook.figures import HeatCell, HeatMatrix, Labels, leaning_counts, share_bars
from workbook.figures import score_heatmap as draw_heatmap

PLENARY = "plenary"


def scored_criteria(case: Case) -> list[Criterion]:
    """Give what is scored: the selected distinguishing criteria, in case order."""
    return [
        row
        for row in case.rows(Criterion)
        if row.cluster is Cluster.DISTINGUISHING and row.selected
    ]


def scored_options(case: Case) -> list[Option]:
    """Give what is scored: the shortlist; where it isn't published, every option."""
    chosen = [row for row in case.rows(Option) if row.shortlisted is True]
    return chosen or [row for row in case.rows(Option) if row.shortlisted is not False]


def revealed_rounds(case: Case) -> list[Round]:
    """Give the rounds whose scores may be seen and that hold any, in file order."""
    with_scores = {row.round for row in case.rows(Ballot)} | {row.round for row in case.rows(Tally)}
    return [
        row for row in case.rows(Round) if row.state is State.REVEALED and row.id in with_scores
    ]


def last_round(case: Case) -> Round | None:
    """Give the round that counts: the last revealed one, by ballots if there is any."""
    rounds = revealed_rounds(case)
    by_ballot = [row for row in rounds if row.how is How.BALLOTS]
    return (by_ballot or rounds or [None])[-1]


def no_scores(case: Case) -> str:
    """Say why there are no scores to show."""
    _ = case.translate
    if case.info.provenance is Provenance.PUBLISHED:
        return _("The participants' scores were not published, and none are made up here.")
    return _("There are no revealed scores yet. They belong in ballots.csv or tallies.csv.")


def score_table(case: Case, of: Round) -> judge.ScoreTable:
    """Build the score table of one round from the case."""
    options = [row.id for row in scored_options(case)]
    criteria = [row.id for row in scored_criteria(case)]
    if of.how is How.HANDS:
        return judge.ScoreTable.from_tallies(
            options,
            criteria,
            {
                (row.option, row.criterion): (row.minus, row.plusminus, row.plus, row.dont_know)
                for row in case.rows(Tally)
                if row.round == of.id
            },
        )
    states = {
        None: judge.NOT_SCORED,
        Score.DONT_KNOW: judge.DONT_KNOW,
        Score.MINUS: judge.MINUS,
        Score.PLUSMINUS: judge.PLUSMINUS,
        Score.PLUS: judge.PLUS,
    }
    return judge.ScoreTable.from_ballots(
        options,
        criteria,
        [
            (row.participant, row.option, row.criterion, states[row.score])
            for row in case.rows(Ballot)
            if row.round == of.id
        ],
        participants=[row.id for row in case.rows(Participant)],
        groups={row.id: row.group.value for row in case.rows(Participant) if row.group},
    )


def priority_groups(case: Case) -> tuple[judge.Groups, str]:
    """Give the order of importance that leads, and whose it is.

    Returns
    -------
    groups : tuple of tuple of str
        Criteria, most important first; without any order one group.
    whose : {"plenary", "none"}
        An order of the room leads; the orders of individuals are shown, not merged.
    """
    criteria = [row.id for row in scored_criteria(case)]
    rows = [row for row in case.rows(Priority) if row.who == PLENARY and row.criterion in criteria]
    if not any(row.rank for row in rows):
        return (tuple(criteria),), "none"
    last = rows[-1].round
    ranks = {row.criterion: row.rank for row in rows if row.round == last}
    return judge.order_groups(criteria, ranks), "plenary"


def leading_weights(case: Case) -> dict[str, float]:
    """Give the weight of each scored criterion under the order that leads."""
    criteria = [row.id for row in scored_criteria(case)]
    groups, _ = priority_groups(case)
    weights = judge.order_weights(criteria, groups)
    return dict(zip(criteria, weights.tolist(), strict=True))


def heat_legend(case: Case, *, split: bool = True) -> list[tuple[str, str]]:
    """Give the key to the colours of the scale."""
    words = [
        (level.colour, f"{level.symbol} {level.name.in_(case.lang)}")
        for level in handbook.scale()
        if level.colour
    ]
    if split:
        unknown = next(level for level in handbook.scale() if level.value == "?")
        words.append(("#FFFFFF", f"? {unknown.name.in_(case.lang)}"))
    return words


def _counts_text(cell: judge.CellSummary) -> str:
    return f"−{cell.minus} ±{cell.plusminus} +{cell.plus} ?{cell.dont_know}"


def _cell_text(case: Case, cell: judge.CellSummary) -> str:
    _ = case.translate
    text = _counts_text(cell)
    if cell.not_scored:
        text += " " + _("(of which {n} not scored)").format(n=cell.not_scored)
    if cell.split:
        text += " " + _("split")
    elif cell.thin:
        text += " " + _("few scores")
    return text


def median_text(cell: judge.CellSummary) -> str:
    """Give the median as a symbol; both where it falls between two levels."""
    if cell.median is None:
        return "− | +" if cell.split else "·"
    low, high = (SYMBOLS[Score(str(level))] for level in cell.median)
    return low if low == high else f"{low}/{high}"


def score_heatmap(case: Case, *, round: str | None = None, order: str = "case") -> Exhibit:
    """Show the matrix of scores of one round.

    Parameters
    ----------
    case : Case
    round : str, optional
        Id of the round; the last revealed one by default.
    order : {"case", "support"}
        ``case`` is for the first reveal, so that the picture doesn't argue before the room has.
        ``support`` puts the weightiest criterion left and the most supported option on top; it
        keeps the case's order while no option is sole first.
    """
    _ = case.translate
    name = "score_heatmap" if order == "case" else "score_heatmap_by_support"
    title = _("Scores per option and criterion")
    of = (
        last_round(case)
        if round is None
        else next((row for row in revealed_rounds(case) if row.id == round), None)
    )
    if of is None:
        return missing(
            case,
            name,
            title,
            no_scores(case),
        )
    table = score_table(case, of)
    if not table.options or not table.criteria:
        return missing(
            case,
            name,
            title,
            _("There is no shortlist with distinguishing criteria yet, so nothing can be scored."),
        )
    options, criteria = list(table.options), list(table.criteria)
    sorted_by_support = False
    if order == "support":
        weights = leading_weights(case)
        net = judge.net_scores(table, list(weights.values()))
        if len(net.first()) == 1:
            sorted_by_support = True
            options = net.ranking()
            criteria = sorted(criteria, key=lambda c: -weights[c])
    return _heatmap(case, name, of, table, options, criteria, sorted_by_support, order)


def _heatmap(
    case: Case,
    name: str,
    of: Round,
    table: judge.ScoreTable,
    options: Sequence[str],
    criteria: Sequence[str],
    sorted_by_support: bool,
    order: str,
) -> Exhibit:
    _ = case.translate
    cells = judge.summarise(table)
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))
    split = [cells[o, c] for o in options for c in criteria if cells[o, c].split]
    unknown = sum(cell.dont_know for cell in cells.values())
    open_cells = sum(cell.not_scored for cell in cells.values())

    sentence = _("In “{round}” {n} people scored {options} options on {criteria} criteria.").format(
        round=of.name, n=table.n, options=len(options), criteria=len(criteria)
    )
    if split:
        where = listed(
            case,
            [
                _("{option} on {criterion}").format(
                    option=onames[cell.option], criterion=cnames[cell.criterion]
                )
                for cell in split[:3]
            ],
        )
        sentence += " " + (
            _("The room is split in {k} of {all} cells, among them {where}.")
            if len(split) > 3
            else _("The room is split in {k} of {all} cells: {where}.")
        ).format(k=len(split), all=len(cells), where=where)
    else:
        sentence += " " + _("In none of the {all} cells is the room split.").format(all=len(cells))
    if unknown - open_cells:
        sentence += " " + _("Don't know was answered {k} times.").format(k=unknown - open_cells)
    if open_cells:
        sentence += " " + _("Not scored: {k} times.").format(k=open_cells)
    note = _("Large: the middle answer; both signs where it falls between two. Small: the counts.")
    if order == "support":
        note = (
            _("Sorted: weightiest criterion left, most supported option on top.")
            if sorted_by_support
            else _("No option is sole first, so the case's own order is kept.")
        )
        sentence += " " + note
    if any(cell.thin for cell in cells.values()):
        note += " " + _("Dashed edge: scored by fewer than half.")

    rows = [
        {
            _("Option"): onames[o],
            _("Criterion"): cnames[c],
            _("Middle"): median_text(cells[o, c]),
            "−": cells[o, c].minus,
            "±": cells[o, c].plusminus,
            "+": cells[o, c].plus,
            "?": cells[o, c].dont_know,
            _("Of which not scored"): cells[o, c].not_scored,
            _("Split"): _("yes") if cells[o, c].split else "",
        }
        for o in options
        for c in criteria
    ]
    alt = "\n".join(
        f"{onames[o]} × {cnames[c]}: {_cell_text(case, cells[o, c])}"
        for o in options
        for c in criteria
    )
    matrix = HeatMatrix(
        [onames[o] for o in options],
        [cnames[c] for c in criteria],
        [
            [
                HeatCell(
                    cells[o, c].minus,
                    cells[o, c].plusminus,
                    cells[o, c].plus,
                    cells[o, c].dont_know,
                    cells[o, c].median,
                    cells[o, c].split,
                    cells[o, c].thin,
                )
                for c in criteria
            ]
            for o in options
        ],
    )
    labels = Labels(
        title=_("Scores: {round}, {n} people").format(round=of.name, n=table.n),
        mark=mark(case),
        note=note,
        legend=heat_legend(case),
        words={"split": _("split")},
    )
    source = Tally if of.how is How.HANDS else Ballot
    return Exhibit(
        name=name,
        title=labels.title,
        sentence=sentence,
        alt=alt,
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            source,
            Option,
            Criterion,
            rule=_(
                "Split: at least a third of the answers stand at each end (the RAND/UCLA rule for "
                "small panels). Not scored counts as don't know."
            ),
        ),
        mark=mark(case),
        draw=lambda: draw_heatmap(matrix, labels=labels),
    )


def discussion_order(case: Case, *, most: int = 8) -> Exhibit:
    """Show which cells deserve the room's time first."""
    _ = case.translate
    title = _("What to discuss first")
    of = last_round(case)
    if of is None or not scored_criteria(case) or not scored_options(case):
        return missing(case, "discussion_order", title, no_scores(case))
    table = score_table(case, of)
    weights = leading_weights(case)
    cells = judge.discussion_order(table, list(weights.values()))
    onames, cnames = distinct(option_names(case)), distinct(criterion_names(case))

    def name(cell: judge.CellSummary) -> str:
        return f"{onames[cell.option]} · {cnames[cell.criterion]}"

    split = [cell for cell in cells if cell.split]
    if split:
        sentence = _("Start with {first}: there the room is split, {counts}.").format(
            first=name(split[0]), counts=_counts_text(split[0])
        )
    else:
        sentence = _("No cell is split; {first} is where answers differ most.").format(
            first=name(cells[0])
        )
    sentence += " " + _(
        "The order chooses what to talk about and proves nothing: even among random answers about "
        "a third of the cells would be flagged."
    )
    first = cells[:most]
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_(
            "The first {k} of {all} cells. To the left −, across the middle ±, to the right +."
        ).format(k=len(first), all=len(cells)),
        legend=heat_legend(case),
        words={"flag": _("split")},
    )
    data = {name(c): (c.minus, c.plusminus, c.plus, c.dont_know) for c in first}
    flagged = [name(c) for c in first if c.split]
    rows = [
        {
            _("Place"): place,
            _("Option"): onames[cell.option],
            _("Criterion"): cnames[cell.criterion],
            "−": cell.minus,
            "±": cell.plusminus,
            "+": cell.plus,
            "?": cell.dont_know,
            _("Split"): _("yes") if cell.split else "",
            _("Weight"): number(case, weights[cell.criterion], signed=False),
        }
        for place, cell in enumerate(cells, start=1)
    ]
    return Exhibit(
        name="discussion_order",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{place}. {name(cell)}: {_cell_text(case, cell)}"
            for place, cell in enumerate(first, start=1)
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            Tally if of.how is How.HANDS else Ballot,
            Priority,
            rule=_(
                "Order: split cells, then cells without answers, then weight × (1 − A)/2 with van "
                "der Eijk's A, then the share of don't know."
            ),
        ),
        mark=mark(case),
        draw=lambda: leaning_counts(data, labels=labels, flagged=flagged),
    )


def priorities(case: Case) -> Exhibit:
    """Show the order of importance that leads and the weights that follow from it."""
    _ = case.translate
    title = _("Order of importance")
    criteria = scored_criteria(case)
    if not criteria:
        return missing(
            case, "priorities", title, _("There are no distinguishing criteria to order yet.")
        )
    groups, whose = priority_groups(case)
    weights = leading_weights(case)
    names = distinct(criterion_names(case))
    ranked = [row for row in case.rows(Priority) if row.rank is not None]
    plenary = {row.criterion: row.rank for row in ranked if row.who == PLENARY}
    people = sorted({row.who for row in ranked if row.who != PLENARY})
    in_top = {
        c.id: sum(
            1 for row in ranked if row.who in people and row.criterion == c.id and row.rank <= 2
        )
        for c in criteria
    }
    order = [c for group in groups for c in group]
    if whose == "none":
        sentence = _("The room has no order of importance yet, so every criterion weighs the same.")
    else:
        tied = [group for group in groups if len(group) > 1 and group[0] in plenary]
        sentence = _("The room's order: {order}.").format(
            order="; ".join(
                f"{plenary[group[0]]}. " + listed(case, [names[c] for c in group])
                for group in groups
                if group[0] in plenary
            )
        )
        if tied:
            sentence += " " + _("Criteria in one place were not put above one another.")
        unranked = [names[c] for c in order if c not in plenary]
        if unranked:
            sentence += " " + _("Not ranked: {names}.").format(names=listed(case, unranked))
    texts, rows = {}, []
    for c in order:
        words = [percent(case, weights[c])]
        words.append(_("place {rank}").format(rank=plenary[c]) if c in plenary else _("not ranked"))
        if people:
            words.append(_("first or second for {k} of {n}").format(k=in_top[c], n=len(people)))
        texts[names[c]] = " · ".join(words)
        rows.append(
            {
                _("Criterion"): names[c],
                _("Place"): plenary.get(c, "–"),
                _("Weight"): number(case, weights[c], 3, signed=False),
                **({_("First or second for"): in_top[c]} if people else {}),
            }
        )
    labels = Labels(
        title=title,
        mark=mark(case),
        note=_("Weights follow from the order: the mean of all weights that respect it."),
    )
    data = {names[c]: weights[c] for c in order}
    return Exhibit(
        name="priorities",
        title=title,
        sentence=sentence,
        alt="\n".join(f"{name}: {text}" for name, text in texts.items()),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            Priority,
            Criterion,
            rule=_("Weights: rank-order centroid; a tie shares the weight of its places."),
        ),
        mark=mark(case),
        draw=lambda: share_bars(data, labels=labels, texts=texts),
    )
