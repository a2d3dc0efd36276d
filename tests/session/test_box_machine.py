"""The ballot box against a plain dictionary: whatever is done in whatever order, they agree."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from workbook.case.tables import Names, Score
from workbook.session.asked import Asked, AskedCriterion, AskedOption
from workbook.session.ballot import Change, Filled, Refused, Saved, Stage, Way, Why
from workbook.session.box import BallotBox, NotNow
from workbook.session.codes import new_code

PEOPLE, ROUNDS = ("p1", "p2", "p3", "p4"), ("r1", "r2")
ASKED = Asked(
    "Round",
    "Region",
    "en",
    True,
    (AskedOption("o1", "One"), AskedOption("o2", "Two")),
    (AskedCriterion("c1", "First"), AskedCriterion("c2", "Second")),
)
CELLS = sorted(ASKED.cells)

people = st.sampled_from(PEOPLE)
rounds = st.sampled_from(ROUNDS)
scores = st.dictionaries(st.sampled_from(CELLS), st.none() | st.sampled_from(list(Score)))
reasons = st.dictionaries(st.sampled_from(CELLS), st.sampled_from(["", "because", "é\n±"]))
orders = st.dictionaries(st.sampled_from(["c1", "c2"]), st.none() | st.integers(1, 2))


class BoxMachine(RuleBasedStateMachine):
    """Every rule does the same to the box and to the dictionaries, and compares the answers."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.box = BallotBox(self.folder / "box.sqlite", lang="en")
        self.box._db.execute("PRAGMA synchronous=OFF")  # what the disk does is tested elsewhere
        self.codes = self.box.admission.give(PEOPLE)
        self.withdrawn: list[str] = []
        self.stages: dict[str, Stage] = {}
        self.names: dict[str, Names | None] = {}
        self.ballots: dict[tuple[str, str], Filled] = {}
        self.answers: dict[tuple[str, str, str], tuple[Change, Saved]] = {}
        self.given: dict[str, object] = {}
        self.highest: dict[tuple[str, str], int] = {}
        self.counted: dict[str, tuple[int, int]] = {}

    def teardown(self) -> None:
        self.box.close()
        shutil.rmtree(self.folder)

    def filled(self, round: str, who: str) -> Filled:
        return self.ballots.get((round, who), Filled())

    def ever(self) -> dict[tuple[str, str], bool]:
        """Say whose ballot had anything in it, be it taken back since."""
        found: dict[tuple[str, str], bool] = {}
        for (round, who, _request), (change, _saved) in self.answers.items():
            order = any(place is not None for place in self.filled(round, who).order.values())
            found[round, who] = (
                found.get((round, who), False) or bool(change.scores or change.reasons) or order
            )
        return found

    @rule(round=rounds, names=st.sampled_from([*Names, None]))
    def set_up(self, round, names):
        before, stage = self.names.get(round), self.stages.get(round)
        over = stage in (Stage.REVEALING, Stage.REVEALED)
        loosened = before is Names.ANONYMOUS and stage is not Stage.SETUP
        taken_back = names is None and stage is not Stage.SETUP
        if stage is not None and before != names and (over or loosened or taken_back):
            with pytest.raises(NotNow):
                self.box.set_up(round, names)
            return
        self.box.set_up(round, names)
        self.names[round] = names
        self.stages.setdefault(round, Stage.SETUP)

    @rule(round=rounds)
    def open(self, round):
        others = [id for id, stage in self.stages.items() if stage is Stage.OPEN and id != round]
        stage = self.stages.get(round)
        if (
            stage in (Stage.SETUP, Stage.OPEN, Stage.CLOSED)
            and not others
            and self.names[round] is not None
        ):
            self.box.open(round, ASKED)
            self.stages[round] = Stage.OPEN
        else:
            with pytest.raises(NotNow):
                self.box.open(round, ASKED)

    @rule(round=rounds)
    def end(self, round):
        if self.stages.get(round) in (Stage.OPEN, Stage.CLOSED):
            self.box.end(round)
            self.stages[round] = Stage.CLOSED
        else:
            with pytest.raises(NotNow):
                self.box.end(round)

    def refusal(self, round: str, who: str, base: int | None) -> Refused | None:
        stage, version = self.stages.get(round), self.filled(round, who).version
        if stage in (None, Stage.SETUP):
            return Refused(Why.ROUND)
        if stage is not Stage.OPEN:
            return Refused(Why.CLOSED, version)
        if base is not None and base != version:
            return Refused(Why.STALE, version)
        return None

    @rule(
        round=rounds,
        who=people,
        scores=scores,
        reasons=reasons,
        order=orders,
        off=st.sampled_from([None, 0, 0, 0, -1, 1]),
        way=st.sampled_from(list(Way)),
        by_hand=st.booleans(),
    )
    def save(self, round, who, scores, reasons, order, off, way, by_hand):
        before = self.filled(round, who)
        base = None if off is None else before.version + off
        change = Change(
            round, self.codes[who], secrets.token_hex(4), scores, reasons, order, base, way
        )
        expected = self.refusal(round, who, base)
        answer = self.box.put(who, replace(change, code="")) if by_hand else self.box.save(change)
        if expected is not None:
            assert answer == expected
            return
        assert isinstance(answer, Saved) and answer.version == before.version + 1
        self.answers[round, who, change.request] = change, answer
        told = {cell: reason.strip() for cell, reason in reasons.items()}
        self.ballots[round, who] = Filled(
            answer.version,
            {c: s for c, s in {**before.scores, **scores}.items() if s is not None},
            {c: r for c, r in {**before.reasons, **told}.items() if r},
            {c: p for c, p in {**before.order, **order}.items() if p is not None},
            way,
            answer.when,
        )

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def try_again(self, data):
        key = data.draw(st.sampled_from(sorted(self.answers)))
        change, saved = self.answers[key]
        change = replace(change, code=self.codes[key[1]])
        if self.stages[key[0]] is Stage.REVEALED and self.names[key[0]] is Names.ANONYMOUS:
            assert self.box.save(change) == Refused(Why.CLOSED, 0)
        else:
            assert self.box.save_all([change, change]) == [saved, saved]

    @rule(round=rounds, who=people, odd=st.sampled_from([("o9", "c1"), ("c1", "o1"), ("", "")]))
    def save_an_unknown_cell(self, round, who, odd):
        change = Change(
            round, self.codes[who], secrets.token_hex(4), {CELLS[0]: Score.PLUS, odd: Score.PLUS}
        )
        version = self.filled(round, who).version
        expected = self.refusal(round, who, None) or Refused(Why.UNKNOWN, version)
        assert self.box.save(change) == expected

    @rule(round=rounds, data=st.data())
    def save_with_a_code_that_does_not_hold(self, round, data):
        code = data.draw(st.sampled_from([*self.withdrawn, "", "2222222222"]))
        answer = self.box.save(Change(round, code, "any", {CELLS[0]: Score.PLUS}))
        assert answer == Refused(Why.CODE)
        assert self.box.ballot(round, code) is None and self.box.admission.enter(code) is None
        assert self.box.save(Change(round, new_code(), "any")) == Refused(Why.CODE)

    @rule(who=people)
    def lose_a_code(self, who):
        token = self.box.admission.enter(self.codes[who])
        assert self.box.admission.visitor(token) == self.codes[who]
        self.box.admission.withdraw(who)
        assert self.box.admission.visitor(token) is None
        self.withdrawn.append(self.codes[who])
        self.codes = self.box.admission.give(PEOPLE)
        assert self.codes[who] not in self.withdrawn

    @rule(who=people)
    def be_away_for_a_moment(self, who):
        token = self.box.admission.enter(self.codes[who])
        self.box.admission.suspend(who)
        assert self.box.admission.visitor(token) is None
        assert self.box.save(Change("r1", self.codes[who], "away")) == Refused(Why.CODE)
        assert self.box.admission.give(PEOPLE) == self.codes
        assert self.box.admission.visitor(token) == self.codes[who]

    @rule(round=rounds)
    def begin_reveal(self, round):
        if self.stages.get(round) not in (Stage.CLOSED, Stage.REVEALING):
            with pytest.raises(NotNow):
                self.box.begin_reveal(round, {})
            return
        groups = dict.fromkeys(PEOPLE, "x") if round not in self.given else {}
        found = self.box.begin_reveal(round, groups)
        assert found == self.given.setdefault(round, found)
        assert self.box.begin_reveal(round, {}) == found
        self.stages[round] = Stage.REVEALING
        assert found.names is self.names[round]
        wanted = {
            who: self.filled(round, who)
            for who in PEOPLE
            if self.ever().get((round, who)) or self.filled(round, who).order
        }
        if found.names is Names.ANONYMOUS:
            ids = {ballot.who for ballot in found.ballots}
            assert len(ids) == len(wanted) and not ids & set(PEOPLE)
            assert {b.group for b in found.ballots} <= ({"x"} if len(wanted) > 2 else {None})
        else:
            assert [ballot.who for ballot in found.ballots] == sorted(wanted)
        assert sorted(
            (sorted(b.scores.items()), sorted(b.reasons.items()), sorted(b.order.items()))
            for b in found.ballots
        ) == sorted(
            (sorted(f.scores.items()), sorted(f.reasons.items()), sorted(f.order.items()))
            for f in wanted.values()
        )

    @rule(round=rounds)
    def finish_reveal(self, round):
        stage = self.stages.get(round)
        if stage not in (Stage.REVEALING, Stage.REVEALED):
            with pytest.raises(NotNow):
                self.box.finish_reveal(round)
            return
        if stage is Stage.REVEALING and self.names[round] is Names.ANONYMOUS:
            self.counted[round] = self.begun_and_complete(round)
        self.box.finish_reveal(round)
        self.stages[round] = Stage.REVEALED
        if self.names[round] is Names.ANONYMOUS:  # it forgets
            for who in PEOPLE:
                self.ballots.pop((round, who), None)
                self.highest.pop((round, who), None)

    @rule()
    def open_the_file_again(self):
        self.box.close()
        self.box = BallotBox(self.folder / "box.sqlite", lang="en")
        self.box._db.execute("PRAGMA synchronous=OFF")

    @rule()
    def leave_it_open_and_open_it_once_more(self):
        """Another process looks, as the console does, and then is the one that goes on."""
        other = BallotBox(self.folder / "box.sqlite", lang="en")
        for round in self.stages:
            assert other.count(round) == self.box.count(round)
        self.box.close()
        self.box = other

    def begun_and_complete(self, round: str) -> tuple[int, int]:
        if round in self.counted:
            return self.counted[round]
        filled = [self.filled(round, who).scores for who in PEOPLE]
        return sum(map(bool, filled)), sum(len(one) == len(CELLS) for one in filled)

    @invariant()
    def own_ballots_are_the_models(self):
        for round in ROUNDS:
            for who in PEOPLE:
                assert self.box.ballot(round, self.codes[who]) == self.filled(round, who)

    @invariant()
    def stages_and_names_are_the_models(self):
        assert self.box.rounds() == self.stages
        assert {round: self.box.names(round) for round in self.stages} == self.names
        assert list(self.stages.values()).count(Stage.OPEN) <= 1
        assert self.box.admission.codes() == self.codes

    @invariant()
    def counts_are_the_models(self):
        for round in self.stages:
            count = self.box.count(round)
            assert (count.begun, count.complete) == self.begun_and_complete(round)
            assert count.invited == len(PEOPLE)
            assert sum(count.ways.values()) == count.begun

    @invariant()
    def versions_only_grow(self):
        for key, filled in self.ballots.items():
            assert filled.version >= self.highest.get(key, 0)
            self.highest[key] = filled.version


BoxMachine.TestCase.settings = settings(max_examples=120, stateful_step_count=50)
test_the_box_and_the_dictionary_agree = BoxMachine.TestCase
