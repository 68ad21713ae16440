"""Back-tests: errors by month over known years."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.accuracy import backtest, mean_absolute_error, own_errors
from xicen_kpi.analysis.reasons import Reason

EVEN = (10.0,) * 12
GROWN = (11.0,) * 12
LATE_RISE = (10.0,) * 6 + (20.0,) * 6  # 180 in all


def test_by_hand_at_june() -> None:
    june = backtest([EVEN, LATE_RISE])[5]
    assert june.month == 6
    assert june.ours == pytest.approx([(60 + 60 * sqrt(60 / 60)) / 180 - 1])
    assert june.linear == pytest.approx([60 * 2 / 180 - 1])
    assert june.full_yoy == pytest.approx([120 * 60 / 60 / 180 - 1])


def test_a_later_year_is_projected_from_all_years_before_it() -> None:
    june = backtest([EVEN, GROWN, LATE_RISE])[5]
    damped, share = 60 + 66 * sqrt(60 / 66), 60 / 0.5
    assert june.ours == pytest.approx([(66 + 60 * sqrt(66 / 60)) / 132 - 1, (damped + share) / 2 / 180 - 1])
    assert own_errors([EVEN, GROWN, LATE_RISE], 6) == june.ours


def test_years_before_the_first_are_history_only() -> None:
    assert len(backtest([EVEN] * 6)[0].ours) == 5
    assert len(backtest([EVEN] * 6, first=3)[0].ours) == 3


def test_one_year_cannot_be_tested() -> None:
    assert [errors.ours for errors in backtest([EVEN])] == [()] * 11
    assert backtest([])[0].ours == ()
    assert mean_absolute_error(()) is Reason.INSUFFICIENT_HISTORY


def test_january_of_monthly_forms_has_no_errors_and_february_has() -> None:
    merged = (0.0, 20.0, *EVEN[2:])
    january, february, *_ = backtest([merged, merged])
    assert january.ours == january.linear == january.full_yoy == ()
    assert february.ours == (0.0,)


def test_years_that_a_method_cannot_project_are_left_out_for_all() -> None:
    started_late = (0.0,) * 6 + (20.0,) * 6
    june = backtest([EVEN, started_late, EVEN])[5]
    assert len(june.ours) == len(june.linear) == len(june.full_yoy) == 1  # 2nd from 1st; 3rd has no June to grow from


def test_mean_absolute_error() -> None:
    assert mean_absolute_error((0.1, -0.3)) == pytest.approx((0.1 + 0.3) / 2)


@given(st.lists(st.lists(st.floats(1, 1e4), min_size=12, max_size=12), min_size=2, max_size=6), st.floats(0.01, 100))
def test_errors_do_not_depend_on_the_unit(history: list[list[float]], factor: float) -> None:
    scaled = [[value * factor for value in year] for year in history]
    for plain, other in zip(backtest(history), backtest(scaled), strict=True):
        assert other.ours == pytest.approx(plain.ours, rel=1e-6, abs=1e-9)
        assert other.linear == pytest.approx(plain.linear, rel=1e-6, abs=1e-9)
