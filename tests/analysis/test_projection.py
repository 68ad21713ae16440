"""Projections with their bands."""

from __future__ import annotations

import statistics
from math import exp, log, sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.accuracy import own_errors
from xicen_kpi.analysis.projection import (
    REFERENCE_ERRORS,
    BandBasis,
    Projection,
    project_flow,
    project_level,
    project_over_years,
    project_ratio,
    to_matched_scope,
)
from xicen_kpi.analysis.reasons import Reason, known
from xicen_kpi.analysis.year_end import Method, estimate_year

EVEN = (10.0,) * 12
YEARS = [
    (10.0, 9.0, 12.0, 11.0, 11.0, 13.0, 10.0, 10.0, 12.0, 11.0, 11.0, 15.0),
    (11.0, 9.5, 12.5, 11.5, 12.0, 13.5, 10.0, 11.0, 12.5, 11.0, 12.0, 16.0),
    (11.0, 10.5, 13.5, 12.0, 12.0, 14.0, 11.0, 11.0, 13.0, 12.0, 12.0, 15.0),
    (12.0, 10.0, 14.0, 12.0, 13.0, 15.0, 11.0, 12.0, 14.0, 12.0, 13.0, 17.0),
    (12.0, 11.0, 14.0, 13.0, 13.0, 15.0, 12.0, 12.0, 14.0, 13.0, 13.0, 17.0),
]


def number(end: float | None) -> float:
    assert end is not None
    return end


def fixed(value: float, low: float, high: float) -> Projection:
    return Projection(value, low, high, Method.MEAN, BandBasis.REFERENCE_TABLE, ("F",))


def test_the_band_of_the_table_divides_the_value_by_the_errors() -> None:
    # June, three years of history: errors between -6.2 % and +6.0 % in eight cases of ten.
    found = known(project_flow(66.0, 6, [EVEN, EVEN, EVEN]))
    value = known(estimate_year(66.0, 6, [EVEN, EVEN, EVEN])).value
    assert (found.value, found.method, found.basis) == (value, Method.MEAN, BandBasis.REFERENCE_TABLE)
    assert (found.low, found.high) == pytest.approx((value / 1.060, value / (1 - 0.062)))
    assert found.flags == ("F",)


@pytest.mark.parametrize(
    ("history", "month", "below", "above"),
    [
        ([EVEN], 3, 0.093, 0.100),
        ([EVEN] * 2, 3, 0.089, 0.105),
        ([EVEN] * 3, 3, 0.087, 0.103),
        ([EVEN] * 4, 11, 0.014, 0.015),
        ([], 3, 0.136, 0.103),
    ],
    ids=["one year", "two years", "three years", "four years", "none"],
)
def test_the_band_follows_the_method(history: list[Any], month: int, below: float, above: float) -> None:
    found = known(project_flow(10.0 * month, month, history))
    assert (found.value, found.low, found.high) == pytest.approx((120, 120 / (1 + above), 120 / (1 - below)))


def test_the_table_holds_eleven_months_and_narrows_towards_the_end_of_the_year() -> None:
    for rows in REFERENCE_ERRORS.values():
        assert len(rows) == 11
        widths = [above - below for below, above in rows]
        assert widths == sorted(widths, reverse=True)


def test_own_errors_take_over_with_five_complete_years() -> None:
    found = known(project_flow(63.0, 6, YEARS))
    errors = own_errors(YEARS, 6)
    assert len(errors) == 4
    deciles = statistics.quantiles([log(1 + error) for error in errors], n=10)
    assert deciles[0] < 0 < deciles[-1]
    assert found.basis is BandBasis.OWN_BACKTEST
    assert (found.low, found.high) == pytest.approx((found.value / exp(deciles[-1]), found.value / exp(deciles[0])))
    assert known(project_flow(63.0, 6, YEARS[1:])).basis is BandBasis.REFERENCE_TABLE


