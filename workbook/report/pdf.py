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
from workbook.report.model import Block, Claims, Paragraph, Picture, Report, Shape, Table, linked
from workbook.report.setting import widths


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
        "lead": list(report.lead),
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
            return {"kind": "paragraph", **vars(block), "refs": list(block.refs)}
        case Claims():
            items = [
                {**vars(item), "refs": list(item.refs), "parts": linked(item.text, report.files)}
                for item in block.items
            ]
            return {"kind": "claims", "label": block.label, "items": items}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "shape": block.shape.value,
                "head": list(block.head),
                "rows": [list(row) for row in block.rows],
                "refs": [list(numbers) for numbers in block.refs],
                "own": sorted(block.own),
                "anchors": list(block.anchors),
                "targets": {f"{r},{c}": anchor for (r, c), anchor in block.targets.items()},
                "widths": [] if block.shape is Shape.RECORDS else widths(block),
                "number": block.number,
                "tall": block.tall,
            }
        case Picture():
            return _picture(block, report, folder)


def _picture(block: Picture, report: Report, folder: Path) -> dict[str, Any]:
    shown = block.exhibit
    file = ""
    if block.number and shown.png:
        file = f"{block.anchor}.png"
        (folder / file).write_bytes(shown.png)
    return {
        "kind": "picture",
        "title": shown.title,
        "sentence": shown.sentence,
        "alt": shown.alt or None,
        "mark": shown.mark,
        "number": block.number,
        "anchor": block.anchor,
        "file": file,
        "caption": linked(" ".join(shown.provenance), report.files),
    }


_NAMES = frozenset({"id", "anchor", "anchors", "targets", "file", "lang", "case_lang", "see"})


def _printable(data: Any) -> Any:
    """Make every text printable; names that point to something stay as they are."""
    match data:
        case dict():
            return {k: v if k in _NAMES else _printable(v) for k, v in data.items()}
        case list():
            return [_printable(item) for item in data]
        case (str(text), str(anchor)):
            return [printable(text), anchor]
        case str():
            return printable(data)
    return data
