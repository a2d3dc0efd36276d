"""Regions as jobs: what they come to, what is told on the way, and how they are stopped."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.run.warm.conftest import gone, until
from workbook.run import jobs as module
from workbook.run.job import Job
from workbook.run.jobs import Failure, Stopping, do, over, run_here
from workbook.run.outcome import Outcome
from workbook.run.warm.names import ADDRESS, OFF


@pytest.fixture(params=["warm", "ordinary"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How its process starts: it makes no difference to what is told."""
    if request.param == "ordinary":
        monkeypatch.setenv(ADDRESS, OFF)
    return request.param


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Let lines of Python be the job."""

    def be(code: str) -> Job:
        (tmp_path / "probe.py").write_text("import os, sys, time, json\n" + code, "utf-8")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(Job, "command", lambda job: [sys.executable, "-m", "probe"])
        (tmp_path / "data" / "twente").mkdir(parents=True, exist_ok=True)
        return Job("twente", "en", str(tmp_path / "data"))

    return be


DONE = """
print(json.dumps({"event": "at", "name": "00"}), flush=True)
print(json.dumps({"event": "done", "region": "twente", "supported": "S.", "decided": "D.",
    "folder": "there", "ran": ["00"], "reused": []}))
"""


def test_a_job_tells_what_it_came_to_and_where_it_is(way, instead) -> None:
    heard = []
    found = do(instead(DONE), lambda region, event, **about: heard.append((region, event, about)))
    assert found == Outcome("twente", "S.", "D.", Path("there"), ["00"], [])
    assert heard == [("twente", "at", {"name": "00"})]


def test_a_failure_comes_with_its_notebook(way, instead) -> None:
    told = {"event": "failed", "why": "KeyError: 'x'", "path": "f/03.ipynb", "ran": ["00"]}
    found = do(instead(f"print(json.dumps({told!r}))"))
    assert found == Failure("twente", "KeyError: 'x'", Path("f/03.ipynb"), ran=["00"])


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("os._exit(4)", "its process stopped by itself (code 4)"),
        ("os.kill(os.getpid(), 9)", "its process stopped by itself (code -9)"),
        ("raise KeyError('x')", "its process stopped by itself (code 1) KeyError: 'x'"),
        ("print('{\"event\": \"do', end='')", "its process stopped by itself (code 0)"),
    ],
)
def test_a_process_that_just_ends_is_a_sentence_and_leaves_nothing(
    way, instead, tmp_path, code, told
) -> None:
    left = tmp_path / "runs" / "twente" / ".en.new-1"
    left.mkdir(parents=True)
    assert do(instead(code)) == Failure("twente", told)
    assert not left.exists()


def test_stopping_asks_first(way, instead, tmp_path) -> None:
    code = (
        "import signal\n"
        "def tidy(*_):\n    open('tidied', 'w').close()\n    sys.exit(3)\n"
        "signal.signal(signal.SIGTERM, tidy)\n"
        "print(json.dumps({'event': 'at', 'name': str(os.getpid())}), flush=True)\ntime.sleep(60)"
    )
    assert stopped(instead(code)) == Failure("twente", "its process stopped by itself (code 3)")
    assert (tmp_path / "tidied").exists()


def test_who_does_not_listen_is_killed(way, instead, monkeypatch) -> None:
    monkeypatch.setattr(module, "_GRACE", 0.3)
    code = (
        "import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print(json.dumps({'event': 'at', 'name': str(os.getpid())}), flush=True)\ntime.sleep(60)"
    )
    assert stopped(instead(code)) == Failure("twente", "its process stopped by itself (code -9)")


def stopped(job: Job) -> Outcome | Failure:
    heard, stopping = [], Stopping()
    with ThreadPoolExecutor(1) as executor:
        future = executor.submit(
            do, job, lambda region, event, **about: heard.append(about["name"]), stopping
        )
        assert until(lambda: heard, 60)
        stopping.stop()
        result = future.result(30)
    assert gone(int(heard[0]))
    return result


def test_a_job_that_comes_too_late_is_stopped_as_well(way, instead) -> None:
    stopping = Stopping()
    stopping.stop()
    found = do(instead("time.sleep(60)"), stopping=stopping)
    assert isinstance(found, Failure)


def test_who_stops_listening_stops_them_all(way, instead) -> None:
    heard: list[str] = []
    code = (
        "print(json.dumps({'event': 'at', 'name': str(os.getpid())}), flush=True)\ntime.sleep(60)"
    )
    job = instead(code)
    results = run_here([job] * 3, 2, lambda region, event, **about: heard.append(about["name"]))
    with pytest.raises(KeyboardInterrupt):
        interrupted_after(results, lambda: len(heard) == 2)
    assert all(gone(int(pid)) for pid in heard)
    assert len(heard) == 2, "the third never starts"


def interrupted_after(results, true) -> None:
    def interrupt() -> None:
        until(true, 60)
        os.kill(os.getpid(), 2)

    threading.Thread(target=interrupt).start()
    list(results)


def test_what_the_executor_loses_has_failed() -> None:
    def lose(job: Job) -> Outcome:
        if job.region == "b":
            raise RuntimeError("worker gone")
        return Outcome(job.region, "", "", Path())

    with ThreadPoolExecutor(2) as executor:
        found = {
            one.region: one
            for one in over(executor, [Job("a", "en", ""), Job("b", "en", "")], lose)
        }
    assert isinstance(found["a"], Outcome)
    assert found["b"] == Failure("b", "RuntimeError: worker gone")
