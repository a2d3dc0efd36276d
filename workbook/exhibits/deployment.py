"""Step 2: how the experts are deployed, and what that implies for the criteria."""

from __future__ import annotations

from functools import partial

import pandas as pd

from workbook import handbook
from workbook.case import Case
from workbook.case.tables.document import DeployedFor, Deployment
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import listed, shown, told_source
from workbook.figures import Category, Grid, Labels, category_grid


def topic_words(case: Case) -> dict[str, str]:
    """Name the topics of step 2 in the reader's language."""
    _ = case.translate
    return {name: _(str(field.title)) for name, field in Deployment.model_fields.items()}


def description(case: Case) -> Exhibit:
    """Show what was written about the deployment, topic by topic."""
    _ = case.translate
    title = _("How the experts by experience are deployed")
    deployment = case.info.deployment
    words = topic_words(case)
    core = deployment.core
    told = [(words["core"], core)] if core else []
    told += [
        (word, passage)
        for topic, word in words.items()
        if topic != "core"
        for passage in getattr(deployment, topic)
    ]
    rows = [
        {_("Topic"): topic, _("What"): passage.text, _("Source"): told_source(case, passage.source)}
        for topic, passage in told
    ]
    if not rows:
        return missing(
            case, "description", title, _("The deployment has not been described yet (case.yaml).")
        )
    sentence = (
        _("The core in one sentence: {core}").format(core=core.text)
        if core
        else _("The core has not been put into one sentence yet.")
    )
    return Exhibit(
        name="description",
        title=title,
        sentence=sentence,
        alt="\n".join(f"{row[_('Topic')]}: {row[_('What')]}" for row in rows),
        table=pd.DataFrame(rows),
        provenance=(_("Made from: {parts}.").format(parts="case.yaml"),),
        mark=mark(case),
    )


def implications(case: Case) -> Exhibit:
    """Show what each kind of deployment asks of a position, as the handbook has it."""
    _ = case.translate
    lang = case.lang
    title = _("What the deployment asks of a position")
    chosen = {item.kind: item for item in case.info.deployment.kinds}
    if not chosen:
        return missing(
            case,
            "implications",
            title,
            _("It has not been said yet what the experts are deployed for (case.yaml, kinds)."),
        )
    known = {item.id: item for item in handbook.deployments()}
    examples = {example.id: example for example in handbook.example_criteria()}
    order = [kind for kind in DeployedFor if kind in chosen]
    links = {
        (kind, link.criterion): link.link
        for kind in order
        if (found := known.get(kind.value)) is not None
        for implication in found.implies or ()
        for link in implication.criteria
    }
    columns = [c for c in examples if any((kind, c) in links for kind in order)]
    rows = []
    for kind in order:
        found = known.get(kind.value)
        told = list(found.implies or ()) if found else []
        words = " ".join(item.in_(lang) for item in told)
        if not words:
            words = (
                found.note.in_(lang)
                if found and found.note
                else _("The handbook does not say what this implies.")
            )
        rows.append(
            {
                _("Deployed for"): shown(case, kind)
                + (" (" + _("primary") + ")" if chosen[kind].primary else ""),
                _("What it asks"): words,
                _("Criteria it touches"): ", ".join(
                    examples[c].name.in_(lang) for c in columns if (kind, c) in links
                )
                or "–",
            }
        )
    primary = [shown(case, kind) for kind in order if chosen[kind].primary]
    sentence = (
        _("They are deployed first of all for {kinds}.").format(kinds=listed(case, primary))
        if primary
        else _("It has not been said yet which deployment is the primary one.")
    )
    sentence += " " + " ".join(
        row[_("What it asks")]
        for row, kind in zip(rows, order, strict=True)
        if chosen[kind].primary
    )
    categories = {
        "stated": Category("#0072B2", _("stated")),
        "ours": Category("#9CC3DE", _("our link")),
        "none": Category("#F5F5F5", ""),
    }
    grid = Grid(
        [row[_("Deployed for")] for row in rows],
        [examples[c].name.in_(lang) for c in columns],
        [[links.get((kind, c), "none") for c in columns] for kind in order],
    )
    labels = Labels(
        title=title,
        mark=mark(case),
        legend=[
            ("#0072B2", _("stated in the handbook")),
            ("#9CC3DE", _("a link the workbook makes")),
        ],
        note=_("The handbook describes casework, policy and awareness only."),
    )
    return Exhibit(
        name="implications",
        title=title,
        sentence=sentence,
        alt="\n".join(f"{row[_('Deployed for')]}: {row[_('Criteria it touches')]}" for row in rows),
        table=pd.DataFrame(rows),
        provenance=(_("Made from: {parts}.").format(parts="case.yaml, handbook"),),
        mark=mark(case),
        draw=(partial(category_grid, grid, labels=labels, categories=categories))
        if columns
        else None,
    )
