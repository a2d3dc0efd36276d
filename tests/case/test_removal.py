"""Removing rows with what names them, and putting back what was removed."""

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import (
    CaseError,
    Changed,
    UserError,
    dependants,
    open_case,
    put_back,
    remove,
    removed,
    restore,
    without,
)
from workbook.case.checking import cross_problems, unanswerable
from workbook.case.tables import (
    NOT_PUBLISHED,
    TABLES,
    Argument,
    Ballot,
    Commitment,
    Coverage,
    Criterion,
    Decision,
    Involvement,
    Link,
    Meeting,
    Option,
    Participant,
    Party,
    Priority,
    Round,
    Screening,
    Source,
    Tally,
)
from workbook.locale import Message

DATA = Path(__file__).resolve().parents[2] / "data"
WHEN = "2026-01-31T14:05"


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name[0] != "."}


def ids(rows):
    return [row.id for row in rows]


def everything(case):
    """Rows in any order: what is put back stands at the end of its table."""
    tables = {model: sorted(case.rows(model), key=lambda row: row.id) for model in TABLES}
    return tables, case.info, case.scenario


# --- what would go


def test_an_option_takes_its_scores_and_verdicts(case):
    found = dependants(case, Option, ["stichting"])
    assert set(found) == {Ballot, Screening}
    for model, rows in found.items():
        assert list(rows) == [row for row in case.rows(model) if row.option == "stichting"]


def test_a_participant_takes_ballots_and_priorities_but_not_those_of_the_room(case):
    found = dependants(case, Participant, ["p01"])
    assert {model: {row.id for row in rows} for model, rows in found.items()} == {
        Ballot: {row.id for row in case.rows(Ballot) if row.participant == "p01"},
        Priority: {row.id for row in case.rows(Priority) if row.who == "p01"},
    }
    assert "plenary" in {row.who for row in case.rows(Priority)}
    assert found[Priority]


def test_a_party_takes_what_is_about_it_alone(case):
    found = dependants(case, Party, ["opvang"])
    assert {Involvement, Link, Coverage, Commitment} <= set(found)
    assert not {Option, Source, Meeting, Party} & set(found)
    assert all("opvang" in (row.party, row.other) for row in found[Link])


def test_a_round_takes_every_score_in_it(case):
    assert set(dependants(case, Round, ["r0"])) == {Tally}
    assert set(dependants(case, Round, ["r2"])) == {Ballot, Priority}


def test_what_nothing_names_takes_nothing(case):
    assert dependants(case, Argument, ids(case.rows(Argument))) == {}
    assert dependants(case, Option, ["nowhere"]) == {}
    assert without(case, Option, ["nowhere"]) == ({}, None)


def test_who_is_called_plenary_does_not_take_the_order_of_the_room(case):
    person = Participant(id="plenary", source="fictional")
    case.write({Participant: [*case.rows(Participant), person]})
    assert dependants(case, Participant, ["plenary"]) == {}


# --- without them


@pytest.mark.parametrize("region", ["voorbeeldregio", "west-brabant"])
def test_without_any_row_the_case_is_sound(region):
    case = open_case(region, lang="en", root=DATA)
    whole = {model: case.rows(model) for model in TABLES}
    for model in TABLES:
        for row in case.rows(model)[:12]:
            tables, scenario = without(case, model, [row.id])
            merged = {**whole, **tables}
            assert row.id not in ids(merged[model])
            assert cross_problems(merged) == []
            assert unanswerable(scenario or case.scenario, ids(merged[Argument])) == []
            gone = dependants(case, model, [row.id])
            for other in TABLES:
                left = len(merged[other]) + len(gone.get(other, ())) + (other is model)
                assert left == len(whole[other])


