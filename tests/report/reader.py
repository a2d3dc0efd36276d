"""A page as its readers meet it."""

from __future__ import annotations

from html.parser import HTMLParser


class Page(HTMLParser):
    """Collects the tags, the tables, the headings and the words.

    Parameters
    ----------
    html : str
    labels : bool
        Whether a cell is read with the label that only a small screen shows.
    """

    def __init__(self, html: str, *, labels: bool = False) -> None:
        super().__init__()
        self._labels = labels
        self.tags: list[str] = []
        self.attrs: list[dict] = []
        self._cells: list[list[list[str]]] = []
        self.headings: list[str] = []
        self._words = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)
        self.attrs.append(dict(attrs))
        if tag not in ("meta", "link", "br", "img"):
            self._open.append(tag)
        if tag == "table":
            self._cells.append([])
        elif tag == "tr":
            self._cells[-1].append([])
        elif tag in ("td", "th"):
            self._cells[-1][-1].append("")
        elif tag in ("h1", "h2", "h3"):
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self._words += data
        if "span" in self._open and "td" in self._open and not self._labels:
            return
        if "td" in self._open or "th" in self._open:
            self._cells[-1][-1][-1] += data
        if self._open and self._open[-1] in ("h1", "h2", "h3"):
            self.headings[-1] += data

    @property
    def words(self) -> str:
        return " ".join(self._words.split())

    @property
    def tables(self) -> list[list[list[str]]]:
        """The rows of every table, header row first, with single spaces."""
        return [
            [[" ".join(cell.split()) for cell in row] for row in table] for table in self._cells
        ]
