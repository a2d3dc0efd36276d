"""Nothing outlives who asked for it, however that goes, and whatever it started itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.run.warm.conftest import BARE, gone, needs_fork, until
from workbook.run.warm import client
from workbook.run.warm.names import ADDRESS, FORK
from workbook.session.stays import STAYS

pytestmark = needs_fork

STARTS_MORE = """
import os, subprocess, sys, time
inside = subprocess.Popen(["sleep", "300"])
outside = subprocess.Popen(["sleep", "300"], start_new_session=True)
forked = os.fork()
if forked == 0:
    os.setsid()
    time.sleep(300)
print(os.getpid(), inside.pid, outside.pid, forked, flush=True)
"""
IN_C = "import re; re.match('(a+)+b', 'a' * 60)"
DEAF = "import signal\nfor n in (1, 2, 15): signal.signal(n, signal.SIG_IGN)\nwhile True: pass"

ASKS = f"""
import os, sys, time
from workbook.run.warm import client, launch
client._SERVER = {BARE!r}
print(os.getpid(), flush=True)
forked = launch([sys.executable, "-m", "probe"], cwd=sys.argv[1])
print(forked.pid, client._servers[0][0].pid, flush=True)
"""


def pids(text):
    return [int(word) for word in text.split()]


@pytest.mark.parametrize("ending", ["pass", "1 / 0", "os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_what_it_started_ends_with_it(run, said, ending):
    forked = run(f"{STARTS_MORE}\n{ending}")
    forked.wait(30)
    started = pids(said().splitlines()[0])
    assert len(started) == 4
    assert all(gone(pid) for pid in started)


@pytest.mark.parametrize("busy", ["time.sleep(300)", IN_C, DEAF])
def test_what_it_started_ends_when_it_is_killed(run, said, busy):
    forked = run(f"{STARTS_MORE}\n{busy}")
    assert until(said)
    forked.kill()
    assert forked.wait(10) == -9
    assert all(gone(pid) for pid in pids(said()))


@pytest.mark.parametrize("busy", ["time.sleep(300)", IN_C, DEAF])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, None])
def test_nothing_survives_who_asked(tmp_path, busy, how):
    """None: it ends by itself and forgets the process it asked for."""
    (tmp_path / "probe.py").write_text(f"{STARTS_MORE}\n{busy}")
    (tmp_path / "asks.py").write_text(ASKS + ("" if how is None else "time.sleep(300)"))
    env = {name: value for name, value in os.environ.items() if name != ADDRESS}
    with subprocess.Popen(
        [sys.executable, "asks.py", str(tmp_path)],
        cwd=tmp_path,
        env=env | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as asker:
        lines = asker.stdout
        told = (
            pids(lines.readline())
            + pids(lines.readline())
            + (pids(lines.readline()) if how else [])
        )
        assert len(told) == (7 if how else 3)
        if how is not None:
            asker.send_signal(how)
    assert all(gone(pid) for pid in told)


def test_nothing_survives_its_server(own_server, run, said):
    forked = run("import os, time; print(os.getpid(), flush=True); time.sleep(300)")
    assert until(said)
    process, _life = client._servers[-1]
    process.kill()
    process.wait()
    assert gone(forked.pid)
    assert forked.wait(10) == -9


STAYING = f"""
import os, subprocess
there = subprocess.Popen(
    ["sleep", "300"], env=os.environ | {{"{STAYS}": "1"}}, start_new_session=True
)
print(there.pid, flush=True)
"""


@pytest.fixture
def ended() -> Iterator[list[int]]:
    """Process ids that are ended afterwards."""
    left: list[int] = []
    yield left
    for pid in left:
        os.kill(pid, signal.SIGKILL)


def test_what_says_that_it_stays_outlives_kernel_and_server(own_server, run, said, ended):
    going = run("import subprocess; subprocess.run(['sleep', '60'])")
    forked = run(STAYING)
    forked.wait(30)
    (there,) = pids(said())
    ended.append(there)
    run(STARTS_MORE).wait(30)
    assert all(gone(pid) for pid in pids(said().splitlines()[1])), "it looked"
    assert not gone(there, 0)
    process, life = client._servers[-1]
    os.close(life)
    process.wait(30)
    assert gone(going.pid)
    assert not gone(there, 0)


def test_another_process_is_left_alone_when_one_ends(run, said, tmp_path):
    going = run("import subprocess, time; print('up', flush=True)\nsubprocess.run(['sleep', '60'])")
    assert until(lambda: "up" in said())
    run(f"{STARTS_MORE}").wait(30)
    run("pass").wait(30)
    assert going.poll() is None
    assert Path(f"/proc/{going.pid}").exists() or sys.platform != "linux"


DAEMON = """
import subprocess, time
detached = "import os, sys, time; os.fork() and os._exit(0); os.setsid()"
said = "print(os.getpid(), flush=True); time.sleep(300)"
subprocess.run([sys.executable, "-c", f"{detached}; {said}"], env=ENV)
time.sleep(300)
"""


def test_a_daemon_goes_with_its_own_process_and_no_other(run, said):
    """As the debugger of one notebook does, when another is closed."""
    going = run(f"import os, sys; ENV = os.environ\n{DAEMON}")
    assert until(said)
    (daemon,) = pids(said())
    run(STARTS_MORE).wait(30)
    assert all(gone(pid) for pid in pids(said().splitlines()[1])), "it looked"
    assert not gone(daemon, 0)
    going.kill()
    assert going.wait(30) == -9
    assert gone(daemon)


@pytest.mark.parametrize("owner", [None, "", "1", "nobody", "-1"])
def test_a_daemon_of_nobody_who_lives_is_ended(run, said, owner):
    env = {} if owner is None else {FORK: owner}
    run(f"import sys; ENV = {env}\n{DAEMON}")
    assert until(said)
    (daemon,) = pids(said())
    run("pass").wait(30)
    assert gone(daemon)
