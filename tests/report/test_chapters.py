"""What the chapters of the report owe: nothing that the case knows is lost on the way."""

from __future__ import annotations

import re

from workbook.case import Case
from workbook.case.tables import Argument, Commitment, Criterion, Decision, Option, Stance
from workbook.report import compose
from workbook.report.model import Block, Claims, Paragraph, Picture, Table


def chapter(case: Case, id: str) -> list[Block]:
    return list(next(section for section in compose(case).sections if section.id == id).blocks)


def words(blocks: list[Block]) -> str:
    """Give everything that a chapter says."""
    said: list[str] = []
    for block in blocks:
        match block:
            case Paragraph():
                said.append(block.text)
            case Claims():
                said.append(block.label)
                for item in block.items:
                    said += [item.lead, item.text, item.tail, item.answer]
            case Picture():
                said += [block.exhibit.title, block.exhibit.sentence]
            case Table():
                said += [block.caption, *block.head, *(cell for row in block.rows for cell in row)]
    return "\n".join(said)


def test_what_was_said_against_a_criterion_is_kept(example: Case) -> None:
    rows = list(example.rows(Criterion))
    kept = next(place for place, row in enumerate(rows) if row.selected)
    dropped = next(place for place, row in enumerate(rows) if row.selected is False)
    rows[kept] = rows[kept].model_copy(
        update={"support": "Bijna iedereen", "dissent": "Een lid vindt dit dubbel."}
    )
    rows[dropped] = rows[dropped].model_copy(
        update={"support": "De meesten", "dissent": "Twee leden wilden het houden."}
    )
    example.write({Criterion: rows})
    against = words(chapter(example, "dissent"))
    assert f"{rows[kept].name}\nEen lid vindt dit dubbel." in against
    assert f"{rows[dropped].name}\nTwee leden wilden het houden." in against
    chosen = words(chapter(example, "criteria"))
    for said in ("Bijna iedereen", "De meesten", "Een lid vindt", "Twee leden wilden"):
        assert said in chosen


def test_what_the_signs_mean_stands_with_the_criterion(example: Case) -> None:
    chosen = words(chapter(example, "criteria"))
    signs = [row for row in example.rows(Criterion) if row.selected and row.minus]
    assert signs
    for row in signs:
        assert row.minus in chosen
        assert row.plusminus in chosen
        assert row.plus in chosen


def test_how_long_data_are_kept_stands_with_privacy(example: Case) -> None:
    assert example.info.retention
    said = words(chapter(example, "further"))
    assert all(item.text in said for item in example.info.retention)


def test_who_would_hold_what_stands_beside_how_it_is_now(example: Case) -> None:
    options = {row.id: row for row in example.rows(Option)}
    chosen = options[example.get(Decision, "b-stap7").option]
    current = next(row for row in options.values() if row.current)
    blocks = chapter(example, "positioning")
    table = next(block for block in blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == [chosen.name, current.name]
    for row, option in zip(table.rows, (chosen, current), strict=True):
        assert row[2:] == [option.responsibility, option.coordination, option.employment]
    assert len(table.refs) == 2


def test_a_choice_that_is_no_position_of_the_longlist_is_told_in_its_own_words(
    example: Case,
) -> None:
    rows = [row.model_copy(update={"option": None}) for row in example.rows(Decision)]
    example.write({Decision: rows})
    said = words(chapter(example, "positioning"))
    assert "points to no position of the longlist" in said
    assert example.get(Decision, "b-stap7").choice in said


def test_positions_are_told_where_the_shortlist_is_made(example: Case) -> None:
    said = words(chapter(example, "shortlist"))
    assert "an independent position" in said or "independent position" in said
    for row in example.rows(Option):
        assert row.pros in said
        assert row.cons in said
        assert row.why in said


def test_a_decision_is_told_once_in_its_step(example: Case) -> None:
    for step, id in ((5, "criteria"), (6, "shortlist"), (8, "recommendations")):
        said = words(chapter(example, id))
        for row in example.rows(Decision):
            if row.step == step:
                assert said.count(row.choice) == 1
        assert "Decided:" not in said


def test_what_was_asked_is_no_commitment(published: Case, example: Case) -> None:
    said = words(chapter(published, "commitment"))
    assert "45 commitments were asked for; the answer is not published." in said
    assert "answers are recorded" not in said
    assert "answers are recorded: given" in words(chapter(example, "commitment"))


def test_preconditions_are_agreements_to_fill_in(example: Case, published: Case) -> None:
    table = next(b for b in chapter(example, "agreements") if isinstance(b, Table))
    wanted = [
        row for row in example.rows(Criterion) if row.selected and row.cluster == "precondition"
    ]
    assert [row[0] for row in table.rows] == [row.name for row in wanted]
    assert all(row[3:] == ["", ""] for row in table.rows)
    said = {row.criterion for row in example.rows(Commitment)}
    for row, criterion in zip(table.rows, wanted, strict=True):
        assert ("not filled in yet" in row[2]) == (criterion.id not in said)
    table = next(b for b in chapter(published, "agreements") if isinstance(b, Table))
    assert all(row[3:] == ["not published", "not published"] for row in table.rows)


def test_a_recommendation_answers_only_what_speaks_against(published: Case) -> None:
    table = next(b for b in chapter(published, "recommendations") if isinstance(b, Table))
    trail = next(b for b in chapter(published, "trail") if isinstance(b, Table))
    stances = {row.id: row.stance for row in published.rows(Argument)}
    cited = {row[0]: row[2] for row in trail.rows}
    numbers = [number for row in table.rows for number in re.findall(r"\[\d+\]", row[-1])]
    assert numbers
    assert {stances[cited[number]] for number in numbers} == {Stance.AGAINST}


def test_each_form_begins_with_where_the_preference_went(published: Case) -> None:
    lists = [b for b in chapter(published, "considerations") if isinstance(b, Claims)]
    first = {block.label: block.items[0] for block in lists}
    assert first["partnership"].lead == "The preference goes to this form"
    for form in ("independent position", "within one organisation"):
        assert first[form].tail == "The preference does not go to this form."


def test_the_report_does_not_speak_to_people_in_a_room(example: Case) -> None:
    said = "\n".join(words(list(section.blocks)) for section in compose(example).sections)
    for word in ("Start with", "discuss first", "weigh it against", "This is arithmetic on"):
        assert word not in said
