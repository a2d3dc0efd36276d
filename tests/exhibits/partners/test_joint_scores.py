"""What partnerships were scored, beside what follows from their members."""

from __future__ import annotations

from workbook.case import Case
from workbook.case.tables import Ballot, Names, Reading, Round, Score, State
from workbook.exhibits.partners.joint_scores import joint_scores


def cell(shown, option: str, criterion: str):
    table = shown.table
    return table[(table["Option"] == option) & (table["Criterion"] == criterion)].iloc[0]


def given(case: Case, option: str, criterion: str) -> dict[str, Score | None]:
    return {
        r.participant: r.score
        for r in case.rows(Ballot)
        if (r.round, r.option, r.criterion) == ("r2", option, criterion)
    }


def test_the_best_member_recomputed_person_by_person(example: Case) -> None:
    """Welfare was not scored by itself: only a + of the shelter settles anything."""
    plus = [s for s in given(example, "opvang", "werkgebied").values() if s is Score.PLUS]
    row = cell(joint_scores(example), "Welzijn en opvang", "Regionaal werkgebied")
    assert row["worked out"] == f"+ (−0 ±0 +{len(plus)} ?{12 - len(plus)})"
    assert row["the room"] == "− / ± (−5 ±5 +0 ?2)"
    assert row["difference"] == "scored lower"


def test_the_weakest_member_recomputed_person_by_person(example: Case) -> None:
    both = [given(example, option, "onafhankelijk") for option in ("opvang", "regiobureau")]
    minus = sum(any(scores[p] is Score.MINUS for scores in both) for p in both[0])
    row = cell(joint_scores(example), "Regio+welzijn+opvang", "Onafhankelijke stem")
    assert row["worked out"] == f"− / ± (−{minus} ±0 +0 ?{12 - minus})"
    assert row["difference"] == "can match"


def test_the_score_leads_and_every_difference_is_said(example: Case) -> None:
    shown = joint_scores(example)
    assert shown.sentence.startswith(
        "Where the room scored a partnership itself, that score leads. In 2 of 10 cells"
    )
    assert (
        "Welzijn en opvang on Dekking van de keten: ± (−1 ±5 +4 ?2), worked out + (88%)."
    ) in shown.sentence
    assert "In 2 cells nothing follows" in shown.sentence
    # What is judged as a whole has no rule by which it follows from the members.
    assert "Korte lijnen" not in set(shown.table["Criterion"])


def test_the_published_case_is_read_not_scored(published: Case) -> None:
    shown = joint_scores(published)
    assert shown.sentence.startswith("These are readings of a text, not scores. In none of the 6")
    assert "the room" not in shown.as_text()
    for option in ("VT + Safegroup (nu)", "VT + Safegroup + MW"):
        row = cell(shown, option, "Imago")
        assert (row["the text"], row["worked out"]) == ("− / ±", "− / ±")
    assert "person by person" not in shown.provenance[-1]


def test_a_reading_that_differs_is_said(published: Case) -> None:
    rows = [
        r.model_copy(update={"low": Score.PLUS, "high": Score.PLUS})
        if r.id == "verband-uitgebreid_imago"
        else r
        for r in published.rows(Reading)
    ]
    published.write({Reading: rows})
    shown = joint_scores(published)
    assert cell(shown, "VT + Safegroup + MW", "Imago")["difference"] == "read higher"
    assert "VT + Safegroup + MW on Imago: +, worked out − / ±." in shown.sentence


def test_a_changed_score_changes_words_and_table(example: Case) -> None:
    before = joint_scores(example)
    rows = [
        r.model_copy(update={"score": Score.PLUS})
        if (r.round, r.option, r.criterion) == ("r2", "welzijn-opvang", "keten")
        else r
        for r in example.rows(Ballot)
    ]
    example.write({Ballot: rows})
    after = joint_scores(example)
    assert after.alt != before.alt
    assert not after.table.equals(before.table)
    assert cell(after, "Welzijn en opvang", "Dekking van de keten")["difference"] == "the same"


def test_a_split_room_and_an_empty_cell(example: Case) -> None:
    people = sorted(given(example, "welzijn-opvang", "keten"))
    scores = {p: Score.MINUS if i < 6 else Score.PLUS for i, p in enumerate(people)}
    rows = [
        r.model_copy(update={"score": scores[r.participant]})
        if (r.round, r.option, r.criterion) == ("r2", "welzijn-opvang", "keten")
        else r.model_copy(update={"score": Score.DONT_KNOW})
        if (r.round, r.option, r.criterion) == ("r2", "welzijn-opvang", "werkgebied")
        else r
        for r in example.rows(Ballot)
    ]
    example.write({Ballot: rows})
    shown = joint_scores(example)
    row = cell(shown, "Welzijn en opvang", "Dekking van de keten")
    assert (row["the room"], row["difference"]) == ("− | + (−6 ±0 +6 ?0)", "can match")
    row = cell(shown, "Welzijn en opvang", "Regionaal werkgebied")
    assert (row["the room"], row["difference"]) == ("? (−0 ±0 +0 ?12)", "not known")
    assert shown.png


def test_hands_give_counts_but_no_level_per_person(example: Case) -> None:
    rounds = [
        r.model_copy(update={"state": State.REVEALED if r.id == "r0" else State.CLOSED})
        for r in example.rows(Round)
    ]
    example.write({Round: rounds})
    shown = joint_scores(example)
    assert set(shown.table["Criterion"]) == {"Dekking van de keten"}
    assert "A show of hands doesn't tell who gave which score" in shown.sentence
    assert "tallies.csv" in shown.provenance[0]


def test_no_participant_is_named(example: Case) -> None:
    rounds = [r.model_copy(update={"names": Names.ANONYMOUS}) for r in example.rows(Round)]
    example.write({Round: rounds})
    shown = joint_scores(example)
    people = {r.participant for r in example.rows(Ballot)}
    assert people
    assert not any(person in shown.as_text() for person in people)


def test_nothing_to_show_is_said(example: Case, empty: Case) -> None:
    assert joint_scores(empty).missing
    example.write({Reading: [], Round: [
        r.model_copy(update={"state": State.OPEN}) for r in example.rows(Round)]})  # fmt: skip
    shown = joint_scores(example)
    assert shown.missing
    assert "no revealed scores" in shown.sentence
