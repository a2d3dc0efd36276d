"""Each exhibit follows the case: one changed input changes its words and its table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from workbook import exhibits
from workbook.case import Case, open_case
from workbook.case.tables import (
    BY_NAME,
    NOT_PUBLISHED,
    Argument,
    Ballot,
    Collaboration,
    Commitment,
    Coverage,
    Criterion,
    Decision,
    Involvement,
    Option,
    Party,
    Priority,
    Reading,
    ScanAnswer,
    Score,
    Screening,
)

Change = Callable[[Case], None]


def rewrite(table: type, match: Callable, **values: object) -> Change:
    """Change the first row that matches."""

    def change(case: Case) -> None:
        rows = list(case.rows(table))
        place = next(i for i, row in enumerate(rows) if match(row))
        rows[place] = rows[place].model_copy(update=values)
        case.write({table: rows})

    return change


def drop(table: type, match: Callable) -> Change:
    """Remove the first row that matches."""

    def change(case: Case) -> None:
        rows = list(case.rows(table))
        rows.remove(next(row for row in rows if match(row)))
        case.write({table: rows})

    return change


def edit(file: str, old: str, new: str) -> Change:
    """Change a document on disk and read it again."""

    def change(case: Case) -> None:
        path: Path = case.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        assert case.refresh()

    return change


def is_plus(row: Ballot) -> bool:
    return row.round == "r2" and row.option == "stichting" and row.score is Score.PLUS


def in_the_split_cell(row: Ballot) -> bool:
    return (row.round, row.option, row.criterion, row.score) == (
        "r2",
        "regiobureau",
        "onafhankelijk",
        Score.PLUS,
    )


def swap_best_and_second(case: Case) -> None:
    """Give each of the two best options the other's scores."""
    other = {"stichting": "regio-welzijn-opvang", "regio-welzijn-opvang": "stichting"}
    given = {(r.round, r.participant, r.option, r.criterion): r.score for r in case.rows(Ballot)}
    rows = [
        row.model_copy(
            update={
                "score": given[
                    row.round, row.participant, other.get(row.option, row.option), row.criterion
                ]
            }
        )
        for row in case.rows(Ballot)
    ]
    case.write({Ballot: rows})


def all_plus_on_the_chain(case: Case) -> None:
    """Let everyone find that one partnership covers the whole chain."""
    rows = [
        row.model_copy(update={"score": Score.PLUS})
        if (row.round, row.option, row.criterion) == ("r2", "welzijn-opvang", "keten")
        else row
        for row in case.rows(Ballot)
    ]
    case.write({Ballot: rows})


SCORES = swap_best_and_second
SCORE = rewrite(Ballot, is_plus, score=Score.MINUS)
ARGUMENT = drop(Argument, lambda row: row.stance is not None)

CASES: list[tuple[Callable[[Case], exhibits.Exhibit], Change]] = [
    (exhibits.board, rewrite(Criterion, lambda row: row.selected, reason=None)),
    (exhibits.beginnings, edit("case.yaml", "readiness:\n", "readiness:\n"
     "  - {id: extra, text: Nog iets, source: fictional}\n")),
    (exhibits.involvement, rewrite(Involvement, lambda row: row.took_part, took_part=False)),
    (exhibits.description, edit("case.yaml", "Zeven", "Acht")),
    (exhibits.implications, edit("case.yaml", "kind: policy", "kind: prevention")),
    (exhibits.criteria_sources, rewrite(Criterion, lambda row: True, found_by=())),
    (exhibits.criteria_funnel, rewrite(Criterion, lambda row: row.selected, selected=False)),
    (exhibits.examples, rewrite(Criterion, lambda row: row.example, example=None)),
    (exhibits.options_by_form, rewrite(Option, lambda row: True, form=None, short="Anders")),
    (exhibits.collaborations, drop(Collaboration, lambda row: True)),
    (exhibits.screening, drop(Screening, lambda row: True)),
    (exhibits.options_funnel, rewrite(Option, lambda row: row.shortlisted, shortlisted=False)),
    (exhibits.option_meanings, rewrite(Option, lambda row: row.shortlisted, coordination="Anders")),
    (exhibits.scale_meanings, rewrite(Criterion, lambda row: row.plus, plus="Heel anders")),
    (exhibits.score_heatmap, SCORE),
    (partial(exhibits.score_heatmap, order="support"), SCORE),
    (exhibits.discussion_order, rewrite(Ballot, in_the_split_cell, score=Score.PLUSMINUS)),
    (exhibits.rounds, SCORE),
    (exhibits.round_reasons, rewrite(Ballot, lambda row: row.reason, reason="Anders")),
    (exhibits.priorities, rewrite(Priority, lambda row: row.who == "plenary" and row.rank == 5,
                                  rank=None)),
    (exhibits.support, SCORE),
    (exhibits.firmness, SCORE),
    (exhibits.robustness, SCORES),
    (exhibits.endings, SCORES),
    (exhibits.rules, SCORE),
    (exhibits.dominance, SCORES),
    (exhibits.places, SCORES),
    (exhibits.orders, SCORES),
    (exhibits.indices, SCORE),
    (exhibits.what_if, SCORE),
    (exhibits.partnerships, drop(Coverage, lambda row: row.party == "opvang")),
    (exhibits.combinations, drop(Coverage, lambda row: row.id == "dk-opvang-veiligheid")),
    (exhibits.member_gains, drop(Coverage, lambda row: row.id == "dk-opvang-veiligheid")),
    (exhibits.joint_scores, all_plus_on_the_chain),
    (exhibits.reading, drop(Reading, lambda row: row.low is not None)),
    (partial(exhibits.decided, step=5), rewrite(Decision, lambda row: row.step == 5,
                                                choice="Anders", subject="Anders")),
    (partial(exhibits.decided, step=7), rewrite(Decision, lambda row: row.option, option="opvang",
                                                choice="Bij de opvang")),
    (exhibits.considerations, ARGUMENT),
    (exhibits.pros_and_cons, rewrite(Argument, lambda r: r.kind == "advantage", claim="Anders")),
    (exhibits.commitments, drop(Commitment, lambda row: True)),
    (exhibits.recommendations, edit("scenario.yaml", "recommendations:\n", "recommendations:\n"
     "  - {id: extra, text: Nog iets, source: fictional}\n")),
    (exhibits.chapters, edit("scenario.yaml", "governance:\n", "governance:\n"
     "  - {id: extra, text: Nog iets, source: fictional}\n")),
    (exhibits.organisation_scan, rewrite(ScanAnswer, lambda row: row.present and row.desired,
                                         present=None, desired=None)),
    (exhibits.scan_answers, rewrite(ScanAnswer, lambda row: row.present and row.desired,
                                    present=None, desired=None)),
    (partial(exhibits.records, of="parties"), rewrite(Party, lambda row: True, name="Anders")),
    (partial(exhibits.still_open, step=7), rewrite(Criterion, lambda row: row.plus, plus=None)),
]  # fmt: skip


