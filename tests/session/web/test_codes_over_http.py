"""A code becomes a cookie, and is nowhere else."""

from __future__ import annotations

import logging
from time import perf_counter

import pytest

from workbook.case.tables import Score
from workbook.session.codes import is_whole, new_code, written
from workbook.session.web.throttle import CROWD, FREE, Throttle

from .conftest import Browser, Server


def wrong() -> str:
    return new_code()


@pytest.mark.parametrize("how", [str, str.lower, written, lambda code: f" {written(code)} "])
def test_a_code_is_taken_as_people_type_it(browser, box, how):
    answer = browser.enter(how(box.admission.codes()["a"]))
    assert (answer.status, answer.location) == (303, "/ballot/1")


def test_the_first_page_shows_nobodys_form_to_whoever_comes_next(inside, box, server):
    browser = inside("a")
    browser.save("/ballot/1", {"score.o1": "1"})
    start = browser.get("/")
    assert start.status == 200 and "Is it yours?" in start.text
    assert 'href="/ballot/summary"' in start.html
    token = browser.cookies["visit"]
    answer = browser.enter(box.admission.codes()["b"])
    assert (answer.status, answer.location) == (303, "/ballot/1")
    browser.save("/ballot/1", {"score.o1": "-1"})
    codes = box.admission.codes()
    assert box.ballot("r", codes["a"]).scores == {("o1", "c1"): Score.PLUS}
    assert box.ballot("r", codes["b"]).scores == {("o1", "c1"): Score.MINUS}
    kept = Browser(server.port, {"visit": token})  # of the one before
    assert kept.get("/ballot/1").location == "/"


def test_the_code_is_in_no_address_cookie_or_log(browser, box, caplog):
    caplog.set_level(logging.DEBUG)
    code = box.admission.codes()["a"]
    answer = browser.enter(code)
    page = browser.get("/ballot/1")
    for text in (answer.location, *browser.set_cookies, page.html, caplog.text):
        assert code not in text and code.lower() not in text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    visit = next(c for c in browser.set_cookies if c.startswith("visit="))
    assert "HttpOnly" in visit and "SameSite=Lax" in visit and "Secure" not in visit
    # What is kept of the visit is no use to who reads the file.
    token = browser.cookies["visit"]
    assert token.encode() not in box.path.read_bytes()


def test_cookies_only_travel_over_tls_where_there_is_tls(box):
    server = Server(box, secure=True)
    try:
        browser = Browser(server.port)
        browser.enter(box.admission.codes()["a"])
        browser.get("/?lang=nl")
        assert {c.partition("=")[0] for c in browser.set_cookies} == {"visit", "_xsrf", "lang"}
        assert all("Secure" in cookie for cookie in browser.set_cookies)
    finally:
        server.stop()


def test_a_slip_of_the_finger_is_told_apart_and_not_counted(browser, box):
    code = box.admission.codes()["a"]
    typo = next(code[:-1] + sign for sign in "23456789ABCDEFGHJK" if not is_whole(code[:-1] + sign))
    for text in (typo, "", code[:-1], "x" * 5000, "☃", "' OR 1=1 --"):
        answer = browser.enter(text)
        assert answer.status == 400
        assert "a sign is wrong or missing" in answer.text
    assert "visit" not in browser.cookies
    for _ in range(FREE + 5):
        browser.enter(typo)
    assert browser.enter(code).status == 303  # at once: the clock stands still


def test_an_unknown_and_a_withdrawn_code(browser, box):
    code = box.admission.codes()["a"]
    box.admission.withdraw("a")
    for given, told in ((wrong(), "isn't known here"), (code, "holds no more")):
        answer = browser.enter(given)
        assert answer.status == 400 and told in answer.text
    assert "visit" not in browser.cookies


def test_who_is_inside_when_a_code_is_withdrawn_is_outside(inside, box):
    browser = inside("a")
    page = browser.get("/ballot/1")
    box.admission.withdraw("a")
    answer = browser.save("/ballot/1", {"score.o1": "1"}, of=page)
    assert answer.status == 403 and "Type your code again first." in answer.text
    assert browser.save("/ballot/1", {"score.o1": "1"}, of=page, script=True).status == 403
    assert browser.get("/ballot/1").location == "/"
    assert box.count("r").begun == 0


def test_guessing_waits_and_the_right_code_still_gets_in(server, browser, box):
    for _ in range(FREE):
        assert browser.enter(wrong()).status == 400
    begun = perf_counter()  # the clock of the throttle stands still
    assert browser.enter(wrong()).status == 400
    assert perf_counter() - begun > 0.5  # it waited, and was told then
    assert browser.enter(box.admission.codes()["a"]).status == 303
    begun = perf_counter()
    server.now += 3600
    assert Browser(server.port).enter(wrong()).status == 400
    assert perf_counter() - begun < 0.5


def test_too_many_waiting_at_once_are_asked_to_come_back(server, browser, box, monkeypatch):
    monkeypatch.setattr(Throttle, "wait", lambda self, address: None)
    answer = browser.enter(wrong())
    assert answer.status == 429 and answer.headers["Retry-After"] == "10"
    assert "Wait ten seconds" in answer.text and CROWD >= 50
    # Whoever has a code is never kept out by those who guess.
    assert browser.enter(box.admission.codes()["a"]).status == 303


@pytest.mark.parametrize("way", ["/away", "/done"])
def test_leaving_forgets_the_visit(inside, box, way):
    browser = inside("a")
    browser.save("/ballot/1", {"score.o1": "1"})
    token = browser.cookies["visit"]
    page = browser.get("/ballot/summary")
    if way == "/away":
        answer = browser.get(way)
        assert (answer.status, answer.location) == (303, "https://www.knmi.nl/")
    else:
        answer = browser.post(way, page.fields)
        assert "Your code opens it again" in answer.text
    assert "visit" not in browser.cookies
    browser.cookies["visit"] = token  # somebody kept it
    assert browser.get("/ballot/1").location == "/"
    assert box.count("r").begun == 1


def test_a_cookie_that_is_nobodys(browser):
    for value in ("", "x", "%00", "a" * 3000):
        browser.cookies["visit"] = value
        assert browser.get("/ballot/1").location == "/"
        assert browser.get("/").status == 200
