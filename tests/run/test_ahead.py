"""Pictures are drawn beside the notebooks, each once, and nothing of it is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run.warm.conftest import gone, needs_fork, until
from workbook.case import Case
from workbook.exhibits import series
from workbook.exhibits.drawn import keep_pictures
from workbook.run import ahead
from workbook.run.ahead import draw, drawing_ahead
from workbook.run.warm import warm_up


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A series of five pictures and one thing that has none."""

    def short(case: Case):
        return [(step, exhibit) for step, exhibit in series(case) if step < 6][:7]

    monkeypatch.setattr("workbook.exhibits.series", short)


@pytest.mark.usefixtures("few")
def test_processes_share_the_pictures_out(example: Case, tmp_path: Path) -> None:
    data, found = example.folder.parent, []
    for place in range(2):
        with keep_pictures(tmp_path / str(place)):
            draw(example.region, "en", data, place, 2)
        found.append({path.name for path in (tmp_path / str(place)).glob("*.png")})
    with keep_pictures(tmp_path / "all"):
        draw(example.region, "en", data, 0, 1)
    assert all(len(some) > 1 for some in found)
    assert not found[0] & found[1]
    assert found[0] | found[1] == {path.name for path in (tmp_path / "all").glob("*.png")}


@needs_fork
def test_they_are_drawn_meanwhile_and_nobody_draws_on(example: Case, tmp_path: Path) -> None:
    warm_up()
    started = []

    def launch(command: list[str]):
        started.append(launched := real(command))
        return launched

    real = ahead.launch
    with pytest.MonkeyPatch.context() as patch, keep_pictures(tmp_path / "kept"):
        patch.setattr(ahead, "launch", launch)
        with drawing_ahead(example.region, "en", example.folder.parent, 2):
            assert len(started) == 2
            assert until(lambda: len(list((tmp_path / "kept").glob("*.png"))) > 2, 60)
    assert all(gone(process.pid, 0) for process in started), "their folder may be taken away"


def test_without_warm_processes_nothing_is_drawn_ahead(
    example: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WERKBOEK_WARM", "off")
    with (
        keep_pictures(tmp_path / "kept"),
        drawing_ahead(example.region, "en", example.folder.parent, 2),
    ):
        pass
    assert list((tmp_path / "kept").iterdir()) == []
