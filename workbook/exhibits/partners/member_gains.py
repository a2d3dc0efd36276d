"""Step 7: what is lost without each member, beside what the other candidates would add."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.tables import Coverage, Link, Option, Party
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.partners.covering import Covering, covering, no_coverage
from workbook.exhibits.wording import (
    distinct,
    from_files,
    listed,
    option_names,
    party_names,
    shown,
)
from workbook.figures import Category, Grid, Labels, category_grid
from workbook.judge.gains import Gain, Gains

MEMBER, OTHER, MEAN = "#9CC3DE", "#F5F5F5", "#FFFFFF"


def _parties(case: Case, chain: Covering) -> list[str]:
    """Give the members of the positions and the candidates, in file order."""
    wanted = {*chain.candidates, *(m for row in chain.options for m in row.members)}
    return [row.id for row in case.rows(Party) if row.id in wanted]


def _mean(chain: Covering, gains: Gains, but: str | None = None) -> str:
    mean = gains.mean_added(but)
    return "–" if mean is None else chain.in_parts(mean)


def _cell(chain: Covering, gains: Gains, party: str) -> tuple[str, Category]:
    """Give the key of one cell and how it looks."""
    if party in gains.lost:
        lost = chain.in_parts(gains.lost[party].covered)
        text, colour = lost if lost == "0" else f"−{lost}", MEMBER
    elif party in gains.added:
        text, colour = "+" + chain.in_parts(gains.added[party].covered), OTHER
    else:
        text, colour = "–", MEAN
    return f"{colour} {text}", Category(colour, text)


def _sentence(case: Case, chain: Covering, found: dict[str, Gains], options: list[Option]) -> str:
    _ = case.translate
    names, parties = distinct(option_names(case)), party_names(case)
    said = []
    for option in options:
        if len(option.members) < 2:
            continue
        gains = found[option.id]
        text = _("{option} loses, of {n} parts: {lost}.").format(
            option=names[option.id],
            n=len(chain.parts),
            lost=listed(
                case,
                [
                    _("{parts} without {party}").format(
                        parts=chain.in_parts(gain.covered), party=parties[party]
                    )
                    for party, gain in gains.lost.items()
                ],
            ),
        )
        if gains.added:
            text += " " + _("Each other candidate would add {mean} on average.").format(
                mean=_mean(chain, gains)
            )
        said.append(text)
    said.append(
        _(
            "Whoever is counted last always seems to add little, so the one stands beside the "
            "other. 0 means that another member covers the same; what else a member brings isn't "
            "counted."
        )
    )
    return " ".join(said)


def _row(
    case: Case, chain: Covering, option: Option, party: str, gains: Gains, gain: Gain
) -> dict[str, object]:
    _ = case.translate
    return {
        _("Option"): distinct(option_names(case))[option.id],
        _("Party"): party_names(case)[party],
        _("Member"): shown(case, party in gains.lost),
        _("Parts lost without it, or added by it"): chain.in_parts(gain.covered),
        _("If what is unknown is covered"): chain.in_parts(gain.if_known),
        _("Mean of the other candidates"): _mean(chain, gains, party),
        _("Organisations"): gain.organisations,
        _("Links to make"): gain.missing_links,
    }


def member_gains(case: Case) -> Exhibit:
    """Show, per position, what is lost without each member and what each other party adds."""
    _ = case.translate
    title = _("Lost without it, or added by it")
    chain = covering(case)
    if chain is None:
        return no_coverage(case, "member_gains", title)
    options, parties = chain.options, _parties(case, chain)
    if not options:
        return missing(
            case, "member_gains", title, _("No position to score is made of parties yet.")
        )
    found = {row.id: chain.gains(row.members) for row in options}
    names, called = distinct(option_names(case)), distinct(party_names(case))
    categories: dict[str, Category] = {}
    cells = []
    for party in parties:
        looks = [_cell(chain, found[row.id], party) for row in options]
        categories |= dict(looks)
        cells.append([key for key, _look in looks])
    means = [_mean(chain, found[row.id]) for row in options]
    categories |= {f"mean {text}": Category(MEAN, text, dotted=True) for text in means}
    cells.append([f"mean {text}" for text in means])
    mean_row = _("mean of the other candidates")
    grid = Grid([*(called[p] for p in parties), mean_row], [names[o.id] for o in options], cells)
    labels = Labels(
        title=_("Lost without it, or added by it: {criterion}").format(
            criterion=chain.criterion.name
        ),
        mark=mark(case),
        legend=[
            (MEMBER, _("member: what goes without it")),
            (OTHER, _("other candidate: what it would add")),
        ],
        note=_(
            "In parts, of {n}: covered partly is a half, what is unknown counts as not covered."
        ).format(n=len(chain.parts)),
    )
    rows = [
        _row(case, chain, option, party, found[option.id], gain)
        for option in options
        for party in parties
        for gain in [(found[option.id].lost | found[option.id].added).get(party)]
        if gain is not None
    ]
    return Exhibit(
        name="member_gains",
        title=labels.title,
        sentence=_sentence(case, chain, found, options),
        alt="\n".join("; ".join(f"{head} {value}" for head, value in row.items()) for row in rows),
        table=pd.DataFrame(rows),
        provenance=from_files(
            case,
            Coverage,
            Link,
            Party,
            Option,
            rule=_(
                "Lost: what the set covers less without the member. Added: what it covers more "
                "with the candidate. What is unknown counts as not covered."
            ),
        ),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=categories),
    )
