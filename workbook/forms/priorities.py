"""The priority form: which criterion comes first, with ties and places left open."""

from __future__ import annotations

import re
from itertools import groupby

from workbook.case import Case
from workbook.case.asked import PLENARY, invited, scored_criteria
from workbook.case.tables import Names, Priority, Round, Row, State
from workbook.forms.boxed import boxed_note, elsewhere_note
from workbook.forms.cross import Cross
from workbook.forms.draft import Draft
from workbook.forms.fields import Choice, named
from workbook.forms.sheet import Context, Stored
from workbook.locale import N_
from workbook.session.hand import in_box, put_by_hand


def _whose(case: Case) -> list[Choice]:
    return [
        (PLENARY, case.translate("the room (plenary)")),
        *((row.id, row.id) for row in invited(case)),
    ]


def _rounds(case: Case) -> list[Choice]:
    return list(reversed(named(case, Round)))


def _criteria(case: Case) -> list[Choice]:
    return [(row.id, row.name) for row in scored_criteria(case)]


def _boxed(case: Case, context: Context) -> bool:
    """Whether this is a person's own order in a round of which the ballots aren't shown yet."""
    whose = context.get("who", "")
    return whose not in ("", PLENARY) and in_box(case, context.get("round", ""))


def _away(case: Case, context: Context) -> str:
    """Say why a person's own order can't be typed here, if it can't."""
    whose = context.get("who", "")
    return elsewhere_note(case, context.get("round", "")) if whose not in ("", PLENARY) else ""


def _place(text: str) -> int:
    """Read a rank as the table does; 0 for what is none."""
    return int(text) if re.fullmatch(r"\+?[0-9]{1,9}", text) else 0


class Priorities(Cross):
    """The order of importance of the scored criteria, of the room or of one person."""

    def __init__(self) -> None:
        super().__init__(
            Priority,
            {"criterion": _criteria},
            ("rank",),
            chosen={"round": (N_("Round"), _rounds), "who": (N_("Whose order"), _whose)},
            title=N_("Order of importance"),
            about=N_(
                "1 is most important. The same number is a tie; leave a criterion empty if it has "
                "no place in the order."
            ),
        )

    def _rows_by_key(self, case: Case, context: Context) -> dict[str, Row | None]:
        """Give the stored rows; none of a person in a round that is in the ballot box."""
        found = super()._rows_by_key(case, context)
        if not _boxed(case, context) and not _away(case, context):
            return found
        return dict.fromkeys(key for key in found if "#" not in key)

    def store(self, case: Case, context: Context, draft: Draft, source: str) -> Stored:
        """Turn the lines into the whole table; what goes to the ballot box is only looked at."""
        stored = super().store(case, context, draft, source)
        if away := _away(case, context):
            stored.faults["", ""] = away
        if _boxed(case, context):
            stored.tables.clear()
        return stored

    def save(self, case: Case, context: Context, draft: Draft, source: str) -> None:
        """Write the order: a person's own goes to the ballot box while the round is in it."""
        if not _boxed(case, context):
            super().save(case, context, draft, source)
            return
        there = dict(_criteria(case))
        order = {
            line.key: place
            for line in draft.kept
            if line.key in there and (place := _place(line.cells.get("rank", "").strip()))
        }
        put_by_hand(case, context["round"], context["who"], {}, order)

    def plain(self, case: Case) -> tuple[list[str], list[list[str]]]:
        """Give the room's orders; those of persons only of open rounds that were revealed."""
        seen = {
            row.id
            for row in case.rows(Round)
            if row.state is State.REVEALED and row.names is not Names.ANONYMOUS
        }
        return self.table(case, lambda row: row.who == PLENARY or row.round in seen)

    def note(self, case: Case, context: Context, draft: Draft) -> str:
        """Say the order that results."""
        _ = case.translate
        names = dict(_criteria(case))
        if not names:
            return _("There are no distinguishing criteria yet; they are chosen in step 5.")
        if not context.get("round"):
            return _("Add a round above first.")
        if away := _away(case, context):
            return away
        if _boxed(case, context):
            return boxed_note(case, context["round"], context["who"])
        ranks = {line.key: line.cells.get("rank", "").strip() for line in draft.kept}
        ranked = {key: place for key, rank in ranks.items() if (place := _place(rank))}
        places = [
            " = ".join(names.get(key, key) for key in group)
            for _rank, group in groupby(sorted(ranked, key=ranked.__getitem__), ranked.get)
        ]
        told = _("In order: {order}.").format(order=" › ".join(places)) if places else ""
        open_ = [names[key] for key, rank in ranks.items() if not rank and key in names]
        if open_ and places:
            told += " " + _("Without a place: {names}.").format(names=", ".join(open_))
        return told
