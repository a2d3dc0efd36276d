"""``werkboek run`` as it is started: reuse, waiting, several regions, and the same as papermill."""

from __future__ import annotations

import os
import signal

import nbformat
import papermill
import pytest

from tests.run.warm.conftest import gone, needs_fork, until
from workbook.case.contents import FILES
from workbook.case.tables import Criterion
from workbook.run.notebooks import tidy
from workbook.run.warm.names import ADDRESS, OFF

HELLO = "print(region, lang)"
SLOW = """
import os, subprocess, time
child = subprocess.Popen(["sleep", "300"])
with open({path!r}, "w") as f:
    f.write(f"{{os.getpid()}} {{os.getppid()}} {{child.pid}}\\n")
{busy}
"""
ASKED = signal.SIGINT, signal.SIGTERM
IN_C = "import re; re.match('(a+)+b', 'a' * 60)"


def test_what_has_not_changed_is_reused(series_of) -> None:
    series = series_of(nb00_a=HELLO, nb01_b="print(2)")
    table = series.data / "twente" / FILES[Criterion]
    record = series.results / ".made.json"

    first = series.run()
    assert first.returncode == 0, first.stderr
    assert "2 run, 0 reused." in first.stdout
    made = record.read_bytes()

    os.utime(table)
    assert "2 reused." in series.run().stdout
    assert record.read_bytes() == made

    table.write_bytes(table.read_bytes() + b"\n")
    assert "2 run, 0 reused." in series.run().stdout

    series.write(nb01_b="print(3)")
    assert "1 run, 1 reused." in series.run().stdout
    assert "3" in (series.results / "01_b.ipynb").read_text("utf-8")

    edited = series.results / "00_a.ipynb"
    whole = edited.read_bytes()
    edited.write_bytes(whole.replace(b"twente en", b"somebody's"))
    assert "1 run, 1 reused." in series.run().stdout
    assert edited.read_bytes() == whole

    (series.results / "report.html").unlink()
    assert "2 reused." in series.run().stdout
    assert (series.results / "report.html").exists()

    assert "2 run, 0 reused." in series.run("twente", "--force").stdout


def test_two_at_a_time_and_one_with_errors(series_of) -> None:
    series = series_of(nb00_a=HELLO, nb01_b="1 / 0 if region == 'zeeland' else None")
    series.regions("zeeland", "veluwe", "broken")
    (series.data / "broken" / FILES[Criterion]).write_text("no such column\n", "utf-8")
    done = series.run("--all", "--jobs", "2")
    assert done.returncode == 1
    good = [line.split(":")[0] for line in done.stdout.splitlines()]
    assert good == ["twente", "veluwe"]
    assert all("2 run, 0 reused." in line for line in done.stdout.splitlines())
    path = series.folder / "runs" / "zeeland" / "en" / "failed" / "01_b.ipynb"
    told = "zeeland: 01_b failed: ZeroDivisionError: division by zero. See "
    assert f"{told}{path} (1 run, 0 reused)\n" in done.stderr
    assert path.exists()
    assert "broken failed: criteria.csv" in done.stderr
    assert not (series.folder / "runs" / "broken").exists()


def test_the_second_of_two_waits_and_says_so(series_of) -> None:
    series = series_of(nb00_a="import time; time.sleep(3)")
    first = series.start("twente")
    assert until(lambda: list(series.folder.glob("runs/twente/.en.new-*/.pictures")), 60)
    second = series.run("twente")
    out, _err = first.communicate(timeout=60)
    assert "1 run, 0 reused." in out
    assert "twente is being run by somebody else; waiting for that.\n" in second.stderr
    assert "1 reused." in second.stdout


@pytest.mark.parametrize(
    ("way", "how"),
    [
        *(pytest.param("warm", n, marks=needs_fork) for n in (*ASKED, signal.SIGKILL)),
        ("ordinary", signal.SIGINT),
        ("ordinary", signal.SIGKILL),
    ],
)
def test_nothing_survives_and_nothing_is_half_written(series_of, monkeypatch, how, way) -> None:
    series = series_of()
    told = series.folder / "pids"
    series.write(nb00_a=HELLO)
    assert series.run().returncode == 0
    before = series.left()
    busy = IN_C if way == "warm" else "time.sleep(300)"
    series.write(nb01_b=SLOW.format(path=str(told), busy=busy))
    with monkeypatch.context() as patch:
        if way == "ordinary":
            patch.setenv(ADDRESS, OFF)
        run = series.start("twente", start_new_session=True)
    assert until(lambda: told.exists() and told.read_text().endswith("\n"), 90)
    run.send_signal(how)
    _out, err = run.communicate(timeout=60)
    kernel, above, child = map(int, told.read_text().split())
    assert gone(kernel)
    assert gone(child)
    if way == "ordinary":
        assert gone(above), "the job, whose child it is"
    if how != signal.SIGKILL:
        assert run.returncode == 1
        assert err.splitlines()[-1] == (
            "Stopped. Regions that were done are kept; the others are as they were."
        )
        assert series.left() == before
    # After a SIGKILL of ourselves the next run sweeps.
    series.write(nb01_b=HELLO)
    assert series.run().returncode == 0
    assert series.left() == before | {"twente/en/01_b.ipynb"}


def test_an_ordinary_kernel_is_announced(series_of, monkeypatch) -> None:
    monkeypatch.setenv(ADDRESS, OFF)
    done = series_of(nb00_a=HELLO).run()
    assert done.returncode == 0
    said = "On this computer every notebook starts up by itself, which takes longer.\n"
    assert done.stderr == said


def test_both_runners_show_the_same_cell_for_cell(series_of, root, data, tmp_path) -> None:
    """One notebook with pictures suffices here; scripts/bench_rerun.py holds all ten together."""
    from workbook.run.execute import execute

    source = root / "notebooks" / "en" / "06_shortlist.ipynb"
    parameters = {"region": "voorbeeldregio", "lang": "en"}
    ours, theirs = tmp_path / "ours.ipynb", tmp_path / "theirs.ipynb"
    execute(source, ours, parameters, data=data, lang="en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WERKBOEK_DATA", str(data))
        patch.setenv(ADDRESS, OFF)
        papermill.execute_notebook(source, theirs, parameters, progress_bar=False, cwd=tmp_path)
    found = [nbformat.read(path, as_version=4) for path in (ours, theirs)]
    cells = [[as_shown(cell) for cell in tidy(notebook).cells] for notebook in found]
    assert cells[0] == cells[1]
    assert sum("image/png" in str(cell) for cell in cells[0]) >= 2


def as_shown(cell):
    return {
        "type": cell.cell_type,
        "source": cell.source,
        "outputs": [
            output | {"execution_count": None} if "execution_count" in output else output
            for output in cell.get("outputs", ())
        ],
    }
