"""The state of every promise, from the office's ledger and from the indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from small_plans import OUTPUT, Declaration, assessed, form, indicator, plan_of, the_commitment, year_of

from xicen_kpi.report.commitments import natural

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from xicen_kpi.report.model import CommitmentReport

    MakeDrop = Callable[[Mapping[str, str]], Path]
    State = Callable[..., CommitmentReport]

LEDGER: Declaration = {
    "title": "承诺台账",
    "files": "台账*",
    "frequency": "ledger",
    "key": ["id", "item"],
    "columns": {
        "id": {"header": "编号", "type": "code"},
        "item": {"header": "事项"},
        "state": {"header": "状态"},
        "due": {"header": "计划完成日期", "type": "date"},
        "finished": {"header": "完成日期", "type": "date"},
        "done": {"header": "完成数", "type": "number", "unit": "项"},
        "total": {"header": "总数", "type": "number", "unit": "项"},
        "responsible": {"header": "责任单位"},
        "evidence": {"header": "佐证材料"},
    },
}
HEAD = "编号 | 事项 | 状态 | 计划完成日期 | 完成日期 | 完成数 | 总数 | 责任单位 | 佐证材料"
MILESTONE = {"kind": "milestone", "cite": {"section": "二", "quote": "建成一座大厅"}, "due": "2026-06"}
FORM = form(year_of("A", 2025, 8), year_of("A", 2026, 9, to=10))


def plan_with(commitment: Declaration, **changes: Any) -> Any:
    sources = {"output": OUTPUT, "ledger": LEDGER}
    return plan_of(sources=sources, ledger="ledger", commitments={"T1.1": commitment}, **changes)


@pytest.fixture
def state(make_drop: MakeDrop) -> State:
    """The report of T1.1 at a month, with these lines in the ledger."""

    def report(lines: str, as_of: str, **changes: Any) -> CommitmentReport:
        text = f"{HEAD}\n{lines}" if lines else f"{HEAD}\nT9.9 | 别的 | 推进中 | | | | | |"
        folder = make_drop({"产值.csv": FORM, "台账.csv": text})
        return the_commitment(assessed(plan_with({**MILESTONE, **changes}), folder, as_of), "T1.1")

    return report


# -- milestones


def test_done_on_a_day_is_done_from_that_day(state: State) -> None:
    line = "T1.1 | 大厅 | 已完成 | 2026-06-30 | 2026-03-15 | | | 办公室 | 验收报告"
    march = state(line, "2026-03")
    assert (march.state, march.reason, march.date) == ("done", "ledger", "2026-03-15")
    assert (march.responsible, march.evidence) == ("办公室", "验收报告")
    february = state(line, "2026-02")
    assert (february.state, february.date) == ("in_progress", None)


@pytest.mark.parametrize(
    ("words", "as_of", "expected"),
    [
        ("推进中", "2026-06", "in_progress"),
        ("推进中", "2026-07", "overdue"),
        ("未启动", "2026-06", "not_started"),
        ("未启动", "2026-07", "overdue"),
        ("已完成", "2026-01", "done"),
    ],
)
def test_states_of_a_milestone(state: State, words: str, as_of: str, expected: str) -> None:
    assert state(f"T1.1 | 大厅 | {words} | | | | | |", as_of).state == expected


def test_the_ledgers_own_date_comes_before_the_plans(state: State) -> None:
    assert state("T1.1 | 大厅 | 推进中 | 2026-03-31 | | | | |", "2026-04").state == "overdue"
    assert state("T1.1 | 大厅 | 推进中 | 2026-12-31 | | | | |", "2026-07").state == "in_progress"


def test_without_a_date_the_end_of_the_plan_counts(state: State) -> None:
    one = state("T1.1 | 大厅 | 推进中 | | | | | |", "2026-12", due=None)
    assert (one.due, one.state) == ("2026-12", "in_progress")
    assert state("T1.1 | 大厅 | 推进中 | | | | | |", "2027-01", due=None).state == "overdue"


def test_done_late_is_done(state: State) -> None:
    one = state("T1.1 | 大厅 | 已完成 | 2026-03-31 | 2026-08-01 | | | |", "2026-08")
    assert one.state == "done"
    assert state("T1.1 | 大厅 | 已完成 | 2026-03-31 | 2026-08-01 | | | |", "2026-07").state == "overdue"


def test_all_steps_of_a_milestone_must_be_done(state: State) -> None:
    lines = "T1.1 | 选址 | 已完成 | | 2026-01-31 | | | | 批文\nT1.1 | 建设 | 推进中 | | | | | | 照片"
    one = state(lines, "2026-06")
    assert one.state == "in_progress"
    assert one.date is None
    assert one.evidence == "批文; 照片"
    assert state(lines.replace("推进中", "已完成"), "2026-06").state == "done"


# -- what is not in the ledger


def test_what_the_ledger_does_not_name_is_not_reported(state: State) -> None:
    one = state("", "2026-10")
    assert (one.state, one.reason) == ("not_reported", "not_in_ledger")


def test_without_the_ledger_nothing_is_reported(make_drop: MakeDrop) -> None:
    found = assessed(plan_with(MILESTONE), make_drop({"产值.csv": FORM}), "2026-10")
    one = the_commitment(found, "T1.1")
    assert (one.state, one.reason) == ("not_reported", "source_missing")


def test_what_is_not_tracked_says_why(state: State) -> None:
    one = state("", "2026-10", not_tracked="无法计量")
    assert (one.state, one.reason) == ("not_tracked", "无法计量")
    assert state("T1.1 | 大厅 | 推进中 | | | | | |", "2026-05", not_tracked="无法计量").state == "in_progress"


def test_an_entry_that_the_plan_does_not_know_is_said(make_drop: MakeDrop) -> None:
    folder = make_drop({"产值.csv": FORM, "台账.csv": f"{HEAD}\nT9.9 | 别的 | 推进中 | | | | | |"})
    found = assessed(plan_with(MILESTONE), folder, "2026-10")
    assert [dict(one.parameters) for one in found.findings if one.slug == "commitment-not-in-plan"] == [{"id": "T9.9"}]


# -- enumerated


LIST = {"kind": "enumerated", "cite": {"section": "二", "quote": "五项改革"}, "due": "2026-06", "total": 5}


@pytest.mark.parametrize(
    ("lines", "done", "expected"),
    [
        ("T1.1 | 改革 | 推进中 | | | 2 | 5 | |", 2, "in_progress"),
        ("T1.1 | 改革 | 推进中 | | | 5 | 5 | |", 5, "done"),
        ("T1.1 | 改革 | 已完成 | | 2026-04-30 | | | |", 5, "done"),
        ("T1.1 | 甲 | 已完成 | | 2026-01-31 | | | |\nT1.1 | 乙 | 推进中 | | | | | |", 1, "in_progress"),
        ("T1.1 | 甲 | 未启动 | | | | | |\nT1.1 | 乙 | 未启动 | | | | | |", 0, "not_started"),
        ("\n".join(f"T1.1 | 第{i}项 | 已完成 | | 2026-01-31 | | | |" for i in range(5)), 5, "done"),
        ("T1.1 | 甲 | 推进中 | | | 1 | | |\nT1.1 | 乙 | 推进中 | | | 2 | | |", 3, "in_progress"),
    ],
)
def test_items_of_a_list_are_counted(state: State, lines: str, done: int, expected: str) -> None:
    one = state(lines, "2026-05", **LIST)
    assert (one.done, one.total, one.state) == (done, 5, expected)


def test_the_names_of_items_say_how_many_there_are(state: State) -> None:
    one = state("T1.1 | 改革 | 推进中 | | | 1 | | |", "2026-05", kind="enumerated", items=["甲", "乙", "丙"])
    assert (one.done, one.total) == (1, 3)


def test_a_list_that_is_late(state: State) -> None:
    assert state("T1.1 | 改革 | 推进中 | | | 4 | 5 | |", "2026-07", **LIST).state == "overdue"


# -- once a year


YEARLY = {"kind": "milestone", "cite": {"section": "三", "quote": "每年评估一次"}, "due": None, "yearly": [2025, 2026]}
FIRST = "T1.1 | 2025年评估 | 已完成 | 2025-12-31 | 2025-12-20 | | | | 报告"
SECOND = "T1.1 | 2026年评估 | 已完成 | 2026-12-31 | 2026-12-10 | | | | 报告"


@pytest.mark.parametrize(
    ("lines", "as_of", "done", "expected"),
    [
        (FIRST, "2025-11", 0, "in_progress"),
        (FIRST, "2026-06", 1, "in_progress"),
        (f"{FIRST}\n{SECOND}", "2026-11", 1, "in_progress"),
        (f"{FIRST}\n{SECOND}", "2026-12", 2, "done"),
        # nothing done for 2025, and 2025 is over
        (SECOND, "2026-06", 0, "overdue"),
        (FIRST, "2027-01", 1, "overdue"),
    ],
)
def test_a_promise_for_every_year(state: State, lines: str, as_of: str, done: int, expected: str) -> None:
    one = state(lines, as_of, **YEARLY)
    assert (one.done, one.total, one.state) == (done, 2, expected)


# -- directions


def test_a_direction_is_never_overdue(state: State) -> None:
    for as_of in ("2026-05", "2026-12", "2028-01"):
        one = state("T1.1 | 大厅 | 推进中 | 2025-12-31 | | | | |", as_of, kind="directional")
        assert one.state == "in_progress"


# -- numbered targets


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ({"at_least": 100, "by": "2026-12"}, "in_progress"),
        ({"at_least": 80, "by": "2026-12"}, "done"),
        ({"at_most": 80, "by": "2026-12"}, "overdue"),
    ],
)
def test_a_numbered_target_has_the_state_of_its_indicator(
    make_drop: MakeDrop, target: Declaration, expected: str
) -> None:
    plan = plan_of({"it": indicator(target=target)})
    one = the_commitment(assessed(plan, make_drop({"产值.csv": FORM}), "2026-10"), "G1.1")
    assert (one.kind, one.state, one.indicators) == ("quantitative", expected, ("it",))
    assert one.due == "2026-12"
    assert one.quote == "每年达100亿元"


def test_a_commitment_may_have_indicators_and_a_ledger_line(make_drop: MakeDrop) -> None:
    plan = plan_with(MILESTONE, indicators={"it": indicator(commitment=["T1.1"])})
    folder = make_drop({"产值.csv": FORM, "台账.csv": f"{HEAD}\nT1.1 | 大厅 | 推进中 | | | | | |"})
    one = the_commitment(assessed(plan, folder, "2026-05"), "T1.1")
    assert (one.kind, one.state, one.indicators) == ("milestone", "in_progress", ("it",))


def test_commitments_stand_in_the_order_of_the_plan() -> None:
    names = ["T10.2", "S1.1", "G1.2", "T2.10", "G1.10", "T2.9", "X1.1"]
    assert sorted(names, key=natural) == ["X1.1", "G1.2", "G1.10", "T2.9", "T2.10", "T10.2", "S1.1"]
