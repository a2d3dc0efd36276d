"""Step 0: the board of the eight steps."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook import handbook
from workbook.case import Case
from workbook.case.points import open_points, started
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark
from workbook.figures import Category, Grid, Labels, category_grid

COLOURS = {"empty": "#FFFFFF", "open": "#F2C57C", "done": "#BBD6E8"}


def board(case: Case) -> Exhibit:
    """Show per step whether it was started and how many points are open."""
    _ = case.translate
    lang = case.lang
    points = open_points(case)
    published = case.info.provenance is Provenance.PUBLISHED
    words = {
        "empty": _("not published") if published else _("not started"),
        "open": _("published") if published else _("in progress"),
        "done": _("nothing open"),
    }
    rows, cells, look = [], [], {}
    for step in handbook.steps():
        if step.number > 9:
            continue
        mine = [point for point in points if point.step == step.number]
        state = "empty" if not started(case, step.number) else "open" if mine else "done"
        label = f"{step.number}. {step.title.in_(lang)}"
        count = _("{n} open").format(n=len(mine)) if mine else _("nothing open")
        key = f"{state}:{len(mine)}"
        look[key] = Category(
            COLOURS[state], f"{words[state]} · {count}" if mine else words[state],
            dotted=state == "empty",
        )  # fmt: skip
        cells.append((label, key))
        rows.append(
            {
                _("Step"): label,
                _("State"): words[state],
                _("Open points"): len(mine),
                _("Which"): " · ".join(point.render_brief(lang) for point in mine),
            }
        )
    begun = sum(row[_("State")] != words["empty"] for row in rows)
    sentence = _("{begun} of {all} steps have been started; {n} points are open in all.").format(
        begun=begun, all=len(rows), n=len(points)
    )
    following = next((row for row in rows if row[_("Open points")]), None)
    if following:
        sentence += " " + _("The first step with open points is {step}.").format(
            step=following[_("Step")]
        )
    grid = Grid([label for label, _key in cells], [""], [[key] for _label, key in cells])
    labels = Labels(
        title=_("The steps of {region}").format(region=case.info.region), mark=mark(case)
    )
    return Exhibit(
        name="board",
        title=labels.title,
        sentence=sentence,
        alt="\n".join(f"{r[_('Step')]}: {r[_('State')]}, {r[_('Open points')]}" for r in rows),
        table=pd.DataFrame(rows),
        provenance=(_("Made from every table of the case; open points never block anything."),),
        mark=mark(case),
        draw=partial(category_grid, grid, labels=labels, categories=look),
    )
