"""A new region: every table with its header and nothing else."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from workbook.case.folder import valid_region
from workbook.case.problem import COULD_NOT_WRITE, UserError
from workbook.case.tables import TABLES
from workbook.case.writing import table_bytes
from workbook.case.yaml_text import quoted
from workbook.locale import N_, Message

_CASE = """\
# The region and its project. Every statement under a topic has an id, a text and a source:
#   goals:
#     - {id: goal-1, text: "…", source: "…"}
# data/README.md explains every field.
region: @region@
project:
language: @lang@
provenance: own
period:
  start:
  end:
  text:
origin: []
process: []
readiness: []
deployment:
  core:
  goals: []
  audience: []
  kinds: []
  role: []
  team: []
  employer: []
  inflow: []
  matching: []
  financing: []
  other_activities: []
  experiences: []
session:
  names:
  way_of_scoring:
retention: []
"""

_SCENARIO = """\
# Step 8: what only people can write. Every statement has an id, a text and a source.
summary: []
considerations: []
recommendations: []
governance: []
conversations: []
expectations: []
registration_privacy: []
follow_up: []
"""


def new_region(region: str, root: Path, lang: str = "nl", name: str | None = None) -> Path:
    """Make an empty case.

    Parameters
    ----------
    region : str
        Slug of the region; it becomes the folder's name.
    root : Path
        The data root.
    lang : {"nl", "en"}
        Language the case will be written in.
    name : str, optional
        Name of the region as people know it; without it, one is made of the slug.

    Returns
    -------
    Path
        The new folder.

    Raises
    ------
    UserError
        If the name is not a slug, the region exists already, or it can't be written.
    """
    folder = root / valid_region(region, lang)
    if folder.exists():
        raise UserError(Message(N_("{folder} exists already"), folder=folder), lang)
    try:
        root.mkdir(parents=True, exist_ok=True)
        _build(folder, _known_as(region, name), lang)
    except OSError as error:
        raise UserError(
            Message(COULD_NOT_WRITE, region=region, why=error.strerror), lang
        ) from error
    return folder


def _known_as(region: str, name: str | None) -> str:
    typed = " ".join((name or "").split())
    return typed or region.replace("-", " ").strip().title() or region


def _build(folder: Path, name: str, lang: str) -> None:
    """Build the region beside its place and move it there: a half-made one never exists."""
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        _fill(fresh, name, lang)
        fresh.rename(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def _fill(fresh: Path, name: str, lang: str) -> None:
    fresh.chmod(0o755)
    (fresh / "case.yaml").write_text(
        _CASE.replace("@lang@", lang).replace("@region@", quoted(name)), encoding="utf-8"
    )
    (fresh / "scenario.yaml").write_text(_SCENARIO, encoding="utf-8")
    for model in TABLES:
        (fresh / f"{model.table}.csv").write_bytes(table_bytes(model, ()))
