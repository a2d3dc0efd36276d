"""What all pages of the ballot have in common: headers, language, what is said of errors."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tornado import web

from workbook.locale import LANGUAGES, Translate, translator
from workbook.session.ballot import Stage
from workbook.session.box import BallotBox
from workbook.session.web import pages
from workbook.session.web.committing import Committer
from workbook.session.web.form import Strange
from workbook.session.web.throttle import Throttle

VISIT = "visit"
"""The cookie of who is in."""

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
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
        if room.secure:  # a browser that came over TLS once doesn't come without any more
            self.set_header("Strict-Transport-Security", "max-age=86400")

    def set_default_headers(self) -> None:
        """Keep pages out of caches, and other sites out of pages."""
        self.clear_header("Server")
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Remember the language that was chosen."""
        if self.lang in self.get_query_arguments("lang"):
            self.set_cookie("lang", self.lang, **self.kept)

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
    def kept(self) -> dict[str, Any]:
        """How a cookie is kept."""
        return {"httponly": True, "samesite": "Lax", "secure": self.room.secure}

    @property
    def json(self) -> bool:
        """Whether the script asks, not a person."""
        return "application/json" in self.request.headers.get("Accept", "")

    @property
    def code(self) -> str | None:
        """The code of the person in front of this browser."""
        return self.room.box.admission.visitor(self.get_cookie(VISIT, "") or "")

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


def current_round(box: BallotBox) -> tuple[str | None, Stage | None]:
    """Give the round that is open, else the last that was."""
    rounds = box.rounds()
    begun = [id for id, stage in rounds.items() if stage is not Stage.SETUP]
    chosen = next((id for id in begun if rounds[id] is Stage.OPEN), begun[-1] if begun else None)
    return chosen, rounds[chosen] if chosen else None
