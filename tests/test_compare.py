"""Two drops that differ by one revision, one late report and one reclassified code: exactly these three are named."""

from __future__ import annotations

import csv
import json
import math
from typing import Any

import pytest

from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.period import Month
from xicen_kpi.read.drop import open_drop
from xicen_kpi.render.comparison import comparison_json, comparison_markdown, comparison_text
from xicen_kpi.render.json_ import json_text
from xicen_kpi.report.assessment import Asked, assess
from xicen_kpi.report.compare import Given, compare_drops
from xicen_kpi.report.compare_model import Cause
from xicen_kpi.report.compare_saved import compare_reports

A, B, C, D = "91310118YL00000204", "91310118YL00000391", "91310118YL0000047U", "91310118YL0000055N"
NEW = "91310118YL0000637W"
CITE = {"section": "一", "quote": "样例"}


def sum_of(column: str, **where: Any) -> dict[str, Any]:
    return {"sum": f"form.{column}", "where": {"in_park": True, **where}}


def plan(**changes: Any) -> Any:
    content = {
        "plan": {
            "title": "样例",
            "document": "样",
            "issuer": "样",
            "issued": "2025-01-01",
            "period": {"start": "2025-01", "end": "2026-12"},
        },
        "groups": {"it": {"name": "信息", "basis": "样", "whole": ["3973"]}},
        "sources": {
            "list": {
                "title": "名录",
                "files": "名录*",
                "frequency": "list",
                "key": ["uscc"],
                "columns": {
                    "uscc": {"header": "代码", "type": "uscc"},
                    "industry": {"header": "行业代码", "type": "industry"},
                },
            },
            "form": {
                "title": "报表",
                "files": "报表*",
                "frequency": "monthly",
                "key": ["uscc", "period"],
                "link": "list",
                "columns": {
                    "uscc": {"header": "代码", "type": "uscc"},
                    "period": {"header": "报告期", "type": "month"},
                    "output": {"header": "产值", "type": "number", "unit": "亿元", "counts": "year_to_date"},
                    "rnd": {"header": "研发", "type": "number", "unit": "亿元", "counts": "year_to_date"},
                },
            },
        },
        "indicators": {
            "output": {
                "name": "产值",
                "cite": CITE,
                "measure": sum_of("output"),
                "unit": "亿元",
                "target": {"at_least": 170, "by": "2026-12"},
            },
            "it": {"name": "信息产值", "cite": CITE, "measure": sum_of("output", group="it"), "unit": "亿元"},
            "share": {
                "name": "信息比重",
                "cite": CITE,
                "measure": {"ratio": {"of": sum_of("output", group="it"), "to": sum_of("output")}},
                "unit": "%",
            },
            **changes,
        },
    }
    return Plan.model_validate(content)


def write(folder: Any, listed: Any, rows: Any) -> Any:
    folder.mkdir()
    for name, head, lines in (
        ("名录", ["代码", "行业代码"], listed),
        ("报表", ["代码", "报告期", "产值", "研发"], rows),
    ):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *lines])
    return folder


OLD_LIST = [[A, "3973"], [B, "3973"], [C, "3562"], [D, "3562"]]
OLD_ROWS: list[list[Any]] = [
    [code, month, amount, 1] for code, amount in ((A, 40), (B, 30), (C, 20)) for month in ("2026-09", "2026-10")
]
OLD_ROWS += [[D, "2026-09", 10, 1]]


@pytest.fixture
def old(tmp_path: Any) -> Any:
    return write(tmp_path / "old", OLD_LIST, OLD_ROWS)


@pytest.fixture
def new(tmp_path: Any) -> Any:
    """A revised by +5 in October, D reports October late, C is now 3973."""
    rows = [[A, "2026-10", 45, 1] if row[:2] == [A, "2026-10"] else row for row in OLD_ROWS]
    listed = [[code, "3973" if code == C else industry] for code, industry in OLD_LIST]
    return write(tmp_path / "new", listed, [*rows, [D, "2026-10", 11, 1]])


