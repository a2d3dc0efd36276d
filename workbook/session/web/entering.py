"""Coming in with a code, and leaving."""

from __future__ import annotations

import asyncio

from tornado import web

from workbook.session.codes import is_whole, tidy
from workbook.session.web import pages
from workbook.session.web.page import VISIT, Page, current_round

_PATIENCE = 0.5
"""Seconds that somebody who leaves quickly may have to wait for the box."""


class Start(Page):
    """The code."""

    def get(self) -> None:
        """Ask for the code.

        Also where somebody is in already: it need not be who is looking now. A redirect would keep
        the code after the # of a link, and show what the one before filled in.
        """
        going_on = _first_page(self, self.code) if self.code is not None else ""
        self.show("start", told="", going_on=going_on)

    head = get


class FromStart(Page):
    """An address that forms are sent to; who asks for it, by a link or a reload, starts anew."""

    def get(self) -> None:
        """Go to the start."""
        self.redirect("/", status=303)

    head = get


class Enter(FromStart):
    """A code that was typed, or came after the # of a link."""

    async def post(self) -> None:
        """Exchange it for a cookie."""
        _ = self.words
        try:
            code = tidy(self.get_body_argument("code", "")[:100])
        except web.HTTPError:
            code = ""
        if not is_whole(code):
            told = _("This isn't a code: a sign is wrong or missing. Look at your slip again.")
            self._again(told)
            return
        # The right code never waits: behind one address there may be a whole room.
        ours = self.room.box.admission.is_ours(code)
        if ours and await self._enter(code):
            return
        address = self.request.remote_ip or ""
        throttle = self.room.throttle
        wait = throttle.wait(address)
        if wait is None:
            self.set_header("Retry-After", "10")
            self._again(_("Many codes are being tried at once. Wait ten seconds."), 429)
            return
        if wait:
            throttle.enter(address)
            try:
                await asyncio.sleep(wait)
            finally:
                throttle.leave(address)
        throttle.wrong(address)
        if ours is None:
            self._again(_("This code holds no more. Ask the facilitator for a new one."))
        else:
            self._again(_("This code isn't known here. Look at your slip, or ask for help."))

    async def _enter(self, code: str) -> bool:
        """Let somebody in, and whoever was in with this browser out."""
        before = self.get_cookie(VISIT, "") or ""
        token = await self.room.committer.enter(code, before)
        if token is None:
            return False
        self.set_cookie(VISIT, token, **self.kept)
        self.redirect(_first_page(self, code), status=303)
        return True

    def _again(self, told: str, status: int = 400) -> None:
        self.set_status(status)
        self.show("start", told=told, going_on="")


class Done(FromStart):
    """Leaving in peace."""

    async def post(self) -> None:
        """Forget who was here."""
        await self.room.committer.leave(_forget(self))
        _ = self.words
        self.tell(200, _("Thank you"), _("You can close this page. Your code opens it again."))


class Away(Page):
    """Leaving quickly."""

    async def get(self) -> None:
        """Forget who was here and go to the weather, also while the box is locked."""
        leaving = asyncio.ensure_future(self.room.committer.leave(_forget(self)))
        await asyncio.wait({leaving}, timeout=_PATIENCE)
        self.redirect(pages.AWAY, status=303)


def _first_page(page: Page, code: str) -> str:
    """Give where somebody goes on: what they filled in, or the first question."""
    round, _stage = current_round(page.room.box)
    filled = page.room.box.ballot(round, code) if round else None
    return "/ballot/summary" if filled and filled.version else "/ballot/1"


def _forget(page: Page) -> str:
    """Take the visit from a browser, and give it, so that it can be ended."""
    token = page.get_cookie(VISIT, "") or ""
    page.clear_cookie(VISIT)
    return token
