"""The ballot box: what comes out, to whom and when."""

from __future__ import annotations

import ast
import inspect
import re
import sqlite3
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import workbook.session.box as module
from workbook.case.tables import Names, Score
from workbook.session.admission import Admission
from workbook.session.asked import Asked, AskedCriterion, AskedOption
from workbook.session.ballot import Change, Count, Filled, Stage, Way, Why
from workbook.session.box import BallotBox, NotNow
from workbook.session.codes import is_whole
from workbook.session.reading import opened_ballots

from .conftest import SECRET, change

CELL = ("o1", "c1")


def begin(box, round="r", groups=None):
    return box.begin_reveal(round, groups or {})


def anonymous(box, asked, people="abc", round="s"):
    """Open an anonymous round in which everybody has scored."""
    box.end("r")
    box.set_up(round, Names.ANONYMOUS)
    box.admission.give(people)
    box.open(round, replace(asked, round="Anonymous"))
    for n, who in enumerate(people):
        box.save(
            change(
                box,
                who,
                dict.fromkeys(asked.cells, list(Score)[n % 4]),
                round=round,
                reasons={CELL: f"{who}: {SECRET}"},
                order={"c1": 1, "c2": 2},
            )
        )


# --- before the reveal


def test_before_the_reveal_a_ballot_comes_out_through_its_own_code_only(box, asked):
    """Call everything that the box can do and look for what was written."""
    box.save(change(box, "a", {CELL: Score.PLUS}, reasons={CELL: SECRET}))
    codes = box.admission.codes()
    tokens = {who: box.admission.enter(code) for who, code in codes.items()}
    own = box.ballot("r", codes["a"])
    assert SECRET in repr(own)
    nothing = change(box, "b", {CELL: Score.PLUS})
    calls = {
        "rounds": [()],
        "stage": [("r",)],
        "open_round": [()],
        "names": [("r",)],
        "set_up": [("r", Names.OPEN), ("r", Names.ANONYMOUS), ("r", Names.OPEN)],
        "open": [("r", asked)],
        "asked": [("r",)],
        "earlier": [("r", code) for code in codes.values()],
        "save": [(nothing,)],
        "save_all": [([nothing],)],
        "put": [("b", nothing), ("a", change(box, "a", {CELL: Score.PLUS}))],
        "came_by": [("r",)],
        "count": [("r",)],
        "served": [()],
        "serve": [("http://127.0.0.1", 1)],
        "begin_reveal": [("r", {"a": "x"})],
        "finish_reveal": [("r",)],
        "ballot": [("r", code) for who, code in codes.items() if who != "a"]
        + [("r", "a"), ("r", ""), ("r", "%"), ("nowhere", codes["a"])],
        "end": [("r",)],
    }
    of_codes = {
        "codes": [()],
        "give": [(["a", "d"],)],
        "is_ours": [(code,) for code in codes.values()],
        "enter": [(code,) for code in codes.values()],
        "visitor": [(token,) for token in tokens.values()],
        "leave": [(tokens["c"],)],
        "withdraw": [("c",)],
        "suspend": [("c",)],
    }
    assert public(BallotBox) - {"close"} == calls.keys()
    assert public(Admission) == of_codes.keys()
    refused = set()
    every = [(box, *call) for call in calls.items()]
    every += [(box.admission, *call) for call in of_codes.items()]
    for whose, name, all_given in every:
        for given in all_given:
            try:
                found = getattr(whose, name)(*given)
            except NotNow as error:
                refused.add(name)
                found = str(error)
            assert SECRET not in repr(found), (name, given)
    assert refused >= {"begin_reveal", "finish_reveal"}


def public(kind):
    found = {name for name, _ in inspect.getmembers(kind, inspect.isfunction)}
    return {name for name in found if not name.startswith("_")}


