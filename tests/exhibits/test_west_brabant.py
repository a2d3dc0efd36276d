"""The published case: what it says, what it leaves open, and what its readings allow."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from workbook import exhibits, judge
from workbook.case import Case
from workbook.case.checking import passages
from workbook.case.points import open_points
from workbook.case.tables import (
    NOT_PUBLISHED,
    Argument,
    ArgumentKind,
    Ballot,
    Collaboration,
    Criterion,
    Decision,
    Participant,
    Reading,
    Source,
    Tally,
)
from workbook.exhibits.preference.reading import reading_table
from workbook.exhibits.preference.scores import leading_weights

CHOSEN_ID = "verband-uitgebreid"
CHOSEN = "VT + Safegroup + MW"


def test_weights_of_the_published_order(published: Case) -> None:
    weights = leading_weights(published)
    assert weights["instroom"] == pytest.approx(0.4567, abs=5e-5)
    assert sorted(weights.values(), reverse=True) == pytest.approx(
        [0.4567, 0.2567, 0.1567, 0.065, 0.065], abs=5e-5
    )


def test_how_often_the_published_choice_comes_first_recomputed(published: Case) -> None:
    """Every filling written out, without the package's own counting."""
    table = reading_table(published)
    weights = np.array([leading_weights(published)[c] for c in table.criteria])
    known = [i for i in range(len(table.options)) if not np.isnan(table.bounds[i]).any()]
    cells = [(i, j) for i in known for j in range(len(table.criteria))]
    ranges = [range(int(table.bounds[c][0]), int(table.bounds[c][1]) + 1) for c in cells]
    at = [table.options[i] for i in known].index(CHOSEN_ID)
    first = total = 0
    for filling in product(*ranges):
        place = (np.array(filling).reshape(len(known), -1) + 1) / 2
        value = place @ weights
        best = np.flatnonzero(value >= value.max() - 1e-9)
        total += 1
        first += list(best) == [at]
    assert (first, total) == (876, 1024)
    sentence = exhibits.reading_outcome(published).sentence
    assert f"In 876 of the 1,024 readings that the text allows, {CHOSEN}" in sentence
    assert "The participants' scores were not published." in sentence
    assert "In other readings another is first alone" in sentence


def test_the_place_of_plusminus_is_told(published: Case) -> None:
    alt = exhibits.reading_outcome(published).alt
    for place, count in (("0.00", "1,024"), ("0.50", "876"), ("0.75", "728"), ("1.00", "248")):
        assert f"± at {place}: {CHOSEN} first in {count} of 1,024" in alt


def test_every_order_that_fits_is_told(published: Case) -> None:
    shown = exhibits.reading_outcome(published)
    strict = {order for order in shown.table["Order"] if ">" in order}
    assert len(strict) == 2
    assert all(
        order.startswith("Instroom casuïstiek > Brede inzet > Samenwerking") for order in strict
    )


def test_swapped_priorities_turn_the_outcome(published: Case) -> None:
    table = reading_table(published)
    names = {row.id: row.name for row in published.rows(Criterion)}
    order = ["Instroom casuïstiek", "Samenwerking", "Brede inzet"]
    ranks = {c: order.index(names[c]) + 1 for c in table.criteria if names[c] in order}
    weights = judge.Order.from_ranks(table.criteria, ranks).weights()
    found = judge.fillings(table, weights)
    assert found.count(CHOSEN_ID) == 40


def test_an_independent_centre_can_not_reach_it(published: Case) -> None:
    sentence = exhibits.reading_outcome(published).sentence
    assert "silent on a cell of Centrum, alleen HG and Centrum, breed" in sentence
    assert f"even the best reading puts that below {CHOSEN}" in sentence


def test_no_voice_was_made_up(published: Case) -> None:
    for table in (Ballot, Tally, Participant):
        assert published.rows(table) == ()
    assert len(published.rows(Reading)) == 35
    for make in (exhibits.score_heatmap, exhibits.support, exhibits.robustness):
        assert "not published" in make(published).sentence


