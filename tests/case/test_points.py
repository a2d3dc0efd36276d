"""Every open point appears when something is open and goes when it isn't."""

import shutil
from datetime import date

import pytest

from workbook.case import Case, open_case
from workbook.case.points import STEPS, documented, names, open_points, started, traced
from workbook.case.tables import (
    NOT_RECORDED,
    Argument,
    ArgumentKind,
    Ballot,
    Cluster,
    Collaboration,
    Commitment,
    Criterion,
    Decision,
    How,
    Involvement,
    Meeting,
    Option,
    Participant,
    Party,
    PartyKind,
    Pledge,
    Priority,
    Reading,
    Round,
    ScanAnswer,
    Screening,
    Source,
    State,
    Status,
    Tally,
)
from workbook.case.template import new_region


def points(case, step=None):
    return [point.render("en") for point in open_points(case) if step is None or point.step == step]


def change(case, model, update, which=lambda row: True):
    """Change rows in memory: what is open is asked of the case as it stands there."""
    rows = tuple(row.model_copy(update=update) if which(row) else row for row in case.rows(model))
    assert rows != case.rows(model)
    case._tables = {**case._tables, model: rows}


def drop(case, model, which=lambda row: True):
    rows = tuple(row for row in case.rows(model) if not which(row))
    assert rows != case.rows(model)
    case._tables = {**case._tables, model: rows}


def document(case, attribute, **update):
    part = getattr(case, attribute).model_copy(update=update)
    case._documents = {**case._documents, type(part): part}


def deployment(case, **update):
    document(case, "info", deployment=case.info.deployment.model_copy(update=update))


KINDS = {"experts": PartyKind.EXPERTS, "municipality": PartyKind.MUNICIPALITY}


def leave(case, kind, steps):
    of_kind = {row.id for row in case.rows(Party) if row.kind is KINDS[kind]}
    drop(case, Involvement, lambda row: row.party in of_kind and row.step in steps)


def no_scores(case):
    drop(case, Ballot)
    drop(case, Tally)


def selected(row):
    return row.cluster is Cluster.DISTINGUISHING and row.selected


