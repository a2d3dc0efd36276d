"""Forms on the two documents: what changes is written, and every comment stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.case import Case, open_case
from workbook.case.checking import passages
from workbook.case.tables import Argument
from workbook.case.tables.document import DeployedFor, Passage
from workbook.forms import steps
from workbook.forms.form import Form
from workbook.forms.passages import Facts
from workbook.forms.state import view_state

Opened = Callable[..., Form]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The form that a notebook shows; step 2 has two."""

    def make(function: Callable[[Case], None], case: Case, which: int = 0) -> Form:
        shown: list = []
        monkeypatch.setattr(steps, "display", shown.append)
        function(case)
        return shown[which].form

    return make


def reread(case: Case) -> Case:
    return open_case(case.region, lang=case.lang, root=case.folder.parent)


def text_of(case: Case, name: str = "case.yaml") -> str:
    return (case.folder / name).read_text("utf-8")


def faults(form: Form, key: str) -> dict[str, str]:
    return next(line["faults"] for line in view_state(form)["lines"] if line["key"] == key)


def unchanged(after: str, before: str) -> bool:
    """Whether every line of before is still there, in the same order."""
    rest = iter(after.splitlines())
    return all(line in rest for line in before.splitlines())


# statements under topics


def test_every_statement_of_its_topics_is_a_line(example: Case, opened: Opened) -> None:
    form = opened(steps.beginnings, example)
    lines = view_state(form)["lines"]
    info = example.info
    wanted = [
        *(("origin", p) for p in info.origin),
        *(("readiness", p) for p in info.readiness),
        *(("process", p) for p in info.process),
        *(("retention", p) for p in info.retention),
    ]
    assert [(x["key"], x["cells"]) for x in lines] == [
        (p.id, {"topic": topic, "text": p.text, "source": p.source}) for topic, p in wanted
    ]
    assert len(lines) > 7


def test_a_statement_is_added_under_its_topic(example: Case, opened: Opened) -> None:
    before = text_of(example)
    form = opened(steps.beginnings, example)
    key = form.add()
    form.edit(key, "topic", "readiness")
    form.edit(key, "text", "Nieuw: met een dubbele punt, # en een hekje")
    assert form.save(), form.status
    assert reread(example).info.readiness == (
        *example.info.readiness[:-1],
        Passage(
            id="readiness-1",
            text="Nieuw: met een dubbele punt, # en een hekje",
            source="fictional",
        ),
    )
    assert len(example.info.readiness) == 3
    assert unchanged(text_of(example), before)
    assert "readiness-1" in form.draft.lines and key not in form.draft.lines


def test_new_ids_are_unique_in_the_whole_document(example: Case, opened: Opened) -> None:
    form = opened(steps.deployment, example)
    for _ in range(3):
        key = form.add()
        form.edit(key, "topic", "deployment.other_activities")
        form.edit(key, "text", "Iets")
    assert form.save(), form.status
    ids = [passage.id for passage in passages(example.info)]
    assert len(set(ids)) == len(ids)
    assert ids.count("other-activities-3") == 1
    form.remove("other-activities-1")
    assert form.save()
    key = form.add()
    form.edit(key, "topic", "deployment.other_activities")
    form.edit(key, "text", "Nog iets")
    assert form.save()
    assert [p.text for p in reread(example).info.deployment.other_activities[1:]] == [
        "Iets",
        "Iets",
        "Nog iets",
    ]


def test_a_statement_is_changed_in_its_place(example: Case, opened: Opened) -> None:
    before = text_of(example).splitlines()
    form = opened(steps.deployment, example)
    form.edit("doel-1", "text", "Beleid dat klopt.")
    assert form.save()
    after = text_of(example).splitlines()
    assert [(b, a) for b, a in zip(before, after, strict=True) if a != b] == [
        (
            "      text: Beleid maken dat klopt met wat mensen thuis meemaken.",
            "      text: Beleid dat klopt.",
        )
    ]


def test_a_statement_is_removed_and_undone(example: Case, opened: Opened) -> None:
    before = text_of(example)
    form = opened(steps.deployment, example)
    form.remove("doel-2")
    assert form.asking is None
    assert form.save()
    assert [p.id for p in reread(example).info.deployment.goals] == ["doel-1", "doel-3"]
    assert form.undo()
    assert reread(example).info == open_case("voorbeeldregio").info
    assert "doel-2" in text_of(example) and "doel-2" in before


