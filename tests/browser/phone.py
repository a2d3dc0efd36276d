"""What a participant does on the ballot page, by what they see or hear."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.barriers import barriers
from workbook import handbook
from workbook.locale import translator
from workbook.session.asked import Asked

SMALL = {"width": 320, "height": 640}


class Phone:
    """A browser with nothing but the ballot page in it.

    Parameters
    ----------
    browser : Browser
    address : str
        Of the ballot page.
    lang : {"nl", "en"}
    script : bool
        Whether scripts run.
    """

    def __init__(self, browser: Browser, address: str, lang: str, *, script: bool = True) -> None:
        self.context = browser.new_context(viewport=SMALL, java_script_enabled=script)
        self.page: Page = self.context.new_page()
        self.address, self.lang, self.script = address, lang, script
        self._ = translator(lang)
        self.errors: list[str] = []
        self.asked_for: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.asked_for.append(request.url))
        self.page.set_default_timeout(15_000)

    def start(self) -> None:
        """Open the page in this person's language."""
        self.page.goto(f"{self.address}?lang={self.lang}")

    def enter(self, code: str) -> None:
        """Type a code."""
        self.start()
        self.page.get_by_label(self._("Your code")).fill(code)
        self.press("Go on")

    def press(self, label: str) -> None:
        """Press a button by its English words."""
        self.page.get_by_role("button", name=self._(label), exact=True).click()

    def go(self, place: str | int) -> None:
        """Go to a page of the form."""
        self.page.goto(f"{self.address}ballot/{place}")

    def answer(self, option: str, value: str) -> Locator:
        """Find the answer of one option on this page."""
        word = next(level.name.in_(self.lang) for level in handbook.scale() if level.value == value)
        group = self.page.get_by_role("group", name=option, exact=True)
        return group.get_by_role("radio", name=word, exact=True)

    def choose(self, option: str, value: str) -> None:
        """Tap an answer."""
        self.answer(option, value).check()

    def place(self, criterion: str, place: str) -> None:
        """Give a criterion a place."""
        self.page.get_by_label(criterion, exact=True).select_option(label=place)

    def says(self, text: str) -> None:
        """Expect words on the page, given in English."""
        expect(self.page.locator("main")).to_contain_text(self._(text))

    def heading(self, text: str) -> None:
        """Expect the one heading of this page."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def has_saved(self) -> None:
        """Expect the script to say that it has saved."""
        state = self.page.locator("#state")
        expect(state).to_have_text(re.compile(rf"^✓ {re.escape(self._('Saved'))} \d\d:\d\d$"))

    def fill(self, asked: Asked, value_of) -> None:
        """Fill in the whole form, page by page, and end at the summary."""
        for number, criterion in enumerate(asked.criteria, 1):
            self.heading(criterion.name)
            for option in asked.options:
                self.choose(option.name, value_of(option.id, criterion.id))
            assert f"/ballot/{number}" in self.page.url
            self.press("Save and go on")
        self.heading(self._("What matters most to you?"))
        for place, criterion in enumerate(asked.criteria[:2], 1):
            self.place(criterion.name, str(place))
        self.press("Save and go on")
        self.heading(self._("What you filled in"))

    def is_accessible(self) -> None:
        """Expect no violation that a machine can find, and no sideways scrolling."""
        if not self.script:
            return
        assert barriers(self.page) == []
        self.fits()

    def fits(self) -> None:
        """Expect nothing wider than the screen."""
        wide, screen = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= screen, self.page.url
        title = self.page.title()
        assert title in ("Questionnaire", "Vragenlijst")

    def close(self) -> None:
        """Put it away; nothing went wrong in it, and it spoke with nobody else."""
        self.context.close()
        assert self.errors == []
        assert [url for url in self.asked_for if not url.startswith((self.address, "data:"))] == []
