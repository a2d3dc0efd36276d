"""Slips and the mail-merge list: everybody their own code, and nobody another's."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from tests.barriers import barriers
from workbook.case import Case, UserError, open_case
from workbook.case.tables import (
    Ballot,
    Group,
    How,
    Names,
    Participant,
    Priority,
    Round,
    State,
)
from workbook.locale import translator
from workbook.session import slips
from workbook.session.codes import is_whole, tidy, written
from workbook.session.session import Session
from workbook.session.slips import address_page, mail_merge_csv, slips_html

ADDRESS = "https://werkboek.example.org/"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WERKBOEK_STATE", str(tmp_path / "state"))


@pytest.fixture
def session(example: Case) -> Iterator[Session]:
    made = Session(example)
    yield made
    made.close()


class Page(HTMLParser):
    """Collects the slips, the words outside them and the drawn squares."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.slips: list[str] = []
        self.outside = ""
        self.sheets: list[int] = []
        self.paths: list[str] = []
        self.tags: list[str] = []
        self._inside = self._style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        if tag == "section":
            self.sheets.append(0)
        elif tag == "li":
            self._inside = True
            self.slips.append("")
            self.sheets[-1] += 1
        elif tag == "path":
            self.paths.append(dict(attrs)["d"])
        elif tag == "style":
            self._style = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._inside = False
        elif tag == "style":
            self._style = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.slips[-1] += data + " "
        elif not self._style:
            self.outside += data


def page(session: Session, address: str = ADDRESS, lang: str = "en") -> Page:
    return Page(slips_html(session, address, lang))


def dark(path: str, quiet: int = 4) -> set[tuple[int, int]]:
    """Read which modules a drawn path makes dark."""
    found, x, y = set(), 0.0, 0.0
    for sign, told in re.findall(r"([Mmh])([-\d. ]+)", path):
        numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", told)]
        if sign == "h":
            found |= {(int(y) - quiet, int(x) + n - quiet) for n in range(int(numbers[0]))}
            x += numbers[0]
        elif sign == "M":
            x, y = numbers
        else:
            x, y = x + numbers[0], y + numbers[1]
    return found


def modules(link: str) -> set[tuple[int, int]]:
    matrix = segno.make(link).matrix
    return {(r, c) for r, row in enumerate(matrix) for c, bit in enumerate(row) if bit}


def next_round(session: Session, names: Names | None, how: How = How.BALLOTS) -> str:
    row = Round(
        id="r9", name="Volgende", how=how, names=names, state=State.SETUP, source="fictional"
    )
    session.case.write({Round: [*session.case.rows(Round), row]})
    return row.id


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_everybody_gets_a_slip_with_their_own_code_and_the_address(session: Session) -> None:
    next_round(session, Names.OPEN)
    made = page(session)
    people, codes = session.people(), session.box.admission.codes()
    assert len(made.slips) == len(people) == 12
    for slip, person in zip(made.slips, people, strict=True):
        assert written(codes[person.id]) in slip
        assert person.id in slip.split()
        assert ADDRESS in slip
        assert is_whole(tidy(written(codes[person.id])))
    assert len(set(codes.values())) == 12


def test_the_square_is_the_address_with_the_code_after_the_hash(session: Session) -> None:
    made = page(session)
    codes = session.box.admission.codes().values()
    wanted = {frozenset(modules(f"{ADDRESS}#{code}")) for code in codes}
    assert {frozenset(dark(path)) for path in made.paths} == wanted
    assert len(made.paths) == len(wanted) == 12


def test_the_same_people_keep_their_codes(session: Session) -> None:
    slips_html(session, ADDRESS, "en")
    before = session.box.admission.codes()
    slips_html(session, "", "nl")
    mail_merge_csv(session, ADDRESS, "nl")
    assert session.box.admission.codes() == before


def test_a_code_that_was_withdrawn_is_on_no_slip(session: Session) -> None:
    old = session.box.admission.give(["p01"])["p01"]
    session.box.admission.withdraw("p01")
    html = slips_html(session, ADDRESS, "en")
    assert written(old) not in html
    assert written(session.box.admission.codes()["p01"]) in html


def test_who_left_the_table_gets_no_slip(session: Session) -> None:
    gone = session.box.admission.give(["gone"])["gone"]
    assert written(gone) not in slips_html(session, ADDRESS, "en")
    assert "gone" not in mail_merge_csv(session, ADDRESS, "en").decode()


