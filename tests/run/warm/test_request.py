"""What goes over the socket, and what can be asked at all."""

import os
import socket
import sys
import threading

import pytest

from workbook.run.warm.request import Request, parse, receive, send, shaping


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (
            [sys.executable, "-m", "ipykernel_launcher", "-f", "x"],
            ("ipykernel_launcher", ["-f", "x"]),
        ),
        ([sys.executable, "-Xfrozen_modules=off", "-m", "a"], ("a", [])),
        ([sys.executable, "-X", "frozen_modules=off", "-m", "a", "b"], ("a", ["b"])),
        ([sys.executable, "script.py"], None),
        ([sys.executable, "-c", "1"], None),
        ([sys.executable, "-O", "-m", "a"], None),
        ([sys.executable, "-m"], None),
        ([sys.executable], None),
        (["/usr/bin/env", "-m", "a"], None),
        ([], None),
    ],
)
def test_only_a_module_of_this_interpreter_can_be_forked(command, expected):
    assert parse(command) == expected


def test_what_counts_when_an_interpreter_starts():
    env = {
        "PYTHONHASHSEED": "1",
        "OMP_NUM_THREADS": "1",
        "MPLCONFIGDIR": "x",
        "MPLBACKEND": "agg",
        "LD_PRELOAD": "y",
        "HOME": "z",
        "WERKBOEK_DATA": "d",
    }
    assert sorted(shaping(env)) == [
        "LD_PRELOAD", "MPLCONFIGDIR", "OMP_NUM_THREADS", "PYTHONHASHSEED",
    ]  # fmt: skip


@pytest.mark.skipif(not hasattr(socket, "send_fds"), reason="no such sockets here")
def test_a_request_arrives_as_it_was_sent_with_its_files(tmp_path):
    long = {f"NAME_{place}": "é" * 2000 for place in range(50)} | {"RAW": os.fsdecode(b"\xff")}
    asked = Request("a.b", ["1", "ï"], long, "/", sys.executable, memory=5)
    here, there = socket.socketpair()
    with here, there, (tmp_path / "out").open("wb") as out:
        # More than a socket holds: somebody has to read meanwhile.
        sending = threading.Thread(target=send, args=(here, asked, (out.fileno(), out.fileno())))
        sending.start()
        told, fds = receive(there)
        sending.join()
        for fd in fds:
            os.write(fd, b"x")
            os.close(fd)
    assert told == asked
    assert (tmp_path / "out").read_bytes() == b"xx"


@pytest.mark.skipif(not hasattr(socket, "send_fds"), reason="no such sockets here")
def test_half_a_request_is_none():
    here, there = socket.socketpair()
    with there:
        here.sendall(b"\0\0\1\0half")
        here.close()
        with pytest.raises(ValueError, match="half"):
            receive(there)
