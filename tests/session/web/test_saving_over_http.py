"""What a browser sends is saved as a whole and told, or not saved and told."""

from __future__ import annotations

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from workbook.case.tables import Names, Score
from workbook.session.ballot import LONGEST_REASON, Filled, Stage

from .conftest import Browser

BOTH = {"score.o1": "1", "score.o2": "-1"}


def mine(box, who="a", round="r") -> Filled:
    return box.ballot(round, box.admission.codes()[who])


def second_round(box, asked, scores=None):
    box.end("r")
    box.set_up("s", Names.OPEN)
    box.open("s", asked, {"a": scores or {("o1", "c1"): Score.PLUS}})


def test_page_by_page_to_the_receipt(inside, box):
    browser = inside("a")
    assert browser.save("/ballot/1", BOTH).location == "/ballot/2"
    assert browser.save("/ballot/2", {"score.o1": "?", "score.o2": "0"}).location == "/ballot/order"
    done = browser.save("/ballot/order", {"place.c1": "2", "place.c2": "1"})
    assert done.location == "/ballot/summary"
    assert mine(box).scores == {
        ("o1", "c1"): Score.PLUS,
        ("o2", "c1"): Score.MINUS,
        ("o1", "c2"): Score.DONT_KNOW,
        ("o2", "c2"): Score.PLUSMINUS,
    }
    assert mine(box).order == {"c1": 2, "c2": 1}
    first = browser.get("/ballot/summary").text
    assert "4 of 4 answers" in first and "Second First" in first.partition("matters most")[2]
    assert browser.get("/ballot/summary").text == first
    browser.save("/ballot/1", {"score.o1": "-1"})
    assert browser.get("/ballot/summary").text != first  # another receipt too
    assert 'href="/ballot/summary"' in browser.get("/").html


@pytest.mark.parametrize(
    ("page", "where", "further"),
    [
        ("/ballot/1", "back", "/ballot/1"),
        ("/ballot/2", "back", "/ballot/1"),
        ("/ballot/2", "summary", "/ballot/summary"),
        ("/ballot/2", "elsewhere", "/ballot/order"),
        ("/ballot/order", "back", "/ballot/2"),
    ],
)
def test_every_button_saves_before_it_goes_on(inside, box, page, where, further):
    given = {"place.c1": "1"} if page.endswith("order") else {"score.o1": "1"}
    assert inside("a").save(page, {**given, "next": where}).location == further
    assert mine(box).version == 1


def test_an_answer_can_be_left_open_again(inside, box):
    browser = inside("a")
    assert 'value=""> <span>leave it open' not in browser.get("/ballot/1").html
    browser.save("/ballot/1", BOTH)
    assert browser.get("/ballot/1").html.count('value=""> <span>leave it open') == 2
    browser.save("/ballot/1", {"score.o1": ""})
    assert mine(box).scores == {("o2", "c1"): Score.MINUS}


def test_one_answer_short_is_kept_and_stays_open(inside, box):
    browser = inside("a")
    browser.save("/ballot/1", {"score.o1": "0"})
    summary = browser.get("/ballot/summary")
    assert "1 of 4 answers" in summary.text
    assert "Still open, and it may stay so: First : 1 Second : 2" in summary.text
    assert mine(box).scores == {("o1", "c1"): Score.PLUSMINUS}
    assert browser.save("/ballot/2", {}).status == 303  # nothing chosen is allowed


