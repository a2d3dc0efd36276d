"""A document is written into its file: what was changed is there, everything else is untouched."""

import difflib
import io
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from workbook.case import yaml_text
from workbook.case.document_writing import _changed, document_bytes
from workbook.case.documents import read_document
from workbook.case.tables import NOT_PUBLISHED
from workbook.case.tables.document import (
    CaseInfo,
    DeployedFor,
    Deployment,
    Kind,
    Passage,
    Period,
    Provenance,
    Recommendation,
    Scenario,
    Settings,
)
from workbook.case.template import new_region

DATA = Path(__file__).resolve().parents[2] / "data"
SHIPPED = [
    (region, name, model)
    for region in ("voorbeeldregio", "west-brabant")
    for name, model in (("case.yaml", CaseInfo), ("scenario.yaml", Scenario))
]


def shipped(region, name, model):
    before = (DATA / region / name).read_bytes()
    document, problems = read_document(model, before, name)
    assert problems == []
    return before, document


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    folder = new_region("twente", tmp_path_factory.mktemp("data"))
    return {
        model: (folder / name).read_bytes()
        for name, model in (("case.yaml", CaseInfo), ("scenario.yaml", Scenario))
    }


def written(before, document):
    """Write a document and check what holds of any: it reads back, and was not written anew."""
    after = document_bytes(before, document)
    assert read_document(type(document), after, "x") == (document, [])
    assert b"\r" not in after
    assert not after.startswith(b"\xef\xbb\xbf")
    old, _ = read_document(type(document), before, "x")
    text = before.decode("utf-8-sig").replace("\r\n", "\n")
    if old != document:
        assert after.decode() == _changed(text, old, document)
    assert document_bytes(after, document) == after
    return after.decode()


def changes(before, after):
    lines = difflib.unified_diff(before.decode().splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:3] not in ("---", "+++") and line[0] != "@"]


def yaml(text):
    return textwrap.dedent(text).lstrip("\n").encode()


def read(model, before):
    document, problems = read_document(model, before, "x")
    assert [problem.render("en") for problem in problems] == []
    return document


def passage(id, text="T", source="s"):
    return Passage(id=id, text=text, source=source)


# --- any document


AWKWARD = [
    "yes", "no", "null", "~", "true", "2025", "2025-01-02", "1e5", "0x1F", "1_000", ".inf",
    "=1+1", "# x", "a # b", "a: b", "a:", ": a", "- a", "-", "? a", "! a", "& a", "* a", "%",
    "@a", "`a", "| a", "> a", "[a]", "{a}", "a, b", '"a"', "'a'", 'a "b', "a\\b", "\\n", "---",
    "...", "<<", "=", "😀", "👩‍👩‍👧", "منطقة", "\u202bא\u202c", "a\u00a0b", "a\u2028b",
    "a\u0085b", "a\x00b", "a\x07b", "a\x7fb", "a\ufeffb", "\ufffe", "a\tb", "a\r\nb", "a\nb",
    "a\n\nb", "a\n  b", "a  \nb", "a\n \nb", "- a\n- b", "# a\n# b",
    "a  b " * 60 + "c", "x" * 120 + " y", "not published",
    "word: " + "word " * 40 + "# x", "\n".join(f"regel {n} " + "woord " * 20 for n in range(9)),
]  # fmt: skip
HUGE = [
    "a" * 10_000,
    "lang " * 2_000 + "woord",
    "regel\n" * 2_000 + "x",
    "a: b # c\t" * 1_000 + "x",
]
LETTERS = st.characters(exclude_categories=["Cs"])
FREE = st.text(LETTERS, max_size=30)
LONG = st.lists(st.sampled_from([*AWKWARD[:40], "woord", "langer woord", " "]), max_size=25)
TEXT = st.sampled_from(AWKWARD) | FREE | LONG.map(" ".join)
IDS = st.sampled_from([*"abcdef", "no", "1-a", "2025", "x_y"])


SOME = TEXT.map(lambda text: Settings(names=text).names or "T")
"""What the model makes of a text, which is not empty."""


STATEMENT = {"id": IDS, "text": SOME, "source": SOME}


def several(model, **fields):
    one = st.builds(model, **STATEMENT, **fields)
    return st.lists(one, max_size=4, unique_by=lambda part: part.id).map(tuple)


