"""What each address of the ballot page answers."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from tornado import web
from tornado.httputil import HTTPServerRequest

from workbook.locale import LANGUAGES, Translate, translator
from workbook.session.ballot import Change, Filled, Refused, Saved, Stage, Why
from workbook.session.box import BallotBox
from workbook.session.codes import is_whole, tidy
from workbook.session.web import pages
from workbook.session.web.committing import Committer
from workbook.session.web.form import Strange, order_change, score_change
from workbook.session.web.throttle import Throttle

LARGEST = 64 * 1024
"""Bytes in a request; the fullest page has some 20 reasons of 1,000 characters."""

_ENDLESS = 32 * 1024 * 1024
_COOKIE = "visit"
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Room:
    """What the handlers share.

    Attributes
    ----------
    box : BallotBox
        For reading, and for letting people in.
    secure : bool
        Cookies only travel over TLS.
    """

    box: BallotBox
    committer: Committer
    throttle: Throttle
    lang: str
    secure: bool


class Page(web.RequestHandler):
    """What every page has in common."""

    def initialize(self, room: Room) -> None:
        """Take what the handlers share."""
        self.room = room

    def set_default_headers(self) -> None:
        """Keep pages out of caches, and other sites out of pages."""
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("X-Content-Type-Options", "nosniff")

    def prepare(self) -> None:
        """Remember the language that was chosen."""
        if self.lang in self.get_query_arguments("lang"):
            self.set_cookie("lang", self.lang, **self._kept)

    @property
    def lang(self) -> str:
        """The visitor's language: asked for now, chosen before, or that of the case."""
        asked = [text.decode("latin-1") for text in self.request.query_arguments.get("lang", [])]
        kept = self.get_cookie("lang", "")
        return next((x for x in (*asked[-1:], kept) if x in LANGUAGES), self.room.lang)

    @property
    def words(self) -> Translate:
        """Translate into the visitor's language."""
        return translator(self.lang)

    @property
    def _kept(self) -> dict[str, Any]:
        return {"httponly": True, "samesite": "Lax", "secure": self.room.secure}

    @property
    def json(self) -> bool:
        """Whether the script asks, not a person."""
        return "application/json" in self.request.headers.get("Accept", "")

    @property
    def code(self) -> str | None:
        """The code of the person in front of this browser."""
        return self.room.box.admission.visitor(self.get_cookie(_COOKIE, "") or "")

    def show(self, name: str, **values: Any) -> None:
        """Answer with a page."""
        form = self.xsrf_form_html()
        if isinstance(form, bytes):
            form = form.decode()
        self.finish(pages.page(name, self.lang, xsrf=form, **values))

    def tell(self, status: int, heading: str, *told: str, back: str = "", **values: Any) -> None:
        """Answer with a plain message."""
        self.set_status(status)
        if self.json:
            self.finish({"error": values.get("error", "refused")})
            return
        asked = values.get("asked")
        again = values.get("again", False)
        self.show(
            "message",
            heading=heading,
            told=told,
            back=back,
            alert=status >= 400,
            asked=asked,
            again=again,
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say in plain words that something went wrong, never what the program said."""
        del kwargs
        _ = self.words
        heading = _("This didn't work")
        if status_code == 403:
            self.tell(
                403,
                heading,
                _(
                    "This page was open too long, or your browser keeps no cookies. Nothing of it "
                    "was saved. Go back, reload the page and try again."
                ),
                back="/",
            )
        elif status_code == 404:
            self.tell(404, heading, _("There is no page here."), back="/")
        elif status_code == 413:
            self.tell(413, heading, _("That is more than fits on a form. Nothing was saved."))
        elif status_code >= 500:
            told = _("Not saved. Please try again in a moment; what was saved before is safe.")
            self.tell(503, heading, told, back="/ballot/summary")
        else:
            told = _("This doesn't belong to this form. Nothing was saved.")
            self.tell(status_code, heading, told, back="/")

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        """Write down what kind of thing went wrong; what people sent stays out of it."""
        del tb
        if not isinstance(value, web.HTTPError):
            _log.error("%s in %s", getattr(typ, "__name__", typ), type(self).__name__)

    def sent(self) -> Mapping[str, Sequence[str]]:
        """Give the fields of the form.

        Raises
        ------
        Strange
            If they aren't text.
        """
        try:
            return {
                name: [value.decode("utf-8") for value in values]
                for name, values in self.request.body_arguments.items()
            }
        except UnicodeDecodeError as error:
            raise Strange from error


class Start(Page):
    """The code."""

    def get(self) -> None:
        """Ask for the code; who is in already goes on."""
        if self.code is not None:
            self.redirect("/ballot/summary" if self._begun() else "/ballot/1", status=303)
            return
        self.show("start", told="")

    head = get

    def _begun(self) -> bool:
        round, _stage = _current(self.room.box)
        filled = self.room.box.ballot(round, self.code or "") if round else None
        return bool(filled and filled.version)


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
        token = self.room.box.admission.enter(code)
        if token is None:
            throttle.wrong(address)
            if self.room.box.admission.is_ours(code) is None:
                self._again(_("This code holds no more. Ask the facilitator for a new one."))
            else:
                self._again(_("This code isn't known here. Look at your slip, or ask for help."))
            return
        self.set_cookie(_COOKIE, token, **self._kept)
        self.redirect("/", status=303)

    def _again(self, told: str, status: int = 400) -> None:
        self.set_status(status)
        self.show("start", told=told)


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
        round, stage = _current(self.room.box)
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
        return pages.promise(names, self.lang)

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
            answer = await self.take(change)
        except Strange:
            self.strange()
            return
        if isinstance(answer, Saved):
            last = place + 1 == len(self.asked.criteria)
            self.saved(answer, "/ballot/order" if last else f"/ballot/{place + 2}")
        elif answer is not None and not self.stale():
            self._form(int(number), change)

    def _is_there(self, number: str) -> bool:
        if not 1 <= int(number) <= len(self.asked.criteria):
            self.write_error(404)
            return False
        if self.request.method != "POST" and self.stage is not Stage.OPEN:
            self.closed()
            return False
        return True

    def _form(self, number: int, typed: Change | None = None) -> None:
        _, box = self.words, self.room.box
        earlier = box.earlier(self.round, self.person)
        told = ""
        if typed is not None:
            told = _(
                "Since you opened this page, something else was saved. Below is what you chose "
                "here; press the button to save it."
            )
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
            told=told,
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
            self.saved(answer, "/ballot/summary")
        elif answer is not None and not self.stale():
            self._form(change)

    def _form(self, typed: Change | None = None) -> None:
        _, filled = self.words, self.filled
        told = ""
        if typed is not None:
            told = _(
                "Since you opened this page, something else was saved. Below is what you chose "
                "here; press the button to save it."
            )
        self.show(
            "order",
            asked=self.asked,
            told=told,
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


class Done(FromStart):
    """Leaving in peace."""

    def post(self) -> None:
        """Forget who was here."""
        _forget(self)
        _ = self.words
        self.tell(200, _("Thank you"), _("You can close this page. Your code opens it again."))


class Away(Page):
    """Leaving quickly."""

    def get(self) -> None:
        """Forget who was here and go to the weather."""
        _forget(self)
        self.redirect(pages.AWAY, status=303)


class Asset(Page):
    """The style sheet and the script."""

    _KINDS = {"css": "text/css", "js": "text/javascript"}  # noqa: RUF012

    def get(self, name: str) -> None:
        """Give it."""
        kind = self._KINDS[name.rpartition(".")[2]]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.finish((files("workbook.session.web") / name).read_bytes())


class Nothing(Page):
    """Every other address."""

    def prepare(self) -> None:
        """Say that there is nothing."""
        super().prepare()
        self.write_error(404)


@web.stream_request_body
class TooLarge(Page):
    """A body that is too large: answered before it is read."""

    def check_xsrf_cookie(self) -> None:
        """Leave it: nothing is done with what is sent."""

    def prepare(self) -> None:
        """Refuse it; a browser only reads the answer once all was sent, if that isn't endless."""
        super().prepare()
        length = self.request.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _ENDLESS or self.request.method != "POST":
            self.set_header("Connection", "close")
            self.write_error(413)

    def data_received(self, chunk: bytes) -> None:
        """Let it pass: nothing of it is kept."""

    def post(self, *rest: str) -> None:
        """Refuse it."""
        del rest
        self.write_error(413)


def is_too_large(request: HTTPServerRequest) -> bool:
    """Whether a body is larger than any form, or doesn't say how large it is."""
    length = request.headers.get("Content-Length", "0")
    chunked = "Transfer-Encoding" in request.headers
    return chunked or not length.isdigit() or int(length) > LARGEST


def _forget(page: Page) -> None:
    page.room.box.admission.leave(page.get_cookie(_COOKIE, "") or "")
    page.clear_cookie(_COOKIE)


def _current(box: BallotBox) -> tuple[str | None, Stage | None]:
    """Give the round that is open, else the last that was."""
    rounds = box.rounds()
    begun = [id for id, stage in rounds.items() if stage is not Stage.SETUP]
    chosen = next((id for id in begun if rounds[id] is Stage.OPEN), begun[-1] if begun else None)
    return chosen, rounds[chosen] if chosen else None
