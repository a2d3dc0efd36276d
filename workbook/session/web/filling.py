"""Filling in: the pages for somebody who is in."""

from __future__ import annotations

import secrets
from dataclasses import replace

from workbook.session.ballot import Change, Filled, Refused, Saved, Stage, Why
from workbook.session.promise import promise
from workbook.session.web import pages
from workbook.session.web.form import Strange, order_change, score_change
from workbook.session.web.page import Page, current_round


class Form(Page):
    """Pages for somebody with a code, in the round that there is."""

    def prepare(self) -> None:
        """Find out who is here and where the round stands; else say so and stop."""
        super().prepare()
        _ = self.words
        code = self.code
        if code is None:
            if self.json:
                self.tell(403, "", error="code")
            elif self.request.method == "POST":
                self.tell(403, _("Who are you?"), _("Type your code again first."), back="/")
            else:
                self.redirect("/", status=303)
            return
        round, stage = current_round(self.room.box)
        asked = self.room.box.asked(round) if round else None
        if round is None or stage is None or asked is None:
            told = _("The round isn't open yet. This page goes on when it is, or press the button.")
            self.tell(200, _("Wait a moment"), told, again=True)
            return
        self.person, self.round, self.stage, self.asked = code, round, stage, asked

    @property
    def filled(self) -> Filled:
        """What is stored of this person."""
        return self.room.box.ballot(self.round, self.person) or Filled()

    @property
    def promise(self) -> str:
        """What this person is told about names."""
        names = self.room.box.names(self.round)
        assert names is not None, "a round without a choice of names is never opened"
        return promise(names, self.lang, after_named=self.asked.after_named)

    def new_request(self) -> str:
        """Name a save that has yet to be made."""
        return secrets.token_urlsafe(12)

    async def take(self, change: Change) -> Saved | Refused | None:
        """Save; None where an answer was given already."""
        if change.round != self.round:
            _ = self.words
            self.tell(
                409,
                _("Another round is open now"),
                _("This page belongs to an earlier round; nothing was saved in this one."),
                back="/",
                error="round",
            )
            return None
        answer = await self.room.committer.save(change)
        if isinstance(answer, Saved):
            return answer
        if answer.why is Why.CLOSED:
            self.closed(409, just_now=True)
            return None
        if answer.why is Why.UNKNOWN:
            raise Strange
        if answer.why in (Why.CODE, Why.ROUND):
            _ = self.words
            self.tell(403, _("Who are you?"), _("Type your code again first."), back="/")
            return None
        return answer

    def closed(self, status: int = 200, *, just_now: bool = False) -> None:
        """Say that the round is closed, and show what counts."""
        _ = self.words
        self.set_status(status)
        if self.json:
            self.finish({"error": "closed"})
            return
        if self.filled.version == 0 and self.stage is Stage.REVEALED:
            told = _("This round is over.")
            self.tell(status, _("Thank you"), told, asked=self.asked)
            return
        told = ""
        if just_now:
            told = _("The round was closed while you were typing. What you saved before counts.")
        self.summarise(_("The round is closed. Thank you."), told, open=False)

    def summarise(self, heading: str, told: str, *, open: bool) -> None:
        """Show everything that is stored of this person."""
        filled = self.filled
        self.show(
            "summary",
            asked=self.asked,
            filled=filled,
            heading=heading,
            told=told,
            promise=self.promise,
            open=open,
            time=pages.at(filled.saved),
            receipt=pages.receipt(self.round, filled),
            missing=pages.missing(self.asked, filled),
            summary=pages.summary(self.asked, filled, self.lang),
            order=pages.own_order(self.asked, filled),
        )

    def chosen(self, further: str, *, back: str) -> str:
        """Give where the button goes that was pressed: each of them saves first."""
        where = self.get_body_argument("next", "")
        return {"back": back, "summary": "/ballot/summary"}.get(where, further)

    def told_of(self, typed: Change | None) -> str:
        """Say, where a page is shown again, that another window was first."""
        if typed is None:
            return ""
        _ = self.words
        return _(
            "Since you opened this page, something else was saved. Below is what you chose here; "
            "press the button to save it."
        )

    def saved(self, answer: Saved, further: str) -> None:
        """Say that it is on the disk."""
        if self.json:
            self.finish({"version": answer.version, "time": pages.at(answer.when)})
        else:
            self.redirect(further, status=303)

    def stale(self) -> bool:
        """Answer the script that another window was first; say whether it was the script."""
        self.set_status(409)
        if self.json:
            self.finish({"error": "stale", "version": self.filled.version})
        return self.json

    def strange(self) -> None:
        """Refuse what no form of ours sends."""
        self.write_error(400)


