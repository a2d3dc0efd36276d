"""Parts of a Word document that its library has no words for: fields, links, languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.section import _Footer, _Header
from docx.shared import Emu, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run


def _made(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def set_style(paragraph: Paragraph, id: str) -> None:
    """Set the style by its id; by its name the library looks it up anew for every cell."""
    paragraph._p.style = id


def set_language(document: Document, tag: str) -> None:
    """Set the language of the whole document, for spelling and for reading aloud."""
    styles = document.styles.element
    for holder in styles.iter(qn("w:rPrDefault")):
        properties = holder.find(qn("w:rPr"))
        if properties is None:
            properties = _made("w:rPr")
            holder.append(properties)
        _replace(properties, _made("w:lang", val=tag, eastAsia=tag))
    for style in styles.findall(qn("w:style")):
        for language in style.findall(f"{qn('w:rPr')}/{qn('w:lang')}"):
            language.set(qn("w:val"), tag)


def set_run_language(run: Run, tag: str) -> None:
    """Set the language of a piece of text."""
    _replace(run._r.get_or_add_rPr(), _made("w:lang", val=tag))


def _replace(parent: Any, child: Any) -> None:
    for old in parent.findall(child.tag):
        parent.remove(old)
    parent.append(child)


def plain_font(style: Any, name: str) -> None:
    """Give a style a font by name, in place of the theme's."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    style.font.name = name


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make a paragraph something that links can point to."""
    start = _made("w:bookmarkStart", id=str(number), name=name)
    place = 1 if paragraph._p.pPr is not None else 0
    paragraph._p.insert(place, start)
    paragraph._p.insert(place + 1, _made("w:bookmarkEnd", id=str(number)))


def add_link(
    paragraph: Paragraph, name: str, text: str, *, small: bool = False, plain: bool = False
) -> None:
    """Add a link to a bookmark."""
    link = _made("w:hyperlink", anchor=name, history="1")
    run = Run(_made("w:r"), paragraph)
    run.text = text
    if not plain:
        run._r.get_or_add_rPr().append(_made("w:color", val="00528A"))
    if small:
        run.font.size = Pt(7.5)
    link.append(run._r)
    paragraph._p.append(link)


def add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field that Word works out, with what it shows until then."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind == "code":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind == "shown":
            run.text = shown
        else:
            run._r.append(_made("w:fldChar", fldCharType=kind))


def wrap_field(paragraphs: Sequence[Paragraph], code: str) -> None:
    """Make paragraphs what a field shows until Word works it out anew."""
    first, last = paragraphs[0], paragraphs[-1]
    begin = _made("w:fldChar", fldCharType="begin", dirty="true")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    place = 1 if first._p.pPr is not None else 0
    separate = _made("w:fldChar", fldCharType="separate")
    for element in reversed((begin, instruction, separate)):
        run = _made("w:r")
        run.append(element)
        first._p.insert(place, run)
    run = _made("w:r")
    run.append(_made("w:fldChar", fldCharType="end"))
    last._p.append(run)


def margins(document: Document) -> Iterator[tuple[_Header, _Footer]]:
    """Give every header with its footer: a first page and even pages may have their own."""
    for section in document.sections:
        yield section.header, section.footer
        if section.different_first_page_header_footer:
            yield section.first_page_header, section.first_page_footer
        if document.settings.odd_and_even_pages_header_footer:
            yield section.even_page_header, section.even_page_footer


def first_in(holder: _Header | _Footer) -> Paragraph:
    """Give an empty paragraph before everything else: what a template says there stays apart."""
    first = holder.paragraphs[0]
    return first if _is_empty(first) else first.insert_paragraph_before()


def last_in(holder: _Header | _Footer) -> Paragraph:
    """Give an empty paragraph after everything else."""
    last = holder.paragraphs[-1]
    return last if _is_empty(last) else holder.add_paragraph()


def _is_empty(paragraph: Paragraph) -> bool:
    shown = paragraph._p.iter(*map(qn, ("w:t", "w:drawing", "w:pict", "w:fldChar")))
    return next(shown, None) is None  # an element without children counts as false


def give_bullets(document: Document, style: Any) -> None:
    """Make the paragraphs of a style a real list, in a document that has none."""
    numbering = _numbering(document)
    taken = [int(e.get(qn("w:abstractNumId"))) for e in numbering.iter(qn("w:abstractNum"))]
    number = str(max(taken, default=-1) + 1)
    abstract = _made("w:abstractNum", abstractNumId=number)
    level = _made("w:lvl", ilvl="0")
    level.extend([_made("w:start", val="1"), _made("w:numFmt", val="bullet")])
    level.extend([_made("w:lvlText", val="•"), _made("w:lvlJc", val="left")])
    place = _made("w:pPr")
    place.append(_made("w:ind", left="360", hanging="360"))
    level.append(place)
    abstract.append(level)
    first = numbering.find(qn("w:num"))  # all abstract lists go before the lists that use them
    numbering.append(abstract) if first is None else first.addprevious(abstract)
    style.element.get_or_add_pPr().append(_made("w:numPr"))
    used = style.element.pPr.find(qn("w:numPr"))
    used.append(_made("w:numId", val=str(numbering.add_num(int(number)).numId)))


def _numbering(document: Document) -> Any:
    try:
        return document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        name = "/word/numbering.xml"
        element = OxmlElement("w:numbering")
        part = NumberingPart(PackURI(name), CT.WML_NUMBERING, element, document.part.package)
        document.part.relate_to(part, RT.NUMBERING)
        return element


def repeat_as_header(row: _Row) -> None:
    """Repeat a row at the top of every page that its table runs on to."""
    row._tr.get_or_add_trPr().append(_made("w:tblHeader", val="true"))
    keep_whole(row)


def keep_whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(_made("w:cantSplit", val="true"))


def fix_columns(table: Table, widths: Sequence[int]) -> None:
    """Give the columns their widths, whatever is in them."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Emu(width)


def describe_table(table: Table, text: str) -> None:
    """Give a table its description for who can't see it."""
    table._tbl.tblPr.append(_made("w:tblDescription", val=text))


def shade(cell: _Cell, colour: str) -> None:
    """Colour the ground of a cell."""
    cell._tc.get_or_add_tcPr().append(_made("w:shd", val="clear", color="auto", fill=colour))
