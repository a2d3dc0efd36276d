"""Archives of the two regions, made without the notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbook.archive import pack, packing
from workbook.case import open_case
from workbook.exhibits.drawn import keep_pictures
from workbook.report import write_report
from workbook.run import results_folder

ROOT = Path(__file__).resolve().parents[2]


def only_report(region: str, lang: str, data: Path, **_: object) -> None:
    """Run no notebooks: the report alone says whether the numbers are the same."""
    folder = results_folder(region, lang, data)
    (folder / "figures").mkdir(parents=True)
    (folder / "figures" / "07_support.png").write_bytes(b"a picture")
    (folder / "07_preference.ipynb").write_text("{}")
    (folder / ".made.json").write_text("{}")
    write_report(open_case(region, lang=lang, root=data), folder / "report.html")


@pytest.fixture(autouse=True)
def _pictures(drawn_once: None) -> None: ...


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "run_region", only_report)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory, kept_pictures: Path) -> Path:
    """The archive of the fictional region; no test changes it."""
    folder = tmp_path_factory.mktemp("archive")
    example = open_case("voorbeeldregio", lang="en", root=ROOT / "data")
    with pytest.MonkeyPatch.context() as patch, keep_pictures(kept_pictures):
        patch.setattr(packing, "run_region", only_report)
        return pack(example, folder / "a.zip").path
