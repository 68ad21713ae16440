"""A flow against its target: pace, what is missing, projection, state, from the year before to the end of the year."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from small_plans import OUTPUT, assessed, form, indicator, plan_of, source, the_indicator, year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xicen_kpi.report.model import IndicatorReport

    MakeDrop = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def at(make_drop: MakeDrop) -> Callable[..., IndicatorReport]:
    """The indicator of a small plan over a small form, at a month."""

    def report(rows: str, as_of: str, **changes: Any) -> IndicatorReport:
        plan = plan_of({"it": indicator(**changes)})
        return the_indicator(assessed(plan, make_drop({"产值.csv": rows}), as_of))

    return report


TWO_YEARS = form(year_of("A", 2024, 7), year_of("A", 2025, 8), year_of("A", 2026, 8.2, to=6))
"""84 in 2024, 96 in 2025, 49.2 by June 2026."""


def test_half_a_year(at: Callable[..., IndicatorReport]) -> None:
    one = at(TWO_YEARS, "2026-06")
    assert (one.kind, one.unit) == ("flow", "亿元")
    assert one.value == pytest.approx(6 * 8.2)
    assert one.period is not None
    assert (one.period.start, one.period.end) == ("2026-01", "2026-06")
    assert one.gap == pytest.approx(100 - 49.2)
    assert one.completion == pytest.approx(49.2 / 100)
    assert one.elapsed.linear == pytest.approx(6 / 12)
    assert one.elapsed.seasonal == pytest.approx(6 / 12), "the years before were even"
    assert one.pace_gap_pp.linear == pytest.approx(49.2 - 50)
    assert one.required.per_month == pytest.approx((100 - 49.2) / 6)
    assert one.required.growth == pytest.approx((100 - 49.2) / 48 - 1)
    damped = 49.2 + 48 * math.sqrt(49.2 / 48)
    shared = 49.2 / 0.5
    assert one.projection.value == pytest.approx((damped + shared) / 2)
    assert (one.status, one.status_reason) == ("at_risk", "projection_short")
    assert one.distance_to_cut == pytest.approx((damped + shared) / 2 / 100 - 1)
    assert one.progress is None
    assert one.reasons["progress"] == "year_not_over"


@pytest.mark.parametrize(
    ("each", "status", "flags"),
    [
        (9.0, "on_track", ("ahead",)),
        (8.4, "on_track", ()),
        (8.2, "at_risk", ()),
        (7.9, "off_track", ("below_last_year",)),
    ],
)
def test_states_by_projection(
    at: Callable[..., IndicatorReport], each: float, status: str, flags: tuple[str, ...]
) -> None:
    rows = form(year_of("A", 2024, 8), year_of("A", 2025, 8), year_of("A", 2026, each, to=6))
    one = at(rows, "2026-06")
    projected = (6 * each + 48 * math.sqrt(each / 8) + 12 * each) / 2
    assert one.projection.value == pytest.approx(projected)
    assert (one.status, one.flags) == (status, flags)


def test_one_year_of_history_is_damped_growth_alone(at: Callable[..., IndicatorReport]) -> None:
    one = at(form(year_of("A", 2025, 8), year_of("A", 2026, 9, to=3)), "2026-03")
    assert one.projection.method == "damped_yoy"
    assert one.projection.value == pytest.approx(27 + 72 * math.sqrt(9 / 8))


def test_no_history_is_twelve_months_like_these_from_march_on(at: Callable[..., IndicatorReport]) -> None:
    rows = form(year_of("A", 2026, 9, to=3))
    one = at(rows, "2026-03")
    assert one.projection.method == "linear"
    assert one.projection.value == pytest.approx(12 * 9)
    assert one.status == "on_track"
    assert one.growth is None
    assert one.reasons["growth"] == "no_last_year"
    assert one.reasons["elapsed.seasonal"] == "insufficient_history"
    assert one.reasons["required.growth"] == "insufficient_history"


def test_february_is_the_first_observation_of_a_year(at: Callable[..., IndicatorReport]) -> None:
    rows = form(year_of("A", 2024, 7), year_of("A", 2025, 8), year_of("A", 2026, 8.2, to=2))
    one = at(rows, "2026-02")
    assert one.value == pytest.approx(16.4)
    assert one.elapsed.linear == pytest.approx(2 / 12)
    assert one.required.per_month == pytest.approx((100 - 16.4) / 10)
    assert one.projection.value == pytest.approx((16.4 + 80 * math.sqrt(8.2 / 8) + 16.4 * 6) / 2)
    assert "cumulative_fell" not in one.flags, "December before is another year"


def test_february_without_history_cannot_be_projected(at: Callable[..., IndicatorReport]) -> None:
    one = at(form(year_of("A", 2026, 9, to=2)), "2026-02")
    assert one.value == 18
    assert one.gap == pytest.approx(82)
    assert (one.status, one.status_reason) == ("not_assessable", "insufficient_history")
    assert one.reasons["projection"] == "insufficient_history"


def test_january_of_a_monthly_form_is_not_answered(at: Callable[..., IndicatorReport]) -> None:
    one = at(TWO_YEARS, "2026-01")
    assert one.value is None
    assert (one.reason, one.status) == ("january_exempt", "not_assessable")
    assert one.gap is None
    assert one.reasons["gap"] == "no_value"


def test_december_is_final(at: Callable[..., IndicatorReport]) -> None:
    rows = form(year_of("A", 2024, 7), year_of("A", 2025, 8), year_of("A", 2026, 8.2))
    one = at(rows, "2026-12", baseline={"value": 84, "period": 2024, "source": "年报"})
    assert one.value == pytest.approx(12 * 8.2)
    assert (one.status, one.status_reason) == ("missed", "deadline_past")
    assert one.distance_to_cut == pytest.approx(12 * 8.2 / 100 - 1)
    assert one.projection.method == "complete"
    assert one.projection.value == pytest.approx(12 * 8.2)
    assert one.reasons["required.per_month"] == "no_time_left"
    assert one.reasons["required.growth"] == "no_time_left"
    assert one.progress == pytest.approx((98.4 - 84) / (100 - 84))
    assert not one.provisional


def test_december_reached_is_achieved_and_equality_meets(at: Callable[..., IndicatorReport]) -> None:
    twelfth = 100 / 12
    one = at(form(year_of("A", 2025, 8), year_of("A", 2026, twelfth)), "2026-12")
    assert (one.status, one.status_reason) == ("achieved", "target_met")


def test_a_target_reached_early_is_achieved(at: Callable[..., IndicatorReport]) -> None:
    one = at(form(year_of("A", 2025, 8), year_of("A", 2026, 20, to=6)), "2026-06")
    assert one.status == "achieved"
    assert one.gap == pytest.approx(100 - 120)
    assert one.required.per_month == 0


def test_a_figure_of_the_year_after_says_nothing_of_the_target(at: Callable[..., IndicatorReport]) -> None:
    rows = form(year_of("A", 2025, 8), year_of("A", 2026, 9), year_of("A", 2027, 1, to=3))
    one = at(rows, "2027-03")
    assert one.period is not None
    assert one.period.end == "2026-12"
    assert one.value == pytest.approx(12 * 9)
    assert one.status == "achieved"


def test_after_the_due_date_without_its_data_nothing_can_be_said(at: Callable[..., IndicatorReport]) -> None:
    rows = form(year_of("A", 2025, 8), year_of("A", 2026, 9, to=10))
    one = at(rows, "2027-03")
    assert (one.status, one.status_reason) == ("not_assessable", "stale")


# -- before the target's year


def test_the_year_before_is_shown_against_the_target_but_not_judged(at: Callable[..., IndicatorReport]) -> None:
    rows = form(year_of("A", 2024, 7), year_of("A", 2025, 8, to=6))
    one = at(rows, "2025-06")
    assert one.value == 48
    assert (one.status, one.status_reason) == ("not_assessable", "target_year_not_begun")
    assert one.gap is None
    assert one.reasons["gap"] == "target_year_not_begun"
    assert one.last_full_year is not None
    assert one.last_full_year.period == "2024"
    assert one.last_full_year.value == pytest.approx(84)
    assert one.last_full_year.gap == pytest.approx(100 - 84)
    assert one.last_full_year.completion == pytest.approx(84 / 100)


def test_in_december_before_the_year_itself_is_the_last_full_one(at: Callable[..., IndicatorReport]) -> None:
    one = at(form(year_of("A", 2025, 8)), "2025-12")
    assert one.last_full_year is not None
    assert one.last_full_year.period == "2025"
    assert one.last_full_year.value == pytest.approx(96)
    assert one.gap == pytest.approx(100 - 96)


def test_before_the_plan_a_flow_waits_for_its_year_too(at: Callable[..., IndicatorReport]) -> None:
    one = at(form(year_of("A", 2024, 8)), "2024-12")
    assert (one.status, one.status_reason) == ("not_assessable", "target_year_not_begun")


# -- data that are late, fall or are revised


def test_older_data_are_shown_as_what_they_are(at: Callable[..., IndicatorReport]) -> None:
    one = at(TWO_YEARS, "2026-08")
    assert one.period is not None
    assert one.period.end == "2026-06"
    assert "data_behind" in one.notes
    assert one.status == "at_risk", "two months behind is within the limit"


def test_data_that_are_too_old_are_not_judged(at: Callable[..., IndicatorReport]) -> None:
    one = at(TWO_YEARS, "2026-09")
    assert one.value == pytest.approx(49.2)
    assert (one.status, one.status_reason) == ("not_assessable", "stale")


def test_a_cumulative_figure_that_falls_is_flagged(at: Callable[..., IndicatorReport]) -> None:
    rows = form(year_of("A", 2025, 8), "A | 2026-02 | 30 |", "A | 2026-03 | 29.9 |")
    assert "cumulative_fell" in at(rows, "2026-03").flags


def test_a_month_missing_last_year_leaves_that_year_out(at: Callable[..., IndicatorReport]) -> None:
    gap = "\n".join(line for line in year_of("A", 2025, 8).splitlines() if "2025-07" not in line)
    one = at(form(year_of("A", 2024, 7), gap, year_of("A", 2026, 8.2, to=6)), "2026-06")
    assert one.projection.method == "linear", "years before the hole do not count either"
    assert one.previous.final == pytest.approx(48)


def test_growth_on_what_has_fallen_back_to_nothing_is_not_astronomical(at: Callable[..., IndicatorReport]) -> None:
    """The enterprises of spring 2025 had left by April, those of summer came after it."""
    fallen = ["A | 2025-02 | 0.1 |", "A | 2025-03 | 0.4 |", "A | 2025-04 | 0 |"]  # 0.1 + (0.4 - 0.1) - 0.4 is 3e-17
    risen = [f"A | 2025-{month:02d} | {0.7 * (month - 4)} |" for month in range(5, 13)]
    one = at(form(year_of("A", 2024, 0.9), *fallen, *risen, year_of("A", 2026, 3.3, to=4)), "2026-04")
    assert one.projection.method == "linear", "nothing by April of last year: no growth, and no share of it either"
    assert one.projection.value == pytest.approx(12 * 3.3)


# -- ceilings


@pytest.mark.parametrize(
    ("each", "status", "reason"),
    [
        (8.0, "on_track", "projection_reaches"),
        (8.6, "at_risk", "projection_short"),
        (9.5, "off_track", "projection_short"),
        (17.0, "missed", "ceiling_exceeded"),
    ],
)
def test_a_ceiling_is_mirrored(at: Callable[..., IndicatorReport], each: float, status: str, reason: str) -> None:
    rows = form(year_of("A", 2026, each, to=6))
    one = at(rows, "2026-06", target={"at_most": 100, "by": "2026-12"})
    assert one.projection.value == pytest.approx(12 * each)
    assert one.gap == pytest.approx(6 * each - 100)
    assert (one.status, one.status_reason) == (status, reason)


def test_a_ceiling_is_achieved_when_the_year_is_over(at: Callable[..., IndicatorReport]) -> None:
    one = at(form(year_of("A", 2026, 8)), "2026-12", target={"at_most": 100, "by": "2026-12"})
    assert one.status == "achieved"


# -- without a number, without a target


def test_without_a_target_a_value_is_shown_for_information(at: Callable[..., IndicatorReport]) -> None:
    one = at(TWO_YEARS, "2026-06", target=None)
    assert one.value == pytest.approx(49.2)
    assert (one.status, one.status_reason) == ("not_assessable", "no_target")
    assert one.growth == pytest.approx(8.2 / 8 - 1)
    assert one.gap is None


def test_a_target_of_zero_has_a_gap_and_no_completion(at: Callable[..., IndicatorReport]) -> None:
    one = at(TWO_YEARS, "2026-06", target={"at_most": 0, "by": "2026-12"})
    assert one.gap == pytest.approx(49.2)
    assert one.completion is None
    assert one.reasons["completion"] == "target_is_zero"


# -- units


def test_a_form_in_thousands_speaks_in_the_unit_of_the_indicator(make_drop: MakeDrop) -> None:
    column = {**OUTPUT["columns"]["output"], "unit": "千元"}
    plan = plan_of(sources={"output": source(OUTPUT, columns={"output": column})})
    folder = make_drop({"产值.csv": form("A | 2026-06 | 4920000 |")})
    one = the_indicator(assessed(plan, folder, "2026-06"))
    assert one.value == pytest.approx(4_920_000 / 100_000)
    (step,) = one.trail
    assert (step.source, step.column, step.value, step.unit, step.rows) == ("output", "output", 4_920_000, "千元", 1)
