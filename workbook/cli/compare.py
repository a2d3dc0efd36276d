"""The command that puts regions side by side."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbook.cli.command import LANG, _, command, short
from workbook.locale import N_, translator


@command(help=_("Put regions side by side; results go to runs/compare/."))
@click.argument("regions", nargs=-1)
@click.option("--all", "every", is_flag=True, help=_("Every region in the data folder."))
@LANG
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
    click.echo(translate(N_("Results: {folder}")).format(folder=short(folder)))
