"""Exhibits that are mostly words: the start, the options, the scale, the chapters of step 8."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from workbook import handbook
from workbook.case import Case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import NOT_PUBLISHED, Criterion, Option, Party
from workbook.case.tables.document import Passage, Scenario
from workbook.exhibits.exhibit import Exhibit, mark, missing
from workbook.exhibits.wording import (
    distinct,
    filled,
    from_files,
    option_names,
    party_names,
    shown,
    told_source,
)


def _passages(
    case: Case, name: str, title: str, file: str, topics: dict[str, Sequence[Passage]], none: str
) -> Exhibit:
    _ = case.translate
    rows = [
        {_("Topic"): topic, _("What"): passage.text, _("Source"): told_source(case, passage.source)}
        for topic, found in topics.items()
        for passage in found
    ]
    if not rows:
        return missing(case, name, title, none)
    return Exhibit(
        name=name,
        title=title,
        sentence=_("{n} statements are recorded, each with its source.").format(n=len(rows)),
        alt="\n".join(f"{row[_('Topic')]}: {row[_('What')]}" for row in rows),
        table=pd.DataFrame(rows),
        provenance=(_("Made from: {parts}.").format(parts=file),),
        mark=mark(case),
    )


def beginnings(case: Case) -> Exhibit:
    """Show where the project comes from and whether it is time."""
    _ = case.translate
    info = case.info
    return _passages(
        case,
        "beginnings",
        _("How it started"),
        "case.yaml",
        {
            _("Origin"): info.origin,
            _("Is it time yet?"): info.readiness,
            _("Process"): info.process,
        },
        _("Nothing was recorded about the start yet (case.yaml: origin, readiness, process)."),
    )


def chapter_words(case: Case) -> dict[str, str]:
    """Name the chapters that only people can write; recommendations have a table of their own."""
    _ = case.translate
    return {
        name: _(str(field.title))
        for name, field in Scenario.model_fields.items()
        if name != "recommendations"
    }


def chapters(case: Case) -> Exhibit:
    """Show the chapters of the scenario that only people can write."""
    _ = case.translate
    return _passages(
        case,
        "chapters",
        _("The scenario in words"),
        "scenario.yaml",
        {word: getattr(case.scenario, topic) for topic, word in chapter_words(case).items()},
        _("The scenario has not been written yet (scenario.yaml)."),
    )


def examples(case: Case) -> Exhibit:
    """Show the handbook's example criteria beside those of the region that resemble them."""
    _ = case.translate
    lang = case.lang
    clusters = {cluster.id: cluster.short.in_(lang) for cluster in handbook.clusters()}
    rows = []
    for example in handbook.example_criteria():
        mine = [row.name for row in case.rows(Criterion) if row.example == example.id]
        rows.append(
            {
                _("Cluster"): clusters[example.cluster],
                _("Example"): example.name.in_(lang),
                _("Meaning"): example.meaning.in_(lang),
                _("In this region"): ", ".join(mine) or "–",
            }
        )
    met = sum(row[_("In this region")] != "–" for row in rows)
    return Exhibit(
        name="examples",
        title=_("The handbook's examples"),
        sentence=_(
            "Of the {all} examples {k} come back in this region. They are there to inspire; a "
            "region's own criteria count."
        ).format(all=len(rows), k=met),
        alt="\n".join(f"{row[_('Example')]}: {row[_('In this region')]}" for row in rows),
        table=pd.DataFrame(rows),
        provenance=from_files(case, Criterion),
        mark=mark(case),
    )


def shortlist_note(case: Case) -> str:
    """Say what the scored options are, where they aren't simply the shortlist."""
    _ = case.translate
    options = scored_options(case)
    if not options or any(row.shortlisted is True for row in options):
        return ""
    if any(row.shortlisted == NOT_PUBLISHED for row in options):
        return _(
            "Which options were on the shortlist is not published; these {n} are the positions "
            "that the text discusses."
        ).format(n=len(options))
    return _(
        "The shortlist is not there yet; it is made in step 6. These are the options of the "
        "longlist that have not been dropped."
    )


