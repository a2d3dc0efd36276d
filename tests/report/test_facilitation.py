"""The facilitator's page: made from the case before anybody scores."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.barriers import barriers
from tests.report.reader import Page
from workbook import handbook
from workbook.case import Case, open_case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import (
    Ballot,
    Decision,
    Group,
    How,
    Meeting,
    Names,
    Option,
    Participant,
    Priority,
    Reading,
    Round,
    State,
    Tally,
)
from workbook.locale import translator
from workbook.report import facilitation, facilitation_html, write_facilitation
from workbook.session.anonymous import SMALLEST


def page(case: Case) -> Page:
    return Page(facilitation_html(case))


def round_ahead(case: Case, names: Names | None, how: How = How.BALLOTS) -> None:
    row = Round(
        id="r9", name="Volgende", how=how, names=names, state=State.SETUP, source="fictional"
    )
    case.write({Round: [*case.rows(Round), row]})


def without_scores(case: Case) -> None:
    case.write({Ballot: (), Tally: (), Priority: (), Decision: (), Reading: (), Round: ()})


def minutes(table: list[list[str]]) -> list[int]:
    return [int(row[1]) for row in table[1:]]


def clock(told: str) -> int:
    hours, minutes = told.split(":")
    return int(hours) * 60 + int(minutes)


def test_it_says_whose_it_is(example: Case, published: Case, empty: Case) -> None:
    words = page(example).words
    assert words.count("FICTIONAL EXAMPLE") == 1
    assert "Voorbeeldregio · Ervaringsteam Voorbeeldregio · Werkatelier, 11 September 2025" in words
    assert "Everything on this page is made up" in words
    read = page(published).words
    assert "WEST-BRABANT · READ FROM A PUBLISHED TEXT" in read
    assert "Read from: " in read
    assert "FICTIONAL" not in page(empty).words


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("region", ["voorbeeldregio", "west-brabant"])
def test_both_plans_run_from_nothing_to_the_end_without_a_gap(
    data: Path, region: str, lang: str
) -> None:
    online, room = page(open_case(region, lang=lang, root=data)).tables[:2]
    for table, total in ((online, 120), (room, 180)):
        assert sum(minutes(table)) == total
        at = 0
        for start_end, length, part, doing in table[1:]:
            start, end = map(clock, start_end.split(" – "))
            assert (start, end - start) == (at, int(length))
            assert part and doing
            at = end
        assert at == total


def test_the_plan_follows_the_case(example: Case, published: Case) -> None:
    words = page(example).words
    assert "5 options × 6 criteria = 30 scores per person" in words
    assert "Each person gives 30 scores" in words
    assert "Time for 4 of the 30 cells" in words
    assert "Everything fits in 120 minutes." in words
    assert "7 options × 5 criteria = 35 scores per person" in page(published).words
    for row in (*scored_options(example), *scored_criteria(example)):
        assert row.name in words
    rows = [row.model_copy(update={"shortlisted": True}) for row in example.rows(Option)]
    example.write({Option: rows})
    assert "9 options × 6 criteria = 54 scores per person" in page(example).words


def test_what_doesnt_fit_is_left_out_and_said(example: Case) -> None:
    one = example.rows(Option)[0]
    many = [one.model_copy(update={"id": f"o{n}", "current": None}) for n in range(20)]
    without_scores(example)
    example._tables[Option] = tuple(many)  # type: ignore[attr-defined]
    made = page(example)
    assert "Not everything fits in 120 minutes. Left out, in this order: The explanation." in (
        made.words
    )
    assert "Only questions: everybody has read the handout beforehand." in made.words
    assert sum(minutes(made.tables[0])) == 120
    assert "Second round" not in [row[2] for row in made.tables[0]]


def test_the_numbers_reckoned_with_are_said_and_called_rules_of_thumb(example: Case) -> None:
    words = page(example).words
    assert "Reckoned with 20 seconds per score, 1 minute to explain" in words
    assert "1.5 minutes to explain" in words
    assert words.count("These are rules of thumb, nobody measured them") == 2


def test_how_many_people_come_is_never_made_up(published: Case, example: Case) -> None:
    words = page(published).words
    assert "How many people come: not published." in words
    assert "one person for each of the 9 parties of “Online werksessie”" in words
    without_scores(example)
    example.write({Participant: ()})
    told = page(example).words
    assert "How many people come: not filled in yet. The time plan is made as if 12" in told
    meeting = [row.model_copy(update={"present": ()}) for row in published.rows(Meeting)]
    published.write({Meeting: meeting})
    assert "How many people come: not published. The time plan is made as if 12" in (
        page(published).words
    )


def test_it_says_when_experts_by_experience_are_missing_or_alone(example: Case) -> None:
    assert "12 participants, 3 of them experts by experience." in page(example).words
    for keep, told in ((1, "Don't let anybody be the only one"), (0, "ask them first")):
        rows, left = [], keep
        for row in example.rows(Participant):
            expert = row.group is Group.EXPERTS
            left -= expert
            rows.append(
                row.model_copy(update={"group": Group.OTHER}) if expert and left < 0 else row
            )
        example.write({Participant: rows})
        assert told in page(example).words


def test_small_groups_are_named_where_they_wouldnt_be_kept(example: Case, published: Case) -> None:
    assert "Here: police and justice (2) and project (1)." in page(example).words
    assert "no group of fewer than" not in page(published).words
    assert facilitation._NAMED == SMALLEST


def test_who_works_at_the_position_now_scores_their_employer(example: Case) -> None:
    assert "“Team bij de opvang” is the position now." in page(example).words
    rows = [row.model_copy(update={"current": None}) for row in example.rows(Option)]
    example.write({Option: rows})
    assert "is the position now" not in page(example).words


def test_the_words_at_the_reveal_fit_the_coming_round(example: Case, empty: Case) -> None:
    by_name, anonymous = "These scores are by name, as we agreed.", "You see scores, not people."
    words = page(example).words
    assert "Every round in this case was revealed already" in words
    assert by_name in words
    assert anonymous in words
    rounds = example.rows(Round)
    for names, how, has in (
        (Names.OPEN, How.BALLOTS, (True, False)),
        (Names.ANONYMOUS, How.BALLOTS, (False, True)),
        (None, How.BALLOTS, (True, True)),
        (None, How.HANDS, (True, False)),
    ):
        round_ahead(example, names, how)
        words = page(example).words
        assert "The coming round: “Volgende”" in words
        assert (by_name in words, anonymous in words) == has
        example.write({Round: rounds})
    assert "No round of scoring was added yet" in page(empty).words


def test_no_score_support_or_decision_shows(example: Case, published: Case) -> None:
    for case in (example, published):
        before = facilitation_html(case)
        case.write({Ballot: (), Tally: (), Priority: (), Decision: (), Reading: ()})
        assert facilitation_html(case) == before
    for option in example.rows(Option):
        for words in (option.pros, option.cons, option.why, option.reason):
            assert words not in page(example).words


def test_what_the_handbook_asks_at_this_step_is_at_hand(example: Case) -> None:
    words = page(example).words
    assert handbook.step(7).goal.en in words
    for question in handbook.step(7).questions:
        assert question.en in words


def test_the_promises_to_experts_by_experience_stand_there(example: Case) -> None:
    made = page(example)
    for heading in ("Before", "During", "After", "Differences in power", "Second round"):
        assert heading in made.headings
    for told in (
        "Nobody has to explain their own experience",
        "Experts by experience speak first if they want to",
        "A reason for a changed score is invited, never required.",
        "This is arithmetic, no decision. You decide.",
        "“What was saved is saved.",
        "werkboek forms voorbeeldregio",
    ):
        assert told in made.words


def test_who_destroys_what_is_to_be_filled_in(example: Case) -> None:
    table = page(example).tables[-1]
    assert table[0] == ["What", "When", "Who", "Done on"]
    assert len(table) == 1 + 6
    assert all(what and when and (who, done) == ("", "") for what, when, who, done in table[1:])
    assert "een maand na de slotbijeenkomst vernietigd" in page(example).words


def test_an_empty_case_says_what_comes_first(empty: Case) -> None:
    made = page(empty)
    assert "the longlist is made in step 4, the shortlist in step 6" in made.words
    assert "There are no distinguishing criteria yet" in made.words
    assert "The time plan follows from the options and the criteria" in made.words
    assert len(made.tables) == 2


NASTY = '</style><script>x</script> <b>y</b> {{ 7*7 }} & $a$ \\ " {n}'


def test_what_people_typed_is_shown_as_typed(example: Case) -> None:
    rows = [
        row.model_copy(update={"name": NASTY}) if row.current else row
        for row in example.rows(Option)
    ]
    round_ahead(example, Names.OPEN)
    *rounds, last = example.rows(Round)
    last = last.model_copy(update={"name": NASTY})
    example.write({Option: rows, Round: [*rounds, last]})
    made = page(example)
    assert {"script", "b"}.isdisjoint(made.tags)
    assert made.tags.count("style") == 1
    assert f"The coming round: “{NASTY}”, ballots, by name." in made.words
    assert f"“{NASTY}” is the position now." in made.words


def test_it_needs_nothing_from_outside(example: Case) -> None:
    html = facilitation_html(example)
    assert {"script", "link", "img", "iframe", "a"}.isdisjoint(Page(html).tags)
    assert not re.search(r"url\(|@import|https?:(?!//…)|src=|href=", html)


def test_dutch_differs_wherever_it_is_translated(data: Path) -> None:
    case = open_case("voorbeeldregio", lang="nl", root=data)
    made = page(case)
    assert f"{translator('nl')('FICTIONAL EXAMPLE')}" in made.words
    assert handbook.step(7).goal.nl in made.words
    assert "11 september 2025" in made.words
    assert "1,5" in made.words


def test_the_page_runs_for_the_room_before_slips_are_made_and_when_it_is_started_anew(
    example: Case,
) -> None:
    words = page(example).words
    lan, slips = "werkboek session voorbeeldregio --lan", "werkboek codes voorbeeldregio"
    assert words.count("werkboek session") == words.count(lan) == 2
    assert words.index(lan) < words.index(slips)
    assert f"{slips} --address https://…" in words


CUT_WORDS = """() => [...document.querySelectorAll('th')].flatMap(head => {
  const cut = [], texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
  while (texts.nextNode())
    for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(texts.currentNode, word.index);
      range.setEnd(texts.currentNode, word.index + word[0].length);
      if (range.getClientRects().length > 1) cut.push(word[0]);
    }
  return cut;
})"""


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_on_paper_no_word_at_the_head_of_a_row_is_cut(browser, data: Path, lang: str) -> None:
    tab = browser.new_page(viewport={"width": 709, "height": 1000})  # A4 without its margins
    tab.emulate_media(media="print")
    tab.set_content(facilitation_html(open_case("voorbeeldregio", lang=lang, root=data)))
    assert tab.evaluate(CUT_WORDS) == []
    tab.close()


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("region", ["voorbeeldregio", "west-brabant"])
def test_it_can_be_read_on_a_phone_on_paper_and_aloud(
    browser, data: Path, tmp_path: Path, region: str, lang: str
) -> None:
    path = tmp_path / "facilitation.html"
    write_facilitation(open_case(region, lang=lang, root=data), path)
    tab = browser.new_page(viewport={"width": 320, "height": 800})
    tab.goto(path.as_uri())
    for width in (320, 700, 929, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert barriers(tab) == []
    pdf = tab.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 4
    tab.emulate_media(media="print")
    # The first page isn't left half empty by a time plan that is kept whole.
    assert tab.eval_on_selector(".plan", "e => getComputedStyle(e).breakInside") == "auto"
    tab.close()
