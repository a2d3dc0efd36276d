"""Every page: its headers, its words, and what a screen reader finds in it."""

from __future__ import annotations

import re
import socket
from contextlib import suppress

import pytest

from workbook.case.tables import Names
from workbook.session.asked import Asked, AskedCriterion, AskedOption
from workbook.session.web.pages import AWAY

from .conftest import Browser, Outline

ALL = ["/", "/ballot/1", "/ballot/2", "/ballot/order", "/ballot/summary", "/nowhere", "/ballot/99"]


@pytest.fixture(params=["nl", "en"])
def pages(request, inside, browser):
    """Every page as somebody sees it, and the first as a stranger does."""
    someone = inside("a")
    someone.save("/ballot/1", {"score.o1": "1"})
    old = someone.get("/ballot/1")
    someone.save("/ballot/1", {"score.o1": "0"}, of=old)
    for one in (someone, browser):
        one.get(f"/?lang={request.param}")
    found = {path: someone.get(path) for path in ALL[1:]}
    found["/"] = browser.get("/")
    found["wrong code"] = browser.enter("x")
    found["stale"] = someone.save("/ballot/1", {"score.o1": "-1"}, of=old)
    found["no token"] = someone.post("/ballot/1", {})
    found["too large"] = someone.post("/ballot/1", b"x" * 100_000)
    found["strange"] = someone.save("/ballot/1", {"extra": "1"})
    return request.param, found


def test_headers_of_every_page(pages):
    for path, page in pages[1].items():
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, path
        assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy
        assert page.headers["Cache-Control"] == "no-store", path
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Server"] is None


def test_the_title_is_neutral_and_the_way_out_is_there(pages):
    lang, found = pages
    title = {"nl": "Vragenlijst", "en": "Questionnaire"}[lang]
    for path, page in found.items():
        assert f"<title>{title}</title>" in page.html, path
        assert 'href="/away"' in page.html, path
        assert f'<html lang="{lang}">' in page.html


def test_nothing_comes_from_elsewhere(pages):
    for path, page in pages[1].items():
        found = set(re.findall(r'(?:src|href|action|data-\w+)="(https?:[^"]*)"', page.html))
        assert found <= {AWAY}, path
        assert "style=" not in page.html and "onclick" not in page.html, path


def test_a_screen_reader_finds_its_way(pages):
    for path, page in pages[1].items():
        outline = Outline(page.html)
        assert len(outline.all("h1")) == 1, path
        assert len(outline.all("main")) == 1 and len(outline.all("nav")) == 1
        assert len(outline.all("fieldset")) == len(outline.all("legend"))
        labels = {attrs.get("for") for attrs in outline.all("label")}
        for tag, attrs, above in outline.found:
            if tag in ("select", "textarea") or (
                tag == "input" and attrs.get("type") not in ("hidden",)
            ):
                assert "label" in above or attrs.get("id") in labels, (path, attrs)
            if tag == "input" and attrs.get("type") == "radio":
                assert "fieldset" in above, path
        ids = [attrs["id"] for _tag, attrs, _above in outline.found if "id" in attrs]
        assert len(ids) == len(set(ids)), path


def test_a_page_without_script_has_all_it_needs(inside):
    outline = Outline(inside("a").get("/ballot/1").html)
    (form,) = outline.all("form")
    assert (form["method"], form["action"]) == ("post", "/ballot/1")
    assert {"type": "submit"} in outline.all("button")
    radios = [attrs for attrs in outline.all("input") if attrs.get("type") == "radio"]
    assert {(r["name"], r["value"]) for r in radios} == {
        (f"score.{option}", value) for option in ("o1", "o2") for value in ("-1", "0", "1", "?")
    }


def test_the_language_is_chosen_and_kept(browser):
    assert "Your code" in browser.get("/").text
    assert "Uw code" in browser.get("/?lang=nl").text
    assert "Uw code" in browser.get("/").text
    assert "Uw code" in browser.get("/?lang=de").text
    assert "Uw code" in browser.get("/?lang=%3Cscript%3E").text
    assert "Your code" in browser.get("/?lang=en").text


def test_what_the_region_wrote_is_marked_as_its_own_language(inside):
    page = inside("a").get("/ballot/2?lang=nl")
    assert '<html lang="nl">' in page.html
    assert '<h1 lang="en">Second</h1>' in page.html and '<legend lang="en">One' in page.html


def test_the_meaning_of_the_signs_is_the_criterion_s_own_or_the_general_one(inside):
    browser = inside("a")
    own = browser.get("/ballot/2").text
    assert "− poor m ± fair pm + good p" in own and "about" in own
    assert "− poor m" not in browser.get("/ballot/1").text
    assert "− poor" in browser.get("/ballot/1").text


def test_markup_in_names_is_shown_as_it_is(box, inside):
    sign = '<b onclick="x">&{{ 1 }}'
    asked = Asked(sign, sign, "nl", False, (AskedOption("o1", sign, (sign, sign)),),
                  (AskedCriterion("c1", sign, sign, sign, sign, sign),))  # fmt: skip
    box.end("r")
    box.set_up("s", Names.OPEN)
    box.open("s", asked, {})
    browser = inside("a")
    browser.save("/ballot/1", {"score.o1": "1"})
    for path in ("/ballot/1", "/ballot/order", "/ballot/summary"):
        page = browser.get(path)
        assert "<b onclick" not in page.html and sign in page.text, path
    assert "Made up" not in browser.get("/ballot/1").text


def test_what_is_made_up_says_so(inside):
    assert "Made up: an example, not a real region" in inside("a").get("/ballot/1").text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "POST", "GET"])
@pytest.mark.parametrize(
    "path",
    ["/", "/enter", "/ballot/0", "/ballot/1", "/ballot/1/", "/ballot/order", "/done", "/away",
     "/asset/ballot.css", "/asset/../page.py", "/asset/%2e%2e/x", "/%00", "/ballot/%F0%28",
     "/?lang=%ff", "/" + "x" * 3000, "//elsewhere.example/", "/ballot/1?a=" + "b" * 2000],
)  # fmt: skip
def test_odd_requests_get_a_plain_answer(server, method, path):
    browser = Browser(server.port, {"visit": "a'b%00", "_xsrf": "2|x|y|z", "lang": "xx"})
    answer = browser.ask(method, path, b"a=b" if method in ("PUT", "POST", "PATCH") else None)
    assert answer.status < 500
    assert "Traceback" not in answer.html and "tornado" not in answer.html.lower()
    assert not answer.location.startswith(("//", "http")) or answer.location == AWAY


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\nCookie: visit=\x7f\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # TLS on a plain port
        b"POST /ballot/1 HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"\r\n" * 100,
    ],
)
def test_what_is_no_request_ends_the_connection_and_no_more(server, browser, sent):
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        with suppress(ConnectionResetError):
            answer = line.recv(100)
            assert b" 5" not in answer[:12] and b"Traceback" not in answer
    assert browser.get("/").status == 200


def test_the_assets_are_there(browser):
    assert browser.get("/asset/ballot.css").headers["Content-Type"] == "text/css; charset=utf-8"
    script = browser.get("/asset/ballot.js")
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "http://" not in script.html and "eval" not in script.html
