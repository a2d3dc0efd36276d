"""Which regions are compared, what kind of case each is, and how far each has come."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from workbook import handbook
from workbook.case import Case
from workbook.case.points import STEPS, open_points, started
from workbook.case.tables import Criterion, Decision, Option
from workbook.exhibits.compare.named import (
    column_names,
    count,
    from_regions,
    kind,
    labels_for,
    mark_of,
    published,
    region_names,
    told_count,
)
from workbook.exhibits.compare.standing import legend
from workbook.exhibits.exhibit import Exhibit
from workbook.exhibits.start import COLOURS
from workbook.exhibits.wording import listed, shown, unfilled
from workbook.figures import Block, Category, RegionCell, RegionGrid, region_grid


def regions(cases: Sequence[Case]) -> Exhibit:
    """List the regions: what kind of case, which project, and what the experts are deployed for."""
    first = cases[0]
    _ = first.translate
    lines = []
    for region, case in zip(region_names(cases), cases, strict=True):
        kinds = case.info.deployment.kinds
        primary = [shown(case, one.kind) for one in kinds if one.primary]
        lines.append(
            {
                _("Region"): region,
                _("Kind of case"): shown(case, case.info.provenance),
                _("Project"): case.info.project or unfilled(case),
                _("Primary deployment"): listed(case, primary) or unfilled(case),
                _("Also deployed for"): listed(
                    case, [shown(case, one.kind) for one in kinds if not one.primary]
                )
                or "–",
                _("Criteria"): len(case.rows(Criterion)),
                _("Options"): len(case.rows(Option)),
                _("Folder"): case.region,
            }
        )
    sentence = _("{regions} side by side.").format(regions=told_count(cases, cases))
    if read := [case for case in cases if published(case)]:
        sentence += " " + _("Read from a text: {names}.").format(
            names=listed(first, [case.info.region for case in read])
        )
    if made_up := [case for case in cases if case.fictional]:
        sentence += " " + _("Made up, so no evidence of anything: {names}.").format(
            names=listed(first, [case.info.region for case in made_up])
        )
    sentence += " " + _(
        "What the experts are deployed for decides much about which criteria count."
    )
    return Exhibit(
        name="compare_regions",
        title=_("The regions"),
        sentence=sentence,
        alt="\n".join(" · ".join(str(value) for value in line.values()) for line in lines),
        table=pd.DataFrame(lines),
        provenance=from_regions(cases, Criterion, Option),
        mark=mark_of(cases),
    )


def steps(cases: Sequence[Case]) -> Exhibit:
    """Show which steps each region has come to."""
    first = cases[0]
    _ = first.translate
    points = [open_points(case) for case in cases]
    words = {
        "done": _("nothing open"),
        "open": _("started, with open points"),
        "text": _("published"),
        "unpublished": _("not published"),
        "empty": _("not started"),
    }
    looks = {
        "done": Category(COLOURS["done"], "✓"),
        "open": Category(COLOURS["open"], "…"),
        "text": Category("#C9B8DC", "✓"),
        "unpublished": Category("#E4DCEB", "?"),
        "empty": Category(COLOURS["empty"], "", dotted=True),
    }

    def state(case: Case, step: int, number: int) -> str:
        if published(case):
            return "text" if started(case, step) else "unpublished"
        if not started(case, step):
            return "empty"
        return "open" if number else "done"

    names, cells, counts, lines, states = [], [], [], [], {}
    for step in STEPS:
        title = f"{step}. {handbook.step(step).short.in_(first.lang)}"
        names.append(title)
        begun, row = [], []
        for region, case, open_ in zip(region_names(cases), cases, points, strict=True):
            number = sum(point.step == step for point in open_)
            found = state(case, step, number)
            states[step, region] = found
            if found in ("done", "open", "text"):
                begun.append(case)
            told = words[found]
            if found == "open":
                told = _("{n} open").format(n=number)
                row.append(RegionCell(found, (told, str(number))))
            else:
                row.append(RegionCell(found))
            decided = sum(made.step == step for made in case.rows(Decision))
            lines.append(
                {
                    _("Step"): title,
                    _("Region"): region,
                    _("State"): words[found],
                    _("Open points"): number if found in ("open", "done", "empty") else "–",
                    _("Decisions"): decided,
                }
            )
        cells.append(row)
        counts.append(count(cases, begun))
    furthest = {
        region: max((s for s in STEPS if s <= 8 and states[s, region] in ("done", "open", "text")),
                    default=None)
        for region in region_names(cases)
    }  # fmt: skip
    at_end = [
        case for case, region in zip(cases, region_names(cases), strict=True)
        if furthest[region] == 8
    ]  # fmt: skip
    nowhere = [
        case for case, region in zip(cases, region_names(cases), strict=True)
        if furthest[region] is None
    ]  # fmt: skip
    sentence = _("{regions} came to step 8, the preferred scenario.").format(
        regions=told_count(cases, at_end)
    )
    if nowhere:
        sentence += " " + _("Nothing is filled in yet in {regions}.").format(
            regions=told_count(cases, nowhere)
        )
    title = _("How far each region has come")
    used = {cell.look for row in cells for cell in row}
    grid = RegionGrid(
        column_names(cases),
        [bool(kind(case)) for case in cases],
        [Block(_("Steps"), names, cells, counts, _("started"))],
    )
    labels = labels_for(
        cases,
        title,
        note=_("A number counts open points; they are hints and block nothing."),
        legend=legend(looks, words, used),
        counts=counts,
    )
    return Exhibit(
        name="compare_steps",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{region}: "
            + ", ".join(
                f"{line[_('Step')].split('.')[0]} {line[_('State')]}"
                + (f" ({line[_('Open points')]})" if line[_("State")] == words["open"] else "")
                for line in lines
                if line[_("Region")] == region
            )
            for region in region_names(cases)
        ),
        table=pd.DataFrame(lines),
        provenance=(_("Made from every table of each case; open points never block anything."),),
        mark=mark_of(cases),
        draw=partial(region_grid, grid, labels=labels, categories=looks),
    )
