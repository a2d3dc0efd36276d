"""Saving scores: the one way in which ballots and counts of hands reach their tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbook.case.case import Case
from workbook.case.naming import new_id
from workbook.case.tables import Ballot, Score, Tally

Cell = tuple[str, str]
"""An option and a criterion, by id."""

Counts = tuple[int, int, int, int]
"""Hands for −, ±, + and ?."""


class Ballots:
    """The ballots of one round.

    Parameters
    ----------
    case : Case
        The case they belong to.
    round : str
        Id of the round.
    source : str
        Where a new score comes from.
    """

    def __init__(self, case: Case, round: str, source: str) -> None:
        self.case = case
        self.round = round
        self.source = source

    def participants(self) -> tuple[str, ...]:
        """Say who has any row in this round, in file order."""
        rows = self.case.rows(Ballot)
        return tuple(dict.fromkeys(row.participant for row in rows if row.round == self.round))

    def scores(self, participant: str) -> dict[Cell, Score | None]:
        """Give what one participant filled in; a cell that was emptied again is None."""
        return {
            (row.option, row.criterion): row.score
            for row in self.case.rows(Ballot)
            if (row.round, row.participant) == (self.round, participant)
        }

    def reasons(self, participant: str) -> dict[Cell, str]:
        """Give why one participant changed scores, for the cells with a reason."""
        return {
            (row.option, row.criterion): row.reason
            for row in self.case.rows(Ballot)
            if (row.round, row.participant) == (self.round, participant) and row.reason
        }

    def save(
        self,
        participant: str,
        scores: Mapping[Cell, Score | None],
        reasons: Mapping[Cell, str] | None = None,
    ) -> None:
        """Save the given cells of one participant; every other row stays as it is.

        Parameters
        ----------
        participant : str
            Who scores.
        scores : mapping of (option, criterion) to score
            None empties a cell; one that never held a score gets no row.
        reasons : mapping of (option, criterion) to str, optional
            Why a score was changed; an empty text takes a reason away. A cell that isn't named
            keeps what is stored, and a reason without a score is kept too.

        Raises
        ------
        Changed
            If somebody else changed the ballots since they were read.
        CaseError
            If the round, the participant, an option or a criterion isn't there.
        UserError
            If the file can't be written.
        """
        changes: dict[Cell, dict[str, Any]] = {
            cell: {"score": score} for cell, score in scores.items()
        }
        for cell, reason in (reasons or {}).items():
            changes.setdefault(cell, {})["reason"] = reason.strip() or None
        rows = []
        for row in self.case.rows(Ballot):
            cell = (row.option, row.criterion)
            if (row.round, row.participant) == (self.round, participant) and cell in changes:
                row = row.model_copy(update=changes.pop(cell))
            rows.append(row)
        taken = {row.id for row in rows}
        for (option, criterion), cells in changes.items():
            if not any(value is not None for value in cells.values()):
                continue
            key = {
                "round": self.round,
                "participant": participant,
                "option": option,
                "criterion": criterion,
            }
            id = new_id(Ballot, key, taken)
            taken.add(id)
            # Not checked here: the case checks every row it writes and says what is wrong.
            rows.append(Ballot.model_construct(id=id, **key, **cells, source=self.source))
        self.case.write({Ballot: rows})


class Tallies:
    """The counts by show of hands of one round; its parameters are those of `Ballots`."""

    def __init__(self, case: Case, round: str, source: str) -> None:
        self.case = case
        self.round = round
        self.source = source

    def counts(self) -> dict[Cell, Counts]:
        """Give the counts of every cell that was counted."""
        return {
            (row.option, row.criterion): (row.minus, row.plusminus, row.plus, row.dont_know)
            for row in self.case.rows(Tally)
            if row.round == self.round
        }

    def save(self, counts: Mapping[Cell, Counts | None]) -> None:
        """Save the given cells; None takes a cell's row away. Raises what `Ballots.save` does."""
        left = dict(counts)
        rows = []
        for row in self.case.rows(Tally):
            cell = (row.option, row.criterion)
            if row.round == self.round and cell in left:
                hands = left.pop(cell)
                if hands is None:
                    continue
                row = row.model_copy(update=_columns(hands))
            rows.append(row)
        taken = {row.id for row in rows}
        for (option, criterion), hands in left.items():
            if hands is None:
                continue
            key = {"round": self.round, "option": option, "criterion": criterion}
            id = new_id(Tally, key, taken)
            taken.add(id)
            rows.append(Tally.model_construct(id=id, **key, **_columns(hands), source=self.source))
        self.case.write({Tally: rows})


def _columns(hands: Counts) -> dict[str, int]:
    return dict(zip(("minus", "plusminus", "plus", "dont_know"), hands, strict=True))
