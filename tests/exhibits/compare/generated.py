"""Regions for tests: as many as wanted, each different, the same ones every time.

They are real cases on disk. Region 0 is complete; among the others are ones that haven't begun,
that have only criteria, that tie, that agree on nothing, that were read from a text or made up.
"""

from __future__ import annotations

import random
from pathlib import Path

from workbook import handbook
from workbook.case import Case, open_case
from workbook.case.tables import (
    Ballot,
    Cluster,
    Commitment,
    Criterion,
    Decision,
    Form,
    Group,
    How,
    Involvement,
    Names,
    Option,
    Participant,
    Party,
    PartyKind,
    Pledge,
    Priority,
    Round,
    Score,
    State,
    Status,
)
from workbook.case.template import new_region

NAMES = (
    "Achterhoek", "Drenthe", "Flevoland", "Fryslân", "Gooi en Vechtstreek", "Groningen-Noord",
    "Haaglanden", "Hart van Brabant", "Hollands Midden", "IJsselland", "Kennemerland",
    "Land van Cuijk", "Limburg-Noord", "Midden-Holland", "Noord-Veluwe",
    "Regio Alkmaar en West-Friesland",
    "Rijnmond", "Rivierenland", "Twente", "Utrecht", "Zaanstreek-Waterland", "Zeeland",
    "Zuid-Holland Zuid en de eilanden", "Zuid-Kennemerland", "Zuid-Limburg", "Zuidoost-Brabant",
    "West-Veluwe Vallei", "Brabant-Noordoost", "Kop van Noord-Holland", "Gelderland-Midden",
)  # fmt: skip
OWN = ("Scholing", "Korte wachttijd", "Oog voor kinderen", "Dicht bij beleid", "Eigen gebouw",
       "Zeggenschap", "Vaste contactpersoon", "Nachtopvang")  # fmt: skip
KINDS = (PartyKind.EXPERTS, PartyKind.MUNICIPALITY, PartyKind.CARE, PartyKind.JUSTICE,
         PartyKind.HOUSING, PartyKind.CLIENTS)  # fmt: skip
STAGES = ("complete", "complete", "criteria", "complete", "empty", "parties", "tied", "split",
          "complete", "individual", "dropped")  # fmt: skip
"""How far a region is, in turn."""


def slug(place: int) -> str:
    return f"regio-{place:02d}"


def generate(n: int, root: Path, lang: str = "en") -> list[Case]:
    """Make ``n`` regions under a data root."""
    return [_region(place, root, lang) for place in range(n)]


def stage(place: int) -> str:
    return STAGES[place % len(STAGES)]


def _region(place: int, root: Path, lang: str) -> Case:
    dice = random.Random(place)
    folder = new_region(slug(place), root, "nl", NAMES[place % len(NAMES)])
    marked = {7: "published", 13: "fictional", 20: "published"}.get(place)
    if marked:
        path = folder / "case.yaml"
        text = path.read_text("utf-8").replace("provenance: own", f"provenance: {marked}")
        path.write_text(text, "utf-8")
    case = open_case(slug(place), lang=lang, root=root)
    here = stage(place)
    if here == "empty":
        return case
    case.write({Party: _parties(), Involvement: _involvement(dice)})
    if here == "parties":
        return case
    criteria = _criteria(dice, undecided=here == "criteria")
    case.write({Criterion: criteria})
    if here == "criteria":
        return case
    options = _options(dice)
    case.write({Option: options, Commitment: _commitments(dice, criteria)})
    if marked == "published":
        case.write({Decision: [_decision(options, dice)]})
        return case
    scored = [row for row in criteria if row.selected and row.cluster is Cluster.DISTINGUISHING]
    people = [Participant(id=f"p{i}", group=Group.CARE, source="s") for i in range(9)]
    rounds = [Round(id="r1", name="Ronde", how=How.BALLOTS, names=Names.OPEN, state=State.REVEALED,
                    source="s")]  # fmt: skip
    case.write({Participant: people, Round: rounds})
    case.write(
        {
            Ballot: _ballots(dice, people, [o for o in options if o.shortlisted], scored, here),
            Priority: _priorities(dice, people, scored, here),
        }
    )
    if here != "split":
        case.write({Decision: [_decision(options, dice)]})
    return case


