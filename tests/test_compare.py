"""Two drops that differ by one revision, one late report and one reclassified code: exactly these three are named."""

from __future__ import annotations

import csv
import json
import math
import shutil
from typing import Any

import openpyxl
import pytest

from xicen_kpi.errors import UsageError
from xicen_kpi.plan.model import Plan
from xicen_kpi.plan.period import Month
from xicen_kpi.read.drop import open_drop
from xicen_kpi.render.comparison import comparison_json, comparison_markdown, comparison_text
from xicen_kpi.render.json_ import json_text
from xicen_kpi.report.assessment import Asked, assess
from xicen_kpi.report.compare import Given, compare_drops
from xicen_kpi.report.compare_model import Cause, Unknown
from xicen_kpi.report.compare_saved import compare_reports

A, B, C, D = "91310118YL00000204", "91310118YL00000391", "91310118YL0000047U", "91310118YL0000055N"
NEW = "91310118YL0000637W"
LATE_UNIT = "91310115YL00004930"
CITE = {"section": "一", "quote": "样例"}


def sum_of(column: str, **where: Any) -> dict[str, Any]:
    return {"sum": f"form.{column}", "where": {"in_park": True, **where}}


def plan(rnd_unit: Any = "亿元", **changes: Any) -> Any:
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
                    "rnd": {"header": "研发", "type": "number", "unit": rnd_unit, "counts": "year_to_date"},
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


def as_output(measure: Any, unit: str, rnd_unit: Any = "亿元") -> Any:
    return plan(rnd_unit, output={"name": "产值", "cite": CITE, "measure": measure, "unit": unit})


def test_a_figure_in_another_unit_is_converted_before_it_is_compared(old: Any, new: Any) -> None:
    comparison = compared(old, new, before=as_output(sum_of("output"), "万元"))
    found = next(one for one in comparison.indicators if one.id == "output")
    # 40 + 30 + 20 亿元 were 900,000 万元.
    assert (found.unit, found.old_unit, found.old.value) == ("亿元", "万元", pytest.approx(90))
    assert effects(comparison, "output") == pytest.approx(effects(compared(old, new), "output"))
    assert "计量单位 万元 → 亿元，旧值已换算" in comparison_text(comparison, "zh")


SHARE = {"ratio": {"of": sum_of("output", group="it"), "to": sum_of("output")}}


@pytest.mark.parametrize("turned", [False, True])
def test_an_amount_that_became_a_share_is_not_compared(old: Any, new: Any, turned: Any) -> None:
    plans = [as_output(sum_of("output"), "亿元"), as_output(SHARE, "%")]
    before, now = reversed(plans) if turned else plans
    comparison = compare_drops(given(old, before, "other"), given(new, now), Asked()).comparison
    found = next(one for one in comparison.indicators if one.id == "output")
    assert (found.old.value, found.change, found.causes) == (None, None, ())
    units = "% → 亿元" if turned else "亿元 → %"
    assert f"unit {units}: not comparable" in comparison_text(comparison, "en")


@pytest.mark.parametrize("turned", [False, True])
def test_of_a_number_that_became_a_quotient_only_the_whole_is_told(tmp_path: Any, turned: Any) -> None:
    """Of a sum no part belongs to any part of a quotient, though both are plain numbers."""
    folders = [write(tmp_path / name, OLD_LIST, OLD_ROWS) for name in ("one", "two")]
    plans = [as_output(sum_of("rnd"), "1", "1"), as_output(SHARE, "1", "1")]
    before, now = reversed(plans) if turned else plans
    found = compare_drops(given(folders[0], before, "other"), given(folders[1], now), Asked()).comparison.indicators[0]
    # Three enterprises with 1 each, and 70 of 90.
    assert found.change == pytest.approx((1 if turned else -1) * (3 - 70 / 90))
    assert [(one.cause, one.effect) for one in found.causes] == [(Cause.PLAN, pytest.approx(found.change))]


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