PASSAGES = several(Passage)
MAYBE = st.none() | TEXT
DAY = st.none() | st.dates() | st.just(NOT_PUBLISHED)
INFO = st.builds(
    CaseInfo,
    region=SOME,
    project=MAYBE,
    language=st.sampled_from(["nl", "en"]),
    provenance=st.sampled_from(Provenance),
    published_as=MAYBE,
    period=st.builds(Period, start=DAY, end=DAY, text=MAYBE),
    origin=PASSAGES,
    retention=PASSAGES,
    deployment=st.builds(
        Deployment,
        core=st.none() | st.builds(Passage, **STATEMENT),
        goals=PASSAGES,
        kinds=several(Kind, kind=st.sampled_from(DeployedFor), primary=st.booleans()),
        experiences=PASSAGES,
    ),
    session=st.builds(Settings, names=MAYBE),
)
SCENARIO = st.builds(
    Scenario,
    summary=PASSAGES,
    recommendations=several(
        Recommendation, who=MAYBE, when=MAYBE, answers=st.lists(TEXT, max_size=3).map(tuple)
    ),
    follow_up=PASSAGES,
)
many = settings(max_examples=40)


@many
@given(st.data())
@pytest.mark.parametrize(("strategy", "model"), [(INFO, CaseInfo), (SCENARIO, Scenario)])
def test_any_document_is_read_as_it_was_written_over_any_other(template, strategy, model, data):
    before = template[model]
    for _ in range(2):
        before = written(before, data.draw(strategy)).encode()


@many
@given(st.data())
@pytest.mark.parametrize(("strategy", "model"), [(INFO, CaseInfo), (SCENARIO, Scenario)])
def test_any_document_can_be_written_anew(strategy, model, data):
    document = data.draw(strategy)
    after = document_bytes(b"\xff\x00", document)
    assert read_document(model, after, "x") == (document, [])
    assert after.decode() == yaml_text.fields(document, 0) + "\n"


@settings(many, max_examples=12)
@given(st.data())
@pytest.mark.parametrize(("region", "name", "model"), SHIPPED)
def test_a_shipped_document_keeps_what_is_not_touched(region, name, model, data):
    before, document = shipped(region, name, model)
    topics = [
        topic
        for topic in model.model_fields
        if isinstance(value := getattr(document, topic), tuple) and value
    ]
    topic = data.draw(st.sampled_from(topics))
    statements = list(getattr(document, topic))
    index = data.draw(st.integers(0, len(statements) - 1))
    kind = data.draw(st.sampled_from(["text", "remove", "add", "move"]))
    if kind == "text":
        text = data.draw(st.builds(Passage, **STATEMENT)).text
        statements[index] = statements[index].model_copy(update={"text": text})
    elif kind == "remove":
        del statements[index]
    elif kind == "add":
        new = data.draw(st.builds(type(statements[0]), **STATEMENT)).model_copy(
            update={"id": "geheel-nieuw"}
        )
        statements.insert(index, new)
    else:
        statements.insert(0, statements.pop(index))
    after = written(before, document.model_copy(update={topic: tuple(statements)}))
    inside = before.decode().index(f"\n{topic}:")
    outside = [f"{other}:" for other in model.model_fields if other != topic]
    ends = [at for other in outside if (at := before.decode().find(f"\n{other}", inside + 1)) > 0]
    assert after.startswith(before.decode()[: inside + len(topic) + 2])
    if ends:
        assert after.endswith(before.decode()[min(ends) :])
    comments = [line for line in before.decode().splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line in comments] == comments


@pytest.mark.parametrize(("region", "name", "model"), SHIPPED)
def test_an_unchanged_document_changes_no_byte(region, name, model):
    before, document = shipped(region, name, model)
    assert document_bytes(before, document) == before


@pytest.mark.parametrize(("region", "name", "model"), SHIPPED)
def test_another_program_reads_the_same_texts(region, name, model):
    """Quoted where it must be: a text such as yes or 2025 is a text to everybody."""
    before, document = shipped(region, name, model)
    texts = [text for text in AWKWARD + HUGE if text == text.strip()]
    field = "origin" if model is CaseInfo else "summary"
    parts = tuple(passage(f"t{n}", text) for n, text in enumerate(texts))
    after = written(before, document.model_copy(update={field: parts}))
    found = YAML(typ="safe", pure=True).load(io.StringIO(after))[field]
    assert [part["text"] for part in found] == [part.text for part in parts]


# --- what it looks like


