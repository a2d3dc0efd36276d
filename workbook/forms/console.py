"""The console of a working session: how many have scored, and open, close and reveal.

It never shows what was scored. What it shows is in the ballot box and the case, so it is the same
after the kernel restarts or the page is loaded again.
"""

from __future__ import annotations

import asyncio
import logging
from html import escape
from typing import Any

import ipywidgets as widgets

from workbook.case import Case, CaseError, Changed, UserError
from workbook.case.asked import invited
from workbook.case.tables import Ballot, How, Names, Round, State
from workbook.forms.markup import plain_table
from workbook.forms.page import PageButton
from workbook.forms.soon import Soon
from workbook.forms.view import Readable
from workbook.locale import N_
from workbook.session.asked import asked_in
from workbook.session.ballot import Count, Stage
from workbook.session.box import box_path
from workbook.session.page import Served, served, shareable, start_page, stop_page
from workbook.session.session import Session
from workbook.session.slips import slips_html

_log = logging.getLogger(__name__)

_EVERY = 1.0
"""Seconds between two looks at the box."""

_FAILURES = (UserError, CaseError, Changed, OSError)


class Console(Readable, widgets.VBox):
    """The buttons of a session, with one line that says where it stands."""

    def __init__(self, case: Case) -> None:
        _ = case.translate
        self._case = case
        self._session: Session | None = None
        self._sure = ""
        self._told = ("", False)
        self._old = False
        self.round = widgets.Dropdown(description=_("Round"), style={"description_width": "auto"})
        self.stands = widgets.HTML()
        self.answer = widgets.HTML()
        self.opening = self._button(_("Open the round"), self.open_round, "primary")
        self.closing = self._button(_("Close the round"), self.close_round, "primary")
        self.reopening = self._button(_("Open it again"), self.open_round)
        self.revealing = self._button(_("Reveal"), self.ask, "primary")
        self.yes = self._button(_("Yes, reveal to everybody"), self.reveal_round, "danger")
        self.no = self._button(_("Not yet"), self.take_back)
        self.second = self._button(_("Add another round"), self.add_round)
        self.starting = self._button(_("Start the ballot page"), self.start_page)
        self.stopping = self._button(_("Stop the ballot page"), self.stop_page)
        self.buttons = widgets.HBox(layout={"flex_flow": "row wrap"})
        self.page = widgets.HBox(layout={"flex_flow": "row wrap", "align_items": "center"})
        self.address = widgets.HTML()
        self.slips = PageButton(case, self._slips, _("Open the slips with codes to print"))
        super().__init__([self.round, self.stands, self.buttons, self.answer, self.page])
        self._attempt(self._take_up)
        self._fill_rounds()
        self.round.observe(self._chosen, names="value")
        self.refresh()
        self._stop_observing = case.observe(Soon(self._follow))
        self._task = self._watch()

    def _button(self, words: str, does: Any, style: str = "") -> widgets.Button:
        button = widgets.Button(description=words, button_style=style, layout={"width": "auto"})
        button.on_click(lambda _button: self._pressed(does))
        return button

    def _pressed(self, does: Any) -> None:
        self._told = ("", False)
        self._attempt(does)
        self._fill_rounds()
        self.refresh()

    def _attempt(self, does: Any) -> None:
        """Do something, or say in words why it wasn't done."""
        try:
            does()
        except _FAILURES as error:
            self._told = (str(error), True)

    def _take_up(self) -> None:
        """Go on with a session that was set up before; without one nothing is made yet."""
        if self._session is None and box_path(self._case.folder).exists():
            self._session = Session(self._case)
            self._session.mend()

    @property
    def session(self) -> Session:
        """The session, set up when it is first needed."""
        if self._session is None:
            self._session = Session(self._case)
        return self._session

    def _rounds(self) -> list[Round]:
        return [row for row in self._case.rows(Round) if row.how is How.BALLOTS]

    def _fill_rounds(self) -> None:
        rounds = self._rounds()
        options = [(row.name, row.id) for row in reversed(rounds)]
        if list(self.round.options) == options:
            return
        chosen, known = self.round.value, {row.id for row in rounds}
        # A round that was just added is the one that people want now.
        new = [id for _name, id in options if id not in {i for _n, i in self.round.options}]
        self.round.options = options
        if new or chosen not in known:
            self.round.value = options[0][1] if options else None
        else:
            self.round.value = chosen

    def _chosen(self, change: dict[str, Any]) -> None:
        del change
        self._sure = ""
        self._told = ("", False)
        self.refresh()

    def _follow(self) -> None:
        self._fill_rounds()
        self.refresh()

    def open_round(self) -> None:
        """Open the chosen round."""
        self.session.open(self.round.value)

    def close_round(self) -> None:
        """Close the chosen round."""
        self.session.close_round(self.round.value)

    def ask(self) -> None:
        """Ask whether to reveal: there is no way back."""
        self._sure = self.round.value

    def take_back(self) -> None:
        """Don't reveal yet."""
        self._sure = ""

    def reveal_round(self) -> None:
        """Write the chosen round to the case; the pictures below follow."""
        self._sure = ""
        self.session.reveal(self.round.value)
        words = self._case.translate("Revealed: the pictures below show this round.")
        self._told = (words, False)

    def add_round(self) -> None:
        """Add another round, with names as in the last one."""
        last = self._rounds()[-1]
        number = len(self._rounds()) + 1
        name = self._case.translate("Round {n}").format(n=number)
        self.session.add_round(name, last.names or Names.ANONYMOUS)

    def start_page(self) -> None:
        """Start the ballot page on this machine."""
        start_page(self._case, self.session.box)

    def stop_page(self) -> None:
        """Stop the ballot page; what was saved is saved."""
        stop_page(self.session.box)

    def _stage(self, row: Round) -> Stage:
        found = self._session.box.stage(row.id) if self._session else None
        return found or (Stage.REVEALED if row.state is State.REVEALED else Stage.SETUP)

    def refresh(self) -> None:
        """Show where the chosen round stands now."""
        row = next((r for r in self._rounds() if r.id == self.round.value), None)
        if row is None:
            told = self._case.translate("Add a round of ballots above first.")
            _put(self.stands, f'<p role="status">{escape(told)}</p>')
            self.buttons.children = self.page.children = ()
            return
        stage = self._stage(row)
        _put(self.stands, self._standing(row, stage))
        words, failed = self._told
        _put(self.answer, _answer(words, failed=failed))
        self._set(self.buttons, self._actions(row, stage))
        there = served(self._session.box) if self._session else None
        _put(self.address, self._where(there))
        self._set(self.page, [self.address, self.stopping if there else self.starting, self.slips])

    def _actions(self, row: Round, stage: Stage) -> list[widgets.Button]:
        if self._sure == row.id:
            return [self.yes, self.no]
        if stage is Stage.REVEALED:
            return [self.second] if row == self._rounds()[-1] else []
        return {
            Stage.SETUP: [self.opening],
            Stage.OPEN: [self.closing],
            Stage.CLOSED: [self.revealing, self.reopening],
            Stage.REVEALING: [self.revealing],
        }[stage]

    def _set(self, box: widgets.Box, children: list[widgets.Widget]) -> None:
        if list(box.children) != children:
            box.children = children

    def _standing(self, row: Round, stage: Stage) -> str:
        _ = self._case.translate
        names = _(row.names.label) if row.names else _("by name or anonymous: not chosen yet")
        head = f"<strong>{escape(row.name)}</strong>: {escape(_(_STAGES[stage]))} · {escape(names)}"
        if self._session is None or stage is Stage.SETUP:
            known = len(invited(self._case))
            told = _("{n} participants.").format(n=known)
            return f'<p role="status">{head}<br>{escape(told)}{self._warned(row)}</p>'
        count = self._session.box.count(row.id)
        if stage is Stage.REVEALED and not count.begun:
            return f'<p role="status">{head}</p>'
        big = _("{n} of {all} have scored").format(n=count.begun, all=count.invited)
        return (
            f'<p role="status">{head}<br><span style="font-size:28px">{escape(big)}</span><br>'
            f"{escape(self._details(count))}</p>"
        )

    def _warned(self, row: Round) -> str:
        """Say what an anonymous round can't promise, as long as it can still be changed."""
        if not asked_in(self._case, row).after_named:
            return ""
        told = self._case.translate(
            "Mind: the scores of an earlier round are known by name. Whoever answers as they did "
            "then can be recognised, also in an anonymous round."
        )
        return f"<br>{escape(told)}"

    def _details(self, count: Count) -> str:
        _ = self._case.translate
        told = [_("{n} complete").format(n=count.complete)]
        told += [f"{n} {_(way.label)}" for way, n in count.ways.items() if n]
        return " · ".join(told)

    def _where(self, there: Served | None) -> str:
        _ = self._case.translate
        if there is None:
            words = _(
                "The ballot page isn't running. For phones in the room: “werkboek session {region} "
                "--lan” in a terminal."
            )
            return f"<p>{escape(words.format(region=self._case.region))}</p>"
        address, words = escape(there.address, quote=True), _("Ballot page:")
        return (
            f"<p>{escape(words)} "
            f'<a href="{address}" target="_blank" rel="noreferrer">{address}</a></p>'
        )

    def _slips(self, case: Case) -> str:
        """Make the slips: whoever presses the button holds the codes of everybody."""
        there = served(self.session.box)
        return slips_html(self.session, shareable(there.address) if there else "", case.lang)

    def _watch(self) -> asyncio.Task[None] | None:
        """Look at the box every second, where there is a loop to do it in."""
        try:
            return asyncio.get_running_loop().create_task(self._keep_looking())
        except RuntimeError:
            return None

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(_EVERY)
            # What fails at one moment may work at the next, so the looking never stops.
            try:
                self._take_up()
                self._case.refresh()
                if self._session is not None and self._session.box.open_round():
                    self._session.follow_people()
                self.refresh()
            except _FAILURES as error:
                self._say(str(error))
            except Exception:
                _log.exception("the console could not look")
                self._say(self._case.translate("What stands here may be old; run this cell again."))
            else:
                if self._old:
                    self._old = False
                    self._told = ("", False)
                    self.refresh()

    def _say(self, words: str) -> None:
        """Show that the last look failed, until one works again."""
        self._old = True
        self._told = (words, True)
        _put(self.answer, _answer(words, failed=True))

    def close(self) -> None:
        """Stop looking."""
        self._stop_observing()
        if self._task is not None:
            self._task.cancel()
        if self._session is not None:
            self._session.close()
        super().close()

    def readable(self) -> dict[str, Any]:
        """Give the stored rounds; how many are scoring just now is nothing to keep."""
        _ = self._case.translate
        head = [_("Round"), _("Names"), _("State"), _("Ballots")]
        rows = []
        for row in self._rounds():
            people = {b.participant for b in self._case.rows(Ballot) if b.round == row.id}
            seen = str(len(people)) if row.state is State.REVEALED else "–"
            names = _(row.names.label) if row.names else "–"
            rows.append([row.name, names, _(row.state.label), seen])
        title = _("Working session")
        lines = rows or [[_("Nothing filled in yet.")]]
        return {
            "text/html": f"<p><strong>{escape(title)}</strong></p>"
            + (plain_table(head, rows) if rows else f"<p>{escape(lines[0][0])}</p>"),
            "text/plain": "\n".join([title, *(" | ".join(line) for line in lines)]),
        }


_STAGES = {
    Stage.SETUP: N_("not opened yet"),
    Stage.OPEN: N_("open"),
    Stage.CLOSED: N_("closed"),
    Stage.REVEALING: N_("closed"),
    Stage.REVEALED: N_("revealed"),
}


def _answer(words: str, *, failed: bool) -> str:
    if not words:
        return ""
    style = "color:#A01B00;font-weight:bold" if failed else "font-weight:bold"
    role = "alert" if failed else "status"
    return f'<p role="{role}" style="{style}">{escape(words)}</p>'


def _put(view: widgets.HTML, html: str) -> None:
    if view.value != html:
        view.value = html


_open: dict[str, Console] = {}


def console(case: Case) -> Console:
    """Make the console of a case; an earlier one in this kernel goes."""
    place = str(case.folder)
    if place in _open:
        _open.pop(place).close()
    _open[place] = made = Console(case)
    return made
