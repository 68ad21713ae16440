"""The plan listed, and its quotes beside the plan's text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from small_plans import indicator, plan_of

from xicen_kpi.plan.quotes import QuoteReport
from xicen_kpi.plan.values import Text
from xicen_kpi.render.roster import quotes_text, roster_text
from xicen_kpi.report.roster import Listed, Roster, roster_of

if TYPE_CHECKING:
    from xicen_kpi.words.labels import Lang


def promise(**given: object) -> dict[str, object]:
    return {"kind": "milestone", "cite": {"section": "二、(一)统筹", "quote": "成立领导小组"}, **given}


PLAN = plan_of(
    {"it": indicator(scope={"zh": "全年", "en": "whole year"})},
    commitments={
        "T1.1": promise(evidence={"zh": "文件", "en": "a document"}),
        "T2.1": promise(not_tracked={"zh": "没有统计口径", "en": "no statistic"}),
        "T10.10": promise(),
    },
)


def test_how_each_promise_is_followed() -> None:
    found = roster_of(PLAN)
    assert [(one.id, one.kind, one.how) for one in found.entries] == [
        ("G1.1", "quantitative", "measured"),
        ("T1.1", "milestone", "followed"),
        ("T2.1", "milestone", "not_tracked"),
        ("T10.10", "milestone", "followed"),
    ], "in the order of the plan: 2 before 10"
    assert found.counts == {"measured": 1, "followed": 2, "not_tracked": 1}


def test_the_list_in_chinese() -> None:
    assert roster_text(roster_of(PLAN), "zh").splitlines() == [
        "行动方案",
        "青府发〔2025〕1号",
        "承诺事项4项：有统计指标1项，台账跟踪2项，不跟踪1项",
        "",
        "[一、主要目标]",
        "  G1.1    每年达100亿元",
        "          量化目标 · 有统计指标 · it · 全年",
        "",
        "[二、(一)统筹]",
        "  T1.1    成立领导小组",
        "          节点事项 · 台账跟踪 · 文件",
        "  T2.1    成立领导小组",
        "          节点事项 · 不跟踪 · 没有统计口径",
        "  T10.10  成立领导小组",
        "          节点事项 · 台账跟踪",
    ]


def test_the_list_in_english() -> None:
    lines = roster_text(roster_of(PLAN), "en").splitlines()
    assert lines[2] == "Commitments, 4: measured 1, followed in the ledger 2, not tracked 1"
    assert lines[6] == "          quantitative · measured · it · whole year"
    assert lines[12] == "          milestone · not tracked · no statistic"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_long_lines_are_broken(lang: Lang) -> None:
    one = Listed("T1.1", "milestone", "一", "统" * 100, "followed", (), Text(zh="据" * 100, en="a word " * 40))
    lines = roster_text(Roster("方案", "1号", (one,), {"followed": 1}), lang).splitlines()
    assert max(map(cell_len, lines)) <= 96
    assert "".join(lines).count("统") == 100


def test_an_empty_plan_has_an_empty_list() -> None:
    assert roster_text(Roster("方案", "1号", (), {}), "zh").splitlines()[2] == "承诺事项0项："


def test_quotes_beside_the_text() -> None:
    found = QuoteReport(quotes=5, sentences=4, missing=(), uncovered=("这一句没有。",), loose=())
    assert quotes_text(found, "zh").splitlines() == [
        "引文5条，原文中找到5条；原文4句，3句有条目对应",
        "",
        "没有条目对应的句子1句：",
        "  - 这一句没有。",
    ]
    assert quotes_text(found, "en").splitlines()[0] == "5 of 5 quotes are in the text; 3 of its 4 sentences are covered"