# What is taken away, the step, and the sentence that must appear then.
TAKEN_AWAY = {
    "project": (
        lambda c: document(c, "info", project=None),
        0,
        "the project has no name yet (case.yaml, project)",
    ),
    "readiness": (
        lambda c: document(c, "info", readiness=()),
        0,
        "not answered: is it time yet? (case.yaml, readiness)",
    ),
    "parties": (lambda c: drop(c, Party), 1, "no parties yet (parties.csv)"),
    "experts in step 5": (
        lambda c: leave(c, "experts", {5}),
        1,
        "no experts by experience in step 5",
    ),
    "experts in two steps": (
        lambda c: leave(c, "experts", {2, 8}),
        1,
        "no experts by experience in step 2, 8",
    ),
    "municipality in step 1": (
        lambda c: leave(c, "municipality", {1}),
        1,
        "no municipality in step 1",
    ),
    "experts did not come": (
        lambda c: change(c, Involvement, {"took_part": False}, lambda row: row.step == 6),
        1,
        "no experts by experience in step 6",
    ),
    "municipal roles": (
        lambda c: change(c, Party, {"municipal_roles": ()}, lambda row: row.municipal_roles),
        1,
        "no municipality has a role yet: director, commissioner, funder",
    ),
    "meetings": (lambda c: drop(c, Meeting), 1, "no meetings yet (meetings.csv)"),
    "core": (
        lambda c: deployment(c, core=None),
        2,
        "the core is not yet in one sentence (case.yaml, deployment, core)",
    ),
    "goals": (lambda c: deployment(c, goals=()), 2, "not described yet: Goals"),
    "kinds": (
        lambda c: deployment(c, kinds=()),
        2,
        "not described yet: What they are deployed for",
    ),
    "other activities": (
        lambda c: deployment(c, other_activities=()),
        2,
        "not described yet: Other activities",
    ),
    "criteria": (lambda c: drop(c, Criterion), 3, "no criteria yet (criteria.csv)"),
    "source of a criterion": (
        lambda c: change(c, Criterion, {"found_by": ()}, lambda row: row.id == "visie-rol"),
        3,
        "no source for: Eigen, vrije rol",
    ),
    "sources": (lambda c: drop(c, Source), 3, "no sources yet (sources.csv)"),
    "options": (lambda c: drop(c, Option), 4, "no options yet (options.csv)"),
    "current": (
        lambda c: change(c, Option, {"current": False}, lambda row: row.current),
        4,
        "the current position is not among the options",
    ),
    "why": (
        lambda c: change(c, Option, {"why": None}, lambda row: row.id == "meldpunt"),
        4,
        "alternatives without a why: Team bij het meldpunt",
    ),
    "employment": (
        lambda c: change(c, Option, {"employment": None}, lambda row: row.id == "opvang"),
        4,
        "responsibility, coordination or employment is open for: Team bij de opvang",
    ),
    "criteria to choose": (
        lambda c: drop(c, Criterion),
        5,
        "there are no criteria to choose from yet",
    ),
    "choice": (
        lambda c: change(c, Criterion, {"selected": None}, lambda row: row.id == "visie-rol"),
        5,
        "not yet kept or dropped: Eigen, vrije rol",
    ),
    "cluster": (
        lambda c: change(c, Criterion, {"cluster": None}, lambda row: row.id == "visie-rol"),
        5,
        "kept without a cluster: Eigen, vrije rol",
    ),
    "reason of a criterion": (
        lambda c: change(c, Criterion, {"reason": None}, lambda row: row.id == "visie-rol"),
        5,
        "kept or dropped without a reason: Eigen, vrije rol",
    ),
    "decision of step 5": (
        lambda c: drop(c, Decision, lambda row: row.step == 5),
        5,
        "no decision recorded yet (decisions.csv, step 5)",
    ),
    "longlist": (lambda c: drop(c, Option), 6, "there is no longlist yet"),
    "shortlisted": (
        lambda c: change(c, Option, {"shortlisted": None}, lambda row: row.id == "meldpunt"),
        6,
        "not yet on or off the shortlist: Team bij het meldpunt",
    ),
    "reason of an option": (
        lambda c: (
            drop(c, Argument, lambda row: row.option == "meldpunt"),
            change(
                c, Option, {"shortlisted": False, "reason": None}, lambda row: row.id == "meldpunt"
            ),
        ),
        6,
        "dropped without a reason: Team bij het meldpunt",
    ),
    "a verdict": (
        lambda c: drop(c, Screening, lambda row: row.id == first_vision_verdict(c)),
        6,
        "1 cells of longlist × vision criteria have no verdict",
    ),
    "confirmation": (
        lambda c: change(c, Decision, {"status": Status.PROPOSED}, lambda row: row.id == "b-stap6"),
        6,
        "not yet confirmed: Shortlist",
    ),
    "reason of a decision": (
        lambda c: change(c, Decision, {"reason": None}, lambda row: row.id == "b-stap7"),
        7,
        "decided without a reason: Voorkeur",
    ),
    "distinguishing": (
        lambda c: change(c, Criterion, {"cluster": Cluster.VISION}, selected),
        7,
        "there are no distinguishing criteria to score on yet",
    ),
    "meaning of ±": (
        lambda c: change(c, Criterion, {"plusminus": None}, lambda row: row.id == "keten"),
        7,
        "not said what −, ± and + mean for: ",
    ),
    "scores": (no_scores, 7, "no scores yet (ballots.csv or tallies.csv)"),
    "order": (
        lambda c: change(c, Priority, {"rank": None}),
        7,
        "no order of importance yet (priorities.csv)",
    ),
    "governance": (
        lambda c: document(c, "scenario", governance=()),
        8,
        "not written yet: Governance",
    ),
    "conversations": (
        lambda c: document(c, "scenario", conversations=()),
        8,
        "not written yet: Open conversations",
    ),
    "commitments": (lambda c: drop(c, Commitment), 8, "no commitments yet (commitments.csv)"),
    "scan": (
        lambda c: drop(c, ScanAnswer),
        9,
        "no organisation has filled in the scan yet (scan.csv)",
    ),
}


