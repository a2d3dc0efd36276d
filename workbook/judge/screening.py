"""Screening: the workbook proposes who falls off, the group decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbook.judge.score_table import Cell

VERDICTS = {"meets", "doubtful", "fails", "unknown"}
CLUSTERS = {"vision", "precondition", "distinguishing"}


@dataclass(frozen=True)
class Proposal:
    """What the verdicts suggest for one option.

    Attributes
    ----------
    knocked_out_by : tuple of str
        Vision criteria that it falls short of: reason enough to propose dropping it.
    weak_on : tuple of str
        Other criteria that it falls short of, to weigh.
    open : tuple of str
        Criteria without a verdict, or with an unknown one.
    """

    option: str
    knocked_out_by: tuple[str, ...]
    weak_on: tuple[str, ...]
    open: tuple[str, ...]

    @property
    def drop(self) -> bool:
        """Whether the workbook proposes to drop it."""
        return bool(self.knocked_out_by)


def propose(
    options: Iterable[str],
    clusters: Mapping[str, str],
    verdicts: Mapping[Cell, str],
) -> list[Proposal]:
    """Propose knock-outs.

    Only a vision criterion knocks out. A precondition can be met by everyone and becomes a
    working agreement; a distinguishing criterion is scored later; falling short of those is
    listed, not a reason by itself.

    Parameters
    ----------
    options : iterable of str
        The longlist.
    clusters : mapping of criterion to cluster
        ``vision``, ``precondition`` or ``distinguishing``, selected criteria only.
    verdicts : mapping of (option, criterion) to verdict
        ``meets``, ``doubtful``, ``fails`` or ``unknown``.
    """
    if stray := {*verdicts.values()} - VERDICTS:
        raise ValueError(f"verdicts holds {', '.join(map(str, stray))}, which is not a verdict")
    if stray := {*clusters.values()} - CLUSTERS:
        raise ValueError(f"clusters holds {', '.join(map(str, stray))}, which is not a cluster")
    proposals = []
    for option in options:
        of = {criterion: verdicts.get((option, criterion), "unknown") for criterion in clusters}
        fails = [criterion for criterion, verdict in of.items() if verdict == "fails"]
        proposals.append(
            Proposal(
                option,
                tuple(c for c in fails if clusters[c] == "vision"),
                tuple(c for c in fails if clusters[c] != "vision"),
                tuple(c for c, verdict in of.items() if verdict == "unknown"),
            )
        )
    return proposals
