"""The ballot page as a browser meets it: over HTTP, with cookies, one server per test."""

from __future__ import annotations

import asyncio
import http.client
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import TypeVar
from urllib.parse import urlencode

import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from workbook.session.box import BallotBox
from workbook.session.web.application import make_application
from workbook.session.web.committing import Committer
from workbook.session.web.edges import LARGEST

T = TypeVar("T")


class Server:
    """The application in a thread of its own.

    Attributes
    ----------
    writer : BallotBox
        The box that the page saves with.
    now : float
        What the clock of the throttle says.
    """

    def __init__(self, box: BallotBox, *, secure: bool = False) -> None:
        self.box, self.now, self.port = box, 1000.0, 0
        self._secure, self._ready = secure, threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()))
        self._thread.start()
        assert self._ready.wait(10)

    async def _run(self) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        reader = BallotBox(self.box.path, lang="en")
        self.writer = BallotBox(self.box.path, lang="en")
        committer = Committer(self.writer)
        self.application = make_application(
            reader, committer, "en", secure=self._secure, clock=lambda: self.now
        )
        server = HTTPServer(
            self.application, max_body_size=2**40, chunk_size=LARGEST, body_timeout=2
        )
        sockets = bind_sockets(0, "127.0.0.1")
        server.add_sockets(sockets)
        self.port = sockets[0].getsockname()[1]
        self._ready.set()
        await self._ended.wait()
        server.stop()
        await committer.finish()
        await server.close_all_connections()
        reader.close()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(20)
        assert not self._thread.is_alive()


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    html: str

    @property
    def text(self) -> str:
        """What a person reads."""
        bare = re.sub(r"<(script|style|title|template).*?</\1>", " ", self.html, flags=re.S)
        return unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", bare))).strip()

    @property
    def fields(self) -> dict[str, str]:
        """The hidden fields of the form, as a browser would send them."""
        return dict(re.findall(r'name="(_xsrf|round|base|request)" value="([^"]*)"', self.html))

    @property
    def location(self) -> str:
        return self.headers["Location"] or ""


@dataclass
class Browser:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)

    def ask(
        self,
        method: str,
        path: str,
        fields: dict | list | bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request; redirects aren't followed."""
        body = fields if isinstance(fields, bytes) or fields is None else urlencode(fields, True)
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=15)
        line.request(method, path, body, sent | (headers or {}))
        reply = line.getresponse()
        html = reply.read().decode("utf-8")
        line.close()
        for cookie in reply.headers.get_all("Set-Cookie") or []:
            self.set_cookies.append(cookie)
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
            if not value or value == '""':
                del self.cookies[name]
        return Answer(reply.status, reply.headers, html)

    def get(self, path: str, **more: dict) -> Answer:
        return self.ask("GET", path, **more)

    def post(self, path: str, fields: dict | list | bytes, **more: dict) -> Answer:
        return self.ask("POST", path, fields, **more)

    def enter(self, code: str) -> Answer:
        """Type a code on the first page."""
        start = self.get("/")
        return self.post("/enter", {"_xsrf": start.fields["_xsrf"], "code": code})

    def save(self, page: str, change: dict, *, of: Answer | None = None, script: bool = False):
        """Send a form that was asked for now, or before."""
        form = (of or self.get(page)).fields
        accept = {"Accept": "application/json"} if script else {}
        return self.post(page, {**form, **change}, headers=accept)


class Outline(HTMLParser):
    """What a screen reader finds on a page."""

    _VOID = ("input", "meta", "link", "br")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[tuple[str, dict]] = []
        self.found: list[tuple[str, dict, tuple[str, ...]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append((tag, dict(attrs), tuple(name for name, _ in self.stack)))
        if tag not in self._VOID:
            self.stack.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def all(self, *tags: str) -> list[dict]:
        return [attrs for tag, attrs, _above in self.found if tag in tags]


def apart(work: Callable[[], T]) -> T:
    """Do something in a thread of its own: a browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result(30)


@pytest.fixture
def server(box: BallotBox) -> Iterator[Server]:
    """A server on the box with round r, open, and codes for a, b and c."""
    running = Server(box)
    yield running
    running.stop()


@pytest.fixture
def browser(server: Server) -> Browser:
    return Browser(server.port)


@pytest.fixture
def inside(server: Server, box: BallotBox) -> Callable[[str], Browser]:
    """Give a browser in which somebody has typed their code."""

    def enter(who: str) -> Browser:
        made = Browser(server.port)
        assert made.enter(box.admission.codes()[who]).status == 303
        return made

    return enter
