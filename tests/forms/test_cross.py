"""Forms with a line for every combination: rows come and go, and no other row is touched."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workbook.case import Case, open_case
from workbook.case.tables import (
    Commitment,
    Criterion,
    Involvement,
    Level,
    Option,
    Row,
    ScanAnswer,
    Screening,
    Verdict,
    Way,
)
from workbook.forms import steps
from workbook.forms.form import Form
from workbook.forms.state import view_state

Opened = Callable[..., Form]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The form that a notebook shows."""

    def make(function: Callable[[Case], None], case: Case, **chosen: str) -> Form:
        shown: list = []
        monkeypatch.setattr(steps, "display", shown.append)
        function(case)
        (view,) = shown
        for name, value in chosen.items():
            view.form.choose(name, value)
        return view.form

    return make


def reread(case: Case) -> Case:
    return open_case(case.region, lang=case.lang, root=case.folder.parent)


def lines(case: Case, table: str) -> list[str]:
    return (case.folder / f"{table}.csv").read_text("utf-8").splitlines()


def faults(form: Form, key: str) -> dict[str, str]:
    return next(line["faults"] for line in view_state(form)["lines"] if line["key"] == key)


# screening


def vision(case: Case) -> list[str]:
    return [r.id for r in case.rows(Criterion) if r.cluster == "vision" and r.selected]


def unscreened(case: Case) -> str:
    """Clear one verdict in the file, and give the key of its line."""
    first, *rest = case.rows(Screening)
    case.write({Screening: rest})
    return f"{first.option}|{first.criterion}"


def test_there_is_a_line_for_every_option_and_vision_criterion(
    example: Case, opened: Opened
) -> None:
    form = opened(steps.screening, example)
    state = view_state(form)
    wanted = [(o, c) for o in example.rows(Option) for c in vision(example)]
    assert [line["key"] for line in state["lines"]] == [f"{o.id}|{c}" for o, c in wanted]
    names = {row.id: row.name for row in example.rows(Criterion)}
    assert [state["headings"][line["key"]] for line in state["lines"]] == [
        [o.short or o.name, names[c]] for o, c in wanted
    ]


def test_a_new_verdict_gets_a_row_with_id_and_source(example: Case, opened: Opened) -> None:
    key = unscreened(example)
    before = lines(example, "screening")
    form = opened(steps.screening, example)
    form.edit(key, "verdict", "doubtful")
    form.edit(key, "argument", 'Not "yet", they say')
    assert form.save(), form.faults
    option, criterion = key.split("|")
    assert reread(example).rows(Screening)[-1] == Screening(
        id=f"{option}-{criterion}",
        option=option,
        criterion=criterion,
        verdict=Verdict.DOUBTFUL,
        argument='Not "yet", they say',
        source="fictional",
    )
    assert lines(example, "screening")[:-1] == before


def test_a_source_that_was_typed_is_kept(example: Case, opened: Opened) -> None:
    key = unscreened(example)
    form = opened(steps.screening, example)
    form.edit(key, "verdict", "meets")
    form.edit(key, "source", "m7: blad 2")
    assert form.save()
    assert example.rows(Screening)[-1].source == "m7: blad 2"


def test_clearing_a_verdict_removes_its_row_and_no_other(example: Case, opened: Opened) -> None:
    before = lines(example, "screening")
    row = example.rows(Screening)[3]
    form = opened(steps.screening, example)
    key = f"{row.option}|{row.criterion}"
    form.edit(key, "verdict", "")
    form.edit(key, "argument", " ")
    assert form.save(), form.faults
    assert lines(example, "screening") == [x for x in before if not x.startswith(f"{row.id},")]
    assert form.draft.lines[key] == {"verdict": "", "argument": "", "source": ""}
    assert form.undo()
    assert lines(example, "screening") == before


@pytest.mark.parametrize("stored", [True, False])
def test_an_argument_without_a_verdict_is_a_fault_beside_it(
    example: Case, opened: Opened, stored: bool
) -> None:
    row = example.rows(Screening)[0]
    key = f"{row.option}|{row.criterion}" if stored else unscreened(example)
    before = lines(example, "screening")
    form = opened(steps.screening, example)
    form.edit(key, "verdict", "")
    form.edit(key, "argument", "Because")
    assert form.save() is False
    assert faults(form, key).keys() == {"verdict"}
    assert faults(form, key)["verdict"].startswith("the cell is empty; expected: one of meets")
    assert lines(example, "screening") == before