def test_nothing_else_of_the_package_reads_what_was_scored():
    """Only `reading` asks the file for scores, reasons or places; `counting` for who has some."""
    root = Path(module.__file__).parents[1]
    asks = re.compile(r"SELECT\b[^;]*?\b(?:FROM|JOIN) (?:score|rank|earlier)\b")
    found = {path.name for path in root.rglob("*.py") if asks.search(" ".join(_strings(path)))}
    assert found == {"reading.py", "counting.py", "revealing.py", "box.py"}
    for name in ("counting.py", "revealing.py", "box.py"):
        columns = re.findall(r"SELECT (.*?) FROM", " ".join(_strings(root / "session" / name)))
        assert columns and not re.search(r"\b(score|reason|rank|\*)\b", " ".join(columns)), name


def _strings(path):
    tree = ast.parse(path.read_text("utf-8"))
    return [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and type(n.value) is str]


def test_a_round_that_is_not_being_revealed_opens_no_ballot(box):
    box.save(change(box, "a", {CELL: Score.PLUS}))
    assert opened_ballots(box._db, "r") == ()
    box.end("r")
    assert opened_ballots(box._db, "r") == ()
    (one,) = begin(box).ballots
    assert one.who == "a"
    box.finish_reveal("r")
    assert opened_ballots(box._db, "r") == ()


def test_no_public_method_takes_a_participant_and_gives_a_ballot():
    gives = {
        name: str(inspect.signature(method).return_annotation)
        for name, method in inspect.getmembers(BallotBox, inspect.isfunction)
        if not name.startswith("_")
    }
    of_ballots = {name for name, kind in gives.items() if "Filled" in kind or "Opened" in kind}
    assert of_ballots == {"ballot"}
    assert {name for name, kind in gives.items() if "Revealed" in kind} == {"begin_reveal"}
    assert "code" in inspect.signature(BallotBox.ballot).parameters


@pytest.mark.parametrize("stage", ["open", "closed"])
def test_what_was_scored_is_not_in_the_count_nor_in_who_came(box, stage):
    box.save(change(box, "a", {CELL: Score.PLUS}))
    box.save(change(box, "b", {CELL: Score.MINUS}, way=Way.HAND))
    box.save(change(box, "c", order={"c1": 1}))
    if stage == "closed":
        box.end("r")
    assert box.count("r") == Count(3, 2, 0, {Way.PAGE: 1, Way.EXCEL: 0, Way.HAND: 1})
    assert box.came_by("r") == {"a": Way.PAGE, "b": Way.HAND}


# --- codes


def test_codes_are_whole_different_and_stay(box):
    codes = box.admission.codes()
    assert all(is_whole(code) for code in codes.values()) and len(set(codes.values())) == 3
    assert box.admission.give(["c", "d", "d", "a"]).keys() == {"a", "b", "c", "d"}
    assert {who: box.admission.codes()[who] for who in "abc"} == codes


def test_a_withdrawn_code_opens_nothing_and_its_visits_end(box):
    code = box.admission.codes()["a"]
    token = box.admission.enter(code)
    box.save(change(box, "a", {CELL: Score.PLUS}))
    assert (box.admission.visitor(token), box.admission.is_ours(code)) == (code, True)
    box.admission.withdraw("a")
    assert box.admission.visitor(token) is None and box.admission.enter(code) is None
    assert box.admission.is_ours(code) is None and box.admission.is_ours("NEVERGIVEN") is False
    assert "a" not in box.admission.codes() and box.ballot("r", code) is None
    new = box.admission.give(["a"])["a"]
    assert new != code and box.ballot("r", new).scores == {CELL: Score.PLUS}
    assert box.ballot("r", code) is None and box.admission.visitor(token) is None


