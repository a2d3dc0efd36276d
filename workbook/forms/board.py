"""The board of the eight steps as a list: what is open, where, and what to do next."""

from __future__ import annotations

import re
from html import escape

from workbook import handbook
from workbook.case import Case
from workbook.case.points import open_points, started
from workbook.forms.links import link, notebook_name
from workbook.forms.soon import Soon
from workbook.forms.view import View

_MOST = 3
"""Open points that are named per step; the notebook of the step names them all."""


class Board(View):
    """The steps with links to their notebooks; it follows the case."""

    def __init__(self, case: Case) -> None:
        super().__init__(*_board(case))
        self._case = case
        self._stop = case.observe(Soon(self.redraw))

    def redraw(self) -> None:
        """Read anew what is open."""
        self.put(*_board(self._case))


def _board(case: Case) -> tuple[str, str]:
    """Give the board as HTML and as text."""
    _ = case.translate
    lang = case.lang
    points = open_points(case)
    following = points[0] if points else None
    items, lines = [], []
    for step in handbook.steps():
        if step.number > 9:
            continue
        mine = [_plain(point.render_brief(lang)) for point in points if point.step == step.number]
        words = f"{step.number}. {step.title.in_(lang)}"
        state = _("not started")
        if started(case, step.number):
            state = _("{n} open").format(n=len(mine)) if mine else _("nothing open")
        told = "; ".join(mine[:_MOST]) + (" …" if len(mine) > _MOST else "")
        name = link(notebook_name(step.number), words) if step.number else escape(words)
        items.append(f"<tr><td>{name}</td><td>{escape(state)}</td><td>{escape(told)}</td></tr>")
        lines.append(f"{words}: {state}. {told}")
    title = _("Nothing is open any more.")
    target = ""
    if following is not None:
        step = handbook.step(following.step)
        title = _("Next: step {step}, {what}.").format(
            step=following.step, what=_plain(following.render_brief(lang))
        )
        if following.step:
            words = _("Go to {step}").format(step=step.short.in_(lang))
            target = link(notebook_name(following.step), words)
    head = "".join(
        f'<th scope="col">{escape(word)}</th>' for word in (_("Step"), _("State"), _("Open"))
    )
    html = (
        f'<div lang="{lang}" class="wb-board"><style>{_CSS}</style>'
        f'<p class="wb-next"><strong>{escape(title)}</strong> {target}</p>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(items)}</tbody></table></div>"
    )
    return html, "\n".join([title, *lines])


def _plain(told: str) -> str:
    """Leave out which file it stands in: who reads the board fills in forms."""
    return re.sub(r" \([^()]*\.(csv|yaml)[^()]*\)", "", told)


_CSS = (
    ".wb-board table{border-collapse:collapse;width:100%}"
    ".wb-board td,.wb-board th{padding:4px 10px 4px 0;text-align:left;vertical-align:top;"
    "border-bottom:1px solid #D0D0D0;white-space:normal}"
    ".wb-board td:nth-child(-n+2){white-space:nowrap}.wb-next{font-size:15px}"
)
