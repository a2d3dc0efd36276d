"""Box and case together: whatever stops on the way, nothing is lost and nothing counts twice."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import signal
import time
from collections import Counter

import pytest

from workbook.case import Case, CaseError, Changed, UserError, open_case
from workbook.case.asked import invited, scoring
from workbook.case.bin import removed
from workbook.case.folder import JOURNAL
from workbook.case.removal import remove, restore
from workbook.case.tables import (
    Ballot,
    Group,
    How,
    Names,
    Option,
    Participant,
    Priority,
    Round,
    Score,
    State,
)
from workbook.session.ballot import Refused, Saved, Stage, Why
from workbook.session.box import BallotBox, NotNow
from workbook.session.session import Session

from .conftest import SECRET, change, fill

CELL = ("stichting", "keten")
fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def digest(case, file="ballots.csv"):
    return hashlib.sha256((case.folder / file).read_bytes()).hexdigest()


def again(session) -> Session:
    """Take the session up as a new process does."""
    case = session.case
    return Session(open_case(case.region, lang="en", root=case.folder.parent))


def mine(case, round="r3"):
    return [row for row in case.rows(Ballot) if row.round == round]


def scored(case, round="r3"):
    return {(row.participant, row.option, row.criterion): row.score for row in mine(case, round)}


def anonymous(session, id="r3"):
    rows = [
        row.model_copy(update={"names": Names.ANONYMOUS}) if row.id == id else row
        for row in session.case.rows(Round)
    ]
    session.case.write({Round: rows})


def opened(session, how_many=5, names=Names.OPEN):
    """Open r3 and let people score: each another score, one cell with a reason, an order."""
    if names is Names.ANONYMOUS:
        anonymous(session)
    session.open("r3")
    people = [person.id for person in session.people()][:how_many]
    for n, who in enumerate(people):
        fill(
            session,
            who,
            list(Score)[n % 4],
            reasons={CELL: f"{who} {SECRET}"},
            order={"keten": 1, "korte-lijnen": 2, "werkgebied": 2},
        )
    return people


# --- opening and closing


def test_box_and_case_go_through_the_stages_together(session):
    case = session.case
    state = lambda: case.get(Round, "r3").state  # noqa: E731
    assert (session.box.stage("r3"), state()) == (None, State.SETUP)
    session.open("r3")
    assert (session.box.stage("r3"), state()) == (Stage.OPEN, State.OPEN)
    assert session.box.admission.codes().keys() == {person.id for person in session.people()}
    session.close_round("r3")
    session.close_round("r3")
    assert (session.box.stage("r3"), state()) == (Stage.CLOSED, State.CLOSED)
    session.open("r3")
    session.close_round("r3")
    session.reveal("r3")
    assert (session.box.stage("r3"), state()) == (Stage.REVEALED, State.REVEALED)
    with pytest.raises(UserError, match="“Third” was revealed already"):
        session.open("r3")


def test_until_the_reveal_no_score_is_in_the_case(session):
    before = digest(session.case), digest(session.case, "participants.csv")
    opened(session)
    assert (digest(session.case), digest(session.case, "participants.csv")) == before
    session.close_round("r3")
    assert (digest(session.case), digest(session.case, "participants.csv")) == before
    for path in session.case.folder.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_what_can_not_be_opened_says_why(session, empty):
    with pytest.raises(UserError, match="show of hands"):
        session.open("r0")
    with pytest.raises(UserError, match="revealed already"):
        session.open("r1")
    with pytest.raises(UserError, match=r"no round r9 in rounds\.csv"):
        session.open("r9")
    bare = Session(empty)
    bare.add_round("First", Names.OPEN)
    with pytest.raises(UserError, match="nothing to score yet"):
        bare.open("r1")
    bare.close()


def test_a_round_without_a_choice_of_names_is_not_opened(session):
    rows = [row.model_copy(update={"names": None}) for row in session.case.rows(Round)]
    session.case.write({Round: rows})
    with pytest.raises(UserError, match="by name or anonymous"):
        session.open("r3")
    assert session.case.get(Round, "r3").state is State.SETUP


def test_nobody_to_score_is_said(session):
    keep = [row for row in session.case.rows(Participant) if row.only_in]
    tables = {Participant: keep, Ballot: [], Priority: []}
    session.case.write(tables)
    with pytest.raises(UserError, match="Add the participants"):
        session.open("r3")


def put_in_case(case, round="r3"):
    row = mine(case, "r1")[0]
    new = row.model_copy(update={"id": "by-hand", "round": round})
    case.write({Ballot: [*case.rows(Ballot), new]})


def test_scores_that_are_in_the_case_already_are_never_written_over(session):
    put_in_case(session.case)
    with pytest.raises(UserError, match=r"has scores in ballots\.csv already"):
        session.open("r3")


def test_nor_where_the_round_could_not_be_opened_the_first_time(session):
    """It is in the box then, still being set up, while forms are typed into the case."""
    session.open("r3")
    session.add_round("Fourth", Names.OPEN)
    with pytest.raises(NotNow, match="round r3 is still open"):
        session.open("r4")
    assert session.box.stage("r4") is Stage.SETUP
    put_in_case(session.case, "r4")
    session.close_round("r3")
    with pytest.raises(UserError, match=r"has scores in ballots\.csv already"):
        session.open("r4")
    assert [row.id for row in mine(session.case, "r4")] == ["by-hand"]


def test_anonymous_can_not_become_by_name_through_the_table_of_rounds(session):
    opened(session, 1, Names.ANONYMOUS)
    session.close_round("r3")
    rows = [row.model_copy(update={"names": Names.OPEN}) for row in session.case.rows(Round)]
    session.case.write({Round: rows})
    with pytest.raises(NotNow, match="told that this round is anonymous"):
        session.open("r3")
    session.reveal("r3")  # as the people were told when they scored
    assert session.case.get(Round, "r3").names is Names.ANONYMOUS
    assert not {row.participant for row in mine(session.case)} & {
        person.id for person in session.people()
    }


def test_an_anonymous_round_begins_with_nobodys_earlier_answers(session):
    assert session.earlier("r3"), "the second round was by name"
    anonymous(session)
    assert session.earlier("r3") == {}
    session.open("r3")
    codes = session.box.admission.codes()
    assert all(session.box.earlier("r3", code) == {} for code in codes.values())
    assert session.box.asked("r3").after_named


def test_scores_that_came_to_the_case_in_another_way_stay_beside_a_round_by_name(session):
    people = opened(session, 3)
    session.close_round("r3")
    other = next(person.id for person in session.people() if person.id not in people)
    elsewhere(session, other)
    session.reveal("r3")
    assert {row.participant for row in mine(session.case)} == {*people, other}
    assert scored(session.case)[other, *CELL] is Score.MINUS


@pytest.mark.parametrize("names", list(Names))
def test_scores_that_a_reveal_would_write_over_or_give_away_stop_it(session, names):
    people = opened(session, 3, names)
    session.close_round("r3")
    other = next(person.id for person in session.people() if person.id not in people)
    clash = people[0] if names is Names.OPEN else other
    elsewhere(session, clash)
    before = digest(session.case)
    with pytest.raises(UserError, match=f"scores of {clash} in “Third” that did not come through"):
        session.reveal("r3")
    assert digest(session.case) == before
    assert session.box.stage("r3") is Stage.CLOSED, "there is still a way back"


def elsewhere(session, who):
    """Let another computer write a score of r3 into the case."""
    rows = session.case.rows(Ballot)
    row = rows[0].model_copy(
        update={
            "id": f"x-{who}",
            "round": "r3",
            "participant": who,
            "option": CELL[0],
            "criterion": CELL[1],
            "score": Score.MINUS,
        }
    )
    session.case.write({Ballot: [*rows, row]})


def test_who_comes_late_gets_a_code_and_who_leaves_keeps_what_was_saved(session):
    people = opened(session, 3)
    code = session.box.admission.codes()[people[0]]
    remove(session.case, Participant, {people[0]}, "2026-01-31T14:05")
    rows = session.case.rows(Participant)
    new = rows[0].model_copy(update={"id": "p99", "group": None})
    session.case.write({Participant: [*rows, new]})
    session.follow_people()
    assert session.box.admission.enter(code) is None and "p99" in session.box.admission.codes()
    session.close_round("r3")
    session.reveal("r3")
    assert {row.participant for row in mine(session.case)} == set(people)
    assert session.case.get(Participant, people[0]).group is None


def test_a_printed_slip_works_again_when_its_participant_is_put_back(session):
    who = opened(session, 1)[0]
    code = session.box.admission.codes()[who]
    before = list(session.case.rows(Participant))
    remove(session.case, Participant, {who}, "2026-01-31T14:05")
    session.follow_people()
    assert session.box.admission.enter(code) is None
    session.case.write({Participant: before})
    session.follow_people()
    assert session.box.admission.codes()[who] == code
    assert session.box.admission.enter(code)


# --- reveal


def test_the_reveal_writes_every_score_reason_and_order_once(session):
    before = list(session.case.rows(Ballot))
    plenary = [row for row in session.case.rows(Priority) if row.who == "plenary"]
    people = opened(session)
    session.close_round("r3")
    session.reveal("r3")
    case = open_case("voorbeeldregio", lang="en", root=session.case.folder.parent)
    assert scored(case) == {
        (who, *cell): list(Score)[n % 4]
        for n, who in enumerate(people)
        for cell in session.box.asked("r3").cells
    }
    assert {row.participant: row.reason for row in mine(case) if row.reason} == {
        who: f"{who} {SECRET}" for who in people
    }
    ranks = {(row.who, row.criterion): row.rank for row in case.rows(Priority) if row.round == "r3"}
    assert ranks == {
        (who, criterion): rank
        for who in people
        for criterion, rank in (("keten", 1), ("korte-lijnen", 2), ("werkgebied", 2))
    }
    assert [row for row in case.rows(Ballot) if row.round != "r3"] == before
    assert [row for row in case.rows(Priority) if row.who == "plenary"] == plenary


def test_a_second_reveal_changes_no_byte(session):
    opened(session)
    session.close_round("r3")
    session.reveal("r3")
    files = {path.name: path.read_bytes() for path in session.case.folder.iterdir()}
    session.reveal("r3")
    taken_up = again(session)
    taken_up.mend()
    taken_up.reveal("r3")
    taken_up.close()
    assert {path.name: path.read_bytes() for path in session.case.folder.iterdir()} == files


def test_a_cell_that_was_left_open_is_an_empty_row_and_who_did_nothing_has_none(session):
    session.open("r3")
    session.box.save(change(session.box, "p01", {CELL: Score.MINUS}, round="r3"))
    session.close_round("r3")
    session.reveal("r3")
    counts = Counter(row.score for row in mine(session.case))
    assert counts == {Score.MINUS: 1, None: 29}
    assert {row.participant for row in mine(session.case)} == {"p01"}


def test_a_round_in_which_nobody_scored_can_be_revealed(session):
    session.open("r3")
    session.close_round("r3")
    session.reveal("r3")
    assert mine(session.case) == [] and session.case.get(Round, "r3").state is State.REVEALED


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x")',
        'a "quoted", comma; and\nline\r\nend\rhere',
        "\x1b[31m\x07 \x85 \u2028 end",
        "not published",
        "😀 é ẞ \u202e",
        " " * 900 + "x",
        "-1",
    ],
)
def test_no_reason_that_was_taken_keeps_a_round_from_being_revealed(session, text):
    session.open("r3")
    sent = change(session.box, "p01", {CELL: Score.PLUS}, round="r3", reasons={CELL: text})
    assert isinstance(session.box.save(sent), Saved)
    session.close_round("r3")
    session.reveal("r3")
    case = open_case("voorbeeldregio", lang="en", root=session.case.folder.parent)
    found = next(row for row in mine(case) if row.score is Score.PLUS)
    assert found.reason.split() == text.split()


def test_a_reveal_is_not_begun_on_a_case_that_can_not_take_it(session):
    opened(session, 2)
    session.close_round("r3")
    rounds = session.case.folder / "rounds.csv"
    text = rounds.read_text("utf-8")
    rounds.write_text("nonsense\n", "utf-8")
    with pytest.raises(CaseError, match=r"rounds\.csv"):
        session.reveal("r3")
    assert session.box.stage("r3") is Stage.CLOSED
    rounds.write_text("".join(line for line in text.splitlines(True) if "r3" not in line), "utf-8")
    with pytest.raises(UserError, match=r"no round r3 in rounds\.csv"):
        session.reveal("r3")
    assert session.box.stage("r3") is Stage.CLOSED  # it can be opened again
    rounds.write_text(text, "utf-8")
    session.reveal("r3")
    assert len(mine(session.case)) == 60


def test_an_option_that_was_removed_meanwhile_loses_nobody_anything(session):
    people = opened(session, 4)
    entry = remove(session.case, Option, {"stichting"}, "2026-01-31T14:05")
    session.close_round("r3")
    with pytest.raises(CaseError, match=r"ballots\.csv.*“stichting” is not in options\.csv"):
        session.reveal("r3")
    assert mine(session.case) == []
    taken_up = again(session)
    with pytest.raises(CaseError, match="stichting"):
        taken_up.mend()
    assert taken_up.box.stage("r3") is Stage.REVEALING
    assert removed(taken_up.case)[0].label == entry.label
    restore(taken_up.case, entry)
    taken_up.mend()
    assert Counter(row.participant for row in mine(taken_up.case)) == dict.fromkeys(people, 30)
    assert all(row.score is not None for row in mine(taken_up.case))
    taken_up.close()


def test_an_option_that_came_later_is_an_open_cell_only_where_it_was_asked(session):
    opened(session, 1)
    rows = session.case.rows(Option)
    new = rows[0].model_copy(update={"id": "later", "name": "Later"})
    session.case.write({Option: [*rows, new]})
    session.close_round("r3")
    session.reveal("r3")
    assert "later" not in {row.option for row in mine(session.case)}


# --- interrupted


class Stopped(BaseException):
    """As sudden as the power going."""


def stopping(monkeypatch, when):
    """Let the case's next save of ballots stop before or after it is on the disk."""
    real = Case.write

    def write(case, tables, documents=()):
        if Ballot not in tables:
            return real(case, tables, documents)
        if when == "after":
            real(case, tables, documents)
        monkeypatch.setattr(Case, "write", real)
        raise Stopped

    monkeypatch.setattr(Case, "write", write)