def first_vision_verdict(case):
    vision = {row.id for row in case.rows(Criterion) if row.cluster is Cluster.VISION}
    return next(row.id for row in case.rows(Screening) if row.criterion in vision)


@pytest.mark.parametrize("name", TAKEN_AWAY)
def test_what_is_taken_away_becomes_an_open_point(case, name):
    take_away, step, sentence = TAKEN_AWAY[name]
    assert not any(line.startswith(sentence) for line in points(case, step))
    take_away(case)
    assert any(line.startswith(sentence) for line in points(case, step)), points(case, step)


def test_the_fictional_region_has_only_the_points_it_is_meant_to_show(case):
    assert {point.step for point in open_points(case)} == {7, 8, 9}
    assert points(case, 7) == [
        "Eerste ronde: not scored by p04 (1), p06 (1), p10 (2)",
        "Tweede ronde, na het gesprek: not scored by p09 (6)",
    ]
    assert "9 commitments were asked and not yet answered" in points(case, 8)
    assert "not yet confirmed: Geld voor drie jaar" in points(case, 8)
    assert points(case, 9) == ["6 questions of the scan have no answer yet"]


def test_missing_scores_are_named_only_once_they_are_revealed(case):
    change(case, Round, {"state": State.OPEN}, lambda row: row.id == "r1")
    assert [line.split(":")[0] for line in points(case, 7)] == ["Tweede ronde, na het gesprek"]
    change(case, Round, {"how": How.HANDS}, lambda row: row.id == "r2")
    assert points(case, 7) == []


def test_missing_scores_go_when_they_are_given(case):
    change(case, Ballot, {"score": "0"}, lambda row: row.score is None)
    assert points(case, 7) == []


def test_a_disadvantage_asks_for_a_recommendation(case):
    open_one = [line for line in points(case, 8) if line.startswith("a disadvantage without")]
    assert len(open_one) == 1
    assert len(open_one[0]) < 120
    unanswered = [item.model_copy(update={"answers": ()}) for item in case.scenario.recommendations]
    document(case, "scenario", recommendations=tuple(unanswered))
    disadvantages = [row for row in case.rows(Argument) if row.kind == "disadvantage"]
    found = [line for line in points(case, 8) if line.startswith("a disadvantage without")]
    assert len(found) == len(disadvantages) > 1
    everything = unanswered[0].model_copy(update={"answers": tuple(r.id for r in disadvantages)})
    document(case, "scenario", recommendations=(everything,))
    assert not any(line.startswith("a disadvantage without") for line in points(case, 8))


def test_commitments_wait_until_they_are_answered(case):
    change(case, Commitment, {"pledge": Pledge.DECLINED})
    assert not any("commitments" in line for line in points(case, 8))
    change(case, Commitment, {"pledge": None}, lambda row: row.id == case.rows(Commitment)[0].id)
    assert "1 commitments were asked and not yet answered" in points(case, 8)


def test_a_scan_answer_closes_its_question(case):
    change(
        case,
        ScanAnswer,
        {"questions": "Wat is er?"},
        lambda row: not (row.present or row.desired or row.questions),
    )
    assert points(case, 9) == []


def test_a_source_that_cannot_be_followed_is_named(case):
    first = case.rows(Party)[0].id
    change(case, Party, {"source": "van horen zeggen"}, lambda row: row.id == first)
    assert points(case, 1) == [
        f"parties.csv: the source is not in sources.csv or meetings.csv: {first}"
    ]
    change(case, Party, {"source": "m1: verslag, alinea 2"}, lambda row: row.id == first)
    assert points(case, 1) == []


