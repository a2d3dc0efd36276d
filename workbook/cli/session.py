"""Commands for a working session: the ballot page, codes, forms on paper and in Excel."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.command import LANG, _, command, short
from workbook.locale import LANGUAGES, N_, translator

if TYPE_CHECKING:
    from workbook.session.session import Session


@command(help=_("Run the ballot page of a working session, until Ctrl-C."))
@click.argument("region")
@LANG
@click.option("--port", type=click.IntRange(1024, 65535), default=None, help=_("Where it listens."))
@click.option("--lan", is_flag=True, help=_("Also for phones on the room's network."))
@click.option("--proxied", is_flag=True, help=_("Behind a reverse proxy that does the TLS."))
@click.option(
    "--cert", type=click.Path(path_type=Path, exists=True), help=_("Certificate, with --key.")
)
@click.option("--key", type=click.Path(path_type=Path, exists=True), help=_("Key, with --cert."))
@click.pass_obj
def session(
    data: Path,
    region: str,
    lang: str,
    port: int | None,
    lan: bool,
    proxied: bool,
    cert: Path | None,
    key: Path | None,
) -> None:
    """Run the ballot page."""
    from workbook.case import UserError, open_case
    from workbook.locale import Message
    from workbook.session.network import room_address
    from workbook.session.session import Session
    from workbook.session.slips import address_page
    from workbook.session.web.server import serve

    if (cert is None) is not (key is None):
        raise UserError(Message(N_("--cert and --key go together")), lang)
    if lan and proxied:
        raise UserError(Message(N_("use --lan or --proxied, not both")), lang)
    translate = translator(lang)
    case = open_case(region, lang=lang, root=data)
    working = Session(case)
    working.mend()
    working.follow_people()
    working.close()
    host = room_address(lang) if lan else "127.0.0.1"
    if lan and cert is None:
        click.echo(
            translate(
                N_(
                    "Mind: without a certificate everybody on this network can read along what is "
                    "sent. Use a network of your own with a password, not that of a café or hotel; "
                    "or --cert and --key."
                )
            )
        )

    def ready(address: str) -> None:
        click.echo(translate(N_("Ballot page: {address}")).format(address=address))
        if lan:
            click.echo(address_page(address))
        click.echo(translate(N_("To stop: Ctrl-C")))

    pair = (cert, key) if cert is not None and key is not None else None
    serve(case.folder, lang, host=host, port=port, certificate=pair, proxied=proxied, ready=ready)
    click.echo(translate(N_("The ballot page has stopped; what was saved is saved.")))


@command(help=_("Make slips with codes to print, and a list for a mail merge."))
@click.argument("region")
@LANG
@click.option("--address", default=None, help=_("Where the ballot page will be."))
@click.option("--new", "replaced", multiple=True, help=_("Give this participant a new code."))
@click.pass_obj
def codes(
    data: Path, region: str, lang: str, address: str | None, replaced: tuple[str, ...]
) -> None:
    """Make slips and a list."""
    from workbook.case import UserError
    from workbook.case.folder import write_atomically
    from workbook.locale import Message
    from workbook.session.page import served, shareable
    from workbook.session.slips import mail_merge_csv, no_address, slips_html

    with _working_session(data, region, lang) as working:
        known = {person.id for person in working.people()}
        for person in replaced:
            if person not in known:
                raise UserError(
                    Message(N_("there is no participant {who} in participants.csv"), who=person),
                    lang,
                )
            working.box.admission.withdraw(person)
        there = served(working.box)
        address = address or (shareable(there.address) if there else "")
        folder = _private_folder(data, region, lang)
        slips = slips_html(working, address, lang).encode("utf-8")
        write_atomically(folder / "codes.html", slips, 0o600)
        write_atomically(folder / "codes.csv", mail_merge_csv(working, address, lang), 0o600)
    click.echo(short(folder / "codes.html"))
    click.echo(short(folder / "codes.csv"))
    translate = translator(lang)
    if not address:
        click.echo(no_address(region, lang), err=True)
    click.echo(
        translate(
            N_("Who has a code can score with it: keep these private, destroy them afterwards.")
        )
    )
    click.echo(translate(_NOT_SHARED))


@command(help=_("Make an Excel form for every participant, and a paper form."))
@click.argument("region")
@LANG
@click.option("--round", "of", default=None, help=_("The round; else the one to be scored."))
@click.pass_obj
def forms(data: Path, region: str, lang: str, of: str | None) -> None:
    """Make Excel forms and a paper form."""
    from workbook.session.paper.excel_form import write_forms

    with _working_session(data, region, lang) as working:
        folder = _private_folder(data, region, lang)
        paths = write_forms(working, working.to_score(of), folder, lang)
    for path in paths:
        click.echo(short(path))
    click.echo(translator(lang)(_NOT_SHARED))


@command("import", help=_("Read returned Excel forms into the round that is open."))
@click.argument("region")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@LANG
@click.option("--round", "of", default=None, help=_("The round, if not the one that is open."))
@click.option("--replace", is_flag=True, help=_("Write over a ballot that came in another way."))
@click.pass_obj
def import_(
    data: Path, region: str, files: tuple[Path, ...], lang: str, of: str | None, replace: bool
) -> None:
    """Read Excel forms."""
    from workbook.session.paper.importing import import_forms

    translate = translator(lang)
    with _working_session(data, region, lang) as working:
        done = import_forms(working, files, round=of, replace=replace)
    for one in done:
        if not one.problems:
            click.echo(
                translate(N_("{file}: {who}, {n} of {all} scores")).format(
                    file=one.path.name, who=one.participant, n=one.scored, all=one.asked
                )
            )
        for problem in one.problems:
            click.echo(problem, err=True)
    sys.exit(1 if any(one.problems for one in done) else 0)


@contextmanager
def _working_session(data: Path, region: str, lang: str) -> Iterator[Session]:
    """Have the working session of a region, mended, and close it."""
    from workbook.case import open_case
    from workbook.session.session import Session

    working = Session(open_case(region, lang=lang, root=data))
    try:
        working.mend()
        yield working
    finally:
        working.close()


def _private_folder(data: Path, region: str, lang: str) -> Path:
    """Give the folder of a session's own papers, which nobody else on this machine can read."""
    from workbook.run.places import session_folder

    folder = session_folder(region, lang, data)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # also one that was there already
    return folder


