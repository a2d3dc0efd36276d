"""``werkboek compare``: sentences and exit codes, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from workbook.cli import main
from workbook.run import NotebookFailed, compare


def werkboek(data: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--data", str(data), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Which regions were compared; nothing is made."""
    calls: list[tuple[str, ...]] = []

    def compare_regions(regions: tuple[str, ...], lang: str, data: Path) -> Path:
        calls.append(tuple(regions))
        if "fails" in regions:
            raise NotebookFailed(data / "10_compare.ipynb", "ValueError: no")
        return data / lang

    monkeypatch.setattr(compare, "compare_regions", compare_regions)
    return calls


def test_it_says_where_the_results_are(data: Path, asked) -> None:
    result = werkboek(data, "compare", "west-brabant", "voorbeeldregio", "--lang", "en")
    assert result.exit_code == 0
    assert result.output == f"Results: {data / 'en'}\n"
    assert asked == [("west-brabant", "voorbeeldregio")]


def test_all_is_every_region(data: Path, asked) -> None:
    assert werkboek(data, "compare", "--all").exit_code == 0
    assert asked == [("voorbeeldregio", "west-brabant")]


def test_without_a_region_it_says_what_to_do(data: Path, tmp_path: Path, asked) -> None:
    result = werkboek(data, "compare", "--lang", "en")
    assert (result.exit_code, result.output) == (1, "Name a region, or use --all.\n")
    result = werkboek(tmp_path / "none", "compare", "--all", "--lang", "en")
    assert result.exit_code == 1 and "werkboek new NAME" in result.output
    assert asked == []


def test_a_failed_notebook_is_a_sentence_with_its_place(data: Path, asked) -> None:
    result = werkboek(data, "compare", "fails")
    assert result.exit_code == 1
    assert "ValueError: no" in result.output and str(data / "10_compare.ipynb") in result.output


def test_a_region_that_is_not_right_is_a_sentence_and_nothing_is_written(data: Path) -> None:
    (data / "west-brabant" / "criteria.csv").write_text("onzin\n", "utf-8")
    for regions in (["nergens"], ["voorbeeldregio", "nergens"], ["west-brabant"], ["compare"]):
        result = werkboek(data, "compare", *regions, "--lang", "en")
        assert result.exit_code == 1
        assert result.output.startswith("these regions can't be compared as they are:\n")
        assert "Traceback" not in result.output
    assert not (data.parent / "runs").exists()


def test_no_region_can_have_the_name_of_the_comparison(data: Path) -> None:
    result = werkboek(data, "new", "compare", "--lang", "en")
    assert result.exit_code == 1 and "choose another" in result.output
    assert not (data / "compare").exists()
