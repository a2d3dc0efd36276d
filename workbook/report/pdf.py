"""The report as PDF/UA-1: tagged, titled, with its fonts inside, built without a network."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from workbook.locale import translator
from workbook.report.glyphs import font_folder, printable
from workbook.report.model import Block, Claim, Claims, Paragraph, Picture, Report, Shape, Table
from workbook.report.setting import fits, picture_width, widths

_WIDE, _HIGH = 140, 175
"""Most millimetres of a picture, across and down: its caption has to fit below it."""
_WITH_PICTURE = 900
"""Characters of a sentence that still stays on the page of its picture."""


def render_pdf(report: Report) -> bytes:
    """Render the report.

    Raises
    ------
    typst.TypstError
        If a picture lacks its alternative text or the document its title: a PDF that not
        everybody can read isn't made.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        data = _printable(_data(report, folder))
        (folder / "report.json").write_text(json.dumps(data), "utf-8")
        page = folder / "report.typ"
        page.write_bytes((files("workbook.report") / "report.typ").read_bytes())
        return typst.compile(
            str(page),
            root=name,
            font_paths=[str(font_folder())],
            ignore_system_fonts=True,
            package_path=name,
            package_cache_path=name,
            pdf_standards=["ua-1"],
        )


def _data(report: Report, folder: Path) -> dict[str, Any]:
    _ = translator(report.lang)
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "lang": report.lang,
        "case_lang": report.case_lang,
        "mark": report.mark,
        "lead": [_said(report, line) for line in report.lead],
        "missing": report.missing,
        "words": {
            "contents": _("Contents"),
            "figure": _("Figure {number}").replace("{number}", "").strip(),
            "table": _("Table {number}").replace("{number}", "").strip(),
            "origin": _("Comes from"),
            "how": _("how"),
        },
        "sections": [
            {
                "id": section.id,
                "heading": section.heading(_),
                "blocks": [_block(block, report, folder) for block in section.blocks],
            }
            for section in report.sections
        ],
    }


def _block(block: Block, report: Report, folder: Path) -> dict[str, Any]:
    match block:
        case Paragraph():
            text = _said(report, block.text)
            return {"kind": "paragraph", "text": text, "refs": list(block.refs), "see": block.see}
        case Claims():
            return {
                "kind": "claims",
                "label": _said(report, block.label),
                "items": [_claim(item, report) for item in block.items],
            }
        case Table():
            return _table(block, report)
        case Picture():
            return _picture(block, report, folder)


def _claim(item: Claim, report: Report) -> dict[str, Any]:
    typed = [[item.text, True, ""]] if item.text else []
    return {
        "lead": _said(report, item.lead),
        "text": typed if item.refs else _said(report, item.text),
        "tail": _said(report, item.tail),
        "answer": [[item.answer, True, ""]] if item.answer else [],
        "refs": list(item.refs),
    }


def _table(block: Table, report: Report) -> dict[str, Any]:
    records = block.shape is Shape.RECORDS
    return {
        "kind": "table",
        "caption": _said(report, block.caption),
        "shape": block.shape.value,
        "head": [_said(report, name) for name in block.head],
        "rows": [[_said(report, cell) for cell in row] for row in block.rows],
        "empty": [[cell in ("", "–") for cell in row] for row in block.rows],
        "refs": [list(numbers) for numbers in block.refs],
        "anchors": list(block.anchors),
        "targets": {f"{r},{c}": anchor for (r, c), anchor in block.targets.items()},
        "widths": [] if records else widths(block),
        "fits": fits(block),
        "number": block.number,
        "tall": block.tall,
        "together": block.together,
    }


def _picture(block: Picture, report: Report, folder: Path) -> dict[str, Any]:
    shown = block.exhibit
    file, wide = "", 0.0
    if block.number and shown.png:
        file = f"{block.anchor}.png"
        (folder / file).write_bytes(shown.png)
        wide = picture_width(shown.png, _WIDE, _HIGH)
    return {
        "kind": "picture",
        "title": _said(report, shown.title),
        "sentence": _said(report, shown.sentence),
        "whole": len(shown.sentence) < _WITH_PICTURE,
        "alt": shown.alt or None,
        "number": block.number,
        "anchor": block.anchor,
        "file": file,
        "wide": wide,
        "caption": _said(report, " ".join([block.caption, *shown.provenance])),
    }


def _said(report: Report, text: str) -> list[list[Any]]:
    """Give a text as runs: what is read, whether it is the region's own, where it points to."""
    runs: list[list[Any]] = []
    for part, anchor in report.linked(text):
        if anchor:
            runs.append([part, False, anchor])
        else:
            runs += [[words, mine, ""] for words, mine in report.parts(part)]
    return [run for run in runs if run[0]]


_NAMES = frozenset({"id", "anchor", "anchors", "targets", "file", "lang", "case_lang", "see"})


def _printable(data: Any) -> Any:
    """Make every text printable; names that point to something stay as they are."""
    match data:
        case dict():
            return {k: v if k in _NAMES else _printable(v) for k, v in data.items()}
        case [str(text), bool(mine), str(anchor)]:
            return [printable(text), mine, anchor]
        case list():
            return [_printable(item) for item in data]
        case str():
            return printable(data)
    return data
