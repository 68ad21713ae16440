"""The watch list: who is near the 规上 threshold of its industry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_plans import FIRMS, OUTPUT, assessed, indicator, plan_of, source
from tables import CODES

from xicen_kpi.report.explanation import explain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

REVENUE = {
    "title": "营收",
    "files": "营收*",
    "frequency": "annual",
    "key": ["uscc"],
    "link": "firms",
    "columns": {
        "uscc": {"header": "代码", "type": "uscc"},
        "revenue": {"header": "营业收入", "type": "number", "unit": "万元", "counts": "period"},
    },
}
LIST = """
代码 | 类别 | 行业 | 标签 | 入园 | 离园
A | 规下 | 3911 | | 2020-01-01 |
B | 规下 | 7320 | | 2020-01-01 |
C | 规下 | 3911 | | 2020-01-01 |
D | 规下 | 4710 | | 2020-01-01 |
E | 规上 | 3911 | | 2020-01-01 |
"""
OUTPUTS = """
代码 | 报告期 | 累计产值
A | 2026-02 | 10
"""


def watched(make_drop: Callable[[Mapping[str, str]], Path], **watch: object) -> list[tuple[str, str, float]]:
    plan = plan_of(
        {"it": indicator(watch={"sum": "revenue.revenue", "where": {"kind": "规下"}, **watch})},
        {"firms": FIRMS, "output": source(OUTPUT), "revenue": REVENUE},
    )
    revenues = "代码 | 营业收入\nA | 1900\nB | 1200\nC | 1500\nD | 9000\nE | 1900"
    drop = make_drop({"名录.csv": LIST, "产值2026.csv": OUTPUTS, "营收2025年.csv": revenues})
    found = explain(assessed(plan, drop, "2026-02"), "it")
    return [(one.code, one.state, one.missing) for one in found.watched]


def test_industry_needs_2000_wan_and_research_1000(make_drop):
    # A, industry: 1900 of 2000 万元, 100 short, near; B, research: 1200 of 1000, crossed; C: 1500 < 0.8 × 2000;
    # D, construction, has no threshold; E is above scale already and not asked for. Nearest first: A 0.95, B 1.2.
    assert watched(make_drop) == [(CODES["A"], "near", 2000 - 1900), (CODES["B"], "crossed", 0)]


def test_a_longer_reach_finds_more(make_drop):
    assert {code for code, _, _ in watched(make_drop, reach=0.3)} == {CODES["A"], CODES["B"], CODES["C"]}


def test_nobody_is_watched_unless_asked(make_drop):
    drop = make_drop({"产值2026.csv": OUTPUTS})
    assert explain(assessed(plan_of(), drop, "2026-02"), "it").watched == ()
