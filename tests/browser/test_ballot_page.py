"""The ballot page on a phone of 320 pixels, in both languages: by touch, by keyboard, by ear."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.phone import SMALL, Phone
from workbook.case import open_case
from workbook.case.tables import Ballot, Names, Score
from workbook.session.asked import Asked
from workbook.session.ballot import Filled
from workbook.session.page import start_page, stop_page
from workbook.session.session import Session

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / ".test-output" / "ballot-page"


class Room:
    """A round that is open, and the real server in a process of its own."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "data" / "voorbeeldregio", folder / "data" / "voorbeeldregio")
        self.case = open_case("voorbeeldregio", lang="nl", root=folder / "data")
        self.case.write({Ballot: []})
        self.session = Session(self.case)
        self.round = ""
        self.new_round(Names.OPEN)
        self.start()
        self._free = [person.id for person in self.session.people()]

    def new_round(self, names: Names) -> None:
        if self.session.box.open_round():
            self.session.close_round(self.round)
        self.round = self.session.add_round("Ronde met telefoons", names)
        self.session.open(self.round)

    def start(self) -> None:
        self.address = start_page(self.case, self.session.box).address

    def end(self) -> None:
        stop_page(self.session.box)

    @property
    def asked(self) -> Asked:
        found = self.session.box.asked(self.round)
        assert found is not None
        return found

    def somebody(self) -> tuple[str, str]:
        """Give somebody who has scored nothing yet, and their code."""
        if not self._free:
            self.new_round(Names.OPEN)
            self._free = [person.id for person in self.session.people()]
        who = self._free.pop(0)
        return who, self.session.box.admission.codes()[who]

    def ballot(self, code: str) -> Filled:
        found = self.session.box.ballot(self.round, code)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Room]:
    del chromium
    folder = tmp_path_factory.mktemp("room")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "WERKBOEK_STATE", str(folder / "state"))
        made = Room(folder)
        yield made
        made.end()
        made.session.close()


