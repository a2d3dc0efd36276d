"""What if, in the browser: the sentence and the picture follow, and the case stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Lab


def contents(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.glob("*.[cy]*")}


# What a browser or a kernel does is the same in both languages.
@pytest.mark.parametrize("server", ["nl"], indirect=True)
def test_the_sentence_and_the_picture_follow_the_controls(
    window: Callable[[], Lab], server
) -> None:
    folder = server.data / "voorbeeldregio"
    before = contents(folder)
    lab = window()
    lab.open("07_preference")
    _ = lab._
    as_it_stands = lab.panel.get_by_text(_("Nothing is changed: this is how it stands."))
    as_it_stands.first.wait_for(state="attached", timeout=60_000)

    group = lab.panel.get_by_label(_("Leave out"))
    group.scroll_into_view_if_needed()
    group.select_option(label=_("municipalities"))
    without = _("without {group}").format(group=_("municipalities"))
    told = lab.panel.locator("p", has_text=_("What if: {differences}.").format(differences=without))
    told.first.wait_for(state="attached")
    expect(as_it_stands).to_have_count(0)
    lab.shoot("what-if", group)

    slider = lab.panel.get_by_role("slider").first
    for _again in range(3):  # a key is lost where JupyterLab moves the page at that moment
        slider.press("ArrowRight")
        with suppress(AssertionError):
            expect(slider).to_have_attribute("aria-valuenow", "55.0", timeout=3_000)
            break
    worth = _("± is worth {share} of the way from − to +").format(share="55%")
    lab.panel.locator("p", has_text=f"{worth}; {without}").first.wait_for(state="attached")

    lab.panel.get_by_role("button", name=_("As it stands"), exact=True).click()
    as_it_stands.first.wait_for(state="attached")
    assert contents(folder) == before
    assert lab.errors == []
