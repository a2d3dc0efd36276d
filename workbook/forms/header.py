"""The quiet line at the top of every notebook: region, step, previous and next."""

from __future__ import annotations

from html import escape

from IPython.display import display

from workbook import handbook
from workbook.case import Case
from workbook.exhibits.exhibit import mark
from workbook.forms.links import link, notebook_name

_STYLE = (
    "display:flex;flex-wrap:wrap;gap:4px 18px;padding:4px 0;border-bottom:1px solid #BDBDBD;"
    "font-size:13px"
)


class _Header:
    """Ordinary output, so that it reads the same in a git host and in JupyterLab."""

    def __init__(self, html: str, text: str) -> None:
        self._bundle = {"text/html": html, "text/plain": text}

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        del kwargs
        return self._bundle


def header(case: Case, step: int) -> None:
    """Display the header of a step's notebook."""
    display(_header(case, step))


def _header(case: Case, step: int) -> _Header:
    _ = case.translate
    here = handbook.step(step)
    numbers = [s.number for s in handbook.steps() if s.number <= 9]
    place = numbers.index(step)
    parts = [f"<strong>{escape(case.info.region)}</strong>"]
    if told := mark(case):
        parts.append(escape(told))
    parts.append(escape(f"{step}. {here.short.in_(case.lang)}"))
    if place:
        parts.append(link(notebook_name(0), "⌂ " + _("Overview")))
        parts.append(_to(case, numbers[place - 1], "‹ {words}"))
    if place + 1 < len(numbers):
        parts.append(_to(case, numbers[place + 1], "{words} ›"))
    html = f'<nav lang="{case.lang}" style="{_STYLE}">' + "".join(
        f"<span>{part}</span>" for part in parts
    )
    text = f"{case.info.region} · {step}. {here.short.in_(case.lang)}"
    return _Header(html + "</nav>", text)


def _to(case: Case, step: int, pattern: str) -> str:
    words = f"{step}. {handbook.step(step).short.in_(case.lang)}"
    return link(notebook_name(step), pattern.format(words=words))
