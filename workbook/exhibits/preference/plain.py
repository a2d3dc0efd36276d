"""What the scores support in plain words: for a board, which finds the numbers further on."""

from __future__ import annotations

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Option, Reading
from workbook.case.tables.document import Provenance
from workbook.exhibits.preference.judged import judged
from workbook.exhibits.preference.reading import chosen_or_first, reading_table
from workbook.exhibits.preference.scores import last_round, leading_weights, no_scores


def plain_support(case: Case) -> str:
    """Say what the scores support and how firmly, without a number."""
    _ = case.translate
    names = {row.id: row.name for row in case.rows(Option)}
    if case.rows(Reading) and last_round(case) is None:
        return _plain_reading(case, names)
    found = judged(case)
    if found is None:
        return no_scores(case)
    if found.verdict.winner is None:
        return _("The scores point to no firm first.")
    if found.verdict.level == "clear":
        sentence = _("The scores clearly support this position: {option}.")
    else:
        sentence = _("The scores lean towards this position, but not firmly: {option}.")
    return sentence.format(option=names[found.verdict.winner])


def _plain_reading(case: Case, names: dict[str, str]) -> str:
    _ = case.translate
    said = []
    if case.info.provenance is Provenance.PUBLISHED:
        said.append(_("The participants' scores were not published."))
    try:
        table, weights = reading_table(case), list(leading_weights(case).values())
        found = {place: judge.fillings(table, weights, place) for place in (0.0, 0.5, 1.0)}
    except ValueError:
        said.append(_("The text leaves too many cells open to go through."))
        return " ".join(said)
    if not found[0.5].options:
        said.append(_("The text is silent on a cell of every option, so none can be placed."))
        return " ".join(said)
    of = chosen_or_first(case, found[0.5])
    shares = {place: filled.count(of) / filled.total for place, filled in found.items()}
    if min(shares.values()) > 0.5:
        sentence = _("In most ways to read the text, this position comes first: {option}.")
    elif shares[0.5] > 0.5:
        sentence = _(
            "In most ways to read the text, this position comes first: {option}. That changes "
            "where a fair score (±) counts as a good one."
        )
    else:
        sentence = _("The text can be read in ways that put other positions first than {option}.")
    return " ".join([*said, sentence.format(option=names[of])])
