"""Every judgement on what is missing, all the same, too little, too much or impossible."""

import dataclasses
import inspect
import time
from collections.abc import Mapping

import numpy as np
import pytest

from tests.judge.rooms import as_tallies, ballots, criteria, plenary
from workbook import judge
from workbook.judge import SOURCES, Order, Priorities, ScoreTable

# A warning on the way to a number would be a NaN or an infinity on its way to a picture.
pytestmark = pytest.mark.filterwarnings("error")


def weights(of):
    """Weights of the order that leads."""
    return of.order().weights()


# What can be asked of a table of scores, given what was said about importance.
JUDGEMENTS = {
    "acceptability": lambda t, p: judge.acceptability(t, p.order(), draws=300),
    "acceptability of all": lambda t, p: judge.acceptability(
        t, p.order(), sources=SOURCES, draws=300
    ),
    "best": lambda t, p: judge.best(t, t.criteria[0], t.options),
    "borda": lambda t, p: judge.borda(t, weights(p)),
    "compare_counts": lambda t, p: judge.compare_counts(t, t),
    "compare_rounds": lambda t, p: judge.compare_rounds(t, t),
    "critical_changes": lambda t, p: judge.critical_changes(t, weights(p)),
    "discussion_order": lambda t, p: judge.discussion_order(t, weights(p)),
    "dominance": lambda t, p: judge.dominance(t, p.order()),
    "fillings": lambda t, p: judge.fillings(t, weights(p)),
    "first_by_place": lambda t, p: judge.first_by_place(t, weights(p)),
    "leave_one_out": lambda t, p: judge.leave_one_out(t, p),
    "lexicographic": lambda t, p: judge.lexicographic(t, p.order()),
    "majority_judgment": lambda t, p: judge.majority_judgment(t, weights(p)),
    "margins": lambda t, p: judge.margins(t, weights(p)),
    "meets_best": lambda t, p: judge.meets_best(t),
    "net_scores": lambda t, p: judge.net_scores(t, weights(p)),
    "one_group_one_vote": lambda t, p: judge.one_group_one_vote(t, weights(p)),
    "plus_most_often": lambda t, p: judge.plus_most_often(t),
    "preferences": lambda t, p: judge.preferences(t, weights(p)),
    "present_groups": lambda t, p: judge.present_groups(t),
    "schulze": lambda t, p: judge.schulze(t, weights(p)),
    "summarise": lambda t, p: judge.summarise(t),
    "verdict": lambda t, p: judge.verdict(t, p, draws=300),
    "weakest": lambda t, p: judge.weakest(t, t.criteria[0], t.options),
    "winning_orders": lambda t, p: judge.winning_orders(t, p.order(), draws=300),
}
WEIGHED = ("borda", "critical_changes", "discussion_order", "first_by_place", "majority_judgment",
           "margins", "net_scores", "preferences", "schulze")  # fmt: skip
NEEDS_PERSONS = {"best", "weakest", "borda", "margins", "preferences", "schulze", "compare_rounds",
                 "acceptability of all"}  # fmt: skip
OF_A_READING = {"best", "weakest", "fillings", "verdict", "present_groups"}

TABLES = {
    "no participants": ScoreTable(("x", "y"), ("a", "b"), scores=np.zeros((0, 2, 2), np.int8)),
    "no scores": ballots(".. ..", ".. ..", groups="sg"),
    "all don't know": ballots("?? ??", "?? ??", groups="sg"),
    "one option": ballots("+0", "-?", groups="sg"),
    "one participant": ballots("+0 -+", groups="s"),
    "one criterion": ballots("+ -", "0 +", "- ?", groups="sgg"),
    "one of each": ballots("0"),
    "all −": ballots("-- -- --", "-- -- --", groups="sg"),
    "all ±": ballots("00 00 00", "00 00 00", groups="sg"),
    "all +": ballots("++ ++ ++", "++ ++ ++", groups="sg"),
    "one cell scored": ballots("+? ??", ".. ..", groups="sg"),
    "one option all don't know": ballots("++ ?? -0", "0+ ?? 00", groups="sg"),
}
NO_OPTIONS = ScoreTable((), ("a", "b"), ("p1",), scores=np.zeros((1, 0, 2), np.int8))


