"""Score forms: one person's matrix and the hands counted per cell, without a kernel."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import Case, open_case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import (
    Ballot,
    Criterion,
    How,
    Names,
    Option,
    Participant,
    Round,
    Score,
    State,
    Tally,
)
from workbook.exhibits.preference.scores import revealed_rounds
from workbook.forms.form import Form
from workbook.forms.scores import Hands, Scores, counts
from workbook.forms.state import view_state

TYPED = ("-1", "0", "1", "?", "")


@pytest.fixture
def fresh(example: Case) -> Case:
    """The example with a new round that nobody has scored, not yet revealed."""
    add_round(example, "r3", How.BALLOTS)
    return example


@pytest.fixture
def form(fresh: Case) -> Form:
    form = Form(fresh, Scores())
    form.choose("participant", "p03")
    return form


@pytest.fixture
def hands(example: Case) -> Form:
    add_round(example, "r4", How.HANDS)
    return Form(example, Hands())


def add_round(case: Case, id: str, how: How, state: State = State.OPEN, names=Names.OPEN) -> None:
    made = Round(id=id, name=f"Round {id}", how=how, names=names, state=state, source="fictional")
    case.write({Round: [*case.rows(Round), made]})


def cells(case: Case) -> list[tuple[str, str]]:
    return [(o.id, c.id) for o in scored_options(case) for c in scored_criteria(case)]


def typed(form: Form, texts: dict[tuple[str, str], str]) -> None:
    for (option, criterion), text in texts.items():
        form.edit(option, criterion, text)


def on_disk(case: Case, table: str = "ballots") -> list[dict[str, str]]:
    text = (case.folder / f"{table}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def lines_of(case: Case, table: str = "ballots") -> list[bytes]:
    return (case.folder / f"{table}.csv").read_bytes().splitlines(keepends=True)


def written(line: str) -> dict[str, str]:
    return dict(zip(Tally.columns(), line.split(","), strict=True))


# one participant's form


def test_nothing_of_anyone_is_shown_unasked(example: Case) -> None:
    form = Form(example, Scores())
    state = view_state(form)
    assert form.context == {"round": "r2", "participant": ""}
    assert state["lines"] == []
    assert state["headings"].keys() >= {row.id for row in scored_options(example)}
    person = state["selectors"][1]
    assert person["value"] == "" and person["choices"][0] == ["", "choose…"]
    assert "Choose the participant whose form this is." in state["note"]
    assert form.save() is False
    assert state["changes"] == 0
    assert form.status == (
        "failed",
        "Not saved, because Choose the participant whose form this is.",
    )


def test_choosing_a_participant_shows_theirs_and_nobody_elses(example: Case) -> None:
    form = Form(example, Scores())
    for person in ("p09", "p01"):
        form.choose("participant", person)
        mine = {
            (row.option, row.criterion): row.score.value if row.score else ""
            for row in example.rows(Ballot)
            if (row.round, row.participant) == ("r2", person)
        }
        shown = {
            (line["key"], criterion): text
            for line in view_state(form)["lines"]
            for criterion, text in line["cells"].items()
        }
        assert shown == mine
        assert len(shown) == 30


def test_a_round_is_chosen_too(example: Case) -> None:
    form = Form(example, Scores())
    choices = dict(view_state(form)["selectors"][0]["choices"])
    assert list(choices) == ["r2", "r1"]  # the latest first; r0 is by show of hands
    assert choices["r1"] == "Eerste ronde (revealed)"
    form.choose("round", "r1")
    assert form.context == {"round": "r1", "participant": ""}
    assert form.draft.lines == {}


def test_a_whole_matrix_becomes_rows(form: Form) -> None:
    case = form.case
    before = lines_of(case)
    places = cells(case)
    wanted = {cell: TYPED[number % 4] for number, cell in enumerate(places)}
    typed(form, wanted)
    assert form.save() is True, form.status
    new = [row for row in on_disk(case) if row["round"] == "r3"]
    assert {(row["option"], row["criterion"]): row["score"] for row in new} == wanted
    assert {row["participant"] for row in new} == {"p03"}
    assert {row["source"] for row in new} == {"fictional"}
    assert len({row["id"] for row in on_disk(case)}) == 720 + 30
    assert new[0]["id"] == "r3-p03-stichting-nabij-beleid"
    assert lines_of(case)[: len(before)] == before
    assert form.draft.changes == 0
    assert form.status[0] == "saved"


def test_partial_scores_stay_partial_and_not_yet_is_not_dont_know(form: Form) -> None:
    first, second, third = cells(form.case)[:3]
    typed(form, {first: "?", second: "", third: "0"})
    assert form.save()
    new = {
        (row["option"], row["criterion"]): row["score"]
        for row in on_disk(form.case)
        if row["round"] == "r3"
    }
    assert new == {first: "?", third: "0"}
    reread = open_case("voorbeeldregio", lang="en", root=form.case.folder.parent)
    scores = {
        (row.option, row.criterion): row.score for row in reread.rows(Ballot) if row.round == "r3"
    }
    assert scores == {first: Score.DONT_KNOW, third: Score.PLUSMINUS}
    note = view_state(form)["note"]
    assert "2 of 30 cells filled in." in note
    assert "Entered in this round: 1 of 12 participants." in note


def test_emptying_a_score_leaves_an_empty_row_and_every_other_line(example: Case) -> None:
    form = Form(example, Scores())
    form.choose("participant", "p05")
    before = lines_of(example)
    form.edit("stichting", "nabij-beleid", "")
    form.edit("opvang", "nabij-beleid", "?")
    assert form.save()
    after = lines_of(example)
    changed = {a for a, b in zip(after, before, strict=True) if a != b}
    assert changed == {
        b"r2-p05-stichting-nabij-beleid,r2,p05,stichting,nabij-beleid,,,fictional\n",
        b"r2-p05-opvang-nabij-beleid,r2,p05,opvang,nabij-beleid,?,,fictional\n",
    }


def test_saving_what_was_only_looked_at_changes_no_byte(example: Case) -> None:
    form = Form(example, Scores())
    form.choose("participant", "p05")
    before = (example.folder / "ballots.csv").read_bytes()
    assert form.save()
    assert (example.folder / "ballots.csv").read_bytes() == before


@pytest.mark.parametrize("text", ["2", "x", "-2", "good", "10", "??", "0.5", "1 1"])
def test_a_text_that_is_no_score_is_refused_beside_the_cell(form: Form, text: str) -> None:
    before = (form.case.folder / "ballots.csv").read_bytes()
    form.edit("stichting", "nabij-beleid", "1")
    form.edit("opvang", "keten", text)
    assert form.save() is False
    assert form.faults == {("opvang", "keten"): "type − ± + or ?"}
    line = next(line for line in view_state(form)["lines"] if line["key"] == "opvang")
    assert line["faults"] == {"keten": "type − ± + or ?"}
    assert line["cells"]["keten"] == text
    assert (form.case.folder / "ballots.csv").read_bytes() == before
    form.edit("opvang", "keten", "0")
    assert form.faults == {}
    assert form.save()


@pytest.mark.parametrize(
    ("text", "stored"),
    [("-", "-1"), ("−", "-1"), ("±", "0"), ("+/-", "0"), ("+", "1"), (" + ", "1"), (" ", "")],
)
def test_symbols_are_scores_too(form: Form, text: str, stored: str) -> None:
    form.edit("opvang", "keten", text)
    assert form.save(), form.faults
    rows = [row["score"] for row in on_disk(form.case) if row["round"] == "r3"]
    assert rows == ([stored] if stored else [])
    assert form.draft.lines["opvang"]["keten"] == stored


def test_a_pasted_matrix_lands_in_its_cells(form: Form) -> None:
    form.paste("stichting", "nabij-beleid", "+\t-\n?\t\t0\n")
    assert form.save(), form.faults
    new = {
        (row["option"], row["criterion"]): row["score"]
        for row in on_disk(form.case)
        if row["round"] == "r3"
    }
    columns = [row.id for row in scored_criteria(form.case)]
    options = [row.id for row in scored_options(form.case)]
    assert new == {
        (options[0], columns[0]): "1",
        (options[0], columns[1]): "-1",
        (options[1], columns[0]): "?",
        (options[1], columns[2]): "0",
    }


def test_unsaved_scores_are_kept_while_another_form_is_shown(form: Form) -> None:
    form.edit("stichting", "keten", "-1")
    form.choose("participant", "p04")
    assert {text for line in form.draft.kept for text in line.cells.values()} == {""}
    marked = dict(view_state(form)["selectors"][1]["choices"])
    assert marked["p03"].endswith("•") and not marked["p04"].endswith("•")
    form.edit("stichting", "keten", "1")
    assert form.save()
    form.choose("participant", "p03")
    assert form.draft.lines["stichting"]["keten"] == "-1"
    assert form.save()
    new = {row["participant"]: row["score"] for row in on_disk(form.case) if row["round"] == "r3"}
    assert new == {"p04": "1", "p03": "-1"}


def test_undo_takes_back_exactly_that_save(form: Form) -> None:
    before = (form.case.folder / "ballots.csv").read_bytes()
    typed(form, dict.fromkeys(cells(form.case), "1"))
    assert form.save() and form.undo()
    assert (form.case.folder / "ballots.csv").read_bytes() == before


def test_who_comes_late_can_be_chosen_and_scored(form: Form) -> None:
    case = form.case
    form.edit("opvang", "keten", "1")
    late = Participant(id="p13", group=None, source="fictional")
    case.write({Participant: [*case.rows(Participant), late]})
    assert form.draft.lines["opvang"]["keten"] == "1"
    assert dict(view_state(form)["selectors"][1]["choices"])["p13"] == "p13"
    form.choose("participant", "p13")
    form.edit("opvang", "keten", "-1")
    assert form.save()
    assert on_disk(case)[-1] | {"id": ""} == {
        "id": "",
        "round": "r3",
        "participant": "p13",
        "option": "opvang",
        "criterion": "keten",
        "score": "-1",
        "reason": "",
        "source": "fictional",
    }
    assert "1 of 13 participants" in view_state(form)["note"]


def test_a_late_option_gets_a_line_and_nothing_typed_is_lost(form: Form) -> None:
    case = form.case
    form.edit("opvang", "keten", "1")
    late = case.get(Option, "opvang").model_copy(
        update={"id": "laat", "name": "A late one", "short": None, "current": False}
    )
    case.write({Option: [*case.rows(Option), late]})
    state = view_state(form)
    assert state["headings"]["laat"] == ["A late one"]
    assert next(x for x in state["lines"] if x["key"] == "laat")["cells"]["keten"] == ""
    assert form.draft.lines["opvang"]["keten"] == "1"
    form.edit("laat", "keten", "?")
    assert form.save()
    new = {row["option"]: row["score"] for row in on_disk(case) if row["round"] == "r3"}
    assert new == {"opvang": "1", "laat": "?"}


def test_scores_of_a_dropped_criterion_stay_on_file(example: Case) -> None:
    form = Form(example, Scores())
    form.choose("participant", "p01")
    rows = [
        row.model_copy(update={"selected": False}) if row.id == "keten" else row
        for row in example.rows(Criterion)
    ]
    example.write({Criterion: rows})
    assert "keten" not in [column["name"] for column in view_state(form)["columns"]]
    kept = [row for row in on_disk(example) if row["criterion"] == "keten"]
    form.edit("opvang", "nabij-beleid", "?")
    assert form.save()
    assert [row for row in on_disk(example) if row["criterion"] == "keten"] == kept
    assert len(kept) == 120


def test_the_help_of_a_column_says_what_the_signs_mean(example: Case) -> None:
    column = view_state(Form(example, Scores()))["columns"][0]
    criterion = scored_criteria(example)[0]
    assert criterion.minus and criterion.plus
    assert column["help"] == (f"− {criterion.minus} · ± {criterion.plusminus} · + {criterion.plus}")
    assert [list(c) for c in column["choices"]] == [
        ["-1", "− poor"],
        ["0", "± fair"],
        ["1", "+ good"],
        ["?", "? don't know"],
    ]
    hands = view_state(Form(example, Hands()))["columns"][0]
    assert hands["help"] == ""


def test_revealing_changes_the_round_and_no_score(form: Form) -> None:
    case = form.case
    form.edit("opvang", "keten", "1")
    assert form.save()
    ballots, rounds = (case.folder / "ballots.csv").read_bytes(), lines_of(case, "rounds")
    assert revealed_rounds(case)[-1].id == "r2"
    state = view_state(form)
    assert state["actions"] == [["reveal", "Reveal this round: show its pictures"]]
    assert "not revealed" in state["note"]
    form.act("reveal")
    assert form.status == ("saved", "Revealed: the pictures below show this round.")
    assert revealed_rounds(case)[-1].id == "r3"
    assert (case.folder / "ballots.csv").read_bytes() == ballots
    assert lines_of(case, "rounds")[:-1] == rounds[:-1]
    state = view_state(form)
    assert state["actions"] == []
    assert "not revealed" not in state["note"]
    assert form.context == {"round": "r3", "participant": "p03"}


def test_revealing_leaves_what_is_typed_unsaved(form: Form) -> None:
    form.edit("opvang", "keten", "1")
    form.act("reveal")
    assert form.draft.lines["opvang"]["keten"] == "1"
    assert view_state(form)["changes"] == 1
    assert not [row for row in on_disk(form.case) if row["round"] == "r3"]


def test_plain_counts_per_person_in_revealed_open_rounds(example: Case) -> None:
    head, rows = Scores().plain(example)
    assert head == ["Round", "Participant", "−", "±", "+", "?", "not scored"]
    assert len(rows) == 24
    mine = [row for row in example.rows(Ballot) if (row.round, row.participant) == ("r2", "p09")]
    by_score = [str(sum(row.score is score for row in mine)) for score in Score]
    empty = str(sum(row.score is None for row in mine))
    assert empty == "6"
    assert [row for row in rows if row[1] == "p09"][1] == [
        "Tweede ronde, na het gesprek",
        "p09",
        *by_score,
        empty,
    ]


@pytest.mark.parametrize("state", [State.SETUP, State.OPEN, State.CLOSED])
def test_plain_tells_nothing_of_a_round_that_is_not_revealed(example: Case, state: State) -> None:
    rows = [
        row.model_copy(update={"state": state}) if row.id == "r2" else row
        for row in example.rows(Round)
    ]
    example.write({Round: rows})
    assert {row[0] for row in Scores().plain(example)[1]} == {"Eerste ronde"}


def test_plain_tells_no_scores_per_person_of_an_anonymous_round(example: Case) -> None:
    rows = [
        row.model_copy(update={"names": Names.ANONYMOUS}) if row.id == "r2" else row
        for row in example.rows(Round)
    ]
    example.write({Round: rows})
    second = [row for row in Scores().plain(example)[1] if row[0].startswith("Tweede")]
    assert len(second) == 12
    assert {cell for row in second for cell in row[2:6]} == {"–"}


def test_plain_counts_only_what_is_scored_now(example: Case) -> None:
    """Scores of a criterion that was dropped are in no picture, so they don't count here."""
    rows = [
        row.model_copy(update={"selected": False}) if row.id == "keten" else row
        for row in example.rows(Criterion)
    ]
    example.write({Criterion: rows})
    mine = [
        row
        for row in example.rows(Ballot)
        if (row.round, row.participant) == ("r2", "p09") and row.criterion != "keten"
    ]
    wanted = [str(sum(row.score is score for row in mine)) for score in Score]
    wanted.append(str(sum(row.score is None for row in mine)))
    assert next(row[2:] for row in Scores().plain(example)[1][12:] if row[1] == "p09") == wanted