@pytest.mark.parametrize(
    "strange",
    [
        {"score.o9": "1"},
        {"score.": "1"},
        {"score": "1"},
        {"score.o1": "2"},
        {"score.o1": "goed"},
        {"score.o1": ["1", "0"]},
        {"place.c1": "1"},
        {"extra": "1"},
        {"reason.o1": "x" * (LONGEST_REASON + 1)},
        {"reason.o1": "a\x00b"},
        {"reason.o9": "x"},
        {"base": "-1"},
        {"base": "1e3"},
        {"base": ""},
        {"request": "short"},
        {"request": "<script>alert"},
        {"request": ["abcdefgh", "ijklmnop"]},
    ],
)
def test_what_no_form_of_ours_sends_is_refused_whole(inside, box, strange):
    browser = inside("a")
    answer = browser.save("/ballot/1", {**BOTH, **strange})
    assert answer.status == 400
    assert "This doesn't belong to this form. Nothing was saved." in answer.text
    assert mine(box) == Filled()


@pytest.mark.parametrize(
    "strange",
    [{"place.c9": "1"}, {"place.c1": "0"}, {"place.c1": "-1"}, {"place.c1": "100"},
     {"place.c1": "1.5"}, {"score.o1": "1"}, {"place.c1": ["1", "2"]}, {"place.c1": "١"}],
)  # fmt: skip
def test_an_order_that_is_none_is_refused_whole(inside, box, strange):
    browser = inside("a")
    assert browser.save("/ballot/order", {"place.c2": "1", **strange}).status == 400
    assert mine(box) == Filled()


def test_places_may_be_shared_left_out_and_taken_back(inside, box):
    browser = inside("a")
    browser.save("/ballot/order", {"place.c1": "1", "place.c2": "1"})
    assert mine(box).order == {"c1": 1, "c2": 1}
    assert "First = Second" in browser.get("/ballot/summary").text
    browser.save("/ballot/order", {"place.c1": "2", "place.c2": ""})
    assert mine(box).order == {"c1": 2}


def test_a_body_that_is_no_text(inside, box):
    browser = inside("a")
    form = browser.get("/ballot/1").fields
    head = "&".join(f"{name}={value}" for name, value in form.items()).replace("|", "%7C")
    assert browser.post("/ballot/1", head.encode() + b"&score.o1=%ff").status == 400
    assert browser.post("/ballot/1", head.encode() + b"&score.o1=\xff").status == 400
    assert mine(box) == Filled()


def test_reasons_are_shown_as_they_were_typed(inside, box, asked):
    second_round(box, asked)
    browser = inside("a")
    typed = "<script>alert(1)</script> {{ 7*7 }} “é” 👍\r\nline two"
    browser.save("/ballot/1", {"score.o1": "-1", "reason.o1": typed})
    page = browser.get("/ballot/1")
    assert "<script>alert" not in page.html and "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html
    assert "{{ 7*7 }} “é” 👍" in page.text
    assert "{{ 7*7 }} “é” 👍" in browser.get("/ballot/summary").text
    assert mine(box, round="s").reasons["o1", "c1"].startswith("<script>alert(1)")
    full = "x" * LONGEST_REASON
    assert browser.save("/ballot/1", {"reason.o1": full}).status == 303
    assert mine(box, round="s").reasons["o1", "c1"] == full


def test_the_same_form_twice_counts_once(inside, box):
    browser = inside("a")
    page = browser.get("/ballot/1")
    answers = [browser.save("/ballot/1", BOTH, of=page) for _ in range(3)]
    assert {(a.status, a.location) for a in answers} == {(303, "/ballot/2")}
    assert mine(box).version == 1


def test_a_double_tap_at_the_same_moment(inside, box):
    browser = inside("a")
    page = browser.get("/ballot/1")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: browser.save("/ballot/1", BOTH, of=page).status, range(8)))
    assert found == [303] * 8 and mine(box).version == 1


def test_a_page_from_memory_with_other_answers_is_shown_beside_what_is_saved(inside, box):
    browser = inside("a")
    page = browser.get("/ballot/1")
    browser.save("/ballot/1", {"score.o1": "1"}, of=page)
    answer = browser.save("/ballot/1", {"score.o1": "0"}, of=page)
    assert answer.status == 409
    assert "Since you opened this page, something else was saved" in answer.text
    assert "Saved since: + good" in answer.text
    assert 'value="0" checked' in answer.html
    assert mine(box).scores == {("o1", "c1"): Score.PLUS}
    again = browser.save("/ballot/1", {"score.o1": "0"}, of=answer)
    assert again.status == 303 and mine(box).scores == {("o1", "c1"): Score.PLUSMINUS}


