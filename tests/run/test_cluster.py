"""A real scheduler and two workers on this machine, one of which is killed halfway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.run.warm.conftest import gone, until

pytest.importorskip("distributed")

SLOW = """
import os, pathlib, time
place = pathlib.Path({told!r}, region)
first = not place.exists()
place.write_text(str(os.getpid()))
time.sleep(300 if first else 0)
print("done")
"""


@pytest.fixture
def cluster(tmp_path: Path):
    """Start them in turn; give the scheduler's address and the workers."""
    started: list[subprocess.Popen[bytes]] = []
    known = tmp_path / "scheduler.json"

    def start(what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--no-dashboard", *options]
        log = (tmp_path / f"{what}.log").open("ab")
        with log:
            started.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp_path))
        return started[-1]

    def begin(workers: int) -> tuple[str, list[subprocess.Popen[bytes]]]:
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(known))
        assert until(known.exists, 60)
        address = json.loads(known.read_text())["address"]
        options = ("--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        return address, [start("worker", address, *options) for _ in range(workers)]

    yield begin
    for process in reversed(started):
        process.kill()
        process.wait()


def test_a_killed_worker_costs_time_and_nothing_else(series_of, cluster) -> None:
    series = series_of()
    told = series.folder / "told"
    told.mkdir()
    series.regions("veluwe")
    series.write(nb00_a=SLOW.format(told=str(told)), nb01_b="print(region)")
    address, workers = cluster(2)
    run = series.start("--all", "--scheduler", address)
    assert until(lambda: len([path for path in told.iterdir() if path.read_text()]) == 2, 120)
    kernels = {path.name: int(path.read_text()) for path in told.iterdir()}
    workers[0].kill()
    assert until(lambda: any(gone(pid, 0) for pid in kernels.values()), 10)
    (lost,) = [region for region, pid in kernels.items() if gone(pid, 0)]
    (other,) = kernels.keys() - {lost}
    os.kill(kernels[other], 2)  # it has waited long enough
    out, err = run.communicate(timeout=200)
    assert f"{lost}: " in out, err
    assert "2 run, 0 reused." in out
    assert f"{other}: 00_a failed: KeyboardInterrupt: . See " in err
    assert run.returncode == 1
    done = series.run("--all", "--scheduler", address)
    assert done.returncode == 0
    assert sorted(line.split(":")[0] for line in done.stdout.splitlines()) == ["twente", "veluwe"]
    assert not [name for name in series.left() if ".new-" in name]


def test_who_stops_stops_the_cluster_as_well(series_of, cluster) -> None:
    series = series_of()
    told = series.folder / "told"
    told.mkdir()
    series.write(nb00_a=SLOW.format(told=str(told)))
    address, _workers = cluster(1)
    run = series.start("twente", "--scheduler", address)
    place = told / "twente"
    assert until(lambda: place.exists() and place.read_text(), 120)
    run.send_signal(2)
    _out, err = run.communicate(timeout=60)
    assert run.returncode == 1
    assert err == "Stopped. Regions that were done are kept; the others are as they were.\n"
    assert gone(int(place.read_text()), 20)
    assert until(lambda: not series.left(), 20)


def test_a_cluster_without_workers_is_a_sentence(series_of, cluster, monkeypatch) -> None:
    address, _none = cluster(0)
    done = series_of(nb00_a="print(1)").run("twente", "--scheduler", address)
    assert done.returncode == 1
    assert done.stderr == f"the scheduler at {address} has no workers\n"
