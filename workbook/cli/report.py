"""Commands that write pages: the report, and what goes with a working session."""

from __future__ import annotations

from pathlib import Path

import click

from workbook.cli.command import LANG, _, command, page, short


def _formats(_ctx: click.Context, _option: click.Parameter, told: str) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(part.strip().lower() for part in told.split(",") if part.strip()))
    for format in chosen or (told,):
        if format not in ("html", "docx", "pdf"):
            words = _("“{format}” is none of html, docx and pdf")
            raise click.BadParameter(words.format(format=format))
    return chosen


@command(help=_("Write the report of a region, as HTML, Word or PDF."))
@click.argument("region")
@LANG
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
        click.echo(short(path))


@command(help=_("Write the page that explains options and scale before people score."))
@click.argument("region")
@LANG
@click.pass_obj
def handout(data: Path, region: str, lang: str) -> None:
    """Write the handout."""
    from workbook.report import write_handout

    page(data, region, lang, "handout.html", write_handout)


@command(help=_("Write the page that helps a facilitator through the working session."))
@click.argument("region")
@LANG
@click.pass_obj
def facilitation(data: Path, region: str, lang: str) -> None:
    """Write the facilitation page."""
    from workbook.report import write_facilitation

    page(data, region, lang, "facilitation.html", write_facilitation)
