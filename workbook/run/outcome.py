"""What running a region's series came to, and whether there is anything to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbook.run.inputs import FIGURES, REPORT, parts
from workbook.run.made import read_made
from workbook.run.places import results_folder


@dataclass(frozen=True)
class Outcome:
    """What a run came to.

    Attributes
    ----------
    region : str
    supported, decided : str
        What the scores support, and what was decided, a sentence each.
    folder : Path
        Where the results are.
    ran, reused : sequence of str
        Names of the notebooks that were run, and of those that were as they should be.
    """

    region: str
    supported: str
    decided: str
    folder: Path
    ran: Sequence[str] = ()
    reused: Sequence[str] = ()


def standing(region: str, lang: str, data: Path) -> Outcome | None:
    """Give the outcome of an earlier run, if all that it was made from is still the same."""
    folder = results_folder(region, lang, data)
    made = read_made(folder)
    if not made.parts:
        return None
    wanted = parts(region, lang, data)
    if not all(made.holds(folder, name, key) for name, key in wanted.items()):
        return None
    names = tuple(name for name in wanted if name not in (FIGURES, REPORT))
    return Outcome(region, made.supported, made.decided, folder, reused=names)