@pytest.mark.parametrize("names", [Names.OPEN, Names.ANONYMOUS])
@pytest.mark.parametrize("when", ["before", "after", "finish"])
def test_a_reveal_that_stops_anywhere_is_finished_by_the_next_session(
    session, monkeypatch, when, names
):
    people = opened(session, 7, names)
    session.close_round("r3")
    if when == "finish":
        stop = lambda box, round: (_ for _ in ()).throw(Stopped())  # noqa: E731
        monkeypatch.setattr(BallotBox, "finish_reveal", stop)
    else:
        stopping(monkeypatch, when)
    with pytest.raises(Stopped):
        session.reveal("r3")
    monkeypatch.undo()
    monkeypatch.setenv("WERKBOEK_STATE", str(session.box.path.parents[1]))
    halfway = {row.participant for row in mine(session.case)}
    session.close()
    taken_up = again(session)
    assert taken_up.box.stage("r3") is Stage.REVEALING
    with pytest.raises(NotNow, match="being revealed"):
        taken_up.box.end("r3")
    taken_up.mend()
    assert taken_up.box.stage("r3") is Stage.REVEALED
    assert taken_up.case.get(Round, "r3").state is State.REVEALED
    rows = mine(taken_up.case)
    assert len(rows) == 7 * 30 and len({row.id for row in rows}) == len(rows)
    ids = {row.participant for row in rows}
    assert ids == halfway or not halfway  # the same fresh ids as before the stop
    assert (ids == set(people)) is (names is Names.OPEN)
    assert Counter(row.score for row in rows) == {
        Score.MINUS: 60,
        Score.PLUSMINUS: 60,
        Score.PLUS: 60,
        Score.DONT_KNOW: 30,
    }
    before = digest(taken_up.case)
    taken_up.mend()
    assert digest(taken_up.case) == before
    taken_up.close()


