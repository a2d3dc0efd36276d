"""The front door: choosing a region, and making one by typing its name."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from workbook.case import Case, CaseError, Problem, UserError, open_case
from workbook.case.folder import regions
from workbook.forms.front import FrontDoor
from workbook.locale import N_, Message


class Prepare:
    """Records the calls, and gives what `run.prepare` gives; or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self.calls: list[tuple[str, str, Path]] = []
        self.error = error

    def __call__(self, region: str, lang: str, data: Path) -> SimpleNamespace:
        self.calls.append((region, lang, data))
        if self.error is not None:
            raise self.error
        return SimpleNamespace(first=data.parent / "runs" / region / lang / "00_start.ipynb")


@pytest.fixture(autouse=True)
def _unserved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WERKBOEK_SERVED", raising=False)


@pytest.fixture
def prepare() -> Prepare:
    return Prepare()


@pytest.fixture
def door(example: Case, prepare: Prepare) -> FrontDoor:
    return FrontDoor(example, prepare)


def told(door: FrontDoor) -> str:
    return unescape(re.sub("<[^>]*>", "", door.told.value))


def failed(door: FrontDoor) -> bool:
    return 'role="alert"' in door.told.value


def folders(data: Path) -> set[str]:
    return {path.name for path in data.iterdir()}


def test_it_lists_the_regions_and_stands_on_its_own(door: FrontDoor) -> None:
    assert list(door.region.options) == ["voorbeeldregio", "west-brabant"]
    assert door.region.value == "voorbeeldregio"
    assert door.language.value == "en"
    assert dict(door.language.options) == {"Nederlands": "nl", "English": "en"}


def test_a_region_is_made_by_typing_its_name(door: FrontDoor, prepare: Prepare, data: Path) -> None:
    door.name.value = "  Hart van Twente "
    door.language.value = "nl"
    door.make.click()
    assert not failed(door)
    assert prepare.calls == [("hart-van-twente", "nl", data)]
    made = open_case("hart-van-twente", root=data)
    assert (made.info.region, made.info.language) == ("Hart van Twente", "nl")
    assert told(door) == "➜ Open Hart van Twente"
    href = re.search('href="([^"]*)"', door.told.value)[1]
    assert href.endswith("runs/hart-van-twente/nl/00_start.ipynb")
    assert list(door.region.options) == ["hart-van-twente", "voorbeeldregio", "west-brabant"]
    assert door.region.value == "voorbeeldregio"
    assert door.name.value == ""


def test_enter_makes_it_too(door: FrontDoor, prepare: Prepare) -> None:
    door.name.value = "Twente"
    door.name._handle_custom_msg({"event": "other"}, [])
    assert prepare.calls == []
    door.name._handle_custom_msg({"event": "submit"}, [])
    assert [call[0] for call in prepare.calls] == ["twente"]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Fryslân & Súdwest", "fryslan-sudwest"),
        ("’s-Hertogenbosch", "s-hertogenbosch"),
        ("IJsselvecht <b>", "ijsselvecht-b"),
        ('Regio: "Noord" # {1}', "regio-noord-1"),
        ("Een heel erg lange naam voor een regio die maar doorgaat", None),
    ],
)
def test_any_name_gets_a_folder_and_stays_as_it_was_typed(
    door: FrontDoor, prepare: Prepare, data: Path, name: str, slug: str | None
) -> None:
    door.name.value = name
    door.make.click()
    assert not failed(door)
    region = prepare.calls[0][0]
    assert len(region) <= 40 and region == (slug or region)
    assert open_case(region, root=data).info.region == name
    assert told(door) == f"➜ Open {name}"
    assert "<b>" not in door.told.value


@pytest.mark.parametrize("name", ["", "   ", "***", "北京"])
def test_a_name_that_is_none_is_asked_for(
    door: FrontDoor, prepare: Prepare, data: Path, name: str
) -> None:
    before = folders(data)
    door.name.value = name
    door.make.click()
    assert failed(door)
    assert told(door) == "Type the name of the region first."
    assert prepare.calls == [] and folders(data) == before