def given(folder: Any, declared: Any = None, mark: Any = "a") -> Any:
    declared = declared or plan()
    return Given(folder.name, declared, mark, open_drop(folder, declared.sources))


def compared(old: Any, new: Any, asked: Any = None, *, before: Any = None) -> Any:
    first = given(old, before, "a" if before is None else "other")
    return compare_drops(first, given(new), asked or Asked()).comparison


def effects(comparison: Any, name: Any) -> Any:
    found = next(one for one in comparison.indicators if one.id == name)
    return {(cause.cause, one.code): one.effect for cause in found.causes for one in cause.enterprises}


def test_exactly_the_three_are_named_and_their_effects_add_up(old: Any, new: Any) -> None:
    comparison = compared(old, new)
    assert effects(comparison, "output") == pytest.approx({(Cause.REVISED, A): 45 - 40, (Cause.LATE, D): 11})
    assert effects(comparison, "it") == pytest.approx({(Cause.REVISED, A): 45 - 40, (Cause.RECLASSIFIED, C): 20})
    share = effects(comparison, "share")
    assert set(share) == {(Cause.REVISED, A), (Cause.LATE, D), (Cause.RECLASSIFIED, C)}
    assert sum(share.values()) == pytest.approx(
        100 * ((45 + 30 + 20) / (45 + 30 + 20 + 11) - (40 + 30) / (40 + 30 + 20))
    )
    named = {code for name in ("output", "it", "share") for _, code in effects(comparison, name)}
    assert named == {A, C, D}


def test_the_effects_of_every_indicator_add_up_to_its_change(old: Any, new: Any) -> None:
    for one in compared(old, new).indicators:
        assert math.fsum(cause.effect for cause in one.causes) == pytest.approx(one.change)


def test_a_later_month_is_told_apart_from_a_revision(old: Any, tmp_path: Any) -> None:
    rows = [[A, "2026-10", 41, 1] if row[:2] == [A, "2026-10"] else row for row in OLD_ROWS]
    later = [[code, "2026-11", amount, 1] for code, amount in ((A, 50), (B, 33), (C, 22), (D, 12))]
    comparison = compared(old, write(tmp_path / "new", OLD_LIST, [*rows, *later]))
    assert effects(comparison, "output") == pytest.approx(
        {
            (Cause.REVISED, A): 41 - 40,
            (Cause.NEW_PERIOD, A): 50 - 41,
            (Cause.NEW_PERIOD, B): 33 - 30,
            (Cause.NEW_PERIOD, C): 22 - 20,
            (Cause.NEW_PERIOD, D): 12,
        }
    )


def test_one_that_nobody_knew_enters_and_one_whose_rows_are_gone_leaves(old: Any, tmp_path: Any) -> None:
    rows = [row for row in OLD_ROWS if row[0] != B]
    new = write(tmp_path / "new", [*OLD_LIST, [NEW, "3562"]], [*rows, [NEW, "2026-10", 7, 1]])
    assert effects(compared(old, new), "output") == pytest.approx({(Cause.EXIT, B): -30, (Cause.ENTRANT, NEW): 7})


def test_one_revised_and_reclassified_at_once_has_both_effects(old: Any, tmp_path: Any) -> None:
    rows = [[C, "2026-10", 26, 1] if row[:2] == [C, "2026-10"] else row for row in OLD_ROWS]
    listed = [[code, "3973" if code == C else industry] for code, industry in OLD_LIST]
    comparison = compared(old, write(tmp_path / "new", listed, rows))
    assert effects(comparison, "output") == pytest.approx({(Cause.REVISED, C): 26 - 20})
    assert effects(comparison, "it") == pytest.approx({(Cause.RECLASSIFIED, C): 26})


def test_a_change_of_the_plan_is_told_apart(old: Any, new: Any) -> None:
    narrower = {"output": {"name": "产值", "cite": CITE, "measure": {"sum": "form.rnd"}, "unit": "亿元"}}
    found = effects(compared(old, new, before=plan(**narrower)), "output")
    # Before: three enterprises with 1 each; then by the new plan 40 + 30 + 20.
    assert sum(effect for (cause, _), effect in found.items() if cause is Cause.PLAN) == pytest.approx(90 - 3)
    assert found[Cause.REVISED, A] == pytest.approx(5)


