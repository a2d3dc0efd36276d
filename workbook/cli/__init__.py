"""``werkboek``: a light wrapper. Each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from workbook.cli import archive, case, compare, lab, report, run, session
from workbook.cli.command import STOPPED, _


class _Group(click.Group):
    """Says in a sentence that it was stopped, at whatever moment."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(_(STOPPED), err=True)
            sys.exit(1)


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


for _one in (
    case.new,
    case.check,
    run.run,
    compare.compare,
    lab.lab,
    report.report,
    report.handout,
    report.facilitation,
    archive.export,
    archive.open_,
    archive.scores,
    session.session,
    session.codes,
    session.forms,
    session.import_,
    session.forget,
):
    main.add_command(_one)
