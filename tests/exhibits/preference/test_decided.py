"""What was decided: all of it, and what was settled before what is still open."""

from __future__ import annotations

from workbook import exhibits
from workbook.case import Case
from workbook.case.tables import Decision, Status


def test_every_decision_of_a_step_is_named(example: Case) -> None:
    sentence = exhibits.decided_sentence(example, step=8)
    for row in example.rows(Decision):
        if row.step == 8:
            assert row.choice.rstrip(".") in sentence
    assert sentence.count("Decided:") == 2
    assert sentence.count("not yet confirmed") == 1


def test_of_step_seven_the_preference_counts_and_not_how_it_was_reached(example: Case) -> None:
    sentence = exhibits.decided_sentence(example)
    assert "Een eigen stichting" in sentence
    assert "Dicht bij beleid" not in sentence


def test_a_proposal_does_not_undo_what_was_confirmed(example: Case) -> None:
    rows = list(example.rows(Decision))
    settled = example.get(Decision, "b-stap7")
    proposal = {"id": "b-later", "choice": "Toch het verband", "status": Status.PROPOSED}
    later = settled.model_copy(update=proposal)
    example.write({Decision: [*rows, later]})
    assert exhibits.main_decision(example, 7) == settled
    assert "Toch het verband" not in exhibits.decided_sentence(example)


def test_what_a_published_text_leaves_out_is_not_published(published: Case) -> None:
    shown = exhibits.decided(published, step=5)
    assert shown.table["Confirmed by"].tolist() == ["not published"]


def test_a_date_is_read_as_people_say_it(example: Case) -> None:
    shown = exhibits.decided(example, step=1)
    assert shown.table["Date"].tolist() == ["4 February 2025"]
