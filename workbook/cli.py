"""``werkboek``: a light wrapper. Each command imports what it needs when it runs."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook.locale import LANGUAGES, N_, Translate, translator

if TYPE_CHECKING:
    from workbook.case import Case
    from workbook.session.session import Session

if os.environ.get("WERKBOEK_LANG") not in LANGUAGES:
    os.environ["WERKBOEK_LANG"] = "nl"
_: Translate = translator(os.environ["WERKBOEK_LANG"])


class _Command(click.Command):
    """Turns what a person can mend into a sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        from workbook.case import CaseError, UserError

        try:
            return super().invoke(ctx)
        except (CaseError, UserError) as error:
            click.echo(str(error), err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            click.echo(": ".join(str(e) for e in (error.filename, error.strerror) if e), err=True)
        except KeyboardInterrupt:
            click.echo(_("Stopped; what was there is as it was."), err=True)
        sys.exit(1)


class _Group(click.Group):
    command_class = _Command


_LANG = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=os.environ["WERKBOEK_LANG"],
    help=_("Language of the workbook's own words."),
)


@click.group(cls=_Group, help=_("From a region's case to a preferred scenario, in eight steps."))
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=None,
    help=_("Folder that holds the regions; else WERKBOEK_DATA, else data/."),
)
@click.version_option(package_name="werkboek-positionering")
@click.pass_context
def main(ctx: click.Context, data: Path | None) -> None:
    """Run the command line."""
    from workbook.case.folder import data_root

    ctx.obj = data_root(data)


@main.command(help=_("Make an empty case for a region."))
@click.argument("region")
@_LANG
@click.pass_obj
def new(data: Path, region: str, lang: str) -> None:
    """Make an empty case."""
    from workbook.case.template import new_region

    folder = new_region(region, data, lang)
    click.echo(
        translator(lang)(
            N_("Made {folder}. Fill in its tables; data/README.md explains them.")
        ).format(folder=folder)
    )


@main.command(help=_("Name every error in a case, then what is still open."))
@click.argument("region")
@_LANG
@click.pass_obj
def check(data: Path, region: str, lang: str) -> None:
    """Check a case."""
    from workbook import handbook
    from workbook.case import open_case
    from workbook.case.points import documented, open_points

    case = open_case(region, lang=lang, root=data)
    translate = translator(lang)
    points = open_points(case)
    click.echo(translate(N_("{region}: no errors.")).format(region=region))
    for step in handbook.steps():
        mine = [point for point in points if point.step == step.number]
        state = "" if mine else " – " + translate(N_("nothing open"))
        known, stated = documented(case, step.number)
        if stated:
            words = translate(N_("{known} of {all} rows with a source"))
            state += " – " + words.format(known=known, all=stated)
        click.echo(f"{step.number}. {step.title.in_(lang)}{state}")
        for point in mine:
            click.echo(f"   {'✗' if point.gap else '·'} {point.render(lang)}")
    broken = sum(point.gap for point in points)
    if broken:
        words = translate(N_("Broken trails (✗): {n}. The report says what is missing there."))
        click.echo(words.format(n=broken))
    else:
        click.echo(translate(N_("No trail is broken.")))


@main.command(help=_("Run the notebooks for one or more regions; results go to runs/."))
@click.argument("regions", nargs=-1)
@click.option("--all", "every", is_flag=True, help=_("Every region in the data folder."))
@_LANG
@click.pass_obj
def run(data: Path, regions: tuple[str, ...], every: bool, lang: str) -> None:
    """Run the series."""
    from workbook.case.folder import regions as all_regions

    translate = translator(lang)
    chosen = tuple(all_regions(data)) if every else tuple(dict.fromkeys(regions))
    if not chosen:
        click.echo(translate(N_("Name a region, or use --all.")), err=True)
        sys.exit(1)
    sys.exit(0 if _run(data, chosen, lang) else 1)


def _run(data: Path, regions: tuple[str, ...], lang: str) -> bool:
    from tqdm import tqdm

    from workbook.case import CaseError, UserError, open_case

    translate = translator(lang)
    sound = True
    for region in regions:  # every region is checked before any is run
        try:
            open_case(region, lang=lang, root=data)
        except (CaseError, UserError) as error:
            sound = False
            click.echo(f"{region}\n{error}", err=True)
    if not sound:
        return False

    from workbook.run import NotebookFailed, run_region, series_notebooks

    lines, done = [], True
    total = len(regions) * (len(series_notebooks(lang)) + 1)
    with tqdm(total=total, unit="nb", leave=False, disable=None) as bar:
        for region in regions:

            def advance(name: str, region: str = region) -> None:
                bar.set_description(f"{region} {name}")
                bar.update()

            try:
                outcome = run_region(region, lang, data, advance=advance)
            except NotebookFailed as error:
                done = False
                lines.append(
                    translate(N_("{region}: {notebook} failed: {why}. See {path}")).format(
                        region=region, notebook=error.path.stem, why=error.why, path=error.path
                    )
                )
                continue
            lines.append(
                f"{region}: {outcome.supported} {outcome.decided} "
                + translate(N_("Results: {folder}")).format(folder=_short(outcome.folder))
            )
    for line in lines:
        click.echo(line)
    return done


