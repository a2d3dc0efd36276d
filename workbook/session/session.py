"""A working session on a case: the box and the case move together, the box first.

The box is the authority while a round is in it. If anything stops between the two, `mend` brings
the case to where the box is; it runs whenever a session is taken up again.
"""

from __future__ import annotations

from collections.abc import Mapping

from workbook.case import Case, Changed, UserError
from workbook.case.asked import invited, scored_criteria, scored_options
from workbook.case.naming import new_id
from workbook.case.tables import (
    Ballot,
    How,
    Names,
    Participant,
    Priority,
    Round,
    Score,
    State,
)
from workbook.locale import N_, Message
from workbook.session.asked import asked_in
from workbook.session.ballot import Cell, Opened, Stage
from workbook.session.box import BallotBox, box_path

_TRIES = 5
_STATES = {
    Stage.SETUP: State.SETUP,
    Stage.OPEN: State.OPEN,
    Stage.CLOSED: State.CLOSED,
    Stage.REVEALED: State.REVEALED,
}


class Session:
    """The working session of one case.

    Parameters
    ----------
    case : Case

    Raises
    ------
    UserError
        If the ballot box can't be used.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.box = BallotBox(box_path(case.folder), lang=case.lang)

    def round(self, id: str) -> Round:
        """Give a round of the case.

        Raises
        ------
        UserError
            If there is none with this id.
        """
        found = next((row for row in self.case.rows(Round) if row.id == id), None)
        if found is None:
            raise self._refuse(N_("there is no round {round} in rounds.csv"), round=id)
        return found

    def open(self, id: str) -> None:
        """Open a round, or open a closed one again before its reveal.

        Everybody gets a code who has none.

        Raises
        ------
        UserError
            If it is a show of hands, was revealed, holds scores in the case already, has nothing
            or nobody to score, or if another round is open.
        """
        self.case.refresh()
        row = self.round(id)
        stage = self.box.stage(id)
        if row.how is not How.BALLOTS:
            raise self._refuse(N_("“{name}” is scored by show of hands"), name=row.name)
        if row.state is State.REVEALED:
            raise self._refuse(N_("“{name}” was revealed already"), name=row.name)
        untouched = stage in (None, Stage.SETUP)
        if untouched and any(ballot.round == id for ballot in self.case.rows(Ballot)):
            raise self._refuse(
                N_("“{name}” has scores in ballots.csv already; add a new round"), name=row.name
            )
        if not scored_options(self.case) or not scored_criteria(self.case):
            raise self._refuse(
                N_("There is nothing to score yet: choose criteria in step 5, options in step 6.")
            )
        if not self.people():
            raise self._refuse(N_("Add the participants above first."))
        self.box.set_up(id, row.names)
        self.follow_people()
        self.box.open(id, asked_in(self.case, row), self.earlier(id))
        self._set_state(id, State.OPEN)

    def close_round(self, id: str) -> None:
        """Close a round; what was saved counts."""
        self.box.end(id)
        self._set_state(id, State.CLOSED)

    def reveal(self, id: str) -> None:
        """Write a closed round to the case, as one; the second time changes nothing.

        Raises
        ------
        UserError, CaseError
            If the case can't be written or no longer fits the ballots. They stay in the box and
            are written the next time.
        """
        if self.box.stage(id) is Stage.REVEALED:
            self._set_state(id, State.REVEALED)
            self.box.finish_reveal(id)
            return
        self.case.refresh()
        if self.box.stage(id) is Stage.CLOSED:  # there is no way back after the next step
            self._refuse_strangers(id)
        groups = {row.id: row.group for row in self.case.rows(Participant)}
        revealed = self.box.begin_reveal(id, groups)
        self._retry(lambda: self._write(id, revealed.names, revealed.ballots))
        self.box.finish_reveal(id)

    def _refuse_strangers(self, id: str) -> None:
        """Refuse a reveal that would write over scores which came to the case in another way.

        Those of people without a ballot in the box may stay beside it where scores are by name.
        """
        of = self.round(id)
        there = {row.participant for row in self.case.rows(Ballot) if row.round == id}
        inside = self.box.came_by(id).keys()
        clash = there if self.box.names(id) is Names.ANONYMOUS else there & inside
        if clash:
            raise self._refuse(
                N_(
                    "ballots.csv holds scores of {who} in “{name}” that did not come through this "
                    "ballot box; keep them somewhere else, take them out of that file, and reveal "
                    "then"
                ),
                who=", ".join(sorted(clash)),
                name=of.name,
            )

    def earlier(self, id: str) -> dict[str, dict[Cell, Score]]:
        """Give what everybody scored in the last round by name that was revealed, but this one.

        Nothing for an anonymous round: a form that begins with somebody's answers brings them back,
        and they would tell whose it is.
        """
        if self.round(id).names is Names.ANONYMOUS:
            return {}
        past = [
            row
            for row in self.case.rows(Round)
            if row.state is State.REVEALED
            and row.how is How.BALLOTS
            and row.names is not Names.ANONYMOUS
            and row.id != id
        ]
        found: dict[str, dict[Cell, Score]] = {}
        for row in self.case.rows(Ballot):
            if past and row.round == past[-1].id and row.score is not None:
                found.setdefault(row.participant, {})[row.option, row.criterion] = row.score
        return found

    def mend(self) -> None:
        """Finish what was interrupted: a reveal, or a stage that the case doesn't show yet."""
        known = {row.id for row in self.case.rows(Round)}
        for id, stage in self.box.rounds().items():
            if id not in known:
                continue
            if stage in (Stage.REVEALING, Stage.REVEALED):
                self.reveal(id)
            elif stage is not Stage.SETUP:
                self._set_state(id, _STATES[stage])

    def follow_people(self) -> None:
        """Give who came later a code; who left the table can't enter while they are away.

        What somebody saved before leaving counts: only they could take it back.
        """
        here, known = {person.id for person in self.people()}, self.box.admission.codes().keys()
        for gone in known - here:
            self.box.admission.suspend(gone)
        if here - known:
            self.box.admission.give(person.id for person in self.people())

    def to_score(self, id: str | None = None) -> str:
        """Give the round that is to be scored: the one asked for, open, or next to be opened.

        Raises
        ------
        UserError
            If there is none.
        """
        if id is not None:
            return self.round(id).id
        ahead = [
            row.id
            for row in self.case.rows(Round)
            if row.how is How.BALLOTS and row.state in (State.SETUP, State.OPEN)
        ]
        chosen = self.box.open_round() or next(iter(ahead), None)
        if chosen is None:
            raise self._refuse(N_("there is no round to score; add one in notebook 07"))
        return chosen

    def add_round(self, name: str, names: Names) -> str:
        """Add a round of ballots at the end, and give its id."""
        rows = self.case.rows(Round)
        id = new_id(Round, {"name": name}, {row.id for row in rows})
        last = rows[-1] if rows else None
        row = Round.model_construct(
            id=id,
            name=name,
            how=How.BALLOTS,
            names=names,
            state=State.SETUP,
            meeting=last.meeting if last else None,
            source=self._source(last.meeting if last else None),
        )
        self._retry(lambda: self.case.write({Round: [*self.case.rows(Round), row]}))
        return id

    def people(self) -> list[Participant]:
        """Give who is invited to score."""
        return invited(self.case)

    def close(self) -> None:
        """Let go of the box."""
        self.box.close()

    def _set_state(self, id: str, state: State) -> None:
        def write() -> None:
            rows = self.case.rows(Round)
            of = self.round(id)
            boxed = True if state in (State.OPEN, State.CLOSED) else None
            if (of.state, of.ballot_box) != (state, boxed):
                update = {"state": state, "ballot_box": boxed}
                changed = [row.model_copy(update=update) if row.id == id else row for row in rows]
                self.case.write({Round: changed})

        self._retry(write)

    def _write(self, id: str, names: Names, opened: tuple[Opened, ...]) -> None:
        """Put a round's ballots in the place of what the case holds of it, in one save."""
        of = self.round(id)
        source = self._source(of.meeting)
        who = {ballot.who for ballot in opened}
        ballots = [
            row for row in self.case.rows(Ballot) if row.round != id or row.participant not in who
        ]
        priorities = [
            row for row in self.case.rows(Priority) if row.round != id or row.who not in who
        ]
        people = [row for row in self.case.rows(Participant) if row.only_in != id]
        ids = {row.id for row in ballots}
        places = {row.id for row in priorities}
        cells = self._cells(id)
        there = {row.id for row in people}
        for ballot in opened:
            if ballot.who not in there:  # made up for this round, or gone since
                only_in = id if names is Names.ANONYMOUS else None
                people.append(
                    Participant.model_construct(
                        id=ballot.who, group=ballot.group, only_in=only_in, source=source
                    )
                )
            ballots += _ballot_rows(id, ballot, source, ids, cells)
            priorities += _priority_rows(id, ballot, source, places)
        rounds = [
            row.model_copy(update={"state": State.REVEALED, "names": names, "ballot_box": None})
            if row.id == id
            else row
            for row in self.case.rows(Round)
        ]
        self.case.write({Ballot: ballots, Priority: priorities, Participant: people, Round: rounds})

    def _cells(self, id: str) -> list[Cell]:
        """Give the cells that a round asked and that the case still has, in its order."""
        asked = self.box.asked(id)
        return [
            (option.id, criterion.id)
            for option in scored_options(self.case)
            for criterion in scored_criteria(self.case)
            if asked is not None and (option.id, criterion.id) in asked.cells
        ]

    def _source(self, meeting: str | None) -> str:
        if self.case.fictional:
            return "fictional"
        return meeting or "working session"

    def _retry(self, write: object) -> None:
        """Write on top of what others wrote meanwhile: nothing of theirs is in what we change."""
        for left in reversed(range(_TRIES)):
            self.case.refresh()
            try:
                write()  # type: ignore[operator]
            except Changed:
                if not left:
                    raise self._refuse(
                        N_("somebody else is writing this case; try again in a moment")
                    ) from None
            else:
                return

    def _refuse(self, msgid: str, **values: str) -> UserError:
        return UserError(Message(msgid, **values), self.case.lang)


def _ballot_rows(
    round: str, ballot: Opened, source: str, taken: set[str], asked: list[Cell]
) -> list[Ballot]:
    """Give a row per cell that was asked, scored or not, and per other cell that holds a score."""
    cells: Mapping[Cell, Score] = ballot.scores
    rows = []
    for option, criterion in dict.fromkeys([*asked, *sorted(cells), *sorted(ballot.reasons)]):
        key = {
            "round": round,
            "participant": ballot.who,
            "option": option,
            "criterion": criterion,
        }
        id = new_id(Ballot, key, taken)
        taken.add(id)
        rows.append(
            Ballot.model_construct(
                id=id,
                **key,
                score=cells.get((option, criterion)),
                reason=ballot.reasons.get((option, criterion)),
                source=source,
            )
        )
    return rows


def _priority_rows(round: str, ballot: Opened, source: str, taken: set[str]) -> list[Priority]:
    rows = []
    for criterion, rank in ballot.order.items():
        key = {"round": round, "who": ballot.who, "criterion": criterion}
        id = new_id(Priority, key, taken)
        taken.add(id)
        rows.append(Priority.model_construct(id=id, **key, rank=rank, source=source))
    return rows