def test_what_is_missing_is_said_first(empty: Case) -> None:
    for sheet in (Scores(), Hands()):
        assert "There is nothing to score yet" in view_state(Form(empty, sheet))["note"]
    criterion = Criterion(
        id="c", name="C", cluster="distinguishing", selected=True, source="fictional"
    )
    option = Option(id="o", name="O", shortlisted=True, source="fictional")
    empty.write({Criterion: [criterion], Option: [option]})
    for sheet, how in ((Scores(), "ballots"), (Hands(), "show of hands")):
        form = Form(empty, sheet)
        told = f"Add a round above first, with “{how}”."
        assert view_state(form)["note"] == told
        assert form.save() is False
        assert view_state(form)["whole"] == told
        assert told in form.status[1]
    add_round(empty, "r1", How.BALLOTS)
    assert view_state(Form(empty, Scores()))["note"] == "Add the participants above first."


@given(data=st.data())
@settings(max_examples=25)
def test_any_matrix_comes_back_as_it_was_typed(form: Form, data: st.DataObject) -> None:
    case = form.case
    others = [line for line in lines_of(case) if not line.startswith(b"r3-")]
    wanted = {cell: data.draw(st.sampled_from(TYPED)) for cell in cells(case)}
    typed(form, wanted)
    assert form.save(), form.status
    reread = open_case("voorbeeldregio", lang="en", root=case.folder.parent)
    again = Form(reread, Scores())
    again.choose("participant", "p03")
    shown = {
        (line.key, criterion): text
        for line in again.draft.kept
        for criterion, text in line.cells.items()
    }
    again.close()
    assert shown == wanted
    assert [line for line in lines_of(case) if not line.startswith(b"r3-")] == others