class Criterion(Form):
    """The options on one criterion."""

    def get(self, number: str) -> None:
        """Show the page."""
        if self._is_there(number):
            self._form(int(number))

    head = get

    async def post(self, number: str) -> None:
        """Save the page and go to the next."""
        if not self._is_there(number):
            return
        place = int(number) - 1
        try:
            change = score_change(self.sent(), self.person, self.asked, self.asked.criteria[place])
            if self.get_body_argument("next", "") == "same":
                change = self._as_before(change, self.asked.criteria[place].id)
            answer = await self.take(change)
        except Strange:
            self.strange()
            return
        if isinstance(answer, Saved):
            last = place + 1 == len(self.asked.criteria)
            further = "/ballot/order" if last else f"/ballot/{place + 2}"
            self.saved(answer, self.chosen(further, back=f"/ballot/{max(place, 1)}"))
        elif answer is not None and not self.stale():
            self._form(int(number), change)

    def _as_before(self, change: Change, criterion: str) -> Change:
        """Give again, where nothing was chosen, what this person chose in the round before."""
        earlier = self.room.box.earlier(self.round, self.person)
        options = {option.id for option in self.asked.options}
        again = {
            (option, of): score
            for (option, of), score in earlier.items()
            if of == criterion and option in options
        }
        return replace(change, scores=again | dict(change.scores))

    def _is_there(self, number: str) -> bool:
        if not 1 <= int(number) <= len(self.asked.criteria):
            self.write_error(404)
            return False
        if self.request.method != "POST" and self.stage is not Stage.OPEN:
            self.closed()
            return False
        return True

    def _form(self, number: int, typed: Change | None = None) -> None:
        earlier = self.room.box.earlier(self.round, self.person)
        self.show(
            "criterion",
            asked=self.asked,
            number=number,
            criterion=self.asked.criteria[number - 1],
            meanings=pages.meanings(self.asked, number - 1, self.lang),
            choices=pages.choices(self.lang),
            lines=pages.lines(
                self.asked,
                number - 1,
                self.filled,
                earlier,
                self.lang,
                (typed.scores, typed.reasons) if typed else None,
            ),
            again_round=bool(earlier),
            told=self.told_of(typed),
            promise=self.promise,
            round=self.round,
            filled=self.filled,
            request=self.new_request(),
        )


class Order(Form):
    """The person's own order of importance."""

    def get(self) -> None:
        """Show the page."""
        if self.stage is Stage.OPEN:
            self._form()
        else:
            self.closed()

    head = get

    async def post(self) -> None:
        """Save the order and go to the summary."""
        try:
            change = order_change(self.sent(), self.person, self.asked)
            answer = await self.take(change)
        except Strange:
            self.strange()
            return
        if isinstance(answer, Saved):
            back = f"/ballot/{len(self.asked.criteria)}"
            self.saved(answer, self.chosen("/ballot/summary", back=back))
        elif answer is not None and not self.stale():
            self._form(change)

    def _form(self, typed: Change | None = None) -> None:
        filled = self.filled
        self.show(
            "order",
            asked=self.asked,
            told=self.told_of(typed),
            order={**filled.order, **(typed.order if typed else {})},
            stored=filled.order if typed else None,
            round=self.round,
            filled=filled,
            request=self.new_request(),
        )


class Summary(Form):
    """Everything of this person, with the receipt."""

    def get(self) -> None:
        """Show it."""
        if self.stage is Stage.OPEN:
            _ = self.words
            self.summarise(_("What you filled in"), "", open=True)
        else:
            self.closed()

    head = get
