"""The facilitator's page: made from a case before people score, so it holds no score at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from workbook import handbook
from workbook.case import Case
from workbook.case.asked import invited, scored_criteria, scored_options
from workbook.case.folder import write_atomically
from workbook.case.tables import Group, How, Names, Round, State
from workbook.exhibits import option_meanings, scale_meanings
from workbook.exhibits.exhibit import mark
from workbook.exhibits.wording import listed, number, unfilled
from workbook.locale import N_, Message
from workbook.report.handout import lead, session, session_meeting
from workbook.report.html import css_text, page_environment, sheet_style
from workbook.report.time_plan import (
    ONLINE,
    ROOM,
    SECONDS_PER_SCORE,
    Cut,
    Pace,
    Part,
    Plan,
    time_plan,
)

_NAMED = 3
"""Ballots that a group needs to stay beside anonymous ones."""

_AS_IF = 12
"""People to plan for where nothing is known."""


@dataclass(frozen=True)
class Minutes:
    """One line of a time plan."""

    start: str
    end: str
    minutes: int
    name: str
    doing: str


@dataclass(frozen=True)
class Timed:
    """A time plan as it is shown."""

    title: str
    lines: Sequence[Minutes]
    total: int
    left_out: Sequence[str]
    reckoned: str


def write_facilitation(case: Case, path: Path) -> None:
    """Write the facilitator's page of a case as one HTML file, whole or not at all."""
    write_atomically(path, facilitation_html(case).encode("utf-8"))


def facilitation_html(case: Case) -> str:
    """Give the facilitator's page as one HTML page; everything from the case is escaped."""
    _ = case.translate
    template = page_environment().from_string(
        (files("workbook.report") / "facilitation.html.j2").read_text("utf-8")
    )
    title, region, marked = _("For the facilitator"), case.info.region, mark(case)
    foot = [title, *([] if region.upper() in marked else [region]), marked]
    options, criteria = scored_options(case), scored_criteria(case)
    people, told = _people(case)
    plans: list[Timed] = []
    if options and criteria:
        for heading, pace in (
            (N_("Online: two hours"), ONLINE),
            (N_("In a room: three hours"), ROOM),
        ):
            made = time_plan(pace, len(options), len(criteria), people)
            cells = len(options) * len(criteria)
            plans.append(_timed(case, _(heading), pace, made, cells))
    return template.render(
        _=_,
        style=sheet_style("facilitation.css"),
        foot=css_text(" · ".join(filter(None, foot))),
        lang=case.lang,
        case_lang=case.info.language,
        title=title,
        region=region,
        id=case.region,
        hosting="docs/hosting.nl.md" if case.lang == "nl" else "docs/hosting.md",
        project=case.info.project,
        session=session(case),
        mark=marked,
        lead=lead(case),
        step=handbook.step(7),
        options=[row.name for row in options],
        no_options=option_meanings(case).sentence,
        criteria=[row.name for row in criteria],
        no_criteria=scale_meanings(case).sentence,
        people=told,
        current=[row.name for row in options if row.current is True],
        coming=_coming(case),
        named=_named(case),
        small=_small(case),
        plans=plans,
        retention=[passage.text for passage in case.info.retention],
    )


def _people(case: Case) -> tuple[int, list[str]]:
    """Give for how many people to plan, and what is known about them in sentences."""
    _ = case.translate
    there = invited(case)
    if there:
        experts = sum(row.group is Group.EXPERTS for row in there)
        if not experts:
            words = _(
                "{n} participants, and no expert by experience among them. They always take part: "
                "ask them first."
            )
        elif experts == 1:
            words = _(
                "{n} participants, one of them an expert by experience. Don't let anybody be the "
                "only one: ask a second."
            )
        else:
            words = _("{n} participants, {experts} of them experts by experience.")
        return len(there), [words.format(n=len(there), experts=experts)]
    unknown = _("How many people come: {unknown}.").format(unknown=unfilled(case))
    meeting = session_meeting(case)
    if meeting is not None and meeting.present:
        n = len(meeting.present)
        words = _("The time plan counts one person for each of the {n} parties of “{meeting}”.")
        return n, [unknown, words.format(n=n, meeting=meeting.name)]
    words = _("The time plan is made as if {n} people come.")
    return _AS_IF, [unknown, words.format(n=_AS_IF)]


def _coming_round(case: Case) -> Round | None:
    ahead = (row for row in case.rows(Round) if row.state is not State.REVEALED)
    return next(ahead, None)


def _coming(case: Case) -> str:
    _ = case.translate
    row = _coming_round(case)
    if row is None:
        if not case.rows(Round):
            return _("No round of scoring was added yet; that is done in notebook 07.")
        return _("Every round in this case was revealed already; add one in notebook 07.")
    how = _(row.how.label)
    if row.how is How.HANDS:
        return _("The coming round: “{name}”, {how}.").format(name=row.name, how=how)
    names = _(row.names.label) if row.names else _("by name or anonymous: not chosen yet")
    return _("The coming round: “{name}”, {how}, {names}.").format(
        name=row.name, how=how, names=names
    )