def test_who_was_away_comes_back_with_the_same_code_and_the_same_visit(box):
    code = box.admission.codes()["a"]
    token = box.admission.enter(code)
    box.save(change(box, "a", {CELL: Score.PLUS}))
    box.admission.suspend("a")
    assert box.admission.visitor(token) is None and box.admission.enter(code) is None
    assert "a" not in box.admission.codes() and box.ballot("r", code) is None
    assert box.admission.give(["a"])["a"] == code
    assert box.admission.visitor(token) == code
    assert box.ballot("r", code).scores == {CELL: Score.PLUS}


def test_a_lost_code_stays_worthless_whoever_goes_and_comes(box):
    lost = box.admission.codes()["a"]
    box.admission.withdraw("a")
    new = box.admission.give(["a"])["a"]
    box.admission.suspend("a")
    assert box.admission.give(["a"])["a"] == new != lost
    box.admission.suspend("a")
    box.admission.withdraw("a")  # lost while away
    assert box.admission.give(["a"])["a"] not in (lost, new)
    assert box.admission.is_ours(lost) is None and box.admission.is_ours(new) is None
    assert box.admission.enter(lost) is None and box.admission.enter(new) is None


def test_a_token_is_not_in_the_file_and_can_be_left(box):
    token = box.admission.enter(box.admission.codes()["a"])
    assert box.admission.enter("NEVERGIVEN") is None
    assert not times(box, token)
    box.admission.leave(token)
    assert box.admission.visitor(token) is None and box.admission.visitor("") is None


def test_who_typed_a_form_in_gets_nothing_back(box):
    box.save(change(box, "a", {CELL: Score.PLUS}))
    typed = change(box, "b", {CELL: Score.MINUS}, way=Way.HAND)
    answer = box.put("a", replace(typed, code=""))
    assert answer.version == 2 and not hasattr(answer, "scores")
    assert box.ballot("r", box.admission.codes()["a"]).scores == {CELL: Score.MINUS}
    assert box.ballot("r", box.admission.codes()["b"]) == Filled()


# --- stages


def test_each_stage_takes_what_fits_it_and_says_so_in_a_sentence(box, asked):
    with pytest.raises(NotNow, match="still open; close it first"):
        begin(box)
    with pytest.raises(NotNow, match="still open"):
        box.finish_reveal("r")
    for what in (box.end, begin, box.finish_reveal):
        if what != begin:
            with pytest.raises(NotNow, match="isn't in the ballot box"):
                what("nowhere")
    with pytest.raises(NotNow, match="isn't in the ballot box"):
        begin(box, "nowhere")
    box.set_up("later", None)
    with pytest.raises(NotNow, match="wasn't opened yet"):
        box.end("later")
    with pytest.raises(NotNow, match="round r is still open"):
        box.open("later", asked)
    box.end("r")
    box.end("r")
    with pytest.raises(NotNow, match="by name or anonymous"):
        box.open("later", asked)
    assert box.stage("later") is Stage.SETUP
    with pytest.raises(NotNow, match="this round is closed"):
        box.finish_reveal("r")
    begin(box)
    for what in (lambda: box.open("r", asked), lambda: box.end("r")):
        with pytest.raises(NotNow, match="being revealed"):
            what()
    with pytest.raises(NotNow, match="revealed already"):
        box.set_up("r", Names.ANONYMOUS)
    box.finish_reveal("r")
    box.finish_reveal("r")
    for what in (lambda: box.open("r", asked), lambda: box.end("r"), lambda: begin(box)):
        with pytest.raises(NotNow, match="revealed already"):
            what()
    assert box.save(change(box, "a", {CELL: Score.PLUS})).why is Why.CLOSED


def test_another_round_waits_until_the_open_one_is_closed(box, asked):
    box.set_up("s", Names.OPEN)
    with pytest.raises(NotNow, match="round r is still open"):
        box.open("s", asked)
    assert (box.stage("s"), box.open_round()) == (Stage.SETUP, "r")
    box.end("r")
    box.open("s", asked)
    with pytest.raises(NotNow, match="round s is still open"):
        box.open("r", asked)
    assert box.open_round() == "s"


