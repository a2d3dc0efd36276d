"""Excel forms into the ballot box: whole or not at all, and never over somebody's own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.session.paper.conftest import addresses, fill, fill_all
from workbook.case import UserError
from workbook.case.tables import Ballot, Names, Round, Score
from workbook.session.ballot import Change, Filled, Saved, Way
from workbook.session.paper.excel_form import write_forms
from workbook.session.paper.importing import import_forms
from workbook.session.session import Session

Look = Callable[..., Filled]


def test_a_form_becomes_the_participants_ballot(
    session: Session, round: str, form: Path, stored: Look
) -> None:
    score, reason, place = (addresses(form, k) for k in ("score", "reason", "place"))
    some, other = list(score)[:2]
    fill(form, {score[some]: "+", reason[some]: "I heard more", place["", some[1]]: 1})
    (done,) = import_forms(session, [form])
    assert (done.participant, done.scored, done.asked) == ("p01", 1, len(score))
    assert done.problems == ()
    found = stored()
    assert found.scores == {some: Score.PLUS}
    assert found.reasons == {some: "I heard more"}
    assert found.order == {some[1]: 1}
    assert found.way is Way.EXCEL
    assert other not in found.scores
    assert session.box.count(round).ways[Way.EXCEL] == 1


def test_the_same_file_twice_changes_nothing(session: Session, form: Path, stored: Look) -> None:
    fill_all(form)
    assert import_forms(session, [form])[0].problems == ()
    before = stored()
    assert import_forms(session, [form])[0].problems == ()
    assert import_forms(session, [form], replace=True)[0].problems == ()
    assert stored() == before


def test_a_ballot_that_came_otherwise_is_kept_unless_replaced(
    session: Session, round: str, form: Path, stored: Look
) -> None:
    fill_all(form, "-")
    cell = next(iter(addresses(form, "score")))
    code = session.box.admission.codes()["p01"]
    by_page = Change(round, code, "request-1", {cell: Score.PLUS}, {cell: "mine"}, {cell[1]: 3})
    assert isinstance(session.box.save(by_page), Saved)
    before = stored()
    (done,) = import_forms(session, [form])
    assert done.problems == (
        f"{form.name}: p01 has a ballot in this round already, on the ballot page; nothing was "
        "changed. With --replace this form stands in its place",
    )
    assert stored() == before
    assert import_forms(session, [form], replace=True)[0].problems == ()
    after = stored()
    assert set(after.scores.values()) == {Score.MINUS}
    assert after.reasons == {} and after.order == {}  # the form is the whole ballot
    assert after.way is Way.EXCEL


def test_a_later_change_on_the_page_is_not_undone_by_the_same_file(
    session: Session, round: str, form: Path, stored: Look
) -> None:
    fill_all(form, "-")
    import_forms(session, [form])
    cell = next(iter(addresses(form, "score")))
    session.box.save(
        Change(round, session.box.admission.codes()["p01"], "request-1", {cell: Score.PLUS})
    )
    (done,) = import_forms(session, [form])
    assert "on the ballot page; nothing was changed" in done.problems[0]
    assert stored().scores[cell] is Score.PLUS
    assert import_forms(session, [form], replace=True)[0].problems == ()
    assert stored().scores[cell] is Score.MINUS
    version = stored().version
    assert import_forms(session, [form], replace=True)[0].problems == ()
    assert stored().version == version


def test_another_file_of_the_same_person_is_refused(
    session: Session, form: Path, stored: Look, tmp_path: Path
) -> None:
    one = fill_all(form, "-", tmp_path / "one.xlsx")
    two = fill_all(form, "+", tmp_path / "two.xlsx")
    first, second = import_forms(session, [one, two])
    assert first.problems == () and "by Excel form; nothing was changed" in second.problems[0]
    assert set(stored().scores.values()) == {Score.MINUS}


def test_an_order_alone_is_a_ballot_that_is_kept(
    session: Session, round: str, form: Path, stored: Look
) -> None:
    fill_all(form)
    criterion = next(iter(addresses(form, "place")))[1]
    session.box.save(
        Change(round, session.box.admission.codes()["p01"], "request-1", order={criterion: 1})
    )
    (done,) = import_forms(session, [form])
    assert "p01 has a ballot in this round already; nothing was changed" in done.problems[0]
    assert stored().scores == {}


def test_a_file_with_one_fault_is_not_taken_and_the_next_is(
    session: Session, round: str, forms: Path, stored: Look
) -> None:
    wrong, right = (forms / f"voorbeeldregio-{round}-{who}.xlsx" for who in ("p01", "p02"))
    fill_all(wrong)
    fill(wrong, {next(iter(addresses(wrong, "score").values())): "secretly good"})
    fill_all(right)
    first, second = import_forms(session, [wrong, right])
    assert "this is not an answer" in first.problems[0] and "secretly" not in first.problems[0]
    assert stored("p01") == Filled()
    assert second.problems == () and second.scored == second.asked
    assert len(stored("p02").scores) == second.asked


def test_an_empty_form_wipes_nothing(
    session: Session, round: str, form: Path, stored: Look
) -> None:
    empty = form.with_name("empty.xlsx")
    shutil.copy(form, empty)
    import_forms(session, [fill_all(form)])
    before = stored()
    (done,) = import_forms(session, [empty], replace=True)
    assert "nothing is filled in" in done.problems[0]
    assert stored() == before


def test_a_form_of_a_person_who_left_is_refused(
    session: Session, round: str, form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_all(form)
    there = [person for person in session.people() if person.id != "p01"]
    monkeypatch.setattr(session, "people", lambda: there)
    (done,) = import_forms(session, [form])
    assert "there is no participant p01" in done.problems[0]
    assert session.box.count(round).begun == 0


def test_a_round_that_is_not_open_takes_nothing(
    session: Session, round: str, form: Path, stored: Look
) -> None:
    fill_all(form)
    session.close_round(round)
    assert "no round is open" in import_forms(session, [form])[0].problems[0]
    said = import_forms(session, [form], round=round)[0].problems[0]
    assert said == f"{form.name}: this round is closed: nothing more is taken"
    assert stored() == Filled()
    with pytest.raises(UserError, match="no round r99"):
        import_forms(session, [form], round="r99")


def test_a_form_of_another_round_is_refused(
    session: Session, round: str, form: Path, tmp_path: Path, stored: Look
) -> None:
    fill_all(form)
    session.close_round(round)
    later = session.add_round("Third round", Names.ANONYMOUS)
    session.open(later)
    (done,) = import_forms(session, [form])
    assert "of another round (“Second round”), not of “Third round”" in done.problems[0]
    assert session.box.count(later).begun == 0
    (own, *_rest) = write_forms(session, later, tmp_path / "later", "en")
    assert import_forms(session, [fill_all(own)])[0].problems == ()


def test_a_round_that_waits_is_told_to_be_opened(session: Session, tmp_path: Path) -> None:
    id = session.add_round("Second round", Names.OPEN)
    form = fill_all(write_forms(session, id, tmp_path / "forms", "en")[0])
    (done,) = import_forms(session, [form], round=id)
    assert "open it in notebook 07" in done.problems[0]
    session.open(id)
    assert import_forms(session, [form], round=id)[0].problems == ()


def test_a_form_reaches_the_case_at_the_reveal(session: Session, round: str, form: Path) -> None:
    score, reason = (addresses(form, k) for k in ("score", "reason"))
    cell = next(iter(score))
    fill(form, {score[cell]: "?", reason[cell]: "not sure any more"})
    import_forms(session, [form])
    session.close_round(round)
    session.reveal(round)
    rows = {
        (row.option, row.criterion): row
        for row in session.case.rows(Ballot)
        if row.round == round and row.participant == "p01"
    }
    assert rows[cell].score is Score.DONT_KNOW and rows[cell].reason == "not sure any more"
    assert [row.score for key, row in rows.items() if key != cell] == [None] * (len(score) - 1)


def test_a_form_that_promised_anonymity_is_not_taken_into_a_round_by_name(
    session: Session, tmp_path: Path
) -> None:
    id = session.add_round("Next", Names.ANONYMOUS)
    form, *_rest = write_forms(session, id, tmp_path / "forms", "en")
    fill_all(form)
    row = session.round(id).model_copy(update={"names": Names.OPEN})
    session.case.write({Round: [*(r for r in session.case.rows(Round) if r.id != id), row]})
    session.open(id)
    (done,) = import_forms(session, [form])
    assert "this form promises that scores are anonymous" in done.problems[0]
    assert session.box.count(id).begun == 0
