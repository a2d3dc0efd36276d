"""What every command has: its language, and sentences where others show a traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook.locale import LANGUAGES, N_, Translate, translator

if TYPE_CHECKING:
    from workbook.case import Case

if os.environ.get("WERKBOEK_LANG") not in LANGUAGES:
    os.environ["WERKBOEK_LANG"] = "nl"
_: Translate = translator(os.environ["WERKBOEK_LANG"])
"""Translates into the language of the command line itself."""


class Command(click.Command):
    """Turns what a person can mend into a sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        from workbook.case import CaseError, UserError

        try:
            return super().invoke(ctx)
        except (CaseError, UserError) as error:
            click.echo(str(error), err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            click.echo(": ".join(str(e) for e in (error.filename, error.strerror) if e), err=True)
        sys.exit(1)


command = partial(click.command, cls=Command)
"""Makes a command of a function."""

LANG = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=os.environ["WERKBOEK_LANG"],
    help=_("Language of the workbook's own words."),
)

STOPPED = N_("Stopped; what was there is as it was.")

COLD = N_("On this computer every notebook starts up by itself, which takes longer.")
"""Said once where warm processes can't be had."""


def short(path: Path) -> Path:
    """Give a path as it is named from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def page(
    data: Path, region: str, lang: str, name: str, write: Callable[[Case, Path], None]
) -> None:
    """Write one page with the results of a region, and say where it is."""
    from workbook.case import open_case
    from workbook.run import results_folder

    case = open_case(region, lang=lang, root=data)
    folder = results_folder(region, lang, data)
    folder.mkdir(parents=True, exist_ok=True)
    write(case, folder / name)
    click.echo(short(folder / name))
