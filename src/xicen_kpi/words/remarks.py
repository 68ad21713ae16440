"""Sentences that say what a figure means: one for each situation, over numbers that are printed already."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

REMARKS: Mapping[str, tuple[str, str]] = {
    "flow.required": (
        "距目标尚差{gap}，后{months}个月月均需完成{per_month}",
        "{gap} to go, {per_month} a month for {months} months",
    ),
    "flow.required_one": ("距目标尚差{gap}，须在最后1个月完成", "{gap} to go in the last month"),
    "flow.required_last": ("距目标尚差{gap}", "{gap} short of the target"),
    "flow.projected": ("预计全年{value}", "projected for the year {value}"),
    "flow.surplus": ("已超目标{surplus}", "{surplus} above the target"),
    "flow.early": (
        "{year}全年{value}，距{due}目标尚差{gap}",
        "{year} as a whole {value}, {gap} short of the {due} target",
    ),
    "flow.early_met": ("{year}全年{value}，已达到{due}目标", "{year} as a whole {value}, at the {due} target already"),
    "ratio.short": ("低于目标{gap}个百分点", "{gap} pp below the target"),
    "ratio.numerator": ("按现有分母，分子尚需增加{extra}", "at this denominator the numerator lacks {extra}"),
    "ratio.meets": ("高于目标{surplus}个百分点", "{surplus} pp above the target"),
    "ratio.fell": ("较基期低{change}个百分点", "{change} pp below the baseline"),
    "ratio.rose": ("较基期提高{change}个百分点", "{change} pp above the baseline"),
    "count.short": ("尚差{count}", "{count} to go"),
    "count.surplus": ("超出目标{surplus}", "{surplus} above the target"),
    "level.baseline": ("基期（{period}）{value}", "baseline ({period}) {value}"),
    "proxy": ("{label}", "{label}"),
    "base_meets_target": ("基期{value}已达标", "the baseline, {value}, met the target already"),
    "below_last_year": ("低于上年同期", "below last year"),
    "cumulative_fell": ("累计数较上月减少，请核实", "the cumulative figure fell since last month"),
    "adverse_trend": ("但走势向下", "but moving the wrong way"),
    "ahead": ("进度超前", "well ahead"),
    "data_behind": ("数据只到{month}", "data end in {month}"),
    "not_robust.group_codes": (
        "按产业归类宽窄在{low}—{high}之间，结论不稳",
        "between {low} and {high} by how industries are told: not robust",
    ),
    "not_robust.missing_units": (
        "未报单位可使其在{low}—{high}之间，结论不稳",
        "between {low} and {high} once all have reported: not robust",
    ),
    "missing_units": ("{count}家未报", "{count} not reported"),
    "cells_missing": ("有{count}个单元格无数值", "{count} cells without a value"),
    "confirmed": ("采用核定数，较汇总数{difference}", "the confirmed figure, {difference} on the computed one"),
    "confirmed_prevails": ("采用核定数", "the confirmed figure prevails"),
    "definition_differs": ("与基期口径不同", "another definition than the baseline's"),
    "provisional": ("初步数", "preliminary"),
}


def remark(key: str, lang: Lang, **values: object) -> str:
    """One sentence, its numbers printed by the caller.

    Raises:
        KeyError: There is no such sentence.
    """
    return REMARKS[key][0 if lang == "zh" else 1].format_map(values)