_NOT_SHARED = N_(
    "Mind: this folder must not be shared or synced (OneDrive, Dropbox, a network drive), else "
    "these files are too."
)


@command(help=_("Destroy what a working session left: ballot box, codes, forms."))
@click.argument("region")
@LANG
@click.option("--yes", is_flag=True, help=_("Don't ask whether it may go."))
@click.option("--unrevealed", is_flag=True, help=_("Also scores that were never revealed."))
@click.pass_obj
def forget(data: Path, region: str, lang: str, yes: bool, unrevealed: bool) -> None:
    """Destroy the traces of a working session."""
    from workbook.case.folder import valid_region
    from workbook.run.places import session_folder
    from workbook.session.forget import forget as destroy
    from workbook.session.forget import traces

    translate = translator(lang)
    folder = data / valid_region(region, lang)
    papers = [session_folder(region, each, data) for each in LANGUAGES]
    found = traces(folder, papers)
    if not found:
        words = translate(N_("Nothing of a working session of {region} is left here."))
        click.echo(words.format(region=region))
        return
    if not yes:
        for path in found:
            click.echo(short(path))
        words = translate(
            N_("This can't be undone. Close the notebooks first, then type {region} to destroy it")
        )
        if click.prompt(words.format(region=region), default="", show_default=False) != region:
            click.echo(translate(N_("Stopped; what was there is as it was.")), err=True)
            sys.exit(1)
    for path in destroy(folder, papers, lang, unrevealed=unrevealed):
        click.echo(translate(N_("Destroyed: {path}")).format(path=short(path)))
    click.echo(
        translate(
            N_(
                "The region itself stays as it is. Prints, mails, downloads, backups and snapshots "
                "aren't reached by this."
            )
        )
    )