def test_two_windows_on_the_order(inside, box):
    browser = inside("a")
    old = browser.get("/ballot/order")
    browser.save("/ballot/order", {"place.c1": "1"})
    answer = browser.save("/ballot/order", {"place.c1": "", "place.c2": "1"}, of=old)
    assert answer.status == 409 and "Saved since: 1" in answer.text
    assert mine(box).order == {"c1": 1}
    browser.save("/ballot/order", {"place.c1": "", "place.c2": "1"}, of=answer)
    assert mine(box).order == {"c2": 1}


def test_the_script_is_told_in_few_words(inside, box):
    browser = inside("a")
    page = browser.get("/ballot/1")
    saved = json.loads(browser.save("/ballot/1", {"score.o1": "1"}, of=page, script=True).html)
    assert saved["version"] == 1 and len(saved["time"]) == 5
    stale = browser.save("/ballot/1", {"score.o1": "0"}, of=page, script=True)
    assert (stale.status, json.loads(stale.html)) == (409, {"error": "stale", "version": 1})
    box.end("r")
    closed = browser.save("/ballot/1", {"score.o1": "0"}, script=True, of=page)
    assert (closed.status, json.loads(closed.html)) == (409, {"error": "closed"})


def test_without_the_token_nothing_is_saved(inside, box):
    browser = inside("a")
    form = browser.get("/ballot/1").fields
    for token in (None, "", "2|aaaaaaaa|bbbbbbbb|1"):
        sent = {**form, **BOTH, "_xsrf": token or ""}
        if token is None:
            del sent["_xsrf"]
        answer = browser.post("/ballot/1", sent)
        assert answer.status == 403 and "your browser keeps no cookies" in answer.text
    browser.cookies.pop("_xsrf")
    assert browser.post("/ballot/1", {**form, **BOTH}).status == 403
    assert mine(box) == Filled()


def test_a_round_that_is_over_while_somebody_types(inside, box):
    browser, other = inside("a"), inside("b")
    browser.save("/ballot/1", {"score.o1": "1"})
    pages = browser.get("/ballot/2"), other.get("/ballot/2")
    box.end("r")
    answer = browser.save("/ballot/2", {"score.o1": "1"}, of=pages[0])
    assert answer.status == 409
    assert "closed while you were typing. What you saved before counts." in answer.text
    assert "1 of 4 answers" in answer.text
    nothing = other.save("/ballot/2", {"score.o1": "1"}, of=pages[1])
    assert nothing.status == 409 and "Nothing was saved." in nothing.text
    assert (mine(box).version, mine(box, "b").version) == (1, 0)
    for page in ("/ballot/1", "/ballot/order", "/ballot/summary"):
        shown = browser.get(page)
        assert shown.status == 200 and "The round is closed. Thank you." in shown.text
        assert "<input" not in shown.html.replace('<input type="hidden" name="_xsrf"', "")


def test_a_form_of_an_earlier_round_saves_nothing_in_the_next(inside, box, asked):
    browser = inside("a")
    page = browser.get("/ballot/1")
    second_round(box, asked)
    answer = browser.save("/ballot/1", BOTH, of=page)
    assert answer.status == 409 and "Another round is open now" in answer.text
    assert mine(box, round="s") == Filled() == mine(box)
    forged = browser.save("/ballot/1", {**BOTH, "round": "r"})
    assert forged.status == 409 and mine(box) == Filled()


