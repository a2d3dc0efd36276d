"""What a client asks of the server that forks, and how both read and write it."""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

_LENGTH = struct.Struct("!I")
ANSWER = struct.Struct("!i")
"""The server's answers: a process id, `UNLIKE` or `OLD`; and at the end an exit code."""

UNLIKE, OLD = 0, -1
"""Refusals: what is asked differs in what can't be changed any more; the package has changed."""

_SHAPING = ("PYTHON", "OPENBLAS", "OMP", "MKL", "LD_", "MPL")
"""Beginnings of the names of variables that count when an interpreter starts or imports."""

FDS = 2


@dataclass(frozen=True)
class Request:
    """``python -m MODULE ARGUMENTS``, as a fork.

    Attributes
    ----------
    module : str
    arguments : sequence of str
        What comes after the module.
    env : mapping
        The whole environment.
    cwd : str
    executable : str
        The interpreter that would run it; the server refuses what isn't its own.
    memory : int
        Bytes of data the process may use; 0 for no limit.
    """

    module: str
    arguments: Sequence[str]
    env: Mapping[str, str]
    cwd: str
    executable: str
    memory: int = 0


def parse(command: Sequence[str]) -> tuple[str, list[str]] | None:
    """Give module and arguments of ``python -m MODULE …``; None for any other command."""
    if not command or os.path.realpath(command[0]) != os.path.realpath(sys.executable):
        return None
    place = 1
    while place < len(command) and command[place].startswith("-X"):
        place += 1 if len(command[place]) > 2 else 2
    if place + 1 < len(command) and command[place] == "-m":
        return command[place + 1], list(command[place + 2 :])
    return None


def shaping(env: Mapping[str, str]) -> dict[str, str]:
    """Give the variables that a fork can't change any more: they counted at the imports."""
    return {
        name: value
        for name, value in env.items()
        if name.startswith(_SHAPING) and name != "MPLBACKEND"
    }


def send(to: socket.socket, request: Request, fds: Sequence[int]) -> None:
    """Send a request, with the file descriptors of standard output and error."""
    body = json.dumps(asdict(request)).encode("utf-8", "surrogateescape")
    socket.send_fds(to, [_LENGTH.pack(len(body))], fds)
    to.sendall(body)


def receive(of: socket.socket) -> tuple[Request, list[int]]:
    """Read a request.

    Raises
    ------
    OSError, ValueError
        If it doesn't come whole.
    """
    head, fds, _flags, _address = socket.recv_fds(of, _LENGTH.size, FDS)
    (size,) = _LENGTH.unpack(head)
    body = bytearray()
    while len(body) < size:
        part = of.recv(min(size - len(body), 1 << 16))
        if not part:
            raise ValueError("half a request")
        body += part
    return Request(**json.loads(body.decode("utf-8", "surrogateescape"))), fds
