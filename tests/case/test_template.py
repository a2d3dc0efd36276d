"""A new region is a whole, empty case, or nothing at all."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import UserError, open_case
from workbook.case.points import STEPS, open_points, started
from workbook.case.tables import TABLES
from workbook.case.tables.document import Deployment, Period, Provenance, Scenario, Settings
from workbook.case.template import new_region


def test_a_new_region_is_a_sound_empty_case(tmp_path):
    folder = new_region("twente", tmp_path / "new" / "data", "en")
    assert folder == tmp_path / "new" / "data" / "twente"
    case = open_case("twente", lang="en", root=folder.parent)
    assert case.info.region == "Twente"
    assert case.info.language == "en"
    assert case.info.provenance is Provenance.OWN
    assert case.info.period == Period()
    assert case.info.session == Settings()
    assert case.info.deployment == Deployment()
    assert case.scenario == Scenario()
    assert [case.rows(model) for model in TABLES] == [()] * len(TABLES)
    assert not any(started(case, step) for step in STEPS)
    assert {point.step for point in open_points(case)} == set(STEPS)


def test_it_holds_every_file_and_nothing_hidden(tmp_path):
    folder = new_region("twente", tmp_path)
    names = {f"{model.table}.csv" for model in TABLES} | {"case.yaml", "scenario.yaml"}
    assert {path.name for path in folder.iterdir()} == names
    assert [path.name for path in tmp_path.iterdir()] == ["twente"]
    assert folder.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("hart-van-brabant", "Hart Van Brabant"),
        ("2025", "2025"),
        ("null", "Null"),
        ("true", "True"),
        ("no", "No"),
        ("1e5", "1E5"),
        ("0x1f", "0X1F"),
        ("-a", "A"),
        ("---", "---"),
        ("a" * 40, "A" + "a" * 39),
    ],
)
def test_whatever_the_slug_is_the_case_opens(tmp_path, region, name):
    new_region(region, tmp_path)
    assert open_case(region, root=tmp_path).info.region == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Hart van Brabant", "Hart van Brabant"),
        ("’s-Hertogenbosch: “stad” & 'land' # 1", "’s-Hertogenbosch: “stad” & 'land' # 1"),
        ('a "b" \\ c', 'a "b" \\ c'),
        ("Regio 😀 منطقة", "Regio 😀 منطقة"),
        (" een\r\ntwee\n\tdrie ", "een twee drie"),
        ("@lang@ @region@", "@lang@ @region@"),
        ("null", "null"),
        ("2025", "2025"),
        ("{a: [b]}", "{a: [b]}"),
        ("a\x00b\x07\ufeff", "a\x00b\x07\ufeff"),
        ("", "Twente"),
        (" \n", "Twente"),
        (None, "Twente"),
    ],
)
def test_a_region_has_the_name_that_people_know_it_by(tmp_path, typed, name):
    folder = new_region("twente", tmp_path, "en", name=typed)
    case = open_case("twente", lang="en", root=tmp_path)
    assert (case.info.region, case.info.language, folder.name) == (name, "en", "twente")


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_name_makes_a_case_that_opens(name):
    with tempfile.TemporaryDirectory() as root:
        new_region("twente", Path(root), name=name)
        told = open_case("twente", root=root).info.region
    assert told.split() == (" ".join(name.split()) or "Twente").split()


def test_a_region_that_is_there_stays_as_it_is(root, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(UserError) as caught:
        new_region("voorbeeldregio", root, "en")
    assert str(caught.value) == f"{folder} exists already"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("region", ["../twente", "Twente", "", "a" * 41, "a/b"])
def test_a_name_that_is_no_slug_makes_nothing(tmp_path, region):
    with pytest.raises(UserError, match="can't be a region's name"):
        new_region(region, tmp_path, "en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["write_text", "write_bytes", "rename"])
@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), KeyboardInterrupt()])
def test_an_interruption_leaves_nothing(tmp_path, monkeypatch, step, error):
    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr(Path, step, refuse)
    expected = KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else UserError
    with pytest.raises(expected) as caught:
        new_region("twente", tmp_path, "en")
    assert list(tmp_path.iterdir()) == []
    if expected is UserError:
        assert str(caught.value).startswith("twente could not be written (Permission denied)")


def test_a_folder_that_may_not_be_written_is_a_sentence(tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(UserError, match=r"twente could not be written \(Permission denied\)"):
        new_region("twente", tmp_path, "en")


def test_a_data_root_that_is_a_file_is_a_sentence(tmp_path):
    (tmp_path / "data").write_text("x")
    with pytest.raises(UserError, match=r"twente could not be written \("):
        new_region("twente", tmp_path / "data", "en")


def test_a_copied_region_is_a_region(root, folder):
    shutil.copytree(folder, root / "kopie")
    assert open_case("kopie", root=root).region == "kopie"