@pytest.mark.parametrize("step", ["open", "close"])
def test_a_stage_that_the_case_does_not_show_yet_is_shown_by_the_next_session(
    session, monkeypatch, step
):
    if step == "close":
        session.open("r3")
    stop = lambda *_: (_ for _ in ()).throw(Stopped())  # noqa: E731
    monkeypatch.setattr(Session, "_set_state", stop)
    with pytest.raises(Stopped):
        session.open("r3") if step == "open" else session.close_round("r3")
    monkeypatch.undo()
    monkeypatch.setenv("WERKBOEK_STATE", str(session.box.path.parents[1]))
    taken_up = again(session)
    wanted = State.OPEN if step == "open" else State.CLOSED
    assert taken_up.case.get(Round, "r3").state is not wanted
    taken_up.mend()
    assert taken_up.case.get(Round, "r3").state is wanted
    taken_up.close()


def test_a_save_of_the_case_that_was_cut_short_is_completed_from_its_journal(session, monkeypatch):
    """Ballots, participants, priorities and rounds are one save, journal first."""
    from workbook.case import folder as files

    opened(session, 3, Names.ANONYMOUS)
    session.close_round("r3")
    real, done = files.write_atomically, []

    def write(path, data):
        done.append(path.name)
        if len(done) == 3:  # the journal and one file are there
            raise Stopped
        real(path, data)

    monkeypatch.setattr(files, "write_atomically", write)
    with pytest.raises(Stopped):
        session.reveal("r3")
    monkeypatch.setattr(files, "write_atomically", real)
    assert done[0] == JOURNAL and (session.case.folder / JOURNAL).exists()
    taken_up = again(session)
    taken_up.mend()
    assert not (session.case.folder / JOURNAL).exists()
    assert len(mine(taken_up.case)) == 90 and taken_up.box.stage("r3") is Stage.REVEALED
    taken_up.close()


