"""The quick reader gives what the strict one gives, or leaves it to the strict one."""

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from workbook.case.documents import strict_yaml
from workbook.case.plain_yaml import read_plainly

PARTS = [
    "a", "b", "naam", "tekst", "2025", "1.0", "0x1F", "1_000", "yes", "no", "on", "true", "~",
    "null", "2026-01-31", "12:30", "=", "é", "😀", ": ", ":", "- ", "-", "? ", "?", ", ", ",", "[",
    "]", "{", "}", "'", "''", '"', '\\n', "\\/", "|", "|-", "|+", "|2", ">", ">-", "#", " #", "%",
    "@", "`", "&a ", "*a", "!", "!!str ", "<<: ", "&", "*", "---", "...", "\n", "\n", "\n  ",
    "\n    ", "\n- ", "\n  - ", "\na: ", "\nb: ", "\n  c: ", " ", "  ", "\t", "\r\n", "\r",
    "\x85", "\u2028", "\ufeff", "\x07", "\xa0",
]  # fmt: skip


def strictly(text):
    return strict_yaml().load(io.StringIO(text))


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
@example("a: 1\na: 2")
@example("a: &x 1\nb: *x")
@example("a:\n  - een\n  # tussendoor\n  - twee\n")
@example("a: |\n  regel\n\n  # geen opmerking\n\nb: >-\n  een\n  twee\n")
@example("a: 'het ''beste'''\nb: \"met \\\"tekens\\\" \\u00e9\"\n")
@example("{a: 1, b: [x, y: z]}")
def test_both_read_the_same(text):
    read = read_plainly(text)
    if read is not None:
        assert read == strictly(text)


@pytest.mark.parametrize("name", ["case", "scenario"])
@pytest.mark.parametrize("region", ["voorbeeldregio", "west-brabant"])
def test_what_is_shipped_is_read_quickly(region, name):
    text = (ROOT / "data" / region / f"{name}.yaml").read_text("utf-8")
    assert read_plainly(text) == strictly(text) != {}


@pytest.mark.parametrize(
    ("text", "value"),
    [("2025", "2025"), ("yes", "yes"), ("2026-01-31", "2026-01-31"), ("1.0", "1.0"), ("~", None)],
)
def test_values_stay_as_they_are_written(text, value):
    assert read_plainly(f"a: {text}") == {"a": value}


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2", "a: &x 1\nb: *x", "a: !!int 1", "? [a]\n: b", "a: b: c", "a: 'b", "<<: {a: 1}"],
)
def test_what_is_out_of_the_ordinary_is_left_to_the_other(text):
    assert read_plainly(text) is None