def _named(case: Case) -> bool | None:
    """Say whether the coming round is by name; None while nobody chose."""
    row = _coming_round(case)
    if row is None:
        return None
    if row.how is How.HANDS:
        return True
    return None if row.names is None else row.names is Names.OPEN


def _small(case: Case) -> str:
    """Name the groups that an anonymous round can't keep."""
    _ = case.translate
    sizes = Counter(row.group for row in invited(case))
    small = [f"{_(group.label)} ({sizes[group]})" for group in Group if 0 < sizes[group] < _NAMED]
    if not small:
        return ""
    return _("In an anonymous round no group of fewer than {n} is kept. Here: {groups}.").format(
        n=_NAMED, groups=listed(case, small)
    )


def _timed(case: Case, title: str, pace: Pace, plan: Plan, cells: int) -> Timed:
    _ = case.translate
    lines, start = [], 0
    for part, minutes in plan.parts.items():
        cut = _DONE_OTHERWISE.get(part)
        doing = cut[1] if cut and cut[0] in plan.left_out else _DOING[part]
        told = Message(doing, cells=cells, k=plan.cells).render(case.lang)
        end = start + minutes
        lines.append(Minutes(_clock(start), _clock(end), minutes, _(_NAMES[part]), told))
        start = end
    one = _(
        "Reckoned with {seconds} seconds per score, 1 minute to explain an option or a criterion "
        "and {discuss} minutes per cell that is discussed. These are rules of thumb, nobody "
        "measured them: change them where you know better."
    )
    more = _(
        "Reckoned with {seconds} seconds per score, {explain} minutes to explain an option or a "
        "criterion and {discuss} minutes per cell that is discussed. These are rules of thumb, "
        "nobody measured them: change them where you know better."
    )
    reckoned = (one if pace.explain == 1 else more).format(
        seconds=SECONDS_PER_SCORE,
        explain=number(case, pace.explain, 1, signed=False),
        discuss=pace.discuss,
    )
    return Timed(title, lines, pace.total, [_(_LEFT_OUT[cut]) for cut in plan.left_out], reckoned)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


_NAMES = {
    Part.WELCOME: N_("Welcome and agreements"),
    Part.EXPLAIN: N_("Options, criteria and scale"),
    Part.SCORE: N_("Scoring, each for oneself"),
    Part.BREAK: N_("Break"),
    Part.REVEAL: N_("Reveal"),
    Part.DISCUSS: N_("Cells in which the room is split"),
    Part.SECOND_BREAK: N_("Break"),
    Part.SECOND_ROUND: N_("Second round"),
    Part.WEIGH: N_("Which criteria weigh most"),
    Part.CHOOSE: N_("Preference"),
    Part.CLOSE: N_("Closing"),
    Part.SPARE: N_("Time to spare"),
}

_DOING = {
    Part.WELCOME: N_(
        "Who is here and what is chosen today. What stays among you, the sign to stop, the quiet "
        "room, the breaks, who speaks first and who last."
    ),
    Part.EXPLAIN: N_(
        "Go through the handout: what each option is, what −, ± and + mean. No opinions yet."
    ),
    Part.SCORE: N_(
        "Each person gives {cells} scores and an own order of the criteria, in silence. The "
        "console shows how many have scored and never what. Whoever is done has a break."
    ),
    Part.BREAK: N_(
        "A real break; online with camera and microphone off. The contact person is there for "
        "whoever wants to talk."
    ),
    Part.REVEAL: N_("Close, reveal, a minute of silence, then read the first sentence aloud."),
    Part.DISCUSS: N_(
        "Time for {k} of the {cells} cells. Begin where the room is split most on a criterion "
        "that many put high."
    ),
    Part.SECOND_BREAK: N_("The contact person asks how people are before you go on."),
    Part.SECOND_ROUND: N_(
        "Everybody may change scores; a reason is invited, never required. Then close and reveal."
    ),
    Part.WEIGH: N_(
        "Put the own orders side by side and write down one for the room. Where you don't agree, "
        "criteria share a place."
    ),
    Part.CHOOSE: N_(
        "First what the scores support and how firmly, then what the room wants and why. "
        "Objections are written down with the choice."
    ),
    Part.CLOSE: N_(
        "Who confirms the choice, who does what, when people hear more, who destroys the codes. A "
        "last word for whoever wants one."
    ),
    Part.SPARE: N_("End earlier, or use it for what came up."),
}

_DONE_OTHERWISE = {
    Part.EXPLAIN: (
        Cut.READ_BEFORE,
        N_("Only questions: everybody has read the handout beforehand. No opinions yet."),
    ),
    Part.SCORE: (
        Cut.SCORE_BEFORE,
        N_("The round was open in the days before. Ask who needs another minute."),
    ),
}

_LEFT_OUT = {
    Cut.READ_BEFORE: N_(
        "The explanation. Send the handout a week ahead and offer to go through it together."
    ),
    Cut.SECOND_ROUND_LATER: N_(
        "The second round. Open it on the ballot page in the days after, or leave it out."
    ),
    Cut.SCORE_BEFORE: N_(
        "Scoring. Let people score in the days before; whoever has no safe device or place for it "
        "comes earlier, or scores on paper."
    ),
    Cut.CHOOSE_LATER: N_("Weighing the criteria and choosing: that is a meeting of its own."),
}