def test_a_disk_that_is_full_is_told_and_the_reveal_can_be_tried_again(session, monkeypatch):
    from workbook.case import folder as files

    opened(session, 2)
    session.close_round("r3")
    real = files.write_atomically

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_atomically", full)
    with pytest.raises(UserError, match="No space left"):
        session.reveal("r3")
    monkeypatch.setattr(files, "write_atomically", real)
    assert mine(session.case) == []
    session.reveal("r3")
    assert len(mine(session.case)) == 60


# --- others at the same time


def test_what_somebody_else_changed_meanwhile_is_kept(session):
    opened(session, 2)
    session.close_round("r3")
    other = open_case("voorbeeldregio", lang="en", root=session.case.folder.parent)
    rows = list(other.rows(Ballot))
    rows[0] = rows[0].model_copy(update={"score": Score.DONT_KNOW})
    other.write({Ballot: rows[:-1]})
    session.reveal("r3")
    assert session.case.rows(Ballot)[0].score is Score.DONT_KNOW
    assert rows[-1] not in session.case.rows(Ballot)
    assert len(mine(session.case)) == 60


def test_a_change_between_reading_and_writing_is_taken_along(session, monkeypatch):
    opened(session, 2)
    session.close_round("r3")
    other = open_case("voorbeeldregio", lang="en", root=session.case.folder.parent)
    real, turns = Case.write, []

    def write(case, tables, documents=()):
        if case is session.case and len(turns) < 2:
            turns.append(1)
            rows = list(other.rows(Ballot))
            real(other, {Ballot: rows[:-1]})
        return real(case, tables, documents)

    before = len(session.case.rows(Ballot))
    monkeypatch.setattr(Case, "write", write)
    session.reveal("r3")
    assert len(turns) == 2
    assert len(session.case.rows(Ballot)) == before - 2 + 60


