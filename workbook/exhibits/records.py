"""What was filled in, as it stands in the case, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbook import handbook
from workbook.case import Case
from workbook.case.points import open_points
from workbook.case.tables import BY_NAME, Kind, kinds
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import from_files, shown


def records(case: Case, of: str, columns: Sequence[str] = ()) -> Exhibit:
    """Show the rows of one table.

    Parameters
    ----------
    case : Case
    of : str
        Name of the table, such as ``"parties"``.
    columns : sequence of str
        Columns to show; those with anything in them by default.
    """
    _ = case.translate
    model = BY_NAME[of]
    title = _(model.title)
    rows = case.rows(model)
    if not rows:
        return missing(
            case, f"records_{of}", title, _("Nothing filled in yet ({file}.csv).").format(file=of)
        )
    wanted = columns or [
        name
        for name in model.columns()
        if name not in ("id", "source")
        and any(getattr(row, name) not in (None, ()) for row in rows)
    ]
    names = {name: _named(case, kind) for name, kind in kinds(model).items()}

    def cell(row: object, name: str) -> str:
        value = getattr(row, name)
        lookup = names[name]
        if isinstance(value, tuple):
            return ", ".join(lookup.get(item, shown(case, item)) for item in value) or "–"
        return (
            lookup.get(value, shown(case, value)) if isinstance(value, str) else shown(case, value)
        )

    table = pd.DataFrame(
        [
            {_(str(model.model_fields[name].title)): cell(row, name) for name in wanted}
            for row in rows
        ]
    )
    return Exhibit(
        name=f"records_{of}",
        title=title,
        sentence=_(model.about) + " " + _("Rows: {n}.").format(n=len(rows)),
        alt="\n".join(" | ".join(str(x) for x in record) for record in table.to_numpy().tolist()),
        table=table,
        provenance=from_files(case, model),
        mark=mark(case),
        origins=rows,
    )


def _named(case: Case, kind: Kind) -> dict[str, str]:
    """Names behind the ids that a column refers to."""
    if kind.ref is None:
        return {}
    rows = case.rows(BY_NAME[kind.ref])
    return {row.id: getattr(row, "name", row.id) for row in rows}


def still_open(case: Case, step: int) -> Exhibit:
    """List what is still open in a step; nothing here blocks anything."""
    _ = case.translate
    title = _("Still open in this step")
    points = [point.render(case.lang) for point in open_points(case) if point.step == step]
    sentence = (
        _("{n} points are still open. They are hints: nothing is blocked.").format(n=len(points))
        if points
        else _("Nothing is open in this step.")
    )
    return Exhibit(
        name=f"still_open_{step}",
        title=title,
        sentence=sentence,
        alt="\n".join(points),
        table=pd.DataFrame({_("Open point"): points}),
        provenance=(),
        mark=mark(case),
    )


def guidance(case: Case, step: int) -> Exhibit:
    """Show what the handbook asks in a step: guiding questions, with their place in it."""
    _ = case.translate
    lang = case.lang
    content = handbook.step(step)
    methods = {method.id: method for method in handbook.methods()}
    rows = [
        {
            _("Guiding question"): question.in_(lang),
            _("Found in"): question.place or _("a question of the workbook"),
        }
        for question in content.questions
    ]
    sentence = content.goal.in_(lang)
    named = [methods[id].name.in_(lang) for id in content.methods]
    if named:
        sentence += " " + _("Ways of working: {names}.").format(names=", ".join(named))
    return Exhibit(
        name=f"guidance_{step}",
        title=_("What the handbook asks"),
        sentence=sentence,
        alt="\n".join(question.in_(lang) for question in content.questions),
        table=pd.DataFrame(rows),
        provenance=(_("The handbook: {place}").format(place=content.place),),
    )
