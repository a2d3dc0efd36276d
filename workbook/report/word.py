"""The report as a Word document: real headings, captions and contents, to be edited on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from workbook.case import UserError
from workbook.figures import written_out
from workbook.locale import N_, Message, translator
from workbook.report import word_parts as parts
from workbook.report.model import (
    Block,
    Claims,
    Paragraph,
    Picture,
    Report,
    Section,
    Shape,
    Table,
)
from workbook.report.setting import picture_width, widths

_TAGS = {"nl": "nl-NL", "en": "en-GB"}
_WITH_PICTURE = 900
"""Characters of a sentence that still stays on the page of its picture."""
_HIGH = Mm(180)
"""Most height of a picture: its caption has to fit below it."""
_TWIP = 635  # EMU; Word rounds a width to these
_FAINT = RGBColor(0x59, 0x59, 0x59)
_BROWN = RGBColor(0x7A, 0x3E, 0x00)
_BLUE = RGBColor(0x00, 0x52, 0x8A)
_IN_TABLES = "Table Text"
_STYLES = ("Heading 1", "Heading 2", "Heading 3", "Title", "Subtitle", "Caption", "List Bullet")


def render_word(report: Report, template: Path | None = None) -> bytes:
    """Render the report.

    Parameters
    ----------
    report : Report
    template : Path, optional
        A Word document in the house style of an organisation: its styles, headers and page are
        used; what it says is left out.

    Raises
    ------
    UserError
        If the template can't be read as a Word document.
    """
    written = BytesIO()
    _Writer(report, template).write().save(written)
    return written.getvalue()


def _open(template: Path | None, lang: str) -> Document:
    if template is None:
        return docx.Document()
    try:
        return docx.Document(str(template))
    except Exception as error:
        told = Message(
            N_("{file}: this can't be read as a Word document (.docx)"), file=template.name
        )
        raise UserError(told, lang) from error


class _Writer:
    def __init__(self, report: Report, template: Path | None) -> None:
        self.report = report
        self._ = translator(report.lang)
        self.document = _open(template, report.lang)
        self._own_style = template is None
        self._anchors: dict[str, str] = {}
        self._marked = 0

    def write(self) -> Document:
        self._prepare()
        self._front()
        for section in self.report.sections:
            self._section(section)
        return self.document

    # What the whole document has.

    def _prepare(self) -> None:
        document, report = self.document, self.report
        body = document.element.body
        for child in list(body):
            if child.tag != qn("w:sectPr"):
                body.remove(child)
        for name in _STYLES:
            if name not in document.styles:
                style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
                if name == "List Bullet":
                    parts.give_bullets(document, style)
        if _IN_TABLES not in document.styles:
            small = document.styles.add_style(_IN_TABLES, WD_STYLE_TYPE.PARAGRAPH)
            small.base_style, small.font.size = document.styles["Normal"], Pt(8.5)
            small.paragraph_format.space_after = Pt(0)
            small.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        parts.set_language(document, _TAGS[report.lang])
        page = document.sections[0]
        if self._own_style:
            page.page_width, page.page_height = Mm(210), Mm(297)
            page.left_margin = page.right_margin = Mm(22)
            page.top_margin, page.bottom_margin = Mm(25), Mm(22)
            self._house_style()
        self._in_tables = document.styles[_IN_TABLES].style_id
        self._width = page.page_width - page.left_margin - page.right_margin
        for header, footer in parts.margins(document):
            if report.mark:
                run = parts.first_in(header).add_run(report.mark)
                run.bold, run.font.size, run.font.color.rgb = True, Pt(8), _BROWN
            line = parts.last_in(footer)
            line.add_run(written_out(report.title) + "\t\t").font.size = Pt(8)
            parts.add_field(line, "PAGE", "1")
        about = document.core_properties
        about.title = written_out(f"{report.title} · {report.subtitle}")
        about.language = _TAGS[report.lang]
        # What a template says about another document isn't true of this one.
        about.author = about.last_modified_by = about.comments = about.keywords = ""
        about.subject = about.category = about.content_status = about.version = ""
        about.identifier = ""
        about.created = about.modified = datetime.now(UTC)

    def _house_style(self) -> None:
        styles = self.document.styles
        styles["Normal"].font.name = "Calibri"
        styles["Normal"].font.size = Pt(10.5)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        for name, size in (
            ("Title", 24),
            ("Heading 1", 16),
            ("Heading 2", 12),
            ("Heading 3", 10.5),
        ):
            style = styles[name]
            style.font.size, style.font.color.rgb, style.font.bold = Pt(size), _BLUE, True
            parts.plain_font(style, "Calibri")
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before = Pt({24: 0, 16: 20, 12: 12, 10.5: 8}[size])
            style.paragraph_format.space_after = Pt(4)
        caption = styles["Caption"]
        caption.font.size, caption.font.color.rgb, caption.font.bold = Pt(9), _FAINT, False

    def _front(self) -> None:
        report = self.report
        self._text(report.title, style="Title")
        self._text(report.subtitle, style="Subtitle")
        for line in report.lead:
            for run in self._text(line).runs:
                run.italic = True
        heading = self._text(self._("Contents"))
        heading.runs[0].bold, heading.runs[0].font.size = True, Pt(14)
        entries = [(section.heading(self._), section.id) for section in report.sections]
        paragraphs = [self.document.add_paragraph() for _entry in entries]
        for paragraph, (title, id) in zip(paragraphs, entries, strict=True):
            paragraph.paragraph_format.space_after = Pt(2)
            parts.add_link(paragraph, self._name(id), written_out(title), plain=True)
        parts.wrap_field(paragraphs, r'TOC \o "1-1" \h \z \u')
        paragraphs[-1].add_run().add_break(docx.enum.text.WD_BREAK.PAGE)

    # Words.

    def _name(self, anchor: str) -> str:
        """Give the bookmark of an anchor: Word allows few characters in it."""
        return self._anchors.setdefault(anchor, f"_wb{len(self._anchors)}")

    def _text(
        self,
        text: str,
        style: str | None = None,
        to: WordParagraph | None = None,
        own: bool = False,
    ) -> WordParagraph:
        """Add a text, its parts in their own languages; ``own``: it is the region's altogether."""
        paragraph = to if to is not None else self.document.add_paragraph(style=style)
        for part, mine in [(text, True)] if own else self.report.parts(text):
            run = paragraph.add_run(written_out(part))
            if mine and self.report.case_lang != self.report.lang:
                parts.set_run_language(run, _TAGS[self.report.case_lang])
        return paragraph

    def _refs(self, paragraph: WordParagraph, numbers: Iterable[int]) -> None:
        for number in numbers:
            paragraph.add_run(" ")
            parts.add_link(paragraph, self._name(f"ref-{number}"), f"[{number}]", small=True)

    def _pointing(self, paragraph: WordParagraph, text: str) -> None:
        for part, anchor in self.report.linked(text):
            if anchor:
                parts.add_link(paragraph, self._name(anchor), written_out(part))
            else:
                self._text(part, to=paragraph)

    def _mark(self, paragraph: WordParagraph, anchor: str) -> None:
        self._marked += 1
        parts.add_bookmark(paragraph, self._name(anchor), self._marked)

    # Chapters and what is in them.

    def _section(self, section: Section) -> None:
        self._mark(self._text(section.heading(self._), style="Heading 1"), section.id)
        for block in section.blocks:
            self._block(block)
        if not section.blocks:
            self._text(self.report.missing).runs[0].italic = True

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                paragraph = self._text(block.text)
                self._refs(paragraph, block.refs)
                if block.see:
                    paragraph.add_run(" ")
                    how = "→ " + self._("how")
                    parts.add_link(paragraph, self._name(block.see), how, small=True)
            case Claims():
                self._claims(block)
            case Picture():
                self._picture(block)
            case Table():
                self._table(block)

    def _claims(self, block: Claims) -> None:
        self._text(block.label, style="Heading 2")
        for claim in block.items:
            paragraph = self.document.add_paragraph(style="List Bullet")
            if claim.lead:
                for run in self._text(claim.lead + ": ", to=paragraph).runs:
                    run.bold = True
            if claim.refs and claim.text:
                self._text(claim.text, to=paragraph, own=True)
            elif claim.text:
                self._pointing(paragraph, claim.text)
            if claim.tail:
                space = " " if claim.text else ""
                self._text(space + claim.tail, to=paragraph)
            if claim.answer:
                self._text(" " + claim.answer, to=paragraph, own=True)
            self._refs(paragraph, claim.refs)

    def _picture(self, block: Picture) -> None:
        shown = block.exhibit
        self._mark(self._text(shown.title, style="Heading 2"), block.anchor)
        sentence = self._text(shown.sentence)
        if not block.number or shown.png is None:
            return
        # A page has to hold the picture and what is kept with it.
        sentence.paragraph_format.keep_with_next = len(shown.sentence) < _WITH_PICTURE
        holder = self.document.add_paragraph()
        holder.paragraph_format.keep_with_next = True
        inline = holder.add_run().add_picture(
            BytesIO(shown.png), width=int(picture_width(shown.png, self._width * 0.92, _HIGH))
        )
        described = inline._inline.docPr
        described.set("descr", written_out(shown.alt))
        described.set("title", written_out(shown.title))
        caption = self.document.add_paragraph(style="Caption")
        self._numbered(caption, self._("Figure {number}"), "Figure", block.number)
        self._text(". ", to=caption)
        self._pointing(caption, " ".join([block.caption, *shown.provenance]))

    def _numbered(self, paragraph: WordParagraph, words: str, of: str, number: int) -> None:
        before, _number, after = words.partition("{number}")
        paragraph.add_run(before)
        parts.add_field(paragraph, rf"SEQ {of} \* ARABIC", str(number))
        paragraph.add_run(after)

    # Tables.

    def _table(self, block: Table) -> None:
        if block.shape is Shape.RECORDS:
            self._records(block)
            return
        caption = self.document.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = True
        if block.number:
            self._numbered(caption, self._("Table {number}"), "Table", block.number)
            caption.add_run(". ")
        self._text(block.caption, to=caption)
        if block.shape is Shape.TURNED:
            self._turned(block)
        else:
            self._rows(block)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def _rows(self, block: Table) -> None:
        head = [*block.head, *([self._("Comes from")] if block.refs else [])]
        room = [*widths(block), *([16] if block.refs else [])]
        table = self._grid(head, room, block.caption)
        for line in range(len(block.rows)):
            cells = self._line(table, tall=block.tall)
            for column in range(len(block.head)):
                self._cell(cells[column], block, line, column)
            if block.anchors:
                self._mark(cells[0].paragraphs[0], block.anchors[line])
            if block.refs:
                self._refs(cells[-1].paragraphs[0], block.refs[line])

    def _turned(self, block: Table) -> None:
        turned = list(zip(*block.rows, strict=True))
        table = self._grid([block.head[0], *turned[0]], widths(block), block.caption)
        for column in range(1, len(block.head)):
            cells = self._line(table)
            self._heading(block.head[column], cells[0])
            for line in range(len(block.rows)):
                self._cell(cells[line + 1], block, line, column)
        if block.refs:
            cells = self._line(table)
            self._heading(self._("Comes from"), cells[0])
            for line, numbers in enumerate(block.refs):
                self._refs(cells[line + 1].paragraphs[0], numbers)

    def _grid(self, head: Sequence[str], room: Sequence[int], caption: str) -> WordTable:
        table = self.document.add_table(rows=1, cols=len(head))
        if "Table Grid" in self.document.styles:
            table.style = "Table Grid"
        parts.fix_columns(
            table, [self._width * part // sum(room) // _TWIP * _TWIP for part in room]
        )
        parts.describe_table(table, written_out(caption))
        for cell, name in zip(table.rows[0].cells, head, strict=True):
            parts.set_style(cell.paragraphs[0], self._in_tables)
            self._heading(name, cell)
            parts.shade(cell, "EEF2F5")
        parts.repeat_as_header(table.rows[0])
        return table

    def _line(self, table: WordTable, tall: bool = False) -> Sequence[_Cell]:
        row = table.add_row()
        parts.keep_whole(row)
        if tall:
            row.height = Mm(13)
        cells = row.cells
        for cell in cells:
            parts.set_style(cell.paragraphs[0], self._in_tables)
        return cells

    def _heading(self, text: str, cell: _Cell) -> None:
        for run in self._text(text, to=cell.paragraphs[0]).runs:
            run.bold = True

    def _cell(self, cell: _Cell, block: Table, line: int, column: int) -> None:
        paragraph = cell.paragraphs[0]
        text = block.rows[line][column]
        if target := block.targets.get((line, column)):
            parts.add_link(paragraph, self._name(target), written_out(text))
        else:
            self._text(text, to=paragraph)

    def _records(self, block: Table) -> None:
        self._text(block.caption, style="Heading 2")
        for line, row in enumerate(block.rows):
            title = self._text(row[0], style="Heading 3")
            if block.refs:
                self._refs(title, block.refs[line])
            for column in range(1, len(block.head)):
                if row[column] in ("", "–"):
                    continue
                paragraph = self._text(block.head[column] + ": ")
                paragraph.runs[0].font.color.rgb = _FAINT
                paragraph.paragraph_format.space_after = Pt(2)
                self._text(row[column], to=paragraph)