def test_a_statement_moves_up(example: Case, opened: Opened) -> None:
    form = opened(steps.deployment, example)
    form.move("doel-3", -1)
    assert form.save()
    assert [p.id for p in reread(example).info.deployment.goals] == ["doel-1", "doel-3", "doel-2"]
    assert [key for key in form.draft.lines if key.startswith("doel-")] == [
        "doel-1",
        "doel-3",
        "doel-2",
    ]


def test_a_statement_goes_to_another_topic(example: Case, opened: Opened) -> None:
    moved = example.info.deployment.goals[0]
    form = opened(steps.deployment, example)
    form.edit("doel-1", "topic", "deployment.role")
    assert form.save(), form.status
    after = reread(example).info.deployment
    assert [p.id for p in after.goals] == ["doel-2", "doel-3"]
    assert moved in after.role and len(after.role) == 3
    assert moved.id in form.draft.lines


def test_there_is_one_core(example: Case, opened: Opened) -> None:
    before = text_of(example)
    form = opened(steps.deployment, example)
    key = form.add()
    form.edit(key, "topic", "deployment.core")
    form.edit(key, "text", "Nog een kern")
    assert form.save() is False
    assert faults(form, key) == {"topic": "this topic has one statement"}
    assert faults(form, "kern") == {}
    assert text_of(example) == before
    form.remove("kern")
    assert form.save(), form.faults
    assert reread(example).info.deployment.core == Passage(
        id="core-1", text="Nog een kern", source="fictional"
    )
    form.remove("core-1")
    assert form.save()
    assert reread(example).info.deployment.core is None


def test_a_topic_and_a_text_are_needed(example: Case, opened: Opened) -> None:
    before = text_of(example)
    form = opened(steps.beginnings, example)
    key = form.add()
    form.edit(key, "text", "Waar hoort dit?")
    form.edit("tijd-1", "text", "  ")
    assert form.save() is False
    assert faults(form, key) == {"topic": "choose a topic"}
    assert faults(form, "tijd-1") == {"text": "the field is empty"}
    assert text_of(example) == before
    form.edit(key, "topic", "weather")
    assert form.save() is False
    assert faults(form, key) == {"topic": "choose a topic"}


def test_a_row_without_words_is_no_statement(example: Case, opened: Opened) -> None:
    before = text_of(example)
    form = opened(steps.beginnings, example)
    form.add()
    key = form.add()
    form.edit(key, "topic", "origin")
    form.edit(key, "source", "m1")
    assert form.save()
    assert text_of(example) == before


def test_comments_survive_a_save(example: Case, opened: Opened) -> None:
    path = example.folder / "case.yaml"
    text = path.read_text("utf-8")
    text = text.replace("  goals:\n", "  goals:  # wat we willen\n    # van de teamdag\n")
    text = text.replace("    - id: doel-3\n", "    # nog te bespreken\n    - id: doel-3\n")
    text = text.replace("region: Voorbeeldregio\n", "region: Voorbeeldregio  # zo heet zij\n")
    path.write_text(text + "# tot hier\n", "utf-8")
    assert example.refresh()
    form = opened(steps.deployment, example)
    form.edit("doel-1", "text", "Anders")
    form.remove("doel-2")
    key = form.add()
    form.edit(key, "topic", "deployment.team")
    form.edit(key, "text", "Erbij")
    assert form.save(), form.status
    facts = Form(example, Facts())
    facts.edit("case", "region", "Een andere naam")
    assert facts.save(), facts.status
    after = path.read_text("utf-8").splitlines()
    for comment in ("# wat we willen", "# van de teamdag", "# zo heet zij", "# tot hier"):
        assert sum(comment in line for line in after) == 1, comment
    place = next(number for number, line in enumerate(after) if "# nog te bespreken" in line)
    assert after[place + 1] == "    - id: doel-3"
    assert after[:2] == text.splitlines()[:2]
    assert 'region: "Een andere naam"  # zo heet zij' in after


def test_a_source_is_kept_and_a_new_one_needs_none(empty: Case, opened: Opened) -> None:
    form = opened(steps.beginnings, empty)
    for text, source in (("Een", ""), ("Twee", "m1: blz. 3")):
        key = form.add()
        form.edit(key, "topic", "origin")
        form.edit(key, "text", text)
        if source:
            form.edit(key, "source", source)
    assert form.save(), form.status
    assert [(p.id, p.source) for p in reread(empty).info.origin] == [
        ("origin-1", "not recorded"),
        ("origin-2", "m1: blz. 3"),
    ]
    form.edit("origin-2", "source", "")
    assert form.save()
    assert reread(empty).info.origin[1].source == "not recorded"