@pytest.mark.parametrize(
    ("source", "sound"),
    [
        ("fictional", True),
        ("b1", True),
        ("b1: alinea 3", True),
        ("b1 : alinea 3", True),
        ("b12", False),
        ("alinea 3", False),
        ("Fictional", False),
    ],
)
def test_sources_are_followed_up_to_the_colon(source, sound):
    assert traced(source, {"b1"}) is sound


def test_long_lists_of_names_end_in_dots():
    assert names("abc") == "a, b, c"
    assert names("abcdefgh") == "a, b, c, d, e, f, …"
    assert names(str(n) for n in range(1, 9)) == "1, 2, 3, 4, 5, 6, …"
    assert names("abc", 2) == "a, b, …"


def test_points_come_in_step_order_and_in_the_reader_s_language(case):
    deployment(case, core=None, goals=())
    found = open_points(case)
    assert [point.step for point in found] == sorted(point.step for point in found)
    (core, goals) = [point for point in found if point.step == 2]
    assert core.render("nl") != core.render("en")
    assert "doelen" in goals.render("nl").lower()


def test_an_empty_case_has_something_open_in_every_step(root):
    new_region("twente", root, "en")
    case = open_case("twente", lang="en", root=root)
    assert {point.step for point in open_points(case)} == set(STEPS)
    assert points(case, 0) == [
        "the project has no name yet (case.yaml, project)",
        "not answered: is it time yet? (case.yaml, readiness)",
    ]
    assert points(case, 1) == ["no parties yet (parties.csv)"]
    assert "no scores yet (ballots.csv or tallies.csv)" in points(case, 7)


# --- what has been started


def test_every_step_of_a_complete_case_was_started(case):
    assert [step for step in STEPS if not started(case, step)] == []


@pytest.mark.parametrize(
    ("step", "row"),
    [
        (1, Party(id="a", name="A", source="fictional")),
        (1, Meeting(id="a", name="A", date=date(2026, 1, 31), source="fictional")),
        (3, Source(id="a", name="A", source="fictional")),
        (4, Option(id="a", name="A", source="fictional")),
        (5, Criterion(id="a", name="A", selected=False, source="fictional")),
        (6, Option(id="a", name="A", shortlisted=True, source="fictional")),
        (7, Round(id="a", name="A", how="ballots", state="setup", source="fictional")),
        (2, Decision(id="a", step=2, subject="S", choice="C", source="fictional")),
        (7, Decision(id="a", step=7, subject="S", choice="C", source="fictional")),
        (8, Decision(id="a", step=8, subject="S", choice="C", source="fictional")),
    ],
)
def test_one_row_starts_its_step(root, step, row):
    new_region("twente", root)
    case = open_case("twente", root=root)
    assert not started(case, step)
    case._tables = {**case._tables, type(row): (row,)}
    assert started(case, step)


def test_people_alone_do_not_start_the_scoring(root):
    new_region("twente", root)
    case = open_case("twente", root=root)
    case._tables = {**case._tables, Participant: (Participant(id="p1", source="fictional"),)}
    assert not started(case, 7)


# --- the published case


@pytest.fixture
def west_brabant(tmp_path, case):
    shutil.copytree(
        case.reference().folder,
        tmp_path / "data" / "west-brabant",
        ignore=shutil.ignore_patterns(".*"),
    )
    return open_case("west-brabant", lang="en", root=tmp_path / "data")


def test_west_brabant_does_not_say_that_experts_joined_steps_5_to_8(west_brabant):
    (sentence,) = [line for line in points(west_brabant, 1) if "experts by experience" in line]
    steps = sentence.removeprefix("no experts by experience in step ").split(", ")
    assert {"5", "6", "7", "8"} <= set(steps)


