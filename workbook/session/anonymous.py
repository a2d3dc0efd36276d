"""Which groups stay beside anonymous ballots: only those that nobody can be picked out of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

SMALLEST = 3
"""Ballots that a group needs to be named."""


def kept_groups(groups: Sequence[str | None]) -> set[str]:
    """Say which groups may stay beside their ballots.

    Parameters
    ----------
    groups : sequence of str or None
        The group of every ballot in the round.

    Returns
    -------
    set of str
        Groups with at least `SMALLEST` ballots. Where the ballots left without one would be fewer
        than that, or all of one group, the smallest other group goes too: else leaving the name
        out would tell it. People who have no group count as one here: who they are is known.
    """
    counts = Counter(groups)
    kept = {group for group, n in counts.items() if group is not None and n >= SMALLEST}
    while kept:
        left = {group: n for group, n in counts.items() if group not in kept}
        told = len(left) == 1 and None not in left
        if not left or (sum(left.values()) >= SMALLEST and not told):
            break
        kept.remove(min(kept, key=lambda group: (counts[group], group)))
    return kept
