"""What brings people to the ballot page: slips to print, a list for a mail merge, a code to scan.

A code stands after the `#` of a link: that part stays in the browser and reaches no server.
"""

from __future__ import annotations

import csv
import io
import secrets
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import urlsplit

import segno
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from workbook.case import UserError
from workbook.case.tables import Group, How, Names, Participant, Round, State
from workbook.locale import N_, Message, translator
from workbook.session.anonymous import SMALLEST
from workbook.session.codes import written
from workbook.session.session import Session

_ON_A_SHEET = 8
_QUIET = 4
"""Empty modules around the square, which the standard asks for."""

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Slip:
    """What one participant gets; ``who`` is empty where slips are drawn."""

    code: str
    square: Markup
    who: str = ""


@dataclass(frozen=True)
class Sheet:
    """One A4; the pile it belongs to, which is cut away with the edge."""

    slips: tuple[Slip, ...]
    pile: str = ""
    size: int = 0

    @property
    def small(self) -> bool:
        """Whether drawing from this pile hides too little."""
        return self.size < SMALLEST


def slips_html(session: Session, address: str, lang: str) -> str:
    """Give a page to print with a slip per participant.

    Everybody gets a code who has none. Where the coming round is by name, a slip tells whose it
    is. Else slips are drawn, shuffled within a pile: the group of a code must stay true.

    Parameters
    ----------
    session : Session
    address : str
        Of the ballot page; empty while it isn't known.
    lang : {"nl", "en"}

    Raises
    ------
    UserError
        If the address isn't one.
    """
    _check(address, lang)
    people = session.people()
    codes = session.box.admission.give(person.id for person in people)
    named = _by_name(session)
    sheets: list[Sheet] = []
    for pile, members in _piles(people, named, lang):
        slips = [
            Slip(
                written(codes[who]),
                _square(_link(address, codes[who]), lang),
                who if named else "",
            )
            for who in members
        ]
        sheets += [
            Sheet(tuple(slips[start : start + _ON_A_SHEET]), pile, len(slips))
            for start in range(0, len(slips), _ON_A_SHEET)
        ]
    folder = files("workbook.session")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((folder / "slips.html.j2").read_text("utf-8"))
    return template.render(
        _=translator(lang),
        lang=lang,
        style=(folder / "slips.css").read_text("utf-8"),
        sheets=sheets,
        named=named,
        address=address,
        no_address="" if address else no_address(session.case.region, lang),
        fictional=session.case.fictional,
    )


def no_address(region: str, lang: str) -> str:
    """Say that slips have no square, and how they get one."""
    words = translator(lang)(
        N_(
            "Mind: the address of the ballot page isn't known, so the slips have no QR code. In a "
            "room: leave “{lan}” running and make them again. Online: “{online}”."
        )
    )
    online = f"werkboek codes {region} --address https://…"
    return words.format(lan=f"werkboek session {region} --lan", online=online)


def mail_merge_csv(session: Session, address: str, lang: str) -> bytes:
    """Give a list with a row per participant, as a Dutch Excel opens it.

    Every row says that it is private: a row may be copied on its own.

    Raises
    ------
    UserError
        If the address isn't one.
    """
    _check(address, lang)
    _ = translator(lang)
    people = session.people()
    codes = session.box.admission.give(person.id for person in people)
    note = _("Keep private; destroy after the session.")
    rows = [[_("participant"), _("group"), _("code"), _("link"), _("note")]]
    for person in people:
        code = codes[person.id]
        group = _(person.group.label) if person.group else ""
        rows.append([person.id, group, written(code), _link(address, code), note])
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def address_page(address: str) -> str:
    """Give the address as a square for a terminal, to be scanned from the screen."""
    out = io.StringIO()
    segno.make_qr(address).terminal(out, border=_QUIET, compact=True)
    return out.getvalue()


def _by_name(session: Session) -> bool:
    """Say whether the coming round is by name, in the case and in the box."""
    ahead = [
        row
        for row in session.case.rows(Round)
        if row.how is How.BALLOTS and row.state is not State.REVEALED
    ]
    if not ahead:
        return False
    in_box = session.box.names(ahead[0].id)
    return ahead[0].names is Names.OPEN and in_box in (None, Names.OPEN)


def _piles(people: list[Participant], named: bool, lang: str) -> list[tuple[str, list[str]]]:
    """Give who is in which pile; those of groups too small to be kept anyway share one."""
    if named:
        return [("", [person.id for person in people])]
    _ = translator(lang)
    sizes = Counter(person.group for person in people)
    own = [group for group in Group if sizes[group] >= SMALLEST]
    piles = [(_(group.label), [p.id for p in people if p.group is group]) for group in own]
    rest = [p.id for p in people if p.group not in own]
    if rest:
        piles.append((_("everybody else") if own else _("everybody"), rest))
    for _name, members in piles:
        secrets.SystemRandom().shuffle(members)
    return piles


def _check(address: str, lang: str) -> None:
    parts = urlsplit(address)
    sound = parts.scheme in ("http", "https") and parts.netloc and "#" not in address
    if address and (not sound or any(sign.isspace() for sign in address)):
        raise UserError(
            Message(
                N_("“{address}” is not the address of a page; write it as {example}"),
                address=address,
                example="https://www.example.org/",
            ),
            lang,
        )


def _link(address: str, code: str) -> str:
    return f"{address}#{code}" if address else ""


def _square(link: str, lang: str) -> Markup:
    if not link:
        return Markup("")
    drawn = segno.make_qr(link).svg_inline(
        border=_QUIET, omitsize=True, svgclass="square", lineclass=None
    )
    # The link itself isn't told: a screen reader has the address and the code beside it.
    _ = translator(lang)
    words = _("QR code: the address with this code")
    return Markup(drawn.replace("<svg ", Markup('<svg role="img" aria-label="{}" ').format(words)))


def _plain(cell: str) -> str:
    """Write a text so that no spreadsheet reads a formula in it."""
    return f"'{cell}" if cell.startswith(_STARTS_FORMULA) else cell
