"""The handbook's content is complete, refers only to what exists, and says the same twice."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

import pytest
from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML

from workbook import handbook as h
from workbook.handbook import load

LOADERS = (
    h.steps,
    h.methods,
    h.no_survey,
    h.clusters,
    h.scale,
    h.example_criteria,
    h.deployments,
    h.position,
    h.scan,
)

FILES = sorted(path.name for path in files("workbook.handbook").iterdir())
FILES = [name for name in FILES if name.endswith(".yaml")]

# Words that are the same in both languages.
SAME = {"Managers"}

# The handbook's headings, with their parents: every `place` must be one of these.
ANNEX_CRITERIA = "Bijlage 2 > Criteria en randvoorwaarden > "
EXAMPLES = "Voorbeelden van criteria > "
HEADINGS = {
    "Van pilot naar structureel",
    "Een gezamenlijk proces",
    "Een gezamenlijk proces > Positionering versus samenwerking",
    "De stappen > 1. Betrekken van partijen",
    "De stappen > 1. Betrekken van partijen > De gemeente",
    "De stappen > 2. Beschrijving inzet ervaringsdeskundigheid",
    "De stappen > 3. Inventarisatie criteria en randvoorwaarden",
    "De stappen > 4. Overzicht maken van mogelijke posities (groslijst)",
    "De stappen > Methodieken (stappen 2 t/m 4)",
    "De stappen > 5. Vaststellen criteria en randvoorwaarden",
    "De stappen > 6. Van groslijst naar shortlist",
    "De stappen > Methodieken (stappen 5 en 6)",
    "De stappen > 7. Van shortlist naar voorkeur obv onderscheidende criteria",
    "De stappen > 8. Beschrijving voorkeursscenario",
    "Voorbeelden van criteria",
    EXAMPLES + "Visie op ervaringsdeskundigheid",
    EXAMPLES + "Visie op ervaringsdeskundigheid > Intrinsieke motivatie",
    EXAMPLES + "Visie op ervaringsdeskundigheid > Draagvlak en commitment",
    EXAMPLES + "Visie op ervaringsdeskundigheid > Integraal en systeemgerichte benadering",
    EXAMPLES + "Visie op ervaringsdeskundigheid > Inzet ervaringsdeskundigheid",
    EXAMPLES + "Visie op ervaringsdeskundigheid > Rol ervaringsdeskundigen",
    EXAMPLES + "Visie op ervaringsdeskundigheid > Expertise en werkveld",
    EXAMPLES + "Visie op ervaringsdeskundigheid > Ruimte voor doorontwikkeling en innovatie",
    EXAMPLES + "Randvoorwaardelijke criteria",
    EXAMPLES + "Randvoorwaardelijke criteria > Volwaardige medewerker/opdrachtnemer",
    EXAMPLES + "Randvoorwaardelijke criteria > Diversiteit aan ervaringsdeskundigen",
    EXAMPLES + "Randvoorwaardelijke criteria > Structureel vangnet voor ervaringsdeskundigen",
    EXAMPLES + "Randvoorwaardelijke criteria > Wel of geen apart team van ervaringsdeskundigen",
    EXAMPLES + "Randvoorwaardelijke criteria > Bereikbaarheid ervaringsdeskundigen",
    EXAMPLES + "Onderscheidende criteria",
    EXAMPLES + "Onderscheidende criteria > Organisatiescan ervaringsdeskundigheid",
    EXAMPLES + "Onderscheidende criteria > Imago",
    EXAMPLES + "Onderscheidende criteria > Faciliteren samenwerking",
    EXAMPLES + "Onderscheidende criteria > Werkgebied",
    EXAMPLES + "Onderscheidende criteria > Positionering in de keten",
    EXAMPLES + "Onderscheidende criteria > Instroom in casuïstiek",
    "Bijlage 1 > Organisatiescan Ervaringsdeskundigheid",
    *(f"Bijlage 1 > Organisatiescan Ervaringsdeskundigheid > {n}" for n in range(1, 13)),
    "Bijlage 1 > Ervaringen, Ervaringskennis en Ervaringsdeskundigheid bij huiselijk geweld",
    "Bijlage 2 > Project De Cirkel is Rond",
    "Bijlage 2 > Project De Cirkel is Rond > Activiteiten/werkwijze",
    "Bijlage 2 > Project De Cirkel is Rond > Activiteiten/werkwijze > Overige activiteiten",
    ANNEX_CRITERIA + "Visie op inzet ervaringsdeskundigheid > Inzet bij concrete casuïstiek",
    ANNEX_CRITERIA + "Visie op inzet ervaringsdeskundigheid > Systemisch werken",
    ANNEX_CRITERIA + "Randvoorwaardelijke werkafspraken",
    ANNEX_CRITERIA
    + "Randvoorwaardelijke werkafspraken > Bereikbaarheid ervaringsdeskundigen voor cliënten",
    ANNEX_CRITERIA + "Randvoorwaardelijke werkafspraken > Diversiteit aan ervaringsdeskundigen",
    ANNEX_CRITERIA + "Randvoorwaardelijke werkafspraken > Apart team van ervaringsdeskundigen",
    ANNEX_CRITERIA
    + "Randvoorwaardelijke werkafspraken > Ervaringsdeskundige is een volwaardige medewerker",
    ANNEX_CRITERIA
    + "Randvoorwaardelijke werkafspraken > Structureel vangnet voor ervaringsdeskundige",
    ANNEX_CRITERIA + "Randvoorwaardelijke werkafspraken > Draagvlak en commitment",
    ANNEX_CRITERIA + "Onderscheidende criteria positionering > Faciliteren samenwerking "
    "professional en ervaringsdeskundige",
    ANNEX_CRITERIA + "Onderscheidende criteria positionering > Zo neutraal mogelijk imago",
    ANNEX_CRITERIA + "Onderscheidende criteria positionering > Werkgebied: niet te lokaal",
    "Bijlage 2 > Naar een voorkeursscenario",
    "Bijlage 2 > Naar een voorkeursscenario > Zelfstandige positie",
    "Bijlage 2 > Naar een voorkeursscenario > Binnen één organisatie",
    "Bijlage 2 > Naar een voorkeursscenario > Samenwerkingsverband",
    "Bijlage 2 > De beste plek ... > Voordelen",
    "Bijlage 2 > De beste plek ... > Aanbevelingen",
    "Bijlage 2 > De beste plek ... > Aanbevelingen > Overige aanbevelingen",
}


def walk(item: object, path: str) -> Iterator[tuple[str, BaseModel]]:
    if isinstance(item, BaseModel):
        yield path, item
        for field in type(item).model_fields:
            yield from walk(getattr(item, field), f"{path}.{field}")
    elif isinstance(item, tuple):
        for i, part in enumerate(item):
            yield from walk(part, f"{path}[{i}]")


def everything() -> list[tuple[str, BaseModel]]:
    return [found for load in LOADERS for found in walk(load(), load.__name__)]


def texts() -> list[tuple[str, h.Text]]:
    return [(path, item) for path, item in everything() if isinstance(item, h.Text)]


def sentences(text: str) -> int:
    without_title = re.sub(r"\b[Dd]r\.", "dr", text)
    return len(re.findall(r"[.?!](?=\s|$)", without_title))


@pytest.mark.parametrize("name", FILES)
def test_the_fast_reader_reads_what_the_strict_one_does(name):
    """It lets double keys pass, and takes `no` and 1:30 for something else than words."""
    text = files("workbook.handbook").joinpath(name).read_text("utf-8")
    assert load._read(name.removesuffix(".yaml")) == YAML(typ="safe", pure=True).load(text)


def test_both_languages_are_there_and_differ():
    for path, text in texts():
        assert text.nl.strip() == text.nl != "", path
        assert text.en.strip() == text.en != "", path
        assert text.nl != text.en or text.nl in SAME, path


def test_english_follows_dutch_sentence_by_sentence():
    assert [path for path, t in texts() if sentences(t.nl) != sentences(t.en)] == []


def test_a_question_is_a_question_in_both_languages():
    for path, text in texts():
        assert text.nl.endswith("?") == text.en.endswith("?"), path


def test_every_place_is_a_heading_of_the_handbook():
    unknown = [
        (path, place)
        for path, item in everything()
        if getattr(item, "place", None) is not None
        for place in item.place.split("; ")
        if place not in HEADINGS
    ]
    assert unknown == []


def test_text_in_a_language():
    name = h.cluster("vision").name
    assert name.in_("nl") == "Visie op ervaringsdeskundigheid"
    assert name.in_("en") == "Vision on expertise by experience"
    with pytest.raises(ValueError, match="'nl' or 'en'"):
        name.in_("fr")


def test_content_cannot_be_changed():
    with pytest.raises(ValidationError):
        h.step(1).title.nl = "iets anders"


def test_steps_run_from_start_to_scan():
    assert [s.number for s in h.steps()] == list(range(10))
    assert [s.slug for s in h.steps()] == [
        "start",
        "involve",
        "deployment",
        "inventory",
        "longlist",
        "select",
        "shortlist",
        "preference",
        "scenario",
        "scan",
    ]
    assert h.step(8).title.nl == "Beschrijving voorkeursscenario"
    assert h.step(6).title.en == "From longlist to shortlist"


def test_an_unknown_step_or_cluster_names_the_choices():
    with pytest.raises(KeyError, match=r"no step 11.*8, 9"):
        h.step(11)
    with pytest.raises(KeyError, match="precondition"):
        h.cluster("knock-out")


def test_short_titles_fit_a_table():
    for step in h.steps():
        assert max(len(step.short.nl), len(step.short.en)) <= 18, step.slug


def test_amount_of_guidance_and_questions():
    for step in h.steps():
        assert 3 <= len(step.guidance) <= 6, step.slug
        assert 3 <= len(step.questions) <= 7, step.slug
        assert all(q.nl.endswith("?") for q in step.questions), step.slug
        assert 1 <= sentences(step.goal.nl) <= 2, step.slug


def test_hints():
    ids = {step.number: [hint.id for hint in step.hints] for step in h.steps()}
    assert ids == {
        0: [],
        1: ["experts_in_every_step", "municipality_attached"],
        2: ["core_sentence"],
        3: ["criterion_has_source"],
        4: ["current_option_present", "alternatives_argued"],
        5: ["criterion_choice_argued", "criterion_has_cluster"],
        6: ["drop_has_reason"],
        7: ["missing_scores_named", "criterion_distinguishes", "preference_confirmed"],
        8: ["trail_complete"],
        9: [],
    }


def test_ids_are_unique():
    groups = {
        "hints": [hint.id for s in h.steps() for hint in s.hints],
        "methods": [m.id for m in h.methods()],
        "clusters": [c.id for c in h.clusters()],
        "criteria": [c.id for c in h.example_criteria()],
        "deployments": [d.id for d in h.deployments()],
        "questions": [q.id for q in h.scan().questions],
        "holders": [x.id for x in h.scan().holders],
        "values": [level.value for level in h.scale()],
    }
    for group, ids in groups.items():
        assert len(set(ids)) == len(ids), group


def test_methods_and_steps_point_at_each_other():
    from_steps = {(s.number, m) for s in h.steps() for m in s.methods}
    from_methods = {(n, m.id) for m in h.methods() for n in m.steps}
    assert from_steps == from_methods
    assert h.step(7).methods == ("working_session",)
    assert h.step(5).methods == ("moderated_session", "focus_group", "working_session")
    assert "enquête" in h.no_survey().nl
    assert "survey" in h.no_survey().en


def test_clusters_behave_differently():
    assert {c.id: c.behaviour for c in h.clusters()} == {
        "vision": "excludes",
        "precondition": "arranged",
        "distinguishing": "scored",
    }
    assert [c.short.nl for c in h.clusters()] == [
        "Visie (knock-out)",
        "Randvoorwaarde",
        "Onderscheidend",
    ]
    assert [c.name.nl for c in h.clusters()] == [
        "Visie op ervaringsdeskundigheid",
        "Randvoorwaardelijke criteria",
        "Onderscheidende criteria",
    ]


def test_scale():
    assert [(x.value, x.symbol, x.name.nl, x.name.en, x.colour) for x in h.scale()] == [
        ("-1", "−", "slecht", "poor", "#D55E00"),
        ("0", "±", "matig", "fair", "#F0F0F0"),
        ("1", "+", "goed", "good", "#0072B2"),
        ("?", "?", "weet ik niet", "don't know", None),
        ("", "·", "niet gescoord", "not scored", None),
    ]


def test_example_criteria():
    criteria = h.example_criteria()
    assert Counter(c.cluster for c in criteria) == {
        "vision": 7,
        "precondition": 5,
        "distinguishing": 5,
    }
    assert {c.cluster for c in criteria} == {c.id for c in h.clusters()}
    assert [c.name.nl for c in criteria if c.cluster == "distinguishing"] == [
        "Imago",
        "Faciliteren samenwerking",
        "Werkgebied",
        "Positionering in de keten",
        "Instroom in casuïstiek",
    ]
    for criterion in criteria:
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", criterion.id)
        assert len(criterion.consider) >= 2, criterion.id
        assert all(p.nl.endswith("?") for p in criterion.consider), criterion.id


def test_only_three_deployments_imply_something():
    implying = {d.id: d.implies for d in h.deployments() if d.implies is not None}
    assert list(implying) == ["casework", "policy", "awareness"]
    links = {
        (id, link.criterion, link.link)
        for id, implications in implying.items()
        for implication in implications
        for link in implication.criteria
    }
    assert links == {
        ("casework", "inflow", "stated"),
        ("casework", "facilitating_collaboration", "stated"),
        ("policy", "deployment", "ours"),
        ("awareness", "position_in_chain", "ours"),
    }
    assert {criterion for _, criterion, _ in links} <= {c.id for c in h.example_criteria()}


def test_a_stated_link_has_a_place_and_ours_has_none():
    for deployment in h.deployments():
        for implication in deployment.implies or ():
            for link in implication.criteria:
                assert (link.link == "stated") == (link.place is not None)


def test_position():
    position = h.position()
    assert [p.id for p in position.parts] == ["responsibility", "coordination", "employment"]
    assert [f.id for f in position.forms] == ["independent", "one_organisation", "partnership"]
    assert [r.id for r in position.roles] == ["director", "commissioner", "funder"]
    assert [r.name.nl for r in position.roles] == ["Regisseur", "Opdrachtgever", "Financier"]
    assert "samenwerking in de uitvoering" in position.not_collaboration.nl


def test_scan_asks_twelve_questions_in_the_handbooks_order():
    questions = h.scan().questions
    assert [q.id for q in questions] == [f"q{n:02d}" for n in range(1, 13)]
    themes = [
        "third source",
        "vision",
        "policy",
        "adds",
        "in house",
        "apart",
        "quality",
        "recovering and learning",
        "clients",
        "without training",
        "with training",
        "care professionals",
    ]
    for question, theme in zip(questions, themes, strict=True):
        assert theme in question.en
        assert question.place.endswith(f"> {int(question.id[1:])}")


def test_scan_columns_holders_and_definitions():
    scan = h.scan()
    assert [c.id for c in scan.columns] == ["present", "desired", "questions"]
    assert [x.id for x in scan.holders] == [
        "clients_and_system",
        "experts_by_experience",
        "care_professionals",
        "managers",
    ]
    assert {d.id: len(d.points) for d in scan.definitions} == {
        "experience": 2,
        "experiential_knowledge": 5,
        "expertise": 5,
    }
    assert "Alie Weerman" in scan.made_by.nl
    assert "2019" in scan.used_at.en


def test_import_reads_nothing_and_stays_light():
    code = (
        "import sys, workbook.handbook\n"
        "from workbook.handbook.load import _read\n"
        "assert _read.cache_info().currsize == 0\n"
        "heavy = {'pandas', 'matplotlib', 'ipywidgets'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_file_is_read_once():
    assert h.steps() is h.steps()
    assert h.scan() is h.scan()
