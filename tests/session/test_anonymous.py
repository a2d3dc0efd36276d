"""Groups beside anonymous ballots: at least three, and what is left out doesn't tell them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.session.anonymous import SMALLEST, kept_groups


@pytest.mark.parametrize(
    ("counts", "kept"),
    [
        ({}, set()),
        ({"a": 2}, set()),
        ({"a": 3}, {"a"}),
        ({"a": 3, "b": 4}, {"a", "b"}),
        # One ballot without a group would be that of b: so the only other group goes too.
        ({"a": 5, "b": 1}, set()),
        ({"a": 5, "b": 2}, set()),
        ({"a": 5, "b": 2, "c": 1}, {"a"}),
        # The smallest goes.
        ({"a": 5, "b": 1, "c": 3}, {"a"}),
        ({"a": 5, "b": 1, "c": 3, "d": 3}, {"a", "d"}),
        ({"a": 3, None: 3}, {"a"}),
        ({None: 5}, set()),
        # Who has no group stands in participants.csv: their ballot would be the one without.
        ({"a": 4, "b": 3, None: 1}, {"a"}),
        ({"a": 4, "b": 3, None: 2}, {"a"}),
        ({"a": 4, None: 2}, set()),
    ],
)
def test_by_hand(counts, kept):
    groups = [group for group, n in counts.items() for _ in range(n)]
    assert kept_groups(groups) == kept
    assert kept_groups(groups[::-1]) == kept


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e", None]), max_size=25))
def test_nobody_can_be_picked_out(groups):
    kept = kept_groups(groups)
    counts = Counter(groups)
    assert all(counts[group] >= SMALLEST for group in kept)
    left = [group for group in groups if group not in kept]
    # What is left without a group is nobody's, or at least three people's and not of one group;
    # unless these have none, which the table of participants tells anyway.
    told = len(set(left)) == 1 and set(left) != {None}
    assert not left or not kept or (len(left) >= SMALLEST and not told)
