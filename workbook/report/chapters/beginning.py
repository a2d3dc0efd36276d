"""What was asked, of whom, and how it went: steps 0 to 2."""

from __future__ import annotations

from workbook import exhibits
from workbook.case.tables import Meeting
from workbook.exhibits.deployment import topic_words
from workbook.exhibits.wording import party_names, shown
from workbook.report.draft import Draft, as_lines
from workbook.report.model import Block, Paragraph, Shape


def summary(draft: Draft) -> list[Block]:
    """Begin with the end: what the region says, what the scores support, what was decided."""
    case = draft.case
    _ = case.translate
    return [
        *draft.claims(_("Summary"), case.scenario.summary),
        Paragraph(exhibits.plain_support(case), see="outcome"),
        Paragraph(
            exhibits.decided_sentence(case),
            refs=draft.trail.ref(exhibits.main_decision(case, 7)),
        ),
    ]


def project(draft: Draft) -> list[Block]:
    """Tell what the project is and how the experts by experience are deployed."""
    case = draft.case
    _ = case.translate
    deployment = case.info.deployment
    core = [deployment.core] if deployment.core else []
    topics = {
        topic: words for topic, words in topic_words(case).items() if topic not in ("core", "goals")
    }
    return [
        *draft.claims(_("Origin and commission"), case.info.origin),
        *draft.claims(_("Goals"), deployment.goals),
        *draft.claims(_("The core in one sentence"), core),
        *(
            block
            for topic, words in topics.items()
            for block in draft.claims(words, getattr(deployment, topic))
        ),
        *draft.claims(_("Is it time?"), case.info.readiness),
        *draft.exhibit(exhibits.implications, table=True),
    ]


def process(draft: Draft) -> list[Block]:
    """Tell how the steps were taken, and what was decided on the way."""
    case = draft.case
    _ = case.translate
    period = case.info.period
    told = period.text or " – ".join(shown(case, day) for day in (period.start, period.end) if day)
    return [
        *([Paragraph(f"{told[0].upper()}{told[1:].rstrip('.')}.")] if told else []),
        *draft.claims(_("How it went"), case.info.process),
        *meetings(draft),
        *(block for step in range(1, 5) for block in decisions(draft, step)),
    ]


def meetings(draft: Draft) -> list[Block]:
    """List the meetings; other statements point to them as their source."""
    case = draft.case
    _ = case.translate
    parties = party_names(case)
    rows = case.rows(Meeting)
    lines = [
        {
            _("Meeting"): row.name,
            _("Date"): shown(case, row.date),
            _("Steps"): ", ".join(row.steps) or "–",
            _("Present"): ", ".join(parties[p] for p in row.present) or "–",
        }
        for row in rows
    ]
    return draft.table(_("Meetings"), lines, rows, anchors=[f"meeting-{row.id}" for row in rows])


def decisions(draft: Draft, step: int) -> list[Block]:
    """Give what was decided in a step: once, with all that is known about it."""
    case = draft.case
    shown = exhibits.decided(case, step=step)
    title = case.translate("What was decided in step {step}").format(step=step)
    return draft.table(title, as_lines(shown), shown.origins, force=Shape.RECORDS)
