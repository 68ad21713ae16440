"""Year-end formulas, their fall-backs, and the identities between them."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.reasons import Reason, known
from xicen_kpi.analysis.year_end import Estimate, Method, by_growth, by_months, by_season, by_share, estimate_year

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/own_flow_pace_projection.json").read_text("utf-8"))
WITH_HISTORY = [vector for vector in VECTORS["vectors"] if "projected_k2" in vector["expected"]]
PROJECTIONS = [vector for vector in VECTORS["vectors"] if "projected" in vector["expected"]]
EVEN = (10.0,) * 12
LATE = (0.0,) * 6 + (20.0,) * 6


def as_vector(estimate: Estimate | Reason) -> list[Any]:
    return [None, str(estimate)] if isinstance(estimate, Reason) else [estimate.value, str(estimate.method)]


@pytest.mark.parametrize("vector", WITH_HISTORY, ids=lambda vector: vector["id"])
def test_vectors_with_history(vector: dict[str, Any]) -> None:
    inputs, expected = vector["inputs"], vector["expected"]
    ytd, month = inputs["ytd"], inputs["month"]
    years = [inputs["history"]["2023"], inputs["history"]["2024"]]
    for name, history in (("projected_k1", years[1:]), ("projected_k2", years), ("projected_nohistory", [])):
        value, method = as_vector(estimate_year(ytd, month, history))
        assert method == expected[name][1]
        assert value == (expected[name][0] and pytest.approx(expected[name][0], rel=1e-9))
    assert by_growth(ytd, years[1], month, damping=1) == pytest.approx(expected["yoy_full_growth"], rel=1e-9)
    assert by_season(ytd, years[1], month) == pytest.approx(expected["seasonal_naive"], rel=1e-9)


@pytest.mark.parametrize("vector", PROJECTIONS, ids=lambda vector: vector["id"])
def test_vectors_of_fall_backs(vector: dict[str, Any]) -> None:
    inputs = vector["inputs"]
    found = as_vector(estimate_year(inputs["ytd"], inputs["month"], inputs["history"]))
    assert found == vector["expected"]["projected"]


def test_all_projection_vectors_are_read() -> None:
    assert (len(WITH_HISTORY), len(PROJECTIONS)) == (5, 3)


def test_the_formulas_by_hand() -> None:
    last_year = (10.0,) * 6 + (30.0,) * 6  # 60 by June of 240
    assert by_months(90.0, 6) == 90 * 12 / 6
    assert by_season(90.0, last_year, 6) == 90 + 180
    assert by_growth(90.0, last_year, 6, damping=1) == 90 + 180 * 1.5
    assert by_growth(90.0, last_year, 6) == pytest.approx(90 + 180 * sqrt(1.5))
    assert by_share(90.0, [last_year], 6) == 90 / (60 / 240)


def test_month_twelve_is_final_and_month_zero_has_not_begun() -> None:
    assert estimate_year(123.0, 12, [EVEN]) == Estimate(123.0, Method.COMPLETE, 0)
    assert estimate_year(0.0, 0, [EVEN]) is Reason.NOT_STARTED


def test_one_year_is_damped_growth_and_two_are_the_mean() -> None:
    damped = 72 + 60 * sqrt(72 / 60)
    for years, value, method in ((1, damped, Method.DAMPED_YOY), (2, (damped + 144) / 2, Method.MEAN)):
        found = known(estimate_year(72.0, 6, [EVEN] * years))
        assert found.value == pytest.approx(value)
        assert (found.method, found.years) == (method, years)
    assert known(estimate_year(72.0, 6, [EVEN] * 4)).years == 3


def test_years_without_a_positive_total_are_left_out() -> None:
    empty = (0.0,) * 12
    assert estimate_year(72.0, 6, [empty, EVEN, empty]) == estimate_year(72.0, 6, [EVEN])


def test_nothing_by_this_month_last_year_falls_back_to_the_calendar() -> None:
    assert estimate_year(50.0, 3, [EVEN, LATE]) == Estimate(50 * 12 / 3, Method.LINEAR, 0)
    assert estimate_year(50.0, 2, [EVEN, LATE]) is Reason.INSUFFICIENT_HISTORY
    assert by_growth(50.0, LATE, 3) is Reason.LAST_YEAR_NOT_POSITIVE


def test_a_share_of_nothing_falls_back_to_growth() -> None:
    # The three years' mean share at month 6 is zero or less: only last year's own growth is left.
    negative_start = (-20.0,) * 6 + (60.0,) * 6  # -120 of 240 by June: share -0.5
    tiny_start = (0.001,) * 6 + (20.0,) * 6
    assert by_share(50.0, [negative_start, tiny_start], 6) is Reason.LAST_YEAR_NOT_POSITIVE
    assert known(estimate_year(50.0, 6, [negative_start, tiny_start])).method is Method.DAMPED_YOY


def test_a_negative_year_to_date_has_no_growth() -> None:
    assert by_growth(-5.0, EVEN, 6) is Reason.BASE_NOT_POSITIVE
    assert estimate_year(-5.0, 6, [EVEN, EVEN]) == Estimate(-10.0, Method.LINEAR, 0)


def test_zero_so_far_projects_zero() -> None:
    assert estimate_year(0.0, 6, [EVEN, EVEN]) == Estimate(0.0, Method.MEAN, 2)


def test_a_year_without_january_is_projected_alike_from_february_on() -> None:
    merged = (0.0, 20.0, *EVEN[2:])
    for month in range(2, 12):
        assert estimate_year(33.0, month, [EVEN, EVEN]) == estimate_year(33.0, month, [merged, merged])
    assert by_share(33.0, [merged], 1) is Reason.JANUARY_EXEMPT
    assert estimate_year(33.0, 1, [merged, merged]) is Reason.INSUFFICIENT_HISTORY


amounts = st.floats(0.01, 1e6)
years = st.lists(amounts, min_size=12, max_size=12)
histories = st.lists(years, min_size=1, max_size=5)
months = st.integers(1, 11)


@given(amounts, histories, months, st.floats(0.001, 1000))
def test_a_projection_scales_with_the_unit(ytd: float, history: list[list[float]], month: int, factor: float) -> None:
    scaled = [[value * factor for value in year] for year in history]
    plain, other = known(estimate_year(ytd, month, history)), known(estimate_year(ytd * factor, month, scaled))
    assert other.value == pytest.approx(plain.value * factor, rel=1e-9)
    assert other.method == plain.method


@given(amounts, years, months)
def test_three_names_of_one_method(ytd: float, last_year: list[float], month: int) -> None:
    """YTD + rem * g, YTD / last year's share and last year's total * g are the same number."""
    full = by_growth(ytd, last_year, month, damping=1)
    assert full == pytest.approx(by_share(ytd, [last_year], month), rel=1e-9)
    assert full == pytest.approx(sum(last_year) * ytd / sum(last_year[:month]), rel=1e-9)
    assert by_growth(ytd, last_year, month, damping=0) == pytest.approx(by_season(ytd, last_year, month), rel=1e-9)


@given(years, months)
def test_a_year_like_the_last_is_projected_exactly(last_year: list[float], month: int) -> None:
    found = known(estimate_year(sum(last_year[:month]), month, [last_year, last_year]))
    assert found.value == pytest.approx(sum(last_year), rel=1e-9)


@given(years, months, st.floats(0.2, 5))
def test_damped_growth_lies_between_no_growth_and_full_growth(
    last_year: list[float], month: int, growth: float
) -> None:
    ytd = sum(last_year[:month]) * growth
    ends = sorted([by_season(ytd, last_year, month), known(by_growth(ytd, last_year, month, damping=1))])
    assert ends[0] * (1 - 1e-9) <= known(by_growth(ytd, last_year, month)) <= ends[1] * (1 + 1e-9)