def test_somebody_who_never_stops_writing_is_named_and_nothing_is_lost(session, monkeypatch):
    opened(session, 2)
    session.close_round("r3")
    real = Case.write

    def write(case, tables, documents=()):
        raise Changed(Ballot, (), "en")

    monkeypatch.setattr(Case, "write", write)
    with pytest.raises(UserError, match="somebody else is writing this case"):
        session.reveal("r3")
    monkeypatch.setattr(Case, "write", real)
    session.mend()
    assert len(mine(session.case)) == 60


def reveal_at(folder, at, answers):
    made = Session(Case(folder, "en"))
    time.sleep(max(0, at - time.time()))
    try:
        made.reveal("r3")
        answers.put("revealed")
    except (UserError, CaseError) as error:
        answers.put(str(error))
    made.close()


@fork
@pytest.mark.parametrize("names", [Names.OPEN, Names.ANONYMOUS])
def test_two_consoles_that_reveal_at_once_write_it_once(session, names):
    opened(session, 6, names)
    session.close_round("r3")
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    at = time.time() + 3
    both = [
        context.Process(target=reveal_at, args=(session.case.folder, at, answers)) for _ in range(2)
    ]
    for process in both:
        process.start()
    told = [answers.get(timeout=60) for _ in both]
    for process in both:
        process.join()
    assert "revealed" in told
    assert set(told) <= {"revealed", "this round was revealed already"}
    session.case.refresh()
    rows = mine(session.case)
    assert len(rows) == 180 and all(row.score is not None for row in rows)
    assert len({row.participant for row in rows}) == 6