def test_the_band_holds_its_value_even_where_all_errors_have_one_sign() -> None:
    rising = [tuple(10.0 * 1.2**year * (1 + month / 12) for month in range(12)) for year in range(6)]
    errors = own_errors(rising, 3)
    assert max(errors) < 0  # a mean of a damped growth and an unchanged share is always below this
    found = known(project_flow(100.0, 3, rising))
    assert found.value == number(found.low) < number(found.high)


def test_a_final_value_is_no_forecast() -> None:
    assert project_flow(123.0, 12, YEARS) == Projection(123.0, 123.0, 123.0, Method.COMPLETE, BandBasis.NONE, ())


def test_flags_say_forecast_estimated_and_unreliable() -> None:
    assert known(project_flow(60.0, 6, [EVEN])).flags == ("F",)
    assert known(project_flow(60.0, 6, [EVEN], estimated=True)).flags == ("F", "E")
    assert known(project_flow(60.0, 6)).flags == ("F", "U")
    assert known(project_flow(60.0, 12, estimated=True)).flags == ("E",)


def test_no_projection_has_a_reason() -> None:
    assert project_flow(0.0, 0, YEARS) is Reason.NOT_STARTED
    assert project_flow(20.0, 2) is Reason.INSUFFICIENT_HISTORY


def test_no_band_around_a_value_that_is_not_positive() -> None:
    found = known(project_flow(-5.0, 6))
    assert (found.value, found.low, found.high, found.basis) == (-10, None, None, BandBasis.NONE)


def test_wild_errors_give_a_wide_band_and_never_one_turned_over() -> None:
    wild = [(1.0,) * 6 + (rest,) * 6 for rest in (1.0, 1e4, 1.0, 1e4, 1.0, 1e4)]
    assert statistics.quantiles(own_errors(wild, 6), n=10)[0] < -0.999
    found = known(project_flow(6.0, 6, wild))
    assert found.basis is BandBasis.OWN_BACKTEST
    assert 0 < number(found.low) < found.value < number(found.high)


def test_a_past_projection_of_nothing_is_no_basis_for_a_band() -> None:
    # 2023 had nothing by March, so it would have been projected as nothing: an error of -100 % has no logarithm.
    years = [EVEN, (0.0,) * 3 + (10.0,) * 9, *[EVEN] * 5]
    assert -1.0 in own_errors(years, 3)
    assert known(project_flow(30.0, 3, years)).basis is BandBasis.REFERENCE_TABLE


def test_last_year_in_this_years_scope() -> None:
    # The units that report now had 50 to June; last year 60 was published: everything is taken at 5/6.
    scaled = known(to_matched_scope(EVEN, 6, 50.0))
    assert scaled == pytest.approx([10 * 50 / 60] * 12)
    assert known(project_flow(55.0, 6, [scaled])).value == pytest.approx(55 + 50 * sqrt(55 / 50))
    assert to_matched_scope((0.0,) * 12, 6, 50.0) is Reason.LAST_YEAR_NOT_POSITIVE
    assert to_matched_scope(EVEN, 6, 0.0) is Reason.LAST_YEAR_NOT_POSITIVE


def test_a_sum_over_two_years() -> None:
    running = fixed(120.0, 110.0, 130.0)
    last = project_over_years([100.0], running)
    assert (last.value, last.low, last.high, last.flags) == (220, 210, 230, ("F",))
    first = project_over_years([], running, years_to_come=1)
    assert (first.value, first.low, first.high, first.flags) == (240, 220, 260, ("F", "U"))
    bare = project_over_years([100.0], Projection(120.0, None, None, Method.SLOPE, BandBasis.NONE, ("F", "U")), 1)
    assert (bare.value, bare.low, bare.high, bare.flags) == (340, None, None, ("F", "U"))


def test_a_level_follows_its_last_five_changes() -> None:
    points = [(2018.0, 900.0), (2019.0, 10.0), (2020.0, 12.0), (2021.0, 15.0), (2022.0, 15.0), (2023.0, 19.0),
              (2024.0, 20.0)]  # fmt: skip
    found = known(project_level(points, 2026.0))
    assert found.value == pytest.approx(20 + (20 - 10) / 5 * 2)
    assert (found.low, found.method, found.basis, found.flags) == (None, Method.SLOPE, BandBasis.NONE, ("F",))


