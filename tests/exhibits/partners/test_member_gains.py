"""What goes without a member, beside what the others would add."""

from __future__ import annotations

import pytest

from workbook.case import Case
from workbook.case.tables import Coverage, Option
from workbook.exhibits.partners.member_gains import member_gains

PARTS = "Parts lost without it, or added by it"


def cell(shown, option: str, party: str):
    table = shown.table
    return table[(table["Option"] == option) & (table["Party"] == party)].iloc[0]


def test_the_published_partnership_by_hand(published: Case) -> None:
    """Each of the two covers what the other does; social work makes half the chain."""
    shown = member_gains(published)
    wider, now = "VT + Safegroup + MW", "VT + Safegroup (nu)"
    assert cell(shown, wider, "Maatschappelijk werk in West-Brabant")[PARTS] == "2"
    for party in ("Veilig Thuis West-Brabant", "Safegroup (vrouwenopvang)"):
        assert cell(shown, wider, party)[PARTS] == "0"
        assert cell(shown, now, party)["Mean of the other candidates"] == "2"
    added = cell(shown, now, "Maatschappelijk werk in West-Brabant")
    assert (added["Member"], added["Organisations"], added["Links to make"]) == ("no", 5, 1)
    # Where the two do cover aftercare, one part less is gained.
    assert (added[PARTS], added["If what is unknown is covered"]) == ("2", "1")
    assert f"{wider} loses, of 4 parts: 0 without Veilig Thuis" in shown.sentence
    assert "what else a member brings isn't counted" in shown.sentence


def test_loss_and_gain_stand_beside_the_mean(example: Case) -> None:
    shown = member_gains(example)
    assert (
        "Welzijn en opvang loses, of 4 parts: 1 without Welzijn Lindermeer and 1.5 without De "
        "opvang. Each other candidate would add 0.2 on average."
    ) in shown.sentence
    added = [
        float(cell(shown, "Welzijn en opvang", party)[PARTS])
        for party in ("Ervaringsteam", "Regiobureau van de gemeenten", "De wijkteams",
                      "De gezondheidsdienst", "De wijkpolitie", "De daderbegeleiding")
    ]  # fmt: skip
    assert added == [0, 0.5, 0, 0.5, 0, 0]
    assert sum(added) / 6 == pytest.approx(0.2, abs=0.05)
    # Held against the others, not against itself.
    own = cell(shown, "Welzijn en opvang", "De gezondheidsdienst")
    assert own["Mean of the other candidates"] == "0.1"


def test_a_party_that_may_not_join_adds_nothing(example: Case) -> None:
    shown = member_gains(example)
    assert not {"Het meldpunt", "Ervaringsplatform"} & set(shown.table["Party"])


def test_one_changed_answer_changes_words_and_table(example: Case) -> None:
    before = member_gains(example)
    example.write({Coverage: [r for r in example.rows(Coverage) if r.id != "dk-opvang-veiligheid"]})
    after = member_gains(example)
    assert after.alt != before.alt
    assert after.sentence != before.sentence
    assert not after.table.equals(before.table)


def test_nothing_to_show_is_said(example: Case, empty: Case) -> None:
    assert "coverage.csv" in member_gains(empty).sentence
    rows = [r.model_copy(update={"members": ()}) for r in example.rows(Option)]
    example.write({Option: rows})
    shown = member_gains(example)
    assert shown.missing
    assert "made of parties" in shown.sentence


def test_the_picture_has_a_row_per_party_and_the_mean(example: Case) -> None:
    shown = member_gains(example)
    rows = [label.get_text() for label in shown.figure.axes[0].get_yticklabels()]
    assert rows[-1] == "mean of the other candidates"
    assert len(rows) == 9
    texts = [text.get_text() for text in shown.figure.axes[0].texts]
    assert "−2.5" in texts
    assert "nan" not in " ".join(texts)