def said(table):
    """The orders that may be said about a table's criteria: strict, tied, none, one person's."""
    n = len(table.criteria)
    return {
        "strict": plenary(n),
        "tied": Priorities(criteria(n), plenary=dict.fromkeys(criteria(n), 1)),
        "none": Priorities(criteria(n)),
        "individual": Priorities(criteria(n), None, {"p1": plenary(n).plenary}),
    }


def numbers(found, name=""):
    """Every number in an answer, with the name of the field it stands in."""
    if isinstance(found, (float, int, np.number)):
        yield name, float(found)
    elif isinstance(found, np.ndarray):
        yield from ((name, float(value)) for value in found.ravel())
    elif dataclasses.is_dataclass(found):
        for field in dataclasses.fields(found):
            yield from numbers(getattr(found, field.name), field.name)
    elif isinstance(found, Mapping):
        for value in found.values():
            yield from numbers(value, name)
    elif isinstance(found, (tuple, list)):
        for value in found:
            yield from numbers(value, name)


# No number by definition: of an option without a place, and of one that is never first.
OPEN = {"value", "central"}


def answered(found):
    assert all(np.isfinite(value) or name in OPEN for name, value in numbers(found))
    assert not any(np.isinf(value) for _, value in numbers(found))


def names_an_argument(error):
    words = set(str(error).replace(":", " ").replace(",", " ").split())
    return words & {"table", "bounds", "criteria", "criterion", "order", "weights", "sources",
                    "tallies", "members", "participants", "before", "after", "priorities",
                    "draws", "p", "n"}  # fmt: skip


def test_every_judgement_of_a_table_is_tried():
    of_tables = set()
    for name in judge.__all__:
        if inspect.isfunction(function := getattr(judge, name)):
            first = next(iter(inspect.signature(function).parameters.values()))
            of_tables |= {name} if first.annotation == "ScoreTable" else set()
    assert of_tables == {name.split()[0] for name in JUDGEMENTS}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("name", JUDGEMENTS)
def test_ballots_get_a_defined_answer(name, table):
    for priorities in said(table).values():
        if name == "fillings":
            with pytest.raises(ValueError, match="bounds"):
                JUDGEMENTS[name](table, priorities)
        else:
            answered(JUDGEMENTS[name](table, priorities))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("name", JUDGEMENTS)
def test_tallies_get_a_defined_answer_or_one_that_says_why_not(name, table):
    for priorities in said(table).values():
        if name in NEEDS_PERSONS | {"fillings"}:
            with pytest.raises(ValueError) as error:
                JUDGEMENTS[name](as_tallies(table), priorities)
            assert names_an_argument(error.value)
        else:
            answered(JUDGEMENTS[name](as_tallies(table), priorities))


@pytest.mark.parametrize("name", JUDGEMENTS)
def test_a_reading_is_no_voice(name):
    table = ScoreTable.from_bounds("xy", "ab", {("x", "a"): (0, 1), ("y", "b"): (-1, -1)})
    for priorities in said(table).values():
        if name in OF_A_READING:
            answered(JUDGEMENTS[name](table, priorities))
        elif name != "one_group_one_vote":
            with pytest.raises(ValueError) as error:
                JUDGEMENTS[name](table, priorities)
            assert names_an_argument(error.value)


@pytest.mark.parametrize("name", JUDGEMENTS)
def test_without_options_or_criteria(name):
    tables = [NO_OPTIONS]
    if name not in {"best", "weakest"}:  # these are asked about a criterion
        tables.append(ScoreTable(("x",), (), ("p1",), scores=np.zeros((1, 1, 0), np.int8)))
    for table in tables:
        try:
            answered(JUDGEMENTS[name](table, Priorities(table.criteria)))
        except ValueError as error:
            assert names_an_argument(error)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, -0.5, 7.0])
@pytest.mark.parametrize("name", WEIGHED)
def test_weights_that_are_no_weights(name, bad):
    table = ballots("+0 -+", "-- 0+")
    for wrong in ([bad, 0.5], [bad], [0.2, 0.3, 0.5], [], "heavy"):
        with pytest.raises(ValueError):
            getattr(judge, name)(table, wrong)
    with pytest.raises(ValueError, match="weights must be"):
        getattr(judge, name)(table, [bad, 0.5])