def _parties() -> list[Party]:
    return [Party(id=f"partij-{i}", name=f"Partij {i}", kind=kind, source="s")
            for i, kind in enumerate(KINDS)]  # fmt: skip


def _involvement(dice: random.Random) -> list[Involvement]:
    return [
        Involvement(id=f"s{step}-{i}", step=step, party=f"partij-{i}", took_part=True, source="s")
        for step in range(1, 9)
        for i in range(len(KINDS))
        if dice.random() < 0.6
    ]


def _criteria(dice: random.Random, *, undecided: bool) -> list[Criterion]:
    rows = []
    for example in handbook.example_criteria():
        if dice.random() < 0.25:
            continue
        cluster = Cluster(example.cluster)
        if dice.random() < 0.1:
            cluster = dice.choice(list(Cluster))
        rows.append(
            Criterion(
                id=example.id.replace("_", "-"),
                name=example.name.nl,
                cluster=None if undecided else cluster,
                selected=None if undecided else dice.random() < 0.8,
                reason=None if undecided else "Daarom",
                source="s",
            )
        )
    for i, name in enumerate(dice.sample(OWN, 3)):
        rows.append(
            Criterion(
                id=f"eigen-{i}",
                name=name,
                cluster=None if undecided else dice.choice(list(Cluster)),
                selected=None if undecided else True,
                source="s",
            )
        )
    rows.append(Criterion(id="enig", name=f"Alleen hier {dice.randrange(10**6)}",
                          cluster=Cluster.DISTINGUISHING, selected=not undecided or None,
                          source="s"))  # fmt: skip
    return rows


def _options(dice: random.Random) -> list[Option]:
    forms = [Form.INDEPENDENT, Form.ONE, Form.ONE, Form.PARTNERSHIP, Form.PARTNERSHIP]
    return [
        Option(id=f"o{i}", name=f"Mogelijkheid {i}", form=form, current=i == 1, source="s",
               shortlisted=i in (1, 3) or dice.random() < 0.5)
        for i, form in enumerate(forms)
    ]  # fmt: skip


def _commitments(dice: random.Random, criteria: list[Criterion]) -> list[Commitment]:
    return [
        Commitment(id=f"c-{row.id}", party="partij-2", criterion=row.id, source="s",
                   pledge=dice.choice([Pledge.GIVEN, Pledge.CONDITIONAL, Pledge.ASKED]))
        for row in criteria
        if row.cluster is Cluster.PRECONDITION and dice.random() < 0.7
    ]  # fmt: skip


def _ballots(
    dice: random.Random,
    people: list[Participant],
    options: list[Option],
    scored: list[Criterion],
    here: str,
) -> list[Ballot]:
    scale = [Score.MINUS, Score.PLUSMINUS, Score.PLUS]
    best = dice.choice(options).id
    rows = []
    for person in people:
        for option in options:
            for criterion in scored:
                if here == "tied":
                    score = Score.PLUSMINUS
                elif here == "split":
                    score = dice.choice(scale)
                else:
                    score = dice.choices(scale, (1, 2, 7) if option.id == best else (4, 4, 1))[0]
                rows.append(Ballot(id=f"b{len(rows)}", round="r1", participant=person.id,
                                   option=option.id, criterion=criterion.id, score=score,
                                   source="s"))  # fmt: skip
    return rows


def _priorities(
    dice: random.Random, people: list[Participant], scored: list[Criterion], here: str
) -> list[Priority]:
    order = dice.sample(scored, len(scored))
    if here == "dropped":
        return []
    who = [person.id for person in people[:4]] if here == "individual" else ["plenary"]
    ranks = {row.id: 1 + place // (2 if here == "tied" else 1) for place, row in enumerate(order)}
    return [
        Priority(id=f"{person}-{row.id}", round="r1", who=person, criterion=row.id,
                 rank=ranks[row.id] if ranks[row.id] < 5 else None, source="s")
        for person in who
        for row in scored
    ]  # fmt: skip


def _decision(options: list[Option], dice: random.Random) -> Decision:
    chosen = dice.choice([row for row in options if row.shortlisted])
    return Decision(id="keuze", step=7, subject="De plek", choice=chosen.name, option=chosen.id,
                    reason="Daarom", body="Klankbordgroep", source="s",
                    status=dice.choice([Status.CONFIRMED, Status.PROPOSED]))  # fmt: skip
