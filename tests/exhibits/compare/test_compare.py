"""Every comparison: marks, tables, words, room on the page; and that it follows its input."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.exhibits.compare.generated import generate
from workbook.case import Case, Cases, open_cases
from workbook.case.tables import (
    Ballot,
    Commitment,
    Criterion,
    Involvement,
    Option,
    Pledge,
    Priority,
    Score,
)
from workbook.exhibits import Exhibit, compare
from workbook.exhibits.compare import COMPARISON

Change = Callable[[Case], None]


def name(make: Callable) -> str:
    inner = getattr(make, "func", make)
    return "-".join([inner.__name__, *getattr(make, "keywords", {}).values()])


EVERY = pytest.mark.parametrize("make", COMPARISON, ids=[name(make) for make in COMPARISON])


def rewrite(table: type, match: Callable, **values: object) -> Change:
    """Change the first row that matches, in the first region."""

    def change(case: Case) -> None:
        rows = list(case.rows(table))
        place = next(i for i, row in enumerate(rows) if match(row))
        rows[place] = rows[place].model_copy(update=values)
        case.write({table: rows})

    return change


def turned(case: Case) -> None:
    """Turn every score around."""
    other = {Score.PLUS: Score.MINUS, Score.MINUS: Score.PLUS}
    rows = [
        row.model_copy(update={"score": other.get(row.score, row.score)})
        for row in case.rows(Ballot)
    ]
    case.write({Ballot: rows})


def without_experts(case: Case) -> None:
    """Take one kind of party out of every step."""
    case.write({Involvement: [r for r in case.rows(Involvement) if r.party != "partij-0"]})


def everybody(case: Case) -> None:
    """Let every party join every step."""
    row = case.rows(Involvement)[0]
    case.write(
        {
            Involvement: [
                row.model_copy(update={"id": f"s{step}-{i}", "step": step, "party": f"partij-{i}"})
                for step in range(1, 9)
                for i in range(6)
            ]
        }
    )


def another_option(case: Case) -> None:
    """Add an option to the longlist."""
    rows = case.rows(Option)
    case.write({Option: [*rows, rows[0].model_copy(update={"id": "nog-een", "name": "Nog een"})]})


def kept_as(cluster: str) -> Callable[[Criterion], bool]:
    return lambda row: bool(row.selected and row.cluster == cluster and "eigen" not in row.id)


CHANGES: dict[str, Change] = {
    "regions": another_option,
    "steps": lambda case: case.write({Commitment: []}),
    "criteria_counts": rewrite(Criterion, kept_as("vision"), selected=False),
    "criteria-vision": rewrite(Criterion, kept_as("vision"), selected=False),
    "criteria-precondition": rewrite(Criterion, kept_as("precondition"), selected=False),
    "criteria-distinguishing": rewrite(Criterion, kept_as("distinguishing"), selected=False),
    "own_criteria": rewrite(Criterion, lambda row: row.id == "eigen-0", selected=False),
    "priorities": rewrite(Priority, lambda row: row.rank == 1, rank=4),
    "outcomes": turned,
    "questions": everybody,
    "questions_for": without_experts,
}  # fmt: skip


@EVERY
def test_one_changed_input_changes_words_and_table(some: Cases, make: Callable) -> None:
    before = make(some)
    assert not before.missing
    CHANGES[name(make)](some[0])
    after = make(some)
    assert after.alt != before.alt
    assert not after.table.equals(before.table)


@EVERY
def test_every_region_bears_its_mark(at_thirty: Callable, make: Callable) -> None:
    shown = at_thirty(make)
    assert shown.mark == "1 FICTIONAL · 2 READ FROM A TEXT"
    if shown.name in ("compare_criteria_counts", "compare_questions_for"):
        return
    told = {str(value) for column in shown.table for value in shown.table[column]}
    for region in ("Midden-Holland (fictional)", "Hart van Brabant (from a text)"):
        assert region in told or "Midden-Holland" not in " ".join(told)
        assert region in shown.alt
    assert "Midden-Holland" not in told and "Hart van Brabant" not in told
    if shown.figure is not None:
        ticks = [tick.get_text() for tick in shown.figure.axes[0].get_xticklabels()]
        assert "Midden-Holland (fictional)" in ticks and "Hart van Brabant (text)" in ticks


@EVERY
def test_what_it_was_made_from_is_said_by_region(at_thirty: Callable, make: Callable) -> None:
    shown = at_thirty(make)
    assert shown.provenance
    if shown.name != "compare_steps":
        assert any(line.startswith("Achterhoek: ") for line in shown.provenance)


@pytest.mark.parametrize("lang", ["nl", "en"])
@EVERY
def test_everything_fits_on_a_page_at_thirty_regions(
    at_thirty: Callable, make: Callable, lang: str
) -> None:
    shown = at_thirty(make, lang)
    if shown.figure is None:
        return
    assert shown.figure.get_size_inches().tolist() == [12.8, 7.2]
    ax = shown.figure.axes[0]
    shown.figure.canvas.draw()
    ticks = [*ax.get_xticklabels(), *ax.get_yticklabels()] if ax.axison else []
    words = [text for text in (*ax.texts, *ticks) if text.get_text()]
    for text in (*words, *shown.figure.texts):
        box = text.get_window_extent()
        assert box.x0 >= -1 and box.x1 <= 1281 and box.y0 >= -1 and box.y1 <= 721, text.get_text()
        assert text.get_size() >= 8, text.get_text()
    for upper, lower in itertools.pairwise(ax.get_yticklabels() if ax.axison else []):
        assert upper.get_window_extent().y0 >= lower.get_window_extent().y1 - 3


def test_names_above_columns_do_not_overlap(at_thirty: Callable) -> None:
    ax = at_thirty(compare.steps).figure.axes[0]
    ax.figure.canvas.draw()
    starts = [tick.get_window_extent().x0 for tick in ax.get_xticklabels()]
    # At 50 degrees a line of 11 points takes about 20 pixels of the width.
    assert min(b - a for a, b in itertools.pairwise(starts)) >= 20


@pytest.mark.parametrize("n", [1, 2])
@EVERY
def test_one_or_two_regions_do_as_well(tmp_path: Path, make: Callable, n: int) -> None:
    shown = make(Cases(generate(n, tmp_path / "data")))
    assert shown.sentence
    if n == 2 and shown.name != "compare_regions":
        assert shown.png


@EVERY
def test_regions_without_a_row_say_so(tmp_path: Path, make: Callable) -> None:
    from workbook.case.template import new_region

    for region in ("leeg-een", "leeg-twee"):
        new_region(region, tmp_path / "data", "nl")
    shown = make(open_cases(["leeg-een", "leeg-twee"], lang="en", root=tmp_path / "data"))
    assert shown.sentence
    assert shown.png is None or shown.name in (
        "compare_steps", "compare_questions", "compare_questions_for",
    )  # fmt: skip


@EVERY
def test_the_two_committed_regions_compare(both: Sequence[Case], make: Callable) -> None:
    shown: Exhibit = make(both)
    assert not shown.missing
    assert shown.mark == "1 FICTIONAL · 1 READ FROM A TEXT"


def test_two_regions_by_one_name_are_told_apart(tmp_path: Path) -> None:
    from workbook.case.template import new_region

    long = "Regio van de twee rivieren en de drie meren in het noorden"
    for region in ("een", "twee"):
        new_region(region, tmp_path / "data", "nl", long)
    regions = open_cases(["een", "twee"], lang="en", root=tmp_path / "data")
    table = compare.steps(regions).table
    assert set(table["Region"]) == {f"{long}, een", f"{long}, twee"}
    ticks = [t.get_text() for t in compare.steps(regions).figure.axes[0].get_xticklabels()]
    assert len(set(ticks)) == 2


def test_questions_of_a_region_that_is_not_there_are_refused(both: Sequence[Case]) -> None:
    from workbook.case import UserError

    with pytest.raises(UserError, match="nergens is not among the regions"):
        compare.questions_for(both, region="nergens")
    make = partial(compare.questions_for, region="west-brabant")
    assert "can't be asked" in make(both).sentence


def test_a_pledge_here_ends_the_question_about_it(some: Cases) -> None:
    case = some[0]

    def asked() -> list[str]:
        table = compare.questions_for(some).table
        return table[table["About"] == "agreements"]["Subject"].tolist()

    case.write({Commitment: []})
    before = asked()
    assert before
    kept = next(row for row in case.rows(Criterion) if row.name == before[0])
    case.write({Commitment: [Commitment(id="c", party="partij-2", criterion=kept.id, source="s",
                                        pledge=Pledge.GIVEN)]})  # fmt: skip
    assert asked() == before[1:]
