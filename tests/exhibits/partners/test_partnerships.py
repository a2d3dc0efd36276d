"""What each position covers: the published widening, and a region that changes its answers."""

from __future__ import annotations

import pytest

from workbook.case import Case
from workbook.case.tables import (
    Coverage,
    Covers,
    Criterion,
    Link,
    Option,
    Party,
    Reading,
    Round,
    Score,
    State,
)
from workbook.exhibits.partners.covering import covering
from workbook.exhibits.partners.partnerships import partnerships

NOW, WIDER = "VT + Safegroup (nu)", "VT + Safegroup + MW"


def change(case: Case, table: type, match, **values) -> None:
    rows = [row.model_copy(update=values) if match(row) else row for row in case.rows(table)]
    assert rows != list(case.rows(table))
    case.write({table: rows})


def line(exhibit, option: str):
    table = exhibit.table
    return table[table["Option"] == option].iloc[0]


def test_what_social_work_adds_and_costs(published: Case) -> None:
    shown = partnerships(published)
    first = shown.sentence.split(". ")[0]
    assert first.startswith(f"{WIDER} adds Maatschappelijk werk in West-Brabant to {NOW}")
    assert "preventie (now partly), minder complexe cases (now partly) and" in first
    assert "nazorg en herstel (now not known)" in first
    assert "complexe cases (now yes)" not in first
    assert "organisations: at most 5 more, links to make: 1" in first
    levels = {(r.party, r.part): r for r in published.rows(Coverage)}
    for part in ("preventie", "minder complexe cases", "nazorg en herstel"):
        assert levels["maatschappelijk-werk", part].level is Covers.YES
        assert levels["maatschappelijk-werk", part].source.startswith("handleiding-b2:")
        for party in ("veilig-thuis", "safegroup"):
            assert levels[party, part].level is not Covers.YES
    (social_work,) = (r for r in published.rows(Party) if r.id == "maatschappelijk-werk")
    assert social_work.stands_for == 5
    missing = [r for r in published.rows(Link) if r.link is False]
    assert [(r.party, r.other) for r in missing] == [
        ("ervaringsdeskundigen", "maatschappelijk-werk")
    ]


def test_the_weaker_image_was_there_already(published: Case) -> None:
    sentence = partnerships(published).sentence
    assert (
        f"On “Imago” the text reads − / ±, and {NOW} is read as − / ± already: that weaker side "
        "was there before. By itself Maatschappelijk werk in West-Brabant is +."
    ) in sentence
    read = {r.option: r for r in published.rows(Reading) if r.criterion == "imago"}
    for option in ("verband-nu", "verband-uitgebreid"):
        assert (read[option].low, read[option].high) == (Score.MINUS, Score.PLUSMINUS)
        assert read[option].basis == "stated"
    change(published, Reading, lambda r: r.id == "verband-nu_imago", low=Score.PLUS,
           high=Score.PLUS)  # fmt: skip
    sentence = partnerships(published).sentence
    assert "already" not in sentence
    assert f"On “Imago” it is − / ±; {NOW} is +." in sentence


def test_which_answers_come_from_the_text(published: Case) -> None:
    sentence = partnerships(published).sentence
    assert "From the text come 10 of 12 answers on who covers what" in sentence
    assert (
        "The text doesn't say: nazorg en herstel by Veilig Thuis West-Brabant and Safegroup "
        "(vrouwenopvang)."
    ) in sentence
    silent = {(r.party, r.part) for r in published.rows(Coverage) if r.level is Covers.UNKNOWN}
    assert silent == {("veilig-thuis", "nazorg en herstel"), ("safegroup", "nazorg en herstel")}
    change(published, Coverage, lambda r: r.level is Covers.UNKNOWN, level=Covers.NO)
    sentence = partnerships(published).sentence
    assert "From the text come 12 of 12 answers" in sentence
    assert "doesn't say" not in sentence
    assert "nazorg en herstel (now not)" in sentence


def test_the_reading_leads_and_the_difference_is_shown(published: Case) -> None:
    shown = partnerships(published)
    assert "the room" not in shown.table.columns
    now, wider = line(shown, NOW), line(shown, WIDER)
    assert (now["the text"], now["Worked out"], now["Difference"]) == (
        "− / ±",
        "± / +",
        "can match",
    )
    assert (wider["the text"], wider["Worked out"], wider["Difference"]) == ("+", "+", "the same")
    assert line(shown, "Maatschappelijk werk")["Difference"] == "read lower"
    assert (now["Organisations"], now["Links to make"]) == ("2", 0)
    assert (wider["Organisations"], wider["Links to make"]) == ("≤7", 1)
    assert (now["Covered"], now["If what is unknown is covered"]) == ("50%", "75%")