def option_meanings(case: Case) -> Exhibit:
    """Show per option that is scored what it would settle: the same questions for each."""
    _ = case.translate
    title = _("Who does what in each option")
    options = scored_options(case)
    if not options:
        return missing(
            case,
            "option_meanings",
            title,
            _("No option is on the shortlist yet; the shortlist is made in step 6.")
            if case.rows(Option)
            else _(
                "There are no options yet; the longlist is made in step 4, the shortlist in step 6."
            ),
        )
    names, parties = distinct(option_names(case)), party_names(case)
    rows = [
        {
            _("Option"): names[row.id],
            _("Form"): filled(case, row.form),
            _("Members"): filled(case, tuple(parties[member] for member in row.members)),
            _("Current"): filled(case, row.current),
            _("Responsibility"): filled(case, row.responsibility),
            _("Coordination"): filled(case, row.coordination),
            _("Employment"): filled(case, row.employment),
        }
        for row in options
    ]
    unclear = sum(
        any(part in (None, NOT_PUBLISHED) for part in parts)
        for parts in ((row.responsibility, row.coordination, row.employment) for row in options)
    )
    sentence = _("{n} options are scored.").format(n=len(rows)) + " "
    sentence += (
        _(
            "For {k} it is not recorded who would be responsible, who would coordinate or who "
            "would be the employer."
        ).format(k=unclear)
        if unclear
        else _(
            "For each it is recorded who would be responsible, who would coordinate and who would "
            "be the employer."
        )
    )
    return Exhibit(
        name="option_meanings",
        title=title,
        sentence=" ".join(filter(None, (sentence, shortlist_note(case)))),
        alt="\n".join(
            f"{row[_('Option')]}: "
            + " | ".join(f"{head} – {text}" for head, text in row.items() if head != _("Option"))
            for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(case, Option, Party),
        mark=mark(case),
    )


def scale_meanings(case: Case) -> Exhibit:
    """Show what −, ± and + mean for each criterion that is scored."""
    _ = case.translate
    title = _("What −, ± and + mean per criterion")
    rows = [
        {
            _("Criterion"): row.name,
            _("Meaning"): shown(case, row.description),
            "−": shown(case, row.minus),
            "±": shown(case, row.plusminus),
            "+": shown(case, row.plus),
            _("Distinguishes"): shown(case, row.distinguishes),
            _("In a partnership"): shown(case, row.combine),
        }
        for row in scored_criteria(case)
    ]
    if not rows:
        return missing(
            case,
            "scale_meanings",
            title,
            _("There are no distinguishing criteria yet; they are chosen in step 5."),
        )
    unclear = sum(not (row.minus and row.plusminus and row.plus) for row in scored_criteria(case))
    sentence = _("{n} criteria are scored.").format(n=len(rows)) + " "
    sentence += (
        _("For {k} it is not recorded what the signs mean.").format(k=unclear)
        if unclear
        else _("For each it is recorded what the signs mean.")
    )
    return Exhibit(
        name="scale_meanings",
        title=title,
        sentence=sentence,
        alt="\n".join(
            f"{row[_('Criterion')]}: − {row['−']} | ± {row['±']} | + {row['+']}" for row in rows
        ),
        table=pd.DataFrame(rows),
        provenance=from_files(case, Criterion),
        mark=mark(case),
    )


def definitions(case: Case) -> Exhibit:
    """Show the scan's three definitions and their points."""
    _ = case.translate
    lang = case.lang
    scan = handbook.scan()
    rows = [
        {_("Notion"): definition.name.in_(lang), _("Point"): point.in_(lang)}
        for definition in scan.definitions
        for point in definition.points
    ]
    return Exhibit(
        name="definitions",
        title=_("Experience, experiential knowledge and expertise by experience"),
        sentence=scan.purpose.in_(lang) + " " + scan.made_by.in_(lang) + ".",
        alt="\n".join(f"{row[_('Notion')]}: {row[_('Point')]}" for row in rows),
        table=pd.DataFrame(rows),
        provenance=(_("The handbook: {place}").format(place=scan.place),),
    )