def test_the_other_forms_of_the_document_are_left_alone(example: Case, opened: Opened) -> None:
    words, kinds = opened(steps.deployment, example), opened(steps.deployment, example, 1)
    words.edit("doel-1", "text", "A")
    kinds.edit("inzet-kennis", "text", "B")
    assert words.save() and kinds.save()
    after = reread(example).info.deployment
    assert (after.goals[0].text, after.kinds[-1].text) == ("A", "B")


# kinds and recommendations


def test_kinds_have_a_primary_flag(example: Case, opened: Opened) -> None:
    form = opened(steps.deployment, example, 1)
    assert form.sheet.name == "deployment-kinds"
    assert form.draft.lines["inzet-beleid"]["primary"] == "yes"
    assert form.draft.lines["inzet-casus"]["primary"] == "no"
    form.edit("inzet-beleid", "primary", "no")
    form.edit("inzet-casus", "primary", "")
    form.edit("inzet-kennis", "primary", "yes")
    key = form.add()
    form.edit(key, "kind", "peer_contact")
    form.edit(key, "text", "Lotgenoten")
    assert form.save(), form.faults
    after = reread(example).info.deployment.kinds
    assert [(k.kind, k.primary) for k in after] == [
        (DeployedFor.POLICY, False),
        (DeployedFor.AWARENESS, True),
        (DeployedFor.CASEWORK, False),
        (DeployedFor.KNOWLEDGE, True),
        (DeployedFor.PEERS, False),
    ]
    assert (after[-1].id, after[-1].source) == ("kinds-1", "fictional")


def test_a_kind_needs_a_kind_and_a_text(example: Case, opened: Opened) -> None:
    form = opened(steps.deployment, example, 1)
    one, two, three = form.add(), form.add(), form.add()
    form.edit(one, "text", "Zonder soort")
    form.edit(two, "kind", "policy")
    form.edit(three, "kind", "dancing")
    form.edit(three, "text", "Dansen")
    form.edit("inzet-casus", "primary", "maybe")
    assert form.save() is False
    assert faults(form, one) == {"kind": "the field is empty"}
    assert faults(form, two) == {"text": "the field is empty"}
    assert faults(form, three) == {"kind": "“dancing” can't be used here"}
    assert faults(form, "inzet-casus") == {"primary": "“maybe” can't be used here"}


def test_recommendations_answer_arguments(example: Case, opened: Opened) -> None:
    form = opened(steps.recommendations, example)
    first, second = example.rows(Argument)[:2]
    columns = {column["name"]: column for column in view_state(form)["columns"]}
    assert columns["answers"]["kind"] == "choices"
    assert (first.id, first.claim) in columns["answers"]["choices"]
    key = form.add()
    form.edit(key, "text", "Doe dit")
    form.edit(key, "who", "Gemeente")
    form.edit(key, "answers", f"{first.id};{second.id}")
    assert form.save(), form.status
    new = reread(example).scenario.recommendations[-1]
    assert (new.id, new.text, new.who, new.when, new.answers) == (
        "recommendations-1",
        "Doe dit",
        "Gemeente",
        None,
        (first.id, second.id),
    )
    form.edit("recommendations-1", "answers", "")
    assert form.save()
    assert reread(example).scenario.recommendations[-1].answers == ()


def test_an_argument_that_isnt_there_is_refused(example: Case, opened: Opened) -> None:
    before = text_of(example, "scenario.yaml")
    form = opened(steps.recommendations, example)
    key = next(iter(form.draft.lines))
    form.edit(key, "answers", "nothing-like-it")
    assert form.save() is False
    assert "“nothing-like-it” is not in arguments.csv" in form.status[1]
    assert text_of(example, "scenario.yaml") == before


def test_a_pasted_claim_is_the_argument_it_names(example: Case, opened: Opened) -> None:
    form = opened(steps.recommendations, example)
    key = next(iter(form.draft.lines))
    claim = example.rows(Argument)[0]
    form.paste(key, "answers", claim.claim.upper())
    assert form.draft.lines[key]["answers"] == claim.id


AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from("#:-?[]{}&*!|>'\"%@`,\\ \n\tabz~=é€…<"),
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
    ),
    min_size=1,
    max_size=60,
).filter(lambda text: text.strip())