def test_nothing_changed_is_said(old: Any, tmp_path: Any) -> None:
    comparison = compared(old, write(tmp_path / "same", OLD_LIST, OLD_ROWS))
    assert [one for one in comparison.indicators if one.moved] == []
    assert "没有变化" in comparison_text(comparison, "zh")


def test_a_state_that_hangs_on_a_small_revision_is_said(tmp_path: Any) -> None:
    rows = [[A, "2026-12", 100, 1], [B, "2026-12", 69.5, 1]]
    before = write(tmp_path / "before", OLD_LIST, rows)
    after = write(tmp_path / "after", OLD_LIST, [[A, "2026-12", 100.6, 1], rows[1]])
    found = next(one for one in compared(before, after).indicators if one.id == "output")
    assert (found.old.status, found.new.status) == ("missed", "achieved")
    assert found.by_small_revision
    assert "仅因小幅修订" in comparison_text(compared(before, after), "zh")


def test_the_public_sees_no_enterprise_and_no_cause(old: Any, new: Any) -> None:
    comparison = compared(old, new, Asked(audience="public"))
    for text in (comparison_text(comparison, "zh"), comparison_markdown(comparison, "zh"), comparison_json(comparison)):
        assert not any(code in text for code in (A, B, C, D))
    assert all(one.causes == () for one in comparison.indicators)


def test_texts_name_causes_and_enterprises_and_cap_the_list(old: Any, tmp_path: Any) -> None:
    rows = [[row[0], row[1], row[2] + 1, 1] for row in OLD_ROWS]
    comparison = compared(old, write(tmp_path / "new", OLD_LIST, rows))
    text = comparison_text(comparison, "zh", 1)
    assert "旧期修订 +3.0 亿元" in text
    assert "另有 2 家" in text
    assert "| 产值 | 90.0 亿元 | 93.0 亿元 | +3.0 亿元 |" in comparison_markdown(comparison, "zh")


def test_the_json_holds_every_key_and_reads_back(old: Any, new: Any) -> None:
    content = json.loads(comparison_json(compared(old, new)))
    assert content["kind"] == "drops"
    output = next(one for one in content["indicators"] if one["id"] == "output")
    assert {cause["cause"]: cause["effect"] for cause in output["causes"]} == pytest.approx({"revised": 5, "late": 11})


# -- saved reports


def saved(folder: Any, as_of: Any = None, **changes: Any) -> Any:
    declared = plan()
    asked = Asked(as_of=as_of)
    report = assess(declared, open_drop(folder, declared.sources), asked, sha256="a").report
    return {**json.loads(json_text(report)), **changes}


def test_two_saved_reports_give_figures_and_states(old: Any, new: Any) -> None:
    comparison = compare_reports(("old.json", saved(old)), ("new.json", saved(new)), "zh", "internal")
    output = next(one for one in comparison.indicators if one.id == "output")
    assert output.change == pytest.approx(5 + 11)
    assert [cause.cause for cause in output.causes] == [Cause.REVISED]


def test_a_later_report_is_a_later_period(old: Any) -> None:
    comparison = compare_reports(("old.json", saved(old, Month(2026, 9))), ("new.json", saved(old)), "zh", "internal")
    output = next(one for one in comparison.indicators if one.id == "output")
    assert [cause.cause for cause in output.causes] == [Cause.NEW_PERIOD]


def test_reports_by_different_plans_do_not_pretend_to_know_why(old: Any, new: Any) -> None:
    other = {"plan": {"title": "样例", "document": "样", "file_sha256": "b"}}
    comparison = compare_reports(("old.json", saved(old)), ("new.json", saved(new, **other)), "zh", "internal")
    assert comparison.plan_changed
    causes = {cause.cause for one in comparison.indicators for cause in one.causes}
    assert causes == {Cause.UNEXPLAINED}
