"""All but pages: style sheet and script, wrong addresses, bodies that are too large."""

from __future__ import annotations

from importlib.resources import files

from tornado import web
from tornado.httputil import HTTPServerRequest

from workbook.session.web.page import Page

LARGEST = 64 * 1024
"""Bytes in a request; the fullest page has some 20 reasons of 1,000 characters."""

_ENDLESS = 32 * 1024 * 1024


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