def test_anonymous_can_not_be_loosened_once_anybody_may_have_read_it(box, asked):
    box.end("r")
    box.set_up("s", Names.ANONYMOUS)
    box.set_up("s", Names.OPEN)
    box.set_up("s", Names.ANONYMOUS)
    box.open("s", asked)  # a page that promises it may be on somebody's screen from here on
    for names in (Names.OPEN, None):
        with pytest.raises(NotNow, match="told that this round is anonymous"):
            box.set_up("s", names)
    box.end("s")
    with pytest.raises(NotNow, match="told that this round is anonymous"):
        box.set_up("s", Names.OPEN)
    assert box.names("s") is Names.ANONYMOUS
    box.set_up("s", Names.ANONYMOUS)


def test_a_round_made_anonymous_forgets_what_people_scored_by_name(box, asked):
    box.end("r")
    box.set_up("s", Names.OPEN)
    box.open("s", asked, {"a": {CELL: Score.PLUS}})
    code = box.admission.codes()["a"]
    assert box.earlier("s", code) == {CELL: Score.PLUS}
    box.set_up("s", Names.ANONYMOUS)
    assert box.earlier("s", code) == {}


def test_by_name_can_be_made_anonymous_as_long_as_it_was_not_revealed(box):
    box.save(change(box, "a", {CELL: Score.PLUS}))
    box.set_up("r", Names.ANONYMOUS)
    box.end("r")
    assert begin(box).ballots[0].who != "a"


# --- reveal


def test_the_reveal_gives_the_same_each_time_until_it_is_finished(box, asked):
    anonymous(box, asked, "abcdefgh")
    box.end("s")
    groups = dict.fromkeys("abcde", "x") | dict.fromkeys("fgh", "y")
    first = begin(box, "s", groups)
    path = box.path
    box.close()
    again = BallotBox(path, lang="en")
    assert again.begin_reveal("s", {}) == first  # the groups of the first time
    assert again.stage("s") is Stage.REVEALING and again.open_round() is None
    again.finish_reveal("s")
    again.close()
    assert len(first.ballots) == 8
    assert {ballot.group for ballot in first.ballots} == {"x", "y"}


def test_by_name_ballots_come_by_name_in_the_order_of_the_names(box, asked):
    for who in "cab":
        box.save(change(box, who, {CELL: Score.PLUS}, reasons={CELL: who}, way=Way.HAND))
    box.end("r")
    found = begin(box, groups={"a": "x", "b": "x", "c": "x"})
    assert [ballot.who for ballot in found.ballots] == ["a", "b", "c"]
    assert [ballot.reasons[CELL] for ballot in found.ballots] == ["a", "b", "c"]
    assert {ballot.way for ballot in found.ballots} == {Way.HAND}
    assert {ballot.group for ballot in found.ballots} == {None}


def test_who_has_put_nothing_in_has_no_ballot(box):
    box.save(change(box, "a", {CELL: Score.PLUS}))
    box.save(change(box, "b"))
    box.end("r")
    assert [ballot.who for ballot in begin(box).ballots] == ["a"]


def test_all_of_a_reveal_is_read_in_one_transaction(box, monkeypatch):
    """Else another console could finish it in between, and this one would get empty ballots."""
    box.save(change(box, "a", {CELL: Score.PLUS}))
    box.end("r")
    within = []
    real = module.opened_ballots
    monkeypatch.setattr(
        module,
        "opened_ballots",
        lambda db, *rest: (within.append(db.in_transaction), real(db, *rest))[1],
    )
    assert begin(box).ballots[0].scores == {CELL: Score.PLUS}
    assert within == [True]


