"""One function per kind of picture: ``(data, *, labels, ax=None) -> Axes``."""

from workbook.figures.bars import leaning_counts, share_bars, stacked_bars
from workbook.figures.canvas import Labels, png, style, svg
from workbook.figures.cards import Card, cards
from workbook.figures.grid import Category, Grid, category_grid
from workbook.figures.intervals import intervals
from workbook.figures.region_grid import Block, RegionCell, RegionGrid, region_grid
from workbook.figures.round_moves import (
    CountCell,
    MoveCell,
    RoundMatrix,
    round_counts,
    round_moves,
)
from workbook.figures.score_heatmap import HeatCell, HeatMatrix, score_heatmap
from workbook.figures.share_grid import ShareGrid, share_grid
from workbook.figures.xml_text import written_out

__all__ = [
    "Block",
    "Card",
    "Category",
    "CountCell",
    "Grid",
    "HeatCell",
    "HeatMatrix",
    "Labels",
    "MoveCell",
    "RegionCell",
    "RegionGrid",
    "RoundMatrix",
    "ShareGrid",
    "cards",
    "category_grid",
    "intervals",
    "leaning_counts",
    "png",
    "region_grid",
    "round_counts",
    "round_moves",
    "score_heatmap",
    "share_bars",
    "share_grid",
    "stacked_bars",
    "style",
    "svg",
    "written_out",
]
