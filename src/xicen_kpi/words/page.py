"""Words of the page, the workbook and the document that are made of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

PAGE: Mapping[str, tuple[str, str]] = {
    "skip": ("跳到正文", "Skip to the content"),
    "contents": ("目录", "Contents"),
    "scoreboard": ("指标对账", "Scoreboard"),
    "details": ("逐项情况", "Indicator by indicator"),
    "commitments": ("承诺事项", "Commitments"),
    "quality": ("数据质量", "Data quality"),
    "sources": ("数据来源", "Sources"),
    "method": ("方法说明", "Method"),
    "bullet": ("{name}：现值与目标", "{name}: value and target"),
    "trajectory": ("{name}：逐月走势", "{name}: month by month"),
    "chart.now": ("本年", "this year"),
    "chart.now.count": ("累计", "so far"),
    "chart.last": ("上年", "last year"),
    "chart.schedule": ("序时", "schedule"),
    "chart.projection": ("预计", "projected"),
    "chart.target": ("目标", "target"),
    "chart.value": ("现值", "value"),
    "chart.first": ("首报", "first reported"),
    "chart.band": ("预计区间（80%）", "projection, 80 % band"),
    "chart.data": ("图中数据", "Figures of the chart"),
    "chart.month": ("月份", "Month"),
    "recorded": ("历次上报：{count}期，修订{revised}期", "As reported: {count} periods, {revised} of them revised"),
    "groups.town": ("按镇", "By town"),
    "groups.industry": ("按行业大类", "By industry division"),
    "groups.group": ("分组", "Group"),
    "groups.value": ("数值", "Value"),
    "groups.share": ("占比", "Share"),
    "groups.previous": ("上年终数", "Last year's final"),
    "groups.pull": ("拉动（百分点）", "Pull (percentage points)"),
    "groups.total": ("合计", "Total"),
    "groups.none": ("未归类", "no group"),
    "withheld": ("不予公布", "withheld"),
    "quote": ("方案原文", "The plan says"),
    "scope": ("口径", "Scope"),
    "assumptions": ("假设", "Assumptions"),
    "baseline": ("基期", "Baseline"),
    "bounds": ("可能范围", "Bounds"),
    "filter.state": ("进展", "State"),
    "filter.kind": ("类型", "Kind"),
    "filter.task": ("任务", "Task"),
    "filter.text": ("查找", "Search"),
    "filter.all": ("全部", "all"),
    "filter.count": ("共 {count} 项", "{count} shown"),
    "filter.none": ("没有符合条件的事项", "nothing matches"),
    "file": ("文件", "File"),
    "sheet": ("工作表", "Sheet"),
    "encoding": ("编码", "Encoding"),
    "unit": ("单位", "Unit"),
    "latest": ("最新一期", "Latest period"),
    "rows.read": ("读入", "Read"),
    "rows.used": ("采用", "Used"),
    "rows.aside": ("剔除", "Set aside"),
    "where": ("位置", "Place"),
    "finding": ("问题", "Finding"),
    "fix": ("处理", "Fix"),
    "severity": ("级别", "Severity"),
    "no_findings": ("没有发现问题。", "Nothing was found."),
    "unit_of": ("单位：{unit}", "in {unit}"),
    "method.pace": (
        (
            "序时进度是已过时间占目标期的份额：年度流量按月数均摊（10月为10/12），两年累计的数量自方案期首月起算；"
            "“较序时”为完成率减序时进度，单位百分点。"
        ),
        (
            "The schedule is the share of the target's time that has gone: months of the year for a yearly flow, "
            "months of the plan for a count over both years; “vs. schedule” is completion less schedule, in percentage "
            "points."
        ),
    ),
    "method.growth": (
        "同比按可比口径：以本期报表中同一批单位的上年同期数为基数；没有该列时按上年终数，并注明。",
        (
            "Growth is on the same units, by last year's values in this year's forms; where they carry none, on last "
            "year's own final figures, and that is said."
        ),
    ),
    "method.projection": (
        "预计为两种方法的平均：上年其余月份按折减增速外推，累计数按常年进度还原；区间为历史误差的80%。",
        (
            "The projection is the mean of two methods: last year's other months with damped growth, and the "
            "cumulative figure by its usual share of a year; the band is 80 % of past errors."
        ),
    ),
    "method.rounding": (
        "数字只在显示时四舍五入一次，分项之和可能与合计不等。",
        "Figures are rounded once, where they are shown; parts may not add up to totals.",
    ),
    "method.public": (
        "为保护单个调查对象资料，部分数字不予公布（统计法第二十八条）。",
        "Some figures are withheld to protect single respondents (Statistics Law, article 28).",
    ),
    "footer": (
        "xicen-kpi {version} · 报告格式 {format} · 计划文件 sha256 {sha}",
        "xicen-kpi {version} · report format {format} · plan file sha256 {sha}",
    ),
    "chart.axis": ("纵轴不从零起", "the vertical axis does not begin at zero"),
    # workbook
    "book.formula": ("复算", "Recomputed"),
    "book.reported": ("报告值", "Reported"),
    "book.difference": ("差额", "Difference"),
    "book.code": ("统一社会信用代码", "Code"),
    "book.name": ("单位名称", "Name"),
    "book.town": ("镇", "Town"),
    "book.division": ("行业大类", "Division"),
    "book.of": ("分子", "Numerator"),
    "book.to": ("分母", "Denominator"),
    "book.amount": ("本期", "This period"),
    "book.before": ("上年终数", "Last year's final"),
    "book.pull": ("拉动（百分点）", "Pull (percentage points)"),
    "book.note": ("逐户数据仅供内部使用，注意保密。", "Figures of single enterprises: internal, confidential."),
    "book.key": ("项目", "Item"),
    "book.value": ("内容", "Content"),
    "book.completion": ("完成率", "Completion"),
    "book.month": ("月份", "Month"),
    "book.step": ("环节", "Step"),
    "book.rows": ("行数", "Rows"),
}


def page_word(key: str, lang: Lang, **values: object) -> str:
    """A text by its key.

    Raises:
        KeyError: There is no such text.
    """
    text = PAGE[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
