"""Step 7: the scores of the round that counts with everything judged from them, and in words."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from functools import lru_cache

from workbook import judge
from workbook.case import Case
from workbook.case.tables import Criterion, Names, Option, Priority, Reading, Round
from workbook.exhibits.preference.reading import reading_headline
from workbook.exhibits.preference.scores import (
    counting_table,
    last_round,
    no_scores,
    priorities_of,
    scores_file,
)
from workbook.exhibits.wording import distinct, from_files, number, option_names

SMALL_GROUP = 3
"""In an anonymous round a smaller group isn't told apart: what it said could be worked out."""


_FEW_PEOPLE, _FEW_OPTIONS = 7, 3
"""Below, and up to, these numbers random scores are called clear or leaning more often: see the
simulated rooms in docs/methods.md."""


@dataclass(frozen=True, eq=False)
class Judged:
    """A round and what follows from it.

    Attributes
    ----------
    round : Round
    table : ScoreTable
    priorities : Priorities
    leading : LeadingOrder
    net : NetScores
        Under the leading order, ± halfway.
    verdict : Verdict
    """

    round: Round
    table: judge.ScoreTable
    priorities: judge.Priorities
    leading: judge.LeadingOrder
    net: judge.NetScores
    verdict: judge.Verdict

    @property
    def anonymous(self) -> bool:
        """Whether nothing may point at a person."""
        return self.round.names is not Names.OPEN

    @property
    def options(self) -> list[str]:
        """Options in the order to show them: sorting argues, so only a firm first is sorted on."""
        return self.net.ranking() if self.verdict.winner else list(self.net.options)


def judged(case: Case, of: Round | None = None) -> Judged | None:
    """Judge the round that counts; None while there is nothing to judge."""
    counting = counting_table(case, of)
    if counting is None:
        return None
    of, table = counting
    priorities = priorities_of(case)
    return judge_table(of, table, priorities)


def judge_table(of: Round, table: judge.ScoreTable, priorities: judge.Priorities) -> Judged:
    """Judge a table of scores under an order of importance.

    Each notebook and the report ask it of the same table many times; it is worked out once.
    """
    return _judged(pickle.dumps((of, table, priorities), protocol=pickle.HIGHEST_PROTOCOL))


@lru_cache(maxsize=16)
def _judged(told: bytes) -> Judged:
    of, table, priorities = pickle.loads(told)
    leading = priorities.leading()
    net = judge.net_scores(table, leading.order.weights())
    return Judged(of, table, priorities, leading, net, judge.verdict(table, priorities))


def level_word(case: Case, level: str) -> str:
    """Give the word for a verdict."""
    _ = case.translate
    return {
        "clear": _("clear"),
        "leaning": _("leaning"),
        "undecided": _("undecided"),
        "not applicable": _("not applicable"),
    }[level]


def support_sentence(case: Case) -> str:
    """Say what the scores support and how firmly, in one sentence or two."""
    _ = case.translate
    if case.rows(Reading) and last_round(case) is None:
        return reading_headline(case)
    found = judged(case)
    if found is None:
        return no_scores(case)
    return verdict_sentence(case, found)


def verdict_sentence(case: Case, found: Judged) -> str:
    """Say what a judged round supports; without a firm first it names no option."""
    _ = case.translate
    verdict = found.verdict
    if verdict.winner is None:
        sentence = _("The scores of {n} people point to no firm first.").format(n=verdict.people)
        return f"{sentence} {_why_undecided(case, found)}"
    name = distinct(option_names(case))[verdict.winner]
    if verdict.level == "clear":
        sentence = _("The scores of {n} people clearly support {option}.")
    else:
        sentence = _("The scores of {n} people lean towards {option}, but not firmly.")
    sentence = sentence.format(n=verdict.people, option=name)
    sentence += " " + _(
        "{k} of the {all} scores given would have to be different to end its first place."
    ).format(k=verdict.k, all=number(case, scores_given(found.table), 0, signed=False))
    if verdict.people < _FEW_PEOPLE or found.table.placed.sum() <= _FEW_OPTIONS:
        sentence += " " + _(
            "With so few people or options, chance alone makes a first place more easily."
        )
    return sentence


def scores_given(table: judge.ScoreTable) -> int:
    """Count the answers on the scale."""
    return int(table.counts()[..., :3].sum())


def outcome(case: Case, found: Judged) -> str:
    """Name a verdict in a few words: its level, the option if it may be named, and k."""
    _ = case.translate
    verdict = found.verdict
    words = level_word(case, verdict.level)
    if verdict.winner is not None:
        words += f", {distinct(option_names(case))[verdict.winner]}"
    return f"{words} (k = {verdict.k})"


def _why_undecided(case: Case, found: Judged) -> str:
    _ = case.translate
    verdict = found.verdict
    failed = verdict.failed("leaning")
    if not found.table.placed.any():
        return _("Every option has a cell without answers, so none gets a place.")
    if "sole_first" in failed:
        return _("More than one option shares the highest score.")
    if "rival" in failed:
        return _("There is nothing to compare with.")
    if "people" in failed:
        return _("That can't be said of fewer than {n} people.").format(n=judge.FEW)
    if "unplaced" in failed:
        return _("An option with a cell without answers could still come out highest.")
    if "changes" in failed:
        if verdict.k == 1:
            return _("One different score would already change what comes first.")
        return _("{k} different scores would already change what comes first.").format(k=verdict.k)
    if "participants" in failed:
        return _("It depends on a single person what comes first.")
    if "voting" in failed:
        return _("Counted by persons instead of by scores, another comes first.")
    return _("It depends on how the criteria weigh and on what ± is worth.")


def scores_from(case: Case, of: Round, *rules: str) -> tuple[str, ...]:
    """Say which files a judgement was made from, and by which rules."""
    rule = " ".join(rules)
    return from_files(case, scores_file(of), Priority, Criterion, Option, round=of.id, rule=rule)
