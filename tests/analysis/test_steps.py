"""Who is near a step."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xicen_kpi.analysis.reasons import Reason, known
from xicen_kpi.analysis.steps import (
    EnterpriseYear,
    ThresholdState,
    costliest_shortfalls,
    near_threshold,
    project_enterprise,
    unprojected,
)


def test_one_enterprise_is_projected_with_damped_growth() -> None:
    year = EnterpriseYear("a", to_date=15_000, last_year_to_date=12_000, last_year=16_000)
    assert project_enterprise(year, 10) == pytest.approx(15_000 + 4_000 * sqrt(15 / 12))


def test_a_new_enterprise_is_projected_by_the_calendar_from_march() -> None:
    assert project_enterprise(EnterpriseYear("n", 5_000), 3) == 5_000 * 12 / 3
    assert project_enterprise(EnterpriseYear("n", 5_000), 2) is Reason.INSUFFICIENT_HISTORY
    assert project_enterprise(EnterpriseYear("n", 5_000, 0.0, 8_000), 4) == 5_000 * 12 / 4


def test_the_watch_list_of_the_threshold() -> None:
    years = [
        EnterpriseYear("over already", 20_100, 14_000, 17_000),
        EnterpriseYear("crossing", 17_000, 14_000, 17_000),
        EnterpriseYear("near", 15_000, 14_000, 17_000),
        EnterpriseYear("far below", 10_000, 9_000, 11_000),
        EnterpriseYear("slipping", 15_000, 18_000, 22_000),
        EnterpriseYear("large", 90_000, 80_000, 99_000),
        EnterpriseYear("service", 9_000, 8_000, 9_500, threshold=10_000),
    ]
    found = {candidate.key: candidate for candidate in near_threshold(years, 10)}
    assert {key: candidate.state for key, candidate in found.items()} == {
        "over already": ThresholdState.CROSSED,
        "crossing": ThresholdState.CROSSING,
        "near": ThresholdState.NEAR,
        "slipping": ThresholdState.SLIPPING,
        "service": ThresholdState.CROSSING,
    }
    assert found["crossing"].projected == pytest.approx(17_000 + 3_000 * sqrt(17 / 14))
    assert found["crossing"].missing == 20_000 - 17_000
    assert found["over already"].missing == 0
    assert found["near"].threshold_share == pytest.approx((15_000 + 3_000 * sqrt(15 / 14)) / 20_000)


def test_reach_draws_the_line_below() -> None:
    year = EnterpriseYear("a", 15_000, 15_000, 16_000)  # projected 16,000, four fifths of the threshold
    assert [candidate.state for candidate in near_threshold([year], 10)] == [ThresholdState.NEAR]
    assert near_threshold([year], 10, reach=0.19) == ()


def test_nearest_first() -> None:
    years = [EnterpriseYear(key, value * 10 / 12) for key, value in (("b", 17_000), ("a", 23_000), ("c", 19_000))]
    assert [candidate.key for candidate in near_threshold(years, 10)] == ["c", "a", "b"]


def test_who_costs_the_sum_most() -> None:
    years = [
        EnterpriseYear("falling", 40.0, 50.0, 60.0),
        EnterpriseYear("steady", 25.0, 25.0, 30.0),
        EnterpriseYear("rising", 12.0, 8.0, 10.0),
        EnterpriseYear("new", 6.0),
    ]
    # 100 last year, 110 wanted: everyone is asked for a tenth more.
    first, second = known(costliest_shortfalls(years, 10, 110.0))
    projected = 40 + 10 * sqrt(40 / 50)
    assert [first.key, second.key] == ["falling", "steady"]
    assert (first.wanted, first.projected, first.amount) == pytest.approx((66, projected, 66 - projected))
    assert first.cost_pp == pytest.approx(100 * (66 - projected) / 110)
    assert second.amount == pytest.approx(33 - 30)
    assert [found.key for found in known(costliest_shortfalls(years, 10, 110.0, limit=1))] == ["falling"]


def test_no_part_without_a_target_or_a_last_year() -> None:
    assert costliest_shortfalls([EnterpriseYear("a", 1.0, 1.0, 2.0)], 10, 0.0) is Reason.TARGET_IS_ZERO
    assert costliest_shortfalls([EnterpriseYear("a", 1.0)], 10, 5.0) is Reason.LAST_YEAR_NOT_POSITIVE


def test_whom_nothing_can_be_said_about() -> None:
    years = [EnterpriseYear("new", 5.0), EnterpriseYear("old", 5.0, 4.0, 30.0)]
    assert unprojected(years, 2) == ("new",)
    assert unprojected(years, 3) == ()
    assert near_threshold(years[:1], 2) == ()
    assert [found.key for found in known(costliest_shortfalls(years, 2, 60.0))] == ["old"]


parts = st.tuples(st.floats(1, 1e4), st.floats(1, 1e4), st.floats(0, 1e4))


@given(st.lists(parts, min_size=1, max_size=8), st.floats(1, 1e5))
def test_shortfalls_less_surpluses_are_what_the_sum_is_short_of(
    rows: list[tuple[float, float, float]], target: float
) -> None:
    years = [EnterpriseYear(str(n), now, then, then + rest) for n, (now, then, rest) in enumerate(rows)]
    total = sum(year.last_year or 0 for year in years)
    projected = [known(project_enterprise(year, 6)) for year in years]
    wanted = [(year.last_year or 0) * target / total for year in years]
    surplus = sum(max(p - w, 0) for p, w in zip(projected, wanted, strict=True))
    found = known(costliest_shortfalls(years, 6, target, limit=99))
    short = sum(item.amount for item in found)
    assert short - surplus == pytest.approx(target - sum(projected), rel=1e-6, abs=1e-6 * (target + sum(projected)))
