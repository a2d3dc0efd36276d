"""A simulated room: the real server process, and participants who speak HTTP with it.

A participant does what a browser with the page's script does: asks for a page, reads the form in
it, and sends what was touched, with the names and hidden fields that the form has.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

from workbook.case import Case, open_case
from workbook.case.tables import Ballot, Names, Participant, Priority, Score
from workbook.session.session import Session

ROOT = Path(__file__).resolve().parents[1]
SERVER = "workbook.session.web.server"
HOST = "127.0.0.1"
SCORES = [score.value for score in Score]

_TAGS = re.compile(r"<(?:form|input)\b[^>]*>")
"""What is read of a page: the rest would cost the simulation more time than the server."""

_ANSWER = 30
"""Seconds that an answer may take before it counts as none."""


def make_case(folder: Path, people: int) -> Session:
    """Copy the fictional region, put so many people in it, and open a round in its ballot box.

    What was scored there before goes: else a page would show it in the place of what isn't saved.
    """
    shutil.copytree(ROOT / "data" / "voorbeeldregio", folder / "data" / "voorbeeldregio")
    os.environ["WERKBOEK_STATE"] = str(folder / "state")
    case = open_case("voorbeeldregio", lang="en", root=folder / "data")
    row = case.rows(Participant)[0]
    rows = [row.model_copy(update={"id": f"p{n:03d}"}) for n in range(1, people + 1)]
    orders = [order for order in case.rows(Priority) if order.who == "plenary"]
    case.write({Ballot: [], Priority: orders, Participant: rows})
    session = Session(case)
    session.open(session.add_round("A working session", Names.OPEN))
    return session


class Server:
    """The server as a process of its own.

    Parameters
    ----------
    case : Case
    store : str
        Another ballot box than the workbook's own, as module:Class.
    """

    def __init__(self, case: Case, store: str = "") -> None:
        self.folder, self.store = case.folder, store
        self.log = case.folder.parent / "server.log"
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    async def start(self) -> float:
        """Start it, and give the seconds until it has answered a request.

        Raises
        ------
        RuntimeError
            If it ends instead, or doesn't answer.
        """
        command = [sys.executable, "-m", SERVER, str(self.folder), "--port", str(self.port)]
        command += ["--store", self.store] if self.store else []
        begun = time.perf_counter()
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=stream, stderr=stream)
        browser = Browser(self.port)
        while time.perf_counter() - begun < _ANSWER and self.process.poll() is None:
            try:
                await browser.ask("GET", "/")
            except (OSError, EOFError):
                await asyncio.sleep(0.01)
            else:
                browser.close()
                return time.perf_counter() - begun
        raise RuntimeError(f"the server doesn't start:\n{self.log.read_text('utf-8')[-2000:]}")

    def kill(self) -> bool:
        """Kill it without warning. Returns whether it was still there."""
        assert self.process is not None
        there = self.process.poll() is None
        self.process.kill()
        self.process.wait()
        return there

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(_ANSWER)


def free_port() -> int:
    """Give a port that stays free while the server is away.

    Below those that systems hand out by themselves: else who asks there while nobody listens may
    get that same port for their own end, and be connected with themselves.
    """
    while True:
        port = random.randrange(10_000, 30_000)
        with socket.socket() as free:
            if free.connect_ex((HOST, port)):
                return port


@dataclass
class Answer:
    """What the server answered."""

    status: int
    headers: dict[str, str]
    body: str


class Browser:
    """One connection that is kept open, and cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, fields: Iterable[tuple[str, str]] = (), accept: str = "*/*"
    ) -> Answer:
        """Send a request and wait for the answer.

        Raises
        ------
        OSError, EOFError
            If there is no answer: whether it was taken isn't known then.
        """
        body = urlencode(list(fields)).encode() if method == "POST" else b""
        head = [f"{method} {path} HTTP/1.1", f"Host: {HOST}:{self.port}", f"Accept: {accept}"]
        if self.cookies:
            head.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if method == "POST":
            head.append("Content-Type: application/x-www-form-urlencoded")
            head.append(f"Content-Length: {len(body)}")
        try:
            async with asyncio.timeout(_ANSWER):
                if self._streams is None:
                    self._streams = await asyncio.open_connection(HOST, self.port)
                reader, writer = self._streams
                writer.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
                return await self._read(reader)
        except (OSError, EOFError):  # a timeout is an OSError too
            self.close()
            raise

    async def _read(self, reader: asyncio.StreamReader) -> Answer:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in filter(None, lines):
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
            headers[name.lower()] = value
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "") == "close":
            self.close()
        return Answer(int(first.split(" ")[1]), headers, body.decode("utf-8"))

    async def follow(self, answer: Answer) -> Answer:
        """Go where an answer points, until it points nowhere."""
        while answer.status in (302, 303):
            answer = await self.ask("GET", answer.headers["location"])
        return answer

    def close(self) -> None:
        """Let go of the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


@dataclass
class Form:
    """A form on a page.

    Attributes
    ----------
    hidden : dict of name to value
    choices : dict of name to values
        Radio buttons.
    chosen : dict of name to value
        Those that are on.
    """

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(given.get("action", "")))
        elif tag == "input" and self.found and "name" in given:
            form, name, value = self.found[-1], given["name"], given.get("value", "")
            form.names.add(name)
            if given.get("type") == "hidden":
                form.hidden[name] = value
            elif given.get("type") == "radio":
                form.choices.setdefault(name, []).append(value)
                if "checked" in given:
                    form.chosen[name] = value


def form_with(page: str, name: str) -> Form:
    """Give the form on a page that has a field whose name begins so.

    Raises
    ------
    LookupError
        If there is none.
    """
    reader = _Forms()
    reader.feed("".join(_TAGS.findall(page)))
    for form in reader.found:
        if any(known.startswith(name) for known in form.names):
            return form
    raise LookupError(f"no form with a field {name}")


class Visitor(Browser):
    """Somebody with a code, in front of a browser.

    Parameters
    ----------
    port : int
    id, code : str
    rng : random.Random
    """

    def __init__(self, port: int, id: str, code: str, rng: random.Random) -> None:
        super().__init__(port)
        self.id, self.code, self.rng = id, code, rng

    async def enter(self) -> None:
        """Type the code."""
        page = await self.ask("GET", "/")
        form = form_with(page.body, "code")
        sent = {**form.hidden, "code": self.code}
        await self.follow(await self.ask("POST", form.action, sent.items()))

    async def open_page(self, path: str) -> Form:
        """Ask for the page of a criterion and give its form."""
        page = await self.follow(await self.ask("GET", path))
        return form_with(page.body, "score.")

    async def send(self, form: Form, touched: dict[str, str], request: str) -> tuple[int, int]:
        """Send what was touched, as the script does; give the status, and the version if saved."""
        sent = {**form.hidden, **touched, "request": request}
        answer = await self.ask("POST", form.action, sent.items(), "application/json")
        told = json.loads(answer.body) if answer.body.startswith("{") else {}
        return answer.status, int(told.get("version", 0))

    def new_request(self) -> str:
        """Name a save."""
        return secrets.token_hex(12)
