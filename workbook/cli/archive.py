"""Commands to keep a case and pass it on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook.cli.command import LANG, _, command, page, short
from workbook.locale import N_, translator

if TYPE_CHECKING:
    from workbook.case import Case


@command(help=_("Make one file of a region's case and all that was made from it."))
@click.argument("region")
@LANG
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
    click.echo(short(packed.path))
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


@command("open", help=_("Put the case in an archive among your own regions."))
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@LANG
@click.option("--as", "name", default=None, help=_("Short name of the region here."))
@click.pass_obj
def open_(data: Path, archive: Path, lang: str, name: str | None) -> None:
    """Open an archive."""
    from workbook.archive import open_archive

    case = open_archive(archive, data, lang, name)
    told = translator(lang)(N_("{region} is in {folder}. Make everything anew: {command}"))
    command = f"werkboek run {case.region}"
    click.echo(told.format(region=case.region, folder=short(case.folder), command=command))


@command(help=_("Write the scores as one long table, for Excel, R or SPSS."))
@click.argument("region")
@LANG
@click.pass_obj
def scores(data: Path, region: str, lang: str) -> None:
    """Write the scores."""
    from workbook.archive.scores_book import scores_book
    from workbook.case.folder import write_atomically

    def write(case: Case, path: Path) -> None:
        write_atomically(path, scores_book(case))

    page(data, region, lang, "scores.xlsx", write)