def test_references_that_may_be_empty_are_emptied(case):
    tables, scenario = without(case, Party, ["opvang"])
    assert scenario is None
    before = {row.id: row for row in case.rows(Option)}
    for row in tables[Option]:
        members = tuple(id for id in before[row.id].members if id != "opvang")
        assert row == before[row.id].model_copy(update={"members": members})
    tables, _ = without(case, Option, ["stichting"])
    assert {row.option for row in tables[Argument]} == {
        None if row.option == "stichting" else row.option for row in case.rows(Argument)
    }
    chosen = next(row for row in case.rows(Decision) if row.option)
    tables, _ = without(case, Option, [chosen.option])
    assert next(row for row in tables[Decision] if row.id == chosen.id).option is None


def test_not_published_is_no_reference():
    case = open_case("west-brabant", root=DATA)
    tables, _ = without(case, Source, ids(case.rows(Source)))
    assert NOT_PUBLISHED in {row.found_by for row in case.rows(Criterion)}
    assert Criterion not in tables


def test_a_recommendation_no_longer_answers_an_argument_that_goes(case):
    _, scenario = without(case, Argument, ["nd-lijnen"])
    assert scenario.recommendations[0].answers == ("ow-lijnen-verschil",)
    assert scenario.recommendations[1:] == case.scenario.recommendations[1:]
    assert without(case, Argument, ["af-platform"])[1] is None


# --- removing and restoring


def test_removing_is_one_save_that_the_bin_can_undo(case, root, folder):
    before = everything(case)
    told = []
    case.observe(lambda: told.append(len(case.rows(Option))))
    entry = remove(case, Option, ["stichting"], WHEN)
    assert told == [len(before[0][Option]) - 1]
    assert (entry.when, entry.model, entry.label) == (
        WHEN,
        "options",
        "Eigen stichting Ervaringsteam",
    )
    assert set(entry.tables) == {"options", "ballots", "screening"}
    assert set(entry.changed) == {"arguments", "decisions"}
    again = open_case("voorbeeldregio", lang="en", root=root)
    assert "stichting" not in ids(again.rows(Option))
    assert removed(again) == [entry]
    assert restore(again, entry) == []
    assert everything(again) == before
    assert removed(again) == []
    assert case.refresh()
    assert everything(case) == before


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.table)
def test_any_row_can_be_removed_and_put_back(case, model):
    before = everything(case)
    for row in (case.rows(model)[0], case.rows(model)[-1]):
        entry = remove(case, model, [row.id], WHEN)
        assert everything(case) != before
        assert restore(case, entry) == []
        assert everything(case) == before


several = settings(max_examples=15)


@several
@given(st.data())
def test_whatever_is_removed_in_turn_is_back_when_restored_in_turn(tmp_path, data):
    root = tmp_path / "data"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(DATA / "voorbeeldregio", root / "voorbeeldregio")
    case = open_case("voorbeeldregio", root=root)
    before = everything(case)
    for _ in range(data.draw(st.integers(1, 3))):
        model = data.draw(st.sampled_from([model for model in TABLES if case.rows(model)]))
        going = data.draw(st.sets(st.sampled_from(ids(case.rows(model))), min_size=1, max_size=3))
        remove(case, model, going, WHEN)
    assert everything(case) != before
    for entry in removed(case):
        assert restore(case, entry) == []
    assert everything(case) == before
    assert removed(case) == []


def test_removing_what_is_gone_already_is_a_sentence(case, folder):
    remove(case, Party, ["opvang"], WHEN)
    before = contents(folder)
    with pytest.raises(UserError, match="what was to be removed is not there any more"):
        remove(case, Party, ["opvang"], WHEN)
    assert len(removed(case)) == 1
    assert contents(folder) == before


def test_a_removal_that_is_refused_leaves_nothing_in_the_bin(case, root, folder):
    other = open_case("voorbeeldregio", root=root)
    rest = other.rows(Ballot)[1:]
    other.write({Ballot: rest})
    before = contents(folder)
    with pytest.raises(Changed):
        remove(case, Option, ["stichting"], WHEN)
    assert removed(case) == []
    assert contents(folder) == before
    assert "stichting" in ids(case.rows(Option))


