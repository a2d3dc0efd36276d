"""A region from nothing to a decision, in the browser, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.driver import Lab
from workbook.case import open_case
from workbook.case.checking import cross_problems
from workbook.case.tables import TABLES, Ballot, Criterion, Decision, Option, Priority, Score, Tally

CRITERIA = ["Eigen rol", "Korte lijnen", "Onafhankelijk"]
OPTIONS = ["Bij de opvang", "Eigen stichting", "Verband van twee"]


def test_a_region_from_nothing_to_a_decision(
    window: Callable[[], Lab], server, request: pytest.FixtureRequest
) -> None:
    lab = window()
    create(lab, server)
    case = open_case("oost-weide", lang=lab.lang, root=server.data)

    lab.open("01_involve", "oost-weide")
    form = lab.form("Parties")
    form.add()
    form.type(0, "Name", "Opvang Oost")
    form.save()
    lab.shoot("party", form.section)

    criteria(lab)
    options(lab)
    selects(lab)
    screens(lab)
    scores(lab)
    decides(lab)

    case.refresh()
    assert not cross_problems({model: case.rows(model) for model in TABLES})
    assert [row.name for row in case.rows(Criterion)] == CRITERIA
    assert [row.name for row in case.rows(Option)] == OPTIONS
    given = {(b.participant, b.option, b.criterion): b.score for b in case.rows(Ballot)}
    assert given["p01", "bij-de-opvang", "korte-lijnen"] is Score.MINUS
    assert given["p02", "eigen-stichting", "onafhankelijk"] is Score.DONT_KNOW
    assert len(given) == 7  # the eighth was left empty
    assert [(t.minus, t.plusminus, t.plus) for t in case.rows(Tally)] == [(2, 3, 4)]
    assert [(p.criterion, p.rank) for p in case.rows(Priority)] == [
        ("korte-lijnen", 1),
        ("onafhankelijk", 1),
    ]
    decided = case.rows(Decision)[-1]
    assert (decided.step, decided.option, decided.status.value) == (
        7,
        "eigen-stichting",
        "confirmed",
    )
    assert lab.errors == []


def create(lab: Lab, server) -> None:
    """Make the region at the front door and go to its own notebook 00."""
    lab.open("00_start")
    lab.shoot("front-door")
    lab.panel.get_by_label(lab._("New region")).fill("Oost Weide")
    lab.panel.get_by_role("button", name=lab._("Make it")).click()
    link = lab.panel.get_by_role("link", name=lab._("Open {region}").format(region="Oost Weide"))
    link.click()
    lab.page.locator("nav strong", has_text="Oost Weide").wait_for(timeout=60_000)
    lab.ready("00_start")
    lab.shoot("new-region")
    expect(lab.panel.locator(".wb-next")).to_contain_text("0")
    assert (server.data / "oost-weide" / "case.yaml").exists()


def criteria(lab: Lab) -> None:
    """Three criteria, the second and third by Enter; pasted meanings."""
    lab.open("03_inventory", "oost-weide")
    form = lab.form("Criteria")
    form.add()
    lab.page.keyboard.type(CRITERIA[0])
    for name in CRITERIA[1:]:
        lab.page.keyboard.press("Enter")
        lab.page.keyboard.type(name)
    expect(form.rows).to_have_count(3)
    form.save()
    lab.shoot("criteria", form.section)
    lab.sees(CRITERIA[2])


def options(lab: Lab) -> None:
    """Three options, pasted as a block from a spreadsheet."""
    lab.open("04_longlist", "oost-weide")
    form = lab.form("Options")
    form.add()
    words = lab._
    forms = ["within one organisation", "independent position", "partnership"]
    block = "\n".join(f"{name}\t{words(kind)}" for name, kind in zip(OPTIONS, forms, strict=True))
    cell = form.cell(0, "Name")
    cell.evaluate(
        """(node, text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          node.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""",
        block,
    )
    expect(form.rows).to_have_count(3)
    expect(form.cell(2, "Name")).to_have_value(OPTIONS[2])
    form.save()
    lab.shoot("options", form.section)
    lab.sees(OPTIONS[1])


def selects(lab: Lab) -> None:
    """One criterion on the vision, two distinguishing ones."""
    lab.open("05_select", "oost-weide")
    form = lab.form("Criteria")
    for row, cluster in enumerate(["vision (knock-out)", "distinguishing", "distinguishing"]):
        form.choose(row, "Cluster", cluster)
        form.choose(row, "Selected", "yes")
        form.type(row, "Reason", "Daar gaat het om")
    form.save()
    lab.sees(f"{lab._('distinguishing')} 2")


def screens(lab: Lab) -> None:
    """One option falls short of the vision; the other two are on the shortlist."""
    lab.open("06_shortlist", "oost-weide")
    form = lab.form("From longlist to shortlist")
    expect(form.rows).to_have_count(3)
    for row, verdict in enumerate(["meets it", "meets it", "falls short"]):
        form.choose(row, "Verdict", verdict)
    form.save()
    lab.shoot("screening", form.section)
    lab.sees(OPTIONS[2])
    shortlist = lab.form("Options")
    for row, kept in enumerate(["yes", "yes", "no"]):
        shortlist.choose(row, "Shortlisted", kept)
    shortlist.save()
    lab.sees(OPTIONS[0])


def scores(lab: Lab) -> None:
    """Two people, two rounds of forms and hands, then the order of importance."""
    lab.open("07_preference", "oost-weide")
    people = lab.form("Participants")
    for _ in range(2):
        people.add()
        people.choose(people.rows.count() - 1, "Group", "experts by experience")
    people.save()
    rounds = lab.form("Rounds")
    hands = rounds.add()
    rounds.type(hands, "Name", "Handen")
    rounds.choose(hands, "How", "show of hands")
    papers = rounds.add()
    rounds.type(papers, "Name", "Formulieren")
    rounds.save()

    lab.form("Show of hands")
    form = lab.form("Show of hands")
    for symbol, number in zip("−±+", "234", strict=True):
        form.rows.nth(0).get_by_label(f"{OPTIONS[0]} × {CRITERIA[1]} {symbol}").fill(number)
    form.save()
    lab.shoot("hands", form.section)
    form.press("Reveal this round: show its pictures")
    lab.sees(OPTIONS[0], "−2 ±3 +4")

    form = lab.form("Score form")
    for person, typed in (("p01", "-++0"), ("p02", "+0 ?")):
        form.above("Participant", person)
        expect(form.rows).to_have_count(2)
        form.cell(0, CRITERIA[1]).click()
        lab.page.keyboard.type(typed)
        form.save()
    # The second person left a cell empty, with the space bar; it is filled in and emptied again.
    lab.shoot("scores", form.section)
    form.above("Participant", "p01")
    expect(form.cell(0, CRITERIA[1])).to_have_value("−")
    form.press("Reveal this round: show its pictures")
    lab.sees(OPTIONS[0], "−1 ±0 +1")

    order = lab.form("Order of importance")
    order.type(0, "Rank", "1")
    order.type(1, "Rank", "1")
    order.save()
    lab.sees(CRITERIA[1], CRITERIA[2])
    lab.shoot("order", order.section)


def decides(lab: Lab) -> None:
    """What the room decided, beside what the scores support."""
    form = lab.form("What we decided")
    form.add()
    form.type(0, "Subject", "Voorkeur")
    form.type(0, "Choice", "Een eigen stichting")
    form.cell(0, "Option").select_option("eigen-stichting")
    form.type(0, "Reason", "Vrij spreken gaat voor")
    form.choose(0, "Status", "confirmed")
    form.save()
    lab.sees(lab._("What was decided"), OPTIONS[1])
    lab.shoot("decision", form.section)