def test_a_verdict_that_is_none_is_a_fault_beside_it(example: Case, opened: Opened) -> None:
    form = opened(steps.screening, example)
    key = next(iter(form.draft.lines))
    form.edit(key, "verdict", "perhaps")
    assert form.save() is False
    assert "“perhaps” can't be used here" in faults(form, key)["verdict"]


def test_rows_of_a_criterion_that_isnt_shown_any_more_stay(example: Case, opened: Opened) -> None:
    hidden, other = vision(example)[:2]
    rows = [
        row.model_copy(update={"selected": False}) if row.id == hidden else row
        for row in example.rows(Criterion)
    ]
    example.write({Criterion: rows})
    kept = [row for row in example.rows(Screening) if row.criterion == hidden]
    form = opened(steps.screening, example)
    assert not [key for key in form.draft.lines if key.endswith(f"|{hidden}")]
    form.edit(f"stichting|{other}", "argument", "New")
    assert form.save()
    assert [row for row in reread(example).rows(Screening) if row.criterion == hidden] == kept
    assert kept


# involvement


def test_one_party_may_join_a_step_in_two_ways(example: Case, opened: Opened) -> None:
    first = next(r for r in example.rows(Involvement) if (r.step, r.party) == (1, "ervaringsteam"))
    second = first.model_copy(
        update={"id": "second", "way": Way.INTERVIEW, "level": Level.PRACTICE}
    )
    example.write({Involvement: [*example.rows(Involvement), second]})
    before = lines(example, "involvement")
    form = opened(steps.involvement, example, party="ervaringsteam")
    state = view_state(form)
    assert [x["key"] for x in state["lines"]][:3] == ["1", "1#2", "2"]
    assert len(state["lines"]) == 9
    assert state["headings"]["1"] == state["headings"]["1#2"]
    assert form.draft.lines["1#2"]["way"] == "interview"
    assert form.save()
    assert lines(example, "involvement") == before
    form.edit("1", "level", "board")
    form.edit("1#2", "took_part", "no")
    assert form.save(), form.faults
    rows = {row.id: row for row in reread(example).rows(Involvement)}
    assert rows[first.id] == first.model_copy(update={"level": Level.BOARD})
    assert rows["second"] == second.model_copy(update={"took_part": False})
    assert len(lines(example, "involvement")) == len(before)


def test_two_rows_made_the_same_are_refused(example: Case, opened: Opened) -> None:
    first = next(r for r in example.rows(Involvement) if (r.step, r.party) == (1, "ervaringsteam"))
    second = first.model_copy(update={"id": "second", "way": Way.INTERVIEW})
    example.write({Involvement: [*example.rows(Involvement), second]})
    before = lines(example, "involvement")
    form = opened(steps.involvement, example, party="ervaringsteam")
    form.edit("1#2", "way", first.way.value)
    assert form.save() is False
    assert "the same step, party, way" in faults(form, "1#2")["way"]
    assert lines(example, "involvement") == before


def test_a_step_that_was_filled_in_makes_one_row(empty: Case, opened: Opened) -> None:
    from workbook.case.tables import Party

    parties = [Party(id=id, name=id.upper(), source="s") for id in ("a", "b")]
    empty.write({Party: parties})
    form = opened(steps.involvement, empty, party="b")
    form.edit("4", "intended", "yes")
    form.edit("7", "intended", "")
    assert form.save(), form.faults
    assert empty.rows(Involvement) == (
        Involvement(id="4-b", step=4, party="b", intended=True, source="not recorded"),
    )
    form.choose("party", "a")
    assert {text for line in form.draft.kept for text in line.cells.values()} == {""}


def test_the_rows_of_other_parties_stay(example: Case, opened: Opened) -> None:
    form = opened(steps.involvement, example, party="opvang")
    others = [row for row in example.rows(Involvement) if row.party != "opvang"]
    for step in range(1, 9):
        form.edit(str(step), "level", "policy")
        form.edit(str(step), "way", "")
    assert form.save(), form.faults
    after = reread(example).rows(Involvement)
    assert [row for row in after if row.party != "opvang"] == others
    mine = [row for row in after if row.party == "opvang"]
    assert sorted(row.step for row in mine) == list(range(1, 9))
    assert {(row.level, row.way) for row in mine} == {(Level.POLICY, None)}