def save_until_closed(path, code, who, answers):
    box = BallotBox(path, lang="en")
    cells = sorted(box.asked("r3").cells)
    kept, n, closed = {}, 0, False
    from workbook.session.ballot import Change

    while not closed:
        n += 1
        cell = cells[n % len(cells)]
        score = list(Score)[(n + who) % 4]
        answer = box.save(Change("r3", code, f"{who}-{n}", {cell: score}, base=n - 1))
        if isinstance(answer, Refused):
            closed = answer.why is Why.CLOSED
            assert closed, answer
        else:
            assert answer.version == n
            kept[cell] = score.value
    answers.put((who, n - 1, kept))
    box.close()


@fork
def test_processes_that_save_while_one_closes_keep_all_they_were_told(session):
    session.open("r3")
    codes = list(session.box.admission.codes().items())[:3]
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    running = [
        context.Process(target=save_until_closed, args=(session.box.path, code, n, answers))
        for n, (_who, code) in enumerate(codes)
    ]
    for process in running:
        process.start()
    for _ in range(400):
        if session.box.count("r3").begun == 3:
            break
        time.sleep(0.05)
    time.sleep(0.3)
    session.close_round("r3")
    told = [answers.get(timeout=60) for _ in running]
    for process in running:
        process.join()
    for n, version, kept in told:
        found = session.box.ballot("r3", codes[n][1])
        assert found.version == version > 0
        assert {cell: score.value for cell, score in found.scores.items()} == kept


@fork
def test_killed_in_the_middle_of_saving_what_was_told_is_there(session):
    session.open("r3")
    ((who, code), *_rest) = session.box.admission.codes().items()
    for turn in range(5):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:  # pragma: no cover
            try:
                os.close(read)
                box = BallotBox(session.box.path)
                n = 0
                while True:
                    n += 1
                    sent = change(
                        box, who, {CELL: list(Score)[n % 4]}, round="r3", request=f"{turn}-{n}"
                    )
                    os.write(write, f"{box.save(sent).version}\n".encode())
            finally:
                os._exit(0)
        os.close(write)
        time.sleep(0.1 + turn * 0.03)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(read) as stream:
            lines = stream.read().splitlines()
        assert lines
        assert session.box.ballot("r3", code).version - int(lines[-1]) in (0, 1)


# --- anonymous