def test_a_second_round_shows_what_was_chosen_and_invites_a_reason(inside, box, asked):
    second_round(box, asked)
    browser = inside("a")
    page = browser.get("/ballot/1")
    assert "Before: + good" in page.text and "checked" not in page.html
    assert "You may say why, for One." in page.text
    assert mine(box, round="s") == Filled()  # shown, not given
    browser.save("/ballot/1", {"score.o2": "0", "next": "same"})
    assert mine(box, round="s").scores == {("o1", "c1"): Score.PLUS, ("o2", "c1"): Score.PLUSMINUS}
    other = inside("b").get("/ballot/1")
    assert "Before" not in other.text and "checked" not in other.html
    assert "<textarea" not in other.html


def test_before_and_after_a_round(box, asked, inside, server):
    browser = inside("a")
    browser.save("/ballot/1", {"score.o1": "1"})
    box.end("r")
    box.begin_reveal("r", {})
    assert "The round is closed" in browser.get("/ballot/1").text
    box.finish_reveal("r")
    assert box.stage("r") is Stage.REVEALED
    assert "1 of 4 answers" in browser.get("/ballot/1").text
    box.set_up("s", Names.ANONYMOUS)
    box.open("s", asked)
    assert "nobody sees who chose what" in browser.get("/ballot/1").text
    browser.save("/ballot/1", {"score.o1": "-1"})
    box.end("s")
    box.begin_reveal("s", {})
    box.finish_reveal("s")
    after = browser.get("/ballot/summary")
    assert "This round is over." in after.text and "poor" not in after.text


def test_no_round_yet(box, inside):
    browser = inside("a")
    box._db.execute("UPDATE round SET stage = 'setup', asked = NULL")
    page = browser.get("/ballot/1")
    assert page.status == 200 and "The round isn't open yet." in page.text
    assert 'http-equiv="refresh"' not in page.html  # a page that jumps by itself is no page
    assert mine(box) == Filled()


def test_ten_megabytes_are_refused_at_once_and_not_kept(inside, server, box):
    browser = inside("a")
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    answer = browser.post("/ballot/1", b"score.o1=" + b"x" * 10_000_000)
    assert answer.status == 413
    assert "That is more than fits on a form. Nothing was saved." in answer.text
    assert time.perf_counter() - begun < 5
    assert psutil.Process().memory_info().rss - before < 40_000_000  # this test's own body is 10
    assert browser.save("/ballot/1", BOTH).status == 303


def test_a_length_that_lies_holds_up_nobody(inside, server, box):
    browser = inside("a")
    with socket.create_connection(("127.0.0.1", server.port)) as liar:
        liar.sendall(
            b"POST /ballot/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\nscore.o1=1"
        )
        with socket.create_connection(("127.0.0.1", server.port)) as chunked:
            chunked.sendall(
                b"POST /ballot/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                b"5\r\nhello\r\n"
            )
            assert browser.save("/ballot/1", BOTH).status == 303
    assert mine(box).version == 1


def test_a_full_disk_is_told_and_nothing_is_called_saved(inside, server, box, caplog):
    browser = inside("a")
    page = browser.get("/ballot/1")
    real = server.writer.save_all

    def full(changes):
        raise OSError(28, "No space left on device")

    server.writer.save_all = full
    answer = browser.save("/ballot/1", BOTH, of=page)
    assert answer.status == 503
    assert "Not saved. Please try again in a moment; what was saved before is safe." in answer.text
    assert browser.save("/ballot/1", BOTH, of=page, script=True).status == 503
    assert "score" not in caplog.text and "Traceback" not in answer.html
    server.writer.save_all = real
    assert browser.save("/ballot/1", BOTH, of=page).status == 303
    assert mine(box).version == 1


def test_everybody_at_once(server, box):
    people = [f"p{n}" for n in range(30)]
    codes = box.admission.give(people)

    def one(who):
        browser = Browser(server.port)
        browser.enter(codes[who])
        return [browser.save(f"/ballot/{n}", BOTH).status for n in (1, 2)]

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(one, people)) == [[303, 303]] * 30
    assert box.count("r").complete == 30