def test_an_observer_that_fails_after_the_save_loses_nothing(case, root):
    def fail():
        raise UserError(Message("too late"), "en")

    followed = []
    case.observe(fail)
    case.observe(lambda: followed.append(True))
    remove(case, Option, ["stichting"], WHEN)
    assert followed, "one view that fails doesn't keep the others from following"
    again = open_case("voorbeeldregio", root=root)
    assert "stichting" not in ids(again.rows(Option))
    assert [entry.tables["options"][0]["id"] for entry in removed(again)] == ["stichting"]


def test_the_bin_holds_it_before_the_tables_are_written(case, monkeypatch):
    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(type(case), "write", killed)
        remove(case, Option, ["stichting"], WHEN)
    (entry,) = removed(case)
    before = everything(case)
    assert restore(case, entry) == []
    assert everything(case) == before


# --- putting back into a case that went on


def test_an_id_that_exists_again_is_skipped(case):
    entry = remove(case, Participant, ["p01"], WHEN)
    new = Participant(id="p01", group="other", source="fictional")
    case.write({Participant: [*case.rows(Participant), new]})
    assert restore(case, entry) == []
    assert case.get(Participant, "p01") == new
    assert len(ids(case.rows(Participant))) == len(set(ids(case.rows(Participant))))
    assert "r1-p01-stichting-nabij-beleid" in ids(case.rows(Ballot))


def test_a_key_that_exists_again_under_another_id_is_skipped(case):
    row = case.rows(Ballot)[0]
    entry = remove(case, Ballot, [row.id], WHEN)
    case.write({Ballot: [*case.rows(Ballot), row.model_copy(update={"id": "other"})]})
    assert restore(case, entry) == []
    assert row.id not in ids(case.rows(Ballot))


def test_a_row_that_names_what_is_gone_is_left_out_and_stays_in_the_bin(case):
    before = everything(case)
    option = remove(case, Option, ["stichting"], "2026-01-31T14:05")
    person = remove(case, Participant, ["p01"], "2026-01-31T14:06")
    left_out = restore(case, option)
    assert left_out
    assert {(type(row), row.participant) for row in left_out} == {(Ballot, "p01")}
    assert not [row for row in case.rows(Ballot) if row.participant == "p01"]
    (_, rest) = removed(case)
    assert set(rest.tables) == {"ballots"}
    assert [cells["id"] for cells in rest.tables["ballots"]] == ids(left_out)
    assert restore(case, person) == []
    assert restore(case, rest) == []
    assert everything(case) == before


def test_a_row_whose_optional_reference_is_gone_comes_back_without_it(case):
    source = next(row for row in case.rows(Source) if row.party)
    entry = remove(case, Source, [source.id], WHEN)
    remove(case, Party, [source.party], WHEN)
    assert restore(case, entry) == []
    assert case.get(Source, source.id) == source.model_copy(update={"party": None})


def test_a_name_that_is_used_again_leaves_the_row_and_its_own_out(case):
    option = case.get(Option, "stichting")
    entry = remove(case, Option, ["stichting"], WHEN)
    case.write({Option: [*case.rows(Option), option.model_copy(update={"id": "nieuw"})]})
    left_out = restore(case, entry)
    assert option in left_out
    assert {row.option for row in left_out if isinstance(row, Ballot)} == {"stichting"}
    assert ids(case.rows(Option)).count("stichting") == 0
    assert all(row.option != "stichting" for row in case.rows(Argument))
    (rest,) = removed(case)
    assert set(rest.tables) == {"options", "ballots", "screening"}


def test_a_part_that_the_criterion_no_longer_has_is_left_out(case):
    row = case.rows(Coverage)[0]
    entry = remove(case, Coverage, [row.id], WHEN)
    criteria = [
        other.model_copy(update={"parts": tuple(p for p in other.parts if p != row.part)})
        for other in case.rows(Criterion)
    ]
    rest = [other for other in case.rows(Coverage) if other.part != row.part]
    case.write({Criterion: criteria, Coverage: rest})
    assert restore(case, entry) == [row]
    assert len(removed(case)) == 1


