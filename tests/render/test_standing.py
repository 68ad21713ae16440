"""The idiom of the 简报, one sentence at a time, on indicators made by hand."""

from __future__ import annotations

from typing import Any

import pytest
from reports import indicator, previous, target

from xicen_kpi.plan.values import Text
from xicen_kpi.render.standing import said, standing_text
from xicen_kpi.report.model import (
    BaselineSection,
    BySchedule,
    ConfirmedSection,
    LastFullYear,
    Period,
    PreviousSection,
    ProjectionSection,
    RequiredSection,
)

PER_MONTH = RequiredSection(per_month=16.39998, growth=0.123, numerator=None, numerator_unit=None, count=None)


def flow(**given: Any) -> Any:
    """137.20004 of 170 亿元 after ten of twelve months, 130.43432 in the same months of last year."""
    plain = {
        "value": 137.20004,
        "target": target(170.0),
        "gap": 170 - 137.20004,
        "completion": 137.20004 / 170,
        "elapsed": BySchedule(linear=10 / 12, seasonal=0.82),
        "pace_gap_pp": BySchedule(linear=100 * (137.20004 / 170 - 10 / 12), seasonal=-1.29),
        "required": PER_MONTH,
        "previous": previous(130.43432),
        "growth": 137.20004 / 130.43432 - 1,
    }
    return indicator(**{**plain, **given})


def zh(one: Any, *, full: bool = False) -> str:
    return standing_text(one, "zh", "half_up", "2026", full=full)


def en(one: Any, *, full: bool = False) -> str:
    return standing_text(one, "en", "half_up", "2026", full=full)


def test_a_flow_on_its_way() -> None:
    assert zh(flow()) == (
        "1—10月，规上工业总产值完成137.2亿元，同比增长5.2%（可比口径），完成年度目标（170亿元）的80.7%，"
        "慢于序时进度2.6个百分点；距目标尚差32.8亿元，后2个月月均需完成16.4亿元。"
    )
    assert en(flow()) == (
        "Industrial output: 137.2 hundred million yuan in January to October 2026, up 5.2% on last year (same units), "
        "80.7% of the 2026 target of 170 hundred million yuan, 2.6 percentage points behind schedule. "
        "32.8 hundred million yuan to go: 16.4 hundred million yuan a month for the 2 months left."
    )


@pytest.mark.parametrize(
    ("growth", "expected"),
    [
        (0.0004, "与上年同期持平"),  # 0.04 % prints as 0.0
        (-0.0004, "与上年同期持平"),
        (0.0005, "同比增长0.1%"),  # 0.05 % is rounded up
        (-0.002, "同比下降0.2%"),
        (1.5, "同比增长150.0%"),
    ],
)
def test_growth_decline_and_no_change(growth: float, expected: str) -> None:
    assert f"，{expected}（可比口径），" in zh(flow(growth=growth))


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("no_last_year", "无上年同期数可比"),
        ("base_not_positive", "上年同期为零或负，不计算增速"),
        ("suppressed", "同比不予公布"),
    ],
)
def test_no_growth_says_why(reason: str, expected: str) -> None:
    nothing = PreviousSection(value=None, period=None, basis=None, final=None, final_growth=None)
    assert f"，{expected}，完成年度目标" in zh(flow(growth=None, previous=nothing, reasons={"growth": reason}))


def test_the_base_is_named_and_the_other_growth_where_it_prints_otherwise() -> None:
    both = previous(130.43432, final=132.90008, final_growth=137.20004 / 132.90008 - 1)
    assert "同比增长5.2%（可比口径；按上年终数计算增长3.2%）" in zh(flow(previous=both))
    same = previous(130.43432, final=130.43432, final_growth=137.20004 / 130.43432 - 1)
    assert "同比增长5.2%（可比口径）" in zh(flow(previous=same))
    nominal = PreviousSection(
        value=132.9, period="2025-01/2025-10", basis="last_year_final", final=132.9, final_growth=0.032
    )
    assert "同比增长3.2%（按上年终数计算）" in zh(flow(growth=0.032, previous=nominal))


@pytest.mark.parametrize(
    ("points", "expected"),
    [(6.6, "快于序时进度6.6个百分点"), (-0.06, "慢于序时进度0.1个百分点"), (0.04, "与序时进度持平")],
)
def test_pace_is_in_percentage_points(points: float, expected: str) -> None:
    assert expected in zh(flow(pace_gap_pp=BySchedule(linear=points, seasonal=None)))


