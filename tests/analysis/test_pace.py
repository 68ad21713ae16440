"""Pace: vectors of the method, and the edges of the calendar."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.pace import (
    Pace,
    against_pace,
    linear_share,
    months_of_year,
    seasonal_share,
    share_of_days,
    share_of_months,
    share_over_years,
)
from xicen_kpi.analysis.reasons import Reason, known

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/own_flow_pace_projection.json").read_text("utf-8"))
WITH_HISTORY = [vector for vector in VECTORS["vectors"] if "share_linear" in vector["expected"]]
LAST_YEAR = (65, 58, 90, 84, 88, 104, 86, 90, 101, 92, 96, 146)  # 1,100 in all


def month(year: int, number: int) -> int:
    return year * 12 + number - 1


def as_vector(pace: Pace) -> dict[str, float]:
    names = {"completion": "completion", "expected": "expected", "gap_to_pace": "ahead_by", "pace_gap_pp": "gap_pp"}
    return {name: getattr(pace, attribute) for name, attribute in names.items()} | {"spi": pace.index}


@pytest.mark.parametrize("vector", WITH_HISTORY, ids=lambda vector: vector["id"])
def test_vectors(vector: dict[str, Any]) -> None:
    inputs, expected = vector["inputs"], vector["expected"]
    by_calendar = linear_share(inputs["month"])
    by_season = seasonal_share(list(inputs["history"].values()), inputs["month"])
    assert by_calendar == pytest.approx(expected["share_linear"], rel=1e-9)
    assert by_season == pytest.approx(expected["share_seasonal"], rel=1e-9)
    for share, name in ((by_calendar, "linear"), (by_season, "seasonal")):
        pace = known(against_pace(inputs["ytd"], inputs["target"], share))
        assert as_vector(pace) == pytest.approx(expected[name], rel=1e-9)


def test_all_five_months_are_in_the_vectors() -> None:
    assert [vector["inputs"]["month"] for vector in WITH_HISTORY] == [2, 3, 6, 9, 11]


def test_a_published_sentence() -> None:
    # 完成全年目标的56.6%,超时序进度6.6个百分点, at the end of June
    pace = known(against_pace(282.8, 500.0, linear_share(6)))
    assert pace.completion == pytest.approx(282.8 / 500)
    assert pace.gap_pp == pytest.approx(56.56 - 50)


def test_months_from_year_to_date_figures() -> None:
    cumulative = dict(zip(range(1, 13), (65, 123, 213, 297, 385, 489, 575, 665, 766, 858, 954, 1100), strict=True))
    assert months_of_year(cumulative) == LAST_YEAR


def test_january_and_february_arrive_together_in_monthly_forms() -> None:
    cumulative = {number: 10.0 * number for number in range(2, 13)}
    assert months_of_year(cumulative) == (0, 20, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10)


def test_a_figure_that_fell_back_to_nothing_leaves_no_trace_of_a_binary_digit() -> None:
    # 0.1 + (0.4 - 0.1) - 0.4 is 2.8e-17 in binary, and a growth on that is astronomical
    cumulative = {**dict.fromkeys(range(1, 13), 0.0), 1: 0.1, 2: 0.4}
    assert math.fsum(known(months_of_year(cumulative))) == 0


@pytest.mark.parametrize("gone", range(2, 13))
def test_a_missing_month_is_not_zero(gone: float) -> None:
    cumulative = {number: 10.0 * number for number in range(1, 13) if number != gone}
    assert months_of_year(cumulative) is Reason.MONTHS_MISSING


def test_a_year_without_january_has_the_same_share_from_february_on() -> None:
    without = (0, 65 + 58, *LAST_YEAR[2:])
    assert seasonal_share([without], 2) == (65 + 58) / 1100 == seasonal_share([LAST_YEAR], 2)
    assert seasonal_share([without], 1) is Reason.JANUARY_EXEMPT
    assert seasonal_share([LAST_YEAR], 1) == 65 / 1100


def test_the_seasonal_share_looks_back_three_years_and_passes_over_empty_ones() -> None:
    back_loaded, front_loaded, even = [0.0] * 11 + [12.0], [12.0] + [0.0] * 11, [1.0] * 12
    assert seasonal_share([front_loaded, even, even, back_loaded], 6) == pytest.approx((0.5 + 0.5 + 0) / 3)
    assert seasonal_share([front_loaded, even, even, back_loaded], 6, years=4) == pytest.approx((1 + 0.5 + 0.5) / 4)
    assert seasonal_share([even, [0.0] * 12], 6) == 0.5
    assert seasonal_share([[0.0] * 12], 6) is Reason.INSUFFICIENT_HISTORY
    assert seasonal_share([], 6) is Reason.INSUFFICIENT_HISTORY


def test_share_of_the_plan_runs_over_24_months() -> None:
    start, end = month(2025, 1), month(2026, 12)
    assert share_of_months(start, end, month(2026, 10)) == 22 / 24
    assert share_of_months(start, end, month(2025, 1)) == 1 / 24
    assert share_of_months(start, end, month(2024, 12)) == 0
    assert share_of_months(start, end, month(2020, 1)) == 0
    assert share_of_months(start, end, month(2027, 3)) == 1


def test_share_of_days_counts_leap_years() -> None:
    assert share_of_days(date(2024, 1, 1), date(2024, 12, 31), date(2024, 2, 29)) == (31 + 29) / 366
    assert share_of_days(date(2025, 1, 1), date(2025, 12, 31), date(2025, 2, 28)) == (31 + 28) / 365
    assert share_of_days(date(2025, 1, 1), date(2025, 12, 31), date(2024, 12, 31)) == 0


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        share_of_months(month(2026, 1), month(2025, 12), month(2026, 1))
    with pytest.raises(ValueError, match="before it starts"):
        share_of_days(date(2026, 1, 1), date(2025, 12, 31), date(2026, 1, 1))


def test_share_over_years() -> None:
    assert share_over_years([100, 100], 1, 0.4) == (1 + 0.4) / 2
    assert share_over_years([100, 300], 1, 0.5) == (100 + 300 * 0.5) / 400
    assert share_over_years([100, 300], 0, 0.5) == 100 * 0.5 / 400
    assert share_over_years([100, 300], 2, 0.5) == 1
    assert share_over_years([0, 0], 1, 0.5) is Reason.TARGET_IS_ZERO


def test_no_pace_where_there_is_nothing_to_compare_with() -> None:
    assert against_pace(1, 0, 0.5) is Reason.TARGET_IS_ZERO
    assert against_pace(1, 10, 0.0) is Reason.NO_TIME_ELAPSED
    assert against_pace(1, 10, Reason.INSUFFICIENT_HISTORY) is Reason.INSUFFICIENT_HISTORY


amounts = st.floats(0.01, 1e6)


@given(st.lists(st.lists(amounts, min_size=12, max_size=12), min_size=1, max_size=5), st.integers(1, 12), amounts)
def test_the_seasonal_share_does_not_depend_on_the_unit(history: list[list[float]], number: int, factor: float) -> None:
    scaled = [[value * factor for value in year] for year in history]
    assert seasonal_share(scaled, number) == pytest.approx(seasonal_share(history, number), rel=1e-9)


@given(amounts, amounts, st.floats(0.01, 1))
def test_pace_identities(value: float, target: float, share: float) -> None:
    pace = known(against_pace(value, target, share))
    assert pace.ahead_by == pytest.approx(target * pace.gap_pp / 100, abs=1e-9 * max(value, target))
    assert pace.index * pace.share == pytest.approx(pace.completion)
