"""What is said of a verdict: firm, leaning, undecided; and that undecided names no winner."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbook import exhibits
from workbook.case import Case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import (
    Ballot,
    How,
    Names,
    Option,
    Participant,
    Priority,
    Round,
    Score,
    State,
    Tally,
)
from workbook.exhibits.preference.judged import judged

FIRST = "Regio+welzijn+opvang"


def options(case: Case) -> list[str]:
    return [row.short or row.name for row in scored_options(case)]


def score(case: Case, give: Callable[[Ballot], Score | None]) -> None:
    case.write({Ballot: [row.model_copy(update={"score": give(row)}) for row in case.rows(Ballot)]})


def make_clear(case: Case) -> None:
    score(
        case,
        lambda row: Score.PLUS if row.option == "regio-welzijn-opvang" else Score.MINUS,
    )


def make_undecided(case: Case) -> None:
    """Two options nearly level: one score between them."""
    spared = ("r2", "p01", "stichting", "werkgebied")

    def give(row: Ballot) -> Score:
        if row.option not in ("stichting", "regio-welzijn-opvang"):
            return Score.MINUS
        at = (row.round, row.participant, row.option, row.criterion)
        return Score.PLUSMINUS if at == spared else Score.PLUS

    score(case, give)


def test_the_example_leans(example: Case) -> None:
    sentence = exhibits.support_sentence(example)
    assert f"lean towards {FIRST}, but not firmly" in sentence
    assert "4 of the 334 scores given" in sentence
    shown = exhibits.firmness(example)
    assert shown.title.endswith("Leaning")
    assert "For clear it lacks a lead that takes more scores to undo" in shown.sentence
    row = shown.table.set_index("Question").filter(like="It takes 4.", axis=0).iloc[0]
    assert (row["for leaning"], row["for clear"]) == ("yes", "no")


def test_a_clear_first_is_called_clear(example: Case) -> None:
    make_clear(example)
    assert f"clearly support {FIRST}." in exhibits.support_sentence(example)
    assert set(exhibits.firmness(example).table["for clear"]) <= {"yes", "–"}
    assert f"All 7 rules put {FIRST} first." in exhibits.rules(example).sentence
    assert "nothing scores higher" in exhibits.rules(example).sentence


def test_undecided_names_no_winner_anywhere(example: Case) -> None:
    make_undecided(example)
    found = judged(example)
    assert found is not None
    assert (found.verdict.level, found.verdict.first) == ("undecided", "regio-welzijn-opvang")
    assert found.verdict.winner is None
    names = options(example)
    for make in (
        exhibits.support,
        exhibits.firmness,
        exhibits.robustness,
        exhibits.endings,
        exhibits.rules,
        exhibits.dominance,
        exhibits.orders,
        exhibits.places,
        exhibits.what_if,
    ):
        shown = make(example)
        assert not [name for name in names if name in shown.sentence], shown.name
        if "Option" in shown.table:
            # In the case's own order: sorting would argue.
            assert list(shown.table["Option"]) == [
                n for n in names if n in set(shown.table["Option"])
            ]
    assert "One different score would already change" in exhibits.support_sentence(example)
    assert exhibits.endings(example).missing
    decided = exhibits.decided(example, step=7)
    assert "What the scores support: no firm first" in decided.alt
    assert "Both point" not in decided.sentence
    assert "otherwise than the scores" not in decided.sentence
    by_support = exhibits.score_heatmap(example, order="support")
    assert "No firm first, so the case's own order is kept." in by_support.sentence


def test_an_undecided_grid_of_shares_has_no_colour(example: Case) -> None:
    def colours(case: Case) -> set:
        axes = exhibits.robustness(case).draw()
        return {patch.get_facecolor() for patch in axes.patches}

    assert len(colours(example)) > 1
    make_undecided(example)
    assert len(colours(example)) == 1


@pytest.mark.parametrize(
    ("people", "words"),
    [(4, "fewer than 5 people"), (12, "lean towards")],
)
def test_with_few_people_nothing_is_said(example: Case, people: int, words: str) -> None:
    kept = {row.id for row in example.rows(Participant)[:people]}
    example.write({Ballot: [row for row in example.rows(Ballot) if row.participant in kept]})
    assert words in exhibits.support_sentence(example)


def test_few_options_make_a_first_place_easily(example: Case) -> None:
    warning = "chance alone makes a first place more easily"
    make_clear(example)
    assert warning not in exhibits.support_sentence(example)
    kept = ("regio-welzijn-opvang", "opvang")
    rows = [row.model_copy(update={"shortlisted": row.id in kept}) for row in example.rows(Option)]
    example.write({Option: rows})
    assert f"clearly support {FIRST}" in exhibits.support_sentence(example)
    assert warning in exhibits.support_sentence(example)


def test_an_option_without_an_answer_may_still_win(example: Case) -> None:
    score(
        example,
        lambda row: (
            (None if row.criterion == "werkgebied" else Score.PLUS)
            if row.option == "stichting"
            else Score.PLUSMINUS
            if row.option == "opvang"
            else Score.MINUS
        ),
    )
    shown = exhibits.support(example)
    assert "could still come out highest" in shown.sentence
    assert "No place for Eigen stichting" in shown.sentence
    assert "nan" not in shown.alt.lower()


def test_hands_are_never_clear_and_ask_nothing_of_persons(example: Case) -> None:
    make_clear(example)
    tallies = [
        Tally(
            id=f"t-{option.id}-{criterion.id}",
            round="r0",
            option=option.id,
            criterion=criterion.id,
            minus=0 if option.id == "regio-welzijn-opvang" else 12,
            plus=12 if option.id == "regio-welzijn-opvang" else 0,
            source="fictional",
        )
        for option in scored_options(example)
        for criterion in scored_criteria(example)
    ]
    rounds = [row for row in example.rows(Round) if row.how is How.HANDS]
    example.write({Round: rounds, Ballot: [], Tally: tallies, Priority: []})
    assert f"lean towards {FIRST}" in exhibits.support_sentence(example)
    assert "scores by person" in exhibits.firmness(example).sentence
    alone = exhibits.robustness(example).table["if voices counted unequally"]
    assert set(alone) == {"–"}
    assert "A show of hands doesn't say who scored what." in exhibits.endings(example).alt
    assert "by person: Borda" not in exhibits.rules(example).table


def test_an_anonymous_round_points_at_nobody(example: Case) -> None:
    rounds = [row.model_copy(update={"names": Names.ANONYMOUS}) for row in example.rows(Round)]
    example.write({Round: rounds})
    people = {row.id for row in example.rows(Participant)}
    for make in (exhibits.endings, exhibits.firmness, exhibits.what_if, exhibits.rules):
        shown = make(example)
        words = shown.as_text() + shown.table.to_string()
        assert not [person for person in people if person in words.split()], shown.name
    # The project's group has one member: what that person said could be worked out.
    assert exhibits.groups_to_leave_out(example) == []
    assert "municipalities" not in exhibits.endings(example).alt
    assert "Without one group it changes in" in exhibits.endings(example).alt


def test_what_it_takes_to_end_a_first_place(example: Case) -> None:
    shown = exhibits.endings(example)
    assert f"4 × {FIRST}, Dicht bij beleid: + becomes −" in shown.alt
    assert "Another order: 2 swaps." in shown.alt
    assert "First alone in 88% of all 720 strict orders." in shown.alt
    assert "Other people: in 0 of 12 cases." in shown.alt


def test_a_first_place_under_every_order_is_told_so(example: Case) -> None:
    make_clear(example)
    shown = exhibits.endings(example)
    assert "Another order: no order does it. First alone in 100% of all 720 strict" in shown.alt


def test_individual_orders_lead_where_the_room_has_none(example: Case) -> None:
    own = [row for row in example.rows(Priority) if row.who != "plenary"]
    example.write({Priority: own})
    shown = exhibits.priorities(example)
    assert "The room has no order of its own yet; 12 people gave theirs." in shown.sentence
    assert (
        "Whoever is left out, together: 1. Dicht bij beleid; 2. Bereik van vindplaatsen"
        in shown.sentence
    )
    assert "no shared order" not in shown.sentence
    # Two people who differ share no groups: then pairs are told.
    two = [row for row in own if row.who in ("p01", "p07")]
    example.write({Priority: two})
    assert "Whoever is left out, they put" in exhibits.priorities(example).sentence
    one = [row for row in own if row.who == "p01"]
    example.write({Priority: one})
    shown = exhibits.priorities(example)
    assert "Only one person gave an order, which is not the room's" in shown.sentence
    assert set(shown.table["Equal weight"]) == {"0.167"}
    found = judged(example)
    assert found is not None
    assert "order" in found.verdict.failed("clear")


def test_orders_at_odds_are_no_shared_order(example: Case) -> None:
    criteria = [row.id for row in scored_criteria(example)]
    turned = [
        Priority(
            id=f"x{person}-{criterion}",
            round="r2",
            who=f"p{person:02d}",
            criterion=criterion,
            rank=(place + person) % len(criteria) + 1,
            source="fictional",
        )
        for person in range(1, 13)
        for place, criterion in enumerate(criteria)
    ]
    example.write({Priority: turned})
    assert "They agree no more than chance would" in exhibits.priorities(example).sentence
    assert "Equal weight" in exhibits.priorities(example).table


def test_an_order_counts_only_after_its_round_is_revealed(example: Case) -> None:
    own = [row for row in example.rows(Priority) if row.who != "plenary"]
    rounds = [
        row.model_copy(update={"state": State.CLOSED}) if row.id == "r2" else row
        for row in example.rows(Round)
    ]
    example.write({Priority: own, Round: rounds})
    shown = exhibits.priorities(example)
    assert "no order of importance yet" in shown.sentence
    assert "First or second for" not in shown.table


def test_one_option_has_nothing_to_be_compared_with(example: Case) -> None:
    rows = [
        row.model_copy(update={"shortlisted": row.id == "stichting"})
        for row in example.rows(Option)
    ]
    example.write({Option: rows})
    assert "There is nothing to compare with." in exhibits.support_sentence(example)
    for make in (exhibits.rules, exhibits.orders, exhibits.places, exhibits.robustness):
        assert make(example).png


def test_nobody_knows_gives_words_not_numbers(example: Case) -> None:
    score(example, lambda row: Score.DONT_KNOW)
    for make in (exhibits.rules, exhibits.orders, exhibits.places, exhibits.robustness):
        shown = make(example)
        assert shown.missing
        assert "none gets a place" in shown.sentence
    assert "none gets a place" in exhibits.support_sentence(example)
    assert "nan" not in exhibits.support(example).as_text().lower()
    assert exhibits.firmness(example).png
