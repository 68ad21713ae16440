"""What a filter may compare, and what a measure may add: small plans made of one indicator."""

from __future__ import annotations

from pathlib import Path

import pytest

from xicen_kpi.errors import PlanError
from xicen_kpi.plan.load import load_plan

MINIMAL = (Path(__file__).parent.parent / "plans" / "valid" / "minimal.yaml").read_text(encoding="utf-8")
MEASURE = "measure: {sum: production.value, where: {in_park: true, category: 规模以上工业}}"


def slugs(tmp_path: Path, measure: str, unit: str = "亿元") -> list[str]:
    path = tmp_path / "targets.yaml"
    text = MINIMAL.replace(MEASURE, f"measure: {measure}").replace("unit: 亿元", f"unit: '{unit}'", 1)
    path.write_text(text, encoding="utf-8")
    try:
        return [one.slug for one in load_plan(path).findings]
    except PlanError as error:
        return [one.slug for one in error.findings if one.slug != "target-not-in-quote"]


@pytest.mark.parametrize(
    "where",
    [
        "staff: {at_least: 5}",
        "staff: [1, 2]",
        "staff: {missing: true}",
        "joined: {at_least: 2025-01-01}",
        "category: [规模以上工业, 规模以上服务业]",
        "industry: {equals: '3911'}",
        "labels: 芯片",
        "name: true",
        "any_of: [{category: 甲}, {staff: 3}]",
    ],
)
def test_what_can_be_compared(tmp_path: Path, where: str) -> None:
    assert slugs(tmp_path, f"{{sum: production.value, where: {{{where}}}}}") == []


@pytest.mark.parametrize(
    "where",
    [
        "staff: many",
        "staff: true",
        "staff: {between: [1, many]}",
        "joined: {at_most: 2025}",
        "category: 5",
        "category: {at_least: 甲}",
        "industry: 3911",
    ],
)
def test_what_never_holds(tmp_path: Path, where: str) -> None:
    assert set(slugs(tmp_path, f"{{sum: production.value, where: {{{where}}}}}")) == {"condition-never-holds"}


@pytest.mark.parametrize("condition", ["2025-10", "{between: [2025-01, 2025-12]}", "{at_least: 5}", "[soon]"])
def test_no_filter_by_the_month(tmp_path: Path, condition: str) -> None:
    assert slugs(tmp_path, f"{{sum: production.value, where: {{period: {condition}}}}}") == ["month-not-asked"]
    assert slugs(tmp_path, "{count_distinct: production.period}", "个") == ["month-not-asked"]


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        ("{latest: production.staff}", "人"),
        ("{latest: production.staff}", "万人"),
        ("{count: production}", "家"),
        ("{count_distinct: firms.uscc}", "户"),
        ("{count_distinct: firms.category}", "个"),
        ("{total: [{count: production}, {count: accounts}]}", "家"),
        ("{ratio: {of: {count: production}, to: {count: accounts}}}", "%"),
        ("{ratio: {of: {latest: production.staff}, to: {sum: production.staff}}}", "1"),
        ("{ratio: {of: {total: [{sum: production.value}]}, to: {first_of: [{sum: accounts.revenue}]}}}", "‰"),
        ("{first_of: [{ratio: {of: {count: firms}, to: {count: firms}}}, {latest: production.share}]}", "%"),
    ],
)
def test_what_gives_a_unit(tmp_path: Path, measure: str, unit: str) -> None:
    assert [slug for slug in slugs(tmp_path, measure, unit) if "unit" in slug] == []


@pytest.mark.parametrize(
    ("measure", "unit", "slug"),
    [
        ("{latest: production.staff}", "亿元", "unit-not-measured"),
        ("{count: production}", "亿元", "unit-not-measured"),
        ("{total: [{count: production}, {sum: production.value}]}", "家", "unit-not-measured"),
        ("{first_of: [{sum: production.value}, {sum: production.staff}]}", "亿元", "unit-not-measured"),
        ("{ratio: {of: {sum: production.value}, to: {count: production}}}", "%", "ratio-of-unlike-units"),
        ("{ratio: {of: {sum: production.value}, to: {sum: accounts.revenue}}}", "万元", "unit-not-measured"),
        ("{sum: production.value}", "亿", "unit-undefined"),
        ("{sum: production.value}", "％", "unit-undefined"),
    ],
)
def test_what_does_not_give_a_unit(tmp_path: Path, measure: str, unit: str, slug: str) -> None:
    assert slug in slugs(tmp_path, measure, unit)
