"""What a person typed survives a reload, a restart, a crash and another window."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import SOON, Lab

# What a browser or a kernel does is the same in both languages; test_filling_in takes each.
pytestmark = pytest.mark.parametrize("server", ["nl"], indirect=True)


@pytest.fixture
def lab(window: Callable[[], Lab]) -> Lab:
    opened = window()
    opened.open("03_inventory")
    return opened


LINES = "Een zin die niet weg mag\nen een tweede regel"


def stored(server) -> dict[str, dict[str, str]]:
    path: Path = server.data / "voorbeeldregio" / "criteria.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def unsaved(lab: Lab) -> str:
    return lab._("Not saved yet ({n} changed).").split("{")[0].strip(" (")


def test_after_a_reload_the_draft_is_there_and_pictures_still_follow(lab: Lab, server) -> None:
    form = lab.form("Criteria")
    form.type(0, "Name", "Na het herladen")
    expect(form.status).to_contain_text(unsaved(lab))
    lab.page.reload()
    lab.ready("03_inventory")
    form = lab.form("Criteria")
    expect(form.cell(0, "Name")).to_have_value("Na het herladen")
    expect(form.status).to_contain_text(unsaved(lab))
    lab.shoot("reloaded", form.section)
    form.save()
    lab.sees("Na het herladen")
    assert next(iter(stored(server).values()))["name"] == "Na het herladen"
    form.press("Undo last save")
    expect(form.cell(0, "Name")).not_to_have_value("Na het herladen", timeout=SOON)


def test_save_is_heard_also_when_the_kernel_answers_halfway_the_press(lab: Lab, server) -> None:
    form = lab.form("Criteria")
    discard = form.section.get_by_role("button", name=lab._("Discard changes"))
    expect(discard).to_have_count(0)
    form.type(0, "Name", "Vlak voor het opslaan")
    save = form.section.get_by_role("button", name=lab._("Save"), exact=True)
    save.scroll_into_view_if_needed()
    box = save.bounding_box()
    assert box
    lab.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    lab.page.mouse.down()
    discard.wait_for()
    lab.page.mouse.up()
    expect(form.status).to_contain_text(lab._("Saved {time}.").split("{")[0], timeout=SOON)
    assert next(iter(stored(server).values()))["name"] == "Vlak voor het opslaan"
    form.press("Undo last save")
    expect(form.cell(0, "Name")).not_to_have_value("Vlak voor het opslaan", timeout=SOON)


def test_after_a_kernel_restart_the_draft_is_offered_back(lab: Lab, server) -> None:
    form = lab.form("Criteria")
    before = stored(server)
    form.type(1, "Meaning", LINES)
    expect(form.status).to_contain_text(unsaved(lab))
    lab.restart_kernel()
    offer = lab.panel.locator(".wb-offer", has=lab.page.get_by_role("button"))
    offer.wait_for(timeout=60_000)
    lab.shoot("offered-back", offer)
    form = lab.form("Criteria")
    expect(form.cell(1, "Meaning")).not_to_have_value(LINES)
    form.press("Take them back")
    expect(form.cell(1, "Meaning")).to_have_value(LINES)
    assert stored(server) == before
    form.press("Discard changes")
    expect(form.status).to_have_text("")


def test_another_window_is_shown_as_a_difference(
    lab: Lab, window: Callable[[], Lab], server
) -> None:
    form = lab.form("Criteria")
    form.type(2, "Name", "Hier gewijzigd")
    expect(form.status).to_contain_text(unsaved(lab))
    # Another notebook of the series has a kernel, and a case, of its own.
    other = window()
    other.open("05_select")
    elsewhere = other.form("Criteria")
    elsewhere.type(2, "Name", "Daar gewijzigd")
    elsewhere.type(3, "Name", "Ook daar")
    elsewhere.save()

    difference = form.section.locator(".wb-elsewhere", has_text="Daar gewijzigd")
    difference.wait_for(timeout=SOON)
    expect(form.cell(2, "Name")).to_have_value("Hier gewijzigd")
    expect(form.cell(3, "Name")).to_have_value("Ook daar")
    lab.shoot("difference", difference)
    form.press("Save")
    expect(form.status).to_contain_text(lab._("Not saved, because {why}").split("{")[0])
    difference.get_by_role("button", name=lab._("Take the other")).click()
    expect(form.cell(2, "Name")).to_have_value("Daar gewijzigd")
    names = [row["name"] for row in stored(server).values()]
    assert names[2:4] == ["Daar gewijzigd", "Ook daar"]
    elsewhere.press("Undo last save")


def test_what_is_typed_while_the_kernel_is_dead_comes_back(lab: Lab, server) -> None:
    form = lab.form("Criteria")
    form.press("Save")
    server.kill_kernels()
    form.cell(0, "Meaning").fill("Getypt terwijl niemand luisterde")
    told = lab.page.locator(".jp-Dialog button.jp-mod-accept")  # JupyterLab's own word on it
    told.click(timeout=60_000)
    unsent = lab.panel.locator(".wb-status", has_text=unsaved(lab))
    unsent.wait_for(timeout=60_000)
    form = lab.form("Criteria")
    expect(form.cell(0, "Meaning")).to_have_value("Getypt terwijl niemand luisterde")
    lab.shoot("after-a-crash", form.section)
    form.press("Discard changes")


def test_closing_the_browser_with_an_unsaved_text_loses_nothing(
    window: Callable[[], Lab],
) -> None:
    first = window()
    first.open("03_inventory")
    form = first.form("Criteria")
    form.type(4, "Meaning", "Half getypt")
    expect(form.status).to_contain_text(unsaved(first))
    first.page.context.close()
    again = window()
    again.open("03_inventory")
    form = again.form("Criteria")
    expect(form.cell(4, "Meaning")).to_have_value("Half getypt")
    form.press("Discard changes")


def test_removing_a_criterion_with_scores_says_what_goes(lab: Lab, server) -> None:
    form = lab.form("Criteria")
    row = form.rows.filter(has=lab.page.locator("textarea")).nth(10)
    name = form.cell(row, "Name").input_value()
    row.get_by_title(lab._("Remove")).click()
    asked = form.section.get_by_role("alertdialog")
    expect(asked).to_contain_text(lab._("Ballots"))
    lab.shoot("asked", asked)
    form.press("Yes, remove")
    form.save()
    assert name not in [row["name"] for row in stored(server).values()]
    removed = form.section.locator(".wb-removed")
    removed.locator("summary").click()
    expect(removed).to_contain_text(name)
    lab.shoot("removed", removed)
    removed.get_by_role("button", name=lab._("Put back")).click()
    expect(form.status).to_contain_text(lab._("Put back {time}.").split("{")[0], timeout=SOON)
    assert name in [row["name"] for row in stored(server).values()]


def test_two_windows_on_one_notebook_show_one_form(lab: Lab, window: Callable[[], Lab]) -> None:
    twin = window()
    twin.open("03_inventory")
    other = twin.form("Criteria")
    form = lab.form("Criteria")
    form.type(5, "Name", "In het ene venster")
    expect(other.cell(5, "Name")).to_have_value("In het ene venster", timeout=SOON)
    other.type(6, "Name", "In het andere")
    expect(form.cell(6, "Name")).to_have_value("In het andere", timeout=SOON)
    expect(form.cell(5, "Name")).to_have_value("In het ene venster")
    form.press("Discard changes")
    expect(other.cell(6, "Name")).not_to_have_value("In het andere", timeout=SOON)


def test_keys_of_a_score_form_are_no_shortcuts_of_jupyterlab(window: Callable[[], Lab]) -> None:
    lab = window()
    lab.open("07_preference")
    form = lab.form("Score form")
    assert form.rows.count() == 0, "nobody's scores show unasked"
    form.above("Participant", "p02")
    expect(form.rows).to_have_count(5)
    cells = lab.panel.locator(".jp-Cell").count()
    form.section.locator(".wb-symbol").first.click()
    lab.page.keyboard.type("-00ddabxmy")  # twice 0 restarts a kernel, twice d removes a cell
    expect(form.section.locator(".wb-symbol").nth(0)).to_have_value("−")
    expect(form.section.locator(".wb-symbol").nth(2)).to_have_value("±")
    assert lab.panel.locator(".jp-Cell").count() == cells
    assert lab.page.locator(".jp-Dialog").count() == 0
    lab.shoot("typed", form.section)
    lab.page.keyboard.press("Control+s")
    expect(form.status).to_contain_text(lab._("Saved {time}.").split("{")[0], timeout=SOON)
    lab.shoot("saved", form.section)
    form.press("Undo last save")


def test_no_key_beside_a_form_removes_it(lab: Lab) -> None:
    form = lab.form("Criteria")
    cells = lab.panel.locator(".jp-Cell").count()
    beside = [
        form.section.locator("h4"),
        form.section.locator("thead th").first,
        form.section.get_by_role("button", name=lab._("Save"), exact=True),
        form.section.locator("summary").first,
        lab.panel.locator(".jp-MarkdownCell").nth(2),
    ]
    for place in beside:
        place.click()
        lab.page.keyboard.type("ddxmyab00")
    assert lab.panel.locator(".jp-Cell").count() == cells
    assert lab.page.locator(".jp-Dialog").count() == 0
    form.section.wait_for()


def test_who_saves_a_score_form_goes_on_to_the_next_person(window: Callable[[], Lab]) -> None:
    lab = window()
    lab.open("07_preference")
    form = lab.form("Score form")
    form.above("Participant", "p11")
    expect(form.rows).to_have_count(5)
    form.press("Save, to the next person")
    expect(form.status).to_contain_text("p11", timeout=SOON)
    chosen = form.section.locator(".wb-selectors select").nth(1)
    expect(chosen).to_have_value("p12")
    form.press("Save, to the next person")
    expect(chosen).to_have_value("", timeout=SOON)
    expect(form.rows).to_have_count(0)
