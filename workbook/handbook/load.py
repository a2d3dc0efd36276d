"""Read the handbook's content: each file once, and only when someone asks for it."""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from workbook.handbook.model import (
    Cluster,
    Content,
    Criterion,
    Deployment,
    Level,
    Method,
    Passage,
    Position,
    Scan,
    Step,
)

C = TypeVar("C", bound=Content)

# What a person wrote is read by a stricter library, which knows lines and double keys. This is
# ours, and every command waits for it: the C parser takes a tenth of the time.
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache
def _read(name: str) -> Any:
    text = files("workbook.handbook").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_FAST)


def _many(kind: type[C], rows: Iterable[Any]) -> tuple[C, ...]:
    return tuple(kind.model_validate(row) for row in rows)


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """Return the start (0), the eight steps and the organisation scan (9), in order."""
    return _many(Step, _read("steps"))


def step(number: int) -> Step:
    """Return one step; a KeyError names the numbers there are."""
    by_number = {s.number: s for s in steps()}
    if number not in by_number:
        raise KeyError(f"no step {number!r}: choose one of {sorted(by_number)}")
    return by_number[number]


@lru_cache(maxsize=1)
def methods() -> tuple[Method, ...]:
    """Return the methods for steps 2 to 7."""
    return _many(Method, _read("methods")["methods"])


@lru_cache(maxsize=1)
def no_survey() -> Passage:
    """Return why the handbook's example used no survey."""
    return Passage.model_validate(_read("methods")["no_survey"])


@lru_cache(maxsize=1)
def clusters() -> tuple[Cluster, ...]:
    """Return the three clusters of criteria."""
    return _many(Cluster, _read("clusters"))


def cluster(id: str) -> Cluster:
    """Return one cluster; a KeyError names the ids there are."""
    by_id: dict[str, Cluster] = {c.id: c for c in clusters()}
    if id not in by_id:
        raise KeyError(f"no cluster {id!r}: choose one of {list(by_id)}")
    return by_id[id]


@lru_cache(maxsize=1)
def scale() -> tuple[Level, ...]:
    """Return the five states of a score: the three levels from low to high, then the other two."""
    return _many(Level, _read("scale"))


@lru_cache(maxsize=1)
def example_criteria() -> tuple[Criterion, ...]:
    """Return the example criteria, in the handbook's order."""
    return _many(Criterion, _read("criteria"))


@lru_cache(maxsize=1)
def deployments() -> tuple[Deployment, ...]:
    """Return the kinds of deployment that the handbook names."""
    return _many(Deployment, _read("deployment"))


@lru_cache(maxsize=1)
def position() -> Position:
    """Return what positioning means."""
    return Position.model_validate(_read("position"))


@lru_cache(maxsize=1)
def scan() -> Scan:
    """Return the organisation scan."""
    return Scan.model_validate(_read("scan"))
