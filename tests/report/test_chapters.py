"""What the chapters of the report owe: nothing that the case knows is lost on the way."""

from __future__ import annotations

from workbook.case import Case
from workbook.case.tables import Criterion
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
