"""Codes: nobody can guess one, and a slip of the finger is seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbook.session.codes import LENGTH, SIGNS, is_whole, new_code, tidy, written

codes = st.builds(lambda _: new_code(), st.integers())


def test_the_signs_can_be_told_apart_and_their_number_is_prime():
    assert len(SIGNS) == len(set(SIGNS)) == 31
    assert not set("01IOL") & set(SIGNS)
    assert all(31 % n for n in range(2, 31))


def test_a_thousand_codes_are_all_different_and_whole():
    made = {new_code() for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_whole(code) and len(code) == LENGTH for code in made)
    assert {sign for code in made for sign in code} == set(SIGNS)


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_never_fits(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]
    assert is_whole(wrong) is (wrong == code)


@given(codes, st.integers(0, LENGTH - 2))
def test_two_neighbours_exchanged_never_fit(code, place):
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_whole(wrong) is (wrong == code)


@given(codes)
def test_a_code_is_read_back_as_it_is_written_whatever_people_make_of_it(code):
    assert tidy(written(code)) == code
    assert tidy(f"  {written(code).lower()} \n") == code
    assert tidy(" ".join(code)) == code
    assert tidy(code[:5] + "–" + code[5:]) == code


@given(st.text())
def test_anything_typed_is_tidied_to_capitals_and_digits_only(text):
    found = tidy(text)
    assert found.isascii() and (found.isalnum() or not found) and found == found.upper()
    assert tidy(found) == found
    assert is_whole(text) in (True, False)


def test_what_is_too_long_or_too_short_or_holds_another_sign_is_no_code():
    code = new_code()
    for wrong in ("", code[:-1], code + code[-1], code[:-1] + "0", code.lower(), "é" * LENGTH):
        assert not is_whole(wrong) or wrong == code
