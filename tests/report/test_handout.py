"""The handout: what is scored and on which scale, on paper, without a word that argues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.report.reader import Page
from workbook.case import Case, open_case
from workbook.case.asked import scored_criteria, scored_options
from workbook.case.tables import (
    Ballot,
    Criterion,
    Decision,
    Meeting,
    Option,
    Party,
    Priority,
    Reading,
    Round,
    State,
    Tally,
)
from workbook.cli import main
from workbook.report import handout_html, write_handout


def page(case: Case) -> Page:
    return Page(handout_html(case), labels=True)


def change(case: Case, table: type, place: int, **values: object) -> None:
    rows = list(case.rows(table))
    rows[place] = rows[place].model_copy(update=values)
    case.write({table: rows})


def edit(case: Case, old: str, new: str) -> None:
    path = case.folder / "case.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert case.refresh()


def test_it_says_whose_it_is_and_for_which_session(example: Case, published: Case) -> None:
    made = page(example)
    assert made.headings == [
        "Options, criteria and scale", "The options", "The scale", "The criteria",
    ]  # fmt: skip
    assert made.words.count("FICTIONAL EXAMPLE") == 1
    assert "Voorbeeldregio · Ervaringsteam Voorbeeldregio · Werkatelier, 11 September 2025" in (
        made.words
    )
    assert "Everything on this page is made up" in made.words
    read = page(published).words
    assert "WEST-BRABANT · READ FROM A PUBLISHED TEXT" in read
    assert "West-Brabant · De Cirkel is Rond · Online werksessie, date not published" in read
    assert "bijlage 2 “Organisatorische positionering De Cirkel is Rond”" in read


def test_every_option_of_the_shortlist_is_explained_in_the_order_of_the_case(
    example: Case,
) -> None:
    head, *rows = page(example).tables[0]
    assert head == ["Option", "Members", "Responsibility", "Coordination", "Employment"]
    options, parties = scored_options(example), {p.id: p.name for p in example.rows(Party)}
    assert len(rows) == len(options) == 5
    for row, option in zip(rows, options, strict=True):
        assert row[0].startswith(option.name)
        assert f"short: {option.short}" in row[0]
        assert all(parties[member] in row[1] for member in option.members)
        assert row[2] == f"Responsibility {option.responsibility}"
        assert row[3] == f"Coordination {option.coordination}"
        assert row[4] == f"Employment {option.employment}"
    assert rows[0][0].endswith("independent position")
    assert rows[3][1] == ("Members Regiobureau van de gemeenten, Welzijn Lindermeer, De opvang")


def test_every_criterion_that_is_scored_tells_what_the_signs_mean(example: Case) -> None:
    head, *rows = page(example).tables[1]
    assert head == ["Criterion", "Meaning", "− poor", "± fair", "+ good"]
    criteria = scored_criteria(example)
    assert len(rows) == len(criteria) == 6
    for row, criterion in zip(rows, criteria, strict=True):
        assert row == [
            criterion.name,
            f"Meaning {criterion.description}",
            f"− poor {criterion.minus}",
            f"± fair {criterion.plusminus}",
            f"+ good {criterion.plus}",
        ]


def test_the_scale_has_colours_and_symbols_and_words(example: Case) -> None:
    html, made = handout_html(example), page(example)
    for colour, told in (
        ("#D55E00", "− poor: The position does not meet the criterion, or hardly does."),
        ("#F0F0F0", "± fair: The position meets the criterion in part."),
        ("#0072B2", "+ good: The position meets the criterion well."),
    ):
        assert told in made.words
        assert f'style="background:{colour};' in html
    assert "? “don't know” is not an answer on the scale, and something other than “fair”." in (
        made.words
    )
    dutch = page(open_case("voorbeeldregio", lang="nl", root=example.folder.parent)).words
    for told in ("− slecht:", "± matig:", "+ goed:", "“weet ik niet”", "11 september 2025"):
        assert told in dutch


def test_it_tells_what_positioning_is_not_and_what_its_parts_are(example: Case) -> None:
    words = page(example).words
    assert "Positioning is not the same as collaboration." in words
    assert "Responsibility: Who is answerable for the deployment as a whole?" in words
    assert "Coordination: Who coordinates the work from day to day?" in words
    assert "Employment: Who employs the experts by experience" in words


def test_the_current_position_is_marked_and_no_other(example: Case) -> None:
    made = page(example)
    assert "The current position is marked “position now”." in made.words
    marked = [row[0] for row in made.tables[0] if "position now" in row[0]]
    assert len(marked) == 1
    assert marked[0].startswith("Team bij de opvang")
    place = next(i for i, row in enumerate(example.rows(Option)) if row.current)
    change(example, Option, place, shortlisted=False)
    words = page(example).words
    assert "The current position is not among these options." in words
    assert "position now" not in words
    change(example, Option, place, current=None)
    assert "current position" not in page(example).words


def test_no_score_weight_argument_or_decision_shows(example: Case, published: Case) -> None:
    for case in (example, published):
        before = handout_html(case)
        case.write({Ballot: (), Tally: (), Priority: (), Decision: (), Reading: ()})
        assert handout_html(case) == before
        for word in ("support", "index", "rank", "weight"):
            assert word not in Page(before).words.casefold()
    for option in example.rows(Option):
        for words in (option.pros, option.cons, option.why, option.reason):
            assert words not in page(example).words


def test_the_order_is_that_of_the_case_whatever_the_scores(example: Case) -> None:
    example.write(
        {
            Option: tuple(reversed(example.rows(Option))),
            Criterion: tuple(reversed(example.rows(Criterion))),
        }
    )
    made = page(example)
    assert made.tables[0][1][0].startswith("Welzijn en opvang samen")
    assert made.tables[1][1][0] == "Regionaal werkgebied"
    assert "The order of the options and of the criteria says nothing" in made.words


def test_what_is_not_filled_in_says_so(example: Case) -> None:
    change(example, Option, 0, responsibility=None, members=(), form=None)
    change(example, Criterion, 10, description=None, plusminus=None)
    assert example.rows(Criterion)[10].name == "Dicht bij beleid"
    made = page(example)
    first = made.tables[0][1]
    assert first[0].endswith("Form: not filled in yet")
    assert first[1:3] == ["Members not filled in yet", "Responsibility not filled in yet"]
    assert made.tables[1][1][1] == "Meaning not filled in yet"
    assert made.tables[1][1][3] == "± fair not filled in yet"


def test_what_a_text_does_not_publish_says_so(published: Case) -> None:
    made = page(published)
    assert "not filled in yet" not in made.words
    assert [row[2] for row in made.tables[0][1:]] == ["Responsibility not published"] * 7
    assert "these 7 are the positions that the text discusses" in made.words


def test_signs_that_mean_nothing_of_their_own_take_no_columns(
    example: Case, published: Case
) -> None:
    assert page(published).tables[1][0] == ["Criterion", "Meaning"]
    assert "What −, ± and + mean for each criterion is not published" in page(published).words
    bare = [
        row.model_copy(update={"minus": None, "plusminus": None, "plus": None})
        for row in example.rows(Criterion)
    ]
    example.write({Criterion: bare})
    assert page(example).tables[1][0] == ["Criterion", "Meaning"]
    assert "What −, ± and + mean for each criterion is not filled in yet" in page(example).words


def test_an_empty_case_says_in_which_step_they_are_made(empty: Case) -> None:
    made = page(empty)
    assert made.tables == []
    assert "the longlist is made in step 4, the shortlist in step 6" in made.words
    assert "There are no distinguishing criteria yet; they are chosen in step 5." in made.words
    assert "(the project has no name yet)" in made.words
    assert "− poor:" in made.words
    assert "EXAMPLE" not in made.words
    assert "position now" not in made.words


def test_a_longlist_is_not_shown_as_a_shortlist(example: Case) -> None:
    rows = [row.model_copy(update={"shortlisted": None}) for row in example.rows(Option)]
    example.write({Option: rows})
    made = page(example)
    assert len(made.tables[0]) == 1 + 9
    assert "The shortlist is not there yet; it is made in step 6." in made.words


def test_the_round_that_is_still_to_be_scored_gives_the_session(example: Case) -> None:
    rounds = list(example.rows(Round))
    rounds[1] = rounds[1].model_copy(update={"state": State.OPEN, "meeting": "m8"})
    example.write({Round: rounds})
    assert "Vijfde klankbordgroep, 2 October 2025" in page(example).words


def test_without_a_meeting_or_a_day_nothing_is_made_up(example: Case) -> None:
    rows = [row.model_copy(update={"date": None}) for row in example.rows(Meeting)]
    example.write({Meeting: rows})
    assert "· Werkatelier Everything" in page(example).words
    rounds = [row.model_copy(update={"meeting": None}) for row in example.rows(Round)]
    example.write({Round: rounds})
    assert "Voorbeeldregio · Ervaringsteam Voorbeeldregio Everything" in page(example).words
    example.write({Round: (), Ballot: (), Tally: (), Priority: ()})
    assert "Voorbeeldregio · Ervaringsteam Voorbeeldregio Everything" in page(example).words


NASTY = '</style><script>x</script> <b>y</b> {{ 7*7 }} & $a$ \\ " 😀 مرحبا'


def test_what_people_typed_is_shown_as_typed(example: Case) -> None:
    change(example, Option, 0, name=NASTY, short="<i>kort</i>", responsibility=NASTY)
    change(example, Criterion, 10, name=NASTY, plus=NASTY)
    change(example, Party, 0, name=NASTY)
    change(example, Meeting, 6, name=NASTY)
    edit(example, "region: Voorbeeldregio", f"region: '{NASTY}'")
    html, made = handout_html(example), page(example)
    assert "script" not in made.tags
    assert "b" not in made.tags
    assert made.tags.count("style") == 1
    assert made.words.count(NASTY) == 1 + 1 + 6  # in the title, as region; in six other places
    assert "short: <i>kort</i>" in made.words
    assert html.count("</style>") == 1


def test_the_foot_of_every_sheet_says_what_it_is(published: Case, example: Case) -> None:
    def foot(case: Case) -> str:
        told = re.search(r'@bottom-left { content: "(.*)"; }', handout_html(case))
        assert told
        return re.sub(r"\\([0-9a-f]+) ", lambda code: chr(int(code[1], 16)), told[1])

    assert foot(published) == (
        "Options, criteria and scale · WEST-BRABANT · READ FROM A PUBLISHED TEXT"
    )
    edit(example, "region: Voorbeeldregio", f"region: '{NASTY}'")
    assert foot(example) == f"Options, criteria and scale · {NASTY} · FICTIONAL EXAMPLE"


def test_it_needs_nothing_from_outside(example: Case) -> None:
    html, made = handout_html(example), page(example)
    assert {"script", "link", "img", "iframe", "a"}.isdisjoint(made.tags)
    assert not re.search(r"url\(|@import|https?:|src=|href=", html)


def test_its_tables_and_languages_can_be_heard(example: Case) -> None:
    html = handout_html(example)
    assert '<html lang="en">' in html
    assert '<bdi class="name" lang="nl">Team bij de opvang</bdi>' in html
    made = Page(html)
    heads = [a for tag, a in zip(made.tags, made.attrs, strict=True) if tag == "th"]
    assert {a["scope"] for a in heads} == {"col", "row"}
    assert sum(a["scope"] == "row" for a in heads) == 5 + 6
    ids = {a["id"] for a in made.attrs if "id" in a}
    assert {a["aria-labelledby"] for a in made.attrs if "aria-labelledby" in a} == ids


def test_a_short_name_shows_where_it_tells_more_than_the_whole_name(example: Case) -> None:
    change(example, Option, 0, name="Stichting", short="Samen")
    change(example, Option, 2, name="Bureau", short="Bureau regio")
    change(example, Option, 4, name="Een naam van meer dan vierenveertig tekens lang", short=None)
    change(example, Option, 6, name="Met zijn drieën", short="Met zijn drieën")
    change(example, Option, 7, short="Samen")
    names = [row[0] for row in page(example).tables[0][1:]]
    assert names == [
        "Stichting short: Samen (stichting) independent position",
        "Bureau position now short: Bureau regio within one organisation",
        "Een naam van meer dan vierenveertig tekens lang within one organisation",
        "Met zijn drieën partnership",
        "Welzijn en opvang samen short: Samen (welzijn-opvang) partnership",
    ]


def sheets(browser, path: Path) -> int:
    """Print a page and count its sheets."""
    tab = browser.new_page()
    tab.goto(path.as_uri())
    pdf = tab.pdf(prefer_css_page_size=True)
    tab.close()
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("region", ["voorbeeldregio", "west-brabant"])
def test_it_takes_one_sheet(browser, data: Path, tmp_path: Path, region: str, lang: str) -> None:
    write_handout(open_case(region, lang=lang, root=data), tmp_path / "handout.html")
    assert sheets(browser, tmp_path / "handout.html") == 1


def test_nothing_is_wider_than_a_small_screen(browser, example: Case, tmp_path: Path) -> None:
    change(example, Option, 0, name="Woordzonderspaties" * 8, short=None, responsibility="x" * 200)
    change(example, Criterion, 10, name="Woordzonderspaties" * 8, plus="x" * 200)
    edit(example, "project: Ervaringsteam", "project: " + "Woordzonderspaties" * 8)
    write_handout(example, tmp_path / "handout.html")
    for width in (320, 700, 929, 1280):
        tab = browser.new_page(viewport={"width": width, "height": 800})
        tab.goto((tmp_path / "handout.html").as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        tab.close()


def test_a_longer_list_flows_on_and_cuts_no_row(browser, example: Case, tmp_path: Path) -> None:
    options = [
        row.model_copy(
            update={"id": f"o{n}", "shortlisted": True, "responsibility": "veel woorden " * (3 * n)}
        )
        for n, row in enumerate((*example.rows(Option), *example.rows(Option)[:3]))
    ]
    example._tables[Option] = tuple(options)  # type: ignore[attr-defined]
    write_handout(example, tmp_path / "handout.html")
    assert len(scored_options(example)) == 12
    assert sheets(browser, tmp_path / "handout.html") in (2, 3)
    tab = browser.new_page()
    tab.goto((tmp_path / "handout.html").as_uri())
    tab.emulate_media(media="print")
    rules = "e => [getComputedStyle(e).breakInside, getComputedStyle(e).breakAfter]"
    assert tab.eval_on_selector("tbody tr", rules)[0] == "avoid"
    assert tab.eval_on_selector("h2", rules)[1] == "avoid"
    tab.close()


def test_the_command_writes_it_beside_the_report(data: Path) -> None:
    arguments = ["--data", str(data), "handout", "voorbeeldregio", "--lang", "en"]
    done = CliRunner().invoke(main, arguments)
    path = data.parent / "runs" / "voorbeeldregio" / "en" / "handout.html"
    assert (done.exit_code, done.output.strip()) == (0, str(path))
    case = open_case("voorbeeldregio", lang="en", root=data)
    assert path.read_text("utf-8") == handout_html(case)


def test_the_command_refuses_an_unknown_region(data: Path) -> None:
    done = CliRunner().invoke(main, ["--data", str(data), "handout", "nergens", "--lang", "en"])
    assert done.exit_code == 1
    assert "there is no region “nergens”" in done.output
    assert not (data.parent / "runs").exists()
