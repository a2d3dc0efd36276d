"""Step 7: the sets of parties that no other set dominates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.tables import Coverage, Criterion, Link, Party, Reading, Screening
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.partners.covering import (
    Covering,
    coverage_legend,
    coverage_looks,
    covering,
    no_coverage,
)
from workbook.exhibits.partners.member_scores import MemberScores, Told, looks, member_scores, told
from workbook.exhibits.preference.scores import scores_file
from workbook.exhibits.wording import (
    distinct,
    from_files,
    in_the_middle,
    listed,
    number,
    option_names,
    party_names,
    percent,
)
from workbook.figures import Category, Grid, Labels, category_grid
from workbook.judge.partnerships import Combination, undominated

ROWS = 14
"""Sets on the picture; what goes beyond it is in the table."""


@dataclass(frozen=True)
class _Sets:
    """Every set, those that nothing dominates, and where the weakest member shows."""

    every: Sequence[Combination]
    kept: Sequence[Combination]
    criteria: Sequence[Criterion]
    levels: dict[tuple[tuple[str, ...], str], Told]

    def text(
        self, case: Case, scores: MemberScores | None, members: tuple[str, ...], of: str
    ) -> str:
        """Write how a set shows; beside a score of its own what follows from its members."""
        own = self.levels[members, of].text
        if scores is None or len(members) < 2 or scores.itself(members) is None:
            return own
        _ = case.translate
        words = (
            _("{own}, read itself; worked out {follows}")
            if scores.read
            else _("{own}, scored itself; worked out {follows}")
        )
        return words.format(own=own, follows=told(scores.weakest(of, members)).text)


def _sets(every: Sequence[Combination], scores: MemberScores | None) -> _Sets:
    criteria = scores.weakest_criteria if scores else []
    found = {
        (one.members, criterion.id): scores.shows(criterion.id, one.members)  # type: ignore[union-attr]
        for one in every
        for criterion in criteria
    }
    shows = [[found[one.members, c.id].low for c in criteria] for one in every]
    kept = undominated(every, shows)
    return _Sets(
        every,
        kept,
        criteria,
        {
            (one.members, c.id): scores.shown(c.id, one.members)  # type: ignore[union-attr]
            for one in kept
            for c in criteria
        },
    )


def together(case: Case, members: Sequence[str], room: int = 999) -> str:
    """Write the names of a set of parties; in little room the long ones are cut in the middle."""
    names = [party_names(case)[member] for member in members]
    left, shown = room - 3 * (len(names) - 1), {}
    # Short names first: what they leave is for the longer ones.
    for place, at in enumerate(sorted(range(len(names)), key=lambda i: len(names[i]))):
        shown[at] = in_the_middle(names[at], max(left // (len(names) - place), 9))
        left -= len(shown[at])
    return " + ".join(shown[at] for at in range(len(names)))


def _positions(case: Case, chain: Covering, sets: _Sets) -> str:
    """Say which positions to score are among the sets, and which aren't."""
    _ = case.translate
    names, kept = distinct(option_names(case)), [{*one.members} for one in sets.kept]
    possible = [{*one.members} for one in sets.every]
    among, other = [], []
    for option in chain.options:
        if {*option.members} in possible:
            (among if {*option.members} in kept else other).append(names[option.id])
    said = []
    if among:
        said.append(
            _("Of the positions to score these are among them: {names}.").format(
                names=listed(case, among)
            )
        )
    if other:
        said.append(
            _(
                "Not among them: {names}. On these counts another set does at least as well; what "
                "speaks for a position on other criteria isn't counted."
            ).format(names=listed(case, other))
        )
    return " ".join(said)


def _compared(case: Case, scores: MemberScores | None, sets: _Sets) -> str:
    """Say what was compared on how the weakest member shows, and what wasn't."""
    _ = case.translate
    if not sets.criteria:
        return (
            _("How the weakest member shows isn't compared: no scores by person tell it.")
            if scores is None or not scores.by_person
            else ""
        )
    parties = party_names(case)
    unknown = {
        member: parties[member]
        for one in sets.every
        for member in one.members
        if member not in scores.alone  # type: ignore[union-attr]
    }
    if not unknown:
        return ""
    return _(
        "On {criteria} nothing is known of {names} alone; a set with them can only count on the "
        "lowest level there."
    ).format(
        criteria=listed(case, [f"“{row.name}”" for row in sets.criteria]),
        names=listed(case, unknown.values()),
    )