def test_a_reference_that_was_filled_in_since_stays(case):
    mine = [row.id for row in case.rows(Argument) if row.option == "stichting"]
    entry = remove(case, Option, ["stichting"], WHEN)
    arguments = [
        row.model_copy(update={"option": "opvang"}) if row.id == mine[0] else row
        for row in case.rows(Argument)
        if row.id != mine[1]
    ]
    scenario = case.scenario.model_copy(update={"recommendations": ()})
    case.write({Argument: arguments}, [scenario])
    assert restore(case, entry) == []
    assert case.get(Argument, mine[0]).option == "opvang"
    assert mine[1] not in ids(case.rows(Argument))
    assert {case.get(Argument, id).option for id in mine[2:]} == {"stichting"}


def test_a_member_comes_back_in_its_place_beside_those_that_came_since(case):
    row = next(row for row in case.rows(Option) if len(row.members) > 2)
    first, second, *_ = row.members
    new = next(party.id for party in case.rows(Party) if party.id not in row.members)
    entry = remove(case, Party, [second], WHEN)
    left = case.get(Option, row.id).members
    assert left == tuple(id for id in row.members if id != second)
    options = [
        other.model_copy(update={"members": (*left[1:], new)}) if other.id == row.id else other
        for other in case.rows(Option)
    ]
    case.write({Option: options})
    assert restore(case, entry) == []
    expected = tuple(id for id in row.members if id != first)
    assert case.get(Option, row.id).members == (*expected, new)


def test_a_recommendation_answers_its_argument_again(case):
    before = case.scenario
    entry = remove(case, Argument, ["nd-lijnen", "nd-geld"], WHEN)
    assert entry.answers == {
        "punt-1": ["nd-lijnen", "ow-lijnen-verschil"],
        "punt-4": ["nd-geld"],
    }
    case.write(
        {}, [case.scenario.model_copy(update={"recommendations": before.recommendations[1:3]})]
    )
    tables, scenario, left_out = put_back(case, entry)
    assert (set(tables), scenario, left_out) == ({Argument}, None, [])
    changed = tuple(
        row.model_copy(update={"answers": row.answers[1:]}) if row.id in entry.answers else row
        for row in before.recommendations
    )
    case.write({}, [case.scenario.model_copy(update={"recommendations": changed})])
    assert restore(case, entry) == []
    assert case.scenario == before


def test_a_removal_of_thousands_of_rows_can_be_put_back(case):
    criteria = [
        case.rows(Criterion)[0].model_copy(update={"id": f"c{n}", "name": f"C {n}"})
        for n in range(420)
    ]
    ballots = [
        Ballot(
            id=f"x-{row.id}-{person.id}",
            round="r1",
            participant=person.id,
            option="stichting",
            criterion=row.id,
            score="1",
            source="m7",
        )
        for row in criteria
        for person in case.rows(Participant)
    ]
    assert len(ballots) > 5000
    case.write(
        {
            Criterion: [*case.rows(Criterion), *criteria],
            Ballot: [*case.rows(Ballot), *ballots],
        }
    )
    before = everything(case)
    entry = remove(case, Option, ["stichting"], WHEN)
    assert len(entry.tables["ballots"]) > 5000
    assert removed(case) == [entry]
    assert restore(case, entry) == []
    assert everything(case) == before


def test_a_row_in_the_bin_that_is_no_row_is_a_sentence(case, folder):
    entry = remove(case, Party, ["opvang"], WHEN)
    before = contents(folder)
    for tables in ({"nonsense": []}, {"parties": [{"id": "Not A Slug"}]}):
        with pytest.raises(UserError, match="it is damaged"):
            restore(case, entry.model_copy(update={"tables": tables}))
    assert contents(folder) == before
    with pytest.raises(CaseError):
        case.write({Participant: ()})