@given(first=AWKWARD, new=AWKWARD)
@settings(max_examples=60)
def test_any_text_is_read_back_the_same(
    example: Case, opened: Opened, first: str, new: str
) -> None:
    form = opened(steps.scenario, example)
    form.edit("kort-1", "text", first)
    key = form.add()
    form.edit(key, "topic", "follow_up")
    form.edit(key, "text", new)
    others = example.scenario.considerations
    assert form.save(), form.status
    after = reread(example).scenario
    assert after.summary[0].text == first.strip()
    assert after.follow_up[-1].text == new.strip()
    assert after.considerations == others
    form.close()


# the facts


@pytest.fixture
def facts(example: Case) -> Form:
    return Form(example, Facts())


def test_facts_are_those_of_the_case(facts: Form) -> None:
    assert facts.draft.lines == {
        "case": {
            "region": "Voorbeeldregio",
            "project": "Ervaringsteam Voorbeeldregio",
            "language": "nl",
            "period.start": "2025-02-04",
            "period.end": "2025-11-20",
            "period.text": "Van februari tot en met november 2025, met een pauze in de zomer.",
        }
    }
    columns = {column["name"]: column for column in view_state(facts)["columns"]}
    assert [name for name, column in columns.items() if column["required"]] == [
        "region",
        "language",
    ]
    assert columns["language"]["choices"] == (("nl", "Nederlands"), ("en", "English"))
    assert columns["region"]["label"] == "Region"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("31-1-2026", "2026-01-31"),
        ("2026-01-31", "2026-01-31"),
        ("01-12-2025", "2025-12-01"),
        ("not published", "not published"),
        ("", ""),
    ],
)
def test_a_day_is_written_the_dutch_way_or_the_other(facts: Form, typed: str, stored: str) -> None:
    facts.edit("case", "period.start", typed)
    assert facts.save(), facts.faults
    assert facts.draft.lines["case"]["period.start"] == stored
    again = Form(reread(facts.case), Facts())
    assert again.draft.lines["case"]["period.start"] == stored
    assert again.draft.lines["case"]["period.end"] == "2025-11-20"


@pytest.mark.parametrize("typed", ["31-2-2026", "januari", "2026", "1-2-26", "31/1/2026"])
@pytest.mark.parametrize("name", ["period.start", "period.end"])
def test_no_day_is_refused_beside_the_field(facts: Form, name: str, typed: str) -> None:
    before = text_of(facts.case)
    facts.edit("case", name, typed)
    assert facts.save() is False
    told = f"“{typed}” can't be used here; expected: a date as 2026-01-31, or not published, or "
    assert faults(facts, "case") == {name: told + "nothing"}
    assert text_of(facts.case) == before


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "the field is empty"), ("nl", "het veld is leeg")]
)
def test_the_region_has_a_name(example: Case, lang: str, told: str) -> None:
    facts = Form(open_case("voorbeeldregio", lang=lang, root=example.folder.parent), Facts())
    before = text_of(example)
    facts.edit("case", "region", "  ")
    assert facts.save() is False
    assert faults(facts, "case") == {"region": told}
    assert text_of(example) == before


def test_only_the_fact_that_changed_is_written(facts: Form) -> None:
    before = text_of(facts.case).splitlines()
    facts.edit("case", "project", 'Team: "wij" #1')
    facts.edit("case", "language", "en")
    assert facts.save()
    after = text_of(facts.case).splitlines()
    changed = [a for a, b in zip(after, before, strict=True) if a != b]
    assert changed == ['project: "Team: \\"wij\\" #1"', "language: en"]
    assert reread(facts.case).info.project == 'Team: "wij" #1'


def test_a_language_that_isnt_one_is_refused(facts: Form) -> None:
    facts.edit("case", "language", "fy")
    assert facts.save() is False
    assert faults(facts, "case") == {"language": "“fy” can't be used here"}


def test_facts_of_a_new_region(empty: Case) -> None:
    facts = Form(empty, Facts())
    facts.edit("case", "project", "Samen")
    facts.edit("case", "period.text", "Voorjaar: 2026")
    assert facts.save(), facts.faults
    info = reread(empty).info
    assert (info.project, info.period.text, info.period.start) == ("Samen", "Voorjaar: 2026", None)
    assert "data/README.md explains every field." in text_of(empty)


@given(region=AWKWARD, project=AWKWARD)
@settings(max_examples=40)
def test_any_name_is_read_back_the_same(facts: Form, region: str, project: str) -> None:
    facts.edit("case", "region", region)
    facts.edit("case", "project", project)
    assert facts.save(), facts.faults
    info = reread(facts.case).info
    assert (info.region, info.project) == (region.strip(), project.strip())