def _sentence(case: Case, chain: Covering, scores: MemberScores | None, sets: _Sets) -> str:
    _ = case.translate
    said = [
        _(
            "Of {all} sets of at most {most} parties, {k} are left: no other is as good on "
            "everything and better on something. Compared are what is covered, {shows}"
            "organisations and links to make."
        ).format(
            all=number(case, len(sets.every), 0, signed=False),
            most=max(len(one.members) for one in sets.every),
            k=number(case, len(sets.kept), 0, signed=False),
            shows="".join(f"“{row.name}”, " for row in sets.criteria),
        ),
        _(
            "This picks none of them: more members never cover less, so coverage alone ranks "
            "nothing."
        ),
        _positions(case, chain, sets),
        chain.left_out(),
        _compared(case, scores, sets),
    ]
    return " ".join(filter(None, said))


def _row(
    case: Case, chain: Covering, scores: MemberScores | None, sets: _Sets, one: Combination
) -> dict[str, object]:
    """Make one line of the table."""
    _ = case.translate
    parties, gains = party_names(case), chain.gains(one.members)
    alone = max(chain.combine([member]).covered for member in one.members)

    mean = gains.mean_added()
    return {
        _("Members"): together(case, one.members),
        _("Covered"): percent(case, one.covered),
        _("If what is unknown is covered"): percent(case, one.if_known),
        _("Best member alone"): percent(case, alone),
        **{row.name: sets.text(case, scores, one.members, row.id) for row in sets.criteria},
        _("Organisations"): chain.organisations(one),
        _("Links to make"): one.missing_links,
        _("Lost without (parts)"): "; ".join(
            f"{parties[party]} {chain.in_parts(gain.covered)}" for party, gain in gains.lost.items()
        ),
        _("Added by (parts)"): "; ".join(
            f"{parties[party]} {chain.in_parts(gain.covered)}"
            for party, gain in gains.added.items()
        ),
        _("Mean of the candidates"): "–" if mean is None else chain.in_parts(mean),
    }


def _grid(
    case: Case, chain: Covering, sets: _Sets, kept: Sequence[Combination]
) -> tuple[Grid, dict[str, Category]]:
    _ = case.translate
    categories, cells = coverage_looks(case) | looks(), []
    for one in kept:
        costs = (chain.organisations(one), str(one.missing_links))
        categories |= {f"cost {text}": Category("#F5F5F5", text) for text in costs}
        cells.append(
            [
                *(chain.best(one.members, part) for part in chain.parts),
                *(sets.levels[one.members, row.id].symbol for row in sets.criteria),
                *(f"cost {text}" for text in costs),
            ]
        )
    heads = [*chain.parts, *(row.name for row in sets.criteria)]
    heads += [_("organisations"), _("links to make")]
    return Grid([together(case, one.members, 56) for one in kept], heads, cells), categories


def combinations(case: Case) -> Exhibit:
    """Show the sets of up to four parties that nothing dominates, and what each member makes."""
    _ = case.translate
    title = _("Which parties together")
    chain, scores = covering(case), member_scores(case)
    if chain is None:
        return no_coverage(case, "combinations", title)
    if not chain.candidates:
        return missing(case, "combinations", title, chain.left_out())
    try:
        every = chain.combinations()
    except ValueError:  # more sets than can be gone through
        return missing(
            case,
            "combinations",
            title,
            _("There are too many parties to go through every set of up to four."),
        )
    sets = _sets(every, scores)
    grid, categories = _grid(case, chain, sets, sets.kept[:ROWS])
    note = _(
        "Only what is sure counts: what isn't known may bring other sets back. The order says "
        "nothing."
    )
    if len(sets.kept) > ROWS:
        note += " " + _("The first {n} are drawn; the table has all.").format(n=ROWS)
    labels = Labels(
        title=_("Which parties together: {criterion}").format(criterion=chain.criterion.name),
        mark=mark(case),
        legend=coverage_legend(case),
        note=note,
    )
    rows = [_row(case, chain, scores, sets, one) for one in sets.kept]
    left = (_("Lost without (parts)"), _("Added by (parts)"))
    own = [] if scores is None else [Reading if scores.of is None else scores_file(scores.of)]
    return Exhibit(
        name="combinations",
        title=labels.title,
        sentence=_sentence(case, chain, scores, sets),
        alt="\n".join(
            "; ".join(f"{head} {value}" for head, value in row.items() if head not in left)
            for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            Coverage,
            Link,
            Party,
            Screening,
            *own,
            round=scores.of.id if scores and scores.of else None,
            rule=_(
                "A set is left out where another covers at least as much, shows no weaker, has no "
                "more organisations and no more links to make, and is better on one of these."
            ),
        ),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=categories),
    )
