"""Screening: only a vision criterion knocks out (handbook, steps 5 and 6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.judge import propose

CLUSTERS = {"v": "vision", "w": "vision", "pre": "precondition", "dis": "distinguishing"}
verdict = st.sampled_from(["meets", "doubtful", "fails", "unknown"])


def test_by_hand():
    found = propose(
        ["x", "y", "z"],
        CLUSTERS,
        {
            ("x", "v"): "fails",
            ("x", "w"): "meets",
            ("x", "pre"): "fails",
            ("x", "dis"): "doubtful",
            ("y", "v"): "doubtful",
            ("y", "w"): "unknown",
            ("y", "pre"): "fails",
            ("y", "dis"): "fails",
        },
    )
    assert [p.option for p in found] == ["x", "y", "z"]
    assert [p.knocked_out_by for p in found] == [("v",), (), ()]
    assert [p.weak_on for p in found] == [("pre",), ("pre", "dis"), ()]
    assert [p.open for p in found] == [(), ("w",), ("v", "w", "pre", "dis")]
    assert [p.drop for p in found] == [True, False, False]


@given(st.fixed_dictionaries(dict.fromkeys(CLUSTERS, verdict)))
def test_only_vision_knocks_out(verdicts):
    (found,) = propose(["x"], CLUSTERS, {("x", c): v for c, v in verdicts.items()})
    assert found.drop == ("fails" in (verdicts["v"], verdicts["w"]))
    assert {*found.knocked_out_by} <= {"v", "w"}
    assert {*found.weak_on} == {c for c in ("pre", "dis") if verdicts[c] == "fails"}


def test_verdicts_on_criteria_that_were_dropped_do_not_count():
    (found,) = propose(["x"], {"dis": "distinguishing"}, {("x", "v"): "fails"})
    assert not found.drop and found.open == ("dis",)


def test_nothing():
    assert propose([], CLUSTERS, {}) == []
    assert not propose(["x"], {}, {})[0].drop


def test_unknown_words_are_refused():
    with pytest.raises(ValueError, match="verdicts holds Fails"):
        propose(["x"], CLUSTERS, {("x", "v"): "Fails"})
    with pytest.raises(ValueError, match="clusters holds visie"):
        propose(["x"], {"v": "visie"}, {})