def test_files_targets_and_reporters_that_differ_are_told(old: Any, new: Any) -> None:
    declared = plan()
    higher = {"name": "产值", "cite": CITE, "measure": sum_of("output"), "unit": "亿元"}
    wanted = plan(output={**higher, "target": {"at_least": 140, "by": "2026-12"}})
    comparison = compare_drops(given(old, declared), given(new, wanted, "b"), Asked()).comparison
    assert comparison.files.changed == ("名录.csv", "报表.csv")
    output = next(one for one in comparison.indicators if one.id == "output")
    assert (output.old.reported, output.new.reported) == (3, 4)
    text = comparison_text(comparison, "zh")
    assert "目标 ≥170 亿元 (2026年12月) → ≥140 亿元 (2026年12月)" in text
    assert "报送 3/4 → 4/4 家" in text
    assert "数据文件：改动 2，新增 0，删去 0" in text


def test_a_state_that_another_target_makes_is_no_small_revision(tmp_path: Any) -> None:
    rows = [[A, "2026-12", 100, 1], [B, "2026-12", 69.5, 1]]
    before, after = (write(tmp_path / name, OLD_LIST, rows) for name in ("before", "after"))
    lower = {"name": "产值", "cite": CITE, "measure": sum_of("output"), "unit": "亿元"}
    wanted = plan(output={**lower, "target": {"at_least": 160, "by": "2026-12"}})
    comparison = compare_drops(given(before), given(after, wanted, "b"), Asked()).comparison
    found = next(one for one in comparison.indicators if one.id == "output")
    assert (found.old.status, found.new.status, found.change) == ("missed", "achieved", 0)
    assert not found.by_small_revision
    assert "（目标有变）" in comparison_text(comparison, "zh")


# -- the sample data, every indicator


def change_output(path: Any) -> str:
    """Raises the first enterprise's October and adds the late one's row; returns the first one's code."""
    cells = [line.split(",") for line in path.read_text(encoding="gb18030").splitlines()]
    revised = next(row for row in cells if row[2] == "2026年10月")
    revised[3:5] = [str(int(cell) + 3_000) for cell in revised[3:5]]
    late = next(row for row in cells if row[0] == LATE_UNIT and row[2] == "2026年9月")
    cells.append([*late[:2], "2026年10月", "1000", str(int(late[4]) + 1_000), *late[5:]])
    path.write_text("\r\n".join(map(",".join, cells)) + "\r\n", encoding="gb18030")
    return str(revised[0])


def change_tag(path: Any, but: str) -> str:
    """Takes an industrial enterprise out of the IT group and returns its code; never the one given."""
    book = openpyxl.load_workbook(path)
    rows = list(book.active.iter_rows())
    first = next(place for place, row in enumerate(rows) if any(cell.value == "统一社会信用代码" for cell in row))
    places = {str(cell.value): place for place, cell in enumerate(rows[first])}
    code, tags, kind = (places[name] for name in ("统一社会信用代码", "产业标签", "报表类别"))
    moved = next(
        row
        for row in rows[first + 1 :]
        if "新一代信息技术" in str(row[tags].value) and row[kind].value == "规模以上工业" and row[code].value != but
    )
    moved[tags].value = "新材料"
    book.save(path)
    return str(moved[code].value)


@pytest.fixture(scope="module")
def sample_pair(tmp_path_factory: Any, loaded: Any, sample_data: Any) -> Any:
    """The sample, and a copy with one enterprise revised, one that reports late and one in another group."""
    folder = tmp_path_factory.mktemp("new") / "sample"
    shutil.copytree(sample_data, folder, ignore=shutil.ignore_patterns("make", "*.py", "__pycache__"))
    revised = change_output(folder / "B204-1_2026年.csv")
    moved = change_tag(folder / "园区名录.xlsx", revised)
    sides = [Given(one.name, loaded.plan, "a", open_drop(one, loaded.plan.sources)) for one in (sample_data, folder)]
    return compare_drops(sides[0], sides[1], Asked()).comparison, (revised, LATE_UNIT, moved)


def test_of_the_sample_exactly_the_three_are_named(sample_pair: Any) -> None:
    comparison, (revised, late, moved) = sample_pair
    named = {
        (cause.cause, each.code) for one in comparison.indicators for cause in one.causes for each in cause.enterprises
    }
    assert named == {(Cause.REVISED, revised), (Cause.LATE, late), (Cause.RECLASSIFIED, moved)}