def test_a_target_met_early() -> None:
    one = flow(value=175.1, gap=170 - 175.1, completion=175.1 / 170, status="achieved")
    assert zh(one).endswith("完成年度目标（170亿元）的103.0%；已提前2个月完成年度目标，超额5.1亿元。")
    assert "序时进度" not in zh(one), "a target that is met is no longer measured against the calendar"


def test_a_target_met_exactly_and_at_the_end_of_the_year() -> None:
    whole = Period(start="2026-01", end="2026-12")
    exact = flow(value=170.0, gap=0.0, completion=1.0, period=whole, status="achieved")
    assert zh(exact).startswith("2026年全年，规上工业总产值完成170.0亿元")
    assert zh(exact).endswith("的100.0%；恰好完成目标。")
    over = flow(value=171.0, gap=-1.0, completion=171 / 170, period=whole, status="achieved")
    assert zh(over).endswith("；已超额完成1.0亿元。")
    missed = flow(value=169.98, gap=170 - 169.98, completion=169.98 / 170, period=whole, status="missed")
    assert zh(missed).endswith("完成年度目标（170亿元）的99.9%；年度目标未完成，缺口0.02亿元。"), (
        "99.99 % is not 100.0 %"
    )


def test_the_last_month() -> None:
    assert zh(flow(period=Period(start="2026-01", end="2026-11"))).endswith("距目标尚差32.8亿元，须在最后1个月完成。")


def test_counts_have_no_growth_and_run_since_the_plan_began() -> None:
    span = Period(start="2025-01", end="2026-10")
    one = indicator(
        kind="count", unit="家", decimals=0, name=Text(zh="新增企业", en="new enterprises"), period=span, value=19.0,
        target=target(20.0, over="plan"), gap=1.0, completion=0.95,
        pace_gap_pp=BySchedule(linear=95 - 100 * 22 / 24, seasonal=None),
    )  # fmt: skip
    assert (
        zh(one) == "2025年以来，新增企业累计19家，完成目标（20家）的95.0%，快于序时进度3.3个百分点；"
        "尚差1家，须在后2个月内完成。"
    )
    assert en(one) == (
        "New enterprises: 19 since January 2025, 95.0% of the target of 20, 3.3 percentage points ahead of schedule. "
        "1 to go in the 2 months left."
    )


def ratio(**given: Any) -> Any:
    plain = {
        "kind": "ratio", "unit": "%", "name": Text(zh="占比", en="share"), "value": 47.3,
        "target": target(50.0), "gap": 2.7, "completion": 0.946, "previous": previous(47.6), "change_pp": -0.3,
    }  # fmt: skip
    return indicator(**{**plain, **given})


def test_a_share_falls_short_by_percentage_points_never_by_per_cent() -> None:
    lacks = RequiredSection(per_month=None, growth=None, numerator=8.85, numerator_unit="亿元", count=None)
    assert zh(ratio(required=lacks)) == (
        "1—10月，占比为47.3%（阶段值），同比下降0.3个百分点（可比口径）；"
        "低于目标（50%）2.7个百分点，按现有分母计算，分子还需增加8.9亿元。"
    )
    assert "2.7%" not in zh(ratio())
    assert "the numerator lacks 8.9 hundred million yuan" in en(ratio(required=lacks)), "the same digits as in 亿元"


def test_a_share_at_the_end_of_the_year_is_no_interim_value() -> None:
    assert "阶段值" not in zh(ratio(period=Period(start="2026-01", end="2026-12")))
    assert "高于目标（50%）0.5个百分点" in zh(ratio(value=50.5, gap=-0.5))
    assert "与目标（50%）持平" in zh(ratio(value=50.0, gap=0.0))
    assert "同比提高0.4个百分点" in zh(ratio(change_pp=0.4))
    assert "与上年同期持平" in zh(ratio(change_pp=0.01))


def test_a_baseline_above_the_target_is_a_floor() -> None:
    base = BaselineSection(value=12.9, period="2024", source="公开报道")
    one = ratio(
        value=9.7,
        target=target(9.0),
        gap=-0.7,
        baseline=base,
        flags=("base_meets_target",),
        proxy=True,
        provisional=True,
    )
    assert "为9.7%（初步数、阶段值、代理口径）" in zh(one)
    assert "基期（2024年，12.9%）已高于目标，应以不回落为要" in zh(one, full=True)