# hands


@pytest.mark.parametrize(
    ("text", "four"),
    [
        ("2 3 4", (2, 3, 4, 0)),
        ("2/3/4 1", (2, 3, 4, 1)),
        ("2;3;4", (2, 3, 4, 0)),
        ("2, 3, 4, 5", (2, 3, 4, 5)),
        ("  7 ", (7, 0, 0, 0)),
        ("0", (0, 0, 0, 0)),
        ("9999 0 0 0", (9999, 0, 0, 0)),
        ("2\t3\n4", (2, 3, 4, 0)),
        ("", None),
        ("   ", None),
        ("x", None),
        ("-1", None),
        ("−1", None),
        ("99999", None),
        ("1 2 3 4 5", None),
        ("1.5", None),
        ("2 x", None),
        (",2", None),
        ("٣", None),
    ],
)
def test_counts_are_read(text: str, four: tuple[int, ...] | None) -> None:
    assert counts(text) == four


def test_counted_hands_become_rows_and_the_rest_stays(hands: Form) -> None:
    case = hands.case
    before = lines_of(case, "tallies")
    assert hands.context == {"round": "r4"}
    typed(hands, {("stichting", "keten"): "2/3/4 1", ("opvang", "keten"): "5"})
    assert hands.save(), hands.faults
    assert lines_of(case, "tallies")[: len(before)] == before
    assert on_disk(case, "tallies")[len(before) - 1 :] == [
        written("r4-stichting-keten,r4,stichting,keten,2,3,4,1,fictional"),
        written("r4-opvang-keten,r4,opvang,keten,5,0,0,0,fictional"),
    ]
    assert hands.draft.lines["stichting"]["keten"] == "2 3 4 1"
    assert hands.draft.lines["stichting"]["nabij-beleid"] == ""


