"""What the words and rules in the report mean: who holds it has no other documentation."""

from __future__ import annotations

from workbook.locale import Translate
from workbook.report.draft import Draft
from workbook.report.model import Block, Claim, Claims


def explanations(draft: Draft) -> list[Block]:
    """Explain what was shown: the verdict and the rules; nothing that was not."""
    _ = draft.case.translate
    shown = {exhibit.name for exhibit in draft.shown}
    blocks: list[Block] = []
    if "firmness" in shown:
        blocks.append(Claims(_("Clear, leaning and undecided"), _levels(_)))
    if "rules" in shown:
        blocks.append(Claims(_("The rules, with their sources"), _rules(_)))
    return blocks


def _levels(_: Translate) -> list[Claim]:
    return [
        Claim(_("The scores support one option and every check holds."), lead=_("clear")),
        Claim(_("They point to one option, but not every check holds."), lead=_("leaning")),
        Claim(
            _("There is no firm first. No computed first is shown, and options keep their order."),
            lead=_("undecided"),
        ),
    ]


def _rules(_: Translate) -> list[Claim]:
    return [
        Claim(
            _(
                "Per criterion the share of + minus the share of −, times the weight of the "
                "criterion, added up."
            ),
            lead=_("weighted net score"),
        ),
        Claim(
            _("On how many criteria the middle answer is +. Source: the handbook, annex 2."),
            lead=_("most often + (handbook)"),
        ),
        Claim(
            _("The net score with equal weights. Source: the handbook, annex 2."),
            lead=_("meets best, unweighted (handbook)"),
        ),
        Claim(
            _(
                "The most important criterion decides; only where options are equal on it, the "
                "next one counts. Source: Fishburn (1974), Management Science 20."
            ),
            lead=_("criterion by criterion"),
        ),
        Claim(
            _(
                "The highest grade that more than half of all answers reach, by weight. Source: "
                "Balinski and Laraki (2011), Majority Judgment, MIT Press."
            ),
            lead=_("majority judgment"),
        ),
        Claim(
            _(
                "Options compared two by two; a point for everyone who prefers the one, a point "
                "less for everyone who prefers the other. Source: Borda (1781), Mémoire sur les "
                "élections au scrutin."
            ),
            lead=_("by person: Borda"),
        ),
        Claim(
            _(
                "Options compared two by two; where that goes round in a circle, its weakest link "
                "gives way. Source: Schulze (2011), Social Choice and Welfare 36."
            ),
            lead=_("by person: Schulze"),
        ),
    ]
