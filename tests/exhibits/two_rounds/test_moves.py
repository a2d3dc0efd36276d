"""What changed between two rounds, and that nobody can be recognised who shouldn't be."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from matplotlib.colors import to_rgb

from workbook.case import Case
from workbook.case.tables import (
    Ballot,
    Criterion,
    Names,
    Option,
    Participant,
    Priority,
    Round,
    Score,
    State,
    Tally,
)
from workbook.exhibits.two_rounds.moves import COLOURS, rounds
from workbook.exhibits.two_rounds.reasons import round_reasons

SIGNS = {"-1": "−", "0": "±", "1": "+", "?": "?", None: "?"}


def given(case: Case, round: str) -> dict[tuple[str, str, str], str]:
    return {
        (row.participant, row.option, row.criterion): SIGNS[row.score]
        for row in case.rows(Ballot)
        if row.round == round
    }


def change_rounds(case: Case, **cells: object) -> None:
    case.write({Round: [row.model_copy(update=cells) for row in case.rows(Round)]})


def keep_ballots(case: Case, wanted) -> None:
    case.write({Ballot: [row for row in case.rows(Ballot) if wanted(row)]})


def fresh_ids(case: Case) -> list[str]:
    """Make the rounds anonymous, and give every form of the second an id of its own."""
    new = {row.id: f"form-{n * 37 % 101}" for n, row in enumerate(case.rows(Participant), 1)}
    case.write(
        {
            Participant: [
                *case.rows(Participant),
                *(Participant(id=id, source="fictional") for id in new.values()),
            ],
            Round: [row.model_copy(update={"names": Names.ANONYMOUS}) for row in case.rows(Round)],
            Ballot: [
                row.model_copy(update={"participant": new[row.participant]})
                if row.round == "r2"
                else row
                for row in case.rows(Ballot)
            ],
        }
    )
    return list(new.values())


def everything(shown) -> str:
    return shown.as_text() + shown.table.to_string()


def test_the_sentence_is_recounted(example: Case) -> None:
    old, new = given(example, "r1"), given(example, "r2")
    both = {key for key in old if "?" not in (old[key], new[key])}
    changed = sum(old[key] != new[key] for key in both)
    gone = sum(new[key] == "?" != old[key] for key in old)
    came = sum(old[key] == "?" != new[key] for key in old)
    assert (len(both), changed, came, gone) == (320, 31, 14, 6)
    blank = sum(
        row.score is None
        and {"r1": new, "r2": old}[row.round][row.participant, row.option, row.criterion] != "?"
        for row in example.rows(Ballot)
    )
    shown = rounds(example)
    assert shown.sentence == (
        "12 people took part both in “Eerste ronde” and in “Tweede ronde, na het gesprek”. Of the "
        "320 scores that they gave both times, 31 changed. Views came closer in 6 of the 30 cells "
        "and moved apart in 1. Don't know is counted apart: from don't know to a score 14×, from "
        f"a score to don't know 6×. In {blank} of these the cell was left empty. What the "
        "scores support: first undecided (k = 3); then leaning, Regio+welzijn+opvang (k = 4). "
        "Coming closer may also be conformity."
    )


def test_every_cell_is_recounted(example: Case) -> None:
    old, new = given(example, "r1"), given(example, "r2")
    shown = rounds(example)
    options = {row.short or row.name: row.id for row in example.rows(Option)}
    criteria = {row.name: row.id for row in example.rows(Criterion)}
    assert len(shown.table) == 30 == len(shown.alt.splitlines())
    for row, line in zip(shown.table.to_dict("records"), shown.alt.splitlines(), strict=True):
        cell = options[row["Option"]], criteria[row["Criterion"]]
        steps = Counter((old[key], new[key]) for key in old if key[1:] == cell)
        assert sum(steps.values()) == 12
        told = {f"{n}× {a} → {b}" for (a, b), n in steps.items() if a != b}
        written = row["From what to what"]
        assert set(written.split(", ")) == (told or {"–"})
        assert (written in line) == bool(told)
        same = " ".join(f"{sign}{steps[sign, sign]}" for sign in "−±+?")
        assert row["Same answer both times"] == same
        assert f"same answer: {same}" in line
        scores = [(a, b) for a, b in steps.elements() if "?" not in (a, b)]
        assert row["Score both times"] == len(scores)
        assert row["Changed"] == sum(a != b for a, b in scores)
        assert row["From ? to a score"] == sum(n for (a, b), n in steps.items() if a == "?" != b)
        assert row["From a score to ?"] == sum(n for (a, b), n in steps.items() if b == "?" != a)
        for side, column in ((0, "T before"), (1, "T after")):
            values = sorted("−±+".index(pair[side]) for pair in scores)
            middle = values[len(values) // 2]
            assert row[column] == sum(abs(value - middle) for value in values)
        fall = row["T before"] - row["T after"]
        closer, apart = row["Views"] == "came closer", row["Views"] == "moved apart"
        assert (closer, apart) == (fall >= 2, fall <= -2)
        assert (row["Views"] == "no score changed") == (row["Changed"] == 0)


def test_the_picture_tells_who_moved(example: Case) -> None:
    shown = rounds(example)
    texts = [text.get_text() for text in shown.draw().texts]
    assert texts.count("→ ←") == 6 and texts.count("← →") == 1
    assert texts.count("=") == list(shown.table["Views"]).count("no score changed") == 8
    assert "▲2  ▼2" in texts and "?→4" in texts and "?→1  →?1" in texts
    page = [text.get_text() for text in shown.figure.texts]
    assert "From “Eerste ronde” to “Tweede ronde, na het gesprek”" in page
    assert any("Coming closer may also be conformity." in text for text in page)
    assert "p01" not in " ".join([*texts, *page])


def test_the_rounds_are_the_last_two_by_ballots_unless_said_otherwise(example: Case) -> None:
    assert rounds(example).alt == rounds(example, before="r1", after="r2").alt
    assert rounds(example, after="r2").alt == rounds(example, before="r1").alt
    back = rounds(example, before="r2", after="r1")
    assert "came closer in 1 of the 30 cells and moved apart in 6" in back.sentence
    third = Round(
        id="r3", name="Derde", how="ballots", names="open", state="revealed", source="fictional"
    )
    again = [
        row.model_copy(update={"id": f"r3{row.id[2:]}", "round": "r3"})
        for row in example.rows(Ballot)
        if row.round == "r2"
    ]
    example.write({Round: [*example.rows(Round), third], Ballot: [*example.rows(Ballot), *again]})
    assert "12 people took part both in “Tweede ronde, na het gesprek” and in “Derde”" in (
        rounds(example).sentence
    )
    assert "0 changed. Views came closer in 0" in rounds(example).sentence
    assert "Don't know" not in rounds(example).sentence
    assert "“Eerste ronde” and in “Derde”" in rounds(example, before="r1").sentence
    assert "“Eerste ronde” and in “Tweede" in rounds(example, after="r2").sentence


def test_who_was_there_once_is_told_by_name_only_if_that_was_agreed(example: Case) -> None:
    absent = {("r1", "p03"), ("r2", "p07"), ("r2", "p01")}
    keep_ballots(example, lambda row: (row.round, row.participant) not in absent)
    shown = rounds(example)
    assert "9 people took part both" in shown.sentence
    assert "Took part in “Eerste ronde” only: p01 and p07." in shown.sentence
    assert "Took part in “Tweede ronde, na het gesprek” only: p03." in shown.sentence
    for names in (Names.ANONYMOUS, None):
        change_rounds(example, names=names)
        shown = rounds(example)
        assert "Took part in “Eerste ronde” only: 2." in shown.sentence
        assert "only: 1." in shown.sentence
        assert not any(row.id in everything(shown) for row in example.rows(Participant))


def test_what_was_scored_once_is_not_compared(example: Case) -> None:
    def wanted(row: Ballot) -> bool:
        # An option came later, and a criterion was dropped after the first round. The id keten
        # is that of an option and of a criterion: only the criterion left.
        if row.option == "welzijn-opvang":
            return row.round == "r2"
        return not (row.criterion == "keten" and row.round == "r2")

    keep_ballots(example, wanted)
    keep_ballots(example, lambda row: row.criterion != "keten" or row.round == "r1")
    criteria = [
        row.model_copy(update={"selected": False}) if row.id == "keten" else row
        for row in example.rows(Criterion)
    ]
    example.write({Criterion: criteria})
    shown = rounds(example)
    assert len(shown.table) == 4 * 5
    assert (
        "Scored in “Eerste ronde” only, and so not compared: Dekking van de keten. Scored in "
        "“Tweede ronde, na het gesprek” only, and so not compared: Welzijn en opvang."
    ) in shown.sentence


def test_a_cell_that_nobody_scored_twice_has_no_t(example: Case) -> None:
    rows = [
        row.model_copy(update={"score": Score.DONT_KNOW})
        if (row.round, row.option, row.criterion) == ("r2", "stichting", "keten")
        else row
        for row in example.rows(Ballot)
    ]
    example.write({Ballot: rows})
    shown = rounds(example)
    line = next(x for x in shown.alt.splitlines() if x.startswith("Eigen stichting × Dekking"))
    assert "no score changed (T –); 3× − → ?, 5× ± → ?, 3× + → ?" in line
    row = shown.table.iloc[4]
    assert (row["T before"], row["T after"], row["From a score to ?"]) == ("–", "–", 11)
    assert shown.png


def test_renaming_options_changes_only_their_names(example: Case) -> None:
    before = rounds(example)
    options = [
        row.model_copy(update={"short": f"Nieuw {n}"}) for n, row in enumerate(example.rows(Option))
    ]
    example.write({Option: options})
    after = rounds(example)
    place = [row.id for row in example.rows(Option)].index("regio-welzijn-opvang")
    assert after.sentence == before.sentence.replace("Regio+welzijn+opvang", f"Nieuw {place}")
    assert after.table.drop(columns="Option").equals(before.table.drop(columns="Option"))


def test_provenance_counts_the_rows_of_each_round(example: Case) -> None:
    keep_ballots(example, lambda row: row.round != "r2" or row.participant != "p12")
    assert rounds(example).provenance[0] == (
        "Made from: ballots.csv, “Eerste ronde” (360 rows), ballots.csv, “Tweede ronde, na het "
        "gesprek” (330 rows)."
    )


def test_fresh_ids_are_not_followed(example: Case) -> None:
    new = fresh_ids(example)
    shown = rounds(example)
    assert shown.sentence.startswith(
        "The forms carry no name that returns in the other round. So nobody's scores can be "
    )
    assert "may also be conformity" in shown.sentence
    assert "→ ←" not in [text.get_text() for text in shown.draw().texts]
    assert "Took part" not in shown.sentence
    line = "Eigen stichting × Korte lijnen: first −1 ±9 +2 ?0 (T 3), then −3 ±5 +4 ?0 (T 7)"
    assert line in shown.alt.splitlines()
    row = shown.table.iloc[3]
    assert (row["Before: −, ±, +, ?"], row["T before"]) == ("−1 ±9 +2 ?0", 3)
    assert (row["After: −, ±, +, ?"], row["T after"]) == ("−3 ±5 +4 ?0", 7)
    texts = [text.get_text() for text in shown.figure.axes[0].texts]
    assert "T 3 → 7" in texts and "9" in texts
    for id in (*new, "p01", "p12"):
        assert id not in everything(shown)


def test_anonymous_forms_that_can_be_followed_are_told_per_cell_only(example: Case) -> None:
    named = rounds(example)
    change_rounds(example, names=Names.ANONYMOUS)
    shown = rounds(example)
    assert (shown.sentence, shown.alt) == (named.sentence, named.alt)
    assert not any(row.id in everything(shown) for row in example.rows(Participant))


def test_other_people_in_each_round_are_not_followed(example: Case) -> None:
    early = {f"p{n:02d}" for n in range(1, 7)}
    keep_ballots(example, lambda row: (row.participant in early) == (row.round == "r1"))
    assert rounds(example).sentence.startswith("Nobody took part in both rounds.")


def test_a_show_of_hands_has_counts_only(example: Case) -> None:
    for shown in (rounds(example, before="r0"), rounds(example, before="r2", after="r0")):
        assert "“Proefronde met handopsteken” was scored by show of hands." in shown.sentence
        assert len(shown.table) == len([row for row in example.rows(Tally) if row.round == "r0"])
    shown = rounds(example, before="r0")
    assert "Bij de opvang (nu) × Dicht bij beleid: first −6 ±4 +1 ?1 (T 6), then" in shown.alt
    assert "only, and so not compared: Eigen stichting," in shown.sentence
    assert "tallies.csv, “Proefronde met handopsteken” (4 rows)" in shown.provenance[0]


def test_hands_without_ballots_are_compared_with_hands(example: Case) -> None:
    first = [row for row in example.rows(Tally) if row.round == "r0"]
    more = Round(id="h2", name="Opnieuw", how="show_of_hands", state="revealed", source="fictional")
    again = [
        row.model_copy(update={"id": f"h2-{n}", "round": "h2", "minus": 0, "dont_know": 12,
                               "plusminus": 0, "plus": 0})
        for n, row in enumerate(first)
    ]  # fmt: skip
    hands = [row for row in example.rows(Round) if row.id == "r0"]
    example.write({Ballot: [], Priority: [], Tally: [*first, *again], Round: [*hands, more]})
    shown = rounds(example)
    assert "first −6 ±4 +1 ?1 (T 6), then −0 ±0 +0 ?12 (T –)" in shown.alt
    assert shown.png


def test_one_round_has_nothing_to_compare_with(example: Case) -> None:
    keep_ballots(example, lambda row: row.round == "r2")
    for make in (rounds, round_reasons):
        shown = make(example)
        assert shown.missing and shown.png is None
        assert shown.sentence == (
            "There is one round with scores. What changed can be shown after a second one."
        )


def test_a_round_that_is_not_revealed_is_not_shown(example: Case) -> None:
    example.write(
        {
            Round: [
                row.model_copy(update={"state": State.CLOSED}) if row.id == "r1" else row
                for row in example.rows(Round)
            ]
        }
    )
    assert rounds(example).missing
    for shown in (rounds(example, before="r1"), round_reasons(example, before="r1")):
        assert shown.missing
        assert shown.sentence == "“Eerste ronde” is not revealed yet, or holds no scores."
    change_rounds(example, state=State.CLOSED)
    assert "no revealed scores yet" in rounds(example).sentence


def test_without_scores_or_shortlist_it_is_said(
    published: Case, empty: Case, example: Case
) -> None:
    for make in (rounds, round_reasons):
        assert "were not published" in make(published).sentence
        assert "no revealed scores yet" in make(empty).sentence
        assert make(published).missing and make(empty).missing
    options = [row.model_copy(update={"shortlisted": False}) for row in example.rows(Option)]
    example.write({Option: options})
    assert "no shortlist" in rounds(example).sentence


def test_nothing_in_common_is_said(example: Case) -> None:
    keep_ballots(example, lambda row: (row.option == "stichting") == (row.round == "r1"))
    shown = rounds(example)
    assert shown.missing
    assert shown.sentence.startswith("No option was scored on any criterion in both “Eerste ronde”")
    assert "Scored in “Eerste ronde” only, and so not compared: Eigen stichting." in shown.sentence


@pytest.mark.parametrize("make", [rounds, round_reasons])
def test_rounds_that_are_not_there_are_refused(example: Case, make) -> None:
    with pytest.raises(ValueError, match="before names 'x', which is not a round"):
        make(example, before="x")
    with pytest.raises(ValueError, match="after names 'x', which is not a round"):
        make(example, before="r1", after="x")
    with pytest.raises(ValueError, match="after must be another round"):
        make(example, before="r1", after="r1")


def test_reasons_stand_with_their_change_where_names_are_open(example: Case) -> None:
    shown = round_reasons(example)
    stored = [row for row in example.rows(Ballot) if row.reason]
    assert len(shown.table) == len(stored) == 8
    assert "a changed score: 8, about 6 cells" in shown.sentence
    assert (
        "Bij de opvang (nu) × Korte lijnen: − → + (p06): “Collega's in de wijk vertelden mij dat "
        "zij het team vaak bellen.”"
    ) in shown.alt.splitlines()
    old, new = given(example, "r1"), given(example, "r2")
    for row in stored:
        key = (row.participant, row.option, row.criterion)
        assert old[key] != new[key], "a reason in the example belongs to a real change"
        told = shown.table[shown.table["Reason"] == row.reason].iloc[0]
        assert told["Change"] == f"{old[key]} → {new[key]}"
        assert told["Participant"] == row.participant


@pytest.mark.parametrize("names", [Names.ANONYMOUS, None])
@pytest.mark.parametrize("which", ["r1", "r2"])
def test_one_anonymous_round_is_enough_to_leave_persons_out(
    example: Case, names: Names | None, which: str
) -> None:
    reasons = {row.reason for row in example.rows(Ballot) if row.reason}
    example.write(
        {
            Round: [
                row.model_copy(update={"names": names}) if row.id == which else row
                for row in example.rows(Round)
            ]
        }
    )
    shown = round_reasons(example)
    assert list(shown.table) == ["Option", "Criterion", "Reason"]
    assert set(shown.table["Reason"]) == reasons
    assert "without person or score" in shown.sentence
    assert not any(row.id in everything(shown) for row in example.rows(Participant))
    # One person changed here: beside the reason stands no old or new score.
    assert "Bij het regiobureau × Onafhankelijke stem: “Het team geeft" in shown.alt
    assert "→" not in everything(shown)


def test_the_order_of_anonymous_reasons_tells_nothing(example: Case) -> None:
    change_rounds(example, names=Names.ANONYMOUS)
    before = round_reasons(example).alt
    example.write({Ballot: list(reversed(example.rows(Ballot)))})
    assert round_reasons(example).alt == before


def test_reasons_of_fresh_ids_stand_per_cell(example: Case) -> None:
    new = fresh_ids(example)
    shown = round_reasons(example)
    assert len(shown.table) == 8
    assert not any(id in everything(shown) for id in new)


def test_no_reasons_is_said(example: Case) -> None:
    rows = [row.model_copy(update={"reason": None}) for row in example.rows(Ballot)]
    example.write({Ballot: rows})
    shown = round_reasons(example)
    assert shown.missing
    assert shown.sentence == (
        "Nobody gave a reason for a changed score in “Tweede ronde, na het gesprek”."
    )


def test_reasons_follow_the_input_and_so_do_the_rounds(example: Case) -> None:
    before = rounds(example), round_reasons(example)
    rows = [
        row.model_copy(update={"score": Score.MINUS, "reason": "Anders"})
        if (row.round, row.participant, row.option) == ("r2", "p08", "stichting")
        else row
        for row in example.rows(Ballot)
    ]
    example.write({Ballot: rows})
    for old, new in zip(before, (rounds(example), round_reasons(example)), strict=True):
        assert old.alt != new.alt
        assert not old.table.equals(new.table)


def test_colours_differ_in_grey() -> None:
    grey = sorted(0.299 * r + 0.587 * g + 0.114 * b for r, g, b in map(to_rgb, COLOURS.values()))
    assert min(b - a for a, b in pairwise(grey)) > 0.2


def test_too_few_without_names_are_not_followed(example: Case) -> None:
    rows = [row.model_copy(update={"names": Names.ANONYMOUS}) for row in example.rows(Round)]
    example.write({Round: rows})
    both = {"p01", "p02"}
    keep_ballots(example, lambda row: row.round != "r2" or row.participant in both)
    shown = rounds(example)
    assert "Too few people took part in both rounds" in shown.sentence
    assert "→" not in "".join(shown.table.astype(str).to_numpy().ravel())
