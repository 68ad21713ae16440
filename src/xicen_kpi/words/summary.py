"""Sentences of the brief (简报): Chinese and English side by side, their numbers printed already."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xicen_kpi.words.labels import Lang

SUMMARY: Mapping[str, tuple[str, str]] = {
    "title": ("{plan}进展简报", "Progress brief: {plan}"),
    "mark.internal": ("（内部资料，注意保密）", "(internal, confidential)"),
    "dateline": ("{document}　截至{month}", "{document}, as of {month}"),
    # opening
    "opening": (
        "截至{month}，{park}{count}项主要目标中，{states}。",
        "As of {month}, of the {count} headline targets of {park}, {states}.",
    ),
    "opening.state": ("{state}{count}项", "{count} {state}"),
    "park": ("方案", "the plan"),
    # headings
    "head.targets": ("主要目标进展", "Headline targets"),
    "head.drivers": ("变动原因", "What moved the figures"),
    "head.risks": ("需要关注", "At risk"),
    "head.commitments": ("承诺事项", "Commitments"),
    "head.data": ("数据说明", "About the data"),
    # periods
    "period.to": ("{year}1—{month}月", "in January to {month} {year}"),
    "period.year": ("{year}全年", "in {year} as a whole"),
    "period.month": ("{year}{month}月末", "at the end of {month} {year}"),
    "period.since": ("{start}以来", "since {start}"),
    # what was reached
    "flow.value": ("{period}，{name}{verb}{value}{marks}", "{name}: {value} {period}{marks}"),
    "verb.flow": ("完成", ""),
    "ratio.value": ("{period}，{name}为{value}{marks}", "{name}: {value} {period}{marks}"),
    "level.value": ("截至{period}，{name}为{value}{marks}", "{name}: {value} {period}{marks}"),
    "count.value": ("{period}，{name}累计{value}{marks}", "{name}: {value} {period}{marks}"),
    "mark.provisional": ("初步数", "preliminary"),
    "mark.interim": ("阶段值", "part of the year"),
    "mark.proxy": ("代理口径", "by a proxy"),
    "mark.confirmed": ("核定数", "confirmed"),
    # against last year
    "growth.up": ("同比增长{value}%", "up {value}% on last year"),
    "growth.down": ("同比下降{value}%", "down {value}% on last year"),
    "growth.flat": ("与上年同期持平", "level with last year"),
    "points.up": ("同比提高{value}个百分点", "{value} percentage points up on last year"),
    "points.down": ("同比下降{value}个百分点", "{value} percentage points down on last year"),
    "growth.none": ("无上年同期数可比", "no figure of last year to compare with"),
    "growth.base": ("上年同期为零或负，不计算增速", "no growth is given on a base of zero or less"),
    "growth.hidden": ("同比不予公布", "growth withheld"),
    "basis.same_units": ("（可比口径）", " (same units)"),
    "basis.last_year_final": ("（按上年终数计算）", " (on last year's own final figure)"),
    "basis.both": ("（可比口径；按上年终数计算{nominal}）", " (same units; {nominal} on last year's own final figure)"),
    "nominal.up": ("增长{value}%", "up {value}%"),
    "nominal.down": ("下降{value}%", "down {value}%"),
    "nominal.flat": ("持平", "level"),
    # against the target
    "done.year": ("完成年度目标（{target}）的{share}", "{share} of the {year} target of {target}"),
    "done.plan": ("完成目标（{target}）的{share}", "{share} of the target of {target}"),
    "used.ceiling": ("为控制目标（{target}）的{share}", "{share} of the ceiling of {target}"),
    "pace.ahead": ("快于序时进度{value}个百分点", "{value} percentage points ahead of schedule"),
    "pace.behind": ("慢于序时进度{value}个百分点", "{value} percentage points behind schedule"),
    "pace.flat": ("与序时进度持平", "level with the schedule"),
    "pace.season.ahead": ("较常年同期进度快{value}个百分点", "{value} ahead of the usual season"),
    "pace.season.behind": ("较常年同期进度慢{value}个百分点", "{value} behind the usual season"),
    "pace.season.flat": ("与常年同期进度持平", "level with the usual season"),
    "gap.months": (
        "距目标尚差{gap}，后{months}个月月均需完成{per_month}",
        "{gap} to go: {per_month} a month for the {months} months left",
    ),
    "gap.one_month": ("距目标尚差{gap}，须在最后1个月完成", "{gap} to go in the one month left"),
    "gap.last": ("距目标尚差{gap}", "{gap} short of the target"),
    "gap.missed": ("年度目标未完成，缺口{gap}", "the target was missed by {gap}"),
    "gap.exact": ("恰好完成目标", "the target is met exactly"),
    "gap.surplus": ("已超额完成{surplus}", "{surplus} above the target"),
    "gap.early": (
        "已提前{months}个月完成年度目标，超额{surplus}",
        "the target is met {months} months early, with {surplus} to spare",
    ),
    "gap.count": ("尚差{gap}，须在后{months}个月内完成", "{gap} to go in the {months} months left"),
    "ceiling.over": ("已超出控制目标{gap}", "{gap} above the ceiling"),
    "ceiling.within": ("控制在目标以内，尚余{surplus}", "within the ceiling by {surplus}"),
    "ratio.below": ("低于目标（{target}）{gap}个百分点", "{gap} percentage points below the target of {target}"),
    "ratio.above": ("高于目标（{target}）{gap}个百分点", "{gap} percentage points above the target of {target}"),
    "ratio.at": ("与目标（{target}）持平", "level with the target of {target}"),
    "ratio.numerator": ("按现有分母计算，分子还需增加{extra}", "at this denominator the numerator lacks {extra}"),
    "change.points": ("{value}个百分点", "{value} percentage points"),
    "base.above": ("较基期（{period}，{value}）提高{change}", "{change} up on the baseline ({value} in {period})"),
    "base.below": ("较基期（{period}，{value}）下降{change}", "{change} down on the baseline ({value} in {period})"),
    "base.flat": ("与基期（{period}，{value}）持平", "level with the baseline ({value} in {period})"),
    "base.met": (
        "基期（{period}，{value}）已高于目标，应以不回落为要",
        "the baseline ({value} in {period}) met the target already: the point is not to fall back",
    ),
    "projected": ("预计全年{value}", "Projected for the year: {value}"),
    "projected.band": ("预计全年{value}（{low}—{high}）", "Projected for the year: {value} ({low} to {high})"),
    # nothing to assess
    "no_value": ("{name}：暂无数据，{why}", "{name}: no figure, {why}"),
    "january": (
        "{name}：月度报表1月免报，首期数据为1—2月",
        "{name}: the monthly forms have no January; the first figure of a year is January to February",
    ),
    "hidden": ("{name}：为保护单个调查对象资料，不予公布", "{name}: withheld to protect single respondents"),
    "unassessed": ("不作评估：{why}", "not assessed: {why}"),
    "early": ("目标年度（{due}年）尚未开始", "the target's year ({due}) has not begun"),
    "early.last": (
        "{year}年全年{value}，距{due}年目标（{target}）尚差{gap}",
        "{value} in {year} as a whole, {gap} short of the {due} target of {target}",
    ),
    "early.met": (
        "{year}年全年{value}，已达到{due}年目标（{target}）",
        "{value} in {year} as a whole, already at the {due} target of {target}",
    ),
    # drivers
    "drivers.sum": ("{name}：{parts}", "{name}: {parts}"),
    "drivers.town": ("分镇看，{items}", "by town (percentage points), {items}"),
    "drivers.industry": ("分行业看，{items}", "by industry, {items}"),
    "driver.up": ("{group}拉动{value}个百分点", "{group} +{value}"),
    "driver.down": ("{group}下拉{value}个百分点", "{group} −{value}"),
    "drivers.entrants": ("新增单位增加{value}", "new units add {value}"),
    "drivers.exits": ("退出单位减少{value}", "units that left take {value}"),
    "drivers.sides": (
        "分子变动影响{numerator}个百分点、分母变动影响{denominator}个百分点",
        "the numerator moved it by {numerator} points, the denominator by {denominator}",
    ),
    "drivers.mix": (
        "各行业自身影响{within}个百分点、结构变化影响{between}个百分点",
        "the industries' own ratios by {within}, the shift among them by {between}",
    ),
    "drivers.basis": ("（以上按上年终数计算）", "(All against last year's own final figures.)"),
    "group.none": ("未归类单位", "units without a group"),
    # at risk
    "risk": ("{name}（{state}）：{parts}", "{name} ({state}): {parts}"),
    "risk.projected": ("预计全年{value}，为目标的{share}", "projected {value} for the year, {share} of the target"),
    "risk.projected.ratio": ("预计全年{value}，目标{target}", "projected {value} for the year, target {target}"),
    "risk.growth": (
        "要完成目标，余下月份需同比增长{value}%",
        "the months left would have to grow {value}% on last year's",
    ),
    "risk.count": ("还差{gap}，剩余{months}个月", "{gap} to go in {months} months"),
    "risk.adverse": ("现已达标，但走势向下", "meets the target now, but is moving the wrong way"),
    "risk.not_robust": (
        "结论不稳，可能在{low}至{high}之间（{why}）",
        "not robust: anywhere from {low} to {high} ({why})",
    ),
    "risk.fell": ("累计数较上月减少，请核实", "the cumulative figure fell since last month; verify"),
    "risk.none": ("主要目标暂无落后于进度的。", "No headline target is behind."),
    "why.missing_units": ("有单位未报", "units not reported"),
    "why.group_codes": ("产业归类取最窄至最宽", "narrowest to widest reading of industry codes"),
    # commitments
    "commitments": ("{total}项承诺事项中，{states}。", "Of {total} commitments, {states}."),
    "commitments.due": (
        "须于{month}底前完成的事项中，尚有{count}项未完成。",
        "{count} not yet done fall due by the end of {month}.",
    ),
    "commitments.overdue": ("逾期{count}项：{items}。", "Overdue, {count}: {items}."),
    "commitments.no_overdue": ("目前没有逾期事项。", "None is overdue."),
    "commitments.item": ("“{quote}”（{id}{who}）", "“{quote}” ({id}{who})"),
    "commitments.who": ("，{name}", ", {name}"),
    "commitments.more": ("等", "and others"),
    # data
    "data.missing": (
        "{name}应报{expected}家、已报{reported}家，{missing}家未报",
        "{name}: {reported} of {expected} units have reported, {missing} have not",
    ),
    "data.missing.share": ("（占上年同期{share}）", " ({share} of last year's value)"),
    "data.nowcast": ("，补齐后约{value}", "; about {value} if the missing grow as the others did"),
    "data.preliminary": (
        "有单位未报或使用代理口径的为初步数。",
        "Figures with units missing or by a proxy are preliminary.",
    ),
    "data.proxy": (
        "{name}暂用“{label}”，与基期口径不同，不可直接相比。",
        "{name} is shown by “{label}”, another definition than the baseline's; do not set them side by side.",
    ),
    "data.proxy.plain": ("{name}暂用“{label}”。", "{name} is shown by “{label}”."),
    "data.behind": ("{name}数据只到{month}。", "{name}: data end in {month}."),
    "data.confirmed": (
        "{name}采用核定数，较汇总数{difference}。",
        "{name}: the bureau's confirmed figure, {difference} from the computed one.",
    ),
    "data.comparable": (
        "同比按可比口径，即本期报表中同一批单位的上年同期数；“按上年终数”为上年自身报表的最终数。",
        (
            "Growth is on the same units, by last year's values in this year's forms; "
            "“last year's own final figure” is what last year's files say."
        ),
    ),
    "data.scope": ("口径·{name}：{scope}。", "Scope of {name}: {scope}."),
    "data.asof": ("数据截至{month}{items}。", "Data up to {month}{items}."),
    "data.asof.behind": ("；其中{title}只到{date}", "; {title} only to {date}"),
    "data.findings": (
        "本批数据有强制性问题{error}项、核实性问题{warning}项，详见 xicen-kpi check。",
        "Findings in the data: errors {error}, warnings {warning}; see `xicen-kpi check`.",
    ),
    "data.withheld": (
        "为保护单个调查对象资料，部分数字不予公布。",
        "Some figures are withheld to protect single respondents.",
    ),
    "data.page": (
        "本简报数字为初步数，以统计部门核定数为准。",
        "Figures are preliminary; the statistical authority's confirmed figures prevail.",
    ),
}

MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

NUMERALS = "一二三四五六七八九十"
"""Numbers of the sections in Chinese."""

UNITS_EN: Mapping[str, str] = {
    "亿元": "hundred million yuan",
    "万元": "ten thousand yuan",
    "千元": "thousand yuan",
    "元": "yuan",
    "家": "",
    "个": "",
    "项": "",
    "人": "people",
    "户": "",
}
"""How a unit is said in an English sentence; the digits are those of every other output, and of the plan."""


def summary_word(key: str, lang: Lang, **values: object) -> str:
    """A sentence or clause by its key.

    Raises:
        KeyError: There is no such text.
    """
    text = SUMMARY[key][0 if lang == "zh" else 1]
    return text.format_map(values) if values else text