def test_of_the_sample_the_effects_of_every_indicator_add_up(sample_pair: Any) -> None:
    comparison, _ = sample_pair
    assert {one.id for one in comparison.indicators if one.causes} >= {"industrial_output", "next_gen_it_revenue_share"}
    for one in comparison.indicators:
        assert math.fsum(each.effect for cause in one.causes for each in cause.enterprises) == pytest.approx(
            one.change or 0.0, abs=1e-9
        ), one.id


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


def test_a_later_report_is_split_into_the_revision_of_the_old_month_and_the_later_one(old: Any, tmp_path: Any) -> None:
    rows = [[A, "2026-09", 38, 1] if row[:2] == [A, "2026-09"] else row for row in OLD_ROWS]
    later = write(tmp_path / "later", OLD_LIST, [*rows[:-1], [D, "2026-09", 10, 1]])
    sides = ("old.json", saved(old, Month(2026, 9))), ("new.json", saved(later))
    output = next(one for one in compare_reports(*sides, "zh", "internal").indicators if one.id == "output")
    assert {one.cause: one.effect for one in output.causes} == pytest.approx(
        {Cause.REVISED: 38 - 40, Cause.NEW_PERIOD: (40 + 30 + 20) - (38 + 30 + 20 + 10)}
    )


def test_another_plan_over_the_same_files_is_the_plans_doing(old: Any) -> None:
    declared = plan(output={"name": "产值", "cite": CITE, "measure": sum_of("rnd"), "unit": "亿元"})
    narrower = assess(declared, open_drop(old, declared.sources), Asked(), sha256="b").report
    sides = ("old.json", saved(old)), ("new.json", json.loads(json_text(narrower)))
    comparison = compare_reports(*sides, "zh", "internal")
    output = next(one for one in comparison.indicators if one.id == "output")
    assert {one.cause: one.effect for one in output.causes} == pytest.approx({Cause.PLAN: 3 - 90})
    assert comparison.unknown == ()


def test_what_two_reports_cannot_tell_is_said(old: Any, new: Any) -> None:
    sides = ("old.json", saved(old)), ("new.json", saved(new, plan={"title": "样", "file_sha256": "b"}))
    comparison = compare_reports(*sides, "zh", "internal")
    assert set(comparison.unknown) == {Unknown.ENTERPRISES, Unknown.PLAN_OR_DATA}
    text = comparison_text(comparison, "zh")
    assert "请比较两个数据文件夹" in text
    assert "--old-targets" in text


def test_figures_that_moved_without_plan_or_data_are_the_programs(old: Any) -> None:
    other = saved(old)
    other["indicators"][0]["value"] += 1
    comparison = compare_reports(("old.json", saved(old)), ("new.json", other), "zh", "internal")
    assert Unknown.PROGRAM in comparison.unknown


def test_an_amount_in_another_unit_is_converted_and_another_kind_is_not_compared(old: Any) -> None:
    amounts, kinds = saved(old), saved(old)
    amounts["indicators"][0] |= {"unit": "万元", "value": amounts["indicators"][0]["value"] * 1e4}
    kinds["indicators"][0] |= {"unit": "家"}
    same = compare_reports(("old.json", saved(old)), ("new.json", amounts), "zh", "internal").indicators[0]
    assert (same.change, same.causes) == (pytest.approx(0), ())
    other = compare_reports(("old.json", saved(old)), ("new.json", kinds), "zh", "internal").indicators[0]
    assert (other.change, other.causes) == (None, ())


def test_nothing_public_is_made_of_an_internal_report(old: Any, new: Any) -> None:
    with pytest.raises(UsageError) as raised:
        compare_reports(("old.json", saved(old)), ("new.json", saved(new)), "zh", "public")
    assert [one.slug for one in raised.value.findings] == ["compare-not-public"]
    mixed = compare_reports(("old.json", saved(old, audience="public")), ("new.json", saved(new)), "zh", "internal")
    assert mixed.audience == "internal"


def test_commitments_in_another_state_are_listed(old: Any) -> None:
    promise = {"id": "T1.1", "quote": "成立集团"}
    states = ("old.json", "in_progress"), ("new.json", "done")
    sides = [(name, saved(old, commitments=[{**promise, "state": state}])) for name, state in states]
    text = comparison_text(compare_reports(*sides, "zh", "internal"), "zh")
    assert "T1.1 成立集团: 推进中 → 已完成" in text


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