def test_the_score_of_the_room_stands_beside_what_is_worked_out(example: Case) -> None:
    shown = partnerships(example)
    row = line(shown, "Welzijn en opvang")
    assert (row["Worked out"], row["the room"]) == ("+", "± (−1 ±5 +4 ?2)")
    assert row["Difference"] == "scored lower"
    assert "Welzijn en opvang: voorkomen partly, signaleren yes" in shown.alt
    assert "worked out +, the room ± (−1 ±5 +4 ?2)" in shown.alt
    assert "More members never cover less, so coverage alone ranks nothing" in shown.sentence
    assert "Not known: veiligheid by Regiobureau van de gemeenten." in shown.sentence


def test_scores_that_are_not_revealed_stay_away(example: Case) -> None:
    example.write({Reading: []})
    change(example, Round, lambda r: True, state=State.CLOSED)
    shown = partnerships(example)
    assert not shown.missing
    assert "the room" not in shown.table.columns
    assert "Onafhankelijke stem" not in shown.as_text()
    assert shown.png


def test_thresholds_of_the_case_move_the_level(example: Case) -> None:
    assert line(partnerships(example), "Bij de opvang (nu)")["Worked out"] == "±"
    path = example.folder / "case.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("session:\n", "session:\n  plus_from: 0,6\n"), "utf-8")
    assert example.refresh()
    shown = partnerships(example)
    assert line(shown, "Bij de opvang (nu)")["Worked out"] == "+"
    assert "− below 33%, + from 60%" in shown.provenance[-1]


def test_a_link_with_the_experts_is_not_counted_twice(example: Case) -> None:
    """The team and welfare have no link; where the team is a member that is one of the pairs."""
    change(example, Option, lambda r: r.id == "stichting", members=("ervaringsteam", "welzijn"))
    assert line(partnerships(example), "Eigen stichting")["Links to make"] == 1


def test_a_member_that_falls_short_of_the_vision_is_remarked_on(example: Case) -> None:
    change(example, Option, lambda r: r.id == "welzijn-opvang", members=("welzijn", "meldpunt"))
    shown = partnerships(example)
    remark = "Het meldpunt falls short of Eigen, vrije rol on its own (Bij het meldpunt)."
    assert line(shown, "Welzijn en opvang")["Remark"] == remark
    assert f"Welzijn en opvang: {remark}" in shown.sentence
    assert set(shown.table["Remark"]) == {"", remark}


def test_without_a_current_position_no_winner_is_named(example: Case) -> None:
    change(example, Option, lambda r: r.current, current=False)
    sentence = partnerships(example).sentence
    assert sentence.startswith(
        "Every part of “Dekking van de keten” is covered by: Regio+welzijn+opvang."
    )
    change(example, Coverage, lambda r: r.party == "opvang" and r.part == "veiligheid",
           level=Covers.PARTLY)  # fmt: skip
    assert partnerships(example).sentence.startswith("No position covers every part of")


@pytest.mark.parametrize(
    ("table", "rows"), [(Coverage, lambda _: []), (Criterion, lambda rows: [
        row.model_copy(update={"parts": ()}) for row in rows])],
)  # fmt: skip
def test_without_parts_or_coverage_it_says_what_is_missing(example: Case, table, rows) -> None:
    example.write({Coverage: [], table: rows(example.rows(table))})
    shown = partnerships(example)
    assert shown.missing
    assert "coverage.csv" in shown.sentence
    assert covering(example) is None


def test_a_criterion_that_was_not_selected_is_passed_over(example: Case) -> None:
    change(example, Criterion, lambda r: r.id == "keten", selected=False)
    assert partnerships(example).missing


def test_everything_unknown_is_shown_as_unknown(example: Case) -> None:
    change(example, Coverage, lambda r: True, level=Covers.UNKNOWN)
    shown = partnerships(example)
    assert set(shown.table["Worked out"]) == {"− / +"}
    assert set(shown.table["Covered"]) == {"0%"}
    assert "covers more: no part" in shown.sentence
    assert shown.png
