"""The score form: one participant's whole matrix, or the hands counted per cell."""

from __future__ import annotations

import re

from workbook import handbook
from workbook.case import Case
from workbook.case.asked import invited, scored_criteria, scored_options
from workbook.case.ballots import Ballots, Tallies
from workbook.case.tables import (
    SYMBOLS,
    Ballot,
    Criterion,
    How,
    Names,
    Round,
    Score,
    State,
    Tally,
)
from workbook.exhibits.wording import option_names
from workbook.forms.boxed import boxed_note, elsewhere_note
from workbook.forms.draft import Draft, Line
from workbook.forms.fields import Choice, Field
from workbook.forms.sheet import Context, Selector, Sheet, Stored
from workbook.session.hand import elsewhere, in_box, put_by_hand

Cell = tuple[str, str]


class Matrix(Sheet):
    """Options down, scored criteria across; what a cell holds is for the subclasses."""

    layout = "matrix"
    how: How
    explains = False

    def selectors(self, case: Case) -> list[Selector]:
        """Choose the round."""
        _ = case.translate
        rounds = [row for row in case.rows(Round) if row.how is self.how]
        choices = tuple((row.id, f"{row.name} ({_(row.state.label)})") for row in rounds)
        return [Selector("round", _("Round"), tuple(reversed(choices)))]

    def fields(self, case: Case, context: Context) -> list[Field]:
        """Describe one column per scored criterion."""
        del context
        symbols = {"-1": "−", "0": "±", "1": "+"}
        told = {
            row.id: " · ".join(
                f"{symbols[value]} {text}"
                for value, text in zip(symbols, (row.minus, row.plusminus, row.plus), strict=True)
                if text
            )
            for row in scored_criteria(case)
        }
        return [
            Field(
                row.id,
                row.name,
                (told[row.id] or row.description or "") if self.explains else "",
                **self.cell(case),
            )
            for row in scored_criteria(case)
        ]

    def cell(self, case: Case) -> dict:
        """Give the kind of input in each cell, and its choices."""
        raise NotImplementedError

    def headings(self, case: Case, context: Context) -> dict[str, tuple[str, ...]]:
        """Give the names of the options."""
        del context
        names = option_names(case)
        return {row.id: (names[row.id],) for row in scored_options(case)}

    def stored_cells(self, case: Case, context: Context) -> dict[Cell, str]:
        """Give what is stored, as text per (option, criterion)."""
        raise NotImplementedError

    def lines(self, case: Case, context: Context) -> list[Line]:
        """Give one line per option."""
        if not all(context.get(selector.name) for selector in self.selectors(case)):
            return []
        known = self.stored_cells(case, context)
        return [
            Line(o.id, {c.id: known.get((o.id, c.id), "") for c in scored_criteria(case)})
            for o in scored_options(case)
        ]

    def actions(self, case: Case, context: Context) -> list[Choice]:
        """Offer to reveal a round that isn't."""
        of = _round(case, context)
        if of is None or of.state is State.REVEALED:
            return []
        return [("reveal", case.translate("Reveal this round: show its pictures"))]

    def act(self, case: Case, context: Context, action: str) -> str:
        """Reveal the round."""
        del action
        rows = [
            row.model_copy(update={"state": State.REVEALED}) if row.id == context["round"] else row
            for row in case.rows(Round)
        ]
        case.write({Round: rows})
        return case.translate("Revealed: the pictures below show this round.")

    def _missing(self, case: Case, *, people: bool) -> str:
        _ = case.translate
        if not scored_options(case) or not scored_criteria(case):
            return _("There is nothing to score yet: choose criteria in step 5, options in step 6.")
        if not [row for row in case.rows(Round) if row.how is self.how]:
            how = _(self.how.label)
            return _("Add a round above first, with “{how}”.").format(how=how)
        if people and not invited(case):
            return _("Add the participants above first.")
        return ""


def _round(case: Case, context: Context) -> Round | None:
    return next((row for row in case.rows(Round) if row.id == context.get("round")), None)