def test_after_an_anonymous_reveal_nobody_is_in_the_round_under_their_own_id(session):
    people = opened(session, 9, Names.ANONYMOUS)
    session.close_round("r3")
    session.reveal("r3")
    case = session.case
    fresh = list(dict.fromkeys(row.participant for row in mine(case)))
    assert len(fresh) == 9 and not set(fresh) & {person.id for person in invited(case)}
    assert [person.id for person in scoring(case, case.get(Round, "r3"))] == fresh
    assert {person.only_in for person in case.rows(Participant) if person.id in fresh} == {"r3"}
    order = [next(r.reason for r in mine(case) if r.participant == id and r.reason).split()[0]
             for id in fresh]  # fmt: skip
    assert sorted(order) == people
    assert order != people  # one in 362 880 by chance
    raw = b"".join(path.read_bytes() for path in session.box.path.parent.iterdir())
    assert raw.count(SECRET.encode()) == 0
    assert sum(raw.count(id.encode()) for id in fresh) == 0
    codes = session.box.admission.codes()
    assert all(session.box.ballot("r3", codes[who]).version == 0 for who in people)
    assert session.box.count("r3").begun == 9


def test_groups_in_the_case_are_of_three_at_least_and_as_they_are_now(session):
    people = opened(session, 9, Names.ANONYMOUS)
    session.close_round("r3")
    other = open_case("voorbeeldregio", lang="en", root=session.case.folder.parent)
    groups = dict.fromkeys(people[:4], Group("municipalities")) | dict.fromkeys(
        people[4:7], Group("experts_by_experience")
    )
    left = [group for group in Group if group not in groups.values()][:2]
    groups |= {people[7]: left[0], people[8]: left[1]}
    rows = [row.model_copy(update={"group": groups.get(row.id)}) for row in other.rows(Participant)]
    other.write({Participant: rows})  # nobody told the console
    session.reveal("r3")
    fresh = [row for row in session.case.rows(Participant) if row.only_in == "r3"]
    # Two ballots would be left without a group: the group of three goes along.
    assert Counter(row.group for row in fresh) == {Group("municipalities"): 4, None: 5}


def test_killed_after_forgetting_the_next_session_clears_the_file(session, monkeypatch):
    opened(session, 5, Names.ANONYMOUS)
    session.close_round("r3")
    stop = lambda box: (_ for _ in ()).throw(Stopped())  # noqa: E731
    monkeypatch.setattr("workbook.session.box.clean", stop)
    with pytest.raises(Stopped):
        session.reveal("r3")
    monkeypatch.undo()
    monkeypatch.setenv("WERKBOEK_STATE", str(session.box.path.parents[1]))
    taken_up = again(session)
    taken_up.mend()
    taken_up.close()
    for path in session.box.path.parent.iterdir():
        assert path.read_bytes().count(SECRET.encode()) == 0


# --- rounds after one another


def test_who_scored_before_sees_their_own_scores_of_the_last_round_by_name(session):
    session.open("r3")
    box, codes = session.box, session.box.admission.codes()
    for who in codes:
        expected = {
            (row.option, row.criterion): row.score
            for row in session.case.rows(Ballot)
            if (row.round, row.participant) == ("r2", who) and row.score is not None
        }
        assert box.earlier("r3", codes[who]) == expected
    assert any(box.earlier("r3", code) for code in codes.values())


def test_scores_of_an_anonymous_round_come_back_to_nobody(session):
    opened(session, 5, Names.ANONYMOUS)
    session.close_round("r3")
    session.reveal("r3")
    id = session.add_round("Fourth", Names.OPEN)
    session.open(id)
    case, codes = session.case, session.box.admission.codes()
    second = scored(case, "r2")
    for who, code in codes.items():
        for cell, score in session.box.earlier(id, code).items():
            assert second[who, *cell] is score


def test_a_new_round_gets_an_id_of_its_own_and_is_what_is_to_be_scored(session):
    assert session.to_score() == "r3" == session.to_score("r3")
    id = session.add_round("Fourth", Names.ANONYMOUS)
    row = session.case.get(Round, id)
    assert (id, row.how, row.names, row.state) == (
        "r4",
        How.BALLOTS,
        Names.ANONYMOUS,
        State.SETUP,
    )
    session.open("r3")
    assert session.to_score() == "r3"
    session.close_round("r3")
    assert session.to_score() == "r4"
    with pytest.raises(UserError, match="no round r9"):
        session.to_score("r9")
