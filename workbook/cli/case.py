"""Commands for a region's case: make one, check one."""

from __future__ import annotations

from pathlib import Path

import click

from workbook.cli.command import LANG, _, command
from workbook.locale import N_, translator


@command(help=_("Make an empty case for a region."))
@click.argument("region")
@LANG
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


@command(help=_("Name every error in a case, then what is still open."))
@click.argument("region")
@LANG
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
