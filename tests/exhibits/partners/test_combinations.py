"""Which parties together: what is left, who is left out, and what is compared."""

from __future__ import annotations

from itertools import combinations as choose

from workbook.case import Case, open_case
from workbook.case.tables import (
    Ballot,
    Coverage,
    Covers,
    Criterion,
    Link,
    Option,
    Party,
    PartyKind,
    Reading,
    Round,
    Screening,
    State,
)
from workbook.exhibits.partners.combinations import ROWS, combinations, together

OUT = {"ervaringsplatform", "meldpunt"}


def test_what_is_left_recomputed(example: Case) -> None:
    """Coverage, organisations and links written out; independence by the plain rule."""
    worth = {"no": 0, "?": 0, "partly": 0.5, "yes": 1}
    levels = {(r.party, r.part): worth[r.level.value] for r in example.rows(Coverage)}
    parts = next(r.parts for r in example.rows(Criterion) if r.id == "keten")
    candidates = sorted({party for party, _ in levels} - OUT)
    linked = {frozenset((r.party, r.other)) for r in example.rows(Link) if r.link}
    apart = {frozenset((r.party, r.other)) for r in example.rows(Link) if r.link is False}
    stands_for = {r.id: r.stands_for or 1 for r in example.rows(Party)}
    experts = {"ervaringsteam", "ervaringsplatform"}
    own = {frozenset(r.members): r.id for r in example.rows(Option) if r.shortlisted is True}
    given = {
        (r.option, r.participant): int(r.score.value)
        for r in example.rows(Ballot)
        if r.round == "r2" and r.criterion == "onafhankelijk" and r.score and r.score != "?"
    }
    people = sorted({r.participant for r in example.rows(Ballot) if r.round == "r2"})

    def shows(members: frozenset[str]) -> int:
        if members in own:
            scores = [given.get((own[members], p), -1) for p in people]
        else:
            alone = [own.get(frozenset({m})) for m in members]
            scores = [min(given.get((o, p), -1) for o in alone) for p in people]
        return sorted(scores)[(len(scores) - 1) // 2]

    found = {}
    for size in (1, 2, 3, 4):
        for members in map(frozenset, choose(candidates, size)):
            covered = sum(max(levels[m, part] for m in members) for part in parts)
            pairs = sum(frozenset(pair) not in linked for pair in choose(members, 2))
            outside = sum(
                bool(pair & experts - members) and bool((pair - experts) & members)
                for pair in apart
            )
            cost = sum(stands_for[m] for m in members)
            found[members] = (covered, shows(members), -cost, -pairs - outside)
    kept = {
        members
        for members, value in found.items()
        if not any(
            other != value and all(x >= y for x, y in zip(other, value, strict=True))
            for other in found.values()
        )
    }
    shown = combinations(example)
    assert f"Of {len(found)} sets of at most 4 parties, {len(kept)} are left" in shown.sentence
    names = {frozenset(r.name for r in example.rows(Party) if r.id in members) for members in kept}
    assert {frozenset(text.split(" + ")) for text in shown.table["Members"]} == names


def test_who_falls_short_of_the_vision_can_not_come_in(example: Case) -> None:
    shown = combinations(example)
    assert (
        "Left out, because a party that falls short of the vision can't come in through a "
        "partner: Ervaringsplatform (Kennis van geweld thuis) and Het meldpunt (Eigen, vrije rol)."
    ) in shown.sentence
    assert not any("meldpunt" in members for members in shown.table["Members"])
    assert not any("meldpunt" in text for text in shown.table["Added by (parts)"])
    # Falling short of something else than the vision leaves nobody out.
    assert any("De wijkteams" in text for text in shown.table["Added by (parts)"])
    rows = [r for r in example.rows(Screening) if r.id != "zf-meldpunt-visie-rol"]
    example.write({Screening: rows})
    assert "Het meldpunt (" not in combinations(example).sentence


def test_none_is_named_as_best_and_small_sets_come_first(example: Case) -> None:
    shown = combinations(example)
    assert "This picks none of them" in shown.sentence
    assert "coverage alone ranks nothing" in shown.sentence
    sizes = [members.count(" + ") for members in shown.table["Members"]]
    assert sizes == sorted(sizes)


def test_the_room_leads_and_what_is_worked_out_stands_beside(example: Case) -> None:
    shown = combinations(example)
    row = shown.table[shown.table["Members"] == "De opvang + Welzijn Lindermeer"].iloc[0]
    assert row["Onafhankelijke stem"] == (
        "± (−1 ±5 +4 ?2), scored itself; worked out − / ± (−2 ±0 +0 ?10)"
    )
    assert (
        "On “Onafhankelijke stem” nothing is known of Welzijn Lindermeer, De wijkteams"
    ) in shown.sentence


def test_what_a_member_makes(example: Case) -> None:
    """De opvang alone covers ½, 1, 1 of signaleren, veiligheid, herstel."""
    shown = combinations(example)
    row = shown.table[shown.table["Members"] == "De opvang"].iloc[0]
    assert row["Lost without (parts)"] == "De opvang 2.5"
    assert "Regiobureau van de gemeenten 1" in row["Added by (parts)"]
    assert "De wijkpolitie 0" in row["Added by (parts)"]
    assert row["Mean of the candidates"] == "0.6"
    assert row["Best member alone"] == row["Covered"]


def test_one_changed_answer_changes_words_and_table(example: Case) -> None:
    before = combinations(example)
    example.write({Coverage: [r for r in example.rows(Coverage) if r.id != "dk-opvang-veiligheid"]})
    after = combinations(example)
    assert after.alt != before.alt
    assert not after.table.equals(before.table)


def test_hands_say_nothing_of_the_weakest(example: Case) -> None:
    rounds = [
        r.model_copy(update={"state": State.REVEALED if r.id == "r0" else State.CLOSED})
        for r in example.rows(Round)
    ]
    example.write({Round: rounds})
    shown = combinations(example)
    assert "How the weakest member shows isn't compared" in shown.sentence
    assert "Onafhankelijke stem" not in shown.table.columns


def test_without_scores_and_readings_only_cost_and_coverage_are_compared(example: Case) -> None:
    example.write({Reading: [], Round: [
        r.model_copy(update={"state": State.SETUP}) for r in example.rows(Round)]})  # fmt: skip
    shown = combinations(example)
    assert "isn't compared" in shown.sentence
    assert "“Onafhankelijke stem”" not in shown.sentence
    assert shown.png


def test_the_published_case_is_read(published: Case) -> None:
    shown = combinations(published)
    assert shown.mark.endswith("READ FROM A PUBLISHED TEXT")
    assert list(shown.table["Imago"]) == ["− / ±", "− / ±", "+", "− / ±", "− / ±"]
    assert "Not among them: VT + Safegroup (nu) and VT + Safegroup + MW." in shown.sentence
    assert "on other criteria isn't counted" in shown.sentence
    assert "No verdicts on the vision are recorded" in shown.sentence
    assert "readings.csv" in shown.provenance[0]
    assert "ballots.csv" not in shown.provenance[0]


def test_one_candidate(example: Case) -> None:
    example.write({Coverage: [r for r in example.rows(Coverage) if r.party == "opvang"]})
    shown = combinations(example)
    assert "Of 1 sets of at most 1 parties" in shown.sentence
    assert list(shown.table["Mean of the candidates"]) == ["–"]
    assert shown.png


def test_everyone_is_knocked_out(example: Case) -> None:
    example.write({Coverage: [r for r in example.rows(Coverage) if r.party == "meldpunt"]})
    shown = combinations(example)
    assert shown.missing
    assert "Het meldpunt (Eigen, vrije rol)" in shown.sentence


def test_everything_unknown_still_has_an_answer(example: Case) -> None:
    rows = [r.model_copy(update={"level": Covers.UNKNOWN}) for r in example.rows(Coverage)]
    example.write({Coverage: rows})
    shown = combinations(example)
    assert set(shown.table["Covered"]) == {"0%"}
    assert "100%" in set(shown.table["If what is unknown is covered"])
    assert shown.png


def _with_parties(case: Case, n: int) -> None:
    parties = [
        Party(id=f"org-{i}", name=f"Organisation for many things {i}", kind=PartyKind.CARE,
              source="fictional") for i in range(n)
    ]  # fmt: skip
    parts = next(r.parts for r in case.rows(Criterion) if r.id == "keten")
    coverage = [
        Coverage(id=f"c{i}-{j}", party=f"org-{i}", criterion="keten", part=part,
                 level=list(Covers)[(i + j) % 4], source="fictional")
        for i in range(n) for j, part in enumerate(parts)
    ]  # fmt: skip
    known = [row for row in case.rows(Party) if not row.id.startswith("org-")]
    case.write({Party: [*known, *parties], Coverage: coverage})


def test_thirty_parties_and_far_too_many(example: Case) -> None:
    _with_parties(example, 30)
    shown = combinations(example)
    assert "Of 31,930 sets" in shown.sentence
    kept = len(shown.table)
    assert ("The first" in _note(shown)) == (kept > ROWS)
    _with_parties(example, 60)
    shown = combinations(example)
    assert shown.missing
    assert "too many parties" in shown.sentence


def _note(shown) -> str:
    return " ".join(text.get_text() for text in shown.figure.texts)


def test_long_names_are_cut_evenly_and_short_ones_kept(example: Case) -> None:
    members = ("regiobureau", "opvang", "gezondheidsdienst")
    assert together(example, members) == (
        "Regiobureau van de gemeenten + De opvang + De gezondheidsdienst"
    )
    short = together(example, members, 40)
    assert "De opvang" in short
    assert "…" in short
    assert len(short) <= 40


def test_an_empty_region_and_the_other_language(empty: Case, data) -> None:
    assert combinations(empty).missing
    dutch = open_case("voorbeeldregio", lang="nl", root=data)
    assert (
        combinations(dutch).sentence
        != combinations(open_case("voorbeeldregio", lang="en", root=data)).sentence
    )