# scan and commitments

OPEN = ("q05", "q12")


def test_only_questions_that_were_answered_make_rows(example: Case, opened: Opened) -> None:
    example.write({ScanAnswer: [r for r in example.rows(ScanAnswer) if r.item not in OPEN]})
    form = opened(steps.scan, example, organisation="welzijn")
    assert {"q01", *OPEN} <= set(form.draft.lines)
    others = [row for row in example.rows(ScanAnswer) if row.organisation != "welzijn"]
    mine = [row for row in example.rows(ScanAnswer) if row.organisation == "welzijn"]
    assert len(mine) > 5
    form.edit(OPEN[1], "questions", "Wie weet het?")
    form.edit(OPEN[0], "present", "  ")
    assert form.save(), form.faults
    after = reread(example).rows(ScanAnswer)
    assert [row for row in after if row.organisation != "welzijn"] == others
    new = [row for row in after if row.organisation == "welzijn" and row not in mine]
    assert [(row.item, row.questions, row.present) for row in new] == [
        (OPEN[1], "Wie weet het?", None)
    ]


def test_the_questions_are_in_the_readers_language(data, opened: Opened) -> None:
    heads = {}
    for lang in ("nl", "en"):
        form = opened(steps.scan, open_case("voorbeeldregio", lang=lang, root=data))
        heads[lang] = view_state(form)["headings"]["q02"][0]
        form.close()
    assert all(head.startswith("2. ") for head in heads.values())
    assert heads["nl"] != heads["en"]


def test_commitments_are_for_vision_criteria_and_preconditions(
    example: Case, opened: Opened
) -> None:
    form = opened(steps.commitments, example, party="opvang")
    clusters = {row.id: row.cluster for row in example.rows(Criterion) if row.selected}
    assert set(form.draft.lines) == {
        id for id, cluster in clusters.items() if cluster in ("vision", "precondition")
    }
    others = [row for row in example.rows(Commitment) if row.party != "opvang"]
    key = next(iter(form.draft.lines))
    form.edit(key, "pledge", "conditional")
    form.edit(key, "date", "31-1-2026")
    assert form.save(), form.faults
    row = next(
        r for r in reread(example).rows(Commitment) if (r.party, r.criterion) == ("opvang", key)
    )
    assert (row.pledge.value, row.date.isoformat()) == ("conditional", "2026-01-31")
    assert [row for row in example.rows(Commitment) if row.party != "opvang"] == others
    form.edit(key, "date", "31-2-2026")
    assert form.save() is False
    assert "a date as 2026-01-31" in faults(form, key)["date"]


# without a kernel


@pytest.mark.parametrize(
    ("function", "model"),
    [
        (steps.screening, Screening),
        (steps.involvement, Involvement),
        (steps.scan, ScanAnswer),
        (steps.commitments, Commitment),
    ],
)
def test_plain_lists_every_stored_row_of_every_choice(
    example: Case, opened: Opened, function: Callable, model: type[Row]
) -> None:
    form = opened(function, example)
    head, rows = form.sheet.plain(example)
    assert len(rows) == len(example.rows(model)) > 20
    assert {len(row) for row in rows} == {len(head)}
    for name in form.sheet.chosen:  # the names of all that can be chosen, not only of the first
        at = [*form.sheet.chosen, *form.sheet.along].index(name)
        stored = {getattr(row, name) for row in example.rows(model)}
        labels = dict(next(iter(form.sheet.chosen.values()))[1](example))
        assert {row[at] for row in rows} == {labels[id] for id in stored}
        assert len(stored) > 1


def test_plain_tells_words_and_no_ids(example: Case, opened: Opened) -> None:
    head, rows = opened(steps.screening, example).sheet.plain(example)
    assert head == ["Option", "Criterion", "Verdict", "Argument"]
    names = {row.id: row.name for row in example.rows(Criterion)}
    assert rows[0] == [
        "Eigen stichting",
        names["visie-beleid"],
        "meets it",
        "Is hiervoor opgericht.",
    ]


def test_with_nothing_to_choose_from_nothing_can_be_lost(empty: Case, opened: Opened) -> None:
    form = opened(steps.involvement, empty)
    assert form.context == {"party": ""}
    form.edit("1", "intended", "yes")
    assert form.save() is False
    assert form.draft.lines["1"]["intended"] == "yes"
    assert empty.rows(Involvement) == ()
