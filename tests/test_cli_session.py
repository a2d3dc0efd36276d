"""The commands of a working session: what they write, who may read it, what they say."""

from __future__ import annotations

import csv
import html
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from workbook.case import open_case
from workbook.case.tables import Ballot, Names
from workbook.cli import main
from workbook.session.ballot import Stage, Way
from workbook.session.session import Session

DATA = Path(__file__).resolve().parents[1] / "data"
PRIVATE = Path("runs", "voorbeeldregio", "en", "session")
SLIPS = ("codes.html", "codes.csv")
NOT_SHARED = (
    "Mind: this folder must not be shared or synced (OneDrive, Dropbox, a network drive), else "
    "these files are too."
)


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("WERKBOEK_DATA", raising=False)
    monkeypatch.setenv("WERKBOEK_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(DATA / "voorbeeldregio", tmp_path / "data" / "voorbeeldregio")
    return tmp_path / "data"


@pytest.fixture
def session(root):
    made = Session(open_case("voorbeeldregio", lang="en", root=root))
    yield made
    made.close()


@pytest.fixture
def opened(session):
    """A third round that is open."""
    session.open(session.add_round("Third", Names.OPEN))
    return session


@pytest.fixture
def werkboek(root):
    """Run a command in English; anything but a clean exit is a failure."""

    def run(command, *arguments):
        given = ["--data", str(root), command, "voorbeeldregio", *arguments, "--lang", "en"]
        result = CliRunner().invoke(main, given)
        assert result.exception is None or isinstance(result.exception, SystemExit), repr(
            result.exception
        )
        assert "Traceback" not in result.output
        return result

    return run


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def listed(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))[1:]


def test_codes_are_made_once_and_are_private(werkboek, root, session):
    result = werkboek("codes", "--address", "https://www.example.org/")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        str(PRIVATE / "codes.html"),
        str(PRIVATE / "codes.csv"),
        "Who has a code can score with it: keep these private, destroy them afterwards.",
        NOT_SHARED,
    ]
    assert result.stderr == ""
    rows = listed(root.parent / PRIVATE / "codes.csv")
    codes = session.box.admission.codes()
    assert {row[0]: row[2].replace("-", "") for row in rows} == codes and len(rows) == 12
    assert all(row[3] == f"https://www.example.org/#{codes[row[0]]}" for row in rows)
    assert "https://www.example.org/" in (root.parent / PRIVATE / "codes.html").read_text("utf-8")
    assert mode(root.parent / PRIVATE) == 0o700
    assert [mode(root.parent / PRIVATE / name) for name in SLIPS] == [0o600, 0o600]
    werkboek("codes")
    assert session.box.admission.codes() == codes


def test_codes_that_others_could_read_are_closed_when_they_are_made_again(werkboek, root):
    folder = root.parent / PRIVATE
    folder.mkdir(parents=True, mode=0o755)
    for name in SLIPS:
        (folder / name).touch(0o644)
    werkboek("codes")
    assert mode(folder) == 0o700
    assert [mode(folder / name) for name in SLIPS] == [0o600, 0o600]


def test_slips_without_an_address_say_so_and_how_to_get_one(werkboek, root):
    result = werkboek("codes")
    assert result.exit_code == 0
    assert "the slips have no QR code" in result.stderr
    assert "“werkboek session voorbeeldregio --lan”" in result.stderr
    assert "“werkboek codes voorbeeldregio --address https://…”" in result.stderr
    page = (root.parent / PRIVATE / "codes.html").read_text("utf-8")
    assert result.stderr.strip() in html.unescape(page)
    assert "have no QR code" not in werkboek("codes", "--address", "https://x.example/").output


def test_slips_never_show_an_address_that_only_this_machine_has(werkboek, root, session):
    session.box.serve("http://127.0.0.1:8470/", os.getpid())
    werkboek("codes")
    assert all(row[3] == "" for row in listed(root.parent / PRIVATE / "codes.csv"))
    assert "127.0.0.1" not in (root.parent / PRIVATE / "codes.html").read_text("utf-8")


