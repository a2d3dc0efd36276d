"""A warm process is as the ordinary one: exit codes, signals, environment, nothing left over."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.run.warm.conftest import BARE, gone, needs_fork, until
from workbook.run.warm import client, launch, request, server, shared_folder, warm_up
from workbook.run.warm.names import ADDRESS, FORK, OFF

pytestmark = needs_fork


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("pass", 0),
        ("import sys; sys.exit(3)", 3),
        ("import sys; sys.exit('no')", 1),
        ("1 / 0", 1),
        ("import os; os._exit(7)", 7),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -15),
        ("import os; os.abort()", -6),
    ],
)
def test_the_exit_code_is_that_of_the_ordinary_process(run, tmp_path, code, expected):
    forked = run(code)
    assert forked.wait(30) == expected
    assert forked.poll() == expected
    ordinary = subprocess.run(
        [sys.executable, "-m", "probe0"], cwd=tmp_path, check=False, capture_output=True
    )
    assert ordinary.returncode == expected


def test_a_traceback_is_that_of_the_ordinary_process(run, said, tmp_path):
    run("def f():\n    raise KeyError('gone')\nf()").wait(30)
    ordinary = subprocess.run(
        [sys.executable, "-m", "probe0"], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    last = said().splitlines()[-3:]
    assert last == ordinary.stderr.splitlines()[-3:]
    assert last[-1] == "KeyError: 'gone'"


@pytest.mark.parametrize(
    ("number", "expected"), [(signal.SIGTERM, -15), (signal.SIGKILL, -9), (signal.SIGINT, -2)]
)
def test_signals_arrive(run, said, number, expected):
    forked = run("import time; print('ready', flush=True); time.sleep(60)")
    assert until(lambda: "ready" in said())
    assert forked.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        forked.wait(0.05)
    forked.send_signal(number)
    assert forked.wait(30) in (expected, 1 if number == signal.SIGINT else expected)
    forked.send_signal(number)  # to who is gone: nothing happens


def test_a_signal_can_be_handled(run, said):
    forked = run(
        "import signal, sys, time\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n"
        "print('ready', flush=True)\ntime.sleep(60)"
    )
    assert until(lambda: "ready" in said())
    forked.terminate()
    assert forked.wait(30) == 5


def test_it_has_our_environment_folder_and_arguments_and_no_other(run, said, tmp_path, monkeypatch):
    monkeypatch.setenv("WERKBOEK_PROBE", "ours")
    code = "import json, os, sys; print(json.dumps([dict(os.environ), os.getcwd(), sys.argv[1:]]))"
    mine = run(code, "a", "ü")
    mine.wait(30)
    run(code, env={"ONLY": "this"} | request.shaping(os.environ)).wait(30)
    (ours, folder, arguments), (other, _folder, _arguments) = map(json.loads, said().splitlines())
    assert ours == dict(os.environ) | {FORK: str(mine.pid)}
    assert folder == str(tmp_path)
    assert arguments == ["a", "ü"]
    server = {ADDRESS: os.environ[ADDRESS]}
    del other[FORK]
    assert other == {"ONLY": "this"} | server | request.shaping(os.environ)


def test_a_command_sees_a_changed_environment(run, said):
    run("import os, subprocess; subprocess.run(['sh', '-c', 'echo $ONE'], check=True)",
        env=os.environ | {"ONE": "told"}).wait(30)  # fmt: skip
    assert said() == "told\n"


def test_what_one_leaves_in_its_libraries_is_not_in_the_next(run, said):
    code = (
        "import json, random, sys, numpy, pandas, workbook.figures\n"
        "print(hasattr(json, 'left'), pandas.get_option('display.max_rows'), flush=True)\n"
        "json.left = 1\npandas.set_option('display.max_rows', 7)\n"
        "print(random.random(), numpy.random.rand())\n"
    )
    run(code).wait(30)
    run(code).wait(30)
    first, drawn, second, again = said().splitlines()
    assert first == second == "False 60"
    assert len({*drawn.split(), *again.split()}) == 4, "each has chance of its own"


def test_it_is_warm(run, said):
    run("import sys; print('pandas' in sys.modules, 'ipykernel' in sys.modules)").wait(30)
    assert said() == "True True\n"


def test_the_callers_main_module_is_not_imported_again(tmp_path):
    (tmp_path / "caller.py").write_text(
        textwrap.dedent(
            """
            import sys
            print("imported", flush=True)
            from workbook.run.warm import client, launch
            client._SERVER = "tests.run.warm.bare_server"
            for _ in range(2):
                launch([sys.executable, "-m", "this"]).wait()
            """
        )
    )
    env = {name: value for name, value in os.environ.items() if name != ADDRESS}
    env["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [sys.executable, "caller.py"], cwd=tmp_path, env=env, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.count("imported") == 1
    assert done.stdout.count("Zen of Python") == 2


def test_two_at_a_time_know_nothing_of_each_other(run, said):
    first = run("import time; time.sleep(60)")
    second = run("print('second')")
    assert second.wait(30) == 0
    assert first.poll() is None
    assert first.pid != second.pid
    first.kill()
    assert first.wait(30) == -9


def test_who_wants_it_no_longer_ends_it(run, said):
    forked = run("import time; print('ready', flush=True); time.sleep(60)")
    assert until(lambda: "ready" in said())
    forked.close()
    assert gone(forked.pid)
    assert forked.poll() == -9
    assert forked.wait() == -9


def test_memory_has_a_bound_if_asked(run, said):
    code = "x = bytearray(800 << 20)"
    assert run(code, memory=600 << 20).wait(30) == 1
    assert said().splitlines()[-1] == "MemoryError"
    assert run(code).wait(30) == 0


@pytest.mark.parametrize(
    "change",
    [{"env": {"PYTHONOPTIMIZE": "2"}}, {"env": {"OMP_NUM_THREADS": "63"}}, {"cwd": "/no/such"}],
)
def test_what_a_fork_cannot_be_is_left_to_the_ordinary_process(change):
    assert launch([sys.executable, "-m", "this"], **change) is None


@pytest.mark.parametrize("command", [[sys.executable, "-c", "1"], ["ls"]])
def test_other_commands_are_left_to_the_ordinary_process(command):
    assert launch(command) is None


def test_it_can_be_turned_off(monkeypatch):
    monkeypatch.setenv(ADDRESS, OFF)
    assert launch([sys.executable, "-m", "this"]) is None
    assert warm_up() is None
    assert os.environ[ADDRESS] == OFF


def test_what_is_shared_stands_with_the_server_and_ends_with_it(own_server, monkeypatch):
    folder = shared_folder()
    assert folder == Path(os.environ[ADDRESS]).parent
    (folder / "pictures").mkdir()
    (folder / "pictures" / "one.png").write_bytes(b"")
    process, life = client._servers[-1]
    os.close(life)
    process.wait(30)
    assert not folder.exists()
    assert shared_folder() is None
    monkeypatch.setenv(ADDRESS, OFF)
    assert shared_folder() is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_platforms_have_ordinary_processes(monkeypatch, platform):
    monkeypatch.setattr(client.sys, "platform", platform)
    if platform == "win32":
        monkeypatch.delattr(os, "fork")
    assert not client.available()
    assert launch([sys.executable, "-m", "this"]) is None


def test_what_a_process_asks_for_itself_comes_from_the_same_server(own_server, run, said):
    """Whatever environment it is given, and whether the server was there before."""
    from_us = os.environ.pop(ADDRESS)
    with suppress(OSError):
        Path(from_us).unlink()  # as if there was none yet
    code = "import os; print(os.environ['WERKBOEK_WARM'])"
    assert run(code).wait(60) == 0
    other = {name: value for name, value in os.environ.items() if name != ADDRESS}
    assert run(code, env=other).wait(60) == 0
    assert said().split() == [os.environ[ADDRESS]] * 2
    assert os.environ[ADDRESS] != from_us


def test_a_server_that_is_gone_is_replaced(own_server, run):
    address = os.environ[ADDRESS]
    assert run("pass").wait(60) == 0
    process, _life = client._servers[-1]
    process.kill()
    process.wait()
    assert run("pass").wait(60) == 0
    assert os.environ[ADDRESS] != address


def test_a_server_with_another_package_is_replaced(own_server, run, monkeypatch):
    """A newer file in the package, as after an edit or an update, while the server lives on."""
    address = os.environ[ADDRESS]
    assert run("pass").wait(60) == 0
    edited = Path(server.__file__)
    before = edited.stat()
    try:
        os.utime(edited)
        assert run("pass").wait(60) == 0
        assert os.environ[ADDRESS] != address
    finally:
        os.utime(edited, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_nothing_of_a_server_is_left_behind(tmp_path):
    """Neither a process nor a socket, once who started it is done."""
    code = (
        "import os, sys\nfrom workbook.run.warm import client, launch\n"
        f"client._SERVER = {BARE!r}\n"
        "launch([sys.executable, '-m', 'this']).wait()\n"
        "print(client._servers[0][0].pid, os.environ['WERKBOEK_WARM'])"
    )
    env = {name: value for name, value in os.environ.items() if name != ADDRESS}
    env["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    pid, address = done.stdout.splitlines()[-1].split()
    assert gone(int(pid))
    assert until(lambda: not Path(address).parent.exists(), 5)
