"""What a person does in JupyterLab, by what they see: titles, labels and words."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Error, Locator, Page, expect

from workbook.locale import translator

SOON = 20_000  # milliseconds; a kernel that draws on two cores takes its time
KERNEL = 60_000
# Said by anywidget when the page was busy while a form loaded; see workbook/forms/hearing.js.
LATE = "[anywidget] Failed to initialize model."


class Lab:
    """One browser window on JupyterLab."""

    def __init__(self, page: Page, address: str, token: str, lang: str, pictures: Path) -> None:
        self.page, self.address, self.token, self.lang = page, address, token, lang
        self._ = translator(lang)
        self._pictures = pictures
        self._taken = 0
        self.errors: list[str] = []
        page.on("pageerror", self._failed)
        page.set_default_timeout(SOON)

    def _failed(self, error: Error) -> None:
        if str(error) != LATE:
            self.errors.append(str(error))

    def open(self, notebook: str, region: str = "voorbeeldregio") -> None:
        """Go to a notebook of a region and wait till it has run."""
        path = f"{region}/{self.lang}/live/{notebook}.ipynb"
        self.page.goto(f"{self.address}/lab/workspaces/test/tree/{path}?token={self.token}&reset")
        self.ready(notebook)

    def ready(self, notebook: str) -> None:
        """Wait till the notebook in front is this one and its last cell has run."""
        tab = self.page.locator(".lm-DockPanel-tabBar .lm-mod-current .lm-TabBar-tabLabel")
        tab.get_by_text(f"{notebook}.ipynb", exact=True).first.wait_for(timeout=KERNEL)
        self.panel.locator("nav").first.wait_for(timeout=KERNEL)
        idle = self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) [data-status=idle]")
        idle.first.wait_for(state="attached", timeout=KERNEL)

    @property
    def panel(self) -> Locator:
        """The notebook in front."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def form(self, title: str, nth: int = 0) -> Form:
        """Find a form by its English title."""
        found = self.panel.locator(f'section.wb-form[aria-label="{self._(title)}"]').nth(nth)
        found.wait_for(state="attached", timeout=KERNEL)
        found.scroll_into_view_if_needed()
        return Form(self, found)

    def picture(self, *words: str) -> Locator:
        """Find a picture by what its alternative text says."""
        found = self.panel.locator("img")
        for word in words:
            found = found.and_(self.page.locator(f'img[alt*="{word}"]'))
        return found.first

    def sees(self, *words: str) -> None:
        """Expect a picture whose alternative text holds these words."""
        self.picture(*words).wait_for(state="attached", timeout=SOON)

    def shoot(self, name: str, of: Locator | None = None) -> None:
        """Keep a picture of the screen, or of one thing on it."""
        self._taken += 1
        self._pictures.mkdir(parents=True, exist_ok=True)
        path = self._pictures / f"{self._taken:02d}-{name}.png"
        if of is not None:
            of.scroll_into_view_if_needed()
        self.page.screenshot(path=path)

    def restart_kernel(self) -> None:
        """Restart the kernel through the menu."""
        self.page.get_by_role("menuitem", name="Kernel", exact=True).click()
        self.page.get_by_role("menuitem", name=re.compile(r"^Restart Kernel…")).click()
        self.page.locator(".jp-Dialog button.jp-mod-accept").click()


class Form:
    """One form on the screen."""

    def __init__(self, lab: Lab, section: Locator) -> None:
        self.lab, self.section, self._ = lab, section, lab._

    @property
    def status(self) -> Locator:
        """The sentence beside the buttons."""
        return self.section.get_by_role("status")

    @property
    def rows(self) -> Locator:
        """The lines."""
        return self.section.locator("tr.wb-line, .wb-card")

    def press(self, label: str, *, exact: bool = True) -> None:
        """Press a button by its English label."""
        self.section.get_by_role("button", name=self._(label), exact=exact).first.click()

    def add(self) -> Locator:
        """Add a row and give it."""
        before = self.rows.count()
        self.press("Add a row", exact=False)
        expect(self.rows).to_have_count(before + 1)
        return self.rows.last

    def cell(self, row: int | Locator, column: str) -> Locator:
        """Find the input of a column by its English heading."""
        line = self.rows.nth(row) if isinstance(row, int) else row
        return line.get_by_label(re.compile(rf"(^|× ){re.escape(self._(column))}$")).first

    def type(self, row: int | Locator, column: str, text: str) -> None:
        """Type over what stands in a cell."""
        self.cell(row, column).fill(text)

    def choose(self, row: int | Locator, column: str, words: str) -> None:
        """Choose by the English words."""
        self.cell(row, column).select_option(label=self._(words))

    def above(self, label: str, value: str) -> None:
        """Choose above the form."""
        selector = self.section.locator(".wb-selectors").get_by_label(self._(label), exact=True)
        selector.select_option(value)

    def save(self) -> None:
        """Save and see that it says so."""
        self.press("Save")
        said = self._("Saved {time}.").split("{")[0]
        expect(self.status).to_contain_text(said, timeout=SOON)