@pytest.mark.parametrize("p", [np.nan, np.inf, -0.01, 1.01])
def test_a_place_off_the_scale(p):
    with pytest.raises(ValueError, match="p must lie"):
        judge.net_scores(TABLES["one participant"], [0.5, 0.5], p)


@pytest.mark.parametrize(
    "groups",
    [["a"], ["a", "a", "b"], ["a", "b", "x"], [["a", "b"], "b"], []],
    ids=["misses one", "repeats one", "another", "twice", "none"],
)
def test_an_order_that_misses_or_repeats_a_criterion(groups):
    with pytest.raises(ValueError, match="groups must hold every criterion exactly once"):
        Order.from_groups("ab", groups)


@pytest.mark.parametrize(
    "above",
    [np.ones((2, 2), bool), np.array([[0, 1], [1, 0]], bool), np.zeros((3, 3), bool)],
    ids=["above itself", "in a circle", "of three"],
)
def test_what_is_no_order(above):
    with pytest.raises(ValueError, match="above"):
        Order(("a", "b"), above)


def test_priorities_of_something_else():
    with pytest.raises(ValueError, match="plenary names z"):
        Priorities(("a", "b"), {"z": 1})
    with pytest.raises(ValueError, match="individual names z"):
        Priorities(("a", "b"), None, {"p1": {"z": 1}})


@pytest.mark.parametrize(
    "name", ["acceptability", "dominance", "lexicographic", "winning_orders", "verdict",
             "leave_one_out"]
)  # fmt: skip
@pytest.mark.parametrize("names", ["abc", "ba", "a", "xy"])
def test_an_order_of_other_criteria(name, names):
    with pytest.raises(ValueError) as error:
        JUDGEMENTS[name](TABLES["one participant"], Priorities(tuple(names)))
    assert {"order", "priorities"} & names_an_argument(error.value)


@pytest.mark.parametrize("name", ["acceptability", "winning_orders"])
@pytest.mark.parametrize("draws", [0, -1])
def test_no_draws(name, draws):
    with pytest.raises(ValueError, match="draws must be at least 1"):
        getattr(judge, name)(TABLES["all +"], plenary(2).order(), draws=draws)


def test_sources_that_are_none():
    for sources in (["weather"], ["order", "Voices"], [None], "order"):
        with pytest.raises(ValueError, match="sources names"):
            judge.acceptability(TABLES["all +"], plenary(2).order(), sources=sources)


MANY = (200, 30, 15)


@pytest.fixture(scope="module")
def crowd():
    """Thirty options, fifteen criteria, 200 people in 20 groups; a tenth don't know."""
    rng = np.random.default_rng(4)
    scores = rng.choice(np.array([-1, 0, 1, 2], np.int8), MANY, p=[0.3, 0.3, 0.3, 0.1])
    people = tuple(f"p{i}" for i in range(MANY[0]))
    return ScoreTable(
        tuple(f"o{i}" for i in range(MANY[1])),
        criteria(MANY[2]),
        people,
        scores=scores,
        groups={who: f"g{i % 20}" for i, who in enumerate(people)},
    )


@pytest.mark.parametrize("whose", ["strict", "none"])
@pytest.mark.parametrize("name", [name for name in JUDGEMENTS if name != "fillings"])
def test_a_crowd_takes_seconds(name, whose, crowd):
    """With an order, and with none: then 15! strict orders respect it."""
    priorities = said(crowd)[whose]
    start = time.perf_counter()
    try:
        answered(JUDGEMENTS[name](crowd, priorities))
    except ValueError as error:
        # To follow every strict order is too much; it says so.
        assert (name, whose) == ("lexicographic", "none") and names_an_argument(error)
    assert time.perf_counter() - start < 30


@pytest.mark.parametrize("whose", ["strict", "none"])
def test_a_crowd_takes_seconds_with_the_usual_number_of_draws(whose, crowd):
    priorities = said(crowd)[whose]
    start = time.perf_counter()
    answered(judge.acceptability(crowd, priorities.order(), sources=SOURCES))
    answered(judge.winning_orders(crowd, priorities.order()))
    answered(judge.verdict(crowd, priorities))
    assert time.perf_counter() - start < 60
