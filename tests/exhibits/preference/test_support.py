"""What the scores support, what was decided, and that the two are never mixed up."""

from __future__ import annotations

import numpy as np
import pytest

from workbook import exhibits
from workbook.case import Case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import Ballot, Decision, Priority, Round, Score, State
from workbook.exhibits.preference.judged import judged
from workbook.exhibits.preference.scores import leading_weights, score_table


def test_net_score_recomputed_by_hand(example: Case) -> None:
    weights = leading_weights(example)
    value = {Score.MINUS: -1, Score.PLUSMINUS: 0, Score.PLUS: 1}
    net = {}
    for option in ("stichting", "regio-welzijn-opvang"):
        total = 0.0
        for criterion in scored_criteria(example):
            given = [
                value[row.score]
                for row in example.rows(Ballot)
                if (row.round, row.option, row.criterion) == ("r2", option, criterion.id)
                and row.score in value
            ]
            total += weights[criterion.id] * np.mean(given)
        net[option] = total
    alt = exhibits.support(example).alt
    assert f"Regio+welzijn+opvang: +{net['regio-welzijn-opvang']:.2f}," in alt
    assert f"Eigen stichting: +{net['stichting']:.2f}," in alt
    found = judged(example)
    assert found is not None
    assert found.verdict.winner == "regio-welzijn-opvang"


def test_the_decision_differs_and_both_are_shown(example: Case) -> None:
    shown = exhibits.decided(example, step=7)
    assert "What the scores support: Regio+welzijn+opvang" in shown.alt
    assert "What was decided: Eigen stichting" in shown.alt
    assert "The room chose otherwise than the scores" in shown.sentence


def test_a_round_that_is_not_revealed_shows_nothing(example: Case) -> None:
    rounds = [row.model_copy(update={"state": State.CLOSED}) for row in example.rows(Round)]
    example.write({Round: rounds})
    for make in (exhibits.score_heatmap, exhibits.support, exhibits.robustness):
        shown = make(example)
        assert shown.missing
        assert shown.table.empty
        assert not shown.alt


def test_ties_keep_the_case_order_and_name_no_winner(example: Case) -> None:
    same = [row.model_copy(update={"score": Score.PLUS}) for row in example.rows(Ballot)]
    example.write({Ballot: same})
    shown = exhibits.support(example)
    assert "no firm first. More than one option shares the highest score." in shown.sentence
    options = [row.short or row.name for row in scored_options(example)]
    assert list(shown.table["Option"]) == options
    sorted_map = exhibits.score_heatmap(example, order="support")
    assert "the case's own order is kept" in sorted_map.sentence
    assert list(dict.fromkeys(sorted_map.table["Option"])) == options


def test_without_an_order_every_criterion_weighs_the_same(example: Case) -> None:
    example.write({Priority: []})
    weights = list(leading_weights(example).values())
    assert weights == pytest.approx([1 / 6] * 6)
    assert "no order of importance" in exhibits.priorities(example).sentence


def test_the_decision_stands_beside_every_computed_first(example: Case) -> None:
    for make in (exhibits.support, exhibits.endings, exhibits.rules, exhibits.what_if):
        assert "Decided: Een eigen stichting" in make(example).sentence
    example.write({Decision: []})
    for make in (exhibits.support, exhibits.endings, exhibits.rules, exhibits.what_if):
        assert make(example).sentence.endswith("the room decides.")


def test_nothing_decided_is_said(example: Case) -> None:
    example.write({Decision: []})
    assert exhibits.decided_sentence(example) == "Nothing was decided yet."
    shown = exhibits.decided(example, step=7)
    assert "What was decided: nothing yet" in shown.alt


def test_score_table_counts_each_person_once(example: Case) -> None:
    last = next(row for row in example.rows(Round) if row.id == "r2")
    table = score_table(example, last)
    assert table.n == 12
    assert (table.counts().sum(axis=-1) == 12).all()


def test_show_of_hands_is_drawn_too(example: Case) -> None:
    shown = exhibits.score_heatmap(example, round="r0")
    assert not shown.missing
    assert "tallies.csv" in shown.provenance[0]