def test_the_template_is_filled_in_in_block_style(template):
    info = read(CaseInfo, template[CaseInfo])
    deployment = info.deployment.model_copy(
        update={
            "core": passage("kern", "Kort en krachtig."),
            "goals": (passage("doel-1", "Eén: duidelijk", "b1: alinea 2"), passage("doel-2")),
            "kinds": (Kind(id="k", text="Beleid", source="b1", kind="policy", primary=True),),
        }
    )
    after = written(
        template[CaseInfo],
        info.model_copy(
            update={
                "project": "Samen",
                "period": Period(start="2025-01-02", text="Begin 2025"),
                "deployment": deployment,
            }
        ),
    )
    assert changes(template[CaseInfo], after) == [
        "-project:",
        "+project: Samen",
        "-  start:",
        "+  start: 2025-01-02",
        "-  text:",
        "+  text: Begin 2025",
        "-  goals: []",
        "+    id: kern",
        "+    text: Kort en krachtig.",
        "+    source: s",
        "+  goals:",
        "+    - id: doel-1",
        '+      text: "Eén: duidelijk"',
        '+      source: "b1: alinea 2"',
        "+    - id: doel-2",
        "+      text: T",
        "+      source: s",
        "-  kinds: []",
        "+  kinds:",
        "+    - id: k",
        "+      text: Beleid",
        "+      kind: policy",
        "+      primary: true",
        "+      source: b1",
    ]
    assert document_bytes(after.encode(), info).decode() == template[CaseInfo].decode()


def test_one_changed_text_is_one_changed_text():
    before, document = shipped("voorbeeldregio", "scenario.yaml", Scenario)
    first, *rest = document.recommendations
    first = first.model_copy(update={"who": "Wij: samen", "when": None, "answers": ("nd-geld",)})
    after = written(before, document.model_copy(update={"recommendations": (first, *rest)}))
    assert changes(before, after) == [
        "-    who: Ervaringsteam, met het meldpunt, de opvang en de wijkteams",
        "-    when: Voor maart 2026",
        "-    answers: [nd-lijnen, ow-lijnen-verschil]",
        '+    who: "Wij: samen"',
        "+    when:",
        "+    answers: [nd-geld]",
    ]


def test_a_long_text_is_folded_and_paragraphs_keep_their_lines():
    before, document = shipped("voorbeeldregio", "case.yaml", CaseInfo)
    core = document.deployment.core.model_copy(update={"text": "woord " * 30 + "einde"})
    deployment = document.deployment.model_copy(update={"core": core})
    retention = (passage("alineas", "Eén.\n\nTwee: # 2."),)
    after = written(
        before, document.model_copy(update={"deployment": deployment, "retention": retention})
    )
    line = "+      " + " ".join(["woord"] * 15)
    assert changes(before, after)[3:6] == [line, line, "+      einde"]
    assert after.endswith(
        "retention:\n  - id: alineas\n    text: |-\n      Eén.\n\n      Twee: # 2.\n    source: s\n"
    )
    assert max(map(len, after.splitlines())) == max(map(len, before.decode().splitlines()))


BEFORE = yaml(
    """
    # top
    summary:  # about the summary
      # about a
      - id: a   # the id
        text: >-
          one
          two
        source: s  # the source

      # about b
      - {id: b, text: "B", source: s}  # in one line
      - source: s
        text: C
        id: c
    # before considerations

    considerations:
    - id: d
      text: 'D'
      source: s
    recommendations:
      - id: r
        text: R
        answers:
          - x   # first
          - y
        source: s
    # the end
    """
)


@pytest.fixture
def scenario():
    return read(Scenario, BEFORE)


def test_comments_stay_where_they_are(scenario):
    a, b, c = scenario.summary
    summary = (a.model_copy(update={"source": "z"}), b.model_copy(update={"text": "x, y"}), c)
    after = written(BEFORE, scenario.model_copy(update={"summary": summary}))
    assert changes(BEFORE, after) == [
        "-    source: s  # the source",
        "+    source: z  # the source",
        '-  - {id: b, text: "B", source: s}  # in one line',
        '+  - {id: b, text: "x, y", source: s}  # in one line',
    ]


def test_a_long_text_before_a_comment_stays_on_its_line(scenario):
    a, b, c = scenario.summary
    summary = (a.model_copy(update={"source": "woord " * 30 + "x\ny"}), b, c)
    after = written(BEFORE, scenario.model_copy(update={"summary": summary}))
    assert '\\ny"  # the source\n' in after


def test_statements_take_the_comments_above_them_along(scenario):
    a, b, c = scenario.summary
    after = written(BEFORE, scenario.model_copy(update={"summary": (c, passage("new"), b, a)}))
    assert after.split("considerations")[0].encode() == yaml(
        """
        # top
        summary:  # about the summary
          - source: s
            text: C
            id: c
          - id: new
            text: T
            source: s

          # about b
          - {id: b, text: "B", source: s}  # in one line
          # about a
          - id: a   # the id
            text: >-
              one
              two
            source: s  # the source
        # before """
    )


