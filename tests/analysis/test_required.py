"""What is missing and what would close the gap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xicen_kpi.analysis.reasons import Reason, known
from xicen_kpi.analysis.required import (
    completion,
    gap,
    growth,
    required_count,
    required_growth,
    required_numerator,
    required_on_both_sides,
    required_per_month,
    to_complete_index,
)

FOLDER = Path(__file__).parents[1] / "vectors"
FLOW = json.loads((FOLDER / "own_flow_pace_projection.json").read_text("utf-8"))["vectors"]
DECOMPOSITION = {
    vector["id"]: vector for vector in json.loads((FOLDER / "own_decomposition.json").read_text("utf-8"))["vectors"]
}
RUN_RATES = [vector for vector in FLOW if "run_rate" in vector["expected"]]


@pytest.mark.parametrize("vector", RUN_RATES, ids=lambda vector: vector["id"])
def test_vectors_of_run_rates(vector: dict[str, Any]) -> None:
    inputs, expected = vector["inputs"], vector["expected"]["run_rate"]
    ytd, target, month, last_year = inputs["ytd"], inputs["target"], inputs["month"], inputs["history"]["2024"]
    assert gap(ytd, target) == expected["remaining"]
    assert required_per_month(ytd, target, 12 - month) == pytest.approx(expected["required_per_month"], rel=1e-9)
    assert to_complete_index(ytd, target, month) == pytest.approx(expected["tcpi"], rel=1e-9)
    assert growth(ytd, sum(last_year[:month])) == pytest.approx(expected["ytd_growth"], rel=1e-9)
    needed = required_growth(ytd, target, last_year, month)
    assert needed == pytest.approx(expected["required_growth_rest"], rel=1e-9)


def test_all_run_rate_vectors_are_read() -> None:
    assert len(RUN_RATES) == 5


def test_vector_required_numerator() -> None:
    inputs, expected = (DECOMPOSITION["required-num"][part] for part in ("inputs", "expected"))
    needed = required_numerator(inputs["target_ratio"], inputs["num"], inputs["den"])
    assert (needed.required, needed.extra) == pytest.approx((expected["required"], expected["extra"]), rel=1e-9)


def test_vector_required_on_both_sides() -> None:
    inputs, expected = (DECOMPOSITION["required-both"][part] for part in ("inputs", "expected"))
    extra = known(required_on_both_sides(inputs["target_ratio"], inputs["num"], inputs["den"]))
    assert extra == pytest.approx(expected["extra"], rel=1e-9)
    assert (inputs["num"] + extra) / (inputs["den"] + extra) == pytest.approx(expected["check"], rel=1e-9)
    assert required_count(extra) == 86


def test_the_gap_is_positive_while_something_is_missing() -> None:
    assert gap(137.2, 170) == pytest.approx(32.8)
    assert gap(171, 170) == -1
    assert gap(0.44, 0.40, -1) == pytest.approx(0.04)
    assert gap(0.38, 0.40, -1) == pytest.approx(-0.02)


def test_the_month_that_the_park_still_needs() -> None:
    assert required_per_month(137.2, 170, 12 - 10) == pytest.approx(32.8 / 2)
    assert required_per_month(171, 170, 2) == 0
    assert required_per_month(137.2, 170, 0) is Reason.NO_TIME_LEFT


def test_completion_and_growth_have_no_value_on_an_empty_base() -> None:
    assert completion(137.2, 170) == 137.2 / 170
    assert completion(1, 0) is Reason.TARGET_IS_ZERO
    assert growth(110, 100) == pytest.approx(0.1)
    assert growth(110, 0) is Reason.BASE_NOT_POSITIVE
    assert growth(110, -5) is Reason.BASE_NOT_POSITIVE
    assert growth(110, None) is Reason.NO_BASELINE


def test_required_growth_at_the_edges() -> None:
    even = [10.0] * 12
    assert required_growth(60, 126, even, 6) == pytest.approx(66 / 60 - 1)
    assert required_growth(130, 126, even, 6) == -1  # nothing more is needed
    assert required_growth(120, 126, even, 12) is Reason.NO_TIME_LEFT
    assert required_growth(60, 126, [20.0] * 6 + [0.0] * 6, 6) is Reason.LAST_YEAR_NOT_POSITIVE


def test_to_complete_index_at_the_edges() -> None:
    assert to_complete_index(0, 100, 3) is Reason.NO_TIME_ELAPSED
    assert to_complete_index(0, 100, 0) is Reason.NO_TIME_ELAPSED
    assert to_complete_index(50, 100, 12) is Reason.NO_TIME_LEFT


def test_a_whole_cannot_be_reached_by_adding() -> None:
    assert required_on_both_sides(1.0, 90, 100) is Reason.RATIO_TARGET_IS_WHOLE
    assert required_on_both_sides(0.5, 60, 100) == pytest.approx((50 - 60) / 0.5)  # more than enough


@pytest.mark.parametrize(
    ("amount", "count"), [(0, 0), (-3.2, 0), (1, 1), (1.2, 2), (0.1 + 0.2 + 0.7, 1), (2 + 1e-12, 2), (2 + 1e-6, 3)]
)
def test_units_are_rounded_up(amount: float, count: int) -> None:
    assert required_count(amount) == count


@given(st.floats(0.01, 0.95), st.floats(0, 1e6), st.floats(1, 1e6))
def test_what_is_required_reaches_the_target(target: float, numerator: float, denominator: float) -> None:
    assume(numerator <= denominator)
    extra = required_numerator(target, numerator, denominator).extra
    assert (numerator + extra) / denominator == pytest.approx(target, rel=1e-9)
    both = known(required_on_both_sides(target, numerator, denominator))
    assume(denominator + both > 1e-3 * denominator)
    assert (numerator + both) / (denominator + both) == pytest.approx(target, rel=1e-6)


@given(st.floats(0, 1e6), st.floats(1, 1e6), st.floats(0.01, 100))
def test_the_gap_scales_with_the_unit_and_completion_does_not(value: float, target: float, factor: float) -> None:
    assert gap(value * factor, target * factor) == pytest.approx(factor * gap(value, target), abs=1e-6 * factor)
    assert completion(value * factor, target * factor) == pytest.approx(completion(value, target))