def test_counted_and_nobody_differs_from_not_counted(hands: Form) -> None:
    hands.edit("stichting", "keten", "0 0 0 0")
    hands.edit("opvang", "keten", "1 0 0 0")
    assert hands.save()
    hands.edit("opvang", "keten", "")
    assert hands.save()
    rows = [row for row in hands.case.rows(Tally) if row.round == "r4"]
    assert [(row.option, row.minus, row.dont_know) for row in rows] == [("stichting", 0, 0)]
    assert hands.draft.lines["stichting"]["keten"] == "0 0 0 0"
    assert hands.draft.lines["opvang"]["keten"] == ""


@pytest.mark.parametrize("text", ["x", "-1", "99999", "1 2 3 4 5"])
def test_hands_that_are_no_counts_are_refused_beside_the_cell(hands: Form, text: str) -> None:
    before = (hands.case.folder / "tallies.csv").read_bytes()
    hands.edit("opvang", "keten", text)
    assert hands.save() is False
    assert hands.faults == {("opvang", "keten"): "whole numbers: hands for −, ±, + and ?"}
    assert (hands.case.folder / "tallies.csv").read_bytes() == before


def test_the_note_tells_of_totals_that_differ(hands: Form) -> None:
    assert view_state(hands)["note"].startswith("0 of 30 cells counted.")
    hands.edit("opvang", "keten", "5 5 1 1")
    assert "1 of 30 cells counted. 12 hands per cell." in view_state(hands)["note"]
    hands.edit("stichting", "keten", "3 4 5")
    assert "12 hands per cell." in view_state(hands)["note"]
    hands.edit("regiobureau", "keten", "3 4 4")
    note = view_state(hands)["note"]
    assert "3 of 30 cells counted. Between 11 and 12 hands per cell." in note
    assert "not revealed" in note


