"""Codes: what a participant brings to the ballot page, on a slip, in a link or typed.

Thirty-one signs that can't be taken for one another on paper; nine are random, the tenth is a
check, so that a slip of the finger is told from a code that isn't ours.
"""

from __future__ import annotations

import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 and O, 1, I and L. Their number is prime: see `is_whole`."""

_RANDOM = 9
LENGTH = _RANDOM + 1


def new_code() -> str:
    """Give a code that nobody can guess: 31 to the power of 9 is 2.6e13."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(_RANDOM))
    return signs + SIGNS[_remainder(signs)]


def tidy(typed: str) -> str:
    """Give what was typed as a code is stored: capitals, no spaces or strokes."""
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())


def written(code: str) -> str:
    """Give a code as people read it: two groups of five."""
    return f"{code[:5]}-{code[5:]}"


def is_whole(code: str) -> bool:
    """Whether the check sign fits the others.

    Every sign counts with its place as weight, modulo a prime above that place; so one wrong
    sign, or two neighbours exchanged, never gives a code that fits (as in ISBN-10).
    """
    return (
        len(code) == LENGTH
        and all(sign in SIGNS for sign in code)
        and SIGNS[_remainder(code[:_RANDOM])] == code[_RANDOM]
    )


def _remainder(signs: str) -> int:
    return sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, 1)) % len(SIGNS)
