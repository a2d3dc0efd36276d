"""The methods page is complete in both languages, and its numbers come from the package."""

from __future__ import annotations

import importlib
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from workbook import judge

LANGUAGES = {"en": "methods.md", "nl": "methods.nl.md"}
HELPERS = {"present_groups"}
"""Public functions that are no method by themselves; classes and constants aren't either."""


def methods() -> set[str]:
    functions = {name for name in judge.__all__ if inspect.isfunction(getattr(judge, name))}
    assert functions >= HELPERS
    return functions - HELPERS


@pytest.fixture
def pages(root: Path) -> dict[str, str]:
    return {lang: (root / "docs" / name).read_text("utf-8") for lang, name in LANGUAGES.items()}


def headings(text: str) -> list[tuple[int, str]]:
    return [(len(marks), words) for marks, words in re.findall(r"^(#+) (.+)$", text, re.M)]


def sections(text: str) -> list[str]:
    """The parts under a heading of the third level."""
    return [part.split("\n## ")[0] for part in re.split(r"^### ", text, flags=re.M)[1:]]


def named(text: str) -> list[str]:
    return re.findall(r"`(workbook\.judge\.[\w.]+)`", text)


def rows(text: str) -> list[list[str]]:
    found = re.findall(r"^\| (.+) \|$", text, re.M)
    return [[cell.strip() for cell in row.split(" | ")] for row in found]


def test_both_pages_have_the_same_sections_in_the_same_order(pages: dict[str, str]) -> None:
    levels = {lang: [level for level, _ in headings(text)] for lang, text in pages.items()}
    assert levels["en"] == levels["nl"]
    assert levels["en"].count(1) == 1
    assert levels["en"].count(3) > 30
    for en, nl in zip(*(sections(text) for text in pages.values()), strict=True):
        assert named(en) == named(nl), en.splitlines()[0]
        assert len(rows(en)) == len(rows(nl)), en.splitlines()[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_sections_have_the_same_heading(pages: dict[str, str], lang: str) -> None:
    words = [words for _, words in headings(pages[lang])]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("en", ("**Say:**", "**Formula.**", "**Source.**", "**Limits.**")),
        ("nl", ("**Zeg:**", "**Formule.**", "**Bron.**", "**Grenzen.**")),
    ],
)
def test_every_section_has_words_to_say_a_formula_a_source_and_limits(
    pages: dict[str, str], lang: str, parts: tuple[str, ...]
) -> None:
    for section in sections(pages[lang]):
        at = [section.find(part) for part in parts]
        assert all(a < b for a, b in pairwise([0, *at])), section.splitlines()[0]
        first = section.split("\n\n")[1]
        assert not set(first) & set("ΣΠ√≥≤⌈⌊"), "no formula before the words"
        assert "workbook." not in first


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_method_is_named(pages: dict[str, str], lang: str) -> None:
    there = {name.rsplit(".", 1)[1] for name in named(pages[lang])}
    assert sorted(methods() - there) == []


def test_what_is_named_exists(pages: dict[str, str]) -> None:
    for name in named(pages["en"]):
        module, _, function = name.rpartition(".")
        assert inspect.isfunction(getattr(importlib.import_module(module), function, None)), name


@pytest.mark.parametrize(
    "page", ["README.md", "README.nl.md", "docs/methods.md", "docs/methods.nl.md"]
)
def test_links_lead_somewhere(root: Path, page: str) -> None:
    text = (root / page).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert links
    for link in links:
        path, _, anchor = link.partition("#")
        target = (root / page).parent / path if path else root / page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), link


def anchors(text: str) -> set[str]:
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for _, words in headings(text)}


