"""What the tests of the pictures share."""

import pytest
from matplotlib.figure import Figure

from workbook.figures import Labels


class Seen:
    """What stands in axes."""

    @staticmethod
    def texts(ax):
        return [text.get_text() for text in ax.texts]

    @staticmethod
    def page(ax):
        return [text.get_text() for text in ax.figure.texts]

    @staticmethod
    def rows(ax):
        return [label.get_text() for label in ax.get_yticklabels()]

    @staticmethod
    def columns(ax):
        return [label.get_text() for label in ax.get_xticklabels()]

    @staticmethod
    def all_texts(ax):
        return [
            text
            for text in (*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), *ax.figure.texts)
            if text.get_text()
        ]

    @staticmethod
    def boxes(ax):
        """Where each text of the drawing stands, after a layout."""
        ax.figure.canvas.draw()
        return {text: text.get_window_extent() for text in Seen.all_texts(ax)}


@pytest.fixture
def seen():
    return Seen


@pytest.fixture
def labels():
    return Labels(
        title="Scores: first round, 12 people",
        mark="FICTIONAL EXAMPLE",
        note="Large: the middle answer. Small: the counts.",
        legend=[("#D55E00", "− poor"), ("#F0F0F0", "± fair"), ("#0072B2", "+ good")],
        words={"split": "split", "flag": "split", "left": "−", "middle": "±", "right": "+"},
    )


@pytest.fixture
def own_axes():
    """Axes that somebody else made, with matplotlib's own settings."""
    return Figure(figsize=(9, 6)).add_subplot()


NASTY = [
    "costs $5 and $6",
    r"$\frac{1}{2}$ $x_1$",
    "<b>bold</b> & *star*",
    "Meervoudigegezondheidszorgsamenwerkingsorganisatie" * 2,
    "🏠 home 👩‍👩‍👧 and 漢字",
    "",
    "{curly} %s \\n _under_",
]


@pytest.fixture
def nasty():
    return list(NASTY)
