"""Make an archive: the case as a data package, with all that was made from it."""

from __future__ import annotations

import hashlib
import json
import platform
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import requires, version
from io import StringIO
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML

from workbook import __version__
from workbook.archive.flags import Flag, SmallGroup, flags, small_groups
from workbook.archive.layout import CHECKSUMS, DATA, DESCRIPTOR, FORMAT
from workbook.archive.pseudonyms import pseudonymous
from workbook.archive.scores_book import scores_book
from workbook.archive.writing import without_times, zipped
from workbook.case import Case, open_case
from workbook.case.codebook import codebook
from workbook.case.contents import FILES
from workbook.case.descriptor import tables_described
from workbook.case.folder import write_atomically
from workbook.case.tables import TABLES
from workbook.case.tables.document import CaseInfo, Scenario
from workbook.case.writing import table_bytes
from workbook.exhibits.exhibit import mark
from workbook.locale import LANGUAGES, N_, translator
from workbook.report import write_reports
from workbook.run import results_folder, run_region


@dataclass(frozen=True)
class Packed:
    """What was made, where somebody may be named, and the groups that point at people."""

    path: Path
    flags: list[Flag]
    groups: list[SmallGroup]


def pack(
    case: Case,
    path: Path,
    *,
    full: bool = False,
    advance: Callable[[str], None] = lambda _: None,
) -> Packed:
    """Write the archive of a case.

    Everything in it is made from the same copy that it holds, so that who opens it and runs it
    gets the same report.

    Parameters
    ----------
    case : Case
    path : Path
        The zip to write.
    full : bool
        Keep who was where, and the codes of participants as they are.
    advance : callable
        Called with the name of each thing that is about to be made.

    Raises
    ------
    NotebookFailed
        If a notebook doesn't run; nothing is written.
    """
    tables = {m: list(case.rows(m)) for m in TABLES} if full else pseudonymous(case)
    contents = {f"{DATA}{FILES[m]}": table_bytes(m, rows) for m, rows in tables.items()}
    for model, document in ((CaseInfo, case.info), (Scenario, case.scenario)):
        contents[DATA + FILES[model]] = _yaml(document)
    with tempfile.TemporaryDirectory() as name:
        # As `werkboek open` will put it elsewhere.
        root = Path(name) / "data"
        folder = root / case.region
        folder.mkdir(parents=True)
        for file, content in contents.items():
            (folder / file.removeprefix(DATA)).write_bytes(content)
        copy = open_case(case.region, lang=case.lang, root=root)
        run_region(case.region, case.lang, root, advance=advance)
        made = results_folder(case.region, case.lang, root)
        advance("report")
        write_reports(copy, made, ("docx", "pdf"))
        for file in sorted(p for p in made.rglob("[!.]*") if p.is_file()):
            contents[_placed(file.relative_to(made))] = file.read_bytes()
        contents["scores.xlsx"] = scores_book(copy)
    for file in (name for name in contents if name.endswith((".docx", ".xlsx"))):
        contents[file] = without_times(contents[file], date.today())
    contents["codebook.md"] = codebook().encode("utf-8")
    contents["README.md"] = _readme(case, full).encode("utf-8")
    contents["CITATION.cff"] = _citation(case)
    contents["versions.json"] = _json(_versions())
    contents[DESCRIPTOR] = _json(_descriptor(case, contents, full))
    sums = "".join(f"{_sum(data)}  {file}\n" for file, data in sorted(contents.items()))
    contents[CHECKSUMS] = sums.encode("utf-8")
    write_atomically(path, zipped(dict(sorted(contents.items()))))
    if full:
        return Packed(path, [], [])
    return Packed(path, flags(case, tables), small_groups(tables))


def _placed(file: Path) -> str:
    if file.suffix == ".ipynb":
        return f"notebooks/{file.name}"
    if file.parts[0] == "figures":
        return file.as_posix()
    return f"report/{file.name}"


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _yaml(document: BaseModel) -> bytes:
    """Write a document anew: a remark in the region's own file isn't for whoever gets this."""
    return _as_yaml(document.model_dump(mode="json", exclude_defaults=True))


def _as_yaml(data: dict[str, Any]) -> bytes:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False
    text = StringIO()
    yaml.dump(data, text)
    return text.getvalue().encode("utf-8")


def _descriptor(case: Case, contents: dict[str, bytes], full: bool) -> dict[str, Any]:
    info = case.info
    resources = []
    for resource in tables_described():
        path = f"{DATA}{resource['name']}.csv"
        data = contents[path]
        placed = {"path": path, "bytes": len(data), "hash": f"sha256:{_sum(data)}"}
        resources.append(resource | placed)
    return {
        "profile": "data-package",
        "name": case.region,
        "title": f"{info.region}: {info.project}" if info.project else info.region,
        "created": f"{date.today().isoformat()}T00:00:00Z",
        "werkboek": {
            "format": FORMAT,
            "workbook": __version__,
            "language": case.lang,
            "provenance": info.provenance.value,
            "pseudonymous": not full,
        },
        "resources": resources,
    }


def _versions() -> dict[str, Any]:
    packages = {}
    for wanted in requires("werkboek-positionering") or []:
        name = re.match(r"[\w.-]+", wanted)
        if name and "extra ==" not in wanted:
            packages[name[0]] = version(name[0])
    return {
        "workbook": __version__,
        "python": platform.python_version(),
        "packages": dict(sorted(packages.items())),
    }


def _citation(case: Case) -> bytes:
    info = case.info
    title = f"{info.region}: {info.project}" if info.project else info.region
    notes = {
        "published": N_("Read from a published text: {text}."),
        "fictional": N_("This case is made up."),
    }
    told = notes.get(info.provenance.value, "").format(text=info.published_as or "–")
    return _as_yaml(
        {
            "cff-version": "1.2.0",
            "message": "Please cite this case as below.",
            "type": "dataset",
            "title": title,
            "authors": [{"name": info.project or info.region}],
            "date-released": date.today().isoformat(),
            "version": __version__,
            **({"abstract": told} if told else {}),
        }
    )


_README = N_(
    """# {title}

{mark}

This archive holds a case of the workbook on the position of experts by experience, and all that
was made from it. `werkboek open {file}` puts the case among your own regions, and
`werkboek run {region}` makes everything anew: with the package versions in `versions.json` it
gives the same numbers.

- `data/`: the case. `datapackage.json` describes every table (Frictionless Data Package);
  `codebook.md` says the same in words.
- `scores.xlsx`: the scores as one long table, with a codebook, for Excel, R or SPSS.
- `notebooks/`, `figures/`, `report/`: the executed notebooks, the pictures and the report.
- `checksums.sha256`: with it anyone can see that nothing was changed.
- `CITATION.cff`: how to cite it.

{people}
"""
)


def _readme(case: Case, full: bool) -> str:
    told = []
    for lang in LANGUAGES:
        _ = translator(lang)
        people = (
            _("It holds who was at each meeting: treat it with care.")
            if full
            else _(
                "People have a code, and who was at each meeting is left out. Whoever is named in "
                "a text of the case is named here too, unless that text was changed. Who knows the "
                "region may recognise the people of a group of one or two by their group."
            )
        )
        told.append(
            _(_README).format(
                title=case.info.region,
                mark=mark(case),
                file=f"{case.region}.zip",
                region=case.region,
                people=people,
            )
        )
    return "\n".join(told)
