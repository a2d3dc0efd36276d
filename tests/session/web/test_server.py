"""The process: where it listens, that there is one, how it ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress

import psutil
import pytest

from workbook.case import UserError
from workbook.session.page import log_path, served, shareable, start_page, stop_page
from workbook.session.stays import STAYS
from workbook.session.web.server import serve

from .conftest import Browser, apart


def start(case, *more: str) -> tuple[subprocess.Popen, int]:
    command = [sys.executable, "-m", "workbook.session.web.server", str(case.folder), *more]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    address = process.stdout.readline().strip()
    assert address.startswith("http://127.0.0.1:")
    return process, int(address.rstrip("/").rpartition(":")[2])


@pytest.fixture
def opened(session):
    session.open("r3")
    return session


def test_it_says_where_it_is_saves_and_ends_when_asked(opened):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    process, port = start(opened.case, "--lang", "en", "--port", str(free))
    try:
        assert port == free
        assert served(opened.box).process == process.pid
        browser = Browser(port)
        browser.enter(opened.box.admission.codes()["p01"])
        option = opened.box.asked("r3").options[0].id
        assert browser.save("/ballot/1", {f"score.{option}": "1"}).status == 303
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert served(opened.box) is None
    assert opened.box.count("r3").begun == 1


def test_there_is_one_page_for_a_region(opened):
    process, _port = start(opened.case)
    try:
        with pytest.raises(UserError, match="ballot page of voorbeeldregio runs already"):
            apart(lambda: serve(opened.case.folder, "en"))
    finally:
        process.terminate()
        process.wait(20)


def test_a_port_that_is_taken(opened):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(UserError, match=r"port \d+ is taken; choose another"):
            apart(lambda: serve(opened.case.folder, "en", port=other.getsockname()[1]))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_with_a_certificate_no_visitor_s_address_is_written_down(opened, tmp_path):
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", key, "-out", cert], check=True, capture_output=True)
    command = [sys.executable, "-c", "from workbook.cli import main; main()"]
    command += ["--data", str(opened.case.folder.parent)]
    command += ["session", "voorbeeldregio", "--lang", "en", "--cert", str(cert), "--key", str(key)]
    told, errors = tmp_path / "out", tmp_path / "errors"
    with told.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
        try:
            for _ in range(200):
                there = served(opened.box)
                if there is not None and there.process == process.pid:
                    break
                time.sleep(0.1)
            where = ("127.0.0.1", int(there.address.rstrip("/").rpartition(":")[2]))
            with suppress(ConnectionError), socket.create_connection(where, timeout=10) as visitor:
                visitor.sendall(b"no TLS at all\r\n\r\n" * 10)
                while visitor.recv(1024):  # until it hangs up
                    pass
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
    assert errors.read_text("utf-8") == ""


@pytest.mark.parametrize("content", ["", "not a certificate"])
def test_a_certificate_that_is_none(opened, tmp_path, content):
    pair = tmp_path / "cert.pem", tmp_path / "key.pem"
    for path in pair:
        path.write_text(content)
    with pytest.raises(UserError, match="certificate or its key can't be used"):
        apart(lambda: serve(opened.case.folder, "en", certificate=pair))
    with pytest.raises(UserError, match="certificate or its key can't be used"):
        apart(lambda: serve(opened.case.folder, "en", certificate=(tmp_path / "a", tmp_path / "b")))


def test_a_page_outlives_who_started_it_and_is_found_again(opened):
    there = start_page(opened.case, opened.box)
    try:
        assert start_page(opened.case, opened.box) == there
        assert STAYS in psutil.Process(there.process).environ()
        process = psutil.Process(there.process)
        assert os.getsid(there.process) != os.getsid(os.getpid())
        assert Browser(int(there.address.rstrip("/").rpartition(":")[2])).get("/").status == 200
    finally:
        stop_page(opened.box)
    assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    assert served(opened.box) is None
    text = log_path(opened.case.folder).read_text("utf-8")
    assert not any(code in text for code in opened.box.admission.codes().values())


def test_a_process_with_the_same_number_is_not_the_page(opened):
    opened.box.serve("http://127.0.0.1:1/", os.getpid())
    assert served(opened.box) is not None
    opened.box._db.execute("UPDATE served SET born = born - 100")
    assert served(opened.box) is None


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("http://127.0.0.1:8470/", ""),
        ("http://[::1]:8470/", ""),
        ("http://localhost:1/", ""),
        ("http://192.0.2.7:8470/", "http://192.0.2.7:8470/"),
        ("https://www.example.org/", "https://www.example.org/"),
    ],
)
def test_an_address_that_only_this_machine_has_is_not_handed_out(address, shown):
    assert shareable(address) == shown
