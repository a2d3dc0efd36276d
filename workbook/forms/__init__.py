"""ipywidgets views on a case."""

from workbook.forms.header import header
from workbook.forms.show import Shown, show
from workbook.forms.steps import (
    beginnings,
    board,
    commitments,
    decision,
    deployment,
    facts,
    front_door,
    handout,
    hands,
    involvement,
    priorities,
    recommendations,
    rounds,
    scan,
    scenario,
    scores,
    screening,
    table,
)

__all__ = [
    "Shown",
    "beginnings",
    "board",
    "commitments",
    "decision",
    "deployment",
    "facts",
    "front_door",
    "handout",
    "hands",
    "header",
    "involvement",
    "priorities",
    "recommendations",
    "rounds",
    "scan",
    "scenario",
    "scores",
    "screening",
    "show",
    "table",
]
