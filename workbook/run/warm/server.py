"""The process that forks.

It stays a single thread, because a fork takes only the thread that forks. Whoever asked for a
process holds a connection as long as they want it: when that closes, for whatever reason, the
process and all that it started are ended. So nothing outlives who asked for it, not even after a
SIGKILL, and not even if the process is deaf in a loop of C.
"""

from __future__ import annotations

import os
import runpy
import selectors
import shutil
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workbook.run.warm.names import FORK
from workbook.run.warm.orphans import adopt_strays, die_with_parent, end_strays
from workbook.run.warm.preload import preload, stamp
from workbook.run.warm.request import ANSWER, OLD, UNLIKE, Request, receive, shaping

_PATIENCE = 5.0
"""Seconds in which a request must come whole."""


@dataclass
class _Child:
    pid: int
    asker: socket.socket


class _Forked(Exception):
    """Raised in the fork, to leave the server's loop."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.request = request


class Server:
    """Forks on request until its life ends.

    Parameters
    ----------
    listener : socket
        Where requests come in.
    life : int
        File descriptor of a pipe; when its other end closes, the server and all its forks end.
    """

    def __init__(self, listener: socket.socket, life: int) -> None:
        self._listener = listener
        self._life = life
        self._children: dict[int, _Child] = {}
        self._stamp = stamp()
        self._shaping = shaping(os.environ)
        adopt_strays()
        self._woken, self._wake = os.pipe()
        for fd in (self._woken, self._wake):
            os.set_blocking(fd, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake)
        self._selector = selectors.DefaultSelector()
        for place in (listener, life, self._woken):
            self._selector.register(place, selectors.EVENT_READ)

    def serve(self) -> None:
        """Serve; returns when the life ends, raises `_Forked` in a fork."""
        while True:
            for key, _events in self._selector.select():
                if key.fileobj is self._listener:
                    self._take()
                elif key.fileobj == self._life:
                    self._end_all()
                    return
                elif key.fileobj == self._woken:
                    with suppress(BlockingIOError):
                        os.read(self._woken, 4096)
                    self._reap()
                else:
                    self._hear(key.data)

    def _end_all(self) -> None:
        for pid in self._children:
            _signal(pid, signal.SIGKILL)
        for pid in self._children:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)
        end_strays(())

    def _take(self) -> None:
        with suppress(OSError, ValueError, TypeError):
            asker, _address = self._listener.accept()
            asker.settimeout(_PATIENCE)
            request, fds = receive(asker)
            if refusal := self._refusal(request):
                asker.sendall(ANSWER.pack(*refusal))
                asker.close()
            elif pid := os.fork():
                child = self._children[pid] = _Child(pid, asker)
                self._selector.register(asker, selectors.EVENT_READ, child)
                with suppress(OSError):  # whoever is gone already is heard to be
                    asker.sendall(ANSWER.pack(pid))
            else:
                try:
                    self._become(fds, asker)
                except BaseException:
                    os._exit(1)  # anything but a second server
                raise _Forked(request)
            for fd in fds:
                os.close(fd)

    def _refusal(self, request: Request) -> tuple[int] | None:
        alike = (
            os.path.realpath(request.executable) == os.path.realpath(sys.executable)
            and shaping(request.env) == self._shaping
            and Path(request.cwd).is_dir()
        )
        if not alike:
            return (UNLIKE,)
        return None if stamp() == self._stamp else (OLD,)

    def _hear(self, child: _Child) -> None:
        """Pass on the signals that were asked for; whoever is gone wants the process no more."""
        try:
            told = child.asker.recv(64)
        except OSError:
            told = b""
        for number in told:
            _signal(child.pid, number)
        if not told:
            self._selector.unregister(child.asker)
            child.asker.close()
            _signal(child.pid, signal.SIGKILL)

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            child = self._children.pop(pid, None)
            if child is None:  # what one of them left behind, and has ended
                continue
            _signal(pid, signal.SIGKILL)  # what it started and left behind
            with suppress(OSError, KeyError, ValueError):
                self._selector.unregister(child.asker)
            with suppress(OSError):
                child.asker.sendall(ANSWER.pack(os.waitstatus_to_exitcode(status)))
            child.asker.close()
            end_strays(self._children)

    def _become(self, fds: list[int], asker: socket.socket) -> None:
        """Leave behind, in the fork, whatever is the server's."""
        os.setsid()
        die_with_parent()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._selector.close()  # the set of what is watched is shared: nothing may be taken out
        self._listener.close()
        asker.close()
        for child in self._children.values():
            child.asker.close()
        for fd in (self._life, self._woken, self._wake):
            os.close(fd)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        for place, fd in enumerate(fds, start=1):
            os.dup2(fd, place)
            os.close(fd)


def _signal(pid: int, number: int) -> None:
    """Send a signal to a fork and what it started."""
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        # Not a group of its own yet, a moment after the fork; or gone.
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _run(request: Request) -> None:
    """Be ``python -m MODULE``."""
    os.environ.clear()
    os.environ.update(request.env)
    os.environ[FORK] = str(os.getpid())
    os.chdir(request.cwd)
    if request.memory:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (request.memory, request.memory))
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # the standard library's own sees to this itself
    sys.path[0] = request.cwd
    sys.argv = [request.module, *request.arguments]
    sys.modules.pop(request.module, None)  # or it warns that there are two of it
    runpy.run_module(request.module, run_name="__main__", alter_sys=True)


def main(listening: int, life: int) -> None:
    """Import what is wanted, then serve.

    Parameters
    ----------
    listening : int
        File descriptor of a socket on which requests come in; its folder is ours.
    life : int
        See `Server`.
    """
    with socket.socket(fileno=listening) as listener:
        address = Path(listener.getsockname())
        preload()
        try:
            Server(listener, life).serve()
        except _Forked as forked:
            request = forked.request
        else:
            shutil.rmtree(address.parent, ignore_errors=True)
            return
    _run(request)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