def name(make: Callable) -> str:
    inner = getattr(make, "func", make)
    return inner.__name__ + "".join(f"-{v}" for v in getattr(make, "keywords", {}).values())


@pytest.mark.parametrize(("make", "change"), CASES, ids=[name(make) for make, _ in CASES])
def test_one_changed_input_changes_words_and_table(
    example: Case, make: Callable[[Case], exhibits.Exhibit], change: Change
) -> None:
    before = make(example)
    assert not before.missing
    change(example)
    after = make(example)
    assert after.alt != before.alt
    assert not after.table.equals(before.table)


def test_every_exhibit_of_the_series_is_tried() -> None:
    tried = {name(make) for make, _ in CASES}
    series = {name(make) for makers in exhibits.SERIES.values() for make in makers}
    # The outcome of readings needs a published case, and has its own test.
    assert series - tried <= {"reading_outcome", "decided-6", "decided-8"}


def test_reading_outcome_follows_a_bound(published: Case) -> None:
    before = exhibits.reading_outcome(published)
    change = rewrite(Reading, lambda r: r.option == "verband-uitgebreid" and r.low != r.high,
                     low=Score.PLUS, high=Score.PLUS)  # fmt: skip
    change(published)
    after = exhibits.reading_outcome(published)
    assert after.alt != before.alt
    assert not after.table.equals(before.table)


@pytest.mark.parametrize("of", sorted(BY_NAME))
def test_records_show_every_table(example: Case, of: str) -> None:
    shown = exhibits.records(example, of=of)
    assert len(shown.table) == len(example.rows(BY_NAME[of]))


def test_the_heatmap_tells_old_and_new_counts(example: Case) -> None:
    line = "Eigen stichting × Onafhankelijke stem: −0 ±1 +11 ?0"
    assert line in exhibits.score_heatmap(example).alt.splitlines()
    change = rewrite(
        Ballot,
        lambda r: is_plus(r) and r.criterion == "onafhankelijk",
        score=Score.MINUS,
    )
    change(example)
    shown = exhibits.score_heatmap(example)
    assert "Eigen stichting × Onafhankelijke stem: −1 ±1 +10 ?0" in shown.alt.splitlines()
    row = shown.table[
        (shown.table["Option"] == "Eigen stichting")
        & (shown.table["Criterion"] == "Onafhankelijke stem")
    ].iloc[0]
    assert (row["−"], row["±"], row["+"]) == (1, 1, 10)


def test_an_unpublished_value_is_said(published: Case) -> None:
    shown = exhibits.options_funnel(published)
    assert {row.shortlisted for row in published.rows(Option)} == {NOT_PUBLISHED}
    assert "not published" in shown.sentence
    assert set(shown.table["Shortlist"]) == {"not published"}


def test_an_empty_case_says_what_is_missing(empty: Case) -> None:
    for _step, shown in exhibits.series(empty):
        assert shown.sentence, shown.name
        if shown.name != "board":
            assert shown.missing, shown.name
            assert shown.png is None
    again = open_case("twente", lang="nl", root=empty.folder.parent)
    assert "nog" in exhibits.score_heatmap(again).sentence
