"""Every picture is drawn once per run, whoever shows it."""

from __future__ import annotations

import io
import os
import pickle
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from workbook import exhibits
from workbook.case import Case
from workbook.case.tables import Criterion
from workbook.exhibits import drawn, score_heatmap, series
from workbook.exhibits.drawn import KEPT, keep_pictures
from workbook.figures import canvas


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[Figure]:
    """Count how often a figure as a whole is drawn on pixels."""
    counted: list[Figure] = []
    draw = Figure.draw

    def counting(figure: Figure, renderer, *args, **kwargs):
        if type(renderer).__name__ == "RendererAgg":
            counted.append(figure)
        return draw(figure, renderer, *args, **kwargs)

    monkeypatch.setattr(Figure, "draw", counting)
    return counted


@pytest.mark.parametrize("region", ["voorbeeldregio", "west-brabant"])
def test_every_picture_can_be_told_from_another_without_drawing_it(region, data: Path) -> None:
    from workbook.case import open_case

    case = open_case(region, lang="en", root=data)
    drawn = [exhibit for _step, exhibit in series(case) if exhibit.draw is not None]
    assert len(drawn) > 10
    assert all(isinstance(exhibit.draw, partial) for exhibit in drawn)
    told = {exhibit.name: pickle.dumps(exhibit.draw, protocol=5) for exhibit in drawn}
    again = {e.name: pickle.dumps(e.draw, protocol=5) for _step, e in series(case) if e.draw}
    assert told == again
    assert len(set(told.values())) == len(drawn)


def test_a_picture_is_drawn_once_for_all_who_show_it(example: Case, tmp_path, drawings) -> None:
    apart = score_heatmap(example)
    expected = apart.png, apart.svg()
    assert len(drawings) == 1, "one drawing for PNG and SVG, and none halfway"
    drawings.clear()
    with keep_pictures(tmp_path / "kept"):
        shown = [(e.png, e.svg()) for e in (score_heatmap(example), score_heatmap(example))]
    assert len(drawings) == 1
    assert shown == [expected, expected]
    assert KEPT not in os.environ


def test_whoever_comes_while_it_is_drawn_waits_for_it(
    example: Case, tmp_path, drawings, monkeypatch
) -> None:
    begun = threading.Event()
    real = drawn._render

    def slow(figure, format):
        begun.set()
        time.sleep(0.3)
        return real(figure, format)

    monkeypatch.setattr(drawn, "_render", slow)
    first, second = score_heatmap(example), score_heatmap(example)
    with keep_pictures(tmp_path / "kept"), ThreadPoolExecutor(1) as beside:
        asked = beside.submit(lambda: first.png)
        assert begun.wait(30)
        assert second.png == asked.result()
    assert len(drawings) == 1


def test_what_every_region_shows_is_kept_for_all_of_them(example: Case, tmp_path, drawings) -> None:
    apart, shared = (tmp_path / "one", tmp_path / "two"), tmp_path / "shared"
    shown = []
    for folder in apart:
        with keep_pictures(folder, shared):
            shown.append(exhibits.reference(example, of=exhibits.reading).png)
            assert score_heatmap(example).png
    assert shown[0] == shown[1]
    assert len(drawings) == 3, "the region's own twice, the published one once"
    assert len(list(shared.glob("*.png"))) == 1
    assert not list(shared.glob("*.svg")), "of the published case no files are asked"
    assert [len(list(folder.glob("*.png"))) for folder in apart] == [1, 1]


def test_what_differs_in_one_word_is_another_picture(example: Case, tmp_path, drawings) -> None:
    with keep_pictures(tmp_path / "kept"):
        before = score_heatmap(example).png
        rows = [replace_name(row) if row.selected else row for row in example.rows(Criterion)]
        example.write({Criterion: rows})
        assert score_heatmap(example).png != before
    assert len(drawings) == 2


def replace_name(row: Criterion) -> Criterion:
    return row.model_copy(update={"name": f"{row.name}!"})


def test_what_is_no_plain_data_is_drawn_each_time(example: Case, tmp_path, drawings) -> None:
    exhibit = score_heatmap(example)
    with keep_pictures(tmp_path / "kept"):
        for _ in range(2):
            one = replace(exhibit, draw=lambda: exhibit.draw())
            assert one.png
    assert len(drawings) == 2


def test_the_commonest_colours_stay_exactly_as_they_are() -> None:
    pixels = np.full((40, 40, 4), 255, np.uint8)
    for place in range(300):
        pixels[place // 40, place % 40, :3] = (place % 256, place // 256, 7)
    pixels[20:30] = (0x00, 0x72, 0xB2, 255)
    pixels[30:40] = (0xD5, 0x5E, 0x00, 255)
    out = io.BytesIO()
    canvas._flat(pixels).save(out, format="png")
    found = np.asarray(Image.open(out).convert("RGB"))
    assert (found[20:] == pixels[20:, :, :3]).all()
    assert len(np.unique(found.reshape(-1, 3), axis=0)) <= 256
