"""Word, PDF and HTML of the same report: readable for everybody, whatever people typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest
import typst
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.conftest import ROOT
from tests.pages import pictures, squeezed, texts
from tests.report.cases import LONG, NASTY, first_half, large, nasty
from workbook import exhibits
from workbook.case import Case, UserError, open_case
from workbook.case.tables import Argument, Decision, Party
from workbook.exhibits import Exhibit
from workbook.exhibits.drawn import keep_pictures
from workbook.report import compose, render_html
from workbook.report.draft import as_lines
from workbook.report.glyphs import printable
from workbook.report.model import Claims, Picture, Report, Shape, Table
from workbook.report.pdf import render_pdf
from workbook.report.setting import shape
from workbook.report.word import render_word


def pdf(report: Report) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(render_pdf(report)))


def word(report: Report, template: Path | None = None) -> docx.document.Document:
    return docx.Document(BytesIO(render_word(report, template)))


@pytest.fixture(scope="module")
def as_word(kept_pictures: Path) -> docx.document.Document:
    """The report of the fictional region, for who only reads in it."""
    with keep_pictures(kept_pictures):
        return word(compose(open_case("voorbeeldregio", lang="en", root=ROOT / "data")))


def all_text(document: docx.document.Document) -> str:
    """Give everything in the body, links and cells included."""
    paragraphs = document.element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def test_the_pdf_is_tagged_titled_and_in_its_language(example: Case) -> None:
    read = pdf(compose(example))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert root["/Lang"] == "en"
    assert (
        read.metadata.title == "Preferred scenario: Ervaringsteam Voorbeeldregio · Voorbeeldregio"
    )
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert "/StructTreeRoot" in root


def test_a_pdf_without_alternative_text_or_title_is_not_made(example: Case) -> None:
    report = compose(example)
    holding = next(
        section
        for section in report.sections
        if any(isinstance(block, Picture) and block.number for block in section.blocks)
    )
    blocks = [
        replace(block, exhibit=replace(block.exhibit, alt=""))
        if isinstance(block, Picture)
        else block
        for block in holding.blocks
    ]
    silent = [replace(s, blocks=blocks) if s is holding else s for s in report.sections]
    with pytest.raises(typst.TypstError, match="alt"):
        render_pdf(replace(report, sections=silent))
    with pytest.raises(typst.TypstError, match="title"):
        render_pdf(replace(report, title=""))


def test_the_mark_stands_on_every_page(example: Case, published: Case) -> None:
    for case in (example, published):
        report = compose(case)
        pages = texts(render_pdf(report))
        assert len(pages) > 10
        assert all(squeezed(report.mark) in page for page in pages)
        assert report.mark in word(report).sections[0].header.paragraphs[0].text
        assert f'<p class="everywhere">{report.mark}</p>' in render_html(report)


def test_word_has_headings_captions_contents_and_its_language(
    example: Case, as_word: docx.document.Document
) -> None:
    report, document = compose(example), as_word
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert titles[0] == "1. In short"
    assert titles[-1] == "Appendix G. The files behind this report"
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert any(text.startswith("Figure 1. ") for text in captions)
    assert any(text.startswith("Table 1. ") for text in captions)
    codes = [e.text for e in document.element.body.iter(qn("w:instrText"))]
    assert any("TOC" in code for code in codes)
    assert any("SEQ Figure" in code for code in codes)
    language = next(document.styles.element.iter(qn("w:lang")))
    assert language.get(qn("w:val")) == "en-GB"
    assert document.core_properties.title == f"{report.title} · {report.subtitle}"
    assert document.core_properties.author == ""


def test_in_word_all_that_stands_in_a_table_has_a_style_that_a_house_may_change(
    as_word: docx.document.Document,
) -> None:
    cells = [cell for table in as_word.tables for row in table.rows for cell in row.cells]
    assert len(cells) > 500
    assert {cell.paragraphs[0].style.name for cell in cells} == {"Table Text"}
    sizes = {run.font.size for cell in cells for run in cell.paragraphs[0].runs}
    assert sizes <= {None, Pt(8)}, "only references have a size of their own"
    assert as_word.styles["Table Text"].font.size == Pt(8.5)


def test_in_word_every_picture_is_told_and_every_table_repeats_its_head(
    as_word: docx.document.Document,
) -> None:
    drawn = list(as_word.element.body.iter(qn("wp:docPr")))
    assert len(drawn) >= 10
    assert all(picture.get("descr").strip() for picture in drawn)
    assert len(as_word.tables) >= 15
    for table in as_word.tables:
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_in_word_every_link_points_to_a_bookmark(as_word: docx.document.Document) -> None:
    body = as_word.element.body
    bookmarks = [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert len(bookmarks) == len(set(bookmarks))
    assert links <= set(bookmarks)
    assert len(links) > 200


def test_a_template_gives_its_styles_and_none_of_its_words(example: Case, tmp_path: Path) -> None:
    house = docx.Document()
    house.add_paragraph("Vertrouwelijk concept van een ander")
    house.styles["Heading 1"].font.name = "Georgia"
    house.styles.element.remove(house.styles["Caption"].element)
    house.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(7)
    house.sections[0].left_margin = 1_234_567
    house.save(tmp_path / "huis.docx")
    document = word(compose(example), tmp_path / "huis.docx")
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert document.styles["Table Text"].font.size == Pt(7)
    assert document.sections[0].left_margin == 1_234_567 // 635 * 635
    assert "Vertrouwelijk" not in all_text(document)


def test_a_template_that_is_no_word_document_is_refused(example: Case, tmp_path: Path) -> None:
    (tmp_path / "huis.docx").write_text("geen Word")
    with pytest.raises(UserError, match=r"huis\.docx: this can't be read as a Word document"):
        render_word(compose(example), tmp_path / "huis.docx")


def test_what_people_typed_is_shown_as_typed(example: Case) -> None:
    report = compose(nasty(example))
    written = all_text(word(report))
    assert NASTY in written
    assert LONG.strip() in written
    printed = "".join(texts(render_pdf(report)))
    typed, told = NASTY.split("🫶")
    assert squeezed(typed) + "U+1FAF6" in printed
    assert "x" * 1500 in printed
    assert told.strip()


def test_text_that_xml_cannot_hold_is_written_out(example: Case) -> None:
    report = compose(example)
    bad = replace(report, subtitle="Regio\x0b\x07 \ufffe")
    assert "RegioU+000BU+0007 U+FFFE" in all_text(word(bad))
    assert "RegioU+000BU+0007U+FFFE" in "".join(texts(render_pdf(bad)))


@pytest.mark.parametrize("make", [large, first_half], ids=["large", "first_half"])
def test_a_case_of_any_size_builds_and_says_what_is_not_there(
    example: Case, make: Callable[[Case], Case]
) -> None:
    report = compose(make(example))
    pages = texts(render_pdf(report))
    assert len(pages) > 5
    assert len(word(report).tables) >= 5
    html = render_html(report)
    assert "There is no preference yet" in html
    assert report.missing in html
    assert squeezed(report.missing) in "".join(pages)


def test_an_empty_case_builds_in_every_format(empty: Case) -> None:
    report = compose(empty)
    assert squeezed("Nothing is recorded here yet.") in "".join(texts(render_pdf(report)))
    assert all_text(word(report)).count("Nothing is recorded here yet.") >= 8


def test_no_table_is_wider_than_the_page(example: Case) -> None:
    document = word(compose(large(example)))
    page = document.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    for table in document.tables:
        assert sum(column.width for column in table.columns) <= room


def test_no_picture_runs_off_the_page(as_word: docx.document.Document) -> None:
    page = as_word.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    assert as_word.inline_shapes
    assert all(shape.width <= room for shape in as_word.inline_shapes)


def test_every_claim_of_the_case_has_its_place_in_the_trail(example: Case) -> None:
    report = compose(example)
    trail = next(section for section in report.sections if section.id == "trail").blocks[1]
    assert isinstance(trail, Table)
    anchors = set(trail.anchors)
    claims = [
        item
        for section in report.sections
        if section.id != "method"
        for block in section.blocks
        if isinstance(block, Claims)
        for item in block.items
    ]
    assert len(claims) > 60
    for claim in claims:
        assert claim.refs
        assert {f"ref-{number}" for number in claim.refs} <= anchors
    argument = next(row for row in trail.rows if row[1] == "arguments.csv")
    assert argument[2] in {row.id for row in example.rows(Argument)}


def test_wide_tables_are_turned_or_become_records(example: Case) -> None:
    def of(shown: Exhibit) -> Shape:
        lines = as_lines(shown)
        return shape(list(lines[0]), [list(line.values()) for line in lines])

    assert of(exhibits.decided(example, step=5)) is Shape.TURNED
    assert of(exhibits.options_by_form(example)) is Shape.RECORDS
    assert of(exhibits.priorities(example)) is Shape.ROWS


def test_a_long_sentence_does_not_push_its_picture_off_the_page(example: Case) -> None:
    rows = list(example.rows(Decision))
    place = next(i for i, row in enumerate(rows) if row.id == "b-stap7")
    rows[place] = rows[place].model_copy(update={"choice": "Het besluit is lang. " * 240})
    parties = [
        example.rows(Party)[0].model_copy(update={"id": f"p{n}", "name": f"Partij {n}"})
        for n in range(90)
    ]
    example.write({Decision: rows, Party: [*example.rows(Party), *parties]})
    report = compose(example)
    found = pictures(render_pdf(report))
    assert len(found) == sum(
        isinstance(block, Picture) and bool(block.number and block.exhibit.png)
        for section in report.sections
        for block in section.blocks
    )
    for number, (left, bottom, right, top) in found:
        assert 0 <= left < right <= 1, number
        assert 0 < bottom < top <= 1, number
    document = word(report)
    assert all(shape.height <= 180 * 36000 for shape in document.inline_shapes)


def test_signs_without_a_glyph_can_be_broken() -> None:
    told = printable("👩‍👩‍👧" * 3)
    assert max(map(len, told.split("\u200b"))) <= len("U+1F469")
    assert max(map(len, printable("a" * 60).split("\u200b"))) <= 14
    assert printable("samenwerkingsverband") == "samenwerkingsverband"


def test_with_first_and_even_pages_the_mark_is_on_each_and_apart(
    example: Case, tmp_path: Path
) -> None:
    house = docx.Document()
    page = house.sections[0]
    page.different_first_page_header_footer = True
    house.settings.odd_and_even_pages_header_footer = True
    page.header.paragraphs[0].text = "Gemeente X"
    page.first_page_footer.paragraphs[0].text = "Voettekst"
    house.styles.element.remove(house.styles["List Bullet"].element)
    about = house.core_properties
    about.subject, about.category, about.content_status = "Nota", "Intern", "Concept"
    house.save(tmp_path / "huis.docx")
    report = compose(example)
    document = word(report, tmp_path / "huis.docx")
    page = document.sections[0]
    for header in (page.header, page.first_page_header, page.even_page_header):
        assert header.paragraphs[0].text == report.mark
    assert page.header.paragraphs[1].text == "Gemeente X"
    assert page.first_page_footer.paragraphs[0].text == "Voettekst"
    style = document.styles["List Bullet"]
    number = style.element.pPr.find(f"{qn('w:numPr')}/{qn('w:numId')}").get(qn("w:val"))
    numbering = document.part.numbering_part.element
    assert any(e.get(qn("w:numId")) == number for e in numbering.iter(qn("w:num")))
    about = document.core_properties
    assert (about.subject, about.category, about.content_status) == ("", "", "")


def test_captions_send_nobody_to_a_file_that_is_not_there(example: Case) -> None:
    html = render_html(compose(example))
    assert "docs/methods" not in html
    assert '<a href="#method">the appendix' in html
    method = html.split('<section id="method"')[1]
    assert all(word in method for word in ("Balinski", "Schulze (2011)", "every check holds"))
    assert "?. " not in html
