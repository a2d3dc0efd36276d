"""What became of a criterion in each region: kept in which cluster, dropped, open, or not there."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.case import Case
from workbook.case.tables import Cluster, Criterion
from workbook.exhibits.compare.named import published
from workbook.exhibits.criteria import CLUSTER_COLOURS
from workbook.exhibits.wording import shown
from workbook.figures import Category

KEPT = (*(cluster.value for cluster in Cluster), "mixed", "unclustered")
"""The ways in which a criterion can be kept."""


def standing(case: Case, rows: Sequence[Criterion]) -> str:
    """Say what became of the criteria of one region that are one criterion.

    Gives a cluster, ``mixed``, ``unclustered``, ``open``, ``dropped``, ``absent``, ``unpublished``
    or ``nothing``.
    """
    kept = [row for row in rows if row.selected is True]
    if kept:
        clusters = {row.cluster for row in kept}
        if len(clusters) > 1:
            return "mixed"
        (cluster,) = clusters
        return cluster.value if cluster else "unclustered"
    if rows:
        return "open" if any(row.selected is None for row in rows) else "dropped"
    if published(case):
        return "unpublished"
    return "absent" if case.rows(Criterion) else "nothing"


def letter(case: Case, cluster: Cluster) -> str:
    """Give the letter that stands for a cluster in a small cell."""
    return shown(case, cluster)[0].upper()


def standing_words(case: Case) -> dict[str, str]:
    """Give the words for what can become of a criterion."""
    _ = case.translate
    return {
        **{cluster.value: shown(case, cluster) for cluster in Cluster},
        "mixed": _("in two clusters"),
        "unclustered": _("kept, no cluster yet"),
        "open": _("not yet decided"),
        "dropped": _("considered and dropped"),
        "absent": _("not on its list"),
        "unpublished": _("not published"),
        "nothing": _("no criteria yet"),
    }


def standing_looks(case: Case) -> dict[str, Category]:
    """Give how each looks, with a letter or sign so that colour is never the only difference."""
    letters = {cluster.value: letter(case, cluster) for cluster in Cluster}
    return {
        **{key: Category(CLUSTER_COLOURS[key], letters[key]) for key in letters},
        "mixed": Category("#8F5B8C", "+"),
        "unclustered": Category("#A9B4BE", "✓"),
        "open": Category("#FFF3C4", "…"),
        "dropped": Category("#E9C3A0", "×"),
        "absent": Category("#F5F5F5", ""),
        "unpublished": Category("#E4DCEB", "?"),
        "nothing": Category("#FFFFFF", "", dotted=True),
    }


def legend(
    looks: dict[str, Category], words: dict[str, str], used: set[str]
) -> list[tuple[str, str]]:
    """Give the keys of what occurs, each with its letter or sign."""
    return [
        (look.colour, f"{look.symbol} {words[key]}".strip())
        for key, look in looks.items()
        if key in used and key in words
    ]