def test_a_ceiling() -> None:
    one = flow(target=target(130.0, "at_most"), value=137.2, gap=7.2, completion=137.2 / 130)
    assert "为控制目标（130亿元）的105.5%" in zh(one)
    assert zh(one).endswith("；已超出控制目标7.2亿元。")
    within = flow(target=target(140.0, "at_most"), value=137.2, gap=-2.8, completion=0.98)
    assert zh(within).endswith("；控制在目标以内，尚余2.8亿元。")


def test_a_direction_is_set_against_the_baseline() -> None:
    base = BaselineSection(value=29.2, period="2024", source="样例")
    one = ratio(value=33.8, target=target(None, "rise"), gap=None, completion=None, baseline=base)
    assert "较基期（2024年，29.2%）提高4.6个百分点" in zh(one)


def test_no_value_says_why() -> None:
    assert (
        zh(indicator(value=None, period=None, reason="source_missing"))
        == "规上工业总产值：暂无数据，缺少所需的数据文件。"
    )
    assert zh(indicator(value=None, period=None, reason="january_exempt")) == (
        "规上工业总产值：月度报表1月免报，首期数据为1—2月。"
    )
    hidden = indicator(value=None, suppressed=True, reason="suppressed")
    assert zh(hidden) == "规上工业总产值：为保护单个调查对象资料，不予公布。"
    assert en(hidden) == "Industrial output: withheld to protect single respondents."


def test_a_target_year_that_has_not_begun() -> None:
    last = LastFullYear(value=162.1, period="2025", gap=170 - 162.1, completion=162.1 / 170)
    one = flow(
        period=Period(start="2025-01", end="2025-12"), value=162.1, status="not_assessable", completion=None, gap=None,
        status_reason="target_year_not_begun", last_full_year=last,
    )  # fmt: skip
    text = zh(one)
    assert text.startswith("2025年全年，规上工业总产值完成162.1亿元，同比增长")
    assert text.endswith("；目标年度（2026年）尚未开始。2025年全年162.1亿元，距2026年目标（170亿元）尚差7.9亿元。")
    met = LastFullYear(value=171.0, period="2025", gap=-1.0, completion=171 / 170)
    assert zh(flow(status="not_assessable", status_reason="target_year_not_begun", last_full_year=met)).endswith(
        "已达到2026年目标（170亿元）。"
    )


def test_stale_data_are_not_assessed() -> None:
    assert zh(flow(status="not_assessable", status_reason="stale")).endswith("；不作评估：数据过旧，不予评估。")


def test_confirmed_and_preliminary_figures_are_marked() -> None:
    assert "完成137.2亿元（初步数），" in zh(flow(provisional=True))
    sure = ConfirmedSection(value=137.20004, computed=137.0, difference=0.20004)
    assert "完成137.2亿元（核定数），" in zh(flow(provisional=True, confirmed=sure))


def test_another_year_is_named() -> None:
    assert zh(flow(period=Period(start="2025-01", end="2025-10"))).startswith("2025年1—10月，")


def test_the_full_brief_adds_season_and_projection() -> None:
    ahead = ProjectionSection(value=167.0953, low=162.7023, high=171.2042, method="mean(damped_yoy, seasonal_share)")
    text = zh(flow(projection=ahead), full=True)
    assert "较常年同期进度慢1.3个百分点" in text
    assert text.endswith("预计全年167.1亿元（162.7亿元—171.2亿元）。")
    point = ProjectionSection(value=167.0953, low=None, high=None, method="linear")
    assert zh(flow(projection=point), full=True).endswith("预计全年167.1亿元。")


def test_a_figure_has_the_same_digits_in_both_languages() -> None:
    assert said(137.25, "亿元", 1, "en", "half_up") == "137.3 hundred million yuan"
    assert said(137.25, "亿元", 1, "zh", "half_up") == "137.3亿元"
    assert said(5.0, "万元", 0, "en", "half_up") == "5 ten thousand yuan"
    assert said(5.0, "项", 0, "en", "half_up") == "5"
    assert said(None, "亿元", 1, "zh", "half_up") == "–亿元"