def test_hands_can_be_revealed(hands: Form) -> None:
    hands.act("reveal")
    assert hands.case.get(Round, "r4").state is State.REVEALED


def test_plain_hands_are_those_stored(example: Case) -> None:
    head, rows = Hands().plain(example)
    # r0 is the only round by hands; every counted column shows.
    counted = {(row.option, row.criterion) for row in example.rows(Tally)}
    names = {row.id: row.name for row in scored_criteria(example)}
    assert head[1:] == [names[c] for c in names if c in {c for _, c in counted}]
    filled = sum(cell != "–" for row in rows for cell in row[1:])
    assert filled == len(counted)
    column = head.index(names["nabij-beleid"])
    assert "6 4 1 1" in {row[column] for row in rows}


@given(data=st.data())
@settings(max_examples=25)
def test_any_counts_come_back_as_they_were_typed(hands: Form, data: st.DataObject) -> None:
    case = hands.case
    number = st.integers(0, 9999).map(str)
    text = st.one_of(st.just(""), st.lists(number, min_size=4, max_size=4).map(" ".join))
    wanted = {cell: data.draw(text) for cell in cells(case)}
    typed(hands, wanted)
    assert hands.save(), hands.faults
    again = Form(open_case("voorbeeldregio", lang="en", root=case.folder.parent), Hands())
    shown = {
        (line.key, criterion): text
        for line in again.draft.kept
        for criterion, text in line.cells.items()
    }
    again.close()
    assert shown == wanted
    assert len(on_disk(case, "tallies")) == 4 + sum(map(bool, wanted.values()))


def test_saving_goes_on_to_the_next_person_and_after_the_last_to_nobody(form: Form) -> None:
    form.edit("opvang", "keten", "1")
    assert form.save_next()
    assert form.context["participant"] == "p04"
    assert form.status[0] == "saved" and form.status[1].startswith("p03: Saved ")
    form.choose("participant", "p12")
    assert form.save_next()
    assert form.context["participant"] == ""
    assert view_state(form)["lines"] == []


def test_a_form_that_cant_be_saved_stays_in_front(form: Form) -> None:
    form.edit("opvang", "keten", "misschien")
    assert not form.save_next()
    assert form.context["participant"] == "p03"
    assert form.draft.lines["opvang"]["keten"] == "misschien"


def test_a_shown_round_is_said_to_be_shown(example: Case) -> None:
    form = Form(example, Scores())
    form.choose("participant", "p01")
    assert view_state(form)["note"].endswith(
        "This round is shown: what you save changes its pictures."
    )