def _short(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _formats(_ctx: click.Context, _option: click.Parameter, told: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in told.split(",") if part.strip()))
    for format in chosen or (told,):
        if format not in ("html", "docx", "pdf"):
            words = _("“{format}” is none of html, docx and pdf")
            raise click.BadParameter(words.format(format=format))
    return chosen


@main.command(help=_("Write the report of a region, as HTML, Word or PDF."))
@click.argument("region")
@_LANG
@click.option(
    "--format",
    "formats",
    default="html",
    callback=_formats,
    help=_("One or more of html, docx and pdf, with commas between."),
)
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help=_("Word document whose house style the report takes."),
)
@click.pass_obj
def report(
    data: Path, region: str, lang: str, formats: tuple[str, ...], template: Path | None
) -> None:
    """Write the report."""
    if template is not None and "docx" not in formats:
        raise click.UsageError(_("A template is for Word: add docx to --format"))

    from workbook.case import open_case
    from workbook.report import write_reports
    from workbook.run import results_folder

    case = open_case(region, lang=lang, root=data)
    folder = results_folder(region, lang, data)
    folder.mkdir(parents=True, exist_ok=True)
    for path in write_reports(case, folder, formats, template):
        click.echo(_short(path))


@main.command(help=_("Make one file of a region's case and all that was made from it."))
@click.argument("region")
@_LANG
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help=_("The zip to write; else REGION.zip with the results of the region."),
)
@click.option(
    "--full",
    is_flag=True,
    help=_("Keep who was at each meeting, and the codes of participants as they are."),
)
@click.pass_obj
def export(data: Path, region: str, lang: str, target: Path | None, full: bool) -> None:
    """Make an archive."""
    from tqdm import tqdm

    from workbook.archive import pack
    from workbook.case import open_case
    from workbook.run import NotebookFailed, results_folder, series_notebooks

    translate = translator(lang)
    case = open_case(region, lang=lang, root=data)
    path = target or results_folder(region, lang, data) / f"{region}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    total = len(series_notebooks(lang)) + 2
    with tqdm(total=total, unit="nb", leave=False, disable=None) as bar:

        def advance(name: str) -> None:
            bar.set_description(name)
            bar.update()

        try:
            packed = pack(case, path, full=full, advance=advance)
        except NotebookFailed as error:
            click.echo(str(error), err=True)
            sys.exit(1)
    click.echo(_short(packed.path))
    for told, found in (
        (N_("Is anybody named here? Look, before you pass it on:"), packed.flags),
        (
            N_("Can anybody be recognised by their group? Think, before you pass it on:"),
            packed.groups,
        ),
    ):
        if found:
            click.echo(translate(told), err=True)
        for item in found:
            click.echo(f"  {item.render(lang)}", err=True)


@main.command("open", help=_("Put the case in an archive among your own regions."))
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_LANG
@click.option("--as", "name", default=None, help=_("Short name of the region here."))
@click.pass_obj
def open_(data: Path, archive: Path, lang: str, name: str | None) -> None:
    """Open an archive."""
    from workbook.archive import open_archive

    case = open_archive(archive, data, lang, name)
    told = translator(lang)(N_("{region} is in {folder}. Make everything anew: {command}"))
    command = f"werkboek run {case.region}"
    click.echo(told.format(region=case.region, folder=_short(case.folder), command=command))


@main.command(help=_("Write the scores as one long table, for Excel, R or SPSS."))
@click.argument("region")
@_LANG
@click.pass_obj
def scores(data: Path, region: str, lang: str) -> None:
    """Write the scores."""
    from workbook.archive.scores_book import scores_book
    from workbook.case.folder import write_atomically

    def write(case: Case, path: Path) -> None:
        write_atomically(path, scores_book(case))

    _page(data, region, lang, "scores.xlsx", write)


def _page(
    data: Path, region: str, lang: str, name: str, write: Callable[[Case, Path], None]
) -> None:
    """Write one page with the results of a region, and say where it is."""
    from workbook.case import open_case
    from workbook.run import results_folder

    case = open_case(region, lang=lang, root=data)
    folder = results_folder(region, lang, data)
    folder.mkdir(parents=True, exist_ok=True)
    write(case, folder / name)
    click.echo(_short(folder / name))