def test_fresh_ids_are_of_one_round_only_and_their_order_tells_nothing(box, asked):
    people = [f"p{n:02d}" for n in range(12)]
    seen, orders = set(), set()
    for n in range(4):
        round = f"s{n}"
        anonymous(box, asked, people, round)
        box.end(round)
        found = begin(box, round)
        ids = [ballot.who for ballot in found.ballots]
        assert len(set(ids)) == 12 and not seen & set(ids) and not set(people) & set(ids)
        assert ids != sorted(ids)
        seen |= set(ids)
        orders.add(tuple(ballot.reasons[CELL].partition(":")[0] for ballot in found.ballots))
        box.finish_reveal(round)
    assert len(orders) == 4 and tuple(people) not in orders


def test_groups_beside_fresh_ids_have_three_ballots_at_least(box, asked):
    groups = dict.fromkeys("abcd", "big") | dict.fromkeys("efg", "just") | {"h": "one", "i": "two"}
    anonymous(box, asked, "abcdefghij")  # j has no group
    box.end("s")
    found = begin(box, "s", groups)
    by_person = {b.reasons[CELL].partition(":")[0]: b.group for b in found.ballots}
    assert by_person == dict.fromkeys("abcd", "big") | dict.fromkeys("efg", "just") | dict.fromkeys(
        "hij"
    )


def test_one_person_left_over_takes_the_smallest_group_along(box, asked):
    anonymous(box, asked, "abcdefgh")
    box.end("s")
    groups = dict.fromkeys("abcd", "big") | dict.fromkeys("efg", "just") | {"h": "one"}
    found = begin(box, "s", groups)
    by_person = {b.reasons[CELL].partition(":")[0]: b.group for b in found.ballots}
    assert by_person == dict.fromkeys("abcd", "big") | dict.fromkeys("efgh")


# --- forgetting


def times(box, text):
    """Say how often a text stands in any of the box's files, read as bytes."""
    return sum(path.read_bytes().count(text.encode()) for path in box.path.parent.iterdir())


def revealed_anonymously(box, asked, turn=0):
    """Have two rounds in one file: the first stays, all of the second must go."""
    people = [f"person-{turn}-{n:02d}" for n in range(20)]
    box.admission.give(people)
    for n in range(60):  # in and out, so that pages of the file fill and split
        who = people[(n * 7) % 20]
        box.save(change(box, who, dict.fromkeys(asked.cells, Score.PLUS), reasons={CELL: "kept"}))
    anonymous(box, asked, people, round=f"secret-{turn}")
    for n in range(60):
        who = people[(n * 11) % 20]
        text = f"{n} {SECRET} " * (n % 5)
        box.save(
            change(
                box, who, {CELL: Score.MINUS}, round=f"secret-{turn}", reasons={("o2", "c1"): text}
            )
        )
    box.end(f"secret-{turn}")
    found = begin(box, f"secret-{turn}", dict.fromkeys(people, "x"))
    assert times(box, SECRET)
    box.finish_reveal(f"secret-{turn}")
    return [ballot.who for ballot in found.ballots]


@pytest.mark.parametrize("others", [0, 1, 3])
def test_after_an_anonymous_reveal_no_byte_ties_a_person_to_a_score(box, asked, others):
    looking = [BallotBox(box.path) for _ in range(others)]  # consoles and pages that stay open
    for other in looking:
        other.count("r")
    fresh = revealed_anonymously(box, asked)
    assert not times(box, SECRET)
    assert not [id for id in fresh if times(box, id)]
    # Tables keep the round beside the person: of this round only its name is left.
    assert not times(box, "secret-0person")
    # The row of the round, the index on it, and the row once more in the log.
    assert times(box, "secret-0") <= 3
    assert box.count("secret-0").begun == 20
    codes = box.admission.codes()
    assert all(box.ballot("secret-0", code) == Filled() for code in codes.values())
    assert box.came_by("secret-0") == {}
    kept = box.ballot("r", codes["person-0-00"])
    assert kept.reasons == {CELL: "kept"} and len(kept.scores) == 4
    for other in looking:
        other.close()