def test_statements_that_go_leave_the_next_chapter_alone(scenario):
    after = written(BEFORE, scenario.model_copy(update={"summary": (), "considerations": ()}))
    assert after.encode() == yaml(
        """
        # top
        summary: []  # about the summary
        # before considerations

        considerations: []
        recommendations:
          - id: r
            text: R
            answers:
              - x   # first
              - y
            source: s
        # the end
        """
    )


def test_a_new_statement_stands_as_the_others_do(scenario):
    update = {
        "considerations": (*scenario.considerations, passage("e")),
        "follow_up": (passage("f"),),
        "recommendations": (
            scenario.recommendations[0].model_copy(update={"who": "W", "answers": ("z1", "a b")}),
        ),
    }
    after = written(BEFORE, scenario.model_copy(update=update))
    assert after.split("before considerations\n\n")[1].encode() == yaml(
        """
        considerations:
        - id: d
          text: 'D'
          source: s
        - id: e
          text: T
          source: s
        recommendations:
          - id: r
            text: R
            answers: [z1, "a b"]
            source: s
            who: W
        follow_up:
          - id: f
            text: T
            source: s
        # the end
        """
    )


# --- files as people leave them


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(("region", "name", "model"), SHIPPED)
def test_another_editor_s_file_keeps_its_text(region, name, model, mark, end):
    before, document = shipped(region, name, model)
    saved = mark + before.replace(b"\n", end)
    assert document_bytes(saved, document) == before
    field = "project" if model is CaseInfo else "summary"
    value = "😀 x" if model is CaseInfo else ()
    changed = document.model_copy(update={field: value})
    assert document_bytes(saved, changed) == document_bytes(before, changed)


def test_an_old_editor_s_letters_become_utf_8():
    before = "region: Één\nprovenance: own\nproject: x\n".encode("cp1252")
    document = read(CaseInfo, before)
    after = document_bytes(before, document.model_copy(update={"project": "z"}))
    assert after.decode("utf-8") == "region: Één\nprovenance: own\nproject: z\n"


FORMS = {
    "nothing": "",
    "comments": "# only this\n",
    "no line end": "summary: []",
    "one line": '{summary: [{id: a, text: "A", source: s}], follow_up: []}\n',
    "json": '{\n "summary": [\n  {"id": "a", "text": "A", "source": "s"}\n ]\n}\n',
    "several lines": "summary: [\n  {id: a, text: A, source: s},  # A\n]  # end\nfollow_up: []\n",
    "document": "---\n# x\nsummary:\n  - id: a\n    text: A\n    source: s\n...\n",
    "quoted names": "'summary':\n-   \"id\": a\n    text: A\n    source: s\n",
    "value below": "summary:\n  -\n    id: a\n    text:\n      A\n      B\n    source:\n      s\n",
    "no fields": "summary:\nfollow_up: ~\n",
    "literal": "summary:\n  - id: a\n    source: s\n    text: |+\n      A\n\n\n# x\nfollow_up:\n",
    "tagged": "summary: !!seq\n  - id: !!str a\n    text: !!str 1\n    source: s\n",
    "explicit": "? summary\n: - id: a\n    text: A\n    source: s\n",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_any_way_of_writing_yaml_can_be_written_over(form):
    before = form.encode()
    document = read(Scenario, before)
    assert document_bytes(before, document) == before
    update = [
        {"summary": ()},
        {"summary": (passage("a", "woord: " * 30 + "x\ny", "z"),)},
        {"summary": (passage("a", "A: 2"), passage("n"))},
        {"summary": (passage("n"), *document.summary)},
        {"governance": (passage("g"),), "follow_up": (passage("f"),)},
        {"recommendations": (Recommendation(id="r", text="R", source="s", answers=("a", "b c")),)},
    ]
    for one in update:
        changed = document.model_copy(update=one)
        after = document_bytes(before, changed)
        assert read_document(Scenario, after, "x") == (changed, [])
        comments = [part for part in ("# only this", "# x", "# end") if part in form]
        assert [part for part in comments if part not in after.decode()] == []
        assert document_bytes(after, changed) == after


@pytest.mark.parametrize("before", [b"\xff\xfe", b"a: [", b"- a", b"nonsense: 1", b"\x00"])
def test_a_file_that_cannot_be_read_is_written_anew(before):
    document = Scenario(summary=(passage("a"),))
    assert document_bytes(before, document) == (
        b"summary:\n  - id: a\n    text: T\n    source: s\n"
    )
