"""Steps 3 and 5: where criteria come from, and which are kept."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook.case import Case
from workbook.case.tables import NOT_PUBLISHED, Cluster, Criterion, Method, Source
from workbook.case.tables.document import Provenance
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import from_files, listed, shown, told_source
from workbook.figures import Labels, stacked_bars

# Dark, light and between, so that they can be told apart in grey too.
CLUSTER_COLOURS = {
    Cluster.VISION.value: "#33205E",
    Cluster.PRECONDITION.value: "#CFE0B5",
    Cluster.DISTINGUISHING.value: "#3E8FC4",
    "none": "#F5F5F5",
}


def _cluster(row: Criterion) -> str:
    return row.cluster.value if row.cluster else "none"


def _legend(case: Case) -> list[tuple[str, str]]:
    _ = case.translate
    words = {cluster.value: shown(case, cluster) for cluster in Cluster}
    return [
        (colour, words.get(key, _("no cluster yet"))) for key, colour in CLUSTER_COLOURS.items()
    ]


def _per_cluster(rows: list[Criterion]) -> dict[str, int]:
    return {key: sum(_cluster(row) == key for row in rows) for key in CLUSTER_COLOURS}


def criteria_sources(case: Case) -> Exhibit:
    """Show how many criteria each method of gathering brought."""
    _ = case.translate
    title = _("Criteria by the way they were found")
    criteria = list(case.rows(Criterion))
    if not criteria:
        return missing(case, "criteria_sources", title, _("There are no criteria yet."))
    sources = {row.id: row for row in case.rows(Source)}
    by_method: dict[str, list[Criterion]] = {}
    for method in Method:
        found = [
            row
            for row in criteria
            if row.found_by != NOT_PUBLISHED
            and any(sources[s].method is method for s in row.found_by if s in sources)
        ]
        if found:
            by_method[shown(case, method)] = found
    unpublished = [row for row in criteria if row.found_by == NOT_PUBLISHED]
    sourceless = [row for row in criteria if not row.found_by]
    if unpublished:
        by_method[_("not published")] = unpublished
    if sourceless:
        by_method[_("no source yet")] = sourceless
    if len(unpublished) == len(criteria):
        sentence = _(
            "The text names {n} criteria and {sources} sources; which source named which "
            "criterion is not published."
        ).format(n=len(criteria), sources=len(sources))
    elif unpublished:
        sentence = _(
            "The text names {n} criteria and {sources} sources; for {k} criteria it is not "
            "published which source named them."
        ).format(n=len(criteria), sources=len(sources), k=len(unpublished))
    else:
        sentence = _("{n} criteria were gathered, from {sources} sources.").format(
            n=len(criteria), sources=len(sources)
        )
    if sourceless:
        sentence += " " + _("Still without a source: {names}.").format(
            names=listed(case, [row.name for row in sourceless])
        )
    if not unpublished:
        several = sum(len(row.found_by) > 1 for row in criteria)
        sentence += " " + _("{k} were named by more than one source.").format(k=several)
    data = {method: _per_cluster(rows) for method, rows in by_method.items()}
    labels = Labels(
        title=title,
        mark=mark(case),
        legend=_legend(case),
        note=_("A criterion found in more than one way counts in each."),
    )
    return Exhibit(
        name="criteria_sources",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{method}: {len(rows)} ({', '.join(row.name for row in rows)})"
            for method, rows in by_method.items()
        ),
        table=pd.DataFrame(
            [
                {
                    _("Criterion"): row.name,
                    _("Found by"): shown(case, row.found_by)
                    if row.found_by == NOT_PUBLISHED
                    else ", ".join(sources[s].name for s in row.found_by if s in sources) or "–",
                    _("Meaning"): shown(case, row.description),
                    _("Source"): told_source(case, row.source),
                }
                for row in criteria
            ]
        ),
        provenance=from_files(case, Criterion, Source),
        mark=mark(case),
        draw=partial(stacked_bars, data, labels=labels, colours=CLUSTER_COLOURS),
    )


def criteria_funnel(case: Case) -> Exhibit:
    """Show how many criteria were gathered and kept, by cluster."""
    _ = case.translate
    title = _("From gathered to selected criteria")
    criteria = list(case.rows(Criterion))
    if not criteria:
        return missing(case, "criteria_funnel", title, _("There are no criteria to select yet."))
    kept = [row for row in criteria if row.selected is True]
    dropped = [row for row in criteria if row.selected is False]
    open_ = [row for row in criteria if row.selected is None]
    only_kept = case.info.provenance is Provenance.PUBLISHED and len(kept) == len(criteria)
    stages = {_("Gathered"): criteria, _("Kept"): kept, _("Dropped"): dropped}
    if only_kept:
        stages = {_("Kept"): kept}
    if open_:
        stages[_("Not yet decided")] = open_
    words = {cluster.value: shown(case, cluster) for cluster in Cluster}
    counts = _per_cluster(kept)
    words_for = (
        _("The {kept} criteria that were kept are published: {clusters}.")
        if only_kept
        else _("Of {all} criteria {kept} were kept: {clusters}.")
    )
    sentence = words_for.format(
        all=len(criteria),
        kept=len(kept),
        clusters=listed(case, [f"{words[key]} {counts[key]}" for key in words if counts.get(key)])
        or "–",
    )
    if len(open_) == len(criteria):
        sentence = _("{n} criteria were gathered; none was kept or dropped yet.").format(
            n=len(criteria)
        )
    elif dropped:
        sentence += " " + _("Dropped: {names}.").format(
            names=listed(case, [row.name for row in dropped])
        )
    elif only_kept:
        sentence += " " + _("What was dropped is not published.")
    else:
        sentence += " " + _("No dropped criterion is recorded.")
    data = {stage: _per_cluster(rows) for stage, rows in stages.items()}
    labels = Labels(
        title=title,
        mark=mark(case),
        legend=_legend(case),
        note=_("What was gathered and dropped is not published.") if only_kept else "",
    )
    return Exhibit(
        name="criteria_funnel",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{stage}: {len(rows)} ("
            + ", ".join(
                f"{words.get(key, _('no cluster yet'))} {count}"
                for key, count in _per_cluster(rows).items()
                if count
            )
            + ")"
            for stage, rows in stages.items()
        ),
        table=pd.DataFrame(
            [
                {
                    _("Criterion"): row.name,
                    _("Cluster"): shown(case, row.cluster),
                    _("Kept"): shown(case, row.selected),
                    _("Why"): shown(case, row.reason),
                    _("Support"): shown(case, row.support),
                    _("Dissent"): shown(case, row.dissent),
                }
                for row in criteria
            ]
        ),
        provenance=from_files(case, Criterion),
        mark=mark(case),
        draw=partial(stacked_bars, data, labels=labels, colours=CLUSTER_COLOURS),
    )