def test_killed_between_forgetting_and_clearing_the_log_the_next_time_clears_it(box, asked):
    """The second time `finish_reveal` has nothing to forget, and still leaves no byte."""
    real, other = box._db, BallotBox(box.path)

    class Killed(BaseException):
        pass

    class Dying:
        def execute(self, statement, *rest):
            if "checkpoint" in statement or statement == "VACUUM":
                raise Killed
            return real.execute(statement, *rest)

        def __getattr__(self, name):
            return getattr(real, name)

    box._db = Dying()
    with pytest.raises(Killed):
        revealed_anonymously(box, asked)
    box._db = real
    assert box.stage("secret-0") is Stage.REVEALED
    box.finish_reveal("secret-0")
    assert not times(box, SECRET) and not times(box, "secret-0person")
    other.close()


def test_after_the_reveal_by_name_the_ballots_stay_for_their_owners(box):
    box.save(change(box, "a", {CELL: Score.PLUS}))
    box.end("r")
    begin(box)
    box.finish_reveal("r")
    assert box.ballot("r", box.admission.codes()["a"]).scores == {CELL: Score.PLUS}
    assert box.count("r").begun == 1


def test_earlier_scores_come_out_with_their_own_code_only(box, asked):
    box.end("r")
    box.set_up("s", Names.OPEN)
    box.open("s", asked, {"a": {CELL: Score.PLUS}, "gone": {CELL: Score.MINUS}})
    codes = box.admission.codes()
    assert box.earlier("s", codes["a"]) == {CELL: Score.PLUS}
    assert box.earlier("s", codes["b"]) == {} == box.earlier("s", "gone")
    box.end("s")
    box.open("s", asked, {"a": {CELL: Score.MINUS}})  # opened again: as it was
    assert box.earlier("s", codes["a"]) == {CELL: Score.PLUS}
    box.admission.withdraw("a")
    assert box.earlier("s", codes["a"]) == {}


def test_nothing_of_the_file_is_written_without_the_box(box):
    db = sqlite3.connect(box.path)
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    db.close()
    assert tables == {"round", "code", "ballot", "score", "rank", "request", "earlier", "visit",
                      "served"}  # fmt: skip


@pytest.mark.parametrize("seed", [19, 32, 54])
def test_nor_after_a_long_afternoon_with_another_round_in_the_same_file(tmp_path, seed):
    """Taking rows out leaves pieces of them in pages that other rounds use too."""
    rng = Random(seed)
    options = tuple(AskedOption(f"option-{n}", f"o{n}") for n in range(5))
    criteria = tuple(AskedCriterion(f"criterion-{n}", f"c{n}") for n in range(7))
    asked = Asked("Round", "Region", "en", True, options, criteria)
    cells = sorted(asked.cells)
    box = BallotBox(tmp_path / "alone" / "box.sqlite", lang="en")
    box._db.execute("PRAGMA synchronous=OFF")  # for speed
    people = [f"person-{n:03d}" for n in range(rng.choice([3, 20]))]
    codes = box.admission.give(people)
    for round, text in (("kept", "told"), ("hidden", SECRET), ("after", "told")):
        box.set_up(round, Names.ANONYMOUS if round == "hidden" else Names.OPEN)
        box.open(round, asked, {who: {rng.choice(cells): Score.PLUS} for who in people})
        for n in range(len(people) * 20):
            some = rng.choices(cells, k=rng.choice([1, 3, 10]))
            scores = {cell: rng.choice([*Score, None]) for cell in some}
            reasons = {cell: f"{text} " * rng.randint(0, 15) for cell in some[:1]}
            box.save(Change(round, codes[rng.choice(people)], f"{text}{n}", scores, reasons))
        box.end(round)
    fresh = [ballot.who for ballot in begin(box, "hidden").ballots]
    box.finish_reveal("hidden")
    assert times(box, "told")
    assert [text for text in (SECRET, "hiddenperson", *fresh) if times(box, text)] == []
    box.close()