def test_by_name_only_where_the_coming_round_is(session: Session) -> None:
    ids = {person.id for person in session.people()}

    def named() -> set[str]:
        return ids & set(" ".join(page(session).slips).split())

    assert named() == set()  # every round was revealed
    for names, told in ((None, set()), (Names.ANONYMOUS, set()), (Names.OPEN, ids)):
        next_round(session, names)
        assert named() == told
        session.case.write({Round: session.case.rows(Round)[:-1]})
    next_round(session, Names.OPEN, How.HANDS)
    assert named() == set()


def test_an_anonymous_box_is_not_told_by_a_case_that_was_changed(session: Session) -> None:
    session.box.set_up(next_round(session, Names.OPEN), Names.ANONYMOUS)
    assert "p01" not in " ".join(page(session).slips).split()


def test_drawn_slips_are_shuffled_within_their_group_and_dont_name_it(session: Session) -> None:
    next_round(session, Names.ANONYMOUS)
    codes, groups = session.box.admission.give(p.id for p in session.people()), {}
    for person in session.people():
        groups.setdefault(person.group, set()).add(written(codes[person.id]))
    orders = set()
    for _ in range(20):
        made = page(session)
        assert made.sheets == [3, 3, 3, 3]
        on_sheet = [re.findall(r"\w{5}-\w{5}", slip)[0] for slip in made.slips]
        assert set(on_sheet[:3]) == groups[Group.EXPERTS]
        assert set(on_sheet[3:6]) == groups[Group.MUNICIPALITY]
        assert set(on_sheet[6:9]) == groups[Group.CARE]
        assert set(on_sheet[9:]) == groups[Group.JUSTICE] | groups[Group.PROJECT]
        orders.add(tuple(on_sheet))
    assert len(orders) > 1
    for group in Group:
        assert group.label not in " ".join(made.slips)
    assert "Pile for municipalities: 3 slips." in made.outside
    assert "Pile for everybody else: 3 slips." in made.outside
    assert "let everybody of this pile draw one" in made.outside


def test_a_pile_that_hides_too_little_says_so(session: Session) -> None:
    told = "easy to guess"
    assert told not in page(session).outside
    people = [p for p in session.case.rows(Participant) if p.id != "p12"]
    session.case.write({Participant: people, **_no_scores(session)})
    assert told in page(session).outside


def _no_scores(session: Session) -> dict:
    return {
        table: [row for row in session.case.rows(table) if "p12" not in repr(row)]
        for table in (Ballot, Priority)
    }


def test_no_sheet_holds_more_than_eight_and_none_is_cut(session: Session) -> None:
    next_round(session, Names.OPEN)
    assert page(session).sheets == [8, 4]


def test_the_words_are_neutral_and_say_to_keep_it_private(session: Session) -> None:
    next_round(session, Names.OPEN)
    for lang in ("nl", "en"):
        made = page(session, lang=lang)
        for slip in made.slips:
            assert translator(lang)("Working session") in slip
            assert translator(lang)("Keep this slip private; destroy it after the session.") in slip
            for word in ("geweld", "violence", "Ervaringsteam", "Voorbeeldregio", "scor"):
                assert word not in slip
        assert translator(lang)("Keep private; destroy after the session.") in made.outside
        assert translator(lang)("FICTIONAL EXAMPLE") in made.outside


def test_without_an_address_it_says_that_one_will_be_given(session: Session) -> None:
    made = page(session, address="")
    assert made.paths == []
    assert all("will be given in the session" in slip for slip in made.slips)
    assert {row[3] for row in rows(mail_merge_csv(session, "", "en"))[1:]} == {""}


def test_it_needs_nothing_from_outside(session: Session) -> None:
    html = slips_html(session, ADDRESS, "en")
    assert {"script", "link", "img", "iframe", "a"}.isdisjoint(Page(html).tags)
    assert not re.search(r"url\(|@import|src=|href=", html)
    for code in session.box.admission.codes().values():
        assert code not in html  # only in groups of five, and in the square


@pytest.mark.parametrize(
    "address",
    [
        "werkboek.example.org",
        "javascript:alert(1)",
        "=1+1",
        "https://",
        f"{ADDRESS}#x",
        "http://a b",
    ],
)
def test_what_is_no_address_is_refused(session: Session, address: str) -> None:
    for made in (slips_html, mail_merge_csv):
        with pytest.raises(UserError, match="is not the address of a page; write it as https://"):
            made(session, address, "en")


def test_an_address_is_shown_as_it_is_written(session: Session) -> None:
    nasty = "https://www.example.org/<b>&\"'/"
    html = slips_html(session, nasty, "en")
    assert "b" not in Page(html).tags
    assert nasty in Page(html).slips[0]


def test_a_case_without_participants_says_so(empty: Case) -> None:
    session = Session(empty)
    made = page(session)
    assert made.slips == []
    assert "There are no participants yet" in made.outside
    assert len(rows(mail_merge_csv(session, ADDRESS, "en"))) == 1
    session.close()


