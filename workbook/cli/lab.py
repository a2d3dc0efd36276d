"""The command with which people work in the notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workbook.cli.command import COLD, LANG, _, command, short
from workbook.locale import N_, translator


@command(help=_("Work in the notebooks of a region; opens JupyterLab in the browser."))
@click.argument("region", required=False)
@LANG
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
    from workbook.run.warm import available

    def say(msgid: str, **values: Any) -> None:
        click.echo(translator(lang)(msgid).format(**values))

    region = region or latest_region(lang, data)
    made = prepare(region, lang, data)
    folder = short(made.folder)
    say(N_("{region}: the notebooks are in {folder}"), region=region, folder=folder)
    if made.kept:
        names = ", ".join(path.name for path in made.kept)
        say(N_("Changed by somebody, so left as they are: {names}"), names=names)
    if made.beside:
        names = ", ".join(path.name for path in made.beside)
        say(N_("The new versions stand beside them: {names}"), names=names)
    if not available():
        say(COLD)
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
