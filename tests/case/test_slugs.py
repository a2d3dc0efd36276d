"""Short plain names from what people type."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.case.folder import slug, valid_region
from workbook.case.slugs import slugged


@pytest.mark.parametrize(
    ("typed", "slug_"),
    [
        ("Hart van Brabant", "hart-van-brabant"),
        ("  Zuid-Kennemerland & IJmond ", "zuid-kennemerland-ijmond"),
        ("Fryslân", "fryslan"),
        ("’s-Hertogenbosch e.o.", "s-hertogenbosch-e-o"),
        ("Straße", "strasse"),
        ("a_b", "a-b"),
        ("../etc", "etc"),
        ("😀", ""),
        ("منطقة", ""),
        ("", ""),
        ("---", ""),
        ("a" * 39 + " bc", "a" * 39),
    ],
)
def test_a_typed_name_becomes_a_region(typed, slug_):
    assert slug(typed) == slug_


@given(st.text())
def test_any_name_gives_a_valid_region_or_nothing(name):
    found = slug(name)
    assert found == "" or valid_region(found) == found
    assert slug(found) == found


@given(st.text(), st.integers(1, 80))
def test_a_slug_is_never_too_long_and_starts_with_a_letter_or_digit(text, most):
    found = slugged(text, most, also="_")
    assert len(found) <= most
    assert re.fullmatch(r"([a-z0-9]([a-z0-9_-]*[a-z0-9])?)?", found)
