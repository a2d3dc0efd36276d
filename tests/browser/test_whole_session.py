"""A working session from the first code to the picture: everybody, in every way, at once."""

from __future__ import annotations

import base64
import csv
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import openpyxl
import psutil
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import PICTURES, Server
from tests.browser.driver import KERNEL, SOON, Lab
from tests.browser.phone import Phone
from workbook import exhibits
from workbook.case import Case, open_case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import Ballot, Priority, Score

LANG = "nl"
TYPED = {"1": "+", "0": "0", "-1": "-", "?": "?"}


@pytest.fixture
def alone(
    tmp_path_factory: pytest.TempPathFactory, chromium: str, kept_pictures: Path
) -> Iterator[Server]:
    """A JupyterLab that no other test uses."""
    del chromium
    running = Server(tmp_path_factory.mktemp("session"), LANG, kept_pictures)
    yield running
    running.stop()
    for process in psutil.process_iter(["cmdline"]):  # the page outlives the kernel
        if str(running.data / "voorbeeldregio") in (process.info["cmdline"] or []):
            process.terminate()


class Desk:
    """The facilitator: a terminal, and notebook 07 in JupyterLab."""

    def __init__(self, server: Server, browser: Browser) -> None:
        self.server = server
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        pictures = PICTURES / "session"
        self.lab = Lab(context.new_page(), server.address, server.token, LANG, pictures)
        self.case: Case = open_case("voorbeeldregio", lang=LANG, root=server.data)

    def type(self, *words: str) -> str:
        """Type a command of the workbook."""
        command = [str(Path(sys.executable).parent / "werkboek"), "--data", str(self.server.data)]
        done = subprocess.run(
            [*command, words[0], "voorbeeldregio", *words[1:], "--lang", LANG],
            env={**os.environ, "WERKBOEK_STATE": str(self.server.state)},
            cwd=self.server.data.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def press(self, label: str) -> None:
        """Press a button of the console by its English words."""
        self.lab.panel.get_by_role("button", name=self.lab._(label), exact=True).click()

    def counts(self, n: int) -> None:
        """Expect the console to say that so many have scored."""
        words = self.lab._("{n} of {all} have scored").format(n=n, all=12)
        self.lab.panel.get_by_text(words, exact=True).wait_for(timeout=SOON)

    @property
    def hash(self) -> str:
        path = self.server.data / "voorbeeldregio" / "ballots.csv"
        return hashlib.sha256(path.read_bytes()).hexdigest()

    @property
    def picture(self) -> Locator:
        """The heatmap in the notebook, known by the words that stand for it."""
        self.case.refresh()
        first, *_rest, last = exhibits.score_heatmap(self.case).alt.splitlines()
        return self.lab.picture(first, last)


def value_of(option: str, criterion: str) -> str:
    return list(Score)[(len(option) * 3 + len(criterion)) % 4].value


def test_a_whole_session(alone: Server, browser: Browser) -> None:
    desk = Desk(alone, browser)
    lab, case = desk.lab, desk.case
    before = desk.hash
    options = {option.name: option.id for option in scored_options(case)}
    criteria = [criterion.name for criterion in scored_criteria(case)]
    lab.open("07_preference")

    # The facilitator adds a round, opens it and starts the page.
    desk.press("Add another round")
    desk.press("Open the round")
    desk.counts(0)
    desk.press("Start the ballot page")
    link = lab.panel.locator('a[href^="http://127.0.0.1:"][rel=noreferrer]')
    address = link.inner_text(timeout=SOON)
    private = desk.server.data.parent / "runs" / "voorbeeldregio" / LANG / "session"
    desk.type("codes", "--address", address)
    codes = codes_in(private / "codes.csv")
    assert len(codes) == 12
    lab.shoot("opened", link)

    # Ten on phones of 320 pixels; the first by keyboard alone, the second without script.
    people = list(codes)
    phones = {}
    for n, who in enumerate(people[:10], 1):
        phones[who] = phone = Phone(browser, address, LANG, script=n != 2)
        if n == 1:
            by_keyboard(phone, codes[who], len(criteria), len(options))
        else:
            by_touch(phone, codes[who], criteria, options, case)
        if n == 2:
            lab.page.reload()  # what the console says is in the box, not on the page
            lab.ready("07_preference")
        if n in (1, 2, 10):
            desk.counts(n)
    lab.shoot("ten", link)

    # One in Excel, one on paper that is typed in.
    desk.type("forms")
    fill_in(private / f"voorbeeldregio-r3-{people[10]}.xlsx")
    told = desk.type("import", str(private / f"voorbeeldregio-r3-{people[10]}.xlsx"))
    assert people[10] in told
    desk.counts(11)
    form = lab.form("Score form")
    form.above("Round", "r3")
    form.above("Participant", people[11])
    expect(form.rows).to_have_count(len(options))
    for row, option in enumerate(options.values()):
        form.cell(row, criteria[0]).click()
        signs = [TYPED[value_of(option, c.id)] for c in scored_criteria(case)]
        lab.page.keyboard.type("".join(signs))
    form.save()
    desk.counts(12)
    ways = lab.panel.get_by_text(re.compile("10 .* · 1 .* · 1 "))
    ways.wait_for()
    lab.shoot("twelve", ways)

    # Nothing is readable yet: not in the case, not in the notebook.
    assert desk.hash == before
    desk.picture.wait_for(state="attached")  # of the round before
    round_before = desk.picture.get_attribute("src")
    expect(lab.panel.get_by_text("“Ronde 3”")).to_have_count(0)

    # Somebody is still typing when the round is closed, and is told.
    late = phones[people[2]]
    late.go(1)
    cell = (next(iter(options.values())), scored_criteria(case)[0].id)
    new = "1" if value_of(*cell) != "1" else "-1"
    late.choose(next(iter(options)), new)
    late.has_saved()
    desk.press("Close the round")
    lab.panel.get_by_role("button", name=lab._("Reveal"), exact=True).wait_for()
    late.choose(list(options)[1], "?")  # saved by the button, if it was that already
    late.press("Save and go on")
    late.says("The round was closed while you were typing. What you saved before counts.")
    late.is_accessible()
    assert desk.hash == before

    # The kernel dies between closing and revealing: the console is where it was.
    lab.restart_kernel()
    reveal = lab.panel.get_by_role("button", name=lab._("Reveal"), exact=True)
    reveal.wait_for(timeout=KERNEL)
    desk.counts(12)
    lab.ready("07_preference")
    expect(link).to_have_text(address)  # and so is the ballot page
    reveal.click()
    desk.press("Yes, reveal to everybody")
    lab.panel.get_by_text("In “Ronde 3” scoorden 12 deelnemers").first.wait_for(
        state="attached", timeout=KERNEL
    )
    assert desk.hash != before

    # What stands in the case is what everybody saved, and the first rounds are as they were.
    case.refresh()
    mine = [row for row in case.rows(Ballot) if row.round == "r3"]
    assert {row.participant for row in mine} == set(people)
    for row in mine:
        key = (row.participant, row.option, row.criterion)
        if key == (people[2], *cell):
            assert row.score == Score(new)
        elif row.participant == people[0]:
            first = row.option == next(iter(options.values()))
            assert row.score is (Score.MINUS if first else Score.PLUSMINUS)
        else:
            assert row.score == Score(value_of(row.option, row.criterion)), key
    orders = {p.who for p in case.rows(Priority) if p.round == "r3" and p.who != "plenary"}
    assert orders == set(people[:11])
    desk.picture.wait_for(state="attached", timeout=SOON)
    seen = desk.picture.get_attribute("src")
    assert seen != round_before
    lab.shoot("revealed", desk.picture)

    # The picture in the notebook is the one that a run makes.
    desk.type("run")
    assert base64.b64decode(seen.partition(",")[2]) == made_by_run(desk.server.data.parent)
    assert lab.errors == []
    for phone in phones.values():
        phone.close()
    desk.press("Stop the ballot page")
    expect(link).to_have_count(0, timeout=SOON)


def codes_in(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream, delimiter=";")
    assert head[2] == "code"
    return {row[0]: row[2] for row in rows}


def by_keyboard(phone: Phone, code: str, criteria: int, options: int) -> None:
    """Tab, arrows, space and Enter: the first option gets −, the others ±."""
    keys = phone.page.keyboard
    phone.start()
    phone.page.locator("#code").focus()
    keys.type(code)
    keys.press("Enter")
    for number in range(1, criteria + 1):
        expect(phone.page.locator(".where")).to_contain_text(f"{number} van {criteria}")
        phone.is_accessible()
        to(phone, "radio")
        for n in range(options):
            # The answers of an earlier round are filled in: go to the first, then choose.
            for _ in range(4):
                keys.press("ArrowRight")
                if phone.page.evaluate("document.activeElement.value") == "-1":
                    break
            if n:
                keys.press("ArrowRight")
            keys.press("Tab")
            if phone.page.evaluate("document.activeElement.tagName") == "TEXTAREA":
                keys.press("Tab")
        to(phone, "submit")
        keys.press("Enter")
    phone.heading(phone._("What matters most to you?"))
    to(phone, "select-one")
    keys.type("1")
    to(phone, "submit")
    keys.press("Enter")
    phone.page.locator(".receipt").wait_for()
    phone.is_accessible()


def to(phone: Phone, kind: str) -> None:
    """Press Tab until something of this kind has the focus."""
    for _ in range(40):
        if phone.page.evaluate("document.activeElement.type") == kind:
            return
        phone.page.keyboard.press("Tab")
    raise AssertionError(f"no {kind} can be reached")


def by_touch(
    phone: Phone, code: str, criteria: list[str], options: dict[str, str], case: Case
) -> None:
    """Tap every answer on every page, then the first in the order."""
    ids = {criterion.name: criterion.id for criterion in scored_criteria(case)}
    phone.enter(code)
    for name in criteria:
        phone.heading(name)
        for option, id in options.items():
            phone.choose(option, value_of(id, ids[name]))
        phone.press("Save and go on")
    phone.place(criteria[1], "1")
    phone.press("Save and go on")
    phone.page.locator(".receipt").wait_for()


def fill_in(path: Path) -> None:
    """Fill in an Excel form as its reader does, by the map that it carries."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    signs = {"1": "+", "0": "+/-", "-1": "-", "?": "?"}
    ranked = False
    for row in book.worksheets[1].iter_rows(values_only=True):
        kind, where, option, criterion = (*row, None, None, None)[:4]
        if kind == "score":
            sheet[where] = signs[value_of(option, criterion)]
        elif kind == "place" and not ranked:
            sheet[where], ranked = 1, True
    book.save(path)


def made_by_run(folder: Path) -> bytes:
    """Give the heatmap in the notebook that a run left."""
    run = folder / "runs" / "voorbeeldregio" / LANG
    (path,) = [path for path in run.rglob("07*.ipynb") if "live" not in path.parts]
    for cell in nbformat.read(path, as_version=4).cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "score_heatmap" in cell.source and "image/png" in data:
                return base64.b64decode(data["image/png"])
    raise AssertionError("no heatmap in the notebook")