@pytest.fixture(params=["nl", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def phone(room: Room, browser: Browser, lang: str) -> Iterator[Callable[..., Phone]]:
    given: list[Phone] = []

    def new(**more: bool) -> Phone:
        given.append(Phone(browser, room.address, lang, **more))
        return given[-1]

    yield new
    for one in given:
        one.close()


def value_of(option: str, criterion: str) -> str:
    return list(Score)[(len(option) + len(criterion)) % 4].value


def whole(asked: Asked) -> dict[tuple[str, str], Score]:
    return {cell: Score(value_of(*cell)) for cell in asked.cells}


def shoot(phone: Phone, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    phone.page.screenshot(path=PICTURES / f"{name}-{phone.lang}.png", full_page=True)
    phone.page.set_viewport_size({"width": 1280, "height": 720})
    phone.page.screenshot(path=PICTURES / f"{name}-{phone.lang}-wide.png")
    phone.page.set_viewport_size(SMALL)


def test_a_whole_ballot_page_by_page(room: Room, phone: Callable[..., Phone]) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.start()
    one.is_accessible()
    shoot(one, "1-start")
    one.enter(code.lower())
    first, options = room.asked.criteria[0], room.asked.options
    one.heading(first.name)
    one.is_accessible()
    one.choose(options[0].name, "-1")
    one.has_saved()
    saved = room.ballot(code)
    assert saved.scores == {(options[0].id, first.id): Score.MINUS}
    one.is_accessible()
    shoot(one, "2-criterion")
    one.fill(room.asked, value_of)
    one.is_accessible()
    shoot(one, "4-summary")
    filled = room.ballot(code)
    assert filled.scores == whole(room.asked)
    assert filled.order == {c.id: n for n, c in enumerate(room.asked.criteria[:2], 1)}
    n = len(room.asked.cells)
    receipt = one.page.locator(".receipt")
    expect(receipt).to_contain_text(f"{n} ")
    assert re.search(r"\b[0-9A-F]{6}$", receipt.inner_text())
    one.go("order")
    one.is_accessible()
    shoot(one, "3-order")
    one.go("summary")
    one.press("I'm done")
    one.says("You can close this page. Your code opens it again.")
    one.is_accessible()
    one.go("1")
    one.page.get_by_label(one._("Your code")).wait_for()


def test_one_answer_short_is_kept_and_told(room: Room, phone: Callable[..., Phone]) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.enter(code)
    for option in room.asked.options[1:]:
        one.choose(option.name, "1")
    one.press("Save and go on")
    one.heading(room.asked.criteria[1].name)
    one.go("summary")
    one.says("Still open, and it may stay so:")
    one.is_accessible()
    link = one.page.get_by_role("link", name=f"{room.asked.criteria[0].name}: 1")
    link.click()
    one.heading(room.asked.criteria[0].name)
    expect(one.answer(room.asked.options[1].name, "1")).to_be_checked()
    assert len(room.ballot(code).scores) == len(room.asked.options) - 1


def test_by_keyboard_alone_with_the_focus_in_sight(room: Room, phone: Callable[..., Phone]) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.start()
    keys = one.page.keyboard

    def to(name: str) -> None:
        """Press Tab until the thing with this id, name or words has the focus."""
        for _ in range(60):
            keys.press("Tab")
            found = one.page.evaluate(
                "(n) => { const e = document.activeElement; return [e.id, e.name, e.innerText,"
                " getComputedStyle(e).outlineStyle, e.closest('label') &&"
                " getComputedStyle(e.closest('label')).outlineStyle]; }",
                name,
            )
            assert "none" not in found[3:4] or found[4] == "solid", found
            if name in [str(part).strip() for part in found[:3]]:
                return
        raise AssertionError(f"{name} can't be reached with Tab")

    to("code")
    keys.type(code)
    keys.press("Enter")
    for criterion in room.asked.criteria:
        one.heading(criterion.name)
        for n, option in enumerate(room.asked.options):
            to(f"score.{option.id}")
            if n == 0:
                keys.press("Space")
            else:
                keys.press("ArrowRight")
        to(one._("Save and go on"))
        keys.press("Enter")
    one.heading(one._("What matters most to you?"))
    to("place-1")
    keys.type("1")
    to(one._("Save and go on"))
    keys.press("Enter")
    one.heading({"nl": "Wat u hebt ingevuld", "en": "What you filled in"}[one.lang])
    filled = room.ballot(code)
    first = room.asked.options[0].id
    for (option, _criterion), score in filled.scores.items():
        assert score is (Score.MINUS if option == first else Score.PLUSMINUS)
    assert filled.scores.keys() == room.asked.cells
    assert filled.order == {room.asked.criteria[0].id: 1}


def test_without_script_it_does_all_the_same(room: Room, phone: Callable[..., Phone]) -> None:
    one, (_who, code) = phone(script=False), room.somebody()
    one.enter(code)
    one.fill(room.asked, value_of)
    assert room.ballot(code).scores == whole(room.asked)
    one.go(2)
    one.press("Save and go on")  # nothing else chosen
    one.heading(room.asked.criteria[2].name)
    one.page.go_back()
    one.choose(room.asked.options[0].name, "0")
    one.press("Save and go on")
    cell = (room.asked.options[0].id, room.asked.criteria[1].id)
    assert room.ballot(code).scores[cell] is Score.PLUSMINUS


def test_a_link_with_the_code_leaves_no_trace_of_it(
    room: Room, phone: Callable[..., Phone]
) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.page.goto(f"{room.address}#{code}")
    one.heading(room.asked.criteria[0].name)
    assert code not in one.page.url
    assert not [url for url in one.asked_for if code in url.partition("#")[0]]
    kept = one.page.evaluate("JSON.stringify([localStorage, document.referrer, name])")
    assert code not in kept and code not in str(one.context.cookies())
    one.page.go_back()
    one.page.wait_for_load_state()
    assert code not in one.page.url


def test_a_link_on_a_used_phone_opens_nobody_elses_form(
    room: Room, phone: Callable[..., Phone]
) -> None:
    one, (_who, first), (_other, second) = phone(), room.somebody(), room.somebody()
    option = room.asked.options[0]
    one.start()
    one.page.goto("about:blank")
    one.page.goto(f"{room.address}#{first}")
    one.choose(option.name, "1")
    one.has_saved()
    one.start()  # whoever comes next sees a question, and no answer
    one.says("A form is open in this browser already. Is it yours?")
    expect(one.page.get_by_role("radio")).to_have_count(0)
    one.is_accessible()
    shoot(one, "1b-used-phone")
    one.page.goto("about:blank")
    one.page.goto(f"{room.address}#{second}")
    one.heading(room.asked.criteria[0].name)
    assert second not in one.page.url
    assert room.ballot(second).version == 0
    expect(one.answer(option.name, "1")).not_to_be_checked()
    one.choose(option.name, "-1")
    one.has_saved()
    cell = (option.id, room.asked.criteria[0].id)
    assert room.ballot(first).scores == {cell: Score.PLUS}
    assert room.ballot(second).scores == {cell: Score.MINUS}


def test_bigger_letters_and_a_narrow_screen_scroll_one_way_only(
    room: Room, phone: Callable[..., Phone]
) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.enter(code)
    for place in ("1", "order", "summary"):
        one.go(place)
        one.page.evaluate("document.documentElement.style.fontSize = '200%'")
        one.fits()
    shoot(one, "5-big-letters")
    one.page.set_viewport_size({"width": SMALL["width"] // 2, "height": SMALL["height"] // 2})
    for place in ("1", "order", "summary"):  # what a zoom to 200% leaves of the screen
        one.go(place)
        one.fits()


def test_double_tap_and_back_button_count_once_and_last(
    room: Room, phone: Callable[..., Phone]
) -> None:
    one, (_who, code) = phone(script=False), room.somebody()
    one.enter(code)
    option, criterion = room.asked.options[0], room.asked.criteria[0]
    one.choose(option.name, "-1")
    one.page.get_by_role("button", name=one._("Save and go on")).dblclick()
    one.heading(room.asked.criteria[1].name)
    assert room.ballot(code).scores == {(option.id, criterion.id): Score.MINUS}
    assert room.ballot(code).version == 1
    one.go(1)
    one.choose(option.name, "0")
    one.press("Save and go on")
    one.heading(room.asked.criteria[1].name)
    one.page.go_back()
    one.choose(option.name, "1")
    one.press("Save and go on")
    if one.page.get_by_role("alert").count():  # the page came from the browser's memory
        one.press("Save and go on")
    one.heading(room.asked.criteria[1].name)
    assert room.ballot(code).scores[option.id, criterion.id] is Score.PLUS


def test_two_windows_show_each_other_before_anything_is_lost(
    room: Room, phone: Callable[..., Phone]
) -> None:
    one, two, (_who, code) = phone(script=False), phone(), room.somebody()
    option, criterion = room.asked.options[0], room.asked.criteria[0]
    one.enter(code)
    two.enter(code)
    two.choose(option.name, "1")
    two.has_saved()
    one.choose(option.name, "-1")
    one.press("Save and go on")
    told = one.page.get_by_role("alert")
    expect(told).to_contain_text(
        one._(
            "Since you opened this page, something else was saved. Below is what you chose here; "
            "press the button to save it."
        )
    )
    expect(one.page.get_by_role("group", name=option.name)).to_contain_text("+")
    assert room.ballot(code).scores == {(option.id, criterion.id): Score.PLUS}
    one.press("Save and go on")
    assert room.ballot(code).scores == {(option.id, criterion.id): Score.MINUS}
    two.choose(room.asked.options[1].name, "0")  # this window doesn't know of that
    expect(two.page.locator("#state")).to_have_text(
        two._("Something else was saved since. Press the button to look at both.")
    )
    two.press("Save and go on")
    two.page.get_by_role("alert").wait_for()
    two.is_accessible()
    shoot(two, "6-two-windows")
    assert room.ballot(code).scores == {(option.id, criterion.id): Score.MINUS}


def test_no_server_for_a_while_and_then_again(room: Room, phone: Callable[..., Phone]) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.enter(code)
    one.choose(room.asked.options[1].name, "0")
    one.has_saved()
    room.end()
    one.choose(room.asked.options[0].name, "1")
    failing = one._("Not saved yet; trying again")
    expect(one.page.locator("#state")).to_have_text(failing)
    address = room.address
    room.start()
    assert room.address == address  # the port it had is free
    one.has_saved()
    assert len(room.ballot(code).scores) == 2


def test_an_answer_given_before_the_script_is_there_is_saved(
    room: Room, phone: Callable[..., Phone]
) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.start()
    held: list[Route] = []
    one.page.route("**/asset/ballot.js", lambda route: held.append(route))
    one.page.get_by_label(one._("Your code")).fill(code)
    one.page.get_by_role("button", name=one._("Go on")).click(no_wait_after=True)
    first, *_others = room.asked.options
    one.choose(first.name, "-1")
    expect(one.page.locator("#state")).to_have_text("")
    assert room.ballot(code).scores == {}
    held.pop().continue_()
    one.has_saved()
    assert room.ballot(code).scores == {(first.id, room.asked.criteria[0].id): Score.MINUS}
    saved = room.ballot(code).version
    one.page.unroute("**/asset/ballot.js")
    one.go("order")  # where nothing was answered nothing is saved
    one.page.wait_for_load_state()
    expect(one.page.locator("#state")).to_have_text("")
    assert room.ballot(code).version == saved


def test_loaded_again_it_shows_what_is_saved(room: Room, phone: Callable[..., Phone]) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.enter(code)
    first, second, *_others = room.asked.options
    one.choose(first.name, "1")
    one.has_saved()
    one.page.route(
        "**/ballot/1", lambda r: r.abort() if r.request.method == "POST" else r.fallback()
    )
    one.choose(second.name, "1")
    expect(one.page.locator("#state")).to_have_text(one._("Not saved yet; trying again"))
    one.page.reload()
    expect(one.answer(first.name, "1")).to_be_checked()
    expect(one.answer(second.name, "1")).not_to_be_checked()
    assert len(room.ballot(code).scores) == 1


def test_leaving_quickly_leaves_nothing_behind(room: Room, phone: Callable[..., Phone]) -> None:
    one, (_who, code) = phone(), room.somebody()
    gone: list[str] = []
    one.page.route(
        "https://**", lambda route: (gone.append(route.request.url), route.fulfill(body="weather"))
    )
    one.enter(code)
    one.choose(room.asked.options[0].name, "1")
    one.has_saved()
    one.page.get_by_role("link", name=one._("Leave quickly")).click()
    expect(one.page.locator("body")).to_have_text("weather")
    assert gone == ["https://www.knmi.nl/"]
    one.asked_for.clear()
    one.page.go_back()
    one.page.wait_for_load_state()
    assert "ballot" not in one.page.url
    expect(one.page.get_by_role("radio")).to_have_count(0)
    one.go(1)
    one.page.get_by_label(one._("Your code")).wait_for()
    assert len(room.ballot(code).scores) == 1


def test_leaving_quickly_waits_for_nothing(room: Room, phone: Callable[..., Phone]) -> None:
    one, (_who, code) = phone(), room.somebody()
    one.page.route("https://**", lambda route: route.fulfill(body="weather"))
    one.enter(code)
    one.heading(room.asked.criteria[0].name)
    one.page.wait_for_load_state()  # a page that isn't shown yet can't be left
    served = room.session.box.served()
    assert served is not None
    os.kill(served[1], signal.SIGSTOP)  # a server, or a network, that doesn't answer
    try:
        one.page.get_by_role("link", name=one._("Leave quickly")).click(no_wait_after=True)
        expect(one.page.locator("body")).to_have_text("weather", timeout=3_000)
    finally:
        os.kill(served[1], signal.SIGCONT)
    one.asked_for.clear()


def test_closed_while_somebody_types(room: Room, phone: Callable[..., Phone]) -> None:
    one, plain = phone(), phone(script=False)
    (_who, code), (_other, second) = room.somebody(), room.somebody()
    names = [option.name for option in room.asked.options]
    one.enter(code)
    plain.enter(second)
    one.choose(names[0], "1")
    one.has_saved()
    plain.choose(names[0], "-1")
    room.session.close_round(room.round)
    one.choose(names[1], "1")
    closed = "The round was closed while you were typing. What you saved before counts."
    expect(one.page.locator("#state")).to_have_text(one._(closed))
    one.press("Save and go on")
    plain.press("Save and go on")
    for person, scores in ((one, 1), (plain, 0)):
        person.heading(person._("The round is closed. Thank you."))
        person.says(closed)
        assert person.page.get_by_role("button", name=person._("Save and go on")).count() == 0
        assert len(room.ballot(code if person is one else second).scores) == scores
    one.is_accessible()
    shoot(one, "7-closed")
    plain.says("Nothing was saved.")
    room.session.open(room.round)


def test_pages_that_say_no_are_plain_and_accessible(
    room: Room, phone: Callable[..., Phone]
) -> None:
    one, (who, code) = phone(), room.somebody()
    one.enter("ABCDEFGHJK")
    one.says("This isn't a code: a sign is wrong or missing. Look at your slip again.")
    one.is_accessible()
    shoot(one, "8-wrong-code")
    one.page.goto(f"{room.address}nowhere?lang={one.lang}")
    one.says("There is no page here.")
    one.is_accessible()
    room.session.close_round(room.round)
    with sqlite3.connect(room.session.box.path) as db:
        before = dict(db.execute("SELECT id, stage FROM round"))
        db.execute("UPDATE round SET stage = 'setup'")
    one.enter(code)
    one.heading(one._("Wait a moment"))
    one.is_accessible()
    shoot(one, "9-wait")
    with sqlite3.connect(room.session.box.path) as db:
        db.executemany(
            "UPDATE round SET stage = ? WHERE id = ?", [(v, k) for k, v in before.items()]
        )
    room.session.open(room.round)
    # By itself:
    first = one.page.get_by_role("heading", name=room.asked.criteria[0].name)
    first.wait_for(timeout=15_000)
    room.session.box.admission.withdraw(who)
    one.go(1)
    one.enter(code)
    one.says("This code holds no more. Ask the facilitator for a new one.")
    one.is_accessible()
    room.session.box.admission.give([who])


@pytest.mark.parametrize("names", list(Names))
def test_everybody_is_told_whether_scores_bear_names(
    room: Room, phone: Callable[..., Phone], names: Names
) -> None:
    one, (_who, code) = phone(), room.somebody()
    room.new_round(names)
    one.enter(code)
    promise = {Names.OPEN: "by name", Names.ANONYMOUS: "anonymous"}[names]
    dutch = {Names.OPEN: "op naam", Names.ANONYMOUS: "anoniem"}[names]
    expect(one.page.locator("main")).to_contain_text(promise if one.lang == "en" else dutch)
    one.is_accessible()
