"""The priority form: ties, gaps, places left open, of the room and of one person."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import Case, open_case
from workbook.case.asked import scored_criteria
from workbook.case.tables import Priority
from workbook.exhibits.preference.scores import leading_order
from workbook.forms.form import Form
from workbook.forms.priorities import Priorities
from workbook.forms.state import view_state


@pytest.fixture
def form(example: Case) -> Form:
    return Form(example, Priorities())


def rank(form: Form, ranks: dict[str, str]) -> None:
    for criterion, text in ranks.items():
        form.edit(criterion, "rank", text)


def stored(case: Case, round: str, who: str) -> dict[str, str]:
    text = (case.folder / "priorities.csv").read_text("utf-8")
    return {
        row["criterion"]: row["rank"]
        for row in csv.DictReader(io.StringIO(text))
        if (row["round"], row["who"]) == (round, who)
    }


def test_it_opens_on_the_room_in_the_last_round(form: Form) -> None:
    assert form.context == {"round": "r2", "who": "plenary"}
    state = view_state(form)
    assert [line["cells"]["rank"] for line in state["lines"]] == ["1", "2", "3", "3", "5", ""]
    names = [row.name for row in scored_criteria(form.case)]
    assert [state["headings"][line["key"]] for line in state["lines"]] == [[n] for n in names]
    assert state["selectors"][1]["choices"][:2] == [
        ["plenary", "the room (plenary)"],
        ["p01", "p01"],
    ]


def test_ties_gaps_and_open_places_are_stored_as_typed(form: Form) -> None:
    case = form.case
    ranks = {
        "nabij-beleid": "4",
        "vindplaatsen": "2",
        "onafhankelijk": "2",
        "korte-lijnen": "",
        "keten": "9",
        "werkgebied": "",
    }
    others = [row for row in case.rows(Priority) if row.who != "plenary"]
    rank(form, ranks)
    assert form.save(), form.faults
    assert stored(case, "r2", "plenary") == ranks
    assert [row for row in case.rows(Priority) if row.who != "plenary"] == others
    leading = leading_order(case)
    assert leading.whose == "plenary"
    assert leading.order.groups == (
        ("vindplaatsen", "onafhankelijk"),
        ("nabij-beleid",),
        ("keten",),
        ("korte-lijnen", "werkgebied"),
    )


def test_a_new_order_makes_rows_for_what_is_ranked_only(form: Form) -> None:
    case = form.case
    form.choose("round", "r1")
    rank(form, {"keten": "1", "werkgebied": "1"})
    assert form.save()
    assert stored(case, "r1", "plenary") == {"keten": "1", "werkgebied": "1"}
    new = [row for row in case.rows(Priority) if row.round == "r1"]
    assert [(row.id, row.source) for row in new] == [
        ("r1-plenary-keten", "fictional"),
        ("r1-plenary-werkgebied", "fictional"),
    ]


def test_one_persons_order_is_their_own(form: Form) -> None:
    case = form.case
    room = stored(case, "r2", "plenary")
    form.choose("who", "p02")
    assert form.draft.lines["vindplaatsen"]["rank"] == "2"
    rank(form, {"vindplaatsen": "1", "onafhankelijk": ""})
    assert form.save()
    mine = stored(case, "r2", "p02")
    assert (mine["vindplaatsen"], mine["onafhankelijk"], mine["nabij-beleid"]) == ("1", "", "2")
    assert stored(case, "r2", "plenary") == room


@pytest.mark.parametrize("text", ["0", "-1", "eerste", "1,5", "1e", "²"])
def test_what_is_no_place_is_refused_beside_the_field(form: Form, text: str) -> None:
    before = (form.case.folder / "priorities.csv").read_bytes()
    form.edit("keten", "rank", text)
    assert form.save() is False
    told = f"“{text}” can't be used here; expected: a whole number, 1 or more, or nothing"
    line = next(line for line in view_state(form)["lines"] if line["key"] == "keten")
    assert line["faults"] == {"rank": told}
    assert len(form.faults) == 1
    assert (form.case.folder / "priorities.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "en",
            "In order: Dicht bij beleid › Bereik van vindplaatsen › Onafhankelijke stem = "
            "Korte lijnen. Without a place: Dekking van de keten, Regionaal werkgebied.",
        ),
        (
            "nl",
            "De volgorde: Dicht bij beleid › Bereik van vindplaatsen › Onafhankelijke stem = "
            "Korte lijnen. Zonder plaats: Dekking van de keten, Regionaal werkgebied.",
        ),
    ],
)
def test_the_note_says_the_order_that_results(example: Case, lang: str, told: str) -> None:
    case = open_case("voorbeeldregio", lang=lang, root=example.folder.parent)
    form = Form(case, Priorities())
    form.edit("keten", "rank", "")
    assert view_state(form)["note"] == told


def test_the_note_of_nothing_ranked_is_empty_and_of_nothing_to_rank_says_so(
    form: Form, empty: Case
) -> None:
    form.choose("round", "r1")
    assert view_state(form)["note"] == ""
    told = "There are no distinguishing criteria yet; they are chosen in step 5."
    assert view_state(Form(empty, Priorities()))["note"] == told


def test_a_place_with_a_plus_sign_counts_in_the_note(form: Form) -> None:
    """It is stored as a number, so the sentence has to hold it; 0 is none and isn't in it."""
    form.choose("round", "r1")
    form.edit("werkgebied", "rank", "0")
    assert view_state(form)["note"] == ""
    form.edit("werkgebied", "rank", "")
    form.edit("keten", "rank", "+2")
    name = next(row.name for row in scored_criteria(form.case) if row.id == "keten")
    assert f"In order: {name}. Without" in view_state(form)["note"]
    assert form.save()
    assert stored(form.case, "r1", "plenary") == {"keten": "2"}


def test_plain_lists_the_stored_orders(example: Case) -> None:
    head, rows = Priorities().plain(example)
    assert head == ["Round", "Who", "Criterion", "Rank"]
    assert len(rows) == len(example.rows(Priority)) == 78
    keten = next(row.name for row in scored_criteria(example) if row.id == "keten")
    assert rows[4] == ["Tweede ronde, na het gesprek", "the room (plenary)", keten, "5"]
    assert rows[5][3] == "–"


@given(data=st.data())
@settings(max_examples=40)
def test_any_order_comes_back_as_it_was_typed(form: Form, data: st.DataObject) -> None:
    case = form.case
    who = data.draw(st.sampled_from(["plenary", "p01", "p12"]))
    form.choose("round", data.draw(st.sampled_from(["r0", "r1", "r2"])))
    form.choose("who", who)
    places = st.one_of(st.just(""), st.integers(1, 99).map(str))
    ranks = {row.id: data.draw(places) for row in scored_criteria(case)}
    others = [row for row in case.rows(Priority) if (row.round, row.who) != _chosen(form)]
    rank(form, ranks)
    assert form.save(), form.faults
    again = Form(open_case("voorbeeldregio", lang="en", root=case.folder.parent), Priorities())
    for name, value in form.context.items():
        again.choose(name, value)
    assert {line.key: line.cells["rank"] for line in again.draft.kept} == ranks
    again.close()
    assert [row for row in case.rows(Priority) if (row.round, row.who) != _chosen(form)] == others


def _chosen(form: Form) -> tuple[str, str]:
    return form.context["round"], form.context["who"]
