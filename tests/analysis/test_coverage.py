"""Partial reporting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.coverage import (
    Bounds,
    MatchedGrowth,
    enough,
    expansion_total,
    matched_growth,
    mean_of_ratios,
    missing_bounds,
    nowcast,
    reporting_coverage,
    robust,
)
from xicen_kpi.analysis.reasons import Reason, known

FILE = Path(__file__).parents[1] / "vectors/own_partial_reporting.json"
VECTORS = {vector["id"]: vector for vector in json.loads(FILE.read_text("utf-8"))["vectors"]}
PREVIOUS = {"a": 100.0, "b": 80.0, "c": 60.0, "d": 40.0, "e": 20.0}
CURRENT = {"a": 112.0, "b": 84.0, "c": 66.0}


def vector(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    return VECTORS[name]["inputs"], VECTORS[name]["expected"]


def as_vector(found: MatchedGrowth) -> dict[str, float]:
    return {"n": found.units, "prev": found.previous, "cur": found.current, "growth": known(found.growth)}


def test_vector_matched_growth() -> None:
    inputs, expected = vector("matched-growth")
    assert as_vector(matched_growth(inputs["prev"], inputs["cur"])) == pytest.approx(expected, rel=1e-9)
    inputs, expected = vector("entrants-exits")
    assert as_vector(matched_growth(inputs["prev"], inputs["cur"])) == pytest.approx(expected["matched"], rel=1e-9)


def test_vector_nowcast() -> None:
    inputs, expected = vector("nowcast")
    found, coverage = nowcast(inputs["prev"], inputs["cur"]), reporting_coverage(inputs["prev"], inputs["cur"])
    assert {
        "reported": found.reported,
        "estimate": found.estimate,
        "matched_growth": found.growth,
        "coverage_units": coverage.by_units,
        "coverage_value": coverage.by_value,
    } == pytest.approx(expected, rel=1e-9)


def test_vector_mean_of_ratios() -> None:
    inputs, expected = vector("mean-of-ratios")
    assert mean_of_ratios(inputs["prev"], inputs["cur"]) == pytest.approx(expected["link"], rel=1e-9)


@pytest.mark.parametrize("name", ["bounds-0-max", "bounds-custom"])
def test_vectors_of_bounds(name: str) -> None:
    inputs, expected = vector(name)
    found = known(missing_bounds(inputs["prev"], inputs["cur"], inputs.get("lo", 0.0), inputs.get("hi")))
    assert (found.low, found.high) == pytest.approx((expected["lo"], expected["hi"]), rel=1e-9)


def test_vector_expansion() -> None:
    inputs, expected = vector("ht")
    assert expansion_total(inputs["strata"]) == pytest.approx(expected["total"], rel=1e-9)
    assert expected["total"] == pytest.approx(10 / 3 * 300 + 40 / 4 * 20)


def test_vector_robust_status() -> None:
    inputs, expected = vector("robust-status")
    found = robust(Bounds(inputs["lo"], inputs["hi"]), inputs["target"])
    assert (found.holds, found.reason) == (expected["status_robust"], Reason.BOUNDS_AGREE)


def test_all_vectors_are_read() -> None:
    assert len(VECTORS) == 8


def test_coverage_names_who_is_missing_the_largest_first() -> None:
    found = reporting_coverage(PREVIOUS, {**CURRENT, "new": 9.0})
    assert (found.expected, found.reported, found.missing) == (5, 3, ("d", "e"))
    assert (found.by_units, found.by_value) == (3 / 5, (100 + 80 + 60) / 300)


def test_coverage_of_nobody() -> None:
    found = reporting_coverage({}, {"new": 1.0})
    assert (found.by_units, found.by_value, found.missing) == (Reason.NO_DATA, Reason.BASE_NOT_POSITIVE, ())
    assert enough(found) is None


@pytest.mark.parametrize(("minimum", "reason"), [(0.80, None), (0.81, Reason.COVERAGE_TOO_LOW)])
def test_enough(minimum: float, reason: Reason | None) -> None:
    assert enough(reporting_coverage(PREVIOUS, CURRENT), minimum) is reason


def test_nobody_matches() -> None:
    assert matched_growth({"a": 1.0}, {"b": 1.0}).growth is Reason.NO_MATCHED_UNITS
    assert matched_growth({"a": 0.0}, {"a": 1.0}).growth is Reason.BASE_NOT_POSITIVE
    assert mean_of_ratios({"a": 0.0}, {"a": 1.0}) is Reason.NO_MATCHED_UNITS
    unchanged = nowcast({"a": 10.0}, {"b": 5.0})
    assert (unchanged.estimate, unchanged.imputed, unchanged.growth) == (5 + 10, 10, Reason.NO_MATCHED_UNITS)


def test_bounds_at_the_edges() -> None:
    assert missing_bounds(PREVIOUS, PREVIOUS) == Bounds(300, 300)
    assert missing_bounds({"a": 10.0}, {"b": 5.0}) is Reason.NO_MATCHED_UNITS
    assert missing_bounds({"a": 10.0}, {"b": 5.0}, high=1.5) == Bounds(5, 5 + 15)
    assert missing_bounds({"a": -10.0, "b": 5.0}, {"b": 5.0}) == Bounds(5 - 10, 5)  # a loss that may come, or not


def test_an_empty_stratum() -> None:
    assert expansion_total([(10, [])]) is Reason.NO_DATA
    assert expansion_total([(0, []), (2, [3.0, 4.0])]) == 7


@pytest.mark.parametrize(
    ("target", "direction", "holds"),
    [
        (310, 1, True),
        (309, 1, True),
        (335, 1, True),
        (320, 1, False),
        (334, 1, False),
        (320, -1, False),
        (334, -1, True),
    ],
)
def test_bounds_that_straddle_the_target_make_a_state_uncertain(target: float, direction: Any, holds: bool) -> None:
    found = robust(Bounds(310, 334), target, direction)
    assert found.holds is holds
    assert found.reason is (Reason.BOUNDS_AGREE if holds else Reason.BOUNDS_STRADDLE_TARGET)


amounts = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.01, 1e6), min_size=1)


@given(amounts, amounts)
def test_a_nowcast_lies_within_the_bounds_of_its_reporters(
    previous: dict[str, float], current: dict[str, float]
) -> None:
    found, bounds = nowcast(previous, current), missing_bounds(previous, current)
    if not isinstance(bounds, Reason):
        assert bounds.low <= found.estimate * (1 + 1e-9)
        assert found.estimate <= bounds.high * (1 + 1e-9)


@given(amounts, st.floats(0.1, 10), st.integers(0, 3))
def test_units_that_all_grow_alike_are_nowcast_exactly(previous: dict[str, float], growth: float, gone: int) -> None:
    truth = {key: value * growth for key, value in previous.items()}
    reported = {key: truth[key] for key in sorted(truth)[: max(1, len(truth) - gone)]}
    assert nowcast(previous, reported).estimate == pytest.approx(sum(truth.values()), rel=1e-9)


@given(amounts, amounts, st.floats(0.001, 1000))
def test_a_nowcast_scales_and_does_not_depend_on_order(
    previous: dict[str, float], current: dict[str, float], factor: float
) -> None:
    plain = nowcast(previous, current)
    other = nowcast(
        {key: previous[key] * factor for key in reversed(previous)},
        {key: current[key] * factor for key in reversed(current)},
    )
    assert other.estimate == pytest.approx(plain.estimate * factor, rel=1e-9)