def test_a_lost_code_is_replaced(werkboek, session):
    werkboek("codes")
    before = session.box.admission.codes()
    assert werkboek("codes", "--new", "p03").exit_code == 0
    after = session.box.admission.codes()
    assert before.pop("p03") != after.pop("p03") and before == after
    result = werkboek("codes", "--new", "p99")
    assert result.exit_code == 1
    assert result.stderr == "there is no participant p99 in participants.csv\n"


def test_an_address_that_is_none(werkboek, root):
    result = werkboek("codes", "--address", "example.org")
    assert result.exit_code == 1
    assert "“example.org” is not the address of a page" in result.stderr
    assert not (root.parent / PRIVATE / "codes.html").exists()


def test_forms_and_back_again(werkboek, root, opened):
    result = werkboek("forms")
    assert result.exit_code == 0
    *names, told = [Path(line).name for line in result.stdout.splitlines()]
    assert told == NOT_SHARED
    assert names == [f"voorbeeldregio-r3-p{n:02d}.xlsx" for n in range(1, 13)] + ["paper.html"]
    folder = root.parent / PRIVATE
    assert {mode(folder / name) for name in names} == {0o600}
    form = folder / names[0]
    book = openpyxl.load_workbook(form)
    where = next(row[1] for row in book.worksheets[1].values if row[0] == "score")
    book.worksheets[0][where] = "+"
    book.save(form)
    other = folder / names[1]
    other.write_bytes(b"not a workbook")
    result = werkboek("import", str(form), str(other))
    assert result.exit_code == 1  # one of the two
    assert "voorbeeldregio-r3-p01.xlsx: p01, " in result.stdout
    assert "voorbeeldregio-r3-p02.xlsx" in result.stderr
    assert opened.box.came_by("r3") == {"p01": Way.EXCEL}
    assert werkboek("import", str(form)).exit_code == 0  # once more changes nothing
    assert not any(row.round == "r3" for row in opened.case.rows(Ballot))


def test_forms_without_a_round_say_what_to_do(werkboek, root):
    result = werkboek("forms")
    assert result.exit_code == 1
    assert result.stderr == "there is no round to score; add one in notebook 07\n"
    result = werkboek("forms", "--round", "r9")
    assert result.stderr == "there is no round r9 in rounds.csv\n"


def test_import_when_nothing_is_open(werkboek, root, tmp_path):
    form = tmp_path / "form.xlsx"
    openpyxl.Workbook().save(form)
    result = werkboek("import", str(form))
    assert result.exit_code == 1
    assert "no round is open; open it in notebook 07" in result.stderr


def test_facilitation(werkboek, root):
    result = werkboek("facilitation")
    assert result.exit_code == 0
    page = (root.parent / "runs" / "voorbeeldregio" / "en" / "facilitation.html").read_text("utf-8")
    assert result.stdout.strip().endswith("facilitation.html")
    assert "<h1" in page and "http" not in re.sub(r"xmlns\S+|https://…", "", page)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--cert", "x.pem"], "--cert and --key go together"),
        (["--lan", "--proxied"], "use --lan or --proxied, not both"),
    ],
)
def test_options_that_don_t_go_together(werkboek, tmp_path, given, sentence):
    (tmp_path / "x.pem").write_text("")
    result = werkboek("session", *given)
    assert (result.exit_code, result.stderr) == (1, f"{sentence}\n")


@pytest.fixture
def network(monkeypatch):
    """Pretend that this machine has an address on the room's network: it is still loopback."""
    from workbook.session import network

    monkeypatch.setattr(network, "room_address", lambda lang: "127.0.0.2")


