"""One function per kind of picture: ``(data, *, labels, ax=None) -> Axes``."""

from workbook.figures.bars import leaning_counts, share_bars, stacked_bars
from workbook.figures.canvas import Labels, png, svg
from workbook.figures.cards import Card, cards
from workbook.figures.grid import Category, Grid, category_grid
from workbook.figures.intervals import intervals
from workbook.figures.score_heatmap import HeatCell, HeatMatrix, score_heatmap

__all__ = [
    "Card",
    "Category",
    "Grid",
    "HeatCell",
    "HeatMatrix",
    "Labels",
    "cards",
    "category_grid",
    "intervals",
    "leaning_counts",
    "png",
    "score_heatmap",
    "share_bars",
    "stacked_bars",
    "svg",
]
