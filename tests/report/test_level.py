"""Levels: a count at a date, a state read off a form, the latest of a few values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_plans import FIRMS, OUTPUT, assessed, form, indicator, plan_of, source, the_indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    MakeDrop = Callable[[Mapping[str, str]], Path]

LIST = """
    代码 | 类别 | 行业 | 标签 | 入园       | 离园
    A    | 工业 | 3973 |      | 2020-01-01 |
    B    | 工业 | 3973 |      | 2025-03-15 |
    C    | 服务 | 6520 |      | 2025-09-01 |
    D    | 工业 | 3973 |      | 2026-02-01 | 2026-07-15
    E    | 工业 | 3973 |      | 2026-12-31 |
"""
BASE = {"value": 1, "period": "2024-12", "source": "名录"}


def members(**changes: Any) -> Any:
    declared = {
        "measure": {"count": "firms", "where": {"kind": "工业"}},
        "unit": "家",
        "target": {"at_least": 4, "by": "2026-12"},
        "baseline": BASE,
    }
    return plan_of({"it": indicator(**{**declared, **changes})}, {"firms": FIRMS, "output": OUTPUT})


@pytest.mark.parametrize(
    ("as_of", "value"), [("2024-12", 1), ("2025-03", 2), ("2026-02", 3), ("2026-06", 3), ("2026-07", 2), ("2026-12", 3)]
)
def test_members_at_the_end_of_a_month(make_drop: MakeDrop, as_of: str, value: int) -> None:
    one = the_indicator(assessed(members(), make_drop({"名录.csv": LIST}), as_of))
    assert one.kind == "level"
    assert one.value == value
    assert one.period is not None
    assert (one.period.start, one.period.end) == (as_of, as_of)


def test_a_list_is_asked_beyond_the_plan_too(make_drop: MakeDrop) -> None:
    one = the_indicator(assessed(members(target=None), make_drop({"名录.csv": LIST}), "2028-03"))
    assert one.value == 3


def test_progress_of_a_level(make_drop: MakeDrop) -> None:
    one = the_indicator(assessed(members(), make_drop({"名录.csv": LIST}), "2026-06"))
    assert one.progress == pytest.approx((3 - 1) / (4 - 1))
    # two thirds of the change in three quarters of the time
    assert (one.status, one.status_reason) == ("at_risk", "progress_behind_pace")
    assert one.distance_to_cut == pytest.approx((2 / 3) / (18 / 24) - 0.95)
    assert one.projection.value == pytest.approx(3 + (3 - 1) / 18 * 6)
    assert one.required.per_month == pytest.approx((4 - 3) / 6)
    assert one.growth == pytest.approx(3 / 2 - 1)
    assert one.previous.period == "2025-06"


def test_milestones_bend_the_path(make_drop: MakeDrop) -> None:
    plan = members(target={"at_least": 4, "by": "2026-12", "milestones": {"2025-12": 2}})
    one = the_indicator(assessed(plan, make_drop({"名录.csv": LIST}), "2026-06"))
    # by milestones 2 + (4 - 2) * 6/12 = 3 was planned for June 2026, so that two thirds of the change were due
    assert (one.status, one.status_reason) == ("on_track", "progress_on_pace")
    assert one.distance_to_cut == pytest.approx(1 - 0.95)


def test_a_level_reached_is_achieved_before_its_date(make_drop: MakeDrop) -> None:
    plan = members(target={"at_least": 3, "by": "2026-12"})
    one = the_indicator(assessed(plan, make_drop({"名录.csv": LIST}), "2026-06"))
    assert (one.status, one.status_reason) == ("achieved", "target_met")


def test_a_level_that_falls_back_after_the_plan_is_judged_at_its_date(make_drop: MakeDrop) -> None:
    leaving = LIST.replace("2026-12-31 |", "2026-12-31 | 2027-01-31").replace("2026-07-15", "2027-02-15")
    one = the_indicator(assessed(members(), make_drop({"名录.csv": leaving}), "2027-03"))
    assert one.value == 4
    assert one.status == "achieved"


STATE = source(
    OUTPUT,
    no_january=False,
    columns={"output": {"header": "从业人员", "type": "number", "unit": "人", "counts": "level"}},
)


def state_plan(measure: Any) -> Any:
    target = {"at_least": 100, "by": "2026-12"}
    return plan_of({"it": indicator(measure=measure, unit="人", target=target)}, {"output": STATE})


def test_a_state_is_read_off_at_its_month(make_drop: MakeDrop) -> None:
    rows = "代码 | 报告期 | 从业人员\nA | 2026-01 | 40\nA | 2026-02 | 50\nB | 2026-02 | 20"
    one = the_indicator(assessed(state_plan({"sum": "output.output"}), make_drop({"产值.csv": rows}), "2026-02"))
    assert one.kind == "level"
    assert one.value == 50 + 20
    assert one.period is not None
    assert one.period.start == "2026-02"


def test_the_latest_value_says_of_which_month_it_is(make_drop: MakeDrop) -> None:
    rows = "代码 | 报告期 | 从业人员\nA | 2026-03 | 40\nA | 2026-05 | 50"
    plan = state_plan({"latest": "output.output"})
    one = the_indicator(assessed(plan, make_drop({"产值.csv": rows}), "2026-06"))
    assert one.value == 50
    assert one.period is not None
    assert one.period.end == "2026-05"
    assert "data_behind" in one.notes


def test_two_latest_values_are_none(make_drop: MakeDrop) -> None:
    rows = "代码 | 报告期 | 从业人员\nA | 2026-05 | 40\nB | 2026-05 | 50"
    plan = state_plan({"latest": "output.output"})
    one = the_indicator(assessed(plan, make_drop({"产值.csv": rows}), "2026-05"))
    assert (one.value, one.reason) == (None, "two_values")


FLOWS = source(
    OUTPUT,
    no_january=False,
    columns={"output": {"header": "本月", "type": "number", "unit": "亿元", "counts": "period"}},
)


def test_flows_of_single_months_are_added_up_from_january(make_drop: MakeDrop) -> None:
    rows = "代码 | 报告期 | 本月\n" + "\n".join(f"A | 2026-{month:02d} | {month}" for month in range(1, 7))
    one = the_indicator(assessed(plan_of(sources={"output": FLOWS}), make_drop({"产值.csv": rows}), "2026-06"))
    assert one.kind == "flow"
    assert one.value == 1 + 2 + 3 + 4 + 5 + 6


def test_a_month_that_is_missing_is_not_zero(make_drop: MakeDrop) -> None:
    rows = "代码 | 报告期 | 本月\n" + "\n".join(f"A | 2026-{month:02d} | 1" for month in (1, 2, 4, 5))
    one = the_indicator(assessed(plan_of(sources={"output": FLOWS}), make_drop({"产值.csv": rows}), "2026-05"))
    assert one.period is not None
    assert (one.value, one.period.end) == (2, "2026-02"), "the last month that is whole"
    assert "data_behind" in one.notes


def test_an_annual_form_speaks_in_december(make_drop: MakeDrop) -> None:
    yearly = source(FLOWS, frequency="annual")
    plan = plan_of(sources={"output": yearly, "monthly": source(OUTPUT, files="月*")})
    folder = make_drop(
        {"产值.csv": "代码 | 报告期 | 本月\nA | 2024 | 90\nA | 2025 | 95", "月报.csv": form("A | 2026-06 | 1 |")}
    )
    one = the_indicator(assessed(plan, folder, "2026-06"))
    assert one.value == 95
    assert one.period is not None
    assert one.period.end == "2025-12"


def test_a_quarterly_form_is_whole_with_its_quarters(make_drop: MakeDrop) -> None:
    quarterly = source(FLOWS, frequency="quarterly")
    rows = "代码 | 报告期 | 本月\nA | 2026-03 | 10\nA | 2026-06 | 20"
    plan = plan_of(sources={"output": quarterly})
    one = the_indicator(assessed(plan, make_drop({"产值.csv": rows}), "2026-07"))
    assert one.value == 10 + 20
    assert one.period is not None
    assert one.period.end == "2026-06"