def test_on_the_room_s_network_the_risk_is_told_and_the_address_shown(
    werkboek, network, monkeypatch
):
    from workbook.session.web import server

    calls = []

    def serve(folder, lang, *, host, port, certificate, proxied, ready):
        calls.append((folder.name, lang, host, port, certificate, proxied))
        ready(f"http://{host}:8470/")

    monkeypatch.setattr(server, "serve", serve)
    result = werkboek("session", "--lan")
    assert result.exit_code == 0
    assert calls == [("voorbeeldregio", "en", "127.0.0.2", None, None, False)]
    assert "everybody on this network can read along" in result.stdout
    assert "Ballot page: http://127.0.0.2:8470/" in result.stdout
    assert "▄" in result.stdout or "█" in result.stdout  # the address as a square
    plain = werkboek("session")
    assert "read along" not in plain.stdout and "█" not in plain.stdout
    assert calls[-1][2] == "127.0.0.1"


def test_no_network(monkeypatch, werkboek):
    class Offline:
        def __init__(self, *_): ...
        def __enter__(self):
            return self

        def __exit__(self, *_): ...
        def connect(self, _):
            raise OSError

    monkeypatch.setattr(socket, "socket", Offline)
    result = werkboek("session", "--lan")
    assert result.exit_code == 1
    assert "this machine is on no network" in result.stderr


def test_the_page_runs_until_it_is_stopped_and_mends_first(root, opened):
    """A round that was closed in the box only, when the notebook died, is closed in the case."""
    opened.box.end("r3")
    command = [str(Path(sys.executable).parent / "werkboek"), "--data", str(root)]
    command += ["session", "voorbeeldregio"]
    process = subprocess.Popen([*command, "--lang", "en"], stdout=subprocess.PIPE, text=True)
    lines = [process.stdout.readline() for _ in range(2)]
    assert re.fullmatch(r"Ballot page: http://127\.0\.0\.1:\d+/\n", lines[0])
    assert lines[1] == "To stop: Ctrl-C\n"
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert rest == "The ballot page has stopped; what was saved is saved.\n"
    opened.case.refresh()
    assert opened.round("r3").state.value == "closed" and opened.box.stage("r3") is Stage.CLOSED


@pytest.mark.parametrize("command", ["session", "codes", "forms", "facilitation"])
def test_an_unknown_region_is_refused(root, command):
    given = ["--data", str(root), command, "nergens", "--lang", "en"]
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 1 and "nergens" in result.stderr
    assert not list(root.parent.glob("state/sessions/*"))


def test_what_a_session_left_is_destroyed_when_its_region_is_typed(werkboek, root, session):
    werkboek("codes", "--address", "https://www.example.org/")
    session.close()
    given = ["--data", str(root), "forget", "voorbeeldregio", "--lang", "en"]
    for typed in ("\n", "y\n"):
        asked = CliRunner().invoke(main, given, input=typed)
        assert asked.exit_code == 1 and "This can't be undone." in asked.output
        assert "Destroyed" not in asked.output and (root.parent / PRIVATE / "codes.csv").exists()
    result = CliRunner().invoke(main, given, input="voorbeeldregio\n")
    assert result.exit_code == 0
    assert f"Destroyed: {PRIVATE}\n" in result.stdout
    assert "backups and snapshots aren't reached" in result.stdout
    assert not (root.parent / PRIVATE).exists()
    assert not list((root.parent / "state").rglob("*.sqlite*"))
    assert (root / "voorbeeldregio" / "ballots.csv").exists()
    again = werkboek("forget", "--yes")
    assert again.stdout == "Nothing of a working session of voorbeeldregio is left here.\n"


def test_scores_that_were_never_revealed_are_not_destroyed_by_a_yes_alone(werkboek, opened):
    opened.close()
    result = werkboek("forget", "--yes")
    assert result.exit_code == 1
    assert "add --unrevealed to destroy them too" in result.stderr
    assert werkboek("forget", "--yes", "--unrevealed").exit_code == 0