def test_one_change_is_allowed_and_flagged() -> None:
    found = known(project_level([(0.0, 48.9), (22.0, 48.1)], 24.0))
    assert found.value == pytest.approx(48.1 + (48.1 - 48.9) / 22 * 2)
    assert found.flags == ("F", "U")


def test_a_level_past_its_date_stays_where_it_is() -> None:
    assert known(project_level([(2024.0, 18.0), (2027.5, 21.5)], 2027.0)).value == 21.5


def test_a_level_needs_two_points_in_time() -> None:
    assert project_level([(2024.0, 18.0)], 2026.0) is Reason.INSUFFICIENT_HISTORY
    assert project_level([], 2026.0) is Reason.INSUFFICIENT_HISTORY
    assert project_level([(2024.0, 18.0), (2024.0, 19.0)], 2026.0) is Reason.INSUFFICIENT_HISTORY


def test_a_ratio_is_its_two_sides() -> None:
    found = known(project_ratio(fixed(50.0, 45.0, 55.0), fixed(100.0, 90.0, 120.0)))
    down, up = sqrt(log(50 / 45) ** 2 + log(120 / 100) ** 2), sqrt(log(55 / 50) ** 2 + log(100 / 90) ** 2)
    assert (found.value, found.low, found.high) == pytest.approx((0.5, 0.5 * exp(-down), 0.5 * exp(up)))
    assert (found.method, found.basis, found.flags) == (Method.BOTH_SIDES, BandBasis.CARRIED_OVER, ("F",))
    per_cent = found.times(100)
    assert (per_cent.value, per_cent.low, per_cent.high) == pytest.approx((50, 50 * exp(-down), 50 * exp(up)))


def test_a_certain_side_leaves_the_band_of_the_other() -> None:
    final = known(project_flow(100.0, 12))
    found = known(project_ratio(fixed(50.0, 45.0, 55.0), final))
    assert (found.value, found.low, found.high) == pytest.approx((0.50, 0.45, 0.55))
    whole = known(project_ratio(final, final))
    assert (whole.value, whole.low, whole.high, whole.flags) == (1, 1, 1, ())


def test_a_ratio_without_a_side_has_that_sides_reason() -> None:
    side = fixed(50.0, 45.0, 55.0)
    assert project_ratio(Reason.NOT_STARTED, side) is Reason.NOT_STARTED
    assert project_ratio(side, Reason.INSUFFICIENT_HISTORY) is Reason.INSUFFICIENT_HISTORY
    assert project_ratio(side, fixed(0.0, 0.0, 0.0)) is Reason.DENOMINATOR_IS_ZERO


def test_a_ratio_of_a_loss_has_no_band() -> None:
    found = known(
        project_ratio(Projection(-5.0, None, None, Method.LINEAR, BandBasis.NONE, ("F", "U")), fixed(100, 90, 110))
    )
    assert (found.value, found.low, found.high, found.basis) == (-0.05, None, None, BandBasis.NONE)
    assert found.flags == ("F", "U")
    assert found.times(100).low is None


amounts = st.floats(0.01, 1e6)
years = st.lists(amounts, min_size=12, max_size=12)


@given(amounts, st.lists(years, min_size=0, max_size=7), st.integers(3, 11), st.floats(0.001, 1000))
def test_a_band_holds_its_value_and_scales_with_the_unit(
    ytd: float, history: list[Any], month: int, factor: float
) -> None:
    found = known(project_flow(ytd, month, history))
    scaled = known(project_flow(ytd * factor, month, [[value * factor for value in year] for year in history]))
    assert scaled.value == pytest.approx(found.times(factor).value, rel=1e-9)
    if found.low is not None:
        assert found.low <= found.value * (1 + 1e-12)
        assert found.value <= number(found.high) * (1 + 1e-12)
        assert scaled.low == pytest.approx(found.low * factor, rel=1e-6)
