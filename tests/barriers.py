"""What a machine finds on a page that keeps somebody from reading it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_AXE = Axe()


def barriers(page: Page, *standards: str) -> list[tuple[str, str, str]]:
    """Give the rule, what it asks and the element, for each; all rules unless told which.

    What is as it should be is not told: on a long page that takes longer than the looking.
    """
    options: dict[str, list[str]] = {"resultTypes": ["violations"]}
    if standards:
        options["runOnly"] = list(standards)
    found = _AXE.run(page, options=options).response["violations"]
    return [(one["id"], one["help"], node["html"]) for one in found for node in one["nodes"]]
