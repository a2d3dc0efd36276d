"""Saving scores changes the cells that are given, and no other row."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import Ballots, CaseError, Changed, Tallies, open_case
from workbook.case.tables import Ballot, Criterion, Option, Participant, Round, Score, State, Tally
from workbook.case.writing import table_bytes

CELL = ("stichting", "nabij-beleid")


@pytest.fixture
def ballots(case):
    return Ballots(case, "r1", source="m7")


@pytest.fixture
def unscored(case):
    """A round of ballots that nobody scored yet."""
    rows = case.rows(Round)
    new = rows[1].model_copy(update={"id": "r3", "name": "Derde ronde", "state": State.SETUP})
    case.write({Round: [*rows, new]})
    return new.id


@pytest.fixture
def tallies(case):
    return Tallies(case, "r0", source="m7")


def others(case, participant):
    return [row for row in case.rows(Ballot) if (row.round, row.participant) != ("r1", participant)]


def test_scores_are_those_of_one_person_in_one_round(case, ballots):
    found = ballots.scores("p01")
    rows = [r for r in case.rows(Ballot) if (r.round, r.participant) == ("r1", "p01")]
    assert found == {(row.option, row.criterion): row.score for row in rows}
    assert found[CELL] is Score.PLUS
    assert ballots.scores("nobody") == {}


def test_who_has_scored_is_listed_in_file_order(case, ballots):
    assert ballots.participants() == tuple(row.id for row in case.rows(Participant))
    assert Ballots(case, "r9", "m7").participants() == ()


def test_a_changed_score_keeps_its_row_id_and_source(case, root, ballots):
    before = case.rows(Ballot)
    ballots.save("p01", {CELL: Score.MINUS})
    after = open_case("voorbeeldregio", root=root).rows(Ballot)
    assert [a for a, b in zip(after, before, strict=True) if a != b] == [
        before[0].model_copy(update={"score": Score.MINUS})
    ]
    assert after == case.rows(Ballot)


def test_a_score_that_is_emptied_stays_as_an_empty_row(case, ballots):
    ballots.save("p01", {CELL: None})
    assert ballots.scores("p01")[CELL] is None
    assert case.rows(Ballot)[0].id == "r1-p01-stichting-nabij-beleid"


def test_a_cell_that_was_never_scored_makes_no_row(case, folder, unscored):
    new = Ballots(case, unscored, source="m7")
    before = (folder / "ballots.csv").read_bytes()
    new.save("p01", {CELL: None})
    assert new.scores("p01") == {}
    assert (folder / "ballots.csv").read_bytes() == before


def test_a_new_score_gets_a_row_at_the_end_with_the_source_given(case, unscored):
    Ballots(case, unscored, source="m7: tafel 2").save("p02", {CELL: Score.DONT_KNOW})
    assert case.rows(Ballot)[-1] == Ballot(
        id="r3-p02-stichting-nabij-beleid",
        round="r3",
        participant="p02",
        option="stichting",
        criterion="nabij-beleid",
        score=Score.DONT_KNOW,
        source="m7: tafel 2",
    )


def test_long_ids_are_cut_and_stay_unique(case, root):
    option = case.rows(Option)[0].model_copy(update={"id": "o" * 60, "name": "Lang"})
    criteria = [
        case.rows(Criterion)[0].model_copy(update={"id": f"{'c' * 59}{n}", "name": f"C{n}"})
        for n in range(3)
    ]
    case.write(
        {Option: [*case.rows(Option), option], Criterion: [*case.rows(Criterion), *criteria]}
    )
    given_ = {(option.id, row.id): Score.PLUS for row in criteria}
    Ballots(case, "r1", source="m7").save("p01", given_)
    ids = [row.id for row in case.rows(Ballot)[-3:]]
    assert ids == [f"r1-p01-{'o' * 53}", f"r1-p01-{'o' * 51}-2", f"r1-p01-{'o' * 51}-3"]
    assert open_case("voorbeeldregio", root=root).rows(Ballot) == case.rows(Ballot)


@pytest.mark.parametrize(
    ("round", "participant", "cell", "source", "sentence"),
    [
        ("r1", "p99", CELL, "m7", "column participant: “p99” is not in participants.csv"),
        ("r1", "plenary", CELL, "m7", "“plenary” is not in participants.csv"),
        ("r1", "p01", ("x", "nabij-beleid"), "m7", "column option: “x” is not in options.csv"),
        ("r1", "p01", ("stichting", "x"), "m7", "column criterion: “x” is not in criteria.csv"),
        ("r9", "p01", CELL, "m7", "column round: “r9” is not in rounds.csv"),
        ("r0", "p01", CELL, "", "column source: the cell is empty"),
    ],
)
def test_what_is_not_there_is_a_sentence_and_nothing_is_saved(
    case, folder, round, participant, cell, source, sentence
):
    before = (folder / "ballots.csv").read_bytes()
    with pytest.raises(CaseError) as caught:
        Ballots(case, round, source).save(participant, {cell: Score.PLUS})
    assert sentence in str(caught.value)
    assert (folder / "ballots.csv").read_bytes() == before


OTHER = ("opvang", "nabij-beleid")


def test_a_reason_is_saved_with_its_score_and_taken_away_by_an_empty_text(case, root, ballots):
    assert ballots.reasons("p01") == {}
    ballots.save("p01", {CELL: Score.MINUS}, {CELL: "  Ik twijfel nu. ", OTHER: "Toch niet"})
    again = Ballots(open_case("voorbeeldregio", root=root), "r1", source="m7")
    assert again.reasons("p01") == {CELL: "Ik twijfel nu.", OTHER: "Toch niet"}
    assert again.scores("p01")[OTHER] is Score.MINUS, "a reason alone leaves the score"
    again.save("p01", {}, {CELL: " ", OTHER: ""})
    assert again.reasons("p01") == {}
    assert again.scores("p01")[CELL] is Score.MINUS


def test_saving_scores_keeps_the_reasons_that_are_stored(case, root):
    ballots = Ballots(case, "r2", source="m7")
    stored = {row.id: row.reason for row in case.rows(Ballot) if row.reason}
    cell = ("stichting", "korte-lijnen")
    assert cell in ballots.reasons("p09")
    ballots.save("p09", {cell: Score.PLUS, CELL: Score.PLUS})
    ballots.save("p09", {cell: None})
    ballots.save("p09", {cell: Score.PLUSMINUS}, {CELL: "Nieuw"})
    rows = open_case("voorbeeldregio", root=root).rows(Ballot)
    kept = {row.id: row.reason for row in rows if row.reason}
    assert kept == stored | {"r2-p09-stichting-nabij-beleid": "Nieuw"}


def test_a_reason_without_a_score_is_kept_and_no_reason_makes_no_row(case, unscored):
    ballots = Ballots(case, unscored, source="m7")
    ballots.save("p01", {CELL: None}, {CELL: "Ik weet het niet meer", OTHER: "  "})
    row = case.rows(Ballot)[-1]
    assert (row.id, row.score) == ("r3-p01-stichting-nabij-beleid", None)
    assert (row.reason, row.source) == ("Ik weet het niet meer", "m7")
    assert ballots.scores("p01") == {CELL: None}


def test_reasons_of_others_and_of_other_rounds_stay(case, root):
    before = [row for row in case.rows(Ballot) if row.participant != "p09"]
    Ballots(case, "r1", source="m7").save("p09", {}, {("stichting", "korte-lijnen"): "Eerder"})
    after = open_case("voorbeeldregio", root=root).rows(Ballot)
    assert [row for row in after if row.participant != "p09"] == before
    told = {row.round: row.reason for row in after if row.participant == "p09" and row.reason}
    assert told == {"r1": "Eerder", "r2": "Een nieuwe stichting moet iedereen nog leren kennen."}


@pytest.mark.parametrize("text", ['a, "b"; c', "twee\nregels", "=1+1", "🏠 − ±", "not published"])
def test_a_reason_is_read_as_it_was_written(case, root, ballots, text):
    ballots.save("p01", {}, {CELL: text})
    assert Ballots(open_case("voorbeeldregio", root=root), "r1", "m7").reasons("p01") == {
        CELL: text
    }


def test_a_case_from_before_reasons_opens_and_gets_the_column_when_it_is_saved(root, folder):
    path = folder / "ballots.csv"
    plain = [row.model_copy(update={"reason": None}) for row in open_case(
        "voorbeeldregio", root=root).rows(Ballot)]  # fmt: skip
    lines = table_bytes(Ballot, plain).decode().splitlines()
    old = [lines[0].replace("reason,", ""), *(line.replace(",,fic", ",fic") for line in lines[1:])]
    path.write_text("\n".join(old) + "\n", "utf-8")
    case = open_case("voorbeeldregio", root=root)
    assert case.rows(Ballot) == tuple(plain)
    assert path.read_text("utf-8").splitlines() == old, "opening writes nothing"
    Ballots(case, "r1", source="m7").save("p01", {}, {CELL: "Nieuw"})
    assert path.read_text("utf-8").splitlines()[0] == ",".join(Ballot.columns())
    assert Ballots(open_case("voorbeeldregio", root=root), "r1", "m7").reasons("p01") == {
        CELL: "Nieuw"
    }


def test_somebody_else_s_scores_are_not_overwritten(root, ballots):
    other = Ballots(open_case("voorbeeldregio", root=root), "r1", source="m7")
    other.save("p02", {CELL: Score.MINUS})
    with pytest.raises(Changed) as caught:
        ballots.save("p01", {CELL: Score.MINUS})
    assert caught.value.model is Ballot
    ballots.case.refresh()
    ballots.save("p01", {CELL: Score.MINUS})
    assert ballots.scores("p02")[CELL] is ballots.scores("p01")[CELL] is Score.MINUS


OPTIONS = ("stichting", "opvang", "meldpunt")
CRITERIA = ("nabij-beleid", "vindplaatsen", "visie-rol")
CELLS = st.tuples(st.sampled_from(OPTIONS), st.sampled_from(CRITERIA))
SAVES = st.lists(
    st.tuples(
        st.sampled_from(["p01", "p02"]),
        st.dictionaries(CELLS, st.none() | st.sampled_from(Score), max_size=5),
    ),
    max_size=4,
)
several = settings(max_examples=25)


@several
@given(SAVES)
def test_what_was_saved_last_is_what_is_there(case, root, saves):
    case.refresh()
    ballots = Ballots(case, "r1", source="m7")
    expected = {who: ballots.scores(who) for who in ("p01", "p02")}
    rest = [row for row in case.rows(Ballot) if row.participant not in expected]
    for who, scores in saves:
        ballots.save(who, scores)
        for cell, score in scores.items():
            if score is not None or cell in expected[who]:
                expected[who][cell] = score
    again = open_case("voorbeeldregio", root=root)
    assert {who: Ballots(again, "r1", "m7").scores(who) for who in expected} == expected
    assert [row for row in again.rows(Ballot) if row.participant not in expected] == rest


def test_other_rows_stay_as_they_are(case, ballots):
    before = others(case, "p01")
    ballots.save("p01", {CELL: None, ("opvang", "visie-rol"): Score.PLUS})
    assert others(case, "p01") == before


# --- shows of hands


def test_counts_are_those_of_one_round(case, tallies):
    assert tallies.counts()[("opvang", "nabij-beleid")] == (6, 4, 1, 1)
    assert len(tallies.counts()) == len([r for r in case.rows(Tally) if r.round == "r0"])
    assert Tallies(case, "r1", "m7").counts() == {}


def test_counts_are_changed_added_and_taken_away(case, root, tallies):
    first, *rest = case.rows(Tally)
    cells = {
        ("opvang", "nabij-beleid"): (0, 0, 0, 0),
        ("opvang", "werkgebied"): None,
        ("stichting", "visie-rol"): (1, 2, 3, 4),
        ("stichting", "visie-beleid"): None,
    }
    tallies.save(cells)
    rows = open_case("voorbeeldregio", root=root).rows(Tally)
    gone = [row for row in rest if row.criterion == "werkgebied" and row.option == "opvang"]
    kept = [row for row in rest if row not in gone]
    assert len(gone) == 1
    assert list(rows) == [
        first.model_copy(update={"minus": 0, "plusminus": 0, "plus": 0, "dont_know": 0}),
        *kept,
        Tally(
            id="r0-stichting-visie-rol",
            round="r0",
            option="stichting",
            criterion="visie-rol",
            minus=1,
            plusminus=2,
            plus=3,
            dont_know=4,
            source="m7",
        ),
    ]
    assert tallies.counts()[("opvang", "nabij-beleid")] == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("cell", "hands", "sentence"),
    [
        (("x", "visie-rol"), (1, 0, 0, 0), "column option: “x” is not in options.csv"),
        (("stichting", "x"), (1, 0, 0, 0), "column criterion: “x” is not in criteria.csv"),
        (("stichting", "visie-rol"), (-1, 0, 0, 0), "column minus: “-1” can't be used here"),
    ],
)
def test_counts_that_do_not_fit_are_a_sentence(case, folder, tallies, cell, hands, sentence):
    before = (folder / "tallies.csv").read_bytes()
    with pytest.raises(CaseError) as caught:
        tallies.save({cell: hands})
    assert sentence in str(caught.value)
    assert (folder / "tallies.csv").read_bytes() == before