def test_its_open_points_stay_open(published: Case) -> None:
    found = [point.render("en") for point in open_points(published)]
    assert any("no experts by experience in step" in text and "5" in text for text in found)
    assert "the participants' scores are not published" in found


def test_every_picture_is_marked(published: Case, example: Case) -> None:
    read = "WEST-BRABANT · READ FROM A PUBLISHED TEXT"
    for case, words in ((published, read), (example, "FICTIONAL EXAMPLE")):
        for _step, shown in exhibits.series(case):
            assert shown.mark == words, shown.name
            if shown.figure is not None:
                assert words in [text.get_text() for text in shown.figure.texts], shown.name


SCENARIO = "handleiding-b2: Naar een voorkeursscenario"


def test_the_text_judges_every_form_of_position(published: Case) -> None:
    """A form as a whole, apart from any criterion: none but the partnership is preferred."""
    whole = {
        (row.form.value, row.stance.value, row.source)
        for row in published.rows(Argument)
        if row.form and row.stance and "voorkeur" in row.id
    }
    assert whole == {
        ("independent", "against", f"{SCENARIO} > Zelfstandige positie, alinea 2"),
        ("one_organisation", "against", f"{SCENARIO} > Binnen één organisatie, alinea 1"),
        ("partnership", "for", f"{SCENARIO} > Samenwerkingsverband, alinea 1"),
    }


def test_an_example_of_the_text_is_no_rule(published: Case) -> None:
    """It says why many fell off "for instance", and doesn't say who falls off."""
    dropped = [r for r in published.rows(Argument) if r.kind is ArgumentKind.DROPPED]
    assert len(dropped) == 3
    for row in dropped:
        assert "voorbeeld" in row.claim
        assert "valt af" not in row.claim


def test_who_confirmed_is_told_only_where_the_text_does(published: Case) -> None:
    told = {row.step: row.confirmed_by for row in published.rows(Decision)}
    assert told[5] == told[6] == NOT_PUBLISHED
    assert told[7] == "Klankbordgroep"


def test_the_text_does_not_say_whether_people_were_interviewed_alone(published: Case) -> None:
    interviews = [row for row in published.rows(Source) if row.id.startswith("interview-")]
    assert len(interviews) == 7
    for row in interviews:
        assert row.method is None
        assert "De tekst zegt niet of" in str(row.reference)


def test_which_disadvantage_a_recommendation_answers_is_called_a_reading(published: Case) -> None:
    against = {r.id for r in published.rows(Argument) if r.kind is ArgumentKind.DISADVANTAGE}
    answering = [r for r in published.scenario.recommendations if against & set(r.answers)]
    assert len(answering) == 2
    assert all("een lezing door het werkboek" in row.text for row in answering)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("hun eigen verhaal", "Project De Cirkel is Rond > Casuïstiek, alinea 5"),
        ("intensiever contact", "Project De Cirkel is Rond > Ervaringen, alinea 3"),
        ("drie soorten plekken", "Naar een voorkeursscenario, alinea 1"),
        ("aan de meeste criteria", "Naar een voorkeursscenario, alinea 2"),
        ("vroeger pleger", "De beste plek ... > Voordelen, punt 3"),
        ("de centrumgemeente", "De beste plek ... > Voordelen, alinea na de punten"),
        ("drie grotere en twee of drie kleinere", "De beste plek ... > Nadelen, punt 2"),
        ("onder de naam SMO Breda", "inleiding, alinea 4"),
    ],
)
def test_it_says_what_the_text_says_and_where(published: Case, words: str, place: str) -> None:
    told = [(item.text, item.source) for item in passages(published.info)]
    told += [(row.claim, row.source) for row in published.rows(Argument)]
    assert f"handleiding-b2: {place}" in [source for text, source in told if words in text]


def test_the_partners_that_the_text_leaves_unnamed_are_kept(published: Case) -> None:
    partners = {row.party for row in published.rows(Collaboration)}
    assert "andere-partners" in partners
