"""How the published reference case did the same step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

from workbook.case import Case
from workbook.exhibits.exhibit import Exhibit, missing


def reference(case: Case, of: Callable[..., Exhibit], **options: Any) -> Exhibit:
    """Show an exhibit of the published case, made by the same function and marked as such.

    It stands in a notebook only, and never enters another region's report.

    Parameters
    ----------
    case : Case
        The region at work; its language is used.
    of : callable
        The exhibit function to apply to the reference case.
    **options
        Passed on to it.
    """
    _ = case.translate
    if case.is_reference:
        return missing(
            case,
            f"reference_{of.__name__}",
            _("The published example"),
            _("This region is the published example itself."),
        )
    published = case.reference()
    shown = of(published, **options)
    return dataclasses.replace(
        shown,
        name=f"reference_{shown.name}",
        title=_("Published example, {region}: {title}").format(
            region=published.info.region, title=shown.title
        ),
        sentence=_("In {region}: {sentence}").format(
            region=published.info.region, sentence=shown.sentence
        ),
        everywhere=True,
    )
