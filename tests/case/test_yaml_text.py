"""Values as YAML: plain where every program reads a text, quoted where one might not."""

import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from workbook.case import yaml_text
from workbook.case.tables.document import Kind, Passage, Period, Provenance, Scenario


def load(text):
    return YAML(typ="safe", pure=True).load(io.StringIO(text))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Samen verder, dit jaar (2025)", "Samen verder, dit jaar (2025)"),
        ("not published", "not published"),
        (Provenance.OWN, "own"),
        (datetime.date(2025, 1, 2), "2025-01-02"),
        (True, "true"),
        (("a", "b c"), '[a, "b c"]'),
        ((), "[]"),
        ("", '""'),
        ("yes", '"yes"'),
        ("Null", '"Null"'),
        ("2025", '"2025"'),
        ("2025-01-02", '"2025-01-02"'),
        ("b1: alinea 2", '"b1: alinea 2"'),
        ("a # b", '"a # b"'),
        ('zei "nee" \\ \t', '"zei \\"nee\\" \\\\ \\t"'),
        ("=1+1", '"=1+1"'),
        ("😀 منطقة", '"😀 منطقة"'),
        ("a\x00b\u2028c\ufeff", '"a\\u0000b\\u2028c\\ufeff"'),
        ("a\nb", "|-\n    a\n    b"),
        ("a\n b", '"a\\n b"'),
        ("a\r\nb", '"a\\r\\nb"'),
    ],
)
def test_a_value_is_as_plain_as_it_can_be(value, text):
    assert yaml_text.scalar(value, 2, 8) == text


def test_a_long_text_is_cut_where_a_line_end_is_a_space():
    text = "a  b " + "woord " * 20 + "x" * 120
    lines = yaml_text.scalar(text, 2, 8).split("\n")
    assert lines[0] == ">-"
    assert lines[1].startswith("    a  b woord")
    assert lines[-1] == "    " + "x" * 120
    assert max(map(len, lines[:-1])) <= yaml_text.WIDTH
    assert load("t: " + "\n".join(lines)) == {"t": text}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_between_quotes_is_that_text_on_one_line(text):
    found = yaml_text.quoted(text)
    assert len(found.splitlines()) == 1
    assert load(found) == text
    assert load(f"[{yaml_text.flow(text)}]") == [text]


def test_a_part_is_written_without_what_is_at_its_default():
    kind = Kind(id="k", kind="policy", text="T", source="s", primary=False)
    assert yaml_text.item(kind, 2) == "  - id: k\n    text: T\n    kind: policy\n    source: s"
    assert yaml_text.fields(Period(), 0) == yaml_text.fields(Scenario(), 0) == ""
    assert yaml_text.entry("period", Period(text="x"), 0) == "period:\n  text: x"
    assert yaml_text.entry("core", None, 2) == "  core:"


def test_a_part_can_stand_between_brackets():
    passage = Passage(id="a", text="x, y", source="b1: 2")
    assert yaml_text.flow((passage,)) == '[{id: a, text: "x, y", source: "b1: 2"}]'
    assert load(yaml_text.flow(passage)) == passage.model_dump()
    assert yaml_text.flow(Period()) == "{start: null, end: null, text: null}"
