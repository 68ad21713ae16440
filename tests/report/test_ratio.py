"""A ratio: it may fall again, has no schedule, and is projected side by side; a proxy stays provisional."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from small_plans import OUTPUT, Declaration, assessed, indicator, plan_of, source, the_indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xicen_kpi.report.model import IndicatorReport

    MakeDrop = Callable[[Mapping[str, str]], Path]
    At = Callable[..., IndicatorReport]

NUMBER: Declaration = {"type": "number", "unit": "亿元", "counts": "year_to_date"}
FORM = source(
    OUTPUT,
    columns={
        "output": {**NUMBER, "header": "营收", "last_year": "output_last"},
        "output_last": {**NUMBER, "header": "上年营收", "optional": True},
        "research": {**NUMBER, "header": "研发", "last_year": "research_last"},
        "research_last": {**NUMBER, "header": "上年研发", "optional": True},
    },
)
SURVEY: Declaration = {
    "title": "研发",
    "files": "年报*",
    "frequency": "annual",
    "key": ["uscc", "period"],
    "columns": {
        "uscc": {"header": "代码", "type": "uscc"},
        "period": {"header": "年份", "type": "month"},
        "spent": {"header": "经费", "type": "number", "unit": "亿元", "counts": "period"},
    },
}
SHARE = {"ratio": {"of": {"sum": "output.research"}, "to": {"sum": "output.output"}}}
HEAD = "代码 | 报告期 | 营收 | 研发"


def year_of(year: int, earned: float, spent: float, to: int = 12) -> str:
    return "\n".join(f"A | {year}-{month:02d} | {earned * month} | {spent * month}" for month in range(2, to + 1))


@pytest.fixture
def at(make_drop: MakeDrop) -> At:
    def report(rows: list[str], as_of: str, survey: str | None = None, **changes: Any) -> IndicatorReport:
        declared = {"measure": SHARE, "unit": "%", "target": {"at_least": 9, "by": "2026-12"}}
        plan = plan_of({"it": indicator(**{**declared, **changes})}, {"output": FORM, "survey": SURVEY})
        files = {"产值.csv": "\n".join([HEAD, *rows])} | ({} if survey is None else {"年报.csv": survey})
        return the_indicator(assessed(plan, make_drop(files), as_of))

    return report


BASE = {"value": 8.0, "period": 2024, "source": "年报"}


def test_a_ratio_of_sums_in_per_cent(at: At) -> None:
    rows = [year_of(2025, 10, 0.80), year_of(2026, 11, 0.935, to=6)]
    one = at(rows, "2026-06", baseline=BASE)
    assert one.kind == "ratio"
    assert one.value == pytest.approx(100 * 0.935 / 11)
    assert one.value == pytest.approx(8.5)
    assert one.gap == pytest.approx(9 - 8.5), "百分点"
    assert one.completion == pytest.approx(8.5 / 9)
    assert one.progress == pytest.approx((8.5 - 8) / (9 - 8))
    assert one.required.numerator == pytest.approx(0.09 * 66 - 0.935 * 6)
    assert one.required.numerator_unit == "亿元"
    assert one.required.per_month is None
    assert one.elapsed.linear is None
    assert one.reasons["elapsed"] == "no_pace_for_ratios"
    assert one.change_pp == pytest.approx(8.5 - 8.0)
    assert one.growth is None
    assert one.reasons["growth"] == "ratio_has_change_pp"


def test_both_sides_are_projected_and_then_divided(at: At) -> None:
    rows = [year_of(2025, 10, 0.80), year_of(2026, 11, 0.935, to=6)]
    one = at(rows, "2026-06", baseline=BASE)
    spent = 0.935 * 6 + 0.80 * 6 * math.sqrt(0.935 / 0.80)
    earned = 11 * 6 + 10 * 6 * math.sqrt(11 / 10)
    assert one.projection.value == pytest.approx(100 * spent / earned)
    assert one.projection.method == "both_sides"


def test_the_trail_says_which_side_is_which(at: At) -> None:
    one = at([year_of(2026, 11, 0.935, to=6)], "2026-06")
    assert [(step.role, step.column) for step in one.trail] == [("of", "research"), ("to", "output")]


@pytest.mark.parametrize(
    ("spent", "status", "reason"),
    [
        # baseline 8 % at the end of 2024, 9 % wanted 24 months later: 18 of 24 months gone, 0.75 points due
        (0.99, "on_track", "meets_now"),
        (0.959, "on_track", "progress_on_pace"),
        (0.935, "at_risk", "progress_behind_pace"),
        (0.90, "off_track", "progress_behind_pace"),
        (0.88, "off_track", "no_change"),
        (0.85, "deteriorating", "below_baseline"),
    ],
)
def test_states_by_progress_since_the_baseline(at: At, spent: float, status: str, reason: str) -> None:
    one = at([year_of(2026, 11, spent, to=6)], "2026-06", baseline=BASE)
    assert one.value == pytest.approx(100 * spent / 11)
    assert (one.status, one.status_reason) == (status, reason)


def test_what_was_met_before_and_is_not_now_has_lapsed(at: At) -> None:
    one = at([year_of(2026, 11, 0.935, to=6)], "2026-06", baseline={**BASE, "value": 12.9})
    assert (one.status, one.status_reason) == ("lapsed", "was_met_at_baseline")
    assert "base_meets_target" in one.flags


def test_met_is_met_for_good_only_at_the_due_date(at: At) -> None:
    one = at([year_of(2025, 11, 1), year_of(2026, 11, 1.1)], "2026-12", baseline=BASE)
    assert (one.status, one.status_reason) == ("achieved", "target_met")
    missed = at([year_of(2026, 11, 0.95)], "2026-12", baseline=BASE)
    assert (missed.status, missed.status_reason) == ("missed", "deadline_past")


def test_without_a_baseline_there_is_a_gap_and_no_progress(at: At) -> None:
    one = at([year_of(2026, 11, 0.935, to=6)], "2026-06")
    assert one.gap == pytest.approx(0.5)
    assert (one.status, one.status_reason) == ("not_assessable", "no_baseline")
    assert one.reasons["progress"] == "no_baseline"
    assert one.reasons["baseline"] == "no_baseline"


def test_a_denominator_of_zero_is_no_ratio(at: At) -> None:
    one = at(["A | 2026-06 | 0 | 1"], "2026-06")
    assert one.value is None
    assert one.reason == "zero_denominator"
    assert one.status == "not_assessable"


def test_last_years_share_is_that_of_the_same_units_where_the_form_says_it(make_drop: MakeDrop) -> None:
    plan = plan_of(
        {"it": indicator(measure=SHARE, unit="%", target={"at_least": 9, "by": "2026-12"})}, {"output": FORM}
    )
    text = f"{HEAD} | 上年营收 | 上年研发\nA | 2025-06 | 50 | 4 | |\nA | 2026-06 | 66 | 6 | 60 | 4.5"
    one = the_indicator(assessed(plan, make_drop({"产值.csv": text}), "2026-06"))
    assert one.previous.basis == "same_units"
    assert one.previous.value == pytest.approx(100 * 4.5 / 60)
    assert one.previous.final == pytest.approx(100 * 4 / 50)
    assert one.change_pp == pytest.approx(100 * 6 / 66 - 7.5)


# -- directions and what is to be kept


@pytest.mark.parametrize(
    ("spent", "status", "reason"),
    [(0.95, "on_track", "meets_now"), (0.88, "off_track", "no_change"), (0.8, "deteriorating", "below_baseline")],
)
def test_a_mere_direction(at: At, spent: float, status: str, reason: str) -> None:
    one = at([year_of(2026, 11, spent, to=6)], "2026-06", baseline=BASE, target={"rise": True, "by": "2026-12"})
    assert (one.status, one.status_reason) == (status, reason)
    assert one.target.value is None
    assert one.reasons["target.value"] == "direction_only"
    assert one.gap is None
    assert one.reasons["gap"] == "no_target_value"


@pytest.mark.parametrize(
    ("spent", "as_of", "status"),
    [
        (0.95, "2026-06", "on_track"),
        (0.85, "2026-06", "lapsed"),
        (0.95, "2026-12", "achieved"),
        (0.85, "2026-12", "missed"),
    ],
)
def test_a_share_to_be_kept(at: At, spent: float, as_of: str, status: str) -> None:
    rows = [year_of(2026, 11, spent, to=int(as_of[-2:]))]
    assert at(rows, as_of, baseline=BASE, target={"maintain": 8, "by": "2026-12"}).status == status


# -- a proxy for a definition that comes later


TWO_WAYS = {
    "first_of": [
        {"label": "年报", "ratio": {"of": {"sum": "survey.spent"}, "to": {"sum": "output.output"}}},
        {"label": "月报代理", "proxy": True, **SHARE},
    ]
}
SURVEYED = "代码 | 年份 | 经费\nA | 2025 | 13.2"
ROWS = [year_of(2025, 11, 0.95), year_of(2026, 11, 1.1)]


def test_the_annual_form_prevails_in_december(at: At) -> None:
    one = at(ROWS, "2025-12", SURVEYED, measure=TWO_WAYS, baseline=BASE)
    assert one.value == pytest.approx(100 * 13.2 / 132)
    assert (one.proxy, one.provisional) == (False, False)
    assert one.label is not None
    assert one.label.zh == "年报"


def test_a_proxy_is_labelled_and_never_compared_with_the_other(at: At) -> None:
    one = at(ROWS, "2026-06", SURVEYED, measure=TWO_WAYS, baseline=BASE)
    assert one.value == pytest.approx(10)
    assert one.proxy
    assert one.provisional
    assert one.label is not None
    assert one.label.zh == "月报代理"
    assert {"proxy", "definition_differs"} <= set(one.notes)
    assert one.previous.final == pytest.approx(100 * 0.95 / 11), "the proxy of last year, not the annual form"


def test_a_year_closed_with_a_proxy_stays_provisional(at: At) -> None:
    one = at(ROWS, "2026-12", SURVEYED, measure=TWO_WAYS, baseline=BASE)
    assert one.value == pytest.approx(10)
    assert one.proxy
    assert one.provisional
    assert (one.status, one.status_reason) == ("on_track", "meets_now"), "not achieved before the annual form says so"


def test_a_proxy_short_of_the_target_in_december_is_not_missed_yet(at: At) -> None:
    one = at([year_of(2026, 11, 0.935)], "2026-12", SURVEYED, measure=TWO_WAYS, baseline=BASE)
    assert one.status not in {"missed", "achieved"}
    assert one.provisional