@pytest.mark.parametrize(
    ("page", "to"), [("README.md", "methods.md"), ("README.nl.md", "methods.nl.md")]
)
def test_the_readme_leads_to_the_page(root: Path, page: str, to: str) -> None:
    assert f"](docs/{to})" in (root / page).read_text("utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sections_referred_to_exist(pages: dict[str, str], lang: str) -> None:
    words = {re.sub(r" \(.*\)$", "", words) for _, words in headings(pages[lang])}
    see = {"en": "see", "nl": "zie|kijk dan bij"}[lang]
    flat = re.sub(r"\s+", " ", pages[lang])
    found = re.findall(rf"\b(?:{see}):? \*([^*]+)\*(?: (?:and|en) \*([^*]+)\*)?", flat)
    told = {name for pair in found for name in pair if name}
    assert len(told) >= 6
    assert told <= words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_shares_split_by_chance(pages: dict[str, str], lang: str) -> None:
    table = next(section for section in sections(pages[lang]) if "split_by_chance" in section)
    sizes, _line, needed, shares = rows(table)
    for n, at_each_end, share in zip(sizes[1:], needed[1:], shares[1:], strict=True):
        assert judge.split_threshold(int(n)) == int(at_each_end)
        assert f"{judge.split_by_chance(int(n)):.0%}" == share
    assert "30%" in table.split("| n |")[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_weights_of_west_brabant(pages: dict[str, str], lang: str) -> None:
    table = next(section for section in sections(pages[lang]) if "rank_reciprocal" in section)
    order = judge.Order.from_ranks(tuple("abcde"), {"a": 1, "b": 2, "c": 3})
    schemes = (judge.rank_order_centroid, judge.rank_sum, judge.rank_reciprocal, judge.equal)
    for scheme, row in zip(schemes, rows(table)[-4:], strict=True):
        told = [float(cell.replace(",", ".")) for cell in row[1:]]
        assert told == pytest.approx(order.weights(scheme), abs=0.00005)


def test_two_indices_rank_two_cells_differently() -> None:
    first, second = (2, 5, 2), (1, 2, 6)
    assert [round(judge.tastle_wierman_consensus(c), 2) for c in (first, second)] == [0.56, 0.41]
    assert [round(judge.van_der_eijk_agreement(c), 2) for c in (first, second)] == [0.33, 0.56]


def test_an_option_that_dominates_by_shares_loses_under_borda_and_schulze() -> None:
    scores = np.array([(-1, 0), (0, 1), (0, 1), (1, -1), (1, -1)], dtype=np.int8)[:, :, None]
    table = judge.ScoreTable(("A", "B"), ("c",), tuple("vwxyz"), scores=scores)
    assert judge.dominance(table, judge.Order.none(("c",))).per_criterion.tolist() == [
        [False, True],
        [False, False],
    ]
    assert judge.borda(table, [1]).first() == judge.schulze(table, [1]).first() == ("B",)


def test_a_new_criterion_changes_every_weight() -> None:
    three, four = judge.rank_order_centroid(3), judge.rank_order_centroid(4)
    assert three.round(4).tolist() == [0.6111, 0.2778, 0.1111]
    assert four.round(4).tolist() == [0.5208, 0.2708, 0.1458, 0.0625]
    for n in range(1, 20):
        before, after = judge.rank_order_centroid(n), judge.rank_order_centroid(n + 1)[:n]
        assert np.abs(before - after).min() > 1e-9
    assert judge.rank_sum(2)[1] == pytest.approx(judge.rank_sum(3)[1])


SIMULATED = 500
GROUPS = "xyz"


def noise(people: int, options: int, criteria: int, seed: list[int]) -> Iterator[judge.ScoreTable]:
    """Rooms in which each of the three signs is equally likely everywhere."""
    shape = (people, options, criteria)
    who, what, by = (
        tuple(f"{of}{i}" for i in range(1, n + 1)) for of, n in zip("poc", shape, strict=True)
    )
    groups = {person: GROUPS[i % 3] for i, person in enumerate(who)}
    rng = np.random.default_rng(seed)
    for _ in range(SIMULATED):
        scores = rng.integers(-1, 2, shape).astype(np.int8)
        yield judge.ScoreTable(what, by, who, scores=scores, groups=groups)


def ranked(table: judge.ScoreTable) -> judge.Priorities:
    return judge.Priorities(table.criteria, {c: i for i, c in enumerate(table.criteria, 1)})


def test_simple_rules_find_winners_in_noise(pages: dict[str, str]) -> None:
    """In the rooms of noise of test_simulation.py, which has the same seed."""
    found = Counter()
    for table in noise(9, 7, 5, seed=[2025, 0]):
        order = ranked(table).order()
        weights = order.weights()
        three = [
            rule(table, weights).sole_first()
            for rule in (judge.net_scores, judge.borda, judge.schulze)
        ]
        left = judge.lexicographic(table, order)
        five = [
            *three,
            judge.majority_judgment(table, weights).sole_first(),
            left[0] if len(left) == 1 else None,
        ]
        found["three"] += None not in three and len({*three}) == 1
        found["five"] += None not in five and len({*five}) == 1
        for name, sources in (("weights", ["order"]), ("place", ["order", "place"])):
            share = judge.acceptability(table, order, sources=sources).share
            found[name] += bool(share[:, 0].max() > 0.8)
    told = [f"{found[name] / SIMULATED:.0%}" for name in ("three", "five", "weights", "place")]
    for text in pages.values():
        section = next(part for part in sections(text) if "52%" in part)
        assert [row[1] for row in rows(section)[2:]] == told


OTHER_ROOMS = {
    "15 people": (15, 7, 5),
    "5 people": (5, 7, 5),
    "3 options": (9, 3, 5),
    "2 options": (9, 2, 5),
    "2 options and 5 people": (5, 2, 5),
    "show of hands": (9, 7, 5),
    "no order of importance": (9, 7, 5),
}


@pytest.mark.parametrize("what", OTHER_ROOMS)
def test_noise_in_other_rooms(pages: dict[str, str], what: str) -> None:
    found: Counter[str] = Counter()
    shape = OTHER_ROOMS[what]
    for table in noise(*shape, seed=[2025, *shape]):
        priorities = ranked(table)
        if what == "show of hands":
            table = judge.ScoreTable(table.options, table.criteria, tallies=table.counts())
        if what == "no order of importance":
            priorities = judge.Priorities(table.criteria)
        found[judge.verdict(table, priorities).level] += 1
    told = [f"{found[level] / SIMULATED:.1%}" for level in ("clear", "leaning", "undecided")]
    at = list(OTHER_ROOMS).index(what) - len(OTHER_ROOMS)
    for lang, text in pages.items():
        section = next(part for part in sections(text) if f"| {SIMULATED} |" in part)
        row = rows(section)[at]
        assert [cell.replace(",", ".") for cell in row[1:]] == told
        if lang == "en":
            assert row[0] == what
