"""Ask for a warm process, and hold on to it."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from workbook.run.warm.names import ADDRESS, OFF
from workbook.run.warm.request import ANSWER, OLD, UNLIKE, Request, parse, send

_SERVER = "workbook.run.warm.server"
_LONGEST_PATH = 90
"""Characters that every system takes as the name of a socket, with some to spare."""

_lock = threading.Lock()
_servers: list[tuple[subprocess.Popen[bytes], int]] = []
"""Those that we started, each with the end of the pipe that keeps it alive; it closes with us."""


def available() -> bool:
    """Whether processes can be forked here: not on Windows, nor on macOS, whose libraries break."""
    return (
        hasattr(os, "fork")
        and hasattr(socket, "send_fds")
        and sys.platform != "darwin"
        and os.environ.get(ADDRESS) != OFF
    )


class Forked:
    """A process that a server forked for us; it ends when this object is closed or goes.

    Attributes
    ----------
    pid : int
    stdin, stdout, stderr : None
        It has pipes of ours only if we gave them.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Give the exit code, negative for a signal; None while it runs."""
        with self._lock:
            if self.returncode is None and self._told(0):
                self.returncode = self._last_word()
                self._connection.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended.

        Raises
        ------
        subprocess.TimeoutExpired
            If it hasn't after ``timeout`` seconds.
        """
        end = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            with suppress(OSError, ValueError):  # another thread heard it, and closed
                self._told(left)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to it and to all that it started."""
        if self.poll() is None:
            with suppress(OSError):
                self._connection.sendall(bytes([number]))

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Want it no longer: it is ended if it hasn't."""
        with self._lock:
            if self.returncode is None:
                self.returncode = -signal.SIGKILL
            self._connection.close()

    def _told(self, timeout: float | None) -> bool:
        """Whether the server has told something, within so many seconds."""
        ready = select.poll()
        ready.register(self._connection, select.POLLIN)
        return bool(ready.poll(None if timeout is None else timeout * 1000))

    def _last_word(self) -> int:
        try:
            told = self._connection.recv(ANSWER.size, socket.MSG_WAITALL)
        except OSError:
            told = b""
        # The server itself is gone, and all that it forked with it.
        return ANSWER.unpack(told)[0] if len(told) == ANSWER.size else -signal.SIGKILL


def launch(
    command: Sequence[str],
    *,
    env: Mapping[str, str] | None = None,
    cwd: str | os.PathLike[str] | None = None,
    stdout: int = 1,
    stderr: int = 2,
    memory: int = 0,
) -> Forked | None:
    """Run a command as a warm process, if that can be done.

    Parameters
    ----------
    command : sequence of str
        As for `subprocess.Popen`.
    env : mapping, optional
        The whole environment; by default ours.
    cwd : path, optional
        By default ours.
    stdout, stderr : int
        File descriptors that it gets as its own.
    memory : int
        Bytes of data it may use; 0 for no limit.

    Returns
    -------
    Forked or None
        None if the command has to be started in the ordinary way: it isn't ``python -m MODULE`` of
        this interpreter, its environment counts at the start of an interpreter, or nothing can be
        forked here.
    """
    asked = parse(command)
    if asked is None or not available():
        return None
    for fresh in (False, True):
        address = warm_up(fresh=fresh)
        if address is None:
            return None
        request = Request(
            *asked,
            # What it asks for itself comes from the same server.
            env={**(os.environ if env is None else env), ADDRESS: address},
            cwd=os.fspath(cwd or Path.cwd()),
            executable=sys.executable,
            memory=memory,
        )
        answer = _ask(address, request, (stdout, stderr))
        if isinstance(answer, Forked):
            return answer
        if answer == UNLIKE:
            return None
    return None


def warm_up(*, fresh: bool = False) -> str | None:
    """Have a server, which goes on importing while we do something else.

    Parameters
    ----------
    fresh : bool
        Start one even if there is one: that one refused, perhaps because the package changed.

    Returns
    -------
    str or None
        The address of its socket; None where none can be had.
    """
    if not available():
        return None
    with _lock:
        address = os.environ.get(ADDRESS)
        if address and not fresh and Path(address).exists():
            return address
        try:
            address = _start()
        except OSError:
            return None
        os.environ[ADDRESS] = address
        return address


def shared_folder() -> Path | None:
    """Give a folder for what a command and all that it starts share; it ends with its server.

    None where there is no server.
    """
    address = os.environ.get(ADDRESS)
    return Path(address).parent if address and Path(address).exists() else None


def _start() -> str:
    folder = tempfile.mkdtemp(prefix="werkboek-")
    if len(folder) > _LONGEST_PATH:
        Path(folder).rmdir()
        folder = tempfile.mkdtemp(prefix="werkboek-", dir="/tmp")
    address = f"{folder}/warm"
    its, ours = os.pipe()  # it reads, and so hears that we are gone
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            listener.bind(address)
            listener.listen(64)  # who comes while it still imports waits in line
            passed = (listener.fileno(), its)
            process = subprocess.Popen(
                # As kernels are started, so that their debugger finds every line.
                [sys.executable, "-Xfrozen_modules=off", "-m", _SERVER, *map(str, passed)],
                stdin=subprocess.DEVNULL,
                pass_fds=passed,
                start_new_session=True,  # a terminal's Ctrl-C is for whoever asks, not for it
            )
    except OSError:
        os.close(ours)
        raise
    finally:
        os.close(its)
    _servers.append((process, ours))
    return address


def _ask(address: str, request: Request, fds: tuple[int, int]) -> Forked | int:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(address)
        send(connection, request, fds)
        told = connection.recv(ANSWER.size, socket.MSG_WAITALL)
    except OSError:
        told = b""
    # Without an answer it is gone, so another one is wanted.
    answer = ANSWER.unpack(told)[0] if len(told) == ANSWER.size else OLD
    if answer > 0:
        return Forked(connection, answer)
    connection.close()
    return answer