def test_a_region_that_exists_is_left_alone(door: FrontDoor, prepare: Prepare, data: Path) -> None:
    before = {path: path.read_bytes() for path in (data / "west-brabant").iterdir()}
    door.name.value = "West Brabant"
    door.make.click()
    assert failed(door)
    assert told(door).endswith("west-brabant exists already")
    assert prepare.calls == []
    assert {path: path.read_bytes() for path in (data / "west-brabant").iterdir()} == before
    assert door.name.value == "West Brabant"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_what_is_wrong_is_told_in_the_readers_language(data: Path, lang: str) -> None:
    """Not in that of the region to be made."""
    door = FrontDoor(open_case("voorbeeldregio", lang=lang, root=data), Prepare())
    door.language.value = "en" if lang == "nl" else "nl"
    door.name.value = "West-Brabant"
    door.make.click()
    assert told(door).endswith({"nl": "bestaat al", "en": "exists already"}[lang])


def test_notebooks_that_cant_be_made_are_told_and_can_be_tried_again(
    example: Case, data: Path
) -> None:
    prepare = Prepare(UserError(Message(N_("the language is nl or en, not “{lang}”"), lang="<x>")))
    door = FrontDoor(example, prepare)
    door.name.value = "Twente"
    door.make.click()
    assert failed(door)
    assert told(door) == "the language is nl or en, not “<x>”"
    assert "<x>" not in door.told.value
    # The region is whole, and nothing else is left beside it.
    assert open_case("twente", root=data).info.region == "Twente"
    assert folders(data) == {"voorbeeldregio", "west-brabant", "twente"}
    prepare.error = None
    door.region.value = "twente"
    door.go.click()
    assert not failed(door) and told(door) == "➜ Open twente"


def test_a_case_with_errors_is_told_in_the_readers_language(example: Case) -> None:
    problem = Problem("options.csv", Message(N_("the cell is empty")), row=3)
    door = FrontDoor(example, Prepare(CaseError([problem], "nl")))
    door.go.click()
    assert told(door) == "options.csv, row 3: the cell is empty"


def test_a_region_that_cant_be_written_leaves_nothing(
    door: FrontDoor, prepare: Prepare, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbook.case import template

    before = folders(data)

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(template, "table_bytes", full)
    door.name.value = "Twente"
    door.make.click()
    assert failed(door)
    assert "twente could not be written (No space left on device)" in told(door)
    assert folders(data) == before == set(regions(data))
    assert prepare.calls == []
    assert door.name.value == "Twente"


def test_another_region_is_opened_in_the_language_of_this_notebook(
    data: Path, prepare: Prepare
) -> None:
    door = FrontDoor(open_case("voorbeeldregio", lang="nl", root=data), prepare)
    door.language.value = "en"
    door.region.value = "west-brabant"
    door.go.click()
    assert prepare.calls == [("west-brabant", "nl", data)]
    assert told(door).endswith("west-brabant")


def test_in_jupyterlab_the_link_opens_beside(
    door: FrontDoor, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WERKBOEK_SERVED", str(data.parent / "runs"))
    door.name.value = "Twente"
    door.make.click()
    assert '{"path": "twente/en/00_start.ipynb"}' in unescape(door.told.value)


def test_a_kept_notebook_names_this_region_only(example: Case, data: Path) -> None:
    example.write({}, [example.info.model_copy(update={"region": "A <b> & B"})])
    bundle = FrontDoor(example, Prepare())._repr_mimebundle_()
    assert bundle["text/plain"].startswith("This notebook is about A <b> & B.")
    assert "about A &lt;b&gt; &amp; B." in bundle["text/html"]
    for mime in ("text/plain", "text/html"):
        assert "west-brabant" not in bundle[mime] and str(data) not in bundle[mime]