class Scores(Matrix):
    """One participant's scores in one round."""

    name = "scores"
    models = (Ballot, Round)
    how = How.BALLOTS
    explains = True

    def title(self, case: Case) -> str:
        """Give the heading."""
        return case.translate("Score form")

    def about(self, case: Case) -> str:
        """Say how to type a paper form in."""
        return case.translate(
            "One person's form at a time. Type - 0 + or ? in a cell and go on; Delete makes it "
            "empty again: not scored yet."
        )

    def selectors(self, case: Case) -> list[Selector]:
        """Choose the round and the participant."""
        _ = case.translate
        groups = {row.id: _(row.group.label) if row.group else "" for row in invited(case)}
        people = tuple((id, f"{id} · {group}" if group else id) for id, group in groups.items())
        return [
            *super().selectors(case),
            Selector("participant", _("Participant"), people, asks=True),
        ]

    def cell(self, case: Case) -> dict:
        """Give the five states with their symbols and words."""
        levels = {level.value: level for level in handbook.scale()}
        choices = [(s.value, f"{SYMBOLS[s]} {levels[s.value].name.in_(case.lang)}") for s in Score]
        return {"kind": "score", "choices": tuple(choices)}

    def stored_cells(self, case: Case, context: Context) -> dict[Cell, str]:
        """Give the participant's scores; of a round that is in the ballot box nobody sees any."""
        if not (context.get("round") and context.get("participant")):
            return {}
        if in_box(case, context["round"]) or elsewhere(case, context["round"]):
            return {}
        scores = Ballots(case, context["round"], source="").scores(context["participant"])
        return {cell: "" if score is None else score.value for cell, score in scores.items()}

    def store(self, case: Case, context: Context, draft: Draft, source: str) -> Stored:
        """Check that every cell holds a score; `save` writes them."""
        del source
        stored = Stored()
        if missing := self._missing(case, people=True):
            stored.faults["", ""] = missing
        elif not context.get("participant"):
            stored.faults["", ""] = case.translate("Choose the participant whose form this is.")
        elif away := elsewhere_note(case, context["round"]):
            stored.faults["", ""] = away
        for line in draft.kept:
            for criterion, text in line.cells.items():
                if text.strip() and _score(text) is None:
                    stored.faults[line.key, criterion] = case.translate("type − ± + or ?")
        return stored

    def save(self, case: Case, context: Context, draft: Draft, source: str) -> None:
        """Write the participant's scores; what is not scored yet stays so.

        During a session they go to the ballot box, where an empty cell changes nothing.
        """
        there = {row.id for row in case.rows(Criterion)}
        scores = {
            (line.key, criterion): _score(text)
            for line in draft.kept
            for criterion, text in line.cells.items()
            if criterion in there  # another window may have removed one meanwhile
        }
        if in_box(case, context["round"]):
            given = {cell: score for cell, score in scores.items() if score is not None}
            put_by_hand(case, context["round"], context["participant"], given)
            return
        Ballots(case, context["round"], source=source).save(context["participant"], scores)

    def note(self, case: Case, context: Context, draft: Draft) -> str:
        """Say how many cells are scored, and by how many people."""
        _ = case.translate
        if missing := self._missing(case, people=True):
            return missing
        cells = [text for line in draft.kept for text in line.cells.values()]
        given = sum(bool(text.strip()) for text in cells)
        told = _("Choose the participant whose form this is.")
        if cells:
            told = _("{given} of {all} cells filled in.").format(given=given, all=len(cells))
        if away := elsewhere_note(case, context["round"]):
            return away
        if in_box(case, context["round"]):
            return told + " " + boxed_note(case, context["round"], context.get("participant", ""))
        ballots = Ballots(case, context["round"], source="")
        entered = [p for p in ballots.participants() if any(ballots.scores(p).values())]
        told += " " + _("Entered in this round: {n} of {all} participants.").format(
            n=len(entered), all=len(invited(case))
        )
        return told + _unseen(case, context)

    def actions(self, case: Case, context: Context) -> list[Choice]:
        """Leave the reveal of a round in the ballot box to the console."""
        of = context.get("round")
        boxed = bool(of) and (in_box(case, of) or elsewhere(case, of))
        return [] if boxed else super().actions(case, context)

    def plain(self, case: Case) -> tuple[list[str], list[list[str]]]:
        """Count per participant what is stored; which score was given where is for the picture."""
        _ = case.translate
        head = [_("Round"), _("Participant"), "−", "±", "+", "?", _("not scored")]
        rows = []
        asked = {(o.id, c.id) for o in scored_options(case) for c in scored_criteria(case)}
        for of in case.rows(Round):
            if of.how is not self.how or of.state is not State.REVEALED:
                continue
            ballots = Ballots(case, of.id, source="")
            for person in ballots.participants():
                given = [
                    score
                    for cell, score in ballots.scores(person).items()
                    if score is not None and cell in asked
                ]
                counts = [str(sum(score is level for score in given)) for level in Score]
                counts.append(str(len(asked) - len(given)))
                if of.names is Names.ANONYMOUS:
                    counts = ["–"] * len(counts)
                rows.append([of.name, person, *counts])
        return head, rows


