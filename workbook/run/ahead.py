"""``python -m workbook.run.ahead``: draw a region's pictures while its notebooks run.

Drawing is most of what a run does, and its notebooks run one after the other. Where a processor has
nothing else to do, a process beside them draws what they will show, from the last back to the
first; whoever comes to a picture finds it, or waits for who is drawing it.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from workbook.run.warm import launch

_PATIENCE = 5.0
"""Seconds."""


@contextmanager
def drawing_ahead(region: str, lang: str, data: Path, processes: int) -> Iterator[None]:
    """Draw the pictures of a region meanwhile, into where pictures are kept.

    Parameters
    ----------
    region, lang : str
    data : Path
        The data root.
    processes : int
        How many draw; where none can be forked, none does.
    """
    going = []
    for place in range(processes):
        words = [region, lang, str(data), str(place), str(processes)]
        process = launch([sys.executable, "-m", "workbook.run.ahead", *words])
        if process is not None:
            going.append(process)
    try:
        yield
    finally:
        for process in going:
            process.kill()
        for process in going:  # the folder they write in is about to go
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
            process.close()


def draw(region: str, lang: str, data: Path, place: int, of: int) -> None:
    """Draw every picture of the series whose turn it is, from the last to the first.

    Parameters
    ----------
    place, of : int
        Which of how many processes this is.
    """
    from workbook.case import open_case
    from workbook.exhibits import series

    shown = [exhibit for _step, exhibit in series(open_case(region, lang=lang, root=data))]
    for exhibit in shown[len(shown) - 1 - place :: -of]:
        exhibit.png  # noqa: B018 - drawn, and so kept


def main() -> None:
    """Draw what the arguments say."""
    region, lang, data, place, of = sys.argv[1:]
    draw(region, lang, Path(data), int(place), int(of))


if __name__ == "__main__":
    main()