@main.command(help=_("Work in the notebooks of a region; opens JupyterLab in the browser."))
@click.argument("region", required=False)
@_LANG
@click.option("--no-browser", is_flag=True, help=_("Only give the address; open no browser."))
@click.option(
    "--port",
    type=click.IntRange(1024, 65535),
    default=None,
    help=_("Where JupyterLab listens; the next free port if it is taken."),
)
@click.pass_obj
def lab(data: Path, region: str | None, lang: str, no_browser: bool, port: int | None) -> None:
    """Work in the notebooks."""
    from workbook.run import latest_region, prepare, runs_folder
    from workbook.run.lab import start

    def say(msgid: str, **values: Any) -> None:
        click.echo(translator(lang)(msgid).format(**values))

    region = region or latest_region(lang, data)
    made = prepare(region, lang, data)
    folder = _short(made.folder)
    say(N_("{region}: the notebooks are in {folder}"), region=region, folder=folder)
    if made.kept:
        names = ", ".join(path.name for path in made.kept)
        say(N_("Changed by somebody, so left as they are: {names}"), names=names)
    if made.beside:
        names = ", ".join(path.name for path in made.beside)
        say(N_("The new versions stand beside them: {names}"), names=names)
    say(N_("To stop: Ctrl-C"))
    start(
        made.first,
        runs_folder(data),
        data,
        lang,
        port=port,
        browser=not no_browser,
        ready=lambda address: say(N_("JupyterLab: {address}"), address=address),
    )
    say(N_("JupyterLab has stopped; what was saved stays in {folder}"), folder=folder)


@main.command(help=_("Write the page that explains options and scale before people score."))
@click.argument("region")
@_LANG
@click.pass_obj
def handout(data: Path, region: str, lang: str) -> None:
    """Write the handout."""
    from workbook.report import write_handout

    _page(data, region, lang, "handout.html", write_handout)


@main.command(help=_("Run the ballot page of a working session, until Ctrl-C."))
@click.argument("region")
@_LANG
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


@main.command(help=_("Make slips with codes to print, and a list for a mail merge."))
@click.argument("region")
@_LANG
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
    click.echo(_short(folder / "codes.html"))
    click.echo(_short(folder / "codes.csv"))
    translate = translator(lang)
    if not address:
        click.echo(no_address(region, lang), err=True)
    click.echo(
        translate(
            N_("Who has a code can score with it: keep these private, destroy them afterwards.")
        )
    )
    click.echo(translate(_NOT_SHARED))


@main.command(help=_("Make an Excel form for every participant, and a paper form."))
@click.argument("region")
@_LANG
@click.option("--round", "of", default=None, help=_("The round; else the one to be scored."))
@click.pass_obj
def forms(data: Path, region: str, lang: str, of: str | None) -> None:
    """Make Excel forms and a paper form."""
    from workbook.session.paper.excel_form import write_forms

    with _working_session(data, region, lang) as working:
        paths = write_forms(
            working, working.to_score(of), _private_folder(data, region, lang), lang
        )
    for path in paths:
        click.echo(_short(path))
    click.echo(translator(lang)(_NOT_SHARED))


@main.command("import", help=_("Read returned Excel forms into the round that is open."))
@click.argument("region")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@_LANG
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


@main.command(help=_("Write the page that helps a facilitator through the working session."))
@click.argument("region")
@_LANG
@click.pass_obj
def facilitation(data: Path, region: str, lang: str) -> None:
    """Write the facilitation page."""
    from workbook.report import write_facilitation

    _page(data, region, lang, "facilitation.html", write_facilitation)


@main.command(help=_("Destroy what a working session left: ballot box, codes, forms."))
@click.argument("region")
@_LANG
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
            click.echo(_short(path))
        words = translate(
            N_("This can't be undone. Close the notebooks first, then type {region} to destroy it")
        )
        if click.prompt(words.format(region=region), default="", show_default=False) != region:
            click.echo(translate(N_("Stopped; what was there is as it was.")), err=True)
            sys.exit(1)
    for path in destroy(folder, papers, lang, unrevealed=unrevealed):
        click.echo(translate(N_("Destroyed: {path}")).format(path=_short(path)))
    click.echo(
        translate(
            N_(
                "The region itself stays as it is. Prints, mails, downloads, backups and snapshots "
                "aren't reached by this."
            )
        )
    )


@main.command(help=_("Put regions side by side; results go to runs/compare/."))
@click.argument("regions", nargs=-1)
@click.option("--all", "every", is_flag=True, help=_("Every region in the data folder."))
@_LANG
@click.pass_obj
def compare(data: Path, regions: tuple[str, ...], every: bool, lang: str) -> None:
    """Compare regions."""
    from workbook.case.folder import regions as all_regions
    from workbook.run import NotebookFailed, compare_regions

    translate = translator(lang)
    chosen = tuple(all_regions(data)) if every else regions
    if not chosen:
        words = N_("there is no region in {root} yet; make one with: werkboek new NAME")
        told = (
            translate(words).format(root=data)
            if every
            else translate(N_("Name a region, or use --all."))
        )
        click.echo(told, err=True)
        sys.exit(1)
    try:
        folder = compare_regions(chosen, lang, data)
    except NotebookFailed as error:
        click.echo(f"{error}. {error.path}", err=True)
        sys.exit(1)
    click.echo(translate(N_("Results: {folder}")).format(folder=_short(folder)))