class Hands(Matrix):
    """Hands counted per cell in one round."""

    name = "hands"
    models = (Tally, Round)
    how = How.HANDS

    def title(self, case: Case) -> str:
        """Give the heading."""
        return case.translate("Show of hands")

    def about(self, case: Case) -> str:
        """Say what is counted."""
        return case.translate(
            "Per cell: how many hands for −, ±, + and ? (don't know). Empty: not counted."
        )

    def cell(self, case: Case) -> dict:
        """Give four numbers per cell."""
        words = [level.name.in_(case.lang) for level in handbook.scale()][:4]
        return {"kind": "counts", "choices": tuple(zip("−±+?", words, strict=True))}

    def stored_cells(self, case: Case, context: Context) -> dict[Cell, str]:
        """Give the counts as four numbers with spaces."""
        if not context.get("round"):
            return {}
        counts = Tallies(case, context["round"], source="").counts()
        return {cell: " ".join(map(str, four)) for cell, four in counts.items()}

    def store(self, case: Case, context: Context, draft: Draft, source: str) -> Stored:
        """Check that every cell holds counts; `save` writes them."""
        del context, source
        stored = Stored()
        if missing := self._missing(case, people=False):
            stored.faults["", ""] = missing
        for line in draft.kept:
            for criterion, text in line.cells.items():
                if text.strip() and counts(text) is None:
                    stored.faults[line.key, criterion] = case.translate(
                        "whole numbers: hands for −, ±, + and ?"
                    )
        return stored

    def save(self, case: Case, context: Context, draft: Draft, source: str) -> None:
        """Write the counts; an empty cell is not counted."""
        Tallies(case, context["round"], source=source).save(
            {
                (line.key, criterion): counts(text)
                for line in draft.kept
                for criterion, text in line.cells.items()
            }
        )

    def note(self, case: Case, context: Context, draft: Draft) -> str:
        """Say how many hands there were, so that a slip of counting is seen."""
        _ = case.translate
        if missing := self._missing(case, people=False):
            return missing
        totals = [
            sum(four)
            for line in draft.kept
            for text in line.cells.values()
            if (four := counts(text)) is not None
        ]
        told = _("{given} of {all} cells counted.").format(
            given=len(totals), all=sum(len(line.cells) for line in draft.kept)
        )
        if totals and min(totals) != max(totals):
            told += " " + _("Between {low} and {high} hands per cell.").format(
                low=min(totals), high=max(totals)
            )
        elif totals:
            told += " " + _("{n} hands per cell.").format(n=totals[0])
        return told + _unseen(case, context)


def _unseen(case: Case, context: Context) -> str:
    """Say whether the pictures show this round already."""
    of = _round(case, context)
    if of is None:
        return ""
    if of.state is State.REVEALED:
        return " " + case.translate("This round is shown: what you save changes its pictures.")
    return " " + case.translate("This round is not revealed: the pictures don't show it yet.")


def _score(text: str) -> Score | None:
    if not text.strip():
        return None
    try:
        return Score(text.strip())
    except ValueError:
        return None


def counts(text: str) -> tuple[int, int, int, int] | None:
    """Read up to four numbers: hands for −, ±, + and don't know. None where there are none."""
    parts = re.split(r"[\s;,/]+", text.strip())
    if not 1 <= len(parts) <= 4 or not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts):
        return None
    minus, plusminus, plus, dont_know = ([int(part) for part in parts] + [0, 0, 0])[:4]
    return minus, plusminus, plus, dont_know