def test_the_list_has_a_row_per_participant(session: Session) -> None:
    head, *lines = rows(mail_merge_csv(session, ADDRESS, "en"))
    assert head == ["participant", "group", "code", "link", "note"]
    codes = session.box.admission.codes()
    assert [line[0] for line in lines] == [person.id for person in session.people()]
    for line in lines:
        code = codes[line[0]]
        assert line[2:] == [
            written(code), f"{ADDRESS}#{code}", "Keep private; destroy after the session.",
        ]  # fmt: skip
    assert lines[0][1] == "experts by experience"
    dutch = mail_merge_csv(session, ADDRESS, "nl").decode("utf-8-sig")
    assert dutch.split("\r\n")[1].startswith("p01;ervaringsdeskundigen;")


STARTS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", ""])


@given(STARTS, st.text(max_size=20))
def test_no_cell_is_read_as_a_formula(start: str, text: str) -> None:
    cell = slips._plain(start + text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell.removeprefix("'") == (start + text).removeprefix("'")


def test_a_group_that_looks_like_a_formula_is_only_text(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slips, "translator", lambda lang: lambda words: f'=HYPERLINK("{words}";1)')
    lines = rows(mail_merge_csv(session, ADDRESS, "en"))
    assert lines[1][1] == '\'=HYPERLINK("experts by experience";1)'


def test_the_square_for_a_terminal_is_that_of_the_address() -> None:
    lines = address_page(ADDRESS).splitlines()
    light = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}
    drawn = [[light[sign][half] for sign in line] for line in lines for half in (0, 1)]
    found = {(r - 4, c - 4) for r, row in enumerate(drawn) for c, bit in enumerate(row) if not bit}
    size = len(segno.make(ADDRESS).matrix)
    assert {cell for cell in found if cell[0] < size + 4} == modules(ADDRESS)


def printed(browser, html: str, path: Path) -> int:
    path.write_text(html, "utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    pdf = tab.pdf(prefer_css_page_size=True)
    tab.close()
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("address", [ADDRESS, ""])
@pytest.mark.parametrize("names", [Names.OPEN, Names.ANONYMOUS])
def test_it_is_accessible_and_fits_a_phone(
    browser, session: Session, tmp_path: Path, names: Names, address: str
) -> None:
    next_round(session, names)
    path = tmp_path / "slips.html"
    path.write_text(slips_html(session, address, "nl"), "utf-8")
    tab = browser.new_page()
    tab.goto(path.as_uri())
    for width in (320, 1280):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert barriers(tab) == []
    lines = """e => {
      const words = document.createRange();
      words.selectNodeContents(e);
      return words.getClientRects().length;
    }"""
    tab.set_viewport_size({"width": 320, "height": 800})
    assert tab.eval_on_selector(".top strong", lines) == 1  # no word on two lines
    assert tab.locator(".lacking").count() == (0 if address else 1)
    tab.close()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_sheet_of_slips_is_a_sheet_of_paper(
    browser, session: Session, tmp_path: Path, lang: str
) -> None:
    assert printed(browser, slips_html(session, ADDRESS, lang), tmp_path / "slips.html") == 4
    next_round(session, Names.OPEN)
    long = "https://" + "een-lange-naam." * 5 + "example.org/werksessie/"
    assert printed(browser, slips_html(session, long, lang), tmp_path / "slips.html") == 2
    # What is on the screen only takes no room on paper.
    assert printed(browser, slips_html(session, "", lang), tmp_path / "slips.html") == 2


def test_no_slip_is_cut_and_nothing_is_wider_than_a_small_screen(
    browser, session: Session, tmp_path: Path
) -> None:
    next_round(session, Names.OPEN)
    path = tmp_path / "slips.html"
    path.write_text(slips_html(session, ADDRESS + "x" * 80, "nl"), "utf-8")
    tab = browser.new_page(viewport={"width": 320, "height": 800})
    tab.goto(path.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    tab.emulate_media(media="print")
    style = "e => getComputedStyle(e).breakInside"
    assert tab.eval_on_selector("li", style) == "avoid"
    tab.close()


def test_other_regions_have_slips_too(published: Case) -> None:
    rows = [Participant(id=f"d{n}", group=None, source="x") for n in range(1, 10)]
    published.write({Participant: rows})
    session = Session(open_case("west-brabant", lang="nl", root=published.folder.parent))
    made = page(session, lang="nl")
    assert made.sheets == [8, 1]
    assert not any(word in " ".join(made.slips) for word in ("Cirkel", "West-Brabant"))
    session.close()
