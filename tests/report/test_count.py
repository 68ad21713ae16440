"""Counts of a ledger's entries: over the whole plan or a year, up to the ledger's own day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_plans import Declaration, assessed, indicator, plan_of, the_indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xicen_kpi.report.model import IndicatorReport

    MakeDrop = Callable[[Mapping[str, str]], Path]
    At = Callable[..., IndicatorReport]

LEDGER: Declaration = {
    "title": "台账",
    "files": "台账*",
    "frequency": "ledger",
    "key": "name",
    "dated": "day",
    "columns": {
        "name": {"header": "名称"},
        "day": {"header": "日期", "type": "date"},
        "state": {"header": "状态"},
    },
}
ENTRIES = """
    名称 | 日期       | 状态
    a    | 2024-12-31 | 有
    b    | 2025-01-01 | 有
    c    | 2025-06-15 | 无
    d    | 2025-12-31 | 有
    e    | 2026-03-01 | 有
    e    | 2026-04-01 | 有
    f    | 2026-09-30 | 有
    g    |            | 有
"""


@pytest.fixture
def at(make_drop: MakeDrop) -> At:
    def report(as_of: str, text: str = ENTRIES, where: Declaration | None = None, **changes: Any) -> IndicatorReport:
        declared = {
            "measure": {"done": "ledger", "where": where or {}},
            "unit": "个",
            "decimals": 0,
            "target": {"at_least": 8, "by": "2026-12", "over": "plan"},
        }
        plan = plan_of({"it": indicator(**{**declared, **changes})}, {"ledger": LEDGER})
        return the_indicator(assessed(plan, make_drop({"台账.csv": text}), as_of))

    return report


@pytest.mark.parametrize(
    ("as_of", "value"), [("2025-01", 1), ("2025-05", 1), ("2025-06", 2), ("2025-12", 3), ("2026-03", 4), ("2026-12", 5)]
)
def test_entries_of_the_plan_so_far_each_name_once(at: At, as_of: str, value: int) -> None:
    one = at(as_of)
    assert one.kind == "count"
    assert one.value == value


def test_pace_and_requirement_over_24_months(at: At) -> None:
    one = at("2026-06")
    assert one.value == 4
    assert one.elapsed.linear == pytest.approx(18 / 24)
    assert one.pace_gap_pp.linear == pytest.approx(100 * (4 / 8 - 18 / 24))
    assert one.progress == pytest.approx(4 / 8)
    assert one.required.count == 8 - 4
    assert one.required.per_month == pytest.approx((8 - 4) / 6)
    assert one.projection.value == pytest.approx(4 / 18 * 24)
    assert (one.status, one.status_reason) == ("at_risk", "progress_behind_pace")
    assert one.distance_to_cut == pytest.approx((4 / 8) / (18 / 24) - 0.60), "R = 0.667, nearest to the cut at 0.60"
    assert one.growth is None
    assert one.reasons["growth"] == "count_over_plan"


@pytest.mark.parametrize(
    ("wanted", "status"),
    # R = (4 / wanted) / (18 / 24): 4/5.6 just above 0.95, and so on
    [(4, "achieved"), (5, "on_track"), (6, "at_risk"), (8, "at_risk"), (9, "off_track"), (40, "off_track")],
)
def test_states_by_pace(at: At, wanted: int, status: str) -> None:
    assert at("2026-06", target={"at_least": wanted, "by": "2026-12", "over": "plan"}).status == status


def test_nothing_yet_is_no_change(at: At) -> None:
    one = at("2025-06", text="名称 | 日期 | 状态\nx | 2026-11-01 | 有")
    assert one.value == 0
    assert (one.status, one.status_reason) == ("off_track", "no_change")


def test_before_the_plan_nothing_is_judged(at: At) -> None:
    one = at("2024-12")
    assert one.value == 0
    assert (one.status, one.status_reason) == ("not_assessable", "plan_not_begun")


def test_the_start_of_counting_is_a_setting(make_drop: MakeDrop) -> None:
    target = {"at_least": 8, "by": "2026-12", "over": "plan"}
    counted = indicator(measure={"done": "ledger"}, unit="个", target=target)
    plan = plan_of({"it": counted}, {"ledger": LEDGER}, plan={"count_from": "2025-10"})
    one = the_indicator(assessed(plan, make_drop({"台账.csv": ENTRIES}), "2026-06"))
    assert one.value == 2, "d and e"
    assert one.elapsed.linear == pytest.approx(9 / 15), "October 2025 to June 2026 of 15 months"
    assert one.period is not None
    assert one.period.start == "2025-10"


def test_a_ledger_speaks_up_to_its_own_day(at: At) -> None:
    text = "平台台账 | |\n截至日期：2026年4月30日 | |\n" + ENTRIES.strip()
    one = at("2026-06", text=text)
    assert one.period is not None
    assert one.period.end == "2026-04"
    assert one.elapsed.linear == pytest.approx(16 / 24)
    assert "data_behind" in one.notes


def test_yes_and_no_in_a_filter(at: At) -> None:
    assert at("2026-12", where={"state": True}).value == 4
    assert at("2026-12", where={"state": False}).value == 1


def test_the_last_month_decides(at: At) -> None:
    assert at("2026-12").status == "missed"
    assert at("2026-12", target={"at_least": 5, "by": "2026-12", "over": "plan"}).status == "achieved"


def test_a_target_for_one_year_counts_the_entries_of_that_year(at: At) -> None:
    one = at("2026-06", target={"at_least": 4, "by": "2026-12", "over": "year"})
    assert one.value == 1, "e; b, c and d are of 2025"
    assert one.period is not None
    assert (one.period.start, one.period.end) == ("2026-01", "2026-06")
    assert one.elapsed.linear == pytest.approx(6 / 12)
    assert one.progress == pytest.approx(1 / 4)
    assert one.status == "off_track"
    assert one.distance_to_cut == pytest.approx((1 / 4) / (6 / 12) - 0.60)
    assert one.projection.value == pytest.approx(1 / 6 * 12)


def test_a_target_for_next_year_has_not_begun(at: At) -> None:
    one = at("2025-06", target={"at_least": 4, "by": "2026-12", "over": "year"})
    assert one.value == 2, "b and c, of the year so far"
    assert (one.status, one.status_reason) == ("not_assessable", "target_year_not_begun")


def test_without_a_date_column_nothing_is_counted(at: At) -> None:
    one = at("2026-06", text="名称 | 状态\na | 有")
    assert one.value is None
    assert one.reason == "column_missing"


def test_without_the_ledger_nothing_is_counted(make_drop: MakeDrop) -> None:
    counted = indicator(measure={"done": "ledger"}, unit="个")
    other = {
        "title": "别",
        "files": "别*",
        "frequency": "ledger",
        "key": "name",
        "columns": {"name": {"header": "名称"}},
    }
    plan = plan_of(
        {"it": counted, "other": indicator(measure={"count": "other"}, unit="个")}, {"ledger": LEDGER, "other": other}
    )
    one = the_indicator(assessed(plan, make_drop({"别的.csv": "截至日期：2026年6月30日\n名称\nx"}), "2026-06"))
    assert one.value is None
    assert one.reason == "source_missing"