def test_west_brabant_s_scores_are_not_published_rather_than_missing(west_brabant):
    found = points(west_brabant, 7)
    assert "the participants' scores are not published" in found
    assert not any(line.startswith("no scores yet") for line in found)
    assert west_brabant.rows(Ballot) == west_brabant.rows(Tally) == ()
    assert west_brabant.rows(Reading)
    assert points(west_brabant, 6) == [
        "which options were on the shortlist is not published",
        "the verdicts on the longlist are not published",
    ]


def test_what_has_no_source_yet_is_counted_per_file(example: Case) -> None:
    rows = [row.model_copy(update={"source": NOT_RECORDED}) for row in example.rows(Party)[:2]]
    info = example.info.model_copy(
        update={
            "origin": tuple(
                item.model_copy(update={"source": NOT_RECORDED}) for item in example.info.origin
            )
        }
    )
    example.write({Party: [*rows, *example.rows(Party)[2:]]}, [info])
    found = {(point.step, point.render("en")) for point in open_points(example)}
    assert (1, "parties.csv: statements without a source: 2") in found
    assert (0, f"case.yaml: statements without a source: {len(info.origin)}") in found


def test_a_statement_whose_source_is_unknown_is_named(example: Case) -> None:
    first, *rest = example.scenario.summary
    scenario = example.scenario.model_copy(
        update={"summary": (first.model_copy(update={"source": "nergens: blz. 3"}), *rest)}
    )
    example.write({}, [scenario])
    told = [point.render("en") for point in open_points(example) if point.step == 8]
    assert f"scenario.yaml: the source is not in sources.csv or meetings.csv: {first.id}" in told


def test_a_broken_trail_is_told_apart_from_what_is_merely_open(case):
    change(case, Criterion, {"reason": None}, lambda row: row.id == "keten")
    change(case, Decision, {"status": Status.PROPOSED, "reason": None}, lambda r: r.id == "b-stap7")
    gaps = [point.render("en") for point in open_points(case) if point.gap]
    assert any(line.startswith("kept or dropped without a reason: ") for line in gaps)
    assert "decided without a reason: Voorkeur" in gaps
    assert "not yet confirmed: Voorkeur" in gaps
    assert any(line.startswith("a disadvantage without a recommendation: ") for line in gaps)
    merely_open = [point.render("en") for point in open_points(case) if not point.gap]
    assert "9 commitments were asked and not yet answered" in merely_open


def test_an_argument_is_reason_enough_to_drop_an_option(case):
    argued = next(row for row in case.rows(Argument) if row.kind is ArgumentKind.DROPPED)
    change(case, Option, {"reason": None}, lambda row: row.id == argued.option)
    assert not any(line.startswith("dropped without a reason") for line in points(case, 6))


def test_it_counts_what_has_a_source(case):
    stated = len(case.rows(Option)) + len(case.rows(Collaboration))
    traced, every = documented(case, 4)
    assert traced == every
    assert every == stated
    change(case, Option, {"source": "not recorded"}, lambda row: row.id == "meldpunt")
    assert documented(case, 4) == (every - 1, every)


def test_what_was_said_counts_in_the_step_it_was_said_in(case):
    decided = [row.step for row in case.rows(Decision)]
    assert {5, 6, 7, 8} <= set(decided)
    argued = [row.step for row in case.rows(Argument)]
    assert documented(case, 5)[1] == decided.count(5) + argued.count(5)
    change(case, Decision, {"source": "not recorded"}, lambda row: row.step == 5)
    traced, every = documented(case, 5)
    assert every - traced == decided.count(5)
    assert f"decisions.csv: statements without a source: {decided.count(5)}" in points(case, 5)
    assert not any(line.startswith("decisions.csv") for line in points(case, 7))


def test_an_argument_of_no_step_counts_where_arguments_are_filled_in(case):
    before = documented(case, 7)
    change(case, Argument, {"step": None}, lambda row: row.step != 7)
    loose = sum(row.step is None for row in case.rows(Argument))
    assert loose
    assert documented(case, 7)[1] == before[1] + loose
