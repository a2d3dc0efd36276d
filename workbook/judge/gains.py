"""What one party makes of a partnership: lost without it, or added by it, and at what cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbook.judge.partnerships import Combination, combine


@dataclass(frozen=True)
class Gain:
    """The difference between a set with and without one party.

    Attributes
    ----------
    party : str
    covered : float
        Share of the parts that is covered with it and not without it; 0 or more.
    if_known : float
        The same where what is unknown counts as yes.
    organisations, missing_links : int
        How many more there are with it.
    """

    party: str
    covered: float
    if_known: float
    organisations: int
    missing_links: int


@dataclass(frozen=True)
class Gains:
    """What each party makes of one set.

    Attributes
    ----------
    members : tuple of str
    lost : dict of member to Gain
        What goes when the member leaves.
    added : dict of candidate to Gain
        What comes when the candidate, who isn't a member, joins.
    """

    members: tuple[str, ...]
    lost: dict[str, Gain]
    added: dict[str, Gain]

    def mean_added(self, but: str | None = None) -> float | None:
        """Give the mean share that the candidates add, each on its own.

        Beside what one candidate adds it says whether that is much; beside what is lost without
        a member, whether it could be made up for. A party that is measured last always adds
        less, so a further member and a present one are each held against the same mean.

        Parameters
        ----------
        but : str, optional
            A candidate to leave out, so that it is held against the others.

        Returns
        -------
        float or None
            None without (other) candidates.
        """
        others = [gain.covered for party, gain in self.added.items() if party != but]
        return sum(others) / len(others) if others else None


def gains(
    members: Iterable[str],
    candidates: Iterable[str],
    parts: Iterable[str],
    levels: Mapping[tuple[str, str], str],
    *,
    stands_for: Mapping[str, int] | None = None,
    links: Iterable[frozenset[str]] = (),
    beside: Iterable[tuple[str, str]] = (),
) -> Gains:
    """Work out what is lost without each member and what each other candidate adds.

    Parameters
    ----------
    members : iterable of str
        The set as it is.
    candidates : iterable of str
        Parties that may join; those who are members already are passed over.
    parts, levels, stands_for, links, beside
        As for `combine`.

    Raises
    ------
    ValueError
        As `combine` does.
    """
    members, parts = tuple(members), tuple(parts)
    links, beside = {*links}, {*beside}

    def of(parties: Iterable[str]) -> Combination:
        return combine(parties, parts, levels, stands_for=stands_for, links=links, beside=beside)

    now = of(members)
    return Gains(
        members,
        {m: _between(m, of(p for p in members if p != m), now) for m in members},
        {c: _between(c, now, of((*members, c))) for c in candidates if c not in members},
    )


def _between(party: str, without: Combination, along: Combination) -> Gain:
    return Gain(
        party,
        along.covered - without.covered,
        along.if_known - without.if_known,
        along.organisations - without.organisations,
        along.missing_links - without.missing_links,
    )
