"""What the tests of a working session share: a state folder of their own, and a round."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from workbook.case import Case
from workbook.case.tables import Names, Score
from workbook.session.asked import Asked, AskedCriterion, AskedOption
from workbook.session.ballot import Change
from workbook.session.box import BallotBox
from workbook.session.session import Session

SECRET = "SECRET: this may only be read by whoever wrote it"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The state folder: no test leaves a ballot box in the user's own."""
    folder = tmp_path / "state"
    monkeypatch.setenv("WERKBOEK_STATE", str(folder))
    return folder


@pytest.fixture
def session(example: Case) -> Iterator[Session]:
    """A session with a third round, r3, by name, that isn't open yet."""
    made = Session(example)
    made.add_round("Third", Names.OPEN)
    yield made
    made.close()


@pytest.fixture
def asked() -> Asked:
    """A small round: two options, two criteria."""
    return Asked(
        "Round",
        "Region",
        "en",
        True,
        (AskedOption("o1", "One"), AskedOption("o2", "Two", ("A", "B"))),
        (AskedCriterion("c1", "First"), AskedCriterion("c2", "Second", "about", "m", "pm", "p")),
    )


@pytest.fixture
def clock() -> Callable[[], str]:
    """A clock that never gives the same time twice."""
    ticks = count(1)
    return lambda: f"2026-01-31T14:05:{next(ticks):04d}"


@pytest.fixture
def box(tmp_path: Path, clock: Callable[[], str], asked: Asked) -> Iterator[BallotBox]:
    """A box with codes for a, b and c, and round r by name, open."""
    made = BallotBox(tmp_path / "state" / "sessions" / "box.sqlite", clock=clock, lang="en")
    made.set_up("r", Names.OPEN)
    made.admission.give(["a", "b", "c"])
    made.open("r", asked)
    yield made
    made.close()


_requests = count(1)


def change(
    box: BallotBox,
    who: str,
    scores: dict | None = None,
    *,
    round: str = "r",
    request: str | None = None,
    **more: object,
) -> Change:
    """A change in the ballot of a participant, with a request of its own."""
    request = request or f"request-{next(_requests)}"
    return Change(round, box.admission.codes()[who], request, scores or {}, **more)  # type: ignore[arg-type]


def fill(session: Session, who: str, score: Score | None = Score.PLUS, **more: object) -> None:
    """Score every cell of round r3 alike for a participant."""
    cells = session.box.asked("r3").cells
    saved = session.box.save(
        change(session.box, who, dict.fromkeys(cells, score), round="r3", **more)
    )
    assert saved.version
