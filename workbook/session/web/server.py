"""The process of the ballot page: where it listens, and how it ends."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import logging
import os
import signal
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from workbook.case import UserError
from workbook.locale import N_, Message
from workbook.session.box import BallotBox, box_path
from workbook.session.web.application import make_application
from workbook.session.web.committing import Committer
from workbook.session.web.edges import LARGEST

PORT = 8470
"""Where it listens if nobody says where; the next free port if it is taken."""

_LOOPBACK = "127.0.0.1"


def serve(
    folder: Path,
    lang: str,
    *,
    host: str = _LOOPBACK,
    port: int | None = None,
    certificate: tuple[Path, Path] | None = None,
    proxied: bool = False,
    ready: Callable[[str], None] = lambda _: None,
    make_box: Callable[[Path], BallotBox] = BallotBox,
) -> None:
    """Serve the ballot page of a case until this process is asked to end.

    Parameters
    ----------
    folder : Path
        The case folder.
    lang : {"nl", "en"}
    host : str
        The address it listens on.
    port : int, optional
        See `PORT`.
    certificate : pair of Path, optional
        Certificate and key, for TLS.
    proxied : bool
        A proxy on this machine does the TLS, and says who the visitor is.
    ready : callable
        Called with the address once it listens.
    make_box : callable
        Opens the ballot box.

    Raises
    ------
    UserError
        If this box is served already, the port is taken or the certificate can't be used.
    """
    # A warning of Tornado's is about one connection, and some say from which address it came.
    logging.getLogger("tornado.general").setLevel(logging.ERROR)
    path = box_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    only = FileLock(path.with_suffix(".serving"), timeout=0)
    try:
        only.acquire()
    except Timeout as error:
        raise UserError(
            Message(N_("the ballot page of {region} runs already"), region=folder.name), lang
        ) from error
    try:
        asyncio.run(
            _serve(path, lang, host, port, _context(certificate, lang), proxied, ready, make_box)
        )
    finally:
        only.release()


async def _serve(
    path: Path,
    lang: str,
    host: str,
    port: int | None,
    context: ssl.SSLContext | None,
    proxied: bool,
    ready: Callable[[str], None],
    make_box: Callable[[Path], BallotBox],
) -> None:
    box, committer = make_box(path), Committer(make_box(path))
    application = make_application(box, committer, lang, secure=proxied or context is not None)
    server = HTTPServer(
        application,
        ssl_options=context,
        xheaders=proxied,
        trusted_downstream=[_LOOPBACK] if proxied else None,
        idle_connection_timeout=120,
        body_timeout=20,
        max_header_size=16 * 1024,
        max_body_size=2**40,  # what is above LARGEST is refused before it is read
        chunk_size=LARGEST,
    )
    sockets = _sockets(host, port, lang)
    server.add_sockets(sockets)
    number = sockets[0].getsockname()[1]
    shown = host if ":" not in host else f"[{host}]"
    address = f"{'https' if context else 'http'}://{shown}:{number}/"
    box.serve(address, os.getpid())
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        # Windows has no such handlers; there Ctrl-C ends asyncio.run by itself.
        with suppress(NotImplementedError):
            loop.add_signal_handler(name, ended.set)
    ready(address)
    try:
        await ended.wait()
    finally:
        server.stop()
        await committer.finish()
        await server.close_all_connections()
        box.close()


def _sockets(host: str, port: int | None, lang: str) -> list:
    tries = [port] if port is not None else [*range(PORT, PORT + 20), 0]
    for number in tries:
        try:
            return bind_sockets(number, host)
        except OSError:
            continue
    raise UserError(Message(N_("port {port} is taken; choose another"), port=port), lang)


def _context(certificate: tuple[Path, Path] | None, lang: str) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(*certificate)
    except (OSError, ssl.SSLError) as error:
        raise UserError(
            Message(
                N_("the certificate or its key can't be used ({why})"), why=error.strerror or error
            ),
            lang,
        ) from error
    return context


def _main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="nl")
    parser.add_argument("--port", type=int, default=None)
    parser.add_argument("--store", default="", help="another store, as module:Class")
    given = parser.parse_args()
    make_box: Callable[[Path], BallotBox] = BallotBox
    if given.store:
        module, _colon, name = given.store.partition(":")
        make_box = getattr(importlib.import_module(module), name)
    serve(
        given.folder,
        given.lang,
        port=given.port,
        make_box=make_box,
        ready=lambda address: print(address, flush=True),
    )


if __name__ == "__main__":
    _main()
